//! The whole system, simulated: the real machine with its snapshots, the real message layer, the real ledger of the
//! sandbox, in virtual time and from a seed.
//!
//! Payments run in batches at one gateway; a batch is forgotten when it has landed, so that memory stays flat
//! however many there are. In one batch of [`SIGNED_EVERY`] every message is really signed and verified; RSA would be
//! most of the work in all of them. In the others nothing but the signatures is left out: the gateway says who would
//! have signed, and only what it would have signed itself is believed.

pub mod host;
pub mod oracle;
pub mod pairs;
pub mod plan;
pub mod processes;
pub mod random;
pub mod tally;
pub mod wire;
pub mod world;

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use alipay_instore::error::Result;
use random::Chance;
use tally::Tally;
use wire::{Signers, Wire};
use world::{Failure, World};

use crate::model::subject::Subject;

/// How many payments share a gateway.
pub const BATCH: u64 = 20;
/// One batch of so many is signed with RSA.
pub const SIGNED_EVERY: u64 = 50;

/// What to run.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// How many payments.
    pub payments: u64,
    /// Chance begins here.
    pub seed: u64,
    /// The batch to begin with; 0 unless one is to be repeated by itself.
    pub first: u64,
    /// How many threads.
    pub threads: usize,
}

/// Runs, and gives the counts, and the first broken promise with its timeline.
///
/// # Errors
/// None that a correct library gives: the keys and the plans are ours.
pub fn run<S: Subject + Sync>(subject: &S, run: Run) -> Result<(Tally, Option<Failure>)> {
    let sets = Signers::sets()?;
    let last = run.first.saturating_add(run.payments.div_ceil(BATCH));
    let (next, failed) = (AtomicU64::new(run.first), AtomicBool::new(false));
    let total: Mutex<(Tally, Option<Failure>)> = Mutex::default();
    let work = || -> Result<()> {
        let mut tally = Tally::default();
        let mut failure = None;
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= last || failed.load(Ordering::Relaxed) {
                break;
            }
            match batch(subject, &sets, run, number, None)?.run() {
                Ok(more) => tally.add(&more),
                Err(found) => {
                    failed.store(true, Ordering::Relaxed);
                    failure = Some(found);
                    break;
                }
            }
        }
        let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
        total.0.add(&tally);
        if let Some(found) = failure
            && total.1.as_ref().is_none_or(|known| found.payment < known.payment)
        {
            total.1 = Some(found);
        }
        Ok(())
    };
    std::thread::scope(|scope| -> Result<()> {
        let workers: Vec<_> = (1..run.threads).map(|_| scope.spawn(work)).collect();
        work()?;
        for worker in workers {
            worker.join().unwrap_or(Ok(()))?;
        }
        Ok(())
    })?;
    let (tally, failure) = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    let Some(failure) = failure else { return Ok((tally, None)) };
    // The same batch once more, and this time what happens to that payment is written down.
    let number = failure.payment / BATCH;
    let again = batch(subject, &sets, run, number, Some(failure.payment))?.run();
    Ok((tally, Some(again.err().unwrap_or(failure))))
}

fn batch<'s, S: Subject>(
    subject: &'s S,
    sets: &[Signers],
    run: Run,
    number: u64,
    recorded: Option<u64>,
) -> Result<World<'s, S>> {
    let signers = number
        .is_multiple_of(SIGNED_EVERY)
        .then(|| sets.iter().cycle().nth(usize::try_from(number / SIGNED_EVERY % 2).unwrap_or(0)).cloned())
        .flatten();
    let begin = number.saturating_mul(BATCH);
    let end = begin.saturating_add(BATCH).min(run.first.saturating_mul(BATCH).saturating_add(run.payments));
    let payments = (begin..end.max(begin)).map(|number| (number, Chance::new(run.seed, number)));
    World::new(subject, Wire::new(signers), payments, recorded)
}
