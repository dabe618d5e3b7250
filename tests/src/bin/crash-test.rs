//! `crash-test [KILLS] [--seed S] [--speed N] [--till COMMAND]`: tills are killed while they pay, and the ledger is asked.
//!
//! Without a command the till is `crash-till`, beside this program. A command is split at spaces; the words that
//! `crash-till` describes follow it.
#![allow(clippy::disallowed_methods, reason = "real processes and real durations are measured")]

use std::process::ExitCode;
use std::time::Instant;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(Arguments { kills, seed, speed, till }) = arguments() else {
        eprintln!("usage: crash-test [KILLS] [--seed S] [--speed N] [--till COMMAND]");
        return ExitCode::from(2);
    };
    let started = Instant::now();
    let report = match conformance::crash::run(till, kills, seed, speed).await {
        Ok(report) => report,
        Err(error) => {
            eprintln!("crash-test: {error}");
            return ExitCode::FAILURE;
        }
    };
    for (outcome, count) in &report.outcomes {
        println!("  {outcome:<20} {count:>6}");
    }
    for defect in &report.defects {
        println!("DEFECT {defect}");
    }
    println!(
        "crash test: {} processes killed, {} payments, {} of them killed before anything was stored, {} defects, seed {seed}, {:.1?}",
        report.kills,
        report.payments,
        report.never_stored,
        report.defects.len(),
        started.elapsed()
    );
    if report.defects.is_empty() && report.kills >= kills { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Arguments {
    kills: u64,
    seed: u64,
    /// How many times as fast as real time the payments run.
    speed: u32,
    till: Vec<String>,
}

fn arguments() -> Option<Arguments> {
    let beside = std::env::current_exe().ok()?.with_file_name("crash-till");
    let till = vec![beside.to_string_lossy().into_owned()];
    let mut arguments = Arguments { kills: 20, seed: 1, speed: 50, till };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seed" => arguments.seed = words.next()?.parse().ok()?,
            "--speed" => arguments.speed = words.next()?.parse().ok()?,
            "--till" => arguments.till = words.next()?.split_whitespace().map(str::to_owned).collect(),
            count => arguments.kills = count.parse().ok()?,
        }
    }
    Some(arguments)
}
