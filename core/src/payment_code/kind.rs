//! The form of a payment code, and what stands in it.

use super::{CodeKind, PaymentCode};

impl PaymentCode {
    /// The code's form.
    pub fn kind(&self) -> CodeKind {
        match self.as_bytes() {
            [b'2', b'8', b'9', .., b'6', _, _, _, _, _] if self.digits() == 19 => CodeKind::AlipayPlus19,
            code if (17..=19).contains(&code.len()) => CodeKind::Alipay,
            code if code.len() == 24 => CodeKind::Cgcp,
            _ => CodeKind::Other,
        }
    }

    /// The routing number of a code of 24 digits, its fourth to sixth digit: it stands for a wallet, by a table
    /// that Alipay+ gives to each acquirer. `None` for every other length, where the same place means nothing.
    pub fn routing_number(&self) -> Option<&str> {
        if self.kind() == CodeKind::Cgcp { self.expose().get(3..6) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_samples_of_the_pages_have_their_forms() {
        for (text, kind, number) in [
            ("2893612204263667830", "alipay_plus_19", None),
            ("3093612204263667830", "alipay", None),
            ("2883612204263667830", "alipay", None),
            ("2893612204263567830", "alipay", None),
            ("28024456785672301", "alipay", None),
            ("280244567856723026", "alipay", None),
            ("281010897274821897274821", "cgcp", Some("010")),
            ("251001020123456789012345", "cgcp", Some("001")),
            ("28100602000000000012", "other", None),
            ("2810060200000000", "other", None),
            ("28910602000000600012570", "other", None),
        ] {
            let code = PaymentCode::new(text).unwrap();
            assert_eq!((code.kind().as_str(), code.routing_number()), (kind, number), "{text}");
        }
    }
}
