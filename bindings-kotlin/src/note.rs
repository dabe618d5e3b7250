//! What is worth knowing about a payment beside its result.

use alipay_instore::api::PayResponse;
use alipay_instore::api::pay;
use alipay_instore::json::Object;

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
    /// AMS: no expiry was stated, so the policy's was sent.
    DefaultExpiry {
        /// What was sent.
        expiry: i64,
    },
    /// Alipay+: a later expiry was stated than the protocol allows, so an earlier one was sent.
    ExpiryCapped {
        /// What was stated.
        asked: i64,
        /// What was sent.
        expiry: i64,
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
            pay::Note::DefaultExpiry { expiry } => Note::DefaultExpiry { expiry },
            pay::Note::ExpiryCapped { asked, expiry } => Note::ExpiryCapped { asked, expiry },
        }
    }
}

/// What the wallet that an answer to pay names may have against the amount.
#[uniffi::export]
pub fn note_of_answer(body: String, amount: Amount) -> Result<Option<Note>> {
    let response = PayResponse::from_json(Object::parse(body.as_bytes())?);
    Ok(response.note(amount.checked()?).map(Into::into))
}
