//! What the machine asks of the host.

use serde::{Deserialize, Serialize};

use super::secret::Secret;
use crate::message::json::Object;
use crate::result_code::Operation;

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
    /// A human must look. Each kind comes at most once a payment.
    Alert {
        /// What is wrong.
        kind: AlertKind,
        /// What was found, without secrets.
        detail: String,
    },
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The word for it, the same in every language.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }
    };
}

words! {
    /// Why a human must look.
    AlertKind {
        /// Verified evidence states another amount or currency than ours.
        AmountMismatch = "amount_mismatch",
        /// A message names another payment or refund than ours.
        IdMismatch = "id_mismatch",
        /// Another request owns this payment request id.
        IdTaken = "id_taken",
        /// A status word that is not documented; it counts as in process.
        UnknownWord = "unknown_word",
        /// A cancel or a refund was refused for a reason that is not documented for it.
        UnexpectedRefusal = "unexpected_refusal",
        /// The cancel has no answer for a minute; it goes on.
        CancelUnresolved = "cancel_unresolved",
        /// The merchant's balance is too low to give the money back.
        MerchantBalanceNotEnough = "merchant_balance_not_enough",
        /// The payment succeeded, can't be cancelled any more, and the policy asks before refunding.
        RefundConsent = "refund_consent",
        /// The refund was refused.
        RefundFailed = "refund_failed",
        /// Verified messages contradict each other.
        ConflictingEvidence = "conflicting_evidence",
        /// A final fact arrived after the payment ended as unresolved.
        LateEvidence = "late_evidence",
        /// The customer has to act before the payment can go on: show the form.
        CustomerActionRequired = "customer_action_required",
        /// The gateway does not accept our signature or client id, or its answers verify under no configured key.
        ConfigurationSuspected = "configuration_suspected",
        /// The gateway's clock and ours differ by more than the margin.
        ClockSkew = "clock_skew",
        /// An answer that names no payment was signed long before its request was sent; it settled nothing.
        StaleAnswer = "stale_answer",
        /// The payment has a verified end that the store did not take in time.
        NotStored = "not_stored",
    }
}

words! {
    /// Why a payment could not be resolved.
    UnresolvedReason {
        /// Another request owns this payment request id.
        IdTaken = "id_taken",
        /// The gateway states another amount than ours, and nothing was cancelled or given back by itself.
        AmountMismatch = "amount_mismatch",
        /// The payment succeeded, can't be cancelled any more, and the policy asks before refunding.
        RefundConsent = "refund_consent",
        /// The cancel window ended without a clear answer.
        CancelWindow = "cancel_window",
        /// The refund got no answer.
        Refund = "refund",
        /// The refund was refused.
        RefundFailed = "refund_failed",
        /// The gateway accepted no request: the configured keys or the client id are wrong.
        Configuration = "configuration",
    }
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
    /// Nobody knows: a human must look.
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
