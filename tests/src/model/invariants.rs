//! The nine promises, as checks on a state and on the step that led to it.

use std::hash::{Hash, Hasher};

use alipay_instore::Timestamp;
use alipay_instore::gateway::Operation;
use alipay_instore::payment::{Action, AlertKind, Event, Numbered, Outcome, Payment, Secret};

use super::gateway::Say;
use super::subject::Subject;
use super::system::{Message, Setting, System, SystemState, Wire};

/// What the checks need to know of the past.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    broken: Option<&'static str>,
    /// Evidence arrived that our money moved, and nothing spoke against it.
    success: bool,
    /// Evidence arrived that the gateway will not take the money, or has given it back.
    nothing_taken: bool,
    id_taken: bool,
    /// It was given up without such evidence, which is right only if nothing ever left the host.
    unproven: bool,
    pay_body: Option<Secret>,
    cancel_issued: bool,
    concluded: Option<(u64, Outcome)>,
    last_sequence: u64,
}

/// The numbers of the actions are left out: see the hash of the whole state.
impl Hash for History {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.broken, self.success, self.nothing_taken, self.id_taken, self.unproven).hash(hasher);
        (self.cancel_issued, self.concluded.as_ref().map(|(_, outcome)| outcome)).hash(hasher);
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

    /// A verified message is about to be fed.
    pub(super) fn learns(&mut self, setting: &Setting, operation: Operation, say: Say) {
        let ours = setting.stated_amount.is_none_or(|amount| amount == "100") && !setting.other_owner;
        match (operation, say) {
            // A notification without an amount asks for an inquiry; it decides nothing.
            (Operation::Notify, Say::Paid) if setting.stated_amount.is_none() => {}
            (_, Say::Paid) if ours => self.success = true,
            (_, Say::PaymentRefused | Say::Closed) => self.nothing_taken = true,
            (Operation::Cancel | Operation::Refund | Operation::RefundInquiry, Say::Done | Say::NotFound) => {
                self.nothing_taken = true;
            }
            (_, Say::IdTaken) => self.id_taken = true,
            _ => {}
        }
    }

    /// A step was taken at this time. `asked` is whether the cashier has cancelled.
    pub(super) fn after_step(
        &mut self,
        payment: &Payment,
        before: Option<&Outcome>,
        actions: &[Numbered],
        (now, asked): (i64, bool),
    ) {
        let disputed = payment.alerts().contains(&AlertKind::AmountMismatch);
        if before.is_some() && before != payment.outcome() {
            self.break_with("5: a final state changed");
        }
        for Numbered { sequence, action } in actions {
            let again = *sequence <= self.last_sequence;
            self.last_sequence = self.last_sequence.max(*sequence);
            match action {
                Action::Send { operation: Operation::Pay, body, .. } => {
                    if self.pay_body.get_or_insert_with(|| body.clone()) != body {
                        self.break_with("3: pay was sent with another body");
                    }
                    if self.cancel_issued && !again {
                        self.break_with("4: pay was sent after a cancel");
                    }
                    if payment.expiry().is_some_and(|expiry| now >= expiry.as_millis()) {
                        self.break_with("4: pay was sent at or after its expiry");
                    }
                }
                Action::Send { operation, .. } => {
                    if *operation == Operation::Cancel && !self.cancel_issued {
                        self.cancel_issued = true;
                        if self.success && !disputed {
                            self.break_with("4: a payment that succeeded was cancelled");
                        }
                        if disputed && !asked {
                            self.break_with("4: a disputed payment was cancelled by itself");
                        }
                    }
                    let reverses = matches!(operation, Operation::Cancel | Operation::Refund);
                    if reverses && self.id_taken && !again {
                        self.break_with("7: another owner's payment was reversed");
                    }
                }
                Action::Present { .. } => {
                    if self.cancel_issued && !again {
                        self.break_with("4: a form was presented after a cancel");
                    }
                }
                Action::Conclude { outcome } => self.concludes(*sequence, outcome),
                Action::Alert { .. } => {}
            }
        }
    }

    fn concludes(&mut self, sequence: u64, outcome: &Outcome) {
        match &self.concluded {
            Some(known) if *known == (sequence, outcome.clone()) => {}
            Some(_) => self.break_with("5: a payment concluded twice"),
            None => self.concluded = Some((sequence, outcome.clone())),
        }
        if *outcome == Outcome::Succeeded && !self.success {
            self.break_with("1: success without evidence");
        }
        if matches!(outcome, Outcome::Failed { .. } | Outcome::Cancelled) && !self.nothing_taken {
            self.unproven = true;
        }
    }
}

/// The invariant that a state breaks, by itself or by the step that led to it.
pub fn broken<S: Subject>(system: &System<S>, state: &SystemState) -> Option<&'static str> {
    let pay_left = |message: &Message| matches!(message, Message::Request(_, Wire::Pay));
    let (taken, net, ours) = (state.ledger.taken, state.ledger.net(), !system.setting.other_owner);
    let by_itself = match state.payment.outcome() {
        Some(Outcome::Succeeded) if (taken, net) != (1, 1) || !ours => {
            Some("7: success, but the ledger disagrees")
        }
        Some(Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded) if net != 0 && ours => {
            Some("7: given up, but money was taken")
        }
        _ if taken > 1 || state.ledger.returned > taken => Some("7: money was taken or given back twice"),
        _ if state.history.unproven && state.network.iter().any(pay_left) => {
            Some("2: given up without evidence")
        }
        _ if system.subject.restore(&state.payment) != state.payment => {
            Some("8: a snapshot does not give the payment back")
        }
        _ if !ends_with_ticks_alone(system, state) => Some("6: ticks alone do not end it in time"),
        _ => None,
    };
    state.history.broken.or(by_itself)
}

/// A copy of the machine is fed ticks and nothing else.
fn ends_with_ticks_alone<S: Subject>(system: &System<S>, state: &SystemState) -> bool {
    let mut payment = state.payment.clone();
    let (now, end) = (state.now, state.now + system.setting.bound());
    let (now, end) = (Timestamp::from_millis(now), Timestamp::from_millis(end));
    // Every tick moves time on by at least one, so this many are enough.
    for _ in 0..=system.setting.bound() {
        if payment.outcome().is_some() {
            return true;
        }
        let Some(at) = payment.next_wakeup().filter(|at| *at <= end) else { return false };
        if system.subject.handle(&mut payment, Event::Tick, at.max(now)).is_err() {
            return false;
        }
    }
    payment.outcome().is_some()
}
