//! Asking what became of the payment, a bounded number of times.

use super::{
    AlertKind, Cancelling, Machine, Money, Operation, Outcome, Phase, Reading, Timer, UnresolvedReason,
};

impl Machine<'_> {
    /// An answer to pay calls for inquiries, unless they or the customer are already under way.
    pub(super) fn confirm_from_paying(&mut self, delay: i64) {
        if self.state.phase == Phase::Paying {
            self.begin_confirming(delay);
        }
    }

    /// Evidence of another amount calls for inquiries, unless they are under way.
    pub(super) fn confirm_after(&mut self, delay: i64) {
        if self.state.phase != Phase::Confirming {
            self.begin_confirming(delay);
        }
    }

    pub(super) fn begin_confirming(&mut self, delay: i64) {
        self.enter(Phase::Confirming);
        self.begin_inquiries(delay);
    }

    /// A first inquiry that is due at once goes out together with whatever else this event brings.
    pub(super) fn begin_inquiries(&mut self, delay: i64) {
        self.state.inquiries = 0;
        self.state.timers.set(Timer::Inquiry, self.now.saturating_add(delay));
    }

    pub(super) fn inquire(&mut self) {
        if self.state.timers.get(Timer::Closing).is_some_and(|closing| closing <= self.now) {
            // The closing time has its own inquiry; a late tick sends one, not two.
            return;
        }
        self.send_id_only(Operation::Inquiry);
        self.state.slowed = false;
        if self.state.phase == Phase::AwaitingCustomer {
            let next = self.now.saturating_add(self.policy.customer_inquiry_interval);
            self.state.timers.set(Timer::Inquiry, next);
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
        let interval = match self.state.phase {
            Phase::Paying => return self.begin_confirming(0),
            Phase::AwaitingCustomer => self.policy.customer_inquiry_interval,
            _ => self.policy.inquiry_interval,
        };
        let (timer, wait) = match self.state.timers.get(Timer::Exhausted) {
            Some(_) => (Timer::Exhausted, self.policy.reply_time),
            None => (Timer::Inquiry, interval),
        };
        if self.state.timers.get(timer) == Some(self.now.saturating_add(wait)) {
            return;
        }
        if timer == Timer::Inquiry {
            self.state.timers.set(timer, self.now);
        } else {
            // The last inquiry is out; its answer may have crossed the notification.
            self.send_id_only(Operation::Inquiry);
            self.state.timers.set(timer, self.now.saturating_add(wait));
        }
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
                self.present_late_form(reading);
                if reading.traffic_limit() {
                    let interval = match self.state.phase {
                        Phase::AwaitingCustomer => self.policy.customer_inquiry_interval,
                        _ => self.policy.inquiry_interval,
                    };
                    self.slow_down(Timer::Inquiry, interval);
                }
            }
        }
    }

    pub(super) fn inquiries_exhausted(&mut self) {
        match self.state.phase {
            Phase::Confirming if self.state.facts.id_taken => {
                self.conclude(Outcome::Unresolved { reason: UnresolvedReason::IdTaken });
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
