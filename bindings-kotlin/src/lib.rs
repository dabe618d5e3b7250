//! What Kotlin reaches of alipay-instore: mirrored types and one-line calls, made callable by UniFFI, and the hot calls by one
//! function with byte arrays, `flat`.
//!
//! No rule of payments lives here, and nothing of HTTP: the shell in Kotlin posts what the engine asks for.
//! A call of UniFFI costs microseconds, so those are few and large: models, bodies and snapshots cross as their
//! JSON text, and a step of a machine answers with everything that a host wants to know after it.

#![allow(clippy::result_large_err, reason = "UniFFI takes errors by value")]
mod advice;
mod amount;
mod check;
mod china;
mod codes;
mod engine;
mod failure;
mod flat;
mod keys;
mod merchant;
mod message;
mod millis;
mod mirror;
mod payment;
mod qr;
mod reading;
mod refund;
mod request;
mod reverse;
mod shop;
mod store;
mod store_kit;

/// For what Rust allocates; the JVM keeps its own.
#[cfg(feature = "aws-lc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

uniffi::setup_scaffolding!("alipay_instore");
