//! Lengths and forms, one field at a time, from a request in which every field is set.

use super::*;
use crate::api::model::{Field, Kind};
use crate::json::Json;

const FULL: &str = r#"{
    "paymentRequestId": "pay-1",
    "paymentNotifyUrl": "https://shop.example/notify",
    "paymentRedirectUrl": "https://shop.example/done",
    "paymentExpiryTime": "2025-02-20T16:52:00+08:00",
    "paymentFactor": {"inStorePaymentScenario": "PaymentCode", "isInStorePayment": true,
        "isCashierPayment": "false", "presentmentMode": "BUNDLE"},
    "paymentAmount": {"currency": "USD", "value": 1999},
    "paymentMethod": {"paymentMethodType": "CONNECT_WALLET", "paymentMethodId": "281006020000000000125733",
        "customerId": "c", "paymentMethodMetaData": {"authClientId": "a"}},
    "payToMethod": {"paymentMethodType": "CONNECT_WALLET", "paymentMethodId": "account"},
    "paymentVerificationData": {"verifyRequestId": "v", "authenticationCode": "a"},
    "settlementStrategy": {"settlementCurrency": "USD"},
    "merchantRegion": "SG",
    "allowedPspRegions": ["CN", "HK"],
    "userRegion": "CN",
    "order": {
        "referenceOrderId": "order-1",
        "orderDescription": "Two coffees",
        "orderAmount": {"currency": "USD", "value": "1999"},
        "merchant": {
            "referenceMerchantId": "M1", "merchantMCC": "5814", "merchantName": "Café",
            "merchantDisplayName": "Café", "merchantRegisterDate": "2020-01-01",
            "merchantAddress": {"region": "SG", "state": "s", "city": "c", "address1": "1", "address2": "2",
                "zipCode": "z"},
            "store": {"referenceStoreId": "S1", "storeName": "Harbour", "storeMCC": "5814",
                "storeDisplayName": "Harbour", "storeTerminalId": "T", "storeOperatorId": "O",
                "storePhoneNo": "1", "storeAddress": {"region": "SG", "state": "s", "city": "c",
                "address1": "1", "address2": "2", "zipCode": "z"}}
        },
        "goods": [{"referenceGoodsId": "G1", "goodsName": "Coffee", "goodsCategory": "drinks",
            "goodsBrand": "b", "goodsUnitAmount": {"currency": "USD", "value": "999"}, "goodsQuantity": 2}],
        "shipping": {"shippingName": {"firstName": "f", "middleName": "m", "lastName": "l", "fullName": "n"},
            "shippingAddress": {"region": "SG", "state": "s", "city": "c", "address1": "1", "address2": "2",
            "zipCode": "z"}, "shippingCarrier": "c", "shippingPhoneNo": "1"},
        "buyer": {"referenceBuyerId": "B", "buyerName": {"firstName": "f", "middleName": "m", "lastName": "l",
            "fullName": "n"}, "buyerPhoneNo": "1", "buyerEmail": "e"},
        "env": {"terminalType": "app", "osType": "IOS", "userAgent": "u", "deviceTokenId": "d",
            "clientIp": "192.0.2.1", "cookieId": "c", "storeTerminalId": "TILL7",
            "storeTerminalRequestTime": "2025-02-20T16:51:49+08:00",
            "extendInfo": "{\"chinaExtraTransInfo\":{\"businessType\":\"5\"},\"more\":[1]}"}
    }
}"#;

fn full() -> Object {
    Object::parse(FULL.as_bytes()).unwrap()
}

/// The leaf fields outside lists and JSON texts, with their dotted paths.
fn leaves(prefix: &str, fields: &'static [Field], out: &mut Vec<(String, &'static Field)>) {
    for field in fields {
        let path = format!("{prefix}{}", field.name);
        match field.kind {
            _ if field.list => {}
            Kind::Object => leaves(&format!("{path}."), field.fields, out),
            _ => out.push((path, field)),
        }
    }
}

fn all_leaves() -> Vec<(String, &'static Field)> {
    let mut out = Vec::new();
    leaves("", PayRequest::FIELDS, &mut out);
    out
}

#[test]
fn every_field_is_taken_and_written_back() {
    let body = check(&PayRequest::from_json(full()), Protocol::AlipayPlus).unwrap().body;
    let mut expected = full();
    expected.take("paymentExpiryTime");
    let written: Object = Object::parse(body.to_string().as_bytes()).unwrap();
    let again = PayRequest::from_json(written.clone());
    assert_eq!(again, PayRequest::from_json(expected));
    assert!(again.extra.is_empty());
    let text = body.to_string();
    for part in [
        r#""value":"1999""#,
        r#""goodsQuantity":"2""#,
        r#""isInStorePayment":"true""#,
        r#""APP""#,
        r#"\"more\":[1]"#,
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn a_text_one_character_too_long_is_named_and_one_at_its_limit_passes() {
    let mut tried = 0;
    for (path, field) in all_leaves() {
        let (Kind::Text, Some(max)) = (field.kind, field.max) else { continue };
        let long = with(&full(), &path, &"x".repeat(max + 1));
        refused(&PayRequest::from_json(long), Protocol::AlipayPlus, "request.too_long", &path);
        if !path.ends_with("MCC")
            && !path.to_ascii_lowercase().ends_with("region")
            && !path.ends_with("Url")
            && !path.ends_with("MethodType")
        {
            // Two bytes a character: characters are counted.
            let character = if path == "paymentRequestId" { "x" } else { "é" };
            let request = PayRequest::from_json(with(&full(), &path, &character.repeat(max)));
            assert!(check(&request, Protocol::AlipayPlus).is_ok(), "{path}");
        }
        tried += 1;
    }
    assert!(tried > 30, "{tried}");
}

#[test]
fn a_list_names_its_element() {
    let goods = Goods::new().reference_goods_id("G").goods_name("g");
    let long = goods.clone().goods_category("x".repeat(65));
    let request = request(Scenario::PaymentCode);
    let with_goods = |list: Vec<Goods>| PayRequest { order: Some(order().goods(list)), ..request.clone() };
    refused(
        &with_goods(vec![goods.clone(), long]),
        Protocol::Ams,
        "request.too_long",
        "order.goods[1].goodsCategory",
    );
    let nameless = Goods::new().reference_goods_id("G");
    refused(&with_goods(vec![goods, nameless]), Protocol::Ams, "request.missing", "order.goods[1].goodsName");
    let regions = request.clone().allowed_psp_regions(["CN".to_owned(), "China".to_owned()]);
    refused(&regions, Protocol::AlipayPlus, "request.invalid", "allowedPspRegions[1]");
}

#[test]
fn a_value_of_another_kind_is_named() {
    for (path, field) in all_leaves() {
        let wrong = match field.kind {
            Kind::Text | Kind::JsonText | Kind::Word => Json::Array(vec![]),
            _ => Json::from("not so"),
        };
        let mut parts: Vec<&str> = path.split('.').collect();
        let last = parts.pop().unwrap();
        fn set(object: &mut Object, parts: &[&str], last: &str, value: Json) {
            match parts.split_first() {
                Some((first, rest)) => {
                    let mut inner = object.object(first).cloned().unwrap_or_default();
                    set(&mut inner, rest, last, value);
                    object.set((*first).to_owned(), inner);
                }
                None => object.set(last.to_owned(), value),
            }
        }
        let mut broken = full();
        set(&mut broken, &parts, last, wrong);
        let error = check(&PayRequest::from_json(broken), Protocol::Ams).unwrap_err();
        assert_eq!(error.path(), Some(path.as_str()), "{error:?}");
        assert!(!error.code().as_str().ends_with("missing"), "{error:?}");
    }
}

#[test]
fn forms_are_checked() {
    for (path, values) in [
        ("order.merchant.merchantMCC", ["581", "58140", "58a4"]),
        ("order.merchant.store.storeMCC", ["5 14", "５８１４", "-581"]),
        ("order.merchant.merchantAddress.region", ["sg", "S", "S1"]),
        ("merchantRegion", ["us", "1", "UÉ"]),
        ("paymentRedirectUrl", ["shop.example", "https://", "https://a b"]),
        ("order.env.terminalType", ["DESK", "WEB ", "0"]),
        ("order.env.storeTerminalRequestTime", ["2025-02-20 08:51:49", "now", "1740041509090"]),
        ("paymentFactor.inStorePaymentScenario", ["paymentcode", "QrCode", "PAYMENT_CODE"]),
        ("paymentFactor.isInStorePayment", ["yes", "1", "no"]),
        ("paymentMethod.paymentMethodType", ["ALIPAY_CN", "connect_wallet", "x"]),
    ] {
        for value in values {
            let request = PayRequest::from_json(with(&full(), path, value));
            refused(&request, Protocol::AlipayPlus, "request.invalid", path);
        }
    }
    for (path, value, code) in [
        ("settlementStrategy.settlementCurrency", "usd", "currency.format"),
        ("settlementStrategy.settlementCurrency", "XAU", "currency.no_minor_unit"),
        ("paymentAmount.currency", "ZZZ", "currency.unknown"),
        ("paymentAmount.value", "19.99", "amount.format"),
        ("paymentAmount.value", "12345678901234567", "amount.too_long"),
        ("paymentMethod.paymentMethodId", "2810060200000000001257x3", "code.not_digits"),
        ("paymentMethod.paymentMethodId", "130000000000000000", "code.prefix"),
        ("paymentRequestId", "a b", "request.invalid"),
    ] {
        let error = check(&PayRequest::from_json(with(&full(), path, value)), Protocol::Ams).unwrap_err();
        assert_eq!(error.code(), code, "{path}");
        assert!(path.starts_with(error.path().unwrap()), "{error:?}");
    }
}

#[test]
fn a_member_given_twice_or_through_extra_is_refused() {
    let twice = with(&full(), "order.merchant.store.storeMcc", "5815");
    refused(&PayRequest::from_json(twice), Protocol::Ams, "request.invalid", "order.merchant.store.storeMcc");
    let mut request = request(Scenario::PaymentCode);
    request.extra.set("paymentAmount", "1");
    refused(&request, Protocol::Ams, "request.invalid", "paymentAmount");
}

#[test]
fn unknown_members_are_sent_where_they_stood() {
    let more = with(&with(&full(), "order.env.newField", "1"), "payToMethod.newField", "x");
    let body = check(&PayRequest::from_json(more), Protocol::Ams).unwrap().body;
    assert_eq!(body.object("payToMethod").unwrap().text("newField").unwrap(), "x");
    assert_eq!(body.object("order").unwrap().object("env").unwrap().text("newField").unwrap(), "1");
}

#[test]
fn empty_optional_fields_are_left_out() {
    let request = request(Scenario::PaymentCode)
        .payment_redirect_url("")
        .order(order().buyer(Buyer::new().buyer_email("")).shipping(Shipping::new()));
    let body = check(&request, Protocol::Ams).unwrap().body.to_string();
    for absent in ["paymentRedirectUrl", "buyer", "shipping", "\"\""] {
        assert!(!body.contains(absent), "{absent}");
    }
}
