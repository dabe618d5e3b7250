//! Arguments as Python callers have them: bodies as bytes or text, headers of any HTTP library, clocks.

use std::borrow::Cow;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};

use crate::error::type_name;

/// A header as a library gave it.
pub(crate) type Header = (Vec<u8>, Vec<u8>);

/// Bytes as they are; of a text its UTF-8.
pub(crate) fn bytes<'a>(name: &str, value: &'a Bound<'_, PyAny>) -> PyResult<Cow<'a, [u8]>> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(Cow::Borrowed(bytes.as_bytes()));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Cow::Owned(text.to_cow()?.into_owned().into_bytes()));
    }
    if value.is_instance_of::<PyByteArray>() || value.is_instance_of::<PyMemoryView>() {
        let copy = value.py().get_type::<PyBytes>().call1((value,))?;
        return Ok(Cow::Owned(copy.cast::<PyBytes>()?.as_bytes().to_vec()));
    }
    let found = type_name(&value.get_type());
    let hint = if found == "dict" { "; pass the raw bytes as they arrived, not the parsed JSON" } else { "" };
    Err(PyTypeError::new_err(format!("{name} must be bytes or str, not {found}{hint}")))
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
