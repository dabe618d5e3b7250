//! What follows from protocol, scenario, time and wallet.

use super::*;
use crate::api::Time;

fn options(notify_http: NotifyHttp) -> PayOptions {
    PayOptions { notify_http, ..PayOptions::default() }
}

#[test]
fn an_api_of_the_gateway_is_no_notify_url() {
    let url = "https://shop.example/ams/sandbox/api/v1/payments/pay";
    let request = request(Scenario::PaymentCode).payment_notify_url(url);
    for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
        refused(&request, protocol, "request.notify_url", "paymentNotifyUrl");
    }
}

#[test]
fn each_scenario_has_its_body() {
    for protocol in BOTH {
        for scenario in [Scenario::PaymentCode, Scenario::OrderCode, Scenario::EntryCode] {
            let checked = check(&request(scenario), protocol).unwrap();
            assert_eq!(checked.scenario, scenario);
            assert_eq!(checked.payment_code.is_some(), scenario == Scenario::PaymentCode);
            let method = checked.body.object("paymentMethod").unwrap();
            assert_eq!(method.get("paymentMethodId").is_some(), scenario == Scenario::PaymentCode);
            let factor = checked.body.object("paymentFactor").unwrap();
            assert_eq!(factor.text("inStorePaymentScenario").unwrap(), scenario.as_str());
        }
    }
}

#[test]
fn a_payment_code_belongs_to_its_scenario() {
    for scenario in [Scenario::OrderCode, Scenario::EntryCode] {
        let mut request = request(scenario);
        request.payment_method =
            Some(PaymentMethod::new().payment_method_id(PaymentCode::new(CODE).unwrap()));
        for protocol in BOTH {
            refused(&request, protocol, "request.forbidden", "paymentMethod.paymentMethodId");
        }
    }
}

#[test]
fn what_alipay_plus_leaves_open_may_be_left_out() {
    let mut request = request(Scenario::PaymentCode);
    request.payment_notify_url = None;
    if let Some(order) = &mut request.order {
        order.env = None;
    }
    assert!(check(&request, Protocol::AlipayPlus).is_ok());
    refused(&request, Protocol::Ams, "request.missing", "order.env.storeTerminalId");

    let mut request = self::request(Scenario::OrderCode);
    if let Some(merchant) = request.order.as_mut().and_then(|order| order.merchant.as_mut()) {
        merchant.store = None;
    }
    assert!(check(&request, Protocol::AlipayPlus).is_ok());
    refused(&request, Protocol::Ams, "request.missing", "order.merchant.store.referenceStoreId");
    let not_in_store =
        PaymentFactor::new().in_store_payment_scenario(Scenario::OrderCode).is_in_store_payment(false);
    let path = "paymentFactor.isInStorePayment";
    refused(&request.payment_factor(not_in_store), Protocol::AlipayPlus, "request.invalid", path);
}

#[test]
fn every_missing_field_is_named_in_one_error() {
    let mut request = request(Scenario::PaymentCode);
    let order = request.order.as_mut().unwrap();
    order.env.as_mut().unwrap().store_terminal_id = None;
    let store = order.merchant.as_mut().unwrap().store.as_mut().unwrap();
    store.reference_store_id = None;
    store.store_mcc = None;
    let error = check(&request, Protocol::Ams).unwrap_err();
    let missing = [
        "order.env.storeTerminalId",
        "order.env.storeTerminalRequestTime",
        "order.merchant.store.referenceStoreId",
        "order.merchant.store.storeMCC",
    ];
    let mut found = error.missing();
    found.sort_unstable();
    let mut expected = missing;
    expected.sort_unstable();
    assert_eq!(found, expected);
    for path in missing {
        assert!(error.to_string().contains(path), "{error}");
    }
    request.payment_request_id = None;
    let first = check(&request, Protocol::Ams).unwrap_err();
    assert_eq!((first.path(), first.missing().len()), (Some("paymentRequestId"), 5));
}

#[test]
fn a_request_without_anything_names_its_first_field() {
    refused(&PayRequest::new(), Protocol::Ams, "request.missing", "paymentRequestId");
    refused(&PayRequest::new(), Protocol::AlipayPlus, "request.missing", "paymentRequestId");
}

#[test]
fn the_time_of_the_till_is_kept_where_it_is_given() {
    let given = "2025-02-20T16:51:49+08:00";
    let till = Env::new().store_terminal_id("T").store_terminal_request_time(given);
    let body = check(&request(Scenario::PaymentCode).order(order().env(till)), Protocol::Ams).unwrap().body;
    let env = body.object("order").unwrap().object("env").unwrap().clone();
    assert_eq!(env.text("storeTerminalRequestTime").unwrap(), given);
}

#[test]
fn a_notification_url_is_https_unless_http_is_allowed() {
    use NotifyHttp::{Allowed, Loopback, Refused};
    for (url, refused, loopback, allowed) in [
        ("https://shop.example/notify", true, true, true),
        ("HTTPS://shop.example", true, true, true),
        ("http://shop.example/notify", false, false, true),
        ("http://127.0.0.1:8080/n", false, true, true),
        ("http://127.1.2.3/n", false, true, true),
        ("http://localhost:8080/n", false, true, true),
        ("http://[::1]:8080/n", false, true, true),
        ("http://localhost.shop.example/n", false, false, true),
        ("http://localhost@shop.example/n", false, false, false),
        ("http://127.0.0.1.example/n", false, false, true),
        ("http://shop.example?@127.0.0.1", false, false, true),
        ("https://:443/n", false, false, false),
        ("https://user:word@shop.example/n", false, false, false),
        ("ftp://shop.example/n", false, false, false),
    ] {
        let request = request(Scenario::PaymentCode).payment_notify_url(url);
        for (rule, expected) in [(Refused, refused), (Loopback, loopback), (Allowed, allowed)] {
            let result = request.check(Protocol::AlipayPlus, NOW, &options(rule));
            match result {
                Ok(_) => assert!(expected, "{url} {rule:?}"),
                Err(error) => {
                    assert!(!expected, "{url} {rule:?}: {error}");
                    let found = (error.code().as_str(), error.path());
                    assert_eq!(found, ("request.notify_url", Some("paymentNotifyUrl")));
                }
            }
        }
    }
}

#[test]
fn ams_needs_a_notification_url_unless_the_gateway_has_one() {
    let mut request = request(Scenario::PaymentCode);
    request.payment_notify_url = None;
    refused(&request, Protocol::Ams, "request.missing", "paymentNotifyUrl");
    let options = PayOptions { notify_url_configured: true, ..PayOptions::default() };
    assert!(request.check(Protocol::Ams, NOW, &options).is_ok());
}

#[test]
fn the_merchants_notification_url_is_put_in_where_the_request_names_none() {
    let own = "https://shop.example/alipay/notify";
    let options = |url: &str| PayOptions { notify_url: Some(url.to_owned()), ..PayOptions::default() };
    for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
        let mut silent = request(Scenario::PaymentCode);
        silent.payment_notify_url = None;
        let sent = silent.to_body(protocol, NOW, &options(own)).unwrap();
        assert_eq!(sent.text("paymentNotifyUrl").unwrap(), own);
        let other = silent.clone().payment_notify_url("https://other.example/n");
        let sent = other.to_body(protocol, NOW, &options(own)).unwrap();
        assert_eq!(sent.text("paymentNotifyUrl").unwrap(), "https://other.example/n");
        // The path alone, over which notifications can be verified, can not be posted to.
        let sent = silent.to_body(protocol, NOW, &options("/alipay/notify"));
        assert_eq!(sent.is_ok(), protocol == Protocol::AlipayPlus);
    }
    let mut silent = request(Scenario::PaymentCode);
    silent.payment_notify_url = None;
    refused(&silent, Protocol::Ams, "request.missing", "paymentNotifyUrl");
    let refused = silent.check(Protocol::Ams, NOW, &options("http://shop.example/n")).unwrap_err();
    assert_eq!(refused.code(), "request.notify_url");
}

#[test]
fn an_expiry_is_compared_as_an_instant() {
    // NOW is 08:51:49.090Z.
    for (expiry, passes) in [
        ("2025-02-20T08:51:49.091Z", true),
        ("2025-02-20T08:51:49.090Z", false),
        ("2025-02-20T17:21:50+08:30", true),
        ("2025-02-20T17:21:49+08:30", false),
        ("2025-02-20T14:21:50+05:30", true),
        ("2025-02-20T14:21:49+05:30", false),
    ] {
        let request = request(Scenario::PaymentCode).payment_expiry_time(expiry);
        if passes {
            let checked = check(&request, Protocol::Ams).unwrap();
            assert_eq!(checked.payment_expiry_time, crate::time::Timestamp::parse(expiry));
            assert!(checked.body.get("paymentExpiryTime").is_none());
        } else {
            refused(&request, Protocol::Ams, "request.expired", "paymentExpiryTime");
        }
    }
}

#[test]
fn another_order_amount_is_allowed_and_noted() {
    let shown = amount(1500, "EUR");
    let request = request(Scenario::PaymentCode).order(order().order_amount(shown));
    let checked = check(&request, Protocol::Ams).unwrap();
    assert_eq!(
        checked.warnings,
        [Warning::OrderAmountDiffers { order: shown, payment: amount(1999, "USD") }]
    );
    let stated = checked.body.object("order").unwrap().object("orderAmount").unwrap().to_string();
    assert_eq!(stated, r#"{"currency":"EUR","value":"1500"}"#);
}

#[test]
fn amounts_are_greater_than_zero_and_on_the_currency_s_step() {
    let request = request(Scenario::PaymentCode);
    let paying = |value| request.clone().payment_amount(value);
    refused(&paying(amount(0, "USD")), Protocol::Ams, "amount.zero", "paymentAmount");
    refused(&paying(amount(1050, "IDR")), Protocol::Ams, "amount.rule", "paymentAmount");
    let iso = PayOptions { rules: crate::amount::AmountRules::Iso, ..PayOptions::default() };
    assert!(paying(amount(1050, "IDR")).check(Protocol::Ams, NOW, &iso).is_ok());
    let free = paying(amount(100, "USD")).order(order().order_amount(amount(0, "USD")));
    refused(&free, Protocol::Ams, "amount.zero", "order.orderAmount");
}

#[test]
fn a_known_wallet_brings_its_minimum() {
    let options = PayOptions { wallet: Some("KAKAOPAY".to_owned()), ..PayOptions::default() };
    let paying = |won| request(Scenario::PaymentCode).payment_amount(amount(won, "KRW"));
    let error = paying(49).check(Protocol::AlipayPlus, NOW, &options).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("request.below_minimum", Some("paymentAmount")));
    assert!(paying(50).check(Protocol::AlipayPlus, NOW, &options).is_ok());
    assert!(paying(49).check(Protocol::AlipayPlus, NOW, &PayOptions::default()).is_ok());
}

#[test]
fn between_two_minimums_an_amount_is_noted() {
    for (wallet, currency, refused, noted, taken) in
        [("TNG", "MYR", 4, 5, 10), ("ALIPAY_HK", "HKD", 0, 1, 10)]
    {
        let options = PayOptions { wallet: Some(wallet.to_owned()), ..PayOptions::default() };
        let paying = |value| {
            let request = request(Scenario::PaymentCode).payment_amount(amount(value, currency));
            request.check(Protocol::AlipayPlus, NOW, &options)
        };
        assert!(paying(refused).is_err());
        let warnings = paying(noted).unwrap().warnings;
        let (payment, minimum) = (amount(noted, currency), amount(taken, currency));
        assert_eq!(warnings, [Warning::BelowMinimum { wallet: wallet.to_owned(), payment, minimum }]);
        assert!(paying(taken - 1).unwrap().warnings.len() == 1 && paying(taken).unwrap().warnings.is_empty());
    }
}

#[test]
fn a_known_wallet_brings_its_step() {
    let options = PayOptions { wallet: Some("OCTOPUS".to_owned()), ..PayOptions::default() };
    let paying = |cents| request(Scenario::PaymentCode).payment_amount(amount(cents, "HKD"));
    let error = paying(1_995).check(Protocol::AlipayPlus, NOW, &options).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("amount.rule", Some("paymentAmount")));
    assert!(error.hint().contains("0.10 HKD"), "{error}");
    assert!(paying(1_990).check(Protocol::AlipayPlus, NOW, &options).is_ok());
    assert!(paying(1_995).check(Protocol::AlipayPlus, NOW, &PayOptions::default()).is_ok());
}

#[test]
fn a_wallet_is_known_by_its_id_or_by_a_name() {
    let wallet = |text: &str| {
        let answer = PayResponse::from_json(Object::parse(text.as_bytes()).unwrap());
        answer.wallet().map(str::to_owned)
    };
    for text in [
        r#"{"pspId":"1022172000000000001"}"#,
        r#"{"pspId":"1022172000000000001","walletBrandName":"KakaoPay"}"#,
        r#"{"pspId":"0","walletBrandName":"KAKAOPAY"}"#,
        r#"{"orderCodeForm":{"paymentMethodType":"KAKAOPAY"}}"#,
        r#"{"pspCustomerInfo":{"pspName":"KAKAOPAY"}}"#,
    ] {
        assert_eq!(wallet(text).as_deref(), Some("KAKAOPAY"), "{text}");
    }
    assert_eq!(wallet("{}"), None);
    let told = Object::new().with("pspId", "1022172000000000001").with("walletBrandName", "KakaoPay");
    assert_eq!(crate::api::InquiryResponse::from_json(told.clone()).wallet(), Some("KAKAOPAY"));
    assert_eq!(crate::api::Notification::from_json(told).wallet(), Some("KAKAOPAY"));
}

#[test]
fn what_only_some_pages_require_is_a_note_in_ams() {
    let fields = ["order.orderDescription", "order.merchant.merchantName", "order.merchant.store.storeName"];
    for scenario in [Scenario::PaymentCode, Scenario::OrderCode, Scenario::EntryCode] {
        let whole = request(scenario).to_json();
        for path in fields {
            for without in [without(&whole, path), with(&whole, path, "")] {
                let checked = check(&PayRequest::from_json(without), Protocol::Ams).unwrap();
                assert_eq!(checked.warnings, [Warning::FieldMissing { path }]);
            }
        }
        let bare = fields.iter().fold(whole.clone(), |body, path| without(&body, path));
        let warnings = check(&PayRequest::from_json(bare), Protocol::Ams).unwrap().warnings;
        assert_eq!(warnings, fields.map(|path| Warning::FieldMissing { path }));
        assert!(check(&PayRequest::from_json(whole), Protocol::Ams).unwrap().warnings.is_empty());
    }
}

#[test]
fn account_and_authentication_are_fields_and_their_secret_is_not_shown() {
    let account = PayToMethod::new().payment_method_type("CONNECT_WALLET").payment_method_id("A1");
    let proof = PaymentVerificationData::new().verify_request_id("V1").authentication_code("hunter2");
    let request = request(Scenario::PaymentCode).pay_to_method(account).payment_verification_data(proof);
    let body = check(&request, Protocol::Ams).unwrap().body;
    let text = |name: &str| body.object(name).unwrap().to_string();
    assert_eq!(text("payToMethod"), r#"{"paymentMethodType":"CONNECT_WALLET","paymentMethodId":"A1"}"#);
    assert_eq!(text("paymentVerificationData"), r#"{"verifyRequestId":"V1","authenticationCode":"hunter2"}"#);
    let printed = format!("{request:?}");
    assert!(printed.contains("V1") && !printed.contains("hunter2"), "{printed}");
}

#[test]
fn nothing_that_is_printed_holds_the_code_or_the_texts() {
    let request = request(Scenario::PaymentCode);
    let checked = check(&request, Protocol::Ams).unwrap();
    let printed = format!("{request:?} {checked:?} {:#?}", request);
    assert!(printed.contains("28********************33") && printed.contains("pay-1"));
    for secret in [CODE, "281006020000", "Two coffees", "Mozilla"] {
        assert!(!printed.contains(secret), "{secret}");
    }
    let mut broken = request.to_json();
    broken.set("paymentMethod", Object::new().with("paymentMethodId", format!("{CODE}x")));
    let request = PayRequest::from_json(broken);
    let error = check(&request, Protocol::Ams).unwrap_err();
    assert!(!format!("{request:?} {error:?}").contains("28100602"));
}

#[test]
fn without_defaults_takes_back_what_is_filled_in() {
    for protocol in BOTH {
        for scenario in [Scenario::PaymentCode, Scenario::OrderCode, Scenario::EntryCode] {
            // The time of the till is filled in too, and is another one at each call.
            let env = Env::new().store_terminal_id("TILL7").user_agent("Mozilla/5.0");
            let env = env.store_terminal_request_time(Time::try_from(NOW).unwrap());
            let plain = request(scenario).order(order().env(env));
            let completed = plain.to_body(protocol, NOW, &PayOptions::default()).unwrap();
            assert_ne!(completed, plain.without_defaults().to_json(), "{protocol:?} {scenario:?}");
            let taken_back = PayRequest::from_json(completed).without_defaults();
            assert_eq!(taken_back, plain.without_defaults(), "{protocol:?} {scenario:?}");
        }
    }
}
