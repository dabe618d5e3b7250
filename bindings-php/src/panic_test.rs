//! Makes any export panic, for the tests. Compiled only with the feature `panic-test`, which no shipped extension has.

use std::sync::atomic::{AtomicI64, Ordering};

use ext_php_rs::prelude::*;

static ARMED: AtomicI64 = AtomicI64::new(0);

/// 1: the next export panics. 2: the next call of a client panics on the runtime. 0: neither.
#[php_function]
#[php(name = "AlipayInstore\\Native\\arm_panic")]
pub fn arm_panic(kind: i64) {
    ARMED.store(kind, Ordering::SeqCst);
}

#[allow(clippy::panic, reason = "it is what this is for")]
fn panic_if(kind: i64) {
    if ARMED.compare_exchange(kind, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
        std::panic::panic_any("armed by a test");
    }
}

pub(crate) fn panic_if_armed() {
    panic_if(1);
}

pub(crate) fn panic_in_call_if_armed() {
    panic_if(2);
}

/// Registers the functions of this file.
pub(crate) fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module.function(wrap_function!(arm_panic))
}
