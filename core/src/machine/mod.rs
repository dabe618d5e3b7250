//! What the machines of payments, refunds and reverses share: the policy, deadlines, the numbers of sends, the pace of
//! cancels, the course of a refund request, alerts, and the form of snapshots. It knows no phases; those are each
//! machine's own.

pub(crate) mod cancel_pace;
pub(crate) mod digest;
pub(crate) mod document;
pub(crate) mod evidence;
mod numbers;
pub(crate) mod policy;
pub(crate) mod policy_text;
pub(crate) mod refund_body;
mod refund_copies;
pub(crate) mod refund_retry;
pub(crate) mod secret;
pub(crate) mod sends;
pub(crate) mod snapshot;
pub(crate) mod timer;

/// The id of something that a machine does by itself for a payment: the same for the same payment, so that a restart
/// can't do it twice, and at most 64 characters long.
pub(crate) fn derived_id(prefix: &str, payment_request_id: &str) -> String {
    const LONGEST: usize = 64;
    if payment_request_id.len() + prefix.len() <= LONGEST {
        return format!("{prefix}{payment_request_id}");
    }
    let kept: String = payment_request_id.chars().take(LONGEST - prefix.len() - 17).collect();
    format!("{prefix}{kept}-{:016x}", digest::digest(payment_request_id.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_are_stable_short_and_distinct() {
        assert_eq!(derived_id("refund-", "pay_1"), "refund-pay_1");
        assert_eq!(derived_id("reverse-", "pay_1"), "reverse-pay_1");
        assert_eq!(derived_id("refund-", &"p".repeat(57)), format!("refund-{}", "p".repeat(57)));
        let long = |last: &str| derived_id("refund-", &format!("{}{last}", "p".repeat(63)));
        assert_eq!(long("a"), long("a"));
        assert_ne!(long("a"), long("b"));
        assert_eq!(long("a").len(), 64);
    }
}
