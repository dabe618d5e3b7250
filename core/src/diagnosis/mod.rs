//! Why a signature does not verify.
//!
//! Called by a person or a log after a failure, never to decide anything. The signature is opened with the public key
//! first: whether the key is the signer's, which padding and which hash were used, and which digest was signed are facts.
//! Where the key is right and the digest is another, thousands of contents that may have been signed are hashed and
//! compared with it. A message that only fits here, under another path or with a repaired body, is still not to be trusted:
//! nothing that verifies calls this module, and nothing that it gives can be used in place of a verified message.
//!
//! The work is bounded: 20,000 contents at most, and as many bytes as those of a body of 4 kB.
//!
//! ```
//! use alipay_instore::diagnosis::{Alternatives, FindingCode, Message, explain};
//! use alipay_instore::keys::{SigningKey, VerifyingKey, generate};
//! use alipay_instore::signature::Content;
//!
//! # fn main() -> alipay_instore::Result<()> {
//! let pair = generate(2048)?;
//! let signed = Content { method: "POST", path: "/notify", client_id: "T_1", time: "1685599933871", body: b"{}" };
//! let signature = SigningKey::load(&*pair.private_pem)?.sign(signed, 1)?;
//!
//! let keys = VerifyingKey::load(&pair.public_pem)?.into();
//! let headers = [("Signature", signature.as_str()), ("Request-Time", "1685599933871")];
//! // A proxy put /public before the path, and something added a line feed to the body.
//! let message = Message { method: "POST", path: "/public/notify", client_id: "T_1", body: b"{}\n" };
//! let diagnosis = explain(&keys, message, headers, Alternatives::default());
//! assert_eq!(diagnosis.summary, "the key is right, the content is not what was signed");
//! let codes: Vec<_> = diagnosis.findings.iter().map(|finding| finding.code).collect();
//! assert_eq!(codes, [FindingCode::PathPrefix, FindingCode::BodyEnd]);
//! # Ok(())
//! # }
//! ```

mod candidates;
mod case;
mod finding;
mod opened;
mod reading;
mod received;
mod report;
mod search;
mod sha1;
#[cfg(test)]
mod tests;
mod texts;

use crate::error::Error;
use crate::keys::VerifyingKey;
use crate::merchant::Merchant;
use crate::message::headers::Headers;
use crate::signature::{Content, VerifyingKeys};
use case::{Case, OWN};
use received::Received;

pub use finding::{Diagnosis, Finding, FindingCode, Signed, TriedKey};

/// The message that does not verify. Its headers are passed beside it.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The HTTP method; the gateways use `POST` in every direction.
    pub method: &'a str,
    /// The path that it is verified over.
    pub path: &'a str,
    /// The client id that is configured.
    pub client_id: &'a str,
    /// The body, byte for byte.
    pub body: &'a [u8],
}

/// Other values that the caller holds possible, such as the path behind a proxy or the keys of the sandbox.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alternatives<'a> {
    /// Paths or URLs.
    pub paths: &'a [&'a str],
    /// Client ids.
    pub client_ids: &'a [&'a str],
    /// Texts of the time header.
    pub times: &'a [&'a str],
    /// Public keys by a name for them, such as `sandbox`. One that is named `own` is the merchant's own.
    pub keys: &'a [(&'a str, &'a VerifyingKey)],
}

impl Merchant {
    /// Looks for the reason why a notification does not verify: the arguments are those of
    /// [`Merchant::verify_notification`], and the other values that the caller holds possible. A path as the web
    /// framework saw it belongs there: it shows what a proxy did to it.
    pub fn explain_notification<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        notify_url: Option<&str>,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        alternatives: Alternatives<'_>,
    ) -> Diagnosis {
        let headers: Vec<_> = headers.into_iter().collect();
        let notify_url = match self.notify_url_or(notify_url) {
            Ok(notify_url) => notify_url,
            Err(error) => return report::unusable(&error),
        };
        let with_query = notify_url.path_with_query();
        let own: Vec<_> = self.own_keys().collect();
        let keys: Vec<_> =
            own.iter().map(|key| (OWN, key)).chain(alternatives.keys.iter().copied()).collect();
        let paths: Vec<_> =
            [notify_url.as_str()].into_iter().chain(alternatives.paths.iter().copied()).collect();
        Case {
            keys: self.gateway_keys(),
            content: self.received(notify_url.path(), body),
            second_path: with_query.as_deref(),
            refusal: refusal(&headers, self.client_id()),
            received: Received::read(headers),
            is_response: false,
            alternatives: Alternatives { paths: &paths, keys: &keys, ..alternatives },
        }
        .explain()
    }

    /// Looks for the reason why a response does not verify: the arguments are those of [`Merchant::verify_response`].
    pub fn explain_response<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        path: &str,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        alternatives: Alternatives<'_>,
    ) -> Diagnosis {
        let headers: Vec<_> = headers.into_iter().collect();
        let own: Vec<_> = self.own_keys().collect();
        let keys: Vec<_> =
            own.iter().map(|key| (OWN, key)).chain(alternatives.keys.iter().copied()).collect();
        let notify_url = self.notify_url().map(|url| url.as_str());
        let paths: Vec<_> = alternatives.paths.iter().copied().chain(notify_url).collect();
        Case {
            keys: self.gateway_keys(),
            content: self.received(path, body),
            second_path: None,
            refusal: refusal(&headers, self.client_id()).or_else(|| self.refuse_notify_path(path).err()),
            received: Received::read(headers),
            is_response: true,
            alternatives: Alternatives { paths: &paths, keys: &keys, ..alternatives },
        }
        .explain()
    }

    fn received<'a>(&'a self, path: &'a str, body: &'a [u8]) -> Content<'a> {
        Content { method: "POST", path, client_id: self.client_id(), time: "", body }
    }
}

/// Why a message is refused although its signature may be good.
fn refusal<N: AsRef<[u8]>, V: AsRef<[u8]>>(headers: &[(N, V)], client_id: &str) -> Option<Error> {
    let check = |headers: Headers| {
        headers.refuse_encrypted()?;
        headers.check_client_id(client_id)
    };
    Headers::read(headers.iter().map(|(name, value)| (name, value))).and_then(check).err()
}

/// Looks for the reason why a message does not verify. Its time is that of the header `Request-Time`, or where there is
/// none of `Response-Time`.
pub fn explain<N: AsRef<[u8]>, V: AsRef<[u8]>>(
    keys: &VerifyingKeys,
    message: Message<'_>,
    headers: impl IntoIterator<Item = (N, V)>,
    alternatives: Alternatives<'_>,
) -> Diagnosis {
    let headers: Vec<_> = headers.into_iter().collect();
    let Message { method, path, client_id, body } = message;
    let refusal = refusal(&headers, client_id);
    let received = Received::read(headers);
    Case {
        keys,
        content: Content { method, path, client_id, time: "", body },
        second_path: None,
        refusal,
        is_response: received.request_times.is_empty(),
        received,
        alternatives,
    }
    .explain()
}
