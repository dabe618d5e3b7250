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
//!     store: impl FnOnce(&VerifiedNotification) -> Result<()>,
//! ) -> Acknowledgement {
//!     // None: the merchant's configured notify URL, never the path of the request.
//!     let verified = merchant.verify_notification(None, headers, body, now_ms);
//!     let stored = verified.and_then(|notification| {
//!         store(&notification)?;
//!         Ok(notification)
//!     });
//!     merchant.answer(now_ms, &stored)
//! }
//! ```

mod acknowledgement;
mod charset;
pub(crate) mod headers;
pub mod json;
mod notification;
pub(crate) mod notify_url;
mod request;
mod response;
pub mod time;
mod unsigned;

pub use crate::reply::NotificationKind;
pub use acknowledgement::Acknowledgement;
pub use notification::{Freshness, VerifiedNotification};
pub use notify_url::NotifyUrl;
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
