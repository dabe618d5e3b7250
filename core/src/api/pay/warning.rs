//! What is allowed and worth knowing about a payment, beside its result.

use crate::amount::{Amount, minimum, step};
use crate::json::{Json, Object};
use crate::time::Timestamp;

/// Something that is allowed and that the caller may want to know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The customer will be shown another amount than the one that is paid.
    OrderAmountDiffers {
        /// `order.orderAmount`
        order: Amount,
        /// `paymentAmount`
        payment: Amount,
    },
    /// The wallet may not take an amount this small: the wallet was not known before it was named by the answer,
    /// or the pages state two minimums and the amount is between them.
    BelowMinimum {
        /// The wallet.
        wallet: String,
        /// `paymentAmount`
        payment: Amount,
        /// The higher of the wallet's minimums.
        minimum: Amount,
    },
    /// The answer names a wallet that takes only multiples of a step.
    OffStep {
        /// The wallet.
        wallet: String,
        /// `paymentAmount`
        payment: Amount,
        /// The wallet's step.
        step: Amount,
    },
    /// AMS: a field is missing that some pages require and others do not.
    FieldMissing {
        /// The field, such as `order.merchant.merchantName`.
        path: &'static str,
    },
    /// AMS: the caller stated no expiry, so the policy's was sent. The contract with Alipay may set another one.
    DefaultExpiry {
        /// What was sent.
        expiry: Timestamp,
    },
    /// Alipay+: the caller stated a later expiry than the protocol allows, so an earlier one was sent.
    ExpiryCapped {
        /// What the caller stated.
        asked: Timestamp,
        /// What was sent.
        expiry: Timestamp,
    },
}

impl Warning {
    /// What a wallet may have against an amount.
    pub(super) fn of_wallet(wallet: &str, payment: Amount) -> Option<Self> {
        let named = || wallet.to_owned();
        let minimum = minimum::above(wallet, payment);
        let below = minimum.map(|minimum| Warning::BelowMinimum { wallet: named(), payment, minimum });
        below.or_else(|| {
            step::missed(wallet, payment).map(|step| Warning::OffStep { wallet: named(), payment, step })
        })
    }

    /// The name of the kind of note, the same in every language.
    pub fn kind(&self) -> &'static str {
        match self {
            Warning::OrderAmountDiffers { .. } => "order_amount_differs",
            Warning::BelowMinimum { .. } => "below_minimum",
            Warning::OffStep { .. } => "off_step",
            Warning::FieldMissing { .. } => "field_missing",
            Warning::DefaultExpiry { .. } => "default_expiry",
            Warning::ExpiryCapped { .. } => "expiry_capped",
        }
    }

    /// The note as JSON: its `kind`, and what the kind has.
    pub fn to_json(&self) -> Object {
        let object = Object::new().with("kind", self.kind());
        let time = |at: &Timestamp| Json::Number(at.as_millis().to_string());
        match self {
            Warning::OrderAmountDiffers { order, payment } => {
                object.with("order", order.to_string()).with("payment", payment.to_string())
            }
            Warning::BelowMinimum { wallet, payment, minimum } => object
                .with("wallet", wallet.as_str())
                .with("payment", payment.to_string())
                .with("minimum", minimum.to_string()),
            Warning::OffStep { wallet, payment, step } => object
                .with("wallet", wallet.as_str())
                .with("payment", payment.to_string())
                .with("step", step.to_string()),
            Warning::FieldMissing { path } => object.with("path", *path),
            Warning::DefaultExpiry { expiry } => object.with("expiry", time(expiry)),
            Warning::ExpiryCapped { asked, expiry } => {
                object.with("asked", time(asked)).with("expiry", time(expiry))
            }
        }
    }
}
