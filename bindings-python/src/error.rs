//! The core's errors as Python exceptions, and the one place where a panic is caught.
//!
//! The classes are written in Python (`alipay_instore._errors`): below Python 3.12 a class of the stable ABI can't
//! extend an exception.

use std::panic::{AssertUnwindSafe, catch_unwind};

use alipay_instore::error::{Category, Error, ErrorCode};
use alipay_instore::payment_code::ScannedAs;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// Runs what an export does. A panic ends here, as `InternalError`; it never reaches the interpreter, where it would
/// be no `Exception`.
pub(crate) fn guard<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    match catch_unwind(AssertUnwindSafe(|| {
        #[cfg(feature = "panic-test")]
        crate::panic_test::panic_if_armed();
        work()
    })) {
        Ok(result) => result,
        // What a panic says may quote an argument, which may be a secret: it stays on standard error.
        Err(_) => Err(raise(&panicked())),
    }
}

/// The error that stands for a panic.
pub(crate) fn panicked() -> Error {
    Error::new(ErrorCode::InternalPanic, "the library panicked; standard error says where")
}

/// The exception for an error of the core.
pub(crate) fn raise(error: &Error) -> PyErr {
    made(error, false)
}

/// The exception for the error of a call about a payment. A call that was cut short on this side, or made on a closed
/// client, does not know whether money has moved.
pub(crate) fn raise_of_call(error: &Error) -> PyErr {
    made(error, matches!(error.code(), ErrorCode::InternalPanic | ErrorCode::ClientClosed))
}

fn made(error: &Error, unsure: bool) -> PyErr {
    // Without an interpreter nobody is left to raise anything to.
    Python::try_attach(|py| {
        let http = error.http();
        let arguments = (
            error.code().as_str(),
            error.reason(),
            error.hint(),
            error.retryable(),
            error.path(),
            error.scanned_as().map(ScannedAs::as_str),
            http.map(|http| http.status),
            http.and_then(|http| http.content_type.as_deref()),
            error.may_have_charged() || unsure,
            error.may_have_refunded() || unsure,
            error.payment_request_id(),
        );
        match make(py).and_then(|make| make.call1(arguments)) {
            Ok(exception) => PyErr::from_value(exception),
            Err(error) => error,
        }
    })
    .unwrap_or_else(|| PyRuntimeError::new_err("the interpreter is shutting down"))
}

fn make(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let make = MAKE.get_or_try_init(py, || {
        Ok::<_, PyErr>(py.import("alipay_instore._errors")?.getattr("make")?.unbind())
    })?;
    Ok(make.bind(py).clone())
}

/// The exception for an argument that is not of this kind; like that of a text without UTF-8, it gets its name from what
/// `PyO3` notes.
pub(crate) fn wrong_type(value: &Bound<'_, PyAny>, wanted: &str) -> PyErr {
    let found = type_name(&value.get_type());
    let made = value
        .py()
        .import("alipay_instore._errors")
        .and_then(|errors| errors.getattr("wrong_type")?.call1((wanted, found)));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// Lets `?` turn a result of the core into one of Python.
pub(crate) trait OrRaise<T> {
    fn or_raise(self) -> PyResult<T>;
}

impl<T> OrRaise<T> for Result<T, Error> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(|error| raise(&error))
    }
}

/// What a store of the host's raised, for the core. An `AlipayError` of the store's family keeps its code; of any
/// other exception only the class is named, since its text may hold the record.
pub(crate) fn from_store(py: Python<'_>, error: &PyErr) -> Error {
    let value = error.value(py);
    let text = |name: &str| value.getattr(name).and_then(|text| text.extract::<String>()).ok();
    let code = text("code").and_then(|code| find(&code));
    if let Some(code) = code.filter(|code| code.category() == Category::Store) {
        return Error::new(code, text("reason").unwrap_or_default());
    }
    let class = type_name(&error.get_type(py));
    Error::new(ErrorCode::StoreFailed, format!("the store raised {class}"))
}

fn find(code: &str) -> Option<ErrorCode> {
    ErrorCode::ALL.iter().copied().find(|known| known.as_str() == code)
}

/// The name of a class, for a message; never a value, which may be a secret.
pub(crate) fn type_name(class: &Bound<'_, PyType>) -> String {
    class.name().map_or_else(|_| "object".to_owned(), |name| name.to_string())
}
