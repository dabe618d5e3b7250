//! How a cancel is repeated: the same call at a quick pace for a minute, then at a slow one until the cancel window
//! ends ("Alipay, cancel": a cancel must not be lost). What an answer to it means for the machine is the machine's part.

use std::time::Duration;

use super::policy::Policy;
use super::timer::{Timer, Timers};
use crate::time::Timestamp;

/// The first cancel is about to be sent. The window always leaves the quick pace its time.
pub(crate) fn begin(timers: &mut Timers, policy: &Policy, window: Timestamp, now: Timestamp) {
    timers.set(Timer::CancelWindow, window.max(now.saturating_add(policy.cancel_fast_period)));
    again(timers, policy, now);
}

/// Cancels go on after an interruption.
pub(crate) fn again(timers: &mut Timers, policy: &Policy, now: Timestamp) {
    timers.set(Timer::CancelUnresolved, now.saturating_add(policy.cancel_fast_period));
}

/// A cancel was sent.
pub(crate) fn sent(timers: &mut Timers, policy: &Policy, slow: bool, now: Timestamp) {
    timers.set(Timer::Cancel, now.saturating_add(interval(policy, slow)));
}

/// What stands in the way does not change within seconds: the slow pace begins now.
pub(crate) fn slowly(timers: &mut Timers, policy: &Policy, now: Timestamp) {
    timers.clear(Timer::CancelUnresolved);
    sent(timers, policy, true, now);
}

/// The time from one cancel to the next.
pub(crate) fn interval(policy: &Policy, slow: bool) -> Duration {
    if slow { policy.cancel_slow_interval } else { policy.cancel_interval }
}
