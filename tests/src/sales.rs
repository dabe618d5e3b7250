//! A shop with several workers behind HTTP on one store, of which one is killed every second.
//!
//! A till asks any worker to pay, and asks another one with the same id if its worker is gone, as a cashier would. The
//! gateway sends its notifications to any worker too, seconds after the result. At the end every answer is held against the
//! ledger. A worker is any program that takes the words and requests described in `sales`.
#![allow(clippy::disallowed_methods, reason = "real processes and real durations are measured")]

use std::collections::BTreeMap;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use alipay_instore::gateway::Protocol;
use alipay_instore_sandbox::{Behaviour, Customer, Options, Running, Sandbox};
use serde_json::{Value, json};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::simulate::random::Chance;

/// Workers that serve tills at the same time.
const WORKERS: usize = 4;
/// Sales that are under way at the same time.
const TILLS: usize = 24;
/// A notification sets out this many milliseconds after the result.
const NOTIFIED_AFTER: u32 = 3_000;
/// So long a till waits for one answer, in seconds.
const WAIT: u64 = 10;
/// How often the database is restarted, if it is.
const DISTURBED: Duration = Duration::from_secs(20);
/// A sale that takes longer never ends.
const LONGEST: Duration = Duration::from_secs(300);
const VALUE: u64 = 1_999;

/// What happens in a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Plain,
    /// The reply to pay is lost.
    ReplyLost,
    /// The wallet asks the customer, and the notification comes after the till has asked.
    LateNotification,
    /// The customer has no money, and the cashier cancels.
    Cancelled,
    /// The customer scans the till's code.
    OrderCode,
}

impl Kind {
    fn of(chance: &mut Chance) -> Self {
        use Kind::{Cancelled, LateNotification, OrderCode, Plain, ReplyLost};
        chance.pick(&[Plain, ReplyLost, LateNotification, Cancelled, OrderCode], Plain)
    }

    fn behaviour(self) -> Option<&'static str> {
        match self {
            Kind::Plain => Some("paid_at_once"),
            Kind::ReplyLost => Some("reply_lost_but_paid"),
            Kind::LateNotification => Some("paid_after_inquiries"),
            Kind::Cancelled => Some("in_process_forever"),
            Kind::OrderCode => None,
        }
    }
}

/// What to do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The commands of the workers, taken in turn.
    pub workers: Vec<Vec<String>>,
    /// The store that all of them work on, as they take it.
    pub store: String,
    /// The protocol of the merchant.
    pub protocol: Protocol,
    /// Sales at least.
    pub sales: u64,
    /// Workers to be killed at least, one a second.
    pub kills: u64,
    /// What is drawn.
    pub seed: u64,
    /// A command that is run every twenty seconds, such as one that restarts the database. While it may be away a till
    /// can be told to ask again, which is a defect else.
    pub disturb: Option<Vec<String>>,
}

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Sales of each kind, each with its outcome.
    pub sales: BTreeMap<String, u64>,
    /// Workers that were killed.
    pub kills: u64,
    /// Requests of tills that were asked again because the worker was gone.
    pub asked_again: u64,
    /// Times that the database was restarted.
    pub disturbed: u64,
    /// Answers that told a till to ask again.
    pub told_again: u64,
    /// The slowest sale.
    pub longest: Duration,
    /// What its till was told, and when.
    pub longest_told: Vec<String>,
    /// What a till or the ledger disagrees with, a line each.
    pub defects: Vec<String>,
}

struct Shop {
    ports: Vec<u16>,
    http: reqwest::Client,
    plan: Plan,
    asked_again: AtomicU64,
    told_again: AtomicU64,
}

struct Sold {
    id: String,
    kind: Kind,
    outcome: Option<String>,
    took: Duration,
    defects: Vec<String>,
    /// What the till was told, and when.
    told: Vec<String>,
}

/// Sells until there are enough sales and enough workers were killed, and holds what came of it against the ledger.
///
/// # Errors
/// The sandbox or a worker can't be started.
pub async fn run(plan: Plan) -> io::Result<Report> {
    let folder = tempfile::tempdir()?;
    let mut options = Options::new(folder.path().join("sandbox"));
    options.notify_after_ms = NOTIFIED_AFTER;
    options.customer = Customer::pays_after(4_000);
    let running = Sandbox::start(options).await?;
    let ports = free_ports()?;
    let description = running.description();
    let workers = Workers { plan: plan.clone(), ports: ports.clone(), description };
    let http = reqwest::Client::builder().no_proxy().build().map_err(io::Error::other)?;
    let shop = Arc::new(Shop {
        ports,
        http,
        plan: plan.clone(),
        asked_again: AtomicU64::new(0),
        told_again: AtomicU64::new(0),
    });
    let mut children = Vec::new();
    for number in 0..WORKERS {
        children.push(workers.start(number)?);
    }
    for number in 0..WORKERS {
        shop.opened(number).await?;
    }
    let mut report = Report::default();
    let selling = sell(Arc::clone(&shop), plan.sales, plan.seed);
    tokio::pin!(selling);
    let mut chance = Chance::new(plan.seed, u64::MAX);
    let mut second = tokio::time::interval(Duration::from_secs(1));
    let mut disturbing = tokio::time::interval_at(tokio::time::Instant::now() + DISTURBED, DISTURBED);
    let sold = loop {
        tokio::select! {
            sold = &mut selling => break sold,
            _ = disturbing.tick(), if plan.disturb.is_some() => {
                let mut words = plan.disturb.iter().flatten();
                let mut command = Command::new(words.next().map_or("", String::as_str));
                // Workers are killed meanwhile as well.
                let mut running = command.args(words).stdout(Stdio::null()).spawn()?;
                tokio::spawn(async move { running.wait().await });
                report.disturbed += 1;
            }
            _ = second.tick() => {
                // One that could not start, as while the database is away, is started again, as a supervisor would.
                for (number, child) in children.iter_mut().enumerate() {
                    if let Some(status) = child.try_wait()? {
                        if plan.disturb.is_none() {
                            report.defects.push(format!("worker {number} ended by itself: {status}"));
                        }
                        *child = workers.start(number)?;
                    }
                }
                let number = usize::try_from(chance.below(WORKERS as u64)).unwrap_or(0);
                // One that is not back yet serves nobody: it is given its time.
                if let Some(child) = children.get_mut(number).filter(|_| shop.is_open(number)) {
                    // SIGKILL: the process has no say in it.
                    child.start_kill()?;
                    child.wait().await?;
                    report.kills += 1;
                    *child = workers.start(number)?;
                }
            }
        }
    };
    if report.kills < plan.kills {
        report.defects.push(format!("only {} workers were killed while the tills sold", report.kills));
    }
    // What is under way in the network of the sandbox lands.
    tokio::time::sleep(Duration::from_secs(5)).await;
    for sale in sold {
        let (id, outcome) = (&sale.id, sale.outcome.as_deref().unwrap_or("no outcome"));
        *report.sales.entry(format!("{:?}: {outcome}", sale.kind)).or_insert(0) += 1;
        if sale.took > report.longest {
            report.longest = sale.took;
            report.longest_told =
                sale.told.iter().map(|told| format!("{id} ({:?}): {told}", sale.kind)).collect();
        }
        report.defects.extend(sale.defects.iter().map(|defect| format!("{id}: {defect}")));
        judge(&mut report, &running, plan.protocol, &sale);
    }
    report.asked_again = shop.asked_again.load(Ordering::Relaxed);
    report.told_again = shop.told_again.load(Ordering::Relaxed);
    for child in &mut children {
        child.start_kill()?;
        child.wait().await?;
    }
    running.stop().await;
    Ok(report)
}

/// One after another begins as soon as a till is free.
async fn sell(shop: Arc<Shop>, sales: u64, seed: u64) -> Vec<Sold> {
    let tills = Arc::new(Semaphore::new(TILLS));
    let mut tasks = JoinSet::new();
    for number in 0..sales {
        let Ok(till) = Arc::clone(&tills).acquire_owned().await else { break };
        let shop = Arc::clone(&shop);
        tasks.spawn(async move {
            let sold = sale(&shop, number, Chance::new(seed, number)).await;
            drop(till);
            sold
        });
    }
    let mut sold = Vec::new();
    while let Some(Ok(sale)) = tasks.join_next().await {
        sold.push(sale);
    }
    sold
}

async fn sale(shop: &Shop, number: u64, mut chance: Chance) -> Sold {
    let kind = Kind::of(&mut chance);
    let id = format!("sale-{}-{number}", shop.plan.seed);
    let code = kind.behaviour().and_then(Behaviour::named).map(Behaviour::fresh_code);
    let notified = shop.ports.get(usize::try_from(chance.below(WORKERS as u64)).unwrap_or(0));
    let pay = json!({
        "id": id, "code": code, "value": VALUE.to_string(), "currency": "USD", "wait": WAIT,
        "notify_url": notified.map(|port| format!("http://127.0.0.1:{port}/notify")),
    });
    let cancel = json!({"id": id, "wait": WAIT});
    let begun = Instant::now();
    let mut sold =
        Sold { id, kind, outcome: None, took: Duration::ZERO, defects: Vec::new(), told: Vec::new() };
    let mut begins = true;
    while sold.outcome.is_none() && begun.elapsed() < LONGEST {
        let cancels = kind == Kind::Cancelled && !begins;
        let (path, body) = if cancels { ("cancel", &cancel) } else { ("pay", &pay) };
        let body = match (kind, begins) {
            // The cashier gives up after two seconds.
            (Kind::Cancelled, true) => &with_wait(body, 2),
            _ => body,
        };
        let asked = shop.ask(&mut chance, path, body).await;
        sold.told.push(format!("{:.1?} {path}: {asked:?}", begun.elapsed()));
        match asked {
            Asked::Answer(200, answer) => {
                begins = false;
                sold.outcome = answer.get("outcome").and_then(Value::as_str).map(str::to_owned);
                let in_progress = answer.get("in_progress").and_then(Value::as_bool) == Some(true);
                if sold.outcome.is_none() && !in_progress {
                    sold.defects.push(format!("{path}: neither an outcome nor in progress: {answer}"));
                }
            }
            Asked::Answer(503, _) if shop.plan.disturb.is_some() => {
                shop.told_again.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Asked::Answer(status, answer) => {
                sold.defects.push(format!("{path}: {status} {answer}"));
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Asked::Gone => {
                shop.asked_again.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    sold.took = begun.elapsed();
    sold
}

fn with_wait(body: &Value, wait: u64) -> Value {
    let mut body = body.clone();
    if let Some(members) = body.as_object_mut() {
        members.insert("wait".into(), wait.into());
    }
    body
}

#[derive(Debug)]
enum Asked {
    Answer(u16, Value),
    /// The worker is not there, or went away before it answered.
    Gone,
}

impl Shop {
    async fn ask(&self, chance: &mut Chance, path: &str, body: &Value) -> Asked {
        let port = chance.pick(&self.ports, 0);
        let asked = self.http.post(format!("http://127.0.0.1:{port}/{path}")).body(body.to_string());
        let Ok(answer) = asked.timeout(Duration::from_secs(WAIT + 60)).send().await else {
            return Asked::Gone;
        };
        let status = answer.status().as_u16();
        let Ok(text) = answer.text().await else { return Asked::Gone };
        Asked::Answer(status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// A worker listens once it can serve.
    fn is_open(&self, number: usize) -> bool {
        self.ports.get(number).is_some_and(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok())
    }

    async fn opened(&self, number: usize) -> io::Result<()> {
        for _ in 0..600 {
            if self.is_open(number) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(io::Error::other(format!("worker {number} does not listen")))
    }
}

struct Workers {
    plan: Plan,
    ports: Vec<u16>,
    description: PathBuf,
}

impl Workers {
    fn start(&self, number: usize) -> io::Result<Child> {
        let commands = self.plan.workers.len().max(1);
        let command =
            self.plan.workers.get(number % commands).ok_or_else(|| io::Error::other("no worker"))?;
        let mut words = command.iter();
        let mut process = Command::new(words.next().map_or("", String::as_str));
        process.args(words).arg(&self.description).arg(&self.plan.store).arg(self.plan.protocol.as_str());
        process.arg(self.ports.get(number).map(u16::to_string).unwrap_or_default());
        process.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true).spawn()
    }
}

/// Ports that were free a moment ago: a worker that starts again needs the same one.
fn free_ports() -> io::Result<Vec<u16>> {
    let listeners: io::Result<Vec<_>> = (0..WORKERS).map(|_| TcpListener::bind(("127.0.0.1", 0))).collect();
    listeners?.iter().map(|listener| listener.local_addr().map(|address| address.port())).collect()
}

fn judge(report: &mut Report, running: &Running, protocol: Protocol, sale: &Sold) {
    let standing = running.gateway().standing(protocol, &sale.id, running.clock().now_ms());
    let (captured, net) = standing.as_ref().map_or((0, 0), |standing| (standing.captured, standing.net));
    let value = u128::from(VALUE);
    let agrees = match sale.outcome.as_deref() {
        Some("succeeded") => (captured, net) == (value, value),
        Some("failed" | "cancelled") => net == 0,
        Some("refunded") => (captured, net) == (value, 0),
        _ => false,
    };
    if !agrees {
        let Sold { id, kind, outcome, .. } = sale;
        report.defects.push(format!("{id} ({kind:?}): the till says {outcome:?}, the ledger {standing:?}"));
        report.defects.extend(sale.told.iter().map(|told| format!("{id}: {told}")));
    }
}
