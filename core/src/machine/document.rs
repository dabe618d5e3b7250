//! What outlives the process, as one JSON object on one line, whose members have a fixed order:
//! `{"kind":"payment","version":3,"policy":…,"state":…,"pay_body":…,"check":"…"}`.
//!
//! A text that was cut off or edited by accident is refused as a whole; the check is no protection against an attacker,
//! who could compute it.

use serde::{Deserialize, Serialize};

use super::digest::digest;
use crate::error::{Error, ErrorCode, Result};

/// What a text is, and the newest version of it that can be read. That one is written.
pub(crate) struct Format {
    pub(crate) kind: &'static str,
    pub(crate) version: u64,
    /// How an error calls it.
    pub(crate) name: &'static str,
}

/// Room for a text of the usual length, so that it is not moved while it grows.
const USUAL: usize = 4_096;

/// Writes a text, one member after the other.
pub(crate) struct Writer {
    text: Vec<u8>,
    checked: crc32fast::Hasher,
}

impl Writer {
    pub(crate) fn new(format: &Format) -> Self {
        let Format { kind, version, .. } = format;
        let start = format!(r#"{{"kind":"{kind}","version":{version}"#);
        let mut text = Vec::with_capacity(USUAL);
        text.extend_from_slice(start.as_bytes());
        Writer { text, checked: crc32fast::Hasher::new() }
    }

    fn member(&mut self, name: &str) {
        self.text.extend_from_slice(b",\"");
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(b"\":");
    }

    /// A part, which the check is over.
    pub(crate) fn part(&mut self, name: &str, value: &impl Serialize) {
        self.member(name);
        let start = self.text.len();
        // No map has a key that is not text, which is all that writing could fail on.
        let _ = serde_json::to_writer(&mut self.text, value);
        self.checked.update(self.text.get(start..).unwrap_or_default());
    }

    /// A part whose text is there already.
    pub(crate) fn known_part(&mut self, name: &str, text: &str) {
        self.checked.update(text.as_bytes());
        self.checked_part(name, text);
    }

    /// A text that is JSON itself, after its length in bytes: `[2,{}]`, or `null`. So it is copied as it is, also on reading.
    pub(crate) fn text(&mut self, name: &str, text: Option<&str>) {
        self.member(name);
        let Some(text) = text else {
            self.text.extend_from_slice(b"null");
            return;
        };
        self.text.extend_from_slice(format!("[{},", text.len()).as_bytes());
        self.text.extend_from_slice(text.as_bytes());
        self.text.push(b']');
        self.checked.update(text.as_bytes());
    }

    /// The check over the parts that were written, and over one that is to follow.
    pub(crate) fn check(&mut self, next: &str) {
        self.checked.update(next.as_bytes());
        self.member("check");
        let check = format!("\"{:08x}\"", self.checked.clone().finalize());
        self.text.extend_from_slice(check.as_bytes());
    }

    /// A part that the check was told before.
    pub(crate) fn checked_part(&mut self, name: &str, text: &str) {
        self.member(name);
        self.text.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn finish(mut self) -> String {
        self.text.push(b'}');
        // JSON is written as UTF-8.
        String::from_utf8(self.text).unwrap_or_default()
    }
}

/// Reads a text, one member after the other. Nothing that was read counts before [`finish`](Reader::finish) agrees.
pub(crate) struct Reader<'t> {
    name: &'static str,
    version: u64,
    rest: &'t str,
    parts: Vec<&'t str>,
    check: &'t str,
}

impl<'t> Reader<'t> {
    /// Refuses another kind, and a version that is not known here.
    pub(crate) fn new(format: &Format, text: &'t str) -> Result<Self> {
        let Some((kind, version, rest)) = label(text) else {
            return Err(malformed(format.name, "it does not begin with its kind and version"));
        };
        if kind != format.kind {
            return Err(Error::new(ErrorCode::SnapshotKind, format!("this is not {}", format.name)));
        }
        match version {
            0 => Err(malformed(format.name, "there is no version 0")),
            newer if newer > format.version => {
                Err(Error::new(ErrorCode::SnapshotNewer, format!("{} has version {newer}", format.name)))
            }
            _ => Ok(Reader { name: format.name, version, rest, parts: Vec::with_capacity(4), check: "" }),
        }
    }

    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    fn skip(&mut self, expected: &str) -> Result<()> {
        match self.rest.strip_prefix(expected) {
            Some(rest) => self.rest = rest,
            None => return Err(malformed(self.name, "its members are not those of its version")),
        }
        Ok(())
    }

    fn member(&mut self, name: &str) -> Result<()> {
        self.skip(",\"")?;
        self.skip(name)?;
        self.skip("\":")
    }

    fn value<T: Deserialize<'t>>(&mut self, name: &str) -> Result<(T, &'t str)> {
        self.member(name)?;
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter::<T>();
        let value = match values.next() {
            Some(Ok(value)) => value,
            // The parser's own words may quote the text, and the text may hold a payment code.
            Some(Err(error)) => {
                let place = format!("{name} is wrong at line {}, column {}", error.line(), error.column());
                return Err(malformed(self.name, &place));
            }
            None => return Err(malformed(self.name, &format!("it ends before {name}"))),
        };
        let (text, rest) = self.rest.split_at_checked(values.byte_offset()).unwrap_or((self.rest, ""));
        self.rest = rest;
        Ok((value, text))
    }

    /// A part, which the check is over.
    pub(crate) fn part<T: Deserialize<'t>>(&mut self, name: &str) -> Result<T> {
        Ok(self.part_with_text(name)?.0)
    }

    /// A part, and its text.
    pub(crate) fn part_with_text<T: Deserialize<'t>>(&mut self, name: &str) -> Result<(T, &'t str)> {
        let (value, text) = self.value(name)?;
        self.parts.push(text);
        Ok((value, text))
    }

    /// Takes a part in if it is this text, which is a JSON object.
    pub(crate) fn known_part(&mut self, name: &str, text: &str) -> bool {
        let before = self.rest;
        let value = self.member(name).ok().and_then(|()| self.rest.split_at_checked(text.len()));
        match value.filter(|(value, rest)| *value == text && rest.starts_with([',', '}'])) {
            Some((value, rest)) => {
                self.parts.push(value);
                self.rest = rest;
                true
            }
            None => {
                self.rest = before;
                false
            }
        }
    }

    /// A text after its length, or `null`.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<&'t str>> {
        self.member(name)?;
        if let Some(rest) = self.rest.strip_prefix("null") {
            self.rest = rest;
            return Ok(None);
        }
        self.skip("[")?;
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (length, rest) = self.rest.split_at_checked(digits).unwrap_or_default();
        self.rest = rest;
        self.skip(",")?;
        let text = length.parse().ok().and_then(|length| self.rest.split_at_checked(length));
        let Some((text, rest)) = text else {
            return Err(malformed(self.name, &format!("it ends before the end of {name}")));
        };
        self.rest = rest;
        self.skip("]")?;
        self.parts.push(text);
        Ok(Some(text))
    }

    pub(crate) fn check(&mut self) -> Result<()> {
        self.check = self.value("check")?.0;
        Ok(())
    }

    /// Whether nothing follows, and the check is that of the parts.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.skip("}")?;
        if !self.rest.trim_ascii_end().is_empty() {
            return Err(malformed(self.name, "something follows it"));
        }
        let computed = match self.check.len() {
            // As it was written at first.
            16 => format!("{:016x}", digest(self.parts.join("\n").as_bytes())),
            _ => {
                let mut checked = crc32fast::Hasher::new();
                self.parts.iter().for_each(|part| checked.update(part.as_bytes()));
                format!("{:08x}", checked.finalize())
            }
        };
        if computed == self.check { Ok(()) } else { Err(malformed(self.name, "it was cut off or edited")) }
    }
}

/// The kind and the version, with which every version begins, and what follows them.
pub(crate) fn label(text: &str) -> Option<(&str, u64, &str)> {
    let (kind, rest) = text.strip_prefix(r#"{"kind":""#)?.split_once('"')?;
    let rest = rest.strip_prefix(r#","version":"#)?;
    let (version, rest) = rest.split_at_checked(rest.bytes().take_while(u8::is_ascii_digit).count())?;
    Some((kind, version.parse().ok()?, rest))
}

fn malformed(name: &str, reason: &str) -> Error {
    Error::new(ErrorCode::SnapshotMalformed, format!("{name} can't be read: {reason}"))
}
