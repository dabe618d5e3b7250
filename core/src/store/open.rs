//! What is open in a store: alerts that nobody has acknowledged, and payments on which something is left to be done.

use std::sync::Arc;

use super::{Alert, PaymentRecord, Query, Store, Unreadable};
use crate::error::Result;

/// An alert that nobody has acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaymentAlert {
    /// The payment.
    pub payment_request_id: String,
    /// The alert.
    pub alert: Alert,
}

/// The open alerts of a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alerts {
    /// Every open alert, in the order in which the payments began.
    pub alerts: Vec<PaymentAlert>,
    /// Records that can't be read. They may have alerts too.
    pub unreadable: Vec<Unreadable>,
}

/// The payments of a store on which something is left to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unfinished {
    /// Their ids, in the order in which they began.
    pub ids: Vec<Arc<str>>,
    /// Records that can't be read.
    pub unreadable: Vec<Unreadable>,
}

impl Alerts {
    /// The alerts of this merchant's payments that nobody has acknowledged.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn of(store: &dyn Store, merchant: &str) -> Result<Self> {
        let merchant = Some(merchant.to_owned());
        let mut query = Query { open_alerts: Some(true), merchant, ..Query::default() };
        let mut all = Alerts::default();
        loop {
            let page = store.list(&query).await.map_err(|error| error.into_error())?;
            for columns in page.records {
                let Some(stored) = store.load(&columns.id).await.map_err(|error| error.into_error())? else {
                    continue;
                };
                match PaymentRecord::decode(stored.entry.text.expose()) {
                    Ok(record) => all.alerts.extend(record.open_alerts().map(|alert| PaymentAlert {
                        payment_request_id: record.id().to_owned(),
                        alert: alert.clone(),
                    })),
                    Err(error) => all.unreadable.push(Unreadable { id: columns.id.to_string(), error }),
                }
            }
            name(&mut all.unreadable, page.unreadable);
            match page.next {
                None => return Ok(all),
                next => query.after = next,
            }
        }
    }
}

impl Unfinished {
    /// The payments of this merchant, and those of earlier versions, whose records do not name theirs.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn of(store: &dyn Store, merchant: &str) -> Result<Self> {
        let mut query = Query { finished: Some(false), ..Query::default() };
        let mut all = Unfinished::default();
        loop {
            let page = store.list(&query).await.map_err(|error| error.into_error())?;
            let ours = page.records.into_iter();
            let ours = ours.filter(|columns| &*columns.merchant == merchant || columns.merchant.is_empty());
            all.ids.extend(ours.map(|columns| columns.id));
            name(&mut all.unreadable, page.unreadable);
            match page.next {
                None => return Ok(all),
                next => query.after = next,
            }
        }
    }
}

/// A store may name a record on every page.
fn name(all: &mut Vec<Unreadable>, found: Vec<Unreadable>) {
    for unreadable in found {
        if !all.contains(&unreadable) {
            all.push(unreadable);
        }
    }
}
