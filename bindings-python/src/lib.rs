//! The native module of the Python package `alipay-instore`: mirrored types and calls of one line into the core.
//!
//! What a Python programmer sees is written in Python, in `python/alipay_instore`. No rule of payments lives here.

mod advice;
mod amount;
mod argument;
mod china;
mod client;
mod clock;
mod endings;
mod error;
mod host;
mod keys;
mod merchant;
#[cfg(feature = "panic-test")]
mod panic_test;
mod payment;
mod process;
mod qr;
mod reading;
mod refund;
mod reverse;
mod routing;
mod shop;
mod store;
mod task;
mod watch;

use mimalloc::MiMalloc;
use pyo3::prelude::*;

/// For what Rust allocates; Python keeps its own.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::advice::advice;
    #[pymodule_export]
    use crate::amount::{
        amount_from_major, amount_from_minor, amount_to_major, amounts_from_major, wallet_minimum,
        wallet_of_psp_id, wallet_step,
    };
    #[pymodule_export]
    use crate::china::china_texts;
    #[pymodule_export]
    use crate::client::Client;
    #[pymodule_export]
    use crate::clock::{FastClock, ManualClock};
    #[pymodule_export]
    use crate::endings::Endings;
    #[pymodule_export]
    use crate::host::{Reply, check_store, store_properties};
    #[pymodule_export]
    use crate::keys::{SigningKey, VerifyingKey, after_fork, before_fork, generate_key};
    #[pymodule_export]
    use crate::merchant::{Merchant, Merchants, Notification, refuse};
    #[cfg(feature = "panic-test")]
    #[pymodule_export]
    use crate::panic_test::_arm_panic;
    #[pymodule_export]
    use crate::payment::{
        Payment, check_pay, new_payment_request_id, parse_time, policy_check, policy_preset,
    };
    #[pymodule_export]
    use crate::qr::{qr_png, qr_svg, qr_terminal};
    #[pymodule_export]
    use crate::reading::{read_verified, unverified_result_code};
    #[pymodule_export]
    use crate::refund::RefundLedger;
    #[pymodule_export]
    use crate::routing::{PaymentCode, Router, ScannedLines};
    #[pymodule_export]
    use crate::shop::{check_shop, sale_request};
    #[pymodule_export]
    use crate::store::{FileStore, MemoryStore, SqlStore};
    #[pymodule_export]
    use crate::task::{Task, shutdown};
    #[pymodule_export]
    use crate::watch::Watch;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
