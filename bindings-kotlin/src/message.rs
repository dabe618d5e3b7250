//! Messages: what is sent, and what was verified.

use alipay_instore::Timestamp;
use alipay_instore::merchant;

use crate::failure::of_code;
use crate::flat::{Answer, Input, Outcome, Put, Stopped, Take};

/// A header of a message, for what crosses by UniFFI.
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

/// The headers of a message in a flat call.
pub(crate) struct Headers<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Headers<'a> {
    /// As names and values.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().copied()
    }
}

impl<'a> Take<'a> for Headers<'a> {
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
        from.next().map(Headers)
    }
}

impl Put for merchant::SignedRequest {
    fn put(&self, answer: &mut Answer) {
        self.url.put(answer);
        self.path.put(answer);
        answer.list(self.headers.iter());
        answer.bytes(&self.body);
    }
}

impl Put for merchant::VerifiedResponse {
    fn put(&self, answer: &mut Answer) {
        self.body.to_string().put(answer);
        self.key_version.put(answer);
        self.time.put(answer);
        self.signed_at.map(Timestamp::as_millis).put(answer);
        self.text_replaced.put(answer);
        self.tracer_id.put(answer);
    }
}

impl Put for merchant::VerifiedNotification {
    fn put(&self, answer: &mut Answer) {
        self.body.to_string().put(answer);
        self.kind.put(answer);
        self.payment_request_id.put(answer);
        self.refund_request_id.put(answer);
        self.path.put(answer);
        self.signed_with_query.put(answer);
        self.text_replaced.put(answer);
        self.key_version.put(answer);
        self.sent_at.as_millis().put(answer);
        self.tracer_id.put(answer);
    }
}

impl Put for merchant::Acknowledgement {
    fn put(&self, answer: &mut Answer) {
        self.status.put(answer);
        answer.list(self.headers.iter());
        answer.bytes(self.body);
    }
}

/// The answer to a notification that could not be verified or stored, by the code of the error.
pub(crate) fn refuse(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    merchant::Acknowledgement::refuse(&of_code(input.all()?)).put(answer);
    Ok(())
}
