//! Payment codes: good once, made fresh, and spellings that are accepted with a note.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod till;

use alipay_instore_sandbox::{BEHAVIOURS, Behaviour};
use serde_json::json;
use till::{PLAIN_CODE, ams_pay, aps_pay, code_of, sandbox};

const CODE: &str = "2812345678901234";

#[tokio::test]
async fn a_code_is_good_for_one_payment_in_both_protocols_together() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let first = till.ams("pay", &ams_pay("a1", "PaymentCode", Some(CODE))).await;
    assert_eq!(first.code(), "SUCCESS");
    let again = till.ams("pay", &ams_pay("a1", "PaymentCode", Some(CODE))).await;
    assert_eq!(again.body, first.body, "the same payment is no second use");
    for _ in 0..2 {
        let second = till.ams("pay", &ams_pay("a2", "PaymentCode", Some(CODE))).await;
        assert_eq!(second.code(), "INVALID_CODE");
    }
    assert_eq!(till.aps("pay", &aps_pay("a1", "PaymentCode", Some(CODE))).await.code(), "INVALID_CODE");
    let entry = till.entry("a2").await;
    assert_eq!((&entry["captured"], &entry["code"]), (&"0".into(), &"INVALID_CODE".into()));
    assert!(entry["notes"][0].as_str().unwrap().contains("used"), "{entry}");
    assert!(!till.ledger().await.to_string().contains(CODE), "no payment code is in the ledger");
}

#[tokio::test]
async fn a_code_is_used_once_the_wallet_has_judged_it() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let refused = Behaviour::named("balance_too_low").unwrap().fresh_code();
    let pay = async |id: &str, code: &str| {
        let reply = till.ams("pay", &ams_pay(id, "PaymentCode", Some(code))).await;
        reply.code().to_owned()
    };
    assert_eq!(pay("b1", &refused).await, "USER_BALANCE_NOT_ENOUGH");
    assert_eq!(pay("b2", &refused).await, "INVALID_CODE", "refused is used");
    let waiting = Behaviour::named("in_process_forever").unwrap().fresh_code();
    assert_eq!(pay("b3", &waiting).await, "PAYMENT_IN_PROCESS");
    assert_eq!(till.ams("cancel", &json!({"paymentRequestId": "b3"})).await.code(), "SUCCESS");
    assert_eq!(pay("b4", &waiting).await, "INVALID_CODE", "cancelled is used");

    // What never came to the wallet leaves the code good.
    let mut illegal = ams_pay("b5", "PaymentCode", Some(CODE));
    illegal["order"]["merchant"]["referenceMerchantId"] = "".into();
    assert_eq!(till.ams("pay", &illegal).await.code(), "PARAM_ILLEGAL");
    let mut expired = ams_pay("b6", "PaymentCode", Some(CODE));
    expired["paymentExpiryTime"] = "2019-11-27T12:01:01+08:00".into();
    assert_eq!(till.ams("pay", &expired).await.code(), "ORDER_IS_CLOSED");
    assert_eq!(pay("b7", CODE).await, "SUCCESS");
}

#[tokio::test]
async fn the_printed_test_codes_stay_good_unless_told_otherwise() {
    let (_running, till, _folder) = sandbox(|options| options.speed = 100_000).await;
    let pay = async |id: String, code: &str| {
        till.try_post("/ams/api/v1/payments/pay", &ams_pay(&id, "PaymentCode", Some(code))).await
    };
    for row in BEHAVIOURS.iter().filter(|row| row.name == "paid_at_once" || row.name == "risk_reject") {
        let once = pay(format!("{}-1", row.name), row.code).await.unwrap();
        let twice = pay(format!("{}-2", row.name), row.code).await.unwrap();
        assert_eq!(once.code(), twice.code(), "{}", row.name);
    }
    for id in ["c1", "c2"] {
        assert_eq!(pay(id.into(), PLAIN_CODE).await.unwrap().code(), "SUCCESS");
    }
    till.control("/sandbox/settings", &json!({"every_code_once": true})).await;
    assert_eq!(pay("c3".into(), PLAIN_CODE).await.unwrap().code(), "INVALID_CODE");
    // The network of a used code is an ordinary one.
    let lost = code_of("reply_lost_but_paid");
    assert!(pay("c4".into(), lost).await.is_err());
    assert_eq!(pay("c5".into(), lost).await.unwrap().code(), "INVALID_CODE");
    assert_eq!(pay("c4".into(), lost).await.unwrap().code(), "SUCCESS");
}

#[tokio::test]
async fn fresh_codes_choose_their_behaviour_and_never_repeat() {
    let (_running, till, _folder) = sandbox(|options| options.settings.every_code_once = true).await;
    let made = till.get("/sandbox/codes?behaviour=risk_reject").await;
    assert_eq!(made["behaviour"], "risk_reject");
    let code = made["code"].as_str().unwrap();
    assert_eq!(till.ams("pay", &ams_pay("d1", "PaymentCode", Some(code))).await.code(), "RISK_REJECT");
    for number in 0..50 {
        let made = till.get("/sandbox/codes").await;
        let code = made["code"].as_str().unwrap();
        let paid = till.ams("pay", &ams_pay(&format!("d-{number}"), "PaymentCode", Some(code))).await;
        assert_eq!(paid.code(), "SUCCESS");
    }
    let unknown = till.http.get(format!("{}/sandbox/codes?behaviour=nonsense", till.base)).send().await;
    assert_eq!(unknown.unwrap().status(), 400);
}

#[tokio::test]
async fn enums_in_capitals_are_taken_and_noted() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    for (id, scenario) in [("e1", "PAYMENTCODE"), ("e2", "paymentcode")] {
        let mut body = ams_pay(id, scenario, Some(PLAIN_CODE));
        body["paymentMethod"]["paymentMethodType"] = "connect_wallet".into();
        assert_eq!(till.ams("pay", &body).await.code(), "SUCCESS");
        let notes = till.entry(id).await["notes"].clone();
        let expected =
            format!("paymentFactor.inStorePaymentScenario is {scenario}; the documents write PaymentCode");
        assert_eq!(notes[0], expected.as_str());
        assert_eq!(notes.as_array().unwrap().len(), 2);
    }
    assert_eq!(till.aps("pay", &aps_pay("e3", "ORDERCODE", None)).await.code(), "PAYMENT_IN_PROCESS");
    assert_eq!(till.entry("e3").await["scenario"], "order_code");
    till.ams("pay", &ams_pay("e4", "PaymentCode", Some(PLAIN_CODE))).await;
    assert_eq!(till.entry("e4").await["notes"], json!([]));
}
