//! `notifyPayment` and `notifyRefund`: the gateway tells what has become of a payment or of a refund.
//!
//! These are the bodies alone; that it is signed, and fresh, is checked where messages are verified.

use crate::gateway::Protocol;

use super::declare::{model, words};
use super::members::StatedAmount;
use super::refund::RefundStatus;
use super::result::{ApiResult, PaymentResult, PspCustomerInfo, SettlementQuote};
use super::time::Time;

words! {
    /// What is notified, in AMS.
    pub enum NotifyType {
        /// The result of a payment.
        PaymentResult = "PAYMENT_RESULT",
        /// The result of a payment by a code in a store.
        OfflinePaymentCode = "OFFLINE_PAYMENT_CODE",
        /// The customer is done and the result is open.
        PaymentPending = "PAYMENT_PENDING",
        /// The result of a refund: see [`RefundNotification`].
        RefundResult = "REFUND_RESULT",
    }
}

model! {
    /// A notification, of both protocols. Source: Alipay, notifyPayment; Alipay+, notifyPayment; Alipay, Entry
    /// code payment, Accept payments, step 3.
    pub struct Notification {
        /// AMS: what is notified.
        notify_type: NotifyType = "notifyType" {},
        /// AMS: the result of the payment.
        result: ApiResult = "result" {},
        /// Alipay+: the result of the payment.
        payment_result: PaymentResult = "paymentResult" {},
        /// The id of the request to pay.
        payment_request_id: String = "paymentRequestId" { max: 64, shown: true },
        /// The gateway's id of the payment.
        payment_id: String = "paymentId" { max: 64, shown: true },
        /// What the customer paid.
        payment_amount: StatedAmount = "paymentAmount" {},
        /// When the payment was created.
        payment_create_time: Time = "paymentCreateTime" {},
        /// When the payment reached its end.
        payment_time: Time = "paymentTime" {},
        /// AMS: the customer at the wallet.
        psp_customer_info: PspCustomerInfo = "pspCustomerInfo" {},
        /// AMS: what is settled, before fees.
        gross_settlement_amount: StatedAmount = "grossSettlementAmount" {},
        /// The rate of the settlement.
        settlement_quote: SettlementQuote = "settlementQuote" {},
        /// Alipay+: the acquirer.
        acquirer_id: String = "acquirerId" { max: 64, shown: true },
        /// Alipay+: the wallet's id.
        psp_id: String = "pspId" { shown: true },
        /// Alipay+: the customer at the wallet.
        customer_id: String = "customerId" {},
        /// Alipay+: the wallet's name.
        wallet_brand_name: String = "walletBrandName" { shown: true },
        /// Alipay+: what is settled.
        settlement_amount: StatedAmount = "settlementAmount" {},
    }

    /// A notification about a refund, of AMS alone. Whether refunds of payments in a store are notified is not certain:
    /// take one, and never wait for one. Source: Alipay, notifyRefund.
    pub struct RefundNotification {
        /// What is notified: the result of a refund.
        notify_type: NotifyType = "notifyType" {},
        /// Whether the refund worked, where the message states it; `refundStatus` says whether the money was given back.
        result: ApiResult = "result" {},
        /// What has become of the refund: given back, or not.
        refund_status: RefundStatus = "refundStatus" { max: 16 },
        /// The id of the request to refund.
        refund_request_id: String = "refundRequestId" { max: 64, shown: true },
        /// The gateway's id of the refund.
        refund_id: String = "refundId" { max: 64, shown: true },
        /// How much was given back.
        refund_amount: StatedAmount = "refundAmount" {},
        /// When.
        refund_time: Time = "refundTime" {},
        /// What is settled, before fees.
        gross_settlement_amount: StatedAmount = "grossSettlementAmount" {},
        /// The rate of the settlement.
        settlement_quote: SettlementQuote = "settlementQuote" {},
    }
}

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
