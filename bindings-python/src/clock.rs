//! Clocks for tests, given to a client in the place of the machine's own.

use std::sync::Arc;

use alipay_instore::client::clock::BoxFuture;
use alipay_instore::client::{Clock, FastClock as CoreFastClock, SystemClock};
use pyo3::prelude::*;
use tokio::sync::watch;

use crate::error::guard;

/// Runs faster than real time by the factor `speed`, from `origin` (milliseconds since the epoch) on.
#[pyclass(module = "alipay_instore.testing", frozen)]
pub(crate) struct FastClock(CoreFastClock);

/// Stands still until it is advanced.
#[pyclass(module = "alipay_instore.testing", frozen)]
pub(crate) struct ManualClock(Arc<Manual>);

struct Manual(watch::Sender<i64>);

impl Clock for Manual {
    fn now(&self) -> i64 {
        *self.0.borrow()
    }

    fn sleep(&self, milliseconds: i64) -> BoxFuture<'_, ()> {
        let until = self.now().saturating_add(milliseconds.max(0));
        let mut time = self.0.subscribe();
        Box::pin(async move {
            // The sender is `self`, which outlives the future.
            let _ = time.wait_for(|now| *now >= until).await;
        })
    }
}

#[pymethods]
impl FastClock {
    #[new]
    fn new(origin: i64, speed: u32) -> PyResult<Self> {
        guard(|| Ok(FastClock(CoreFastClock::new(origin, speed))))
    }

    /// Milliseconds since the epoch.
    fn now(&self) -> PyResult<i64> {
        guard(|| Ok(self.0.now()))
    }
}

#[pymethods]
impl ManualClock {
    #[new]
    fn new(now: i64) -> PyResult<Self> {
        guard(|| Ok(ManualClock(Arc::new(Manual(watch::Sender::new(now))))))
    }

    /// Milliseconds since the epoch.
    fn now(&self) -> PyResult<i64> {
        guard(|| Ok(self.0.now()))
    }

    /// Moves the clock forward by a number of milliseconds.
    fn advance(&self, milliseconds: i64) -> PyResult<()> {
        guard(|| {
            self.0.0.send_modify(|now| *now = now.saturating_add(milliseconds.max(0)));
            Ok(())
        })
    }
}

/// The clock that was passed; the machine's own if none was.
pub(crate) fn of(clock: Option<&Bound<'_, PyAny>>) -> PyResult<Arc<dyn Clock>> {
    let Some(clock) = clock else { return Ok(Arc::new(SystemClock)) };
    if let Ok(fast) = clock.cast::<FastClock>() {
        return Ok(Arc::new(fast.get().0));
    }
    Ok(Arc::clone(&clock.cast::<ManualClock>()?.get().0) as Arc<dyn Clock>)
}
