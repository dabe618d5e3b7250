//! `many [PAYMENTS] [--finished N]`: how a client bears very many payments at once, and how long it takes to begin again.
//!
//! First PAYMENTS sales (20,000) are begun at the same moment against a sandbox that runs as another process on the same
//! cores. Each stays in process and is paid at its third inquiry. Printed are the outcomes, what the ledger says, the most
//! sockets that were open at once, and the memory for each payment that waits. Then a store with N finished payments
//! (50,000) and ten open ones is taken up, beside one without the finished ones.
#![allow(
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a measurement reads the clock and divides"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use alipay_instore::gateway::Protocol;
use alipay_instore::merchant::Merchant;
use alipay_instore::payment::Outcome;
use alipay_instore::store::{Entry, FileStore, MemoryStore, Store};
use alipay_instore::{Amount, Client, Currency, Shop};
use alipay_instore_sandbox::{Behaviour, Options, Sandbox};
use tokio::task::JoinSet;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["sandbox", folder] => sandbox(folder).await,
        [] => measure(20_000, 50_000).await,
        [payments] => measure(payments.parse().unwrap_or(20_000), 50_000).await,
        [payments, "--finished", finished] => {
            measure(payments.parse().unwrap_or(20_000), finished.parse().unwrap_or(50_000)).await
        }
        _ => Err("usage: many [PAYMENTS] [--finished N]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("many: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The gateway, until nobody reads from it any more; then what its ledger holds.
async fn sandbox(folder: &str) -> Result<()> {
    let running = Sandbox::start(Options::new(folder)).await?;
    println!("{}", running.description().display());
    let mut line = String::new();
    tokio::task::spawn_blocking(move || std::io::stdin().read_line(&mut line)).await??;
    let ledger = running.gateway().ledger_json(running.clock().now_ms());
    let payments = ledger.get("payments").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    let kept = payments.iter().filter(|entry| entry.get("net").and_then(|net| net.as_str()) == Some("1999"));
    println!("{} {}", payments.len(), kept.count());
    running.stop().await;
    Ok(())
}

async fn measure(payments: usize, finished: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut gateway = Gateway::start(folder.path())?;
    let merchant = Merchant::from_file(&gateway.description, Protocol::Ams)?;
    let one = one_finished(&merchant).await?;
    at_once(&merchant, payments, &mut gateway).await?;
    begin_again(&merchant, &one, finished, folder.path()).await
}

/// Very many payments at the same time.
async fn at_once(merchant: &Merchant, payments: usize, gateway: &mut Gateway) -> Result<()> {
    let behaviour = Behaviour::named("paid_after_inquiries").ok_or("the sandbox has no such behaviour")?;
    let till = till(merchant.clone(), Arc::new(MemoryStore::new()))?.waiting(Duration::MAX);
    let before = resident()?;
    let watched = Watched::start();
    let begun = Instant::now();
    let mut sales = JoinSet::new();
    for _ in 0..payments {
        let (till, code) = (till.clone(), behaviour.fresh_code());
        sales.spawn(async move { till.pay_code(&code, Amount::parse("19.99 USD")?, "Two coffees").await });
    }
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(sold) = sales.join_next().await {
        let word = match sold? {
            Ok(result) => {
                result.outcome.map_or("in progress".into(), |outcome: Outcome| outcome.as_str().to_owned())
            }
            Err(error) => error.code().as_str().to_owned(),
        };
        *outcomes.entry(word).or_insert(0) += 1;
    }
    let took = begun.elapsed();
    let (sockets, memory) = watched.stop();
    till.close().await;
    // Without the first one.
    let (taken, kept) = gateway.stop()?;
    let (taken, kept) = (taken.saturating_sub(1), kept.saturating_sub(1));
    println!("{payments} payments at once: {outcomes:?} in {took:.1?}");
    println!("  the ledger holds {taken} payments, {kept} of them paid and kept");
    println!("  at most {sockets} files and sockets were open");
    let each = memory.saturating_sub(before) as f64 / payments.max(1) as f64;
    println!("  at most {:.1} KiB of memory for each, the caller's task among it", each / 1024.0);
    if outcomes.get("succeeded") != Some(&payments) || (taken, kept) != (payments, payments) {
        return Err("not every payment ended as paid".into());
    }
    Ok(())
}

/// What resuming costs depends on what is open, not on what ever was.
async fn begin_again(merchant: &Merchant, one: &Entry, finished: usize, folder: &Path) -> Result<()> {
    // Nobody answers any more: what is begun now stays open.
    let mut times = Vec::new();
    for (name, finished) in [("few", 0), ("many", finished)] {
        let folder = folder.join(name);
        let store = Arc::new(FileStore::open(&folder)?);
        fill(&store, one, finished).await?;
        {
            let till = till(merchant.clone(), store.clone())?.waiting(Duration::ZERO);
            for _ in 0..10 {
                till.pay_code("281006020000000000125733", Amount::parse("19.99 USD")?, "Two coffees").await?;
            }
            till.close().await;
        }
        let till = till(merchant.clone(), Arc::new(FileStore::open(&folder)?))?;
        let begun = Instant::now();
        let recovery = till.resume_all().await?;
        let took = begun.elapsed();
        println!(
            "{finished} finished and 10 open payments: resume_all took {took:.1?} for {}",
            recovery.payments.len()
        );
        times.push(took);
        till.close().await;
    }
    if let [few, many] = times[..] {
        println!(
            "  with the finished ones it took {:.2} of the time",
            many.as_secs_f64() / few.as_secs_f64()
        );
    }
    Ok(())
}

/// A payment that has ended, as a store has it.
async fn one_finished(merchant: &Merchant) -> Result<Entry> {
    let store = Arc::new(MemoryStore::new());
    let till = till(merchant.clone(), store.clone())?;
    let sold = till.pay_code("281006020000000000125733", Amount::parse("19.99 USD")?, "Two coffees").await?;
    till.close().await;
    let stored = store.load(&sold.payment_request_id).await.map_err(|error| error.into_error())?;
    Ok(stored.ok_or("it is not stored")?.entry)
}

/// Copies of one finished payment, each under an id of its own. Nobody reads their texts.
async fn fill(store: &Arc<FileStore>, one: &Entry, finished: usize) -> Result<()> {
    const AT_ONCE: usize = 16;
    let mut writing = JoinSet::new();
    for first in 0..AT_ONCE {
        let (store, mut entry) = (Arc::clone(store), one.clone());
        writing.spawn(async move {
            for number in (first..finished).step_by(AT_ONCE) {
                entry.columns.id = format!("finished-{number}").into();
                store.insert(&entry, None).await.map_err(|error| error.into_error())?;
            }
            Ok::<_, alipay_instore::Error>(())
        });
    }
    while let Some(written) = writing.join_next().await {
        written??;
    }
    Ok(())
}

/// The gateway as a process of its own.
struct Gateway {
    process: Child,
    output: BufReader<std::process::ChildStdout>,
    description: PathBuf,
}

impl Gateway {
    fn start(folder: &Path) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("sandbox").arg(folder.join("sandbox")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let mut output = BufReader::new(process.stdout.take().ok_or("no output")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        Ok(Gateway { process, output, description: PathBuf::from(line.trim_end()) })
    }

    /// Ends it; the payments of its ledger, and those that were paid and kept.
    fn stop(&mut self) -> Result<(usize, usize)> {
        drop(self.process.stdin.take());
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        self.process.wait()?;
        let (taken, kept) = line.trim_end().split_once(' ').ok_or("the sandbox did not tell its ledger")?;
        Ok((taken.parse()?, kept.parse()?))
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Looks every tenth of a second at what this process holds.
struct Watched {
    thread: std::thread::JoinHandle<(usize, usize)>,
    over: Arc<AtomicBool>,
}

impl Watched {
    fn start() -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&over);
        let thread = std::thread::spawn(move || {
            let (mut sockets, mut memory) = (0, 0);
            while !ends.load(Ordering::Relaxed) {
                let open = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
                sockets = open.max(sockets);
                memory = resident().unwrap_or(0).max(memory);
                std::thread::sleep(Duration::from_millis(100));
            }
            (sockets, memory)
        });
        Watched { thread, over }
    }

    /// The most open files and sockets, and the most memory in bytes.
    fn stop(self) -> (usize, usize) {
        self.over.store(true, Ordering::Relaxed);
        self.thread.join().unwrap_or_default()
    }
}

/// The memory of this process, in bytes.
fn resident() -> Result<usize> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kibibytes: usize = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kibibytes * 1024)
}

fn till(merchant: Merchant, store: Arc<dyn Store>) -> Result<Client> {
    let shop = Shop::new("M1", "Coffee House", "5814")
        .store("S1", "Harbour")
        .terminal("TILL7")
        .settlement_currency(Currency::from_code("USD")?);
    Ok(Client::builder(merchant, store).shop(shop).notify_url_configured(true).build()?)
}
