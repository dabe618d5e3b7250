//! Cancelling a payment: cancel until it is certain, and refund what can't be cancelled any more.

use super::{
    AlertKind, Cancelling, Certainty, Machine, Money, Named, Operation, Outcome, Phase, Reading, Stated,
    Timer, UnresolvedReason,
};
use crate::machine::cancel_pace as pace;
use crate::machine::refund_body;
use crate::machine::refund_retry::{Due, RefundRetry, Verdict};
use crate::machine::secret::Secret;
use crate::result_code::Meaning;
use crate::words::RefundAfterCancelWindow;

impl Machine<'_> {
    pub(super) fn cancel_requested(&mut self) {
        match self.state.phase {
            Phase::Ready => self.conclude(Outcome::Cancelled),
            Phase::Paying | Phase::AwaitingCustomer | Phase::Confirming => {
                if self.state.nothing_left() {
                    self.conclude(Outcome::Cancelled);
                } else if !self.state.facts.id_taken {
                    self.begin_cancelling();
                }
            }
            // Under way, or over: reversing a payment that succeeded is an operation of its own.
            Phase::Cancelling(_) | Phase::Refunding(_) | Phase::Final(_) => {}
        }
    }

    /// The window is computed here, once: it always leaves time for a first cancel, and for one after the expiry.
    pub(super) fn begin_cancelling(&mut self) {
        self.enter(Phase::Cancelling(Cancelling::Repeating { slow: false }));
        self.state.cancel_sent = true;
        let margin = self.policy.clock_margin.saturating_add(self.policy.cancel_slow_interval);
        let window = self.policy.cancel_window.end(self.state.begun_at.unwrap_or(self.now));
        let window = window.max(self.state.expiry.unwrap_or(self.now).saturating_add(margin));
        pace::begin(&mut self.state.timers, self.policy, window, self.now);
        self.send_cancel();
    }

    pub(super) fn send_cancel(&mut self) {
        let Phase::Cancelling(Cancelling::Repeating { slow }) = self.state.phase else { return };
        if self.state.timers.get(Timer::CancelWindow).is_some_and(|end| end <= self.now) {
            return;
        }
        let send_id = self.send_id_only(Operation::Cancel);
        let certain = self.state.expiry.map(|expiry| expiry.saturating_add(self.policy.clock_margin));
        if self.state.late_cancel.is_none() && certain.is_some_and(|certain| self.now > certain) {
            self.state.late_cancel = Some(send_id);
        }
        self.state.slowed = false;
        pace::sent(&mut self.state.timers, self.policy, slow, self.now);
    }

    pub(super) fn cancel_answered(&mut self, send_id: u32, reading: &Reading<'_>) {
        let meaning = reading.meaning();
        if matches!(
            meaning,
            Meaning::StatusConflict | Meaning::WindowExceeded | Meaning::MerchantBalanceNotEnough
        ) {
            self.state.facts.order_seen = true;
        }
        if matches!(meaning, Meaning::Succeeded | Meaning::Closed) {
            return match self.state.phase {
                Phase::Final(Outcome::Unresolved { .. }) => self.late(Money::Cancelled),
                Phase::Final(_) => {}
                _ => self.conclude(Outcome::Cancelled),
            };
        }
        let Phase::Cancelling(cancelling) = self.state.phase.clone() else { return };
        match meaning {
            Meaning::NotFound => self.cancel_found_nothing(send_id),
            Meaning::StatusConflict => {
                if matches!(cancelling, Cancelling::Repeating { .. }) {
                    self.check_before_cancelling(false);
                }
            }
            Meaning::WindowExceeded => {
                if !matches!(cancelling, Cancelling::Checking { window_over: true, .. }) {
                    self.check_before_cancelling(true);
                }
            }
            Meaning::MerchantBalanceNotEnough => {
                self.alert(
                    AlertKind::MerchantBalanceNotEnough,
                    "the balance is too low to give the money back",
                );
                self.repeat_slowly();
            }
            Meaning::InProcess | Meaning::Unknown => {
                if reading.traffic_limit() {
                    let slow = cancelling == Cancelling::Repeating { slow: true };
                    self.slow_down(Timer::Cancel, pace::interval(self.policy, slow));
                }
            }
            Meaning::Succeeded | Meaning::Closed => {}
            Meaning::PaymentRefused | Meaning::RequestRefused | Meaning::IdTaken | Meaning::RefundRefused => {
                self.alert(
                    AlertKind::UnexpectedRefusal,
                    "a cancel was refused for a reason not documented for it",
                );
            }
        }
    }

    /// The order is unknown to the gateway: pay never arrived, or is still travelling. Only after the expiry,
    /// with room for clocks that differ, can it no longer arrive.
    fn cancel_found_nothing(&mut self, send_id: u32) {
        if self.state.facts.order_seen {
            self.alert(AlertKind::ConflictingEvidence, "the gateway no longer knows an order that it knew");
        } else if self.state.late_cancel.is_some_and(|first| send_id >= first) {
            self.conclude(Outcome::Cancelled);
        }
    }

    /// A balance is not filled up within seconds.
    fn repeat_slowly(&mut self) {
        if let Phase::Cancelling(Cancelling::Repeating { slow: slow @ false }) = &mut self.state.phase {
            *slow = true;
            pace::slowly(&mut self.state.timers, self.policy, self.now);
        }
    }

    pub(super) fn cancel_unresolved(&mut self) {
        if let Phase::Cancelling(Cancelling::Repeating { slow }) = &mut self.state.phase {
            *slow = true;
            if let Some(blamed) = self.configuration_blamed() {
                return self.give_up_for_configuration(blamed);
            }
            self.alert(AlertKind::CancelUnresolved, "the cancel got no answer that settles it; it goes on");
        }
    }

    pub(super) fn cancel_window_over(&mut self) {
        match self.state.phase {
            Phase::Cancelling(Cancelling::Repeating { .. }) => self.check_before_cancelling(true),
            Phase::Cancelling(Cancelling::Checking { first_inquiry, .. }) => {
                // The check that is under way now decides: there is no cancel to go back to.
                self.state.phase =
                    Phase::Cancelling(Cancelling::Checking { first_inquiry, window_over: true });
            }
            _ => {}
        }
    }

    /// The gateway can't cancel. What the payment is now, only an inquiry sent from here on can say.
    fn check_before_cancelling(&mut self, window_over: bool) {
        let window = self.state.timers.get(Timer::CancelWindow);
        let first_inquiry = self.state.send_count().saturating_add(1);
        self.enter(Phase::Cancelling(Cancelling::Checking { first_inquiry, window_over }));
        if let (false, Some(window)) = (window_over, window) {
            self.state.timers.set(Timer::CancelWindow, window);
        }
        self.begin_inquiries(self.policy.inquiry_interval);
    }

    /// The inquiries settled nothing, and the window is open.
    pub(super) fn cancel_again(&mut self) {
        self.state.phase = Phase::Cancelling(Cancelling::Repeating { slow: true });
        pace::again(&mut self.state.timers, self.policy, self.now);
        self.send_cancel();
    }

    /// A payment that succeeded and can't be cancelled: give the money back, if it is ours to give.
    pub(super) fn give_back(&mut self, uncontradicted: bool) {
        if !uncontradicted {
            self.conclude(Outcome::Unresolved { reason: UnresolvedReason::AmountMismatch });
            return;
        }
        match self.policy.refund_after_cancel_window {
            RefundAfterCancelWindow::Automatic => {
                self.enter(Phase::Refunding(RefundRetry::start(self.policy, self.now)))
            }
            RefundAfterCancelWindow::Ask => {
                self.alert(AlertKind::RefundConsent, "the payment succeeded and can't be cancelled any more");
                self.conclude(Outcome::Unresolved { reason: UnresolvedReason::RefundConsent });
            }
        }
    }

    /// Acts on the refund's deadline; the next one lies ahead.
    pub(super) fn refund_due(&mut self) {
        let Phase::Refunding(course) = &mut self.state.phase else { return };
        match course.due(self.policy, self.now) {
            None => {}
            Some(Due::GaveUp) => self.conclude(Outcome::Unresolved { reason: UnresolvedReason::Refund }),
            Some(Due::Send(operation)) => self.send_refund(operation),
        }
    }

    fn send_refund(&mut self, operation: Operation) {
        let order = &self.state.order;
        let payment_id = self.state.facts.payment_id.as_deref();
        let body = match operation {
            Operation::RefundInquiry => Some(refund_body::inquiry_body(&order.refund_request_id)),
            _ => refund_body::body(
                self.policy.protocol,
                &order.payment_request_id,
                payment_id,
                &order.refund_request_id,
                order.amount,
            ),
        };
        let Some(body) = body else {
            self.alert(AlertKind::RefundFailed, "the gateway never told its id of the payment");
            self.conclude(Outcome::Unresolved { reason: UnresolvedReason::RefundFailed });
            return;
        };
        let send_id = self.send(operation, Secret::new(body.to_string()));
        if let Phase::Refunding(course) = &mut self.state.phase {
            course.sent(send_id);
        }
    }

    pub(super) fn refund_answered(&mut self, send_id: u32, reading: &Reading<'_>) {
        let (policy, now) = (self.policy, self.now);
        self.refund_heard(reading, |course| course.reply(policy, reading, send_id, now));
    }

    /// A notification about a refund counts for the machine's own, which is named by its id.
    pub(super) fn refund_notified(&mut self, reading: &Reading<'_>) {
        if reading.names_refund(&self.state.order.refund_request_id) != Named::Absent {
            self.refund_heard(reading, |course| course.notified(reading));
        }
    }

    pub(super) fn refund_unanswered(&mut self, send_id: u32, certainty: Certainty) {
        if let Phase::Refunding(course) = &mut self.state.phase {
            let verdict = course.no_reply(self.policy, send_id, certainty, self.now);
            self.follow_refund(verdict);
        }
    }

    /// A verified message about the refund: `read` says what it means for the course.
    fn refund_heard(&mut self, reading: &Reading<'_>, read: impl FnOnce(&mut RefundRetry) -> Verdict) {
        if reading.names_refund(&self.state.order.refund_request_id) == Named::Other {
            self.alert(AlertKind::IdMismatch, "a message names another refund request id");
            return;
        }
        if reading.refund_amount(self.state.order.amount) == Stated::Other {
            self.alert(AlertKind::AmountMismatch, "a refund is said to be of another amount");
            return;
        }
        match &mut self.state.phase {
            Phase::Refunding(course) => {
                let verdict = read(course);
                if reading.undocumented_refusal() {
                    let detail = "the refund was refused with a code that is not documented; it goes on";
                    self.alert(AlertKind::UnexpectedRefusal, detail);
                }
                self.follow_refund(verdict);
            }
            Phase::Final(Outcome::Unresolved { .. }) => {
                let verdict = read(&mut RefundRetry::start(self.policy, self.now));
                if matches!(verdict, Verdict::Refunded | Verdict::OrderCancelled) {
                    self.late(Money::Cancelled);
                }
            }
            _ => {}
        }
    }

    fn follow_refund(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Refunded => self.conclude(Outcome::Refunded),
            Verdict::OrderCancelled => self.conclude(Outcome::Cancelled),
            Verdict::Refused { code } => {
                self.alert(AlertKind::RefundFailed, &format!("the refund was not made: {code}"));
                self.conclude(Outcome::Unresolved { reason: UnresolvedReason::RefundFailed });
            }
            Verdict::UnknownWord => self.unknown_word(),
            Verdict::GoOn => {}
        }
    }
}
