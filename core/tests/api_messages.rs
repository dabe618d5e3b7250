//! The requests around `pay`, and the lenience with which answers and notifications are read.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::pay::{CodeValueType, DisplayType, RedirectMethod};
use alipay_instore::api::{
    CancelRequest, CancelResponse, InquiryRefundRequest, InquiryRefundResponse, InquiryRequest,
    InquiryResponse, Notification, NotifyType, PayRequest, PayResponse, PaymentRequestId, PaymentStatus,
    RefundNotification, RefundRequest, RefundResponse, RefundStatus, StatedAmount, TransactionType,
};
use alipay_instore::error::Error;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::{Json, Object};
use alipay_instore::result_code::Status;
use proptest::prelude::*;

const BOTH: [Protocol; 2] = [Protocol::Ams, Protocol::AlipayPlus];

fn id(text: &str) -> PaymentRequestId {
    PaymentRequestId::parse(text).unwrap()
}

fn usd(value: u64) -> Amount {
    Amount::from_minor(&value.to_string(), "USD").unwrap()
}

fn read(text: &str) -> Object {
    Object::parse(text.as_bytes()).unwrap()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Error>, code: &str, path: &str) {
    let error = result.unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), (code, Some(path)));
}

#[test]
fn inquiry_and_cancel_take_either_id() {
    for protocol in BOTH {
        let body = InquiryRequest::for_request(id("p")).to_body(protocol).unwrap();
        assert_eq!(body.to_string(), r#"{"paymentRequestId":"p"}"#);
        let body = InquiryRequest::new().payment_id("2019").to_body(protocol).unwrap();
        assert_eq!(body.to_string(), r#"{"paymentId":"2019"}"#);
        let body = CancelRequest::for_request(id("p")).payment_id("2019").to_body(protocol).unwrap();
        assert_eq!(body.to_string(), r#"{"paymentRequestId":"p","paymentId":"2019"}"#);

        refused(InquiryRequest::new().to_body(protocol), "request.missing", "paymentRequestId");
        refused(CancelRequest::new().payment_id("").to_body(protocol), "request.missing", "paymentRequestId");
        let long = CancelRequest::new().payment_id("2".repeat(65));
        refused(long.to_body(protocol), "request.too_long", "paymentId");
    }
}

#[test]
fn a_refund_has_the_ids_of_its_protocol() {
    let refund = RefundRequest::new()
        .refund_request_id("r")
        .payment_request_id(id("p"))
        .refund_amount(usd(500))
        .refund_reason("broken");
    let body = refund.to_body(Protocol::AlipayPlus, None).unwrap().to_string();
    assert_eq!(
        body,
        concat!(
            r#"{"refundRequestId":"r","paymentRequestId":"p","refundAmount":{"currency":"USD","value":"500"},"#,
            r#""refundReason":"broken"}"#
        )
    );
    refused(refund.to_body(Protocol::Ams, None), "request.missing", "paymentId");
    let body = refund.clone().payment_id("2019").to_body(Protocol::Ams, None).unwrap();
    assert!(body.get("paymentRequestId").is_none() && body.text("paymentId").unwrap() == "2019");

    let plus = |refund: RefundRequest| refund.to_body(Protocol::AlipayPlus, Some("GCASH"));
    let without_ids = RefundRequest { payment_request_id: None, ..refund.clone() };
    refused(plus(without_ids), "request.missing", "paymentRequestId");
    refused(plus(RefundRequest { refund_amount: None, ..refund.clone() }), "request.missing", "refundAmount");
    refused(plus(refund.clone().refund_request_id("")), "request.missing", "refundRequestId");
    refused(plus(refund.clone().refund_request_id("r".repeat(65))), "request.too_long", "refundRequestId");
    refused(plus(refund.clone().refund_reason("é".repeat(257))), "request.too_long", "refundReason");
    refused(plus(refund.clone().refund_amount(usd(0))), "amount.zero", "refundAmount");
    let little = Amount::from_minor("99", "PHP").unwrap();
    refused(plus(refund.refund_amount(little)), "request.below_minimum", "refundAmount");
}

#[test]
fn an_inquiry_of_a_refund_takes_either_id() {
    let body = InquiryRefundRequest::new().refund_request_id("r").to_body(Protocol::Ams).unwrap();
    assert_eq!(body.to_string(), r#"{"refundRequestId":"r"}"#);
    refused(InquiryRefundRequest::new().to_body(Protocol::Ams), "request.missing", "refundRequestId");
}

#[test]
fn numbers_and_booleans_are_read_as_text() {
    let answer = PayResponse::from_json(read(
        r#"{"paymentId":20190608114010800100188820200355883,"paymentAmount":{"value":100,"currency":"JPY"},
            "settlementQuote":{"quotePrice":0.88156063,"guaranteed":false,"quoteCurrencyPair":"446/156",
            "quoteStartTime":"2020-01-01T00:00:00Z"}}"#,
    ));
    assert_eq!(answer.payment_id.as_deref(), Some("20190608114010800100188820200355883"));
    assert_eq!(answer.payment_amount.as_ref().unwrap().amount().unwrap().to_string(), "100 JPY");
    let quote = answer.settlement_quote.as_ref().unwrap();
    assert_eq!(quote.quote_price.as_ref().unwrap().as_str(), "0.88156063");
    assert_eq!(quote.guaranteed, Some(false));
    assert!(answer.to_json().to_string().contains(r#""quotePrice":"0.88156063""#));
}

#[test]
fn an_amount_that_cannot_be_read_is_not_an_absent_one() {
    for text in [r#""100""#, r#"{"value":"100"}"#, r#"{"value":"1.00","currency":"USD"}"#, "[]", "0"] {
        let answer = PayResponse::from_json(read(&format!(r#"{{"paymentAmount":{text}}}"#)));
        assert_eq!(answer.payment_amount.as_ref().map(StatedAmount::amount), Some(None), "{text}");
        assert_eq!(answer.to_json().to_string(), format!(r#"{{"paymentAmount":{text}}}"#));
    }
    assert!(PayResponse::from_json(read(r#"{"paymentAmount":null}"#)).payment_amount.is_none());
}

#[test]
fn only_the_three_letters_decide() {
    for (text, status, letter) in [
        (r#"{"resultStatus":"S"}"#, Status::Succeeded, "S"),
        (r#"{"resultStatus":"F"}"#, Status::Failed, "F"),
        (r#"{"resultStatus":"U"}"#, Status::Unknown, "U"),
        (r#"{"resultStatus":"s"}"#, Status::Unknown, "s"),
        (r#"{"resultStatus":"SUCCESS"}"#, Status::Unknown, "SUCCESS"),
        (r#"{"resultStatus":true}"#, Status::Unknown, "true"),
        (r#"{"resultStatus":{}}"#, Status::Unknown, ""),
        ("{}", Status::Unknown, ""),
    ] {
        let answer = CancelResponse::from_json(Object::new().with("result", read(text)));
        let result = answer.result.unwrap_or_default();
        assert_eq!((result.status(), result.letter()), (status, letter), "{text}");
    }
}

#[test]
fn forms_reach_the_host_with_all_they_hold() {
    let answer = PayResponse::from_json(read(
        r#"{"redirectActionForm":{"method":"get","redirectUrl":"https://wallet.example/p","new":1},
            "orderCodeForm":{"paymentMethodType":"ALIPAY_CN","expireTime":"2020-01-01T00:00:00+08:00",
            "codeDetails":[{"codeValueType":"QRCODE","codeValue":"https://qr.example/1","displayType":"BIGIMAGE"},
            {"codeValueType":"BARCODE","codeValue":"281","displayType":"IMAGE"}]}}"#,
    ));
    assert!(answer.has_form());
    assert!(!PayResponse::from_json(read(r#"{"redirectActionForm":{},"paymentUrl":""}"#)).has_form());
    let redirect = answer.redirect_action_form.as_ref().unwrap();
    assert_eq!(redirect.method, Some(RedirectMethod::Get));
    assert_eq!(redirect.extra.text("new").unwrap(), "1");
    let codes = &answer.order_code_form.as_ref().unwrap().code_details;
    assert_eq!(codes[0].code_value_type, Some(CodeValueType::Qrcode));
    assert_eq!(codes[0].display_type, Some(DisplayType::BigImage));
    assert_eq!(codes[1].display_type, Some(DisplayType::Other("IMAGE".to_owned())));
    let printed = format!("{answer:?}");
    assert!(!printed.contains("wallet.example") && !printed.contains("qr.example"), "{printed}");
}

#[test]
fn an_inquiry_tells_its_result_from_the_payments() {
    let ams = InquiryResponse::from_json(read(
        r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentStatus":"Success",
            "transactions":[{"transactionType":"REFUND","transactionAmount":{"currency":"USD","value":"1"}}]}"#,
    ));
    assert_eq!(ams.payment_status, Some(PaymentStatus::Success));
    assert_eq!(ams.transactions[0].transaction_type, Some(TransactionType::Refund));

    let word = InquiryResponse::from_json(read(r#"{"paymentStatus":"REVIEWING"}"#)).payment_status;
    assert_eq!(word, Some(PaymentStatus::Other("REVIEWING".to_owned())));

    for text in [
        r#"{"paymentResult":{"resultStatus":"F","resultCode":"ORDER_IS_CLOSED"}}"#,
        r#"{"paymentResult":"F"}"#,
    ] {
        let plus = InquiryResponse::from_json(read(text));
        assert_eq!(plus.payment_result.unwrap().0.status(), Status::Failed, "{text}");
    }
}

#[test]
fn only_a_payments_own_notification_states_its_result() {
    let states = |protocol, text: &str| {
        Notification::from_json(read(text)).result_of_payment(protocol).map(|result| result.status())
    };
    let paid = r#""result":{"resultStatus":"S"}"#;
    for (text, expected) in [
        (format!(r#"{{{paid}}}"#), None),
        (format!(r#"{{"notifyType":"PAYMENT_RESULT",{paid}}}"#), Some(Status::Succeeded)),
        (format!(r#"{{"notifyType":"OFFLINE_PAYMENT_CODE",{paid}}}"#), Some(Status::Succeeded)),
        (format!(r#"{{"notifyType":"PAYMENT_PENDING",{paid}}}"#), None),
        (format!(r#"{{"notifyType":"REFUND_RESULT",{paid}}}"#), None),
        (r#"{"accessToken":"t"}"#.to_owned(), None),
    ] {
        assert_eq!(states(Protocol::Ams, &text), expected, "{text}");
    }
    let plus = r#"{"paymentResult":{"resultStatus":"F"}}"#;
    assert_eq!(states(Protocol::AlipayPlus, plus), Some(Status::Failed));
    assert_eq!(states(Protocol::AlipayPlus, &format!("{{{paid}}}")), None);
}

#[test]
fn a_refund_is_read() {
    let answer = RefundResponse::from_json(read(
        r#"{"result":{"resultStatus":"S"},"refundId":"R","refundAmount":{"currency":"USD","value":"5"}}"#,
    ));
    assert_eq!(answer.refund_amount.unwrap().amount(), Some(usd(5)));
    let inquiry = InquiryRefundResponse::from_json(read(r#"{"refundStatus":"PROCESSING"}"#));
    assert_eq!(inquiry.refund_status, Some(RefundStatus::Processing));
}

#[test]
fn a_refunds_notification_is_read() {
    let notified = RefundNotification::from_json(read(
        r#"{"notifyType":"REFUND_RESULT","refundStatus":"SUCCESS","refundRequestId":"R-1","refundId":"2023",
            "refundAmount":{"currency":"USD","value":"500"},"refundTime":"2023-06-01T14:12:14+08:00",
            "grossSettlementAmount":{"currency":"EUR","value":"460"},
            "settlementQuote":{"quoteId":"Q1","quotePrice":0.92,"quoteCurrencyPair":"USD/EUR"}}"#,
    ));
    assert_eq!(notified.notify_type, Some(NotifyType::RefundResult));
    assert_eq!(notified.refund_status, Some(RefundStatus::Success));
    assert_eq!(notified.refund_request_id.as_deref(), Some("R-1"));
    assert_eq!(notified.refund_id.as_deref(), Some("2023"));
    assert_eq!(notified.refund_amount.unwrap().amount(), Some(usd(500)));
    // By Python's datetime.
    assert_eq!(notified.refund_time.unwrap().timestamp(), Some(Timestamp::from_millis(1_685_599_934_000)));
    assert!(notified.gross_settlement_amount.is_some() && notified.settlement_quote.is_some());
    assert!(notified.extra.is_empty());
}

#[test]
fn a_refund_names_where_it_is_notified() {
    let request = |url: &str| {
        RefundRequest::new()
            .refund_request_id("R-1")
            .payment_id("P-1")
            .refund_amount(usd(5))
            .refund_notify_url(url)
    };
    let body = request("https://shop.example/refunds?shop=7").to_body(Protocol::Ams, None).unwrap();
    assert_eq!(body.text("refundNotifyUrl").unwrap(), "https://shop.example/refunds?shop=7");
    let refused = |protocol, url: &str| {
        let error = request(url).to_body(protocol, None).unwrap_err();
        (error.code().as_str(), error.path().unwrap().to_owned())
    };
    let at = "refundNotifyUrl".to_owned();
    for url in
        ["https://shop.example/ams/api/v1/payments/refund", "https://user@shop.example/n", "https:///n"]
    {
        assert_eq!(refused(Protocol::Ams, url), ("request.notify_url", at.clone()), "{url}");
    }
    assert_eq!(refused(Protocol::Ams, "/refunds"), ("request.invalid", at.clone()));
    assert_eq!(refused(Protocol::AlipayPlus, "https://shop.example/n"), ("request.forbidden", at));
}

/// Any JSON, with the documented names among its keys, so that wrong kinds meet every field.
fn any_object() -> impl Strategy<Value = Object> {
    let key = prop::sample::select(vec![
        "result",
        "resultStatus",
        "resultCode",
        "paymentRequestId",
        "paymentAmount",
        "currency",
        "value",
        "order",
        "merchant",
        "store",
        "storeMCC",
        "storeMcc",
        "goods",
        "goodsQuantity",
        "env",
        "extendInfo",
        "chinaExtraTransInfo",
        "businessType",
        "paymentMethod",
        "paymentMethodId",
        "paymentFactor",
        "inStorePaymentScenario",
        "paymentExpiryTime",
        "paymentTime",
        "transactions",
        "orderCodeForm",
        "codeDetails",
        "settlementQuote",
        "quotePrice",
        "guaranteed",
        "settlementStrategy",
        "settlementCurrency",
        "paymentNotifyUrl",
        "paymentResult",
        "paymentStatus",
        "isInStorePayment",
        "other",
    ]);
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<u32>().prop_map(|number| Json::Number(number.to_string())),
        prop::sample::select(vec![
            "",
            "S",
            "USD",
            "1",
            "1.5",
            "true",
            "5814",
            "{}",
            "{\"a\":1}",
            "PaymentCode",
            "2020-01-01T00:00:00Z",
            "281006020000000000125733",
            "https://x.example",
        ])
        .prop_map(Json::from),
        "\\PC{0,8}".prop_map(Json::from),
    ];
    let tree = leaf.prop_recursive(5, 64, 8, {
        let key = key.clone();
        move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Json::Array),
                prop::collection::vec((key.clone(), inner), 0..8)
                    .prop_map(|members| Json::Object(object(members))),
            ]
        }
    });
    prop::collection::vec((key, tree), 0..12).prop_map(object)
}

fn object(members: Vec<(&'static str, Json)>) -> Object {
    members.into_iter().fold(Object::new(), |object, (key, json)| object.with(key, json))
}

proptest! {
    #[test]
    fn reading_is_total_and_stable(object in any_object()) {
        let answer = PayResponse::from_json(object.clone());
        prop_assert_eq!(PayResponse::from_json(answer.to_json()).to_json(), answer.to_json());
        let answer = InquiryResponse::from_json(object.clone());
        prop_assert_eq!(InquiryResponse::from_json(answer.to_json()).to_json(), answer.to_json());
        let notification = Notification::from_json(object.clone());
        prop_assert_eq!(Notification::from_json(notification.to_json()).to_json(), notification.to_json());
        let request = PayRequest::from_json(object.clone());
        prop_assert_eq!(PayRequest::from_json(request.to_json()).to_json(), request.to_json());
        for (name, json) in object.iter() {
            let says = !matches!(json, Json::Null) && json.scalar().is_none_or(|text| !text.is_empty());
            if says && name == "other" {
                let written = request.to_json();
                prop_assert_eq!(written.get(name), Some(json));
            }
        }
    }

    #[test]
    fn checking_is_total(object in any_object(), now in any::<i64>()) {
        for protocol in BOTH {
            let _ = PayRequest::from_json(object.clone()).check(protocol, Timestamp::from_millis(now), &Default::default());
            let _ = RefundRequest::from_json(object.clone()).to_body(protocol, Some("DANA"));
            let _ = CancelRequest::from_json(object.clone()).to_body(protocol);
        }
    }
}
