//! Strict JSON in, plain JSON out.
//!
//! The gateways' bodies are read here once: whole, at most 1 MiB, no comments, no key twice. Numbers keep
//! their text, since a rate such as `0.88156063` must not pass through binary floating point, and scalars can
//! be read leniently, since the documents say "string" where some messages carry a number or a boolean.

mod charset;
mod read;

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use crate::error::{Error, ErrorCode, Result};

/// The largest message that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Room for a text of the usual length, so that it is not moved while it grows.
const USUAL: usize = 1024;

/// A JSON value whose numbers keep their text. `Debug` shows the kind only: a body can hold a payment code.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as its text.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Object),
}

/// A JSON object: the members in their order, each key once. `Debug` shows how many there are.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Object(Vec<(Cow<'static, str>, Json)>);

impl Json {
    /// Reads one JSON value.
    ///
    /// # Errors
    /// `message.too_large`, `message.not_json`, `message.duplicate_key`. None of them quotes the text.
    pub fn parse(bytes: &[u8]) -> Result<Json> {
        check_size(bytes)?;
        read::value(bytes)
    }

    /// The text of a string, a number or a boolean; nothing for the other kinds.
    ///
    /// Both protocols say that every scalar is a string, and their answers nevertheless carry numbers.
    pub fn scalar(&self) -> Option<Cow<'_, str>> {
        match self {
            Json::String(text) | Json::Number(text) => Some(Cow::Borrowed(text)),
            Json::Bool(true) => Some(Cow::Borrowed("true")),
            Json::Bool(false) => Some(Cow::Borrowed("false")),
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        }
    }

    /// The object, if it is one.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The elements, if it is an array.
    pub fn as_array(&self) -> Option<&[Json]> {
        match self {
            Json::Array(elements) => Some(elements),
            _ => None,
        }
    }

    fn into_object(self) -> Result<Object> {
        match self {
            Json::Object(object) => Ok(object),
            _ => Err(Error::new(ErrorCode::MessageNotObject, "the body is another kind of JSON value")),
        }
    }

    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(text) => out.push_str(text),
            Json::String(text) => write_string(text, out),
            Json::Array(elements) => {
                out.push('[');
                for (index, element) in elements.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    element.write(out);
                }
                out.push(']');
            }
            Json::Object(object) => object.write(out),
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Json::String(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Json::String(text)
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Json::Object(object)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::with_capacity(USUAL);
        self.write(&mut out);
        f.write_str(&out)
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(_) => f.write_str("a boolean"),
            Json::Number(_) => f.write_str("a number"),
            Json::String(_) => f.write_str("a string"),
            Json::Array(elements) => write!(f, "an array of {}", elements.len()),
            Json::Object(object) => fmt::Debug::fmt(object, f),
        }
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object of {}", self.0.len())
    }
}

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a body, which is always an object.
    ///
    /// # Errors
    /// As [`Json::parse`], and `message.not_object`.
    pub fn parse(bytes: &[u8]) -> Result<Object> {
        Json::parse(bytes)?.into_object()
    }

    /// Reads the body of a message whose signature is good, whatever the character set of its texts is: see
    /// the module `charset`. The flag says whether some text was replaced.
    ///
    /// # Errors
    /// As [`Object::parse`].
    pub fn parse_signed(bytes: &[u8]) -> Result<(Object, bool)> {
        check_size(bytes)?;
        let text = charset::readable(bytes);
        Ok((read::value(text.text.as_bytes())?.into_object()?, text.replaced))
    }

    /// The member of this name.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Json> {
        self.0.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The member of this name, if it is an object.
    pub fn object(&self, key: &str) -> Option<&Object> {
        self.get(key).and_then(Json::as_object)
    }

    /// The text of the member of this name, if it is a scalar.
    pub fn text(&self, key: &str) -> Option<Cow<'_, str>> {
        self.get(key).and_then(Json::scalar)
    }

    /// Sets a member: in its place if it is there, else at the end.
    pub fn set(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Json>) {
        let (key, value) = (key.into(), value.into());
        match self.get_mut(&key) {
            Some(place) => *place = value,
            None => self.0.push((key, value)),
        }
    }

    /// The same, as one link of a chain.
    #[must_use]
    pub fn with(mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Json>) -> Self {
        self.set(key, value);
        self
    }

    /// Removes a member and gives it back.
    pub fn take(&mut self, key: &str) -> Option<Json> {
        let index = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.remove(index).1)
    }

    /// Whether it has no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many members it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The members in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    fn write(&self, out: &mut String) {
        out.push('{');
        for (index, (name, value)) in self.0.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            write_string(name, out);
            out.push(':');
            value.write(out);
        }
        out.push('}');
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::with_capacity(USUAL);
        self.write(&mut out);
        f.write_str(&out)
    }
}

pub(crate) fn write_string(text: &str, out: &mut String) {
    out.reserve(text.len() + 2);
    out.push('"');
    // What needs no escape is copied in whole runs.
    let mut copied = 0;
    for (place, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(text.get(copied..place).unwrap_or_default());
        copied = place + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => {
                // Writing to a String can't fail.
                let _ = write!(out, "\\u{control:04x}");
            }
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out.push('"');
}

fn not_json(error: &serde_json::Error) -> Error {
    let reason = match error.classify() {
        serde_json::error::Category::Eof => "the JSON is cut off".to_owned(),
        _ => format!("the JSON is wrong at line {}, column {}", error.line(), error.column()),
    };
    Error::new(ErrorCode::MessageNotJson, reason)
}

/// A message that is too large is refused before anything of it is hashed.
pub(crate) fn check_size(body: &[u8]) -> Result<()> {
    if body.len() <= MAX_BYTES {
        return Ok(());
    }
    Err(Error::new(ErrorCode::MessageTooLarge, format!("the message has {} bytes", body.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        Json::parse(text.as_bytes()).unwrap_err().code().as_str()
    }

    #[test]
    fn numbers_keep_their_text() {
        let object =
            Object::parse(br#"{"quotePrice":0.88156063,"guaranteed":false,"n":1e400,"t":"x"}"#).unwrap();
        assert_eq!(object.text("quotePrice").unwrap(), "0.88156063");
        assert_eq!(object.text("guaranteed").unwrap(), "false");
        assert_eq!(object.text("n").unwrap(), "1e400");
        assert_eq!(object.to_string(), r#"{"quotePrice":0.88156063,"guaranteed":false,"n":1e400,"t":"x"}"#);
    }

    #[test]
    fn strict_about_shape() {
        assert_eq!(code("{\"a\":1 // no\n}"), "message.not_json");
        assert_eq!(code("{\"a\":1"), "message.not_json");
        assert_eq!(code("{\"a\":1,}"), "message.not_json");
        assert_eq!(code("{\"a\":1} {}"), "message.not_json");
        assert_eq!(code("{\"a\":\"\\ud800\"}"), "message.not_json");
        assert_eq!(code("\u{feff}{}"), "message.not_json");
        assert_eq!(code(""), "message.not_json");
        assert_eq!(code("{\"a\":{\"b\":1,\"b\":2}}"), "message.duplicate_key");
        assert_eq!(code("{\"a\":1,\"\\u0061\":2}"), "message.duplicate_key");
        assert_eq!(Json::parse(b"{\"a\":\"\xff\"}").unwrap_err().code(), "message.not_json");
        assert_eq!(Object::parse(b"[1]").unwrap_err().code(), "message.not_object");
    }

    #[test]
    fn bounds_size_and_depth() {
        let mut large = format!("\"{}\"", "x".repeat(MAX_BYTES - 2));
        assert!(Json::parse(large.as_bytes()).is_ok());
        large.push(' ');
        assert_eq!(code(&large), "message.too_large");
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(Json::parse(deep(64).as_bytes()).is_ok());
        assert_eq!(code(&deep(66)), "message.not_json");
        assert_eq!(code(&deep(500_000)), "message.not_json");
    }

    #[test]
    fn writing_escapes_what_must_be_escaped() {
        let object = Object::new().with("k\"\\", "line\nfeed\u{1}é😀");
        let text = object.to_string();
        assert_eq!(text, "{\"k\\\"\\\\\":\"line\\nfeed\\u0001é😀\"}");
        assert_eq!(Object::parse(text.as_bytes()).unwrap(), object);
    }
}
