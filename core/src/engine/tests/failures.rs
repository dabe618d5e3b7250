//! A store that fails, hangs, or has written what it said it had not.

use super::*;

#[test]
fn a_store_that_fails_before_the_first_send_means_that_nothing_was_sent() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.weather = Weather::NotWritten;
    let call = till.pay(&world, "p1");
    let error = till.error(call);
    assert_eq!(
        (error.code().as_str(), error.may_have_charged(), error.retryable()),
        ("store.failed", false, true)
    );
    assert!(error.hint().starts_with("nothing was sent"), "{error}");
    world.pass(60_000, &mut [&mut till]);
    assert!(till.posts.is_empty() && till.engine.in_hand() == 0);
    till.weather = Weather::Fine;
    let call = till.pay(&world, "p1");
    world.pass(1_000, &mut [&mut till]);
    till.answer(&world, Operation::Pay, PAID);
    assert_eq!(till.payment(call).outcome, Some(Outcome::Succeeded));
}

#[test]
fn an_insert_that_was_written_after_all_is_sent_once_it_is_known() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.weather = Weather::MaybeWritten;
    let call = till.pay(&world, "p1");
    assert!(till.posts.is_empty() && !till.results.contains_key(&call));
    till.weather = Weather::Fine;
    world.pass(200, &mut [&mut till]);
    assert_eq!(till.operations(), [Operation::Pay]);
    till.answer(&world, Operation::Pay, PAID);
    assert_eq!(till.payment(call).outcome, Some(Outcome::Succeeded));
}

#[test]
fn while_the_store_fails_only_inquiries_leave() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    till.weather = Weather::NotWritten;
    till.no_answer(&world, Operation::Pay, Certainty::Unknown);
    for _ in 0..8 {
        world.pass(1_000, &mut [&mut till]);
        assert!(till.operations().iter().all(|operation| *operation == Operation::Inquiry));
    }
    let cancel = till.call(&world, "p1", Request::Cancel);
    world.pass(9_000, &mut [&mut till]);
    assert!(!till.operations().contains(&Operation::Cancel), "a cancel is stored first");
    till.weather = Weather::Fine;
    world.pass(6_000, &mut [&mut till]);
    assert!(till.operations().contains(&Operation::Cancel));
    till.answer(&world, Operation::Cancel, DONE);
    for call in [call, cancel] {
        assert_eq!(till.payment(call).outcome, Some(Outcome::Cancelled));
    }
}

#[test]
fn a_store_slower_than_the_inquiries_holds_none_of_them_back_for_good() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, IN_PROCESS);
    // The policy's first intervals are shorter, so that the next inquiry is due before this one can leave.
    till.save_takes = 8_000;
    let mut sent = Vec::new();
    for _ in 0..4 {
        world.pass(15_000, &mut [&mut till]);
        sent.push(till.posts.len());
        while till.operations().contains(&Operation::Inquiry) {
            till.no_answer(&world, Operation::Inquiry, Certainty::Unknown);
        }
    }
    assert!(sent.iter().all(|inquiries| *inquiries > 0), "{sent:?}");
    world.pass(15_000, &mut [&mut till]);
    till.answer(&world, Operation::Inquiry, INQUIRED_PAID);
    world.pass(15_000, &mut [&mut till]);
    assert_eq!(till.payment(call).outcome, Some(Outcome::Succeeded));
}

#[test]
fn an_end_that_can_not_be_stored_is_told_as_such_and_kept() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    till.weather = Weather::NotWritten;
    till.answer(&world, Operation::Pay, PAID);
    world.pass(4_900, &mut [&mut till]);
    assert!(!till.results.contains_key(&call), "it waits for the store first");
    world.pass(200, &mut [&mut till]);
    let report = till.payment(call);
    assert_eq!((&report.outcome, report.stored), (&Some(Outcome::Succeeded), false));
    assert!(report.alerts.iter().any(|alert| alert.kind == AlertKind::NotStored));
    world.pass(300_000, &mut [&mut till]);
    till.weather = Weather::Fine;
    world.pass(6_000, &mut [&mut till]);
    assert_eq!(world.outcome("p1"), Some(Outcome::Succeeded));
    let open: Vec<_> = world.record("p1").open_alerts().map(|alert| alert.kind).collect();
    assert_eq!(open, [AlertKind::NotStored]);
}

#[test]
fn evidence_that_was_told_meets_a_record_that_went_another_way() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    till.weather = Weather::NotWritten;
    till.answer(&world, Operation::Pay, PAID);
    world.pass(5_100, &mut [&mut till]);
    assert!(!till.payment(call).stored);
    // Another process, which can reach the store, was asked to cancel, and the gateway did.
    let mut other = world.process("b");
    for _ in 0..25 {
        world.now += 1_000;
        other.put(Input::Time, world.now);
    }
    let cancel = other.call(&world, "p1", Request::Cancel);
    for _ in 0..3 {
        world.now += 1_000;
        other.put(Input::Time, world.now);
    }
    other.answer(&world, Operation::Cancel, DONE);
    assert_eq!(other.payment(cancel).outcome, Some(Outcome::Cancelled));
    till.weather = Weather::Fine;
    world.pass(8_000, &mut [&mut till, &mut other]);
    let record = world.record("p1");
    assert_eq!(record.payment().outcome(), Some(&Outcome::Cancelled));
    let kinds: Vec<_> = record.open_alerts().map(|alert| alert.kind).collect();
    assert!(
        kinds.contains(&AlertKind::ConflictingEvidence) && kinds.contains(&AlertKind::NotStored),
        "{kinds:?}"
    );
}

#[test]
fn without_a_verified_end_a_call_is_interrupted_after_a_minute() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    till.weather = Weather::MaybeWritten;
    till.store = MemoryStore::new();
    till.no_answer(&world, Operation::Pay, Certainty::Unknown);
    till.weather = Weather::NotWritten;
    world.pass(59_000, &mut [&mut till]);
    assert!(!till.results.contains_key(&call));
    world.pass(3_000, &mut [&mut till]);
    let error = till.error(call);
    assert_eq!(
        (error.code().as_str(), error.may_have_charged(), error.retryable()),
        ("payment.interrupted", true, true)
    );
}

#[test]
fn a_store_that_hangs_does_not_hold_a_caller_for_ever() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.weather = Weather::Hangs;
    let call = till.pay(&world, "p1");
    world.pass(186_000, &mut [&mut till]);
    assert_eq!(till.error(call).code(), "payment.interrupted");
    assert!(till.posts.is_empty());
}

#[test]
fn a_notification_that_can_not_be_stored_is_not_acknowledged() {
    let world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    let mut other = world.process("b");
    other.weather = Weather::NotWritten;
    let call = other.notify(&world, "p1", &notified("p1", "S"));
    assert_eq!(other.error(call).code(), "store.failed");
    assert_eq!(other.engine.in_hand(), 0);
    till.weather = Weather::NotWritten;
    let call = till.notify(&world, "p1", &notified("p1", "S"));
    assert_eq!(till.error(call).code(), "store.failed");
}

#[test]
fn an_error_for_an_id_that_was_used_before_does_not_say_that_nothing_was_charged() {
    let world = World::new();
    let mut till = world.process("a");
    till.weather = Weather::NotWritten;
    let mut again = order("p1", Scenario::PaymentCode, "1999", CODE);
    again.fresh = false;
    let call = till.call(&world, "p1", Request::Pay(again));
    let error = till.error(call);
    assert_eq!((error.code().as_str(), error.may_have_charged()), ("store.failed", true));
    assert!(error.hint().contains("an earlier one with this id may have"), "{error}");
}

#[test]
fn a_caller_whose_time_is_over_is_not_told_an_end_that_is_not_stored() {
    let mut world = World::new();
    let mut till = world.process("a");
    let (id, request) = ("p1".into(), Request::Pay(order("p1", Scenario::PaymentCode, "1999", CODE)));
    let call = CallId(100);
    till.put(Input::Call { call, id, request, wait: Some(Duration::from_secs(3)) }, world.now);
    till.weather = Weather::Hangs;
    till.answer(&world, Operation::Pay, PAID);
    world.pass(3_100, &mut [&mut till]);
    let report = till.payment(call);
    assert_eq!((&report.outcome, report.phase, report.stored), (&None, "paying", false));
    assert!(report.may_have_charged && report.alerts.is_empty());
}

#[test]
fn an_end_waits_no_longer_for_a_store_that_hangs_than_for_one_that_fails() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    till.weather = Weather::Hangs;
    till.answer(&world, Operation::Pay, PAID);
    world.pass(4_900, &mut [&mut till]);
    assert!(!till.results.contains_key(&call));
    world.pass(200, &mut [&mut till]);
    let report = till.payment(call);
    assert_eq!((&report.outcome, report.stored), (&Some(Outcome::Succeeded), false));
    assert!(report.alerts.iter().any(|alert| alert.kind == AlertKind::NotStored));
}

#[test]
fn an_end_that_was_told_is_held_against_how_an_open_record_ends() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    // Another process is asked to cancel, and this one does not hear of it while its store fails.
    let mut office = world.process("b");
    office.call(&world, "p1", Request::Cancel);
    till.weather = Weather::NotWritten;
    till.answer(&world, Operation::Pay, PAID);
    world.pass(5_100, &mut [&mut till, &mut office]);
    assert_eq!(till.payment(call).outcome, Some(Outcome::Succeeded));
    till.weather = Weather::Fine;
    world.pass(6_000, &mut [&mut till, &mut office]);
    assert_eq!(world.outcome("p1"), None, "the cancel was stored first, and its answer decides");
    till.answer(&world, Operation::Cancel, DONE);
    let record = world.record("p1");
    assert_eq!(record.payment().outcome(), Some(&Outcome::Cancelled));
    let kinds: Vec<_> = record.open_alerts().map(|alert| alert.kind).collect();
    assert!(
        kinds.contains(&AlertKind::NotStored) && kinds.contains(&AlertKind::ConflictingEvidence),
        "{kinds:?}"
    );
}

#[test]
fn what_only_has_to_be_stored_waits_a_minute_for_a_store_that_hangs() {
    let mut world = World::new();
    let mut till = world.process("a");
    let paid = till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, PAID);
    assert_eq!(till.payment(paid).outcome, Some(Outcome::Succeeded));
    till.weather = Weather::Hangs;
    let call = till.call(&world, "p1", Request::Acknowledge { numbers: vec![1], who: "Ann".into() });
    world.pass(59_000, &mut [&mut till]);
    assert!(!till.results.contains_key(&call));
    world.pass(2_000, &mut [&mut till]);
    assert_eq!(till.error(call).code(), ErrorCode::PaymentInterrupted);
}

#[test]
fn what_was_told_before_it_was_stored_is_stored_when_the_engine_closes() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    till.weather = Weather::NotWritten;
    till.answer(&world, Operation::Pay, PAID);
    world.pass(5_100, &mut [&mut till]);
    assert!(!till.payment(call).stored);
    till.weather = Weather::Fine;
    till.put(Input::Close, world.now);
    assert!(till.closed);
    let record = world.record("p1");
    assert_eq!(record.payment().outcome(), Some(&Outcome::Succeeded));
    assert!(record.open_alerts().any(|alert| alert.kind == AlertKind::NotStored));
}

#[test]
fn an_engine_closes_though_its_store_fails() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    till.weather = Weather::NotWritten;
    till.answer(&world, Operation::Pay, PAID);
    world.pass(5_100, &mut [&mut till]);
    till.put(Input::Close, world.now);
    assert!(till.closed);
    let mut other = world.process("b");
    world.pass(6_000, &mut [&mut other]);
    assert!(other.operations().contains(&Operation::Inquiry), "another process goes on with it");
}

#[test]
fn a_pay_after_its_expiry_goes_on_with_what_is_stored() {
    let mut world = World::new();
    let expiring = |fresh| {
        let mut order = order("p1", Scenario::PaymentCode, "1999", CODE);
        order.order.payment_expiry_time = Some(Timestamp::from_millis(START + 60_000));
        order.fresh = fresh;
        Request::Pay(order)
    };
    let mut till = world.process("a");
    till.call(&world, "p1", expiring(true));
    till.answer(&world, Operation::Pay, PAID);
    world.pass(120_000, &mut [&mut till]);
    let mut other = world.process("b");
    let again = other.call(&world, "p1", expiring(false));
    assert_eq!(other.payment(again).outcome, Some(Outcome::Succeeded));

    let mut empty = World::new();
    empty.now = world.now;
    for fresh in [true, false] {
        let mut till = empty.process("a");
        let call = till.call(&empty, "p1", expiring(fresh));
        let error = till.error(call);
        assert_eq!((error.code().as_str(), error.may_have_charged()), ("payment.expired", !fresh));
        assert!(till.posts.is_empty());
    }
}
