//! The checker of refunds finds what it is there to find: machines that break one rule, in front of the real one.

#![allow(clippy::panic, reason = "one of the broken machines panics")]

use std::sync::atomic::{AtomicBool, Ordering};

use alipay_instore::Timestamp;
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::payment::{Certainty, Secret, Timing};
use alipay_instore::refund::{NumberedRefund, Refund, RefundAction, RefundEvent, RefundOutcome, Resolved};
use conformance::model::refunds::{Real, Setting, Subject, System, invariants};
use stateright::{Checker, Model};

type Actions = Result<Vec<NumberedRefund>>;

fn setting(protocol: Protocol) -> Setting {
    Setting::new("test", protocol)
}

/// The invariant that the checker finds broken, if it does.
fn found<S: Subject + Send + Sync + 'static>(setting: Setting, subject: S) -> Option<&'static str> {
    let checker = System { setting, subject }.checker().spawn_bfs().join();
    let path = checker.discovery("every invariant holds")?;
    invariants::broken(checker.model(), path.last_state())
}

const GIVEN: Option<&str> = Some("2: not made, but the money was given back");

fn code_of(body: &Object) -> Option<String> {
    body.object("result").and_then(|result| result.text("resultCode")).map(|code| code.into_owned())
}

fn refused(code: &str) -> Object {
    let result = Object::new().with("resultStatus", "F").with("resultCode", code);
    Object::new().with("result", result)
}

/// A machine that differs from the real one in what it is fed.
struct Fed(fn(&RefundLedger, &str, RefundEvent) -> RefundEvent);

impl Subject for Fed {
    fn handle(&self, ledger: &mut RefundLedger, refund: &str, event: RefundEvent, now: Timestamp) -> Actions {
        let event = self.0(ledger, refund, event);
        ledger.handle(refund, event, now)
    }
}

#[test]
fn the_real_machine_keeps_every_invariant() {
    for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
        let world = Setting { forgetful: true, ..setting(protocol) };
        assert_eq!(found(world, Real), None);
    }
}

/// The refusal of a later copy is the end, whatever became of the earlier ones.
#[test]
fn a_later_refusal_that_is_final_is_found() {
    let machine = || {
        Fed(|_, refund, event| match event {
            RefundEvent::Reply { send_id, operation: Operation::Refund, body, .. }
                if send_id > 1 && code_of(&body).as_deref() == Some("REFUND_AMOUNT_EXCEED") =>
            {
                let body = Object::new().with("refundRequestId", refund).with("refundStatus", "FAIL");
                RefundEvent::Notified { body }
            }
            event => event,
        })
    };
    for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
        // Before the end it fails too early; after the end it frees the amount.
        let broken = found(Setting { forgetful: true, ..setting(protocol) }, machine());
        assert!([GIVEN, Some("4: more is left than was not given back")].contains(&broken), "{broken:?}");
    }
}

/// A copy that was turned away at the gate counts as a refusal of the refund.
#[test]
fn a_gate_keeping_refusal_that_counts_for_all_copies_is_found() {
    let machine = Fed(|_, _, event| match event {
        RefundEvent::Reply { send_id, operation, body, .. }
            if code_of(&body).as_deref() == Some("SIGNATURE_INVALID") =>
        {
            let _ = body;
            RefundEvent::Reply {
                send_id,
                operation,
                body: refused("REFUND_WINDOW_EXCEED"),
                timing: Timing::default(),
            }
        }
        event => event,
    });
    let world = Setting { turns_away: true, ..setting(Protocol::Ams) };
    assert_eq!(found(world, machine), GIVEN);
}

/// A failure of the gateway, or a code that nobody knows, is a refusal.
#[test]
fn an_unknown_code_that_refuses_is_found() {
    for code in ["SYSTEM_ERROR", "A_CODE_OF_TOMORROW"] {
        let machine = |code| {
            if code == "SYSTEM_ERROR" {
                Fed(|_, _, event| known(event, "SYSTEM_ERROR"))
            } else {
                Fed(|_, _, event| known(event, "A_CODE_OF_TOMORROW"))
            }
        };
        let world = Setting { inconclusive: true, ..setting(Protocol::AlipayPlus) };
        assert_eq!(found(world, machine(code)), GIVEN, "{code}");
    }
}

fn known(event: RefundEvent, code: &str) -> RefundEvent {
    match event {
        RefundEvent::Reply { send_id, operation, body, .. } if code_of(&body).as_deref() == Some(code) => {
            RefundEvent::Reply {
                send_id,
                operation,
                body: refused("REFUND_NOT_SUPPORTED"),
                timing: Timing::default(),
            }
        }
        event => event,
    }
}

/// Takes silence for proof that nothing left.
struct SilenceIsNotSent;

impl Subject for SilenceIsNotSent {
    fn handle(&self, ledger: &mut RefundLedger, refund: &str, event: RefundEvent, now: Timestamp) -> Actions {
        let mut actions = ledger.handle(refund, event, now)?;
        for send_id in 1..=2 {
            let certainty = Certainty::NotSent;
            let event = RefundEvent::NoReply { send_id, operation: Operation::Refund, certainty };
            if let Ok(more) = ledger.handle(refund, event, now) {
                actions.extend(more);
            }
        }
        Ok(actions)
    }
}

#[test]
fn silence_that_is_taken_for_not_sent_is_found() {
    assert_eq!(found(setting(Protocol::AlipayPlus), SilenceIsNotSent), GIVEN);
}

/// Forgets at a restart that what it sends again may have left before.
struct ForgetsTheRestart;

impl Subject for ForgetsTheRestart {
    fn handle(&self, ledger: &mut RefundLedger, refund: &str, event: RefundEvent, now: Timestamp) -> Actions {
        if event != RefundEvent::Resumed {
            return ledger.handle(refund, event, now);
        }
        let mut actions = ledger.clone().handle(refund, event, now)?;
        ledger.handle(refund, RefundEvent::Tick, now)?;
        // What only a machine that knows of the restart would send is left out.
        actions.retain(|numbered| match numbered.action {
            RefundAction::Send { send_id, operation, .. } => {
                let certainty = Certainty::Unknown;
                let event = RefundEvent::NoReply { send_id, operation, certainty };
                ledger.clone().handle(refund, event, now).is_ok()
            }
            _ => true,
        });
        Ok(actions)
    }
}

#[test]
fn a_restart_that_is_forgotten_is_found() {
    let world = Setting { crashes: 1, not_sent: true, ..setting(Protocol::AlipayPlus) };
    assert_eq!(found(world, ForgetsTheRestart), GIVEN);
}

/// Takes a notification for success, whatever it says.
#[test]
fn a_notification_that_always_means_success_is_found() {
    let machine = Fed(|_, _, event| match event {
        RefundEvent::Notified { body } => {
            let id = body.text("refundRequestId").map(|id| id.into_owned()).unwrap_or_default();
            let body = Object::new().with("refundRequestId", id.as_str()).with("refundStatus", "SUCCESS");
            RefundEvent::Notified { body }
        }
        event => event,
    });
    let world = Setting { notifies: true, ..setting(Protocol::Ams) };
    assert_eq!(found(world, machine), Some("1: refunded, but the money was not given back"));
}

/// Counts an unresolved refund as not made.
struct FreesTheUnresolved;

impl Subject for FreesTheUnresolved {
    fn handle(&self, ledger: &mut RefundLedger, refund: &str, event: RefundEvent, now: Timestamp) -> Actions {
        let actions = ledger.handle(refund, event, now)?;
        let outcome = ledger.refund(refund).and_then(Refund::outcome);
        if outcome == Some(&RefundOutcome::Unresolved) {
            let _ = ledger.resolve(refund, Resolved::NotMade, "nobody", "", now);
        }
        Ok(actions)
    }
}

#[test]
fn an_unresolved_refund_that_does_not_count_is_found() {
    let world = Setting { again: true, ..setting(Protocol::AlipayPlus) };
    let broken = found(world, FreesTheUnresolved);
    assert!(broken.is_some_and(|broken| broken.starts_with("4: more")), "{broken:?}");
}

/// Sends every copy with another body.
struct BuildsAnew;

impl Subject for BuildsAnew {
    fn handle(&self, ledger: &mut RefundLedger, refund: &str, event: RefundEvent, now: Timestamp) -> Actions {
        let mut actions = ledger.handle(refund, event, now)?;
        for numbered in &mut actions {
            if let RefundAction::Send { operation: Operation::Refund, body, .. } = &mut numbered.action {
                *body = Secret::new(format!("{} {now:?}", body.expose()));
            }
        }
        Ok(actions)
    }
}

#[test]
fn another_body_is_found() {
    let broken = found(setting(Protocol::AlipayPlus), BuildsAnew);
    assert_eq!(broken, Some("3: a refund was sent with another body"));
}

/// Says the result again whenever it hears something.
struct ConcludesAgain;

impl Subject for ConcludesAgain {
    fn handle(&self, ledger: &mut RefundLedger, refund: &str, event: RefundEvent, now: Timestamp) -> Actions {
        let outcome = ledger.refund(refund).and_then(Refund::outcome).cloned();
        let mut actions = ledger.handle(refund, event, now)?;
        if let Some(outcome) = outcome {
            actions.push(NumberedRefund { sequence: 1_000, action: RefundAction::Conclude { outcome } });
        }
        Ok(actions)
    }
}

#[test]
fn a_second_conclusion_is_found() {
    let broken = found(setting(Protocol::Ams), ConcludesAgain);
    assert_eq!(broken, Some("5: a refund concluded twice"));
}

/// Forgets the clock once it inquires.
struct SleepsOn;

impl Subject for SleepsOn {
    fn handle(&self, ledger: &mut RefundLedger, refund: &str, event: RefundEvent, now: Timestamp) -> Actions {
        if event == RefundEvent::Tick && now >= Timestamp::from_millis(4) {
            return Ok(Vec::new());
        }
        ledger.handle(refund, event, now)
    }
}

#[test]
fn a_refund_that_never_ends_is_found() {
    let broken = found(setting(Protocol::Ams), SleepsOn);
    assert_eq!(broken, Some("6: ticks alone do not end it in time"));
}

/// Forgets in the snapshot that a request is under way.
struct ForgetsTheLastStep;

impl Subject for ForgetsTheLastStep {
    fn handle(&self, ledger: &mut RefundLedger, refund: &str, event: RefundEvent, now: Timestamp) -> Actions {
        ledger.handle(refund, event, now)
    }

    fn restore(&self, ledger: &RefundLedger, empty: &RefundLedger) -> RefundLedger {
        let mut other = Real.restore(ledger, empty);
        let _ = other.handle("r", RefundEvent::Tick, Timestamp::UNIX_EPOCH);
        other
    }
}

#[test]
fn a_snapshot_that_loses_something_is_found() {
    let broken = found(setting(Protocol::Ams), ForgetsTheLastStep);
    assert_eq!(broken, Some("8: a snapshot does not give the refunds back"));
}

/// Panics on the second notification.
struct Panics(AtomicBool);

impl Subject for Panics {
    fn handle(&self, ledger: &mut RefundLedger, refund: &str, event: RefundEvent, now: Timestamp) -> Actions {
        if matches!(event, RefundEvent::Notified { .. }) && self.0.swap(true, Ordering::Relaxed) {
            panic!("on purpose");
        }
        ledger.handle(refund, event, now)
    }
}

#[test]
fn a_panic_is_found() {
    let world = Setting { notifies: true, ..setting(Protocol::Ams) };
    assert_eq!(found(world, Panics(AtomicBool::new(false))), Some("9: an event panicked"));
}
