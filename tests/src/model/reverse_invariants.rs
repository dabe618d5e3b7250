//! What must hold of a reverse, as checks on a state and on the step that led to it.

use std::collections::{BTreeMap, BTreeSet};

use alipay_instore::Timestamp;
use alipay_instore::gateway::Operation;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::refund::{Refund, RefundOutcome};
use alipay_instore::reverse::{NumberedReverse, Reverse, ReverseAction, ReverseEvent, ReverseOutcome};

use super::reverse::{Message, ReverseState, ReverseSystem, Subject};
use super::reverse_gateway::{Fate, TAKEN};

/// What the checks need to know of the past.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct History {
    broken: Option<&'static str>,
    concluded: Option<ReverseOutcome>,
    /// Cancels that the gateway has seen.
    pub(super) processed: BTreeSet<u32>,
    /// Cancels that may have left before a restart, whatever is said of their second try.
    pub(super) doubted: BTreeSet<u32>,
    bodies: BTreeMap<&'static str, String>,
}

impl History {
    /// What can't be reported on any more plays no part.
    pub(super) fn forget(&mut self, network: &BTreeSet<Message>) {
        let under_way = |send_id: &u32| {
            network.iter().any(|message| matches!(message, Message::Request(id, _) if id == send_id))
        };
        self.processed.retain(under_way);
        self.doubted.retain(under_way);
    }

    pub(super) fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    pub(super) fn break_with(&mut self, invariant: &'static str) {
        self.broken.get_or_insert(invariant);
    }

    /// A step was taken.
    pub(super) fn after_step(
        &mut self,
        ledger: &RefundLedger,
        before: Option<&ReverseOutcome>,
        actions: &[NumberedReverse],
    ) {
        if before.is_some() && before != ledger.reverse().and_then(Reverse::outcome) {
            self.break_with("a final state changed");
        }
        for NumberedReverse { action, .. } in actions {
            match action {
                ReverseAction::Send { operation, body, .. } => {
                    let spent =
                        |refund: &Refund| matches!(refund.outcome(), None | Some(RefundOutcome::Refunded));
                    if *operation == Operation::Cancel && ledger.refunds().iter().any(spent) {
                        self.break_with("a cancel was sent though a refund was made or is open");
                    }
                    let known =
                        self.bodies.entry(operation.as_str()).or_insert_with(|| body.expose().to_owned());
                    if known != body.expose() {
                        self.break_with("a request was sent with another body");
                    }
                }
                ReverseAction::Conclude { outcome } => {
                    if self.concluded.get_or_insert_with(|| outcome.clone()) != outcome {
                        self.break_with("a reverse concluded twice");
                    }
                }
                ReverseAction::Alert { .. } => {}
            }
        }
    }
}

/// The invariant that a state breaks, by itself or by the step that led to it. Money is judged in every state, so also
/// once everything that was in flight at the end has landed.
pub fn broken<S: Subject>(system: &ReverseSystem<S>, state: &ReverseState) -> Option<&'static str> {
    let (reverse, bank) = (state.reverse()?, &state.bank);
    let own = bank.refunds.get(&reverse.order().refund_request_id);
    let by_itself = match reverse.outcome() {
        Some(ReverseOutcome::Reversed) if bank.returned() != TAKEN => {
            Some("reversed, but the merchant keeps money")
        }
        Some(ReverseOutcome::Refused { .. }) if bank.cancelled || matches!(own, Some(Fate::Made(_))) => {
            Some("refused, but the money was given back")
        }
        _ if bank.returned() > TAKEN => Some("more was given back than taken"),
        _ if system.subject.restore(&state.ledger).as_ref() != Some(&state.ledger) => {
            Some("a snapshot does not give the ledger back")
        }
        _ if !ends_with_ticks_alone(system, state) => Some("ticks alone do not end it in time"),
        _ => None,
    };
    state.history.broken.or(by_itself)
}

/// A copy is fed ticks and nothing else. A refund that is open has its own driver, which ends it.
fn ends_with_ticks_alone<S: Subject>(system: &ReverseSystem<S>, state: &ReverseState) -> bool {
    if state.ledger.refunds().iter().any(|refund| refund.outcome().is_none()) {
        return true;
    }
    let mut ledger = state.ledger.clone();
    let now = Timestamp::from_millis(state.now);
    let end = Timestamp::from_millis(state.now + system.world.bound());
    for _ in 0..=system.world.bound() {
        let Some(reverse) = ledger.reverse().filter(|reverse| reverse.outcome().is_none()) else {
            return true;
        };
        let Some(at) = reverse.next_wakeup().filter(|at| *at <= end) else { return false };
        if system.subject.handle(&mut ledger, ReverseEvent::Tick, at.max(now)).is_err() {
            return false;
        }
    }
    ledger.reverse().is_some_and(|reverse| reverse.outcome().is_some())
}
