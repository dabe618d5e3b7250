//! The merchant: signs and verifies.

use std::collections::BTreeMap;
use std::sync::Arc;

use alipay_instore::Timestamp;
use alipay_instore::diagnosis::{Alternatives, Diagnosis};
use alipay_instore::gateway::Gateway;
use alipay_instore::keys;
use alipay_instore::merchant::{self, SandboxSettings};
use alipay_instore::message::{Freshness, UserAgent, explain_answer};
use alipay_instore::signature::{SigningKeys, VerifyingKeys};

use crate::failure::Result;
use crate::flat::{Answer, Input, Numbered, Outcome, Put as _};
use crate::keys::{SigningKey, VerifyingKey};
use crate::message::{Header, Headers, pairs};
use crate::mirror::{Operation, Protocol};

/// Everything of a merchant but its keys.
#[derive(uniffi::Record)]
pub struct MerchantSettings {
    /// The protocol of the gateway.
    pub protocol: Protocol,
    /// The name of a region, or a URL.
    pub gateway: String,
    /// Whether the gateway may be reached by plain http on another machine.
    pub allow_http_gateway: bool,
    /// The client id.
    pub client_id: String,
    /// The version of the key that signs; that of the protocol's samples if absent.
    pub key_version: Option<u32>,
    /// The token of a service provider.
    pub agent_token: Option<String>,
    /// The version of the language's runtime.
    pub runtime: String,
    /// Products of the host for the User-Agent.
    pub products: Vec<String>,
    /// How old a notification may be, in milliseconds.
    pub max_age: Option<i64>,
    /// How far a notification's time may lie ahead.
    pub max_ahead: Option<i64>,
    /// Whether a request may name a notify URL of plain http.
    pub allow_http_notify: bool,
    /// Where the gateway posts notifications.
    pub notify_url: Option<String>,
}

/// A merchant at a gateway.
#[derive(uniffi::Object)]
pub struct Merchant(pub(crate) Numbered<merchant::Merchant>);

#[uniffi::export]
impl Merchant {
    /// Checks the settings. `gateway_keys_by_version` counts where `gateway_key` is absent.
    #[uniffi::constructor]
    pub fn new(
        settings: MerchantSettings,
        signing_keys: std::collections::HashMap<u32, Arc<SigningKey>>,
        gateway_key: Option<Arc<VerifyingKey>>,
        gateway_keys_by_version: std::collections::HashMap<u32, Arc<VerifyingKey>>,
    ) -> Result<Self> {
        let protocol = settings.protocol.into();
        let gateway = Gateway::from_setting(protocol, &settings.gateway, settings.allow_http_gateway)?;
        let version = settings.key_version.unwrap_or(protocol.default_key_version());
        let signing: BTreeMap<_, _> =
            signing_keys.into_iter().map(|(version, key)| (version, key.0.share())).collect();
        let verifying = match gateway_key {
            Some(key) => VerifyingKeys::single(keys::VerifyingKey::clone(&key.0)),
            None => VerifyingKeys::by_version(
                gateway_keys_by_version
                    .into_iter()
                    .map(|(version, key)| (version, keys::VerifyingKey::clone(&key.0)))
                    .collect(),
            )?,
        };
        let mut agent = UserAgent::new("Kotlin", &settings.runtime)?;
        for product in &settings.products {
            agent = agent.with(product)?;
        }
        let mut builder = merchant::Merchant::builder(gateway, settings.client_id)
            .signing_keys(SigningKeys::by_version(signing, version)?)
            .gateway_keys(verifying)
            .user_agent(agent)
            .freshness(Freshness::from_millis(settings.max_age, settings.max_ahead)?)
            .allow_http_notify(settings.allow_http_notify);
        if let Some(token) = settings.agent_token {
            builder = builder.agent_token(token);
        }
        if let Some(url) = settings.notify_url {
            builder = builder.notify_url(url);
        }
        Ok(Merchant(Numbered::new(builder.build()?)))
    }

    /// Reads variables named `ALIPAY_INSTORE_…`, and the files that they name.
    #[uniffi::constructor]
    pub fn from_settings(variables: std::collections::HashMap<String, String>) -> Result<Self> {
        let lookup = |name: &str| variables.get(name).cloned();
        let merchant = merchant::Merchant::from_settings(lookup, |path| std::fs::read(path))?;
        Ok(Merchant(Numbered::new(merchant)))
    }

    /// The number by which flat calls name it.
    pub fn number(&self) -> i64 {
        self.0.number()
    }

    /// Its protocol.
    pub fn protocol(&self) -> Protocol {
        self.0.protocol().into()
    }

    /// Its client id.
    pub fn client_id(&self) -> String {
        self.0.client_id().to_owned()
    }

    /// The gateway's base URL.
    pub fn base_url(&self) -> String {
        self.0.gateway().base_url().to_owned()
    }

    /// The path that the APIs lie below.
    pub fn api_prefix(&self) -> String {
        self.0.gateway().api_prefix(self.0.client_id())
    }

    /// The version of the key that signs.
    pub fn key_version(&self) -> u32 {
        self.0.key_version()
    }

    /// Whether it plays.
    pub fn is_sandbox(&self) -> bool {
        self.0.is_sandbox()
    }

    /// Whether a request may name a notify URL of plain http.
    pub fn allows_http_notify(&self) -> bool {
        self.0.allows_http_notify()
    }

    /// Where the gateway posts notifications.
    pub fn notify_url(&self) -> Option<String> {
        self.0.notify_url().map(|url| url.as_str().to_owned())
    }

    /// The client id, the gateway and the fingerprints of the keys.
    pub fn describe(&self) -> String {
        format!("{:?}", *self.0)
    }

    /// The path of an operation.
    pub fn path(&self, operation: Operation) -> Result<String> {
        Ok(self.0.path(operation.into())?)
    }

    /// The path of any other API.
    pub fn path_of_call(&self, call: String) -> Result<String> {
        Ok(self.0.path_of_call(&call)?)
    }

    /// Says why a notification does not verify.
    pub fn explain_notification(
        &self,
        notify_url: Option<String>,
        headers: Vec<Header>,
        body: Vec<u8>,
        seen: SeenElsewhere,
    ) -> String {
        let notify_url = notify_url.as_deref();
        seen.explain(|seen| self.0.explain_notification(notify_url, pairs(&headers), &body, seen))
    }

    /// Says why a response does not verify.
    pub fn explain_response(
        &self,
        path: String,
        headers: Vec<Header>,
        body: Vec<u8>,
        seen: SeenElsewhere,
    ) -> String {
        seen.explain(|seen| self.0.explain_response(&path, pairs(&headers), &body, seen))
    }
}

/// Other values that a message may have been signed with, and other keys.
#[derive(uniffi::Record)]
pub struct SeenElsewhere {
    /// Paths.
    pub paths: Vec<String>,
    /// Client ids.
    pub client_ids: Vec<String>,
    /// Texts of the time header.
    pub times: Vec<String>,
    /// Keys.
    pub keys: Vec<NamedKey>,
}

/// A key with a name for it.
#[derive(uniffi::Record)]
pub struct NamedKey {
    /// The name.
    pub name: String,
    /// The key.
    pub key: Arc<VerifyingKey>,
}

impl SeenElsewhere {
    /// What was found, as JSON.
    fn explain(&self, explain: impl FnOnce(Alternatives<'_>) -> Diagnosis) -> String {
        let [paths, client_ids, times] = [&self.paths, &self.client_ids, &self.times]
            .map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
        let keys: Vec<_> = self.keys.iter().map(|named| (named.name.as_str(), &*named.key.0)).collect();
        let seen = Alternatives { paths: &paths, client_ids: &client_ids, times: &times, keys: &keys };
        explain(seen).to_json().to_string()
    }
}

/// What a sandbox says about itself.
#[derive(uniffi::Object)]
pub struct Sandbox(SandboxSettings);

#[uniffi::export]
impl Sandbox {
    /// Reads the text of a `sandbox.json`; `folder` holds the files that it names.
    #[uniffi::constructor]
    pub fn read(text: Vec<u8>, folder: String, protocol: Protocol) -> Result<Self> {
        let folder = std::path::PathBuf::from(folder);
        let beside = |name: &str| std::fs::read(folder.join(name));
        Ok(Sandbox(SandboxSettings::from_json(&text, protocol.into(), beside)?))
    }

    /// The sandbox's merchant.
    pub fn merchant(&self) -> Arc<Merchant> {
        Arc::new(Merchant(Numbered::new(self.0.merchant.clone())))
    }

    /// The certificate authority of its TLS.
    pub fn ca_pem(&self) -> Option<Vec<u8>> {
        self.0.ca_pem.clone()
    }

    /// How many times faster its clock runs.
    pub fn speed(&self) -> u32 {
        self.0.speed
    }

    /// When its clock started.
    pub fn clock_origin(&self) -> Option<i64> {
        self.0.clock_origin.map(Timestamp::as_millis)
    }
}

/// Several merchants behind one notify URL.
#[derive(uniffi::Object)]
pub struct Merchants(Numbered<merchant::Merchants>);

#[uniffi::export]
impl Merchants {
    /// Takes the merchants.
    #[uniffi::constructor]
    pub fn new(merchants: Vec<Arc<Merchant>>) -> Result<Self> {
        let each = merchants.iter().map(|merchant| merchant::Merchant::clone(&merchant.0));
        Ok(Merchants(Numbered::new(merchant::Merchants::new(each)?)))
    }

    /// The number by which flat calls name them.
    pub fn number(&self) -> i64 {
        self.0.number()
    }
}

/// Signs a request.
pub(crate) fn sign_request(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let merchant = Numbered::<merchant::Merchant>::find(object)?;
    let (path, body, now) = input.all::<(&str, &[u8], _)>()?;
    merchant.sign_request(path, body, now)?.put(answer);
    Ok(())
}

/// Verifies a response.
pub(crate) fn verify_response(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let merchant = Numbered::<merchant::Merchant>::find(object)?;
    let (path, headers, body) = input.all::<(&str, Headers<'_>, &[u8])>()?;
    merchant.verify_response(path, headers.pairs(), body)?.put(answer);
    Ok(())
}

/// The same for an answer whose HTTP status is known, which an error then tells.
pub(crate) fn verify_answer(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let merchant = Numbered::<merchant::Merchant>::find(object)?;
    let (path, status, headers, body) = input.all::<(&str, _, Headers<'_>, &[u8])>()?;
    let verified = merchant.verify_response(path, headers.pairs(), body);
    verified.map_err(|error| explain_answer(error, status, headers.pairs(), body))?.put(answer);
    Ok(())
}

/// Verifies a notification, over the configured notify URL where none is passed.
pub(crate) fn verify_notification(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let merchant = Numbered::<merchant::Merchant>::find(object)?;
    let (notify_url, headers, body, now) = input.all::<(Option<&str>, Headers<'_>, &[u8], _)>()?;
    merchant.verify_notification(notify_url, headers.pairs(), body, now)?.put(answer);
    Ok(())
}

/// Verifies a notification for the merchant that it names: the client id, the protocol, and the notification.
pub(crate) fn verify_routed(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let merchants = Numbered::<merchant::Merchants>::find(object)?;
    let (notify_url, headers, body, now) = input.all::<(Option<&str>, Headers<'_>, &[u8], _)>()?;
    let (merchant, notification) = merchants.verify_notification(notify_url, headers.pairs(), body, now)?;
    merchant.client_id().put(answer);
    merchant.protocol().put(answer);
    notification.put(answer);
    Ok(())
}

/// Acknowledges a notification.
pub(crate) fn acknowledge(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let merchant = Numbered::<merchant::Merchant>::find(object)?;
    let (path, now, signed) = input.all::<(&str, _, _)>()?;
    merchant.acknowledge(path, now, signed)?.put(answer);
    Ok(())
}
