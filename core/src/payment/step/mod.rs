//! The transition function: one event, one time, one new state, and what to do next.
//!
//! The order of work never varies: the clock is brought up to date, the event is weighed, then deadlines that
//! have passed are acted on. So evidence that arrives together with a deadline wins over it.

mod cancel;
mod configuration;
mod confirm;
mod customer;
mod pay;
mod resume;
#[cfg(test)]
mod tests;
mod timing;

use std::sync::Arc;
use std::time::Duration;

use super::action::{Action, Numbered, Outcome};
use super::event::Event;
use super::state::{Cancelling, Fate, PaySend, Phase, State};
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Operation;
use crate::json::Object;
use crate::machine::evidence::Timing;
use crate::machine::policy::Policy;
use crate::machine::secret::Secret;
use crate::machine::timer::Timer;
use crate::reply::{Money, Named, PayAnswer, Reading, Stated};
use crate::time::Timestamp;
use crate::words::{AlertKind, Certainty, UnresolvedReason};

/// Takes one event in.
///
/// Pure: the state that is passed in is not touched, so it survives an error. `now` is wall-clock
/// time; when it is earlier than that of the last event, the clock was set back, and waiting times go on from where they
/// were.
///
/// # Errors
/// `payment.already_begun`, `payment.not_begun`, `payment.expired`, `payment.unknown_send`,
/// `payment.wrong_operation`, `payment.time`: the event does not fit, and the payment stays as it was.
pub fn step(policy: &Policy, state: &State, event: Event, now: Timestamp) -> Result<(State, Vec<Numbered>)> {
    let mut state = state.clone();
    let issued = step_in_place(policy, &mut state, &event, now)?;
    Ok((state, issued))
}

/// The same for a state that its holder can drop: after an error it is not to be used.
pub(super) fn step_in_place(
    policy: &Policy,
    state: &mut State,
    event: &Event,
    now: Timestamp,
) -> Result<Vec<Numbered>> {
    now.in_range()?;
    check(state, event)?;
    let mut machine = Machine { policy, state, now, issued: Vec::new() };
    machine.advance_clock();
    machine.take(event)?;
    machine.act_on_deadlines();
    let Machine { state, issued, .. } = machine;
    state.keep_issued(&issued);
    Ok(issued)
}

/// Refuses an event that does not fit the state.
fn check(state: &State, event: &Event) -> Result<()> {
    let begun = state.begun_at.is_some();
    match event {
        Event::Begin if begun || state.outcome().is_some() => {
            Err(Error::new(ErrorCode::PaymentAlreadyBegun, format!("the payment is {}", state.name())))
        }
        Event::Begin | Event::CancelRequested => Ok(()),
        // A payment that was cancelled before it began is final, and takes what any final payment takes.
        _ if !begun && state.outcome().is_none() => {
            Err(Error::new(ErrorCode::PaymentNotBegun, "the payment was not begun"))
        }
        Event::Reply { send_id, operation, .. } | Event::NoReply { send_id, operation, .. } => {
            match state.operation_of(*send_id) {
                None => Err(Error::new(
                    ErrorCode::PaymentUnknownSend,
                    format!("send {send_id} was never given out"),
                )),
                Some(sent) if sent != *operation => Err(Error::new(
                    ErrorCode::PaymentWrongOperation,
                    format!("send {send_id} was {}, not {}", sent.as_str(), operation.as_str()),
                )),
                Some(_) => Ok(()),
            }
        }
        Event::Notified { .. } | Event::Resumed | Event::Tick => Ok(()),
    }
}

struct Machine<'p> {
    policy: &'p Policy,
    state: &'p mut State,
    now: Timestamp,
    issued: Vec<Numbered>,
}

impl Machine<'_> {
    fn advance_clock(&mut self) {
        if let Some(last) = self.state.last_now {
            let by = last.saturating_since(self.now);
            self.state.timers.shift_back(by);
            if let Phase::Refunding(course) = &mut self.state.phase {
                course.shift_back(by);
            }
        }
        self.state.last_now = Some(self.now);
    }

    fn take(&mut self, event: &Event) -> Result<()> {
        match *event {
            Event::Begin => return self.begin(),
            Event::Reply { send_id, operation, ref body, timing } => {
                self.reply(send_id, operation, body, timing);
            }
            Event::NoReply { send_id, operation, certainty, ref unverified } => {
                if let Some(unverified) = unverified.as_ref().filter(|_| certainty == Certainty::Unknown) {
                    self.suspect(send_id, unverified);
                }
                match operation {
                    Operation::Pay => self.pay_unanswered(send_id, certainty),
                    Operation::Refund => self.refund_unanswered(send_id, certainty),
                    _ => {}
                }
                // The other requests are repeated by the clock, answered or not.
            }
            Event::Notified { ref body } => self.notified(body),
            Event::CancelRequested => self.cancel_requested(),
            Event::Resumed => self.resumed(),
            Event::Tick => {}
        }
        Ok(())
    }

    /// Acts on every deadline that has passed, the earliest first. Each action sets its next deadline from now on,
    /// so that a late tick sends one request of a kind, not a burst; the bound is for policies that were not
    /// checked.
    fn act_on_deadlines(&mut self) {
        for _ in 0..32 {
            if let Phase::Refunding(_) = self.state.phase {
                return self.refund_due();
            }
            let Some(timer) = self.state.timers.take_due(self.now) else { return };
            match timer {
                Timer::PayReply => self.pay_reply_time_over(),
                Timer::Resend => self.resend(),
                Timer::NotSentRepeat => self.repeat_not_sent(),
                Timer::Inquiry => self.inquire(),
                Timer::Exhausted => self.inquiries_exhausted(),
                Timer::Closing => self.closing_time(),
                Timer::CancelUnresolved => self.cancel_unresolved(),
                Timer::Cancel => self.send_cancel(),
                Timer::CancelWindow => self.cancel_window_over(),
            }
        }
    }

    fn reply(&mut self, send_id: u32, operation: Operation, body: &Object, timing: Timing) {
        let reading = Reading::new(self.policy.protocol, operation, body);
        self.message_verified();
        self.compare_clocks(timing);
        if self.names_another(&reading) || self.is_recording(&reading, timing) {
            if operation == Operation::Pay {
                self.pay_unanswered(send_id, Certainty::Unknown);
            }
            return;
        }
        self.remember(&reading);
        match operation {
            Operation::Pay => self.pay_answered(send_id, &reading),
            Operation::Inquiry => self.inquiry_answered(send_id, &reading),
            Operation::Cancel => self.cancel_answered(send_id, &reading),
            Operation::Refund | Operation::RefundInquiry => self.refund_answered(send_id, &reading),
            // Never given out, so `check` has refused it.
            Operation::Notify => {}
        }
    }

    fn notified(&mut self, body: &Object) {
        let reading = Reading::new(self.policy.protocol, Operation::Notify, body);
        self.message_verified();
        if reading.about_refund() {
            return self.refund_notified(&reading);
        }
        if self.names_another(&reading) {
            return;
        }
        if self.state.begun_at.is_none() {
            // Cancelled before it began: whatever this is about never left this machine.
            self.late(reading.money());
            return;
        }
        self.state.facts.order_seen = true;
        self.remember(&reading);
        let amount = self.stated(&reading);
        match reading.money() {
            Money::Paid if amount == Stated::Absent && self.may_inquire_at_once() => self.inquire_at_once(),
            Money::Paid => self.paid(amount, None),
            Money::Failed => self.payment_failed(reading.failure_code()),
            Money::Cancelled => self.payment_cancelled(),
            Money::InProcess | Money::Nothing => {}
        }
    }

    /// Verified evidence says that money moved. `inquiry` is the number of the inquiry that said so.
    fn paid(&mut self, amount: Stated, inquiry: Option<u32>) {
        self.state.facts.order_seen = true;
        if amount == Stated::Other {
            self.alert(AlertKind::AmountMismatch, "a verified message states another amount than ours");
            self.state.facts.amount_disputed = true;
        }
        let uncontradicted =
            amount == Stated::Ours || (amount == Stated::Absent && !self.state.facts.amount_disputed);
        match &self.state.phase {
            Phase::Final(_) => self.late(Money::Paid),
            Phase::Cancelling(cancelling) => {
                let settles = matches!(cancelling, Cancelling::Checking { first_inquiry, .. }
                    if inquiry.is_some_and(|id| id >= *first_inquiry));
                self.state.facts.success_known = true;
                if settles {
                    // Once an amount was disputed, nothing is given back without manual review.
                    self.give_back(uncontradicted && !self.state.facts.amount_disputed);
                }
            }
            Phase::Refunding(_) => {
                self.state.facts.success_known = true;
                if amount == Stated::Other {
                    // What was sent may have been carried out; nothing more is given back without manual review.
                    self.conclude(Outcome::Unresolved { reason: UnresolvedReason::AmountMismatch });
                }
            }
            Phase::Ready => self.state.facts.success_known = true,
            Phase::Paying | Phase::AwaitingCustomer | Phase::Confirming => {
                if self.state.facts.id_taken {
                    self.state.facts.success_known = true;
                    self.conclude(Outcome::Unresolved { reason: UnresolvedReason::IdTaken });
                } else if uncontradicted {
                    self.state.facts.success_known = true;
                    self.conclude(Outcome::Succeeded);
                } else {
                    self.confirm_disputed();
                }
            }
        }
    }

    /// Verified evidence says that the gateway will not take the money.
    fn payment_failed(&mut self, code: String) {
        match &self.state.phase {
            Phase::Final(_) => self.late(Money::Failed),
            Phase::Refunding(_) => {
                self.alert(AlertKind::ConflictingEvidence, "a payment that succeeded is said to have failed");
            }
            _ => {
                if self.state.facts.success_known {
                    self.alert(
                        AlertKind::ConflictingEvidence,
                        "a payment that succeeded is said to have failed",
                    );
                }
                self.conclude(Outcome::Failed { code });
            }
        }
    }

    /// Verified evidence says that the order was closed or cancelled.
    fn payment_cancelled(&mut self) {
        match &self.state.phase {
            Phase::Final(_) => self.late(Money::Cancelled),
            _ => self.conclude(Outcome::Cancelled),
        }
    }

    /// A final fact after the end: the outcome stands, and manual review may be needed.
    fn late(&mut self, money: Money) {
        let (known, outcome) = (self.state.facts.success_known, self.state.outcome());
        let alert = match (outcome, money) {
            (Some(Outcome::Unresolved { .. }), Money::Paid | Money::Failed | Money::Cancelled) => {
                Some(AlertKind::LateEvidence)
            }
            (Some(Outcome::Succeeded), Money::Failed | Money::Cancelled) => {
                Some(AlertKind::ConflictingEvidence)
            }
            (Some(Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded), Money::Paid)
                if !known =>
            {
                Some(AlertKind::ConflictingEvidence)
            }
            _ => None,
        };
        if let Some(kind) = alert {
            self.alert(kind, "a final fact arrived after the payment had ended");
        }
    }

    /// A message about another payment says nothing about this one.
    fn names_another(&mut self, reading: &Reading<'_>) -> bool {
        let another = reading.names_payment(&self.state.order.payment_request_id) == Named::Other;
        if another {
            self.alert(AlertKind::IdMismatch, "a message names another payment request id");
        }
        another
    }

    /// What a message says about the amount of the payment.
    fn stated(&self, reading: &Reading<'_>) -> Stated {
        reading.payment_amount(self.state.order.amount)
    }

    /// Keeps what a reverse or a refund may need, also of a message that comes after the end.
    fn remember(&mut self, reading: &Reading<'_>) {
        if self.state.facts.payment_id.is_none() {
            self.state.facts.payment_id = reading.payment_id();
        }
        if self.state.facts.payment_time.is_none() {
            self.state.facts.payment_time = reading.payment_time();
        }
        let order = &self.state.order;
        self.state.facts.taken.learn(reading, order.scenario, order.amount);
    }

    fn conclude(&mut self, outcome: Outcome) {
        self.enter(Phase::Final(outcome.clone()));
        self.issue(Action::Conclude { outcome });
    }

    fn alert(&mut self, kind: AlertKind, detail: &str) {
        if !self.state.alerts.contains(&kind) {
            self.state.alerts.push(kind);
            self.issue(Action::Alert { kind, detail: detail.to_owned() });
        }
    }

    fn unknown_word(&mut self) {
        self.alert(AlertKind::UnknownWord, "an inquiry was answered with a status that is not documented");
    }

    /// Changes the phase; deadlines belong to a phase, and so does the body of pay.
    fn enter(&mut self, phase: Phase) {
        if phase != Phase::Paying {
            self.state.pay_body = None;
            if self.state.order.request.is_some() {
                Arc::make_mut(&mut self.state.order).request = None;
            }
        }
        self.state.timers.clear_all();
        self.state.slowed = false;
        self.state.phase = phase;
    }

    fn issue(&mut self, action: Action) {
        let sequence = self.state.next_sequence;
        self.state.next_sequence += 1;
        self.issued.push(Numbered { sequence, action });
    }

    fn send(&mut self, operation: Operation, body: Secret) -> u32 {
        let send_id = self.state.sends.push(operation);
        // A course asks for no operation that the protocol lacks.
        let api = self.policy.protocol.api_name(operation).unwrap_or_default();
        let path = format!("{}/payments/{api}", self.state.order.api_prefix);
        self.issue(Action::Send { send_id, operation, path, body });
        send_id
    }

    /// The request that names the payment and nothing else: an inquiry, or a cancel.
    fn send_id_only(&mut self, operation: Operation) -> u32 {
        let body = Object::new().with("paymentRequestId", self.state.order.payment_request_id.as_str());
        self.send(operation, Secret::new(body.to_string()))
    }

    /// The gateway asks to be called less often: the next request of this kind waits twice as long, once.
    fn slow_down(&mut self, timer: Timer, interval: Duration) {
        self.state.timers.put_off(timer, interval, &mut self.state.slowed);
    }
}
