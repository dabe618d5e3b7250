//! Building a merchant: what must be there, and what each value may look like.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::{Inner, Merchant};
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Gateway;
use crate::keys::SigningKey;
use crate::message::headers::printable;
use crate::message::{Freshness, NotifyUrl, UserAgent};
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
    notify_url: Option<String>,
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
            notify_url: None,
        }
    }

    /// Our private key, under the key version of the documents' samples: 1 in AMS, 0 in Alipay+.
    pub fn signing_key(self, key: impl Into<Arc<SigningKey>>) -> Self {
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

    /// Where the gateway posts notifications: the public URL, as the gateway knows it, such as
    /// `https://shop.example/alipay/notify`, or its path. Notifications are verified over its path, whatever a proxy
    /// in front of the application makes of the path. A request to pay that names no notify URL is sent with this one, if
    /// it is a URL.
    pub fn notify_url(mut self, url: impl Into<String>) -> Self {
        self.notify_url = Some(url.into());
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
    /// `config.missing` for a key that was not given, `key.own_public` for a gateway key that is the public half of
    /// an own key, `config.invalid` for a client id or an agent token that is empty, too long or not visible ASCII,
    /// `config.notify_url` for a notify URL that can't be used or is plain http where that
    /// is not allowed. The error's path names the value.
    pub fn build(self) -> Result<Merchant> {
        check_visible(&self.client_id, MAX_CLIENT_ID, "client_id")?;
        if let Some(token) = &self.agent_token {
            check_visible(token, MAX_AGENT_TOKEN, "agent_token")?;
        }
        let signing_keys = self.signing_keys.ok_or_else(|| missing("signing_key"))?;
        let gateway_keys = self.gateway_keys.ok_or_else(|| missing("gateway_key"))?;
        refuse_own_key(&signing_keys, &gateway_keys)?;
        let notify_url = self.notify_url.as_deref().map(NotifyUrl::parse).transpose();
        let notify_url = notify_url.map_err(|error| error.with_path("notify_url"))?;
        let merchant = Merchant(Arc::new(Inner {
            gateway: self.gateway,
            client_id: self.client_id,
            signing_keys,
            gateway_keys,
            agent_token: self.agent_token,
            user_agent: self.user_agent,
            freshness: self.freshness,
            allow_http_notify: self.allow_http_notify,
            notify_url,
        }));
        if !merchant.allows_http_notify() && merchant.notify_url().is_some_and(NotifyUrl::is_plain_http) {
            let reason = "the notify URL is plain http";
            return Err(Error::new(ErrorCode::ConfigNotifyUrl, reason)
                .with_hint(
                    "use https: the gateway reaches the URL over the internet; plain http is for the sandbox",
                )
                .with_path("notify_url"));
        }
        Ok(merchant)
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

/// The mistake most often made with two key fields. Nothing that the gateway signs would verify, and everything would
/// look like a silent gateway.
fn refuse_own_key(own: &SigningKeys, gateway: &VerifyingKeys) -> Result<()> {
    let is_own = |fingerprint: &str| own.iter().any(|(_, key)| key.fingerprint() == fingerprint);
    match gateway.iter().find(|(_, key)| is_own(key.fingerprint())) {
        None => Ok(()),
        Some((version, _)) => {
            let which = version.map_or_else(String::new, |version| format!(" of version {version}"));
            let reason =
                format!("the gateway key{which} is the public half of this merchant's own signing key");
            Err(Error::new(ErrorCode::KeyOwnPublic, reason).with_path("gateway_key"))
        }
    }
}

fn missing(name: &str) -> Error {
    Error::new(ErrorCode::ConfigMissing, "the merchant has no such key").with_path(name)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{
        CLIENT_ID, builder, gateway, gateway_key, merchant, merchant_key, test_file,
    };
    use super::*;
    use crate::gateway::Protocol;
    use crate::keys::VerifyingKey;
    use crate::time::Timestamp;
    use std::collections::BTreeMap;

    fn error(builder: MerchantBuilder) -> (&'static str, Option<String>) {
        let error = builder.build().unwrap_err();
        (error.code().as_str(), error.path().map(str::to_owned))
    }

    #[test]
    fn what_must_be_there() {
        let start = || Merchant::builder(gateway(Protocol::Ams), CLIENT_ID);
        assert_eq!(
            error(start().gateway_keys(gateway_key())),
            ("config.missing", Some("signing_key".into()))
        );
        assert_eq!(
            error(start().signing_key(merchant_key())),
            ("config.missing", Some("gateway_key".into()))
        );
    }

    #[test]
    fn client_id_and_agent_token_are_visible_ascii() {
        let with_id = |id: &str| {
            Merchant::builder(gateway(Protocol::Ams), id)
                .signing_key(merchant_key())
                .gateway_keys(gateway_key())
        };
        for id in ["", "T 1", "T_1\r\nX: y", "é", "\u{0}", "T".repeat(65).as_str()] {
            assert_eq!(error(with_id(id)), ("config.invalid", Some("client_id".into())), "{id:?}");
        }
        assert!(with_id(&"T".repeat(64)).build().is_ok());
        for token in ["", "a b", "a\nb", "T".repeat(129).as_str()] {
            let error = error(builder(Protocol::Ams).agent_token(token));
            assert_eq!(error, ("config.invalid", Some("agent_token".into())));
        }
    }

    #[test]
    fn defaults_by_protocol() {
        assert_eq!(merchant(Protocol::Ams).key_version(), 1);
        assert_eq!(merchant(Protocol::AlipayPlus).key_version(), 0);
        assert_eq!(merchant(Protocol::Ams).freshness(), Freshness::default());
    }

    #[test]
    fn the_own_public_key_is_no_gateway_key() {
        let own = || VerifyingKey::load(test_file!("merchant_public_key.pem")).unwrap();
        let expected = ("key.own_public", Some("gateway_key".to_owned()));
        assert_eq!(error(builder(Protocol::Ams).gateway_keys(own())), expected);
        let listed = VerifyingKeys::by_version(BTreeMap::from([(1, gateway_key()), (2, own())])).unwrap();
        let refused = builder(Protocol::Ams).gateway_keys(listed).build().unwrap_err();
        assert!(refused.reason().contains("of version 2"), "{refused}");
        assert!(refused.hint().contains("developer centre"), "{refused}");
        // An own key that rests counts too.
        let other = SigningKey::load(test_file!("gateway_private_key.pem")).unwrap();
        let keys = SigningKeys::by_version(BTreeMap::from([(1, merchant_key()), (2, other)]), 2).unwrap();
        assert_eq!(error(builder(Protocol::Ams).signing_keys(keys).gateway_keys(own())), expected);
    }

    #[test]
    fn the_notify_url_is_the_public_one() {
        let build = |client_id: &str, allow, url: &str| {
            Merchant::builder(gateway(Protocol::Ams), client_id)
                .signing_key(merchant_key())
                .gateway_keys(gateway_key())
                .allow_http_notify(allow)
                .notify_url(url)
                .build()
        };
        let merchant = build("T_1", false, "https://shop.example/n?a=1").unwrap();
        assert_eq!(merchant.notify_url().unwrap().path(), "/n");
        assert_eq!(builder(Protocol::Ams).build().unwrap().notify_url(), None);
        assert!(build("T_1", false, "/n").is_ok());
        assert!(build("T_1", true, "http://shop.example/n").is_ok());
        assert!(build("SANDBOX_T_1", false, "http://127.0.0.1/n").is_ok());
        for url in ["http://shop.example/n", "shop.example/n", "https://shop.example/ams/api/v1/payments/pay"]
        {
            let error = build("T_1", false, url).unwrap_err();
            assert_eq!(
                (error.code().as_str(), error.path()),
                ("config.notify_url", Some("notify_url")),
                "{url}"
            );
        }
        // What is signed over the notify path is never taken for an API's answer, nor sent to one.
        let path = || merchant.path_of_call("/n?b=2").unwrap();
        assert_eq!(
            merchant.sign_request(&path(), "{}", Timestamp::from_millis(0)).unwrap_err().code(),
            "gateway.path"
        );
        let none: [(&str, &str); 0] = [];
        assert_eq!(merchant.verify_response(&path(), none, b"{}").unwrap_err().code(), "gateway.path");
    }

    #[test]
    fn the_current_key_signs_and_old_ones_rest() {
        let keys = BTreeMap::from([(1, merchant_key()), (2, merchant_key())]);
        let keys = SigningKeys::by_version(keys, 2).unwrap();
        let merchant = builder(Protocol::Ams).signing_keys(keys).build().unwrap();
        assert_eq!(merchant.key_version(), 2);
        let request = merchant.sign_request("/a", "{}", Timestamp::from_millis(0)).unwrap();
        assert!(request.header("Signature").unwrap().starts_with("algorithm=RSA256,keyVersion=2,"));
    }

    #[test]
    fn one_key_serves_several_merchants_and_the_sender_can_be_renamed() {
        let key = Arc::new(merchant_key());
        let first = builder(Protocol::Ams).signing_key(Arc::clone(&key)).build().unwrap();
        let second = builder(Protocol::AlipayPlus).signing_key(Arc::clone(&key)).build().unwrap();
        assert_eq!(Arc::strong_count(&key), 3);
        let renamed = first.clone().with_user_agent(UserAgent::new("Python", "3.13").unwrap());
        let sender = |merchant: &Merchant| {
            merchant
                .sign_request("/a", "{}", Timestamp::from_millis(0))
                .unwrap()
                .header("User-Agent")
                .unwrap()
                .to_owned()
        };
        assert!(sender(&renamed).ends_with(" (Python 3.13)"), "{}", sender(&renamed));
        assert!(sender(&first).contains("(Rust ") && sender(&second).contains("(Rust "));
    }

    #[test]
    fn plain_http_notify_urls_belong_to_the_sandbox() {
        let build = |url: &str, id: &str, allow| {
            Merchant::builder(Gateway::from_setting(Protocol::Ams, url, false).unwrap(), id)
                .signing_key(merchant_key())
                .gateway_keys(gateway_key())
                .allow_http_notify(allow)
                .build()
                .unwrap()
                .allows_http_notify()
        };
        assert!(!build("sea", "T_1", false));
        assert!(build("sea", "T_1", true));
        assert!(build("sea", "SANDBOX_T_1", false));
        assert!(build("http://localhost:1", "T_1", false));
    }

    #[test]
    fn debug_shows_names_and_fingerprints_only() {
        let builder = builder(Protocol::Ams).agent_token("hunter2");
        let mut text = format!("{builder:?}");
        let merchant = builder.build().unwrap();
        text += &format!("{merchant:?}");
        assert!(text.contains(CLIENT_ID) && text.contains("https://open-sea.alipay.com"), "{text}");
        assert!(text.contains(merchant_key().fingerprint()) && text.contains(gateway_key().fingerprint()));
        assert!(!text.contains("hunter2"), "{text}");
    }

    #[test]
    fn a_merchant_is_shared_between_threads() {
        fn shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
        shareable(&merchant(Protocol::Ams));
    }
}
