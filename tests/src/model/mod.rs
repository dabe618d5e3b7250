//! The payment machine against everything that can happen to it, exhaustively.
//!
//! The real `step` function drives a payment at a model gateway that keeps a ledger, over a network that loses,
//! delays, doubles and reorders every message, with a customer who pays at any time or never, a cashier who cancels
//! at any time, and a host that crashes after storing and before acting. The numbers of the policy are small enough
//! for every reachable state to be visited. What must hold is in `invariants`.

pub mod gateway;
pub mod invariants;
pub mod refunds;
pub mod reverse;
pub mod reverse_gateway;
pub mod reverse_invariants;
pub mod subject;
pub mod system;
pub mod transitions;

pub use subject::{Real, Subject};
pub use system::{Setting, System, SystemState};
pub use transitions::Recorder;

/// So many steps of the clock, which are milliseconds to the machines.
pub(crate) const fn steps(count: u64) -> std::time::Duration {
    std::time::Duration::from_millis(count)
}

/// How many steps it is.
pub(crate) fn count(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
