//! Payments over HTTP, 64 at once, each paid by the first answer.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use alipay_instore::client::{Limits, Transport, TransportOptions};
use alipay_instore::gateway::Protocol;
use alipay_instore::merchant::SandboxSettings;
use alipay_instore::payment::Outcome;
use alipay_instore::store::{FileStore, MemoryStore, Store};
use alipay_instore::{Amount, Client, Shop};
use alipay_instore_sandbox::Behaviour;
use alipay_instore_store_sql::SqlStore;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::Result;
use crate::clocks::processor;
use crate::questions::answer_each;

pub(crate) const AT_ONCE: usize = 64;
/// Above what the machine can do: the client is not to be held back by its own rate.
const LIMITS: Limits = Limits { in_flight: 128, per_second: 1_000_000, burst: 1_000_000 };

pub(crate) fn answer(folder: &Path, store: &str) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let client = runtime.block_on(client(folder, store))?;
    answer_each(|question| runtime.block_on(pay(&client, question.time)))
}

async fn client(folder: &Path, store: &str) -> Result<Client> {
    let settings = SandboxSettings::from_file(folder.join("sandbox.json"), Protocol::Ams)?;
    let mut options = TransportOptions::default();
    options.extra_root_certificates.extend(settings.ca_pem);
    let store: Arc<dyn Store> = match store.split_once(':') {
        None if store == "memory" => Arc::new(MemoryStore::new()),
        Some(("file", folder)) => Arc::new(FileStore::open(folder)?),
        _ => {
            SqlStore::migrate(store).await?;
            Arc::new(SqlStore::connect(store).await?)
        }
    };
    let shop = Shop::new("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7");
    Ok(Client::builder(settings.merchant, store)
        .transport(Transport::new(&options)?)
        .shop(shop)
        .notify_url_configured(true)
        .limits(LIMITS)
        .build()?)
}

async fn pay(client: &Client, time: Duration) -> Result<Value> {
    let behaviour = Behaviour::named("paid_at_once").ok_or("the sandbox has no such behaviour")?;
    let amount = Amount::parse("19.99 USD")?;
    let client = client.clone();
    at_once(time, move || {
        let client = client.clone();
        async move {
            let result = client.pay_code(&behaviour.fresh_code(), amount, "Two coffees").await?;
            match result.outcome {
                Some(Outcome::Succeeded) => Ok(()),
                _ => Err(format!("a payment ended otherwise: {result:?}").into()),
            }
        }
    })
    .await
}

/// Makes payments for so long, 64 at once: how many in a second, the processor time of each, and how long one takes.
pub(crate) async fn at_once<F>(time: Duration, pay: impl Fn() -> F + Clone + Send + 'static) -> Result<Value>
where
    F: Future<Output = Result<()>> + Send,
{
    let (begun, used) = (Instant::now(), processor());
    let count = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (pay, count) = (pay.clone(), Arc::clone(&count));
        tasks.spawn(async move {
            let mut times = Vec::new();
            while begun.elapsed() < time {
                let one = Instant::now();
                pay().await?;
                times.push(one.elapsed());
                count.fetch_add(1, Ordering::Relaxed);
            }
            Result::Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = tasks.join_next().await {
        times.extend(done??);
    }
    let (wall, used) = (begun.elapsed(), processor().saturating_sub(used));
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    let count = times.len() as f64;
    Ok(json!({
        "per_second": count / wall.as_secs_f64(),
        "processor_us_each": used.as_secs_f64() * 1e6 / count,
        "p50_ms": at(50),
        "p99_ms": at(99),
    }))
}
