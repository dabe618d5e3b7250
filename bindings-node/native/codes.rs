//! Payment codes: checked, read as a scanner delivers them, and read out of a stream of scans.

use std::sync::{Mutex, PoisonError};

use alipay_instore::error::Result;
use alipay_instore::payment_code;
use napi_derive::napi;

use crate::failure::{raise, to_json};

/// A code that was checked. JavaScript keeps the digits to itself and shows the masked text.
#[napi(object, object_from_js = false)]
pub struct CheckedCode {
    pub digits: String,
    pub masked: String,
    pub kind: String,
    pub routing_number: Option<String>,
}

impl From<payment_code::PaymentCode> for CheckedCode {
    fn from(code: payment_code::PaymentCode) -> Self {
        CheckedCode {
            digits: code.expose().to_owned(),
            masked: code.masked(),
            kind: code.kind().as_str().to_owned(),
            routing_number: code.routing_number().map(str::to_owned),
        }
    }
}

#[napi(catch_unwind)]
pub fn check_payment_code(text: String) -> napi::Result<CheckedCode> {
    payment_code::PaymentCode::new(&text).map(CheckedCode::from).map_err(raise)
}

#[napi(catch_unwind)]
pub fn scan_payment_code(scanned: &[u8]) -> napi::Result<CheckedCode> {
    payment_code::PaymentCode::from_scan(scanned).map(CheckedCode::from).map_err(raise)
}

/// One line of a stream: its code, or why it has none, as JSON.
#[napi(object, object_from_js = false)]
pub struct ScannedLine {
    pub code: Option<CheckedCode>,
    pub error: Option<String>,
}

impl From<Result<payment_code::PaymentCode>> for ScannedLine {
    fn from(line: Result<payment_code::PaymentCode>) -> Self {
        match line {
            Ok(code) => ScannedLine { code: Some(code.into()), error: None },
            Err(error) => ScannedLine { code: None, error: Some(to_json(&error).to_string()) },
        }
    }
}

#[napi]
pub struct ScannedLines(Mutex<payment_code::ScannedLines>);

#[napi]
impl ScannedLines {
    #[napi(constructor, catch_unwind)]
    #[allow(clippy::new_without_default, reason = "the constructor of a class in JavaScript")]
    pub fn new() -> Self {
        ScannedLines(Mutex::new(payment_code::ScannedLines::new()))
    }

    #[napi(catch_unwind)]
    pub fn push(&self, arrived: &[u8]) -> Vec<ScannedLine> {
        self.locked(|lines| lines.push(arrived).into_iter().map(ScannedLine::from).collect())
    }

    #[napi(catch_unwind)]
    pub fn finish(&self) -> Option<ScannedLine> {
        self.locked(|lines| lines.finish().map(ScannedLine::from))
    }
}

impl ScannedLines {
    fn locked<T>(&self, work: impl FnOnce(&mut payment_code::ScannedLines) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
