//! The core's errors as PHP exceptions, and the one place where a panic is caught.
//!
//! The classes are written in PHP, one for each category; `AlipayInstore\Exception\AlipayException::fromJson` makes them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::json::Json;
use ext_php_rs::exception::{PhpException, PhpResult};
use ext_php_rs::types::ZendCallable;

/// Makes the exception of a JSON text. Where the Composer package is not installed there is none.
const MAKE: &str = "AlipayInstore\\Exception\\AlipayException::fromJson";

/// Runs what an export does. A panic ends here, as `InternalException`.
pub(crate) fn guard<T>(work: impl FnOnce() -> PhpResult<T>) -> PhpResult<T> {
    match catch_unwind(AssertUnwindSafe(|| {
        #[cfg(feature = "panic-test")]
        crate::panic_test::panic_if_armed();
        work()
    })) {
        Ok(result) => result,
        // What a panic says may quote an argument, which may be a secret: it stays on standard error.
        Err(_) => Err(raise(&panicked())),
    }
}

/// The error that stands for a panic.
pub(crate) fn panicked() -> Error {
    Error::new(ErrorCode::InternalPanic, "the library panicked; standard error says where")
}

/// The exception for an error of the core.
pub(crate) fn raise(error: &Error) -> PhpException {
    made(error, false)
}

/// The exception for the error of a call about a payment. A call that was cut short on this side, or made on a closed
/// client, does not know whether money has moved.
pub(crate) fn raise_of_call(error: &Error) -> PhpException {
    made(error, matches!(error.code(), ErrorCode::InternalPanic | ErrorCode::ClientClosed))
}

fn made(error: &Error, unsure: bool) -> PhpException {
    let mut json = error.to_json();
    if unsure {
        json = json.with("may_have_charged", Json::Bool(true)).with("may_have_refunded", Json::Bool(true));
    }
    let text = json.to_string();
    let plain = || PhpException::from_message(error.to_string());
    match ZendCallable::try_from_name(MAKE).and_then(|make| make.try_call(vec![&text])) {
        Ok(exception) if exception.is_object() => plain().with_object(exception),
        _ => plain(),
    }
}

/// Lets `?` turn a result of the core into one of PHP.
pub(crate) trait OrRaise<T> {
    fn or_raise(self) -> PhpResult<T>;
}

impl<T> OrRaise<T> for Result<T, Error> {
    fn or_raise(self) -> PhpResult<T> {
        self.map_err(|error| raise(&error))
    }
}
