//! What needs manual review, until somebody has taken care of it.

use super::Client;
use crate::engine::Request;
use crate::error::Result;
use crate::store::Alerts;

impl Client {
    /// The alerts of this merchant's payments that nobody has acknowledged.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn alerts(&self) -> Result<Alerts> {
        let merchant = self.merchant();
        Alerts::of(&**self.store(), merchant.client_id(), merchant.protocol()).await
    }

    /// Somebody has taken care of the alert of this number ([`Alert::number`](crate::store::Alert::number)). The same again
    /// changes nothing.
    ///
    /// # Errors
    /// `request.unknown_payment`, `request.invalid` for a number that the payment does not have, and errors of the store.
    pub async fn acknowledge_alert(&self, payment_request_id: &str, number: u32, who: &str) -> Result<()> {
        let request = Request::Acknowledge { numbers: vec![number], who: who.to_owned() };
        self.shell().call(payment_request_id, request, None).await.map(drop)
    }
}
