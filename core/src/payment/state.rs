//! Everything a payment knows of itself. The snapshot is this, and nothing else.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::action::{Action, Numbered, Outcome};
use super::order::PaymentOrder;
use super::taken::Taken;
use crate::gateway::Operation;
use crate::machine::refund_retry::RefundRetry;
use crate::machine::secret::Secret;
use crate::machine::sends::Sends;
use crate::machine::timer::Timers;
use crate::reply::Blamed;
use crate::time::Timestamp;
use crate::words::AlertKind;

/// Where a payment stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Phase {
    Ready,
    Paying,
    AwaitingCustomer,
    Confirming,
    Cancelling(Cancelling),
    Refunding(RefundRetry),
    Final(Outcome),
}

/// What a cancel is waiting for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Cancelling {
    /// The same cancel again and again.
    Repeating {
        /// Whether the quick first minute is over.
        slow: bool,
    },
    /// The gateway can't cancel, so the outcome of the payment is inquired.
    Checking {
        /// Inquiries with a lower number were sent before that answer and do not settle it.
        first_inquiry: u32,
        /// Whether a cancel can still help.
        window_over: bool,
    },
}

/// What is known of one sending of pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
    /// No answer yet, and there is time.
    Open,
    /// No usable answer.
    Silent,
    /// Nothing left this machine.
    NotSent,
    /// Answered, but the outcome is open.
    Unsettled,
    /// Answered with a refusal.
    Refused,
    /// The gateway took it.
    Accepted,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PaySend {
    pub(super) send_id: u32,
    pub(super) fate: Fate,
    /// It may have been carried out before a restart, so a later "not sent" proves nothing.
    pub(super) resumed: bool,
    /// What its unsigned answer blames; it settles nothing.
    #[serde(default)]
    pub(super) blamed: Option<Blamed>,
}

/// Verified facts about the payment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Facts {
    /// The gateway knows the order.
    pub(super) order_seen: bool,
    /// Money moved.
    pub(super) success_known: bool,
    /// A message stated another amount than ours.
    pub(super) amount_disputed: bool,
    /// Another request owns the id.
    pub(super) id_taken: bool,
    /// A form was shown to the customer.
    pub(super) presented: bool,
    /// The gateway's id of the payment.
    pub(super) payment_id: Option<String>,
    /// When the customer paid, as the gateway says.
    #[serde(default)]
    pub(super) payment_time: Option<Timestamp>,
    /// What verified messages said about money that was taken.
    #[serde(default)]
    pub(super) taken: Taken,
    /// A verified message arrived. The first version of snapshots did not say; a payment of that time counts as one
    /// that was heard of, so that its cancels go on.
    #[serde(default = "heard_of")]
    pub(super) verified: bool,
    /// How many unsigned answers blamed the configuration; not counted beyond what raises the alert.
    #[serde(default)]
    pub(super) unsigned: u8,
    /// How many answers in a row verified under no configured key; counted likewise.
    #[serde(default)]
    pub(super) wrong_keys: u8,
}

fn heard_of() -> bool {
    true
}

/// The state of one payment; opaque, except what [`Payment`](super::Payment) shows of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    pub(super) order: Arc<PaymentOrder>,
    pub(super) phase: Phase,
    pub(super) last_now: Option<Timestamp>,
    pub(super) begun_at: Option<Timestamp>,
    pub(super) expiry: Option<Timestamp>,
    /// The end of the customer's time, once a code or a form was created.
    #[serde(default)]
    pub(super) closing: Option<Timestamp>,
    /// Present while pay may have to be sent again. It is most of what is stored, so it is written beside the state as it is;
    /// before version 3 it was a member.
    #[serde(default, skip_serializing)]
    pub(super) pay_body: Option<Secret>,
    pub(super) sends: Sends,
    pub(super) pay_sends: Vec<PaySend>,
    pub(super) resends: u32,
    pub(super) not_sent_repeats: u32,
    pub(super) inquiries: u32,
    /// The next request was already put off because of the gateway's traffic limit.
    pub(super) slowed: bool,
    pub(super) cancel_sent: bool,
    /// The first cancel that was sent after the expiry and the clock margin.
    pub(super) late_cancel: Option<u32>,
    pub(super) facts: Facts,
    pub(super) timers: Timers,
    pub(super) alerts: Vec<AlertKind>,
    pub(super) next_sequence: u64,
    /// The actions of the last event, to be given out again after a restart. Where pay may have to be sent again, its
    /// body is in `pay_body`, and not here too.
    pub(super) issued: Vec<Numbered>,
}

impl State {
    /// A payment that was not begun.
    pub fn new(order: PaymentOrder) -> Self {
        State {
            order: Arc::new(order),
            phase: Phase::Ready,
            last_now: None,
            begun_at: None,
            expiry: None,
            closing: None,
            pay_body: None,
            sends: Sends::default(),
            pay_sends: Vec::new(),
            resends: 0,
            not_sent_repeats: 0,
            inquiries: 0,
            slowed: false,
            cancel_sent: false,
            late_cancel: None,
            facts: Facts::default(),
            timers: Timers::default(),
            alerts: Vec::new(),
            next_sequence: 1,
            issued: Vec::new(),
        }
    }

    /// Keeps the actions of an event.
    pub(super) fn keep_issued(&mut self, issued: &[Numbered]) {
        issued.clone_into(&mut self.issued);
        if self.pay_body.is_some() {
            for body in bodies_of_pay(&mut self.issued) {
                *body = Secret::elsewhere();
            }
        }
    }

    /// Takes out the actions that were kept, whole.
    pub(super) fn take_issued(&mut self) -> Vec<Numbered> {
        let mut issued = std::mem::take(&mut self.issued);
        if let Some(pay_body) = &self.pay_body {
            for body in bodies_of_pay(&mut issued).filter(|body| body.is_elsewhere()) {
                body.clone_from(pay_body);
            }
        }
        issued
    }

    /// The body of pay, while it may have to be sent again.
    pub(crate) fn pay_body(&self) -> Option<&str> {
        self.pay_body.as_ref().map(Secret::expose)
    }

    pub(crate) fn set_pay_body(&mut self, body: Option<&str>) {
        self.pay_body = body.map(|body| Secret::new(body.to_owned()));
    }

    /// The name of the state: `ready`, `paying`, `awaiting_customer`, `confirming`, `cancelling`, `refunding`, or
    /// that of the outcome.
    pub fn name(&self) -> &'static str {
        match &self.phase {
            Phase::Ready => "ready",
            Phase::Paying => "paying",
            Phase::AwaitingCustomer => "awaiting_customer",
            Phase::Confirming => "confirming",
            Phase::Cancelling(_) => "cancelling",
            Phase::Refunding(_) => "refunding",
            Phase::Final(outcome) => outcome.as_str(),
        }
    }

    /// How the payment ended, if it has.
    pub fn outcome(&self) -> Option<&Outcome> {
        match &self.phase {
            Phase::Final(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// When the next [`Event::Tick`](super::Event::Tick) is due.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        match &self.phase {
            Phase::Refunding(course) => Some(course.next_wakeup()),
            _ => self.timers.next(),
        }
    }

    /// Hashes what decides how the payment goes on, and not what only numbers it: two states that differ in
    /// sequence numbers, or in actions that no restart will ask for again, behave alike.
    #[cfg(feature = "model-checking")]
    #[doc(hidden)]
    pub fn hash_behaviour<H: std::hash::Hasher>(&self, restarts: bool, hasher: &mut H) {
        use std::hash::Hash as _;
        (&self.phase, self.last_now, self.expiry, self.closing, &self.timers, &self.facts, &self.alerts)
            .hash(hasher);
        (&self.sends, &self.pay_sends, self.resends, self.not_sent_repeats).hash(hasher);
        (self.inquiries, self.slowed, self.cancel_sent, self.late_cancel).hash(hasher);
        if restarts {
            self.issued.iter().for_each(|issued| issued.action.hash(hasher));
        }
    }

    /// The operation of a send that was given out.
    pub(super) fn operation_of(&self, send_id: u32) -> Option<Operation> {
        self.sends.operation_of(send_id)
    }

    /// How many sends were given out.
    pub(super) fn send_count(&self) -> u32 {
        self.sends.count()
    }

    /// Whether it is certain that nothing of the payment ever left this machine.
    pub(super) fn nothing_left(&self) -> bool {
        !self.facts.order_seen && self.pay_sends.iter().all(|send| send.fate == Fate::NotSent)
    }

    /// Whether the answer to a send of pay may still come in time.
    pub(super) fn pay_open(&self) -> bool {
        self.pay_sends.iter().any(|send| send.fate == Fate::Open)
    }
}

fn bodies_of_pay(issued: &mut [Numbered]) -> impl Iterator<Item = &mut Secret> {
    issued.iter_mut().filter_map(|numbered| match &mut numbered.action {
        Action::Send { operation: Operation::Pay, body, .. } => Some(body),
        _ => None,
    })
}
