//! The same table the other way: an operation as its name and JSON, done by a store of this library. A host in another
//! language calls its stores so, and can write one of its own around them.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{HostFailure, Place, Row, row};
use crate::error::{Error, ErrorCode};
use crate::payment::Secret;
use crate::store::{Entry, Query, Store, StoreError, Stored};

/// Does an operation with this store. Arguments and answer are JSON, and may hold a payment code.
///
/// # Errors
/// What the store says; `config.invalid`, as certainly not written, for an operation that is not in the table and for
/// an argument of another form, which the path names.
pub async fn perform(store: &dyn Store, operation: &str, arguments: &Secret) -> Result<Secret, HostFailure> {
    let of = Arguments(serde_json::from_str(arguments.expose()).unwrap_or_default());
    let answer = match operation {
        "insert" => {
            let (entry, owner) = (of.entry()?, of.get::<Option<String>>("owner")?);
            done(store.insert(&entry, owner.as_deref()).await)?
        }
        "load" => stored(store.load(&of.text("id")?).await?)?,
        "save" => {
            let (entry, by) = (of.entry()?, of.get::<Option<String>>("by")?);
            done(store.save(&entry, of.get("expected")?, by.as_deref()).await)?
        }
        "take" => stored(store.take(&of.text("id")?, &of.text("owner")?).await?)?,
        "claim" => all(store.claim(&of.text("owner")?, of.get("now")?, of.get("limit")?).await?)?,
        "touched" => all(store.touched(&of.text("owner")?, of.get("limit")?).await?)?,
        "release" => done(store.release(&of.text("id")?, &of.text("owner")?).await)?,
        "beat" => {
            let beats = store.beat(&of.text("owner")?).await?;
            let owners = beats.owners.iter();
            let owners: Value =
                owners.map(|owner| json!({"owner": owner.owner, "beats": owner.beats})).collect();
            json!({"known": beats.known, "owners": owners})
        }
        "forget" => done(store.forget(&of.text("owner")?, of.get("beats")?).await)?,
        "list" => {
            let after = of.get::<Option<Place>>("after")?;
            let query = Query {
                merchant: of.get("merchant")?,
                state: of.get("state")?,
                open_alerts: of.get("open_alerts")?,
                finished: of.get("finished")?,
                since: of.get("since")?,
                after: after.map(|Place { created, id }| (created, id)),
                limit: of.get::<Option<usize>>("limit")?.unwrap_or(0),
            };
            let page = store.list(&query).await?;
            let next = page.next.map(|(created, id)| Place { created, id });
            json!({"rows": page.records, "next": next})
        }
        "purge" => json!(store.purge(of.get("before")?, of.get("now")?, of.get("limit")?).await?),
        "gateway_time" => json!(store.gateway_time(&of.text("merchant")?).await?),
        "find_refund" => stored(store.find_refund(&of.text("refund_request_id")?).await?)?,
        _ => return Err(wrong("operation", "a store has no such operation")),
    };
    Ok(Secret::new(answer.to_string()))
}

/// The arguments of an operation. One that is not there counts as `null`.
struct Arguments(Value);

impl Arguments {
    fn get<T: DeserializeOwned>(&self, name: &str) -> Result<T, HostFailure> {
        let value = self.0.get(name).cloned().unwrap_or_default();
        serde_json::from_value(value)
            .map_err(|_| wrong(name, "the argument does not have the form of the contract"))
    }

    fn text(&self, name: &str) -> Result<String, HostFailure> {
        self.get(name)
    }

    fn entry(&self) -> Result<Entry, HostFailure> {
        let Row { columns, text } = self.get("row")?;
        Ok(Entry { columns, text })
    }
}

fn wrong(path: &str, reason: &str) -> HostFailure {
    HostFailure::NotWritten(Error::new(ErrorCode::ConfigInvalid, reason).with_path(path))
}

fn done(answer: Result<(), StoreError>) -> Result<Value, HostFailure> {
    Ok(answer.map(|()| Value::Null)?)
}

fn stored(stored: Option<Stored>) -> Result<Value, StoreError> {
    let Some(stored) = stored else { return Ok(Value::Null) };
    let mut value = row(&stored.entry)?;
    if let Some(members) = value.as_object_mut() {
        members.insert("revision".to_owned(), json!(stored.revision));
        members.insert("owner".to_owned(), json!(stored.owner));
    }
    Ok(value)
}

fn all(rows: Vec<Stored>) -> Result<Value, StoreError> {
    rows.into_iter().map(|row| stored(Some(row))).collect()
}

impl From<StoreError> for HostFailure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(None) => HostFailure::Conflict(None),
            StoreError::Conflict(Some(found)) => match stored(Some(*found)) {
                Ok(found) => HostFailure::Conflict(Some(Secret::new(found.to_string()))),
                Err(error) => error.into(),
            },
            StoreError::NotWritten(error) => HostFailure::NotWritten(error),
            StoreError::MaybeWritten(error) => HostFailure::MaybeWritten(error),
        }
    }
}
