//! The two protocols as this gateway reads and speaks them: paths, requests, replies.
//!
//! Bodies are read as raw JSON, with nothing of the library's request types, so that a wrong idea of the
//! library does not come back here as agreement.

mod distort;
mod fields;
mod reply;
mod request;
mod time;

use std::str::FromStr;

pub(crate) use distort::{Encoded, encode};
pub(crate) use reply::{Reply, notification, pay_reply, refund_notification, unsigned_refusal};
pub(crate) use reply::{cancel_reply, inquiry_refund_reply, inquiry_reply, refund_reply, refusal};
pub(crate) use request::{amount_asked, pay_request, refund_request, refund_subject, subject};
pub(crate) use time::{day, format_time};

pub(crate) use fields::{Illegal, read_json};

use crate::Protocol;

/// One of the gateway's APIs, or its own call to the merchant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// `pay`
    Pay,
    /// `inquiryPayment`
    InquiryPayment,
    /// `cancel` in AMS, `cancelPayment` in Alipay+
    Cancel,
    /// `refund`
    Refund,
    /// `inquiryRefund`, AMS only
    InquiryRefund,
    /// The notification of a payment that the gateway sends
    NotifyPayment,
    /// The notification of a refund that the gateway sends, AMS only
    NotifyRefund,
}

impl Operation {
    /// The name that control requests and the ledger use: `pay`, `inquiryPayment`, `cancel` …
    pub fn as_str(self) -> &'static str {
        match self {
            Operation::Pay => "pay",
            Operation::InquiryPayment => "inquiryPayment",
            Operation::Cancel => "cancel",
            Operation::Refund => "refund",
            Operation::InquiryRefund => "inquiryRefund",
            Operation::NotifyPayment => "notifyPayment",
            Operation::NotifyRefund => "notifyRefund",
        }
    }
}

/// The text names no operation.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownOperation;

impl FromStr for Operation {
    type Err = UnknownOperation;

    fn from_str(text: &str) -> Result<Self, UnknownOperation> {
        Ok(match text {
            "pay" => Operation::Pay,
            "inquiryPayment" | "inquiry" => Operation::InquiryPayment,
            "cancel" | "cancelPayment" => Operation::Cancel,
            "refund" => Operation::Refund,
            "inquiryRefund" => Operation::InquiryRefund,
            "notifyPayment" | "notify" => Operation::NotifyPayment,
            "notifyRefund" => Operation::NotifyRefund,
            _ => return Err(UnknownOperation),
        })
    }
}

/// The protocol that a path belongs to, whether or not there is such an API.
pub(crate) fn protocol_of(path: &str) -> Option<Protocol> {
    if path.starts_with("/ams/") {
        Some(Protocol::Ams)
    } else if path.starts_with("/aps/") {
        Some(Protocol::AlipayPlus)
    } else {
        None
    }
}

/// The API behind a path, query excluded. An AMS client whose id starts with `SANDBOX_` uses the sandbox
/// paths and no others; in Alipay+ the paths stay the same.
pub(crate) fn operation_of(path: &str, client_id: &str) -> Option<Operation> {
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    if let Some(name) = path.strip_prefix("/aps/api/v1/payments/") {
        return match name {
            "pay" => Some(Operation::Pay),
            "inquiryPayment" => Some(Operation::InquiryPayment),
            "cancelPayment" => Some(Operation::Cancel),
            "refund" => Some(Operation::Refund),
            _ => None,
        };
    }
    let prefix = if client_id.starts_with("SANDBOX_") {
        "/ams/sandbox/api/v1/payments/"
    } else {
        "/ams/api/v1/payments/"
    };
    match path.strip_prefix(prefix)? {
        "pay" => Some(Operation::Pay),
        "inquiryPayment" => Some(Operation::InquiryPayment),
        "cancel" => Some(Operation::Cancel),
        "refund" => Some(Operation::Refund),
        "inquiryRefund" => Some(Operation::InquiryRefund),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_protocol_has_its_own_cancel_and_ams_alone_asks_for_refunds() {
        assert_eq!(operation_of("/ams/api/v1/payments/cancel", "C"), Some(Operation::Cancel));
        assert_eq!(operation_of("/ams/api/v1/payments/cancelPayment", "C"), None);
        assert_eq!(operation_of("/aps/api/v1/payments/cancelPayment", "C"), Some(Operation::Cancel));
        assert_eq!(operation_of("/aps/api/v1/payments/cancel", "C"), None);
        assert_eq!(operation_of("/aps/api/v1/payments/inquiryRefund", "C"), None);
        assert_eq!(operation_of("/ams/api/v1/payments/pay?x=1", "C"), Some(Operation::Pay));
    }

    #[test]
    fn a_sandbox_client_has_its_own_paths_in_ams_only() {
        assert_eq!(operation_of("/ams/sandbox/api/v1/payments/pay", "SANDBOX_1"), Some(Operation::Pay));
        assert_eq!(operation_of("/ams/api/v1/payments/pay", "SANDBOX_1"), None);
        assert_eq!(operation_of("/ams/sandbox/api/v1/payments/pay", "C"), None);
        assert_eq!(operation_of("/aps/api/v1/payments/pay", "SANDBOX_1"), Some(Operation::Pay));
    }
}
