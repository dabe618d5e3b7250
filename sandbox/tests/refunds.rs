//! Giving money back: notified refunds, and cancels of payments that were paid.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod till;

use alipay_instore_sandbox::Clock;
use serde_json::{Value, json};
use till::merchant::{Manner, Over, merchant, notification_until};
use till::{PLAIN_CODE, Till, ams_pay, aps_pay, code_of, sandbox, with};

const START: i64 = 1_795_303_736_000;
const DAY_MS: i64 = 24 * 3_600_000;

async fn paid(till: &Till, id: &str, code: &str) -> String {
    let reply = till.ams("pay", &ams_pay(id, "PaymentCode", Some(code))).await;
    assert_eq!(reply.code(), "SUCCESS");
    reply.body["paymentId"].as_str().unwrap().to_owned()
}

fn refund(payment_id: &str, id: &str, value: &str) -> Value {
    json!({"refundRequestId": id, "paymentId": payment_id, "refundAmount": {"currency": "USD", "value": value}})
}

fn acknowledged(entry: &Value) -> bool {
    !entry["acknowledged_ms"].is_null()
}

#[tokio::test]
async fn a_refund_is_notified_where_its_request_says_and_resent_on_schedule() {
    let clock = Clock::manual(START);
    let (_running, till, folder) = sandbox(|options| options.clock = Some(clock.clone())).await;
    let (merchant, url) = merchant(&till, folder.path(), 1, Manner::Unsigned).await;
    let payment_id = paid(&till, "a1", PLAIN_CODE).await;
    let made = till.ams("refund", &with(refund(&payment_id, "r1", "500"), "refundNotifyUrl", &url)).await;
    assert_eq!(made.code(), "SUCCESS");
    notification_until(&till, |entry| !entry["attempts"][0]["answer"].is_null()).await;
    clock.advance(120_000);
    let entry = notification_until(&till, acknowledged).await;
    let times: Vec<i64> = entry["attempts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|at| at["at_ms"].as_i64().unwrap() - START)
        .collect();
    assert_eq!(times, [0, 120_000]);
    assert_eq!((&entry["type"], &entry["refund_request_id"]), (&"refund".into(), &"r1".into()));
    let received = merchant.received.lock().unwrap();
    let (over, body) = &received[0];
    assert_eq!(*over, Over::Path);
    assert_eq!(
        *body,
        json!({
            "notifyType": "REFUND_RESULT",
            "refundStatus": "SUCCESS",
            "refundRequestId": "r1",
            "refundId": made.body["refundId"],
            "refundAmount": {"currency": "USD", "value": "500"},
            "refundTime": made.body["refundTime"],
            "result": {"resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "success"},
        })
    );
}

#[tokio::test]
async fn a_refund_that_was_in_process_fails_by_notification_and_another_works() {
    let clock = Clock::manual(START);
    let (_running, till, folder) = sandbox(|options| options.clock = Some(clock.clone())).await;
    let (merchant, url) = merchant(&till, folder.path(), 0, Manner::Unsigned).await;
    till.control("/sandbox/settings", &json!({"refund_notify_url": url})).await;
    let payment_id = paid(&till, "b1", code_of("refund_fails_later")).await;
    assert_eq!(till.ams("refund", &refund(&payment_id, "r1", "1999")).await.code(), "REFUND_IN_PROCESS");
    let second = till.ams("refund", &refund(&payment_id, "r2", "1")).await;
    assert_eq!(second.code(), "REFUND_AMOUNT_EXCEED", "what is in process counts as spent");
    clock.advance(4_999);
    let asked = till.ams("inquiryRefund", &json!({"refundRequestId": "r1"})).await;
    assert_eq!(asked.body["refundStatus"], "PROCESSING");
    clock.advance(1);
    notification_until(&till, acknowledged).await;
    {
        let received = merchant.received.lock().unwrap();
        let body = &received[0].1;
        assert_eq!(
            (received.len(), &body["refundStatus"]),
            (1, &"FAIL".into()),
            "refused at once is not notified"
        );
        assert_eq!(body["result"]["resultCode"], "MERCHANT_BALANCE_NOT_ENOUGH");
    }
    let asked = till.ams("inquiryRefund", &json!({"refundRequestId": "r1"})).await;
    assert_eq!(asked.body["refundStatus"], "FAIL");
    assert_eq!(till.entry("b1").await["net"], "1999");
    assert_eq!(till.ams("refund", &refund(&payment_id, "r3", "1999")).await.code(), "REFUND_IN_PROCESS");
    clock.advance(5_000);
    let entry = till.entry("b1").await;
    assert_eq!((&entry["net"], &entry["refunded"]), (&"0".into(), &"1999".into()));
}

#[tokio::test]
async fn a_refund_succeeds_though_its_reply_is_lost_or_comes_later() {
    let (_running, till, folder) = sandbox(|options| options.speed = 1_000).await;
    let (merchant, url) = merchant(&till, folder.path(), 0, Manner::Unsigned).await;
    let lost = paid(&till, "c1", code_of("refund_reply_lost")).await;
    let body = with(refund(&lost, "r1", "1999"), "refundNotifyUrl", &url);
    assert!(till.try_post("/ams/api/v1/payments/refund", &body).await.is_err());
    notification_until(&till, acknowledged).await;
    assert_eq!(merchant.received.lock().unwrap()[0].1["refundStatus"], "SUCCESS");
    assert_eq!(till.ams("refund", &body).await.code(), "SUCCESS", "the copy is answered");
    assert_eq!(till.entry("c1").await["refunded"], "1999");

    let later = paid(&till, "c2", code_of("refund_succeeds_later")).await;
    assert_eq!(till.ams("refund", &refund(&later, "r2", "1999")).await.code(), "REFUND_IN_PROCESS");
    while till.entry("c2").await["net"] != "0" {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(till.ams("refund", &refund(&later, "r2", "1999")).await.code(), "SUCCESS");
}

#[tokio::test]
async fn alipay_plus_refunds_are_not_notified() {
    let (_running, till, folder) = sandbox(|_| {}).await;
    let (_merchant, url) = merchant(&till, folder.path(), 0, Manner::Signed).await;
    till.control("/sandbox/settings", &json!({"refund_notify_url": url})).await;
    till.aps("pay", &aps_pay("d1", "PaymentCode", Some(PLAIN_CODE))).await;
    let body = json!({"refundRequestId": "r1", "paymentRequestId": "d1", "refundAmount": {"currency": "USD", "value": "5"}});
    assert_eq!(till.aps("refund", &with(body, "refundNotifyUrl", &url)).await.code(), "SUCCESS");
    assert_eq!(till.ledger().await["notifications"], json!([]));
}

#[tokio::test]
async fn a_cancel_gives_a_payment_back_within_its_window_and_not_after_a_partial_refund() {
    let clock = Clock::manual(START);
    let (_running, till, _folder) = sandbox(|options| options.clock = Some(clock.clone())).await;
    let cancel =
        async |id: &str| till.ams("cancel", &json!({"paymentRequestId": id})).await.code().to_owned();
    for id in ["e1", "e2", "e3"] {
        paid(&till, id, PLAIN_CODE).await;
    }
    let payment_id = till.entry("e2").await["payment_id"].as_str().unwrap().to_owned();
    assert_eq!(till.ams("refund", &refund(&payment_id, "r1", "500")).await.code(), "SUCCESS");
    assert_eq!(cancel("e2").await, "ORDER_STATUS_INVALID");
    assert_eq!(till.entry("e2").await["net"], "1499");
    clock.advance(DAY_MS - 1);
    assert_eq!(cancel("e1").await, "SUCCESS");
    let entry = till.entry("e1").await;
    assert_eq!((&entry["reversed"], &entry["net"]), (&"1999".into(), &"0".into()));
    clock.advance(1);
    assert_eq!(cancel("e3").await, "CANCEL_WINDOW_EXCEED");
    let payment_id = till.entry("e3").await["payment_id"].as_str().unwrap().to_owned();
    assert_eq!(till.ams("refund", &refund(&payment_id, "r3", "1999")).await.code(), "SUCCESS");
    assert_eq!(till.entry("e3").await["refunded"], "1999");
}

#[tokio::test]
async fn each_way_back_from_a_payment_has_a_code() {
    let (_running, till, _folder) = sandbox(|options| options.speed = 1_000).await;
    let cancel = json!({"paymentRequestId": "f1"});
    paid(&till, "f1", code_of("cancel_reply_lost_after_payment")).await;
    assert!(till.try_post("/ams/api/v1/payments/cancel", &cancel).await.is_err());
    assert_eq!(till.entry("f1").await["reversed"], "1999");
    assert_eq!(till.ams("cancel", &cancel).await.code(), "SUCCESS");
    for (name, code) in [
        ("cancel_refused_after_payment", "ORDER_STATUS_INVALID"),
        ("cancel_window_exceeded_after_payment", "CANCEL_WINDOW_EXCEED"),
    ] {
        let payment_id = paid(&till, name, code_of(name)).await;
        for _ in 0..3 {
            let refused = till.ams("cancel", &json!({"paymentRequestId": name})).await;
            assert_eq!(refused.code(), code);
        }
        assert_eq!(till.ams("refund", &refund(&payment_id, name, "1999")).await.code(), "SUCCESS");
        assert_eq!(till.entry(name).await["net"], "0");
    }
}
