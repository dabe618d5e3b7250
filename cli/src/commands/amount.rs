//! `amount`: prices to minor units, and back. No number passes through binary floating point.

use alipay_instore::amount::{Amount, AmountRules, Rounding};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::exit::Exit;
use crate::failure::Result;
use crate::output::Output;

#[derive(Debug, Subcommand)]
pub(crate) enum Amounts {
    /// A price such as 19.99 as the gateways want it: 1999.
    #[command(allow_negative_numbers = true)]
    ToMinor(ToMinor),
    /// Minor units such as 1999 as a price: 19.99.
    #[command(allow_negative_numbers = true)]
    ToMajor(ToMajor),
}

#[derive(Debug, Args)]
pub(crate) struct ToMinor {
    /// The price: digits with at most one decimal point.
    text: String,
    /// The currency: three letters of ISO 4217.
    currency: String,
    /// What to do with more decimals than the currency has: half_even, half_up or down. Without it they are
    /// an error.
    #[arg(long)]
    rounding: Option<String>,
    /// Whose rules decide the smallest step: alipay or iso.
    #[arg(long, default_value = "alipay")]
    rules: String,
}

#[derive(Debug, Args)]
pub(crate) struct ToMajor {
    /// The minor units: only digits.
    text: String,
    /// The currency: three letters of ISO 4217.
    currency: String,
}

impl Amounts {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let (amount, to_minor) = match &self {
            Amounts::ToMinor(ToMinor { text, currency, rounding, rules }) => {
                let rounding = rounding.as_deref().map(str::parse::<Rounding>).transpose()?;
                (Amount::from_major(text, currency, rounding, rules.parse::<AmountRules>()?)?, true)
            }
            Amounts::ToMajor(ToMajor { text, currency }) => (Amount::from_minor(text, currency)?, false),
        };
        let (minor, major) = (amount.value().to_string(), amount.to_major());
        let human = if to_minor { &minor } else { &major };
        let json = json!({"minor": minor, "major": major, "currency": amount.currency().code()});
        output.result(human, &json);
        Ok(Exit::Done)
    }
}
