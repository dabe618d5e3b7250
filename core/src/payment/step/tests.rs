//! Corners of single steps that the shared flow vectors pass by. The courses of payments are there.

use std::time::Duration;

use crate::amount::Amount;
use crate::api::Scenario;
use crate::gateway::Operation;
use crate::gateway::Protocol;
use crate::json::Object;
use crate::payment::{
    Action, AlertKind, CancelWindow, Certainty, Event, Numbered, Outcome, Payment, PaymentOrder, Policy,
    RefundAfterCancelWindow, Timing, UnresolvedReason, Unverified,
};
use crate::time::instant;

const IN_PROCESS: &str = r#"{"result":{"resultStatus":"U","resultCode":"PAYMENT_IN_PROCESS"}}"#;
const NOT_FOUND: &str = r#"{"result":{"resultStatus":"F","resultCode":"ORDER_NOT_EXIST"}}"#;
const DONE: &str = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}"#;
const FORM: &str = r#""orderCodeForm":{"codeDetails":[]}"#;

/// An AMS payment of 19.99 USD that begins at 0: it expires at 120 s, or at 600 s with an order code.
fn begun(scenario: Scenario) -> Payment {
    begun_with(Policy::preset(Protocol::Ams), scenario)
}

fn begun_with(policy: Policy, scenario: Scenario) -> Payment {
    let amount = Amount::from_minor("1999", "USD").unwrap();
    let request = Object::new().with("paymentRequestId", "pay_1");
    let order = PaymentOrder::new("pay_1".into(), amount, scenario, None, "/ams/api/v1".into(), &request);
    let mut payment = Payment::new(policy, order);
    payment.begin(instant(0)).unwrap();
    payment
}

fn object(body: &str) -> Object {
    Object::parse(body.as_bytes()).unwrap()
}

fn answer(payment: &mut Payment, send_id: u32, operation: Operation, body: &str, now: i64) -> Vec<Numbered> {
    payment
        .handle(
            Event::Reply { send_id, operation, body: object(body), timing: Timing::default() },
            instant(now),
        )
        .unwrap()
}

fn presented(actions: &[Numbered]) -> usize {
    actions.iter().filter(|numbered| matches!(numbered.action, Action::Present { .. })).count()
}

#[test]
fn an_unknown_order_is_cancelled_by_a_cancel_sent_after_expiry_and_margin_alone() {
    for (cancelled_at, outcome) in [(180_000, None), (180_001, Some(&Outcome::Cancelled))] {
        let mut payment = begun(Scenario::PaymentCode);
        let sent = payment.handle(Event::CancelRequested, instant(cancelled_at)).unwrap();
        assert!(matches!(sent[0].action, Action::Send { send_id: 2, operation: Operation::Cancel, .. }));
        answer(&mut payment, 2, Operation::Cancel, NOT_FOUND, cancelled_at + 1);
        assert_eq!(payment.outcome(), outcome);
    }
}

#[test]
fn an_inquiry_that_says_nothing_shows_no_order() {
    let mut payment = begun(Scenario::PaymentCode);
    let lost = Event::NoReply {
        send_id: 1,
        operation: Operation::Pay,
        certainty: Certainty::Unknown,
        unverified: None,
    };
    payment.handle(lost, instant(1_000)).unwrap();
    let nothing = r#"{"result":{"resultStatus":"U","resultCode":"UNKNOWN_EXCEPTION"}}"#;
    answer(&mut payment, 2, Operation::Inquiry, nothing, 2_000);
    payment.handle(Event::CancelRequested, instant(180_001)).unwrap();
    answer(&mut payment, 3, Operation::Cancel, NOT_FOUND, 180_002);
    assert_eq!((payment.outcome(), payment.alerts()), (Some(&Outcome::Cancelled), &[][..]));
}

#[test]
fn a_cancel_that_is_answered_after_the_end_ends_nothing_again() {
    let mut payment = begun(Scenario::PaymentCode);
    payment.handle(Event::CancelRequested, instant(1_000)).unwrap();
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
    payment.handle(Event::CancelRequested, instant(1_000)).unwrap();
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
    assert_eq!((payment.state().name(), payment.next_wakeup()), ("awaiting_customer", Some(instant(16_000))));
    answer(&mut payment, 1, Operation::Pay, DONE, 5_000);
    assert_eq!(payment.next_wakeup(), Some(instant(16_000)));
}

/// The details of the alerts among these actions.
fn details(actions: &[Numbered]) -> Vec<&str> {
    actions
        .iter()
        .filter_map(|numbered| match &numbered.action {
            Action::Alert { detail, .. } => Some(detail.as_str()),
            _ => None,
        })
        .collect()
}

fn unverified(payment: &mut Payment, send_id: u32, operation: Operation, what: Unverified) -> Vec<Numbered> {
    let event = Event::NoReply { send_id, operation, certainty: Certainty::Unknown, unverified: Some(what) };
    payment.handle(event, instant(1_000)).unwrap()
}

#[test]
fn what_is_suspected_is_named() {
    for (code, named) in [
        ("INVALID_CLIENT", "client id"),
        ("KEY_NOT_FOUND", "key version"),
        ("SIGNATURE_INVALID", "signing key"),
    ] {
        let mut payment = begun(Scenario::PaymentCode);
        let unsigned = || Unverified::Unsigned { result_code: code.into() };
        assert_eq!(details(&unverified(&mut payment, 1, Operation::Pay, unsigned())), [""; 0]);
        let raised = unverified(&mut payment, 2, Operation::Inquiry, unsigned());
        assert!(details(&raised).concat().contains(named), "{code}");
    }
    let mut payment = begun(Scenario::PaymentCode);
    assert!(unverified(&mut payment, 1, Operation::Pay, Unverified::WrongKey).len() == 1, "an inquiry");
    assert!(unverified(&mut payment, 2, Operation::Inquiry, Unverified::WrongKey).is_empty());
    let raised = unverified(&mut payment, 2, Operation::Inquiry, Unverified::WrongKey);
    assert!(details(&raised).concat().contains("gateway's public key"));
}

#[test]
fn an_answer_means_that_something_was_sent() {
    let mut payment = begun(Scenario::PaymentCode);
    for send_id in [1, 1, 1] {
        let event = Event::NoReply {
            send_id,
            operation: Operation::Pay,
            certainty: Certainty::NotSent,
            unverified: Some(Unverified::WrongKey),
        };
        payment.handle(event, instant(500)).unwrap();
    }
    assert_eq!(payment.alerts(), []);
}

#[test]
fn the_difference_of_the_clocks_is_told_in_words() {
    for (signed_at, words) in [(400_000, "600 s ahead of"), (1_600_000, "600 s behind")] {
        let mut payment = begun(Scenario::PaymentCode);
        let timing = Timing { signed_at: Some(instant(signed_at)), stale: false };
        let (operation, body) = (Operation::Pay, object(IN_PROCESS));
        let told =
            payment.handle(Event::Reply { send_id: 1, operation, body, timing }, instant(1_000_000)).unwrap();
        assert!(details(&told).concat().contains(words), "{words}");
        assert_eq!(payment.alerts(), [AlertKind::ClockSkew]);
    }
}

#[test]
fn pay_is_not_given_out_again_at_its_expiry() {
    for (now, again) in [(119_999, 1), (120_000, 0), (120_001, 0)] {
        let mut payment = begun_with(
            Policy { reply_time: Duration::from_secs(200), ..Policy::preset(Protocol::Ams) },
            Scenario::PaymentCode,
        );
        let actions = payment.handle(Event::Resumed, instant(now)).unwrap();
        let pays =
            |numbered: &&Numbered| matches!(numbered.action, Action::Send { operation: Operation::Pay, .. });
        assert_eq!((actions.iter().filter(pays).count(), inquiries(&actions)), (again, 1 - again), "{now}");
        // Nor with the next restart.
        assert_eq!(payment.handle(Event::Resumed, instant(now)).unwrap().iter().filter(pays).count(), again);
    }
}

#[test]
fn a_form_of_a_payment_code_is_shown_with_an_alert() {
    let mut payment = begun(Scenario::PaymentCode);
    let challenged = r#"{"result":{"resultStatus":"U","resultCode":"PAYMENT_IN_PROCESS"},
        "challengeActionForm":{"challengeType":"SMS_OTP"}}"#;
    let actions = answer(&mut payment, 1, Operation::Pay, challenged, 1_000);
    assert_eq!((presented(&actions), payment.alerts()), (1, &[AlertKind::CustomerActionRequired][..]));
    assert!(details(&actions).concat().contains("show the form"));
    assert_eq!(payment.next_wakeup(), Some(instant(16_000)));
}

#[test]
fn no_form_is_shown_once_the_customers_time_is_over() {
    let waiting = format!(
        r#"{{"result":{{"resultStatus":"S","resultCode":"SUCCESS"}},"paymentStatus":"PROCESSING",{FORM}}}"#
    );
    for (now, shown) in [(119_999, 1), (120_000, 0)] {
        let mut payment = begun(Scenario::PaymentCode);
        answer(&mut payment, 1, Operation::Pay, IN_PROCESS, 100_000);
        payment.handle(Event::Tick, instant(103_000)).unwrap();
        assert_eq!(presented(&answer(&mut payment, 2, Operation::Inquiry, &waiting, now)), shown, "{now}");
    }
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
    disputed.handle(Event::Notified { body: object(other) }, instant(2_000)).unwrap();
    for payment in [&mut payment, &mut disputed] {
        assert_eq!(payment.outcome(), None);
        let due = payment.next_wakeup().unwrap();
        payment.handle(Event::Tick, due).unwrap();
        assert_eq!(presented(&answer(payment, 2, Operation::Inquiry, &waiting, due.as_millis() + 1)), 0);
    }
}

/// A notification of success, of either protocol, that does not say how much.
fn unstated() -> Event {
    let body = r#"{"notifyType":"PAYMENT_RESULT","result":{"resultStatus":"S","resultCode":"SUCCESS"},
        "paymentResult":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentRequestId":"pay_1"}"#;
    Event::Notified { body: object(body) }
}

fn inquiries(actions: &[Numbered]) -> usize {
    let is =
        |numbered: &&Numbered| matches!(numbered.action, Action::Send { operation: Operation::Inquiry, .. });
    actions.iter().filter(is).count()
}

#[test]
fn success_without_an_amount_is_asked_about_where_asking_helps() {
    let mut paying = begun(Scenario::PaymentCode);
    let sent = paying.handle(unstated(), instant(1_000)).unwrap();
    assert_eq!((paying.state().name(), inquiries(&sent)), ("confirming", 1));
    // One was sent at this very moment.
    let mut awaiting = begun(Scenario::OrderCode);
    answer(&mut awaiting, 1, Operation::Pay, DONE, 1_000);
    assert_eq!(inquiries(&awaiting.handle(Event::Tick, instant(16_000)).unwrap()), 1);
    assert_eq!(inquiries(&awaiting.handle(unstated(), instant(16_000)).unwrap()), 0);
    assert_eq!(inquiries(&awaiting.handle(unstated(), instant(17_000)).unwrap()), 1);
    // A cancel is under way: its answer decides.
    let mut cancelling = begun(Scenario::PaymentCode);
    cancelling.handle(Event::CancelRequested, instant(1_000)).unwrap();
    assert_eq!(inquiries(&cancelling.handle(unstated(), instant(1_500)).unwrap()), 0);
}

#[test]
fn a_window_that_ends_during_the_check_leaves_no_cancel_to_go_back_to() {
    let policy = Policy {
        cancel_window: CancelWindow::Period(Duration::from_secs(1)),
        ..Policy::preset(Protocol::Ams)
    };
    let mut payment = begun_with(policy, Scenario::PaymentCode);
    payment.handle(Event::CancelRequested, instant(230_000)).unwrap();
    let conflict = r#"{"result":{"resultStatus":"F","resultCode":"ORDER_STATUS_INVALID"}}"#;
    answer(&mut payment, 2, Operation::Cancel, conflict, 280_000);
    while let Some(at) = payment.next_wakeup() {
        for Numbered { action, .. } in payment.handle(Event::Tick, at).unwrap() {
            assert!(!matches!(action, Action::Send { operation: Operation::Cancel, .. }), "at {at:?}");
        }
    }
    assert_eq!(payment.outcome(), Some(&Outcome::Unresolved { reason: UnresolvedReason::CancelWindow }));
}

#[test]
fn after_an_unresolved_end_a_human_hears_of_final_facts_alone() {
    let policy =
        Policy { refund_after_cancel_window: RefundAfterCancelWindow::Ask, ..Policy::preset(Protocol::Ams) };
    let mut payment = begun_with(policy, Scenario::PaymentCode);
    payment.handle(Event::CancelRequested, instant(1_000)).unwrap();
    let exceeded = r#"{"result":{"resultStatus":"F","resultCode":"CANCEL_WINDOW_EXCEED"}}"#;
    answer(&mut payment, 2, Operation::Cancel, exceeded, 1_100);
    payment.handle(Event::Tick, payment.next_wakeup().unwrap()).unwrap();
    let paid = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentStatus":"SUCCESS",
        "paymentAmount":{"currency":"USD","value":"1999"}}"#;
    answer(&mut payment, 3, Operation::Inquiry, paid, 9_000);
    assert_eq!(payment.outcome(), Some(&Outcome::Unresolved { reason: UnresolvedReason::RefundConsent }));
    let consent = payment.alerts().to_vec();
    let waiting = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentStatus":"PROCESSING"}"#;
    answer(&mut payment, 3, Operation::Inquiry, waiting, 9_100);
    assert_eq!(payment.alerts(), consent);
    answer(&mut payment, 2, Operation::Cancel, DONE, 9_200);
    assert_eq!(payment.alerts(), [&consent[..], &[AlertKind::LateEvidence]].concat());
}

#[test]
fn an_answer_that_comes_again_does_not_put_the_resend_off() {
    let mut payment = begun_with(Policy::preset(Protocol::AlipayPlus), Scenario::PaymentCode);
    let unknown = r#"{"result":{"resultStatus":"U","resultCode":"UNKNOWN_EXCEPTION"}}"#;
    for now in [4_500, 4_600] {
        answer(&mut payment, 1, Operation::Pay, unknown, now);
        assert_eq!(payment.next_wakeup(), Some(instant(7_500)));
    }
}

#[test]
fn one_request_that_did_not_leave_says_nothing_of_the_other() {
    let mut payment = begun_with(Policy::preset(Protocol::AlipayPlus), Scenario::PaymentCode);
    payment.handle(Event::Tick, instant(5_000)).unwrap();
    let again = payment.handle(Event::Tick, instant(8_000)).unwrap();
    assert!(matches!(again[0].action, Action::Send { send_id: 2, operation: Operation::Pay, .. }));
    payment.handle(unstated(), instant(8_500)).unwrap();
    assert_eq!(payment.state().name(), "confirming");
    let refused = Event::NoReply {
        send_id: 2,
        operation: Operation::Pay,
        certainty: Certainty::NotSent,
        unverified: None,
    };
    payment.handle(refused, instant(9_000)).unwrap();
    assert_eq!(payment.outcome(), None);
}
