//! Texts of the time that may have been signed.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::super::finding::FindingCode;
use super::super::received::Received;
use super::{Change, Changes};
use crate::message::time;

const MOST: usize = 64;
/// What the gateways' samples and servers are seen to use, in seconds: UTC, China, India.
const OFFSETS: [i32; 3] = [0, 8 * 3600, 5 * 3600 + 1800];

/// Times that others know of: the other headers, and what the caller holds possible.
pub(in super::super) fn replacements(
    given: &str,
    received: &Received,
    others: &[&str],
) -> Vec<Change<String>> {
    let mut changes = Changes::new(given.to_owned(), MOST);
    let headers = [
        ("Request-Time", &received.request_times),
        ("Response-Time", &received.response_times),
        ("Date", &received.dates),
    ];
    for (name, values) in headers {
        for value in values {
            let code = match value.trim() == given.trim() {
                true => FindingCode::TimeSpaces,
                false => FindingCode::TimeOtherHeader,
            };
            changes.add(code, format!("that of the {name} header"), value.trim().to_owned());
            changes.add(code, format!("that of the {name} header, with its spaces"), value.clone());
            if name != "Date" {
                for part in value.split(',') {
                    let how = format!("one part of the {name} header");
                    changes.add(FindingCode::HeaderJoined, how, part.trim().to_owned());
                }
            }
        }
    }
    for other in others {
        changes.add(FindingCode::TimeOther, "one of the other times", (*other).to_owned());
    }
    changes.list()
}

/// What transport and frameworks do to a time.
pub(in super::super) fn edits(text: &str) -> Vec<Change<String>> {
    let mut changes = Changes::new(text.to_owned(), MOST);
    changes.add(FindingCode::TimePlus, "with a plus sign in place of the space", plus(text));
    changes.add(FindingCode::TimePlus, "with a space in place of the plus sign", text.replace('+', " "));
    changes.add(FindingCode::TimeText, "percent-encoded", text.replace('+', "%2B").replace(':', "%3A"));
    changes.add(FindingCode::TimeText, "with the plus sign percent-encoded", text.replace('+', "%2B"));
    if let Some(without) = without_fraction(text) {
        changes.add(FindingCode::TimeFraction, "without its fraction of a second", without);
    }
    changes.add(FindingCode::TimeSpaces, "without the spaces around it", text.trim().to_owned());
    changes.add(FindingCode::TimeSpaces, "with a space after it", format!("{text} "));
    changes.add(FindingCode::TimeSpaces, "with a space before it", format!(" {text}"));
    if let Some(milliseconds) = instant(text) {
        same_instant(&mut changes, text, milliseconds);
    }
    changes.add(FindingCode::TimeOther, "empty", String::new());
    changes.list()
}

/// The last space is where an offset's plus sign was, as in `2019-07-12T12:08:56 05:30`.
fn plus(text: &str) -> String {
    match text.trim_end().rsplit_once(' ') {
        Some((before, after)) => format!("{before}+{after}"),
        None => text.to_owned(),
    }
}

fn without_fraction(text: &str) -> Option<String> {
    let (before, after) = text.split_once('.')?;
    let after = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
    Some(format!("{before}{after}"))
}

/// Reads the documented forms, and what is near them: a space in place of the T, an offset without its colon.
fn instant(text: &str) -> Option<i64> {
    let text = text.trim();
    time::parse(text).map(crate::time::Timestamp::as_millis).or_else(|| {
        let with_t = text.replacen(' ', "T", 1);
        let (start, offset) = with_t.split_at_checked(with_t.len().checked_sub(5)?)?;
        let with_colon = match offset.split_at_checked(3) {
            Some((hours, minutes)) if hours.starts_with(['+', '-']) => format!("{start}{hours}:{minutes}"),
            _ => with_t.clone(),
        };
        time::parse(&with_t).or_else(|| time::parse(&with_colon)).map(crate::time::Timestamp::as_millis)
    })
}

fn same_instant(changes: &mut Changes<String>, text: &str, milliseconds: i64) {
    let mut add = |how: &str, value: String| {
        let code = match without_fraction(&value).as_deref() == Some(text) {
            true => FindingCode::TimeFraction,
            false => FindingCode::TimeText,
        };
        changes.add(code, how, value);
    };
    let (seconds, rest) = (milliseconds.div_euclid(1000), milliseconds.rem_euclid(1000));
    add("as milliseconds since 1970", milliseconds.to_string());
    add("as seconds since 1970", seconds.to_string());
    for offset in own_offset(text).into_iter().chain(OFFSETS) {
        let Some(civil) = civil(milliseconds, offset) else { continue };
        let zone = zone(offset);
        let basic = zone.replace(':', "");
        let spaced = civil.replace('T', " ");
        add("as ISO 8601 with milliseconds", format!("{civil}.{rest:03}{zone}"));
        add("as ISO 8601 to the second", format!("{civil}{zone}"));
        if offset == 0 {
            add("as ISO 8601 with milliseconds and Z", format!("{civil}.{rest:03}Z"));
            add("as ISO 8601 to the second with Z", format!("{civil}Z"));
        }
        add("as ISO 8601 with an offset without its colon", format!("{civil}{basic}"));
        add("as ISO 8601 with milliseconds, its offset without a colon", format!("{civil}.{rest:03}{basic}"));
        add("as date and time without an offset", spaced.clone());
        add("as date and time with a space between them", format!("{spaced}{zone}"));
        add("as date and time without an offset, with T", civil);
    }
    let short = format!("{rest:03}");
    let short = short.trim_end_matches('0');
    if let Some(civil) = civil(milliseconds, 0).filter(|_| !short.is_empty()) {
        add("as ISO 8601 with a fraction without its last zeros", format!("{civil}.{short}Z"));
    }
}

/// The offset that the text itself has, in seconds.
fn own_offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let zone = text.get(text.len().checked_sub(6)?..)?;
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then(|| sign * (hours * 3600 + minutes * 60))
}

/// Date and time to the second at an offset.
fn civil(milliseconds: i64, offset: i32) -> Option<String> {
    let instant = Timestamp::from_millisecond(milliseconds).ok()?;
    let local = Offset::from_seconds(offset).ok()?.to_datetime(instant);
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        local.year(),
        local.month(),
        local.day(),
        local.hour(),
        local.minute(),
        local.second()
    ))
}

fn zone(offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
