//! What the gateway answers to `pay`.

use crate::amount::{Amount, minimum};
use crate::api::declare::model;
use crate::api::members::StatedAmount;
use crate::api::model::Slot;
use crate::api::result::{ApiResult, PspCustomerInfo, SettlementQuote};
use crate::api::time::Time;
use crate::error::Error;

use super::check::Note;
use super::forms::{ChallengeActionForm, OrderCodeForm, RedirectActionForm};

model! {
    /// The answer to `pay`, of both protocols.
    ///
    /// `authExpiryTime`, `actualPaymentAmount` and `paymentQuote` have been withdrawn and stay in `extra`.
    /// Source: Alipay, pay (consumer-presented mode), response parameters; Alipay+, Accept a payment, step 2.
    pub struct PayResponse {
        /// How the call ended. For order code and entry code, `S` says that the code or the redirect was made.
        result: ApiResult = "result" {},
        /// The id of the request.
        payment_request_id: String = "paymentRequestId" { max: 64, shown: true },
        /// The gateway's id of the payment.
        payment_id: String = "paymentId" { max: 64, shown: true },
        /// What the customer pays.
        payment_amount: StatedAmount = "paymentAmount" {},
        /// When the payment was made.
        payment_time: Time = "paymentTime" {},
        /// When the payment was created.
        payment_create_time: Time = "paymentCreateTime" {},
        /// AMS: the customer at the wallet.
        psp_customer_info: PspCustomerInfo = "pspCustomerInfo" {},
        /// A challenge for the customer.
        challenge_action_form: ChallengeActionForm = "challengeActionForm" {},
        /// Where the customer's wallet is redirected to.
        redirect_action_form: RedirectActionForm = "redirectActionForm" {},
        /// The code that the customer scans.
        order_code_form: OrderCodeForm = "orderCodeForm" {},
        /// AMS: what is settled, before fees.
        gross_settlement_amount: StatedAmount = "grossSettlementAmount" {},
        /// The rate of the settlement.
        settlement_quote: SettlementQuote = "settlementQuote" {},
        /// Alipay+: the acquirer.
        acquirer_id: String = "acquirerId" { max: 64, shown: true },
        /// Alipay+: the wallet's id.
        psp_id: String = "pspId" { shown: true },
        /// Alipay+: the customer at the wallet.
        customer_id: String = "customerId" {},
        /// Alipay+: the wallet's name.
        wallet_brand_name: String = "walletBrandName" { shown: true },
        /// Alipay+: where the customer pays.
        payment_url: String = "paymentUrl" {},
        /// Alipay+: what is settled.
        settlement_amount: StatedAmount = "settlementAmount" {},
    }
}

impl PayResponse {
    /// Whether it holds something that must be shown to the customer.
    pub fn has_form(&self) -> bool {
        self.redirect_action_form.is_set()
            || self.order_code_form.is_set()
            || self.challenge_action_form.is_set()
            || self.payment_url.is_set()
    }

    /// The wallet, as far as the answer names it.
    pub fn wallet(&self) -> Option<&str> {
        let by_code = self.order_code_form.as_ref().and_then(|form| form.payment_method_type.as_deref());
        let by_customer = self.psp_customer_info.as_ref().and_then(|info| info.psp_name.as_deref());
        self.wallet_brand_name.as_deref().or(by_code).or(by_customer)
    }

    /// The minimum of the wallet that the answer names, where the amount is below it: where the wallet was not
    /// known beforehand, this says why it may have refused.
    pub fn below_minimum(&self, amount: Amount) -> Option<Error> {
        minimum::check(self.wallet()?, amount).err()
    }

    /// The same as a note beside the payment's result.
    pub fn note(&self, amount: Amount) -> Option<Note> {
        self.below_minimum(amount)?;
        Some(Note::BelowMinimum { wallet: self.wallet()?.to_owned(), payment: amount })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::json::Object;

    #[test]
    fn a_wallet_that_the_answer_names_may_have_a_minimum() {
        let body = |wallet: &str| Object::new().with("walletBrandName", wallet);
        let note = |wallet: &str, value: &str| {
            PayResponse::from_json(body(wallet)).note(Amount::from_minor(value, "KRW").unwrap())
        };
        let small = Amount::from_minor("49", "KRW").unwrap();
        assert_eq!(
            note("KAKAOPAY", "49"),
            Some(Note::BelowMinimum { wallet: "KAKAOPAY".into(), payment: small })
        );
        assert_eq!(note("KAKAOPAY", "50"), None);
        assert_eq!(note("SOMEPAY", "1"), None);
        assert_eq!(PayResponse::from_json(Object::new()).note(small), None);
    }
}
