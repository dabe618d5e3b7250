//! Who sees what happens to a payment, as it happens: the host's observer, and its log.

use crate::time::milliseconds;
use crate::timeline::{TimelineEntry, TimelineEvent};

/// Sees every step of every payment as it happens. Called between two steps, so it returns quickly.
pub trait Observer: Send + Sync {
    /// A step of the payment of this id. [`TimelineEvent::Presented`] is where a host shows the order code or
    /// redirects the wallet.
    fn step(&self, payment_request_id: &str, step: &TimelineEntry);
}

/// One structured event a step, for whatever `tracing` subscriber the host has.
pub(super) fn trace(payment_request_id: &str, step: &TimelineEntry) {
    let elapsed = milliseconds(step.elapsed);
    match &step.event {
        TimelineEvent::Sent { operation, send_id, attempt } => tracing::info!(
            payment_request_id,
            operation = operation.as_str(),
            send_id,
            attempt,
            elapsed,
            "sent"
        ),
        TimelineEvent::Answered {
            operation, send_id, took, result_status, result_code, tracer_id, ..
        } => {
            tracing::info!(
                payment_request_id,
                operation = operation.as_str(),
                send_id,
                took = milliseconds(*took),
                elapsed,
                result_status,
                result_code,
                tracer_id = tracer_id.as_deref(),
                "answered"
            )
        }
        TimelineEvent::Unanswered { operation, send_id, took, error, .. } => tracing::warn!(
            payment_request_id,
            operation = operation.as_str(),
            send_id,
            took = milliseconds(*took),
            elapsed,
            code = error.code().as_str(),
            reason = error.reason(),
            hint = error.hint(),
            http_status = error.http().map(|http| http.status),
            content_type = error.http().and_then(|http| http.content_type.as_deref()),
            "unanswered"
        ),
        TimelineEvent::Alerted { kind, detail } => {
            tracing::error!(payment_request_id, elapsed, kind = kind.as_str(), detail, "alerted");
        }
        TimelineEvent::Concluded { outcome } => {
            tracing::info!(payment_request_id, elapsed, outcome = outcome.as_str(), "concluded");
        }
        TimelineEvent::ReverseConcluded { outcome } => {
            tracing::info!(payment_request_id, elapsed, outcome = outcome.as_str(), "reverse concluded");
        }
        TimelineEvent::RefundConcluded { refund_request_id, outcome } => tracing::info!(
            payment_request_id,
            refund_request_id,
            elapsed,
            outcome = outcome.as_str(),
            "refund concluded"
        ),
        TimelineEvent::Notified
        | TimelineEvent::CancelRequested
        | TimelineEvent::Resumed
        | TimelineEvent::Presented { .. } => {
            tracing::info!(payment_request_id, elapsed, "{}", step.event.name());
        }
    }
}
