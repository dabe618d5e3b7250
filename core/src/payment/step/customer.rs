//! Order code and entry code payments: the code or the redirect was created, and the customer acts.

use super::{Action, Machine, Phase, Reading, Timer};
use crate::api::Scenario;
use crate::message::json::Object;

impl Machine<'_> {
    /// The gateway created the code or the redirect. Later copies of that answer change nothing.
    pub(super) fn await_customer(&mut self, reading: &Reading<'_>) {
        if self.state.phase == Phase::Paying && self.form(reading).is_none() {
            self.begin_awaiting(reading);
        }
        self.present_late_form(reading);
    }

    /// What the customer is to see; with a payment code the customer has shown the code and waits.
    fn form(&self, reading: &Reading<'_>) -> Option<Object> {
        reading.form().filter(|_| self.state.order.scenario != Scenario::PaymentCode)
    }

    /// A form is shown once, whenever it comes, until a cancel was sent. After a contradiction or a dispute it
    /// is not: the customer must not pay what is being questioned.
    pub(super) fn present_late_form(&mut self, reading: &Reading<'_>) {
        let facts = &self.state.facts;
        let questioned = facts.presented || facts.id_taken || facts.amount_disputed || self.state.cancel_sent;
        let open = matches!(self.state.phase, Phase::Paying | Phase::AwaitingCustomer | Phase::Confirming);
        let Some(form) = self.form(reading).filter(|_| open && !questioned) else { return };
        self.state.facts.presented = true;
        self.issue(Action::Present { form });
        self.begin_awaiting(reading);
    }

    fn begin_awaiting(&mut self, reading: &Reading<'_>) {
        self.enter(Phase::AwaitingCustomer);
        let closing = match (self.state.expiry, reading.form_expiry()) {
            (Some(expiry), Some(form)) => expiry.min(form),
            (Some(expiry), None) => expiry,
            (None, form) => form.unwrap_or(self.now),
        };
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
