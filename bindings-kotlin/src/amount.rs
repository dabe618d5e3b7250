//! Amounts, by value.

use alipay_instore::amount;

use crate::flat::{Answer, Input, Outcome, Put as _};

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
pub(crate) fn from_major(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let (text, currency, rounding, rules) = input.all::<(&str, &str, _, _)>()?;
    amount::Amount::from_major(text, currency, rounding, rules)?.put(answer);
    Ok(())
}

/// Reads minor units.
pub(crate) fn from_minor(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let (text, currency) = input.all::<(&str, &str)>()?;
    amount::Amount::from_minor(text, currency)?.put(answer);
    Ok(())
}

/// Writes an amount in major units, with all the currency's digits.
pub(crate) fn to_major(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let (value, currency) = input.all()?;
    Amount { value, currency }.checked()?.to_major().put(answer);
    Ok(())
}

/// The smallest amount that a wallet takes, where it states one.
pub(crate) fn wallet_minimum(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    amount::minimum::of(input.all()?).put(answer);
    Ok(())
}

/// The step of which a wallet takes only multiples, where it states one.
pub(crate) fn wallet_step(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    amount::step::of(input.all()?).put(answer);
    Ok(())
}
