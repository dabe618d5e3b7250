//! The times that stand in headers: written in each protocol's own format, read in every documented one.
//!
//! For a signature such a text is opaque and used exactly as it arrived. It is read only to see how old a
//! notification is.

use crate::error::Result;
use crate::gateway::Protocol;
use crate::time::{in_range, parse_rfc3339, rfc3339};

/// A `Request-Time`: epoch milliseconds in AMS ("Alipay, Release warnings, June 25, 2023"), ISO 8601 in Alipay+
/// ("Alipay+, Signature").
///
/// # Errors
/// `payment.time` for a time before 1970 or after the year 9999.
pub fn request_time(protocol: Protocol, now_ms: i64) -> Result<String> {
    match protocol {
        Protocol::Ams => in_range(now_ms).map(|now| now.to_string()),
        Protocol::AlipayPlus => rfc3339(now_ms),
    }
}

/// Reads epoch milliseconds written as digits alone, or RFC 3339. Nothing for every other text.
pub fn parse(text: &str) -> Option<i64> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        // The length keeps nanoseconds and numbers without end out.
        return (1..=15).contains(&text.len()).then(|| text.parse().ok()).flatten();
    }
    parse_rfc3339(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_protocol_writes_its_own_format() {
        // 1685599933871 is the sample of the documents; the other form is from `date -u -d @1685599933.871`.
        assert_eq!(request_time(Protocol::Ams, 1_685_599_933_871).unwrap(), "1685599933871");
        let plus = request_time(Protocol::AlipayPlus, 1_685_599_933_871).unwrap();
        assert_eq!(plus, "2023-06-01T06:12:13.871Z");
        for time in [crate::time::MAX_MS + 1, i64::MAX, -1, i64::MIN] {
            assert_eq!(request_time(Protocol::Ams, time).unwrap_err().code(), "payment.time");
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
            assert_eq!(parse(text), ms, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read(now in 0..=crate::time::MAX_MS - 86_400_000) {
            for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
                assert_eq!(parse(&request_time(protocol, now).unwrap()), Some(now));
            }
        }
    }
}
