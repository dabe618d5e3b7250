//! Payment codes as they may be shown: the first two and the last two digits.

/// Masks a text that was given as a payment code, whether it is one or not.
pub(crate) fn masked(text: &str) -> String {
    let text = text.trim();
    let count = text.chars().count();
    text.chars()
        .enumerate()
        .map(|(at, character)| if count >= 8 && (at < 2 || at >= count - 2) { character } else { '*' })
        .take(40)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ends_of_a_long_text_are_shown() {
        assert_eq!(masked(" 281006020000000000125733\n"), "28********************33");
        assert_eq!(masked("2810"), "****");
        assert_eq!(masked(""), "");
        assert_eq!(masked("支付宝支付宝支付宝"), "支付*****付宝");
    }
}
