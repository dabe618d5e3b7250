//! What a result means and what to do about it.

use alipay_instore::result_code;

use crate::mirror::{Operation, Protocol};

/// Advice about a result, as JSON.
#[uniffi::export]
pub fn advice(protocol: Protocol, operation: Operation, status: String, code: String) -> String {
    result_code::advice(protocol.into(), operation.into(), &status, &code).to_json().to_string()
}
