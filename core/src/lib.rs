//! Alipay (AMS) and Alipay+ **in-store payments**: a till scans the customer's payment code, or the customer scans the
//! shop's. The library routes the code, turns the price into minor units, signs the request, verifies answers and
//! notifications, and drives the payment to a definite outcome: paid, not paid, or needs manual review.
//!
//! ```no_run
//! # #[cfg(feature = "http")]
//! # async fn pay() -> alipay_instore::Result<()> {
//! use std::sync::Arc;
//!
//! use alipay_instore::{Amount, Client, FileStore, Merchant, Outcome, Shop};
//!
//! let merchant = Merchant::from_env()?;
//! let shop = Shop::new("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7");
//! let till = Client::builder(merchant, Arc::new(FileStore::open("/var/lib/till")?)).shop(shop).build()?;
//! let result = till.pay_code("281006020000000000125733", Amount::parse("19.99 USD")?, "Two coffees").await?;
//! if result.outcome == Some(Outcome::Succeeded) {
//!     println!("paid");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Where to look:
//!
//! - [`client`] pays over HTTP and keeps payments in a store; it needs the feature `http`, which is on by default.
//! - [`payment`], [`refund`], [`reverse`] and [`ledger`] are the machines behind it, for hosts with HTTP of their own: events
//!   go in, actions come out, and nothing is sent, read or awaited. [`engine`] runs many of them over a [`store`].
//! - [`merchant`] signs requests and verifies answers and notifications; [`signature`] and [`keys`] are below it.
//! - [`routing`] says which system takes a scanned [`payment_code`]; [`amount`] turns prices into minor units.
//! - [`api`] holds the messages of the gateways, [`result_code`] what their codes mean, with advice for the till.
//! - [`check`] says what is wrong before the first payment, for hosts with HTTP of their own.
//! - [`diagnosis`] says why a signature does not verify.
//!
//! Amounts are integers of minor units. An instant is a [`Timestamp`], and how long something takes is a
//! [`Duration`](std::time::Duration); what travels or is stored has whole milliseconds. Every [`Error`] has a stable code and a
//! hint that says what to do. Features: `aws-lc` (default) or `rustcrypto` for RSA, `http` (default) for the client.
#![cfg_attr(test, allow(clippy::string_slice, clippy::float_arithmetic, clippy::cast_possible_truncation))]

#[cfg(not(any(feature = "aws-lc", feature = "rustcrypto")))]
compile_error!("alipay-instore needs an RSA backend: enable the feature `aws-lc` (default) or `rustcrypto`");

pub mod amount;
pub mod api;
pub mod check;
#[cfg(feature = "http")]
pub mod client;
mod crypto;
pub mod currency;
pub mod diagnosis;
pub mod dialect;
pub mod engine;
pub mod error;
pub mod gateway;
pub mod gateway_time;
pub mod json;
pub mod keys;
pub mod ledger;
mod machine;
pub mod merchant;
pub mod message;
pub mod payment;
pub mod payment_code;
#[cfg(feature = "qr")]
pub mod qr;
pub mod refund;
pub mod reply;
pub mod result_code;
pub mod reverse;
pub mod routing;
mod scanned_as;
pub mod shop;
pub mod signature;
pub mod store;
pub mod time;
pub mod timeline;
pub mod wallet;
mod words;

pub use amount::{Amount, AmountRules, Rounding};
#[cfg(feature = "http")]
pub use client::Client;
pub use currency::Currency;
pub use engine::{PaymentResult, RefundResult, ReverseResult};
pub use error::{Category, Error, ErrorCode, Result};
pub use gateway::{Gateway, Operation, Protocol, Region};
pub use keys::{SigningKey, VerifyingKey};
pub use merchant::Merchant;
pub use payment::{Outcome, Payment, Policy};
pub use payment_code::PaymentCode;
pub use routing::Router;
pub use shop::Shop;
pub use store::{FileStore, MemoryStore};
pub use time::Timestamp;
pub use words::{CheckName, CheckStatus};

/// The code of the README is compiled with the documentation tests.
#[cfg(all(doctest, feature = "http"))]
#[doc = include_str!("../../README.md")]
struct Readme;

/// So is the code of the guide.
#[cfg(all(doctest, feature = "http"))]
#[doc = include_str!("../../docs/keys.md")]
#[doc = include_str!("../../docs/amounts.md")]
#[doc = include_str!("../../docs/routing.md")]
struct Guide;
