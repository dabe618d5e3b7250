//! Typed requests and responses of the payment APIs, for both protocols.
//!
//! A request is built here, checked against the documents (required fields, lengths, forms) and written as the
//! JSON that is signed; a response or notification is read leniently, and whatever is not known stays in
//! `extra`. When to send what, and what an answer means for the money, is left to the payment machine.

mod cancel;
mod declare;
mod id;
mod inquiry;
mod members;
pub mod model;
mod notification;
mod path;
pub mod pay;
mod refund;
mod result;
mod slot;
pub mod time;

pub use cancel::{CancelRequest, CancelResponse};
pub use id::PaymentRequestId;
pub use inquiry::{
    InquiryRequest, InquiryResponse, PaymentStatus, Transaction, TransactionStatus, TransactionType,
};
pub use members::{DecimalText, StatedAmount};
pub use notification::{Notification, NotifyType, RefundNotification};
pub use pay::{PayRequest, PayResponse, Scenario};
pub use refund::{InquiryRefundRequest, InquiryRefundResponse, RefundRequest, RefundResponse, RefundStatus};
pub use result::{ApiResult, PaymentResult, PspCustomerInfo, SettlementQuote};
pub use time::Time;
