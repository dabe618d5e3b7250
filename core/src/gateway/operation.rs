//! The operations of the gateways.

use std::str::FromStr;

use crate::error::{Error, ErrorCode, Result};

/// The operations whose replies carry a result. A notification counts as one: its result is the payment's, as
/// is the `paymentStatus` or `paymentResult` of an inquiry with its own code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// `pay`.
    Pay,
    /// `inquiryPayment`: whether the inquiry worked, not the outcome of the payment.
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

impl FromStr for Operation {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        use Operation::{Cancel, Inquiry, Notify, Pay, Refund, RefundInquiry};
        [Pay, Inquiry, Cancel, Refund, RefundInquiry, Notify]
            .into_iter()
            .find(|operation| operation.as_str() == name)
            .ok_or_else(|| {
                Error::new(ErrorCode::ConfigInvalid, "there is no operation of this name")
                    .with_hint("the operations are pay, inquiry, cancel, refund, refund_inquiry and notify")
            })
    }
}
