//! The native extension of the PHP package `alipay-instore/alipay-instore`: mirrored types and calls of one line into the core.
//!
//! What a PHP programmer sees is written in PHP, in `php/src`. No rule of payments lives here. What has many fields travels as
//! JSON, which is the same in every language.

#![allow(
    missing_docs,
    reason = "the macros make functions of their own; the stubs in php/stubs are what PHP programmers read"
)]
#![allow(unreachable_pub, reason = "what is exported to PHP is written as public")]

mod client;
mod error;
mod host;
mod keys;
#[cfg(feature = "panic-test")]
mod leak_test;
mod machine;
mod merchant;
#[cfg(feature = "panic-test")]
mod panic_test;
mod process;
mod qr;
mod refund;
mod results;
mod routing;
mod store;
mod values;
mod watch;

use ext_php_rs::prelude::*;
use ext_php_rs::zend::ModuleEntry;
use ext_php_rs::{info_table_end, info_table_row, info_table_start};

/// What `phpinfo()` and `php -i` show.
extern "C" fn info(_module: *mut ModuleEntry) {
    info_table_start!();
    info_table_row!("alipay_instore", env!("CARGO_PKG_VERSION"));
    info_table_end!();
}

/// Runs once in each process that loads the extension, before it forks.
extern "C" fn startup(_kind: i32, _module: i32) -> i32 {
    process::watch_forks();
    0
}

/// Runs at the end of each process: payments are given back, so that others go on with them at once.
extern "C" fn shutdown(_kind: i32, _module: i32) -> i32 {
    process::shut_down();
    0
}

#[php_module]
#[php(startup = "startup")]
pub fn module(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    let module = qr::functions(merchant::functions(values::functions(module)));
    #[cfg(feature = "panic-test")]
    let module = leak_test::functions(panic_test::functions(module));
    module
        .name("alipay_instore")
        .version(env!("CARGO_PKG_VERSION"))
        .info_function(info)
        .shutdown_function(shutdown)
        .class::<keys::SigningKey>()
        .class::<keys::VerifyingKey>()
        .class::<routing::PaymentCode>()
        .class::<routing::Router>()
        .class::<merchant::Merchant>()
        .class::<merchant::Notification>()
        .class::<machine::Payment>()
        .class::<refund::RefundLedger>()
        .class::<store::Store>()
        .class::<host::StoreKit>()
        .class::<watch::Watch>()
        .class::<client::Client>()
}
