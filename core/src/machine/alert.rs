//! What people must look at, and the macro of words that every language shares.

use serde::{Deserialize, Serialize};

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
pub(crate) use words;

words! {
    /// Why manual review is needed.
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
