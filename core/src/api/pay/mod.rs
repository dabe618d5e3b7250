//! `pay`: the request in its three scenarios, what the gateway answers, and the parts both consist of.
//!
//! Begin with [`PayRequest::for_payment_code`], [`PayRequest::for_order_code`] or [`PayRequest::for_entry_code`], or
//! read JSON with [`PayRequest::from_json`]. [`PayRequest::check`] fills in what follows from the protocol and from
//! other fields, and checks the whole.
//!
//! ```
//! use alipay_instore::Timestamp;
//! use alipay_instore::amount::{Amount, AmountRules};
//! use alipay_instore::api::pay::{Env, OrderMerchant, Order, PayOptions, OrderStore};
//! use alipay_instore::api::{PayRequest, PaymentRequestId};
//! use alipay_instore::gateway::Protocol;
//! use alipay_instore::payment_code::PaymentCode;
//!
//! # fn main() -> alipay_instore::Result<()> {
//! let (now, random) = (Timestamp::from_millis(1_740_041_509_090), [7; 16]); // both come from the host
//! let store = OrderStore::new().reference_store_id("S1").store_name("Harbour").store_mcc("5814");
//! let merchant = OrderMerchant::new()
//!     .reference_merchant_id("M1")
//!     .merchant_mcc("5814")
//!     .merchant_name("Coffee House")
//!     .store(store);
//! let request = PayRequest::for_payment_code(
//!     PaymentRequestId::new(now, "TILL7", random),
//!     Amount::from_major("19.99", "USD", None, AmountRules::Alipay)?,
//!     PaymentCode::new("281006020000000000125733")?,
//!     Order::new()
//!         .order_description("Two coffees")
//!         .merchant(merchant)
//!         .env(Env::new().store_terminal_id("TILL7")),
//! )
//! .payment_notify_url("https://shop.example/notify");
//! let checked = request.check(Protocol::Ams, now, &PayOptions::default())?;
//! assert_eq!(checked.amount.to_string(), "19.99 USD");
//!
//! // Alipay+ asks for more, and says what is missing.
//! let error = request.check(Protocol::AlipayPlus, now, &PayOptions::default()).unwrap_err();
//! assert_eq!(error.code(), "request.missing");
//! assert_eq!(error.path(), Some("settlementStrategy.settlementCurrency"));
//! # Ok(())
//! # }
//! ```

mod check;
mod china;
mod env;
mod request;
mod response;
mod warning;

pub use super::generated::{
    Address, Buyer, ChallengeActionForm, ChallengeTrigger, ChallengeType, ChinaExtraTransInfo, CodeDetail,
    CodeValueType, DisplayType, Env, ExtendMembers, Goods, Order, OrderCodeForm, OrderMerchant, OrderStore,
    OsType, PayRequest, PayResponse, PayToMethod, PaymentFactor, PaymentMethod, PaymentMethodMetaData,
    PaymentVerificationData, ProductCode, RedirectActionForm, RedirectMethod, SettlementStrategy, Shipping,
    TerminalType, UserName,
};
pub use crate::words::Scenario;
pub use check::{CheckedPay, NotifyHttp, PayOptions};
pub use china::{ChinaOrder, Flight, Hotel, SoldGoods};
pub use env::ExtendInfo;
pub use request::CONNECT_WALLET;
pub use warning::Warning;

#[cfg(test)]
mod tests;
