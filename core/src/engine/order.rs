//! What a caller asks for, checked before the engine takes it.

use super::{PayOrder, Request};
use crate::api::pay::{NotifyHttp, PayOptions};
use crate::api::{PayRequest, RefundRequest};
use crate::error::{Error, ErrorCode, Result};
use crate::merchant::Merchant;
use crate::payment::PaymentOrder;
use crate::store::Stated;
use crate::time::Timestamp;

/// What is said beside a request to pay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayTerms {
    /// The wallet that will pay, where it is known: its minimum amount is then checked.
    pub wallet: Option<String>,
    /// The id was made for this call, and no other call has used it.
    pub fresh: bool,
    /// The notification URL is configured at the gateway, so that AMS needs none in the request.
    pub notify_url_configured: bool,
}

impl PayOrder {
    /// Checks a request to pay. `now` is the time at the gateway.
    ///
    /// Whether the expiry has passed is for the engine to say: the same call again is safe after it, too.
    ///
    /// # Errors
    /// Whatever is wrong with the request.
    pub fn checked(
        merchant: &Merchant,
        request: &PayRequest,
        terms: PayTerms,
        now: Timestamp,
    ) -> Result<Self> {
        let options = PayOptions {
            notify_http: if merchant.allows_http_notify() {
                NotifyHttp::Allowed
            } else {
                NotifyHttp::Refused
            },
            notify_url_configured: terms.notify_url_configured,
            wallet: terms.wallet,
            ..PayOptions::default()
        };
        let checked = request.check_whenever(merchant.protocol(), now, &options)?;
        let id = checked.payment_request_id.as_str().to_owned();
        let prefix = merchant.gateway().api_prefix(merchant.client_id());
        let expiry = checked.payment_expiry_time;
        let order = PaymentOrder::new(id, checked.amount, checked.scenario, expiry, prefix, &checked.body);
        Ok(PayOrder {
            merchant: merchant.client_id().into(),
            order,
            stated: Stated::of_pay(request),
            fresh: terms.fresh,
            warnings: checked.warnings,
        })
    }
}

impl Request {
    /// A refund of this request, which names its id.
    ///
    /// # Errors
    /// `request.missing` without an id; `request.notify_url` for a notification URL of plain http, unless the merchant
    /// allows it. The rest is checked against the stored payment.
    pub fn refund(merchant: &Merchant, request: &RefundRequest) -> Result<Self> {
        if request.refund_request_id.is_none() {
            let error = Error::new(ErrorCode::RequestMissing, "the field is required");
            return Err(error.with_path("refundRequestId"));
        }
        request.refuse_plain_http(merchant.allows_http_notify())?;
        let stated = Stated::of_refund(request);
        Ok(Request::Refund { request: Box::new(request.clone()), stated })
    }
}
