//! The one reader of bodies: what a verified message says, in plain terms.
//!
//! Both machines, the client's timeline, notifications and the advice ask a [`Reading`]; nothing else reads a member
//! of a message to decide by it. A reading decides nothing itself: what follows from it is the part of the machines.
//!
//! How members are read, everywhere alike:
//! - the status letter is `S`, `F` or `U`, exactly; anything else, also a small letter, is unknown;
//! - words such as `paymentStatus` are compared without regard to case ("Alipay, inquiryPayment" and its samples
//!   differ in it);
//! - scalars are text, also where a message carries a number or a boolean, and keep their digits;
//! - `null` says as much as an absent member;
//! - an id or an amount that is there and can't be read contradicts ours.

mod amount;
mod form;
mod json;
mod notification;
mod payment;
mod refund;
mod unverified;

pub use crate::words::{Money, Named, NotificationKind, PayAnswer, Stated};
pub use json::{Ours, read_verified};
pub use refund::RefundStatus;
pub use unverified::Blamed;

use std::borrow::Cow;

use crate::gateway::Operation;
use crate::gateway::Protocol;
use crate::json::{Json, Object};
use crate::result_code::{Meaning, Status, meaning};
use crate::time::Timestamp;

/// The longest id, code or word that is kept of a message.
const LONGEST: usize = 64;

/// A verified body, read as the answer to one operation, or as a notification.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    protocol: Protocol,
    operation: Operation,
    body: &'a Object,
}

impl<'a> Reading<'a> {
    /// Reads this body as the answer to this operation; [`Operation::Notify`] for a notification.
    pub fn new(protocol: Protocol, operation: Operation, body: &'a Object) -> Self {
        Reading { protocol, operation, body }
    }

    /// The operation that it answers.
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// The status of the message's own `result`.
    pub fn status(&self) -> Status {
        self.result().map_or(Status::Unknown, |result| Status::from_letter(&raw(result, "resultStatus")))
    }

    /// The letter of the message's own `result` as it came, at most 64 characters; empty where there is none.
    pub fn letter(&self) -> String {
        self.result().map_or_else(String::new, |result| word(result, "resultStatus"))
    }

    /// The code of the message's own `result`; empty where there is none.
    pub fn code(&self) -> String {
        self.result().map_or_else(String::new, |result| word(result, "resultCode"))
    }

    /// What the message's own `result` means for its operation.
    pub fn meaning(&self) -> Meaning {
        let code = self.result().map_or(Cow::Borrowed(""), |result| raw(result, "resultCode"));
        meaning(self.protocol, self.operation, self.status().as_str(), &code)
    }

    /// Whether the gateway asks to be called less often.
    pub fn traffic_limit(&self) -> bool {
        self.code() == "REQUEST_TRAFFIC_EXCEED_LIMIT"
    }

    /// Whether the message names the payment of this `paymentRequestId`.
    pub fn names_payment(&self, payment_request_id: &str) -> Named {
        self.names("paymentRequestId", payment_request_id)
    }

    /// Whether the message names the refund of this `refundRequestId`.
    pub fn names_refund(&self, refund_request_id: &str) -> Named {
        self.names("refundRequestId", refund_request_id)
    }

    /// The `paymentRequestId` that the message names.
    pub fn payment_request_id(&self) -> Option<String> {
        self.id("paymentRequestId")
    }

    /// The gateway's id of the payment.
    pub fn payment_id(&self) -> Option<String> {
        self.id("paymentId")
    }

    /// The `refundRequestId` that the message names.
    pub fn refund_request_id(&self) -> Option<String> {
        self.id("refundRequestId")
    }

    /// The gateway's id of the refund.
    pub fn refund_id(&self) -> Option<String> {
        self.id("refundId")
    }

    /// When the payment was made.
    pub fn payment_time(&self) -> Option<Timestamp> {
        Timestamp::parse(&self.body.text("paymentTime")?)
    }

    fn names(&self, member: &str, ours: &str) -> Named {
        match present(self.body, member).map(|id| id.scalar()) {
            None => Named::Absent,
            Some(Some(id)) if id == ours => Named::Ours,
            Some(_) => Named::Other,
        }
    }

    /// An id of the documented length; a longer one is not cut, since half an id names something else.
    fn id(&self, member: &str) -> Option<String> {
        let id = self.body.text(member)?;
        (!id.is_empty() && id.chars().count() <= LONGEST).then(|| id.into_owned())
    }

    fn result(&self) -> Option<&'a Object> {
        self.body.object("result")
    }
}

/// `null` says as much as an absent member.
fn present<'b>(object: &'b Object, name: &str) -> Option<&'b Json> {
    object.get(name).filter(|value| **value != Json::Null)
}

/// A word as it came, to decide by; empty where there is none.
fn raw<'b>(object: &'b Object, name: &str) -> Cow<'b, str> {
    object.text(name).unwrap_or(Cow::Borrowed(""))
}

/// A word to keep and to show: bounded, without control characters.
fn word(object: &Object, name: &str) -> String {
    object.text(name).map_or_else(String::new, |text| bounded(&text))
}

fn bounded(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests;
