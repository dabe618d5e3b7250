//! `demo`: payments with every behaviour of the sandbox, in both protocols at once, told step by step and then
//! compared with the gateway's ledger.
//!
//! Gateway and tills are one process and share one clock that runs faster than real time, so that minutes of
//! waiting take seconds and no difference between two clocks is mistaken for a rule.

mod case;
mod recorder;
mod verdict;

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::client::{Client, Clock, FastClock, Observer, Transport, TransportOptions};
use alipay_instore::gateway::Protocol;
use alipay_instore::merchant::SandboxSettings;
use alipay_instore::payment::{CancelWindow, Policy};
use alipay_instore::store::MemoryStore;
use alipay_instore_sandbox::{Options, Running, Sandbox};
use clap::Args;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::receiver::{Handler, Received, Receiver};
use crate::render::seconds;
use case::{Case, Ended, Plan};
use recorder::Recorder;

/// The real time between the starts of two payments: a till is not asked to do sixty things in one moment, which
/// would count many times over on a fast clock.
const STAGGER: Duration = Duration::from_millis(50);

/// How many payments run at a time.
const AT_ONCE: usize = 32;

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// How many times as fast as real time the common clock runs.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
    speed: u32,
    /// Only the cases whose name holds this.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// What every payment of the demo uses.
pub(crate) struct Stage {
    gateway: Running,
    clock: Arc<dyn Clock>,
    ams: Client,
    alipay_plus: Client,
    /// The same two tills with a short cancel window.
    short: [Client; 2],
    recorder: Arc<Recorder>,
    receiver: Receiver,
}

impl Stage {
    fn client(&self, protocol: Protocol) -> &Client {
        match protocol {
            Protocol::Ams => &self.ams,
            Protocol::AlipayPlus => &self.alipay_plus,
        }
    }

    fn client_of_a_short_window(&self, protocol: Protocol) -> &Client {
        let [ams, alipay_plus] = &self.short;
        match protocol {
            Protocol::Ams => ams,
            Protocol::AlipayPlus => alipay_plus,
        }
    }
}

impl Demo {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let folder = tempfile::tempdir().map_err(|error| Failure::io("a temporary folder", &error))?;
        let (sender, mut arrivals) = mpsc::unbounded_channel();
        let stage = Arc::new(self.stage(folder.path(), sender).await?);
        output.human(format_args!(
            "The gateway listens on {} and the receiver of notifications on {}.\n\
             Gateway and tills share one clock, which runs {} times as fast as real time; all times below are its own.\n\
             -> sent, <- answered and verified, xx no usable answer, -- the till, !! alert, == result",
            stage.gateway.base_url(),
            stage.receiver.address,
            self.speed
        ));
        let began = stage.clock.now();
        let mut plans = case::plans();
        if let Some(only) = &self.only {
            plans.retain(|plan| plan.name.contains(only.as_str()));
        }
        let ended = perform(&stage, &plans, output).await?;
        let mut notifications = Vec::new();
        while let Ok(received) = arrivals.try_recv() {
            notifications.push(received);
        }
        let taken = stage.clock.now().saturating_since(began);
        let ledger = ledger(&stage).await?;
        let exit = conclude(output, &ended, &ledger, &notifications, taken, self.speed);
        Ok(exit)
    }

    async fn stage(
        &self,
        folder: &std::path::Path,
        received: mpsc::UnboundedSender<Received>,
    ) -> Result<Stage> {
        let mut options = Options::new(folder);
        options.speed = self.speed;
        let gateway =
            Sandbox::start(options).await.map_err(|error| Failure::io("the sandbox can't start", &error))?;
        let clock: Arc<dyn Clock> =
            Arc::new(FastClock::new(Timestamp::from_millis(gateway.clock().origin_ms()), self.speed));
        let recorder = Arc::new(Recorder::default());
        let transport = Transport::new(&TransportOptions::default())?;
        let client = |policy: Policy| -> Result<Client> {
            let protocol = policy.protocol;
            let merchant = SandboxSettings::from_file(gateway.description(), protocol)?.merchant;
            let observer: Arc<dyn Observer> = recorder.clone();
            let builder = Client::builder(merchant, Arc::new(MemoryStore::default()))
                .transport(transport.clone())
                .clock(Arc::clone(&clock))
                .notify_url_configured(true)
                .policy(policy)
                .observer(observer);
            Ok(builder.build()?)
        };
        let cancel_window = CancelWindow::Period(case::SHORT_WINDOW);
        let short = |protocol| Policy { cancel_window, ..Policy::preset(protocol) };
        let ams = client(Policy::preset(Protocol::Ams))?;
        let alipay_plus = client(Policy::preset(Protocol::AlipayPlus))?;
        let short = [client(short(Protocol::Ams))?, client(short(Protocol::AlipayPlus))?];
        let handler = |client: &Client, below| Handler {
            merchant: client.merchant().clone(),
            clock: Arc::clone(&clock),
            client: Some(client.clone()),
            below,
            notify_url: Some(format!("{below}notify")),
        };
        let handlers = vec![handler(&ams, "/ams/"), handler(&alipay_plus, "/alipay_plus/")];
        let receiver = Receiver::start(([127, 0, 0, 1], 0).into(), handlers, received).await?;
        Ok(Stage { gateway, clock, ams, alipay_plus, short, recorder, receiver })
    }
}

/// Runs every case in both protocols, many at a time, and tells each once both have ended.
async fn perform(stage: &Arc<Stage>, plans: &[Plan], output: Output) -> Result<Vec<Ended>> {
    // On a slow machine more at once would run into the time limits of the requests, which the fast clock shortens.
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = JoinSet::new();
    let mut waiting: Vec<Vec<Ended>> = plans.iter().map(|_| Vec::new()).collect();
    for (index, plan) in plans.iter().enumerate() {
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            let case = Case::new(plan, protocol, stage.clock.now())?;
            let (stage, places) = (Arc::clone(stage), Arc::clone(&places));
            let wait = STAGGER.saturating_mul(u32::try_from(tasks.len()).unwrap_or(0));
            tasks.spawn(async move {
                tokio::time::sleep(wait).await;
                // It is closed nowhere, so there is always a place in the end.
                let _place = places.acquire().await;
                (index, case.run(&stage).await)
            });
        }
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        let (index, ended) = done.map_err(|_| {
            Failure::new("internal.panic", "a payment of the demo panicked", "please report it")
        })?;
        let (Some(pair), Some(plan)) = (waiting.get_mut(index), plans.get(index)) else { continue };
        pair.push(ended);
        if pair.len() == 2 {
            pair.sort_by_key(|ended| ended.case.protocol.as_str() != "ams");
            tell(stage, plan, pair, output);
            all.extend(std::mem::take(pair));
        }
    }
    all.sort_by_key(|ended| (ended.case.plan_index, ended.case.protocol.as_str() != "ams"));
    Ok(all)
}

fn tell(stage: &Stage, plan: &Plan, pair: &[Ended], output: Output) {
    output.human(format_args!("\n{}: {}", plan.name, plan.description));
    for ended in pair {
        let code =
            plan.code().map(|code| format!(" with {}", crate::masking::masked(code))).unwrap_or_default();
        output.human(format_args!("  {}  {}{code}", ended.case.protocol, ended.case.id));
        for line in stage.recorder.lines(ended.case.id.as_str()) {
            output.human(format_args!("  {line}"));
        }
        if let Err(failure) = &ended.result {
            output.human(format_args!("  {}: {} ({})", failure.code, failure.reason, failure.hint));
        }
    }
}

/// `GET /sandbox/ledger`: what the gateway's books say.
async fn ledger(stage: &Stage) -> Result<Value> {
    let failed = |_| Failure::new("cli.network", "the gateway's ledger can't be read", "try again");
    let url = format!("{}/sandbox/ledger", stage.gateway.base_url());
    let client = reqwest::Client::builder().no_proxy().build().map_err(failed)?;
    client.get(url).send().await.map_err(failed)?.json().await.map_err(failed)
}

fn conclude(
    output: Output,
    ended: &[Ended],
    ledger: &Value,
    notifications: &[Received],
    taken: Duration,
    speed: u32,
) -> Exit {
    let rows: Vec<verdict::Row> = ended.iter().map(|ended| verdict::compare(ended, ledger)).collect();
    let strangers = verdict::strangers(ended, ledger);
    let disagreeing = rows.iter().filter(|row| row.wrong.is_some()).count() + strangers.len();
    let unresolved = rows.iter().filter(|row| row.outcome == "unresolved").count();
    let acknowledged = notifications.iter().filter(|received| received.status == 200).count();
    output.human(format_args!(
        "\nEvery outcome beside the gateway's ledger, in minor units of USD:\n{}",
        verdict::table(&rows)
    ));
    for id in &strangers {
        output.human(format_args!("the ledger holds a payment that no till made: {id}"));
    }
    let summary = format!(
        "{} payments, {} agree with the ledger, {disagreeing} disagree, {unresolved} unresolved; \
         {} notifications, {acknowledged} acknowledged; {} of the common clock in {} of real time",
        rows.len(),
        rows.len().saturating_sub(disagreeing),
        notifications.len(),
        seconds(taken),
        seconds(taken / speed.max(1)),
    );
    let json = json!({
        "payments": rows.iter().map(verdict::Row::json).collect::<Vec<_>>(),
        "strangers": strangers,
        "disagreeing": disagreeing,
        "unresolved": unresolved,
        "notifications": notifications.len(),
        "acknowledged": acknowledged,
        "speed": speed,
        "virtual_ms": taken,
    });
    output.result(summary, &json);
    if disagreeing == 0 && !rows.is_empty() { Exit::Done } else { Exit::No }
}
