//! `simulate-processes [N] [--seed S] [--threads T] [--batch B]`: N payments by engines in several processes, on a store
//! that fails, and whether every promise held.

use std::process::ExitCode;

use conformance::simulate::processes::run;
use conformance::simulate::processes::shell::Honest;
use conformance::simulate::tally::Counts;
use conformance::simulate::{BATCH, Run};

/// So often in a million payments each kind of fault has to happen.
const EACH_IN_A_MILLION: u64 = 1_000;
/// In fewer payments a fault may be missing by chance.
const ENOUGH: u64 = 4_000;
/// The faults that have to happen.
const FAULTS: [&str; 18] = [
    "process killed",
    "process paused",
    "process paused beyond its lease",
    "clock set back",
    "clock set on",
    "store failed, not written",
    "store failed after writing",
    "store slow",
    "store never answers",
    "store conflict",
    "two ask for one payment",
    "two ask for one refund",
    "told before it was stored",
    "call lost with its process",
    "a record that can't be read",
    "not sent",
    "copied",
    "reply_lost",
];

fn main() -> ExitCode {
    let Some(asked) = arguments() else {
        eprintln!("usage: simulate-processes [N] [--seed S] [--threads T] [--batch B]");
        return ExitCode::from(2);
    };
    let (tally, failure) = match run(&Honest, asked) {
        Ok(done) => done,
        Err(error) => {
            eprintln!("simulate-processes: {error}");
            return ExitCode::FAILURE;
        }
    };
    let table = |title: &str, counts: &Counts| {
        println!("\n{title}");
        for (name, count) in counts {
            println!("  {name:<50} {count:>12}");
        }
    };
    table("outcomes", &tally.outcomes);
    table("alerts", &tally.alerts);
    table("troubles injected", &tally.troubles);
    table("calls, and what was checked", &tally.checks);
    if let Some(failure) = failure {
        println!("\nBROKEN {} by payment {} of seed {}", failure.promise, failure.payment, asked.seed);
        for line in &failure.timeline {
            println!("{line}");
        }
        let batch = failure.payment / BATCH;
        println!("repeat it with: simulate-processes {BATCH} --seed {} --batch {batch}", asked.seed);
        return ExitCode::FAILURE;
    }
    let wanted = asked.payments.saturating_mul(EACH_IN_A_MILLION) / 1_000_000;
    let rare: Vec<_> = FAULTS
        .iter()
        .filter(|fault| tally.troubles.get(**fault).copied().unwrap_or(0) < wanted.max(1))
        .filter(|_| asked.payments >= ENOUGH)
        .collect();
    for fault in &rare {
        println!("too rare: {fault}");
    }
    println!(
        "\nsimulate-processes: {} payments, {} inputs, seed {}",
        tally.payments, tally.events, asked.seed
    );
    if rare.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn arguments() -> Option<Run> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut asked = Run { payments: 20_000, seed: 1, first: 0, threads };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seed" => asked.seed = words.next()?.parse().ok()?,
            "--threads" => asked.threads = words.next()?.parse().ok()?,
            "--batch" => asked.first = words.next()?.parse().ok()?,
            count => asked.payments = count.parse().ok()?,
        }
    }
    Some(asked)
}
