//! Every page of a list.

use super::{Page, PaymentRecord, Query, Store, Unreadable};
use crate::error::Result;

/// All that a query finds, in one page.
///
/// # Errors
/// Errors of the store.
pub async fn list_all(store: &dyn Store, mut query: Query) -> Result<Page> {
    let mut all = Page::default();
    loop {
        let page = store.list(&query).await.map_err(|error| error.into_error())?;
        all.records.extend(page.records);
        // A store may name a record on every page.
        for unreadable in page.unreadable {
            if !all.unreadable.contains(&unreadable) {
                all.unreadable.push(unreadable);
            }
        }
        match page.next {
            None => return Ok(all),
            next => query.after = next,
        }
    }
}

/// Reads every record that a query finds, one at a time. Answers those that can't be read.
///
/// # Errors
/// Errors of the store.
pub async fn read_all(
    store: &dyn Store,
    query: Query,
    mut with: impl FnMut(PaymentRecord),
) -> Result<Vec<Unreadable>> {
    let page = list_all(store, query).await?;
    let mut unreadable = page.unreadable;
    for columns in page.records {
        let Some(stored) = store.load(&columns.id).await.map_err(|error| error.into_error())? else {
            continue;
        };
        match PaymentRecord::decode(stored.entry.text.expose()) {
            Ok(record) => with(record),
            Err(error) => unreadable.push(Unreadable { id: columns.id.to_string(), error }),
        }
    }
    Ok(unreadable)
}
