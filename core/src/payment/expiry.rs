//! When a payment expires: by the time that the caller states, or by the policy's.

use super::order::PaymentOrder;
use crate::api::Scenario;
use crate::api::pay::Warning;
use crate::gateway::Protocol;
use crate::machine::policy::Policy;
use crate::time::Timestamp;

/// The expiry of a payment that begins now.
///
/// AMS takes the time that the merchant states ("Alipay, pay, paymentExpiryTime"); Alipay+ takes the earlier of that
/// and its own ("Alipay+, Accept a payment").
pub(super) fn of(policy: &Policy, order: &PaymentOrder, now: Timestamp) -> Timestamp {
    let longest = match order.scenario {
        Scenario::PaymentCode => policy.expiry,
        Scenario::OrderCode | Scenario::EntryCode => policy.closing_time,
    };
    let default = now.saturating_add(longest);
    match (order.payment_expiry_time, policy.protocol) {
        (None, _) => default,
        (Some(asked), Protocol::Ams) => asked,
        (Some(asked), Protocol::AlipayPlus) => asked.min(default),
    }
}

/// What is worth telling of the expiry that was sent.
pub(super) fn warning(policy: &Policy, order: &PaymentOrder, expiry: Timestamp) -> Option<Warning> {
    match order.payment_expiry_time {
        None if policy.protocol == Protocol::Ams => Some(Warning::DefaultExpiry { expiry }),
        Some(asked) if asked > expiry => Some(Warning::ExpiryCapped { asked, expiry }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::Amount;
    use crate::json::Object;
    use crate::payment::Payment;

    /// The expiry that is sent, and what is told of it.
    fn begun(protocol: Protocol, scenario: Scenario, asked: Option<i64>) -> (Option<i64>, Option<Warning>) {
        let amount = Amount::from_minor("1999", "USD").unwrap();
        let order = PaymentOrder::new(
            "p".into(),
            amount,
            scenario,
            asked.map(Timestamp::from_millis),
            "/ams/api/v1".into(),
            &Object::new(),
        );
        let mut payment = Payment::new(Policy::preset(protocol), order);
        assert_eq!(payment.expiry_warning(), None, "nothing is told before it has begun");
        payment.begin(Timestamp::from_millis(1_000)).unwrap();
        (payment.expiry().map(Timestamp::as_millis), payment.expiry_warning())
    }

    #[test]
    fn a_stated_time_is_sent_by_ams_and_capped_by_alipay_plus() {
        let (code, customer) = (Scenario::PaymentCode, Scenario::OrderCode);
        let at = Timestamp::from_millis;
        let default = |expiry| (Some(expiry), Some(Warning::DefaultExpiry { expiry: at(expiry) }));
        let stated = |expiry| (Some(expiry), None);
        let capped = |asked, expiry| {
            (Some(expiry), Some(Warning::ExpiryCapped { asked: at(asked), expiry: at(expiry) }))
        };
        for (protocol, scenario, asked, expected) in [
            (Protocol::Ams, code, None, default(121_000)),
            (Protocol::Ams, customer, None, default(601_000)),
            (Protocol::Ams, code, Some(30_000), stated(30_000)),
            (Protocol::Ams, code, Some(900_000), stated(900_000)),
            (Protocol::Ams, customer, Some(900_000), stated(900_000)),
            (Protocol::AlipayPlus, code, None, stated(61_000)),
            (Protocol::AlipayPlus, code, Some(30_000), stated(30_000)),
            (Protocol::AlipayPlus, code, Some(61_000), stated(61_000)),
            (Protocol::AlipayPlus, code, Some(61_001), capped(61_001, 61_000)),
            (Protocol::AlipayPlus, customer, Some(900_000), capped(900_000, 181_000)),
        ] {
            assert_eq!(begun(protocol, scenario, asked), expected, "{protocol:?} {scenario:?} {asked:?}");
        }
    }
}
