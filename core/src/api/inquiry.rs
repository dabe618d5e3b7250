//! `inquiryPayment`: what has become of a payment.
//!
//! In the answer `result` says whether the inquiry worked; only `paymentStatus` (AMS) or `paymentResult`
//! (Alipay+) says what happened to the money.

use crate::error::Result;
use crate::gateway::Protocol;
use crate::json::Object;

use super::generated::{InquiryRequest, InquiryResponse};
use super::id::PaymentRequestId;
use super::model::{Case, Path};
use super::pay::Scenario;

impl InquiryRequest {
    /// The rules beyond those of the fields.
    pub(in crate::api) fn check_more(&self, at: &Path<'_>, _case: Case) -> Result<()> {
        one_id(self.payment_request_id.is_some(), self.payment_id.as_deref(), at)
    }
}

/// The gateways find a payment by either id.
pub(crate) fn one_id(has_request_id: bool, payment_id: Option<&str>, at: &Path<'_>) -> Result<()> {
    if has_request_id || payment_id.is_some_and(|id| !id.is_empty()) {
        Ok(())
    } else {
        Err(at.member("paymentRequestId").missing())
    }
}

impl InquiryResponse {
    /// The wallet, as far as the answer tells it: by its id where that is known (see [`crate::wallet`]), else by
    /// the name that the answer gives.
    pub fn wallet(&self) -> Option<&str> {
        let by_customer = self.psp_customer_info.as_ref().and_then(|info| info.psp_name.as_deref());
        let names = [self.wallet_brand_name.as_deref(), by_customer, None];
        crate::wallet::of_answer(self.psp_id.as_deref(), names)
    }
}

impl InquiryRequest {
    /// An inquiry by the id of the request to pay.
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
