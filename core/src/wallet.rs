//! The wallets by the id that answers give for them.

/// The wallet's id (`pspId`) and its name as the gateways write it. Source: Alipay+, Mobile payment provider
/// capabilities. The page lists more wallets than were readable.
const WALLETS: [(&str, &str); 21] = [
    ("1022088000000000001", "ALIPAY_CN"),
    ("1022167000000000001", "TRUEMONEY"),
    ("1022160000000000000", "ALIPAY_HK"),
    ("1022171000000000001", "TNG"),
    ("1022170000000000000", "GCASH"),
    ("1022166000000000001", "DANA"),
    ("1022172000000000001", "KAKAOPAY"),
    ("2021226300000000", "RABBIT_LINE_PAY"),
    ("2010BOPI00000000", "BPI"),
    ("2021227800000000", "BOOST"),
    ("2021224000000000", "TINABA"),
    ("2021234400000000", "NAVERPAY"),
    ("A111254300000000", "TOSSPAY"),
    ("A111263900000000", "OCBC"),
    ("A111265200000000", "CHANGIPAY"),
    ("A111265400000000", "HIPAY"),
    ("A111265500000000", "PBENGAGEMY"),
    ("A111253100000000", "MPAY"),
    ("A111254900000000", "MAYA"),
    ("A111247200000000", "GRABPAY_SG"),
    ("A111266400000000", "KASPI_KZ"),
];

/// The name of the wallet with this `pspId`, such as `KAKAOPAY`. `None` for an id that the list does not have.
pub fn of_psp_id(psp_id: &str) -> Option<&'static str> {
    WALLETS.iter().find(|(id, _)| *id == psp_id).map(|(_, name)| *name)
}

/// The wallet of an answer: by its id, whose name is always spelled the same, else by the name that it gives.
pub(crate) fn of_answer<'a>(psp_id: Option<&str>, names: [Option<&'a str>; 3]) -> Option<&'a str> {
    psp_id.and_then(of_psp_id).or_else(|| names.into_iter().flatten().find(|name| !name.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wallet_is_known_by_its_id() {
        assert_eq!(of_psp_id("1022088000000000001"), Some("ALIPAY_CN"));
        assert_eq!(of_psp_id("1022172000000000001"), Some("KAKAOPAY"));
        assert_eq!(of_psp_id("A111253100000000"), Some("MPAY"));
        for unknown in ["", "KAKAOPAY", "a111253100000000", "10221720000000000011"] {
            assert_eq!(of_psp_id(unknown), None, "{unknown}");
        }
        for (at, (id, name)) in WALLETS.iter().enumerate() {
            let twins = WALLETS.iter().filter(|other| other.0 == *id || other.1 == *name);
            assert_eq!(twins.count(), 1, "{at}");
        }
    }

    #[test]
    fn the_id_of_an_answer_comes_before_its_names() {
        let names = [None, Some(""), Some("kakaopay")];
        assert_eq!(of_answer(Some("1022171000000000001"), names), Some("TNG"));
        assert_eq!(of_answer(Some("unknown"), names), Some("kakaopay"));
        assert_eq!(of_answer(None, [None; 3]), None);
    }
}
