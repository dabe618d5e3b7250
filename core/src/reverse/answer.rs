//! What verified answers and notifications mean for a reverse.

use super::ReverseOutcome;
use super::machine::{Phase, Step};
use crate::gateway::Operation;
use crate::json::Object;
use crate::machine::cancel_pace as pace;
use crate::machine::refund_retry::{RefundRetry, Verdict};
use crate::machine::timer::Timer;
use crate::payment::{AlertKind, Timing};
use crate::reply::{Money, Named, Reading, Stated};
use crate::result_code::Meaning;

impl Step<'_> {
    pub(super) fn reply(&mut self, send_id: u32, operation: Operation, body: &Object, timing: Timing) {
        let reading = Reading::new(self.policy.protocol, operation, body);
        let payment = reading.names_payment(&self.reverse.order.payment_request_id);
        let refund = reading.names_refund(&self.reverse.order.refund_request_id);
        if payment == Named::Other || refund == Named::Other {
            return self.alert(AlertKind::IdMismatch, "a reply names another payment or refund");
        }
        if timing.stale && payment == Named::Absent && refund == Named::Absent {
            let detail = "an answer that names no payment was signed long before its request was sent";
            return self.alert(AlertKind::StaleAnswer, detail);
        }
        if self.reverse.order.payment_id.is_none() {
            self.reverse.order.payment_id = reading.payment_id();
        }
        match operation {
            Operation::Cancel => self.cancel_answered(send_id, &reading),
            Operation::Inquiry => self.inquiry_answered(send_id, &reading),
            Operation::Refund | Operation::RefundInquiry => self.refund_answered(send_id, &reading),
            // Never given out, so they were refused before.
            Operation::Pay | Operation::Notify => {}
        }
    }

    /// A notification about the refund of this reverse: evidence like an answer, accepted and never waited for.
    pub(super) fn notified(&mut self, body: &Object) {
        let reading = Reading::new(self.policy.protocol, Operation::Notify, body);
        let order = &self.reverse.order;
        if reading.names_payment(&order.payment_request_id) == Named::Other
            || reading.names_refund(&order.refund_request_id) != Named::Ours
        {
            return self.alert(AlertKind::IdMismatch, "a notification names another payment or refund");
        }
        self.refund_told(&reading, |_, course| course.notified(&reading));
    }

    fn cancel_answered(&mut self, send_id: u32, reading: &Reading<'_>) {
        let meaning = reading.meaning();
        match meaning {
            Meaning::Succeeded | Meaning::Closed => return self.reversed(),
            // The window is over for every cancel, and none was carried out before.
            Meaning::WindowExceeded => self.reverse.open_cancels.clear(),
            Meaning::StatusConflict | Meaning::MerchantBalanceNotEnough | Meaning::NotFound => {
                self.account_for(send_id);
            }
            _ => {}
        }
        let slow = match self.reverse.phase {
            Phase::Cancelling { slow } => slow,
            Phase::Checking { .. } => {
                if meaning == Meaning::WindowExceeded {
                    self.cancel_refused_for_good();
                }
                return;
            }
            _ => return,
        };
        match meaning {
            Meaning::WindowExceeded => self.cancel_refused_for_good(),
            Meaning::StatusConflict => self.ask_what_became_of_it(),
            Meaning::NotFound => {
                self.alert(
                    AlertKind::ConflictingEvidence,
                    "the gateway does not know a payment that was paid",
                );
            }
            Meaning::MerchantBalanceNotEnough => {
                let detail = "the balance is too low to give the money back";
                self.alert(AlertKind::MerchantBalanceNotEnough, detail);
                // A balance is not filled up within seconds.
                if !slow {
                    self.reverse.phase = Phase::Cancelling { slow: true };
                    pace::slowly(&mut self.reverse.timers, self.policy, self.now);
                }
            }
            Meaning::InProcess | Meaning::Unknown => {
                if reading.traffic_limit() {
                    let by = pace::interval(self.policy, slow);
                    self.reverse.timers.put_off(Timer::Cancel, by, &mut self.reverse.slowed);
                }
            }
            Meaning::PaymentRefused | Meaning::RequestRefused | Meaning::IdTaken | Meaning::RefundRefused => {
                let detail = "a cancel was refused for a reason not documented for it";
                self.alert(AlertKind::UnexpectedRefusal, detail);
            }
            Meaning::Succeeded | Meaning::Closed => {}
        }
    }

    /// The gateway cancels no more.
    fn cancel_refused_for_good(&mut self) {
        match self.reverse.refused.clone() {
            Some(code) => self.conclude(ReverseOutcome::Refused { code }),
            None => self.give_back(),
        }
    }

    fn inquiry_answered(&mut self, send_id: u32, reading: &Reading<'_>) {
        if reading.unknown_word() {
            self.alert(
                AlertKind::UnknownWord,
                "an inquiry was answered with a status that is not documented",
            );
        }
        let money = reading.money();
        if money == Money::Cancelled {
            return self.reversed();
        }
        let Phase::Checking { first_inquiry, .. } = self.reverse.phase else { return };
        match money {
            Money::Paid if reading.payment_amount(self.reverse.order.amount) == Stated::Other => {
                self.alert(
                    AlertKind::AmountMismatch,
                    "verified messages state different amounts of the payment",
                );
                self.conclude(ReverseOutcome::Unresolved);
            }
            Money::Paid if send_id >= first_inquiry => self.money_stands(send_id),
            Money::Failed => {
                self.alert(AlertKind::ConflictingEvidence, "a payment that was paid is said to have failed");
                self.conclude(ReverseOutcome::Unresolved);
            }
            Money::InProcess | Money::Nothing if reading.traffic_limit() => {
                let by = self.policy.inquiry_interval;
                self.reverse.timers.put_off(Timer::Inquiry, by, &mut self.reverse.slowed);
            }
            Money::Paid | Money::Cancelled | Money::InProcess | Money::Nothing => {}
        }
    }

    /// The payment is still paid: no cancel was carried out so far.
    fn money_stands(&mut self, send_id: u32) {
        match self.reverse.refused.clone() {
            None => self.give_back(),
            // A cancel that is still travelling may be carried out.
            Some(_) if self.cancel_may_help() => self.cancel_again(),
            Some(code) if self.settles(send_id) => self.conclude(ReverseOutcome::Refused { code }),
            // It was asked for before; a later inquiry tells.
            Some(_) => {}
        }
    }

    fn refund_answered(&mut self, send_id: u32, reading: &Reading<'_>) {
        self.refund_told(reading, |step, course| course.reply(step.policy, reading, send_id, step.now));
    }

    /// What a message says about the refund, if it is about ours: `read` asks the course, or a fresh one after its end.
    fn refund_told(&mut self, reading: &Reading<'_>, read: impl FnOnce(&Self, &mut RefundRetry) -> Verdict) {
        if self.refunds().is_some_and(|amount| reading.refund_amount(amount) == Stated::Other) {
            return self.alert(AlertKind::AmountMismatch, "the refund is said to be of another amount");
        }
        if self.reverse.refund_id.is_none() {
            self.reverse.refund_id = reading.refund_id();
        }
        let mut course = match &self.reverse.phase {
            Phase::Refunding(course) => course.clone(),
            _ => RefundRetry::start(self.policy, self.now),
        };
        let verdict = read(self, &mut course);
        if let Phase::Refunding(kept) = &mut self.reverse.phase {
            *kept = course;
            if reading.undocumented_refusal() {
                let detail = "the refund was refused with a code that is not documented; it goes on";
                self.alert(AlertKind::UnexpectedRefusal, detail);
            }
            if reading.low_balance() {
                let detail = "the balance is too low to give the money back";
                self.alert(AlertKind::MerchantBalanceNotEnough, detail);
            }
        }
        self.follow_refund(verdict);
    }

    pub(super) fn follow_refund(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Refunded | Verdict::OrderCancelled => self.reversed(),
            Verdict::Refused { code } => self.refund_refused(code),
            Verdict::UnknownWord => {
                self.alert(AlertKind::UnknownWord, "a refund has a status that is not documented");
            }
            Verdict::GoOn => {}
        }
    }

    pub(super) fn refund_refused(&mut self, code: String) {
        match self.reverse.phase {
            Phase::Refunding(_) => {}
            Phase::Final(ReverseOutcome::Unresolved) => {
                return self
                    .alert(AlertKind::LateEvidence, "the refund was refused after the reverse had ended");
            }
            _ => return,
        }
        if code == "MERCHANT_BALANCE_NOT_ENOUGH" {
            self.alert(AlertKind::MerchantBalanceNotEnough, "the balance is too low to give the money back");
        } else {
            self.alert(AlertKind::RefundFailed, "the refund was refused");
        }
        if self.reverse.open_cancels.is_empty() {
            return self.conclude(ReverseOutcome::Refused { code });
        }
        // A cancel may have been carried out without our knowledge.
        self.reverse.refused = Some(code);
        self.ask_what_became_of_it();
    }

    /// The money was given back.
    fn reversed(&mut self) {
        let kind = match &self.reverse.phase {
            Phase::Final(ReverseOutcome::Reversed) => return,
            Phase::Final(ReverseOutcome::Refused { .. }) => AlertKind::ConflictingEvidence,
            Phase::Final(ReverseOutcome::Unresolved) => AlertKind::LateEvidence,
            _ => return self.conclude(ReverseOutcome::Reversed),
        };
        self.alert(kind, "the money is said to be given back after the reverse had ended otherwise");
    }
}
