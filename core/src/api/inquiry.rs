//! `inquiryPayment`: what has become of a payment.
//!
//! In the answer `result` says whether the inquiry worked; only `paymentStatus` (AMS) or `paymentResult`
//! (Alipay+) says what happened to the money.

use crate::error::Result;
use crate::gateway::Protocol;
use crate::json::Object;

use super::declare::{model, words};
use super::id::PaymentRequestId;
use super::members::StatedAmount;
use super::model::{Case, Path};
use super::pay::{RedirectActionForm, Scenario};
use super::result::{ApiResult, PaymentResult, PspCustomerInfo, SettlementQuote};
use super::time::Time;

words! {
    /// What has become of the payment, in AMS. Source: Alipay, inquiryPayment.
    pub enum PaymentStatus {
        /// Paid.
        Success = "SUCCESS",
        /// Not paid, for good.
        Fail = "FAIL",
        /// Not yet decided.
        Processing = "PROCESSING",
        /// Cancelled.
        Cancelled = "CANCELLED",
        /// The customer is done and the result is open.
        Pending = "PENDING",
    }

    /// What was done.
    pub enum TransactionType {
        /// A payment.
        Payment = "PAYMENT",
        /// A refund.
        Refund = "REFUND",
        /// A cancellation.
        Cancel = "CANCEL",
        /// An authorisation.
        Authorization = "AUTHORIZATION",
        /// A capture.
        Capture = "CAPTURE",
        /// A capture or authorisation taken back.
        Void = "VOID",
    }

    /// What has become of it.
    pub enum TransactionStatus {
        /// It succeeded.
        Success = "SUCCESS",
        /// It failed.
        Fail = "FAIL",
        /// It is not yet decided.
        Processing = "PROCESSING",
        /// It was cancelled.
        Cancelled = "CANCELLED",
    }
}

model! {
    /// A request to `inquiryPayment`: one of the ids, or both, in which case the gateway goes by `paymentId`.
    pub struct InquiryRequest {
        /// The id of the request to pay; the only one that is known after an answer got lost.
        payment_request_id: PaymentRequestId = "paymentRequestId" { max: 64, shown: true },
        /// The gateway's id of the payment.
        payment_id: String = "paymentId" { max: 64, shown: true },
    }
    check check_ids;

    /// The answer to `inquiryPayment`, of both protocols. Source: Alipay, inquiryPayment; Alipay+, inquiryPayment.
    pub struct InquiryResponse {
        /// Whether the inquiry worked.
        result: ApiResult = "result" {},
        /// AMS: what has become of the payment.
        payment_status: PaymentStatus = "paymentStatus" {},
        /// AMS: the payment's own result code.
        payment_result_code: String = "paymentResultCode" { max: 64, shown: true },
        /// AMS: the same in words.
        payment_result_message: String = "paymentResultMessage" { max: 256 },
        /// Alipay+: the payment's own result.
        payment_result: PaymentResult = "paymentResult" {},
        /// The id of the request to pay.
        payment_request_id: String = "paymentRequestId" { max: 64, shown: true },
        /// The gateway's id of the payment.
        payment_id: String = "paymentId" { max: 64, shown: true },
        /// What the customer pays.
        payment_amount: StatedAmount = "paymentAmount" {},
        /// When the payment was created.
        payment_create_time: Time = "paymentCreateTime" {},
        /// When the payment was made.
        payment_time: Time = "paymentTime" {},
        /// AMS: when the authorization expires. `authExpiredTime` is read as well.
        auth_expiry_time: Time = "authExpiryTime" { alias: "authExpiredTime" },
        /// AMS: the customer at the wallet.
        psp_customer_info: PspCustomerInfo = "pspCustomerInfo" {},
        /// Where the customer's wallet is redirected to.
        redirect_action_form: RedirectActionForm = "redirectActionForm" {},
        /// What was done with the payment.
        transactions: [Transaction] = "transactions" {},
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

    /// A refund, cancellation or other thing done with a payment.
    pub struct Transaction {
        /// Its result.
        transaction_result: ApiResult = "transactionResult" {},
        /// The gateway's id of it.
        transaction_id: String = "transactionId" { max: 64, shown: true },
        /// What was done.
        transaction_type: TransactionType = "transactionType" {},
        /// What has become of it.
        transaction_status: TransactionStatus = "transactionStatus" {},
        /// Over what amount.
        transaction_amount: StatedAmount = "transactionAmount" {},
        /// The caller's id of it.
        transaction_request_id: String = "transactionRequestId" { max: 64, shown: true },
        /// When.
        transaction_time: Time = "transactionTime" {},
    }
}

fn check_ids(request: &InquiryRequest, at: &Path<'_>, _case: Case) -> Result<()> {
    one_id(request.payment_request_id.is_some(), request.payment_id.as_deref(), at)
}

/// The gateways find a payment by either id.
pub(crate) fn one_id(has_request_id: bool, payment_id: Option<&str>, at: &Path<'_>) -> Result<()> {
    if has_request_id || payment_id.is_some_and(|id| !id.is_empty()) {
        Ok(())
    } else {
        Err(at.member("paymentRequestId").missing())
    }
}

impl InquiryResponse {
    /// The wallet, as far as the answer tells it: by its id where that is known (see [`crate::wallet`]), else by
    /// the name that the answer gives.
    pub fn wallet(&self) -> Option<&str> {
        let by_customer = self.psp_customer_info.as_ref().and_then(|info| info.psp_name.as_deref());
        let names = [self.wallet_brand_name.as_deref(), by_customer, None];
        crate::wallet::of_answer(self.psp_id.as_deref(), names)
    }
}

impl InquiryRequest {
    /// An inquiry by the id of the request to pay.
    pub fn for_request(id: PaymentRequestId) -> Self {
        Self::new().payment_request_id(id)
    }

    /// Checks it and writes the body.
    ///
    /// # Errors
    /// `request.missing` without any id, `request.too_long`, `request.invalid`.
    pub fn to_body(&self, protocol: Protocol) -> Result<Object> {
        self.check_at(&Path::ROOT, Case { protocol, scenario: Scenario::PaymentCode })?;
        Ok(self.to_json())
    }
}
