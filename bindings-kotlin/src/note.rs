//! What is worth knowing about a payment beside its result.

use alipay_instore::api::PayResponse;
use alipay_instore::api::pay;
use alipay_instore::message::json::Object;
use alipay_instore::payment;

use crate::amount::Amount;
use crate::failure::Result;

/// What is allowed and worth knowing.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Note {
    /// The customer will be shown another amount than the one that is paid.
    OrderAmountDiffers {
        /// The order's amount.
        order: Amount,
        /// What is paid.
        payment: Amount,
    },
    /// The wallet may not take an amount this small.
    BelowMinimum {
        /// The wallet.
        wallet: String,
        /// What is paid.
        payment: Amount,
        /// The wallet's minimum.
        minimum: Amount,
    },
    /// The wallet takes multiples of a step alone.
    OffStep {
        /// The wallet.
        wallet: String,
        /// What is paid.
        payment: Amount,
        /// The wallet's step.
        step: Amount,
    },
    /// A field is missing that some pages require.
    FieldMissing {
        /// The field.
        path: String,
    },
}

impl From<pay::Note> for Note {
    fn from(note: pay::Note) -> Self {
        match note {
            pay::Note::OrderAmountDiffers { order, payment } => {
                Note::OrderAmountDiffers { order: order.into(), payment: payment.into() }
            }
            pay::Note::BelowMinimum { wallet, payment, minimum } => {
                Note::BelowMinimum { wallet, payment: payment.into(), minimum: minimum.into() }
            }
            pay::Note::OffStep { wallet, payment, step } => {
                Note::OffStep { wallet, payment: payment.into(), step: step.into() }
            }
            pay::Note::FieldMissing { path } => Note::FieldMissing { path: path.to_owned() },
        }
    }
}

/// What the wallet that an answer to pay names may have against the amount.
#[uniffi::export]
pub fn note_of_answer(body: String, amount: Amount) -> Result<Option<Note>> {
    let response = PayResponse::from_json(Object::parse(body.as_bytes())?);
    Ok(response.note(amount.checked()?).map(Into::into))
}

/// What is worth knowing about the expiry that was sent.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ExpiryNote {
    /// The later time that the caller stated, where an earlier one was sent; without it the caller stated none.
    pub asked: Option<i64>,
    /// What was sent.
    pub expiry: i64,
}

impl ExpiryNote {
    pub(crate) fn of(note: payment::ExpiryNote) -> Option<Self> {
        match note {
            payment::ExpiryNote::Default { expiry } => Some(ExpiryNote { asked: None, expiry }),
            payment::ExpiryNote::Capped { asked, expiry } => Some(ExpiryNote { asked: Some(asked), expiry }),
            _ => None,
        }
    }
}
