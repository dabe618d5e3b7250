//! What a call is told.

use crate::amount::Amount;
use crate::api::pay::Warning;
use crate::json::Object;
use crate::payment::Outcome;
use crate::refund::RefundOutcome;
use crate::reverse::ReverseOutcome;
use crate::store::Alert;
use crate::time::Timestamp;
use crate::timeline::TimelineEntry;

/// The result of a call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CallResult {
    /// Of a payment, of a cancel, of a status.
    Payment(PaymentResult),
    /// Of a refund.
    Refund(RefundResult),
    /// Of a reverse.
    Reverse(ReverseResult),
    /// Of a notification.
    Notified(Notified),
    /// Of a record that was to be taken up: how it stands, if this process drives it now.
    TakenUp(Option<PaymentResult>),
    /// It was done: what was to be entered is stored.
    Done,
}

/// How a payment stands.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PaymentResult {
    /// The payment.
    pub payment_request_id: String,
    /// How it ended; none while it is in progress.
    pub outcome: Option<Outcome>,
    /// The name of its state, such as `confirming`.
    pub phase: &'static str,
    /// What is paid.
    pub amount: Amount,
    /// The gateway's id of the payment, where it told one.
    pub payment_id: Option<String>,
    /// When the customer paid, as the gateway told it.
    pub payment_time: Option<Timestamp>,
    /// Every alert of the payment, its refunds and its reverse.
    pub alerts: Vec<Alert>,
    /// The caller stated another payment code than the one that the payment goes on with.
    pub code_ignored: bool,
    /// Whether the store has it as it is told here.
    pub stored: bool,
    /// Whether the customer was charged, or may have been.
    pub may_have_charged: bool,
    /// Whether money was given back, or may have been.
    pub may_have_refunded: bool,
    /// What the customer is to see while the payment waits for them: an order code, or where to send them.
    pub form: Option<Object>,
    /// What happened since the call, as far as this process saw it.
    pub timeline: Vec<TimelineEntry>,
    /// What is allowed and worth knowing.
    pub warnings: Vec<Warning>,
}

/// How a refund stands.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RefundResult {
    /// The payment.
    pub payment_request_id: String,
    /// The refund.
    pub refund_request_id: String,
    /// How it ended; none while it is in progress.
    pub outcome: Option<RefundOutcome>,
    /// The gateway's id of the refund, where it told one.
    pub refund_id: Option<String>,
    /// Every alert of the payment, its refunds and its reverse.
    pub alerts: Vec<Alert>,
    /// What may still be given back of the payment, in minor units.
    pub left: u64,
    /// Whether the store has it as it is told here.
    pub stored: bool,
    /// Whether money was given back by this refund, or may have been.
    pub may_have_refunded: bool,
    /// What happened since the call, as far as this process saw it.
    pub timeline: Vec<TimelineEntry>,
}

/// How a reverse stands.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReverseResult {
    /// The payment.
    pub payment_request_id: String,
    /// How it ended; none while it is in progress.
    pub outcome: Option<ReverseOutcome>,
    /// The id of the refund, where one was sent.
    pub refund_request_id: Option<String>,
    /// The gateway's id of the refund, where it told one.
    pub refund_id: Option<String>,
    /// Every alert of the payment, its refunds and its reverse.
    pub alerts: Vec<Alert>,
    /// What may still be given back of the payment, in minor units.
    pub left: u64,
    /// Whether the store has it as it is told here.
    pub stored: bool,
    /// Whether money was given back, or may have been.
    pub may_have_refunded: bool,
    /// What happened since the call, as far as this process saw it.
    pub timeline: Vec<TimelineEntry>,
}

/// What a notification changed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Notified {
    /// It is stored: acknowledge it.
    Taken {
        /// The payment.
        payment_request_id: String,
        /// The refund that it named.
        refund_request_id: Option<String>,
        /// How the payment ended, if it has.
        outcome: Option<Outcome>,
        /// Alerts that it raised.
        alerts: Vec<Alert>,
    },
    /// Nothing of this id is stored. It can have overtaken the payment, so refuse it: then it comes again.
    Unknown,
    /// It is not about the result of a payment or a refund.
    Other,
}
