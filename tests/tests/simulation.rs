//! The simulation finds a rule that is broken on purpose, gives the same course for the same seed, and holds for the
//! real machine.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use alipay_instore::Timestamp;
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::json::Object;
use alipay_instore::payment::{
    Action, AlertKind, Certainty, Event, Numbered, Payment, Secret, Timing, Unverified,
};
use conformance::model::subject::{Real, Subject};
use conformance::simulate::{Run, run};

const PAYMENTS: u64 = 3_000;

fn simulated<S: Subject + Sync>(subject: &S, payments: u64, threads: usize) -> (u64, Option<&'static str>) {
    let (tally, failure) = run(subject, Run { payments, seed: 1, first: 0, threads }).unwrap();
    if let Some(failure) = &failure {
        assert!(!failure.timeline.is_empty(), "a failure comes with its timeline");
    }
    (tally.digest, failure.map(|failure| failure.promise))
}

/// The real machine behind a rule that changes what goes in or what comes out.
struct Broken<E, A> {
    event: E,
    actions: A,
}

impl<E: Fn(&Payment, Event) -> Event, A: Fn(&Payment, Vec<Numbered>) -> Vec<Numbered>> Subject
    for Broken<E, A>
{
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let event = (self.event)(payment, event);
        let actions = payment.handle(event, now)?;
        Ok((self.actions)(payment, actions))
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

fn broken_by_event(event: impl Fn(&Payment, Event) -> Event + Sync) -> &'static str {
    let subject = Broken { event, actions: |_: &Payment, actions| actions };
    simulated(&subject, PAYMENTS, 1).1.expect("the broken rule is found")
}

fn broken_by_actions(actions: impl Fn(&Payment, Vec<Numbered>) -> Vec<Numbered> + Sync) -> &'static str {
    let subject = Broken { event: |_: &Payment, event| event, actions };
    simulated(&subject, PAYMENTS, 1).1.expect("the broken rule is found")
}

#[test]
fn the_real_machine_keeps_every_promise_and_a_seed_its_course() {
    let (digest, failure) = simulated(&Real, 1_000, 1);
    assert_eq!(failure, None);
    assert_eq!(simulated(&Real, 1_000, 3), (digest, None));
}

#[test]
fn no_reply_is_no_failure() {
    let refused = r#"{"result":{"resultStatus":"F","resultCode":"PROCESS_FAIL"}}"#;
    let promise = broken_by_event(|_, event| match event {
        Event::NoReply { send_id, operation: Operation::Pay, .. } => {
            let body = Object::parse(refused.as_bytes()).unwrap();
            Event::Reply { send_id, operation: Operation::Pay, body, timing: Timing::default() }
        }
        event => event,
    });
    assert!(promise.starts_with('2') || promise.starts_with('7'), "{promise}");
}

#[test]
fn no_reply_does_not_say_that_nothing_was_sent() {
    let promise = broken_by_event(|_, event| match event {
        Event::NoReply { send_id, operation, .. } => {
            Event::NoReply { send_id, operation, certainty: Certainty::NotSent, unverified: None }
        }
        event => event,
    });
    assert!(promise.starts_with('2') || promise.starts_with('7'), "{promise}");
}

#[test]
fn another_amount_is_no_success() {
    let promise = broken_by_event(|payment, event| match event {
        Event::Reply { send_id, operation, mut body, .. } => {
            let ours = payment.order().amount.value().to_string();
            if body
                .object("paymentAmount")
                .and_then(|amount| amount.text("value"))
                .is_some_and(|value| value != ours)
            {
                body.take("paymentAmount");
            }
            Event::Reply { send_id, operation, body, timing: Timing::default() }
        }
        event => event,
    });
    assert!(promise.starts_with('1') || promise.starts_with('7'), "{promise}");
}

#[test]
fn a_message_about_another_payment_is_not_ours() {
    let promise = broken_by_event(|_, event| match event {
        Event::Reply { send_id, operation, mut body, .. } => {
            body.take("paymentRequestId");
            Event::Reply { send_id, operation, body, timing: Timing::default() }
        }
        event => event,
    });
    assert!(promise.starts_with('1') || promise.starts_with('2'), "{promise}");
}

#[test]
fn every_copy_of_pay_has_one_body() {
    let promise = broken_by_actions(|_, mut actions| {
        for numbered in &mut actions {
            if let Action::Send { send_id: 2.., operation: Operation::Pay, body, .. } = &mut numbered.action {
                *body = Secret::new(format!("{} ", body.expose()));
            }
        }
        actions
    });
    assert!(promise.starts_with('3'), "{promise}");
}

#[test]
fn a_result_is_given_out_once() {
    let promise = broken_by_actions(|_, mut actions| {
        let conclusion =
            actions.iter().find(|numbered| matches!(numbered.action, Action::Conclude { .. })).cloned();
        actions.extend(conclusion.map(|numbered| Numbered { sequence: numbered.sequence + 1, ..numbered }));
        actions
    });
    assert!(promise.starts_with('5'), "{promise}");
}

#[test]
fn an_answer_that_nobody_signed_settles_nothing() {
    let promise = broken_by_event(|_, event| match event {
        Event::NoReply {
            send_id,
            operation: Operation::Pay,
            unverified: Some(Unverified::Unsigned { result_code }),
            ..
        } => {
            let result = Object::new().with("resultStatus", "F").with("resultCode", result_code);
            let body = Object::new().with("result", result);
            Event::Reply { send_id, operation: Operation::Pay, body, timing: Timing::default() }
        }
        event => event,
    });
    assert!(promise.starts_with('2') || promise.starts_with('7'), "{promise}");
}

#[test]
fn a_recording_settles_nothing() {
    let promise = broken_by_event(|_, event| match event {
        Event::Reply { send_id, operation, body, .. } => {
            Event::Reply { send_id, operation, body, timing: Timing::default() }
        }
        event => event,
    });
    assert!(promise.starts_with('1') || promise.starts_with('2'), "{promise}");
}

/// Gives pay out again after a restart, however late it is.
struct SendsTooLate;

impl Subject for SendsTooLate {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let begun = payment.begun_at().unwrap_or(now);
        let before = (event == Event::Resumed)
            .then(|| payment.clone().handle(Event::Resumed, begun).unwrap_or_default())
            .filter(|before| {
                before
                    .iter()
                    .any(|again| matches!(again.action, Action::Send { operation: Operation::Pay, .. }))
            });
        let actions = payment.handle(event, now)?;
        Ok(before.unwrap_or(actions))
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn pay_is_not_sent_at_or_after_its_expiry() {
    let promise = simulated(&SendsTooLate, PAYMENTS, 1).1.expect("the broken rule is found");
    assert_eq!(promise, "4: pay was sent at or after its expiry");
}

/// Cancels as soon as an amount is disputed.
struct CancelsWhatIsDisputed;

impl Subject for CancelsWhatIsDisputed {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let mut actions = payment.handle(event, now)?;
        if payment.state().name() == "confirming" && payment.alerts().contains(&AlertKind::AmountMismatch) {
            actions.extend(payment.handle(Event::CancelRequested, now)?);
        }
        Ok(actions)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn a_disputed_payment_is_not_cancelled_by_itself() {
    let promise = simulated(&CancelsWhatIsDisputed, PAYMENTS, 1).1.expect("the broken rule is found");
    assert_eq!(promise, "4: a disputed payment was cancelled by itself");
}

/// Never hears the clock.
struct Deaf;

impl Subject for Deaf {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        // A time before 1970 is refused as ever.
        if event == Event::Tick && now >= Timestamp::UNIX_EPOCH && payment.state().name() == "confirming" {
            return Ok(Vec::new());
        }
        payment.handle(event, now)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn a_machine_that_does_not_hear_the_clock_does_not_end() {
    let promise = simulated(&Deaf, PAYMENTS, 1).1.expect("the broken rule is found");
    assert!(promise.starts_with('6'), "{promise}");
}

/// Stores the payment as it was before its last step.
struct Forgetful;

impl Subject for Forgetful {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        payment.handle(event, now)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Payment::new(payment.policy().clone(), payment.order().clone())
    }
}

#[test]
fn a_snapshot_that_forgets_is_found() {
    let promise = simulated(&Forgetful, PAYMENTS, 1).1.expect("the broken rule is found");
    assert!(promise.starts_with('8') || promise.starts_with('6') || promise.starts_with('9'), "{promise}");
}
