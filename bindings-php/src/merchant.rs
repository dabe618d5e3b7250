//! Merchants: signing and verifying messages.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use alipay_instore::Timestamp;
use alipay_instore::diagnosis::{Alternatives, Diagnosis};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::gateway::{Gateway, Operation, Protocol};
use alipay_instore::json::{Json, Object};
use alipay_instore::merchant::{self, Acknowledgement, SandboxSettings, VerifiedNotification};
use alipay_instore::message::{Freshness, NotifyUrl, UserAgent};
use alipay_instore::signature::{SigningKeys, VerifyingKeys};
use ext_php_rs::binary::Binary;
use ext_php_rs::binary_slice::BinarySlice;
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;

use crate::error::{OrRaise as _, guard};
use crate::keys::{SigningKey, VerifyingKey};
use crate::results;

/// One merchant at one gateway.
#[php_class]
#[php(name = "AlipayInstore\\Native\\Merchant", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct Merchant {
    pub(crate) merchant: merchant::Merchant,
    /// Tells merchants apart that are not set up the same.
    pub(crate) identity: String,
}

impl Merchant {
    fn new(merchant: merchant::Merchant, settings: &str) -> Self {
        let identity = format!("{merchant:?} {settings}");
        Merchant { merchant, identity }
    }
}

/// A notification that was verified. There is no way to make one but to verify it.
#[php_class]
#[php(name = "AlipayInstore\\Native\\Notification", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct Notification(pub(crate) VerifiedNotification);

#[php_impl]
impl Notification {
    /// What it says, as JSON.
    pub fn standing(&self) -> PhpResult<String> {
        guard(|| Ok(results::notification(&self.0).to_string()))
    }
}

fn user_agent(php: &str, product: Option<&str>) -> Result<UserAgent> {
    let agent = UserAgent::new("PHP", php)?;
    product.map_or(Ok(agent.clone()), |product| agent.with(product))
}

fn whole(settings: &Object, name: &str) -> Option<i64> {
    settings.text(name).and_then(|text| text.parse().ok())
}

fn built(
    settings: &Object,
    signing: &HashMap<String, &SigningKey>,
    verifying: &HashMap<String, &VerifyingKey>,
) -> Result<merchant::Merchant> {
    let text = |name: &str| settings.text(name).map(std::borrow::Cow::into_owned);
    let flag = |name: &str| matches!(settings.get(name), Some(Json::Bool(true)));
    let missing =
        |name: &'static str| Error::new(ErrorCode::ConfigMissing, "a setting is missing").with_path(name);
    let needed = |name: &'static str| text(name).ok_or_else(|| missing(name));
    let protocol: Protocol = needed("protocol")?.parse()?;
    let gateway = Gateway::from_setting(protocol, &needed("gateway")?, flag("allow_http_gateway"))?;
    let stated = whole(settings, "key_version").and_then(|version| u32::try_from(version).ok());
    let current = stated.unwrap_or(protocol.default_key_version());
    let signing_keys = match signing.get("") {
        Some(key) => SigningKeys::single(current, Arc::clone(&key.0)),
        None => SigningKeys::by_version(versions(signing, |key| Arc::clone(&key.0)), current)?,
    };
    let gateway_keys = match verifying.get("") {
        Some(key) => VerifyingKeys::single(key.0.clone()),
        None => VerifyingKeys::by_version(versions(verifying, |key| key.0.clone()))?,
    };
    let mut builder = merchant::Merchant::builder(gateway, &needed("client_id")?)
        .signing_keys(signing_keys)
        .gateway_keys(gateway_keys)
        .user_agent(user_agent(&needed("php")?, text("user_agent").as_deref())?)
        .freshness(Freshness::from_millis(whole(settings, "max_age_ms"), whole(settings, "max_ahead_ms"))?)
        .allow_http_notify(flag("allow_http_notify"));
    if let Some(url) = text("notify_url") {
        builder = builder.notify_url(url);
    }
    if let Some(token) = text("agent_token") {
        builder = builder.agent_token(token);
    }
    builder.build()
}

/// Headers as PHP passes them: name, value, name, value.
pub(crate) fn pairs(flat: &[String]) -> Vec<(&str, &str)> {
    flat.chunks_exact(2)
        .filter_map(|pair| match pair {
            [name, value] => Some((name.as_str(), value.as_str())),
            _ => None,
        })
        .collect()
}

/// What was found, as JSON. What else a message may have been signed with are texts as JSON, and keys by a name.
fn explained(
    seen: &str,
    keys: &[(String, &VerifyingKey)],
    explain: impl FnOnce(Alternatives<'_>) -> Diagnosis,
) -> Result<String> {
    let seen = Object::parse(seen.as_bytes())?;
    let listed = |name: &str| -> Vec<String> {
        let list = seen.get(name).and_then(Json::as_array).unwrap_or_default();
        list.iter().filter_map(Json::scalar).map(std::borrow::Cow::into_owned).collect()
    };
    let owned = ["paths", "client_ids", "times"].map(listed);
    let [paths, client_ids, times] =
        owned.each_ref().map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
    let keys: Vec<_> = keys.iter().map(|(name, key)| (name.as_str(), &key.0)).collect();
    let seen = Alternatives { paths: &paths, client_ids: &client_ids, times: &times, keys: &keys };
    Ok(explain(seen).to_json().to_string())
}

/// Keys by version; PHP gives the numbers of an array as texts here.
fn versions<K, V>(keys: &HashMap<String, &K>, value: impl Fn(&K) -> V) -> BTreeMap<u32, V> {
    keys.iter().filter_map(|(version, key)| Some((version.parse().ok()?, value(key)))).collect()
}

#[php_impl]
impl Merchant {
    /// A merchant of settings, which are JSON, and keys by version; a key under the empty text is the only one.
    pub fn of(
        settings: &str,
        signing: HashMap<String, &SigningKey>,
        verifying: HashMap<String, &VerifyingKey>,
    ) -> PhpResult<Self> {
        guard(|| {
            let read = Object::parse(settings.as_bytes()).or_raise()?;
            Ok(Merchant::new(built(&read, &signing, &verifying).or_raise()?, settings))
        })
    }

    /// A merchant of variables named `ALIPAY_INSTORE_…`.
    pub fn from_env(variables: HashMap<String, String>, php: &str) -> PhpResult<Self> {
        guard(|| {
            let read = |path: &str| std::fs::read(path);
            let made =
                merchant::Merchant::from_settings(|name| variables.get(name).cloned(), read).or_raise()?;
            // The variables may hold keys, of which the merchant itself shows no more than fingerprints.
            Ok(Merchant::new(made.with_user_agent(user_agent(php, None).or_raise()?), "environment"))
        })
    }

    /// The merchant of a `sandbox.json`.
    pub fn from_file(path: String, protocol: &str, php: &str) -> PhpResult<Self> {
        guard(|| {
            let settings = SandboxSettings::from_file(path, protocol.parse().or_raise()?).or_raise()?;
            Ok(Merchant::new(settings.merchant.with_user_agent(user_agent(php, None).or_raise()?), "file"))
        })
    }

    /// What can be told of it, as JSON.
    pub fn standing(&self) -> PhpResult<String> {
        guard(|| {
            let merchant = &self.merchant;
            let standing = Object::new()
                .with("protocol", merchant.protocol().as_str())
                .with("client_id", merchant.client_id())
                .with("key_version", Json::Number(merchant.key_version().to_string()))
                .with("gateway", merchant.gateway().base_url())
                .with("is_sandbox", Json::Bool(merchant.is_sandbox()))
                .with(
                    "notify_url",
                    merchant.notify_url().map(NotifyUrl::as_str).map_or(Json::Null, Json::from),
                )
                .with("api_prefix", merchant.gateway().api_prefix(merchant.client_id()));
            Ok(standing.to_string())
        })
    }

    /// The path of an operation.
    pub fn path(&self, operation: &str) -> PhpResult<String> {
        guard(|| {
            let operation: Operation = operation.parse().or_raise()?;
            self.merchant.path(operation).or_raise()
        })
    }

    /// URL, path and headers as JSON, and the body that was signed.
    pub fn sign_request(&self, path: &str, body: BinarySlice<u8>, now: i64) -> PhpResult<Vec<Binary<u8>>> {
        guard(|| {
            let path = self.merchant.path_of_call(path).or_raise()?;
            let request =
                self.merchant.sign_request(&path, body.to_vec(), Timestamp::from_millis(now)).or_raise()?;
            let head = Object::new()
                .with("url", request.url)
                .with("path", request.path)
                .with("headers", results::headers(request.headers));
            Ok(vec![Binary::from(head.to_string().into_bytes()), Binary::from(request.body)])
        })
    }

    /// Verifies the response to a request of this path; what it says is JSON.
    pub fn verify_response(
        &self,
        path: &str,
        headers: Vec<String>,
        body: BinarySlice<u8>,
    ) -> PhpResult<String> {
        guard(|| {
            let response = self.merchant.verify_response(path, pairs(&headers), &body).or_raise()?;
            Ok(results::exact_object(&response.to_json()).to_string())
        })
    }

    /// Verifies a notification.
    pub fn verify_notification(
        &self,
        notify_url: Option<&str>,
        headers: Vec<String>,
        body: BinarySlice<u8>,
        now: i64,
    ) -> PhpResult<Notification> {
        guard(|| {
            let verified = self.merchant.verify_notification(
                notify_url,
                pairs(&headers),
                &body,
                Timestamp::from_millis(now),
            );
            verified.or_raise().map(Notification)
        })
    }

    /// What was found about a notification: as JSON.
    pub fn explain_notification(
        &self,
        notify_url: Option<&str>,
        headers: Vec<String>,
        body: BinarySlice<u8>,
        seen: &str,
        keys: Vec<(String, &VerifyingKey)>,
    ) -> PhpResult<String> {
        guard(|| {
            let explain = |others: Alternatives<'_>| {
                self.merchant.explain_notification(notify_url, pairs(&headers), &body, others)
            };
            explained(seen, &keys, explain).or_raise()
        })
    }

    /// What was found about a response: as JSON.
    pub fn explain_response(
        &self,
        path: &str,
        headers: Vec<String>,
        body: BinarySlice<u8>,
        seen: &str,
        keys: Vec<(String, &VerifyingKey)>,
    ) -> PhpResult<String> {
        guard(|| {
            let explain = |others: Alternatives<'_>| {
                self.merchant.explain_response(path, pairs(&headers), &body, others)
            };
            explained(seen, &keys, explain).or_raise()
        })
    }

    /// The answer to a notification that was verified and stored, as JSON.
    pub fn acknowledge(&self, notification: &Notification, now: i64, signed: bool) -> PhpResult<String> {
        guard(|| {
            let answer = self
                .merchant
                .acknowledge(&notification.0.path, Timestamp::from_millis(now), signed)
                .or_raise()?;
            Ok(answer.to_json().to_string())
        })
    }
}

/// What to answer to a notification that could not be verified or stored, as JSON.
#[php_function]
#[php(name = "AlipayInstore\\Native\\refuse")]
pub fn refuse(code: &str) -> PhpResult<String> {
    guard(|| {
        let known = ErrorCode::ALL.iter().copied().find(|known| known.as_str() == code);
        let error = Error::new(known.unwrap_or(ErrorCode::InternalPanic), "");
        Ok(Acknowledgement::refuse(&error).to_json().to_string())
    })
}

/// Registers the functions of this file.
pub(crate) fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module.function(wrap_function!(refuse))
}
