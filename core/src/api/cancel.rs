//! `cancel` (AMS) and `cancelPayment` (Alipay+): a payment is not to go through, or is given back.

use crate::error::Result;
use crate::gateway::Protocol;
use crate::json::Object;

use super::generated::CancelRequest;
use super::id::PaymentRequestId;
use super::inquiry::one_id;
use super::model::{Case, Path};
use super::pay::Scenario;

impl CancelRequest {
    /// The rules beyond those of the fields.
    pub(in crate::api) fn check_more(&self, at: &Path<'_>, _case: Case) -> Result<()> {
        one_id(self.payment_request_id.is_some(), self.payment_id.as_deref(), at)
    }
}

impl CancelRequest {
    /// A cancellation by the id of the request to pay.
    pub fn for_request(id: PaymentRequestId) -> Self {
        Self::new().payment_request_id(id)
    }

    /// Checks it and writes the body.
    ///
    /// # Errors
    /// `request.missing` without any id, `request.too_long`, `request.invalid`.
    pub fn to_body(&self, protocol: Protocol) -> Result<Object> {
        self.check_at(&Path::ROOT, Case { protocol, scenario: Scenario::PaymentCode })?;
        Ok(self.to_json())
    }
}
