//! What the machine asks of the host.

use serde::{Deserialize, Serialize};

use crate::gateway::Operation;
use crate::json::Object;
use crate::machine::secret::Secret;
use crate::words::{AlertKind, UnresolvedReason};

/// An action and its number. After a restart the same action comes again under the same number, so that a host
/// can tell the two apart; carrying one out twice is harmless.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbered {
    /// Counts up from 1 over the life of the payment.
    pub sequence: u64,
    /// What to do.
    pub action: Action,
}

/// One thing for the host to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Sign this body, freshly, and post it; feed back what came of it.
    Send {
        /// To be fed back with the answer.
        send_id: u32,
        /// To be fed back with the answer.
        operation: Operation,
        /// The path of the API, which is signed.
        path: String,
        /// The body, to be sent as it stands. That of pay holds the payment code.
        #[serde(default = "Secret::elsewhere", skip_serializing_if = "Secret::is_elsewhere")]
        body: Secret,
    },
    /// Show the order code, or redirect the customer's wallet.
    Present {
        /// The members of the reply that say what to show.
        #[serde(with = "super::snapshot::object_text")]
        form: Object,
    },
    /// The payment has its result. Comes once.
    Conclude {
        /// The result.
        outcome: Outcome,
    },
    /// Needs manual review. Each kind comes at most once a payment.
    Alert {
        /// What is wrong.
        kind: AlertKind,
        /// What was found, without secrets.
        detail: String,
    },
}

/// How a payment ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// Paid.
    Succeeded,
    /// Not paid: refused by the gateway, or nothing ever left this machine.
    Failed {
        /// The gateway's code, or `payment.not_sent`.
        code: String,
    },
    /// Not paid: cancelled or closed.
    Cancelled,
    /// Not paid: it had succeeded and was refunded.
    Refunded,
    /// The outcome is not known: it needs manual review.
    Unresolved {
        /// What could not be settled.
        reason: UnresolvedReason,
    },
}

impl Outcome {
    /// The name of the final state.
    pub fn as_str(&self) -> &'static str {
        match self {
            Outcome::Succeeded => "succeeded",
            Outcome::Failed { .. } => "failed",
            Outcome::Cancelled => "cancelled",
            Outcome::Refunded => "refunded",
            Outcome::Unresolved { .. } => "unresolved",
        }
    }
}
