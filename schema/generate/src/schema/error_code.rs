//! Error codes.

use super::table::tables;
use crate::Result;
use crate::names::pascal;

pub(crate) struct ErrorCode {
    pub(crate) code: String,
    pub(crate) category: String,
    pub(crate) retryable: bool,
    /// `never`, `maybe` or `by_case`.
    pub(crate) may_have_charged: String,
    pub(crate) hint: String,
}

impl ErrorCode {
    pub(super) fn read_all(text: &str) -> Result<Vec<ErrorCode>> {
        let mut codes: Vec<ErrorCode> = Vec::new();
        for (code, mut table) in tables("errors.toml", text)? {
            let well_formed = |part: &str| {
                !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            };
            if !code.split_once('.').is_some_and(|(family, name)| well_formed(family) && well_formed(name)) {
                return Err(format!("errors.toml: {code} is not of the form family.name"));
            }
            let read = ErrorCode {
                category: table.text("category")?,
                retryable: table.flag("retryable")?,
                may_have_charged: table.text("may_have_charged")?,
                hint: table.text("hint")?,
                code,
            };
            if !["never", "maybe", "by_case"].contains(&read.may_have_charged.as_str()) {
                return Err(format!("{}: `may_have_charged` is never, maybe or by_case", table.at()));
            }
            if read.hint.is_empty() || read.hint.ends_with('.') || read.hint.contains(['"', '\n']) {
                return Err(format!("{}: a hint is one line without a stop at its end", table.at()));
            }
            table.end()?;
            codes.push(read);
        }
        Ok(codes)
    }

    /// The name in Rust.
    pub(crate) fn variant(&self) -> String {
        pascal(&self.code)
    }
}
