//! Bodies that may have been signed.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::super::finding::FindingCode;
use super::json::Style;
use super::{Change, Changes};
use crate::json::Json;

const MOST: usize = 200;
/// All candidates together hold no more bytes than this.
const MOST_BYTES: usize = 16 * 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What parsers and printers make of a body.
pub(in super::super) fn replacements(body: &[u8]) -> Vec<Change<Vec<u8>>> {
    let mut changes = Limited::new(body);
    for change in edits(body) {
        changes.add(change.code, &change.how, change.value);
    }
    let plain = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body).trim_ascii();
    let parsed = Json::parse(plain).ok();
    if let Some(value) = &parsed {
        printed(value, Style::all().take(1), &mut changes);
    }
    encodings(body, &mut changes);
    if let Ok(text) = std::str::from_utf8(body) {
        charsets(text, &mut changes);
    }
    for (set, name) in [(Set::Latin, "Latin-1"), (Set::Windows, "Windows-1252")] {
        if changes.is_full() {
            break;
        }
        let text: String = body.iter().map(|&byte| set.letter(byte)).collect();
        let how = format!("read as {name} and written as UTF-8");
        changes.add(FindingCode::BodyCharset, &how, text.into_bytes());
    }
    if let Some(value) = &parsed {
        printed(value, Style::all().skip(1), &mut changes);
    }
    changes.0.list()
}

fn printed(value: &Json, styles: impl Iterator<Item = Style>, changes: &mut Limited) {
    for style in styles {
        if changes.is_full() {
            return;
        }
        let how = format!("printed {}", style.words());
        changes.add(FindingCode::BodyReserialized, &how, style.print(value).into_bytes());
    }
}

/// What files, editors and proxies do to the ends and the lines of a body.
pub(in super::super) fn edits(body: &[u8]) -> Vec<Change<Vec<u8>>> {
    let mut changes = Limited::new(body);
    changes.add(FindingCode::BodyEnd, "without the white space at its end", body.trim_ascii_end().to_vec());
    for (end, how) in [
        (&b"\n"[..], "with a line feed at its end"),
        (b"\r\n", "with CR and LF at its end"),
        (b" ", "with a space at its end"),
        (b"\n\n", "with two line feeds at its end"),
        (b"\0", "with a NUL at its end"),
    ] {
        changes.add(FindingCode::BodyEnd, how, [body, end].concat());
    }
    changes.add(FindingCode::BodyEnd, "without the white space around it", body.trim_ascii().to_vec());
    let line_feeds = without_carriage_returns(body);
    changes.add(FindingCode::BodyLineEndings, "with LF in place of CRLF", line_feeds.clone());
    let crlf = line_feeds.split(|&byte| byte == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]);
    changes.add(FindingCode::BodyLineEndings, "with CRLF in place of LF", crlf);
    let one_line = body.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    changes.add(FindingCode::BodyLineEndings, "without its line breaks", one_line);
    match body.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => {
            changes.add(FindingCode::BodyByteOrderMark, "without its byte order mark", rest.to_vec())
        }
        None => changes.add(
            FindingCode::BodyByteOrderMark,
            "with a byte order mark",
            [BYTE_ORDER_MARK, body].concat(),
        ),
    }
    changes.0.list()
}

struct Limited(Changes<Vec<u8>>, usize);

impl Limited {
    fn new(body: &[u8]) -> Self {
        Limited(Changes::new(body.to_vec(), MOST), 0)
    }

    /// Whether no other candidate of a size like the last ones has room.
    fn is_full(&self) -> bool {
        self.1 > MOST_BYTES
    }

    fn add(&mut self, code: FindingCode, how: &str, value: Vec<u8>) {
        self.1 = self.1.saturating_add(value.len());
        if !self.is_full() {
            self.0.add(code, how, value);
        }
    }
}

fn without_carriage_returns(body: &[u8]) -> Vec<u8> {
    let lines = body.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines.collect::<Vec<_>>().join(&b'\n')
}

fn encodings(body: &[u8], changes: &mut Limited) {
    changes.add(FindingCode::BodyEmpty, "empty", Vec::new());
    changes.add(FindingCode::BodyEmpty, "{}", b"{}".to_vec());
    changes.add(FindingCode::BodyEmpty, "null", b"null".to_vec());
    let text = body.trim_ascii();
    for engine in [&STANDARD, &URL_SAFE] {
        if let Ok(decoded) = engine.decode(text) {
            changes.add(FindingCode::BodyBase64, "decoded from base64", decoded);
        }
    }
    changes.add(FindingCode::BodyBase64, "as base64", STANDARD.encode(body).into_bytes());
    if body.contains(&b'%') {
        let decoded: Vec<u8> = percent_encoding::percent_decode(body).collect();
        changes.add(FindingCode::BodyCharset, "with its percent-escapes decoded", decoded);
    }
    // A body that a framework took for a text and printed as JSON.
    if let Ok(Json::String(inner)) = Json::parse(text) {
        changes.add(FindingCode::BodyReserialized, "taken out of a JSON string", inner.into_bytes());
    }
}

fn charsets(text: &str, changes: &mut Limited) {
    if text.is_ascii() || changes.is_full() {
        return;
    }
    let code = FindingCode::BodyCharset;
    for (set, name) in [(Set::Latin, "Latin-1"), (Set::Windows, "Windows-1252")] {
        let Some(bytes) = text.chars().map(|letter| set.byte(letter)).collect::<Option<Vec<u8>>>() else {
            continue;
        };
        // Either the sender's own set, or what undoes UTF-8 that was read in this set and written as UTF-8 again.
        let how = match std::str::from_utf8(&bytes) {
            Ok(_) => format!("before its UTF-8 was read as {name}"),
            Err(_) => format!("as {name}"),
        };
        changes.add(code, &how, bytes);
    }
    let marks = |letter: char| if letter.is_ascii() { letter } else { '?' };
    let marked: String = text.chars().map(marks).collect();
    changes.add(code, "with ? in place of what is not ASCII", marked.into_bytes());
    let latin = text.chars().map(|letter| Set::Latin.byte(letter).unwrap_or(b'?')).collect();
    changes.add(code, "as Latin-1, with ? in place of other characters", latin);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    changes.add(code, "as UTF-16, little-endian, with its mark", [&b"\xff\xfe"[..], &little].concat());
    changes.add(code, "as UTF-16, big-endian, with its mark", [&b"\xfe\xff"[..], &big].concat());
    changes.add(code, "as UTF-16, little-endian", little);
    changes.add(code, "as UTF-16, big-endian", big);
    let without: String = text.chars().filter(char::is_ascii).collect();
    changes.add(code, "without what is not ASCII", without.into_bytes());
}

/// A character set of one byte a character.
#[derive(Clone, Copy)]
enum Set {
    Latin,
    Windows,
}

/// The bytes 0x80 to 0x9F in Windows-1252; those without a character stand for themselves, as browsers read them.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

impl Set {
    fn byte(self, letter: char) -> Option<u8> {
        match self {
            Set::Latin => u8::try_from(u32::from(letter)).ok(),
            Set::Windows => match WINDOWS.iter().position(|&known| known == letter) {
                Some(place) => u8::try_from(place).ok()?.checked_add(0x80),
                None => u8::try_from(u32::from(letter)).ok().filter(|byte| !(0x80..0xa0).contains(byte)),
            },
        }
    }

    fn letter(self, byte: u8) -> char {
        match self {
            Set::Latin => char::from(byte),
            Set::Windows => {
                let place = usize::from(byte).checked_sub(0x80);
                place.and_then(|place| WINDOWS.get(place)).copied().unwrap_or(char::from(byte))
            }
        }
    }
}
