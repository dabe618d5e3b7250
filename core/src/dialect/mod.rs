//! Events, actions, outcomes and timeline entries as JSON: one form, which every language and the shared vectors read
//! and write.
//!
//! - Names are in snake_case, times are integers of milliseconds since the epoch.
//! - What happened, and what is to be done, is an object whose `type` says which of several kinds it is:
//!   `{"type": "reply", "send_id": 1, "operation": "pay", "body": {…}}`.
//! - How something ended is a word in `outcome`; beside it, `code` is the code of a refusal, and `reason` says what could
//!   not be settled in a payment. Both are `null` where they say nothing.
//! - An entry of a timeline has `at`, `elapsed`, and the `event`.
//!
//! Snapshots have a form of their own, which is stored and never read elsewhere.

mod action;
mod entry;
mod event;
mod result;

use crate::error::Error;
use crate::json::{Json, Object};
use crate::payment::{AlertKind, Outcome};
use crate::refund::RefundOutcome;
use crate::reverse::ReverseOutcome;
use crate::scanned_as::ScannedAs;

pub use action::actions;
pub(crate) use entry::timeline;

/// How something ended, and what belongs to it.
pub trait Ended {
    /// Puts `outcome` into an object, with `code` and, for a payment, `reason` beside it.
    fn put_into(&self, object: Object) -> Object;
}

impl Ended for Outcome {
    fn put_into(&self, object: Object) -> Object {
        let (code, reason) = match self {
            Outcome::Failed { code } => (Some(code.as_str()), None),
            Outcome::Unresolved { reason } => (None, Some(reason.as_str())),
            Outcome::Succeeded | Outcome::Cancelled | Outcome::Refunded => (None, None),
        };
        object.with("outcome", self.as_str()).with("code", optional(code)).with("reason", optional(reason))
    }
}

impl Ended for RefundOutcome {
    fn put_into(&self, object: Object) -> Object {
        let code = match self {
            RefundOutcome::Failed { code } => Some(code.as_str()),
            RefundOutcome::Refunded | RefundOutcome::OrderCancelled | RefundOutcome::Unresolved => None,
        };
        object.with("outcome", self.as_str()).with("code", optional(code))
    }
}

impl Ended for ReverseOutcome {
    fn put_into(&self, object: Object) -> Object {
        let code = match self {
            ReverseOutcome::Refused { code } => Some(code.as_str()),
            ReverseOutcome::Reversed | ReverseOutcome::Unresolved => None,
        };
        object.with("outcome", self.as_str()).with("code", optional(code))
    }
}

/// How something ended, if it has: an object whose `outcome` is `null` while there is none.
pub fn outcome(ended: Option<&impl Ended>) -> Object {
    ended.map_or_else(|| Object::new().with("outcome", Json::Null), |ended| ended.put_into(Object::new()))
}

impl Error {
    /// The error as JSON: `code`, `reason`, `hint`, `retryable`, `path`, `payment_request_id`, `may_have_charged`, `may_have_refunded`, `scanned_as`, and `http_status` and
    /// `content_type` of an answer that could not be used.
    pub fn to_json(&self) -> Object {
        let http = self.http();
        Object::new()
            .with("code", self.code().as_str())
            .with("reason", self.reason())
            .with("hint", self.hint())
            .with("retryable", Json::Bool(self.retryable()))
            .with("path", optional(self.path()))
            .with("payment_request_id", optional(self.payment_request_id()))
            .with("may_have_charged", Json::Bool(self.may_have_charged()))
            .with("may_have_refunded", Json::Bool(self.may_have_refunded()))
            .with("scanned_as", optional(self.scanned_as().map(ScannedAs::as_str)))
            .with("http_status", http.map_or(Json::Null, |http| integer(i64::from(http.status))))
            .with("content_type", optional(http.and_then(|http| http.content_type.as_deref())))
    }
}

/// The kinds of alerts, as a list of words.
pub fn alerts(kinds: &[AlertKind]) -> Json {
    Json::Array(kinds.iter().map(|kind| kind.as_str().into()).collect())
}

pub(crate) fn optional(text: Option<&str>) -> Json {
    text.map_or(Json::Null, Json::from)
}

pub(crate) fn integer(number: i64) -> Json {
    Json::Number(number.to_string())
}

#[cfg(test)]
mod described;
#[cfg(test)]
mod description_tests;
#[cfg(test)]
mod tests;
