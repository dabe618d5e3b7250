//! One payment from the first send to a definite outcome.
//!
//! The machine does no I/O and reads no clock. The host feeds it events with the time at which they happened, stores
//! the snapshot, and only then carries out the actions that came back: **persist before act**. After a restart it
//! restores the snapshot and feeds [`Event::Resumed`]; the actions of the last event come again under their old
//! numbers. A host sees an action at least once, and carrying it out twice is harmless, since a payment has one id
//! and one body.
//!
//! Assumed of the gateway: the first final result of an id, also a refusal, is repeated to every copy of the
//! request; nothing succeeds after `paymentExpiryTime`; a cancel that worked stays; the network's copies of one
//! send are judged alike; cancel and refund exclude each other.

mod action;
mod event;
mod expiry;
mod order;
pub(crate) mod snapshot;
mod state;
mod step;
mod taken;

pub use action::{Action, Numbered, Outcome};
pub use event::Event;
pub use order::PaymentOrder;
pub use state::State;
pub use step::step;
use step::step_in_place;
pub(crate) use taken::Taken;

pub use crate::machine::evidence::{Timing, Unverified};
pub use crate::machine::policy::{CancelWindow, Policy};
pub use crate::machine::secret::Secret;
pub use crate::words::{AlertKind, Certainty, RefundAfterCancelWindow, UnresolvedReason};

use std::sync::Arc;

use crate::api::pay::Warning;
use crate::error::Result;
use crate::gateway::{Operation, Protocol};
use crate::time::Timestamp;

/// A payment and its policy: a thin holder around [`step`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Payment {
    /// Shared: there are many payments, and few policies.
    policy: Arc<Policy>,
    state: State,
}

impl Payment {
    /// A payment that is not begun. Payments of one policy can share it.
    pub fn new(policy: impl Into<Arc<Policy>>, order: PaymentOrder) -> Self {
        Payment { policy: policy.into(), state: State::new(order) }
    }

    /// The protocol that the payment is made over.
    pub fn protocol(&self) -> Protocol {
        self.policy.protocol
    }

    /// Begins: the first action is the send of pay.
    ///
    /// # Errors
    /// `payment.already_begun`; `payment.expired` when the expiry has passed, and then nothing is sent.
    pub fn begin(&mut self, now: Timestamp) -> Result<Vec<Numbered>> {
        self.handle(Event::Begin, now)
    }

    /// Takes one event in and says what to do. Store the [`snapshot`](Payment::snapshot) before doing it.
    ///
    /// # Errors
    /// As [`step`]; the payment then stays as it was.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let (state, actions) = step(&self.policy, &self.state, event, now)?;
        self.state = state;
        Ok(actions)
    }

    /// The same for a payment that its holder can drop: after an error it is not to be used.
    pub(crate) fn handle_in_place(&mut self, event: &Event, now: Timestamp) -> Result<Vec<Numbered>> {
        step_in_place(&self.policy, &mut self.state, event, now)
    }

    /// When to feed the next [`Event::Tick`]; never after the end.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        self.state.next_wakeup()
    }

    /// How the payment ended, if it has.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.state.outcome()
    }

    /// The payment as text. Store it as a secret: while pay may have to be sent again it holds the payment code.
    pub fn snapshot(&self) -> String {
        snapshot::write(&self.policy, &self.state)
    }

    /// The payment that a snapshot was taken of. Feed it [`Event::Resumed`] unless it was never begun.
    ///
    /// # Errors
    /// `snapshot.malformed`, `snapshot.newer`, `snapshot.kind`, `snapshot.inconsistent`, or what
    /// [`Policy::new`] says of its policy. Nothing is ever loaded in part.
    pub fn restore(text: &str) -> Result<Self> {
        snapshot::restore(text)
    }

    /// The same without the checks on the policy, for model checking.
    ///
    /// # Errors
    /// As [`Payment::restore`], except those of the policy.
    #[cfg(feature = "model-checking")]
    #[doc(hidden)]
    pub fn restore_unchecked(text: &str) -> Result<Self> {
        snapshot::restore_any_policy(text)
    }

    /// The policy, for whatever else acts by it.
    pub(crate) fn shared_policy(&self) -> Arc<Policy> {
        Arc::clone(&self.policy)
    }

    /// Takes this very policy, if it acts by the same: a payment that was read has one of its own.
    pub(crate) fn share_policy(&mut self, policy: &Arc<Policy>) {
        if self.policy == *policy {
            self.policy = Arc::clone(policy);
        }
    }

    /// Both parts, to be stored with what belongs to the payment.
    pub(crate) fn parts(&self) -> (&Arc<Policy>, &State) {
        (&self.policy, &self.state)
    }

    /// The payment of parts that were stored.
    pub(crate) fn of_parts(policy: Arc<Policy>, state: State) -> Result<Self> {
        snapshot::of_parts(policy, state)
    }

    /// The state, to look at.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The policy it acts by.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What is to be paid.
    pub fn order(&self) -> &PaymentOrder {
        &self.state.order
    }

    /// The gateway's id of the payment, once a verified message told it.
    pub fn payment_id(&self) -> Option<&str> {
        self.state.facts.payment_id.as_deref()
    }

    /// When the customer paid, once a verified message told it.
    pub fn payment_time(&self) -> Option<Timestamp> {
        self.state.facts.payment_time
    }

    /// Whether a request of pay may have left this machine.
    pub fn may_have_left(&self) -> bool {
        self.state.begun_at.is_some() && !self.state.nothing_left()
    }

    /// Whether a send of this number and operation was given out.
    pub(crate) fn handles_send(&self, send_id: u32, operation: Operation) -> bool {
        self.state.operation_of(send_id) == Some(operation)
    }

    /// The first send of this operation that was given out.
    pub(crate) fn first_send(&self, operation: Operation) -> Option<u32> {
        (1..=self.state.send_count()).find(|id| self.state.operation_of(*id) == Some(operation))
    }

    /// Whether both are the same, except the time of the last event and what it gave out.
    pub(crate) fn is_same_but_for_time(&self, other: &Payment) -> bool {
        let mut state = self.state.clone();
        state.last_now = other.state.last_now;
        state.issued.clone_from(&other.state.issued);
        state == other.state && self.policy == other.policy
    }

    /// What verified messages said about money that was taken.
    pub(crate) fn taken(&self) -> Taken {
        self.state.facts.taken
    }

    /// Whether the payment itself sent a refund.
    pub(crate) fn refund_was_sent(&self) -> bool {
        self.state.sends.holds(Operation::Refund)
    }

    /// Whether another request owns the id.
    pub(crate) fn id_is_taken(&self) -> bool {
        self.state.facts.id_taken
    }

    /// The alerts that were raised, in the order of their first appearance.
    pub fn alerts(&self) -> &[AlertKind] {
        &self.state.alerts
    }

    /// The expiry that the request carries, once the payment has begun.
    pub fn expiry(&self) -> Option<Timestamp> {
        self.state.expiry
    }

    /// What the caller may want to know about that expiry, once the payment has begun.
    pub fn expiry_warning(&self) -> Option<Warning> {
        expiry::warning(&self.policy, &self.state.order, self.state.expiry?)
    }

    /// When the payment began.
    pub fn begun_at(&self) -> Option<Timestamp> {
        self.state.begun_at
    }
}

#[cfg(test)]
mod tests;
