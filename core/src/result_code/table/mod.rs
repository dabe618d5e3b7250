//! The rows, grouped by whom they concern.

mod card;
mod customer;
mod merchant;
mod order;
mod refund;
mod request;

use super::{Meaning, ResultCode, Status, Text};

pub(super) static TABLES: [&[ResultCode]; 6] =
    [&order::ROWS, &customer::ROWS, &merchant::ROWS, &request::ROWS, &refund::ROWS, &card::ROWS];

const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

/// A row of a code that refuses the payment.
const fn payment_refused(code: &'static str, cashier: Text, developer: Text) -> ResultCode {
    refused(code, Meaning::PaymentRefused, cashier, developer)
}

/// A row of a code with letter `F` after which a new attempt needs a new id.
const fn refused(code: &'static str, meaning: Meaning, cashier: Text, developer: Text) -> ResultCode {
    ResultCode { code, aliases: &[], status: Status::Failed, meaning, cashier, developer }
}

impl ResultCode {
    const fn with_aliases(self, aliases: &'static [&'static str]) -> Self {
        ResultCode { aliases, ..self }
    }
}
