//! A response, trusted only once its signature has been verified over the bytes that arrived.
//!
//! The HTTP status plays no part: whoever can change a message on its way can change its status too. What the
//! body says about a payment is left to `api`.

use std::fmt;

use super::headers::Headers;
use super::json::Object;
use crate::error::{Error, ErrorCode, Result};
use crate::merchant::Merchant;

/// A response of the gateway whose signature is good.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiedResponse {
    /// The body.
    pub body: Object,
    /// The version under which the gateway's key that verified it is configured; none where a single key is.
    pub key_version: Option<u32>,
    /// The `Response-Time` header as it stands there; it is not checked for freshness, since the answer belongs
    /// to a request that is waiting for it.
    pub time: String,
    /// The gateway's own identifier of the exchange, for its support.
    pub tracer_id: Option<String>,
}

/// Shows everything but the body, which can hold data of the customer.
impl fmt::Debug for VerifiedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedResponse")
            .field("key_version", &self.key_version)
            .field("time", &self.time)
            .field("tracer_id", &self.tracer_id)
            .finish_non_exhaustive()
    }
}

impl Merchant {
    /// Verifies the response to a request of this path: [`SignedRequest::path`](super::SignedRequest::path).
    ///
    /// Headers are pairs of name and value from any HTTP library, names in any case. The body is the bytes that
    /// arrived; they are read as JSON only after their signature has been verified. Client id and path of the
    /// signed content are the configured ones ("Alipay, Digital signature"). A `Client-Id` header that is there
    /// must be ours.
    ///
    /// # Errors
    /// `message.too_large`, `message.header`, `message.encrypted`; `signature.missing`, `signature.client_id`,
    /// `signature.mismatch` and the other codes of the header; after it has verified, `message.not_json`,
    /// `message.not_object`, `message.duplicate_key`. Whatever the error: the response says nothing about the
    /// payment.
    pub fn verify_response<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        path: &str,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<VerifiedResponse> {
        super::check_size(body)?;
        let headers = Headers::read(headers)?;
        headers.refuse_encrypted()?;
        let signature = headers.signature().map_err(|error| explain(error, body))?;
        let time = headers.response_time()?;
        headers.check_client_id(self.client_id())?;
        let key_version = self.verify(path, signature, time, body).map_err(|error| explain(error, body))?;
        Ok(VerifiedResponse {
            body: Object::parse(body)?,
            key_version,
            time: time.to_owned(),
            tracer_id: headers.tracer_id().map(str::to_owned),
        })
    }
}

/// The result code that an **unverified** body names, to be shown to a human who looks for the cause.
///
/// Anybody can have written it: it must never decide anything. It is given only if it looks like a code of the
/// documents, so that it can't carry text of a stranger's choice.
pub fn unverified_result_code(body: &[u8]) -> Option<String> {
    let body = Object::parse(body).ok()?;
    let code = body.object("result")?.text("resultCode")?;
    let is_code = (1..=64).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    is_code.then(|| code.into_owned())
}

/// Adds what an untrusted body says to the hint. A gateway that can't verify our signature answers unsigned,
/// and the merchant's mistake would otherwise stay hidden behind ours.
fn explain(error: Error, body: &[u8]) -> Error {
    if !matches!(error.kind(), ErrorCode::SignatureMissing | ErrorCode::SignatureMismatch) {
        return error;
    }
    let Some(code) = unverified_result_code(body) else { return error };
    let cause = match code.as_str() {
        "SIGNATURE_INVALID" | "INVALID_SIGNATURE" => {
            "; check that the public key registered at the gateway belongs to the signing key, and the key version"
        }
        "CLIENT_INVALID" | "INVALID_CLIENT" => "; check the client id and the gateway's region",
        _ => "",
    };
    let hint = format!("{}; unverified, for a human only: the body names {code}{cause}", error.hint());
    error.with_hint(hint)
}
