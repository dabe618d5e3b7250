//! Clocks for tests, given to a client in the place of the machine's own.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::client::{
    Clock, FastClock as CoreFastClock, ManualClock as CoreManualClock, SystemClock,
};
use pyo3::prelude::*;

use crate::error::guard;

/// Runs faster than real time by the factor `speed`, from `origin` (milliseconds since the epoch) on.
#[pyclass(module = "alipay_instore.testing", frozen)]
pub(crate) struct FastClock(CoreFastClock);

/// Stands still until it is advanced.
#[pyclass(module = "alipay_instore.testing", frozen)]
pub(crate) struct ManualClock(CoreManualClock);

#[pymethods]
impl FastClock {
    #[new]
    fn new(origin: i64, speed: u32) -> PyResult<Self> {
        guard(|| Ok(FastClock(CoreFastClock::new(Timestamp::from_millis(origin), speed))))
    }

    /// Milliseconds since the epoch.
    fn now(&self) -> PyResult<i64> {
        guard(|| Ok(self.0.now().as_millis()))
    }
}

#[pymethods]
impl ManualClock {
    #[new]
    fn new(now: i64) -> PyResult<Self> {
        guard(|| Ok(ManualClock(CoreManualClock::new(Timestamp::from_millis(now)))))
    }

    /// Milliseconds since the epoch.
    fn now(&self) -> PyResult<i64> {
        guard(|| Ok(self.0.now().as_millis()))
    }

    /// Moves the clock forward by a number of milliseconds.
    fn advance(&self, milliseconds: u64) -> PyResult<()> {
        guard(|| {
            self.0.advance(Duration::from_millis(milliseconds));
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
    Ok(Arc::new(clock.cast::<ManualClock>()?.get().0.clone()))
}
