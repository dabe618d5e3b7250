//! Stores: the core's own, and one that a host wrote in Kotlin or Java.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use alipay_instore::payment::Secret;
use alipay_instore::store::host::{self, Host, HostFailure, HostStore};
use alipay_instore::store::{self, FileStore, MemoryStore};
use alipay_instore::{Error, ErrorCode};

use crate::failure::{Result, to_json};

/// A store that clients share.
#[derive(uniffi::Object)]
pub struct Store(pub(crate) Arc<dyn store::Store>);

/// How an operation ended.
#[derive(Default, uniffi::Record)]
pub struct StoreReply {
    /// The answer as JSON.
    pub answer: Option<String>,
    /// `conflict`, `not_written`, or anything else where something may be written.
    pub failure: Option<String>,
    /// The record that a conflict found, as JSON.
    pub found: Option<String>,
    /// Why a host's store failed.
    pub reason: Option<String>,
    /// The error of a store of the core, as JSON.
    pub error: Option<String>,
}

/// Does what a store is asked, in Kotlin. It returns at once, and answers when it is done.
#[uniffi::export(with_foreign)]
pub trait OwnStore: Send + Sync {
    /// Begins an operation; the arguments are JSON.
    fn begin(&self, pending: Arc<PendingOperation>, operation: String, arguments: String);
}

#[uniffi::export]
impl Store {
    /// Keeps records in memory.
    #[uniffi::constructor]
    pub fn memory() -> Self {
        Store(Arc::new(MemoryStore::new()))
    }

    /// Keeps records in a folder.
    #[uniffi::constructor]
    pub fn file(folder: String) -> Result<Self> {
        Ok(Store(Arc::new(FileStore::open(folder)?)))
    }

    /// A store of the host's.
    #[uniffi::constructor]
    pub fn of_host(own: Arc<dyn OwnStore>) -> Self {
        Store(Arc::new(HostStore::new(InKotlin(own))))
    }

    /// Does an operation with this store; arguments and answer are JSON.
    pub async fn perform(&self, operation: String, arguments: String) -> StoreReply {
        host::perform(&*self.0, &operation, &Secret::new(arguments)).await.into()
    }
}

impl From<std::result::Result<Secret, HostFailure>> for StoreReply {
    fn from(performed: std::result::Result<Secret, HostFailure>) -> Self {
        let nothing = StoreReply::default();
        let failed = |failure: &str, error: &Error| StoreReply {
            failure: Some(failure.to_owned()),
            error: Some(to_json(error).to_string()),
            ..StoreReply::default()
        };
        match performed {
            Ok(answer) => StoreReply { answer: Some(answer.expose().to_owned()), ..nothing },
            Err(HostFailure::Conflict(found)) => {
                let found = found.map(|found| found.expose().to_owned());
                StoreReply { failure: Some("conflict".to_owned()), found, ..nothing }
            }
            Err(HostFailure::NotWritten(error)) => failed("not_written", &error),
            Err(HostFailure::MaybeWritten(error)) => failed("maybe_written", &error),
        }
    }
}

struct InKotlin(Arc<dyn OwnStore>);

impl Host for InKotlin {
    async fn call(
        &self,
        operation: &'static str,
        arguments: Secret,
    ) -> std::result::Result<Secret, HostFailure> {
        let reply = Arc::new(Reply::default());
        let pending = Arc::new(PendingOperation(Arc::clone(&reply)));
        self.0.begin(pending, operation.to_owned(), arguments.expose().to_owned());
        let reply = Answered(reply).await;
        let failed = || {
            let reason = reply.reason.unwrap_or_else(|| "the store failed".to_owned());
            Error::new(ErrorCode::StoreFailed, reason)
        };
        match reply.failure.as_deref() {
            None => Ok(Secret::new(reply.answer.unwrap_or_default())),
            Some("conflict") => Err(HostFailure::Conflict(reply.found.map(Secret::new))),
            Some("not_written") => Err(HostFailure::NotWritten(failed())),
            Some(_) => Err(HostFailure::MaybeWritten(failed())),
        }
    }
}

/// An operation that Kotlin does.
#[derive(uniffi::Object)]
pub struct PendingOperation(Arc<Reply>);

#[uniffi::export]
impl PendingOperation {
    /// It is over.
    pub fn answer(&self, reply: StoreReply) {
        self.0.put(reply);
    }
}

/// Nobody will answer any more.
impl Drop for PendingOperation {
    fn drop(&mut self) {
        let reason = Some("the store gave no answer".to_owned());
        self.0.put(StoreReply { failure: Some("maybe_written".to_owned()), reason, ..StoreReply::default() });
    }
}

#[derive(Default)]
struct Reply(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    reply: Option<StoreReply>,
    answered: bool,
    waker: Option<Waker>,
}

impl Reply {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first answer counts.
    fn put(&self, reply: StoreReply) {
        let mut waiting = self.waiting();
        if waiting.answered {
            return;
        }
        (waiting.answered, waiting.reply) = (true, Some(reply));
        let waker = waiting.waker.take();
        drop(waiting);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

struct Answered(Arc<Reply>);

impl Future for Answered {
    type Output = StoreReply;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<StoreReply> {
        let mut waiting = self.0.waiting();
        match waiting.reply.take() {
            Some(reply) => Poll::Ready(reply),
            None => {
                waiting.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
