//! What verified messages said about money that the gateway took, before and after the end. A reverse goes by it.

use serde::{Deserialize, Serialize};

use super::AlertKind;
use crate::amount::Amount;
use crate::api::Scenario;
use crate::gateway::Operation;
use crate::reply::{Money, PayAnswer, Reading, Stated};

/// The evidence so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Taken {
    /// No message said that money was taken.
    #[default]
    Nothing,
    /// Money was taken; no message said how much.
    Unstated,
    /// This much was taken.
    Stated(Amount),
    /// Messages said different amounts, or one that can't be read.
    Unclear,
}

impl Taken {
    /// Whether a payment that did not succeed may have taken money all the same: a message said so, and another
    /// contradicted it after the end.
    pub(crate) fn is_contradicted(self, alerts: &[AlertKind]) -> bool {
        self != Taken::Nothing && alerts.contains(&AlertKind::ConflictingEvidence)
    }

    /// Takes one more verified message about the payment into account.
    pub(super) fn learn(&mut self, reading: &Reading<'_>, scenario: Scenario, ours: Amount) {
        let paid = match reading.operation() {
            Operation::Pay => reading.pay_answer(scenario) == PayAnswer::Paid,
            _ => reading.money() == Money::Paid,
        };
        if !paid {
            return;
        }
        let readable = reading.stated_payment_amount().filter(|amount| amount.value() > 0);
        *self = match (*self, reading.payment_amount(ours), readable) {
            (Taken::Nothing, Stated::Absent, _) => Taken::Unstated,
            (known, Stated::Absent, _) => known,
            (Taken::Nothing | Taken::Unstated, _, Some(amount)) => Taken::Stated(amount),
            (Taken::Stated(known), _, Some(amount)) if known == amount => Taken::Stated(known),
            _ => Taken::Unclear,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Protocol;
    use crate::json::Object;

    fn usd(value: &str) -> Amount {
        Amount::from_minor(value, "USD").unwrap()
    }

    /// What follows from inquiries with these amounts, where `-` is none and `?` one that can't be read.
    fn after(amounts: &[&str]) -> Taken {
        let mut taken = Taken::Nothing;
        for amount in amounts {
            let amount = match *amount {
                "-" => String::new(),
                "?" => r#","paymentAmount":"5 USD""#.to_owned(),
                value => format!(r#","paymentAmount":{{"currency":"USD","value":"{value}"}}"#),
            };
            let body = format!(
                r#"{{"result":{{"resultStatus":"S","resultCode":"SUCCESS"}},"paymentStatus":"SUCCESS"{amount}}}"#
            );
            let body = Object::parse(body.as_bytes()).unwrap();
            let reading = Reading::new(Protocol::Ams, Operation::Inquiry, &body);
            taken.learn(&reading, Scenario::PaymentCode, usd("100"));
        }
        taken
    }

    #[test]
    fn only_one_clear_amount_is_known() {
        assert_eq!(after(&[]), Taken::Nothing);
        assert_eq!(after(&["-"]), Taken::Unstated);
        assert_eq!(after(&["-", "100", "-"]), Taken::Stated(usd("100")));
        assert_eq!(after(&["101", "101"]), Taken::Stated(usd("101")));
        for unclear in [&["100", "101"][..], &["?"], &["100", "?"], &["0"], &["?", "100"]] {
            assert_eq!(after(unclear), Taken::Unclear, "{unclear:?}");
        }
    }

    #[test]
    fn what_does_not_say_paid_says_nothing() {
        let body = r#"{"result":{"resultStatus":"S"},"paymentStatus":"PROCESSING",
            "paymentAmount":{"currency":"USD","value":"100"},"redirectActionForm":{}}"#;
        let body = Object::parse(body.as_bytes()).unwrap();
        let mut taken = Taken::Nothing;
        for operation in [Operation::Inquiry, Operation::Cancel, Operation::Pay] {
            let reading = Reading::new(Protocol::Ams, operation, &body);
            taken.learn(&reading, Scenario::EntryCode, usd("100"));
        }
        assert_eq!(taken, Taken::Nothing);
    }
}
