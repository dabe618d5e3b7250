//! A sign of life at a terminal while a command waits: how long it has been waiting. It stands in a line of its own, which
//! is taken away before anything else is written. Where standard error is no terminal there is none.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// Whether the line is there now. Whoever writes holds the lock, so that no text is written into the line.
static SHOWN: Mutex<bool> = Mutex::new(false);

/// Waits for the work, and shows that.
pub(crate) async fn while_waiting<F: Future>(work: F) -> F::Output {
    if !std::io::stderr().is_terminal() {
        return work.await;
    }
    tokio::pin!(work);
    let mut seconds: u64 = 0;
    let result = loop {
        tokio::select! {
            result = &mut work => break result,
            () = tokio::time::sleep(Duration::from_secs(1)) => {
                seconds = seconds.saturating_add(1);
                show(seconds);
            }
        }
    };
    undisturbed(|| ());
    result
}

fn show(seconds: u64) {
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    // A closed standard error must not end a payment.
    let _ = write!(std::io::stderr().lock(), "\r\x1b[K  … {seconds} s");
    *shown = true;
}

/// Writes something where the line is not in the way.
pub(crate) fn undisturbed<T>(write: impl FnOnce() -> T) -> T {
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if std::mem::take(&mut *shown) {
        let _ = write!(std::io::stderr().lock(), "\r\x1b[K");
    }
    write()
}
