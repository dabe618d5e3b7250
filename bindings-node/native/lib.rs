//! The native part of the npm package `alipay-instore`: mirrored types and one-line calls into the core.
//!
//! No rule of payments lives here. What a user of the package sees is written by hand in JavaScript on top of it
//! (`index.cjs`), where arguments are checked and errors get their classes.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::needless_pass_by_value,
    reason = "what is exported is documented in index.d.cts, and takes its arguments as Node-API hands them over"
)]

mod call;
mod client;
mod clock;
mod codes;
mod failure;
mod keys;
mod merchant;
mod message;
mod money;
#[cfg(feature = "panic-test")]
mod panic_test;
mod payment;
mod qr;
mod reading;
mod refund;
mod request;
mod settings;
mod shop;
mod store;
mod store_kit;

use mimalloc::MiMalloc;

/// For what Rust allocates; Node.js keeps its own.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;
