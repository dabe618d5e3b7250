//! Requests as JSON text: the models of Kotlin write it, the core reads and checks it.

use alipay_instore::Timestamp;
use alipay_instore::api::pay::PayOptions;
use alipay_instore::api::{self, PayRequest, PaymentRequestId, RefundRequest};
use alipay_instore::json::Object;

use crate::amount::Amount;
use crate::failure::Result;
use crate::flat::{Answer, Input, Outcome, Put as _, Stopped};
use crate::mirror::{NotifyHttp, Protocol, Scenario};

/// What the check of a request to pay has to know beside it.
#[derive(uniffi::Record)]
pub struct PayCheck {
    /// The protocol of the gateway.
    pub protocol: Protocol,
    /// To which notification URLs plain http is allowed.
    pub notify_http: NotifyHttp,
    /// The merchant's notification URL, for requests that name none.
    pub notify_url: Option<String>,
    /// Whether the notification URL is configured at the gateway.
    pub notify_url_configured: bool,
    /// The wallet that will pay, if it is known.
    pub wallet: Option<String>,
    /// The time now.
    pub now: i64,
}

/// A request that may be sent.
#[derive(uniffi::Record)]
pub struct CheckedPay {
    /// The id of this attempt.
    pub payment_request_id: String,
    /// What the customer pays.
    pub amount: Amount,
    /// The scenario.
    pub scenario: Scenario,
    /// The expiry that was asked for.
    pub payment_expiry_time: Option<i64>,
    /// The body without its expiry, a secret.
    pub body: String,
}

/// Checks a request to pay.
#[uniffi::export]
pub fn check_pay(request: String, check: PayCheck) -> Result<CheckedPay> {
    let options = PayOptions {
        notify_http: check.notify_http.into(),
        notify_url: check.notify_url,
        notify_url_configured: check.notify_url_configured,
        wallet: check.wallet,
        ..PayOptions::default()
    };
    let request = PayRequest::from_json(Object::parse(request.as_bytes())?);
    let checked = request.check(check.protocol.into(), Timestamp::from_millis(check.now), &options)?;
    Ok(CheckedPay {
        payment_request_id: checked.payment_request_id.as_str().to_owned(),
        amount: checked.amount.into(),
        scenario: checked.scenario.into(),
        payment_expiry_time: checked.payment_expiry_time.map(Timestamp::as_millis),
        body: checked.body.to_string(),
    })
}

/// Refuses a request to refund whose notification URL is plain http, unless that is allowed.
#[uniffi::export]
pub fn check_refund_notify_url(request: String, allow_http: bool) -> Result<()> {
    let request = RefundRequest::from_json(Object::parse(request.as_bytes())?);
    Ok(request.refuse_plain_http(allow_http)?)
}

/// The body of an inquiry for a payment.
#[uniffi::export]
pub fn inquiry_body(protocol: Protocol, payment_request_id: String) -> Result<String> {
    let request = api::InquiryRequest::for_request(PaymentRequestId::parse(&payment_request_id)?);
    Ok(request.to_body(protocol.into())?.to_string())
}

/// The body of an inquiry for a refund.
#[uniffi::export]
pub fn inquiry_refund_body(protocol: Protocol, refund_request_id: String) -> Result<String> {
    let request =
        api::InquiryRefundRequest { refund_request_id: Some(refund_request_id), ..Default::default() };
    Ok(request.to_body(protocol.into())?.to_string())
}

/// A new id for an attempt to pay, of 16 random bytes.
pub(crate) fn new_payment_request_id(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let (now, terminal, random) = input.all::<(_, &str, &[u8])>()?;
    let random = random.try_into().map_err(|_| Stopped::Malformed)?;
    PaymentRequestId::new(now, terminal, random).as_str().put(answer);
    Ok(())
}

/// A time as RFC 3339, for a field of a request.
pub(crate) fn rfc3339(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    Timestamp::from_millis(input.all()?).to_rfc3339()?.put(answer);
    Ok(())
}

/// The milliseconds of a time of a message.
pub(crate) fn parse_time(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    Timestamp::parse(input.all()?).map(Timestamp::as_millis).put(answer);
    Ok(())
}
