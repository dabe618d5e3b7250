//! Messages as bytes: what is sent and signed, what arrives and is verified.
//!
//! A [`Merchant`](crate::merchant::Merchant) makes and verifies them; here is what all of them share. Nothing here opens a
//! connection or reads a clock, and what the fields of a body mean is left to `api` and `reply`.

mod freshness;
pub(crate) mod headers;
pub(crate) mod notify_url;
pub mod time;
mod unsigned;
mod user_agent;

pub use freshness::Freshness;
pub use notify_url::NotifyUrl;
pub use unsigned::{explain_answer, unverified_result_code};
pub use user_agent::UserAgent;

/// What every message is sent with; both protocols sign the bytes of UTF-8.
pub(crate) const CONTENT_TYPE: &str = "application/json; charset=UTF-8";
