//! `refund` and `inquiryRefund`: money of a payment is given back, and whether it was. What the gateway tells by
//! itself is a [`RefundNotification`](super::RefundNotification).

use crate::amount::{Amount, minimum, step};
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Protocol;
use crate::json::Object;
use crate::message::NotifyUrl;
use crate::message::notify_url::check_request_url;

use super::declare::{model, words};
use super::id::PaymentRequestId;
use super::inquiry::one_id;
use super::members::StatedAmount;
use super::model::{Case, Form, Need, Path};
use super::pay::Scenario;
use super::result::{ApiResult, SettlementQuote};
use super::time::Time;

words! {
    /// What has become of a refund. Source: Alipay, inquiryRefund.
    pub enum RefundStatus {
        /// The money was given back.
        Success = "SUCCESS",
        /// Not yet decided.
        Processing = "PROCESSING",
        /// It was not, for good.
        Fail = "FAIL",
    }
}

model! {
    /// A request to refund, in whole or in part. Source: Alipay, refund; Alipay+, refund.
    pub struct RefundRequest {
        /// One id for each refund, kept when the request is repeated.
        refund_request_id: String = "refundRequestId" { max: 64, need: Need::ALWAYS, shown: true },
        /// The gateway's id of the payment. AMS requires it.
        payment_id: String = "paymentId" { max: 64, need: Need::AMS, shown: true },
        /// Alipay+: the id of the request to pay, where `paymentId` is not known. AMS is not sent it.
        payment_request_id: PaymentRequestId = "paymentRequestId" { max: 64, shown: true },
        /// How much is given back.
        refund_amount: Amount = "refundAmount" { need: Need::ALWAYS },
        /// The refund's id in the merchant's system.
        reference_refund_id: String = "referenceRefundId" { max: 64, shown: true },
        /// Why.
        refund_reason: String = "refundReason" { max: 256 },
        /// AMS: where the result of the refund is notified. An optional service: never wait for it.
        refund_notify_url: String = "refundNotifyUrl" { max: 2048, form: Form::Url },
    }
    check check_refund;

    /// The answer to `refund`.
    pub struct RefundResponse {
        /// How the call ended.
        result: ApiResult = "result" {},
        /// The id of the request.
        refund_request_id: String = "refundRequestId" { max: 64, shown: true },
        /// The gateway's id of the refund.
        refund_id: String = "refundId" { max: 64, shown: true },
        /// The gateway's id of the payment.
        payment_id: String = "paymentId" { max: 64, shown: true },
        /// How much was given back.
        refund_amount: StatedAmount = "refundAmount" {},
        /// When.
        refund_time: Time = "refundTime" {},
        /// AMS: what is settled, before fees.
        gross_settlement_amount: StatedAmount = "grossSettlementAmount" {},
        /// The rate of the settlement.
        settlement_quote: SettlementQuote = "settlementQuote" {},
        /// Alipay+: the acquirer.
        acquirer_id: String = "acquirerId" { max: 64, shown: true },
        /// Alipay+: the wallet's id.
        psp_id: String = "pspId" { shown: true },
        /// Alipay+: what is settled.
        settlement_amount: StatedAmount = "settlementAmount" {},
    }

    /// A request to `inquiryRefund`: one of the ids, or both, in which case the gateway goes by `refundId`.
    /// Alipay+ has no such API.
    pub struct InquiryRefundRequest {
        /// The id of the request to refund.
        refund_request_id: String = "refundRequestId" { max: 64, shown: true },
        /// The gateway's id of the refund.
        refund_id: String = "refundId" { max: 64, shown: true },
    }
    check check_inquiry;

    /// The answer to `inquiryRefund`.
    pub struct InquiryRefundResponse {
        /// Whether the inquiry worked.
        result: ApiResult = "result" {},
        /// What has become of the refund.
        refund_status: RefundStatus = "refundStatus" { max: 16 },
        /// The id of the request to refund.
        refund_request_id: String = "refundRequestId" { max: 64, shown: true },
        /// The gateway's id of the refund.
        refund_id: String = "refundId" { max: 64, shown: true },
        /// How much was given back.
        refund_amount: StatedAmount = "refundAmount" {},
        /// When.
        refund_time: Time = "refundTime" {},
        /// What is settled, before fees.
        gross_settlement_amount: StatedAmount = "grossSettlementAmount" {},
        /// The rate of the settlement.
        settlement_quote: SettlementQuote = "settlementQuote" {},
    }
}

fn check_refund(request: &RefundRequest, at: &Path<'_>, case: Case) -> Result<()> {
    one_id(request.payment_request_id.is_some(), request.payment_id.as_deref(), at)?;
    if let Some(url) = request.refund_notify_url.as_deref().filter(|url| !url.is_empty()) {
        let at = at.member("refundNotifyUrl");
        if case.protocol == Protocol::AlipayPlus {
            return Err(at.forbidden("does not exist in Alipay+"));
        }
        check_request_url(url, &at.to_string())?;
    }
    match request.refund_amount.map(Amount::nonzero) {
        Some(Err(error)) => Err(error.with_path(at.member("refundAmount").to_string())),
        _ => Ok(()),
    }
}

fn check_inquiry(request: &InquiryRefundRequest, at: &Path<'_>, _case: Case) -> Result<()> {
    let is_set = |id: &Option<String>| id.as_ref().is_some_and(|id| !id.is_empty());
    if is_set(&request.refund_request_id) || is_set(&request.refund_id) {
        Ok(())
    } else {
        Err(at.member("refundRequestId").missing())
    }
}

impl RefundRequest {
    /// Checks it and writes the body. Where the wallet is known, such as `ALIPAY_HK`, its minimum and its
    /// step are checked too.
    ///
    /// # Errors
    /// `request.missing`, `request.too_long`, `request.invalid`, `request.forbidden` (`refundNotifyUrl` in Alipay+),
    /// `request.notify_url`, `request.below_minimum`, `amount.zero`, `amount.rule`; each names the path. That the refunds
    /// of a payment never exceed it is left to the ledger of refunds.
    pub fn to_body(&self, protocol: Protocol, wallet: Option<&str>) -> Result<Object> {
        self.check_at(&Path::ROOT, Case { protocol, scenario: Scenario::PaymentCode })?;
        if let (Some(wallet), Some(amount)) = (wallet, self.refund_amount) {
            minimum::check(wallet, amount)
                .and_then(|()| step::check(wallet, amount))
                .map_err(|error| error.with_path("refundAmount"))?;
        }
        let mut body = self.to_json();
        if protocol == Protocol::Ams {
            body.take("paymentRequestId");
        }
        Ok(body)
    }

    /// Refuses a `refundNotifyUrl` of plain http unless it is `allowed`, as [`Merchant::allows_http_notify`] says. One that
    /// can't be used at all is refused by [`to_body`](RefundRequest::to_body).
    ///
    /// [`Merchant::allows_http_notify`]: crate::merchant::Merchant::allows_http_notify
    ///
    /// # Errors
    /// `request.notify_url`.
    pub fn refuse_plain_http(&self, allowed: bool) -> Result<()> {
        let url = self.refund_notify_url.as_deref().map(NotifyUrl::parse);
        match url {
            Some(Ok(url)) if url.is_plain_http() && !allowed => {
                let error = Error::new(ErrorCode::RequestNotifyUrl, "the notification URL is not https");
                Err(error.with_path("refundNotifyUrl"))
            }
            _ => Ok(()),
        }
    }
}

impl InquiryRefundRequest {
    /// Checks it and writes the body.
    ///
    /// # Errors
    /// `request.missing` without any id, `request.too_long`, `request.invalid`.
    pub fn to_body(&self, protocol: Protocol) -> Result<Object> {
        self.check_at(&Path::ROOT, Case { protocol, scenario: Scenario::PaymentCode })?;
        Ok(self.to_json())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_where_it_is_allowed() {
        let request = |url: &str| RefundRequest::new().refund_notify_url(url);
        let (http, https) = (request("http://shop.example/n"), request("https://shop.example/n"));
        let error = http.refuse_plain_http(false).unwrap_err();
        assert_eq!((error.code(), error.path()), ("request.notify_url", Some("refundNotifyUrl")));
        for (request, allowed) in [(&https, false), (&http, true), (&RefundRequest::new(), false)] {
            assert_eq!(request.refuse_plain_http(allowed), Ok(()));
        }
    }
}
