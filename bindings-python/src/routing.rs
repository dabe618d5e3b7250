//! Payment codes and their routes.

use std::sync::{Mutex, PoisonError};

use alipay_instore::payment_code;
use alipay_instore::routing::{self, Route, Rule, Target};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

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
    fn new(text: &Bound<'_, PyString>) -> PyResult<Self> {
        // What a scanner sends that is no UTF-8 is no code; Python's own error would carry the text along.
        guard(|| payment_code::PaymentCode::new(&text.to_string_lossy()).or_raise().map(PaymentCode))
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
    rule: Rule,
    wallet: Option<String>,
    route: Py<PyAny>,
}

#[pymethods]
impl Router {
    #[new]
    fn new(config: &str, make: Py<PyAny>) -> PyResult<Self> {
        guard(|| {
            let router = routing::Router::from_json(config).or_raise()?;
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
