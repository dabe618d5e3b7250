//! The times that stand in headers: written in each protocol's own format, read in every documented one.
//!
//! For a signature such a text is opaque and used exactly as it arrived. It is read only to see how old a
//! notification is.

use crate::error::Result;
use crate::gateway::Protocol;
use crate::time::Timestamp;

/// A `Request-Time`: epoch milliseconds in AMS ("Alipay, Release warnings, June 25, 2023"), ISO 8601 in Alipay+
/// ("Alipay+, Signature").
///
/// # Errors
/// `payment.time` for a time before 1970 or after the year 9999.
pub fn request_time(protocol: Protocol, now: Timestamp) -> Result<String> {
    match protocol {
        Protocol::Ams => now.in_range().map(|now| now.to_string()),
        Protocol::AlipayPlus => now.to_rfc3339(),
    }
}

/// Reads epoch milliseconds written only as digits, or RFC 3339. Nothing for every other text.
pub fn parse(text: &str) -> Option<Timestamp> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        // The length keeps nanoseconds and numbers without end out.
        let milliseconds = (1..=15).contains(&text.len()).then(|| text.parse().ok()).flatten();
        return milliseconds.map(Timestamp::from_millis);
    }
    Timestamp::parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(protocol: Protocol, milliseconds: i64) -> Result<String> {
        request_time(protocol, Timestamp::from_millis(milliseconds))
    }

    #[test]
    fn each_protocol_writes_its_own_format() {
        // 1685599933871 is the sample of the documents; the other form is from `date -u -d @1685599933.871`.
        assert_eq!(written(Protocol::Ams, 1_685_599_933_871).unwrap(), "1685599933871");
        let plus = written(Protocol::AlipayPlus, 1_685_599_933_871).unwrap();
        assert_eq!(plus, "2023-06-01T06:12:13.871Z");
        for time in [Timestamp::MAX.as_millis() + 1, i64::MAX, -1, i64::MIN] {
            assert_eq!(written(Protocol::Ams, time).unwrap_err().code(), "payment.time");
        }
    }

    #[test]
    fn both_forms_are_read_and_no_other() {
        for (text, ms) in [
            ("1685599933871", Some(1_685_599_933_871)),
            ("0", Some(0)),
            ("2019-07-12T12:08:56.253+05:30", Some(1_562_913_536_253)),
            ("1234567890123456", None),
            ("99999999999999999999", None),
            ("１６８５", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(parse(text).map(Timestamp::as_millis), ms, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read(now in 0..=Timestamp::MAX.as_millis() - 86_400_000) {
            for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
                let read = parse(&written(protocol, now).unwrap());
                assert_eq!(read.map(Timestamp::as_millis), Some(now));
            }
        }
    }
}
