//! The shell around an engine, behind a seam: the simulation's own tests put a broken one there.

use alipay_instore::engine::{CallResult, Input, Now, Output};
use alipay_instore::error::Error;

/// What stands between an engine and its world.
pub trait Shell: Sync {
    /// What is handed to the engine; none if it is lost.
    fn input(&self, input: Input) -> Option<Input> {
        Some(input)
    }

    /// What the engine asks for.
    fn output(&self, output: Output) -> Vec<Output> {
        vec![output]
    }

    /// What a caller is told.
    fn result(&self, result: Result<CallResult, Error>) -> Result<CallResult, Error> {
        result
    }

    /// The clocks as the engine is shown them.
    fn now(&self, now: Now) -> Now {
        now
    }

    /// Whether a claim takes what a living owner drives.
    fn claims_from_the_living(&self) -> bool {
        false
    }

    /// Whether one record that can't be read ends a claim.
    fn unreadable_ends_a_claim(&self) -> bool {
        false
    }
}

/// A shell that does what it is told.
#[derive(Clone, Copy, Debug)]
pub struct Honest;

impl Shell for Honest {}
