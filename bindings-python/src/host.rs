//! A store that the host wrote in Python, asked through `alipay_instore._stores`, and the kit that tests one.
//!
//! An operation is a callable `perform(operation, arguments)` with JSON in and out. It never raises: it gives the outcome
//! of the operation as a word, the JSON of the answer, and the exception.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::payment::Secret;
use alipay_instore::store::Store;
use alipay_instore::store::host::{Host, HostFailure, HostStore};
use alipay_instore::store::kit::{Fixture, Opened, PROPERTIES};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::argument::Text;
use crate::endings::Done;
use crate::error::{from_store, guard, panicked};
use crate::task::{Task, spawn};

/// The outcome of an operation: `done`, `conflict`, `not_written` or `maybe_written`; the answer, or the row that a
/// conflict found; what the store raised.
type Performed = (String, Option<String>, Option<Py<PyAny>>);

/// A store of the host's: how an operation is performed, and how that is run if it is a coroutine,
/// `start(coroutine, reply)`.
#[derive(Clone)]
pub(crate) struct Own {
    perform: Arc<Py<PyAny>>,
    start: Option<Arc<Py<PyAny>>>,
    failures: Failures,
}

/// What the host's store raised last, by payment, so that it can be shown as the cause; the last of all under "".
#[derive(Clone, Default)]
pub(crate) struct Failures(Arc<Mutex<HashMap<String, PyErr>>>);

impl Failures {
    /// Those that nobody asks for, since their operation was tried again, are forgotten some time.
    const MOST: usize = 256;

    fn add(&self, py: Python<'_>, id: String, error: &PyErr) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= Self::MOST {
            failures.clear();
        }
        failures.insert(String::new(), error.clone_ref(py));
        failures.insert(id, error.clone_ref(py));
    }

    /// What was raised about this payment, or what was raised last.
    pub(crate) fn take(&self, id: &str) -> Option<PyErr> {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(id).or_else(|| failures.remove(""))
    }
}

/// Where the result of a coroutine comes back.
#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Reply(Mutex<Option<oneshot::Sender<PyResult<Py<PyAny>>>>>);

#[pymethods]
impl Reply {
    /// The coroutine returned this.
    fn returned(&self, value: Py<PyAny>) -> PyResult<()> {
        self.answer(|| Ok(value))
    }

    /// The coroutine raised this.
    fn raised(&self, exception: Bound<'_, PyAny>) -> PyResult<()> {
        self.answer(|| Err(PyErr::from_value(exception)))
    }
}

impl Reply {
    /// The sender ends here also in a panic: whoever waits learns at once that there is no answer, and not when Python collects
    /// this.
    fn answer(&self, result: impl FnOnce() -> PyResult<Py<PyAny>>) -> PyResult<()> {
        let sender = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        guard(move || {
            if let Some(sender) = sender {
                // Nobody waits any more when the interpreter ends.
                let _ = sender.send(result());
            }
            Ok(())
        })
    }
}

/// The interpreter, or the event loop of the store, is not there any more.
fn gone() -> HostFailure {
    let reason = "the interpreter or its event loop ended before the store returned";
    HostFailure::MaybeWritten(Error::new(ErrorCode::StoreFailed, reason))
}

/// How a call into Python went.
enum Called {
    Value(Py<PyAny>),
    /// The coroutine runs; its value comes to the receiver.
    Started,
    /// The coroutine could not be started.
    NotStarted(PyErr),
    /// It raised.
    Raised(PyErr),
}

impl Own {
    pub(crate) fn new(perform: Py<PyAny>, start: Option<Py<PyAny>>) -> Self {
        Own { perform: Arc::new(perform), start: start.map(Arc::new), failures: Failures::default() }
    }

    pub(crate) fn failures(&self) -> Failures {
        self.failures.clone()
    }

    /// The error for what the store raised, which is kept as the cause.
    fn failed(&self, py: Python<'_>, arguments: &Secret, error: &PyErr) -> Error {
        self.failures.add(py, id_of(arguments), error);
        from_store(py, error)
    }

    fn read(&self, py: Python<'_>, arguments: &Secret, value: &Py<PyAny>) -> Result<Secret, HostFailure> {
        let (what, text, raised): Performed = value
            .extract(py)
            .map_err(|error| HostFailure::MaybeWritten(self.failed(py, arguments, &error)))?;
        let error = || match raised {
            Some(raised) => self.failed(py, arguments, &PyErr::from_value(raised.into_bound(py))),
            None => Error::new(ErrorCode::StoreFailed, "the store failed"),
        };
        match what.as_str() {
            "done" => Ok(Secret::new(text.unwrap_or_else(|| "null".to_owned()))),
            "conflict" => Err(HostFailure::Conflict(text.map(Secret::new))),
            "not_written" => Err(HostFailure::NotWritten(error())),
            _ => Err(HostFailure::MaybeWritten(error())),
        }
    }
}

/// The payment that an operation is about; empty where it is about no particular one.
fn id_of(arguments: &Secret) -> String {
    let arguments: Value = serde_json::from_str(arguments.expose()).unwrap_or_default();
    let id = arguments.pointer("/row/id").or_else(|| arguments.get("id"));
    id.and_then(Value::as_str).unwrap_or_default().to_owned()
}

impl Host for Own {
    async fn call(&self, operation: &'static str, arguments: Secret) -> Result<Secret, HostFailure> {
        let (perform, start, given) = (Arc::clone(&self.perform), self.start.clone(), arguments.clone());
        let (sender, receiver) = oneshot::channel();
        // Python code may take its time, so it does not run on a worker of the runtime.
        let called = tokio::task::spawn_blocking(move || {
            Python::try_attach(|py| match (perform.call1(py, (operation, given.expose())), start) {
                (Err(error), _) => Called::Raised(error),
                (Ok(value), None) => Called::Value(value),
                (Ok(coroutine), Some(start)) => {
                    match start.call1(py, (coroutine, Reply(Mutex::new(Some(sender))))) {
                        Ok(_) => Called::Started,
                        Err(error) => Called::NotStarted(error),
                    }
                }
            })
        });
        let called = match called.await {
            Ok(Some(called)) => called,
            Err(error) if error.is_panic() => return Err(HostFailure::MaybeWritten(panicked())),
            Ok(None) | Err(_) => return Err(gone()),
        };
        let called = match called {
            Called::Started => match receiver.await {
                Ok(Ok(value)) => Called::Value(value),
                Ok(Err(error)) => Called::Raised(error),
                Err(_) => return Err(gone()),
            },
            other => other,
        };
        let read = Python::try_attach(|py| match called {
            Called::Value(value) => self.read(py, &arguments, &value),
            Called::NotStarted(error) => Err(HostFailure::NotWritten(self.failed(py, &arguments, &error))),
            Called::Raised(error) => Err(HostFailure::MaybeWritten(self.failed(py, &arguments, &error))),
            Called::Started => Err(gone()),
        });
        read.unwrap_or_else(|| Err(gone()))
    }
}

/// A place in which the host's store is opened: `open()` gives how an operation is performed.
struct Place {
    open: Arc<Py<PyAny>>,
    start: Option<Arc<Py<PyAny>>>,
}

impl Fixture for Place {
    fn open(&self) -> Opened<'_> {
        let open = Arc::clone(&self.open);
        Box::pin(async move {
            let opened = tokio::task::spawn_blocking(move || {
                Python::try_attach(|py| {
                    open.call0(py).map_err(|error| from_store(py, &error).reason().to_owned())
                })
            });
            let perform = match opened.await {
                Ok(Some(perform)) => perform?,
                Ok(None) | Err(_) => return Err("the interpreter ended".to_owned()),
            };
            let own =
                Own { perform: Arc::new(perform), start: self.start.clone(), failures: Failures::default() };
            Ok(Arc::new(HostStore::new(own)) as Arc<dyn Store>)
        })
    }
}

/// The names of the properties that a store has to have.
#[pyfunction]
pub(crate) fn store_properties() -> PyResult<Vec<&'static str>> {
    guard(|| Ok(PROPERTIES.iter().map(|property| property.name).collect()))
}

/// Checks one property of the store that `open` opens; the answer is JSON: what the store did wrong, or `null`.
#[pyfunction]
pub(crate) fn check_store(
    property: Text,
    open: Py<PyAny>,
    start: Option<Py<PyAny>>,
    done: Option<Done>,
) -> PyResult<Task> {
    guard(|| {
        let known = PROPERTIES.iter().find(|known| known.name == &*property);
        let property =
            *known.ok_or_else(|| PyValueError::new_err(format!("no property is called {}", &*property)))?;
        let place = Place { open: Arc::new(open), start: start.map(Arc::new) };
        let check = async move {
            let found = property.check(&place).await.err().map(|broken| broken.to_string());
            Ok(Value::from(found).to_string())
        };
        spawn(check, done, Failures::default(), String::new())
    })
}
