//! What a message says about a refund.

use super::{Reading, present, raw, word};
use crate::gateway::Operation;
use crate::result_code::{Meaning, Status};

/// What an inquiry for a refund, or the notification of one, says about the refund.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefundStatus {
    /// The money was given back.
    Refunded,
    /// It was refused.
    Failed {
        /// The gateway's code.
        code: String,
    },
    /// The gateway is at work.
    InProcess,
    /// A word that is not documented.
    UnknownWord,
    /// The message says nothing about it.
    Nothing,
}

impl RefundStatus {
    /// `refunded`, `failed`, `in_process`, `unknown_word` or `nothing`.
    pub fn as_str(&self) -> &'static str {
        match self {
            RefundStatus::Refunded => "refunded",
            RefundStatus::Failed { .. } => "failed",
            RefundStatus::InProcess => "in_process",
            RefundStatus::UnknownWord => "unknown_word",
            RefundStatus::Nothing => "nothing",
        }
    }
}

impl Reading<'_> {
    /// What `refundStatus` says ("Alipay, inquiryRefund" and "notifyRefund"). The `result` of an inquiry only says
    /// whether the inquiry worked.
    pub fn refund_status(&self) -> RefundStatus {
        if self.operation == Operation::RefundInquiry && self.meaning() != Meaning::Succeeded {
            return RefundStatus::Nothing;
        }
        match raw(self.body, "refundStatus").to_ascii_uppercase().as_str() {
            "SUCCESS" => RefundStatus::Refunded,
            "FAIL" => RefundStatus::Failed { code: self.refund_failure_code() },
            "PROCESSING" => RefundStatus::InProcess,
            "" => RefundStatus::Nothing,
            _ => RefundStatus::UnknownWord,
        }
    }

    /// Whether a refund was refused with a code that no document gives for a refusal. It counts as unknown.
    pub fn undocumented_refusal(&self) -> bool {
        self.operation == Operation::Refund
            && self.status() == Status::Failed
            && self.meaning() == Meaning::Unknown
            && self.code() != "SYSTEM_ERROR"
    }

    /// Whether the merchant's balance was too low to give the money back.
    pub fn low_balance(&self) -> bool {
        self.meaning() == Meaning::MerchantBalanceNotEnough
    }

    /// Whether a message is about a refund: it names one, or states how one stands. As a notification it says nothing
    /// about the payment.
    pub fn about_refund(&self) -> bool {
        ["refundRequestId", "refundStatus"].iter().any(|member| present(self.body, member).is_some())
    }

    /// The code that says why the refund failed: of its own, or that of the message's result.
    fn refund_failure_code(&self) -> String {
        let code = word(self.body, "refundResultCode");
        let code = if code.is_empty() { self.code() } else { code };
        if code.is_empty() || code == "SUCCESS" { "PROCESS_FAIL".to_owned() } else { code }
    }
}
