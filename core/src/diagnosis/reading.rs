//! What a Signature header can have meant, where it is not in its documented form or its signature does not open.
//!
//! The strict reading is `signature::SignatureHeader`. Here each thing that transport, frameworks and other libraries do to
//! the header is undone, and named.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::finding::FindingCode;
use crate::signature::SignatureHeader;

/// Longer headers are not taken apart.
const MAX_LENGTH: usize = 16 * 1024;
/// More readings are not tried: each costs an operation with every key.
const MAX_READINGS: usize = 8;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// One reading of the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// What had to be undone; nothing where the header is in its documented form.
    pub(super) undone: Vec<FindingCode>,
    pub(super) key_version: Option<u32>,
    pub(super) signature: Vec<u8>,
}

/// Every reading, the strict one first.
pub(super) fn readings(headers: &[String]) -> Vec<Reading> {
    let mut found: Vec<Reading> = Vec::new();
    let mut add = |reading: Reading| {
        let known = found.iter().any(|known| known.signature == reading.signature);
        if !known && !reading.signature.is_empty() && found.len() < MAX_READINGS {
            found.push(reading);
        }
    };
    let twice = headers.len() > 1;
    for header in headers.iter().filter(|header| header.len() <= MAX_LENGTH) {
        let joined: &[FindingCode] = if twice { &[FindingCode::SignatureJoined] } else { &[] };
        if let Ok(strict) = SignatureHeader::parse(header) {
            let (key_version, signature) = (strict.key_version, strict.signature);
            add(Reading { undone: joined.to_vec(), key_version, signature });
        }
        let values: Vec<(&str, bool)> = values(header);
        let several = twice || values.len() > 1;
        for (value, named) in values {
            let mut undone = Vec::new();
            if several {
                undone.push(FindingCode::SignatureJoined);
            }
            if !named {
                undone.push(FindingCode::SignatureNoHeader);
            }
            let key_version = key_version(header);
            if let Some(signature) = decoded(value, &mut undone) {
                if undone.is_empty() {
                    undone.push(FindingCode::SignatureHeader);
                }
                add(Reading { undone, key_version, signature });
            }
        }
    }
    found
}

/// The values of the field `signature`, and whether the field was named; else the whole header.
fn values(header: &str) -> Vec<(&str, bool)> {
    let mut values = Vec::new();
    for field in header.split([',', ';']) {
        if let Some((name, value)) = field.split_once('=')
            && name.trim().trim_start_matches("Signature:").trim().eq_ignore_ascii_case("signature")
        {
            values.push((value, true));
        }
    }
    if values.is_empty() {
        values.push((header, false));
    }
    values
}

fn key_version(header: &str) -> Option<u32> {
    let after = header.split_once("keyVersion=")?.1;
    after.split([',', ';']).next()?.trim().parse().ok()
}

/// The bytes of a signature; what had to be undone is added to the list.
fn decoded(value: &str, undone: &mut Vec<FindingCode>) -> Option<Vec<u8>> {
    let mut note = |code| {
        if !undone.contains(&code) {
            undone.push(code);
        }
    };
    let mut text = value.trim().trim_matches(['"', '\'']).to_owned();
    for round in 0..3 {
        let Some(plain) = unescaped(&text) else { break };
        if round > 0 {
            note(FindingCode::SignatureEncodedTwice);
        }
        text = plain;
    }
    let text = text.trim();
    if text.contains(['\r', '\n', '\t']) {
        note(FindingCode::SignatureLineBreaks);
    }
    if text.contains(' ') {
        note(FindingCode::SignatureSpaces);
    }
    if text.contains(['-', '_']) {
        note(FindingCode::SignatureBase64url);
    }
    let standard: String = text
        .chars()
        .filter_map(|character| match character {
            '\r' | '\n' | '\t' => None,
            ' ' | '-' => Some('+'),
            '_' => Some('/'),
            other => Some(other),
        })
        .collect();
    let digits = standard.trim_end_matches('=');
    let padding = standard.len().saturating_sub(digits.len());
    if !digits.len().saturating_add(padding).is_multiple_of(4) {
        note(FindingCode::SignatureUnpadded);
    }
    // A single character beyond the last four holds no whole byte: something was cut off there.
    let whole = if digits.len() % 4 == 1 { digits.get(..digits.len().saturating_sub(1))? } else { digits };
    let bytes = LENIENT.decode(whole).ok()?;
    // Base64 of base64: what is inside is text of the same alphabet.
    if let Ok(inner) = std::str::from_utf8(&bytes)
        && bytes.len() >= 128
        && let Ok(again) = LENIENT.decode(inner.trim().trim_end_matches('='))
    {
        note(FindingCode::SignatureEncodedTwice);
        return Some(again);
    }
    Some(bytes)
}

/// Percent-escapes undone once; nothing where there are none.
fn unescaped(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let plain: Vec<u8> = percent_encoding::percent_decode_str(text).collect();
    String::from_utf8(plain).ok().filter(|plain| plain != text)
}
