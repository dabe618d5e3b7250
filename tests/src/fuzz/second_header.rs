//! The Signature header read a second time: by one state machine over characters, with its own base64 and percent
//! decoding. It shares nothing with the library but the documented form.

use std::collections::HashSet;

/// What a header holds, or which error it is.
pub type Reading = Result<(Option<u32>, Vec<u8>), &'static str>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Name,
    Value,
}

/// Reads a header.
///
/// # Errors
/// The code of the error.
pub fn read(text: &str) -> Reading {
    if text.len() > 8192 {
        return Err("signature.header");
    }
    if text.chars().all(|c| c == ' ' || c == '\t') {
        return Err("signature.missing");
    }
    if text.chars().any(|c| (c < ' ' && c != '\t') || c == '\u{7f}') {
        return Err("signature.header");
    }
    let fields = fields(text)?;
    let find = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    if find("algorithm") != Some("RSA256") {
        return Err("signature.algorithm");
    }
    let version = match find("keyVersion") {
        None => None,
        Some(digits) => Some(number(digits).ok_or("signature.key_version")?),
    };
    match find("signature") {
        None | Some("") => Err("signature.missing"),
        Some(value) => Ok((version, bytes(value).ok_or("signature.encoding")?)),
    }
}

fn fields(text: &str) -> Result<Vec<(String, String)>, &'static str> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut names = HashSet::new();
    let (mut at, mut name, mut value) = (At::Name, String::new(), String::new());
    for c in text.chars().chain([',']) {
        match (at, c) {
            (At::Name, '=') => at = At::Value,
            (At::Name, ',') => return Err("signature.header"),
            (At::Name, _) => name.push(c),
            (At::Value, ',') => {
                let field = (strip(&name), strip(&value));
                if field.0.is_empty() {
                    return Err("signature.header");
                }
                if !names.insert(field.0.to_ascii_lowercase()) {
                    return Err("signature.duplicate_field");
                }
                if fields.len() == 16 {
                    return Err("signature.header");
                }
                fields.push(field);
                (at, name, value) = (At::Name, String::new(), String::new());
            }
            (At::Value, _) => value.push(c),
        }
    }
    Ok(fields)
}

fn strip(text: &str) -> String {
    let kept = |c: &char| *c != ' ' && *c != '\t';
    let front: String = text.chars().skip_while(|c| !kept(c)).collect();
    let reversed: String = front.chars().rev().skip_while(|c| !kept(c)).collect();
    reversed.chars().rev().collect()
}

fn number(digits: &str) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    let value = digits.chars().try_fold(0_u64, |sum, c| {
        let digit = c.to_digit(10)?;
        sum.checked_mul(10)?.checked_add(digit.into())
    });
    u32::try_from(value?).ok()
}

/// Percent escapes first, then base64 by hand: six bits a character, and nothing left over.
fn bytes(value: &str) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        let c = match c {
            '%' => {
                let (high, low) = (characters.next()?.to_digit(16)?, characters.next()?.to_digit(16)?);
                char::from_u32(high * 16 + low)?
            }
            other => other,
        };
        plain.push(c);
    }
    if !plain.len().is_multiple_of(4) {
        return None;
    }
    let padding = plain.iter().rev().take_while(|c| **c == '=').count();
    if padding > 2 {
        return None;
    }
    let mut out = Vec::new();
    let (mut kept, mut bits) = (0_u32, 0_u32);
    for c in plain.iter().take(plain.len() - padding) {
        let six = match c {
            'A'..='Z' => *c as u32 - 'A' as u32,
            'a'..='z' => *c as u32 - 'a' as u32 + 26,
            '0'..='9' => *c as u32 - '0' as u32 + 52,
            '+' => 62,
            '/' => 63,
            _ => return None,
        };
        (kept, bits) = (kept << 6 | six, bits + 6);
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(kept >> bits).ok()?);
            kept &= (1 << bits) - 1;
        }
    }
    // Bits that the padding says are not there have to be zero.
    (kept == 0).then_some(out)
}
