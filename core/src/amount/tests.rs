use proptest::prelude::*;

use super::*;

fn minor(text: &str, currency: &str) -> String {
    match Amount::from_major(text, currency, None, AmountRules::Alipay) {
        Ok(amount) => amount.value().to_string(),
        Err(error) => error.code().as_str().to_owned(),
    }
}

fn rounded(text: &str, currency: &str, rounding: &str, rules: &str) -> String {
    let (rounding, rules) = (rounding.parse().unwrap(), rules.parse().unwrap());
    match Amount::from_major(text, currency, Some(rounding), rules) {
        Ok(amount) => amount.value().to_string(),
        Err(error) => error.code().as_str().to_owned(),
    }
}

/// The two examples of "Accept a payment", step 2: $1.00 is 100, ¥1 is 1.
#[test]
fn accept_a_payment_step_2_examples() {
    assert_eq!(minor("1.00", "USD"), "100");
    assert_eq!(minor("1", "JPY"), "1");
}

#[test]
fn digits_of_the_currency_decide() {
    assert_eq!(minor("19.99", "USD"), "1999");
    assert_eq!(minor("19.9", "USD"), "1990");
    assert_eq!(minor("1.234", "KWD"), "1234");
    assert_eq!(minor("1.2345", "CLF"), "12345");
    assert_eq!(minor("100.00", "JPY"), "100");
    assert_eq!(minor("0", "USD"), "0");
    assert_eq!(minor("000000000000000000001.000000", "USD"), "100");
}

#[test]
fn only_plain_decimals_are_read() {
    for text in
        ["", ".", "1.", ".5", "+1", "-1", " 1", "1 ", "1,00", "1.0.0", "1e3", "0x10", "１", "1\n", "NaN", "٣"]
    {
        assert_eq!(minor(text, "USD"), "amount.format", "{text:?}");
    }
}

#[test]
fn excess_precision_needs_a_rounding() {
    assert_eq!(minor("19.999", "USD"), "amount.excess_precision");
    assert_eq!(minor("1.5", "JPY"), "amount.excess_precision");
    for (text, half_even, half_up, down) in [
        ("0.005", "0", "1", "0"),
        ("0.015", "2", "2", "1"),
        ("0.025", "2", "3", "2"),
        ("0.0250000001", "3", "3", "2"),
        ("0.0249999999", "2", "2", "2"),
    ] {
        assert_eq!(rounded(text, "USD", "half_even", "alipay"), half_even, "{text}");
        assert_eq!(rounded(text, "USD", "half_up", "alipay"), half_up, "{text}");
        assert_eq!(rounded(text, "USD", "down", "alipay"), down, "{text}");
    }
}

#[test]
fn rupiah_go_in_steps_of_a_hundred() {
    assert_eq!(minor("5", "IDR"), "500");
    assert_eq!(minor("5.99", "IDR"), "amount.rule");
    assert_eq!(minor("5.999", "IDR"), "amount.excess_precision");
    assert_eq!(rounded("5.5", "IDR", "half_even", "alipay"), "600");
    assert_eq!(rounded("4.5", "IDR", "half_even", "alipay"), "400");
    assert_eq!(rounded("5.99", "IDR", "down", "alipay"), "500");
    assert_eq!(rounded("5.995", "IDR", "half_even", "iso"), "600");
    assert_eq!(rounded("5.985", "IDR", "half_even", "iso"), "598");
}

#[test]
fn sixteen_digits_are_the_most() {
    assert_eq!(minor("99999999999999.99", "USD"), "9999999999999999");
    assert_eq!(minor("100000000000000.00", "USD"), "amount.too_long");
    assert_eq!(minor("99999999999999.99", "IDR"), "amount.rule");
    assert_eq!(minor("100000000000000.01", "IDR"), "amount.too_long");
    assert_eq!(rounded("9999999999999999.5", "JPY", "half_up", "alipay"), "amount.too_long");
    assert_eq!(rounded("9999999999999999.5", "JPY", "down", "alipay"), "9999999999999999");
    assert_eq!(rounded("99999999999999.5", "IDR", "half_up", "alipay"), "amount.too_long");
    assert_eq!(minor(&"9".repeat(10_000), "JPY"), "amount.too_long");
    assert_eq!(minor(&format!("0.{}", "0".repeat(10_000)), "USD"), "0");
    assert_eq!(minor(&format!("{}7", "0".repeat(10_000)), "JPY"), "7");
}

#[test]
fn checks_come_in_their_order() {
    assert_eq!(minor("x", "usd"), "currency.format");
    assert_eq!(minor("x", "ZZZ"), "currency.unknown");
    assert_eq!(minor("x", "XAU"), "currency.no_minor_unit");
    assert_eq!(minor("99999999999999999.999", "USD"), "amount.excess_precision");
}

#[test]
fn minor_units_are_read_as_they_stand() {
    let major = |text: &str, currency: &str| match Amount::from_minor(text, currency) {
        Ok(amount) => amount.to_major(),
        Err(error) => error.code().as_str().to_owned(),
    };
    assert_eq!(major("1999", "USD"), "19.99");
    assert_eq!(major("5", "USD"), "0.05");
    assert_eq!(major("0", "KWD"), "0.000");
    assert_eq!(major("0012", "JPY"), "12");
    assert_eq!(major("599", "IDR"), "5.99");
    assert_eq!(major("9999999999999999", "CLF"), "999999999999.9999");
    assert_eq!(major("00000000000000001", "USD"), "amount.too_long");
    for text in ["", "1.0", "-1", " 1", "１", "1_000"] {
        assert_eq!(major(text, "USD"), "amount.format", "{text:?}");
    }
}

#[test]
fn names_of_roundings_and_rules_are_exact() {
    assert_eq!("HALF_UP".parse::<Rounding>().unwrap_err().code(), "amount.rounding");
    assert_eq!("".parse::<AmountRules>().unwrap_err().code(), "amount.rules");
}

#[test]
fn seventeen_digits_are_kept_for_rounding_and_no_more() {
    let cut = |text: &str, places: usize| decimal::Decimal::parse(text).unwrap().cut(places);
    assert_eq!(cut("10000000000000000", 0), Some(10_000_000_000_000_000));
    assert_eq!(cut("100000000000000000", 0), None);
    assert_eq!(
        (cut("10000000000000000.5", 1), cut("1000000000000000.55", 1)),
        (None, Some(10_000_000_000_000_005))
    );
}

#[test]
fn a_print_is_the_price_with_its_currency() {
    let amount = Amount::from_minor("1999", "USD").unwrap();
    assert_eq!((amount.to_string(), format!("{amount:?}")), ("19.99 USD".into(), "Amount(19.99 USD)".into()));
}

#[test]
fn sums_stay_in_one_currency_and_within_sixteen_digits() {
    let of = |text: &str, currency: &str| Amount::from_minor(text, currency).unwrap();
    assert_eq!(of("1", "USD").checked_add(of("2", "USD")), Some(of("3", "USD")));
    assert_eq!(of("1", "USD").checked_add(of("2", "EUR")), None);
    assert_eq!(of("9999999999999999", "USD").checked_add(of("1", "USD")), None);
    assert_eq!(of("2", "USD").checked_sub(of("2", "USD")), Some(of("0", "USD")));
    assert_eq!(of("2", "USD").checked_sub(of("3", "USD")), None);
    assert_eq!(of("2", "USD").checked_sub(of("1", "EUR")), None);
    assert_eq!(of("0", "USD").nonzero().unwrap_err().code(), "amount.zero");
}

#[test]
fn json_has_the_form_of_the_gateways() {
    let amount = Amount::from_minor("1999", "USD").unwrap();
    let json = serde_json::to_string(&amount).unwrap();
    assert_eq!(json, r#"{"currency":"USD","value":"1999"}"#);
    assert_eq!(serde_json::from_str::<Amount>(&json).unwrap(), amount);
    assert!(serde_json::from_str::<Amount>(r#"{"currency":"USD","value":1999}"#).is_err());
    assert!(serde_json::from_str::<Amount>(r#"{"currency":"USD","value":"19.99"}"#).is_err());
}

#[test]
fn many_prices_check_their_currency_once() {
    let prices = ["1.00", "x", "2"];
    let results: Vec<_> = Amount::from_major_many(prices, "USD", None, AmountRules::Alipay)
        .unwrap()
        .map(|result| {
            result.map_or_else(|error| error.code().as_str().to_owned(), |amount| amount.value().to_string())
        })
        .collect();
    assert_eq!(results, ["100", "amount.format", "200"]);
    assert!(Amount::from_major_many(prices, "XAU", None, AmountRules::Alipay).is_err());
}

proptest! {
    #[test]
    fn printing_and_reading_is_the_identity(
        value in 0..10_u64.pow(16),
        currency in prop::sample::select(vec!["USD", "JPY", "KWD", "CLF", "EUR", "IDR"]),
    ) {
        let amount = Amount::from_minor(&value.to_string(), currency).unwrap();
        let again = Amount::from_major(&amount.to_major(), currency, None, AmountRules::Iso).unwrap();
        prop_assert_eq!(again, amount);
    }

    #[test]
    fn reading_is_total(text in "\\PC*|[0-9.]{0,40}", rounding in prop::sample::select(vec![
        None, Some(Rounding::HalfEven), Some(Rounding::HalfUp), Some(Rounding::Down),
    ])) {
        if let Ok(amount) = Amount::from_major(&text, "USD", rounding, AmountRules::Alipay) {
            prop_assert!(amount.value() < LIMIT);
        }
    }

    #[test]
    fn a_rounding_moves_a_price_by_less_than_a_step(whole in 0..10_u64.pow(9), decimals in "[0-9]{1,12}") {
        let price = format!("{whole}.{decimals}");
        let by = |rounding| Amount::from_major(&price, "USD", Some(rounding), AmountRules::Alipay).unwrap().value();
        let down = by(Rounding::Down);
        prop_assert!(by(Rounding::HalfUp) - down <= 1);
        prop_assert!(by(Rounding::HalfUp) - by(Rounding::HalfEven) <= 1);
        prop_assert!(by(Rounding::HalfEven) >= down);
    }
}
