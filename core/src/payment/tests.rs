//! The promises of the holder and of the snapshot. What the machine does is in the shared flow vectors, which
//! every language runs, and in the model checker.

use super::*;
use crate::amount::Amount;
use crate::api::Scenario;
use crate::gateway::Protocol;
use crate::message::json::Object;
use crate::result_code::Operation;

const CODE: &str = "281006020000000000125733";

fn payment(protocol: Protocol) -> Payment {
    let request = Object::new().with("paymentMethod", Object::new().with("paymentMethodId", CODE));
    let amount = Amount::from_minor("1999", "USD").unwrap();
    let order =
        Order::new("pay_1".into(), amount, Scenario::PaymentCode, None, "/ams/api/v1".into(), &request);
    Payment::new(Policy::preset(protocol), order)
}

fn reply(send_id: u32, operation: Operation, body: &str) -> Event {
    Event::Reply { send_id, operation, body: Object::parse(body.as_bytes()).unwrap() }
}

fn in_process() -> Event {
    reply(1, Operation::Pay, r#"{"result":{"resultStatus":"U","resultCode":"PAYMENT_IN_PROCESS"}}"#)
}

fn sent(actions: &[Numbered]) -> (&str, &str) {
    match &actions.last().unwrap().action {
        Action::Send { path, body, .. } => (path, body.expose()),
        other => panic!("no send: {other:?}"),
    }
}

#[test]
fn the_body_of_pay_is_built_once_and_carries_the_expiry() {
    let mut payment = payment(Protocol::AlipayPlus);
    let first = payment.begin(0).unwrap();
    assert_eq!(sent(&first).0, "/ams/api/v1/payments/pay");
    assert_eq!(
        sent(&first).1,
        format!(
            r#"{{"paymentMethod":{{"paymentMethodId":"{CODE}"}},"paymentExpiryTime":"1970-01-01T00:01:00.000Z"}}"#
        )
    );
    payment.handle(Event::Tick, 5_000).unwrap();
    let second = payment.handle(Event::Tick, 8_000).unwrap();
    assert_eq!(sent(&second), sent(&first));
}

#[test]
fn the_payment_code_is_gone_once_pay_is_not_sent_again() {
    let mut payment = payment(Protocol::Ams);
    assert!(payment.snapshot().contains(CODE));
    payment.begin(0).unwrap();
    assert!(payment.snapshot().contains(CODE));
    payment.handle(in_process(), 1_000).unwrap();
    assert!(!payment.snapshot().contains(CODE));
    for view in [format!("{payment:?}"), format!("{:?}", self::payment(Protocol::Ams))] {
        assert!(!view.contains(CODE));
    }
}

#[test]
fn an_error_leaves_the_payment_as_it_was() {
    let mut payment = payment(Protocol::Ams);
    payment.begin(0).unwrap();
    let before = payment.clone();
    for (event, code) in [
        (Event::Begin, "payment.already_begun"),
        (reply(2, Operation::Pay, "{}"), "payment.unknown_send"),
        (reply(0, Operation::Pay, "{}"), "payment.unknown_send"),
        (reply(1, Operation::Cancel, "{}"), "payment.wrong_operation"),
    ] {
        assert_eq!(payment.handle(event, 1).unwrap_err().code(), code);
        assert_eq!(payment, before);
    }
    assert_eq!(payment.handle(Event::Tick, -1).unwrap_err().code(), "payment.time");
    assert_eq!(payment.handle(Event::Tick, i64::MAX).unwrap_err().code(), "payment.time");
    assert_eq!(payment, before);
}

#[test]
fn a_snapshot_gives_the_same_payment_and_its_actions_again() {
    let mut payment = payment(Protocol::Ams);
    let begun = payment.begin(0).unwrap();
    let mut restored = Payment::restore(&payment.snapshot()).unwrap();
    assert_eq!(restored, payment);
    assert_eq!(restored.handle(Event::Resumed, 1).unwrap(), begun);
    assert_eq!(restored.snapshot(), Payment::restore(&restored.snapshot()).unwrap().snapshot());
}

#[test]
fn a_damaged_snapshot_is_refused() {
    let mut payment = payment(Protocol::Ams);
    payment.begin(0).unwrap();
    payment.handle(in_process(), 1_000).unwrap();
    let good = payment.snapshot();
    let code = |text: &str| Payment::restore(text).unwrap_err().code();
    for end in 0..good.len() {
        assert_eq!(code(&good[..end]), "snapshot.malformed");
    }
    assert_eq!(code(&good.replace("1999", "1")), "snapshot.malformed");
    assert_eq!(code(&good.replacen("\"version\":1", "\"version\":2", 1)), "snapshot.newer");
    assert_eq!(code(&good.replacen("\"version\":1", "\"version\":0", 1)), "snapshot.malformed");
    assert_eq!(code(&good.replacen("\"payment\"", "\"refund\"", 1)), "snapshot.kind");
    assert_eq!(code(&good.replacen("{\"kind\"", "{\"extra\":1,\"kind\"", 1)), "snapshot.malformed");
    assert_eq!(code(""), "snapshot.malformed");
}

#[test]
fn a_snapshot_whose_fields_contradict_each_other_is_refused() {
    let mut payment = payment(Protocol::Ams);
    payment.begin(0).unwrap();
    payment.state.expiry = None;
    assert_eq!(Payment::restore(&payment.snapshot()).unwrap_err().code(), "snapshot.inconsistent");
    let mut payment = self::payment(Protocol::Ams);
    payment.policy.inquiry_limit = 1;
    assert_eq!(Payment::restore(&payment.snapshot()).unwrap_err().code(), "policy.inquiry_limit");
}
