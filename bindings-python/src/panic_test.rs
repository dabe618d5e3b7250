//! Makes any export panic, for the tests. Compiled with the feature `panic-test` alone, which no shipped wheel has.

use std::sync::atomic::{AtomicU8, Ordering};

use pyo3::prelude::*;

static ARMED: AtomicU8 = AtomicU8::new(0);

/// 1: the next export panics. 2: the next poll of a call of a client panics. 0: neither.
#[pyfunction]
pub(crate) fn _arm_panic(kind: u8) {
    ARMED.store(kind, Ordering::SeqCst);
}

#[allow(clippy::panic, reason = "it is what this is for")]
fn panic_if(kind: u8) {
    if ARMED.compare_exchange(kind, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
        std::panic::panic_any("armed by a test");
    }
}

pub(crate) fn panic_if_armed() {
    panic_if(1);
}

pub(crate) fn panic_in_future_if_armed() {
    panic_if(2);
}
