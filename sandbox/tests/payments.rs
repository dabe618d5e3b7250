//! Payments over real HTTP, in both protocols: pay, inquiry, cancel, refund, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod till;

use std::time::Duration;

use serde_json::{Value, json};
use till::{PLAIN_CODE, ams_pay, aps_pay, code_of, sandbox};

#[tokio::test]
async fn an_ams_payment_is_paid_inquired_and_refunded_in_two_parts() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let paid = till.ams("pay", &ams_pay("a1", "PaymentCode", Some(PLAIN_CODE))).await;
    assert_eq!((paid.status, paid.code()), (200, "SUCCESS"));
    for name in ["signature", "response-time", "client-id", "tracer-id", "content-type"] {
        assert!(paid.headers.contains_key(name), "{name}");
    }
    assert_eq!(paid.body["paymentAmount"], json!({"currency": "USD", "value": "1999"}));
    assert!(paid.body["paymentTime"].is_string());
    let again = till.ams("pay", &ams_pay("a1", "PaymentCode", Some(PLAIN_CODE))).await;
    assert_eq!(again.body, paid.body);

    let inquiry = till.ams("inquiryPayment", &json!({"paymentRequestId": "a1"})).await;
    assert_eq!(inquiry.code(), "SUCCESS");
    assert_eq!(inquiry.body["paymentStatus"], "SUCCESS");

    let id = &paid.body["paymentId"];
    let refund = |refund: &str, value: &str| json!({"refundRequestId": refund, "paymentId": id, "refundAmount": {"currency": "USD", "value": value}});
    assert_eq!(till.ams("refund", &refund("r1", "999")).await.code(), "SUCCESS");
    assert_eq!(till.ams("refund", &refund("r1", "999")).await.code(), "SUCCESS");
    assert_eq!(till.ams("refund", &refund("r1", "998")).await.code(), "REPEAT_REQ_INCONSISTENT");
    assert_eq!(till.ams("refund", &refund("r2", "1001")).await.code(), "REFUND_AMOUNT_EXCEED");
    assert_eq!(till.ams("refund", &refund("r3", "1000")).await.code(), "SUCCESS");
    let asked = till.ams("inquiryRefund", &json!({"refundRequestId": "r3"})).await;
    assert_eq!(asked.body["refundStatus"], "SUCCESS");
    assert_eq!(till.ams("inquiryRefund", &json!({"refundRequestId": "r9"})).await.code(), "ORDER_NOT_EXIST");
    assert_eq!(till.ams("cancel", &json!({"paymentRequestId": "a1"})).await.code(), "ORDER_STATUS_INVALID");
    let entry = till.entry("a1").await;
    assert_eq!(
        (&entry["captured"], &entry["refunded"], &entry["net"]),
        (&"1999".into(), &"1999".into(), &"0".into())
    );
}

#[tokio::test]
async fn an_alipay_plus_payment_is_paid_inquired_cancelled() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let paid = till.aps("pay", &aps_pay("b1", "PaymentCode", Some(PLAIN_CODE))).await;
    assert_eq!(paid.code(), "SUCCESS");
    for name in ["acquirerId", "pspId", "customerId", "walletBrandName", "paymentTime"] {
        assert!(paid.body[name].is_string(), "{name}");
    }
    let inquiry = till.aps("inquiryPayment", &json!({"paymentRequestId": "b1"})).await;
    assert_eq!(inquiry.body["paymentResult"]["resultStatus"], "S");
    assert_eq!(till.aps("cancelPayment", &json!({"paymentRequestId": "b1"})).await.code(), "SUCCESS");
    assert_eq!(
        till.aps("cancelPayment", &json!({"paymentId": paid.body["paymentId"]})).await.code(),
        "SUCCESS"
    );
    let inquiry = till.aps("inquiryPayment", &json!({"paymentRequestId": "b1"})).await;
    assert_eq!(inquiry.body["paymentResult"]["resultCode"], "ORDER_IS_CLOSED");
    let again = till.aps("pay", &aps_pay("b1", "PaymentCode", Some(PLAIN_CODE))).await;
    assert_eq!(again.code(), "ORDER_IS_CANCELED");
    let refund = json!({"refundRequestId": "r", "paymentRequestId": "b1", "refundAmount": {"currency": "USD", "value": 1}});
    assert_eq!(till.aps("refund", &refund).await.code(), "ORDER_IS_CANCELED");
    assert_eq!(till.entry("b1").await["net"], "0");
}

#[tokio::test]
async fn numbers_and_booleans_are_taken_for_their_text() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let mut body = aps_pay("c1", "EntryCode", None);
    body["paymentAmount"]["value"] = 1999.into();
    body["order"]["orderAmount"]["value"] = 1999.into();
    body["paymentFactor"] =
        json!({"isInStorePayment": false, "isCashierPayment": true, "presentmentMode": "UNIFIED"});
    body["order"]["merchant"].as_object_mut().unwrap().remove("store");
    let reply = till.aps("pay", &body).await;
    assert_eq!(reply.code(), "PAYMENT_IN_PROCESS");
    assert!(reply.body["paymentUrl"].as_str().unwrap().contains("/wallet/pay/"));
    body["paymentRequestId"] = "c2".into();
    body["paymentFactor"] = json!({"isCashierPayment": true, "presentmentMode": "UNIFIED"});
    assert_eq!(till.aps("pay", &body).await.code(), "PAYMENT_IN_PROCESS");
}

#[tokio::test]
async fn wrong_messages_are_refused_with_the_documented_codes() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    const PAY: &str = "/ams/api/v1/payments/pay";
    let body = ams_pay("d1", "PaymentCode", Some(PLAIN_CODE)).to_string();
    let send = async |request: reqwest::RequestBuilder| {
        let reply = till.send(PAY, request).await.unwrap();
        assert_eq!(reply.status, 200);
        (reply.body["result"]["resultCode"].as_str().unwrap().to_owned(), reply.signed, reply.verified)
    };
    let request = || till.request(PAY, &body).build().unwrap();
    let changed = |change: &dyn Fn(&mut reqwest::Request)| {
        let mut request = request();
        change(&mut request);
        reqwest::RequestBuilder::from_parts(till.http.clone(), request)
    };
    let header = |name: &'static str, value: &'static str| {
        changed(&|request| drop(request.headers_mut().insert(name, value.parse().unwrap())))
    };
    let code = |text: &str, signed: bool| (text.to_owned(), signed, signed);
    assert_eq!(send(header("client-id", "somebody")).await, code("CLIENT_INVALID", false));
    assert_eq!(
        send(header("signature", "algorithm=RSA256,signature=AAAA")).await,
        code("SIGNATURE_INVALID", false)
    );
    assert_eq!(send(header("request-time", "2026-11-21T12:00:01Z")).await, code("SIGNATURE_INVALID", false));
    assert_eq!(send(header("content-type", "text/plain")).await, code("MEDIA_TYPE_NOT_ACCEPTABLE", true));
    assert_eq!(send(header("encrypt", "algorithm=RSA_AES")).await, code("PARAM_ILLEGAL", true));
    let unsigned = changed(&|request| drop(request.headers_mut().remove("signature")));
    assert_eq!(send(unsigned).await, code("SIGNATURE_INVALID", false));
    let put = changed(&|request| *request.method_mut() = reqwest::Method::PUT);
    assert_eq!(send(put).await, code("METHOD_NOT_SUPPORTED", true));
    assert_eq!(send(till.request(PAY, "{\"a\":1,\"a\":2}")).await, code("PARAM_ILLEGAL", true));

    let none = till.ams("consultPayment", &json!({})).await;
    assert_eq!(none.code(), "API_INVALID");
    let sandbox_path = till.post("/ams/sandbox/api/v1/payments/pay", &json!({})).await;
    assert_eq!(sandbox_path.code(), "API_INVALID");
    assert_eq!(till.http.get(format!("{}/nowhere", till.base)).send().await.unwrap().status(), 404);
    let large = till.request(PAY, &" ".repeat(1024 * 1024 + 1)).send().await.unwrap();
    assert_eq!(large.status(), 413);
}

#[tokio::test]
async fn a_parameter_that_is_missing_or_wrong_is_named() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let ams: &[(&str, Value, &str)] = &[
        ("/productCode", Value::Null, "PARAM_ILLEGAL"),
        ("/paymentRequestId", json!("x".repeat(65)), "PARAM_ILLEGAL"),
        ("/paymentFactor/inStorePaymentScenario", json!("Cashier"), "PARAM_ILLEGAL"),
        ("/paymentAmount/value", json!("19.99"), "PARAM_ILLEGAL"),
        ("/paymentAmount/currency", json!("XXX"), "CURRENCY_NOT_SUPPORT"),
        ("/paymentMethod/paymentMethodId", json!("123"), "INVALID_CODE"),
        ("/paymentMethod/paymentMethodType", json!("CARD"), "PARAM_ILLEGAL"),
        ("/order/merchant/referenceMerchantId", json!(""), "PARAM_ILLEGAL"),
        ("/order/merchant/merchantMCC", Value::Null, "PARAM_ILLEGAL"),
        ("/order/merchant/store/storeMCC", Value::Null, "PARAM_ILLEGAL"),
        ("/order/env/storeTerminalRequestTime", json!("yesterday"), "PARAM_ILLEGAL"),
        ("/paymentExpiryTime", json!("2026-11-21 12:00:00"), "PARAM_ILLEGAL"),
    ];
    for (path, value, code) in ams {
        let mut body = ams_pay("e1", "PaymentCode", Some(PLAIN_CODE));
        match body.pointer_mut(path) {
            Some(place) => *place = value.clone(),
            None => body[path.trim_start_matches('/')] = value.clone(),
        }
        let reply = till.ams("pay", &body).await;
        assert_eq!(reply.code(), *code, "{path}");
        let message = reply.body["result"]["resultMessage"].as_str().unwrap();
        assert!(message.contains(&path.trim_start_matches('/').replace('/', ".")), "{path}: {message}");
    }
    for path in [
        "/settlementStrategy/settlementCurrency",
        "/order/referenceOrderId",
        "/paymentFactor/isInStorePayment",
    ] {
        let mut body = aps_pay("e2", "PaymentCode", Some(PLAIN_CODE));
        *body.pointer_mut(path).unwrap() = Value::Null;
        assert_eq!(till.aps("pay", &body).await.code(), "PARAM_ILLEGAL", "{path}");
    }
    assert!(till.ledger().await["payments"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_repeated_request_may_differ_only_where_the_protocol_allows() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let other = code_of("paid_at_once");
    till.ams("pay", &ams_pay("k1", "PaymentCode", Some(PLAIN_CODE))).await;
    let changed = ams_pay("k1", "PaymentCode", Some(other));
    assert_eq!(till.ams("pay", &changed).await.code(), "REPEAT_REQ_INCONSISTENT", "AMS compares the code");

    till.aps("pay", &aps_pay("k1", "PaymentCode", Some(PLAIN_CODE))).await;
    let mut changed = aps_pay("k1", "PaymentCode", Some(other));
    changed["paymentFactor"]["isInStorePayment"] = true.into();
    assert_eq!(till.aps("pay", &changed).await.code(), "SUCCESS", "Alipay+ does not compare the code");
    changed["settlementStrategy"]["settlementCurrency"] = "EUR".into();
    assert_eq!(till.aps("pay", &changed).await.code(), "REPEAT_REQ_INCONSISTENT");
    for path in ["/paymentAmount/value", "/paymentFactor/presentmentMode"] {
        let mut changed = aps_pay("k1", "PaymentCode", Some(PLAIN_CODE));
        match changed.pointer_mut(path) {
            Some(place) => *place = "2000".into(),
            None => changed["paymentFactor"]["presentmentMode"] = "BUNDLE".into(),
        }
        assert_eq!(till.aps("pay", &changed).await.code(), "REPEAT_REQ_INCONSISTENT", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_that_arrive_at_once_are_one_payment() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let till = std::sync::Arc::new(till);
    let copies: Vec<_> = (0..40)
        .map(|_| {
            let till = std::sync::Arc::clone(&till);
            tokio::spawn(async move {
                let paid = till.ams("pay", &ams_pay("l1", "PaymentCode", Some(PLAIN_CODE))).await;
                (paid.code().to_owned(), paid.body["paymentId"].clone())
            })
        })
        .collect();
    let mut seen = std::collections::HashSet::new();
    for copy in copies {
        let (code, id) = copy.await.unwrap();
        assert_eq!(code, "SUCCESS");
        seen.insert(id.to_string());
    }
    assert_eq!(seen.len(), 1);
    let entry = till.entry("l1").await;
    assert_eq!((&entry["pays"], &entry["net"]), (&40.into(), &"1999".into()));
}

/// The table for people and the table for programs are one.
#[test]
fn the_documentation_lists_every_behaviour_and_fault() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/sandbox.md")).unwrap();
    for row in alipay_instore_sandbox::BEHAVIOURS {
        let line = format!("| `{}` | `{}` | {} | {}", row.name, row.code, row.description, row.ams.as_str());
        assert!(text.contains(&line), "{line}");
    }
    for (_, name, _) in alipay_instore_sandbox::Fault::ALL {
        assert!(text.contains(&format!("| `{name}`")), "{name}");
    }
    for (plans, _) in alipay_instore_sandbox::Customer::PLANS {
        for plan in plans.split(", ") {
            assert!(text.contains(&format!("`{}", plan.trim_end_matches("MS"))), "{plan}");
        }
    }
    let settings = serde_json::to_value(alipay_instore_sandbox::Settings::default()).unwrap();
    for name in settings.as_object().unwrap().keys() {
        assert!(text.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[tokio::test]
async fn a_sandbox_client_uses_the_sandbox_paths() {
    let (_running, till, _folder) = sandbox(|options| options.client_id = "SANDBOX_5Y01".into()).await;
    let body = ams_pay("f1", "PaymentCode", Some(PLAIN_CODE));
    assert_eq!(till.post("/ams/sandbox/api/v1/payments/pay", &body).await.code(), "SUCCESS");
    assert_eq!(till.post("/ams/api/v1/payments/pay", &body).await.code(), "API_INVALID");
    assert_eq!(till.aps("pay", &aps_pay("f2", "PaymentCode", Some(PLAIN_CODE))).await.code(), "SUCCESS");
}

#[tokio::test]
async fn behaviours_are_chosen_by_payment_code() {
    let (_running, till, _folder) = sandbox(|options| options.speed = 1000).await;
    let inquire = async |id: &str| {
        let reply = till.ams("inquiryPayment", &json!({"paymentRequestId": id})).await;
        (reply.code().to_owned(), reply.body["paymentStatus"].as_str().unwrap_or_default().to_owned())
    };
    let word = |word: &str| ("SUCCESS".to_owned(), word.to_owned());
    let pay = |name: &'static str| ams_pay(name, "PaymentCode", Some(code_of(name)));

    assert_eq!(till.ams("pay", &pay("paid_after_inquiries")).await.code(), "PAYMENT_IN_PROCESS");
    assert_eq!(inquire("paid_after_inquiries").await, word("PROCESSING"));
    assert_eq!(inquire("paid_after_inquiries").await, word("PROCESSING"));
    assert_eq!(inquire("paid_after_inquiries").await, word("SUCCESS"));

    assert_eq!(till.ams("pay", &pay("balance_too_low")).await.code(), "USER_BALANCE_NOT_ENOUGH");
    assert_eq!(inquire("balance_too_low").await, word("FAIL"));
    assert_eq!(till.ams("pay", &pay("system_error_but_paid")).await.code(), "SYSTEM_ERROR");
    assert_eq!(inquire("system_error_but_paid").await, word("SUCCESS"));

    assert!(till.try_post("/ams/api/v1/payments/pay", &pay("reply_lost_but_paid")).await.is_err());
    assert_eq!(inquire("reply_lost_but_paid").await, word("SUCCESS"));
    assert!(till.try_post("/ams/api/v1/payments/pay", &pay("never_answers_not_paid")).await.is_err());
    assert_eq!(inquire("never_answers_not_paid").await.0, "ORDER_NOT_EXIST");

    assert!(till.try_post("/ams/api/v1/payments/pay", &pay("reply_cut")).await.is_err());
    for (name, status, signed) in [
        ("reply_not_json", 200, true),
        ("reply_unsigned", 200, false),
        ("reply_signed_by_stranger", 200, true),
        ("http_5xx_but_paid", 502, false),
    ] {
        let reply = till.ams("pay", &pay(name)).await;
        assert_eq!((reply.status, reply.signed), (status, signed), "{name}");
        assert_eq!(reply.verified, name == "reply_not_json", "{name}");
        assert_eq!(inquire(name).await, word("SUCCESS"), "{name}");
    }
    let wrong = till.ams("pay", &pay("wrong_amount_in_reply")).await;
    assert_eq!((wrong.code(), &wrong.body["paymentAmount"]["value"]), ("SUCCESS", &"2000".into()));
    let wrong = till.ams("pay", &pay("wrong_id_in_reply")).await;
    assert_ne!(wrong.body["paymentRequestId"], "wrong_id_in_reply");
}

#[tokio::test]
async fn a_pay_that_a_cancel_overtook_is_brought_back_by_the_next_cancel() {
    let (_running, till, _folder) = sandbox(|options| options.speed = 100).await;
    let body = ams_pay("g1", "PaymentCode", Some(code_of("pay_arrives_after_cancel")));
    let cancel = json!({"paymentRequestId": "g1"});
    let pay =
        tokio::time::timeout(Duration::from_millis(50), till.try_post("/ams/api/v1/payments/pay", &body));
    assert!(pay.await.is_err(), "it is under way");
    assert_eq!(till.ams("cancel", &cancel).await.code(), "ORDER_NOT_EXIST");
    while till.ledger().await["payments"].as_array().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert_eq!(till.entry("g1").await["captured"], "1999");
    assert_eq!(till.ams("cancel", &cancel).await.code(), "SUCCESS");
    assert_eq!(till.entry("g1").await["net"], "0");
}

#[tokio::test]
async fn faults_are_chosen_by_header_and_by_control() {
    let (_running, mut till, _folder) = sandbox(|options| options.speed = 1000).await;
    till.headers = vec![("Sandbox-Fault", "unsigned".into())];
    let reply = till.ams("pay", &ams_pay("h1", "PaymentCode", Some(PLAIN_CODE))).await;
    assert!(!reply.signed);
    till.headers = vec![("Sandbox-Fault", "explode".into())];
    let reply = till.ams("pay", &ams_pay("h2", "PaymentCode", Some(PLAIN_CODE))).await;
    assert_eq!(reply.code(), "PARAM_ILLEGAL");
    till.headers.clear();

    till.control("/sandbox/faults", &json!({"operation": "cancel", "fault": "reply_lost", "times": 2})).await;
    let cancel = json!({"paymentRequestId": "h1"});
    for _ in 0..2 {
        assert!(till.try_post("/ams/api/v1/payments/cancel", &cancel).await.is_err());
    }
    assert_eq!(till.ams("cancel", &cancel).await.code(), "SUCCESS");

    till.control("/sandbox/faults", &json!({"operation": "pay", "fault": "request_delayed=2000"})).await;
    assert_eq!(till.ams("pay", &ams_pay("h3", "PaymentCode", Some(PLAIN_CODE))).await.code(), "SUCCESS");
    till.control("/sandbox/faults", &json!({"fault": "doubled", "payment_request_id": "h4"})).await;
    assert_eq!(till.ams("pay", &ams_pay("h4", "PaymentCode", Some(PLAIN_CODE))).await.code(), "SUCCESS");
    tokio::time::sleep(Duration::from_millis(20)).await;
    let entry = till.entry("h4").await;
    assert_eq!((&entry["pays"], &entry["captured"]), (&2.into(), &"1999".into()));
}

#[tokio::test]
async fn the_clock_can_be_stopped_and_moved_past_an_expiry() {
    let (running, till, _folder) = sandbox(|_| {}).await;
    assert_eq!(till.control("/sandbox/clock", &json!({"speed": 0})).await["speed"], 0);
    let before = running.clock().now_ms();
    let pay = aps_pay("i1", "PaymentCode", Some(code_of("in_process_forever")));
    assert_eq!(till.aps("pay", &pay).await.code(), "PAYMENT_IN_PROCESS");
    till.control("/sandbox/clock", &json!({"advance_ms": 59_999})).await;
    assert_eq!(till.entry("i1").await["state"], "processing");
    till.control("/sandbox/clock", &json!({"advance_ms": 1})).await;
    assert_eq!(till.entry("i1").await["state"], "closed");
    assert_eq!(running.clock().now_ms(), before + 60_000);
    assert_eq!(till.aps("pay", &pay).await.code(), "ORDER_IS_CLOSED");
}

#[tokio::test]
async fn tls_is_served_with_an_authority_of_its_own() {
    let (running, till, folder) = sandbox(|options| {
        options.tls = true;
        options.tls_names = vec!["open-sea-global.alipay.com".into()];
    })
    .await;
    assert!(running.base_url().starts_with("https://127.0.0.1:"));
    assert!(folder.path().join("ca.pem").exists());
    assert_eq!(till.ams("pay", &ams_pay("j1", "PaymentCode", Some(PLAIN_CODE))).await.code(), "SUCCESS");
    let untrusting = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
    assert!(untrusting.get(format!("{}/sandbox/ledger", till.base)).send().await.is_err());
}

#[tokio::test]
async fn keys_are_made_once_and_private_files_are_private() {
    let (running, till, folder) = sandbox(|_| {}).await;
    let fingerprint = till.key.fingerprint().to_owned();
    let description = running.description();
    running.stop().await;
    std::fs::write(&description, "{\"base_url\": \"of an earlier run\"}").unwrap();
    assert!(till.http.get(format!("{}/sandbox/ledger", till.base)).send().await.is_err());
    let again = alipay_instore_sandbox::Sandbox::start(alipay_instore_sandbox::Options::new(folder.path()))
        .await
        .unwrap();
    assert_eq!(till::Till::from_file(&again.description()).key.fingerprint(), fingerprint);
    #[cfg(unix)]
    for name in ["merchant_private_key.pem", "gateway_private_key.pem"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
