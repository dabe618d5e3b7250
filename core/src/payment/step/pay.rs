//! From `Begin` to the first answer that means something.

use std::sync::Arc;
use std::time::Duration;

use super::{
    AlertKind, Certainty, Error, ErrorCode, Fate, Machine, Object, Operation, Outcome, PayAnswer, PaySend,
    Phase, Reading, Result, Timer,
};
use crate::api::Scenario;
use crate::machine::secret::Secret;
use crate::payment::expiry;
use crate::time::Timestamp;

impl Machine<'_> {
    /// The expiry is computed here, once, and the body of pay is built here, once: every copy of pay is the same.
    pub(super) fn begin(&mut self) -> Result<()> {
        let expiry = expiry::of(self.policy, &self.state.order, self.now);
        if self.now >= expiry {
            return Err(Error::new(ErrorCode::PaymentExpired, "the payment would expire before it begins"));
        }
        let request = Arc::make_mut(&mut self.state.order).request.take();
        let mut body = Object::parse(request.as_ref().map_or("{}", Secret::expose).as_bytes())?;
        body.set("paymentExpiryTime", expiry.to_rfc3339()?);
        self.state.begun_at = Some(self.now);
        self.state.expiry = Some(expiry);
        self.state.pay_body = Some(Secret::new(body.to_string()));
        self.state.phase = Phase::Paying;
        self.send_pay();
        Ok(())
    }

    fn send_pay(&mut self) {
        // The body is there for as long as the phase is `Paying`.
        let Some(body) = self.state.pay_body.clone() else { return };
        let send_id = self.send(Operation::Pay, body);
        self.state.pay_sends.push(PaySend { send_id, fate: Fate::Open, resumed: false, blamed: None });
        self.state.slowed = false;
        self.state.timers.set(Timer::PayReply, self.now.saturating_add(self.policy.reply_time));
    }

    pub(super) fn pay_answered(&mut self, send_id: u32, reading: &Reading<'_>) {
        let answer = reading.pay_answer(self.state.order.scenario);
        let before = self.fate(send_id);
        if before == Fate::Open {
            self.state.timers.clear(Timer::PayReply);
        }
        let after = match answer {
            PayAnswer::Paid | PayAnswer::Created | PayAnswer::InProcess => Fate::Accepted,
            PayAnswer::PaymentRefused | PayAnswer::RequestRefused => Fate::Refused,
            PayAnswer::Closed | PayAnswer::IdTaken | PayAnswer::Open | PayAnswer::Unknown => Fate::Unsettled,
        };
        // What was accepted once stays accepted, whatever a copy of the request is told.
        let after = if before == Fate::Accepted { before } else { after };
        self.set_fate(send_id, after);
        match answer {
            PayAnswer::Paid => self.paid(self.stated(reading), None),
            PayAnswer::Created => {
                // A code that was created is no evidence of an order that a customer took up.
                self.state.facts.order_seen |= self.state.order.scenario == Scenario::PaymentCode;
                self.await_customer(reading);
            }
            PayAnswer::InProcess => {
                self.state.facts.order_seen = true;
                self.confirm_from_paying(self.interval_for(reading));
            }
            PayAnswer::PaymentRefused | PayAnswer::RequestRefused => self.pay_refused(answer, reading),
            PayAnswer::Closed => self.payment_cancelled(),
            PayAnswer::IdTaken => self.id_taken(),
            PayAnswer::Open => self.confirm_from_paying(self.policy.inquiry_interval),
            PayAnswer::Unknown => {
                let slower = u32::from(reading.traffic_limit()) + 1;
                self.pay_unsettled(
                    self.policy.resend_delay.saturating_mul(slower),
                    self.interval_for(reading),
                );
            }
        }
    }

    /// A refusal is the end only if no other copy can have been accepted.
    fn pay_refused(&mut self, answer: PayAnswer, reading: &Reading<'_>) {
        let final_for_all =
            self.state.pay_sends.iter().all(|send| matches!(send.fate, Fate::NotSent | Fate::Refused));
        if self.state.outcome().is_some() {
            // A refused request says nothing about the payment; a refused payment does.
            if answer == PayAnswer::PaymentRefused {
                self.payment_failed(reading.failure_code());
            }
        } else if self.state.facts.success_known {
            // Already cancelling: the cancel's answer decides between two messages that exclude each other.
            self.alert(
                AlertKind::ConflictingEvidence,
                "a payment that succeeded is said to have been refused",
            );
        } else if final_for_all {
            self.payment_failed(reading.failure_code());
        } else {
            self.confirm_from_paying(self.policy.inquiry_interval);
        }
    }

    /// Another request owns our id: what the gateway knows under it is not ours to cancel or to refund.
    fn id_taken(&mut self) {
        self.alert(AlertKind::IdTaken, "the gateway has another request under this payment request id");
        match self.state.phase {
            Phase::Final(_) | Phase::Refunding(_) | Phase::Ready => {}
            Phase::Paying | Phase::AwaitingCustomer | Phase::Cancelling(_) => {
                self.state.facts.id_taken = true;
                self.begin_confirming(self.policy.inquiry_interval);
            }
            Phase::Confirming => self.state.facts.id_taken = true,
        }
    }

    pub(super) fn pay_unanswered(&mut self, send_id: u32, certainty: Certainty) {
        let before = self.fate(send_id);
        let resumed = self.state.pay_sends.iter().any(|send| send.send_id == send_id && send.resumed);
        let not_sent = certainty == Certainty::NotSent && !resumed;
        if !matches!(before, Fate::Open | Fate::Silent) {
            return;
        }
        if before == Fate::Open {
            self.state.timers.clear(Timer::PayReply);
        }
        self.set_fate(send_id, if not_sent { Fate::NotSent } else { Fate::Silent });
        match self.state.phase {
            Phase::Paying if self.state.pay_open() => {}
            Phase::Paying if not_sent => self.pay_not_sent(),
            Phase::Paying => self.pay_unsettled(self.policy.resend_delay, Duration::ZERO),
            Phase::Confirming if not_sent && self.state.nothing_left() => self.nothing_was_sent(),
            Phase::Cancelling(_) if not_sent && self.state.nothing_left() => {
                self.conclude(Outcome::Cancelled)
            }
            _ => {}
        }
    }

    pub(super) fn pay_reply_time_over(&mut self) {
        let open: Vec<u32> = self
            .state
            .pay_sends
            .iter()
            .filter(|send| send.fate == Fate::Open)
            .map(|send| send.send_id)
            .collect();
        for send_id in open {
            self.pay_unanswered(send_id, Certainty::Unknown);
        }
    }

    fn pay_not_sent(&mut self) {
        let again = self.now.saturating_add(self.policy.not_sent_delay);
        if self.waiting_to_send() {
            return;
        }
        if self.state.not_sent_repeats < self.policy.not_sent_limit && self.before_expiry(again) {
            self.state.timers.set(Timer::NotSentRepeat, again);
        } else if self.state.nothing_left() {
            self.nothing_was_sent();
        } else {
            self.pay_unsettled(self.policy.resend_delay, Duration::ZERO);
        }
    }

    fn nothing_was_sent(&mut self) {
        self.conclude(Outcome::Failed { code: ErrorCode::PaymentNotSent.as_str().to_owned() });
    }

    /// The result of pay is unknown: by policy the same request again, or an inquiry.
    fn pay_unsettled(&mut self, delay: Duration, inquiry_delay: Duration) {
        if self.state.phase != Phase::Paying || self.state.pay_open() || self.waiting_to_send() {
            return;
        }
        let again = self.now.saturating_add(delay);
        if self.policy.resend_unknown
            && self.state.resends < self.policy.resend_limit
            && self.before_expiry(again)
        {
            self.state.timers.set(Timer::Resend, again);
        } else {
            self.begin_confirming(inquiry_delay);
        }
    }

    pub(super) fn resend(&mut self) {
        if self.before_expiry(self.now) {
            self.state.resends += 1;
            self.send_pay();
        } else {
            self.begin_confirming(Duration::ZERO);
        }
    }

    pub(super) fn repeat_not_sent(&mut self) {
        if self.before_expiry(self.now) {
            self.state.not_sent_repeats += 1;
            self.send_pay();
        } else if self.state.nothing_left() {
            self.nothing_was_sent();
        } else {
            self.begin_confirming(Duration::ZERO);
        }
    }

    fn waiting_to_send(&self) -> bool {
        self.state.timers.get(Timer::Resend).or(self.state.timers.get(Timer::NotSentRepeat)).is_some()
    }

    fn before_expiry(&self, time: Timestamp) -> bool {
        self.state.expiry.is_none_or(|expiry| time < expiry)
    }

    fn interval_for(&self, reading: &Reading<'_>) -> Duration {
        self.policy.inquiry_interval.saturating_mul(u32::from(reading.traffic_limit()) + 1)
    }

    fn fate(&self, send_id: u32) -> Fate {
        self.state
            .pay_sends
            .iter()
            .find(|send| send.send_id == send_id)
            .map_or(Fate::Silent, |send| send.fate)
    }

    fn set_fate(&mut self, send_id: u32, fate: Fate) {
        if let Some(send) = self.state.pay_sends.iter_mut().find(|send| send.send_id == send_id) {
            send.fate = fate;
        }
    }
}
