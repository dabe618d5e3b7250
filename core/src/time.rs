//! Instants, and how they are written: RFC 3339, the form of every time in bodies and of most in headers.
//!
//! The clock is the caller's.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorCode, Result};

/// An instant, to the millisecond.
///
/// ```
/// use alipay_instore::Timestamp;
///
/// let now = Timestamp::parse("2019-07-12T12:08:56.253+05:30").unwrap();
/// assert_eq!(now.as_millis(), 1_562_913_536_253);
/// assert_eq!(now.to_rfc3339()?, "2019-07-12T06:38:56.253Z");
/// assert!(now < std::time::SystemTime::now().into());
/// # Ok::<(), alipay_instore::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 1970-01-01T00:00:00.000Z, the first instant that a payment can have.
    pub const UNIX_EPOCH: Timestamp = Timestamp(0);

    /// 9999-12-31T23:59:59.999Z, the last instant that RFC 3339 can write.
    pub const MAX: Timestamp = Timestamp(253_402_300_799_999);

    /// The instant that lies this number of milliseconds after the start of 1970 in UTC; a negative number lies before it.
    pub const fn from_millis(milliseconds: i64) -> Self {
        Timestamp(milliseconds)
    }

    /// The milliseconds since the start of 1970 in UTC.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 with up to nine fraction digits and `Z` or any offset, such as `2019-07-12T12:08:56.253+05:30`.
    /// Nothing for every other text: the grammar is kept to the letter, which is narrower than what date libraries read.
    /// What lies beyond the millisecond is cut off.
    pub fn parse(text: &str) -> Option<Self> {
        parse_rfc3339(text).map(Timestamp)
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-21T12:57:00.000Z`.
    ///
    /// # Errors
    /// `payment.time` for an instant before 1970 or after the year 9999.
    pub fn to_rfc3339(self) -> Result<String> {
        // Not jiff's own timestamp, which ends a day before the year 9999 does.
        let elapsed = SignedDuration::from_millis(self.in_range()?);
        let time = date(1970, 1, 1).at(0, 0, 0, 0).checked_add(elapsed).map_err(|_| out_of_range())?;
        Ok(format!("{time:.3}Z"))
    }

    /// The instant so much later, to the whole millisecond; the last one that there is where it would lie beyond.
    #[must_use]
    pub const fn saturating_add(self, duration: Duration) -> Self {
        Timestamp(self.0.saturating_add(milliseconds(duration)))
    }

    /// The instant so much earlier, likewise.
    #[must_use]
    pub const fn saturating_sub(self, duration: Duration) -> Self {
        Timestamp(self.0.saturating_sub(milliseconds(duration)))
    }

    /// How much later it is than another; nothing if it is not later.
    pub const fn saturating_since(self, earlier: Self) -> Duration {
        duration(self.0.saturating_sub(earlier.0))
    }

    /// The milliseconds, if RFC 3339 can write the instant.
    pub(crate) fn in_range(self) -> Result<i64> {
        if (0..=Self::MAX.0).contains(&self.0) { Ok(self.0) } else { Err(out_of_range()) }
    }
}

impl From<SystemTime> for Timestamp {
    /// An instant before 1970 counts as its start: no payment is older.
    fn from(time: SystemTime) -> Self {
        Timestamp(milliseconds(time.duration_since(UNIX_EPOCH).unwrap_or_default()))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_rfc3339() {
            Ok(text) => f.write_str(&text),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}

/// A duration in whole milliseconds.
pub(crate) const fn milliseconds(duration: Duration) -> i64 {
    // Without the 128 bits of `as_millis`: the machines ask this several times for each event.
    let part = duration.subsec_millis() as u64;
    let whole = duration.as_secs().saturating_mul(1_000).saturating_add(part);
    if whole > i64::MAX.unsigned_abs() { i64::MAX } else { whole.cast_signed() }
}

/// A number of milliseconds as a duration; none for a negative number.
pub(crate) const fn duration(milliseconds: i64) -> Duration {
    Duration::from_millis(if milliseconds < 0 { 0 } else { milliseconds.unsigned_abs() })
}

/// How JSON writes the times of a policy: as integers of milliseconds.
///
/// A negative number becomes the longest duration. No policy may have that, so that the check names the member.
pub(crate) mod as_millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(super::milliseconds(*duration))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        i64::deserialize(deserializer).map(read)
    }

    pub(crate) fn read(milliseconds: i64) -> Duration {
        u64::try_from(milliseconds).map_or(Duration::MAX, Duration::from_millis)
    }
}

/// The instant of this number of milliseconds, for tests.
#[cfg(test)]
pub(crate) const fn instant(milliseconds: i64) -> Timestamp {
    Timestamp::from_millis(milliseconds)
}

fn out_of_range() -> Error {
    Error::new(ErrorCode::PaymentTime, "the time lies before 1970 or after the year 9999")
}

fn parse_rfc3339(text: &str) -> Option<i64> {
    let (date_time, rest) = text.split_at_checked("2020-01-01T12:01:00".len())?;
    let (year, [month, day, hour, minute, second]) = fields(date_time.as_bytes())?;
    let (nanosecond, zone) = split_fraction(rest)?;
    // RFC 3339 allows the leap second; it counts as the last ordinary one.
    let second = if second == 60 { 59 } else { second };
    let civil = DateTime::new(year, month, day, hour, minute, second, nanosecond);
    let timestamp = Offset::from_seconds(offset_seconds(zone)?).ok()?.to_timestamp(civil.ok()?).ok()?;
    Some(timestamp.as_millisecond())
}

/// Year, month, day, hour, minute and second.
fn fields(text: &[u8]) -> Option<(i16, [i8; 5])> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T' | b't', ref time @ ..] = *text else { return None };
    let [h1, h2, b':', n1, n2, b':', s1, s2] = *time else { return None };
    let year = i16::from(number([y1, y2])?) * 100 + i16::from(number([y3, y4])?);
    Some((
        year,
        [number([m1, m2])?, number([d1, d2])?, number([h1, h2])?, number([n1, n2])?, number([s1, s2])?],
    ))
}

fn number(digits: [u8; 2]) -> Option<i8> {
    let [tens, ones] = digits;
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| ((tens - b'0') * 10 + (ones - b'0')).cast_signed())
}

/// Takes `.253` off the front, as nanoseconds.
fn split_fraction(text: &str) -> Option<(i32, &str)> {
    let Some(rest) = text.strip_prefix('.') else { return Some((0, text)) };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (fraction, zone) = rest.split_at_checked(digits)?;
    (1..=9).contains(&digits).then_some(())?;
    Some((format!("{fraction:0<9}").parse().ok()?, zone))
}

fn offset_seconds(zone: &str) -> Option<i32> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = *zone.as_bytes() else { return None };
    let sign = if sign == b'-' { -1 } else { 1 };
    let (hours, minutes) = (i32::from(number([h1, h2])?), i32::from(number([m1, m2])?));
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(milliseconds: i64) -> Result<String> {
        Timestamp::from_millis(milliseconds).to_rfc3339()
    }

    #[test]
    fn written_in_utc_with_milliseconds() {
        // From `date -u -d @1685599933.871`.
        assert_eq!(written(1_685_599_933_871).unwrap(), "2023-06-01T06:12:13.871Z");
        assert_eq!(written(0).unwrap(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::MAX.to_rfc3339().unwrap(), "9999-12-31T23:59:59.999Z");
        for time in [Timestamp::MAX.as_millis() + 1, i64::MAX, -1, i64::MIN] {
            assert_eq!(written(time).unwrap_err().code(), "payment.time");
        }
    }

    #[test]
    fn every_documented_form_is_read() {
        // Expected values from Python's datetime.
        for (text, ms) in [
            ("2019-07-12T12:08:56.253+05:30", 1_562_913_536_253),
            ("2019-07-12T12:08:56+05:30", 1_562_913_536_000),
            ("2020-01-01T12:01:00+08:30", 1_577_849_460_000),
            ("2019-05-28T12:12:12+08:00", 1_559_016_732_000),
            ("2025-02-20T08:51:49.09Z", 1_740_041_509_090),
            ("2025-02-20t08:51:49.123456789z", 1_740_041_509_123),
            ("2025-02-20T08:51:49.9-23:59", 1_740_127_849_900),
            ("2016-12-31T23:59:60Z", 1_483_228_799_000),
            ("1969-12-31T23:59:59.000Z", -1_000),
            ("2024-02-29T00:00:00-00:00", 1_709_164_800_000),
        ] {
            assert_eq!(Timestamp::parse(text).map(Timestamp::as_millis), Some(ms), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_read() {
        for text in [
            "",
            " ",
            "-1",
            "+1",
            "1e3",
            "1.5",
            "1685599933871 ",
            "1685599933871",
            "2020-01-01",
            "2020-01-01T12:01:00",
            "2020-01-01 12:01:00 +08:30",
            "2020-01-01 12:01:00Z",
            "2020-01-01T12:01Z",
            "2020-01-01T12:01:00+0800",
            "2020-01-01T12:01:00+08",
            "2020-01-01T12:01:00+8:00",
            "2020-01-01T12:01:00+24:00",
            "2020-01-01T12:01:00+08:60",
            "2020-01-01T12:01:00.Z",
            "2020-01-01T12:01:00.1234567890Z",
            "2020-01-01T12:01:00,5Z",
            "2020-13-01T12:01:00Z",
            "2020-02-30T12:01:00Z",
            "2019-02-29T12:01:00Z",
            "2020-01-01T24:00:00Z",
            "2020-01-01T12:60:00Z",
            "2020-01-01T12:01:61Z",
            "20-01-01T12:01:00Z",
            "+2020-01-01T12:01:0Z",
            "2020-1-01T12:01:000Z",
            "2020-01-01T12:01:00Z ",
            "2020-01-01T12:01:00Z[UTC]",
            "2020-01-01T12:01:00+08:00[Asia/Shanghai]",
            "Fri, 12 Jul 2019 12:08:56 GMT",
            "2020-01-01T12:01:0é",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn arithmetic_ends_at_the_last_instant() {
        let (first, last) = (Timestamp(i64::MIN), Timestamp(i64::MAX));
        assert_eq!(Timestamp(5).saturating_add(Duration::from_micros(2_999)), Timestamp(7));
        assert_eq!(Timestamp(5).saturating_sub(Duration::from_secs(1)), Timestamp(-995));
        assert_eq!(Timestamp(5).saturating_since(Timestamp(2)), Duration::from_millis(3));
        assert_eq!(Timestamp(2).saturating_since(Timestamp(5)), Duration::ZERO);
        assert_eq!(last.saturating_add(Duration::from_millis(1)), last);
        assert_eq!(Timestamp(5).saturating_add(Duration::MAX), last);
        assert_eq!(first.saturating_sub(Duration::MAX), first);
        assert_eq!(last.saturating_since(first), Duration::from_millis(i64::MAX.unsigned_abs()));
    }

    proptest::proptest! {
        #[test]
        fn a_duration_counts_as_many_milliseconds_as_the_standard_library_says(seconds: u64, nanos in 0..1_000_000_000_u32) {
            let time = Duration::new(seconds, nanos);
            assert_eq!(milliseconds(time), i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
            assert_eq!(duration(milliseconds(time)).as_millis(), time.as_millis().min(i64::MAX.unsigned_abs().into()));
        }

        #[test]
        fn what_is_written_is_read(now in 0..=Timestamp::MAX.as_millis() - 86_400_000) {
            let read = Timestamp::parse(&written(now).unwrap());
            assert_eq!(read.map(Timestamp::as_millis), Some(now));
        }

        #[test]
        fn no_text_panics(text in "[0-9TZtz:+. -]{0,32}|\\PC{0,32}") {
            let _ = Timestamp::parse(&text);
        }
    }
}
