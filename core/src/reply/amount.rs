//! Whether the money that a message names is ours.

use super::{Reading, present};
use crate::amount::{Amount, stated};

/// What a message says about an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stated {
    /// Nothing.
    Absent,
    /// Our amount and currency.
    Ours,
    /// Another one, or one that can't be read.
    Other,
}

impl Stated {
    /// `absent`, `ours` or `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            Stated::Absent => "absent",
            Stated::Ours => "ours",
            Stated::Other => "other",
        }
    }
}

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
