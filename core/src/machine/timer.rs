//! The deadlines of a machine: one place a kind, and the next wake-up is their minimum.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A deadline's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Timer {
    /// The reply time of the latest pay ends.
    PayReply,
    /// Pay is sent again after an unknown result.
    Resend,
    /// Pay is tried again that did not leave this machine.
    NotSentRepeat,
    /// The next inquiry.
    Inquiry,
    /// The reply time of the last inquiry ends.
    Exhausted,
    /// The closing time of an order code or entry code payment.
    Closing,
    /// The cancel has gone unanswered for long.
    CancelUnresolved,
    /// The next cancel.
    Cancel,
    /// The cancel window ends.
    CancelWindow,
}

impl Timer {
    /// A point on the calendar does not move when the clock is set back; a waiting time does.
    fn is_absolute(self) -> bool {
        matches!(self, Timer::Closing | Timer::CancelWindow)
    }
}

/// The deadlines that are set, in the order of their kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Timers(Vec<(Timer, Timestamp)>);

impl Timers {
    pub(crate) fn set(&mut self, timer: Timer, at: Timestamp) {
        match self.0.binary_search_by_key(&timer, |(kind, _)| *kind) {
            Ok(place) => {
                if let Some(entry) = self.0.get_mut(place) {
                    entry.1 = at;
                }
            }
            Err(place) => self.0.insert(place, (timer, at)),
        }
    }

    pub(crate) fn get(&self, timer: Timer) -> Option<Timestamp> {
        self.0.iter().find(|(kind, _)| *kind == timer).map(|(_, at)| *at)
    }

    pub(crate) fn is_due(&self, timer: Timer, now: Timestamp) -> bool {
        self.get(timer).is_some_and(|at| at <= now)
    }

    pub(crate) fn clear(&mut self, timer: Timer) {
        self.0.retain(|(kind, _)| *kind != timer);
    }

    pub(crate) fn clear_all(&mut self) {
        self.0.clear();
    }

    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.0.iter().map(|(_, at)| *at).min()
    }

    /// Takes the earliest deadline that has passed.
    pub(crate) fn take_due(&mut self, now: Timestamp) -> Option<Timer> {
        let (timer, _) = *self.0.iter().filter(|(_, at)| *at <= now).min_by_key(|(_, at)| *at)?;
        self.clear(timer);
        Some(timer)
    }

    /// The clock was set back: waiting times go on from where they were.
    pub(crate) fn shift_back(&mut self, by: Duration) {
        for (timer, at) in &mut self.0 {
            if !timer.is_absolute() {
                *at = at.saturating_sub(by);
            }
        }
    }

    /// The gateway asks to be called less often: the next request of a kind waits that much longer, once.
    pub(crate) fn put_off(&mut self, timer: Timer, by: Duration, slowed: &mut bool) {
        if let (false, Some(at)) = (*slowed, self.get(timer)) {
            *slowed = true;
            self.set(timer, at.saturating_add(by));
        }
    }

    /// Whether a snapshot can have held these: each kind once, in order.
    pub(crate) fn is_well_formed(&self) -> bool {
        self.0.is_sorted_by(|(a, _), (b, _)| a < b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millis(milliseconds)
    }

    #[test]
    fn the_earliest_comes_first_and_ties_by_kind() {
        let mut timers = Timers::default();
        timers.set(Timer::Cancel, at(60));
        timers.set(Timer::CancelWindow, at(90));
        timers.set(Timer::CancelUnresolved, at(60));
        assert_eq!(timers.next(), Some(at(60)));
        assert_eq!(timers.take_due(at(59)), None);
        assert_eq!(timers.take_due(at(100)), Some(Timer::CancelUnresolved));
        assert_eq!(timers.take_due(at(100)), Some(Timer::Cancel));
        timers.set(Timer::Inquiry, at(95));
        timers.shift_back(Duration::from_millis(10));
        let known = [Timer::Inquiry, Timer::CancelWindow].map(|timer| timers.get(timer));
        assert_eq!(known, [Some(at(85)), Some(at(90))]);
    }
}
