//! Calls that have ended, told to the event loop that waits for them.
//!
//! To wake a loop, a thread of the runtime has to wait for the interpreter, which takes longer than most of a payment. So it does
//! that only for the first call: the others that end until the loop looks are told with it.

use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;

use crate::error::guard;

/// Where a call says that it has ended, and what is then called on the loop.
pub(crate) type Done = (Py<Endings>, Py<PyAny>);

/// The calls of one event loop that have ended since it looked last.
#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Endings {
    /// `loop.call_soon_threadsafe`.
    wake: Py<PyAny>,
    ended: Mutex<Vec<Py<PyAny>>>,
}

impl Endings {
    fn take(&self) -> Vec<Py<PyAny>> {
        std::mem::take(&mut self.ended.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Has `done` called on the loop.
pub(crate) fn tell((endings, done): Done) {
    let of_loop = endings.get();
    let is_first = {
        let mut ended = of_loop.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.push(done);
        ended.len() == 1
    };
    if is_first {
        Python::try_attach(|py| {
            let woken = endings.getattr(py, "call").and_then(|call| of_loop.wake.call1(py, (call,)));
            if woken.is_err() {
                // An event loop that was closed can't be told any more, and nobody waits on it.
                drop(of_loop.take());
            }
        });
    }
}

#[pymethods]
impl Endings {
    #[new]
    fn new(wake: Py<PyAny>) -> PyResult<Self> {
        guard(|| Ok(Endings { wake, ended: Mutex::default() }))
    }

    /// Calls what belongs to the calls that have ended. On the loop.
    fn call(&self, py: Python<'_>) -> PyResult<()> {
        guard(|| {
            for done in self.take() {
                if let Err(error) = done.call0(py) {
                    error.write_unraisable(py, Some(done.bind(py)));
                }
            }
            Ok(())
        })
    }
}
