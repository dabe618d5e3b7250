//! Makes any export panic, for the tests. Compiled only with the feature `panic-test`, which no shipped wheel has.

use std::sync::Mutex;
use std::thread::ThreadId;

use pyo3::prelude::*;

/// What panics next. An export is armed for one thread: what the library does on its own threads calls exports too, and must not
/// take the panic away from the test.
enum Armed {
    Export(ThreadId),
    Future,
}

static ARMED: Mutex<Option<Armed>> = Mutex::new(None);

fn arm(next: Option<Armed>) {
    *ARMED.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = next;
}

/// 1: the next export on this thread panics. 2: the next poll of a call of a client panics. 0: neither.
#[pyfunction]
pub(crate) fn _arm_panic(kind: u8) {
    arm(match kind {
        1 => Some(Armed::Export(std::thread::current().id())),
        2 => Some(Armed::Future),
        _ => None,
    });
}

#[allow(clippy::panic, reason = "it is what this is for")]
fn panic_if(wanted: impl Fn(&Armed) -> bool) {
    let armed = {
        let mut armed = ARMED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        armed.take_if(|armed| wanted(armed))
    };
    if armed.is_some() {
        std::panic::panic_any("armed by a test");
    }
}

pub(crate) fn panic_if_armed() {
    let here = std::thread::current().id();
    panic_if(|armed| matches!(armed, Armed::Export(thread) if *thread == here));
}

pub(crate) fn panic_in_future_if_armed() {
    panic_if(|armed| matches!(armed, Armed::Future));
}
