//! The engine as it ships, simulated: processes that stop, pause and have wrong clocks, on one store that fails, at the
//! gateway of the sandbox, in virtual time and from a seed.
//!
//! Here nothing is signed: the message layer is simulated beside the machine alone.

mod calls;
pub mod cashier;
mod disk;
mod network;
pub mod plan;
pub mod process;
pub mod promises;
pub mod queue;
pub mod shell;
pub mod storage;
pub mod world;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use alipay_instore::error::Result;

use super::random::Chance;
use super::tally::Tally;
use super::{BATCH, Run};
use shell::Shell;
use world::{Failure, World};

/// The stream of a batch, apart from those of its payments.
const BATCHES: u64 = 1 << 40;

/// Runs, and gives the counts, and the first broken promise with its timeline.
///
/// # Errors
/// None that a correct library gives: the plans are ours.
pub fn run<S: Shell>(shell: &S, run: Run) -> Result<(Tally, Option<Failure>)> {
    let last = run.first.saturating_add(run.payments.div_ceil(BATCH));
    let (next, failed) = (AtomicU64::new(run.first), AtomicBool::new(false));
    let total: Mutex<(Tally, Option<Failure>)> = Mutex::default();
    let work = || -> Result<()> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= last || failed.load(Ordering::Relaxed) {
                return Ok(());
            }
            let ended = batch(shell, run, number, None)?.run();
            let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
            match ended {
                Ok(tally) => total.0.add(&tally),
                Err(failure) => {
                    failed.store(true, Ordering::Relaxed);
                    if total.1.as_ref().is_none_or(|known| failure.payment < known.payment) {
                        total.1 = Some(failure);
                    }
                    return Ok(());
                }
            }
        }
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
    let again = batch(shell, run, failure.payment / BATCH, Some(failure.payment))?.run();
    Ok((tally, Some(again.err().unwrap_or(failure))))
}

fn batch<S: Shell>(shell: &S, run: Run, number: u64, recorded: Option<u64>) -> Result<World<'_, S>> {
    let begin = number.saturating_mul(BATCH);
    let end = begin.saturating_add(BATCH).min(run.first.saturating_mul(BATCH).saturating_add(run.payments));
    let payments = (begin..end.max(begin)).map(|number| (number, Chance::new(run.seed, number)));
    World::new(shell, payments, Chance::new(run.seed, BATCHES.saturating_add(number)), recorded)
}
