//! Prices are converted as exact arithmetic over 128 bits converts them: `CURRENCY ROUNDING RULES PRICE`.

use alipay_instore::amount::{Amount, AmountRules, Rounding};
use alipay_instore::currency::Currency;

pub(super) fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut words = text.splitn(4, ' ');
    let (Some(currency), Some(rounding), Some(rules), Some(price)) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return;
    };
    let (rounding, rules) = (rounding.parse::<Rounding>().ok(), rules.parse().unwrap_or(AmountRules::Alipay));
    let minor = Amount::from_minor(price, currency);
    if let Ok(amount) = minor {
        assert_eq!(amount.value().to_string(), price.trim_start_matches('0').to_owned() + zero(price));
        let iso = Amount::from_major(&amount.to_major(), currency, None, AmountRules::Iso);
        assert_eq!(iso, Ok(amount), "to major units and back");
    }
    let major = Amount::from_major(price, currency, rounding, rules);
    let Ok(known) = Currency::from_code(currency) else {
        assert!(minor.is_err() && major.is_err(), "an amount in a currency that is none");
        return;
    };
    let step: u128 = if rules == AmountRules::Alipay && known.code() == "IDR" { 100 } else { 1 };
    let expected = exact(price, known.minor_digits().into(), rounding, step);
    match (major, expected) {
        (Ok(amount), Expected::Value(value)) => assert_eq!(u128::from(amount.value()), value),
        (Ok(amount), expected) => assert!(expected == Expected::Unknown, "{amount:?} of {price}"),
        (Err(error), Expected::Value(value)) => {
            let no_money = error.code() == "currency.no_minor_unit";
            assert!(no_money, "{price} {currency} is {value}, and {error} was said");
        }
        (Err(_), Expected::Refused | Expected::Unknown) => {}
    }
}

/// A price of nothing but zeros is one zero.
fn zero(price: &str) -> &'static str {
    if price.bytes().all(|byte| byte == b'0') { "0" } else { "" }
}

#[derive(Debug, PartialEq, Eq)]
enum Expected {
    Value(u128),
    Refused,
    /// Too long for the arithmetic here.
    Unknown,
}

fn exact(price: &str, places: u32, rounding: Option<Rounding>, step: u128) -> Expected {
    let (whole, decimals) = match price.split_once('.') {
        None => (price, "0"),
        Some(parts) => parts,
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) {
        return Expected::Refused;
    }
    if whole.len() + decimals.len() > 30 {
        return Expected::Unknown;
    }
    // The price is numerator / 10^decimals; in minor units it is numerator * 10^places / 10^decimals.
    let Ok(numerator) = format!("{whole}{decimals}").parse::<u128>() else { return Expected::Unknown };
    let scale = 10_u128.pow(u32::try_from(decimals.len()).unwrap_or(0));
    let Some(numerator) = numerator.checked_mul(10_u128.pow(places)) else { return Expected::Unknown };
    let unit = scale * step;
    let (below, rest) = (numerator / unit, numerator % unit);
    let steps = match (rest, rounding) {
        (0, _) | (_, Some(Rounding::Down)) => below,
        (_, None) => return Expected::Refused,
        (_, Some(Rounding::HalfUp)) => below + u128::from(rest * 2 >= unit),
        (_, Some(Rounding::HalfEven)) => {
            below + u128::from(rest * 2 > unit || (rest * 2 == unit && below % 2 == 1))
        }
        (_, Some(_)) => return Expected::Unknown,
    };
    match steps * step {
        value if value < 10_u128.pow(16) => Expected::Value(value),
        _ => Expected::Refused,
    }
}
