//! The gateway without sockets: one thread, virtual time, no RSA, many payments.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod till;

use alipay_instore_sandbox::{
    Acknowledgement, Config, Customer, Due, Exchange, Gateway, Protocol, Request, Signatures, SignedBy,
};
use serde_json::{Value, json};
use till::{PLAIN_CODE, ams_pay, aps_pay, code_of};

const START: i64 = 1_795_303_736_000;

fn post(gateway: &Gateway, now_ms: i64, path: &str, body: &Value) -> Exchange {
    let headers = [("Client-Id", "C1"), ("Content-Type", "application/json")];
    gateway.handle(
        now_ms,
        &Request { method: "POST", path, headers: &headers, body: body.to_string().as_bytes() },
    )
}

fn code(exchange: &Exchange) -> String {
    let Exchange::Answered(answer) = exchange else { return "no answer".into() };
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    body["result"]["resultCode"].as_str().unwrap().to_owned()
}

fn gateway() -> Gateway {
    Gateway::new(Config { customer: Customer::pays_after(3_000), ..Config::new("C1", Signatures::Off) })
}

#[test]
fn delayed_requests_arrive_at_their_own_time() {
    let gateway = gateway();
    let late = post(
        &gateway,
        START,
        "/ams/api/v1/payments/pay",
        &ams_pay("s1", "PaymentCode", Some(code_of("request_late"))),
    );
    let Exchange::UnderWay(ticket) = late else { panic!("{late:?}") };
    assert_eq!(gateway.next_due(), Some(START + 8_000));
    assert!(gateway.due(START + 7_999).is_empty());
    assert_eq!(gateway.standing(Protocol::Ams, "s1", START), None);
    let due = gateway.due(START + 60_000);
    let [Due::Arrived { ticket: arrived, exchange }] = due.as_slice() else { panic!("{due:?}") };
    assert_eq!((*arrived, code(exchange)), (ticket, "SUCCESS".into()));
    let standing = gateway.standing(Protocol::Ams, "s1", START + 60_000).unwrap();
    assert_eq!((standing.state, standing.net), ("succeeded", 1999));
}

#[test]
fn a_pay_that_arrives_after_its_expiry_and_a_cancel_is_refused() {
    let gateway = gateway();
    let mut body = aps_pay("s2", "PaymentCode", Some(code_of("pay_arrives_after_cancel")));
    body["paymentExpiryTime"] = "2026-11-22T07:29:56+08:00".into();
    for second in [0, 3, 6] {
        let sent = post(&gateway, START + second * 1000, "/aps/api/v1/payments/pay", &body);
        assert!(matches!(sent, Exchange::UnderWay(_)));
    }
    let cancel = json!({"paymentRequestId": "s2"});
    let now = START + 65_000;
    assert_eq!(code(&post(&gateway, now, "/aps/api/v1/payments/cancelPayment", &cancel)), "ORDER_NOT_EXIST");
    let due = gateway.due(now + 1_000);
    assert_eq!(due.len(), 3);
    for arrived in &due {
        let Due::Arrived { exchange, .. } = arrived else { panic!("{arrived:?}") };
        assert_eq!(code(exchange), "ORDER_IS_CLOSED");
    }
    assert_eq!(code(&post(&gateway, now + 5_000, "/aps/api/v1/payments/cancelPayment", &cancel)), "SUCCESS");
    assert_eq!(gateway.standing(Protocol::AlipayPlus, "s2", now).unwrap().captured, 0);
}

#[test]
fn customers_and_notifications_come_due_in_virtual_time() {
    let gateway = gateway();
    let mut body = ams_pay("s3", "EntryCode", None);
    body["paymentNotifyUrl"] = "https://shop.example/notify".into();
    post(&gateway, START, "/ams/api/v1/payments/pay", &body);
    let mut sent = Vec::new();
    while let Some(at) = gateway.next_due() {
        for due in gateway.due(at) {
            let Due::Notification(delivery) = due else { panic!("{due:?}") };
            assert_eq!(delivery.signed_by, SignedBy::Gateway);
            sent.push(at - START);
            let answer: &[u8] = if sent.len() < 3 { b"" } else { br#"{"result":{"resultStatus":"S"}}"# };
            let answer = Acknowledgement { status: 200, headers: &[], body: answer };
            gateway.acknowledge(at + 5, delivery.notification, delivery.attempt, Some(answer));
        }
    }
    assert_eq!(sent, [3_000, 123_000, 723_000]);
}

#[test]
fn many_payments_leave_no_coin_behind() {
    let gateway = gateway();
    let mut now = START;
    for number in 0..2_000 {
        now += 7;
        let id = format!("m{number}");
        let paid =
            post(&gateway, now, "/ams/api/v1/payments/pay", &ams_pay(&id, "PaymentCode", Some(PLAIN_CODE)));
        assert_eq!(code(&paid), "SUCCESS");
        if number % 3 == 0 {
            let cancelled =
                post(&gateway, now, "/ams/api/v1/payments/cancel", &json!({"paymentRequestId": id}));
            assert_eq!(code(&cancelled), "SUCCESS");
        }
        let standing = gateway.standing(Protocol::Ams, &id, now).unwrap();
        assert_eq!(standing.net, if number % 3 == 0 { 0 } else { 1999 });
    }
}

#[test]
fn no_request_breaks_the_gateway() {
    let gateway = gateway();
    let body = ams_pay("x", "PaymentCode", Some(PLAIN_CODE)).to_string();
    let headers = [("Client-Id", "C1"), ("Content-Type", "application/json")];
    let apis = ["pay", "inquiryPayment", "cancel", "refund", "inquiryRefund", "", "../pay", "pay?x=%00"];
    let mut seed: u32 = 7;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        usize::try_from(seed >> 8).unwrap() % below
    };
    for round in 0..20_000 {
        let mut bytes = body.clone().into_bytes();
        for _ in 0..next(4) {
            let at = next(bytes.len().max(1));
            if bytes.is_empty() {
                break;
            }
            match next(3) {
                0 => bytes[at] = u8::try_from(next(256)).unwrap(),
                1 => drop(bytes.drain(at..bytes.len().min(at + next(40)))),
                _ => bytes.truncate(at + 1),
            }
        }
        let path = format!("/{}/api/v1/payments/{}", ["ams", "aps", "xxx"][next(3)], apis[next(apis.len())]);
        let request = Request { method: "POST", path: &path, headers: &headers, body: &bytes };
        let exchange = gateway.handle(START + round, &request);
        assert!(
            code(&exchange).chars().all(|letter| letter.is_ascii_uppercase() || letter == '_'),
            "{exchange:?}"
        );
    }
}
