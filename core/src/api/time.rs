//! Times of the messages: RFC 3339 text with an offset, and milliseconds since the epoch.
//!
//! The times of `chinaExtraTransInfo` are of another form and are not read here.

use std::fmt;

use jiff::Timestamp;

use crate::error::{Error, ErrorCode, Result};

/// A time as a message carries it, with the instant it names.
///
/// The text is kept as it came, since the offset is part of what the other side said. Half-hour offsets such as
/// `+05:30` and `+08:30` are valid. Two times are compared by [`epoch_ms`](Time::epoch_ms), never by their texts.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Time {
    text: String,
    epoch_ms: Option<i64>,
}

impl Time {
    /// Takes a text of any form; [`epoch_ms`](Time::epoch_ms) says whether it could be read.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let epoch_ms = parse(&text);
        Time { text, epoch_ms }
    }

    /// The time so many milliseconds after the epoch, in UTC.
    ///
    /// # Errors
    /// `payment.time` outside the years 1970 to 9999.
    pub fn from_epoch_ms(epoch_ms: i64) -> Result<Self> {
        Ok(Time { text: format(epoch_ms)?, epoch_ms: Some(epoch_ms) })
    }

    /// The text as it came or will be sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Milliseconds since the epoch; nothing if the text is no RFC 3339 time.
    pub fn epoch_ms(&self) -> Option<i64> {
        self.epoch_ms
    }

    /// Milliseconds since the epoch, for a host that can't go on without them.
    ///
    /// # Errors
    /// `message.field` if the text is no RFC 3339 time.
    pub fn to_epoch_ms(&self) -> Result<i64> {
        self.epoch_ms.ok_or_else(|| {
            Error::new(ErrorCode::MessageField, "the time is not of the form 2019-11-27T12:01:01+08:00")
        })
    }
}

impl From<&str> for Time {
    fn from(text: &str) -> Self {
        Time::new(text)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

/// Milliseconds since the epoch of an RFC 3339 time: `2019-07-12T12:08:56.253+05:30`, 0 to 9 fraction digits,
/// `Z` or `±hh:mm`. Digits below a millisecond are cut off. No other form is read.
pub fn parse(text: &str) -> Option<i64> {
    if !has_the_form(text.as_bytes()) {
        return None;
    }
    let timestamp: Timestamp = text.parse().ok()?;
    i64::try_from(timestamp.as_nanosecond().div_euclid(1_000_000)).ok()
}

/// The time as RFC 3339 in UTC with milliseconds: `2019-07-12T06:38:56.253Z`.
///
/// # Errors
/// `payment.time` outside the years 1970 to 9999.
pub fn format(epoch_ms: i64) -> Result<String> {
    Timestamp::from_millisecond(epoch_ms)
        .ok()
        .filter(|_| epoch_ms >= 0)
        .map(|timestamp| format!("{timestamp:.3}"))
        .ok_or_else(|| {
            Error::new(ErrorCode::PaymentTime, format!("{epoch_ms} ms is no time of 1970 to 9999"))
        })
}

/// jiff reads more forms than RFC 3339 has, so the form is checked here and the calendar there.
fn has_the_form(text: &[u8]) -> bool {
    let Some((head, rest)) = text.split_at_checked(19) else { return false };
    let head_fits = head.iter().zip(b"dddd-dd-ddTdd:dd:dd").all(|(byte, form)| fits(*byte, *form));
    let (fraction, offset) = match rest.split_first() {
        Some((b'.', rest)) => rest.split_at(rest.iter().take_while(|byte| byte.is_ascii_digit()).count()),
        _ => (b"0".as_slice(), rest),
    };
    head_fits && (1..=9).contains(&fraction.len()) && is_offset(offset)
}

fn is_offset(text: &[u8]) -> bool {
    match text {
        b"Z" => true,
        [b'+' | b'-', h1 @ b'0'..=b'2', h2, b':', b'0'..=b'5', m2] => {
            h2.is_ascii_digit() && m2.is_ascii_digit() && (*h1 < b'2' || *h2 <= b'3')
        }
        _ => false,
    }
}

fn fits(byte: u8, form: u8) -> bool {
    if form == b'd' { byte.is_ascii_digit() } else { byte == form }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected values from GNU date: date -u -d TEXT +%s%3N
    #[test]
    fn reads_every_form_of_the_documents() {
        for (text, epoch_ms) in [
            ("2019-07-12T12:08:56.253+05:30", 1_562_913_536_253),
            ("2019-07-12T12:08:56+05:30", 1_562_913_536_000),
            ("2020-01-01T12:01:01+08:30", 1_577_849_461_000),
            ("2019-06-01T12:01:01+08:00", 1_559_361_661_000),
            ("2025-02-20T08:51:49.09Z", 1_740_041_509_090),
            ("2021-04-08T14:48:50.123456789+08:00", 1_617_864_530_123),
            ("1970-01-01T00:00:00Z", 0),
        ] {
            assert_eq!(parse(text), Some(epoch_ms), "{text}");
        }
    }

    #[test]
    fn reads_no_other_form() {
        for text in [
            "",
            "2020-01-01 12:01:00 +08:30",
            "2020-01-01 12:01:00+08:30",
            "2020-01-01T12:01:00",
            "2020-01-01T12:01:00+0830",
            "2020-01-01T12:01:00+08",
            "2020-01-01T12:01:00.+08:30",
            "2020-01-01T12:01:00.1234567890Z",
            "2020-01-01t12:01:00z",
            "2020-01-01T12:01Z",
            "2020-02-30T12:01:00Z",
            "2020-01-01T25:01:00Z",
            "2020-01-01T12:01:00+24:00",
            "2020-01-01T12:01:00+08:60",
            "2020-01-01T12:01:00Z ",
            "２020-01-01T12:01:00Z",
            "1685599933871",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn writes_milliseconds_in_utc() {
        assert_eq!(format(1_562_913_536_253).unwrap(), "2019-07-12T06:38:56.253Z");
        assert_eq!(format(0).unwrap(), "1970-01-01T00:00:00.000Z");
        assert_eq!(format(-1).unwrap_err().code(), "payment.time");
        assert_eq!(format(i64::MAX).unwrap_err().code(), "payment.time");
    }
}
