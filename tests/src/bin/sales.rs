//! `sales --store STORE --worker COMMAND… [--protocol P] [--sales N] [--kills N] [--seed S]
//! [--disturb COMMAND]`: workers behind HTTP on one
//! store, of which one is killed every second, and tills that are never told of it.
//!
//! `--worker` can be given several times; the four workers take the commands in turn. A command is split at spaces; these
//! words follow it: the sandbox.json, the store, the protocol, and the port of 127.0.0.1 to listen on. A worker takes
//!
//! - `POST /pay` with `{"id", "code", "value", "currency", "wait", "notify_url"}`; without a code the customer scans the
//!   till's; `wait` in seconds. It answers with 200 and the result's JSON, of which `outcome` and `in_progress` are read;
//! - `POST /cancel` with `{"id", "wait"}`, likewise;
//! - `POST /notify`: a notification of the gateway.
//!
//! It answers with 503 where the till may ask again with the same id. That, and any other status, is an error that a cashier
//! would see, and a defect; only while `--disturb` restarts the database every twenty seconds tills are told to ask again.
#![allow(clippy::disallowed_methods, reason = "real processes and real durations are measured")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use conformance::sales::{Plan, run};

#[tokio::main]
async fn main() -> ExitCode {
    let Some(plan) = arguments() else {
        eprintln!(
            "usage: sales --store STORE --worker COMMAND [--protocol P] [--sales N] [--kills N] [--seed S] [--disturb COMMAND]"
        );
        return ExitCode::from(2);
    };
    let (started, seed) = (Instant::now(), plan.seed);
    let report = match run(plan).await {
        Ok(report) => report,
        Err(error) => {
            eprintln!("sales: {error}");
            return ExitCode::FAILURE;
        }
    };
    for (kind, count) in &report.sales {
        println!("  {kind:<32} {count:>6}");
    }
    for defect in &report.defects {
        println!("DEFECT {defect}");
    }
    if report.longest > SLOW {
        for told in &report.longest_told {
            println!("SLOW {told}");
        }
    }
    println!(
        "sales: {} sales, {} workers killed, {} requests asked again, {} restarts of the database, {} answers to ask again, longest sale {:.1?}, {} defects, seed {seed}, {:.1?}",
        report.sales.values().sum::<u64>(),
        report.kills,
        report.asked_again,
        report.disturbed,
        report.told_again,
        report.longest,
        report.defects.len(),
        started.elapsed()
    );
    if report.defects.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Of a sale that took longer the till's story is shown, though it ended right.
const SLOW: Duration = Duration::from_secs(60);

fn arguments() -> Option<Plan> {
    let mut plan = Plan {
        workers: Vec::new(),
        store: String::new(),
        protocol: alipay_instore::gateway::Protocol::Ams,
        sales: 500,
        kills: 60,
        seed: 1,
        disturb: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next()?;
        match word.as_str() {
            "--store" => plan.store = value,
            "--worker" => plan.workers.push(value.split_whitespace().map(str::to_owned).collect()),
            "--disturb" => plan.disturb = Some(value.split_whitespace().map(str::to_owned).collect()),
            "--protocol" => plan.protocol = value.parse().ok()?,
            "--sales" => plan.sales = value.parse().ok()?,
            "--kills" => plan.kills = value.parse().ok()?,
            "--seed" => plan.seed = value.parse().ok()?,
            _ => return None,
        }
    }
    (!plan.workers.is_empty() && !plan.store.is_empty()).then_some(plan)
}
