//! A call of a client that is under way: a task of the runtime, waited for by a thread or by an event loop. Who ends the
//! task ends the waiting; the payment goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use alipay_instore::error::{Error, ErrorCode, Result};
use pyo3::prelude::*;
use tokio::task::AbortHandle;

use crate::endings::{Done, tell};
use crate::error::{OrRaise as _, guard, panicked, raise, raise_of_call};
use crate::host::Failures;
use crate::process::{Waiting, runtime, shut_down};

/// How often a waiting thread looks for Ctrl-C.
const SIGNALS: Duration = Duration::from_millis(50);
/// How long a stopped task may take to let go.
const LETTING_GO: Duration = Duration::from_secs(5);

/// Results as JSON text; Python makes its objects of it.
pub(crate) type Answer = Result<String>;

/// A call that is under way.
#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Task {
    ending: Arc<Ending>,
    abort: Option<AbortHandle>,
    failures: Failures,
    /// The payment it is about; a failure of the store is known by its record.
    about: String,
}

struct Ending {
    answer: Mutex<Option<Answer>>,
    changed: Condvar,
    /// Told at the end.
    done: Mutex<Option<Done>>,
}

impl Ending {
    fn set(&self, answer: Answer) {
        {
            let mut place = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
            if place.is_some() {
                return;
            }
            *place = Some(answer);
        }
        self.changed.notify_all();
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(done) = done {
            tell(done);
        }
    }

    /// Waits for so long at most; whether there is an answer.
    fn wait(&self, time: Duration) -> bool {
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(answer, time, |answer| answer.is_none());
        waited.map_or_else(|error| error.into_inner().0.is_some(), |(answer, _)| answer.is_some())
    }
}

/// Says at the end of a task that it has ended, also if it was stopped.
struct Finish(Arc<Ending>);

impl Drop for Finish {
    fn drop(&mut self) {
        self.0.set(Err(Error::new(
            ErrorCode::ClientClosed,
            "nobody waits for the call any more; the payment goes on",
        )));
    }
}

/// Runs a future to its end, a panic included.
async fn caught(future: impl Future<Output = Answer>) -> Answer {
    let mut future = pin!(future);
    std::future::poll_fn(move |context| {
        let poll = catch_unwind(AssertUnwindSafe(|| {
            #[cfg(feature = "panic-test")]
            crate::panic_test::panic_in_future_if_armed();
            future.as_mut().poll(context)
        }));
        poll.unwrap_or_else(|_| Poll::Ready(Err(panicked())))
    })
    .await
}

/// Starts a call; `done` is told once it has ended.
pub(crate) fn spawn(
    future: impl Future<Output = Answer> + Send + 'static,
    done: Option<Done>,
    failures: Failures,
    about: String,
) -> PyResult<Task> {
    let ending =
        Arc::new(Ending { answer: Mutex::default(), changed: Condvar::new(), done: Mutex::new(done) });
    let finish = Finish(Arc::clone(&ending));
    let task = runtime().or_raise()?.spawn(async move {
        // Dropped last, when the payment has let go of everything.
        let finish = finish;
        let answer = caught(future).await;
        finish.0.set(answer);
    });
    Ok(Task { ending, abort: Some(task.abort_handle()), failures, about })
}

/// A call that has nothing to do.
pub(crate) fn ended(done: Option<Done>) -> PyResult<Task> {
    let ending =
        Arc::new(Ending { answer: Mutex::default(), changed: Condvar::new(), done: Mutex::new(done) });
    ending.set(Ok("null".to_owned()));
    Ok(Task { ending, abort: None, failures: Failures::default(), about: String::new() })
}

/// Runs something short on the runtime, with the interpreter released.
pub(crate) fn block_on<T: Send + 'static>(
    py: Python<'_>,
    future: impl Future<Output = Result<T>> + Send + 'static,
) -> PyResult<T> {
    finish(py, future).or_raise()
}

/// The same for Rust.
pub(crate) fn finish<T: Send + 'static>(
    py: Python<'_>,
    future: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let runtime = runtime()?;
    let waiting = Waiting::new();
    let result = py.detach(|| {
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        runtime.spawn(async move {
            // The receiver is gone if the runtime ended first.
            let _ = sender.send(future.await);
        });
        receiver.recv()
    });
    drop(waiting);
    result.unwrap_or_else(|_| Err(Error::new(ErrorCode::ClientClosed, "the interpreter is shutting down")))
}

#[pymethods]
impl Task {
    /// Waits for the end with the interpreter released, and gives the answer. Ctrl-C ends the waiting and raises.
    fn wait(&self, py: Python<'_>) -> PyResult<String> {
        guard(|| {
            loop {
                let waiting = Waiting::new();
                let ended = py.detach(|| self.ending.wait(SIGNALS));
                drop(waiting);
                if ended {
                    return self.result(py);
                }
                if let Err(interrupt) = py.check_signals() {
                    self.stop();
                    py.detach(|| self.ending.wait(LETTING_GO));
                    return Err(interrupt);
                }
            }
        })
    }

    /// Ends the waiting; what was begun goes on.
    fn abort(&self) -> PyResult<()> {
        guard(|| {
            self.stop();
            Ok(())
        })
    }

    /// Waits for a number of milliseconds at most; whether it has ended.
    fn wait_for(&self, py: Python<'_>, milliseconds: u64) -> PyResult<bool> {
        guard(|| Ok(py.detach(|| self.ending.wait(Duration::from_millis(milliseconds)))))
    }

    #[getter]
    fn done(&self) -> PyResult<bool> {
        guard(|| Ok(self.ending.wait(Duration::ZERO)))
    }

    /// The answer of a task that has ended.
    fn result(&self, py: Python<'_>) -> PyResult<String> {
        guard(|| {
            let answer = self.ending.answer.lock().unwrap_or_else(PoisonError::into_inner).clone();
            match answer {
                Some(Ok(answer)) => Ok(answer),
                Some(Err(error)) => Err(self.with_cause(py, &error)),
                None => Err(raise(&Error::new(ErrorCode::InternalPanic, "the call has not ended"))),
            }
        })
    }
}

impl Task {
    fn stop(&self) {
        if let Some(abort) = &self.abort {
            abort.abort();
        }
    }

    /// What the host's store raised goes along as the cause.
    fn with_cause(&self, py: Python<'_>, error: &Error) -> PyErr {
        let raised = raise_of_call(error);
        if error.code() == ErrorCode::StoreFailed {
            let cause = self.failures.take(error.payment_request_id().unwrap_or(&self.about));
            if let Some(cause) = cause {
                raised.set_cause(py, Some(cause));
            }
        }
        raised
    }
}

impl Drop for Task {
    /// Nobody can ask for the answer any more.
    fn drop(&mut self) {
        self.stop();
    }
}

/// Stops everything before the interpreter ends; registered with atexit.
#[pyfunction]
pub(crate) fn shutdown(py: Python<'_>) -> PyResult<()> {
    guard(|| {
        py.detach(shut_down);
        Ok(())
    })
}
