//! The smallest amount each wallet takes, for payments and for refunds alike.
//!
//! Where two pages state two minimums, only an amount below both is refused; one between them may be paid and is
//! noted with the result. The wallet is often known only from the reply; when to ask is left to the API.

use super::Amount;
use crate::currency::Currency;
use crate::error::{Error, ErrorCode, Result};

/// The minimums of a wallet, in minor units.
struct Minimum {
    wallet: &'static str,
    currency: &'static str,
    /// Source: Alipay, pay (consumer-presented mode), orderCodeForm. For ALIPAY_HK it is the minimum of a payment
    /// that the customer confirms, as every payment in a store is.
    stated: u64,
    /// The lowest that any page states. It differs for ALIPAY_HK (the same page, for auto debit) and for TNG
    /// (Alipay, Amount).
    lowest: u64,
}

const fn minimum(wallet: &'static str, currency: &'static str, stated: u64, lowest: u64) -> Minimum {
    Minimum { wallet, currency, stated, lowest }
}

const MINIMUMS: [Minimum; 8] = [
    minimum("TRUEMONEY", "THB", 100, 100),
    minimum("ALIPAY_HK", "HKD", 10, 1),
    minimum("TNG", "MYR", 10, 5),
    minimum("GCASH", "PHP", 100, 100),
    minimum("DANA", "IDR", 30_000, 30_000),
    minimum("BKASH", "BDT", 1, 1),
    minimum("EASYPAISA", "PKR", 10_000, 10_000),
    minimum("KAKAOPAY", "KRW", 50, 50),
];

fn known(wallet: &str) -> Option<&'static Minimum> {
    MINIMUMS.iter().find(|minimum| minimum.wallet == wallet)
}

fn amount(currency: &str, value: u64) -> Option<Amount> {
    Amount::new(value, Currency::from_code(currency).ok()?).ok()
}

/// The amount from which on a wallet takes payments by every page, in the currency in which the wallet states it;
/// `None` for a wallet without a stated minimum.
pub fn of(wallet: &str) -> Option<Amount> {
    known(wallet).and_then(|minimum| amount(minimum.currency, minimum.stated))
}

/// The amount below which a wallet takes no payment by any page; see [`check`].
pub fn lowest_of(wallet: &str) -> Option<Amount> {
    known(wallet).and_then(|minimum| amount(minimum.currency, minimum.lowest))
}

/// Checks an amount to pay or to refund against the wallet's lowest minimum. An amount in another currency than
/// the minimum's passes: nothing is converted here.
///
/// # Errors
///
/// `request.below_minimum`, with the minimum in its hint.
pub fn check(wallet: &str, amount: Amount) -> Result<()> {
    match lowest_of(wallet) {
        Some(least) if is_below(amount, least) => {
            Err(Error::new(ErrorCode::RequestBelowMinimum, format!("{amount} is too little for {wallet}"))
                .with_hint(format!("{wallet} takes {least} or more")))
        }
        _ => Ok(()),
    }
}

/// The wallet's minimum, where the amount is below it by at least one page.
pub fn above(wallet: &str, amount: Amount) -> Option<Amount> {
    of(wallet).filter(|stated| is_below(amount, *stated))
}

fn is_below(amount: Amount, least: Amount) -> bool {
    least.currency() == amount.currency() && amount.value() < least.value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::AmountRules;

    fn major(text: &str, currency: &str) -> Amount {
        Amount::from_major(text, currency, None, AmountRules::Iso).unwrap()
    }

    #[test]
    fn each_wallet_has_the_minimums_of_the_pages() {
        for (wallet, stated, below_stated, lowest, below_lowest, currency) in [
            ("TRUEMONEY", "1", "0.99", "1", "0.99", "THB"),
            ("ALIPAY_HK", "0.1", "0.09", "0.01", "0", "HKD"),
            ("TNG", "0.1", "0.09", "0.05", "0.04", "MYR"),
            ("GCASH", "1", "0.99", "1", "0.99", "PHP"),
            ("DANA", "300", "299.99", "300", "299.99", "IDR"),
            ("BKASH", "0.01", "0", "0.01", "0", "BDT"),
            ("EASYPAISA", "100", "99.99", "100", "99.99", "PKR"),
            ("KAKAOPAY", "50", "49", "50", "49", "KRW"),
        ] {
            assert_eq!(of(wallet), Some(major(stated, currency)));
            assert_eq!(above(wallet, major(stated, currency)), None);
            assert_eq!(above(wallet, major(below_stated, currency)), of(wallet));
            assert!(check(wallet, major(lowest, currency)).is_ok(), "{wallet}");
            let error = check(wallet, major(below_lowest, currency)).unwrap_err();
            assert_eq!(error.code(), "request.below_minimum");
            assert!(error.hint().contains(&lowest_of(wallet).unwrap().to_string()), "{}", error.hint());
        }
    }

    #[test]
    fn other_wallets_and_other_currencies_pass() {
        for (wallet, text, currency) in [("ALIPAY_CN", "0.01", "CNY"), ("TRUEMONEY", "0.01", "USD")] {
            assert!(check(wallet, major(text, currency)).is_ok());
            assert_eq!(above(wallet, major(text, currency)), None);
        }
        assert!(of("alipay_hk").is_none() && lowest_of("alipay_hk").is_none());
    }
}
