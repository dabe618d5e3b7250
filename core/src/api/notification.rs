//! `notifyPayment` and `notifyRefund`: the gateway tells what has become of a payment or of a refund.
//!
//! These are only the bodies; that it is signed, and fresh, is checked where messages are verified.

use crate::gateway::Protocol;

use super::generated::{ApiResult, Notification, NotifyType};

impl Notification {
    /// The wallet, as far as the notification tells it: by its id where that is known (see [`crate::wallet`]), else
    /// by the name that it gives.
    pub fn wallet(&self) -> Option<&str> {
        let by_customer = self.psp_customer_info.as_ref().and_then(|info| info.psp_name.as_deref());
        let names = [self.wallet_brand_name.as_deref(), by_customer, None];
        crate::wallet::of_answer(self.psp_id.as_deref(), names)
    }

    /// The result of the payment; nothing for a message that states none, such as an authorisation, another
    /// `notifyType`, whose `result` is about something else, or an AMS message without `notifyType`.
    pub fn result_of_payment(&self, protocol: Protocol) -> Option<&ApiResult> {
        match protocol {
            Protocol::AlipayPlus => self.payment_result.as_ref().map(|result| &result.0),
            Protocol::Ams => match self.notify_type {
                Some(NotifyType::PaymentResult | NotifyType::OfflinePaymentCode) => self.result.as_ref(),
                None | Some(NotifyType::PaymentPending | NotifyType::RefundResult | NotifyType::Other(_)) => {
                    None
                }
            },
        }
    }
}
