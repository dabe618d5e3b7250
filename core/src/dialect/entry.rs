//! Entries of a timeline.

use super::{Ended, integer, optional};
use crate::gateway::Operation;
use crate::json::{Json, Object};
use crate::time::milliseconds;
use crate::timeline::{TimelineEntry, TimelineEvent};

impl TimelineEntry {
    /// The entry as JSON: `at`, `elapsed`, and the `event`, whose `type` is [`TimelineEvent::name`].
    pub fn to_json(&self) -> Object {
        Object::new()
            .with("at", integer(self.at.as_millis()))
            .with("elapsed", integer(milliseconds(self.elapsed)))
            .with("event", event(&self.event))
    }
}

pub(crate) fn timeline(steps: &[TimelineEntry]) -> Json {
    Json::Array(steps.iter().map(|step| step.to_json().into()).collect())
}

fn event(event: &TimelineEvent) -> Object {
    let named = Object::new().with("type", event.name());
    match event {
        TimelineEvent::Sent { operation, send_id, attempt } => {
            about(named, *operation, *send_id).with("attempt", integer(i64::from(*attempt)))
        }
        TimelineEvent::Answered {
            operation,
            send_id,
            took,
            result_status,
            result_code,
            payment_status,
            tracer_id,
            text_replaced,
        } => about(named, *operation, *send_id)
            .with("took", integer(milliseconds(*took)))
            .with("result_status", result_status.as_str())
            .with("result_code", result_code.as_str())
            .with("payment_status", optional(payment_status.as_deref()))
            .with("tracer_id", optional(tracer_id.as_deref()))
            .with("text_replaced", Json::Bool(*text_replaced)),
        TimelineEvent::Unanswered { operation, send_id, took, certainty, error } => {
            about(named, *operation, *send_id)
                .with("took", integer(milliseconds(*took)))
                .with("certainty", certainty.as_str())
                .with("error", error.to_json())
        }
        TimelineEvent::Notified | TimelineEvent::CancelRequested | TimelineEvent::Resumed => named,
        TimelineEvent::Presented { form } => named.with("form", form.clone()),
        TimelineEvent::Alerted { kind, detail } => {
            named.with("kind", kind.as_str()).with("detail", detail.as_str())
        }
        TimelineEvent::Concluded { outcome } => outcome.put_into(named),
        TimelineEvent::ReverseConcluded { outcome } => outcome.put_into(named),
        TimelineEvent::RefundConcluded { refund_request_id, outcome } => {
            outcome.put_into(named.with("refund_request_id", refund_request_id.as_str()))
        }
    }
}

fn about(event: Object, operation: Operation, send_id: u32) -> Object {
    event.with("operation", operation.as_str()).with("send_id", integer(i64::from(send_id)))
}
