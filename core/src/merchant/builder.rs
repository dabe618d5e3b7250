//! Building a merchant: what must be there, and what each value may look like.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::{Inner, Merchant};
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Gateway;
use crate::keys::SigningKey;
use crate::message::headers::printable;
use crate::message::{Freshness, UserAgent};
use crate::signature::{SigningKeys, VerifyingKeys};

/// The documents give a client id 64 characters at most, and an agent token 128 ("Alipay, API overview").
const MAX_CLIENT_ID: usize = 64;
const MAX_AGENT_TOKEN: usize = 128;

/// A merchant in the making.
#[must_use]
pub struct MerchantBuilder {
    gateway: Gateway,
    client_id: String,
    signing_keys: Option<SigningKeys>,
    gateway_keys: Option<VerifyingKeys>,
    agent_token: Option<Zeroizing<String>>,
    user_agent: UserAgent,
    freshness: Freshness,
    allow_http_notify: bool,
}

impl MerchantBuilder {
    pub(super) fn new(gateway: Gateway, client_id: String) -> Self {
        MerchantBuilder {
            gateway,
            client_id,
            signing_keys: None,
            gateway_keys: None,
            agent_token: None,
            user_agent: UserAgent::default(),
            freshness: Freshness::default(),
            allow_http_notify: false,
        }
    }

    /// Our private key, under the key version of the documents' samples: 1 in AMS, 0 in Alipay+.
    pub fn signing_key(self, key: SigningKey) -> Self {
        let version = self.gateway.protocol().default_key_version();
        self.signing_keys(SigningKeys::single(version, key))
    }

    /// Our private keys by version.
    pub fn signing_keys(mut self, keys: SigningKeys) -> Self {
        self.signing_keys = Some(keys);
        self
    }

    /// The gateway's public key, or its keys by version.
    pub fn gateway_keys(mut self, keys: impl Into<VerifyingKeys>) -> Self {
        self.gateway_keys = Some(keys.into());
        self
    }

    /// The token of a service provider that acts for this merchant.
    pub fn agent_token(mut self, token: impl Into<String>) -> Self {
        self.agent_token = Some(Zeroizing::new(token.into()));
        self
    }

    /// What requests name as their sender.
    pub fn user_agent(mut self, user_agent: UserAgent) -> Self {
        self.user_agent = user_agent;
        self
    }

    /// How old a notification may be.
    pub fn freshness(mut self, freshness: Freshness) -> Self {
        self.freshness = freshness;
        self
    }

    /// Lets requests name a notify URL of plain http outside the sandbox too.
    pub fn allow_http_notify(mut self, allow: bool) -> Self {
        self.allow_http_notify = allow;
        self
    }

    /// Checks everything and gives the merchant.
    ///
    /// # Errors
    /// `config.missing` for a key that was not given, `config.invalid` for a client id or an agent token that is
    /// empty, too long or not visible ASCII. The error's path names the value.
    pub fn build(self) -> Result<Merchant> {
        check_visible(&self.client_id, MAX_CLIENT_ID, "client_id")?;
        if let Some(token) = &self.agent_token {
            check_visible(token, MAX_AGENT_TOKEN, "agent_token")?;
        }
        Ok(Merchant(Arc::new(Inner {
            gateway: self.gateway,
            client_id: self.client_id,
            signing_keys: self.signing_keys.ok_or_else(|| missing("signing_key"))?,
            gateway_keys: self.gateway_keys.ok_or_else(|| missing("gateway_key"))?,
            agent_token: self.agent_token,
            user_agent: self.user_agent,
            freshness: self.freshness,
            allow_http_notify: self.allow_http_notify,
        })))
    }
}

/// Shows the client id and the gateway.
impl fmt::Debug for MerchantBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MerchantBuilder")
            .field("client_id", &self.client_id)
            .field("gateway", &format_args!("{}", self.gateway))
            .finish_non_exhaustive()
    }
}

fn check_visible(text: &str, max: usize, name: &str) -> Result<()> {
    match printable(text.as_bytes(), max) {
        Some(_) => Ok(()),
        None => Err(Error::new(
            ErrorCode::ConfigInvalid,
            format!("the value is empty, longer than {max} characters or not visible ASCII"),
        )
        .with_path(name)),
    }
}

fn missing(name: &str) -> Error {
    Error::new(ErrorCode::ConfigMissing, "the merchant has no such key").with_path(name)
}
