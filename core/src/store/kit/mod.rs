//! Tests for a store: whether it keeps the contract of [`Store`]. For every store, also a host's own.
//!
//! ```
//! use std::sync::Arc;
//!
//! use alipay_instore::store::kit::{self, Fixture, Opened};
//! use alipay_instore::store::MemoryStore;
//!
//! struct InMemory(MemoryStore);
//!
//! impl Fixture for InMemory {
//!     fn open(&self) -> Opened<'_> {
//!         let store = self.0.clone();
//!         Box::pin(async move { Ok(Arc::new(store) as Arc<dyn alipay_instore::store::Store>) })
//!     }
//! }
//!
//! # fn main() {
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! for property in kit::PROPERTIES {
//!     property.check(&InMemory(MemoryStore::new())).await.unwrap();
//! }
//! # });
//! # }
//! ```

mod claims;
mod concurrency;
mod lists;
pub(super) mod sample;
mod writes;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::{Store, StoreError};

/// A store that is being opened; the error says why it could not be.
pub type Opened<'a> = Pin<Box<dyn Future<Output = Result<Arc<dyn Store>, String>> + Send + 'a>>;

/// What a property found.
pub type Checked<'a> = Pin<Box<dyn Future<Output = Result<(), Broken>> + Send + 'a>>;

/// An empty store that can be opened several times.
pub trait Fixture: Send + Sync {
    /// Opens the store, as one more process would: everything that was written before is there.
    fn open(&self) -> Opened<'_>;
}

/// What the store did that the contract does not allow.
#[derive(Clone, PartialEq, Eq)]
pub struct Broken(String);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Broken {}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Broken(format!("an operation failed: {error:?}"))
    }
}

/// A property of the contract.
#[derive(Clone, Copy)]
pub struct Property {
    /// Its name, such as `compare_and_set`.
    pub name: &'static str,
    check: for<'a> fn(&'a dyn Fixture) -> Checked<'a>,
}

impl Property {
    /// Checks it against an empty store.
    ///
    /// # Errors
    /// What the store did that the contract does not allow.
    pub async fn check(&self, fixture: &dyn Fixture) -> Result<(), Broken> {
        let found = (self.check)(fixture).await;
        found.map_err(|Broken(what)| Broken(format!("{}: {what}", self.name)))
    }
}

impl fmt::Debug for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Property({})", self.name)
    }
}

macro_rules! properties {
    ($($module:ident::$name:ident)+) => {
        /// Every property. Each wants an empty store.
        pub const PROPERTIES: &[Property] = &[$(Property {
            name: stringify!($name),
            check: |fixture| Box::pin($module::$name(fixture)),
        },)+];
    };
}

properties! {
    writes::what_is_written_is_read
    writes::what_is_written_is_there_for_others
    writes::an_id_is_inserted_once
    writes::compare_and_set
    writes::a_conflict_gives_the_record_found
    writes::only_the_owner_saves_as_owner
    writes::any_text_is_kept
    writes::wrong_ids_are_refused
    claims::a_due_record_is_claimed_once
    claims::a_record_that_is_not_due_is_not_claimed
    claims::an_owner_that_beats_keeps_its_records
    claims::an_owner_that_is_forgotten_loses_them
    claims::an_owner_that_beat_in_between_is_not_forgotten
    claims::one_record_is_taken
    claims::what_is_released_is_free
    claims::a_finished_record_has_no_owner
    claims::an_owner_is_told_of_saves_by_others
    lists::pages_are_complete
    lists::queries_choose
    lists::purge_keeps_what_is_needed
    lists::a_refund_finds_its_record
    lists::the_newest_gateway_time_is_known
    concurrency::of_many_writers_one_wins_each_revision
    concurrency::of_many_inserts_one_wins
    concurrency::many_claimers_share_without_overlap
}

/// Opens the store of a fixture.
async fn open(fixture: &dyn Fixture) -> Result<Arc<dyn Store>, Broken> {
    fixture.open().await.map_err(|why| Broken(format!("the store can't be opened: {why}")))
}

/// Fails unless it holds.
fn holds(condition: bool, otherwise: impl FnOnce() -> String) -> Result<(), Broken> {
    if condition { Ok(()) } else { Err(Broken(otherwise())) }
}

/// Fails unless both are the same.
fn same<T: PartialEq + fmt::Debug>(found: &T, expected: &T, what: &str) -> Result<(), Broken> {
    holds(found == expected, || format!("{what}: {expected:?} was expected, {found:?} was found"))
}

/// The conflict that an operation must end in.
fn conflict<T: fmt::Debug>(
    found: Result<T, StoreError>,
    what: &str,
) -> Result<Option<Box<super::Stored>>, Broken> {
    match found {
        Err(StoreError::Conflict(found)) => Ok(found),
        other => Err(Broken(format!("{what}: a conflict was expected, {other:?} was found"))),
    }
}

#[cfg(test)]
mod tests;
