//! Notifications and the customers of entry and order codes, over real HTTP and under virtual time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod till;

use std::time::Duration;

use alipay_instore_sandbox::{Clock, Customer, Running};
use serde_json::{Value, json};
use till::merchant::{Manner, Over, merchant, notification_until};
use till::{PLAIN_CODE, Till, ams_pay, aps_pay, code_of, sandbox, with};

fn attempts(entry: &Value) -> usize {
    entry["attempts"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_notification_is_sent_again_on_schedule_until_it_is_acknowledged() {
    const START: i64 = 1_795_303_736_000;
    let clock = Clock::manual(START);
    let (_running, till, folder) = sandbox(|options| options.clock = Some(clock.clone())).await;
    let (merchant, url) = merchant(&till, folder.path(), 3, Manner::Unsigned).await;
    let paid = till
        .ams("pay", &with(ams_pay("n1", "PaymentCode", Some(PLAIN_CODE)), "paymentNotifyUrl", &url))
        .await;
    assert_eq!(paid.code(), "SUCCESS");
    let answered = |count: usize| {
        move |entry: &Value| attempts(entry) == count && !entry["attempts"][count - 1]["answer"].is_null()
    };
    notification_until(&till, answered(1)).await;
    for (count, minutes) in [(2, 2), (3, 10), (4, 10)] {
        clock.advance(minutes * 60_000 - 1);
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(merchant.received.lock().unwrap().len(), count - 1, "not before its time");
        clock.advance(1);
        notification_until(&till, answered(count)).await;
    }
    let entry = notification_until(&till, |entry| !entry["acknowledged_ms"].is_null()).await;
    let times: Vec<i64> = entry["attempts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|at| (at["at_ms"].as_i64().unwrap() - START) / 60_000)
        .collect();
    assert_eq!(times, [0, 2, 12, 22]);
    assert_eq!(entry["attempts"][3]["answer"]["signature"], "absent");
    clock.advance(24 * 3_600_000);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let received = merchant.received.lock().unwrap();
    assert_eq!(received.len(), 4, "silence after the acknowledgement");
    for (over, body) in received.iter() {
        assert_eq!(*over, Over::Path);
        assert_eq!(body["notifyType"], "PAYMENT_RESULT");
        assert_eq!(body["result"]["resultStatus"], "S");
        assert_eq!(body["paymentAmount"], json!({"currency": "USD", "value": "1999"}));
        assert_eq!(body["paymentId"], paid.body["paymentId"]);
    }
}

#[tokio::test]
async fn after_eight_attempts_a_notification_is_given_up() {
    let (_running, till, folder) = sandbox(|options| options.speed = 1_000_000).await;
    let (merchant, url) = merchant(&till, folder.path(), usize::MAX, Manner::Unsigned).await;
    till.aps("pay", &with(aps_pay("n2", "PaymentCode", Some(PLAIN_CODE)), "paymentNotifyUrl", &url)).await;
    notification_until(&till, |entry| attempts(entry) == 8).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(merchant.received.lock().unwrap().len(), 8);
}

#[tokio::test]
async fn alipay_plus_wants_the_acknowledgement_signed() {
    for (manner, accepted) in
        [(Manner::Unsigned, false), (Manner::BadlySigned, false), (Manner::Signed, true)]
    {
        let clock = Clock::manual(1_795_303_736_000);
        let (_running, till, folder) = sandbox(|options| options.clock = Some(clock)).await;
        let (merchant, url) = merchant(&till, folder.path(), 0, manner).await;
        let refused = aps_pay("n3", "PaymentCode", Some(code_of("balance_too_low")));
        till.aps("pay", &with(refused, "paymentNotifyUrl", &url)).await;
        let entry = notification_until(&till, |entry| {
            attempts(entry) == 1 && !entry["attempts"][0]["answer"].is_null()
        })
        .await;
        assert_eq!(entry["attempts"][0]["answer"]["accepted"], accepted);
        assert_eq!(entry["acknowledged_ms"].is_null(), !accepted);
        let received = merchant.received.lock().unwrap();
        assert_eq!(received[0].0, Over::Path);
        assert_eq!(received[0].1["paymentResult"]["resultCode"], "USER_BALANCE_NOT_ENOUGH");
        assert!(received[0].1.get("notifyType").is_none());
    }
}

#[tokio::test]
async fn faults_strike_notifications_too() {
    let (_running, till, folder) = sandbox(|options| options.speed = 100_000).await;
    let (merchant, url) = merchant(&till, folder.path(), 0, Manner::Unsigned).await;
    for fault in ["request_lost", "reply_lost", "stranger", "unsigned", "wrong_amount"] {
        till.control("/sandbox/faults", &json!({"operation": "notifyPayment", "fault": fault})).await;
    }
    till.ams("pay", &with(ams_pay("n4", "PaymentCode", Some(PLAIN_CODE)), "paymentNotifyUrl", &url)).await;
    // The merchant of this test acknowledges whatever comes, so the third attempt, the stranger's, is the last.
    let entry = notification_until(&till, |entry| !entry["acknowledged_ms"].is_null()).await;
    assert_eq!(attempts(&entry), 3);
    let received = merchant.received.lock().unwrap();
    let verified: Vec<Over> = received.iter().map(|(over, _)| *over).collect();
    assert_eq!(verified, [Over::Path, Over::Nothing]);
}

/// As with the notification that Alipay signed for a notify URL with a query: only the path is signed.
#[tokio::test]
async fn the_query_of_the_notify_url_is_signed_only_where_that_is_asked_for() {
    for (sign_query, over, path) in
        [(false, Over::Path, "/merchant/notify"), (true, Over::PathAndQuery, "/merchant/notify?shop=1")]
    {
        let (_running, till, folder) = sandbox(|options| options.settings.sign_query = sign_query).await;
        let (merchant, url) = merchant(&till, folder.path(), 0, Manner::Signed).await;
        assert!(url.ends_with("/merchant/notify?shop=1"));
        let body = aps_pay("q1", "PaymentCode", Some(PLAIN_CODE));
        till.aps("pay", &with(body, "paymentNotifyUrl", &url)).await;
        let entry = notification_until(&till, |entry| !entry["acknowledged_ms"].is_null()).await;
        assert_eq!(entry["attempts"][0]["signed_path"], path);
        assert_eq!(merchant.received.lock().unwrap()[0].0, over);
    }
    let (_running, till, folder) = sandbox(|_| {}).await;
    let (merchant, url) = merchant(&till, folder.path(), 0, Manner::Unsigned).await;
    assert_eq!(till.control("/sandbox/settings", &json!({"sign_query": true})).await["sign_query"], true);
    let body = ams_pay("q2", "PaymentCode", Some(PLAIN_CODE));
    till.ams("pay", &with(body, "paymentNotifyUrl", &url)).await;
    notification_until(&till, |entry| !entry["acknowledged_ms"].is_null()).await;
    assert_eq!(merchant.received.lock().unwrap()[0].0, Over::PathAndQuery);
}

#[tokio::test]
async fn an_order_that_nobody_scanned_does_not_exist_for_query_and_cancel() {
    let clock = Clock::manual(1_795_303_736_000);
    let (_running, mut till, _folder) = sandbox(|options| options.clock = Some(clock.clone())).await;
    let ask = async |till: &Till, id: &str| {
        let subject = json!({"paymentRequestId": id});
        let reply = till.ams("inquiryPayment", &subject).await;
        (reply.code().to_owned(), reply.body["paymentStatus"].as_str().unwrap_or_default().to_owned())
    };
    let missing = ("ORDER_NOT_EXIST".to_owned(), String::new());
    let word = |word: &str| ("SUCCESS".to_owned(), word.to_owned());
    let cancel = async |till: &Till, id: &str| {
        till.ams("cancel", &json!({"paymentRequestId": id})).await.code().to_owned()
    };

    till.headers = vec![("Sandbox-Customer", "scans_after=3000; pays_after=9000".into())];
    let created = till.ams("pay", &ams_pay("u1", "OrderCode", None)).await;
    assert!(created.body["orderCodeForm"].is_object(), "the code was created all the same");
    assert_eq!(ask(&till, "u1").await, missing);
    assert_eq!(cancel(&till, "u1").await, "ORDER_NOT_EXIST");
    clock.advance(2_999);
    assert_eq!(ask(&till, "u1").await, missing);
    clock.advance(1);
    assert_eq!(ask(&till, "u1").await, word("PROCESSING"));
    clock.advance(6_000);
    assert_eq!(ask(&till, "u1").await, word("SUCCESS"));

    till.headers = vec![("Sandbox-Customer", "never_scans".into())];
    till.ams("pay", &ams_pay("u2", "EntryCode", None)).await;
    till.ams("pay", &ams_pay("u3", "OrderCode", None)).await;
    till.ams("pay", &ams_pay("u4", "OrderCode", None)).await;
    till.control("/sandbox/customers/u3", &json!({"does": "scan"})).await;
    assert_eq!(ask(&till, "u3").await, word("PROCESSING"));
    assert_eq!(cancel(&till, "u3").await, "SUCCESS");
    till.control("/sandbox/customers/u4", &json!({"does": "pay"})).await;
    assert_eq!(ask(&till, "u4").await, word("SUCCESS"), "whoever pays has scanned");
    clock.advance(20 * 60_000);
    assert_eq!(ask(&till, "u2").await, missing, "also after its end");
    assert_eq!(cancel(&till, "u2").await, "ORDER_NOT_EXIST");
    till.control("/sandbox/customers/u2", &json!({"does": "scan"})).await;
    assert_eq!(ask(&till, "u2").await, missing, "too late to scan");
}

#[tokio::test]
async fn only_this_machine_is_notified_over_plain_http() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let url = "http://shop.example/notify";
    till.ams("pay", &with(ams_pay("n5", "PaymentCode", Some(PLAIN_CODE)), "paymentNotifyUrl", url)).await;
    let ledger = till.ledger().await;
    assert!(ledger["notifications"][0]["refused"].is_string());
    assert_eq!(attempts(&ledger["notifications"][0]), 0);
}

#[tokio::test]
async fn an_entry_code_is_paid_on_the_wallets_page_and_leads_back_to_the_merchant() {
    let (_running, till, folder) = sandbox(|options| options.customer = Customer::never()).await;
    let (merchant, url) = merchant(&till, folder.path(), 0, Manner::Unsigned).await;
    let body = with(ams_pay("w1", "EntryCode", None), "paymentNotifyUrl", &url);
    let created =
        till.ams("pay", &with(body, "paymentRedirectUrl", "https://shop.example/result?id=w1")).await;
    assert_eq!(created.code(), "SUCCESS");
    assert!(created.body.get("paymentTime").is_none(), "created, not paid");
    let form = &created.body["redirectActionForm"];
    assert_eq!(form["method"], "GET");
    let page = form["redirectUrl"].as_str().unwrap();
    let shown = till.http.get(page).send().await.unwrap().text().await.unwrap();
    assert!(shown.contains("19.99 USD") && shown.contains("Confirm"), "{shown}");
    let inquiry = till.ams("inquiryPayment", &json!({"paymentRequestId": "w1"})).await;
    assert_eq!(inquiry.body["paymentStatus"], "PROCESSING");
    let confirmed = till.http.post(page).body("do=pay").send().await.unwrap();
    assert_eq!(confirmed.status(), 303);
    assert_eq!(confirmed.headers()["location"], "https://shop.example/result?id=w1");
    notification_until(&till, |entry| !entry["acknowledged_ms"].is_null()).await;
    assert_eq!(merchant.received.lock().unwrap()[0].1["paymentRequestId"], "w1");
    let inquiry = till.ams("inquiryPayment", &json!({"paymentRequestId": "w1"})).await;
    assert_eq!(inquiry.body["paymentStatus"], "SUCCESS");
    assert!(till.http.get(page).send().await.unwrap().text().await.unwrap().contains("succeeded"));
}

#[tokio::test]
async fn whoever_opens_the_wallets_page_has_scanned() {
    let (_running, mut till, _folder) = sandbox(|_| {}).await;
    till.headers = vec![("Sandbox-Customer", "never_scans".into())];
    let created = till.ams("pay", &ams_pay("w2", "OrderCode", None)).await;
    let page = created.body["orderCodeForm"]["codeDetails"][0]["codeValue"].as_str().unwrap().to_owned();
    let subject = json!({"paymentRequestId": "w2"});
    assert_eq!(till.ams("inquiryPayment", &subject).await.code(), "ORDER_NOT_EXIST");
    assert!(till.http.get(page).send().await.unwrap().status().is_success());
    assert_eq!(till.ams("inquiryPayment", &subject).await.body["paymentStatus"], "PROCESSING");
}

#[tokio::test]
async fn the_forms_of_a_redirect() {
    let (_running, mut till, _folder) = sandbox(|_| {}).await;
    let pay = async |till: &Till, id: &str| till.ams("pay", &ams_pay(id, "EntryCode", None)).await.body;
    till.headers = vec![("Sandbox-Customer", "never; form=POST".into())];
    let form = pay(&till, "f1").await["redirectActionForm"].clone();
    assert_eq!(form["method"], "POST");
    let opened = till
        .http
        .post(form["redirectUrl"].as_str().unwrap())
        .body(form["parameters"].as_str().unwrap().to_owned());
    assert!(opened.send().await.unwrap().text().await.unwrap().contains("Confirm"));
    till.headers = vec![("Sandbox-Customer", "form=SCAN".into())];
    assert_eq!(pay(&till, "f2").await["redirectActionForm"]["method"], "SCAN");
    till.headers = vec![("Sandbox-Customer", "form=challenge".into())];
    assert_eq!(pay(&till, "f3").await["challengeActionForm"]["challengeType"], "SMS_OTP");
}

fn expiry_of(entry: &Value) -> i64 {
    entry["expires_ms"].as_i64().unwrap() - entry["placed_ms"].as_i64().unwrap()
}

#[tokio::test]
async fn an_order_code_waits_for_its_customer_or_expires() {
    let clock = Clock::manual(1_795_303_736_000);
    let (_running, mut till, _folder) = sandbox(|options| options.clock = Some(clock.clone())).await;
    till.headers = vec![("Sandbox-Customer", "pays_after=3000".into())];
    let created = till.aps("pay", &aps_pay("o1", "OrderCode", None)).await;
    assert_eq!(created.code(), "PAYMENT_IN_PROCESS");
    let form = &created.body["orderCodeForm"];
    assert_eq!(form["expireTime"], "2026-11-22T07:31:56+08:00");
    assert_eq!(form["codeDetails"][0]["codeValueType"], "QRCODE");
    till.headers = vec![("Sandbox-Customer", "never".into())];
    till.ams("pay", &ams_pay("o2", "OrderCode", None)).await;
    till.headers.clear();
    till.control("/sandbox/customers/o3", &json!({"plan": "fails_after=1000"})).await;
    till.ams("pay", &ams_pay("o3", "OrderCode", None)).await;
    let state = async |id: &str| till.entry(id).await["state"].as_str().unwrap().to_owned();
    clock.advance(2_999);
    assert_eq!((state("o1").await, state("o3").await), ("processing".into(), "failed".into()));
    clock.advance(1);
    assert_eq!(state("o1").await, "succeeded");
    clock.advance(expiry_of(&till.entry("o2").await));
    assert_eq!(state("o2").await, "closed");
    let inquiry = till.ams("inquiryPayment", &json!({"paymentRequestId": "o2"})).await;
    assert_eq!(
        (&inquiry.body["paymentStatus"], &inquiry.body["paymentResultCode"]),
        (&"FAIL".into(), &"ORDER_IS_CLOSED".into())
    );
    assert_eq!(till.ams("cancel", &json!({"paymentRequestId": "o2"})).await.code(), "SUCCESS");
}

#[tokio::test]
async fn a_customer_can_be_told_to_act_now() {
    let (running, till, _folder): (Running, _, _) =
        sandbox(|options| options.customer = Customer::never()).await;
    till.ams("pay", &ams_pay("c1", "OrderCode", None)).await;
    till.ams("pay", &ams_pay("c2", "OrderCode", None)).await;
    till.control("/sandbox/customers/c1", &json!({"does": "pay"})).await;
    till.control("/sandbox/customers/c2", &json!({"does": "fail"})).await;
    assert_eq!(till.entry("c1").await["state"], "succeeded");
    assert_eq!(till.entry("c2").await["state"], "failed");
    running.stop().await;
}

/// What each does to a handler is tested beside `Notice`.
#[tokio::test]
async fn a_test_gets_notifications_that_are_correct_or_wrong() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let kinds = till.get("/sandbox/notices").await;
    assert!(kinds.as_array().unwrap().len() >= 10);
    let ask = |wish: Value| {
        let sent = till.http.post(format!("{}/sandbox/notices", till.base)).body(wish.to_string());
        async move {
            let answer = sent.send().await.unwrap();
            let status = answer.status().as_u16();
            (status, serde_json::from_str::<Value>(&answer.text().await.unwrap()).unwrap())
        }
    };
    let (status, correct) = ask(json!({"payment_request_id": "P1", "path": "/alipay/notify"})).await;
    assert_eq!((status, &correct["path"]), (200, &json!("/alipay/notify")));
    let said: Value = serde_json::from_str(correct["body"].as_str().unwrap()).unwrap();
    assert_eq!((&said["paymentRequestId"], &said["result"]["resultStatus"]), (&json!("P1"), &json!("S")));
    assert!(correct["headers"]["Signature"].as_str().unwrap().starts_with("algorithm=RSA256,"));
    for kind in kinds.as_array().unwrap() {
        let wish = json!({"payment_request_id": "P1", "path": "/alipay/notify", "wrong": kind["wrong"]});
        let (status, made) = ask(wish).await;
        assert_eq!(status, 200, "{kind}");
        assert_ne!((&made["headers"], &made["body"]), (&correct["headers"], &correct["body"]), "{kind}");
    }
    for wish in [
        json!({}),
        json!({"payment_request_id": "P1", "wrong": "nothing"}),
        json!({"payment_request_id": "P1", "protocol": "x"}),
        json!({"payment_request_id": 1}),
    ] {
        let (status, refused) = ask(wish.clone()).await;
        assert_eq!((status, refused["error"].is_string()), (400, true), "{wish}");
    }
}
