//! The wallets that take only multiples of an amount larger than the currency's minor unit.

use super::Amount;
use crate::currency::Currency;
use crate::error::{Error, ErrorCode, Result};

/// Wallet, currency, and the step in minor units. Source: Antom, Currency codes.
const STEPS: [(&str, &str, u64); 2] = [("JKOPAY", "TWD", 100), ("OCTOPUS", "HKD", 10)];

/// The step of a wallet, in the currency in which it holds; `None` for a wallet without one.
pub fn of(wallet: &str) -> Option<Amount> {
    let (_, currency, value) = STEPS.iter().find(|(name, ..)| *name == wallet)?;
    Amount::new(*value, Currency::from_code(currency).ok()?).ok()
}

/// The wallet's step, where the amount is not a multiple of it. An amount in another currency has none.
pub fn missed(wallet: &str, amount: Amount) -> Option<Amount> {
    of(wallet)
        .filter(|step| step.currency() == amount.currency() && !amount.value().is_multiple_of(step.value()))
}

/// Checks an amount to pay or to refund against the wallet's step.
///
/// # Errors
///
/// `amount.rule`, with the step in its hint.
pub fn check(wallet: &str, amount: Amount) -> Result<()> {
    match missed(wallet, amount) {
        Some(step) => {
            Err(Error::new(ErrorCode::AmountRule, format!("{amount} is not on the step of {wallet}"))
                .with_hint(format!("{wallet} takes multiples of {step}")))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_wallets_have_a_step() {
        let amount = |value: &str, currency: &str| Amount::from_minor(value, currency).unwrap();
        for (wallet, currency, whole, between) in [
            ("JKOPAY", "TWD", "1200", "1250"),
            ("JKOPAY", "TWD", "100", "99"),
            ("OCTOPUS", "HKD", "10", "11"),
        ] {
            assert!(check(wallet, amount(whole, currency)).is_ok(), "{wallet}");
            let error = check(wallet, amount(between, currency)).unwrap_err();
            assert_eq!((error.code().as_str(), error.hint().contains(wallet)), ("amount.rule", true));
            assert_eq!(missed(wallet, amount(between, currency)), of(wallet));
        }
        assert!(check("JKOPAY", amount("1250", "USD")).is_ok() && check("TNG", amount("11", "MYR")).is_ok());
        assert_eq!(
            check("JKOPAY", amount("1250", "TWD")).unwrap_err().hint(),
            "JKOPAY takes multiples of 1.00 TWD"
        );
    }
}
