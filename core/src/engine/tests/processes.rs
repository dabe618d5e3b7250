//! Several processes on one store.

use super::*;

#[test]
fn a_notification_in_another_process_ends_the_payment_and_its_caller_is_told() {
    let mut world = World::new();
    let (mut till, mut endpoint) = (world.process("a"), world.process("b"));
    let call = till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, IN_PROCESS);
    let told = endpoint.notify(&world, "p1", &notified("p1", "S"));
    assert!(matches!(
        &endpoint.results[&told],
        Ok(CallResult::Notified(Notified::Taken { outcome: Some(_), .. }))
    ));
    assert!(endpoint.posts.is_empty(), "who takes a notification carries nothing out");
    world.pass(1_000, &mut [&mut till, &mut endpoint]);
    assert_eq!(till.payment(call).outcome, Some(Outcome::Succeeded));
    assert!(till.events.contains(&"concluded"));
}

#[test]
fn a_notification_between_two_steps_is_no_conflict_for_the_caller() {
    let world = World::new();
    let (mut till, mut endpoint) = (world.process("a"), world.process("b"));
    let call = till.pay(&world, "p1");
    endpoint.notify(&world, "p1", &notified("p1", "S"));
    // The till does not know of it yet, and saves on top of what it knew.
    till.answer(&world, Operation::Pay, IN_PROCESS);
    assert_eq!(till.payment(call).outcome, Some(Outcome::Succeeded));
}

#[test]
fn what_another_process_decided_is_carried_out_by_the_owner() {
    let mut world = World::new();
    let (mut till, mut office) = (world.process("a"), world.process("b"));
    let pay = till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, IN_PROCESS);
    let cancel = office.call(&world, "p1", Request::Cancel);
    assert!(office.posts.is_empty(), "the owner lives");
    assert_eq!(world.record("p1").payment().state().name(), "cancelling");
    world.pass(1_000, &mut [&mut till, &mut office]);
    assert!(till.operations().contains(&Operation::Cancel));
    till.answer(&world, Operation::Cancel, DONE);
    world.pass(1_000, &mut [&mut till, &mut office]);
    assert_eq!(till.payment(pay).outcome, Some(Outcome::Cancelled));
    assert_eq!(office.payment(cancel).outcome, Some(Outcome::Cancelled));
}

#[test]
fn a_worker_that_starts_takes_nothing_from_a_till_that_lives() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    let mut worker = world.process("b");
    world.pass(60_000, &mut [&mut till, &mut worker]);
    assert_eq!(done(world.store.load("p1")).unwrap().unwrap().owner.as_deref(), Some("a"));
    assert!(worker.posts.is_empty() && worker.engine.in_hand() == 0);
}

#[test]
fn a_worker_goes_on_where_a_till_died_and_a_retry_elsewhere_gets_the_result() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    drop(till);
    let (mut worker, mut other) = (world.process("b"), world.process("c"));
    let call = other.pay(&world, "p1");
    assert!(other.posts.is_empty());
    world.pass(25_000, &mut [&mut worker, &mut other]);
    let driver = if worker.posts.is_empty() { &mut other } else { &mut worker };
    assert!(driver.operations().contains(&Operation::Inquiry), "{:?}", driver.operations());
    driver.answer(&world, Operation::Inquiry, INQUIRED_PAID);
    world.pass(2_000, &mut [&mut worker, &mut other]);
    assert_eq!(other.payment(call).outcome, Some(Outcome::Succeeded));
}

#[test]
fn what_may_have_been_sent_by_a_dead_owner_is_not_held_to_be_not_sent() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    till.put(Input::Close, world.now);
    let mut other = world.process("b");
    let call = other.call(&world, "p1", Request::Resume);
    world.pass(1_000, &mut [&mut other]);
    assert_eq!(other.operations(), [Operation::Pay], "a copy of what is stored");
    other.no_answer(&world, Operation::Pay, Certainty::NotSent);
    world.pass(1_000, &mut [&mut other]);
    assert!(!other.results.contains_key(&call), "the first one may have arrived");
}

#[test]
fn a_process_that_paused_too_long_sends_nothing_that_it_did_not_store_as_the_owner() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, IN_PROCESS);
    let mut worker = world.process("b");
    // The till stands still for half a minute.
    world.pass(30_000, &mut [&mut worker]);
    assert_eq!(done(world.store.load("p1")).unwrap().unwrap().owner.as_deref(), Some("b"));
    till.posts.clear();
    till.put(Input::Time, world.now);
    world.pass(6_000, &mut [&mut till, &mut worker]);
    assert!(till.posts.is_empty(), "{:?}", till.operations());
    // Its late answer counts all the same.
    worker.posts.clear();
    let told = till.notify(&world, "p1", &notified("p1", "S"));
    assert!(till.results.contains_key(&told));
    assert_eq!(world.outcome("p1"), Some(Outcome::Succeeded));
}

#[test]
fn two_that_pay_one_id_at_once_send_one_payment() {
    let mut world = World::new();
    let (mut first, mut second) = (world.process("a"), world.process("b"));
    let one = first.pay(&world, "p1");
    let two = second.pay(&world, "p1");
    assert_eq!((first.posts.len(), second.posts.len()), (1, 0));
    first.answer(&world, Operation::Pay, PAID);
    world.pass(1_100, &mut [&mut first, &mut second]);
    assert_eq!(first.ended(one), second.ended(two));
}

#[test]
fn a_record_of_a_newer_version_stops_nothing_else() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    till.put(Input::Close, world.now);
    let mut stored = done(world.store.load("p1")).unwrap().unwrap();
    let newer = stored.entry.text.expose().replacen("\"version\":2", "\"version\":3", 1);
    stored.entry.text = crate::payment::Secret::new(newer);
    stored.entry.columns.id = "newer".into();
    done(world.store.insert(&stored.entry, None)).unwrap();
    let mut worker = world.process("b");
    world.pass(8_000, &mut [&mut worker]);
    assert!(worker.operations().contains(&Operation::Inquiry), "the other one goes on");
    let call = worker.call(&world, "newer", Request::Resume);
    assert!(worker.error(call).may_have_charged());
    // After a while it is free for somebody who can read it.
    world.pass(61_000, &mut [&mut worker]);
    let mut reader = world.process("c");
    let call = reader.call(&world, "newer", Request::Status);
    assert_eq!(reader.error(call).code(), "snapshot.newer");
}

#[test]
fn a_clock_that_is_set_delays_nothing() {
    for jump in [-3_600_000, 3_600_000, -86_400_000] {
        let mut world = World::new();
        let mut till = world.process("a");
        till.pay(&world, "p1");
        till.answer(&world, Operation::Pay, IN_PROCESS);
        till.ahead = jump;
        world.pass(8_100, &mut [&mut till]);
        assert!(!till.posts.is_empty(), "after {jump} ms");
    }
}

#[test]
fn requests_in_flight_are_bounded_and_every_payment_has_its_turn() {
    let mut world = World::new();
    let limits = Limits { in_flight: 4, per_second: 1_000, burst: 1_000 };
    let mut till = world.process_with(Config::new("a"), limits);
    let calls: Vec<_> = (0..20).map(|number| till.pay(&world, &format!("p{number}"))).collect();
    assert_eq!(till.posts.len(), 4);
    assert_eq!(done(world.store.list(&crate::store::Query::default())).unwrap().records.len(), 4);
    for _ in 0..20 {
        assert!(till.posts.len() <= 4);
        till.answer(&world, Operation::Pay, PAID);
        world.pass(1, &mut [&mut till]);
    }
    for call in calls {
        assert_eq!(till.payment(call).outcome, Some(Outcome::Succeeded));
    }
}

#[test]
fn a_payment_that_only_waits_needs_no_memory_but_its_row() {
    let mut world = World::new();
    let mut config = Config::new("a");
    config.resident_awaited = 0;
    let mut till = world.process_with(config, Limits::default());
    let call = till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, IN_PROCESS);
    assert!(till.engine.live.busy("p1").is_some_and(|live| live.record.is_none()));
    world.pass(3_100, &mut [&mut till]);
    till.answer(&world, Operation::Inquiry, INQUIRED_PAID);
    assert_eq!(till.payment(call).outcome, Some(Outcome::Succeeded));
}

#[test]
fn of_a_payment_that_nobody_waits_for_little_more_than_the_id_is_kept() {
    let mut world = World::new();
    let mut config = Config::new("a");
    config.resident = 0;
    let mut till = world.process_with(config, Limits::default());
    till.call(&world, "p1", Request::Start(order("p1", Scenario::PaymentCode, "1999", CODE)));
    till.answer(&world, Operation::Pay, IN_PROCESS);
    assert!(till.engine.live.drives("p1") && till.engine.live.busy("p1").is_none());
    world.pass(3_100, &mut [&mut till]);
    till.answer(&world, Operation::Inquiry, IN_PROCESS);
    assert!(till.engine.live.busy("p1").is_none() && till.engine.in_hand() == 1);
    world.pass(3_100, &mut [&mut till]);
    till.answer(&world, Operation::Inquiry, INQUIRED_PAID);
    assert_eq!(world.outcome("p1"), Some(Outcome::Succeeded));
    assert_eq!(till.engine.in_hand(), 0);
}

#[test]
fn as_many_payments_as_are_set_are_kept_as_a_whole() {
    let mut world = World::new();
    let mut config = Config::new("a");
    (config.resident, config.resident_awaited) = (1, 2);
    let mut till = world.process_with(config, Limits::default());
    let whole =
        |till: &Process, id: &str| till.engine.live.busy(id).is_some_and(|live| live.record.is_some());
    for id in ["p1", "p2"] {
        till.call(&world, id, Request::Start(order(id, Scenario::PaymentCode, "1999", CODE)));
        till.answer(&world, Operation::Pay, IN_PROCESS);
    }
    assert!(whole(&till, "p1") && !whole(&till, "p2"));
    // There is more room for those that a caller waits for.
    for id in ["p3", "p4"] {
        till.pay(&world, id);
        till.answer(&world, Operation::Pay, IN_PROCESS);
    }
    assert!(whole(&till, "p3") && !whole(&till, "p4"));
    // Where one has ended another one has its room.
    world.pass(3_100, &mut [&mut till]);
    till.posts.sort_by_key(|posted| posted.body.clone());
    for answer in [INQUIRED_PAID, IN_PROCESS, IN_PROCESS, IN_PROCESS] {
        till.answer(&world, Operation::Inquiry, answer);
    }
    assert_eq!(world.outcome("p1"), Some(Outcome::Succeeded));
    assert!(!whole(&till, "p2") && whole(&till, "p3") && whole(&till, "p4"));
}

#[test]
fn a_request_that_another_process_sent_under_the_same_number_is_not_held_to_be_not_sent() {
    let mut world = World::new();
    let mut first = world.process("a");
    first.pay(&world, "p1");
    assert_eq!(first.operations(), [Operation::Pay]);
    first.answer(&world, Operation::Pay, IN_PROCESS);
    drop(first);
    let mut config = Config::new("b");
    config.claims = false;
    let mut second = world.process_with(config, Limits::default());
    world.pass(20_000, &mut [&mut second]);
    // It decides a pay of its own before it finds the stored one, in which that number was sent by the first.
    let call = second.pay(&world, "p1");
    world.pass(2_000, &mut [&mut second]);
    assert!(!second.results.contains_key(&call), "{:?}", second.results.get(&call));
    second.answer(&world, Operation::Inquiry, INQUIRED_PAID);
    assert_eq!(second.payment(call).outcome, Some(Outcome::Succeeded));
}

#[test]
fn an_owner_that_was_held_dead_goes_on_under_another_name() {
    let mut world = World::new();
    let mut till = world.process("a");
    let call = till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, IN_PROCESS);
    done(world.store.forget("a", None)).unwrap();
    world.pass(5_000, &mut [&mut till]);
    let beats = done(world.store.beat("b")).unwrap();
    let names: Vec<_> = beats.owners.iter().map(|other| &*other.owner).collect();
    assert_eq!(names, ["a/1", "b"]);
    world.pass(2_000, &mut [&mut till]);
    assert_eq!(done(world.store.load("p1")).unwrap().unwrap().owner.as_deref(), Some("a/1"));
    till.answer(&world, Operation::Inquiry, INQUIRED_PAID);
    assert_eq!(till.payment(call).outcome, Some(Outcome::Succeeded));
}

#[test]
fn what_a_claim_took_whose_answer_was_lost_is_driven_in_the_end() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    till.put(Input::Close, world.now);
    let mut worker = world.process("b");
    // The store did it, and its answer says that it may have failed.
    done(world.store.claim("b", instant(i64::MAX), 10)).unwrap();
    let job = JobId(worker.engine.number());
    worker.engine.jobs.insert(job, Job::Claim);
    let error = StoreError::MaybeWritten(Error::new(ErrorCode::StoreFailed, "the connection broke"));
    worker.put(Input::Stored { job, answer: StoreAnswer::Records(Err(error)) }, world.now);
    world.pass(20_000, &mut [&mut worker]);
    assert_eq!(done(world.store.load("p1")).unwrap().unwrap().owner.as_deref(), Some("b/1"));
    assert!(!worker.posts.is_empty());
}

#[test]
fn a_payment_of_the_same_merchant_at_the_other_gateway_is_left_alone() {
    let mut world = World::new();
    let mut till = world.process("a");
    till.pay(&world, "p1");
    till.answer(&world, Operation::Pay, IN_PROCESS);
    let mut other = world.process_over(Protocol::AlipayPlus, Config::new("b"), Limits::default());
    let asked = other.call(&world, "p1", Request::Resume);
    let error = other.results[&asked].as_ref().unwrap_err();
    assert_eq!(error.code(), ErrorCode::ConfigUnknownClient);
    assert!(error.may_have_charged());
    // The till is gone: who claims its payment must not ask the wrong gateway for it.
    drop(till);
    world.pass(60_000, &mut [&mut other]);
    assert!(other.posts.is_empty());
    let mut worker = world.process("c");
    world.pass(180_000, &mut [&mut other, &mut worker]);
    assert!(other.posts.is_empty());
    assert!(worker.operations().contains(&Operation::Inquiry), "{:?}", worker.operations());
}
