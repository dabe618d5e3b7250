//! The checker finds what it is there to find: for each invariant a machine that breaks one rule, in front of the real
//! one. The core has no switches; each subject here changes what goes into `step` or what comes out.

#![allow(clippy::panic, reason = "one of the broken machines panics")]

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::api::Scenario;
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::payment::{
    Action, AlertKind, Certainty, Event, Numbered, Payment, Secret, Timing, Unverified,
};
use conformance::model::{Real, Setting, Subject, System, invariants};
use stateright::{Checker, Model};

fn setting() -> Setting {
    Setting::new("test", Protocol::AlipayPlus, Scenario::PaymentCode)
}

/// The invariant that the checker finds broken, if it does.
fn found<S: Subject + Send + Sync + 'static>(setting: Setting, subject: S) -> Option<&'static str> {
    let checker = System { setting, subject }.checker().spawn_bfs().join();
    let path = checker.discovery("every invariant holds")?;
    invariants::broken(checker.model(), path.last_state())
}

#[test]
fn the_real_machine_keeps_every_invariant() {
    for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
        let small = Setting::new("test", protocol, Scenario::PaymentCode);
        assert_eq!(found(small, Real), None);
    }
}

/// 1: takes success whatever the amount.
struct IgnoresTheAmount;

impl Subject for IgnoresTheAmount {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let without = |mut body: Object| {
            body.take("paymentAmount");
            body
        };
        let event = match event {
            Event::Reply { send_id, operation, body, .. } => {
                Event::Reply { send_id, operation, body: without(body), timing: Timing::default() }
            }
            Event::Notified { body } => Event::Notified { body: without(body) },
            other => other,
        };
        payment.handle(event, now)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn success_without_evidence_is_found() {
    let setting = Setting { stated_amount: Some("101"), ..setting() };
    assert_eq!(found(setting, IgnoresTheAmount), Some("1: success without evidence"));
}

/// 2: takes silence for proof that nothing left.
struct SilenceIsFailure;

impl Subject for SilenceIsFailure {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let mut actions = payment.handle(event, now)?;
        for _ in 0..4 {
            let Some(send_id) = last_pay(&actions) else { break };
            let certainty = Certainty::NotSent;
            actions.extend(payment.handle(
                Event::NoReply { send_id, operation: Operation::Pay, certainty, unverified: None },
                now,
            )?);
            actions.extend(payment.handle(Event::Tick, now.saturating_add(Duration::from_millis(1)))?);
        }
        Ok(actions)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

fn last_pay(actions: &[Numbered]) -> Option<u32> {
    actions.iter().rev().find_map(|numbered| match numbered.action {
        Action::Send { send_id, operation: Operation::Pay, .. } => Some(send_id),
        _ => None,
    })
}

#[test]
fn failure_without_evidence_is_found() {
    assert_eq!(found(setting(), SilenceIsFailure), Some("2: given up without evidence"));
}

/// 3: builds the body of pay again for every copy.
struct BuildsAnew;

impl Subject for BuildsAnew {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let mut actions = payment.handle(event, now)?;
        for numbered in &mut actions {
            if let Action::Send { operation: Operation::Pay, body, .. } = &mut numbered.action {
                *body = Secret::new(format!("{} {now:?}", body.expose()));
            }
        }
        Ok(actions)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn another_body_is_found() {
    assert_eq!(found(setting(), BuildsAnew), Some("3: pay was sent with another body"));
}

/// 4: tries once more to be paid, after it has cancelled.
struct PaysAfterCancelling;

impl Subject for PaysAfterCancelling {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let pay =
            payment.clone().handle(Event::Resumed, now).ok().filter(|actions| last_pay(actions).is_some());
        let mut actions = payment.handle(event, now)?;
        let cancels = actions
            .iter()
            .any(|numbered| matches!(numbered.action, Action::Send { operation: Operation::Cancel, .. }));
        if let (true, Some(pay)) = (cancels, pay) {
            let last = actions.last().map_or(0, |numbered| numbered.sequence);
            let again = pay.into_iter().enumerate();
            actions.extend(again.map(|(n, again)| Numbered { sequence: last + 1 + n as u64, ..again }));
        }
        Ok(actions)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn pay_after_a_cancel_is_found() {
    let setting = Setting { cashier: true, ..setting() };
    assert_eq!(found(setting, PaysAfterCancelling), Some("4: pay was sent after a cancel"));
}

/// 4: gives pay out again after a restart, however late it is.
struct SendsTooLate;

impl Subject for SendsTooLate {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let begun = payment.begun_at().unwrap_or(now);
        let before = (event == Event::Resumed).then(|| payment.clone().handle(Event::Resumed, begun).ok());
        let actions = payment.handle(event, now)?;
        // What a restart at the very beginning would have given out.
        Ok(before.flatten().filter(|before| last_pay(before).is_some()).unwrap_or(actions))
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn pay_after_its_expiry_is_found() {
    let setting = Setting { crashes: 1, long_downtime: true, ..setting() };
    assert_eq!(found(setting, SendsTooLate), Some("4: pay was sent at or after its expiry"));
}

/// 4: cancels as soon as an amount is disputed.
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
fn a_disputed_payment_that_is_cancelled_by_itself_is_found() {
    let setting = Setting { stated_amount: Some("101"), ..setting() };
    let broken = found(setting, CancelsWhatIsDisputed);
    assert_eq!(broken, Some("4: a disputed payment was cancelled by itself"));
}

/// 2: believes an answer that nobody signed.
struct BelievesWhatIsUnsigned;

impl Subject for BelievesWhatIsUnsigned {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let event = match event {
            Event::NoReply {
                send_id,
                operation,
                unverified: Some(Unverified::Unsigned { result_code }),
                ..
            } => {
                let result = Object::new().with("resultStatus", "F").with("resultCode", result_code);
                let body = Object::new().with("result", result);
                Event::Reply { send_id, operation, body, timing: Timing::default() }
            }
            other => other,
        };
        payment.handle(event, now)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn an_unsigned_answer_that_is_believed_is_found() {
    let setting = Setting { unsigned: true, ..setting() };
    assert_eq!(found(setting, BelievesWhatIsUnsigned), Some("2: given up without evidence"));
}

/// 5: says the result again whenever it hears something.
struct ConcludesAgain;

impl Subject for ConcludesAgain {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let outcome = payment.outcome().cloned();
        let mut actions = payment.handle(event, now)?;
        if let Some(outcome) = outcome {
            actions.push(Numbered { sequence: 1_000, action: Action::Conclude { outcome } });
        }
        Ok(actions)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn a_second_conclusion_is_found() {
    let setting = Setting { notifies: true, ..setting() };
    assert_eq!(found(setting, ConcludesAgain), Some("5: a payment concluded twice"));
}

/// 6: forgets a deadline once it inquires.
struct SleepsOn;

impl Subject for SleepsOn {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        if event == Event::Tick && payment.state().name() == "confirming" {
            return Ok(Vec::new());
        }
        payment.handle(event, now)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn a_payment_that_never_ends_is_found() {
    assert_eq!(found(setting(), SleepsOn), Some("6: ticks alone do not end it in time"));
}

/// 7: believes the first cancel that finds no order, though pay may still be travelling.
struct BelievesTooEarly;

impl Subject for BelievesTooEarly {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let event = match event {
            Event::Reply { send_id, operation: Operation::Cancel, body, .. }
                if body.object("result").and_then(|result| result.text("resultCode")).as_deref()
                    == Some("ORDER_NOT_EXIST") =>
            {
                let result = Object::new().with("resultStatus", "S").with("resultCode", "SUCCESS");
                Event::Reply {
                    send_id,
                    operation: Operation::Cancel,
                    body: Object::new().with("result", result),
                    timing: Timing::default(),
                }
            }
            other => other,
        };
        payment.handle(event, now)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn money_taken_after_giving_up_is_found() {
    let setting = Setting { cashier: true, ..setting() };
    assert_eq!(found(setting, BelievesTooEarly), Some("7: given up, but money was taken"));
}

#[test]
fn a_code_that_is_taken_up_after_giving_up_is_found() {
    let setting = Setting {
        unscanned: true,
        cashier: true,
        ..Setting::new("test", Protocol::AlipayPlus, Scenario::OrderCode)
    };
    assert_eq!(found(setting, BelievesTooEarly), Some("7: given up, but money was taken"));
}

/// 8: forgets in the snapshot that a request is under way.
struct ForgetsTheLastStep;

impl Subject for ForgetsTheLastStep {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        payment.handle(event, now)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        let mut other = Real.restore(payment);
        if other.outcome().is_none() {
            // A tick that changes nothing but what was issued last.
            let _ = other.handle(Event::Tick, payment.begun_at().unwrap_or_default());
        }
        other
    }
}

#[test]
fn a_snapshot_that_loses_something_is_found() {
    let broken = found(Setting { crashes: 1, ..setting() }, ForgetsTheLastStep);
    assert_eq!(broken, Some("8: a snapshot does not give the payment back"));
}

/// 9: panics on the second notification.
struct Panics(AtomicBool);

impl Subject for Panics {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        if matches!(event, Event::Notified { .. }) && self.0.swap(true, Ordering::Relaxed) {
            panic!("on purpose");
        }
        payment.handle(event, now)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}

#[test]
fn a_panic_is_found() {
    let setting = Setting { notifies: true, ..setting() };
    assert_eq!(found(setting, Panics(AtomicBool::new(false))), Some("9: an event panicked"));
}

/// The model rests on what the gateway promises. Where it takes a payment after its expiry, a cancel that found no
/// order proves nothing: this is what the promise buys.
#[test]
fn a_gateway_that_takes_payments_after_their_expiry_breaks_the_promise() {
    let setting = Setting { succeeds_after_expiry: true, cashier: true, ..setting() };
    assert_eq!(found(setting, Real), Some("7: given up, but money was taken"));
}
