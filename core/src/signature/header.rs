//! The Signature header: `algorithm=RSA256,keyVersion=1,signature=…`, read strictly and written in one way.
//!
//! It knows nothing of keys; whether the signature is good is decided by the key.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::memchr;

use crate::error::{Error, ErrorCode, Result};

/// Longest header read, in bytes. With an 8192 bit key and every character escaped it has about 4200.
const MAX_LENGTH: usize = 8192;
/// Most fields read. Three are documented.
const MAX_FIELDS: usize = 16;

/// A Signature header (Alipay, Digital signature; Alipay+, Sign a request and verify a response).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignatureHeader {
    /// Which of the signer's keys was used; some messages don't say.
    pub key_version: Option<u32>,
    /// The signature's bytes.
    pub signature: Vec<u8>,
}

impl SignatureHeader {
    /// A header to be written.
    pub fn new(key_version: Option<u32>, signature: Vec<u8>) -> Self {
        SignatureHeader { key_version, signature }
    }

    /// Reads a header's value.
    ///
    /// Fields stand in any order, with spaces or tabs around commas and around the first `=`; unknown fields are
    /// ignored. The names count in their documented spelling; for the question whether a field appears twice,
    /// unknown ones included, case does not matter, because another reader might not distinguish it. The
    /// signature is padded standard base64, with any of its characters percent-encoded in either case; `+` is a
    /// plus. A missing `algorithm` is refused like a wrong one; a missing `keyVersion` is not. Fields without `=`, empty
    /// ones, and control characters are refused.
    ///
    /// # Errors
    /// `signature.missing`, `signature.header`, `signature.duplicate_field`, `signature.algorithm`,
    /// `signature.key_version`, `signature.encoding`.
    pub fn parse(text: &str) -> Result<Self> {
        let error = |code, reason: &str| Err(Error::new(code, reason));
        if text.len() > MAX_LENGTH {
            return error(ErrorCode::SignatureHeader, "the header is too long");
        }
        if trim(text).is_empty() {
            return error(ErrorCode::SignatureMissing, "the Signature header is empty");
        }
        // Every byte is looked at, so that several are in one instruction.
        if text.bytes().fold(false, |found, byte| found | (byte.is_ascii_control() & (byte != b'\t'))) {
            return error(ErrorCode::SignatureHeader, "the header holds a control character");
        }
        let mut seen = [""; MAX_FIELDS];
        let (mut algorithm, mut key_version, mut signature) = (None, None, None);
        for (index, field) in text.split(',').enumerate() {
            let Some((name, value)) = field.split_once('=') else {
                return error(ErrorCode::SignatureHeader, "a field of the header has no value");
            };
            let (name, value) = (trim(name), trim(value));
            if name.is_empty() {
                return error(ErrorCode::SignatureHeader, "a field of the header has no name");
            }
            if seen.iter().take(index).any(|earlier| earlier.eq_ignore_ascii_case(name)) {
                return error(ErrorCode::SignatureDuplicateField, "a field appears twice in the header");
            }
            match seen.get_mut(index) {
                Some(slot) => *slot = name,
                None => return error(ErrorCode::SignatureHeader, "the header has too many fields"),
            }
            match name {
                "algorithm" => algorithm = Some(value),
                "keyVersion" => key_version = Some(value),
                "signature" => signature = Some(value),
                _ => {}
            }
        }
        match algorithm {
            Some("RSA256") => {}
            Some(_) => return error(ErrorCode::SignatureAlgorithm, "the header names another algorithm"),
            None => return error(ErrorCode::SignatureAlgorithm, "the header names no algorithm"),
        }
        let key_version = key_version.map(parse_key_version).transpose()?;
        match signature {
            None | Some("") => error(ErrorCode::SignatureMissing, "the header holds no signature"),
            Some(value) => Ok(SignatureHeader { key_version, signature: decode(value)? }),
        }
    }
}

impl fmt::Display for SignatureHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write(self.key_version, &self.signature))
    }
}

/// The header's value: padded base64, of which `/`, `+` and `=` are percent-encoded in upper case.
pub(crate) fn write(key_version: Option<u32>, signature: &[u8]) -> String {
    let base64 = STANDARD.encode(signature);
    // On average three characters of sixty-four, and the padding, grow by two.
    let mut text = String::with_capacity(64 + base64.len() + base64.len() / 5);
    text.push_str("algorithm=RSA256,");
    if let Some(version) = key_version {
        text.push_str("keyVersion=");
        text.push_str(&version.to_string());
        text.push(',');
    }
    text.push_str("signature=");
    for character in base64.chars() {
        match character {
            '/' => text.push_str("%2F"),
            '+' => text.push_str("%2B"),
            '=' => text.push_str("%3D"),
            _ => text.push(character),
        }
    }
    text
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

fn parse_key_version(text: &str) -> Result<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().ok_or_else(|| {
        Error::new(ErrorCode::SignatureKeyVersion, "the key version is not a number in its range")
    })
}

fn decode(value: &str) -> Result<Vec<u8>> {
    let encoding = |reason: &str| Error::new(ErrorCode::SignatureEncoding, reason);
    let unfinished = || encoding("a percent sign is not followed by two hexadecimal digits");
    let mut rest = value.as_bytes();
    let mut unescaped = Vec::with_capacity(rest.len());
    while let Some((plain, escape)) = memchr(b'%', rest).and_then(|at| rest.split_at_checked(at)) {
        let [_, high, low, after @ ..] = escape else { return Err(unfinished()) };
        let (Some(high), Some(low)) = (hex(*high), hex(*low)) else { return Err(unfinished()) };
        unescaped.extend_from_slice(plain);
        unescaped.push(high * 16 + low);
        rest = after;
    }
    unescaped.extend_from_slice(rest);
    STANDARD.decode(unescaped).map_err(|_| encoding("the signature is not padded standard base64"))
}

fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> &'static str {
        SignatureHeader::parse(text).map_or_else(|error| error.code().as_str(), |_| "good")
    }

    #[test]
    fn reads_the_documented_form_and_writes_it_in_upper_case() {
        // The sample of Alipay's notification page has escapes in lower case.
        let header = SignatureHeader::parse("algorithm=RSA256, keyVersion=1, signature=%2b%2f8%3d").unwrap();
        assert_eq!(header, SignatureHeader::new(Some(1), vec![0xfb, 0xff]));
        assert_eq!(header.to_string(), "algorithm=RSA256,keyVersion=1,signature=%2B%2F8%3D");
        let unversioned = SignatureHeader::new(None, vec![0xfb, 0xff]);
        assert_eq!(unversioned.to_string(), "algorithm=RSA256,signature=%2B%2F8%3D");
    }

    #[test]
    fn each_wrong_header_has_its_code() {
        for (text, expected) in [
            ("", "signature.missing"),
            ("algorithm=RSA256", "signature.missing"),
            ("signature=AAAA", "signature.algorithm"),
            ("algorithm=RSA512,signature=AAAA", "signature.algorithm"),
            ("algorithm=RSA256,algorithm=RSA256,signature=AAAA", "signature.duplicate_field"),
            ("algorithm=RSA256,Signature=AAAA,signature=AAAA", "signature.duplicate_field"),
            ("algorithm=RSA256,keyVersion=x,signature=AAAA", "signature.key_version"),
            ("algorithm=RSA256,signature=AAA", "signature.encoding"),
            ("algorithm=RSA256,signature=AAA%3", "signature.encoding"),
            ("algorithm=RSA256,signature=AAAA,", "signature.header"),
            ("algorithm=RSA256,\nsignature=AAAA", "signature.header"),
        ] {
            assert_eq!(code(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_longest_header_and_the_most_fields_are_read() {
        let fields = |count: usize| {
            let unknown: String = (2..count).map(|number| format!(",x{number}=")).collect();
            format!("algorithm=RSA256,signature=AAAA{unknown}")
        };
        assert_eq!((code(&fields(16)), code(&fields(17))), ("good", "signature.header"));
        let long = |length: usize| {
            let begin = "algorithm=RSA256,signature=AAAA,x=";
            format!("{begin}{}", "x".repeat(length - begin.len()))
        };
        assert_eq!((code(&long(8_192)), code(&long(8_193))), ("good", "signature.header"));
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(version in any::<Option<u32>>(), signature in proptest::collection::vec(any::<u8>(), 1..1025)) {
            let header = SignatureHeader::new(version, signature);
            prop_assert_eq!(SignatureHeader::parse(&header.to_string()), Ok(header));
        }

        #[test]
        fn no_header_panics(text in r#"(algorithm|keyVersion|signature|RSA256|[=,%+/ 0-9A-Fé\t]){0,40}"#) {
            let _ = SignatureHeader::parse(&text);
        }
    }
}
