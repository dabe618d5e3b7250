//! Arguments as Python callers have them: bodies as bytes or text, headers of any HTTP library, clocks.

use std::borrow::{Borrow, Cow};
use std::ops::Deref;

use alipay_instore::error::{Error, ErrorCode};
use pyo3::Borrowed;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};

use crate::error::{raise, type_name, wrong_type};

/// A text that was passed. One that holds a lone surrogate has no UTF-8, and what a stranger sent may hold one: it is an error
/// of this package, and none of Python's. Both errors get the name of the argument from what `PyO3` notes on them.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Text(String);

impl Text {
    /// What is signed in every message of the gateways.
    pub(crate) fn post() -> Self {
        Text("POST".to_owned())
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Text {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let Ok(text) = value.cast::<PyString>() else { return Err(wrong_type(&value, "str")) };
        utf8(&text, ErrorCode::ConfigInvalid).map(|text| Text(text.into_owned()))
    }
}

/// The UTF-8 of a text, which is an error of this code where there is none.
fn utf8<'a>(text: &'a Bound<'_, PyString>, code: ErrorCode) -> PyResult<Cow<'a, str>> {
    text.to_cow().map_err(|_| {
        raise(&Error::new(code, "the text holds a lone surrogate, which has no UTF-8").with_hint(
            "the text was cut inside a character, or read with surrogateescape: pass the bytes as they were received",
        ))
    })
}

/// The name of the argument that is a body.
const BODY: &str = "body";

/// A header as a library gave it.
pub(crate) type Header = (Vec<u8>, Vec<u8>);

/// What came from outside, and says so where it can't be read: a body, or a part of a header.
pub(crate) fn bytes<'a>(name: &str, value: &'a Bound<'_, PyAny>) -> PyResult<Cow<'a, [u8]>> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(Cow::Borrowed(bytes.as_bytes()));
    }
    if let Ok(text) = value.cast::<PyString>() {
        let code = if name == BODY { ErrorCode::MessageNotJson } else { ErrorCode::MessageHeader };
        return Ok(Cow::Owned(utf8(text, code)?.into_owned().into_bytes()));
    }
    if value.is_instance_of::<PyByteArray>() || value.is_instance_of::<PyMemoryView>() {
        let copy = value.py().get_type::<PyBytes>().call1((value,))?;
        return Ok(Cow::Owned(copy.cast::<PyBytes>()?.as_bytes().to_vec()));
    }
    let found = type_name(&value.get_type());
    let hint = if found == "dict" { "; pass the raw bytes as they arrived, not the parsed JSON" } else { "" };
    Err(PyTypeError::new_err(format!("{name} must be bytes or str, not {found}{hint}")))
}

/// The body of a message from outside. What a framework has made of it already, or an empty place, is a mistake in the
/// program, and still no exception of Python's: a stranger can choose it.
pub(crate) fn message_body<'a>(value: &'a Bound<'_, PyAny>) -> PyResult<Cow<'a, [u8]>> {
    bytes(BODY, value).map_err(|error| {
        if !error.is_instance_of::<PyTypeError>(value.py()) {
            return error;
        }
        let reason = format!("the body is {}, not the bytes that arrived", type_name(&value.get_type()));
        raise(&Error::new(ErrorCode::ConfigInvalid, reason).with_path(BODY).with_hint(
            "pass the raw body, before any parser of JSON has read it: await request.body() in FastAPI, request.body in \
             Django, request.get_data() in Flask",
        ))
    })
}

/// A mapping, or an iterable of pairs; names and values as bytes or text.
pub(crate) fn headers(value: &Bound<'_, PyAny>) -> PyResult<Vec<Header>> {
    let wrong = || {
        let found = type_name(&value.get_type());
        PyTypeError::new_err(format!("headers must be a mapping or an iterable of pairs, not {found}"))
    };
    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>() {
        return Err(wrong());
    }
    let pairs = if value.hasattr("items")? { value.call_method0("items")? } else { value.clone() };
    let mut headers = Vec::new();
    for pair in pairs.try_iter().map_err(|_| wrong())? {
        let (name, content): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract().map_err(|_| wrong())?;
        headers.push((
            bytes("the name of a header", &name)?.into_owned(),
            bytes("the value of a header", &content)?.into_owned(),
        ));
    }
    Ok(headers)
}
