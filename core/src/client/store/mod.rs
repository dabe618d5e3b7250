//! Where payments survive the process.
//!
//! The client stores after every step and acts only when the store has returned: a store that fails sends
//! nothing. A record is a text under an id with a revision; writing compares and sets, so that two processes can't
//! advance the same payment independently.

mod file;
mod memory;

pub use file::FileStore;
pub use memory::MemoryStore;

use super::clock::BoxFuture;
use crate::error::{Error, ErrorCode, Result};

/// A stored record.
#[derive(Clone, PartialEq, Eq)]
pub struct Stored {
    /// Counts up from 1 with every write.
    pub revision: u64,
    /// The text that was stored; it may hold a payment code.
    pub snapshot: String,
}

/// Keeps snapshots. A host brings its own by writing this trait over its database.
pub trait PaymentStore: Send + Sync {
    /// Writes a record if its revision is still the expected one; 0 expects that there is none yet. The new
    /// revision is one more. Returns when the text is safe.
    ///
    /// Errors: `store.conflict` if the revision is another one; `store.failed` if the store failed.
    fn put<'a>(&'a self, id: &'a str, expected_revision: u64, snapshot: &'a str)
    -> BoxFuture<'a, Result<()>>;

    /// Reads a record.
    fn get<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<Stored>>>;

    /// The ids of all records.
    fn ids(&self) -> BoxFuture<'_, Result<Vec<String>>>;
}

pub(super) fn conflict(expected: u64, found: u64) -> Error {
    Error::new(ErrorCode::StoreConflict, format!("revision {expected} was expected, {found} is stored"))
}
