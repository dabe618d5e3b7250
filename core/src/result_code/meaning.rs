//! The meaning of a verified reply: operation, status letter and code, in that order.

use super::{Class, Status, lookup};
use crate::gateway::Protocol;

/// The operations whose replies carry a result. A notification counts as one: its result is the payment's, as
/// is the `paymentStatus` or `paymentResult` of an inquiry with its own code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// `pay`.
    Pay,
    /// `inquiryPayment`: whether the inquiry worked, not what became of the payment.
    Inquiry,
    /// `cancel` (AMS) or `cancelPayment` (Alipay+).
    Cancel,
    /// `refund`.
    Refund,
    /// `inquiryRefund` (AMS alone).
    RefundInquiry,
    /// `notifyPayment`: the result of the payment itself.
    Notify,
}

impl Operation {
    /// The operation's name: `pay`, `inquiry`, `cancel`, `refund`, `refund_inquiry` or `notify`.
    pub fn as_str(self) -> &'static str {
        match self {
            Operation::Pay => "pay",
            Operation::Inquiry => "inquiry",
            Operation::Cancel => "cancel",
            Operation::Refund => "refund",
            Operation::RefundInquiry => "refund_inquiry",
            Operation::Notify => "notify",
        }
    }
}

/// What a result means for the operation it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// The operation succeeded.
    Succeeded,
    /// The payment was refused.
    PaymentRefused,
    /// The request was refused; an inquiry or a cancel that was refused says nothing about the payment.
    RequestRefused,
    /// The gateway is at work: ask again.
    InProcess,
    /// The outcome is open.
    Unknown,
    /// The order is closed or cancelled.
    Closed,
    /// Another request owns the `paymentRequestId`.
    IdTaken,
    /// The gateway does not know the order, or not yet.
    NotFound,
    /// The cancel window is over.
    WindowExceeded,
    /// The order's state does not allow a cancel.
    StatusConflict,
    /// The merchant's account can't cover the cancel or the refund.
    MerchantBalanceNotEnough,
    /// The refund was refused.
    RefundRefused,
}

impl Meaning {
    /// The meaning's name, such as `payment_refused`.
    pub fn as_str(self) -> &'static str {
        match self {
            Meaning::Succeeded => "succeeded",
            Meaning::PaymentRefused => "payment_refused",
            Meaning::RequestRefused => "request_refused",
            Meaning::InProcess => "in_process",
            Meaning::Unknown => "unknown",
            Meaning::Closed => "closed",
            Meaning::IdTaken => "id_taken",
            Meaning::NotFound => "not_found",
            Meaning::WindowExceeded => "window_exceeded",
            Meaning::StatusConflict => "status_conflict",
            Meaning::MerchantBalanceNotEnough => "merchant_balance_not_enough",
            Meaning::RefundRefused => "refund_refused",
        }
    }
}

/// What a verified reply means.
///
/// The status letter is read before the code: `S` is success whatever the code says, anything but `S` and `F`
/// is unknown, and only `F` is split by the code. A code without a documented class of refusal counts as a
/// refused request. Both protocols read alike: where their code tables overlap, they agree.
pub fn meaning(_protocol: Protocol, operation: Operation, status: &str, code: &str) -> Meaning {
    let row = lookup(code);
    let class = row.map(|row| row.class);
    match Status::from_letter(status) {
        Status::Succeeded => Meaning::Succeeded,
        Status::Unknown if class == Some(Class::InProcess) => Meaning::InProcess,
        Status::Unknown => Meaning::Unknown,
        Status::Failed => match operation {
            Operation::Pay => refused_pay(class),
            Operation::Notify if class == Some(Class::Closed) => Meaning::Closed,
            Operation::Notify => Meaning::PaymentRefused,
            Operation::Inquiry | Operation::RefundInquiry if class == Some(Class::NotFound) => {
                Meaning::NotFound
            }
            Operation::Inquiry | Operation::RefundInquiry => Meaning::RequestRefused,
            Operation::Cancel => refused_cancel(class),
            // Only a cancel gives the money back; an order that closed otherwise leaves the refund refused.
            Operation::Refund if row.is_some_and(|row| row.code == "ORDER_IS_CANCELED") => Meaning::Closed,
            Operation::Refund if class == Some(Class::MerchantBalance) => Meaning::MerchantBalanceNotEnough,
            Operation::Refund => Meaning::RefundRefused,
        },
    }
}

fn refused_pay(class: Option<Class>) -> Meaning {
    match class {
        Some(Class::PaymentRefused) => Meaning::PaymentRefused,
        Some(Class::OutcomeOpen) => Meaning::Unknown,
        Some(Class::Closed) => Meaning::Closed,
        Some(Class::IdTaken) => Meaning::IdTaken,
        _ => Meaning::RequestRefused,
    }
}

fn refused_cancel(class: Option<Class>) -> Meaning {
    match class {
        Some(Class::Closed) => Meaning::Closed,
        Some(Class::NotFound) => Meaning::NotFound,
        Some(Class::StatusConflict) => Meaning::StatusConflict,
        Some(Class::WindowExceeded) => Meaning::WindowExceeded,
        Some(Class::MerchantBalance) => Meaning::MerchantBalanceNotEnough,
        _ => Meaning::RequestRefused,
    }
}
