//! Payments that wait for the customer: a code or a redirect was created, or the wallet asks the customer to act.

use super::{Action, AlertKind, Machine, Phase, Reading, Timer};
use crate::api::Scenario;
use crate::time::Timestamp;

impl Machine<'_> {
    /// The gateway created the code or the redirect. Later copies of that answer change nothing.
    pub(super) fn await_customer(&mut self, reading: &Reading<'_>) {
        if !self.present_form(reading) && self.state.phase == Phase::Paying {
            self.begin_awaiting(reading);
        }
    }

    /// A form is shown once, whenever it comes, until the customer's time is over or a cancel was sent. After a
    /// contradiction or a dispute it is not: the customer must not pay what is being questioned. Whether it was shown.
    pub(super) fn present_form(&mut self, reading: &Reading<'_>) -> bool {
        let facts = &self.state.facts;
        let questioned = facts.presented || facts.id_taken || facts.amount_disputed || self.state.cancel_sent;
        let open = matches!(self.state.phase, Phase::Paying | Phase::AwaitingCustomer | Phase::Confirming)
            && self.closing() > self.now;
        let Some(form) = reading.form().filter(|_| open && !questioned) else { return false };
        self.state.facts.presented = true;
        self.issue(Action::Present { form });
        if self.state.order.scenario == Scenario::PaymentCode {
            // The till expects no form here, so somebody has to show it to the customer.
            self.alert(AlertKind::CustomerActionRequired, "the customer has to act: show the form");
        }
        self.begin_awaiting(reading);
        true
    }

    /// The end of the customer's time: the expiry, or what a form said before that.
    pub(super) fn closing(&self) -> Timestamp {
        self.state.closing.or(self.state.expiry).unwrap_or(self.now)
    }

    fn begin_awaiting(&mut self, reading: &Reading<'_>) {
        self.enter(Phase::AwaitingCustomer);
        let closing = self.closing();
        let closing = reading.form_expiry().map_or(closing, |form| form.min(closing));
        self.state.closing = Some(closing);
        self.state.timers.set(Timer::Closing, closing);
        self.state.timers.set(Timer::Inquiry, self.now.saturating_add(self.policy.customer_first_inquiry));
    }

    /// One more inquiry, one reply time, then the cancel.
    pub(super) fn closing_time(&mut self) {
        self.enter(Phase::Confirming);
        self.state.inquiries = self.policy.inquiry_limit.saturating_sub(1);
        self.inquire();
    }
}
