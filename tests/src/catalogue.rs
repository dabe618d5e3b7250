//! The error catalogue as the file that all languages share.

use std::fmt::Write as _;

use alipay_instore::error::ErrorCode;
use serde_json::json;

/// One object a line, in the order of the core's catalogue.
pub fn text() -> String {
    let mut text = String::from("[\n");
    for (index, code) in ErrorCode::ALL.iter().enumerate() {
        let row = json!({
            "code": code.as_str(),
            "category": code.category().as_str(),
            "retryable": code.retryable(),
            "hint": code.hint(),
        });
        let comma = if index + 1 < ErrorCode::ALL.len() { "," } else { "" };
        // Writing to a String can't fail.
        let _ = writeln!(text, "  {row}{comma}");
    }
    text.push_str("]\n");
    text
}
