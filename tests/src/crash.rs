//! Tills as real processes that are killed without warning, against a sandbox server that goes on.
//!
//! Each payment is begun by one process; processes are killed at random moments and others take the payment up from
//! the store, until one of them is left to finish it. Then the ledger is asked. The till is any program that takes the
//! words described in `crash-till`.
#![allow(clippy::disallowed_methods, reason = "real processes and real durations are measured")]

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use alipay_instore::gateway::Protocol;
use alipay_instore_sandbox::{Gateway, Options, Running, Sandbox, Standing};
use serde_json::Value;
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;
use tokio::task::JoinSet;

use crate::simulate::random::Chance;

/// So many tills are on at once.
const TILLS: usize = 4;
/// A payment is killed this number of times at the most, and then left alone.
const MOST_KILLS: u64 = 4;

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Processes that were killed while they ran.
    pub kills: u64,
    /// Payments.
    pub payments: u64,
    /// Of them, those whose first process was killed before it had stored anything.
    pub never_stored: u64,
    /// Outcomes, and how often.
    pub outcomes: std::collections::BTreeMap<String, u64>,
    /// What the ledger disagrees with, a line each.
    pub defects: Vec<String>,
}

#[derive(Clone, Debug)]
struct Payment {
    id: String,
    protocol: Protocol,
    behaviour: &'static str,
    code: &'static str,
    value: u64,
}

#[derive(Clone, Debug)]
struct Place {
    till: Vec<String>,
    sandbox: PathBuf,
    store: PathBuf,
}

struct Ended {
    payment: Payment,
    kills: u64,
    answer: std::io::Result<String>,
}

/// Kills until this many were killed, and holds what came of it against the ledger. The sandbox's clock, and with it the
/// tills', runs `speed` times as fast as real time: a till that starts slowly needs a slower one, or every payment it
/// resumes has expired.
///
/// # Errors
/// The sandbox or the till can't be started.
pub async fn run(till: Vec<String>, kills: u64, seed: u64, speed: u32) -> std::io::Result<Report> {
    let folder = tempfile::tempdir()?;
    let mut options = Options::new(folder.path().join("sandbox"));
    options.speed = speed;
    let running = Sandbox::start(options).await?;
    let place = Place { till, sandbox: running.description(), store: folder.path().join("store") };
    let (mut report, mut tasks, mut number) = (Report::default(), JoinSet::new(), 0);
    let mut payments = Vec::new();
    loop {
        // A till that ends before it can be killed is not tried for ever.
        while tasks.len() < TILLS && report.kills < kills && number < kills.saturating_mul(20) {
            tasks.spawn(life(place.clone(), Chance::new(seed, number), number));
            number += 1;
        }
        let Some(ended) = tasks.join_next().await else { break };
        let ended = ended.map_err(std::io::Error::other)?;
        report.kills += ended.kills;
        report.payments += 1;
        payments.push((ended.payment, ended.answer?));
    }
    // Whatever is still under way in the network of the sandbox lands within some seconds of its time.
    tokio::time::sleep(Duration::from_secs(60) / speed.max(1)).await;
    for (payment, answer) in &payments {
        judge(&mut report, &running, payment, answer);
    }
    nothing_else(&mut report, running.gateway(), running.clock().now_ms(), &place.store, &payments);
    running.stop().await;
    Ok(report)
}

/// One payment from its beginning to its end.
async fn life(place: Place, mut chance: Chance, number: u64) -> Ended {
    let behaviours = crate::drawn::behaviours();
    let at = usize::try_from(chance.below(u64::try_from(behaviours.len()).unwrap_or(1))).unwrap_or(0);
    let (behaviour, code) =
        behaviours.get(at).map_or(("", "281006020000000000125733"), |row| (row.name, row.code));
    let payment = Payment {
        id: format!("crash-{number}"),
        protocol: chance.pick(&[Protocol::Ams, Protocol::AlipayPlus], Protocol::Ams),
        behaviour,
        code,
        value: chance.below(99_999) + 1,
    };
    let (mut kills, lives) = (0, chance.below(MOST_KILLS) + 1);
    let answer = loop {
        let longest = chance.pick(&[2, 10, 50, 200, 1_500], 50);
        let after = Duration::from_micros(chance.below(longest * 1_000));
        // Most are killed once they are at work, which they show by writing to the store; some at any moment, while
        // the program is being loaded too.
        let killed = (kills < lives).then(|| Killed { at_work: !chance.in_1000(150), after });
        match one_process(&place, &payment, kills == 0, killed).await {
            Ok(Some(answer)) => break Ok(answer),
            Ok(None) => kills += 1,
            Err(error) => break Err(error),
        }
    };
    Ended { payment, kills, answer }
}

/// When a process is killed.
#[derive(Clone, Copy, Debug)]
struct Killed {
    /// Counted from its first write to the store, not from its start.
    at_work: bool,
    after: Duration,
}

/// Runs a process to its end, or kills it after some time; nothing if it was killed.
async fn one_process(
    place: &Place,
    payment: &Payment,
    begins: bool,
    killed: Option<Killed>,
) -> std::io::Result<Option<String>> {
    let mut words = place.till.iter();
    let mut command = Command::new(words.next().map_or("", String::as_str));
    command.args(words).arg(if begins { "pay" } else { "resume" });
    command.arg(&place.sandbox).arg(&place.store).args([payment.protocol.as_str(), &payment.id]);
    if begins {
        command.args([payment.code, &payment.value.to_string(), "USD"]);
    }
    let before = record(&place.store, &payment.id);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).spawn()?;
    if let Some(killed) = killed {
        let patience = async {
            while killed.at_work && record(&place.store, &payment.id) == before {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            tokio::time::sleep(killed.after).await;
        };
        let ended = tokio::select! {
            _ = child.wait() => true,
            () = patience => false,
        };
        if !ended {
            // SIGKILL: the process has no say in it.
            child.start_kill()?;
            if !child.wait().await?.success() {
                return Ok(None);
            }
        }
    }
    let mut output = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_string(&mut output).await?;
    }
    child.wait().await?;
    Ok(Some(output.lines().last().unwrap_or_default().to_owned()))
}

/// What the store holds of a payment: the file store, or one that keeps a file of this name.
fn record(store: &Path, id: &str) -> Option<Vec<u8>> {
    let files = [format!("open/p_{id}.json"), format!("finished/p_{id}.json"), format!("{id}.json")];
    files.iter().find_map(|file| std::fs::read(store.join(file)).ok())
}

/// What the till says of a payment, against what the ledger says.
fn judge(report: &mut Report, running: &Running, payment: &Payment, answer: &str) {
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    let now = running.clock().now_ms();
    let standing = running.gateway().standing(payment.protocol, &payment.id, now);
    let (captured, net) =
        standing.as_ref().map_or((0, 0), |Standing { captured, net, .. }| (*captured, *net));
    let value = u128::from(payment.value);
    let outcome = answer.get("outcome").and_then(Value::as_str);
    let unknown = answer.get("error").and_then(Value::as_str) == Some("request.unknown_payment");
    let word = match outcome {
        Some(outcome) => outcome,
        None if unknown => {
            report.never_stored += 1;
            "never stored"
        }
        None => "no answer",
    };
    *report.outcomes.entry(word.to_owned()).or_insert(0) += 1;
    let agrees = match word {
        "succeeded" => (captured, net) == (value, value),
        "failed" | "cancelled" => net == 0,
        "refunded" => (captured, net) == (value, 0),
        "unresolved" => captured == 0 || captured == value,
        "never stored" => standing.is_none(),
        _ => false,
    };
    if !agrees {
        let (id, behaviour) = (&payment.id, payment.behaviour);
        report.defects.push(format!(
            "{id} ({}, {behaviour}, {value}): the till says {word} ({answer}), the ledger {standing:?}",
            payment.protocol
        ));
    }
}

/// The ledger holds no payment that the till did not store, and none twice; the store holds none without an end.
fn nothing_else(
    report: &mut Report,
    gateway: &Gateway,
    now: i64,
    store: &Path,
    payments: &[(Payment, String)],
) {
    let ledger = gateway.ledger_json(now);
    let entries = ledger.get("payments").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut seen = std::collections::BTreeSet::new();
    for entry in entries {
        let id = entry.get("payment_request_id").and_then(Value::as_str).unwrap_or_default();
        if !seen.insert(id) {
            report.defects.push(format!("{id} is in the ledger twice"));
        }
        if !payments.iter().any(|(payment, _)| payment.id == id) {
            report.defects.push(format!("{id} is in the ledger, and nobody asked for it"));
        }
        if record(store, id).is_none() {
            report.defects.push(format!("{id} is in the ledger and not in the store"));
        }
    }
}
