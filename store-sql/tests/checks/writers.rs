//! Writers that go on while the database is disturbed: every answer has to be true.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use alipay_instore::payment::Secret;
use alipay_instore::store::{Entry, Store as _, StoreError};
use alipay_instore_store_sql::SqlStore;

use super::Place;
use super::records::entry;

/// What the writers saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) written: u64,
    pub(crate) not_written: u64,
    pub(crate) maybe_written: u64,
}

/// Saves a record, which is there, again and again, as its owner or as another one. After each answer the record must be
/// what the answer allows.
async fn write(store: SqlStore, id: String, by: Option<&'static str>, stop: Arc<AtomicBool>) -> Seen {
    let mut seen = Seen::default();
    // Odd ones name a refund, which takes a transaction of several statements.
    let mut record = entry(&id);
    let mut revision = 1;
    while !stop.load(Ordering::Relaxed) {
        let text = format!("{id} {}", revision + 1);
        record.columns.refund_ids = if revision % 2 == 0 { Vec::new() } else { vec![format!("refund-{id}")] };
        record.text = Secret::new(text.clone());
        let answer = store.save(&record, revision, by).await;
        let found = loop {
            match store.load(&id).await {
                Ok(found) => break found.expect("the record is gone"),
                Err(StoreError::NotWritten(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
                Err(error) => panic!("reading gave {error:?}"),
            }
        };
        let is_written = found.revision == revision + 1;
        if is_written {
            assert_eq!(found.entry.text.expose(), text);
        } else {
            assert_eq!(found.revision, revision, "a revision that nobody wrote");
        }
        match answer {
            Ok(()) => {
                assert!(is_written, "{id}: it was said to be written");
                seen.written += 1;
            }
            Err(StoreError::NotWritten(_)) => {
                assert!(!is_written, "{id}: it was said not to be written");
                seen.not_written += 1;
            }
            Err(StoreError::MaybeWritten(_)) => seen.maybe_written += 1,
            Err(StoreError::Conflict(found)) => panic!("{id}: a conflict with {found:?}"),
        }
        revision = found.revision;
    }
    seen
}

/// Many writers in two stores, while something happens to the database. At the end, and after each disturbance, all of
/// them go on.
pub(crate) async fn survive<Disturbing>(place: &Place, times: u32, disturb: impl Fn() -> Disturbing) -> Seen
where
    Disturbing: Future<Output = ()>,
{
    let stores = [place.open().await, place.open().await];
    let stop = Arc::new(AtomicBool::new(false));
    let mut tasks = Vec::new();
    for number in 0..8 {
        let store = stores.get(number % 2).unwrap().clone();
        let (id, by) = (format!("p{number}"), (number % 4 < 2).then_some("owner"));
        // Before the first disturbance: who inserts may be told that it was not written.
        store.insert(&entry(&id), by).await.unwrap();
        tasks.push(tokio::spawn(write(store, id, by, Arc::clone(&stop))));
    }
    for _ in 0..times {
        tokio::time::sleep(Duration::from_millis(300)).await;
        disturb().await;
    }
    // The first operation after it may fail, and then it works again.
    let after: Entry = entry("after");
    let mut inserted = false;
    for _ in 0..20 {
        match stores.first().unwrap().insert(&after, None).await {
            Ok(()) | Err(StoreError::Conflict(_)) => {
                inserted = true;
                break;
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    assert!(inserted, "the store did not come back");
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.store(true, Ordering::Relaxed);
    let mut all = Seen::default();
    for task in tasks {
        let seen = task.await.unwrap();
        assert!(seen.written > 0, "a writer wrote nothing: {seen:?}");
        all.written += seen.written;
        all.not_written += seen.not_written;
        all.maybe_written += seen.maybe_written;
    }
    all
}
