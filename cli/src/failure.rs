//! Why a command could not do its work, as it is shown: code, reason, hint, and the exit status.
//!
//! Errors of the library keep their own codes. The command adds `cli.usage`, `cli.file`, `cli.exists`,
//! `cli.store`, `cli.interrupted`, `cli.refund_open` and `cli.network`. No text holds what the user passed: a key or a payment code may have been put
//! in the wrong place.

use alipay_instore::payment_code::ScannedAs;
use alipay_instore::{Category, Error, ErrorCode};

use crate::exit::Exit;

pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

/// A command that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) code: &'static str,
    pub(crate) reason: String,
    pub(crate) hint: String,
    /// What was probably scanned in place of a payment code.
    pub(crate) scanned_as: Option<ScannedAs>,
    /// Whether the customer was charged, or may have been.
    pub(crate) may_have_charged: bool,
    /// Whether money was given back, or may have been.
    pub(crate) may_have_refunded: bool,
}

impl Failure {
    /// Says whether money may have moved.
    pub(crate) fn with_money(mut self, may_have_charged: bool, may_have_refunded: bool) -> Self {
        (self.may_have_charged, self.may_have_refunded) = (may_have_charged, may_have_refunded);
        self
    }
}

impl Failure {
    /// The command line is wrong.
    pub(crate) fn usage(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure { exit: Exit::Usage, ..Failure::new("cli.usage", reason, hint) }
    }

    /// A file or an address of this machine can't be used; `what` names the option, never its value.
    pub(crate) fn io(what: &str, error: &std::io::Error) -> Self {
        let hint = "check that it exists and that this user may use it";
        Failure::new("cli.file", format!("{what}: {}", error.kind()), hint)
    }

    pub(crate) fn new(code: &'static str, reason: impl Into<String>, hint: impl Into<String>) -> Self {
        let (reason, hint) = (reason.into(), hint.into());
        Failure {
            exit: Exit::Failed,
            code,
            reason,
            hint,
            scanned_as: None,
            may_have_charged: false,
            may_have_refunded: false,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let reason = match error.path() {
            Some(path) => format!("{path}: {}", error.reason()),
            None => error.reason().to_owned(),
        };
        let (exit, scanned_as) = (exit_of(&error), error.scanned_as());
        Failure {
            exit,
            code: error.code().as_str(),
            reason,
            hint: error.hint().to_owned(),
            scanned_as,
            may_have_charged: error.may_have_charged(),
            may_have_refunded: error.may_have_refunded(),
        }
    }
}

/// A value that the library refuses before anything is done is wrong usage, like an option that does not exist.
fn exit_of(error: &Error) -> Exit {
    match (error.code(), error.category()) {
        (ErrorCode::RequestUnknownPayment | ErrorCode::RequestRefundExceeds, _) => Exit::Failed,
        (ErrorCode::SignatureContent, _) | (_, Category::Code | Category::Amount | Category::Request) => {
            Exit::Usage
        }
        _ => Exit::Failed,
    }
}
