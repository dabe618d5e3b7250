//! What the host tells a reverse, what it asks of the host, and how it ends.

use serde::{Deserialize, Serialize};

use crate::gateway::Operation;
use crate::json::Object;
use crate::payment::{AlertKind, Certainty, Secret, Timing};

/// Something that happened to a reverse. Replies and notifications are verified ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ReverseEvent {
    /// Give the money back.
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
    /// The gateway's notification about the refund of this reverse arrived.
    Notified {
        /// The body of the notification.
        body: Object,
    },
    /// The reverse was restored from a snapshot.
    Resumed,
    /// Time passed: due at `next_wakeup`, harmless at any other time.
    Tick,
}

/// One thing for the host to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ReverseAction {
    /// Sign this body, freshly, and post it; feed back what came of it.
    Send {
        /// To be fed back with the answer.
        send_id: u32,
        /// `cancel`, `inquiry`, `refund` or `refund_inquiry`.
        operation: Operation,
        /// The path of the API, which is signed.
        path: String,
        /// The body, to be sent as it stands.
        body: Secret,
    },
    /// The reverse has its result. Comes once.
    Conclude {
        /// The result.
        outcome: ReverseOutcome,
    },
    /// A person must look. Each kind comes at most once a reverse.
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
pub struct NumberedReverse {
    /// Counts up from 1 over the life of the reverse.
    pub sequence: u64,
    /// What to do.
    pub action: ReverseAction,
}

/// How a reverse ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ReverseOutcome {
    /// The merchant keeps nothing of the payment: it was cancelled, or what was left of it was refunded.
    Reversed,
    /// This reverse gave nothing back, and will not. What was left of the payment stands; a refund may still be made.
    Refused {
        /// The gateway's code for the refund, or `reverse.refund_unresolved`.
        code: String,
    },
    /// It is not known whether the money was given back: needs manual review.
    Unresolved,
}

impl ReverseOutcome {
    /// `reversed`, `refused` or `unresolved`.
    pub fn as_str(&self) -> &'static str {
        match self {
            ReverseOutcome::Reversed => "reversed",
            ReverseOutcome::Refused { .. } => "refused",
            ReverseOutcome::Unresolved => "unresolved",
        }
    }
}
