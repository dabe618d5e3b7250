//! The result codes that this gateway answers with, spelt as on the page "Payment (Consumer-presented Mode
//! Payment)", with the letter and a message for each.
//!
//! It is a list of its own, on purpose not the library's: the sandbox is a second reading of the documents.

/// What happened to a request, as the documents' `result` object says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::enum_variant_names, reason = "the documents' own names")]
pub(crate) enum Code {
    Success,
    // In process or unknown.
    PaymentInProcess,
    RefundInProcess,
    UnknownException,
    RequestTrafficExceedLimit,
    // The message was refused.
    ApiInvalid,
    ClientInvalid,
    KeyNotFound,
    MediaTypeNotAcceptable,
    MethodNotSupported,
    ParamIllegal,
    SignatureInvalid,
    // The payment was refused.
    CurrencyNotSupport,
    ExpiredCode,
    InvalidCode,
    OrderIsCanceled,
    OrderIsClosed,
    OrderNotExist,
    ProcessFail,
    RepeatReqInconsistent,
    RiskReject,
    SystemError,
    UserAmountExceedLimit,
    UserBalanceNotEnough,
    // A cancel or a refund was refused.
    CancelWindowExceed,
    MerchantBalanceNotEnough,
    OrderStatusInvalid,
    RefundAmountExceed,
    RefundWindowExceed,
}

impl Code {
    /// `resultCode`.
    pub(crate) fn name(self) -> &'static str {
        self.row().0
    }

    /// `resultStatus`: S, F or U.
    pub(crate) fn status(self) -> &'static str {
        self.row().1
    }

    /// `resultMessage`.
    pub(crate) fn message(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Code::Success => ("SUCCESS", "S", "success"),
            Code::PaymentInProcess => ("PAYMENT_IN_PROCESS", "U", "The payment is being processed."),
            Code::RefundInProcess => ("REFUND_IN_PROCESS", "U", "The refund is being processed."),
            Code::UnknownException => ("UNKNOWN_EXCEPTION", "U", "The call failed for an unknown reason."),
            Code::RequestTrafficExceedLimit => {
                ("REQUEST_TRAFFIC_EXCEED_LIMIT", "U", "The request traffic exceeds the limit.")
            }
            Code::ApiInvalid => ("API_INVALID", "F", "There is no such API here."),
            Code::ClientInvalid => ("CLIENT_INVALID", "F", "The client is invalid."),
            Code::KeyNotFound => ("KEY_NOT_FOUND", "F", "The key is not found."),
            Code::MediaTypeNotAcceptable => {
                ("MEDIA_TYPE_NOT_ACCEPTABLE", "F", "The content type must be application/json in UTF-8.")
            }
            Code::MethodNotSupported => ("METHOD_NOT_SUPPORTED", "F", "The HTTP method must be POST."),
            Code::ParamIllegal => ("PARAM_ILLEGAL", "F", "A parameter is illegal."),
            Code::SignatureInvalid => ("SIGNATURE_INVALID", "F", "The signature is invalid."),
            Code::CurrencyNotSupport => ("CURRENCY_NOT_SUPPORT", "F", "The currency is not supported."),
            Code::ExpiredCode => ("EXPIRED_CODE", "F", "The code is expired."),
            Code::InvalidCode => ("INVALID_CODE", "F", "The code is invalid."),
            Code::OrderIsCanceled => ("ORDER_IS_CANCELED", "F", "The order is canceled."),
            Code::OrderIsClosed => ("ORDER_IS_CLOSED", "F", "The order is closed."),
            Code::OrderNotExist => ("ORDER_NOT_EXIST", "F", "The order does not exist."),
            Code::ProcessFail => ("PROCESS_FAIL", "F", "A general business failure occurred. Do not retry."),
            Code::RepeatReqInconsistent => {
                ("REPEAT_REQ_INCONSISTENT", "F", "Repeated requests are inconsistent.")
            }
            Code::RiskReject => ("RISK_REJECT", "F", "The request is rejected by risk control."),
            Code::SystemError => ("SYSTEM_ERROR", "F", "A system error occurred."),
            Code::UserAmountExceedLimit => {
                ("USER_AMOUNT_EXCEED_LIMIT", "F", "The amount exceeds the user's limit.")
            }
            Code::UserBalanceNotEnough => {
                ("USER_BALANCE_NOT_ENOUGH", "F", "The user's balance is not enough.")
            }
            Code::CancelWindowExceed => ("CANCEL_WINDOW_EXCEED", "F", "The time for a cancel is over."),
            Code::MerchantBalanceNotEnough => {
                ("MERCHANT_BALANCE_NOT_ENOUGH", "F", "The merchant's balance is not enough.")
            }
            Code::OrderStatusInvalid => {
                ("ORDER_STATUS_INVALID", "F", "The status of the order does not allow it.")
            }
            Code::RefundAmountExceed => ("REFUND_AMOUNT_EXCEED", "F", "The refunds exceed the payment."),
            Code::RefundWindowExceed => ("REFUND_WINDOW_EXCEED", "F", "The time for a refund is over."),
        }
    }
}
