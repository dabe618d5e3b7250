//! Makes the next export panic. Built only for a test: no shipped library has this module.
#![allow(clippy::panic, reason = "this is what the module is for")]

use std::sync::atomic::{AtomicBool, Ordering};

use napi_derive::napi;

static ARMED: AtomicBool = AtomicBool::new(false);

/// The next export panics.
#[napi]
pub fn arm_panic() {
    ARMED.store(true, Ordering::SeqCst);
}

pub(crate) fn panic_if_armed() {
    assert!(!ARMED.swap(false, Ordering::SeqCst), "a panic that was armed");
}
