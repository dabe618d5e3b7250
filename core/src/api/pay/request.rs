//! The request itself, in the shape it has in JSON, and the three ways to begin one.

use std::fmt;

use crate::amount::Amount;
use crate::api::id::PaymentRequestId;
use crate::api::model::{Case, Member, Path, Rule};
use crate::error::{Error, ErrorCode, Result};
use crate::json::Json;
use crate::payment_code::PaymentCode;

use super::{Order, PayRequest, PaymentFactor, PaymentMethod, Scenario};

/// The payment method of every in-store payment.
pub const CONNECT_WALLET: &str = "CONNECT_WALLET";

impl std::str::FromStr for Scenario {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        Scenario::from_word(word).ok_or_else(|| {
            Error::new(ErrorCode::RequestInvalid, "there is no such scenario")
                .with_hint("the scenarios are PaymentCode, OrderCode and EntryCode")
        })
    }
}

impl PayRequest {
    /// A payment by the code that the customer shows.
    pub fn for_payment_code(id: PaymentRequestId, amount: Amount, code: PaymentCode, order: Order) -> Self {
        let mut request = Self::in_scenario(Scenario::PaymentCode, id, amount, order);
        request.payment_method = request.payment_method.map(|method| method.payment_method_id(code));
        request
    }

    /// A payment by a code of this order, which the till shows.
    pub fn for_order_code(id: PaymentRequestId, amount: Amount, order: Order) -> Self {
        Self::in_scenario(Scenario::OrderCode, id, amount, order)
    }

    /// A payment by the shop's code. The order's [`Env`](super::Env) must hold the `User-Agent` of the request
    /// with which the wallet opened the merchant's page.
    pub fn for_entry_code(id: PaymentRequestId, amount: Amount, order: Order) -> Self {
        Self::in_scenario(Scenario::EntryCode, id, amount, order)
    }

    fn in_scenario(scenario: Scenario, id: PaymentRequestId, amount: Amount, order: Order) -> Self {
        Self::new()
            .payment_request_id(id)
            .payment_factor(PaymentFactor::new().in_store_payment_scenario(scenario))
            .payment_amount(amount)
            .payment_method(PaymentMethod::new().payment_method_type(CONNECT_WALLET))
            .order(order)
    }

    /// The scenario, if it is set.
    pub fn scenario(&self) -> Option<Scenario> {
        self.payment_factor.as_ref()?.in_store_payment_scenario
    }

    /// The payment code, if it is set.
    pub fn payment_code(&self) -> Option<&PaymentCode> {
        self.payment_method.as_ref()?.payment_method_id.as_ref()
    }
}

impl Member for Scenario {
    fn read(json: Json) -> Result<Self, Json> {
        let scenario = json.scalar().and_then(|word| Scenario::from_word(&word));
        scenario.ok_or(json)
    }

    fn write(&self) -> Json {
        self.as_str().into()
    }

    fn check(&self, _rule: &Rule, _at: &Path<'_>, _case: Case) -> Result<()> {
        Ok(())
    }

    fn misread(_json: &Json, at: &Path<'_>) -> Error {
        at.invalid("must be PaymentCode, OrderCode or EntryCode")
    }

    fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
