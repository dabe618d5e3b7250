//! What the gateways' result codes mean: one row a code, and the meaning of a reply as a whole.
//!
//! [`meaning`] is what the payment machine decides by; [`advice`] is for the people at the till and at the
//! desk; [`lookup`] gives the row itself. What follows from a meaning is the machine's part.

mod advice;
mod meaning;
mod table;

pub use crate::words::{Meaning, Retry, Status};
pub use advice::{Advice, advice};
pub use meaning::meaning;

use std::collections::HashMap;
use std::sync::LazyLock;

impl Status {
    /// Reads a `resultStatus`. It is read exactly: anything but `S` and `F`, also nothing, a small letter or a
    /// blank, is unknown, because only a clear word may settle a payment.
    pub fn from_letter(letter: &str) -> Self {
        match letter {
            "S" => Status::Succeeded,
            "F" => Status::Failed,
            _ => Status::Unknown,
        }
    }
}

/// One sentence in two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

/// A documented result code.
///
/// Sources: Alipay, pay (consumer-presented mode), Result/Error codes, whose spelling is the canonical one; the
/// code tables of inquiryPayment, notifyPayment, cancel, refund and inquiryRefund; Alipay+, Accept a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResultCode {
    /// The canonical spelling.
    pub code: &'static str,
    /// Other spellings that the documents have used.
    pub aliases: &'static [&'static str],
    /// The letter it is documented with. No code has two.
    pub status: Status,
    /// What it means as the answer to the operation that it is documented for.
    pub meaning: Meaning,
    /// What the cashier does.
    pub cashier: Text,
    /// What the developer or the operator does.
    pub developer: Text,
}

impl ResultCode {
    /// Whether a request that is refused with this code was turned away before the gateway looked at what it asks
    /// for: client, key, signature, path, parameters, or too many requests. Such an answer says nothing about other
    /// copies of the same request.
    pub fn gate_keeping(&self) -> bool {
        self.meaning == Meaning::RequestRefused || self.code == "REQUEST_TRAFFIC_EXCEED_LIMIT"
    }
}

static INDEX: LazyLock<HashMap<&'static str, &'static ResultCode>> = LazyLock::new(|| {
    all().flat_map(|row| row.aliases.iter().chain([&row.code]).map(move |name| (*name, row))).collect()
});

/// The row of a code, by its canonical spelling or an alias. The spelling is compared exactly: the gateways
/// write capitals, and a text that is only like a code is not one.
pub fn lookup(code: &str) -> Option<&'static ResultCode> {
    INDEX.get(code).copied()
}

/// Every row, in the order of the tables.
pub fn all() -> impl Iterator<Item = &'static ResultCode> {
    table::TABLES.iter().copied().flatten()
}

#[cfg(test)]
mod tests;
