//! Stores that stop or fail at a chosen write.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use alipay_instore::client::clock::BoxFuture;
use alipay_instore::client::{PaymentStore, Stored};
use alipay_instore::{Error, ErrorCode, Result};
use tokio::sync::Notify;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// The process ends before the record is written.
    Before,
    /// The process ends once it is written.
    After,
    /// The store says that it failed.
    Fails,
}

/// Passes writes on to another store, until the chosen one.
pub(crate) struct Ends {
    inner: Arc<dyn PaymentStore>,
    left: AtomicUsize,
    at: At,
    /// Told when the chosen write has come.
    pub(crate) ended: Notify,
}

impl Ends {
    /// Lets so many writes pass.
    pub(crate) fn new(inner: Arc<dyn PaymentStore>, writes: usize, at: At) -> Arc<Self> {
        Arc::new(Ends { inner, left: AtomicUsize::new(writes), at, ended: Notify::new() })
    }
}

impl PaymentStore for Ends {
    fn put<'a>(&'a self, id: &'a str, revision: u64, snapshot: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let passes =
                self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
            if passes.is_ok() {
                return self.inner.put(id, revision, snapshot).await;
            }
            if self.at == At::After {
                self.inner.put(id, revision, snapshot).await?;
            }
            self.ended.notify_one();
            match self.at {
                At::Fails => Err(Error::new(ErrorCode::StoreFailed, "the disk is full")),
                At::Before | At::After => std::future::pending().await,
            }
        })
    }

    fn get<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<Stored>>> {
        self.inner.get(id)
    }

    fn ids(&self) -> BoxFuture<'_, Result<Vec<String>>> {
        self.inner.ids()
    }
}
