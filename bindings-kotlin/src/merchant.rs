//! The merchant: signs and verifies.

use std::collections::BTreeMap;
use std::sync::Arc;

use alipay_instore::diagnosis::{Alternatives, Diagnosis};
use alipay_instore::gateway::Gateway;
use alipay_instore::merchant::{self, SandboxSettings};
use alipay_instore::message::{Freshness, UserAgent, explain_answer};
use alipay_instore::signature::{SigningKeys, VerifyingKeys};

use crate::failure::Result;
use crate::keys::{SigningKey, VerifyingKey};
use crate::message::{Acknowledgement, SignedRequest, VerifiedNotification, VerifiedResponse};
use crate::message::{Header, pairs};
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
pub struct Merchant(pub(crate) merchant::Merchant);

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
            signing_keys.into_iter().map(|(version, key)| (version, Arc::clone(&key.0))).collect();
        let verifying = match gateway_key {
            Some(key) => VerifyingKeys::single(key.0.clone()),
            None => VerifyingKeys::by_version(
                gateway_keys_by_version.into_iter().map(|(version, key)| (version, key.0.clone())).collect(),
            )?,
        };
        let mut agent = UserAgent::new("Kotlin", &settings.runtime)?;
        for product in &settings.products {
            agent = agent.with(product)?;
        }
        let usual = Freshness::default();
        let mut builder = merchant::Merchant::builder(gateway, settings.client_id)
            .signing_keys(SigningKeys::by_version(signing, version)?)
            .gateway_keys(verifying)
            .user_agent(agent)
            .freshness(Freshness {
                max_age_ms: settings.max_age.unwrap_or(usual.max_age_ms),
                max_ahead_ms: settings.max_ahead.unwrap_or(usual.max_ahead_ms),
            })
            .allow_http_notify(settings.allow_http_notify);
        if let Some(token) = settings.agent_token {
            builder = builder.agent_token(token);
        }
        if let Some(url) = settings.notify_url {
            builder = builder.notify_url(url);
        }
        Ok(Merchant(builder.build()?))
    }

    /// Reads variables named `ALIPAY_INSTORE_…`, and the files that they name.
    #[uniffi::constructor]
    pub fn from_settings(variables: std::collections::HashMap<String, String>) -> Result<Self> {
        let lookup = |name: &str| variables.get(name).cloned();
        Ok(Merchant(merchant::Merchant::from_settings(lookup, |path| std::fs::read(path))?))
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
        format!("{:?}", self.0)
    }

    /// The path of an operation.
    pub fn path(&self, operation: Operation) -> Result<String> {
        Ok(self.0.path(operation.into())?)
    }

    /// The path of any other API.
    pub fn path_of_call(&self, call: String) -> Result<String> {
        Ok(self.0.path_of_call(&call)?)
    }

    /// Signs a request.
    pub fn sign_request(&self, path: String, body: Vec<u8>, now: i64) -> Result<SignedRequest> {
        Ok(self.0.sign_request(&path, body, now)?.into())
    }

    /// Verifies a response.
    pub fn verify_response(
        &self,
        path: String,
        headers: Vec<Header>,
        body: Vec<u8>,
    ) -> Result<VerifiedResponse> {
        Ok(self.0.verify_response(&path, pairs(&headers), &body)?.into())
    }

    /// The same for an answer whose HTTP status is known, which an error then tells.
    pub fn verify_answer(
        &self,
        path: String,
        status: u16,
        headers: Vec<Header>,
        body: Vec<u8>,
    ) -> Result<VerifiedResponse> {
        let verified = self.0.verify_response(&path, pairs(&headers), &body);
        Ok(verified.map_err(|error| explain_answer(error, status, pairs(&headers), &body))?.into())
    }

    /// Verifies a notification, over the configured notify URL where none is passed.
    pub fn verify_notification(
        &self,
        notify_url: Option<String>,
        headers: Vec<Header>,
        body: Vec<u8>,
        now: i64,
    ) -> Result<VerifiedNotification> {
        Ok(self.0.verify_notification(notify_url.as_deref(), pairs(&headers), &body, now)?.into())
    }

    /// Says why a notification does not verify.
    pub fn explain_notification(
        &self,
        notify_url: Option<String>,
        headers: Vec<Header>,
        body: Vec<u8>,
        seen: SeenElsewhere,
    ) -> Explained {
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
    ) -> Explained {
        seen.explain(|seen| self.0.explain_response(&path, pairs(&headers), &body, seen))
    }

    /// Acknowledges a notification.
    pub fn acknowledge(&self, path: String, now: i64, signed: bool) -> Result<Acknowledgement> {
        Ok(self.0.acknowledge(&path, now, signed)?.into())
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

/// What was found about a message that does not verify.
#[derive(uniffi::Record)]
pub struct Explained {
    /// As JSON.
    pub json: String,
    /// In words, a sentence a line.
    pub text: String,
}

impl SeenElsewhere {
    fn explain(&self, explain: impl FnOnce(Alternatives<'_>) -> Diagnosis) -> Explained {
        let [paths, client_ids, times] = [&self.paths, &self.client_ids, &self.times]
            .map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
        let keys: Vec<_> = self.keys.iter().map(|named| (named.name.as_str(), &named.key.0)).collect();
        let found =
            explain(Alternatives { paths: &paths, client_ids: &client_ids, times: &times, keys: &keys });
        Explained { json: found.to_json().to_string(), text: found.to_string() }
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
        Arc::new(Merchant(self.0.merchant.clone()))
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
        self.0.clock_origin_ms
    }
}

/// Several merchants behind one notify URL.
#[derive(uniffi::Object)]
pub struct Merchants(merchant::Merchants);

/// A verified notification and whose it is.
#[derive(uniffi::Record)]
pub struct RoutedNotification {
    /// The merchant's client id.
    pub client_id: String,
    /// The merchant's protocol.
    pub protocol: Protocol,
    /// The notification.
    pub notification: VerifiedNotification,
}

#[uniffi::export]
impl Merchants {
    /// Takes the merchants.
    #[uniffi::constructor]
    pub fn new(merchants: Vec<Arc<Merchant>>) -> Result<Self> {
        Ok(Merchants(merchant::Merchants::new(merchants.iter().map(|merchant| merchant.0.clone()))?))
    }

    /// Verifies a notification for the merchant that it names.
    pub fn verify_notification(
        &self,
        notify_url: Option<String>,
        headers: Vec<Header>,
        body: Vec<u8>,
        now: i64,
    ) -> Result<RoutedNotification> {
        let (merchant, notification) =
            self.0.verify_notification(notify_url.as_deref(), pairs(&headers), &body, now)?;
        Ok(RoutedNotification {
            client_id: merchant.client_id().to_owned(),
            protocol: merchant.protocol().into(),
            notification: notification.into(),
        })
    }
}
