//! What the gateway answers to `pay`.

use crate::amount::Amount;
use crate::api::model::Slot;
use crate::wallet;

use super::PayResponse;
use super::warning::Warning;

impl PayResponse {
    /// The members that tell the wallet.
    pub(crate) const NAMES_OF_WALLET: [&'static str; 4] =
        ["pspId", "walletBrandName", "orderCodeForm", "pspCustomerInfo"];

    /// Whether it holds something that must be shown to the customer.
    pub fn has_form(&self) -> bool {
        self.redirect_action_form.is_set()
            || self.order_code_form.is_set()
            || self.challenge_action_form.is_set()
            || self.payment_url.is_set()
    }

    /// The wallet, as far as the answer tells it: by its id where that is known (see [`crate::wallet`]), else by
    /// the name that the answer gives.
    pub fn wallet(&self) -> Option<&str> {
        let by_code = self.order_code_form.as_ref().and_then(|form| form.payment_method_type.as_deref());
        let by_customer = self.psp_customer_info.as_ref().and_then(|info| info.psp_name.as_deref());
        wallet::of_answer(self.psp_id.as_deref(), [self.wallet_brand_name.as_deref(), by_code, by_customer])
    }

    /// What the wallet may have against the amount, as a note beside the payment's result: where the wallet was
    /// not known beforehand, this says why it may have refused.
    pub fn warning(&self, amount: Amount) -> Option<Warning> {
        Warning::of_wallet(self.wallet()?, amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::time::Time;
    use crate::json::Object;

    #[test]
    fn each_of_the_members_tells_the_wallet_alone() {
        let whole = Object::parse(
            br#"{"pspId":"1022172000000000001","walletBrandName":"KAKAOPAY","acquirerId":"1","paymentId":"2",
            "orderCodeForm":{"paymentMethodType":"KAKAOPAY"},"pspCustomerInfo":{"pspName":"KAKAOPAY","pspCustomerId":"3"}}"#,
        )
        .unwrap();
        for name in PayResponse::NAMES_OF_WALLET {
            let alone = Object::new().with(name, whole.get(name).unwrap().clone());
            assert_eq!(PayResponse::from_json(alone).wallet(), Some("KAKAOPAY"), "{name}");
        }
        let mut rest = whole;
        for name in PayResponse::NAMES_OF_WALLET {
            rest.take(name);
        }
        assert_eq!(PayResponse::from_json(rest).wallet(), None);
    }

    #[test]
    fn a_wallet_that_the_answer_names_may_have_a_minimum() {
        let body = |wallet: &str| Object::new().with("walletBrandName", wallet);
        let note = |wallet: &str, value: &str| {
            PayResponse::from_json(body(wallet)).warning(Amount::from_minor(value, "KRW").unwrap())
        };
        let small = Amount::from_minor("49", "KRW").unwrap();
        assert_eq!(
            note("KAKAOPAY", "49"),
            Some(Warning::BelowMinimum {
                wallet: "KAKAOPAY".into(),
                payment: small,
                minimum: Amount::from_minor("50", "KRW").unwrap()
            })
        );
        assert_eq!(note("KAKAOPAY", "50"), None);
        assert_eq!(note("SOMEPAY", "1"), None);
        assert_eq!(PayResponse::from_json(Object::new()).warning(small), None);
        let by_id = Object::new().with("pspId", "1022172000000000001").with("walletBrandName", "KakaoPay");
        assert!(PayResponse::from_json(by_id).warning(small).is_some());
    }

    #[test]
    fn a_wallet_that_the_answer_names_may_have_a_step() {
        let twd = |value: &str| Amount::from_minor(value, "TWD").unwrap();
        let answer = PayResponse::from_json(Object::new().with("walletBrandName", "JKOPAY"));
        let expected = Warning::OffStep { wallet: "JKOPAY".into(), payment: twd("1250"), step: twd("100") };
        assert_eq!(answer.warning(twd("1250")), Some(expected));
        assert_eq!(answer.warning(twd("1200")), None);
    }

    #[test]
    fn the_end_of_the_authorization_is_read_in_both_spellings() {
        for name in ["authExpiryTime", "authExpiredTime"] {
            let time = "2019-06-01T12:01:01+08:00";
            let answer = PayResponse::from_json(Object::new().with(name, time));
            assert_eq!(answer.auth_expiry_time.as_ref().map(Time::as_str), Some(time));
            assert_eq!(answer.to_json(), Object::new().with("authExpiryTime", time));
        }
    }
}
