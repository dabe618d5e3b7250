//! The kit on the stores of this crate; and that it notices stores that are wrong.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use super::*;
use crate::store::{Answer, Entry, FileStore, Heartbeats, MemoryStore, Page, Query, Stored};
use crate::time::Timestamp;

/// Runs a future on this thread, without a runtime: no store of this crate needs one.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}

struct Shared<S>(S);

impl<S: Store + Clone + 'static> Fixture for Shared<S> {
    fn open(&self) -> Opened<'_> {
        let store = self.0.clone();
        Box::pin(async move { Ok(Arc::new(store) as Arc<dyn Store>) })
    }
}

struct InFolder(tempfile::TempDir);

impl Fixture for InFolder {
    fn open(&self) -> Opened<'_> {
        Box::pin(async move {
            let store = FileStore::open(self.0.path()).map_err(|error| error.to_string())?;
            Ok(Arc::new(store) as Arc<dyn Store>)
        })
    }
}

#[test]
fn the_memory_store_keeps_the_contract() {
    for property in PROPERTIES {
        block_on(property.check(&Shared(MemoryStore::new()))).unwrap();
    }
}

#[test]
fn the_file_store_keeps_the_contract() {
    for property in PROPERTIES {
        block_on(property.check(&InFolder(tempfile::tempdir().unwrap()))).unwrap();
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Fault {
    IgnoresRevision,
    IgnoresOwner,
    ForgetsAtOnce,
    ClaimsWhatIsOwned,
    TellsNobody,
    ListsOnePage,
    PurgesAlerts,
    LosesRefunds,
}

/// A memory store with one fault.
#[derive(Clone)]
struct Faulty(MemoryStore, Fault);

impl Store for Faulty {
    fn insert<'a>(&'a self, entry: &'a Entry, owner: Option<&'a str>) -> Answer<'a, ()> {
        self.0.insert(entry, owner)
    }
    fn load<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Stored>> {
        self.0.load(id)
    }
    fn save<'a>(&'a self, entry: &'a Entry, expected: u64, by: Option<&'a str>) -> Answer<'a, ()> {
        Box::pin(async move {
            let found = self.0.load(&entry.columns.id).await?.map_or(0, |found| found.revision);
            let expected = if self.1 == Fault::IgnoresRevision { found } else { expected };
            let by = by.filter(|_| self.1 != Fault::IgnoresOwner);
            self.0.save(entry, expected, by).await
        })
    }
    fn take<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, Option<Stored>> {
        self.0.take(id, owner)
    }
    fn claim<'a>(&'a self, owner: &'a str, now: Timestamp, limit: usize) -> Answer<'a, Vec<Stored>> {
        Box::pin(async move {
            if self.1 == Fault::ClaimsWhatIsOwned {
                for other in self.0.beat(owner).await?.owners {
                    self.0.forget(&other.owner, None).await?;
                }
            }
            self.0.claim(owner, now, limit).await
        })
    }
    fn touched<'a>(&'a self, owner: &'a str, limit: usize) -> Answer<'a, Vec<Stored>> {
        match self.1 {
            Fault::TellsNobody => Box::pin(async { Ok(Vec::new()) }),
            _ => self.0.touched(owner, limit),
        }
    }
    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, ()> {
        self.0.release(id, owner)
    }
    fn beat<'a>(&'a self, owner: &'a str) -> Answer<'a, Heartbeats> {
        self.0.beat(owner)
    }
    fn forget<'a>(&'a self, owner: &'a str, beats: Option<u64>) -> Answer<'a, ()> {
        self.0.forget(owner, beats.filter(|_| self.1 != Fault::ForgetsAtOnce))
    }
    fn list<'a>(&'a self, query: &'a Query) -> Answer<'a, Page> {
        Box::pin(async move {
            let page = self.0.list(query).await?;
            Ok(if self.1 == Fault::ListsOnePage { Page { next: None, ..page } } else { page })
        })
    }
    fn purge(&self, before: Timestamp, now: Timestamp, limit: usize) -> Answer<'_, u64> {
        Box::pin(async move {
            if self.1 == Fault::PurgesAlerts {
                for columns in self.0.list(&Query::default()).await?.records {
                    if let Some(mut found) = self.0.load(&columns.id).await? {
                        found.entry.columns.open_alerts = false;
                        self.0.save(&found.entry, found.revision, None).await?;
                    }
                }
            }
            self.0.purge(before, now, limit).await
        })
    }
    fn gateway_time<'a>(&'a self, merchant: &'a str) -> Answer<'a, Option<Timestamp>> {
        self.0.gateway_time(merchant)
    }
    fn find_refund<'a>(&'a self, refund_request_id: &'a str) -> Answer<'a, Option<Stored>> {
        match self.1 {
            Fault::LosesRefunds => Box::pin(async { Ok(None) }),
            _ => self.0.find_refund(refund_request_id),
        }
    }
}

#[test]
fn every_fault_is_noticed() {
    use Fault::{
        ClaimsWhatIsOwned, ForgetsAtOnce, IgnoresOwner, IgnoresRevision, ListsOnePage, LosesRefunds,
        PurgesAlerts, TellsNobody,
    };
    for (fault, noticed_by) in [
        (IgnoresRevision, "compare_and_set"),
        (IgnoresOwner, "only_the_owner_saves_as_owner"),
        (ForgetsAtOnce, "an_owner_that_beat_in_between_is_not_forgotten"),
        (ClaimsWhatIsOwned, "an_owner_that_beats_keeps_its_records"),
        (TellsNobody, "an_owner_is_told_of_saves_by_others"),
        (ListsOnePage, "pages_are_complete"),
        (PurgesAlerts, "purge_keeps_what_is_needed"),
        (LosesRefunds, "a_refund_finds_its_record"),
    ] {
        let broken: Vec<_> = PROPERTIES
            .iter()
            .filter(|property| block_on(property.check(&Shared(Faulty(MemoryStore::new(), fault)))).is_err())
            .map(|property| property.name)
            .collect();
        assert!(broken.contains(&noticed_by), "{noticed_by} did not notice its fault, but {broken:?}");
    }
}
