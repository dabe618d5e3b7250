//! Operations by their names.

use std::str::FromStr;

use crate::error::{Error, ErrorCode, Result};
use crate::words::Operation;

impl FromStr for Operation {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Operation::from_word(name).ok_or_else(|| {
            Error::new(ErrorCode::ConfigInvalid, "there is no operation of this name")
                .with_hint("the operations are pay, inquiry, cancel, refund, refund_inquiry and notify")
        })
    }
}
