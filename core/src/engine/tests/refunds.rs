//! Refunds and reverses through the engine.

use super::*;
use crate::refund::RefundOutcome;
use crate::reverse::ReverseOutcome;

fn paid(world: &World, till: &mut Process) {
    till.pay(world, "p1");
    till.answer(world, Operation::Pay, PAID);
    till.events.clear();
}

fn refunded(process: &Process, call: CallId) -> &RefundResult {
    match &process.results[&call] {
        Ok(CallResult::Refund(report)) => report,
        other => panic!("no refund, but {other:?}"),
    }
}

#[test]
fn a_refund_is_stored_sent_and_told() {
    let world = World::new();
    let mut till = world.process("a");
    paid(&world, &mut till);
    let call = till.call(&world, "p1", refund("r1", "500"));
    assert_eq!(till.operations(), [Operation::Refund]);
    assert!(till.posts[0].body.contains("\"paymentId\":\"2026\""));
    assert!(!done(world.store.load("p1")).unwrap().unwrap().entry.columns.finished);
    // The same again waits for the same.
    let again = till.call(&world, "p1", refund("r1", "500"));
    till.answer(&world, Operation::Refund, DONE);
    for call in [call, again] {
        let report = refunded(&till, call);
        assert_eq!((&report.outcome, report.left), (&Some(RefundOutcome::Refunded), 1_499));
    }
    let stored = done(world.store.load("p1")).unwrap().unwrap();
    assert_eq!((stored.owner, stored.entry.columns.finished), (None, true));
    assert_eq!(till.engine.in_hand(), 0);
    let later = till.call(&world, "p1", refund("r1", "500"));
    assert_eq!(refunded(&till, later).outcome, Some(RefundOutcome::Refunded));
    assert!(till.posts.is_empty());
}

#[test]
fn refunds_never_exceed_the_payment_and_ids_are_not_reused() {
    let world = World::new();
    let (mut first, mut second) = (world.process("a"), world.process("b"));
    paid(&world, &mut first);
    first.call(&world, "p1", refund("r1", "1500"));
    // It is open, and counts as spent, also elsewhere.
    let call = second.call(&world, "p1", refund("r2", "500"));
    assert_eq!(second.error(call).code(), "request.refund_exceeds");
    let call = second.call(&world, "p1", refund("r1", "1400"));
    assert_eq!(second.error(call).code(), "refund.id_reused");
    assert!(second.error(call).may_have_refunded() && second.error(call).may_have_charged());
}

#[test]
fn a_refund_of_a_payment_that_is_open_is_refused() {
    let world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    let call = till.call(&world, "p1", refund("r1", "500"));
    let error = till.error(call);
    assert_eq!((error.code().as_str(), error.may_have_charged()), ("payment.not_final", true));
    assert!(!error.may_have_refunded());
}

#[test]
fn a_refund_survives_its_process() {
    let mut world = World::new();
    let mut till = world.process("a");
    paid(&world, &mut till);
    till.call(&world, "p1", refund("r1", "500"));
    drop(till);
    let mut worker = world.process("b");
    world.pass(30_000, &mut [&mut worker]);
    assert!(worker.operations().contains(&Operation::Refund), "{:?}", worker.operations());
    let call = worker.call(&world, "p1", refund("r1", "500"));
    worker.answer(&world, Operation::Refund, DONE);
    assert_eq!(refunded(&worker, call).outcome, Some(RefundOutcome::Refunded));
}

#[test]
fn a_refund_notification_finds_its_payment_and_ends_the_refund() {
    let mut world = World::new();
    let (mut till, mut endpoint) = (world.process("a"), world.process("b"));
    paid(&world, &mut till);
    let call = till.call(&world, "p1", refund("r1", "500"));
    till.no_answer(&world, Operation::Refund, Certainty::Unknown);
    let body = r#"{"notifyType":"REFUND_RESULT","result":{"resultStatus":"S","resultCode":"SUCCESS"},
        "refundRequestId":"r1","refundStatus":"SUCCESS","refundAmount":{"currency":"USD","value":"500"}}"#;
    let told = CallId(77);
    let refund_request_id = Some("r1".to_owned());
    endpoint.put(Input::Notified { call: told, id: None, refund_request_id, body: object(body) }, world.now);
    assert!(matches!(&endpoint.results[&told], Ok(CallResult::Notified(Notified::Taken { .. }))));
    world.pass(1_000, &mut [&mut till, &mut endpoint]);
    assert_eq!(refunded(&till, call).outcome, Some(RefundOutcome::Refunded));
    let unknown = CallId(78);
    let refund_request_id = Some("r9".to_owned());
    endpoint
        .put(Input::Notified { call: unknown, id: None, refund_request_id, body: object(body) }, world.now);
    assert_eq!(endpoint.results[&unknown], Ok(CallResult::Notified(Notified::Unknown)));
}

#[test]
fn a_reverse_cancels_and_is_told_again_the_same() {
    let world = World::new();
    let mut till = world.process("a");
    paid(&world, &mut till);
    let call = till.call(&world, "p1", Request::Reverse);
    assert_eq!(till.operations(), [Operation::Cancel]);
    till.answer(&world, Operation::Cancel, DONE);
    let again = till.call(&world, "p1", Request::Reverse);
    for call in [call, again] {
        let Ok(CallResult::Reverse(report)) = &till.results[&call] else { panic!("no reverse") };
        assert_eq!((&report.outcome, report.left), (&Some(ReverseOutcome::Reversed), 0));
    }
    let refused = till.call(&world, "p1", refund("r1", "500"));
    assert_eq!(till.error(refused).code(), "reverse.done");
    assert!(till.posts.is_empty());
}

/// A process that just began learns who lives later than what is stored. Entered before that, the refund would count as one
/// that an earlier owner may have sent, and its refusal would settle nothing.
#[test]
fn a_refund_is_entered_once_it_is_known_who_drives_the_payment() {
    let world = World::new();
    let mut till = world.process("a");
    paid(&world, &mut till);
    let mut engine = Engine::new(Config::new("b"));
    engine.add_merchant(MERCHANT, Policy::preset(Protocol::Ams), Limits::default()).unwrap();
    let now = Now { wall: instant(START), monotonic: Duration::ZERO };
    let request = refund("r1", "500");
    let call = Input::Call { call: CallId(1), id: "p1".into(), request, wait: None };
    let mut outputs = engine.handle(call, now);
    let mut sent = Vec::new();
    while !outputs.is_empty() {
        // The beat is answered last of all.
        let beats =
            |output: &Output| matches!(output, Output::Store { operation: StoreOperation::Beat { .. }, .. });
        let next = outputs.iter().position(|output| !beats(output)).unwrap_or(0);
        match outputs.remove(next) {
            Output::Store { job, operation } => {
                let mut performing = pin!(operation.perform(&world.store));
                let Poll::Ready(answer) = performing.as_mut().poll(&mut Context::from_waker(Waker::noop()))
                else {
                    panic!("the memory store waits for nothing")
                };
                outputs.extend(engine.handle(Input::Stored { job, answer }, now));
            }
            Output::Post { operation, send_id, .. } => sent.push((operation, send_id)),
            _ => {}
        }
    }
    assert_eq!(sent, [(Operation::Refund, 1)]);
}

#[test]
fn who_does_not_wait_for_a_refund_is_told_that_it_is_stored() {
    let mut world = World::new();
    let mut till = world.process("a");
    paid(&world, &mut till);
    let asks = |till: &mut Process, number, request| {
        let call = CallId(number);
        till.put(Input::Call { call, id: "p1".into(), request, wait: Some(Duration::ZERO) }, world.now);
        call
    };
    let call = asks(&mut till, 100, refund("r1", "500"));
    let report = refunded(&till, call);
    assert_eq!((&report.outcome, report.may_have_refunded, report.stored), (&None, true, true));
    assert_eq!(till.operations(), [Operation::Refund]);
    till.answer(&world, Operation::Refund, DONE);
    let call = asks(&mut till, 101, refund("r1", "500"));
    assert_eq!(refunded(&till, call).outcome, Some(RefundOutcome::Refunded));
    // A store that does not answer is given a moment, and then it is said that nothing is known.
    till.weather = Weather::Hangs;
    let call = asks(&mut till, 102, refund("r2", "500"));
    world.pass(4_900, &mut [&mut till]);
    assert!(!till.results.contains_key(&call));
    world.pass(200, &mut [&mut till]);
    let error = till.error(call);
    assert_eq!((error.code().as_str(), error.may_have_refunded()), ("payment.interrupted", true));
}
