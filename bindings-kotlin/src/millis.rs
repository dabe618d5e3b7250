//! Durations as Kotlin has them: in milliseconds.

use std::time::Duration;

/// A negative number stands for none.
pub(crate) fn duration(milliseconds: i64) -> Duration {
    Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0))
}

/// Rounded up: who sleeps so long does not wake too early.
pub(crate) fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_millisecond_counts_as_one() {
        assert_eq!((duration(5), duration(-1)), (Duration::from_millis(5), Duration::ZERO));
        for (micros, expected) in [(0, 0), (1, 1), (999, 1), (1_000, 1), (1_001, 2)] {
            assert_eq!(milliseconds(Duration::from_micros(micros)), expected, "{micros}");
        }
        assert_eq!(milliseconds(Duration::MAX), i64::MAX);
    }
}
