//! The numbers that the machines act by, and the documented presets.
//!
//! Generated from schema/policy.toml by `make generate`; do not edit.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::policy::CancelWindow;
use crate::gateway::Protocol;
use crate::words::RefundAfterCancelWindow;

/// The machine's numbers. Times count in whole milliseconds, and are integers of them in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Which protocol the gateway speaks: it decides the names of APIs and fields.
    pub protocol: Protocol,
    /// How long a reply is waited for before the machine goes on. The host's request lives on.
    #[serde(with = "crate::time::as_millis")]
    pub reply_time: Duration,
    /// Whether an unknown result of pay, or none, has the same request sent again ("Alipay+, Accept a
    /// payment, step 2") instead of an inquiry.
    pub resend_unknown: bool,
    /// The wait before pay is sent again.
    #[serde(with = "crate::time::as_millis")]
    pub resend_delay: Duration,
    /// How often pay is sent again after an unknown result.
    pub resend_limit: u32,
    /// The wait before a request that did not leave this machine is tried again.
    #[serde(with = "crate::time::as_millis")]
    pub not_sent_delay: Duration,
    /// How often such a request is tried again.
    pub not_sent_limit: u32,
    /// The time from one inquiry to the next.
    #[serde(with = "crate::time::as_millis")]
    pub inquiry_interval: Duration,
    /// How many inquiries are sent before the payment is cancelled.
    pub inquiry_limit: u32,
    /// How long a payment by payment code may take at the most.
    #[serde(with = "crate::time::as_millis")]
    pub expiry: Duration,
    /// How long an order code or entry code payment may take at the most.
    #[serde(with = "crate::time::as_millis")]
    pub closing_time: Duration,
    /// The wait from showing the code, or redirecting the wallet, to the first inquiry.
    #[serde(with = "crate::time::as_millis")]
    pub customer_first_inquiry: Duration,
    /// The time from one inquiry to the next while the customer is acting.
    #[serde(with = "crate::time::as_millis")]
    pub customer_inquiry_interval: Duration,
    /// The time from one cancel to the next at first.
    #[serde(with = "crate::time::as_millis")]
    pub cancel_interval: Duration,
    /// How long cancels are sent at that pace; then `cancel_unresolved` is raised.
    #[serde(with = "crate::time::as_millis")]
    pub cancel_fast_period: Duration,
    /// The time from one cancel to the next after that.
    #[serde(with = "crate::time::as_millis")]
    pub cancel_slow_interval: Duration,
    /// Until when the gateway takes a cancel.
    pub cancel_window: CancelWindow,
    /// How far the gateway's clock may be behind this one's.
    #[serde(with = "crate::time::as_millis")]
    pub clock_margin: Duration,
    /// What to do when a payment succeeded and can't be cancelled any more.
    pub refund_after_cancel_window: RefundAfterCancelWindow,
    /// The time from one refund request to the next at first.
    #[serde(with = "crate::time::as_millis")]
    pub refund_interval: Duration,
    /// How long refund requests are sent at that pace.
    #[serde(with = "crate::time::as_millis")]
    pub refund_fast_period: Duration,
    /// The time from one request to the next after that.
    #[serde(with = "crate::time::as_millis")]
    pub refund_slow_interval: Duration,
    /// How long the slow pace is kept before the refund is given up as unresolved.
    #[serde(with = "crate::time::as_millis")]
    pub refund_slow_period: Duration,
    /// The wait before a refund that the gateway does not know is inquired for again.
    #[serde(with = "crate::time::as_millis")]
    pub refund_missing_delay: Duration,
    /// How often it is inquired for again before it is sent again.
    pub refund_missing_limit: u32,
}

impl Policy {
    /// The documented numbers of a protocol.
    pub fn preset(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Ams => Policy {
                protocol,
                reply_time: Duration::from_secs(5),
                resend_unknown: false,
                resend_delay: Duration::from_secs(3),
                resend_limit: 3,
                not_sent_delay: Duration::from_secs(3),
                not_sent_limit: 3,
                inquiry_interval: Duration::from_secs(3),
                inquiry_limit: 20,
                expiry: Duration::from_secs(120),
                closing_time: Duration::from_secs(600),
                customer_first_inquiry: Duration::from_secs(15),
                customer_inquiry_interval: Duration::from_secs(5),
                cancel_interval: Duration::from_secs(5),
                cancel_fast_period: Duration::from_secs(60),
                cancel_slow_interval: Duration::from_secs(60),
                cancel_window: CancelWindow::Period(Duration::from_secs(86_400)),
                clock_margin: Duration::from_secs(60),
                refund_after_cancel_window: RefundAfterCancelWindow::Automatic,
                refund_interval: Duration::from_secs(5),
                refund_fast_period: Duration::from_secs(60),
                refund_slow_interval: Duration::from_secs(60),
                refund_slow_period: Duration::from_secs(86_400),
                refund_missing_delay: Duration::from_secs(15),
                refund_missing_limit: 3,
            },
            Protocol::AlipayPlus => Policy {
                protocol,
                reply_time: Duration::from_secs(5),
                resend_unknown: true,
                resend_delay: Duration::from_secs(3),
                resend_limit: 3,
                not_sent_delay: Duration::from_secs(3),
                not_sent_limit: 3,
                inquiry_interval: Duration::from_secs(3),
                inquiry_limit: 20,
                expiry: Duration::from_secs(60),
                closing_time: Duration::from_secs(180),
                customer_first_inquiry: Duration::from_secs(15),
                customer_inquiry_interval: Duration::from_secs(5),
                cancel_interval: Duration::from_secs(5),
                cancel_fast_period: Duration::from_secs(60),
                cancel_slow_interval: Duration::from_secs(60),
                cancel_window: CancelWindow::NextDay,
                clock_margin: Duration::from_secs(60),
                refund_after_cancel_window: RefundAfterCancelWindow::Automatic,
                refund_interval: Duration::from_secs(5),
                refund_fast_period: Duration::from_secs(60),
                refund_slow_interval: Duration::from_secs(60),
                refund_slow_period: Duration::from_secs(86_400),
                refund_missing_delay: Duration::from_secs(15),
                refund_missing_limit: 3,
            },
        }
    }

    /// The times that are positive and at most a year long, by their names.
    pub(super) fn times(&self) -> [(&'static str, Duration); 17] {
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
