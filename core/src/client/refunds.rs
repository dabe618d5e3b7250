//! Money given back: refunds, the reverse of a whole payment, and what a person found out.

use super::{Client, RefundResult, ReverseResult, unexpected};
use crate::api::RefundRequest;
use crate::engine::{CallResult, Request};
use crate::error::Result;
use crate::refund::Resolved;

impl Client {
    /// Gives money back for a payment of this store that succeeded, and returns when the refund has its result.
    ///
    /// A refund whose id is stored goes on, or its result is returned, if the request states the same. `paymentId` is put
    /// in where the request has none.
    ///
    /// # Errors
    /// `refund.id_reused`, `request.refund_exceeds`, `request.unknown_payment`, `payment.not_final`,
    /// `payment.not_succeeded`, whatever is wrong with the request, `payment.interrupted`, and errors of the store.
    /// [`Error::may_have_refunded`](crate::error::Error::may_have_refunded) says whether money may have been given back.
    pub async fn refund(&self, payment_request_id: &str, request: &RefundRequest) -> Result<RefundResult> {
        let request = Request::refund(self.merchant(), request)?;
        match self.shell().call(payment_request_id, request, self.wait).await? {
            CallResult::Refund(result) => Ok(result),
            other => Err(unexpected(&other)),
        }
    }

    /// Makes sure that the customer has paid nothing: cancels the payment, gives back what was taken, and returns when that
    /// has its result. The same call again is safe.
    ///
    /// # Errors
    /// `request.unknown_payment`, `payment.not_final`, `reverse.refunds_exist` and the other codes of a reverse,
    /// `payment.interrupted`, and errors of the store.
    pub async fn reverse(&self, payment_request_id: &str) -> Result<ReverseResult> {
        match self.shell().call(payment_request_id, Request::Reverse, self.wait).await? {
            CallResult::Reverse(result) => Ok(result),
            other => Err(unexpected(&other)),
        }
    }

    /// Records what a person found out about a payment, or about one of its refunds, that ended as unresolved. The outcome
    /// stays; whether money counts as charged or given back follows what was found out.
    ///
    /// # Errors
    /// `payment.not_unresolved`, `refund.not_unresolved`, `request.missing` without a name, `request.unknown_payment`, and
    /// errors of the store.
    pub async fn resolve(
        &self,
        payment_request_id: &str,
        refund_request_id: Option<&str>,
        resolved: Resolved,
        who: &str,
        note: &str,
    ) -> Result<()> {
        let request = Request::Resolve {
            refund_request_id: refund_request_id.map(str::to_owned),
            resolved,
            who: who.to_owned(),
            note: note.to_owned(),
        };
        self.shell().call(payment_request_id, request, None).await.map(drop)
    }
}
