//! What happened to a payment, step by step: for the host's log, for its screen, and for whoever must look.

use std::time::Duration;

use crate::error::Error;
use crate::gateway::Operation;
use crate::json::Object;
use crate::payment::{AlertKind, Certainty, Outcome};
use crate::time::Timestamp;

/// One step, with its time.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TimelineEntry {
    /// When it happened.
    pub at: Timestamp,
    /// How long after the payment began.
    pub elapsed: Duration,
    /// What happened.
    pub event: TimelineEvent,
}

/// What happened in a step. Holds no secret.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TimelineEvent {
    /// A request was sent.
    Sent {
        /// Its operation.
        operation: Operation,
        /// Its number within the payment.
        send_id: u32,
        /// How many requests of this operation there have been, this one counted.
        attempt: u32,
    },
    /// The gateway answered, and the answer was verified.
    Answered {
        /// The operation it answers.
        operation: Operation,
        /// The request it answers.
        send_id: u32,
        /// How long it took.
        took: Duration,
        /// The status letter of the result.
        result_status: String,
        /// The code of the result.
        result_code: String,
        /// What the answer says about the money, where it does: the word of `paymentStatus`, or the letter of
        /// `paymentResult`.
        payment_status: Option<String>,
        /// The gateway's own name for the exchange.
        tracer_id: Option<String>,
        /// Some text of the answer was not UTF-8 and was replaced.
        text_replaced: bool,
    },
    /// No usable answer came.
    Unanswered {
        /// The operation that was asked for.
        operation: Operation,
        /// The request.
        send_id: u32,
        /// How long it took to know.
        took: Duration,
        /// What is known of the request.
        certainty: Certainty,
        /// Why.
        error: Error,
    },
    /// A verified notification was taken in.
    Notified,
    /// The host asked for a cancel.
    CancelRequested,
    /// The payment was resumed after a restart.
    Resumed,
    /// The customer is to see something: the order code, or a redirect.
    Presented {
        /// The members of the answer that say what.
        form: Object,
    },
    /// Needs manual review.
    Alerted {
        /// Why.
        kind: AlertKind,
        /// What was found.
        detail: String,
    },
    /// The payment has its result.
    Concluded {
        /// The result.
        outcome: Outcome,
    },
    /// A reverse has its result.
    ReverseConcluded {
        /// The result.
        outcome: crate::reverse::ReverseOutcome,
    },
    /// A refund has its result.
    RefundConcluded {
        /// The id of the refund.
        refund_request_id: String,
        /// The result.
        outcome: crate::refund::RefundOutcome,
    },
}

impl TimelineEvent {
    /// The name of the kind of step, the same in every language.
    pub fn name(&self) -> &'static str {
        match self {
            TimelineEvent::Sent { .. } => "sent",
            TimelineEvent::Answered { .. } => "answered",
            TimelineEvent::Unanswered { .. } => "unanswered",
            TimelineEvent::Notified => "notified",
            TimelineEvent::CancelRequested => "cancel_requested",
            TimelineEvent::Resumed => "resumed",
            TimelineEvent::Presented { .. } => "presented",
            TimelineEvent::Alerted { .. } => "alerted",
            TimelineEvent::Concluded { .. } => "concluded",
            TimelineEvent::RefundConcluded { .. } => "refund_concluded",
            TimelineEvent::ReverseConcluded { .. } => "reverse_concluded",
        }
    }
}
