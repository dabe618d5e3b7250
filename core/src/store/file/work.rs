//! Threads that do the blocking work, so that the store needs no async runtime. What is asked for one record is done in
//! the order in which it was asked, also if nobody waits for it any more: who resumes a payment after an abort reads
//! what the abort left, not what it was still writing.

use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use crate::error::{Error, ErrorCode};
use crate::store::StoreError;

const THREADS: usize = 8;

type Job = Box<dyn FnOnce() + Send>;

/// The threads of one store. They end when it is dropped and what was asked is done.
#[derive(Debug)]
pub(super) struct Workers(Mutex<Vec<Sender<Job>>>);

impl Workers {
    pub(super) fn start() -> std::io::Result<Self> {
        let mut senders = Vec::new();
        for number in 0..THREADS {
            let (sender, receiver) = channel::<Job>();
            std::thread::Builder::new().name(format!("alipay-store-{number}")).spawn(move || {
                for job in receiver {
                    job();
                }
            })?;
            senders.push(sender);
        }
        Ok(Workers(Mutex::new(senders)))
    }

    /// Does the work, after everything that was asked for the same key.
    pub(super) fn run<T: Send + 'static>(
        &self,
        key: u64,
        work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> Doing<T> {
        let done = Arc::new(Mutex::new(Done { value: None, waker: None }));
        let teller = Teller(Arc::clone(&done));
        let job: Job = Box::new(move || teller.tell(work()));
        let senders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = u64::try_from(senders.len()).unwrap_or(1).max(1);
        let at = usize::try_from(key % count).unwrap_or(0);
        if let Some(sender) = senders.get(at) {
            // A thread that is gone drops the job, which tells so.
            let _ = sender.send(job);
        }
        Doing(done)
    }
}

struct Done<T> {
    value: Option<Result<T, StoreError>>,
    waker: Option<Waker>,
}

/// Tells how it ended, also if the work never ends because its thread panicked.
struct Teller<T>(Arc<Mutex<Done<T>>>);

impl<T> Teller<T> {
    fn tell(self, value: Result<T, StoreError>) {
        self.put(value);
    }

    fn put(&self, value: Result<T, StoreError>) {
        let mut done = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if done.value.is_none() {
            done.value = Some(value);
        }
        if let Some(waker) = done.waker.take() {
            drop(done);
            waker.wake();
        }
    }
}

impl<T> Drop for Teller<T> {
    fn drop(&mut self) {
        let error = Error::new(ErrorCode::StoreFailed, "the store's work was cut short");
        self.put(Err(StoreError::MaybeWritten(error)));
    }
}

/// Work that is being done.
pub(super) struct Doing<T>(Arc<Mutex<Done<T>>>);

impl<T> Future for Doing<T> {
    type Output = Result<T, StoreError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut done = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match done.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                done.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
