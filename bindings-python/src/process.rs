//! What belongs to one process: the runtime with its threads, and the value of every object that has sockets or
//! locks in it.
//!
//! A child that was forked has neither the threads nor a right to the sockets of its parent, and a lock that some
//! thread held at that moment stays locked in it for ever. So such values carry the id of their process, and in
//! another one a new value is made. The old one is left alone: to drop it would wait for threads that are not there.

use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use alipay_instore::error::{Error, ErrorCode, Result};
use tokio::runtime::{Builder, Handle, Runtime};

/// How long the end of the interpreter waits for payments to stop where they are.
const PATIENCE: Duration = Duration::from_secs(3);

/// Enough for I/O and RSA of a till or a service; Python's own threads carry the load.
const WORKERS: usize = 2;

struct Owned<T> {
    process: u32,
    value: T,
}

/// A value for each process that asks, without a lock.
pub(crate) struct PerProcess<T>(AtomicPtr<Owned<T>>);

impl<T: Send + Sync> PerProcess<T> {
    pub(crate) const fn new() -> Self {
        PerProcess(AtomicPtr::new(std::ptr::null_mut()))
    }

    /// This process's value, if it was made.
    pub(crate) fn get(&self) -> Option<&T> {
        let owned = self.0.load(Ordering::Acquire);
        // SAFETY: the pointer is null or comes from `Box::into_raw` below, and what it points to is freed only by
        // `drop`, which has the value for itself.
        let owned = unsafe { owned.as_ref() }?;
        (owned.process == std::process::id()).then_some(&owned.value)
    }

    /// This process's value, made now if need be.
    pub(crate) fn get_or_try_init<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        if let Some(value) = self.get() {
            return Ok(value);
        }
        let seen = self.0.load(Ordering::Acquire);
        let made = Box::into_raw(Box::new(Owned { process: std::process::id(), value: make()? }));
        match self.0.compare_exchange(seen, made, Ordering::AcqRel, Ordering::Acquire) {
            // What was there belongs to the parent process and is left alone.
            // SAFETY: `made` is now owned by `self`, which `&self` outlives.
            Ok(_) => Ok(unsafe { &(*made).value }),
            Err(other) => {
                // SAFETY: nobody else has seen `made`; `other` was put there by another thread of this process.
                unsafe {
                    drop(Box::from_raw(made));
                    Ok(&(*other).value)
                }
            }
        }
    }
}

impl<T> Drop for PerProcess<T> {
    fn drop(&mut self) {
        let owned = *self.0.get_mut();
        // SAFETY: as in `get`; nobody else refers to `self` any more.
        let ours = unsafe { owned.as_ref() }.is_some_and(|inner| inner.process == std::process::id());
        if ours {
            // SAFETY: it came from `Box::into_raw`.
            drop(unsafe { Box::from_raw(owned) });
        }
    }
}

/// The way in, and the runtime itself until the interpreter ends.
struct Threads {
    handle: Handle,
    runtime: Mutex<Option<Runtime>>,
}

static THREADS: PerProcess<Threads> = PerProcess::new();
/// Threads that wait for a result with the interpreter released; the end of the interpreter waits for them.
static WAITING: AtomicUsize = AtomicUsize::new(0);
static ENDED: AtomicUsize = AtomicUsize::new(0);

/// Counts a thread that waits.
pub(crate) struct Waiting;

impl Waiting {
    pub(crate) fn new() -> Self {
        WAITING.fetch_add(1, Ordering::AcqRel);
        Waiting
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::AcqRel);
    }
}

fn ended() -> bool {
    ENDED.load(Ordering::Acquire) == usize::try_from(std::process::id()).unwrap_or(usize::MAX)
}

/// The runtime of this process.
pub(crate) fn runtime() -> Result<Handle> {
    if ended() {
        return Err(Error::new(ErrorCode::ClientClosed, "the interpreter is shutting down"));
    }
    let threads = THREADS.get_or_try_init(|| {
        let runtime = Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .thread_name("alipay-instore")
            .enable_io()
            .enable_time()
            .build()
            .map_err(|error| {
                let reason = format!("no threads could be started: {}", error.kind());
                Error::new(ErrorCode::TransportConfiguration, reason)
            })?;
        Ok::<_, Error>(Threads { handle: runtime.handle().clone(), runtime: Mutex::new(Some(runtime)) })
    })?;
    Ok(threads.handle.clone())
}

/// Runs something that wants a runtime around it and starts nothing.
pub(crate) fn without_threads<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    let runtime = Builder::new_current_thread().enable_io().enable_time().build().map_err(|error| {
        Error::new(ErrorCode::TransportConfiguration, format!("no runtime could be made: {}", error.kind()))
    })?;
    let _entered = runtime.enter();
    work()
}

/// Ends every payment where it is and waits for the threads, before the interpreter goes away under them.
pub(crate) fn shut_down() {
    ENDED.store(usize::try_from(std::process::id()).unwrap_or(usize::MAX), Ordering::Release);
    let Some(threads) = THREADS.get() else { return };
    let runtime = threads.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(runtime) = runtime {
        runtime.shutdown_timeout(PATIENCE);
    }
    // Threads whose payment was stopped still have to get back into the interpreter.
    for _ in 0..100 {
        if WAITING.load(Ordering::Acquire) == 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
