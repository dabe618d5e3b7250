//! How one refund request is driven to its end: the same request at a quick pace, then at a slow one, and for AMS
//! inquiries in between. Used by the merchant's refund and by the payment machine, which refunds when a payment
//! succeeded and can't be cancelled any more.
//!
//! Copies obey the rules of pay. The refusal of a copy ends the refund only if no other copy can have been carried out
//! (each was refused itself, or never left this machine); otherwise AMS is asked, and Alipay+ is sent the same again.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::policy::Policy;
use super::refund_copies::{Copies, Fate};
use crate::error::ErrorCode;
use crate::gateway::Operation;
use crate::gateway::Protocol;
use crate::reply::{Reading, RefundStatus};
use crate::result_code::Meaning;
use crate::time::Timestamp;
use crate::words::Certainty;

/// Where a refund stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundRetry {
    next: Timestamp,
    slow_at: Option<Timestamp>,
    give_up_at: Timestamp,
    inquiring: bool,
    /// How often in a row the gateway did not know the refund.
    missing: u32,
    slowed: bool,
    /// The number of the latest send: a repeated answer to an older one is not counted twice.
    latest: u32,
    /// What is due next is a copy of the refund, and no inquiry.
    #[serde(default)]
    copy_due: bool,
    #[serde(default = "Copies::of_an_older_snapshot")]
    copies: Copies,
    /// How often a copy that did not leave was repeated before its time.
    #[serde(default)]
    not_sent_repeats: u32,
    /// The gateway has shown that it has the refund.
    #[serde(default)]
    known: bool,
    #[serde(default)]
    refusal: Option<Refusal>,
}

/// A copy was refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    code: String,
    /// The refund itself was refused, which the gateway keeps to; otherwise only that copy was turned away.
    of_refund: bool,
    /// The latest send when it arrived.
    after: u32,
}

/// What a deadline asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    Send(Operation),
    GaveUp,
}

/// What an answer says about the refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Refunded,
    /// The order was cancelled, so that there is nothing to refund.
    OrderCancelled,
    /// Not made, and no copy can still be carried out. The code is the gateway's, or `refund.not_sent`.
    Refused {
        code: String,
    },
    GoOn,
    /// It goes on, after a status that is not documented.
    UnknownWord,
}

impl RefundRetry {
    /// A course whose first refund is due at once.
    pub(crate) fn start(policy: &Policy, now: Timestamp) -> Self {
        let slow_at = now.saturating_add(policy.refund_fast_period);
        RefundRetry {
            next: now,
            slow_at: Some(slow_at),
            give_up_at: slow_at.saturating_add(policy.refund_slow_period),
            inquiring: false,
            missing: 0,
            slowed: false,
            latest: 0,
            copy_due: false,
            copies: Copies::default(),
            not_sent_repeats: 0,
            known: false,
            refusal: None,
        }
    }

    pub(crate) fn next_wakeup(&self) -> Timestamp {
        self.next.min(self.give_up_at)
    }

    pub(crate) fn shift_back(&mut self, by: Duration) {
        self.next = self.next.saturating_sub(by);
        self.slow_at = self.slow_at.map(|at| at.saturating_sub(by));
        self.give_up_at = self.give_up_at.saturating_sub(by);
    }

    /// What is due now; at most one send, however late it is. A send is numbered by the caller: see
    /// [`RefundRetry::sent`].
    ///
    /// What was due before the end, and was not sent because nobody was there, is asked once before it is given up.
    pub(crate) fn due(&mut self, policy: &Policy, now: Timestamp) -> Option<Due> {
        if self.give_up_at <= now {
            if self.next >= self.give_up_at {
                return Some(Due::GaveUp);
            }
            self.give_up_at = now.saturating_add(policy.reply_time);
            self.next = self.give_up_at;
            self.slow_at = None;
            self.copy_due = policy.protocol != Protocol::Ams;
            return Some(Due::Send(self.operation_due()));
        }
        if self.next > now {
            return None;
        }
        if self.slow_at.is_some_and(|at| at <= now) {
            self.slow_at = None;
            self.inquiring = policy.protocol == Protocol::Ams;
        }
        self.copy_due = !self.inquiring;
        if self.slow_at.is_none() {
            // AMS has an inquiry for refunds, also for one just sent again; Alipay+ has none, and the same
            // request tells the same.
            self.inquiring = policy.protocol == Protocol::Ams;
        }
        self.slowed = false;
        self.next = now.saturating_add(self.interval(policy));
        Some(Due::Send(self.operation_due()))
    }

    fn operation_due(&self) -> Operation {
        if self.copy_due { Operation::Refund } else { Operation::RefundInquiry }
    }

    /// What was due got this number.
    pub(crate) fn sent(&mut self, send_id: u32) {
        self.latest = send_id;
        if self.copy_due {
            self.copies.given_out(send_id);
        }
    }

    /// The machine was restored from a snapshot: what was open may have been carried out before. If it is over by
    /// now, it is asked for once more.
    pub(crate) fn resumed(&mut self, now: Timestamp) {
        self.copies.resumed();
        if self.give_up_at <= now {
            self.next = self.next.min(self.give_up_at.saturating_sub(Duration::from_millis(1)));
        }
    }

    /// No usable answer arrived. Only that a copy never left this machine means anything; the clock does the rest.
    pub(crate) fn no_reply(
        &mut self,
        policy: &Policy,
        send_id: u32,
        certainty: Certainty,
        now: Timestamp,
    ) -> Verdict {
        if certainty != Certainty::NotSent || !self.copies.not_sent(send_id) {
            return Verdict::GoOn;
        }
        let repeat = self.not_sent_repeats < policy.not_sent_limit;
        if !repeat && self.copies.none_left() {
            return Verdict::Refused { code: ErrorCode::RefundNotSent.as_str().to_owned() };
        }
        if repeat && send_id == self.latest {
            self.not_sent_repeats += 1;
            self.inquiring = false;
            self.next = self.next.min(now.saturating_add(policy.not_sent_delay));
        }
        self.settle()
    }

    /// Whether it is certain that no copy ever left this machine.
    pub(crate) fn none_left(&self) -> bool {
        self.copies.none_left()
    }

    /// Takes a verified answer in.
    pub(crate) fn reply(
        &mut self,
        policy: &Policy,
        reading: &Reading<'_>,
        send_id: u32,
        now: Timestamp,
    ) -> Verdict {
        let verdict = match reading.operation() {
            Operation::RefundInquiry => self.inquiry_answered(policy, reading, send_id, now),
            _ => self.refund_answered(policy, reading, send_id),
        };
        if verdict == Verdict::GoOn && !self.slowed && reading.traffic_limit() {
            self.slowed = true;
            self.next = self.next.saturating_add(self.interval(policy));
        }
        verdict
    }

    /// Takes a verified notification of this refund in.
    pub(crate) fn notified(&mut self, reading: &Reading<'_>) -> Verdict {
        self.status(reading).unwrap_or(Verdict::GoOn)
    }

    fn refund_answered(&mut self, policy: &Policy, reading: &Reading<'_>, send_id: u32) -> Verdict {
        match reading.meaning() {
            Meaning::Succeeded => Verdict::Refunded,
            Meaning::Closed => Verdict::OrderCancelled,
            Meaning::InProcess => {
                self.known = true;
                self.inquiring = policy.protocol == Protocol::Ams;
                self.copies.answered(send_id, Fate::Taken);
                Verdict::GoOn
            }
            Meaning::Unknown => {
                self.copies.answered(send_id, Fate::Open);
                Verdict::GoOn
            }
            Meaning::RequestRefused => {
                self.copies.answered(send_id, Fate::Refused);
                // Who is told to come less often comes again.
                if self.refusal.is_none() && !reading.traffic_limit() {
                    self.refused(reading, false);
                }
                self.settle()
            }
            Meaning::PaymentRefused
            | Meaning::IdTaken
            | Meaning::NotFound
            | Meaning::WindowExceeded
            | Meaning::StatusConflict
            | Meaning::MerchantBalanceNotEnough
            | Meaning::RefundRefused => {
                self.copies.answered(send_id, Fate::Refused);
                if !self.refusal.as_ref().is_some_and(|refusal| refusal.of_refund) {
                    self.refused(reading, true);
                    self.missing = 0;
                }
                // The same again would be refused again; an inquiry tells whether another copy was carried out.
                self.inquiring = policy.protocol == Protocol::Ams;
                self.settle()
            }
        }
    }

    fn refused(&mut self, reading: &Reading<'_>, of_refund: bool) {
        self.refusal = Some(Refusal { code: reading.code(), of_refund, after: self.latest });
    }

    /// Whether a refusal that arrived before is the end by now.
    fn settle(&self) -> Verdict {
        match &self.refusal {
            Some(refusal) if self.copies.none_carried_out() => {
                Verdict::Refused { code: refusal.code.clone() }
            }
            _ => Verdict::GoOn,
        }
    }

    fn inquiry_answered(
        &mut self,
        policy: &Policy,
        reading: &Reading<'_>,
        send_id: u32,
        now: Timestamp,
    ) -> Verdict {
        if let Some(verdict) = self.status(reading) {
            return verdict;
        }
        if reading.meaning() == Meaning::NotFound && send_id == self.latest {
            return self.not_there(policy, send_id, now);
        }
        Verdict::GoOn
    }

    /// What `refundStatus` says, if it says anything.
    fn status(&mut self, reading: &Reading<'_>) -> Option<Verdict> {
        let verdict = match reading.refund_status() {
            RefundStatus::Nothing => return None,
            RefundStatus::Refunded => Verdict::Refunded,
            RefundStatus::Failed { code } => Verdict::Refused { code },
            RefundStatus::InProcess => Verdict::GoOn,
            RefundStatus::UnknownWord => Verdict::UnknownWord,
        };
        self.known = true;
        Some(verdict)
    }

    /// An inquiry found nothing: it is asked again, and after the last time the refund was never placed ("Alipay,
    /// inquiryRefund"). Then it is sent again; but if the gateway has refused it before, and never showed that it had
    /// it, that refusal is the end.
    fn not_there(&mut self, policy: &Policy, send_id: u32, now: Timestamp) -> Verdict {
        if self.refusal.as_ref().is_some_and(|refusal| refusal.of_refund && send_id <= refusal.after) {
            return Verdict::GoOn;
        }
        if self.missing < policy.refund_missing_limit {
            self.missing += 1;
            self.next = now.saturating_add(policy.refund_missing_delay);
            return Verdict::GoOn;
        }
        match &self.refusal {
            Some(Refusal { code, of_refund: true, .. }) if !self.known => {
                Verdict::Refused { code: code.clone() }
            }
            _ => {
                self.missing = 0;
                self.inquiring = false;
                self.next = now;
                Verdict::GoOn
            }
        }
    }

    fn interval(&self, policy: &Policy) -> Duration {
        if self.slow_at.is_some() { policy.refund_interval } else { policy.refund_slow_interval }
    }
}
