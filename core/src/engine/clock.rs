//! The time of a merchant: the gateway's as soon as it is known, and this machine's until then.

use std::time::Duration;

use crate::gateway_time::GatewayTime;
use crate::payment::Timing;

use super::io::Now;
use crate::time::{Timestamp, milliseconds};

/// A change of the time by more than this moves every deadline.
const JUMP: Duration = Duration::from_secs(1);

/// What is known of the time at one merchant's gateway.
#[derive(Debug, Default)]
pub(super) struct Clock {
    gateway: GatewayTime,
    /// The newest time that any process had seen when this one began, and the monotonic clock then: it is not earlier.
    floor: Option<(Timestamp, Duration)>,
    /// What was last to be added to the monotonic clock, in milliseconds; negative where the time was set back far.
    offset: Option<i64>,
}

impl Clock {
    /// What time it is.
    pub(super) fn at(&self, now: Now) -> Timestamp {
        let floor = self.floor.map(|(time, since)| time.saturating_add(now.monotonic.saturating_sub(since)));
        let own = now.wall.max(floor.unwrap_or_default());
        self.gateway.at(now.monotonic).unwrap_or(own).max(Timestamp::UNIX_EPOCH)
    }

    /// What time it is at the gateway, where that is known.
    pub(super) fn of_gateway(&self, now: Now) -> Option<Timestamp> {
        self.gateway.at(now.monotonic)
    }

    /// Some process had seen this time.
    pub(super) fn known_from_store(&mut self, time: Timestamp, now: Now) {
        self.floor = Some((time, now.monotonic));
    }

    /// A verified answer: its age is judged, and then it tells its time itself.
    pub(super) fn hear(&mut self, signed_at: Option<Timestamp>, sent: Now, received: Now) -> Timing {
        let Some(at) = signed_at else { return Timing::default() };
        let stale = self.gateway.is_stale(at, sent.monotonic, sent.wall);
        self.gateway.observe(at, sent.monotonic, received.monotonic);
        Timing { signed_at, stale }
    }

    /// Whether the time was set, or the gateway's became known, so that every deadline has to be computed again.
    pub(super) fn has_jumped(&mut self, now: Now) -> bool {
        let offset = self.at(now).as_millis().saturating_sub(milliseconds(now.monotonic));
        let known = *self.offset.get_or_insert(offset);
        let jumped = Duration::from_millis(offset.abs_diff(known)) > JUMP;
        if jumped {
            self.offset = Some(offset);
        }
        jumped
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{duration, instant as at};

    fn now(wall: i64, monotonic: i64) -> Now {
        Now { wall: at(wall), monotonic: duration(monotonic) }
    }

    #[test]
    fn the_wall_clock_counts_until_the_gateway_is_known() {
        let mut clock = Clock::default();
        assert_eq!(clock.at(now(5_000, 0)), at(5_000));
        assert!(!clock.has_jumped(now(5_000, 0)) && !clock.has_jumped(now(6_900, 1_000)));
        assert!(clock.has_jumped(now(9_000, 1_000)) && !clock.has_jumped(now(9_000, 1_000)));
        clock.hear(Some(at(1_000_000)), now(5_000, 0), now(5_040, 40));
        assert_eq!(clock.at(now(5_040, 40)), at(5_040), "one answer is not believed");
        clock.hear(Some(at(1_002_000)), now(7_000, 2_000), now(7_040, 2_040));
        assert_eq!(clock.at(now(0, 3_000)), at(1_002_980));
        assert!(clock.has_jumped(now(0, 3_000)));
        assert!(!clock.has_jumped(now(99_999, 4_000)), "the wall clock moves nothing any more");
    }

    #[test]
    fn the_time_is_not_earlier_than_what_was_seen() {
        let mut clock = Clock::default();
        clock.known_from_store(at(1_000_000), now(5_000, 0));
        assert_eq!(clock.at(now(5_000, 10)), at(1_000_010));
        assert_eq!(clock.at(now(2_000_000, 10)), at(2_000_000));
    }

    #[test]
    fn an_answer_is_judged_before_it_tells_its_time() {
        let mut clock = Clock::default();
        // This machine's clock is ten minutes fast.
        let mut hear = |signed_at: Option<i64>, since: i64| {
            let (sent, received) = (now(1_600_000 + since, since), now(1_600_010 + since, since + 10));
            clock.hear(signed_at.map(at), sent, received)
        };
        assert_eq!(hear(None, 0), Timing::default());
        assert_eq!(hear(Some(1_000_000), 0), Timing { signed_at: Some(at(1_000_000)), stale: true });
        assert!(hear(Some(1_003_000), 3_000).stale);
        // The two agree: from now on the gateway's time counts.
        assert!(!hear(Some(1_006_000), 6_000).stale);
        assert!(hear(Some(1_000_000), 66_000).stale);
    }
}
