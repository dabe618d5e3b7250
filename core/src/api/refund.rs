//! `refund` and `inquiryRefund`: money of a payment is given back, and whether it was. What the gateway tells by
//! itself is a [`RefundNotification`](super::RefundNotification).

use crate::amount::{Amount, minimum, step};
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Protocol;
use crate::json::Object;
use crate::message::NotifyUrl;
use crate::message::notify_url::check_request_url;

use super::generated::{InquiryRefundRequest, RefundRequest};
use super::inquiry::one_id;
use super::model::{Case, Path};
use super::pay::Scenario;

impl RefundRequest {
    /// The rules beyond those of the fields.
    pub(in crate::api) fn check_more(&self, at: &Path<'_>, case: Case) -> Result<()> {
        one_id(self.payment_request_id.is_some(), self.payment_id.as_deref(), at)?;
        if let Some(url) = self.refund_notify_url.as_deref().filter(|url| !url.is_empty()) {
            let at = at.member("refundNotifyUrl");
            if case.protocol == Protocol::AlipayPlus {
                return Err(at.forbidden("does not exist in Alipay+"));
            }
            check_request_url(url, &at.to_string())?;
        }
        match self.refund_amount.map(Amount::nonzero) {
            Some(Err(error)) => Err(error.with_path(at.member("refundAmount").to_string())),
            _ => Ok(()),
        }
    }
}

impl InquiryRefundRequest {
    /// The rules beyond those of the fields.
    pub(in crate::api) fn check_more(&self, at: &Path<'_>, _case: Case) -> Result<()> {
        let is_set = |id: &Option<String>| id.as_ref().is_some_and(|id| !id.is_empty());
        if is_set(&self.refund_request_id) || is_set(&self.refund_id) {
            Ok(())
        } else {
            Err(at.member("refundRequestId").missing())
        }
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
        assert_eq!((error.code().as_str(), error.path()), ("request.notify_url", Some("refundNotifyUrl")));
        for (request, allowed) in [(&https, false), (&http, true), (&RefundRequest::new(), false)] {
            assert_eq!(request.refuse_plain_http(allowed), Ok(()));
        }
    }
}
