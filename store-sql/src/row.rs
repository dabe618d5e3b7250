//! A record as the columns of its table, and back.

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::payment::Secret;
use alipay_instore::store::{Columns, Entry, Stored, Unreadable};

use crate::session::{Kind, Value};

/// The columns of a record without its text, in the order in which they are written and read.
pub(crate) const COLUMNS: [&str; 14] = [
    "id",
    "merchant",
    "state",
    "outcome",
    "amount",
    "currency",
    "due_at",
    "finished",
    "open_alerts",
    "created",
    "updated",
    "keep_until",
    "gateway_time",
    "refund_ids",
];

/// Their kinds.
pub(crate) const COLUMN_KINDS: [Kind; 14] = [
    Kind::Text,
    Kind::Text,
    Kind::Text,
    Kind::Text,
    Kind::Int,
    Kind::Text,
    Kind::Int,
    Kind::Int,
    Kind::Int,
    Kind::Int,
    Kind::Int,
    Kind::Int,
    Kind::Int,
    Kind::Text,
];

/// What follows where the whole record is read.
pub(crate) const REST: [&str; 3] = ["revision", "owner", "record"];

/// Their kinds, after those of the columns.
pub(crate) fn whole_kinds() -> Vec<Kind> {
    COLUMN_KINDS.into_iter().chain([Kind::Int, Kind::Text, Kind::Text]).collect()
}

/// What is written of an entry: its columns and its text.
pub(crate) fn values(entry: &Entry) -> Result<Vec<Value>, Error> {
    let columns = &entry.columns;
    let refund_ids = serde_json::to_string(&columns.refund_ids)
        .map_err(|_| Error::new(ErrorCode::StoreFailed, "the ids of the refunds can't be written"))?;
    // An amount has at most 16 digits.
    let amount = i64::try_from(columns.amount.value())
        .map_err(|_| Error::new(ErrorCode::StoreFailed, "the amount is too large for a column"))?;
    Ok(vec![
        Value::text(&columns.id),
        Value::text(&columns.merchant),
        Value::text(&columns.state),
        Value::Text(columns.outcome.as_deref().map(str::to_owned)),
        Value::int(amount),
        Value::text(columns.amount.currency().code()),
        Value::maybe_time(columns.due_at),
        Value::int(i64::from(columns.finished)),
        Value::int(i64::from(columns.open_alerts)),
        Value::time(columns.created),
        Value::time(columns.updated),
        Value::maybe_time(columns.keep_until),
        Value::maybe_time(columns.gateway_time),
        Value::Text(Some(refund_ids)),
        Value::text(entry.text.expose()),
    ])
}

/// Takes the values of a row one after the other.
struct Fields(std::vec::IntoIter<Value>);

impl Fields {
    fn maybe_int(&mut self) -> Option<Option<i64>> {
        match self.0.next()? {
            Value::Int(value) => Some(value),
            Value::Text(_) => None,
        }
    }

    fn maybe_text(&mut self) -> Option<Option<String>> {
        match self.0.next()? {
            Value::Text(value) => Some(value),
            Value::Int(_) => None,
        }
    }

    fn int(&mut self) -> Option<i64> {
        self.maybe_int().flatten()
    }

    fn maybe_time(&mut self) -> Option<Option<Timestamp>> {
        Some(self.maybe_int()?.map(Timestamp::from_millis))
    }

    fn text(&mut self) -> Option<String> {
        self.maybe_text().flatten()
    }

    fn columns(&mut self) -> Option<Columns> {
        Some(Columns {
            id: self.text()?.into(),
            merchant: self.text()?.into(),
            state: self.text()?.into(),
            outcome: self.maybe_text()?.map(Into::into),
            amount: Amount::from_minor(&self.int()?.to_string(), &self.text()?).ok()?,
            due_at: self.maybe_time()?,
            finished: self.int()? != 0,
            open_alerts: self.int()? != 0,
            created: self.maybe_time()??,
            updated: self.maybe_time()??,
            keep_until: self.maybe_time()?,
            gateway_time: self.maybe_time()?,
            refund_ids: serde_json::from_str(&self.text()?).ok()?,
        })
    }

    fn stored(&mut self) -> Option<Stored> {
        let columns = self.columns()?;
        let revision = u64::try_from(self.int()?).ok()?;
        let owner = self.maybe_text()?.map(Into::into);
        let text = Secret::new(self.text()?);
        Some(Stored { entry: Entry { columns, text }, revision, owner })
    }
}

/// The columns of a row; or which record can't be read.
pub(crate) fn columns(row: Vec<Value>) -> Result<Columns, Unreadable> {
    let id = id_of(&row);
    Fields(row.into_iter()).columns().ok_or_else(|| unreadable(id))
}

/// The record of a row; or which one can't be read.
pub(crate) fn stored(row: Vec<Value>) -> Result<Stored, Unreadable> {
    let id = id_of(&row);
    Fields(row.into_iter()).stored().ok_or_else(|| unreadable(id))
}

/// The id of a row that begins with it.
pub(crate) fn id_of(row: &[Value]) -> String {
    match row.first() {
        Some(Value::Text(Some(id))) => id.clone(),
        _ => String::new(),
    }
}

/// Where a row of columns stands in the order of creation and id.
pub(crate) fn place_of(row: &[Value]) -> Option<(Timestamp, String)> {
    let created = COLUMNS.iter().position(|column| *column == "created")?;
    match row.get(created) {
        Some(Value::Int(Some(created))) => Some((Timestamp::from_millis(*created), id_of(row))),
        _ => None,
    }
}

fn unreadable(id: String) -> Unreadable {
    let error = Error::new(ErrorCode::StoreCorrupt, "a column of the record has a value that is not valid");
    Unreadable { id, error }
}
