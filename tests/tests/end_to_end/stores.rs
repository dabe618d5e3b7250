//! Stores that stop or fail at a chosen write.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::store::{Answer, Entry, Heartbeats, Page, Query, Store, StoreError, Stored};
use alipay_instore::{Error, ErrorCode};
use tokio::sync::Notify;

/// What happens at the chosen write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// The process ends before the record is written.
    Before,
    /// The process ends once it is written.
    After,
    /// The store says that it failed, at this write and all that follow.
    Fails,
    /// The store says that it failed, and it has written: at this write and all that follow.
    FailsWritten,
    /// The store does not answer, at this write and all that follow.
    Hangs,
}

/// One process's way to a store: passes everything on, until the chosen write.
pub(crate) struct Ends {
    inner: Arc<dyn Store>,
    left: AtomicUsize,
    at: At,
    /// After the end nothing of the process reaches the store any more, no farewell either.
    killed: bool,
    gone: AtomicBool,
    /// How often a record was read.
    pub(crate) loads: AtomicUsize,
    /// So long each beat takes.
    beat_takes: Duration,
    /// Told when the chosen write has come.
    pub(crate) ended: Notify,
}

impl Ends {
    /// Lets so many writes pass.
    pub(crate) fn new(inner: Arc<dyn Store>, writes: usize, at: At) -> Arc<Self> {
        Arc::new(Self::with(inner, writes, at, false))
    }

    /// The same for a process that is killed: others have to find out that it is dead.
    pub(crate) fn killed(inner: Arc<dyn Store>, writes: usize, at: At) -> Arc<Self> {
        Arc::new(Self::with(inner, writes, at, true))
    }

    /// One that never fails.
    pub(crate) fn never(inner: Arc<dyn Store>) -> Arc<Self> {
        Self::new(inner, usize::MAX, At::Fails)
    }

    /// One that never fails, and takes so long for each beat.
    pub(crate) fn slow_to_beat(inner: Arc<dyn Store>, beat_takes: Duration) -> Arc<Self> {
        Arc::new(Ends { beat_takes, ..Self::with(inner, usize::MAX, At::Fails, false) })
    }

    fn with(inner: Arc<dyn Store>, writes: usize, at: At, killed: bool) -> Self {
        Ends {
            inner,
            left: AtomicUsize::new(writes),
            at,
            killed,
            gone: AtomicBool::new(false),
            loads: AtomicUsize::new(0),
            beat_takes: Duration::ZERO,
            ended: Notify::new(),
        }
    }

    /// From now on every write passes.
    pub(crate) fn mend(&self) {
        self.left.store(usize::MAX, Ordering::SeqCst);
    }

    /// The work begins when it is asked for, so that one that must not happen does not.
    async fn write<'a>(&'a self, write: impl FnOnce() -> Answer<'a, ()>) -> Result<(), StoreError> {
        let passes = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if passes.is_ok() {
            return self.read(write).await;
        }
        if matches!(self.at, At::After | At::FailsWritten) {
            write().await?;
        }
        self.gone.store(self.killed, Ordering::SeqCst);
        self.ended.notify_one();
        let failed = || Error::new(ErrorCode::StoreFailed, "the disk is full");
        match self.at {
            At::Fails => Err(StoreError::NotWritten(failed())),
            At::FailsWritten => Err(StoreError::MaybeWritten(failed())),
            At::Before | At::After | At::Hangs => std::future::pending().await,
        }
    }

    async fn read<'a, T>(&'a self, read: impl FnOnce() -> Answer<'a, T>) -> Result<T, StoreError> {
        if self.gone.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        read().await
    }
}

impl Store for Ends {
    fn insert<'a>(&'a self, entry: &'a Entry, owner: Option<&'a str>) -> Answer<'a, ()> {
        Box::pin(async move { self.write(|| self.inner.insert(entry, owner)).await })
    }

    fn load<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Stored>> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { self.read(|| self.inner.load(id)).await })
    }

    fn save<'a>(&'a self, entry: &'a Entry, expected: u64, by: Option<&'a str>) -> Answer<'a, ()> {
        Box::pin(async move { self.write(|| self.inner.save(entry, expected, by)).await })
    }

    fn take<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, Option<Stored>> {
        Box::pin(async move { self.read(|| self.inner.take(id, owner)).await })
    }

    fn claim<'a>(&'a self, owner: &'a str, now: Timestamp, limit: usize) -> Answer<'a, Vec<Stored>> {
        Box::pin(async move { self.read(|| self.inner.claim(owner, now, limit)).await })
    }

    fn touched<'a>(&'a self, owner: &'a str, limit: usize) -> Answer<'a, Vec<Stored>> {
        Box::pin(async move { self.read(|| self.inner.touched(owner, limit)).await })
    }

    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, ()> {
        Box::pin(async move { self.read(|| self.inner.release(id, owner)).await })
    }

    fn beat<'a>(&'a self, owner: &'a str) -> Answer<'a, Heartbeats> {
        Box::pin(async move {
            tokio::time::sleep(self.beat_takes).await;
            self.read(|| self.inner.beat(owner)).await
        })
    }

    fn forget<'a>(&'a self, owner: &'a str, beats: Option<u64>) -> Answer<'a, ()> {
        Box::pin(async move { self.read(|| self.inner.forget(owner, beats)).await })
    }

    fn list<'a>(&'a self, query: &'a Query) -> Answer<'a, Page> {
        Box::pin(async move { self.read(|| self.inner.list(query)).await })
    }

    fn purge(&self, before: Timestamp, now: Timestamp, limit: usize) -> Answer<'_, u64> {
        Box::pin(async move { self.read(|| self.inner.purge(before, now, limit)).await })
    }

    fn gateway_time<'a>(&'a self, merchant: &'a str) -> Answer<'a, Option<Timestamp>> {
        Box::pin(async move { self.read(|| self.inner.gateway_time(merchant)).await })
    }

    fn find_refund<'a>(&'a self, refund_request_id: &'a str) -> Answer<'a, Option<Stored>> {
        Box::pin(async move { self.read(|| self.inner.find_refund(refund_request_id)).await })
    }
}
