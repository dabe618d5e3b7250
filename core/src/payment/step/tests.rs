//! Corners of single steps that the shared flow vectors pass by. The courses of payments are there.

use crate::amount::Amount;
use crate::api::Scenario;
use crate::gateway::Protocol;
use crate::message::json::Object;
use crate::payment::{Action, Certainty, Event, Numbered, Order, Outcome, Payment, Policy};
use crate::result_code::Operation;

const IN_PROCESS: &str = r#"{"result":{"resultStatus":"U","resultCode":"PAYMENT_IN_PROCESS"}}"#;
const NOT_FOUND: &str = r#"{"result":{"resultStatus":"F","resultCode":"ORDER_NOT_EXIST"}}"#;
const DONE: &str = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}"#;
const FORM: &str = r#""orderCodeForm":{"codeDetails":[]}"#;

/// An AMS payment of 19.99 USD that begins at 0: it expires at 120 s, or at 600 s with an order code.
fn begun(scenario: Scenario) -> Payment {
    let amount = Amount::from_minor("1999", "USD").unwrap();
    let request = Object::new().with("paymentRequestId", "pay_1");
    let order = Order::new("pay_1".into(), amount, scenario, None, "/ams/api/v1".into(), &request);
    let mut payment = Payment::new(Policy::preset(Protocol::Ams), order);
    payment.begin(0).unwrap();
    payment
}

fn object(body: &str) -> Object {
    Object::parse(body.as_bytes()).unwrap()
}

fn answer(payment: &mut Payment, send_id: u32, operation: Operation, body: &str, now: i64) -> Vec<Numbered> {
    payment.handle(Event::Reply { send_id, operation, body: object(body) }, now).unwrap()
}

fn presented(actions: &[Numbered]) -> usize {
    actions.iter().filter(|numbered| matches!(numbered.action, Action::Present { .. })).count()
}

#[test]
fn an_unknown_order_is_cancelled_by_a_cancel_sent_after_expiry_and_margin_alone() {
    for (cancelled_at, outcome) in [(180_000, None), (180_001, Some(&Outcome::Cancelled))] {
        let mut payment = begun(Scenario::PaymentCode);
        let sent = payment.handle(Event::CancelRequested, cancelled_at).unwrap();
        assert!(matches!(sent[0].action, Action::Send { send_id: 2, operation: Operation::Cancel, .. }));
        answer(&mut payment, 2, Operation::Cancel, NOT_FOUND, cancelled_at + 1);
        assert_eq!(payment.outcome(), outcome);
    }
}

#[test]
fn an_inquiry_that_says_nothing_shows_no_order() {
    let mut payment = begun(Scenario::PaymentCode);
    let lost = Event::NoReply { send_id: 1, operation: Operation::Pay, certainty: Certainty::Unknown };
    payment.handle(lost, 1_000).unwrap();
    let nothing = r#"{"result":{"resultStatus":"U","resultCode":"UNKNOWN_EXCEPTION"}}"#;
    answer(&mut payment, 2, Operation::Inquiry, nothing, 2_000);
    payment.handle(Event::CancelRequested, 180_001).unwrap();
    answer(&mut payment, 3, Operation::Cancel, NOT_FOUND, 180_002);
    assert_eq!((payment.outcome(), payment.alerts()), (Some(&Outcome::Cancelled), &[][..]));
}

#[test]
fn a_cancel_that_is_answered_after_the_end_ends_nothing_again() {
    let mut payment = begun(Scenario::PaymentCode);
    payment.handle(Event::CancelRequested, 1_000).unwrap();
    let refused = r#"{"result":{"resultStatus":"F","resultCode":"RISK_REJECT"}}"#;
    answer(&mut payment, 1, Operation::Pay, refused, 1_100);
    let failed = payment.outcome().cloned();
    assert_eq!(failed, Some(Outcome::Failed { code: "RISK_REJECT".into() }));
    assert!(answer(&mut payment, 2, Operation::Cancel, DONE, 1_200).is_empty());
    assert_eq!(payment.outcome(), failed.as_ref());
}

#[test]
fn a_refund_is_asked_for_by_its_own_id() {
    let mut payment = begun(Scenario::PaymentCode);
    answer(&mut payment, 1, Operation::Pay, IN_PROCESS, 500);
    payment.handle(Event::CancelRequested, 1_000).unwrap();
    let exceeded = r#"{"result":{"resultStatus":"F","resultCode":"CANCEL_WINDOW_EXCEED"}}"#;
    answer(&mut payment, 2, Operation::Cancel, exceeded, 1_100);
    let asked = payment.handle(Event::Tick, payment.next_wakeup().unwrap()).unwrap();
    assert!(matches!(asked[0].action, Action::Send { send_id: 3, operation: Operation::Inquiry, .. }));
    let paid = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentStatus":"SUCCESS",
        "paymentId":"2026","paymentAmount":{"currency":"USD","value":"1999"}}"#;
    let mut actions = answer(&mut payment, 3, Operation::Inquiry, paid, 9_000);
    let mut inquiries = 0;
    for _ in 0..40 {
        for Numbered { action, .. } in actions {
            let Action::Send { operation, body, path, .. } = action else { continue };
            let body = object(body.expose());
            assert_eq!(body.text("refundRequestId").as_deref(), Some("refund-pay_1"));
            assert_eq!(body.text("paymentId").is_some(), operation == Operation::Refund, "{path}");
            inquiries += u32::from(operation == Operation::RefundInquiry);
        }
        actions = payment.handle(Event::Tick, payment.next_wakeup().unwrap()).unwrap();
    }
    assert!(inquiries > 0);
}

#[test]
fn a_code_that_was_created_twice_keeps_its_times() {
    let mut payment = begun(Scenario::OrderCode);
    answer(&mut payment, 1, Operation::Pay, DONE, 1_000);
    assert_eq!((payment.state().name(), payment.next_wakeup()), ("awaiting_customer", Some(16_000)));
    answer(&mut payment, 1, Operation::Pay, DONE, 5_000);
    assert_eq!(payment.next_wakeup(), Some(16_000));
}

#[test]
fn a_form_is_shown_once() {
    let mut payment = begun(Scenario::OrderCode);
    let created = format!(r#"{{"result":{{"resultStatus":"S","resultCode":"SUCCESS"}},{FORM}}}"#);
    assert_eq!(presented(&answer(&mut payment, 1, Operation::Pay, &created, 1_000)), 1);
    assert_eq!(presented(&answer(&mut payment, 1, Operation::Pay, &created, 2_000)), 0);
}

#[test]
fn what_is_questioned_is_not_shown() {
    let waiting = format!(
        r#"{{"result":{{"resultStatus":"S","resultCode":"SUCCESS"}},"paymentStatus":"PROCESSING",{FORM}}}"#
    );
    // Somebody else had used the id.
    let mut payment = begun(Scenario::OrderCode);
    let taken = r#"{"result":{"resultStatus":"F","resultCode":"REPEAT_REQ_INCONSISTENT"}}"#;
    answer(&mut payment, 1, Operation::Pay, taken, 1_000);
    // Another amount was stated.
    let mut disputed = begun(Scenario::OrderCode);
    answer(&mut disputed, 1, Operation::Pay, IN_PROCESS, 1_000);
    let other = r#"{"notifyType":"PAYMENT_RESULT","result":{"resultStatus":"S","resultCode":"SUCCESS"},
        "paymentRequestId":"pay_1","paymentAmount":{"currency":"USD","value":"1"}}"#;
    disputed.handle(Event::Notified { body: object(other) }, 2_000).unwrap();
    for payment in [&mut payment, &mut disputed] {
        assert_eq!(payment.outcome(), None);
        let due = payment.next_wakeup().unwrap();
        payment.handle(Event::Tick, due).unwrap();
        assert_eq!(presented(&answer(payment, 2, Operation::Inquiry, &waiting, due + 1)), 0);
    }
}
