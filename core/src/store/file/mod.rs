//! Records in a folder, for one machine with any number of processes.

mod calls;
mod disk;
mod earlier;
mod flush;
mod folder;
mod halves;
mod lock;
mod name;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod power;
mod row;
mod scan;
#[cfg(test)]
mod tests;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

use super::{Answer, Entry, Heartbeats, Page, Query, Store, StoreError, Stored};
use crate::error::{Error, ErrorCode, Result};
use crate::time::Timestamp;
#[cfg(not(all(test, target_os = "linux")))]
use calls as system;
use folder::Folder;
#[cfg(all(test, target_os = "linux"))]
use power::recorder as system;
use work::Workers;

/// Keeps each record in a file of its own, readable for its owner only: while pay may have to be sent again, a record
/// holds the customer's payment code. Several processes of one machine can share the folder; it must not be on a
/// network file system. Clones share their threads.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: Arc<Folder>,
    workers: Arc<Workers>,
}

impl FileStore {
    /// A store in this folder, which is made if it is not there. Records of an earlier version are migrated: the
    /// earlier version can't read them any more.
    ///
    /// # Errors
    /// `store.failed` if the folder can't be made.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self> {
        let folder = Folder::open(folder.into())?;
        earlier::migrate(&folder)?;
        let workers = Workers::start().map_err(|error| {
            Error::new(ErrorCode::StoreFailed, format!("no thread can be started: {}", error.kind()))
        })?;
        Ok(FileStore { folder: Arc::new(folder), workers: Arc::new(workers) })
    }

    fn run<T: Send + 'static>(
        &self,
        key: &str,
        work: impl FnOnce(&Folder) -> std::result::Result<T, StoreError> + Send + 'static,
    ) -> Answer<'static, T> {
        let folder = Arc::clone(&self.folder);
        Box::pin(self.workers.run(folder::slot(&name::of('p', key)), move || work(&folder)))
    }
}

impl Store for FileStore {
    fn insert<'a>(&'a self, entry: &'a Entry, owner: Option<&'a str>) -> Answer<'a, ()> {
        let (of, owner) = (entry.clone(), owner.map(Arc::from));
        self.run(&entry.columns.id, move |folder| folder.insert(of, owner))
    }

    fn load<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Stored>> {
        let of = id.to_owned();
        self.run(id, move |folder| folder.load(&of))
    }

    fn save<'a>(&'a self, entry: &'a Entry, expected: u64, by: Option<&'a str>) -> Answer<'a, ()> {
        let (of, by) = (entry.clone(), by.map(str::to_owned));
        self.run(&entry.columns.id, move |folder| folder.save(of, expected, by.as_deref()))
    }

    fn take<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, Option<Stored>> {
        let (of, owner) = (id.to_owned(), Arc::from(owner));
        self.run(id, move |folder| folder.give(&of, &owner, |_| true))
    }

    fn claim<'a>(&'a self, owner: &'a str, now: Timestamp, limit: usize) -> Answer<'a, Vec<Stored>> {
        let by = Arc::from(owner);
        self.run("claims", move |folder| folder.claim(&by, now, limit))
    }

    fn touched<'a>(&'a self, owner: &'a str, limit: usize) -> Answer<'a, Vec<Stored>> {
        let by = owner.to_owned();
        self.run("claims", move |folder| folder.touched(&by, limit))
    }

    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, ()> {
        let (of, by) = (id.to_owned(), owner.to_owned());
        self.run(id, move |folder| folder.release(&of, &by))
    }

    fn beat<'a>(&'a self, owner: &'a str) -> Answer<'a, Heartbeats> {
        let by = Arc::from(owner);
        self.run("owners", move |folder| folder.beat(&by))
    }

    fn forget<'a>(&'a self, owner: &'a str, beats: Option<u64>) -> Answer<'a, ()> {
        let by = owner.to_owned();
        self.run("owners", move |folder| folder.forget(&by, beats))
    }

    fn list<'a>(&'a self, query: &'a Query) -> Answer<'a, Page> {
        let query = query.clone();
        self.run("lists", move |folder| folder.list(&query))
    }

    fn purge(&self, before: Timestamp, now: Timestamp, limit: usize) -> Answer<'_, u64> {
        self.run("lists", move |folder| folder.purge(before, now, limit))
    }

    fn gateway_time<'a>(&'a self, merchant: &'a str) -> Answer<'a, Option<Timestamp>> {
        let of = merchant.to_owned();
        self.run("owners", move |folder| folder.gateway_time(&of))
    }

    fn find_refund<'a>(&'a self, refund_request_id: &'a str) -> Answer<'a, Option<Stored>> {
        let of = refund_request_id.to_owned();
        self.run(refund_request_id, move |folder| folder.find_refund(&of))
    }
}
