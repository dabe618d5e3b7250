//! Single requests that are not about a stored payment's progress: signed, sent once, verified.

use super::Client;
use crate::api::{InquiryRefundRequest, InquiryRefundResponse, InquiryRequest, InquiryResponse};
use crate::error::Result;
use crate::gateway::Operation;
use crate::json::Object;
use crate::merchant::VerifiedResponse;

impl Client {
    /// Asks the gateway about a payment, once. What it answers is not fed to the payment.
    ///
    /// # Errors
    /// `transport.…`, `signature.…`, `message.…`: the result is unknown.
    pub async fn inquire(&self, payment_request_id: &str) -> Result<InquiryResponse> {
        let request = InquiryRequest::for_request(crate::api::PaymentRequestId::parse(payment_request_id)?);
        let body = request.to_body(self.merchant().protocol())?;
        let response = self.exchange(Operation::Inquiry, &body).await?;
        Ok(InquiryResponse::from_json(response.body))
    }

    /// Asks the gateway about a refund, once. AMS only.
    ///
    /// # Errors
    /// `gateway.path` for Alipay+, which has no such API: send the same refund again; else as
    /// [`inquire`](Client::inquire).
    pub async fn inquire_refund(&self, refund_request_id: &str) -> Result<InquiryRefundResponse> {
        let request = InquiryRefundRequest {
            refund_request_id: Some(refund_request_id.to_owned()),
            ..Default::default()
        };
        let body = request.to_body(self.merchant().protocol())?;
        let response = self.exchange(Operation::RefundInquiry, &body).await?;
        Ok(InquiryRefundResponse::from_json(response.body))
    }

    /// Calls any other API of the gateway: signed, sent once, verified.
    ///
    /// # Errors
    /// `gateway.path`, and as [`inquire`](Client::inquire).
    pub async fn call(&self, path: &str, body: &Object) -> Result<VerifiedResponse> {
        let path = self.merchant().path_of_call(path)?;
        self.exchange_at(&path, body).await
    }

    async fn exchange(&self, operation: Operation, body: &Object) -> Result<VerifiedResponse> {
        let path = self.merchant().path(operation)?;
        self.exchange_at(&path, body).await
    }

    async fn exchange_at(&self, path: &str, body: &Object) -> Result<VerifiedResponse> {
        let (inner, sent) = (self.inner(), self.inner().now());
        match inner.exchange(path, &body.to_string(), inner.request_timeout).await {
            Ok(response) => {
                let (client_id, received) = (inner.merchant.client_id(), inner.now());
                let signed_at = response.signed_at;
                self.shell().with_engine(|engine| engine.hear(client_id, signed_at, sent, received));
                Ok(response)
            }
            Err(unanswered) => Err(unanswered.failure.error),
        }
    }
}
