//! Typed requests and responses of the payment APIs, for both protocols.
//!
//! A request is built here, checked against the documents (required fields, lengths, forms) and written as the
//! JSON that is signed; a response or notification is read leniently, and whatever is not known stays in
//! `extra`. When to send what, and what an answer means for the money, is left to the payment machine.

mod cancel;
mod generated;
mod id;
mod inquiry;
mod members;
mod misspelt;
pub mod model;
mod notification;
mod path;
pub mod pay;
mod refund;
mod result;
mod slot;
pub mod time;

pub use generated::{
    ApiResult, CancelRequest, CancelResponse, InquiryRefundRequest, InquiryRefundResponse, InquiryRequest,
    InquiryResponse, Notification, NotifyType, PaymentStatus, PspCustomerInfo, RefundNotification,
    RefundRequest, RefundResponse, RefundStatus, SettlementQuote, Transaction, TransactionStatus,
    TransactionType,
};
pub use id::PaymentRequestId;
pub use members::{DecimalText, StatedAmount};
pub use pay::{PayRequest, PayResponse, Scenario};
pub use result::StatedResult;
pub use time::Time;
