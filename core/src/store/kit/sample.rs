//! Records as the properties need them. A store does not read the text, so any text will do.

use std::time::Duration;

use crate::amount::Amount;
use crate::payment::Secret;
use crate::store::kit::Broken;
use crate::store::{Columns, Entry};
use crate::time::Timestamp;

/// A time that nothing depends on.
pub(super) const T: Timestamp = Timestamp::from_millis(1_795_303_736_000);

/// Some milliseconds after [`T`].
pub(super) const fn later(milliseconds: u64) -> Timestamp {
    T.saturating_add(Duration::from_millis(milliseconds))
}

/// Some before it.
pub(super) const fn earlier(milliseconds: u64) -> Timestamp {
    T.saturating_sub(Duration::from_millis(milliseconds))
}

/// An open record of this id, due at [`T`].
pub(in crate::store) fn open_record(id: &str) -> Result<Entry, Broken> {
    let amount = Amount::from_minor("1999", "USD").map_err(|error| Broken(error.to_string()))?;
    Ok(Entry {
        columns: Columns {
            id: id.into(),
            merchant: "merchant-1".into(),
            state: "confirming".into(),
            outcome: None,
            amount,
            due_at: Some(T),
            finished: false,
            open_alerts: false,
            created: T,
            updated: T,
            keep_until: None,
            gateway_time: None,
            refund_ids: Vec::new(),
        },
        text: Secret::new(format!("{{\"record\":\"{id}\"}}")),
    })
}

/// A finished one.
pub(super) fn finished_record(id: &str) -> Result<Entry, Broken> {
    let mut entry = open_record(id)?;
    entry.columns.state = "succeeded".into();
    entry.columns.outcome = Some("succeeded".into());
    entry.columns.finished = true;
    entry.columns.due_at = None;
    entry.columns.keep_until = Some(T);
    Ok(entry)
}

/// The same record with another text.
pub(super) fn changed(entry: &Entry, text: &str) -> Entry {
    Entry { columns: entry.columns.clone(), text: Secret::new(text.to_owned()) }
}
