//! What a caller is promised: one result, the same id again, a wait that ends.

use super::*;

#[test]
fn a_payment_is_stored_before_it_is_sent_and_told_once() {
    let world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    assert_eq!(till.operations(), [Operation::Pay]);
    assert!(till.posts[0].body.contains(CODE));
    let record = world.record("p1");
    assert_eq!((record.payment().state().name(), record.undone().len()), ("paying", 1));
    till.answer(&world, Operation::Pay, PAID);
    let report = till.payment(call);
    assert_eq!((&report.outcome, report.stored), (&Some(Outcome::Succeeded), true));
    assert!(report.may_have_charged && !report.code_ignored);
    assert_eq!(till.events, ["sent", "answered", "concluded"]);
    let stored = done(world.store.load("p1")).unwrap().unwrap();
    assert_eq!((stored.owner, stored.entry.columns.finished), (None, true));
    assert_eq!(till.engine.in_hand(), 0);
}

#[test]
fn the_same_again_gives_the_result_and_sends_nothing() {
    let world = World::new();
    let mut till = world.process("a");
    let first = till.pay(&world, "p1");
    let again = till.pay(&world, "p1");
    assert_eq!(till.operations(), [Operation::Pay]);
    till.answer(&world, Operation::Pay, PAID);
    assert_eq!(till.ended(first), till.ended(again));
    // Also when it has ended, at another till, and with the code that the customer shows now.
    let mut other = world.process("b");
    let later = other.call(
        &world,
        "p1",
        Request::Pay(order("p1", Scenario::PaymentCode, "1999", "281006020000000000125734")),
    );
    let report = other.payment(later);
    assert_eq!(report.outcome, Some(Outcome::Succeeded));
    assert!(report.code_ignored && other.posts.is_empty());
}

#[test]
fn another_request_under_the_same_id_is_refused_with_what_is_stored() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    let other = |till: &mut Process, world: &World| {
        till.call(world, "p1", Request::Pay(order("p1", Scenario::PaymentCode, "2999", CODE)))
    };
    let call = other(&mut till, &world);
    let error = till.error(call);
    assert_eq!((error.code().as_str(), error.may_have_charged()), ("payment.id_reused", true));
    assert!(error.reason().contains("19.99 USD") && error.reason().contains("paying"), "{error}");
    assert!(error.hint().contains("may have been made"), "{error}");
    till.answer(&world, Operation::Pay, DECLINED);
    let mut second = world.process("b");
    let call = other(&mut second, &world);
    let error = second.error(call);
    assert_eq!((error.code().as_str(), error.may_have_charged()), ("payment.id_reused", false));
    assert!(error.hint().contains("use a new id"), "{error}");
    world.pass(10_000, &mut [&mut till, &mut second]);
    assert!(till.posts.is_empty() && second.posts.is_empty());
}

#[test]
fn a_call_ends_when_it_has_waited_and_the_payment_goes_on() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = CallId(100);
    let request = Request::Pay(order("p1", Scenario::PaymentCode, "1999", CODE));
    till.put(Input::Call { call, id: "p1".into(), request, wait: Some(Duration::from_secs(4)) }, world.now);
    till.answer(&world, Operation::Pay, IN_PROCESS);
    world.pass(4_000, &mut [&mut till]);
    let report = till.payment(call);
    assert_eq!((&report.outcome, report.phase, report.may_have_charged), (&None, "confirming", true));
    till.answer(&world, Operation::Inquiry, INQUIRED_PAID);
    assert_eq!(world.outcome("p1"), Some(Outcome::Succeeded));
}

#[test]
fn who_does_not_wait_is_told_that_it_is_stored() {
    let world = World::new();
    let mut till = world.process("a");
    let call = CallId(100);
    let request = Request::Pay(order("p1", Scenario::PaymentCode, "1999", CODE));
    till.put(Input::Call { call, id: "p1".into(), request, wait: Some(Duration::ZERO) }, world.now);
    assert_eq!(till.payment(call).outcome, None);
    assert_eq!(till.operations(), [Operation::Pay]);
    let status = till.call(&world, "p1", Request::Status);
    assert_eq!(till.payment(status).phase, "paying");
}

#[test]
fn an_unknown_payment_is_said_to_be_unknown() {
    let world = World::new();
    let mut till = world.process("a");
    for request in [Request::Status, Request::Resume, Request::Cancel, Request::Reverse, refund("r1", "5")] {
        let call = till.call(&world, "nothing", request);
        assert_eq!(till.error(call).code(), "request.unknown_payment");
    }
    let call = till.notify(&world, "nothing", &notified("nothing", "S"));
    assert_eq!(till.results[&call], Ok(CallResult::Notified(Notified::Unknown)));
    assert_eq!(till.engine.in_hand(), 0);
}

#[test]
fn a_payment_that_expired_before_it_could_begin_is_refused_and_nothing_is_sent() {
    let world = World::new();
    let mut till = world.process("a");
    let mut late = order("p1", Scenario::PaymentCode, "1999", CODE);
    late.order.payment_expiry_time = Some(Timestamp::from_millis(START - 1));
    let call = till.call(&world, "p1", Request::Pay(late));
    let error = till.error(call);
    assert_eq!((error.code().as_str(), error.may_have_charged()), ("payment.expired", false));
    assert!(till.posts.is_empty() && done(world.store.load("p1")).unwrap().is_none());
    assert_eq!(till.engine.in_hand(), 0);
}

#[test]
fn a_cancel_is_followed_to_its_end() {
    let world = World::new();
    let mut till = world.process("a");
    let pay = till.pay(&world, "p1");
    let cancel = till.call(&world, "p1", Request::Cancel);
    assert_eq!(till.operations(), [Operation::Pay, Operation::Cancel]);
    till.answer(&world, Operation::Cancel, DONE);
    for call in [pay, cancel] {
        assert_eq!(till.payment(call).outcome, Some(Outcome::Cancelled));
    }
    assert!(!till.payment(pay).may_have_charged);
    // The answer to pay comes late, and says otherwise: it is not lost.
    till.answer(&world, Operation::Pay, PAID);
    let alerts: Vec<_> = world.record("p1").open_alerts().map(|alert| alert.kind).collect();
    assert_eq!(alerts, [AlertKind::ConflictingEvidence]);
}

#[test]
fn alerts_stay_open_until_somebody_acknowledges_them() {
    let world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, DECLINED);
    let told = till.notify(&world, "p1", &notified("p1", "S"));
    let Ok(CallResult::Notified(Notified::Taken { alerts, outcome, .. })) = &till.results[&told] else {
        panic!("it is taken")
    };
    assert_eq!(alerts.iter().map(|alert| alert.kind).collect::<Vec<_>>(), [AlertKind::ConflictingEvidence]);
    assert!(matches!(outcome, Some(Outcome::Failed { .. })));
    assert!(done(world.store.load("p1")).unwrap().unwrap().entry.columns.open_alerts);
    let revision = || done(world.store.load("p1")).unwrap().unwrap().revision;
    let before = revision();
    // Again: nothing is new, and nothing is written.
    let again = till.notify(&world, "p1", &notified("p1", "S"));
    assert!(matches!(&till.results[&again],
        Ok(CallResult::Notified(Notified::Taken { alerts, .. })) if alerts.is_empty()));
    assert_eq!(revision(), before);
    let acknowledge = |numbers: Vec<u32>| Request::Acknowledge { numbers, who: "Ann".into() };
    let wrong = till.call(&world, "p1", acknowledge(vec![2]));
    assert_eq!(till.error(wrong).code(), "request.invalid");
    let call = till.call(&world, "p1", acknowledge(vec![1]));
    assert_eq!(till.results[&call], Ok(CallResult::Done));
    let record = world.record("p1");
    assert_eq!(record.open_alerts().count(), 0);
    assert_eq!(record.alerts()[0].acknowledged.as_ref().map(|by| by.who.as_str()), Some("Ann"));
    assert!(!done(world.store.load("p1")).unwrap().unwrap().entry.columns.open_alerts);
}

#[test]
fn a_person_resolves_only_what_is_unresolved() {
    let world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, PAID);
    let resolve = |who: &str| Request::Resolve {
        refund_request_id: None,
        resolved: crate::refund::Resolved::Made,
        who: who.into(),
        note: "seen at the bank".into(),
    };
    let call = till.call(&world, "p1", resolve("Ann"));
    assert_eq!(till.error(call).code().as_str(), "payment.not_unresolved");
    let call = till.call(&world, "p1", resolve(" "));
    assert_eq!((till.error(call).code().as_str(), till.error(call).path()), ("request.missing", Some("who")));
}

#[test]
fn closing_gives_everything_back_and_says_what_is_not_known() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    till.put(Input::Close, world.now);
    assert!(till.closed);
    let error = till.error(call);
    assert_eq!((error.code().as_str(), error.may_have_charged()), ("payment.interrupted", true));
    assert!(error.hint().contains("call pay with this id again"), "{error}");
    let late = till.pay(&world, "p2");
    assert_eq!(till.error(late).code(), "client.closed");
    // A second process goes on as soon as the payment is due.
    let mut other = world.process("b");
    world.pass(6_000, &mut [&mut other]);
    assert_eq!(world.record("p1").payment().state().name(), "confirming");
    assert!(other.operations().contains(&Operation::Inquiry));
}

#[test]
fn a_pay_that_a_cancel_overtakes_before_it_left_is_known_not_to_be_sent() {
    let mut world = World::new();
    let limits = Limits { in_flight: 1, per_second: 1_000, burst: 1_000 };
    let mut till = world.process_with(Config::new("a"), limits);
    // Nothing leaves before the owner has beaten, and the store does not answer yet.
    world.now += 60_000;
    till.weather = Weather::Hangs;
    till.put(Input::Time, world.now);
    till.weather = Weather::Fine;
    let pay = till.pay(&world, "p1");
    assert!(till.posts.is_empty(), "its last beat is too old");
    let cancel = till.call(&world, "p1", Request::Cancel);
    world.pass(1_000, &mut [&mut till]);
    for call in [pay, cancel] {
        assert_eq!(till.payment(call).outcome, Some(Outcome::Cancelled));
    }
    assert!(till.posts.is_empty());
}

#[test]
fn a_payment_that_has_ended_is_no_news_to_who_pays_again() {
    let world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, PAID);
    for mut process in [till, world.process("b")] {
        process.events.clear();
        let again = process.pay(&world, "p1");
        assert_eq!(process.payment(again).outcome, Some(Outcome::Succeeded));
        assert!(process.events.is_empty(), "{:?}", process.events);
    }
}

#[test]
fn a_start_that_can_not_leave_is_told_that_nothing_was_sent() {
    let mut world = World::new();
    let mut till = world.process("a");
    // Nothing leaves before the owner has beaten, and the store does not answer that.
    world.now += 60_000;
    till.weather = Weather::Hangs;
    till.put(Input::Time, world.now);
    till.weather = Weather::Fine;
    let begin = Request::Start(order("p1", Scenario::PaymentCode, "1999", CODE));
    let start = till.call(&world, "p1", begin);
    assert_eq!(world.record("p1").payment().state().name(), "paying");
    assert!(till.results.is_empty(), "who ends now loses the sale");
    world.pass(70_000, &mut [&mut till]);
    assert_eq!(till.payment(start).outcome, Some(Outcome::Failed { code: "payment.not_sent".into() }));
    assert!(!till.payment(start).may_have_charged);
    assert!(till.posts.is_empty());
}

#[test]
fn a_start_that_finds_no_free_slot_says_so() {
    let mut world = World::new();
    let limits = Limits { in_flight: 1, per_second: 1_000, burst: 1_000 };
    let mut till = world.process_with(Config::new("a"), limits);
    for number in 0..8 {
        till.pay(&world, &format!("p{number}"));
    }
    let start = till.call(&world, "p8", Request::Start(order("p8", Scenario::PaymentCode, "1999", CODE)));
    world.pass(70_000, &mut [&mut till]);
    let error = till.error(start);
    assert_eq!((error.code(), error.may_have_charged()), (ErrorCode::PaymentInterrupted, false), "{error}");
    assert!(error.to_string().contains("no free slot"), "{error}");
    assert!(done(world.store.load("p8")).unwrap().is_none());
}
