//! The numbers that the machines act by, and the documented presets.
//!
//! Generated from schema/policy.toml by `make generate`; do not edit.

use serde::{Deserialize, Serialize};

use super::policy::CancelWindow;
use crate::gateway::Protocol;
use crate::words::RefundAfterCancelWindow;

/// The machine's numbers. Times are milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Which protocol the gateway speaks: it decides the names of APIs and fields.
    pub protocol: Protocol,
    /// How long a reply is waited for before the machine goes on. The host's request lives on.
    pub reply_time: i64,
    /// Whether an unknown result of pay, or none, has the same request sent again ("Alipay+, Accept a
    /// payment, step 2") instead of an inquiry.
    pub resend_unknown: bool,
    /// The wait before pay is sent again.
    pub resend_delay: i64,
    /// How often pay is sent again after an unknown result.
    pub resend_limit: u32,
    /// The wait before a request that did not leave this machine is tried again.
    pub not_sent_delay: i64,
    /// How often such a request is tried again.
    pub not_sent_limit: u32,
    /// The time from one inquiry to the next.
    pub inquiry_interval: i64,
    /// How many inquiries are sent before the payment is cancelled.
    pub inquiry_limit: u32,
    /// How long a payment by payment code may take at the most.
    pub expiry: i64,
    /// How long an order code or entry code payment may take at the most.
    pub closing_time: i64,
    /// The wait from showing the code, or redirecting the wallet, to the first inquiry.
    pub customer_first_inquiry: i64,
    /// The time from one inquiry to the next while the customer is acting.
    pub customer_inquiry_interval: i64,
    /// The time from one cancel to the next at first.
    pub cancel_interval: i64,
    /// How long cancels are sent at that pace; then `cancel_unresolved` is raised.
    pub cancel_fast_period: i64,
    /// The time from one cancel to the next after that.
    pub cancel_slow_interval: i64,
    /// Until when the gateway takes a cancel.
    pub cancel_window: CancelWindow,
    /// How far the gateway's clock may be behind this one's.
    pub clock_margin: i64,
    /// What to do when a payment succeeded and can't be cancelled any more.
    pub refund_after_cancel_window: RefundAfterCancelWindow,
    /// The time from one refund request to the next at first.
    pub refund_interval: i64,
    /// How long refund requests are sent at that pace.
    pub refund_fast_period: i64,
    /// The time from one request to the next after that.
    pub refund_slow_interval: i64,
    /// How long the slow pace is kept before the refund is given up as unresolved.
    pub refund_slow_period: i64,
    /// The wait before a refund that the gateway does not know is inquired for again.
    pub refund_missing_delay: i64,
    /// How often it is inquired for again before it is sent again.
    pub refund_missing_limit: u32,
}

impl Policy {
    /// The documented numbers of a protocol.
    pub fn preset(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Ams => Policy {
                protocol,
                reply_time: 5_000,
                resend_unknown: false,
                resend_delay: 3_000,
                resend_limit: 3,
                not_sent_delay: 3_000,
                not_sent_limit: 3,
                inquiry_interval: 3_000,
                inquiry_limit: 20,
                expiry: 120_000,
                closing_time: 600_000,
                customer_first_inquiry: 15_000,
                customer_inquiry_interval: 5_000,
                cancel_interval: 5_000,
                cancel_fast_period: 60_000,
                cancel_slow_interval: 60_000,
                cancel_window: CancelWindow::Period(86_400_000),
                clock_margin: 60_000,
                refund_after_cancel_window: RefundAfterCancelWindow::Automatic,
                refund_interval: 5_000,
                refund_fast_period: 60_000,
                refund_slow_interval: 60_000,
                refund_slow_period: 86_400_000,
                refund_missing_delay: 15_000,
                refund_missing_limit: 3,
            },
            Protocol::AlipayPlus => Policy {
                protocol,
                reply_time: 5_000,
                resend_unknown: true,
                resend_delay: 3_000,
                resend_limit: 3,
                not_sent_delay: 3_000,
                not_sent_limit: 3,
                inquiry_interval: 3_000,
                inquiry_limit: 20,
                expiry: 60_000,
                closing_time: 180_000,
                customer_first_inquiry: 15_000,
                customer_inquiry_interval: 5_000,
                cancel_interval: 5_000,
                cancel_fast_period: 60_000,
                cancel_slow_interval: 60_000,
                cancel_window: CancelWindow::NextDay,
                clock_margin: 60_000,
                refund_after_cancel_window: RefundAfterCancelWindow::Automatic,
                refund_interval: 5_000,
                refund_fast_period: 60_000,
                refund_slow_interval: 60_000,
                refund_slow_period: 86_400_000,
                refund_missing_delay: 15_000,
                refund_missing_limit: 3,
            },
        }
    }

    /// The times that are positive and at most a year long, by their names.
    pub(super) fn times(&self) -> [(&'static str, i64); 17] {
        [
            ("reply_time", self.reply_time),
            ("resend_delay", self.resend_delay),
            ("not_sent_delay", self.not_sent_delay),
            ("inquiry_interval", self.inquiry_interval),
            ("expiry", self.expiry),
            ("closing_time", self.closing_time),
            ("customer_first_inquiry", self.customer_first_inquiry),
            ("customer_inquiry_interval", self.customer_inquiry_interval),
            ("cancel_interval", self.cancel_interval),
            ("cancel_fast_period", self.cancel_fast_period),
            ("cancel_slow_interval", self.cancel_slow_interval),
            ("cancel_window", self.cancel_window.length()),
            ("refund_interval", self.refund_interval),
            ("refund_fast_period", self.refund_fast_period),
            ("refund_slow_interval", self.refund_slow_interval),
            ("refund_slow_period", self.refund_slow_period),
            ("refund_missing_delay", self.refund_missing_delay),
        ]
    }

    /// The counts that are at most 100, by their names.
    pub(super) fn counts(&self) -> [(&'static str, u32); 3] {
        [
            ("resend_limit", self.resend_limit),
            ("not_sent_limit", self.not_sent_limit),
            ("refund_missing_limit", self.refund_missing_limit),
        ]
    }
}
