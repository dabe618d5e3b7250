//! What a notification is about.

use super::{NotificationKind, Reading};
use crate::gateway::Protocol;
use crate::json::Json;

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
