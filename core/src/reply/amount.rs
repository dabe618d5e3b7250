//! Whether the money that a message names is ours.

use super::{Reading, Stated, present};
use crate::amount::{Amount, stated};

impl Reading<'_> {
    /// What `paymentAmount` says about the amount of our payment.
    pub fn payment_amount(&self, ours: Amount) -> Stated {
        self.stated_of("paymentAmount", ours)
    }

    /// What `refundAmount` says about the amount of our refund.
    pub fn refund_amount(&self, ours: Amount) -> Stated {
        self.stated_of("refundAmount", ours)
    }

    /// The amount in `paymentAmount`, if it can be read.
    pub fn stated_payment_amount(&self) -> Option<Amount> {
        self.body.object("paymentAmount").and_then(stated)
    }

    fn stated_of(&self, member: &str, ours: Amount) -> Stated {
        let Some(amount) = present(self.body, member) else { return Stated::Absent };
        if amount.as_object().and_then(stated) == Some(ours) { Stated::Ours } else { Stated::Other }
    }
}
