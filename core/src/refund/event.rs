//! What goes into the machine of one refund, and what comes out.

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::gateway::Operation;
use crate::json::Object;
use crate::payment::{AlertKind, Certainty, Secret, Timing};

/// What is to be given back. Fixed when the refund is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundOrder {
    /// The id of this refund; the gateway gives back once for it, however often it is sent.
    pub refund_request_id: String,
    /// How much is given back.
    pub amount: Amount,
    /// The path of the gateway's APIs, such as `/ams/api/v1`.
    pub api_prefix: String,
    /// The body of the refund, built and checked before.
    pub body: Secret,
}

/// How a refund ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RefundOutcome {
    /// The money was given back.
    Refunded,
    /// The order was cancelled, so that there was nothing to give back.
    OrderCancelled,
    /// Refused; another attempt needs another id.
    Failed {
        /// The gateway's code, or `refund.not_sent` if nothing ever left this machine.
        code: String,
    },
    /// The gateway never said clearly: it needs manual review, and counts as spent until it is resolved.
    Unresolved,
}

impl RefundOutcome {
    /// `refunded`, `order_cancelled`, `failed` or `unresolved`.
    pub fn as_str(&self) -> &'static str {
        match self {
            RefundOutcome::Refunded => "refunded",
            RefundOutcome::OrderCancelled => "order_cancelled",
            RefundOutcome::Failed { .. } => "failed",
            RefundOutcome::Unresolved => "unresolved",
        }
    }
}

/// Something that happened to a refund. Replies and notifications are verified ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RefundEvent {
    /// Send it.
    Begin,
    /// The gateway answered.
    Reply {
        /// The number that came with the send.
        send_id: u32,
        /// The operation that came with the send.
        operation: Operation,
        /// The body of the reply.
        body: Object,
        /// When the gateway signed it.
        timing: Timing,
    },
    /// No usable answer arrived.
    NoReply {
        /// The number that came with the send.
        send_id: u32,
        /// The operation that came with the send.
        operation: Operation,
        /// How much is known about the request.
        certainty: Certainty,
    },
    /// The gateway's notification of this refund arrived. It is taken as evidence, and never waited for.
    Notified {
        /// The body of the notification.
        body: Object,
    },
    /// The refund was restored from a snapshot.
    Resumed,
    /// Time passed.
    Tick,
}

/// One thing for the host to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RefundAction {
    /// Sign this body, freshly, and post it; feed back what came of it.
    Send {
        /// To be fed back with the answer.
        send_id: u32,
        /// `refund` or `refund_inquiry`.
        operation: Operation,
        /// The path of the API, which is signed.
        path: String,
        /// The body, to be sent as it stands.
        body: Secret,
    },
    /// The refund has its result. Comes once.
    Conclude {
        /// The result.
        outcome: RefundOutcome,
    },
    /// It needs manual review. Each kind comes at most once a refund.
    Alert {
        /// What is wrong.
        kind: AlertKind,
        /// What was found, without secrets.
        detail: String,
    },
}

/// An action and its number, as with a payment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberedRefund {
    /// Counts up from 1 over the life of the refund.
    pub sequence: u64,
    /// What to do.
    pub action: RefundAction,
}
