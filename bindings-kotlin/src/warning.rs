//! What is worth knowing about a payment beside its result.

use alipay_instore::api::pay;

use crate::amount::Amount;

/// What is allowed and worth knowing.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Warning {
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

impl From<pay::Warning> for Warning {
    fn from(warning: pay::Warning) -> Self {
        match warning {
            pay::Warning::OrderAmountDiffers { order, payment } => {
                Warning::OrderAmountDiffers { order: order.into(), payment: payment.into() }
            }
            pay::Warning::BelowMinimum { wallet, payment, minimum } => {
                Warning::BelowMinimum { wallet, payment: payment.into(), minimum: minimum.into() }
            }
            pay::Warning::OffStep { wallet, payment, step } => {
                Warning::OffStep { wallet, payment: payment.into(), step: step.into() }
            }
            pay::Warning::FieldMissing { path } => Warning::FieldMissing { path: path.to_owned() },
            pay::Warning::DefaultExpiry { expiry } => Warning::DefaultExpiry { expiry: expiry.as_millis() },
            pay::Warning::ExpiryCapped { asked, expiry } => {
                Warning::ExpiryCapped { asked: asked.as_millis(), expiry: expiry.as_millis() }
            }
        }
    }
}
