//! Amounts, by value.

use alipay_instore::amount;

use crate::failure::Result;
use crate::mirror::{AmountRules, Rounding};

/// An amount in minor units.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Amount {
    /// Minor units.
    pub value: u64,
    /// The currency's three letters.
    pub currency: String,
}

impl From<amount::Amount> for Amount {
    fn from(amount: amount::Amount) -> Self {
        Amount { value: amount.value(), currency: amount.currency().code().to_owned() }
    }
}

impl Amount {
    pub(crate) fn checked(&self) -> alipay_instore::Result<amount::Amount> {
        amount::Amount::from_minor(&self.value.to_string(), &self.currency)
    }
}

/// Turns a price into minor units.
#[uniffi::export]
pub fn amount_from_major(
    text: String,
    currency: String,
    rounding: Option<Rounding>,
    rules: AmountRules,
) -> Result<Amount> {
    let rounding = rounding.map(Into::into);
    Ok(amount::Amount::from_major(&text, &currency, rounding, rules.into())?.into())
}

/// Reads minor units.
#[uniffi::export]
pub fn amount_from_minor(text: String, currency: String) -> Result<Amount> {
    Ok(amount::Amount::from_minor(&text, &currency)?.into())
}

/// Writes an amount in major units, with all the currency's digits.
#[uniffi::export]
pub fn amount_to_major(amount: Amount) -> Result<String> {
    Ok(amount.checked()?.to_major())
}

/// The smallest amount that a wallet takes, where it states one.
#[uniffi::export]
pub fn wallet_minimum(wallet: String) -> Option<Amount> {
    amount::minimum::of(&wallet).map(Into::into)
}

/// The step of which a wallet takes multiples alone, where it states one.
#[uniffi::export]
pub fn wallet_step(wallet: String) -> Option<Amount> {
    amount::step::of(&wallet).map(Into::into)
}
