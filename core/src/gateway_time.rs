//! What time it is at the gateway, by the times that it signed.
//!
//! Verified answers carry the time at which they were signed. The median of their differences from a monotonic clock,
//! carried forward by that clock, is the gateway's time. Setting this machine's wall clock does not move it, and a
//! single node of the gateway whose clock is wrong does not either. Nothing here reads a clock: the host passes the
//! reading of its monotonic clock in, as the time from any origin that stays the same.

use std::collections::VecDeque;
use std::time::Duration;

use crate::time::{Timestamp, milliseconds};

/// How many answers are remembered.
const SAMPLES: usize = 16;
/// Two answers confirm each other if their requests were sent at least this far apart.
const APART: Duration = Duration::from_secs(1);
/// How well two answers must agree with the monotonic clock, in milliseconds. Signed times may have whole seconds only.
const AGREEMENT: i64 = 2_000;
/// An answer that was signed this long before its request was sent can be a recording.
const STALE: Duration = Duration::from_secs(60);

/// The gateway's time, as far as verified answers have told it.
#[derive(Clone, Debug, Default)]
pub struct GatewayTime {
    /// The last answers, the newest at the end.
    samples: VecDeque<Sample>,
    /// The median of their offsets: it is asked for at every step of every payment, and changes with an answer only.
    offset: i64,
    believed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Sample {
    sent: Duration,
    signed_at: Timestamp,
    /// What to add to the monotonic clock, in milliseconds; negative where that began later.
    offset: i64,
}

impl GatewayTime {
    /// One that knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in when a **verified** answer was signed, and between which readings of the monotonic clock: its request was
    /// sent at the first and the answer was there at the second.
    pub fn observe(&mut self, signed_at: Timestamp, sent: Duration, received: Duration) {
        // It was signed at some moment in between; the middle is wrong by half the exchange at most.
        let middle = sent.saturating_add(received.saturating_sub(sent) / 2);
        let offset = signed_at.as_millis().saturating_sub(milliseconds(middle));
        let sample = Sample { sent, signed_at, offset };
        self.believed |= self.samples.iter().any(|earlier| confirm(earlier, &sample));
        if self.samples.len() == SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back(sample);
        self.offset = median(self.samples.iter().map(|sample| sample.offset).collect());
    }

    /// The gateway's time at this reading of the monotonic clock.
    ///
    /// None until two answers have confirmed each other: their requests were sent at least a second apart, and the
    /// time between their signatures is the monotonic clock's within two seconds. An answer that arrives twice, such
    /// as a recording, does not confirm itself.
    pub fn at(&self, monotonic: Duration) -> Option<Timestamp> {
        let at = milliseconds(monotonic).saturating_add(self.offset);
        self.believed.then_some(Timestamp::from_millis(at))
    }

    /// Whether an answer was signed more than a minute before its request was sent, so that it can be a recording of
    /// the answer to an earlier request. Asked before the answer itself is observed.
    ///
    /// `sent` is the monotonic clock's reading when the request was sent, and `sent_by_wall_clock` this machine's time
    /// then, which is used until the gateway's time is known.
    pub fn is_stale(&self, signed_at: Timestamp, sent: Duration, sent_by_wall_clock: Timestamp) -> bool {
        let sent_at = self.at(sent).unwrap_or(sent_by_wall_clock);
        signed_at < sent_at.saturating_sub(STALE)
    }
}

/// Of an even number the mean of the two in the middle; 0 of none.
fn median(mut offsets: Vec<i64>) -> i64 {
    offsets.sort_unstable();
    let at = |place: usize| offsets.get(place).copied().unwrap_or_default();
    let upper = at(offsets.len() / 2);
    match offsets.len() % 2 {
        1 => upper,
        _ => {
            let lower = at((offsets.len() / 2).saturating_sub(1));
            lower.saturating_add(upper.saturating_sub(lower) / 2)
        }
    }
}

fn confirm(earlier: &Sample, later: &Sample) -> bool {
    later.sent.abs_diff(earlier.sent) >= APART
        && later.offset.saturating_sub(earlier.offset).saturating_abs() <= AGREEMENT
        && later.signed_at != earlier.signed_at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::duration;

    /// The gateway's time when the monotonic clock of these tests shows 0.
    const ORIGIN: i64 = 1_700_000_000_000;
    const TEN_MINUTES: i64 = 600_000;

    /// All times of these tests are counted in milliseconds.
    fn observe(time: &mut GatewayTime, signed_at: i64, sent: i64, received: i64) {
        time.observe(Timestamp::from_millis(signed_at), duration(sent), duration(received));
    }

    fn at(time: &GatewayTime, monotonic: i64) -> Option<i64> {
        time.at(duration(monotonic)).map(Timestamp::as_millis)
    }

    fn is_stale(time: &GatewayTime, signed_at: i64, sent: i64, wall_clock: i64) -> bool {
        time.is_stale(Timestamp::from_millis(signed_at), duration(sent), Timestamp::from_millis(wall_clock))
    }

    /// An exchange of 40 ms with a gateway whose clock is off by so much.
    fn exchange(time: &mut GatewayTime, sent: i64, off: i64) {
        observe(time, ORIGIN + sent + 20 + off, sent, sent + 40);
    }

    fn known() -> GatewayTime {
        let mut time = GatewayTime::new();
        exchange(&mut time, 0, 0);
        exchange(&mut time, 1_000, 0);
        time
    }

    #[test]
    fn one_answer_is_not_believed() {
        let mut time = GatewayTime::new();
        assert_eq!(at(&time, 0), None);
        exchange(&mut time, 0, 0);
        assert_eq!(at(&time, 0), None);
        // Less than a second later.
        exchange(&mut time, 999, 0);
        assert_eq!(at(&time, 999), None);
        exchange(&mut time, 1_000, 0);
        assert_eq!(at(&time, 5_000), Some(ORIGIN + 5_000));
    }

    #[test]
    fn two_answers_must_agree_with_the_monotonic_clock() {
        for (off, believed) in [(2_000, true), (-2_000, true), (2_001, false), (-2_001, false)] {
            let mut time = GatewayTime::new();
            exchange(&mut time, 0, 0);
            exchange(&mut time, 10_000, off);
            assert_eq!(at(&time, 0).is_some(), believed, "{off}");
        }
    }

    #[test]
    fn a_recording_does_not_confirm_itself() {
        let mut time = GatewayTime::new();
        let recorded = ORIGIN - TEN_MINUTES;
        observe(&mut time, recorded, 0, 40);
        observe(&mut time, recorded, 1_500, 1_540);
        assert_eq!(at(&time, 0), None);
    }

    #[test]
    fn a_node_that_is_off_moves_nothing() {
        for off in [TEN_MINUTES, -TEN_MINUTES] {
            let mut time = known();
            exchange(&mut time, 2_000, 0);
            exchange(&mut time, 3_000, off);
            exchange(&mut time, 4_000, off);
            assert_eq!(at(&time, 60_000), Some(ORIGIN + 60_000));
            // Once most of the last sixteen answers say so, it is the time.
            for n in 5..25 {
                exchange(&mut time, n * 1_000, off);
            }
            assert_eq!(at(&time, 60_000), Some(ORIGIN + 60_000 + off));
        }
    }

    #[test]
    fn stale_is_more_than_a_minute_before_the_request() {
        let time = known();
        let sent = 120_000;
        // This machine's wall clock plays no part once the gateway's time is known.
        for wall_clock in [0, ORIGIN + sent, i64::MAX] {
            assert!(!is_stale(&time, ORIGIN + sent - 60_000, sent, wall_clock));
            assert!(is_stale(&time, ORIGIN + sent - 60_001, sent, wall_clock));
            assert!(!is_stale(&time, ORIGIN + sent + TEN_MINUTES, sent, wall_clock));
        }
        // Until then it decides.
        let time = GatewayTime::new();
        assert!(!is_stale(&time, ORIGIN - 60_000, 7, ORIGIN));
        assert!(is_stale(&time, ORIGIN - 60_001, 7, ORIGIN));
    }

    #[test]
    fn a_till_that_is_ten_minutes_off_learns_it() {
        // Ten minutes fast: its first answer looks stale, the third does not.
        let mut time = GatewayTime::new();
        let stale = |time: &GatewayTime, sent: i64| {
            is_stale(time, ORIGIN + sent + 20, sent, ORIGIN + sent + TEN_MINUTES)
        };
        assert!(stale(&time, 0));
        exchange(&mut time, 0, 0);
        exchange(&mut time, 3_000, 0);
        assert!(!stale(&time, 6_000));
    }

    proptest::proptest! {
        #[test]
        fn no_time_from_outside_panics(
            times in proptest::collection::vec(
                (proptest::num::i64::ANY, proptest::num::i64::ANY, proptest::num::i64::ANY), 0..40,
            ),
        ) {
            let mut time = GatewayTime::new();
            for (signed_at, sent, received) in times {
                is_stale(&time, signed_at, sent, received);
                observe(&mut time, signed_at, sent, received);
                at(&time, received);
            }
            assert!(time.samples.len() <= SAMPLES);
        }
    }
}
