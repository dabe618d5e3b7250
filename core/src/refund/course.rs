//! How one refund request is driven to its end: the same request at a quick pace, then at a slow one, and for AMS
//! inquiries in between. Used by the merchant's refund and by the payment machine, which refunds when a payment
//! succeeded and can't be cancelled any more.

use serde::{Deserialize, Serialize};

use crate::gateway::Protocol;
use crate::payment::Policy;
use crate::reply::{Reading, RefundStatus};
use crate::result_code::{Meaning, Operation};

/// Where a refund stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Course {
    next: i64,
    slow_at: Option<i64>,
    give_up_at: i64,
    inquiring: bool,
    /// How often in a row the gateway did not know the refund.
    missing: u32,
    slowed: bool,
    /// The number of the latest send: a repeated answer to an older one is not counted twice.
    latest: u32,
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
    Refused {
        code: String,
    },
    GoOn,
    /// It goes on, after a status that is not documented.
    UnknownWord,
}

impl Course {
    /// A course whose first refund is due at once.
    pub(crate) fn start(policy: &Policy, now: i64) -> Self {
        let slow_at = now.saturating_add(policy.refund_fast_period);
        Course {
            next: now,
            slow_at: Some(slow_at),
            give_up_at: slow_at.saturating_add(policy.refund_slow_period),
            inquiring: false,
            missing: 0,
            slowed: false,
            latest: 0,
        }
    }

    pub(crate) fn next_wakeup(&self) -> i64 {
        self.next.min(self.give_up_at)
    }

    pub(crate) fn shift_back(&mut self, by: i64) {
        self.next = self.next.saturating_sub(by);
        self.slow_at = self.slow_at.map(|at| at.saturating_sub(by));
        self.give_up_at = self.give_up_at.saturating_sub(by);
    }

    /// The course goes on after a restart: where its end has passed meanwhile, it is asked once more before that.
    pub(crate) fn ask_before_giving_up(&mut self, policy: &Policy, now: i64) {
        if self.give_up_at <= now {
            self.next = now;
            self.give_up_at = now.saturating_add(policy.reply_time);
        }
    }

    /// What is due now; at most one send, however late it is. A send is numbered by the caller: see
    /// [`Course::sent`].
    pub(crate) fn due(&mut self, policy: &Policy, now: i64) -> Option<Due> {
        if self.give_up_at <= now {
            return Some(Due::GaveUp);
        }
        if self.next > now {
            return None;
        }
        if self.slow_at.is_some_and(|at| at <= now) {
            self.slow_at = None;
            self.inquiring = policy.protocol == Protocol::Ams;
        }
        let operation = if self.inquiring { Operation::RefundInquiry } else { Operation::Refund };
        if self.slow_at.is_none() {
            // AMS has an inquiry for refunds, also for one just sent again; Alipay+ has none, and the same
            // request tells the same.
            self.inquiring = policy.protocol == Protocol::Ams;
        }
        self.slowed = false;
        self.next = now.saturating_add(self.interval(policy));
        Some(Due::Send(operation))
    }

    pub(crate) fn sent(&mut self, send_id: u32) {
        self.latest = send_id;
    }

    /// Takes a verified answer in.
    pub(crate) fn reply(
        &mut self,
        policy: &Policy,
        reading: &Reading<'_>,
        send_id: u32,
        now: i64,
    ) -> Verdict {
        let verdict = match reading.operation() {
            Operation::RefundInquiry => self.inquiry_answered(policy, reading, send_id, now),
            _ => self.refund_answered(policy, reading),
        };
        if verdict == Verdict::GoOn && !self.slowed && reading.traffic_limit() {
            self.slowed = true;
            self.next = self.next.saturating_add(self.interval(policy));
        }
        verdict
    }

    fn refund_answered(&mut self, policy: &Policy, reading: &Reading<'_>) -> Verdict {
        match reading.meaning() {
            Meaning::Succeeded => Verdict::Refunded,
            Meaning::Closed => Verdict::OrderCancelled,
            Meaning::InProcess => {
                self.inquiring = policy.protocol == Protocol::Ams;
                Verdict::GoOn
            }
            Meaning::Unknown => Verdict::GoOn,
            Meaning::PaymentRefused
            | Meaning::RequestRefused
            | Meaning::IdTaken
            | Meaning::NotFound
            | Meaning::WindowExceeded
            | Meaning::StatusConflict
            | Meaning::MerchantBalanceNotEnough
            | Meaning::RefundRefused => Verdict::Refused { code: reading.code() },
        }
    }

    fn inquiry_answered(
        &mut self,
        policy: &Policy,
        reading: &Reading<'_>,
        send_id: u32,
        now: i64,
    ) -> Verdict {
        match reading.refund_status() {
            RefundStatus::Refunded => return Verdict::Refunded,
            RefundStatus::Failed { code } => return Verdict::Refused { code },
            RefundStatus::UnknownWord => return Verdict::UnknownWord,
            RefundStatus::InProcess | RefundStatus::Nothing => {}
        }
        if reading.meaning() == Meaning::NotFound && send_id == self.latest {
            if self.missing >= policy.refund_missing_limit {
                self.missing = 0;
                self.inquiring = false;
                self.next = now;
            } else {
                self.missing += 1;
                self.next = now.saturating_add(policy.refund_missing_delay);
            }
        }
        Verdict::GoOn
    }

    fn interval(&self, policy: &Policy) -> i64 {
        if self.slow_at.is_some() { policy.refund_interval } else { policy.refund_slow_interval }
    }
}
