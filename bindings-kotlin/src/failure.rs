//! The one error that crosses. Kotlin turns it into a subclass of its sealed exception by category.

use std::fmt;

use alipay_instore::json::Object;
use alipay_instore::{Error, ErrorCode};

/// An error of the core, field by field.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum Failure {
    /// The only variant, since UniFFI wants an enum.
    Failed {
        /// The stable code.
        code: String,
        /// The family of the code.
        category: String,
        /// Whether the same call can succeed later.
        retryable: bool,
        /// What was found.
        reason: String,
        /// What to do about it.
        hint: String,
        /// The field at fault, where there is one.
        path: Option<String>,
        /// What was probably scanned, where that is known.
        scanned_as: Option<String>,
        /// The HTTP status of an answer that could not be used.
        http_status: Option<u16>,
        /// The media type of that answer.
        content_type: Option<String>,
        /// The payment whose call failed.
        payment_request_id: Option<String>,
        /// Whether the customer may have been charged.
        may_have_charged: bool,
        /// Whether money may have been given back.
        may_have_refunded: bool,
    },
}

/// The result of every call that can fail.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let http = error.http();
        Failure::Failed {
            code: error.code().as_str().to_owned(),
            category: error.category().as_str().to_owned(),
            retryable: error.retryable(),
            reason: error.reason().to_owned(),
            hint: error.hint().to_owned(),
            path: error.path().map(str::to_owned),
            scanned_as: error.scanned_as().map(|what| what.as_str().to_owned()),
            http_status: http.map(|http| http.status),
            content_type: http.and_then(|http| http.content_type.clone()),
            payment_request_id: error.payment_request_id().map(str::to_owned),
            may_have_charged: error.may_have_charged(),
            may_have_refunded: error.may_have_refunded(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure::Failed { code, reason, .. } = self;
        write!(f, "{code}: {reason}")
    }
}

impl std::error::Error for Failure {}

/// An error that is a value and is not thrown, as JSON with its category.
pub(crate) fn to_json(error: &Error) -> Object {
    error.to_json().with("category", error.category().as_str())
}

/// The core's error for a code that came back from Kotlin; a code that the core does not know is the host's own.
pub(crate) fn of_code(code: &str) -> Error {
    let known = ErrorCode::ALL.iter().copied().find(|known| known.as_str() == code);
    Error::new(known.unwrap_or(ErrorCode::StoreFailed), "reported by the host")
}
