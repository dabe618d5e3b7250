//! What a notification is about.

use super::Reading;
use crate::gateway::Protocol;
use crate::json::Json;

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotificationKind {
    /// The result of a payment.
    PaymentResult,
    /// The result of a refund (AMS, `notifyType` `REFUND_RESULT`).
    RefundResult,
    /// Something else, such as an authorisation. To be acknowledged; it says nothing about a payment or a refund.
    Other,
}

impl NotificationKind {
    /// `payment_result`, `refund_result` or `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            NotificationKind::PaymentResult => "payment_result",
            NotificationKind::RefundResult => "refund_result",
            NotificationKind::Other => "other",
        }
    }
}

impl Reading<'_> {
    /// What a notification is about.
    ///
    /// AMS puts the payment's result into `result` and names the kind in `notifyType`, which no answer has; a refund's
    /// result has a `result` of its own ("Alipay, notifyPayment" and "notifyRefund"). Alipay+ has `paymentResult` and no
    /// type ("Alipay+, notifyPayment").
    pub fn notification_kind(&self) -> NotificationKind {
        let kind = self.body.text("notifyType").unwrap_or_default().to_ascii_uppercase();
        match (self.protocol, kind.as_str()) {
            (Protocol::Ams, "PAYMENT_RESULT" | "OFFLINE_PAYMENT_CODE") if self.result().is_some() => {
                NotificationKind::PaymentResult
            }
            (Protocol::Ams, "REFUND_RESULT") => NotificationKind::RefundResult,
            (Protocol::AlipayPlus, _)
                if matches!(self.body.get("paymentResult"), Some(Json::Object(_) | Json::String(_))) =>
            {
                NotificationKind::PaymentResult
            }
            _ => NotificationKind::Other,
        }
    }
}
