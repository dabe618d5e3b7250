//! What needs manual review, until somebody has taken care of it.

use super::Client;
use crate::engine::Request;
use crate::error::Result;
use crate::store::{Alert, PaymentRecord, Query, Unreadable};

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

impl Client {
    /// The alerts of this merchant's payments that nobody has acknowledged.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn alerts(&self) -> Result<Alerts> {
        let store = self.store();
        let merchant = Some(self.merchant().client_id().to_owned());
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

    /// Somebody has taken care of the alert of this number ([`Alert::number`]). The same again changes nothing.
    ///
    /// # Errors
    /// `request.unknown_payment`, `request.invalid` for a number that the payment does not have, and errors of the store.
    pub async fn acknowledge_alert(&self, payment_request_id: &str, number: u32, who: &str) -> Result<()> {
        let request = Request::Acknowledge { numbers: vec![number], who: who.to_owned() };
        self.shell().call(payment_request_id, request, None).await.map(drop)
    }
}
