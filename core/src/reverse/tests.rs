use super::*;
use crate::amount::Amount;
use crate::api::Scenario;
use crate::error::ErrorCode;
use crate::gateway::Operation;
use crate::gateway::Protocol;
use crate::json::Object;
use crate::ledger::RefundLedger;
use crate::payment::{AlertKind, Certainty, Event, Payment, PaymentOrder, Policy, Secret, Timing};
use crate::refund::{RefundEvent, RefundOrder};
use crate::time::instant;

fn usd(value: &str) -> Amount {
    Amount::from_minor(value, "USD").unwrap()
}

fn object(text: &str) -> Object {
    Object::parse(text.as_bytes()).unwrap()
}

/// A payment of 10.00 USD that was paid at 0.
fn paid(protocol: Protocol, id: &str) -> Payment {
    let order = PaymentOrder::new(
        id.to_owned(),
        usd("1000"),
        Scenario::PaymentCode,
        None,
        "/ams/api/v1".into(),
        &Object::new(),
    );
    let mut payment = Payment::new(Policy::preset(protocol), order);
    payment.begin(instant(0)).unwrap();
    let body = object(r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentId":"2026"}"#);
    let timing = Timing::default();
    payment.handle(Event::Reply { send_id: 1, operation: Operation::Pay, body, timing }, instant(0)).unwrap();
    payment
}

fn begun(protocol: Protocol) -> (RefundLedger, Vec<NumberedReverse>) {
    let payment = paid(protocol, "p");
    let mut ledger = RefundLedger::of(&payment).unwrap();
    ledger.enter_reverse(&payment).unwrap();
    let actions = ledger.handle_reverse(ReverseEvent::Begin, instant(1_000)).unwrap();
    (ledger, actions)
}

fn answer(ledger: &mut RefundLedger, send_id: u32, operation: Operation, code: &str, now: i64) {
    let letter = if code == "SUCCESS" { "S" } else { "F" };
    let body = object(&format!(r#"{{"result":{{"resultStatus":"{letter}","resultCode":"{code}"}}}}"#));
    let timing = Timing::default();
    ledger.handle_reverse(ReverseEvent::Reply { send_id, operation, body, timing }, instant(now)).unwrap();
}

fn state(ledger: &RefundLedger) -> &'static str {
    ledger.reverse().unwrap().state()
}

#[test]
fn each_request_has_its_path_and_its_body() {
    for (protocol, api) in [(Protocol::Ams, "cancel"), (Protocol::AlipayPlus, "cancelPayment")] {
        let (mut ledger, actions) = begun(protocol);
        let [NumberedReverse { sequence: 1, action: ReverseAction::Send { send_id: 1, path, body, .. } }] =
            &actions[..]
        else {
            panic!("{actions:?}");
        };
        assert_eq!(*path, format!("/ams/api/v1/payments/{api}"));
        assert_eq!(body.expose(), r#"{"paymentRequestId":"p"}"#);
        let body = object(r#"{"result":{"resultStatus":"F","resultCode":"CANCEL_WINDOW_EXCEED"}}"#);
        let timing = Timing::default();
        let event = ReverseEvent::Reply { send_id: 1, operation: Operation::Cancel, body, timing };
        let actions = ledger.handle_reverse(event, instant(1_100)).unwrap();
        let [NumberedReverse { sequence: 2, action: ReverseAction::Send { path, body, .. } }] = &actions[..]
        else {
            panic!("{actions:?}");
        };
        assert_eq!(path, "/ams/api/v1/payments/refund");
        assert_eq!(
            body.expose(),
            concat!(
                r#"{"paymentId":"2026","refundRequestId":"reverse-p","#,
                r#""refundAmount":{"currency":"USD","value":"1000"}}"#
            )
        );
        assert_eq!(ledger.reverse().unwrap().refund_request_id(), Some("reverse-p"));
    }
}

#[test]
fn the_refund_has_one_short_id_for_each_payment() {
    let id = |payment: &str| ReverseOrder::of(&paid(Protocol::Ams, payment)).unwrap().refund_request_id;
    assert_eq!(id("pay_1"), "reverse-pay_1");
    let long = |last: &str| id(&format!("{}{last}", "p".repeat(63)));
    assert_eq!((long("a").len(), long("a") == long("a"), long("a") == long("b")), (64, true, false));
}

#[test]
fn a_reverse_is_entered_once_and_kept_with_the_refunds() {
    let payment = paid(Protocol::Ams, "p");
    let (mut ledger, _) = begun(Protocol::Ams);
    let text = ledger.snapshot();
    assert_eq!(RefundLedger::restore(&text).unwrap(), ledger);
    ledger.enter_reverse(&payment).unwrap();
    assert_eq!(ledger.snapshot(), text, "entered again, it stays as it is");
    answer(&mut ledger, 1, Operation::Cancel, "SUCCESS", 1_100);
    ledger.enter_reverse(&payment).unwrap();
    assert_eq!((state(&ledger), ledger.left(), ledger.refunded()), ("reversed", 0, 1_000));
    assert_eq!(RefundLedger::restore(&ledger.snapshot()).unwrap(), ledger);
}

#[test]
fn a_record_that_knows_no_reverse_is_read() {
    let ledger = RefundLedger::of(&paid(Protocol::Ams, "p")).unwrap();
    let text = ledger.snapshot();
    let mut state = serde_json::from_str::<serde_json::Value>(&text).unwrap()["state"].take();
    state.as_object_mut().unwrap().remove("reverse").unwrap();
    let old = crate::machine::snapshot::write(
        &crate::machine::snapshot::REFUNDS,
        &Policy::preset(Protocol::Ams).into(),
        &state,
    );
    assert_eq!(RefundLedger::restore(&old).unwrap(), ledger);
}

#[test]
fn a_record_whose_reverse_contradicts_itself_is_refused() {
    let (ledger, _) = begun(Protocol::Ams);
    let state = serde_json::from_str::<serde_json::Value>(&ledger.snapshot()).unwrap()["state"].take();
    let wrong = [
        ("/reverse/phase", serde_json::json!("ready")),
        ("/reverse/next_sequence", serde_json::json!(1)),
        ("/reverse/order/amount/value", serde_json::json!("999")),
        ("/reverse/order/payment_request_id", serde_json::json!("q")),
        ("/reverse/timers", serde_json::json!([["cancel_window", 1], ["cancel", 1]])),
        ("/reverse/phase", serde_json::json!({"final": "reversed"})),
    ];
    for (place, value) in wrong {
        let mut state = state.clone();
        *state.pointer_mut(place).unwrap() = value;
        let text = crate::machine::snapshot::write(
            &crate::machine::snapshot::REFUNDS,
            &Policy::preset(Protocol::Ams).into(),
            &state,
        );
        assert_eq!(RefundLedger::restore(&text).unwrap_err().code(), "snapshot.inconsistent", "{place}");
    }
}

#[test]
fn refunds_and_a_reverse_exclude_each_other() {
    let order = |id: &str, value: &str| RefundOrder {
        refund_request_id: id.into(),
        amount: usd(value),
        api_prefix: "/ams/api/v1".into(),
        body: Secret::new("{}".into()),
    };
    let (mut ledger, _) = begun(Protocol::Ams);
    assert_eq!(ledger.enter(order("r", "1")).unwrap_err().code(), ErrorCode::ReverseUnderWay);
    assert_eq!(ledger.left(), 0);
    answer(&mut ledger, 1, Operation::Cancel, "CANCEL_WINDOW_EXCEED", 1_100);
    answer(&mut ledger, 2, Operation::Refund, "REFUND_NOT_SUPPORTED", 1_200);
    let refused = ReverseOutcome::Refused { code: "REFUND_NOT_SUPPORTED".into() };
    assert_eq!(ledger.reverse().unwrap().outcome(), Some(&refused));
    assert_eq!((ledger.left(), ledger.refunded()), (1_000, 0));
    ledger.enter(order("r", "1000")).unwrap();

    // The rest of a payment of which a part was refunded.
    let payment = paid(Protocol::Ams, "p");
    let mut ledger = RefundLedger::of(&payment).unwrap();
    ledger.enter(order("r", "400")).unwrap();
    ledger.handle("r", RefundEvent::Begin, instant(1)).unwrap();
    let body = object(r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}"#);
    ledger
        .handle(
            "r",
            RefundEvent::Reply { send_id: 1, operation: Operation::Refund, body, timing: Timing::default() },
            instant(2),
        )
        .unwrap();
    ledger.enter_reverse(&payment).unwrap();
    let actions = ledger.handle_reverse(ReverseEvent::Begin, instant(3)).unwrap();
    let [NumberedReverse { action: ReverseAction::Send { operation: Operation::Refund, body, .. }, .. }] =
        &actions[..]
    else {
        panic!("{actions:?}");
    };
    assert!(body.expose().contains(r#""value":"600""#), "{body:?} {}", body.expose());
}

#[test]
fn no_event_in_any_order_panics_and_one_end_stays() {
    // A small generator of its own: the same walk on every machine.
    let mut seed = 7_u64;
    let mut next = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    let codes = [
        "SUCCESS",
        "ORDER_IS_CANCELED",
        "ORDER_NOT_EXIST",
        "ORDER_STATUS_INVALID",
        "CANCEL_WINDOW_EXCEED",
        "MERCHANT_BALANCE_NOT_ENOUGH",
        "REFUND_NOT_SUPPORTED",
        "REQUEST_TRAFFIC_EXCEED_LIMIT",
    ];
    let operations = [Operation::Cancel, Operation::Inquiry, Operation::Refund, Operation::RefundInquiry];
    let mut ends = std::collections::HashSet::new();
    for walk in 0..100 {
        let protocol = if walk % 2 == 0 { Protocol::Ams } else { Protocol::AlipayPlus };
        let (mut ledger, _) = begun(protocol);
        let mut now = 1_000_i64;
        for _ in 0..60 {
            let most = if next(20) == 0 { 90_000_000 } else { 6_000 };
            now += i64::try_from(next(most)).unwrap() - 500;
            let send_id = u32::try_from(next(24)).unwrap();
            let operation = operations[usize::try_from(next(4)).unwrap()];
            let code = codes[usize::try_from(next(8)).unwrap()];
            let letter = ["S", "F", "U"][usize::try_from(next(3)).unwrap()];
            let body = object(&format!(
                r#"{{"result":{{"resultStatus":"{letter}","resultCode":"{code}"}},"paymentStatus":"SUCCESS",
                "refundStatus":"SUCCESS","refundRequestId":"reverse-p"}}"#
            ));
            let event = match next(6) {
                0 | 1 => ReverseEvent::Tick,
                2 => ReverseEvent::Resumed,
                3 => ReverseEvent::NoReply { send_id, operation, certainty: Certainty::NotSent },
                4 if next(8) == 0 => ReverseEvent::Notified { body },
                _ => ReverseEvent::Reply { send_id, operation, body, timing: Timing::default() },
            };
            let before = ledger.reverse().unwrap().outcome().cloned();
            let _ = ledger.handle_reverse(event, instant(now));
            let after = ledger.reverse().unwrap().outcome().cloned();
            assert!(before.is_none() || before == after, "walk {walk}: {before:?} became {after:?}");
        }
        assert_eq!(RefundLedger::restore(&ledger.snapshot()).unwrap(), ledger, "walk {walk}");
        ends.insert(state(&ledger));
    }
    assert!(ends.len() >= 3, "{ends:?}");
}

#[test]
fn an_alert_is_raised_once() {
    let (mut ledger, _) = begun(Protocol::Ams);
    answer(&mut ledger, 1, Operation::Cancel, "PARAM_ILLEGAL", 1_100);
    answer(&mut ledger, 1, Operation::Cancel, "PARAM_ILLEGAL", 1_200);
    assert_eq!(ledger.reverse().unwrap().alerts(), [AlertKind::UnexpectedRefusal]);
}
