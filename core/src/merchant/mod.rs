//! A merchant: who we are to which gateway, with which keys. It signs, and it verifies.
//!
//! A merchant is read once from code ([`Merchant::builder`]) or from settings ([`settings`]) and then shared: a
//! clone is a reference. How its messages look is said in [`message`](crate::message).
//!
//! The handler of a notify URL, whatever web framework it runs in, keeps one order: verify, store, acknowledge.
//!
//! ```
//! use alipay_instore::{Result, Timestamp};
//! use alipay_instore::merchant::{Acknowledgement, Merchant, VerifiedNotification};
//!
//! fn notified(
//!     merchant: &Merchant,
//!     headers: Vec<(String, Vec<u8>)>,
//!     body: &[u8],
//!     now: Timestamp,
//!     store: impl FnOnce(&VerifiedNotification) -> Result<()>,
//! ) -> Acknowledgement {
//!     // None: the merchant's configured notify URL, never the path of the request.
//!     let verified = merchant.verify_notification(None, headers, body, now);
//!     let stored = verified.and_then(|notification| {
//!         store(&notification)?;
//!         Ok(notification)
//!     });
//!     merchant.answer(now, &stored)
//! }
//! ```

mod acknowledgement;
mod builder;
mod directory;
#[cfg(test)]
pub(crate) mod fixture;
mod notification;
mod request;
mod response;
mod sandbox_file;
pub mod settings;

use std::fmt;
use std::sync::Arc;

use crate::api::pay::{NotifyHttp, PayOptions};
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::{Gateway, Operation, Protocol, is_sandbox_client};
use crate::keys::VerifyingKey;
use crate::message::{Freshness, NotifyUrl, UserAgent};
use crate::signature::{Content, SigningKeys, VerifyingKeys};
use zeroize::Zeroizing;

pub use acknowledgement::Acknowledgement;
pub use builder::MerchantBuilder;
pub use directory::Merchants;
pub use notification::VerifiedNotification;
pub use request::SignedRequest;
pub use response::VerifiedResponse;
pub use sandbox_file::SandboxSettings;

/// Every message of the protocols is signed as a POST, also the responses ("Alipay, Digital signature").
const METHOD: &str = "POST";

/// One merchant at one gateway. Cheap to clone, safe to share between threads.
#[derive(Clone)]
pub struct Merchant(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    gateway: Gateway,
    client_id: String,
    signing_keys: SigningKeys,
    gateway_keys: VerifyingKeys,
    agent_token: Option<Zeroizing<String>>,
    user_agent: UserAgent,
    freshness: Freshness,
    allow_http_notify: bool,
    notify_url: Option<NotifyUrl>,
}

impl Merchant {
    /// Starts a merchant; keys follow.
    pub fn builder(gateway: Gateway, client_id: impl Into<String>) -> MerchantBuilder {
        MerchantBuilder::new(gateway, client_id.into())
    }

    /// The gateway.
    pub fn gateway(&self) -> &Gateway {
        &self.0.gateway
    }

    /// The protocol of the gateway.
    pub fn protocol(&self) -> Protocol {
        self.0.gateway.protocol()
    }

    /// The client id.
    pub fn client_id(&self) -> &str {
        &self.0.client_id
    }

    /// How old a notification may be.
    pub fn freshness(&self) -> Freshness {
        self.0.freshness
    }

    /// Where the gateway posts notifications for this merchant: the public URL, as the gateway knows it.
    pub fn notify_url(&self) -> Option<&NotifyUrl> {
        self.0.notify_url.as_ref()
    }

    /// What requests name as their sender.
    pub fn user_agent(&self) -> &UserAgent {
        &self.0.user_agent
    }

    /// The same merchant under another name of the sender, for a language that read it from settings.
    #[must_use]
    pub fn with_user_agent(mut self, user_agent: UserAgent) -> Self {
        Arc::make_mut(&mut self.0).user_agent = user_agent;
        self
    }

    /// Whether this merchant plays: its client id is one of the sandbox, or its gateway runs on this machine.
    pub fn is_sandbox(&self) -> bool {
        is_sandbox_client(self.client_id()) || self.gateway().is_loopback()
    }

    /// Whether a request may name a notify URL of plain http: in the sandbox, and where it was allowed.
    pub fn allows_http_notify(&self) -> bool {
        self.0.allow_http_notify || self.is_sandbox()
    }

    /// How a request to pay of this merchant is checked, and completed with its notify URL.
    pub fn pay_options(&self) -> PayOptions {
        PayOptions {
            notify_http: if self.allows_http_notify() { NotifyHttp::Allowed } else { NotifyHttp::Refused },
            notify_url: self.notify_url().map(|url| url.as_str().to_owned()),
            ..PayOptions::default()
        }
    }

    /// The path of an operation for this client id.
    ///
    /// # Errors
    /// As [`Gateway::path`].
    pub fn path(&self, operation: Operation) -> Result<String> {
        self.gateway().path(self.client_id(), operation)
    }

    /// The path of any other API for this client id.
    ///
    /// # Errors
    /// As [`Gateway::path_of_call`].
    pub fn path_of_call(&self, call: &str) -> Result<String> {
        self.gateway().path_of_call(self.client_id(), call)
    }

    /// The version of the key that signs.
    pub fn key_version(&self) -> u32 {
        self.0.signing_keys.current_version()
    }

    /// The fingerprint of the key that signs.
    pub fn signing_fingerprint(&self) -> Option<&str> {
        self.0.signing_keys.current().map(|key| key.fingerprint())
    }

    /// The gateway's public keys, for [`diagnosis`](crate::diagnosis).
    pub fn gateway_keys(&self) -> &VerifyingKeys {
        &self.0.gateway_keys
    }

    /// The public halves of the merchant's own keys, for [`diagnosis`](crate::diagnosis).
    pub(crate) fn own_keys(&self) -> impl Iterator<Item = VerifyingKey> {
        self.0.signing_keys.iter().map(|(_, key)| key.verifying_key())
    }

    pub(crate) fn agent_token(&self) -> Option<&str> {
        self.0.agent_token.as_ref().map(|token| token.as_str())
    }

    pub(crate) fn sign(&self, path: &str, time: &str, body: &[u8]) -> Result<String> {
        self.0.signing_keys.sign(self.content(path, time, body))
    }

    /// Verifies with the gateway's keys, and gives the version of the one that fitted.
    pub(crate) fn verify(&self, path: &str, header: &str, time: &str, body: &[u8]) -> Result<Option<u32>> {
        let verified = self.0.gateway_keys.verify(header, self.content(path, time, body));
        verified.map(|verified| verified.key_version)
    }

    /// Refuses the path of the own notify URL where the path of an API is meant: what is signed over the one is never
    /// taken for the other.
    pub(crate) fn refuse_notify_path(&self, path: &str) -> Result<()> {
        let of_api = path.split('?').next().unwrap_or_default();
        match self.notify_url().is_some_and(|notify_url| notify_url.path() == of_api) {
            false => Ok(()),
            true => Err(Error::new(ErrorCode::GatewayPath, "the path is that of the merchant's notify URL")),
        }
    }

    fn content<'a>(&'a self, path: &'a str, time: &'a str, body: &'a [u8]) -> Content<'a> {
        Content { method: METHOD, path, client_id: self.client_id(), time, body }
    }
}

/// Shows the client id, the gateway and the fingerprints of the keys.
impl fmt::Debug for Merchant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gateway_keys: Vec<_> =
            self.0.gateway_keys.iter().map(|(version, key)| (version, key.fingerprint())).collect();
        f.debug_struct("Merchant")
            .field("client_id", &self.client_id())
            .field("gateway", &format_args!("{}", self.gateway()))
            .field("key_version", &self.key_version())
            .field("signing_key", &self.0.signing_keys.current().map(|key| key.fingerprint()))
            .field("gateway_keys", &gateway_keys)
            .field("notify_url", &self.notify_url())
            .finish_non_exhaustive()
    }
}
