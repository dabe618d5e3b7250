//! Results and steps as JSON, in the one form that every language reads: snake_case names, times as integers of
//! milliseconds, nothing where there is nothing.

use super::{Notified, PaymentResult, RefundResult, ReverseResult, Step, StepEvent};
use crate::error::Error;
use crate::json::{Json, Object};
use crate::payment::{AlertKind, Outcome};
use crate::payment_code::ScannedAs;
use crate::refund::RefundOutcome;
use crate::reverse::ReverseOutcome;

impl PaymentResult {
    /// The result as JSON; its members are the fields of this type.
    pub fn to_json(&self) -> Object {
        Object::new()
            .with("payment_request_id", self.payment_request_id.as_str())
            .with("outcome", outcome(&self.outcome))
            .with("payment_id", optional(self.payment_id.as_deref()))
            .with("alerts", alerts(&self.alerts))
            .with("timeline", Json::Array(self.timeline.iter().map(|step| step.to_json().into()).collect()))
            .with("notes", Json::Array(self.notes.iter().map(|note| note.to_json().into()).collect()))
    }
}

impl RefundResult {
    /// The result as JSON; its members are the fields of this type.
    pub fn to_json(&self) -> Object {
        Object::new()
            .with("payment_request_id", self.payment_request_id.as_str())
            .with("refund_request_id", self.refund_request_id.as_str())
            .with("outcome", refund_outcome(&self.outcome))
            .with("refund_id", optional(self.refund_id.as_deref()))
            .with("alerts", alerts(&self.alerts))
            .with("left", Json::Number(self.left.to_string()))
    }
}

impl ReverseResult {
    /// The result as JSON; its members are the fields of this type.
    pub fn to_json(&self) -> Object {
        Object::new()
            .with("payment_request_id", self.payment_request_id.as_str())
            .with("outcome", reverse_outcome(&self.outcome))
            .with("refund_request_id", optional(self.refund_request_id.as_deref()))
            .with("refund_id", optional(self.refund_id.as_deref()))
            .with("alerts", alerts(&self.alerts))
            .with("left", Json::Number(self.left.to_string()))
            .with("timeline", Json::Array(self.timeline.iter().map(|step| step.to_json().into()).collect()))
    }
}

impl Notified {
    /// The same as JSON: `kind` is `taken`, `refund_taken`, `unknown` or `other`.
    pub fn to_json(&self) -> Object {
        match self {
            Notified::Taken { outcome: ended } => Object::new()
                .with("kind", "taken")
                .with("outcome", ended.as_ref().map_or(Json::Null, |ended| outcome(ended).into())),
            Notified::RefundTaken { refund_request_id, outcome: ended } => Object::new()
                .with("kind", "refund_taken")
                .with("refund_request_id", refund_request_id.as_str())
                .with("outcome", ended.as_ref().map_or(Json::Null, |ended| refund_outcome(ended).into())),
            Notified::Unknown { payment_request_id } => Object::new()
                .with("kind", "unknown")
                .with("payment_request_id", optional(payment_request_id.as_deref())),
            Notified::Other => Object::new().with("kind", "other"),
        }
    }
}

impl Step {
    /// The step as JSON: `at`, `elapsed`, `event` with the event's name, and what the event holds.
    pub fn to_json(&self) -> Object {
        let step = Object::new()
            .with("at", integer(self.at))
            .with("elapsed", integer(self.elapsed))
            .with("event", self.event.name());
        match &self.event {
            StepEvent::Sent { operation, send_id, attempt } => step
                .with("operation", operation.as_str())
                .with("send_id", integer(i64::from(*send_id)))
                .with("attempt", integer(i64::from(*attempt))),
            StepEvent::Answered {
                operation,
                send_id,
                took,
                result_status,
                result_code,
                payment_status,
                tracer_id,
                text_replaced,
            } => step
                .with("operation", operation.as_str())
                .with("send_id", integer(i64::from(*send_id)))
                .with("took", integer(*took))
                .with("result_status", result_status.as_str())
                .with("result_code", result_code.as_str())
                .with("payment_status", optional(payment_status.as_deref()))
                .with("tracer_id", optional(tracer_id.as_deref()))
                .with("text_replaced", Json::Bool(*text_replaced)),
            StepEvent::Unanswered { operation, send_id, took, certainty, error } => step
                .with("operation", operation.as_str())
                .with("send_id", integer(i64::from(*send_id)))
                .with("took", integer(*took))
                .with("certainty", certainty.as_str())
                .with("error", error.to_json()),
            StepEvent::Notified | StepEvent::CancelRequested | StepEvent::Resumed => step,
            StepEvent::Presented { form } => step.with("form", form.clone()),
            StepEvent::Alerted { kind, detail } => {
                step.with("kind", kind.as_str()).with("detail", detail.as_str())
            }
            StepEvent::Concluded { outcome: ended } => step.with("outcome", outcome(ended)),
            StepEvent::ReverseConcluded { outcome } => step.with("outcome", reverse_outcome(outcome)),
            StepEvent::RefundConcluded { refund_request_id, outcome } => step
                .with("refund_request_id", refund_request_id.as_str())
                .with("outcome", refund_outcome(outcome)),
        }
    }
}

impl Error {
    /// The error as JSON: `code`, `reason`, `hint`, `retryable`, `path`, `scanned_as`, and `http_status` and `content_type`
    /// of an answer that could not be used.
    pub fn to_json(&self) -> Object {
        let http = self.http();
        Object::new()
            .with("code", self.code())
            .with("reason", self.reason())
            .with("hint", self.hint())
            .with("retryable", Json::Bool(self.retryable()))
            .with("path", optional(self.path()))
            .with("scanned_as", optional(self.scanned_as().map(ScannedAs::as_str)))
            .with("http_status", http.map_or(Json::Null, |http| integer(i64::from(http.status))))
            .with("content_type", optional(http.and_then(|http| http.content_type.as_deref())))
    }
}

/// `name`, and `code` or `reason` where the outcome has one.
fn outcome(outcome: &Outcome) -> Object {
    let named = Object::new().with("name", outcome.as_str());
    match outcome {
        Outcome::Failed { code } => named.with("code", code.as_str()),
        Outcome::Unresolved { reason } => named.with("reason", reason.as_str()),
        Outcome::Succeeded | Outcome::Cancelled | Outcome::Refunded => named,
    }
}

fn refund_outcome(outcome: &RefundOutcome) -> Object {
    let named = Object::new().with("name", outcome.as_str());
    match outcome {
        RefundOutcome::Failed { code } => named.with("code", code.as_str()),
        RefundOutcome::Refunded | RefundOutcome::OrderCancelled | RefundOutcome::Unresolved => named,
    }
}

fn reverse_outcome(outcome: &ReverseOutcome) -> Object {
    let named = Object::new().with("name", outcome.as_str());
    match outcome {
        ReverseOutcome::Refused { code } => named.with("code", code.as_str()),
        ReverseOutcome::Reversed | ReverseOutcome::Unresolved => named,
    }
}

fn alerts(kinds: &[AlertKind]) -> Json {
    Json::Array(kinds.iter().map(|kind| kind.as_str().into()).collect())
}

fn optional(text: Option<&str>) -> Json {
    text.map_or(Json::Null, Json::from)
}

fn integer(number: i64) -> Json {
    Json::Number(number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ErrorCode, HttpAnswer};
    use crate::gateway::Operation;
    use crate::payment::Certainty;

    #[test]
    fn a_result_has_one_form_in_every_language() {
        let answer = HttpAnswer { status: 502, content_type: Some("text/html".into()) };
        let error = Error::new(ErrorCode::TransportHttpStatus, "late").with_hint("wait").with_http(answer);
        let unanswered = StepEvent::Unanswered {
            operation: Operation::Pay,
            send_id: 1,
            took: 7,
            certainty: Certainty::Unknown,
            error,
        };
        let result = PaymentResult {
            payment_request_id: "p".into(),
            outcome: Outcome::Failed { code: "USER_BALANCE_NOT_ENOUGH".into() },
            payment_id: None,
            alerts: vec![AlertKind::IdMismatch],
            timeline: vec![Step { at: 12, elapsed: 2, event: unanswered }],
            notes: Vec::new(),
        };
        assert_eq!(
            result.to_json().to_string(),
            concat!(
                r#"{"payment_request_id":"p","outcome":{"name":"failed","code":"USER_BALANCE_NOT_ENOUGH"},"#,
                r#""payment_id":null,"alerts":["id_mismatch"],"timeline":[{"at":12,"elapsed":2,"#,
                r#""event":"unanswered","operation":"pay","send_id":1,"took":7,"certainty":"unknown","#,
                r#""error":{"code":"transport.http_status","reason":"late","hint":"wait","retryable":true,"#,
                r#""path":null,"scanned_as":null,"http_status":502,"content_type":"text/html"}}],"notes":[]}"#
            )
        );
        let refund = RefundResult {
            payment_request_id: "p".into(),
            refund_request_id: "r".into(),
            outcome: RefundOutcome::Refunded,
            refund_id: Some("g".into()),
            alerts: Vec::new(),
            left: 5,
        };
        assert_eq!(
            refund.to_json().to_string(),
            concat!(
                r#"{"payment_request_id":"p","refund_request_id":"r","outcome":{"name":"refunded"},"#,
                r#""refund_id":"g","alerts":[],"left":5}"#
            )
        );
        let reverse = ReverseResult {
            payment_request_id: "p".into(),
            outcome: ReverseOutcome::Refused { code: "REFUND_WINDOW_EXCEED".into() },
            refund_request_id: Some("reverse-p".into()),
            refund_id: None,
            alerts: vec![AlertKind::RefundFailed],
            left: 5,
            timeline: vec![Step {
                at: 12,
                elapsed: 0,
                event: StepEvent::ReverseConcluded { outcome: ReverseOutcome::Reversed },
            }],
        };
        assert_eq!(
            reverse.to_json().to_string(),
            concat!(
                r#"{"payment_request_id":"p","outcome":{"name":"refused","code":"REFUND_WINDOW_EXCEED"},"#,
                r#""refund_request_id":"reverse-p","refund_id":null,"alerts":["refund_failed"],"left":5,"#,
                r#""timeline":[{"at":12,"elapsed":0,"event":"reverse_concluded","outcome":{"name":"reversed"}}]}"#
            )
        );
        let taken = Notified::Taken { outcome: Some(Outcome::Succeeded) };
        assert_eq!(taken.to_json().to_string(), r#"{"kind":"taken","outcome":{"name":"succeeded"}}"#);
    }
}
