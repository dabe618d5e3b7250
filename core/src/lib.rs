//! Alipay (AMS) and Alipay+ in-store payments: signing, routing of payment codes, amounts, and a result state
//! machine that ends as paid, not paid, or needs manual review.
#![cfg_attr(test, allow(clippy::string_slice, clippy::float_arithmetic, clippy::cast_possible_truncation))]

#[cfg(not(any(feature = "aws-lc", feature = "rustcrypto")))]
compile_error!("alipay-instore needs an RSA backend: enable the feature `aws-lc` (default) or `rustcrypto`");

pub mod amount;
pub mod api;
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

pub use error::{Category, Error, ErrorCode, Result};

/// The code of the README is compiled with the documentation tests.
#[cfg(all(doctest, feature = "http"))]
#[doc = include_str!("../../README.md")]
struct Readme;
