//! Messages as bytes: what is sent and signed, what arrives and is verified.
//!
//! A [`Merchant`](crate::merchant::Merchant) makes and verifies them. Nothing here opens a connection or reads
//! a clock, and what the fields of a body mean is left to `api`.
//!
//! The handler of a notify URL, whatever web framework it runs in, keeps one order: verify, store, acknowledge.
//!
//! ```
//! use alipay_instore::Result;
//! use alipay_instore::merchant::Merchant;
//! use alipay_instore::message::{Acknowledgement, VerifiedNotification};
//!
//! fn notified(
//!     merchant: &Merchant,
//!     headers: Vec<(String, Vec<u8>)>,
//!     body: &[u8],
//!     now_ms: i64,
//!     store: impl FnOnce(VerifiedNotification) -> Result<()>,
//! ) -> Acknowledgement {
//!     let path = "/merchant/notify";
//!     let stored = merchant.verify_notification(path, headers, body, now_ms).and_then(store);
//!     merchant.answer(path, now_ms, &stored)
//! }
//! ```

mod acknowledgement;
pub(crate) mod headers;
pub mod json;
mod notification;
mod request;
mod response;
pub mod time;
mod unsigned;

pub use acknowledgement::Acknowledgement;
pub use notification::{Freshness, NotificationKind, VerifiedNotification};
pub use request::{SignedRequest, UserAgent};
pub use response::{VerifiedResponse, unverified_result_code};
pub use unsigned::explain_answer;

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
