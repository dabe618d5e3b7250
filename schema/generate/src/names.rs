//! Names in the manner of each language, made from those of the schema.

/// `paymentRequestId` as `payment_request_id`; capitals that follow each other stay together.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut after_capital = true;
    for letter in name.chars() {
        let capital = letter.is_ascii_uppercase();
        if capital && !after_capital {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
        after_capital = capital || letter == '_';
    }
    out
}

/// `payment_request_id`, or `key.not_a_key`, as `PaymentRequestId`.
pub(crate) fn pascal(name: &str) -> String {
    name.split(['_', '.'])
        .map(|part| {
            // A word that has only capitals, such as `MINI`, becomes `Mini`.
            let capitals = part.chars().all(|letter| !letter.is_ascii_lowercase());
            let mut letters = part.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            let rest: String = letters.as_str().to_owned();
            first
                .into_iter()
                .chain(if capitals { rest.to_ascii_lowercase() } else { rest }.chars())
                .collect::<String>()
        })
        .collect()
}

/// `PaymentCode`, or `alipay_plus_19`, as `PAYMENT_CODE`.
pub(crate) fn constant(name: &str) -> String {
    snake(name).replace('.', "_").to_ascii_uppercase()
}

/// `payment_request_id` as `paymentRequestId`.
pub(crate) fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut raise = false;
    for letter in name.chars() {
        if letter == '_' {
            raise = true;
        } else if raise {
            out.push(letter.to_ascii_uppercase());
            raise = false;
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_every_manner() {
        assert_eq!(snake("paymentRequestId"), "payment_request_id");
        assert_eq!(snake("merchantMCC"), "merchant_mcc");
        assert_eq!(snake("address1"), "address1");
        assert_eq!(pascal("alipay_plus_19"), "AlipayPlus19");
        assert_eq!(pascal("MINI_APP"), "MiniApp");
        assert_eq!(pascal("PaymentCode"), "PaymentCode");
        assert_eq!(pascal("key.not_a_key"), "KeyNotAKey");
        assert_eq!(constant("PaymentCode"), "PAYMENT_CODE");
        assert_eq!(constant("alipay_plus_19"), "ALIPAY_PLUS_19");
        assert_eq!(constant("IN_STORE_PAYMENT"), "IN_STORE_PAYMENT");
        assert_eq!(camel("refund_request_id"), "refundRequestId");
    }
}
