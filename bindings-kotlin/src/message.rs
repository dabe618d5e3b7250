//! Messages by value: what is sent, and what was verified.

use alipay_instore::merchant;

use crate::failure::of_code;
use crate::mirror::NotificationKind;

/// A header of a message.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Header {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

pub(crate) fn pairs(headers: &[Header]) -> impl Iterator<Item = (&str, &str)> {
    headers.iter().map(|header| (header.name.as_str(), header.value.as_str()))
}

fn headers(pairs: Vec<(&'static str, String)>) -> Vec<Header> {
    pairs.into_iter().map(|(name, value)| Header { name: name.to_owned(), value }).collect()
}

/// A signed request, to be posted as it is.
#[derive(uniffi::Record)]
pub struct SignedRequest {
    /// The whole URL.
    pub url: String,
    /// The path that was signed.
    pub path: String,
    /// The headers.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Vec<u8>,
}

impl From<merchant::SignedRequest> for SignedRequest {
    fn from(request: merchant::SignedRequest) -> Self {
        SignedRequest {
            url: request.url,
            path: request.path,
            headers: headers(request.headers),
            body: request.body,
        }
    }
}

/// A verified response.
#[derive(uniffi::Record)]
pub struct VerifiedResponse {
    /// The body as JSON text.
    pub body: String,
    /// The version of the key that verified it.
    pub key_version: Option<u32>,
    /// The Response-Time header.
    pub time: String,
    /// The same in milliseconds since the epoch.
    pub signed_at: Option<i64>,
    /// Whether some text of the body was not UTF-8.
    pub text_replaced: bool,
    /// The gateway's identifier of the exchange.
    pub tracer_id: Option<String>,
}

impl From<merchant::VerifiedResponse> for VerifiedResponse {
    fn from(response: merchant::VerifiedResponse) -> Self {
        VerifiedResponse {
            body: response.body.to_string(),
            key_version: response.key_version,
            time: response.time,
            signed_at: response.signed_at_ms,
            text_replaced: response.text_replaced,
            tracer_id: response.tracer_id,
        }
    }
}

/// A verified notification.
#[derive(uniffi::Record)]
pub struct VerifiedNotification {
    /// The body as JSON text.
    pub body: String,
    /// What it is about.
    pub kind: NotificationKind,
    /// The payment it is about.
    pub payment_request_id: Option<String>,
    /// The refund it is about.
    pub refund_request_id: Option<String>,
    /// The path that it was signed over.
    pub path: String,
    /// Whether that path holds the query of the notify URL.
    pub signed_with_query: bool,
    /// Whether some text of the body was not UTF-8.
    pub text_replaced: bool,
    /// The version of the key that verified it.
    pub key_version: Option<u32>,
    /// When it was sent.
    pub sent_at: i64,
    /// The gateway's identifier of the exchange.
    pub tracer_id: Option<String>,
}

impl From<merchant::VerifiedNotification> for VerifiedNotification {
    fn from(notification: merchant::VerifiedNotification) -> Self {
        VerifiedNotification {
            body: notification.body.to_string(),
            kind: notification.kind.into(),
            payment_request_id: notification.payment_request_id,
            refund_request_id: notification.refund_request_id,
            path: notification.path,
            signed_with_query: notification.signed_with_query,
            text_replaced: notification.text_replaced,
            key_version: notification.key_version,
            sent_at: notification.sent_at_ms,
            tracer_id: notification.tracer_id,
        }
    }
}

/// What to answer to a notification.
#[derive(uniffi::Record)]
pub struct Acknowledgement {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Vec<u8>,
}

impl From<merchant::Acknowledgement> for Acknowledgement {
    fn from(answer: merchant::Acknowledgement) -> Self {
        Acknowledgement {
            status: answer.status,
            headers: headers(answer.headers),
            body: answer.body.to_vec(),
        }
    }
}

/// The answer to a notification that could not be verified or stored, by the code of the error.
#[uniffi::export]
pub fn refuse_notification(code: String) -> Acknowledgement {
    merchant::Acknowledgement::refuse(&of_code(&code)).into()
}
