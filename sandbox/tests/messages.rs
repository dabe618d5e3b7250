//! Messages that are not as the documents have them, and what stands between a till and the gateway.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod till;

use alipay_instore_sandbox::Clock;
use serde_json::{Value, json};
use till::merchant::{Manner, Over, merchant, notification_until};
use till::{PLAIN_CODE, Reply, Till, ams_pay, aps_pay, code_of, sandbox, with};

const START: i64 = 1_795_303_736_000;

/// The first answer to a pay request with the code of a behaviour, and where the money is then.
async fn first(till: &Till, name: &str) -> (Reply, Value) {
    let reply = till.ams("pay", &ams_pay(name, "PaymentCode", Some(code_of(name)))).await;
    let ledger = till.ledger().await;
    let entries = ledger["payments"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["payment_request_id"] == name).cloned();
    (reply, entry.map_or(Value::Null, |entry| entry["net"].clone()))
}

#[tokio::test]
async fn a_signed_answer_can_be_written_in_unusual_ways() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    for name in [
        "reply_in_gbk",
        "reply_with_byte_order_mark",
        "small_status_letter",
        "list_for_id",
        "numbers_for_text",
        "plus_before_amount",
    ] {
        let (reply, net) = first(&till, name).await;
        assert_eq!((reply.status, reply.verified, &net), (200, true, &"1999".into()), "{name}");
        match name {
            "reply_in_gbk" => {
                assert!(std::str::from_utf8(&reply.bytes).is_err());
                // python3 -c "print('\u6210\u529f'.encode('gbk'))" prints these four bytes.
                assert!(reply.bytes.windows(4).any(|part| part == b"\xb3\xc9\xb9\xa6"));
                assert_eq!(reply.headers["content-type"], "application/json; charset=GBK");
            }
            "reply_with_byte_order_mark" => {
                assert_eq!(&reply.bytes[..3], b"\xef\xbb\xbf");
                assert!(serde_json::from_slice::<Value>(&reply.bytes[3..]).is_ok());
            }
            "small_status_letter" => assert_eq!(reply.body["result"]["resultStatus"], "s"),
            "list_for_id" => assert_eq!(reply.body["paymentRequestId"], json!([name])),
            "plus_before_amount" => assert_eq!(reply.body["paymentAmount"]["value"], "+1999"),
            _ => {
                assert_eq!(reply.body["paymentAmount"]["value"], 1999);
                let text = String::from_utf8(reply.bytes).unwrap();
                let entry = till.entry(name).await;
                let id = entry["payment_id"].as_str().unwrap();
                assert_eq!(id.len(), 40);
                assert!(text.contains(&format!("\"paymentId\":{id}")), "{text}");
            }
        }
        let again = till.ams("pay", &ams_pay(name, "PaymentCode", Some(code_of(name)))).await;
        assert_eq!(again.code(), "SUCCESS", "{name}: the next answer is an ordinary one");
    }
}

#[tokio::test]
async fn notifications_can_be_written_in_unusual_ways() {
    let (_running, till, folder) = sandbox(|options| options.speed = 100_000).await;
    let (merchant, url) = merchant(&till, folder.path(), 3, Manner::Unsigned).await;
    for fault in ["small_status", "plus_amount", "replayed", "list_for_id"] {
        till.control("/sandbox/faults", &json!({"operation": "notifyPayment", "fault": fault})).await;
    }
    let body = ams_pay("n1", "PaymentCode", Some(PLAIN_CODE));
    till.ams("pay", &with(body, "paymentNotifyUrl", &url)).await;
    notification_until(&till, |entry| !entry["acknowledged_ms"].is_null()).await;
    let received = merchant.received.lock().unwrap();
    assert!(received.iter().all(|(over, _)| *over == Over::Path));
    assert_eq!(received[0].1["result"]["resultStatus"], "s");
    assert_eq!(received[1].1["paymentAmount"]["value"], "+1999");
    assert_ne!(received[2].1["paymentRequestId"], "n1");
    assert_eq!(received[3].1["paymentRequestId"], json!(["n1"]));
}

#[tokio::test]
async fn the_answer_to_a_payment_code_can_carry_a_form() {
    let clock = Clock::manual(START);
    let (_running, till, _folder) = sandbox(|options| options.clock = Some(clock.clone())).await;
    let (challenge, _) = first(&till, "challenge_for_payment_code").await;
    assert_eq!(challenge.code(), "PAYMENT_IN_PROCESS");
    assert_eq!(challenge.body["challengeActionForm"]["challengeType"], "SMS_OTP");
    let (redirect, net) = first(&till, "redirect_for_payment_code").await;
    assert_eq!((redirect.code(), net), ("PAYMENT_IN_PROCESS", "0".into()));
    assert_eq!(redirect.body["redirectActionForm"]["method"], "GET");
    let plus = aps_pay("p1", "PaymentCode", Some(code_of("redirect_for_payment_code")));
    let plus = till.aps("pay", &plus).await;
    assert_eq!(plus.code(), "PAYMENT_IN_PROCESS");
    assert!(plus.body["paymentUrl"].as_str().unwrap().contains("/wallet/pay/"));
    clock.advance(7_999);
    assert_eq!(till.entry("redirect_for_payment_code").await["state"], "processing");
    clock.advance(1);
    for id in ["challenge_for_payment_code", "redirect_for_payment_code", "p1"] {
        assert_eq!(till.entry(id).await["state"], "succeeded", "{id}");
    }
    let ordinary = till.ams("pay", &ams_pay("p2", "PaymentCode", Some(PLAIN_CODE))).await;
    assert!(ordinary.body.get("redirectActionForm").is_none());
}

#[tokio::test]
async fn who_cannot_be_told_is_answered_without_a_signature_and_nothing_is_carried_out() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    for (name, code) in [
        ("client_invalid", "CLIENT_INVALID"),
        ("key_not_found", "KEY_NOT_FOUND"),
        ("signature_invalid", "SIGNATURE_INVALID"),
    ] {
        for _ in 0..2 {
            let (reply, net) = first(&till, name).await;
            assert_eq!((reply.status, reply.signed, net), (200, false, Value::Null), "{name}");
            assert_eq!(reply.body["result"]["resultCode"], code);
        }
    }
    let (reply, net) = first(&till, "unsigned_refusal_but_paid").await;
    assert_eq!((reply.signed, net), (false, "1999".into()));
    assert_eq!(reply.body["result"]["resultCode"], "SIGNATURE_INVALID");
}

#[tokio::test]
async fn pages_of_something_in_front_of_the_gateway() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    for status in [403, 407, 429, 502] {
        let name = format!("http_{status}");
        let (reply, net) = first(&till, &name).await;
        assert_eq!((reply.status, reply.signed, net), (status, false, Value::Null), "{name}");
        assert_eq!(reply.headers["content-type"], "text/html");
        assert!(reply.bytes.starts_with(b"<html>"));
        let (again, net) = first(&till, &name).await;
        assert_eq!((again.code(), net), ("SUCCESS", "1999".into()));
    }
    till.control("/sandbox/faults", &json!({"operation": "cancel", "fault": "http_403"})).await;
    let subject = json!({"paymentRequestId": "http_403"});
    assert_eq!(till.ams("cancel", &subject).await.status, 403);
    assert_eq!(till.entry("http_403").await["net"], "1999", "the cancel did not arrive");
}

/// Seconds since the epoch of a time such as `2026-11-22T07:28:56+08:00`.
fn seconds(time: &str) -> i64 {
    time.parse::<jiff::Timestamp>().unwrap().as_second()
}

fn stamp(reply: &Reply) -> i64 {
    assert!(reply.verified, "{}", reply.body);
    seconds(reply.headers["response-time"].to_str().unwrap()) - START / 1000
}

#[tokio::test]
async fn an_old_answer_to_another_payment_is_replayed_in_place_of_each_operation() {
    let (_running, till, _folder) = sandbox(|options| options.clock = Some(Clock::manual(START))).await;
    let (reply, net) = first(&till, "old_answer_replayed").await;
    assert_eq!((reply.code(), stamp(&reply), net), ("SUCCESS", -86_400, Value::Null));
    assert_ne!(reply.body["paymentRequestId"], "old_answer_replayed");
    assert_eq!(reply.body["paymentAmount"]["value"], "1999", "the same amount, to be dangerous");

    till.aps("pay", &aps_pay("o1", "PaymentCode", Some(PLAIN_CODE))).await;
    let subject = json!({"paymentRequestId": "o1"});
    for operation in ["cancel", "inquiryPayment", "refund"] {
        till.control("/sandbox/faults", &json!({"operation": operation, "fault": "replayed"})).await;
    }
    let cancelled = till.aps("cancelPayment", &subject).await;
    assert_eq!((cancelled.code(), stamp(&cancelled)), ("SUCCESS", -86_400));
    let asked = till.aps("inquiryPayment", &subject).await;
    assert_eq!((&asked.body["paymentResult"]["resultStatus"], stamp(&asked)), (&"S".into(), -86_400));
    let body = json!({"refundRequestId": "r1", "paymentRequestId": "o1", "refundAmount": {"currency": "USD", "value": "7"}});
    let refunded = till.aps("refund", &body).await;
    assert_eq!((refunded.code(), &refunded.body["refundAmount"]["value"]), ("SUCCESS", &"7".into()));
    assert_ne!(refunded.body["refundRequestId"], "r1");
    let entry = till.entry("o1").await;
    assert_eq!((&entry["net"], &entry["cancels"]), (&"1999".into(), &0.into()), "nothing was carried out");
}

#[tokio::test]
async fn clocks_of_the_gateway_can_be_off() {
    let (_running, till, folder) = sandbox(|options| options.clock = Some(Clock::manual(START))).await;
    let asked = async || stamp(&till.ams("inquiryPayment", &json!({"paymentRequestId": "x"})).await);
    assert_eq!(asked().await, 0);
    let (slow, _) = first(&till, "answer_from_slow_node").await;
    let (fast, _) = first(&till, "answer_from_fast_node").await;
    assert_eq!((stamp(&slow), stamp(&fast)), (-600, 600));
    till.control("/sandbox/settings", &json!({"clock_off_ms": 90_000})).await;
    assert_eq!((asked().await, asked().await), (90, 90));
    let (merchant, url) = merchant(&till, folder.path(), 0, Manner::Unsigned).await;
    let body = ams_pay("t1", "PaymentCode", Some(PLAIN_CODE));
    till.ams("pay", &with(body, "paymentNotifyUrl", &url)).await;
    notification_until(&till, |entry| !entry["acknowledged_ms"].is_null()).await;
    assert_eq!(*merchant.times.lock().unwrap(), [(START + 90_000).to_string()]);
    till.control("/sandbox/settings", &json!({"clock_off_ms": 0, "nodes": 2, "node_off_ms": -600_000})).await;
    let mut stamps = [asked().await, asked().await];
    stamps.sort_unstable();
    assert_eq!(stamps, [-600, 0], "one of two nodes is ten minutes behind");
    assert_eq!(till.get("/sandbox/settings").await["nodes"], 2);
}

#[tokio::test]
async fn a_connection_that_was_idle_is_reset_by_its_next_request() {
    let clock = Clock::manual(START);
    let (_running, till, _folder) = sandbox(|options| {
        options.clock = Some(clock.clone());
        options.settings.idle_reset_ms = Some(60_000);
    })
    .await;
    let pay = async |id: &str| {
        till.try_post("/ams/api/v1/payments/pay", &ams_pay(id, "PaymentCode", Some(PLAIN_CODE))).await
    };
    assert_eq!(pay("i1").await.unwrap().code(), "SUCCESS");
    clock.advance(59_999);
    assert_eq!(pay("i2").await.unwrap().code(), "SUCCESS", "it was used in between");
    clock.advance(60_000);
    let subject = json!({"paymentRequestId": "i1"}).to_string();
    let path = "/ams/api/v1/payments/cancel";
    let error = till.request(path, &subject).send().await.unwrap_err();
    let mut causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
    let reset = causes.any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset)
    });
    assert!(reset, "{error:?}");
    assert_eq!(till.entry("i1").await["cancels"], 0, "the request was not carried out");
    assert_eq!(pay("i3").await.unwrap().code(), "SUCCESS", "a new connection works");
}
