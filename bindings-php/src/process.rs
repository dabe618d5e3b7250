//! What belongs to one process: the runtime with its threads, and everything that has sockets or locks in it.
//!
//! PHP-FPM forks its children after the extension was loaded and before it was used, and a script may fork at any time. A
//! child has neither the threads nor a right to the sockets of its parent, so such values carry the id of their process, and
//! in another one a new value is made. The old one is left alone: to drop it would wait for threads that are not there.

use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::signature;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::client;
use crate::error::panicked;

/// How long the end of the process waits for tasks to stop.
const PATIENCE: Duration = Duration::from_secs(3);

/// Enough for I/O and RSA of one process of PHP.
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

/// Locks, also after a panic: what is guarded is changed in one step.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The way in, and the runtime itself until the process ends.
struct Threads {
    handle: Handle,
    runtime: Mutex<Option<Runtime>>,
}

static THREADS: PerProcess<Threads> = PerProcess::new();
/// The process that has ended; no process has the id 0.
static ENDED: AtomicU32 = AtomicU32::new(0);

/// PHP's signals, such as that of `max_execution_time`, are for the thread that runs PHP: its handlers touch the interpreter.
fn leave_signals_to_php() {
    // SAFETY: a set of signals is plain memory that `sigfillset` fills, and only the mask of this thread changes.
    unsafe {
        let mut all = std::mem::zeroed::<libc::sigset_t>();
        libc::sigfillset(&raw mut all);
        libc::pthread_sigmask(libc::SIG_BLOCK, &raw const all, std::ptr::null_mut());
    }
}

/// The runtime of this process.
pub(crate) fn runtime() -> Result<Handle> {
    if ENDED.load(Ordering::Acquire) == std::process::id() {
        return Err(Error::new(ErrorCode::ClientClosed, "PHP is shutting down"));
    }
    let threads = THREADS.get_or_try_init(|| {
        let runtime = Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .thread_name("alipay-instore")
            .on_thread_start(leave_signals_to_php)
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

/// Runs something on the runtime and waits for its end. What it began goes on there.
pub(crate) fn wait<T: Send + 'static>(future: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
    let (sender, receiver) = std::sync::mpsc::sync_channel(1);
    runtime()?.spawn(async move {
        #[cfg(feature = "panic-test")]
        crate::panic_test::panic_in_call_if_armed();
        // The receiver waits below until there is an answer.
        let _ = sender.send(future.await);
    });
    // Nothing is sent if the task panicked.
    receiver.recv().unwrap_or_else(|_| Err(panicked()))
}

/// Gives back what this process drives and waits for the threads, before PHP goes away under them.
pub(crate) fn shut_down() {
    if THREADS.get().is_some() {
        client::close_all();
    }
    ENDED.store(std::process::id(), Ordering::Release);
    let Some(threads) = THREADS.get() else { return };
    let runtime = locked(&threads.runtime).take();
    if let Some(runtime) = runtime {
        runtime.shutdown_timeout(PATIENCE);
    }
}

extern "C" fn before_fork() {
    signature::before_fork();
}

extern "C" fn after_fork() {
    signature::after_fork();
}

/// A child must not inherit a signature under way.
pub(crate) fn watch_forks() {
    // SAFETY: the handlers are functions of this extension, which stays in memory until the process ends. They only take and
    // give back a lock.
    let registered = unsafe { libc::pthread_atfork(Some(before_fork), Some(after_fork), Some(after_fork)) };
    // It fails only without memory; then only a fork in the middle of a signature is at risk.
    debug_assert_eq!(registered, 0);
}
