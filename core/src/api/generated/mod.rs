//! The messages and their parts, one module for each file of the schema.
//!
//! Generated from schema/messages by `make generate`; do not edit.

mod cancel;
mod china;
mod env;
mod forms;
mod inquiry;
mod merchant;
mod notification;
mod order;
mod pay_request;
mod pay_response;
mod refund;
mod result;

pub use cancel::{CancelRequest, CancelResponse};
pub use china::ChinaExtraTransInfo;
pub use env::{Env, ExtendMembers, OsType, TerminalType};
pub use forms::{
    ChallengeActionForm, ChallengeTrigger, ChallengeType, CodeDetail, CodeValueType, DisplayType,
    OrderCodeForm, RedirectActionForm, RedirectMethod,
};
pub use inquiry::{
    InquiryRequest, InquiryResponse, PaymentStatus, Transaction, TransactionStatus, TransactionType,
};
pub use merchant::{Address, OrderMerchant, OrderStore};
pub use notification::{Notification, NotifyType, RefundNotification};
pub use order::{Buyer, Goods, Order, Shipping, UserName};
pub use pay_request::{
    PayRequest, PayToMethod, PaymentFactor, PaymentMethod, PaymentMethodMetaData, PaymentVerificationData,
    ProductCode, SettlementStrategy,
};
pub use pay_response::PayResponse;
pub use refund::{InquiryRefundRequest, InquiryRefundResponse, RefundRequest, RefundResponse, RefundStatus};
pub use result::{ApiResult, PspCustomerInfo, SettlementQuote};
