//! Payment codes and their routes.

use std::sync::{Mutex, PoisonError};

use alipay_instore::Result;
use alipay_instore::payment_code;
use alipay_instore::routing::{self, Route, RoutingRule, Target};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use zeroize::Zeroizing;

use crate::argument::{Text, bytes};
use crate::error::{OrRaise as _, guard, raise, type_name};

/// A scanned payment code: checked once, masked wherever it is printed.
///
/// Raises CodeError for a text that is none.
#[pyclass(module = "alipay_instore", frozen)]
pub(crate) struct PaymentCode(pub(crate) payment_code::PaymentCode);

#[pymethods]
impl PaymentCode {
    #[new]
    #[pyo3(signature = (text, /))]
    fn new(text: &Bound<'_, PyAny>) -> PyResult<Self> {
        guard(|| {
            let text = text.cast::<PyString>().map_err(|_| {
                let found = type_name(&text.get_type());
                PyTypeError::new_err(format!("a payment code must be str, not {found}"))
            })?;
            // What a scanner sends that is not UTF-8 is not a code; Python's own error would carry the text along.
            payment_code::PaymentCode::new(&text.to_string_lossy()).or_raise().map(PaymentCode)
        })
    }

    /// Reads what a scanner delivered, as bytes or text: without an AIM identifier such as ``]C1`` and control characters
    /// around the code, with groups of four joined, up to the first line end.
    ///
    /// Raises CodeError, whose ``scanned_as`` says what was probably scanned.
    #[staticmethod]
    #[pyo3(signature = (scanned, /))]
    fn from_scan(scanned: &Bound<'_, PyAny>) -> PyResult<Self> {
        guard(|| payment_code::PaymentCode::from_scan(scan(scanned)?).or_raise().map(PaymentCode))
    }

    /// The form: ``alipay_plus_19``, ``cgcp`` (24 digits), ``alipay`` (17 to 19 digits) or ``other``. It does not tell the
    /// wallet.
    #[getter]
    fn kind(&self) -> PyResult<&'static str> {
        guard(|| Ok(self.0.kind().as_str()))
    }

    /// The routing number of a code of 24 digits, its fourth to sixth digit; None for every other length.
    #[getter]
    fn routing_number(&self) -> PyResult<Option<&str>> {
        guard(|| Ok(self.0.routing_number()))
    }

    /// The first two and the last two digits, with an asterisk for each digit between them.
    #[getter]
    fn masked(&self) -> PyResult<String> {
        guard(|| Ok(self.0.masked()))
    }

    /// How many digits the code has.
    #[getter]
    fn digits(&self) -> PyResult<usize> {
        guard(|| Ok(self.0.digits()))
    }

    /// The code itself, for the request body and nothing else.
    fn expose(&self) -> PyResult<&str> {
        guard(|| Ok(self.0.expose()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| Ok(format!("PaymentCode({})", self.0.masked())))
    }

    fn __str__(&self) -> PyResult<String> {
        guard(|| Ok(self.0.masked()))
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guard(|| Ok(self.0 == other.0))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        guard(|| PyString::new(py, self.0.expose()).hash())
    }

    fn __copy__(slf: PyRef<'_, Self>) -> PyResult<PyRef<'_, Self>> {
        guard(|| Ok(slf))
    }

    #[pyo3(signature = (memo, /))]
    fn __deepcopy__<'py>(slf: PyRef<'py, Self>, memo: &Bound<'py, PyAny>) -> PyResult<PyRef<'py, Self>> {
        guard(|| {
            let _ = memo;
            Ok(slf)
        })
    }

    fn __reduce__(&self) -> PyResult<()> {
        guard(|| {
            Err(PyTypeError::new_err("a payment code can't be pickled: it is a secret until it was used"))
        })
    }
}

/// What a scanner delivered. A text that is not UTF-8 is not a code; Python's own error would carry the text along.
fn scan(scanned: &Bound<'_, PyAny>) -> PyResult<Zeroizing<Vec<u8>>> {
    let scanned = match scanned.cast::<PyString>() {
        Ok(text) => text.to_string_lossy().into_owned().into_bytes(),
        Err(_) => bytes("what was scanned", scanned)?.into_owned(),
    };
    Ok(Zeroizing::new(scanned))
}

/// Reads the payment codes of a stream, one a line, as ``PaymentCode.from_scan`` reads one.
///
/// A line ends at a carriage return or a line feed, and its code is given at once. Empty lines are skipped. A line that is
/// not a payment code costs that line alone.
#[pyclass(module = "alipay_instore", frozen)]
pub(crate) struct ScannedLines(Mutex<payment_code::ScannedLines>);

fn shown(py: Python<'_>, code: Result<payment_code::PaymentCode>) -> PyResult<Py<PyAny>> {
    match code {
        Ok(code) => Ok(Py::new(py, PaymentCode(code))?.into_any()),
        Err(error) => Ok(raise(&error).into_value(py).into_any()),
    }
}

#[pymethods]
impl ScannedLines {
    #[new]
    fn new() -> PyResult<Self> {
        guard(|| Ok(ScannedLines(Mutex::default())))
    }

    fn __reduce__(&self) -> PyResult<()> {
        guard(|| {
            Err(PyTypeError::new_err(
                "ScannedLines can't be pickled or copied: it holds a part of a line; make another one",
            ))
        })
    }

    /// Takes what arrived, any number of bytes, and gives for each line that ended with it its PaymentCode or its CodeError.
    #[pyo3(signature = (arrived, /))]
    fn push(&self, py: Python<'_>, arrived: &Bound<'_, PyAny>) -> PyResult<Vec<Py<PyAny>>> {
        guard(|| {
            let arrived = scan(arrived)?;
            let codes = self.0.lock().unwrap_or_else(PoisonError::into_inner).push(&arrived);
            codes.into_iter().map(|code| shown(py, code)).collect()
        })
    }

    /// Ends the line that is begun, as at the end of the stream; None where no line is begun.
    fn finish(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        guard(|| {
            let code = self.0.lock().unwrap_or_else(PoisonError::into_inner).finish();
            code.map(|code| shown(py, code)).transpose()
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| Ok(format!("{:?}", self.0.lock().unwrap_or_else(PoisonError::into_inner))))
    }
}

/// Routes by one configuration. A route is made once and then shared, since a router knows only a few.
#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Router {
    router: routing::Router,
    /// Makes the Python object: target, wallet, rule, alternatives.
    make: Py<PyAny>,
    made: Mutex<Vec<Made>>,
}

struct Made {
    target: Target,
    rule: RoutingRule,
    wallet: Option<String>,
    route: Py<PyAny>,
}

#[pymethods]
impl Router {
    #[new]
    fn new(config: Text, make: Py<PyAny>) -> PyResult<Self> {
        guard(|| {
            let router = routing::Router::from_json(&config).or_raise()?;
            Ok(Router { router, make, made: Mutex::default() })
        })
    }

    fn route(&self, code: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        guard(|| match self.find(code)? {
            Ok(route) => self.object(code.py(), &route),
            Err(error) => Err(raise(&error)),
        })
    }

    fn route_many(&self, py: Python<'_>, codes: &Bound<'_, PyAny>) -> PyResult<Vec<Py<PyAny>>> {
        guard(|| {
            let mut routes = Vec::with_capacity(codes.len().unwrap_or(0));
            for code in codes.try_iter()? {
                routes.push(match self.find(&code?)? {
                    Ok(route) => self.object(py, &route)?,
                    Err(error) => raise(&error).into_value(py).into_any(),
                });
            }
            Ok(routes)
        })
    }
}

impl Router {
    fn find(&self, code: &Bound<'_, PyAny>) -> PyResult<alipay_instore::Result<Route<'_>>> {
        if let Ok(text) = code.cast::<PyString>() {
            return Ok(self.router.route(&text.to_string_lossy()));
        }
        if let Ok(code) = code.cast::<PaymentCode>() {
            return Ok(self.router.route_code(&code.get().0));
        }
        let found = type_name(&code.get_type());
        Err(PyTypeError::new_err(format!("a payment code must be PaymentCode or str, not {found}")))
    }

    fn object(&self, py: Python<'_>, route: &Route<'_>) -> PyResult<Py<PyAny>> {
        {
            let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            let known = made.iter().find(|made| {
                made.target == route.target
                    && made.rule == route.rule
                    && made.wallet.as_deref() == route.wallet
            });
            if let Some(known) = known {
                return Ok(known.route.clone_ref(py));
            }
        }
        // Not under the lock: this runs Python code.
        let alternatives = route.alternatives.to_vec();
        let arguments = (route.target.as_str(), route.wallet, route.rule.as_str(), alternatives);
        let object = self.make.call1(py, arguments)?;
        self.made.lock().unwrap_or_else(PoisonError::into_inner).push(Made {
            target: route.target,
            rule: route.rule,
            wallet: route.wallet.map(str::to_owned),
            route: object.clone_ref(py),
        });
        Ok(object)
    }
}
