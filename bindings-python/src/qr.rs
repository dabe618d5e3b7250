//! QR codes.

use alipay_instore::qr;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::argument::Text;
use crate::error::{OrRaise as _, guard};

/// The QR code of a text as SVG. Raises RequestError with `qr.too_long`.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn qr_svg(text: Text) -> PyResult<String> {
    guard(|| qr::svg(&text).or_raise())
}

/// The QR code of a text as PNG. Raises RequestError with `qr.too_long`.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn qr_png(py: Python<'_>, text: Text) -> PyResult<Bound<'_, PyBytes>> {
    guard(|| Ok(PyBytes::new(py, &qr::png(&text).or_raise()?)))
}

/// The QR code of a text for a terminal, in half blocks; with colours it is dark on light whatever the terminal's are.
#[pyfunction]
#[pyo3(signature = (text, /, *, colours = false))]
pub(crate) fn qr_terminal(text: Text, colours: bool) -> PyResult<String> {
    guard(|| qr::terminal(&text, colours).or_raise())
}
