//! What a result means and what to do about it.

use alipay_instore::result_code;

use crate::mirror::{Meaning, Operation, Protocol, Retry};

/// The core's advice.
#[derive(uniffi::Record)]
pub struct Advice {
    /// The meaning.
    pub meaning: Meaning,
    /// The canonical spelling of the code.
    pub code: Option<String>,
    /// For the cashier, in English.
    pub cashier_en: String,
    /// For the cashier, in Chinese.
    pub cashier_zh: String,
    /// For the developer, in English.
    pub developer_en: String,
    /// For the developer, in Chinese.
    pub developer_zh: String,
    /// Whether a new attempt needs a new id.
    pub new_id_needed: bool,
    /// What may be sent next.
    pub retry: Retry,
}

/// Advice about a result.
#[uniffi::export]
pub fn advice(protocol: Protocol, operation: Operation, status: String, code: String) -> Advice {
    let advice = result_code::advice(protocol.into(), operation.into(), &status, &code);
    Advice {
        meaning: advice.meaning.into(),
        code: advice.code.map(str::to_owned),
        cashier_en: advice.cashier_en.to_owned(),
        cashier_zh: advice.cashier_zh.to_owned(),
        developer_en: advice.developer_en.to_owned(),
        developer_zh: advice.developer_zh.to_owned(),
        new_id_needed: advice.new_id_needed,
        retry: advice.retry.into(),
    }
}
