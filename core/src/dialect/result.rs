//! Results of calls, and alerts.

use super::{Ended, integer, optional, timeline};
use crate::engine::{Notified, PaymentResult, RefundResult, ReverseResult};
use crate::json::{Json, Object};
use crate::store::{Alert, Part};

impl PaymentResult {
    /// The result as JSON; its members are the fields of this type, with `in_progress`, and `code` and `reason` beside the
    /// outcome, which are `null` like it while it is in progress.
    pub fn to_json(&self) -> Object {
        let result = Object::new().with("payment_request_id", self.payment_request_id.as_str());
        ended(self.outcome.as_ref(), result, &["code", "reason"])
            .with("in_progress", Json::Bool(self.outcome.is_none()))
            .with("phase", self.phase)
            .with("amount", self.amount.to_string())
            .with("payment_id", optional(self.payment_id.as_deref()))
            .with("payment_time", self.payment_time.map_or(Json::Null, |at| integer(at.as_millis())))
            .with("alerts", alerts(&self.alerts))
            .with("code_ignored", Json::Bool(self.code_ignored))
            .with("stored", Json::Bool(self.stored))
            .with("may_have_charged", Json::Bool(self.may_have_charged))
            .with("may_have_refunded", Json::Bool(self.may_have_refunded))
            .with("form", self.form.clone().map_or(Json::Null, Json::Object))
            .with("timeline", timeline(&self.timeline))
            .with(
                "warnings",
                Json::Array(self.warnings.iter().map(|warning| warning.to_json().into()).collect()),
            )
    }
}

impl RefundResult {
    /// The result as JSON; its members are the fields of this type, with `in_progress`, and `code` beside the outcome.
    pub fn to_json(&self) -> Object {
        let result = Object::new()
            .with("payment_request_id", self.payment_request_id.as_str())
            .with("refund_request_id", self.refund_request_id.as_str());
        ended(self.outcome.as_ref(), result, &["code"])
            .with("in_progress", Json::Bool(self.outcome.is_none()))
            .with("refund_id", optional(self.refund_id.as_deref()))
            .with("alerts", alerts(&self.alerts))
            .with("left", Json::Number(self.left.to_string()))
            .with("stored", Json::Bool(self.stored))
            .with("may_have_refunded", Json::Bool(self.may_have_refunded))
            .with("timeline", timeline(&self.timeline))
    }
}

impl ReverseResult {
    /// The result as JSON; its members are the fields of this type, with `in_progress`, and `code` beside the outcome.
    pub fn to_json(&self) -> Object {
        let result = Object::new().with("payment_request_id", self.payment_request_id.as_str());
        ended(self.outcome.as_ref(), result, &["code"])
            .with("in_progress", Json::Bool(self.outcome.is_none()))
            .with("refund_request_id", optional(self.refund_request_id.as_deref()))
            .with("refund_id", optional(self.refund_id.as_deref()))
            .with("alerts", alerts(&self.alerts))
            .with("left", Json::Number(self.left.to_string()))
            .with("stored", Json::Bool(self.stored))
            .with("may_have_refunded", Json::Bool(self.may_have_refunded))
            .with("timeline", timeline(&self.timeline))
    }
}

impl Notified {
    /// The same as JSON: `kind` is `taken`, `unknown` or `other`. What was taken names its payment, and its refund if it is
    /// about one; the outcome is the payment's and `null` while there is none; `alerts` are those that it raised.
    pub fn to_json(&self) -> Object {
        match self {
            Notified::Taken { payment_request_id, refund_request_id, outcome, alerts: new } => {
                let taken = Object::new()
                    .with("kind", "taken")
                    .with("payment_request_id", payment_request_id.as_str())
                    .with("refund_request_id", optional(refund_request_id.as_deref()));
                ended(outcome.as_ref(), taken, &["code", "reason"]).with("alerts", alerts(new))
            }
            Notified::Unknown => Object::new().with("kind", "unknown"),
            Notified::Other => Object::new().with("kind", "other"),
        }
    }
}

impl Alert {
    /// The alert as JSON: `number`, `part` (`payment`, `refund` or `reverse`), `refund_request_id` of a refund, `kind`,
    /// `detail`, `at`, and `acknowledged` with `who` and `at`, or `null`.
    pub fn to_json(&self) -> Object {
        let (part, refund) = match &self.part {
            Part::Payment => ("payment", None),
            Part::Refund(id) => ("refund", Some(id.as_str())),
            Part::Reverse => ("reverse", None),
        };
        let acknowledged = self.acknowledged.as_ref().map_or(Json::Null, |acknowledged| {
            Object::new()
                .with("who", acknowledged.who.as_str())
                .with("at", integer(acknowledged.at.as_millis()))
                .into()
        });
        Object::new()
            .with("number", integer(i64::from(self.number)))
            .with("part", part)
            .with("refund_request_id", optional(refund))
            .with("kind", self.kind.as_str())
            .with("detail", self.detail.as_str())
            .with("at", integer(self.at.as_millis()))
            .with("acknowledged", acknowledged)
    }
}

/// Puts in how something ended; while it has not, `null`, and so is what would be beside it.
fn ended<E: Ended>(outcome: Option<&E>, object: Object, beside: &[&'static str]) -> Object {
    match outcome {
        Some(outcome) => outcome.put_into(object),
        None => beside
            .iter()
            .fold(object.with("outcome", Json::Null), |object, name| object.with(*name, Json::Null)),
    }
}

fn alerts(alerts: &[Alert]) -> Json {
    Json::Array(alerts.iter().map(|alert| alert.to_json().into()).collect())
}
