//! The checker finds what it is there to find: for each promise of the reverse a ledger that breaks one rule, in front of
//! the real one. The core has no switches; each subject here changes what goes in or what comes out.

use alipay_instore::Timestamp;
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::payment::{Certainty, Secret, Timing};
use alipay_instore::reverse::{NumberedReverse, ReverseAction, ReverseEvent};
use conformance::model::reverse::{Earlier, Real, ReverseSystem, Subject, World};
use conformance::model::reverse_invariants;
use stateright::{Checker, Model};

/// The invariant that the checker finds broken, if it does.
fn found<S: Subject + Send + Sync + 'static>(world: World, subject: S) -> Option<&'static str> {
    let checker = ReverseSystem { world, subject }.checker().spawn_bfs().join();
    let path = checker.discovery("every invariant holds")?;
    reverse_invariants::broken(checker.model(), path.last_state())
}

#[test]
fn the_real_ledger_keeps_every_invariant() {
    // `make model-check` walks through the larger worlds.
    for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
        assert_eq!(found(World::new("test", protocol), Real), None);
    }
}

fn answered(event: &ReverseEvent, code: &str) -> bool {
    let ReverseEvent::Reply { body, .. } = event else { return false };
    body.object("result").and_then(|result| result.text("resultCode")).as_deref() == Some(code)
}

/// Takes ORDER_STATUS_INVALID for "it is cancelled already".
struct TakesInvalidForCancelled;

impl Subject for TakesInvalidForCancelled {
    fn handle(
        &self,
        ledger: &mut RefundLedger,
        event: ReverseEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedReverse>> {
        let event = match event {
            ReverseEvent::Reply { send_id, operation: operation @ Operation::Cancel, .. }
                if answered(&event, "ORDER_STATUS_INVALID") =>
            {
                let result = Object::new().with("resultStatus", "S").with("resultCode", "SUCCESS");
                let body = Object::new().with("result", result);
                ReverseEvent::Reply { send_id, operation, body, timing: Timing::default() }
            }
            other => other,
        };
        ledger.handle_reverse(event, now)
    }
}

#[test]
fn a_reverse_that_gave_nothing_back_is_found() {
    let world = World { inconclusive: true, ..World::new("test", Protocol::Ams) };
    assert_eq!(found(world, TakesInvalidForCancelled), Some("reversed, but the merchant keeps money"));
}

/// Forgets that a cancel without an answer may have been carried out.
struct ForgetsOpenCancels;

impl Subject for ForgetsOpenCancels {
    fn handle(
        &self,
        ledger: &mut RefundLedger,
        event: ReverseEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedReverse>> {
        let mut actions = ledger.handle_reverse(event, now)?;
        for send_id in actions.clone().iter().filter_map(cancel) {
            let operation = Operation::Cancel;
            let certainty = Certainty::NotSent;
            actions
                .extend(ledger.handle_reverse(ReverseEvent::NoReply { send_id, operation, certainty }, now)?);
        }
        Ok(actions)
    }
}

fn cancel(numbered: &NumberedReverse) -> Option<u32> {
    match numbered.action {
        ReverseAction::Send { send_id, operation: Operation::Cancel, .. } => Some(send_id),
        _ => None,
    }
}

#[test]
fn a_refusal_although_the_money_went_back_is_found() {
    let world = World { inconclusive: true, ..World::new("test", Protocol::Ams) };
    assert_eq!(found(world, ForgetsOpenCancels), Some("refused, but the money was given back"));
}

/// Uses a new id for each copy of the refund.
struct NewIdForEachCopy;

impl Subject for NewIdForEachCopy {
    fn handle(
        &self,
        ledger: &mut RefundLedger,
        event: ReverseEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedReverse>> {
        let mut actions = ledger.handle_reverse(event, now)?;
        for numbered in &mut actions {
            if let ReverseAction::Send { send_id, operation: Operation::Refund, body, .. } =
                &mut numbered.action
            {
                *body = Secret::new(body.expose().replace("reverse-p", &format!("reverse-p-{send_id}")));
            }
        }
        Ok(actions)
    }
}

#[test]
fn a_second_id_is_found() {
    let world = World { begins: 7, inconclusive: true, ..World::new("test", Protocol::AlipayPlus) };
    let broken = found(world, NewIdForEachCopy);
    assert!(
        [Some("a request was sent with another body"), Some("more was given back than taken")]
            .contains(&broken),
        "{broken:?}"
    );
}

/// Refunds everything, whatever was refunded before.
struct RefundsEverything;

impl Subject for RefundsEverything {
    fn handle(
        &self,
        ledger: &mut RefundLedger,
        event: ReverseEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedReverse>> {
        let mut actions = ledger.handle_reverse(event, now)?;
        for numbered in &mut actions {
            if let ReverseAction::Send { operation: Operation::Refund, body, .. } = &mut numbered.action {
                *body = Secret::new(body.expose().replace(r#""60""#, r#""100""#));
            }
        }
        Ok(actions)
    }
}

#[test]
fn more_given_back_than_taken_is_found() {
    let world = World { earlier: Earlier::Made, ..World::new("test", Protocol::Ams) };
    assert_eq!(found(world, RefundsEverything), Some("more was given back than taken"));
}

/// Does not wake up while it cancels.
struct SleepsOn;

impl Subject for SleepsOn {
    fn handle(
        &self,
        ledger: &mut RefundLedger,
        event: ReverseEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedReverse>> {
        let cancelling = ledger.reverse().is_some_and(|reverse| reverse.state() == "cancelling");
        if cancelling && event == ReverseEvent::Tick {
            return Ok(Vec::new());
        }
        ledger.handle_reverse(event, now)
    }
}

#[test]
fn a_reverse_that_never_ends_is_found() {
    let world = World::new("test", Protocol::Ams);
    assert_eq!(found(world, SleepsOn), Some("ticks alone do not end it in time"));
}
