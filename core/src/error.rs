//! One error type, and every code it can carry.
//!
//! A code is stable: programs match on it, every language shows the same one, and all are described once, in
//! `schema/errors.toml`. The reason says what was found this once; the hint says what to do about it. Neither
//! ever holds a key, a full payment code or a whole message body.

mod codes;

use std::fmt;
use std::sync::Arc;

use crate::scanned_as::ScannedAs;
pub use crate::words::{Category, MayHaveCharged};
pub use codes::ErrorCode;

/// An error with a stable code, the reason found this once, and a hint that says what to do.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    code: ErrorCode,
    reason: String,
    hint: Option<String>,
    path: Option<String>,
    /// Other fields that are missing too.
    missing: Vec<String>,
    scanned_as: Option<ScannedAs>,
    http: Option<HttpAnswer>,
    money: Money,
    payment: Option<String>,
    cause: Option<Cause>,
}

/// What another library said. It plays no part when errors are compared.
#[derive(Clone)]
struct Cause(Arc<dyn std::error::Error + Send + Sync>);

impl PartialEq for Cause {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Cause {}

/// Whether money may have moved, by the call that failed or by the stored payment.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Money {
    charged: bool,
    refunded: bool,
}

/// What HTTP itself says of an answer. Nothing of it is signed, so it is for people and logs, and decides nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpAnswer {
    /// The status, such as 502.
    pub status: u16,
    /// The media type without parameters, in small letters, such as `text/html`.
    pub content_type: Option<String>,
}

/// The library's result type.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of this code; the reason says what was found, without secrets.
    pub fn new(code: ErrorCode, reason: impl Into<String>) -> Self {
        Error(Box::new(Inner {
            code,
            reason: reason.into(),
            hint: None,
            path: None,
            missing: Vec::new(),
            scanned_as: None,
            http: None,
            money: Money::default(),
            payment: None,
            cause: None,
        }))
    }

    /// Replaces the catalogue's hint by a more precise one.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Names the place in a JSON body, such as `order.env.storeTerminalId`.
    #[must_use]
    pub fn with_path(mut self, path: impl Into<String>) -> Self {
        self.0.path = Some(path.into());
        self
    }

    /// Names what is missing too, if both errors are about missing fields.
    #[must_use]
    pub(crate) fn and_missing(mut self, other: &Error) -> Self {
        if !self.is_missing() || !other.is_missing() {
            return self;
        }
        for path in other.0.path.iter().chain(&other.0.missing) {
            self.0.reason.push_str(if self.0.missing.is_empty() { "; missing too: " } else { ", " });
            self.0.reason.push_str(path);
            self.0.missing.push(path.clone());
        }
        self.with_hint("set everything that is named")
    }

    /// Says what was probably scanned, and what to do about it in place of the catalogue's hint.
    #[must_use]
    pub fn with_scanned_as(mut self, what: ScannedAs) -> Self {
        self.0.scanned_as = Some(what);
        self.with_hint(what.hint())
    }

    /// Keeps what HTTP says of the answer that could not be used.
    #[must_use]
    pub(crate) fn with_http(mut self, answer: HttpAnswer) -> Self {
        self.0.http = Some(answer);
        self
    }

    /// Keeps what another library said, for [`source`](std::error::Error::source). It holds no secret.
    #[must_use]
    pub(crate) fn caused_by(mut self, cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.cause = Some(Cause(Arc::new(cause)));
        self
    }

    /// Names the payment whose call failed.
    #[must_use]
    #[cfg_attr(not(feature = "http"), allow(dead_code, reason = "the client names it"))]
    pub(crate) fn with_payment(mut self, payment_request_id: impl Into<String>) -> Self {
        self.0.payment = Some(payment_request_id.into());
        self
    }

    /// Says whether money may have moved: to the merchant, and back to the customer.
    #[must_use]
    pub(crate) fn with_money(mut self, may_have_charged: bool, may_have_refunded: bool) -> Self {
        self.0.money = Money { charged: may_have_charged, refunded: may_have_refunded };
        self
    }

    /// The payment whose call failed, also where the client made its id; none where the error is about no payment, or about
    /// a request that was refused before anything was done.
    pub fn payment_request_id(&self) -> Option<&str> {
        self.0.payment.as_deref()
    }

    /// Whether the customer may have been charged, by this call or by the stored payment. False only if nothing was
    /// sent, or if the gateway verifiably refused.
    pub fn may_have_charged(&self) -> bool {
        self.0.money.charged
    }

    /// Whether money may have been given back, by this call or for the stored payment.
    pub fn may_have_refunded(&self) -> bool {
        self.0.money.refunded
    }

    /// The code, to match on. It compares with its text, such as `key.encrypted`.
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// The family the code belongs to.
    pub fn category(&self) -> Category {
        self.0.code.category()
    }

    /// Whether the same call can succeed later, without a change by the caller.
    pub fn retryable(&self) -> bool {
        self.0.code.retryable()
    }

    /// What was found.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What to do about it.
    pub fn hint(&self) -> &str {
        self.0.hint.as_deref().unwrap_or_else(|| self.0.code.hint())
    }

    /// The JSON path of the field at fault, where there is one.
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// All fields or settings that are missing, the first being [`path`](Error::path); empty for other errors.
    pub fn missing(&self) -> Vec<&str> {
        if !self.is_missing() {
            return Vec::new();
        }
        self.path().into_iter().chain(self.0.missing.iter().map(String::as_str)).collect()
    }

    fn is_missing(&self) -> bool {
        matches!(self.code(), ErrorCode::RequestMissing | ErrorCode::ConfigMissing)
    }

    /// What was probably scanned, where the form of a text that is not a payment code tells it.
    pub fn scanned_as(&self) -> Option<ScannedAs> {
        self.0.scanned_as
    }

    /// The HTTP status and content type of the answer that could not be used; nothing where there was no answer.
    pub fn http(&self) -> Option<&HttpAnswer> {
        self.0.http.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.code())?;
        if let Some(path) = self.path() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{} ({})", self.reason(), self.hint())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_ref().map(|cause| cause.0.as_ref() as _)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for ErrorCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl PartialEq<str> for ErrorCode {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == text
    }
}

impl PartialEq<&str> for ErrorCode {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == *text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut seen = HashSet::new();
        for code in ErrorCode::ALL {
            assert!(seen.insert(code.as_str()), "{} appears twice", code.as_str());
            let (family, name) = code.as_str().split_once('.').unwrap();
            for part in [family, name] {
                assert!(!part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
            }
            assert!(!code.hint().is_empty() && !code.hint().ends_with('.'));
        }
    }

    #[test]
    fn text_names_code_path_reason_and_hint() {
        let error = Error::new(ErrorCode::RequestMissing, "the store has no name")
            .with_path("order.merchant.store.storeName");
        assert_eq!(
            error.to_string(),
            "request.missing: order.merchant.store.storeName: the store has no name (set the field that is named)"
        );
    }
}
