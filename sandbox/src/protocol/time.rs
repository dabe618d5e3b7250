//! Times as the messages write them.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

fn local(ms: i64) -> jiff::Zoned {
    let offset = Offset::from_seconds(8 * 3600).unwrap_or(Offset::UTC);
    Timestamp::from_millisecond(ms).unwrap_or_default().to_zoned(TimeZone::fixed(offset))
}

/// `2026-11-21T12:08:56+08:00`: ISO 8601 to the second, in the gateway's own zone.
pub(crate) fn format_time(ms: i64) -> String {
    local(ms).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// `20261121`: the gateway's day.
pub(crate) fn day(ms: i64) -> String {
    local(ms).strftime("%Y%m%d").to_string()
}

/// Reads ISO 8601 with any offset, to milliseconds since the epoch.
pub(crate) fn parse_time(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_beijing_time_and_reads_any_offset() {
        // date -u -d @1795320536: Sat Nov 21 23:28:56 UTC 2026 is a day later in Beijing.
        assert_eq!(format_time(1_795_303_736_000), "2026-11-22T07:28:56+08:00");
        assert_eq!(day(1_795_303_736_000), "20261122");
        assert_eq!(parse_time("2026-11-21T23:28:56Z"), Some(1_795_303_736_000));
        assert_eq!(parse_time("2026-11-22T07:58:56.250+08:30"), Some(1_795_303_736_250));
        assert_eq!(parse_time("2026-11-22 07:58:56"), None);
    }
}
