//! The contract of a store. The module [`kit`](super::kit) tests whether one keeps it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::{Columns, Entry, Stored};
use crate::error::{Error, ErrorCode};
use crate::time::Timestamp;

/// What an operation gives when it is done. Dropping it before that leaves open whether the operation happens.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Why an operation failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The record has another revision or another owner than was expected, or is already there: here is what was
    /// found. Nothing was written. None if there is no record.
    Conflict(Option<Box<Stored>>),
    /// The store failed, and certainly nothing was written.
    NotWritten(Error),
    /// The store failed, and what was to be written may be written, or may still be.
    MaybeWritten(Error),
}

impl StoreError {
    /// The error of a call that can't go on because of this.
    pub fn into_error(self) -> Error {
        match self {
            StoreError::Conflict(Some(_)) => {
                Error::new(ErrorCode::StoreConflict, "the record was changed by another process")
            }
            StoreError::Conflict(None) => {
                Error::new(ErrorCode::StoreConflict, "the record was removed by another process")
            }
            StoreError::NotWritten(error) | StoreError::MaybeWritten(error) => error,
        }
    }
}

/// The owners that the store knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heartbeats {
    /// Whether the owner that beat was known before. One that should have been was declared dead: its records may
    /// have been claimed by others.
    pub known: bool,
    /// Every owner, the one that beat included, in any order.
    pub owners: Vec<OwnerBeats>,
}

/// One owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerBeats {
    /// Its name.
    pub owner: Arc<str>,
    /// How often it has beaten.
    pub beats: u64,
}

/// Which records to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only those of this merchant.
    pub merchant: Option<String>,
    /// Only those in this state.
    pub state: Option<String>,
    /// Only those with an open alert, or only those without.
    pub open_alerts: Option<bool>,
    /// Only those that are finished, or only those that are not.
    pub finished: Option<bool>,
    /// Only those changed at this time or later.
    pub since: Option<Timestamp>,
    /// Only those after this one, in the order of creation and id: what [`Page::next`] of the page before says.
    pub after: Option<(Timestamp, Arc<str>)>,
    /// How many at most; 0 stands for 100.
    pub limit: usize,
}

impl Query {
    /// How many at most.
    pub fn page_size(&self) -> usize {
        if self.limit == 0 { 100 } else { self.limit }
    }

    /// Whether a record with these columns is asked for.
    pub fn wants(&self, columns: &Columns) -> bool {
        let after = |(created, id): &(Timestamp, Arc<str>)| (columns.created, &columns.id) > (*created, id);
        self.merchant.as_deref().is_none_or(|merchant| merchant == &*columns.merchant)
            && self.state.as_deref().is_none_or(|state| state == columns.state)
            && self.open_alerts.is_none_or(|open| open == columns.open_alerts)
            && self.finished.is_none_or(|finished| finished == columns.finished)
            && self.since.is_none_or(|since| columns.updated >= since)
            && self.after.as_ref().is_none_or(after)
    }
}

/// Part of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The columns of the records, in the order of creation and id.
    pub records: Vec<Columns>,
    /// Where the next page begins; none after the last.
    pub next: Option<(Timestamp, Arc<str>)>,
    /// Records that could not be read; they stop nothing else. A store that can't tell where they belong names them
    /// on every page, another one names each on its own page.
    pub unreadable: Vec<Unreadable>,
}

/// A record that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its id, as far as it is known.
    pub id: String,
    /// What is wrong with it.
    pub error: Error,
}

/// Keeps records. A host brings its own by writing this trait over its database.
///
/// Every write is durable when its answer is there. Times are arguments; a store reads no clock for what it decides.
///
/// A record is **free** if it has no owner, or an owner that the store does not know: one that never beat, or that was
/// forgotten.
///
/// The name of an owner keeps the rules of an id, which [`check_id`] checks.
pub trait Store: Send + Sync {
    /// Writes a new record with revision 1. `owner` drives it from now on; none leaves it to whoever claims it.
    ///
    /// Errors: a conflict with the record that is stored under this id.
    fn insert<'a>(&'a self, entry: &'a Entry, owner: Option<&'a str>) -> Answer<'a, ()>;

    /// Reads a record; none if there is none.
    fn load<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Stored>>;

    /// Replaces a record whose revision is still the expected one. The new revision is one more. A finished record
    /// loses its owner; otherwise the owner stays as it is.
    ///
    /// With `by` the record must belong to that owner. Without, whoever owns it is told by
    /// [`touched`](Store::touched).
    ///
    /// Errors: a conflict with the record that is stored.
    fn save<'a>(&'a self, entry: &'a Entry, expected: u64, by: Option<&'a str>) -> Answer<'a, ()>;

    /// Makes `owner` the owner of this record if it is free, finished or not, and gives the record as it is then,
    /// whoever owns it. The revision stays.
    fn take<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, Option<Stored>>;

    /// Makes `owner` the owner of records that are free and were due at `now`, the earliest first, at most `limit` of
    /// them. No two owners are given the same record. Records that can't be read are left out.
    fn claim<'a>(&'a self, owner: &'a str, now: Timestamp, limit: usize) -> Answer<'a, Vec<Stored>>;

    /// The records of this owner that were saved without it since it last saved, took or was told of them here, at
    /// most `limit` of them.
    fn touched<'a>(&'a self, owner: &'a str, limit: usize) -> Answer<'a, Vec<Stored>>;

    /// Gives a record back that this owner has; nothing happens if it has not.
    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, ()>;

    /// Counts one beat of this owner, and tells all owners.
    fn beat<'a>(&'a self, owner: &'a str) -> Answer<'a, Heartbeats>;

    /// Forgets an owner, so that its records are free. With `beats` only if it has beaten exactly so often: one that
    /// was held dead and beats again stays.
    fn forget<'a>(&'a self, owner: &'a str, beats: Option<u64>) -> Answer<'a, ()>;

    /// Lists records. A record that stays as it is while the pages are read is on exactly one of them.
    fn list<'a>(&'a self, query: &'a Query) -> Answer<'a, Page>;

    /// Removes finished records that were last changed before `before`, that have no open alert, and whose
    /// [`keep_until`](Columns::keep_until) is not later than `now`; at most `limit` of them. Tells how many.
    fn purge(&self, before: Timestamp, now: Timestamp, limit: usize) -> Answer<'_, u64>;

    /// The newest [`gateway_time`](Columns::gateway_time) of the records of this merchant.
    fn gateway_time<'a>(&'a self, merchant: &'a str) -> Answer<'a, Option<Timestamp>>;

    /// The record that names this refund among its [`refund_ids`](Columns::refund_ids), found without reading every
    /// record.
    fn find_refund<'a>(&'a self, refund_request_id: &'a str) -> Answer<'a, Option<Stored>>;

    /// Waits until records of any owner were saved without their owner, and gives their ids; none if the store can't
    /// wait. Who waits looks once a second all the same, so ids may be missed.
    fn watch(&self) -> Option<Answer<'_, Vec<String>>> {
        None
    }
}

/// Refuses ids that no payment can have, so that every store can use them as keys.
///
/// # Errors
/// `store.id`, as certainly not written.
pub fn check_id(id: &str) -> Result<(), StoreError> {
    if (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else {
        let error = Error::new(ErrorCode::StoreId, "an id has 1 to 64 visible ASCII characters");
        Err(StoreError::NotWritten(error))
    }
}
