//! `cancel` (AMS) and `cancelPayment` (Alipay+): a payment is not to go through, or is given back.

use crate::error::Result;
use crate::gateway::Protocol;
use crate::json::Object;

use super::declare::model;
use super::id::PaymentRequestId;
use super::inquiry::one_id;
use super::model::{Case, Path};
use super::pay::Scenario;
use super::result::ApiResult;
use super::time::Time;

model! {
    /// A request to cancel: one of the ids, or both, in which case the gateway goes by `paymentId`.
    pub struct CancelRequest {
        /// The id of the request to pay.
        payment_request_id: PaymentRequestId = "paymentRequestId" { max: 64, shown: true },
        /// The gateway's id of the payment.
        payment_id: String = "paymentId" { max: 64, shown: true },
    }
    check check_ids;

    /// The answer. Source: Alipay, cancel; Alipay+, cancelPayment.
    pub struct CancelResponse {
        /// How the call ended.
        result: ApiResult = "result" {},
        /// The id of the request to pay.
        payment_request_id: String = "paymentRequestId" { max: 64, shown: true },
        /// The gateway's id of the payment.
        payment_id: String = "paymentId" { max: 64, shown: true },
        /// AMS: when it was cancelled; there on success alone.
        cancel_time: Time = "cancelTime" {},
        /// Alipay+: the acquirer.
        acquirer_id: String = "acquirerId" { max: 64, shown: true },
        /// Alipay+: the wallet's id.
        psp_id: String = "pspId" { shown: true },
    }
}

fn check_ids(request: &CancelRequest, at: &Path<'_>, _case: Case) -> Result<()> {
    one_id(request.payment_request_id.is_some(), request.payment_id.as_deref(), at)
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
