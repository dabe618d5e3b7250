//! Money: an integer of minor units and its currency, made from a price in major units or from the wire.
//!
//! Digits are handled as text and integers; no binary float is ever involved. Whether a wallet takes so small
//! an amount is [`minimum`]'s and [`step`]'s part, and what an amount is for is left to the API that carries it.

mod decimal;
pub mod minimum;
mod stated;
pub mod step;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::error::{Error, ErrorCode, Result};
pub use crate::words::{AmountRules, Rounding};
use decimal::Decimal;
pub(crate) use stated::stated;

/// The most digits an amount has on the wire. Source: Alipay, pay (consumer-presented mode), String(16).
pub const MAX_DIGITS: usize = 16;
const LIMIT: u64 = 10_u64.pow(16);

impl FromStr for Rounding {
    type Err = Error;

    /// Reads `half_even`, `half_up` or `down`; anything else is `amount.rounding`.
    fn from_str(name: &str) -> Result<Self> {
        let unknown = || Error::new(ErrorCode::AmountRounding, "there is no rounding of this name");
        Rounding::from_word(name).ok_or_else(unknown)
    }
}

impl AmountRules {
    /// The currency's smallest step under these rules, as a count of trailing zeros.
    fn step_zeros(self, currency: Currency) -> u8 {
        if self == AmountRules::Alipay && currency.code() == "IDR" { 2 } else { 0 }
    }
}

impl FromStr for AmountRules {
    type Err = Error;

    /// Reads `alipay` or `iso`; anything else is `amount.rules`.
    fn from_str(name: &str) -> Result<Self> {
        let unknown = || Error::new(ErrorCode::AmountRules, "there is no rule set of this name");
        AmountRules::from_word(name).ok_or_else(unknown)
    }
}

/// An amount in minor units, of at most 16 digits, and its currency.
///
/// As JSON it has the gateways' form, `{"currency":"USD","value":"1999"}`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "Wire", try_from = "Wire")]
pub struct Amount {
    value: u64,
    currency: Currency,
}

impl Amount {
    /// An amount of so many minor units.
    ///
    /// # Errors
    ///
    /// `amount.too_long` for more than 16 digits.
    pub fn new(value: u64, currency: Currency) -> Result<Self> {
        if value < LIMIT { Ok(Amount { value, currency }) } else { Err(too_long()) }
    }

    /// Turns a price such as `19.99` into minor units.
    ///
    /// The text is `[0-9]+(\.[0-9]+)?` in ASCII: no sign, no blank, no separator, no exponent. Decimals beyond
    /// the currency's are an error unless they are zeros or a rounding is given; a rounding goes to the
    /// currency's smallest step under the rules. Zero converts; see [`Amount::nonzero`].
    ///
    /// ```
    /// use alipay_instore::amount::{Amount, Rounding, AmountRules};
    ///
    /// let price = Amount::from_major("19.99", "USD", None, AmountRules::Alipay)?;
    /// assert_eq!((price.value(), price.to_major().as_str()), (1999, "19.99"));
    /// let rounded = Amount::from_major("5.5", "IDR", Some(Rounding::HalfEven), AmountRules::Alipay)?;
    /// assert_eq!(rounded.value(), 600);
    /// # Ok::<(), alipay_instore::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// In this order: `currency.format`, `currency.unknown`, `currency.no_minor_unit`, `amount.format`,
    /// `amount.excess_precision`, `amount.too_long` and `amount.rule`.
    pub fn from_major(
        text: &str,
        currency: &str,
        rounding: Option<Rounding>,
        rules: AmountRules,
    ) -> Result<Self> {
        Amount::convert(text, Currency::from_code(currency)?, rounding, rules)
    }

    /// Reads a price with its currency, such as `19.99 USD`: the price as in [`from_major`](Self::from_major), a space,
    /// and the code. Nothing is rounded, and the rules are Alipay's.
    ///
    /// ```
    /// use alipay_instore::amount::Amount;
    ///
    /// assert_eq!(Amount::parse("19.99 USD")?.value(), 1999);
    /// # Ok::<(), alipay_instore::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `amount.format` for a text of another form, and the errors of [`from_major`](Self::from_major).
    pub fn parse(text: &str) -> Result<Self> {
        let Some((price, currency)) = text.split_once(' ') else {
            return Err(Error::new(
                ErrorCode::AmountFormat,
                "the text is not a price, a space and a currency code",
            ));
        };
        Amount::from_major(price, currency, None, AmountRules::Alipay)
    }

    /// Turns many prices of one currency into minor units, one result each, in their order. Nothing is
    /// allocated for a price that converts.
    ///
    /// # Errors
    ///
    /// Those of [`Currency::from_code`]; the errors of a price are in its own result.
    pub fn from_major_many<I>(
        prices: I,
        currency: &str,
        rounding: Option<Rounding>,
        rules: AmountRules,
    ) -> Result<impl Iterator<Item = Result<Amount>> + use<I>>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let currency = Currency::from_code(currency)?;
        Ok(prices.into_iter().map(move |text| Amount::convert(text.as_ref(), currency, rounding, rules)))
    }

    /// Reads minor units as the gateways write them: one to 16 ASCII digits. The step of the rules is not
    /// asked for here, so that whatever a gateway states can be read.
    ///
    /// # Errors
    ///
    /// Those of [`Currency::from_code`], then `amount.format` and `amount.too_long`.
    pub fn from_minor(text: &str, currency: &str) -> Result<Self> {
        let currency = Currency::from_code(currency)?;
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::new(ErrorCode::AmountFormat, "minor units have only digits"));
        }
        if text.len() > MAX_DIGITS {
            return Err(too_long());
        }
        Amount::new(text.parse().map_err(|_| too_long())?, currency)
    }

    /// The price in major units with all digits of the currency: `19.99`, `0.05`, `1999` for JPY.
    pub fn to_major(self) -> String {
        let places = usize::from(self.currency.minor_digits());
        if places == 0 {
            return self.value.to_string();
        }
        let unit = 10_u64.pow(u32::from(self.currency.minor_digits()));
        format!("{}.{:0places$}", self.value / unit, self.value % unit)
    }

    /// The minor units.
    pub fn value(self) -> u64 {
        self.value
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Whether the amount is zero.
    pub fn is_zero(self) -> bool {
        self.value == 0
    }

    /// The amount itself, if it can be paid or refunded at all.
    ///
    /// # Errors
    ///
    /// `amount.zero`.
    pub fn nonzero(self) -> Result<Self> {
        if self.is_zero() { Err(Error::new(ErrorCode::AmountZero, "the amount is zero")) } else { Ok(self) }
    }

    /// The sum; `None` for two currencies or more than 16 digits.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let sum = self.value.checked_add(other.value)?;
        (self.currency == other.currency).then(|| Amount::new(sum, self.currency).ok()).flatten()
    }

    /// The difference; `None` for two currencies or less than zero.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let value = self.value.checked_sub(other.value)?;
        (self.currency == other.currency).then_some(Amount { value, currency: self.currency })
    }

    fn convert(
        text: &str,
        currency: Currency,
        rounding: Option<Rounding>,
        rules: AmountRules,
    ) -> Result<Self> {
        let Some(price) = Decimal::parse(text) else {
            return Err(Error::new(ErrorCode::AmountFormat, "the amount is not digits with a decimal point"));
        };
        let places = usize::from(currency.minor_digits());
        let zeros = rules.step_zeros(currency);
        let step = 10_u64.pow(u32::from(zeros));
        if let Some(rounding) = rounding {
            let steps = price.rounded(places.saturating_sub(usize::from(zeros)), rounding);
            let value = steps.and_then(|steps| steps.checked_mul(step)).ok_or_else(too_long)?;
            return Amount::new(value, currency);
        }
        if price.has_more_than(places) {
            return Err(Error::new(
                ErrorCode::AmountExcessPrecision,
                format!("{currency} has {places} decimals, the amount more"),
            ));
        }
        let amount = Amount::new(price.cut(places).ok_or_else(too_long)?, currency)?;
        if amount.value % step != 0 {
            return Err(Error::new(
                ErrorCode::AmountRule,
                format!("in {currency} the minor units are a multiple of {step}"),
            ));
        }
        Ok(amount)
    }
}

fn too_long() -> Error {
    Error::new(ErrorCode::AmountTooLong, "the amount has more than 16 digits in minor units")
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_major(), self.currency)
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Amount({self})")
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    currency: Currency,
    value: String,
}

impl From<Amount> for Wire {
    fn from(amount: Amount) -> Self {
        Wire { currency: amount.currency, value: amount.value.to_string() }
    }
}

impl TryFrom<Wire> for Amount {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self> {
        Amount::from_minor(&wire.value, wire.currency.code())
    }
}

#[cfg(test)]
mod tests;
