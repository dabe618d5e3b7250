//! The smallest amount each wallet takes, for payments and for refunds alike.
//!
//! The wallet is often known only from the reply; when to ask is left to the API.

use super::Amount;
use crate::currency::Currency;
use crate::error::{Error, ErrorCode, Result};

/// Wallet, currency, and minor units. Source: Alipay, pay (consumer-presented mode), orderCodeForm. For
/// ALIPAY_HK the page names two minimums; this is the one of a payment that the customer confirms, as every
/// payment in a store is. The other, 0.01 HKD, is for auto debit.
const MINIMUMS: [(&str, &str, u64); 8] = [
    ("TRUEMONEY", "THB", 100),
    ("ALIPAY_HK", "HKD", 10),
    ("TNG", "MYR", 10),
    ("GCASH", "PHP", 100),
    ("DANA", "IDR", 30_000),
    ("BKASH", "BDT", 1),
    ("EASYPAISA", "PKR", 10_000),
    ("KAKAOPAY", "KRW", 50),
];

/// The smallest amount that a wallet takes, in the currency in which the wallet states it; `None` for a wallet
/// without a stated minimum.
pub fn of(wallet: &str) -> Option<Amount> {
    let (_, currency, value) = MINIMUMS.iter().find(|(name, ..)| *name == wallet)?;
    Amount::new(*value, Currency::from_code(currency).ok()?).ok()
}

/// Checks an amount to pay or to refund against the wallet's minimum. An amount in another currency than the
/// minimum's passes: nothing is converted here.
///
/// # Errors
///
/// `request.below_minimum`, with the minimum in its hint.
pub fn check(wallet: &str, amount: Amount) -> Result<()> {
    match of(wallet) {
        Some(least) if least.currency() == amount.currency() && amount.value() < least.value() => {
            Err(Error::new(ErrorCode::RequestBelowMinimum, format!("{amount} is too little for {wallet}"))
                .with_hint(format!("{wallet} takes {least} or more")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::Rules;

    fn check_major(wallet: &str, text: &str, currency: &str) -> Result<()> {
        check(wallet, Amount::from_major(text, currency, None, Rules::Iso).unwrap())
    }

    #[test]
    fn each_wallet_has_the_minimum_of_the_page() {
        for (wallet, least, below, currency) in [
            ("TRUEMONEY", "1", "0.99", "THB"),
            ("ALIPAY_HK", "0.1", "0.09", "HKD"),
            ("TNG", "0.1", "0.09", "MYR"),
            ("GCASH", "1", "0.99", "PHP"),
            ("DANA", "300", "299.99", "IDR"),
            ("BKASH", "0.01", "0", "BDT"),
            ("EASYPAISA", "100", "99.99", "PKR"),
            ("KAKAOPAY", "50", "49", "KRW"),
        ] {
            assert!(check_major(wallet, least, currency).is_ok(), "{wallet}");
            let error = check_major(wallet, below, currency).unwrap_err();
            assert_eq!(error.code(), "request.below_minimum");
            assert!(error.hint().contains(wallet) && error.hint().contains(currency), "{}", error.hint());
        }
    }

    #[test]
    fn other_wallets_and_other_currencies_pass() {
        assert!(check_major("ALIPAY_CN", "0.01", "CNY").is_ok());
        assert!(check_major("TRUEMONEY", "0.01", "USD").is_ok());
        assert!(of("alipay_hk").is_none());
    }
}
