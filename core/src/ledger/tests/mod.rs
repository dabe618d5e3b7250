//! The course of a refund in both protocols, and the sums of the ledger.

mod rules;
mod standing;

use super::*;
use crate::api::{RefundRequest, Scenario};
use crate::gateway::{Operation, Protocol};
use crate::json::Object;
use crate::machine::refund_body::body;
use crate::payment::{AlertKind, Certainty, Event, Payment, PaymentOrder, Policy, Timing};
use crate::refund::{RefundAction, RefundOutcome};
use crate::time::instant;

fn usd(value: &str) -> Amount {
    Amount::from_minor(value, "USD").unwrap()
}

fn paid(protocol: Protocol) -> Payment {
    let order = PaymentOrder::new(
        "pay_1".into(),
        usd("1000"),
        Scenario::PaymentCode,
        None,
        "/ams/api/v1".into(),
        &Object::new(),
    );
    let mut payment = Payment::new(Policy::preset(protocol), order);
    payment.begin(instant(0)).unwrap();
    let body = br#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentId":"2026"}"#;
    let body = Object::parse(body).unwrap();
    payment
        .handle(
            Event::Reply { send_id: 1, operation: Operation::Pay, body, timing: Timing::default() },
            instant(1),
        )
        .unwrap();
    payment
}

fn order(id: &str, value: &str) -> RefundOrder {
    let body = crate::payment::Secret::new("{}".into());
    RefundOrder { refund_request_id: id.into(), amount: usd(value), api_prefix: "/ams/api/v1".into(), body }
}

fn sent(actions: &[NumberedRefund]) -> Vec<&'static str> {
    actions
        .iter()
        .filter_map(|numbered| match &numbered.action {
            RefundAction::Send { operation, .. } => Some(operation.as_str()),
            RefundAction::Conclude { .. } | RefundAction::Alert { .. } => None,
        })
        .collect()
}

fn answer(
    ledger: &mut RefundLedger,
    send_id: u32,
    operation: Operation,
    body: &str,
    now: i64,
) -> Vec<NumberedRefund> {
    let body = Object::parse(body.as_bytes()).unwrap();
    ledger
        .handle("r", RefundEvent::Reply { send_id, operation, body, timing: Timing::default() }, instant(now))
        .unwrap()
}

fn begun(protocol: Protocol) -> RefundLedger {
    let mut ledger = RefundLedger::of(&paid(protocol)).unwrap();
    ledger.enter(order("r", "400")).unwrap();
    let actions = ledger.handle("r", RefundEvent::Begin, instant(0)).unwrap();
    assert_eq!(sent(&actions), ["refund"]);
    ledger
}

/// When the refund has something to do. These tests count all times in milliseconds.
fn wakeup(ledger: &RefundLedger) -> Option<i64> {
    ledger.refund("r").unwrap().next_wakeup().map(Timestamp::as_millis)
}

/// Every send of a course that hears nothing, with its time, until the time given.
fn silence(ledger: &mut RefundLedger, until: i64) -> Vec<(i64, &'static str)> {
    let (mut sends, mut before) = (Vec::new(), i64::MIN);
    while let Some(at) = wakeup(ledger).filter(|at| *at <= until) {
        assert!(at > before, "the same wake-up again");
        before = at;
        let actions = ledger.handle("r", RefundEvent::Tick, instant(at)).unwrap();
        sends.extend(sent(&actions).into_iter().map(|operation| (at, operation)));
    }
    sends
}

#[test]
fn silence_repeats_then_inquires_in_ams_and_ends_unresolved() {
    let mut ledger = begun(Protocol::Ams);
    let sends = silence(&mut ledger, 180_000);
    let quick: Vec<_> = (1..12).map(|n| (n * 5_000, "refund")).collect();
    assert_eq!(sends[..11], quick);
    assert_eq!(
        sends[11..],
        [(60_000, "refund_inquiry"), (120_000, "refund_inquiry"), (180_000, "refund_inquiry")]
    );
    silence(&mut ledger, i64::MAX);
    assert_eq!(ledger.refund("r").unwrap().outcome(), Some(&RefundOutcome::Unresolved));
    assert_eq!(ledger.left(), 600, "an unresolved refund counts as spent");
}

#[test]
fn silence_repeats_the_same_request_in_alipay_plus() {
    let mut ledger = begun(Protocol::AlipayPlus);
    let sends = silence(&mut ledger, 25 * 3_600_000);
    assert!(sends.iter().all(|(_, operation)| *operation == "refund"));
    assert_eq!(sends[11..13], [(60_000, "refund"), (120_000, "refund")]);
}

#[test]
fn an_unknown_refund_is_asked_for_three_times_more_and_sent_again() {
    let mut ledger = begun(Protocol::Ams);
    silence(&mut ledger, 60_000);
    let not_found = r#"{"result":{"resultStatus":"F","resultCode":"ORDER_NOT_EXIST"}}"#;
    let mut now = 60_000;
    for send_id in 13..16 {
        assert!(answer(&mut ledger, send_id, Operation::RefundInquiry, not_found, now + 1).is_empty());
        assert_eq!(silence(&mut ledger, now + 15_001), [(now + 15_001, "refund_inquiry")]);
        now += 15_001;
    }
    assert_eq!(sent(&answer(&mut ledger, 16, Operation::RefundInquiry, not_found, now + 1)), ["refund"]);
    assert_eq!(silence(&mut ledger, now + 60_001), [(now + 60_001, "refund_inquiry")]);
}

#[test]
fn in_process_is_inquired_and_not_sent_again() {
    let mut ledger = begun(Protocol::Ams);
    let in_process = r#"{"result":{"resultStatus":"U","resultCode":"REFUND_IN_PROCESS"}}"#;
    assert!(answer(&mut ledger, 1, Operation::Refund, in_process, 100).is_empty());
    assert_eq!(silence(&mut ledger, 5_000), [(5_000, "refund_inquiry")]);
    let done =
        r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"refundStatus":"SUCCESS","refundId":"9"}"#;
    answer(&mut ledger, 2, Operation::RefundInquiry, done, 5_100);
    assert_eq!(ledger.refund("r").unwrap().outcome(), Some(&RefundOutcome::Refunded));
    assert_eq!(
        (ledger.refunded(), ledger.left(), ledger.refund("r").unwrap().refund_id()),
        (400, 600, Some("9"))
    );
}

#[test]
fn a_refusal_frees_the_amount_and_a_low_balance_raises_its_alert() {
    let mut ledger = begun(Protocol::Ams);
    let refused = r#"{"result":{"resultStatus":"F","resultCode":"MERCHANT_BALANCE_NOT_ENOUGH"}}"#;
    answer(&mut ledger, 1, Operation::Refund, refused, 100);
    let refund = ledger.refund("r").unwrap();
    assert_eq!(refund.outcome(), Some(&RefundOutcome::Failed { code: "MERCHANT_BALANCE_NOT_ENOUGH".into() }));
    assert_eq!(refund.alerts(), [AlertKind::MerchantBalanceNotEnough]);
    assert_eq!(ledger.left(), 1_000);
    ledger.enter(order("s", "1000")).unwrap();
    assert_eq!(RefundLedger::restore(&ledger.snapshot()).as_ref(), Ok(&ledger));
}

#[test]
fn another_id_or_amount_settles_nothing() {
    let mut ledger = begun(Protocol::Ams);
    let ok = r#""result":{"resultStatus":"S","resultCode":"SUCCESS"}"#;
    answer(&mut ledger, 1, Operation::Refund, &format!(r#"{{{ok},"refundRequestId":"other"}}"#), 1);
    let amount = r#""refundAmount":{"currency":"USD","value":"401"}"#;
    answer(&mut ledger, 1, Operation::Refund, &format!("{{{ok},{amount}}}"), 2);
    let refund = ledger.refund("r").unwrap();
    assert_eq!(refund.outcome(), None);
    assert_eq!(
        refund.alerts().iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
        ["id_mismatch", "amount_mismatch"]
    );
}

#[test]
fn the_sum_never_exceeds_the_payment() {
    let mut ledger = RefundLedger::of(&paid(Protocol::Ams)).unwrap();
    ledger.enter(order("a", "600")).unwrap();
    ledger.enter(order("a", "600")).unwrap();
    assert_eq!(ledger.enter(order("a", "599")).unwrap_err().code(), "request.invalid");
    assert_eq!(ledger.enter(order("b", "401")).unwrap_err().code(), "request.refund_exceeds");
    assert_eq!(ledger.enter(order("b", "0")).unwrap_err().code(), "amount.zero");
    ledger.enter(order("b", "400")).unwrap();
    assert_eq!((ledger.left(), ledger.refunds().len()), (0, 2));
    let euro = RefundOrder { amount: Amount::from_minor("1", "EUR").unwrap(), ..order("c", "1") };
    assert_eq!(ledger.enter(euro).unwrap_err().path(), Some("refundAmount.currency"));
    assert_eq!(RefundLedger::restore(&ledger.snapshot()).unwrap(), ledger);
}

#[test]
fn a_request_is_entered_with_the_id_that_the_gateway_gave_the_payment() {
    let mut ledger = RefundLedger::of(&paid(Protocol::Ams)).unwrap();
    let request = RefundRequest::new().refund_request_id("r").refund_amount(usd("400"));
    let entered = ledger.enter_request(&request, "/ams/api/v1".into()).unwrap();
    let body = Object::parse(entered.order().body.expose().as_bytes()).unwrap();
    assert_eq!(body.text("paymentId").as_deref(), Some("2026"));
    assert_eq!((entered.state(), entered.order().amount, ledger.left()), ("ready", usd("400"), 600));
    let nothing = RefundRequest::new().refund_request_id("s");
    let refused = ledger.enter_request(&nothing, "/ams/api/v1".into()).unwrap_err();
    assert_eq!((refused.code().as_str(), refused.path()), ("request.missing", Some("refundAmount")));
    let too_much = RefundRequest::new().refund_request_id("s").refund_amount(usd("601"));
    let refused = ledger.enter_request(&too_much, "/ams/api/v1".into()).unwrap_err();
    assert_eq!(refused.code(), "request.refund_exceeds");
}

#[test]
fn only_a_payment_that_succeeded_has_a_ledger() {
    let order = PaymentOrder::new(
        "p".into(),
        usd("1"),
        Scenario::PaymentCode,
        None,
        "/ams/api/v1".into(),
        &Object::new(),
    );
    let mut payment = Payment::new(Policy::preset(Protocol::Ams), order);
    assert_eq!(RefundLedger::of(&payment).unwrap_err().code(), "payment.not_final");
    payment.handle(Event::CancelRequested, instant(0)).unwrap();
    assert_eq!(RefundLedger::of(&payment).unwrap_err().code(), "payment.not_succeeded");
}

#[test]
fn events_that_do_not_fit_change_nothing() {
    let mut ledger = begun(Protocol::Ams);
    let before = ledger.clone();
    let code = |result: crate::Result<Vec<NumberedRefund>>| result.unwrap_err().code();
    assert_eq!(code(ledger.handle("r", RefundEvent::Begin, instant(1))), "refund.already_begun");
    assert_eq!(code(ledger.handle("x", RefundEvent::Tick, instant(1))), "refund.not_begun");
    let certainty = Certainty::NotSent;
    let no_reply = |send_id, operation| RefundEvent::NoReply { send_id, operation, certainty };
    assert_eq!(code(ledger.handle("r", no_reply(2, Operation::Refund), instant(1))), "refund.unknown_send");
    assert_eq!(code(ledger.handle("r", no_reply(0, Operation::Refund), instant(1))), "refund.unknown_send");
    assert_eq!(
        code(ledger.handle("r", no_reply(1, Operation::RefundInquiry), instant(1))),
        "refund.wrong_operation"
    );
    assert_eq!(ledger, before);
    ledger.enter(order("s", "1")).unwrap();
    for event in [RefundEvent::Tick, RefundEvent::Resumed, no_reply(1, Operation::Refund)] {
        assert_eq!(code(ledger.handle("s", event, instant(1))), "refund.not_begun");
    }
}

const DONE: &str = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"refundId":"9"}"#;
const REFUSED: &str = r#"{"result":{"resultStatus":"F","resultCode":"REFUND_AMOUNT_EXCEED"}}"#;

/// What an answer to the first send makes of a refund: its state, outcome and alerts.
fn settled(first: &str, then: &str) -> (&'static str, Vec<&'static str>) {
    let mut ledger = begun(Protocol::Ams);
    answer(&mut ledger, 1, Operation::Refund, first, 1);
    answer(&mut ledger, 1, Operation::Refund, then, 2);
    let refund = ledger.refund("r").unwrap();
    (refund.state(), refund.alerts().iter().map(|kind| kind.as_str()).collect())
}

#[test]
fn a_result_stands_and_what_contradicts_it_is_for_a_human() {
    let cancelled = r#"{"result":{"resultStatus":"F","resultCode":"ORDER_IS_CANCELED"}}"#;
    assert_eq!(settled(DONE, DONE), ("refunded", vec![]));
    assert_eq!(settled(DONE, REFUSED), ("refunded", vec![]));
    assert_eq!(settled(REFUSED, REFUSED), ("failed", vec![]));
    assert_eq!(settled(REFUSED, DONE), ("failed", vec!["conflicting_evidence"]));
    assert_eq!(settled(cancelled, cancelled), ("order_cancelled", vec![]));
}

#[test]
fn an_answer_after_giving_up_raises_an_alert_if_it_settles_something() {
    let in_process = r#"{"result":{"resultStatus":"U","resultCode":"REFUND_IN_PROCESS"}}"#;
    // The refusal of one copy says nothing of the eleven others.
    for (late, alerts) in [(DONE, 1), (REFUSED, 0), (in_process, 0)] {
        let mut ledger = begun(Protocol::Ams);
        silence(&mut ledger, i64::MAX);
        answer(&mut ledger, 1, Operation::Refund, late, i64::MAX);
        let refund = ledger.refund("r").unwrap();
        assert_eq!((refund.state(), refund.alerts().len()), ("unresolved", alerts), "{late}");
        assert!(refund.alerts().iter().all(|kind| kind.as_str() == "late_evidence"));
    }
}

#[test]
fn an_inquiry_names_the_refund_and_an_unknown_status_is_told_once() {
    let mut ledger = begun(Protocol::Ams);
    let begun = ledger.refund("r").unwrap().clone();
    assert_eq!((begun.state(), begun.next_wakeup()), ("refunding", Some(instant(5_000))));
    silence(&mut ledger, 59_999);
    let actions = ledger.handle("r", RefundEvent::Tick, instant(60_000)).unwrap();
    let [NumberedRefund { sequence: 13, action: RefundAction::Send { send_id: 13, path, body, .. } }] =
        &actions[..]
    else {
        panic!("{actions:?}");
    };
    assert_eq!(
        (path.as_str(), body.expose()),
        ("/ams/api/v1/payments/inquiryRefund", r#"{"refundRequestId":"r"}"#)
    );
    let strange = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"refundStatus":"HALF"}"#;
    assert_eq!(answer(&mut ledger, 13, Operation::RefundInquiry, strange, 60_001).len(), 1);
    assert_eq!(answer(&mut ledger, 13, Operation::RefundInquiry, strange, 60_002).len(), 0);
    let refund = ledger.refund("r").unwrap();
    assert_eq!((refund.state(), refund.alerts()), ("refunding", &[AlertKind::UnknownWord][..]));
}

#[test]
fn a_failed_refund_is_told_with_its_reason_where_there_is_one() {
    for (more, code) in [(r#","refundResultCode":"RISK_REJECT""#, "RISK_REJECT"), ("", "PROCESS_FAIL")] {
        let mut ledger = begun(Protocol::Ams);
        silence(&mut ledger, 60_000);
        let failed = format!(
            r#"{{"result":{{"resultStatus":"S","resultCode":"SUCCESS"}},"refundStatus":"FAIL"{more}}}"#
        );
        answer(&mut ledger, 13, Operation::RefundInquiry, &failed, 60_001);
        let outcome = ledger.refund("r").unwrap().outcome();
        assert_eq!(outcome, Some(&RefundOutcome::Failed { code: code.into() }));
    }
}

#[test]
fn deadlines_follow_a_clock_that_is_set_back() {
    let mut ledger = RefundLedger::of(&paid(Protocol::Ams)).unwrap();
    ledger.enter(order("r", "400")).unwrap();
    ledger.handle("r", RefundEvent::Begin, instant(1_000_000)).unwrap();
    assert_eq!(wakeup(&ledger), Some(1_005_000));
    assert!(ledger.handle("r", RefundEvent::Tick, instant(200_000)).unwrap().is_empty());
    assert_eq!(wakeup(&ledger), Some(205_000));
    // The pace changes, and the refund is given up, as much earlier.
    let sends = silence(&mut ledger, 260_000);
    assert_eq!((sends.len(), sends.last()), (12, Some(&(260_000, "refund_inquiry"))));
    let mut last = i64::MIN;
    while let Some(at) = wakeup(&ledger) {
        assert!(at > last, "the same wake-up again");
        last = at;
        ledger.handle("r", RefundEvent::Tick, instant(at)).unwrap();
    }
    assert_eq!(last, 260_000 + 24 * 3_600_000);
}

#[test]
fn too_many_requests_put_the_next_one_off_once() {
    let limit = r#"{"result":{"resultStatus":"U","resultCode":"REQUEST_TRAFFIC_EXCEED_LIMIT"}}"#;
    let unknown = r#"{"result":{"resultStatus":"U","resultCode":"UNKNOWN_EXCEPTION"}}"#;
    let mut ledger = begun(Protocol::Ams);
    answer(&mut ledger, 1, Operation::Refund, unknown, 1);
    assert_eq!(wakeup(&ledger), Some(5_000));
    answer(&mut ledger, 1, Operation::Refund, limit, 2);
    answer(&mut ledger, 1, Operation::Refund, limit, 3);
    assert_eq!(wakeup(&ledger), Some(10_000));
    silence(&mut ledger, 10_000);
    answer(&mut ledger, 2, Operation::Refund, limit, 10_001);
    assert_eq!(wakeup(&ledger), Some(20_000));
}

#[test]
fn what_was_to_be_done_is_given_again_to_a_host_that_comes_back() {
    let mut ledger = begun(Protocol::Ams);
    let again = ledger.handle("r", RefundEvent::Resumed, instant(1)).unwrap();
    assert_eq!((sent(&again), again[0].sequence), (vec!["refund"], 1));
    let long = format!(r#"{{"result":{{"resultStatus":"U"}},"refundId":"{}"}}"#, "9".repeat(65));
    answer(&mut ledger, 1, Operation::Refund, &long, 2);
    answer(&mut ledger, 1, Operation::Refund, DONE, 3);
    let refund = ledger.refund("r").unwrap();
    assert_eq!((refund.refund_id(), refund.state()), (Some("9"), "refunded"));
    assert_eq!(ledger.handle("r", RefundEvent::Resumed, instant(4)).unwrap()[0].sequence, 2);
}

#[test]
fn the_ledger_tells_its_payment_and_refuses_sums_that_can_not_be() {
    let mut ledger = RefundLedger::of(&paid(Protocol::Ams)).unwrap();
    assert_eq!(
        (ledger.payment_request_id(), ledger.payment_id(), ledger.paid()),
        ("pay_1", Some("2026"), usd("1000"))
    );
    ledger.enter(order("a", "1000")).unwrap();
    let text = ledger.snapshot();
    assert_eq!(RefundLedger::restore(&text).unwrap(), ledger);
    let state = serde_json::from_str::<serde_json::Value>(&text).unwrap()["state"].take();
    for (member, value) in [("value", "999"), ("currency", "EUR")] {
        let mut state = state.clone();
        state["paid"][member] = value.into();
        let text = crate::machine::snapshot::write(
            &crate::machine::snapshot::REFUNDS,
            &Policy::preset(Protocol::Ams).into(),
            &state,
        );
        assert_eq!(RefundLedger::restore(&text).unwrap_err().code(), "snapshot.inconsistent", "{member}");
    }
}

#[test]
fn the_bodies_that_both_machines_send() {
    let text = |body: Option<Object>| body.map(|body| body.to_string());
    let amount = r#""refundRequestId":"r","refundAmount":{"currency":"USD","value":"5"}}"#;
    let with = |id: &str| Some(format!("{{{id},{amount}"));
    assert_eq!(text(body(Protocol::Ams, "p", Some("7"), "r", usd("5"))), with(r#""paymentId":"7""#));
    assert_eq!(text(body(Protocol::Ams, "p", None, "r", usd("5"))), None);
    assert_eq!(text(body(Protocol::AlipayPlus, "p", None, "r", usd("5"))), with(r#""paymentRequestId":"p""#));
    assert_eq!(text(body(Protocol::AlipayPlus, "p", Some("7"), "r", usd("5"))), with(r#""paymentId":"7""#));
}

#[test]
fn an_answer_that_comes_twice_is_counted_once() {
    let mut ledger = begun(Protocol::Ams);
    silence(&mut ledger, 60_000);
    let not_found = r#"{"result":{"resultStatus":"F","resultCode":"ORDER_NOT_EXIST"}}"#;
    answer(&mut ledger, 13, Operation::RefundInquiry, not_found, 60_001);
    assert_eq!(silence(&mut ledger, 75_001), [(75_001, "refund_inquiry")]);
    // The next send is number 14, and has heard nothing yet.
    answer(&mut ledger, 13, Operation::RefundInquiry, not_found, 75_002);
    assert_eq!(wakeup(&ledger), Some(135_001));
}

#[test]
fn a_recording_that_names_no_refund_settles_nothing() {
    let stale = Timing { signed_at: Some(instant(0)), stale: true };
    let reply = |body: &str| RefundEvent::Reply {
        send_id: 1,
        operation: Operation::Refund,
        body: Object::parse(body.as_bytes()).unwrap(),
        timing: stale,
    };
    let mut ledger = begun(Protocol::AlipayPlus);
    ledger
        .handle("r", reply(r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}"#), instant(1))
        .unwrap();
    let refund = ledger.refund("r").unwrap();
    assert_eq!((refund.state(), refund.alerts()), ("refunding", &[AlertKind::StaleAnswer][..]));
    let named = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"refundRequestId":"r"}"#;
    ledger.handle("r", reply(named), instant(2)).unwrap();
    assert_eq!(ledger.refund("r").unwrap().state(), "refunded");
}
