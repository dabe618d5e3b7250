use proptest::prelude::*;

use super::*;

fn wallet(name: &str) -> DirectWallet {
    DirectWallet { wallet: name.to_owned(), routing_number: None, min_length: None }
}

fn numbered(name: &str, number: &str) -> DirectWallet {
    DirectWallet { routing_number: Some(number.to_owned()), ..wallet(name) }
}

fn router(alipay_plus: bool, ruleset: RoutingRules, direct: Vec<DirectWallet>) -> Router {
    Router::new(RouterConfig { alipay_plus, ruleset, direct }).unwrap()
}

fn decided(router: &Router, code: &str) -> String {
    match router.route(code) {
        Ok(route) => {
            let taker = route.wallet.unwrap_or(route.target.as_str());
            format!("{taker} by {}", route.rule.as_str())
        }
        Err(error) => error.code().as_str().to_owned(),
    }
}

const PLUS_19: &str = "2893612204263667830";
const OLD_PLUS_19: &str = "3093612204263667830";
const CN_17: &str = "28024456785672301";
const HK_18: &str = "280244567856723026";
const CGCP: &str = "281006020000000000125733";
const MACAO_24: &str = "281003020000000000125733";

#[test]
fn accept_a_payment_rule_1_alipay_plus_19_goes_to_alipay_plus() {
    let router = router(true, RoutingRules::AlipayPlus, vec![wallet("ALIPAY_CN")]);
    assert_eq!(decided(&router, PLUS_19), "alipay_plus by alipay_plus_19");
    assert_eq!(decided(&router, OLD_PLUS_19), "alipay_plus by alipay_plus_19");
}

#[test]
fn accept_a_payment_rule_1_needs_alipay_plus() {
    let router = router(false, RoutingRules::AlipayPlus, vec![wallet("ALIPAY_CN")]);
    assert_eq!(decided(&router, PLUS_19), "ALIPAY_CN by direct_alipay");
}

#[test]
fn accept_a_payment_rule_1_as_corrected_in_2023_starts_with_289() {
    let router = router(true, RoutingRules::AlipayPlus2023_08, vec![wallet("ALIPAY_CN")]);
    assert_eq!(decided(&router, PLUS_19), "alipay_plus by alipay_plus_19");
    assert_eq!(decided(&router, OLD_PLUS_19), "ALIPAY_CN by direct_alipay");
}

#[test]
fn accept_a_payment_rule_1_reads_both_markers() {
    let router = router(true, RoutingRules::AlipayPlus, vec![]);
    assert_eq!(decided(&router, "2883612204263667830"), "alipay_plus by fallback");
    assert_eq!(decided(&router, "2893612204263567830"), "alipay_plus by fallback");
}

#[test]
fn accept_a_payment_rule_2_alipay_codes_go_to_the_direct_wallet() {
    let router = router(true, RoutingRules::AlipayPlus, vec![wallet("ALIPAY_HK")]);
    assert_eq!(decided(&router, CN_17), "ALIPAY_HK by direct_alipay");
    assert_eq!(decided(&router, HK_18), "ALIPAY_HK by direct_alipay");
    assert_eq!(decided(&router, &CGCP[..23]), "ALIPAY_HK by direct_alipay");
    assert_eq!(decided(&router, &CGCP[..16]), "alipay_plus by fallback");
}

#[test]
fn accept_a_payment_rule_2_names_the_other_alipay_wallet() {
    let both = router(true, RoutingRules::AlipayPlus, vec![wallet("ALIPAY_HK"), wallet("ALIPAY_CN")]);
    let route = both.route(HK_18).unwrap();
    assert_eq!((route.wallet, route.alternatives), (Some("ALIPAY_HK"), &["ALIPAY_CN".to_owned()][..]));
    assert!(both.route(&CGCP[..20]).unwrap().alternatives.is_empty());
    let one = router(true, RoutingRules::AlipayPlus, vec![wallet("ALIPAY_CN")]);
    assert!(one.route(HK_18).unwrap().alternatives.is_empty());
}

#[test]
fn accept_a_payment_rule_3_a_routing_number_goes_to_its_wallet() {
    let direct =
        vec![wallet("ALIPAY_CN"), numbered("MPAY", "003"), numbered("A", "999"), numbered("B", "000")];
    let router = router(true, RoutingRules::AlipayPlus, direct);
    assert_eq!(decided(&router, MACAO_24), "MPAY by direct_wallet");
    assert_eq!(decided(&router, "259999000000000000000000"), "A by direct_wallet");
    assert_eq!(decided(&router, "300000000000000000000000"), "B by direct_wallet");
    assert_eq!(decided(&router, &MACAO_24[..23]), "ALIPAY_CN by direct_alipay");
}

#[test]
fn accept_a_payment_rule_4_other_cgcp_codes_go_to_alipay_plus() {
    let router = router(true, RoutingRules::AlipayPlus, vec![numbered("MPAY", "003")]);
    assert_eq!(decided(&router, CGCP), "alipay_plus by cgcp");
}

#[test]
fn accept_a_payment_codes_have_16_to_24_digits() {
    let router = router(true, RoutingRules::AlipayPlus, vec![]);
    assert_eq!(decided(&router, &CGCP[..15]), "code.length");
    assert_eq!(decided(&router, &CGCP[..16]), "alipay_plus by fallback");
    assert_eq!(decided(&router, &format!("{CGCP}0")), "code.length");
}

#[test]
fn accept_a_payment_codes_start_with_25_to_30() {
    let router = router(true, RoutingRules::AlipayPlus, vec![]);
    assert_eq!(decided(&router, "2400000000000000"), "code.prefix");
    assert_eq!(decided(&router, "3100000000000000"), "code.prefix");
}

#[test]
fn accept_a_payment_sample_code_has_20_digits() {
    let sample = "28100602000000000012";
    assert_eq!(decided(&router(true, RoutingRules::AlipayPlus, vec![]), sample), "alipay_plus by fallback");
}

#[test]
fn without_a_taker_a_code_is_unroutable() {
    let router = router(false, RoutingRules::AlipayPlus, vec![numbered("MPAY", "003")]);
    for code in [CGCP, CN_17, PLUS_19, &CGCP[..16], &CGCP[..21]] {
        assert_eq!(decided(&router, code), "code.unroutable");
    }
    assert_eq!(decided(&router, MACAO_24), "MPAY by direct_wallet");
}

#[test]
fn payment_code_specifications_local_wallets_come_before_alipay() {
    let paypay = DirectWallet { min_length: Some(24), ..numbered("PAYPAY", "801") };
    let router = router(true, RoutingRules::Ams, vec![paypay, numbered("MPAY", "003")]);
    assert_eq!(decided(&router, "281801020000000000125733"), "PAYPAY by direct_wallet");
    assert_eq!(decided(&router, "28180102000000000012573"), "alipay by alipay_default");
    assert_eq!(decided(&router, "2810030200000000"), "MPAY by direct_wallet");
    assert_eq!(decided(&router, MACAO_24), "MPAY by direct_wallet");
    assert_eq!(decided(&router, PLUS_19), "alipay by alipay_default");
}

#[test]
fn configurations_are_checked() {
    let refused = |direct: Vec<DirectWallet>| {
        let error = Router::new(RouterConfig { direct, ..RouterConfig::default() }).unwrap_err();
        assert_eq!(error.code(), "router.configuration");
        error.reason().to_owned()
    };
    assert!(refused(vec![wallet("MPAY")]).contains("no routing_number"));
    for number in ["", "3", "03", "0003", "00a", "٠٠٣", " 03", "+03"] {
        assert!(refused(vec![numbered("MPAY", number)]).contains("three digits"), "{number:?}");
    }
    assert!(refused(vec![numbered("A", "003"), numbered("B", "003")]).contains("routing_number of A"));
    assert!(refused(vec![numbered("A", "003"), numbered("A", "004")]).contains("twice"));
    assert!(refused(vec![wallet("ALIPAY_CN"), wallet("ALIPAY_CN")]).contains("twice"));
    for min_length in [0, 15, 25, 255] {
        let direct = DirectWallet { min_length: Some(min_length), ..numbered("MPAY", "003") };
        assert!(refused(vec![direct]).contains("16 to 24"));
    }
    for name in ["", " ", "MP AY", "MPAY\n", "é", &"A".repeat(65)] {
        assert!(refused(vec![numbered(name, "003")]).contains("name"), "{name:?}");
    }
}

#[test]
fn json_is_read_strictly() {
    let router = Router::from_json(
        r#"{"alipay_plus": false, "ruleset": "ams", "direct": [
            {"wallet": "ALIPAY_CN"}, {"wallet": "PAYPAY", "routing_number": "801", "min_length": 24}]}"#,
    );
    assert_eq!(decided(&router.unwrap(), "281801020000000000125733"), "PAYPAY by direct_wallet");
    assert_eq!(decided(&Router::from_json("{}").unwrap(), CGCP), "alipay_plus by cgcp");
    for text in [
        "",
        "[",
        "null",
        r#"{"alipay_plus": "true"}"#,
        r#"{"alipay_plus": true, "alipay_plus": true}"#,
        r#"{"ruleset": "alipayplus"}"#,
        r#"{"wallets": []}"#,
        r#"{"direct": [{"wallet": "MPAY", "routing_number": 3}]}"#,
        r#"{"direct": [{"wallet": "MPAY", "routing_number": "003", "min_length": 300}]}"#,
        r#"{"direct": [{"wallet": "MPAY", "number": "003"}]}"#,
        r#"{"direct": [{"routing_number": "003"}]}"#,
        "{} // comment",
    ] {
        assert_eq!(Router::from_json(text).unwrap_err().code(), "router.configuration", "{text}");
    }
}

#[test]
fn many_codes_keep_their_order() {
    let router = router(true, RoutingRules::AlipayPlus, vec![numbered("MPAY", "003")]);
    let rules: Vec<_> = router
        .route_many([CGCP, "x", MACAO_24])
        .map(|route| route.map_or_else(|error| error.code().as_str(), |route| route.rule.as_str()))
        .collect();
    assert_eq!(rules, ["cgcp", "code.not_digits", "direct_wallet"]);
}

fn any_router() -> impl Strategy<Value = Router> {
    let ruleset = prop::sample::select(vec![
        RoutingRules::AlipayPlus,
        RoutingRules::AlipayPlus2023_08,
        RoutingRules::Ams,
    ]);
    let direct = prop::sample::subsequence(
        vec![wallet("ALIPAY_CN"), wallet("ALIPAY_HK"), numbered("MPAY", "003"), numbered("PAYPAY", "801")],
        0..=4,
    );
    (any::<bool>(), ruleset, direct)
        .prop_map(|(alipay_plus, ruleset, direct)| router(alipay_plus, ruleset, direct))
}

proptest! {
    #[test]
    fn routing_is_total_and_stable(router in any_router(), text in "\\PC*|(2[5-9]|30)[09][0-9]{13,21}|[0-9]{0,40}") {
        prop_assert_eq!(router.route(&text), router.route(&format!("\t {text}\r\n")));
    }

    #[test]
    fn on_alipay_plus_or_alipay_every_valid_code_has_a_route(
        router in any_router(),
        code in "(2[5-9]|30)[0-9]{14,22}",
    ) {
        match router.route(&code) {
            Ok(route) => prop_assert_eq!(route.wallet.is_some(), route.target == Target::Wallet),
            Err(error) => {
                prop_assert_eq!(error.code(), "code.unroutable");
                prop_assert!(!router.alipay_plus && router.ruleset != RoutingRules::Ams);
            }
        }
    }
}

#[test]
fn rule_sets_are_named_as_settings_write_them() {
    for ruleset in [RoutingRules::AlipayPlus, RoutingRules::AlipayPlus2023_08, RoutingRules::Ams] {
        assert_eq!(serde_json::to_value(ruleset).unwrap(), ruleset.as_str());
    }
}
