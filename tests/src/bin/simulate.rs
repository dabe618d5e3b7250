//! `simulate [N] [--seed S] [--threads T] [--batch B]`: N payments against a gateway that injects failures, and
//! whether every promise of the payment machine held.
#![allow(clippy::disallowed_methods, reason = "real processes and real durations are measured")]

use std::process::ExitCode;
use std::time::Instant;

use conformance::model::subject::Real;
use conformance::simulate::pairs::impossible;
use conformance::simulate::tally::{Counts, Tally};
use conformance::simulate::{BATCH, Run, run};

fn main() -> ExitCode {
    let Some(asked) = arguments() else {
        eprintln!("usage: simulate [N] [--seed S] [--threads T] [--batch B]");
        return ExitCode::from(2);
    };
    #[allow(clippy::disallowed_methods, reason = "how long the run took is told, and decides nothing")]
    let started = Instant::now();
    let (tally, failure) = match run(&Real, asked) {
        Ok(done) => done,
        Err(error) => {
            eprintln!("simulate: {error}");
            return ExitCode::FAILURE;
        }
    };
    print(&tally);
    if let Some(failure) = failure {
        println!("\nBROKEN {} by payment {} of seed {}", failure.promise, failure.payment, asked.seed);
        for line in &failure.timeline {
            println!("{line}");
        }
        let batch = failure.payment / BATCH;
        println!("repeat it with: simulate {BATCH} --seed {} --batch {batch}", asked.seed);
        return ExitCode::FAILURE;
    }
    let never = tally.pairs.never_seen();
    for (state, event) in &never {
        println!("never seen: {state} / {event}");
    }
    println!(
        "simulate: {} payments ({} with RSA), {} events, seed {}, digest {:016x}, {} reachable pairs never seen, {:.1?}",
        tally.payments,
        tally.signed,
        tally.events,
        asked.seed,
        tally.digest,
        never.len(),
        started.elapsed()
    );
    // A short run can't be expected to see everything.
    if never.is_empty() || asked.payments < 20_000 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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

fn print(tally: &Tally) {
    let table = |title: &str, counts: &Counts| {
        println!("\n{title}");
        for (name, count) in counts {
            println!("  {name:<50} {count:>12}");
        }
    };
    table("outcomes", &tally.outcomes);
    table("alerts", &tally.alerts);
    table("troubles injected", &tally.troubles);
    table("behaviours of wallets", &tally.behaviours);
    table("checked", &tally.checks);
    println!("\nevents by state");
    for (state, event, count) in tally.pairs.iter() {
        match impossible(state, event) {
            None => println!("  {state:<18} {event:<26} {count:>12}"),
            Some(reason) => println!("  {state:<18} {event:<26} {:>12}  {reason}", "-"),
        }
    }
    println!();
}
