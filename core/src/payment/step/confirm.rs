//! Asking for the outcome of the payment, a bounded number of times.

use std::time::Duration;

use super::{
    AlertKind, Cancelling, Machine, Money, Operation, Outcome, Phase, Reading, Timer, UnresolvedReason,
};
use crate::api::Scenario;

impl Machine<'_> {
    /// An answer to pay calls for inquiries, unless they or the customer are already under way.
    pub(super) fn confirm_from_paying(&mut self, delay: Duration) {
        if self.state.phase == Phase::Paying {
            self.begin_confirming(delay);
        }
    }

    /// Evidence of another amount calls for inquiries, unless they are under way: as many as usual for a payment
    /// code, and for a code that the customer scans until its time is over.
    pub(super) fn confirm_disputed(&mut self) {
        let confirming = self.state.phase == Phase::Confirming;
        if self.state.order.scenario == Scenario::PaymentCode {
            if !confirming {
                self.begin_confirming(self.policy.inquiry_interval);
            }
            return;
        }
        let closing = self.state.timers.get(Timer::Closing).unwrap_or(self.closing());
        if !confirming || (closing > self.now && !self.customers_pace()) {
            self.begin_confirming(self.policy.customer_inquiry_interval);
            self.state.timers.set(Timer::Closing, closing);
        }
    }

    /// Whether inquiries come at the customers' pace, without a limit, until the closing time.
    fn customers_pace(&self) -> bool {
        self.state.timers.get(Timer::Closing).is_some()
    }

    fn inquiry_interval(&self) -> Duration {
        if self.customers_pace() {
            self.policy.customer_inquiry_interval
        } else {
            self.policy.inquiry_interval
        }
    }

    pub(super) fn begin_confirming(&mut self, delay: Duration) {
        self.enter(Phase::Confirming);
        self.begin_inquiries(delay);
    }

    /// A first inquiry that is due at once goes out together with whatever else this event brings.
    pub(super) fn begin_inquiries(&mut self, delay: Duration) {
        self.state.inquiries = 0;
        self.state.timers.set(Timer::Inquiry, self.now.saturating_add(delay));
    }

    pub(super) fn inquire(&mut self) {
        if self.state.timers.is_due(Timer::Closing, self.now) {
            // The closing time has its own inquiry; a late tick sends one, not two.
            return;
        }
        self.send_id_only(Operation::Inquiry);
        self.state.slowed = false;
        if self.customers_pace() {
            self.state.timers.set(Timer::Inquiry, self.now.saturating_add(self.inquiry_interval()));
            return;
        }
        self.state.inquiries += 1;
        if self.state.inquiries < self.policy.inquiry_limit {
            self.state.timers.set(Timer::Inquiry, self.now.saturating_add(self.policy.inquiry_interval));
        } else {
            self.state.timers.clear(Timer::Inquiry);
            self.state.timers.set(Timer::Exhausted, self.now.saturating_add(self.policy.reply_time));
        }
    }

    /// A notification of success without an amount proves nothing yet; an inquiry can, where one is under way
    /// or about to be.
    pub(super) fn may_inquire_at_once(&self) -> bool {
        matches!(self.state.phase, Phase::Paying | Phase::AwaitingCustomer | Phase::Confirming)
    }

    /// Where one was sent at this very moment, a repeated notification asks for no other.
    pub(super) fn inquire_at_once(&mut self) {
        if self.state.phase == Phase::Paying {
            return self.begin_confirming(Duration::ZERO);
        }
        let (timer, wait) = match self.state.timers.get(Timer::Exhausted) {
            Some(_) => (Timer::Exhausted, self.policy.reply_time),
            None => (Timer::Inquiry, self.inquiry_interval()),
        };
        if self.state.timers.get(timer) == Some(self.now.saturating_add(wait)) {
            return;
        }
        if timer == Timer::Inquiry {
            self.state.timers.set(timer, self.now);
        } else {
            // The last inquiry is out; its answer may have crossed the notification.
            self.ask_once_more();
        }
    }

    /// One more inquiry than the limit, and the time for its answer.
    pub(super) fn ask_once_more(&mut self) {
        self.send_id_only(Operation::Inquiry);
        self.state.timers.set(Timer::Exhausted, self.now.saturating_add(self.policy.reply_time));
    }

    pub(super) fn inquiry_answered(&mut self, send_id: u32, reading: &Reading<'_>) {
        let money = reading.money();
        if money != Money::Nothing {
            self.state.facts.order_seen = true;
        }
        if reading.unknown_word() {
            self.alert(
                AlertKind::UnknownWord,
                "an inquiry was answered with a status that is not documented",
            );
        }
        match money {
            Money::Paid => self.paid(self.stated(reading), Some(send_id)),
            Money::Failed => self.payment_failed(reading.failure_code()),
            Money::Cancelled => self.payment_cancelled(),
            Money::InProcess | Money::Nothing => {
                self.present_form(reading);
                if reading.traffic_limit() {
                    self.slow_down(Timer::Inquiry, self.inquiry_interval());
                }
            }
        }
        // Only a missing answer is waited for. While this deadline stands, the latest send is the last inquiry.
        if send_id == self.state.send_count() && self.state.timers.get(Timer::Exhausted).is_some() {
            self.state.timers.clear(Timer::Exhausted);
            self.inquiries_exhausted();
        }
    }

    pub(super) fn inquiries_exhausted(&mut self) {
        match self.state.phase {
            Phase::Confirming if self.state.facts.id_taken => {
                self.conclude(Outcome::Unresolved { reason: UnresolvedReason::IdTaken });
            }
            // Nobody knows what the customer was charged: giving it back is left to a person.
            Phase::Confirming if self.state.facts.amount_disputed => {
                self.conclude(Outcome::Unresolved { reason: UnresolvedReason::AmountMismatch });
            }
            Phase::Confirming => self.begin_cancelling(),
            Phase::Cancelling(Cancelling::Checking { window_over: true, .. }) => {
                self.conclude(Outcome::Unresolved { reason: UnresolvedReason::CancelWindow });
            }
            Phase::Cancelling(Cancelling::Checking { window_over: false, .. }) => self.cancel_again(),
            _ => {}
        }
    }
}
