//! A store that a host wrote in another language: each operation of [`Store`] as its name and JSON.
//!
//! A **row** is an object with the [columns](Columns) and `text`, the record, which may hold a payment code and is kept as
//! a secret. A row that was stored has its `revision` and its `owner` too. Arguments and answers:
//!
//! | operation | arguments | answer |
//! |---|---|---|
//! | `insert` | `row`, `owner` | `null` |
//! | `load` | `id` | a stored row or `null` |
//! | `save` | `row`, `expected`, `by` | `null` |
//! | `take` | `id`, `owner` | a stored row or `null` |
//! | `claim` | `owner`, `now`, `limit` | a list of stored rows |
//! | `touched` | `owner`, `limit` | a list of stored rows |
//! | `release` | `id`, `owner` | `null` |
//! | `beat` | `owner` | `known`, `owners`: a list of objects with `owner` and `beats` |
//! | `forget` | `owner`, `beats` | `null` |
//! | `list` | `merchant`, `state`, `open_alerts`, `finished`, `since`, `after`, `limit` | `rows` without text, `next` |
//! | `purge` | `before`, `now`, `limit` | a number |
//! | `gateway_time` | `merchant` | a number or `null` |
//! | `find_refund` | `refund_request_id` | a stored row or `null` |
//!
//! Times are integers of milliseconds since the epoch. `after` and `next` are objects with `created` and `id`, or `null`.
//! [`perform`] is the same the other way: it does an operation with a store of this library.

mod perform;

use std::sync::Arc;

pub use perform::perform;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{
    Answer, Columns, Entry, Heartbeats, OwnerBeats, Page, Query, Store, StoreError, Stored, Unreadable,
    check_id,
};
use crate::error::{Error, ErrorCode};
use crate::payment::Secret;
use crate::time::Timestamp;

/// Why an operation of a host's store failed.
#[derive(Clone, Debug)]
pub enum HostFailure {
    /// Another record is stored than was expected: here is it, as the JSON of a row; none if there is none.
    Conflict(Option<Secret>),
    /// Certainly nothing was written.
    NotWritten(Error),
    /// Something may be written.
    MaybeWritten(Error),
}

/// Does what a store is asked, in another language.
pub trait Host: Send + Sync {
    /// Carries out an operation. Arguments and answer are JSON texts, and may hold a payment code.
    fn call(
        &self,
        operation: &'static str,
        arguments: Secret,
    ) -> impl Future<Output = Result<Secret, HostFailure>> + Send;
}

/// A host's store as a [`Store`].
#[derive(Clone, Debug)]
pub struct HostStore<H>(H);

#[derive(Serialize, Deserialize)]
struct Row {
    #[serde(flatten)]
    columns: Columns,
    text: Secret,
}

#[derive(Deserialize)]
struct StoredRow {
    #[serde(flatten)]
    row: Row,
    revision: u64,
    owner: Option<Arc<str>>,
}

#[derive(Deserialize)]
struct Beats {
    known: bool,
    owners: Vec<Owner>,
}

#[derive(Deserialize)]
struct Owner {
    owner: Arc<str>,
    beats: u64,
}

#[derive(Deserialize)]
struct Rows {
    rows: Vec<Box<RawValue>>,
    next: Option<Place>,
}

/// What is left of a row that can't be read.
#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Serialize, Deserialize)]
struct Place {
    created: Timestamp,
    id: Arc<str>,
}

impl From<StoredRow> for Stored {
    fn from(stored: StoredRow) -> Self {
        let Row { columns, text } = stored.row;
        Stored { entry: Entry { columns, text }, revision: stored.revision, owner: stored.owner }
    }
}

impl<H: Host> HostStore<H> {
    /// The store of this host.
    pub fn new(host: H) -> Self {
        HostStore(host)
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        arguments: &Value,
    ) -> Result<T, StoreError> {
        let arguments = Secret::new(arguments.to_string());
        let answer = self.0.call(operation, arguments).await.map_err(|failure| match failure {
            HostFailure::Conflict(None) => StoreError::Conflict(None),
            HostFailure::Conflict(Some(row)) => match read::<StoredRow>(operation, &row) {
                Ok(row) => StoreError::Conflict(Some(Box::new(row.into()))),
                Err(error) => error,
            },
            HostFailure::NotWritten(error) => StoreError::NotWritten(error),
            HostFailure::MaybeWritten(error) => StoreError::MaybeWritten(error),
        })?;
        read(operation, &answer)
    }

    async fn row(&self, operation: &'static str, arguments: &Value) -> Result<Option<Stored>, StoreError> {
        Ok(self.ask::<Option<StoredRow>>(operation, arguments).await?.map(Stored::from))
    }

    async fn rows(&self, operation: &'static str, arguments: &Value) -> Result<Vec<Stored>, StoreError> {
        let rows = self.ask::<Vec<Box<RawValue>>>(operation, arguments).await?;
        // The others are not to wait for a record that can't be read.
        Ok(each::<StoredRow>(operation, &rows)?.0.into_iter().map(Stored::from).collect())
    }
}

/// The rows of an answer, and those that can't be read. What does not even name a record does not have the form of the
/// contract.
fn each<T: DeserializeOwned>(
    operation: &str,
    rows: &[Box<RawValue>],
) -> Result<(Vec<T>, Vec<Unreadable>), StoreError> {
    let (mut read, mut unreadable) = (Vec::new(), Vec::new());
    for row in rows {
        match (serde_json::from_str(row.get()), serde_json::from_str(row.get())) {
            (Ok(row), _) => read.push(row),
            (Err(error), Ok(Named { id })) => {
                let reason = format!(
                    "the record's row does not have the form of the contract, at column {}",
                    error.column()
                );
                unreadable.push(Unreadable { id, error: Error::new(ErrorCode::StoreFailed, reason) });
            }
            (Err(error), Err(_)) => return Err(not_the_contract(operation, &error)),
        }
    }
    Ok((read, unreadable))
}

/// An answer of another form than the contract says. What was written is not known then.
fn read<T: DeserializeOwned>(operation: &str, answer: &Secret) -> Result<T, StoreError> {
    serde_json::from_str(answer.expose()).map_err(|error| not_the_contract(operation, &error))
}

/// Where it is wrong, and not what it holds.
fn not_the_contract(operation: &str, error: &serde_json::Error) -> StoreError {
    let column = error.column();
    let reason = format!(
        "the store's answer to {operation} does not have the form of the contract, at column {column}"
    );
    StoreError::MaybeWritten(Error::new(ErrorCode::StoreFailed, reason))
}

fn row(entry: &Entry) -> Result<Value, StoreError> {
    let row = Row { columns: entry.columns.clone(), text: entry.text.clone() };
    serde_json::to_value(row).map_err(|_| {
        StoreError::NotWritten(Error::new(ErrorCode::StoreFailed, "the record can't be written as JSON"))
    })
}

impl<H: Host> Store for HostStore<H> {
    fn insert<'a>(&'a self, entry: &'a Entry, owner: Option<&'a str>) -> Answer<'a, ()> {
        Box::pin(async move {
            check_id(&entry.columns.id)?;
            self.ask("insert", &json!({"row": row(entry)?, "owner": owner})).await
        })
    }

    fn load<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Stored>> {
        Box::pin(async move { self.row("load", &json!({"id": id})).await })
    }

    fn save<'a>(&'a self, entry: &'a Entry, expected: u64, by: Option<&'a str>) -> Answer<'a, ()> {
        Box::pin(async move {
            self.ask("save", &json!({"row": row(entry)?, "expected": expected, "by": by})).await
        })
    }

    fn take<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, Option<Stored>> {
        Box::pin(async move { self.row("take", &json!({"id": id, "owner": owner})).await })
    }

    fn claim<'a>(&'a self, owner: &'a str, now: Timestamp, limit: usize) -> Answer<'a, Vec<Stored>> {
        Box::pin(
            async move { self.rows("claim", &json!({"owner": owner, "now": now, "limit": limit})).await },
        )
    }

    fn touched<'a>(&'a self, owner: &'a str, limit: usize) -> Answer<'a, Vec<Stored>> {
        Box::pin(async move { self.rows("touched", &json!({"owner": owner, "limit": limit})).await })
    }

    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, ()> {
        Box::pin(async move { self.ask("release", &json!({"id": id, "owner": owner})).await })
    }

    fn beat<'a>(&'a self, owner: &'a str) -> Answer<'a, Heartbeats> {
        Box::pin(async move {
            let beats: Beats = self.ask("beat", &json!({"owner": owner})).await?;
            let owners = beats.owners.into_iter();
            let owners = owners.map(|Owner { owner, beats }| OwnerBeats { owner, beats }).collect();
            Ok(Heartbeats { known: beats.known, owners })
        })
    }

    fn forget<'a>(&'a self, owner: &'a str, beats: Option<u64>) -> Answer<'a, ()> {
        Box::pin(async move { self.ask("forget", &json!({"owner": owner, "beats": beats})).await })
    }

    fn list<'a>(&'a self, query: &'a Query) -> Answer<'a, Page> {
        Box::pin(async move {
            let after = query.after.clone().map(|(created, id)| Place { created, id });
            let arguments = json!({
                "merchant": query.merchant, "state": query.state, "open_alerts": query.open_alerts,
                "finished": query.finished, "since": query.since, "after": after, "limit": query.page_size(),
            });
            let Rows { rows, next } = self.ask("list", &arguments).await?;
            let next = next.map(|Place { created, id }| (created, id));
            let (records, unreadable) = each("list", &rows)?;
            Ok(Page { records, next, unreadable })
        })
    }

    fn purge(&self, before: Timestamp, now: Timestamp, limit: usize) -> Answer<'_, u64> {
        Box::pin(
            async move { self.ask("purge", &json!({"before": before, "now": now, "limit": limit})).await },
        )
    }

    fn gateway_time<'a>(&'a self, merchant: &'a str) -> Answer<'a, Option<Timestamp>> {
        Box::pin(async move { self.ask("gateway_time", &json!({"merchant": merchant})).await })
    }

    fn find_refund<'a>(&'a self, refund_request_id: &'a str) -> Answer<'a, Option<Stored>> {
        Box::pin(
            async move { self.row("find_refund", &json!({"refund_request_id": refund_request_id})).await },
        )
    }
}

#[cfg(test)]
mod tests;
