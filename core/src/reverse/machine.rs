//! The reverse as a machine: its state, its deadlines and what it sends. What answers mean stands in `answer`.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{EarlierRefund, NumberedReverse, ReverseAction, ReverseEvent, ReverseOrder, ReverseOutcome};
use crate::amount::Amount;
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Operation;
use crate::json::Object;
use crate::machine::cancel_pace as pace;
use crate::machine::refund_body;
use crate::machine::refund_retry::{Due, RefundRetry};
use crate::machine::sends::Sends;
use crate::machine::timer::{Timer, Timers};
use crate::payment::{AlertKind, Certainty, Policy, Secret};
use crate::time::Timestamp;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Phase {
    Ready,
    /// A refund of the merchant's is open; what is left is known when it has ended.
    Waiting,
    Cancelling {
        /// Whether the quick first minute is over.
        slow: bool,
    },
    /// The payment's own state is inquired: the answers to cancels, or to the refund, do not tell it.
    Checking {
        /// Inquiries with a lower number were sent before the question arose and do not answer it.
        first_inquiry: u32,
        inquiries: u32,
    },
    Refunding(RefundRetry),
    Final(ReverseOutcome),
}

/// What the merchant's refunds have done to the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// What may still be given back, in minor units.
    pub(crate) left: u64,
    /// A refund was made.
    pub(crate) refunded: bool,
    /// A refund is open.
    pub(crate) open: bool,
    /// A refund ended without a known result.
    pub(crate) unresolved: bool,
}

/// One reverse. It does no I/O, reads no clock, and is stored before its actions are carried out. It lives in the
/// [`RefundLedger`](crate::ledger::RefundLedger), which feeds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reverse {
    pub(super) order: ReverseOrder,
    pub(super) phase: Phase,
    last_now: Option<Timestamp>,
    pub(super) sends: Sends,
    /// Cancels that may still be carried out, or were without our knowledge.
    pub(super) open_cancels: Vec<u32>,
    /// Sends up to this one may have been carried out before a restart, so a later "not sent" proves nothing.
    doubted: u32,
    /// When the cancel window ends, once a cancel was sent.
    window: Option<Timestamp>,
    /// How much the refund gives back, once it is known.
    refund_amount: Option<Amount>,
    /// The gateway's code, once it refused the refund.
    pub(super) refused: Option<String>,
    /// The first inquiry after that refusal that was sent when no cancel could be carried out any more. An earlier one
    /// may have been answered before a cancel was carried out.
    settling: Option<u32>,
    pub(super) refund_id: Option<String>,
    pub(super) slowed: bool,
    pub(super) timers: Timers,
    alerts: Vec<AlertKind>,
    next_sequence: u64,
    issued: Vec<NumberedReverse>,
}

impl Reverse {
    pub(crate) fn new(order: ReverseOrder) -> Self {
        Reverse {
            order,
            phase: Phase::Ready,
            last_now: None,
            sends: Sends::default(),
            open_cancels: Vec::new(),
            doubted: 0,
            window: None,
            refund_amount: None,
            refused: None,
            settling: None,
            refund_id: None,
            slowed: false,
            timers: Timers::default(),
            alerts: Vec::new(),
            next_sequence: 1,
            issued: Vec::new(),
        }
    }

    /// What is to be given back.
    pub fn order(&self) -> &ReverseOrder {
        &self.order
    }

    /// How it ended, if it has.
    pub fn outcome(&self) -> Option<&ReverseOutcome> {
        match &self.phase {
            Phase::Final(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// `ready`, `waiting`, `cancelling`, `checking`, `refunding`, or the outcome's name.
    pub fn state(&self) -> &'static str {
        match &self.phase {
            Phase::Ready => "ready",
            Phase::Waiting => "waiting",
            Phase::Cancelling { .. } => "cancelling",
            Phase::Checking { .. } => "checking",
            Phase::Refunding(_) => "refunding",
            Phase::Final(outcome) => outcome.as_str(),
        }
    }

    /// When the next [`ReverseEvent::Tick`] is due.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        match &self.phase {
            Phase::Refunding(course) => Some(course.next_wakeup()),
            _ => self.timers.next(),
        }
    }

    /// The id of the refund, if one was sent.
    pub fn refund_request_id(&self) -> Option<&str> {
        self.sends.holds(Operation::Refund).then_some(self.order.refund_request_id.as_str())
    }

    /// The gateway's id of the refund, once a verified message told it.
    pub fn refund_id(&self) -> Option<&str> {
        self.refund_id.as_deref()
    }

    /// The alerts that were raised, in the order of their first appearance.
    pub fn alerts(&self) -> &[AlertKind] {
        &self.alerts
    }

    /// Takes one event in and says what to do.
    pub(crate) fn handle(
        &mut self,
        policy: &Policy,
        standing: Standing,
        event: ReverseEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedReverse>> {
        self.check(&event)?;
        let mut step = Step { reverse: self, policy, standing, now, issued: Vec::new() };
        step.advance_clock();
        step.take(event);
        step.act_on_deadlines();
        let issued = step.issued;
        self.issued.clone_from(&issued);
        Ok(issued)
    }

    /// Hashes what decides how the reverse goes on, and not what only numbers it.
    #[cfg(feature = "model-checking")]
    #[doc(hidden)]
    pub fn hash_behaviour<H: std::hash::Hasher>(&self, restarts: bool, hasher: &mut H) {
        use std::hash::Hash as _;
        (&self.order, &self.phase, self.last_now, &self.sends, &self.open_cancels, self.window).hash(hasher);
        (self.refund_amount, &self.refused, self.settling, self.slowed, &self.timers, &self.alerts)
            .hash(hasher);
        if restarts {
            self.issued.iter().for_each(|issued| issued.action.hash(hasher));
        }
        self.doubted.hash(hasher);
    }

    /// What holds of every state that the machine can reach.
    pub(crate) fn is_consistent(&self) -> bool {
        let quiet = !matches!(self.phase, Phase::Ready | Phase::Refunding(_) | Phase::Final(_))
            || self.timers.next().is_none();
        let numbered = self.issued.iter().all(|issued| issued.sequence < self.next_sequence);
        let begun = (self.phase == Phase::Ready) == self.last_now.is_none();
        quiet
            && numbered
            && begun
            && self.timers.is_well_formed()
            && self.order.api_prefix.starts_with('/')
            && !self.order.refund_request_id.is_empty()
    }

    fn check(&self, event: &ReverseEvent) -> Result<()> {
        let ready = self.phase == Phase::Ready;
        match event {
            ReverseEvent::Begin if ready => Ok(()),
            ReverseEvent::Begin => {
                Err(Error::new(ErrorCode::ReverseAlreadyBegun, "the reverse was begun before"))
            }
            _ if ready => Err(Error::new(ErrorCode::ReverseNotBegun, "the reverse was not begun")),
            ReverseEvent::Reply { send_id, operation, .. }
            | ReverseEvent::NoReply { send_id, operation, .. } => match self.sends.operation_of(*send_id) {
                None => {
                    let reason = format!("send {send_id} was never given out");
                    Err(Error::new(ErrorCode::ReverseUnknownSend, reason))
                }
                Some(sent) if sent != *operation => {
                    let reason = format!("send {send_id} was {}", sent.as_str());
                    Err(Error::new(ErrorCode::ReverseWrongOperation, reason))
                }
                Some(_) => Ok(()),
            },
            ReverseEvent::Notified { .. } | ReverseEvent::Resumed | ReverseEvent::Tick => Ok(()),
        }
    }
}

/// One event at work on a reverse.
pub(super) struct Step<'a> {
    pub(super) reverse: &'a mut Reverse,
    pub(super) policy: &'a Policy,
    standing: Standing,
    pub(super) now: Timestamp,
    issued: Vec<NumberedReverse>,
}

impl Step<'_> {
    /// Where the clock was set back, waiting times go on from where they were.
    fn advance_clock(&mut self) {
        let by = self.reverse.last_now.map_or(Duration::ZERO, |last| last.saturating_since(self.now));
        self.reverse.timers.shift_back(by);
        if let Phase::Refunding(course) = &mut self.reverse.phase {
            course.shift_back(by);
        }
        self.reverse.last_now = Some(self.now);
    }

    fn take(&mut self, event: ReverseEvent) {
        match event {
            ReverseEvent::Begin => self.begin(),
            ReverseEvent::Reply { send_id, operation, body, timing } => {
                self.reply(send_id, operation, &body, timing);
            }
            ReverseEvent::NoReply { send_id, operation, certainty } => {
                if operation == Operation::Cancel
                    && certainty == Certainty::NotSent
                    && send_id > self.reverse.doubted
                {
                    self.account_for(send_id);
                }
                if let (Operation::Refund, Phase::Refunding(course)) = (operation, &mut self.reverse.phase) {
                    let verdict = course.no_reply(self.policy, send_id, certainty, self.now);
                    self.follow_refund(verdict);
                }
                // Otherwise the clock repeats what was sent, answered or not.
            }
            ReverseEvent::Notified { body } => self.notified(&body),
            ReverseEvent::Resumed => {
                self.reverse.doubted = self.reverse.sends.count();
                if let Phase::Refunding(course) = &mut self.reverse.phase {
                    course.resumed(self.now);
                }
                self.issued = std::mem::take(&mut self.reverse.issued);
            }
            ReverseEvent::Tick => {}
        }
    }

    /// The first step, and again when an open refund has ended.
    fn begin(&mut self) {
        if self.standing.open {
            self.enter(Phase::Waiting);
            let next = self.now.saturating_add(self.policy.refund_interval);
            self.reverse.timers.set(Timer::Inquiry, next);
        } else if self.standing.unresolved {
            let code = ErrorCode::ReverseRefundUnresolved.as_str().to_owned();
            self.conclude(ReverseOutcome::Refused { code });
        } else if self.standing.left == 0 || self.reverse.order.earlier == EarlierRefund::Made {
            self.conclude(ReverseOutcome::Reversed);
        } else if self.standing.refunded
            || self.reverse.order.earlier == EarlierRefund::Open
            || self.reverse.order.cancel_until <= self.now
        {
            self.give_back();
        } else {
            self.enter(Phase::Cancelling { slow: false });
            let until = self.reverse.order.cancel_until;
            pace::begin(&mut self.reverse.timers, self.policy, until, self.now);
            self.reverse.window = self.reverse.timers.get(Timer::CancelWindow);
            self.send_cancel();
        }
    }

    /// Acts on every deadline that has passed, the earliest first. Each sets its next one from now on, so that a late
    /// tick sends one request of a kind, not a burst; the bound is for policies that were not checked.
    fn act_on_deadlines(&mut self) {
        for _ in 0..32 {
            if let Phase::Refunding(_) = self.reverse.phase {
                return self.refund_due();
            }
            let cancel_at = self.reverse.timers.get(Timer::Cancel);
            let Some(timer) = self.reverse.timers.take_due(self.now) else { return };
            match (timer, &self.reverse.phase) {
                (_, Phase::Waiting) => self.begin(),
                (Timer::Cancel, Phase::Cancelling { .. }) => self.cancel_due(cancel_at),
                (Timer::CancelUnresolved, Phase::Cancelling { .. }) => self.cancel_unresolved(),
                (Timer::CancelWindow, Phase::Cancelling { .. }) => self.cancel_window_over(),
                (Timer::Inquiry, Phase::Checking { .. }) => self.inquire(),
                (Timer::Exhausted, Phase::Checking { .. }) => self.inquiries_exhausted(),
                _ => {}
            }
        }
    }

    /// A cancel that was due before the window ended and that nobody sent in time is sent once, and its answer waited
    /// for, before cancelling is given up.
    fn cancel_due(&mut self, at: Option<Timestamp>) {
        if let Some(end) = self.reverse.timers.get(Timer::CancelWindow).filter(|end| *end <= self.now) {
            if at.is_none_or(|at| at >= end) {
                return;
            }
            self.reverse.timers.set(Timer::CancelWindow, self.now.saturating_add(self.policy.reply_time));
        }
        self.send_cancel();
    }

    fn send_cancel(&mut self) {
        let Phase::Cancelling { slow } = self.reverse.phase else { return };
        let send_id = self.send_payment_id(Operation::Cancel);
        self.reverse.open_cancels.push(send_id);
        self.reverse.slowed = false;
        pace::sent(&mut self.reverse.timers, self.policy, slow, self.now);
    }

    fn cancel_unresolved(&mut self) {
        self.reverse.phase = Phase::Cancelling { slow: true };
        self.alert(AlertKind::CancelUnresolved, "the cancel got no answer that settles it; it goes on");
    }

    fn cancel_window_over(&mut self) {
        if self.reverse.refused.is_some() {
            self.ask_what_became_of_it();
        } else {
            self.give_back();
        }
    }

    /// Cancels go on at the slow pace, as long as the gateway may take one.
    pub(super) fn cancel_again(&mut self) {
        self.enter(Phase::Cancelling { slow: true });
        self.reverse.timers.set(Timer::CancelWindow, self.no_cancel_from());
        if self.reverse.refused.is_none() {
            pace::again(&mut self.reverse.timers, self.policy, self.now);
        }
        self.send_cancel();
    }

    /// From then on the gateway carries out no cancel. After the refund was refused there is no other way, so the
    /// gateway's clock is given its margin.
    fn no_cancel_from(&self) -> Timestamp {
        let window = self.reverse.window.unwrap_or(self.reverse.order.cancel_until);
        let margin = if self.reverse.refused.is_some() { self.policy.clock_margin } else { Duration::ZERO };
        window.saturating_add(margin)
    }

    pub(super) fn cancel_may_help(&self) -> bool {
        self.reverse.window.is_some() && self.now < self.no_cancel_from()
    }

    pub(super) fn ask_what_became_of_it(&mut self) {
        let first_inquiry = self.reverse.sends.count().saturating_add(1);
        self.enter(Phase::Checking { first_inquiry, inquiries: 0 });
        let first = self.now.saturating_add(self.policy.inquiry_interval);
        self.reverse.timers.set(Timer::Inquiry, first);
    }

    fn inquire(&mut self) {
        let send_id = self.send_payment_id(Operation::Inquiry);
        if self.reverse.refused.is_some() && !self.cancel_may_help() && self.reverse.settling.is_none() {
            self.reverse.settling = Some(send_id);
        }
        self.reverse.slowed = false;
        let Phase::Checking { inquiries, .. } = &mut self.reverse.phase else { return };
        *inquiries = inquiries.saturating_add(1);
        let (timer, wait) = if *inquiries < self.policy.inquiry_limit {
            (Timer::Inquiry, self.policy.inquiry_interval)
        } else {
            (Timer::Exhausted, self.policy.reply_time)
        };
        self.reverse.timers.set(timer, self.now.saturating_add(wait));
    }

    /// The inquiries told nothing.
    fn inquiries_exhausted(&mut self) {
        if self.cancel_may_help() {
            self.cancel_again();
        } else if self.reverse.refused.is_none() {
            self.give_back();
        } else if self.reverse.settling.is_none() {
            self.ask_what_became_of_it();
        } else {
            self.conclude(ReverseOutcome::Unresolved);
        }
    }

    /// Whether the answer to this inquiry tells what becomes of a payment whose refund was refused.
    pub(super) fn settles(&self, send_id: u32) -> bool {
        self.reverse.settling.is_some_and(|first| send_id >= first)
    }

    /// No cancel helps any more: what is left is refunded, once and under a fixed id.
    pub(super) fn give_back(&mut self) {
        let currency = self.reverse.order.amount.currency();
        let left = match self.reverse.order.earlier {
            EarlierRefund::Open => self.reverse.order.amount.value(),
            EarlierRefund::None | EarlierRefund::Made => self.standing.left,
        };
        self.reverse.refund_amount = Amount::new(left, currency).ok();
        if self.refund_body().is_some() {
            self.enter(Phase::Refunding(RefundRetry::start(self.policy, self.now)));
        } else if matches!(self.reverse.phase, Phase::Checking { .. }) {
            self.alert(AlertKind::RefundFailed, "the gateway never told its id of the payment");
            self.conclude(ReverseOutcome::Unresolved);
        } else {
            // An inquiry tells the gateway's id of the payment, without which AMS takes no refund.
            self.ask_what_became_of_it();
        }
    }

    fn refund_body(&self) -> Option<Object> {
        let order = &self.reverse.order;
        refund_body::body(
            self.policy.protocol,
            &order.payment_request_id,
            order.payment_id.as_deref(),
            &order.refund_request_id,
            self.reverse.refund_amount?,
        )
    }

    fn refund_due(&mut self) {
        let Phase::Refunding(course) = &mut self.reverse.phase else { return };
        match course.due(self.policy, self.now) {
            None => {}
            Some(Due::GaveUp) if course.none_left() => {
                self.refund_refused(ErrorCode::RefundNotSent.as_str().to_owned());
            }
            Some(Due::GaveUp) => self.conclude(ReverseOutcome::Unresolved),
            Some(Due::Send(operation)) => {
                let body = match operation {
                    Operation::RefundInquiry => {
                        Some(refund_body::inquiry_body(&self.reverse.order.refund_request_id))
                    }
                    _ => self.refund_body(),
                };
                // The refund was not begun without a body.
                let send_id = self.send(operation, &body.unwrap_or_default());
                if let Phase::Refunding(course) = &mut self.reverse.phase {
                    course.sent(send_id);
                }
            }
        }
    }

    /// The amount that the refund gives back.
    pub(super) fn refunds(&self) -> Option<Amount> {
        self.reverse.refund_amount
    }

    /// That cancel was not carried out, and will not be.
    pub(super) fn account_for(&mut self, send_id: u32) {
        self.reverse.open_cancels.retain(|open| *open != send_id);
    }

    pub(super) fn conclude(&mut self, outcome: ReverseOutcome) {
        self.enter(Phase::Final(outcome.clone()));
        self.issue(ReverseAction::Conclude { outcome });
    }

    pub(super) fn alert(&mut self, kind: AlertKind, detail: &str) {
        if !self.reverse.alerts.contains(&kind) {
            self.reverse.alerts.push(kind);
            self.issue(ReverseAction::Alert { kind, detail: detail.to_owned() });
        }
    }

    fn enter(&mut self, phase: Phase) {
        self.reverse.timers.clear_all();
        self.reverse.slowed = false;
        self.reverse.phase = phase;
    }

    fn send_payment_id(&mut self, operation: Operation) -> u32 {
        let id = self.reverse.order.payment_request_id.as_str();
        self.send(operation, &Object::new().with("paymentRequestId", id))
    }

    fn send(&mut self, operation: Operation, body: &Object) -> u32 {
        let send_id = self.reverse.sends.push(operation);
        // A course asks for no operation that the protocol lacks.
        let api = self.policy.protocol.api_name(operation).unwrap_or_default();
        let path = format!("{}/payments/{api}", self.reverse.order.api_prefix);
        let body = Secret::new(body.to_string());
        self.issue(ReverseAction::Send { send_id, operation, path, body });
        send_id
    }

    fn issue(&mut self, action: ReverseAction) {
        self.issued.push(NumberedReverse { sequence: self.reverse.next_sequence, action });
        self.reverse.next_sequence += 1;
    }
}
