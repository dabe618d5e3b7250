//! Records in memory, for tests and for hosts that keep snapshots themselves.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::{PaymentStore, Stored, conflict};
use crate::client::clock::BoxFuture;
use crate::error::Result;

/// Keeps records in memory. **Everything is lost with the process**: a payment that was under way when the process
/// ended can't be resumed, and its outcome has to be found out by hand. Tills and services use
/// [`FileStore`](super::FileStore) or a store over their database.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<BTreeMap<String, (u64, zeroize::Zeroizing<String>)>>);

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }
}

impl PaymentStore for MemoryStore {
    fn put<'a>(
        &'a self,
        id: &'a str,
        expected_revision: u64,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            // A panic elsewhere can't leave the map half written: one insert is all that happens under the lock.
            let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let found = records.get(id).map_or(0, |(revision, _)| *revision);
            if found != expected_revision {
                return Err(conflict(expected_revision, found));
            }
            records.insert(id.to_owned(), (found.saturating_add(1), snapshot.to_owned().into()));
            Ok(())
        })
    }

    fn get<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<Stored>>> {
        Box::pin(async move {
            let records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(records
                .get(id)
                .map(|(revision, snapshot)| Stored { revision: *revision, snapshot: snapshot.to_string() }))
        })
    }

    fn ids(&self) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(async move {
            let records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(records.keys().cloned().collect())
        })
    }
}
