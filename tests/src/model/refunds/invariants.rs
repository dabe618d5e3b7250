//! What must hold of refunds, as checks on a state and on the step that led to it.

use std::hash::{Hash, Hasher};

use alipay_instore::Timestamp;
use alipay_instore::gateway::Operation;
use alipay_instore::payment::Secret;
use alipay_instore::refund::{NumberedRefund, Refund, RefundAction, RefundEvent, RefundOutcome};

use super::Subject;
use super::gateway::Books;
use super::system::{IDS, System, SystemState};

/// What the checks need to know of the past of one refund.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    broken: Option<&'static str>,
    body: Option<Secret>,
    concluded: Option<(u64, RefundOutcome)>,
}

/// The numbers of the actions are left out: see the hash of the whole state.
impl Hash for History {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.broken, self.concluded.as_ref().map(|(_, outcome)| outcome)).hash(hasher);
    }
}

impl History {
    /// Whether a step broke an invariant, so that nothing that follows counts.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    pub(super) fn break_with(&mut self, invariant: &'static str) {
        self.broken.get_or_insert(invariant);
    }

    /// A step was taken.
    pub(super) fn after_step(&mut self, before: &Refund, after: &Refund, actions: &[NumberedRefund]) {
        if before.outcome().is_some() && before.outcome() != after.outcome() {
            self.break_with("5: a final state changed");
        }
        for NumberedRefund { sequence, action } in actions {
            match action {
                RefundAction::Send { operation: Operation::Refund, body, .. } => {
                    if self.body.get_or_insert_with(|| body.clone()) != body {
                        self.break_with("3: a refund was sent with another body");
                    }
                }
                RefundAction::Conclude { outcome } => match &self.concluded {
                    Some(known) if *known == (*sequence, outcome.clone()) => {}
                    Some(_) => self.break_with("5: a refund concluded twice"),
                    None => self.concluded = Some((*sequence, outcome.clone())),
                },
                RefundAction::Send { .. } | RefundAction::Alert { .. } => {}
            }
        }
    }
}

/// The invariant that a state breaks, by itself or by the step that led to it. What is in flight is still there to be
/// delivered, so a refund that failed too early shows in a later state.
pub fn broken<S: Subject>(system: &System<S>, state: &SystemState) -> Option<&'static str> {
    if let Some(broken) = state.history.iter().find_map(|history| history.broken) {
        return Some(broken);
    }
    for (refund, books) in state.ledger.refunds().iter().zip(&state.books) {
        match refund.outcome() {
            Some(RefundOutcome::Refunded) if books.given() != 1 => {
                return Some("1: refunded, but the money was not given back");
            }
            Some(RefundOutcome::Failed { .. } | RefundOutcome::OrderCancelled) if books.given() != 0 => {
                return Some("2: not made, but the money was given back");
            }
            _ => {}
        }
    }
    let paid = state.ledger.paid().value();
    let given = state.books.iter().map(Books::given).sum::<u64>() * paid;
    if given > paid {
        Some("4: more was given back than was paid")
    } else if given + state.ledger.left() > paid {
        Some("4: more is left than was not given back")
    } else if system.subject.restore(&state.ledger, &system.empty()) != state.ledger {
        Some("8: a snapshot does not give the refunds back")
    } else if !ends_with_ticks_alone(system, state) {
        Some("6: ticks alone do not end it in time")
    } else {
        None
    }
}

/// A copy of the machine is fed ticks and nothing else.
fn ends_with_ticks_alone<S: Subject>(system: &System<S>, state: &SystemState) -> bool {
    let now = Timestamp::from_millis(state.now);
    let end = Timestamp::from_millis(state.now + system.setting.bound());
    state.ledger.refunds().iter().zip(IDS).all(|(refund, id)| {
        if refund.outcome().is_some() {
            return true;
        }
        let mut ledger = state.ledger.clone();
        // Every tick moves time on by at least one, so this many are enough.
        for _ in 0..=system.setting.bound() {
            let wakeup = ledger.refund(id).and_then(Refund::next_wakeup).filter(|at| *at <= end);
            let Some(at) = wakeup else { break };
            if system.subject.handle(&mut ledger, id, RefundEvent::Tick, at.max(now)).is_err() {
                return false;
            }
        }
        ledger.refund(id).is_some_and(|refund| refund.outcome().is_some())
    })
}
