//! Text of a signed body that is not UTF-8.
//!
//! A gateway can sign a body whose message texts are in another character set, most often GBK, or that begins with a
//! byte order mark. Its signature covers bytes and is checked before. What decides about a payment is ASCII in every
//! one of these sets, so it is read; what can't be read becomes replacement characters.

use std::borrow::Cow;

const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];
const REPLACEMENT: &str = "\u{fffd}";
/// The same, as JSON writes it within a string.
const ESCAPED_REPLACEMENT: &str = "\\ufffd";

/// A body as text.
pub(super) struct Readable<'a> {
    pub(super) text: Cow<'a, str>,
    /// Some characters could not be read and were replaced.
    pub(super) replaced: bool,
}

/// The text of a body, without its byte order mark.
pub(super) fn readable(bytes: &[u8]) -> Readable<'_> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(without_foreign_characters(bytes)),
    };
    let replaced = matches!(text, Cow::Owned(_));
    match without_lone_surrogates(&text) {
        None => Readable { text, replaced },
        Some(text) => Readable { text: Cow::Owned(text), replaced: true },
    }
}

/// Every character beyond ASCII is replaced. In GBK and GB18030 such a character begins with a byte of 0x81 to 0xFE,
/// and its second byte can be that of a backslash or a brace, which must not be taken for JSON.
fn without_foreign_characters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte.is_ascii() {
            text.push(char::from(byte));
            continue;
        }
        text.push_str(REPLACEMENT);
        if (0x81..=0xfe).contains(&byte) {
            rest.next_if(|second| (0x40..=0xfe).contains(second) && *second != 0x7f);
        }
    }
    text
}

/// Replaces escapes such as `\ud83d` that are half a character: a text that was cut in the middle of one.
fn without_lone_surrogates(text: &str) -> Option<String> {
    if !text.contains("\\u") {
        return None;
    }
    let mut fixed = String::with_capacity(text.len());
    let mut changed = false;
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        fixed.push_str(before);
        let length = match surrogate(from) {
            Some(Half::High) if surrogate(from.get(6..).unwrap_or_default()) == Some(Half::Low) => 12,
            Some(_) => {
                changed = true;
                fixed.push_str(ESCAPED_REPLACEMENT);
                rest = from.get(6..).unwrap_or_default();
                continue;
            }
            None => 1 + from.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (escape, after) = from.split_at_checked(length).unwrap_or((from, ""));
        fixed.push_str(escape);
        rest = after;
    }
    fixed.push_str(rest);
    changed.then_some(fixed)
}

#[derive(PartialEq, Eq)]
enum Half {
    High,
    Low,
}

/// Which half of a character the escape is that a text begins with, if it is one.
fn surrogate(text: &str) -> Option<Half> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xd800..=0xdbff => Some(Half::High),
        0xdc00..=0xdfff => Some(Half::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::json::Object;

    fn message(body: &[u8]) -> (String, bool) {
        let (object, replaced) = Object::parse_signed(body).unwrap();
        (object.object("result").unwrap().text("resultMessage").unwrap().into_owned(), replaced)
    }

    fn body(message: &[u8]) -> Vec<u8> {
        let parts: [&[u8]; 3] = [
            br#"{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":""#,
            message,
            br#""}}"#,
        ];
        parts.concat()
    }

    /// The bytes are those of Python's codec `gbk`: `'成功'.encode('gbk')`, and `'乗'.encode('gbk')`, whose second byte
    /// is a backslash.
    #[test]
    fn gbk_is_read_around() {
        assert_eq!(message(&body(b"\xb3\xc9\xb9\xa6")), ("\u{fffd}\u{fffd}".to_owned(), true));
        assert_eq!(message(&body(b"\x81\x5c")), ("\u{fffd}".to_owned(), true));
        assert_eq!(message(&body(b"\x81\x7d")), ("\u{fffd}".to_owned(), true));
        // GB18030 has characters of four bytes; digits of them remain.
        assert!(message(&body(b"\x81\x30\x81\x30")).1);
        // Cut in the middle of a character.
        assert_eq!(message(&body(b"ok \xe6\x88")), ("ok \u{fffd}".to_owned(), true));
        assert_eq!(message(&body(b"\xe9")), ("\u{fffd}".to_owned(), true));
    }

    #[test]
    fn utf_8_stays_as_it_is() {
        assert_eq!(message(&body("成功 😀".as_bytes())), ("成功 😀".to_owned(), false));
        assert_eq!(message(&body(br"\ud83d\ude00 \u6210 \\ud83d")), ("😀 成 \\ud83d".to_owned(), false));
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        let marked = [b"\xef\xbb\xbf".to_vec(), body(b"ok")].concat();
        assert_eq!(message(&marked), ("ok".to_owned(), false));
        assert!(Object::parse(&marked).is_err());
    }

    #[test]
    fn half_characters_are_replaced() {
        for half in [r"\ud83d", r"\ude00", r"\ud83d\ud83d", r"\ude00\ud83d"] {
            let (text, replaced) = message(&body(half.as_bytes()));
            assert!(replaced && text.chars().all(|c| c == '\u{fffd}'), "{half}");
        }
        assert_eq!(message(&body(br"\ud83d\u0041")), ("\u{fffd}A".to_owned(), true));
    }

    #[test]
    fn what_is_not_json_stays_an_error() {
        for broken in [&b"\xb3\xc9"[..], b"{\"a\":\xb3\xc9}", b"", b"\xef\xbb\xbf", b"{\"a\":\"\\"] {
            assert_eq!(Object::parse_signed(broken).unwrap_err().code(), "message.not_json");
        }
    }
}
