//! Messages as bytes: what is sent and signed, what arrives and is verified.
//!
//! A [`Merchant`](crate::merchant::Merchant) makes and verifies them. Nothing here opens a connection or reads
//! a clock, and what the fields of a body mean is left to `api`.

mod acknowledgement;
pub(crate) mod headers;
pub mod json;
mod notification;
mod request;
mod response;
pub mod time;

pub use acknowledgement::Acknowledgement;
pub use notification::{Freshness, NotificationKind, VerifiedNotification};
pub use request::{SignedRequest, UserAgent};
pub use response::{VerifiedResponse, unverified_result_code};

use crate::error::{Error, ErrorCode, Result};

/// What every message is sent with; both protocols sign the bytes of UTF-8.
const CONTENT_TYPE: &str = "application/json; charset=UTF-8";

/// A message that is too large is refused before anything of it is hashed.
pub(crate) fn check_size(body: &[u8]) -> Result<()> {
    if body.len() <= json::MAX_BYTES {
        return Ok(());
    }
    Err(Error::new(ErrorCode::MessageTooLarge, format!("the message has {} bytes", body.len())))
}
