//! What is open in a store: alerts that nobody has acknowledged, and payments on which something is left to be done.

use std::sync::Arc;

use super::{Alert, Query, Store, Unreadable, list_all, read_all};
use crate::error::Result;
use crate::gateway::Protocol;
use crate::json::{Json, Object};

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
    /// `{"alerts":[{"payment_request_id":…,"alert":…}],"unreadable":[{"payment_request_id":…,"error":…}]}`
    pub fn to_json(&self) -> Object {
        let of = |id: &str| Object::new().with("payment_request_id", id);
        let alerts = self.alerts.iter();
        let alerts =
            alerts.map(|open| of(&open.payment_request_id).with("alert", open.alert.to_json()).into());
        let unreadable = self.unreadable.iter();
        let unreadable = unreadable.map(|record| of(&record.id).with("error", record.error.to_json()).into());
        Object::new()
            .with("alerts", Json::Array(alerts.collect()))
            .with("unreadable", Json::Array(unreadable.collect()))
    }

    /// The alerts of a merchant's payments that nobody has acknowledged.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn of(store: &dyn Store, client_id: &str, protocol: Protocol) -> Result<Self> {
        let query =
            Query { open_alerts: Some(true), merchant: Some(client_id.to_owned()), ..Query::default() };
        let mut alerts = Vec::new();
        let unreadable = read_all(store, query, |record| {
            if record.belongs_to(client_id, protocol) {
                alerts.extend(record.open_alerts().map(|alert| PaymentAlert {
                    payment_request_id: record.id().to_owned(),
                    alert: alert.clone(),
                }));
            }
        });
        let unreadable = unreadable.await?;
        Ok(Alerts { alerts, unreadable })
    }
}

impl Unfinished {
    /// The payments of this client id, at either gateway, and those of earlier versions, whose records do not name
    /// theirs.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn of(store: &dyn Store, client_id: &str) -> Result<Self> {
        let page = list_all(store, Query { finished: Some(false), ..Query::default() }).await?;
        let ours = page.records.into_iter();
        let ours = ours.filter(|columns| &*columns.merchant == client_id || columns.merchant.is_empty());
        Ok(Unfinished { ids: ours.map(|columns| columns.id).collect(), unreadable: page.unreadable })
    }
}
