//! Whether the money that a message names is ours.

use super::{Reading, Stated, present};
use crate::amount::Amount;
use crate::currency::Currency;
use crate::message::json::{Json, Object};

impl Reading<'_> {
    /// What `paymentAmount` says about the amount of our payment.
    pub fn payment_amount(&self, ours: Amount) -> Stated {
        self.stated("paymentAmount", ours)
    }

    /// What `refundAmount` says about the amount of our refund.
    pub fn refund_amount(&self, ours: Amount) -> Stated {
        self.stated("refundAmount", ours)
    }

    /// The amount in `paymentAmount`, if it can be read.
    pub fn stated_payment_amount(&self) -> Option<Amount> {
        self.body.object("paymentAmount").and_then(stated_amount)
    }

    fn stated(&self, member: &str, ours: Amount) -> Stated {
        let Some(amount) = present(self.body, member) else { return Stated::Absent };
        if amount.as_object().and_then(stated_amount) == Some(ours) { Stated::Ours } else { Stated::Other }
    }
}

/// The amount that a member of a message states, if it can be read.
///
/// Values are compared as numbers, since some messages carry them as JSON numbers or with leading zeros. Only digits
/// count: a sign, a point or an exponent is not documented.
pub(crate) fn stated_amount(amount: &Object) -> Option<Amount> {
    let currency = amount.text("currency")?;
    let value = amount.get("value").and_then(Json::scalar)?;
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Amount::new(value.parse().ok()?, Currency::from_code(&currency).ok()?).ok()
}
