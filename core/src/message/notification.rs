//! A notification: verified like a response, and then asked how old it is.
//!
//! Whether the payment is known here, whether the amount is right, and what follows is left to `payment` and to
//! the host; so is the order of things: verify, store, and only then acknowledge.

use std::fmt;

use super::headers::Headers;
use super::json::Object;
use super::time;
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Protocol;
use crate::merchant::Merchant;

/// How old a notification may be, and how far ahead its time may lie, in milliseconds.
///
/// A notification that was captured can be replayed only within this window; and within it a repetition changes
/// nothing, since a payment's result is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// The greatest age.
    pub max_age_ms: u64,
    /// How far the gateway's clock may run ahead of ours.
    pub max_ahead_ms: u64,
}

impl Default for Freshness {
    /// 26 hours back, since the gateway resends for more than 24 ("Alipay, notifyPayment"), and ten minutes ahead.
    fn default() -> Self {
        Freshness { max_age_ms: 26 * 60 * 60 * 1000, max_ahead_ms: 10 * 60 * 1000 }
    }
}

impl Freshness {
    fn check(self, sent_at: i64, now_ms: u64) -> Result<()> {
        let (sent_at, now) = (i128::from(sent_at), i128::from(now_ms));
        if now - sent_at > i128::from(self.max_age_ms) {
            let reason = format!("the notification is {} s old", (now - sent_at) / 1000);
            return Err(Error::new(ErrorCode::NotificationStale, reason));
        }
        if sent_at - now > i128::from(self.max_ahead_ms) {
            let reason = format!("the notification's time lies {} s ahead", (sent_at - now) / 1000);
            return Err(Error::new(ErrorCode::NotificationFuture, reason));
        }
        Ok(())
    }
}

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotificationKind {
    /// The result of a payment.
    PaymentResult,
    /// Something else, such as the result of a refund or an authorisation. To be acknowledged; it says nothing
    /// about a payment's result.
    Other,
}

/// A notification of the gateway whose signature is good and whose time is fresh.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiedNotification {
    /// The body.
    pub body: Object,
    /// What it is about.
    pub kind: NotificationKind,
    /// The payment it is about, where it names one.
    pub payment_request_id: Option<String>,
    /// The version under which the gateway's key that verified it is configured; none where a single key is.
    pub key_version: Option<u32>,
    /// When the gateway sent it, in milliseconds since the epoch; negative before 1970.
    pub sent_at_ms: i64,
    /// The gateway's own identifier of the exchange, for its support.
    pub tracer_id: Option<String>,
}

/// Shows everything but the body, which can hold data of the customer.
impl fmt::Debug for VerifiedNotification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedNotification")
            .field("kind", &self.kind)
            .field("payment_request_id", &self.payment_request_id)
            .field("key_version", &self.key_version)
            .field("sent_at_ms", &self.sent_at_ms)
            .field("tracer_id", &self.tracer_id)
            .finish_non_exhaustive()
    }
}

impl Merchant {
    /// Verifies a notification that arrived at this path of ours: that of the notify URL, with its query where
    /// it has one, such as `/merchant/notify`.
    ///
    /// Headers and body are taken as in [`Merchant::verify_response`]; `now_ms` is the time now in milliseconds
    /// since the epoch. The `Request-Time` header goes into the signed content as it stands there
    /// ("Alipay, Entry Code Payment, Accept payments"), and is then held against [`Freshness`].
    ///
    /// # Errors
    /// Those of [`Merchant::verify_response`]; and `notification.time`, `notification.stale`,
    /// `notification.future`. What to answer then says [`Acknowledgement::refuse`](super::Acknowledgement::refuse).
    pub fn verify_notification<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        path: &str,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        now_ms: u64,
    ) -> Result<VerifiedNotification> {
        super::check_size(body)?;
        self.verify_read_notification(path, &Headers::read(headers)?, body, now_ms)
    }

    /// The same once the headers are read, for [`Merchants`](crate::merchant::Merchants).
    pub(crate) fn verify_read_notification(
        &self,
        path: &str,
        headers: &Headers,
        body: &[u8],
        now_ms: u64,
    ) -> Result<VerifiedNotification> {
        check_path(path)?;
        headers.refuse_encrypted()?;
        let signature = headers.signature()?;
        let request_time = headers.request_time()?;
        headers.check_client_id(self.client_id())?;
        let key_version = self.verify(path, signature, request_time, body)?;
        let sent_at_ms = time::parse(request_time).ok_or_else(|| {
            Error::new(ErrorCode::NotificationTime, "the Request-Time header has no documented form")
        })?;
        self.freshness().check(sent_at_ms, now_ms)?;
        let body = Object::parse(body)?;
        Ok(VerifiedNotification {
            kind: kind(self.protocol(), &body),
            payment_request_id: body.text("paymentRequestId").map(|id| id.into_owned()),
            key_version,
            sent_at_ms,
            tracer_id: headers.tracer_id().map(str::to_owned),
            body,
        })
    }
}

/// A whole URL in the place of the path would end as a signature that does not verify.
pub(super) fn check_path(path: &str) -> Result<()> {
    match path.starts_with('/') {
        true => Ok(()),
        false => {
            Err(Error::new(ErrorCode::GatewayPath, "the notification's path does not start with a slash")
                .with_hint("pass the path of the notify URL, such as /merchant/notify"))
        }
    }
}

/// AMS puts the payment's result into `result` and names the kind in `notifyType`, with more kinds than payment
/// results (a refund's result has a `result` of its own); Alipay+ has `paymentResult` and no type.
fn kind(protocol: Protocol, body: &Object) -> NotificationKind {
    let is_payment_result = match protocol {
        Protocol::Ams => {
            let notify_type = body.text("notifyType");
            body.object("result").is_some()
                && matches!(notify_type.as_deref(), None | Some("PAYMENT_RESULT" | "OFFLINE_PAYMENT_CODE"))
        }
        Protocol::AlipayPlus => body.object("paymentResult").is_some(),
    };
    if is_payment_result { NotificationKind::PaymentResult } else { NotificationKind::Other }
}
