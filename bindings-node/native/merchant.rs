//! Merchants: what they are made of, and what they verify and answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use alipay_instore::Timestamp;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::{Gateway, Protocol};
use alipay_instore::keys;
use alipay_instore::merchant;
use alipay_instore::merchant::{VerifiedNotification, VerifiedResponse};
use alipay_instore::message::{Freshness, UserAgent};
use alipay_instore::signature::{SigningKeys, VerifyingKeys};
use napi::bindgen_prelude::Buffer;
use napi_derive::napi;

use crate::failure::{now_or, raise};
use crate::keys::{SigningKey, VerifyingKey};
use crate::message;

#[napi(object, object_to_js = false)]
pub struct MerchantInput {
    pub protocol: String,
    pub client_id: String,
    pub gateway: String,
    pub key_version: Option<u32>,
    pub agent_token: Option<String>,
    pub max_age_ms: Option<i64>,
    pub max_ahead_ms: Option<i64>,
    pub allow_http_gateway: Option<bool>,
    pub allow_http_notify: Option<bool>,
    pub notify_url: Option<String>,
    pub node_version: String,
    pub products: Vec<String>,
}

#[napi(object)]
pub struct Header {
    pub name: String,
    pub value: String,
}

#[napi(object, object_from_js = false)]
pub struct SignedRequest {
    pub url: String,
    pub path: String,
    pub headers: Vec<Header>,
    pub body: Buffer,
}

#[napi(object, object_from_js = false)]
pub struct Response {
    pub body: String,
    pub key_version: Option<u32>,
    pub time: String,
    pub signed_at: Option<i64>,
    pub text_replaced: bool,
    pub tracer_id: Option<String>,
}

#[napi(object, object_from_js = false)]
pub struct Acknowledgement {
    pub status: u16,
    pub headers: Vec<Header>,
    pub body: Buffer,
}

/// A notification that was verified; only verifying makes one.
#[napi]
pub struct Notification(pub(crate) VerifiedNotification);

/// Keys by version, collected before a merchant is made of them.
#[napi]
#[derive(Default)]
pub struct KeyRing {
    signing: BTreeMap<u32, Arc<keys::SigningKey>>,
    gateway: BTreeMap<u32, keys::VerifyingKey>,
    /// The one gateway key that has no version.
    gateway_key: Option<keys::VerifyingKey>,
}

#[napi]
impl KeyRing {
    #[napi(constructor, catch_unwind)]
    #[allow(clippy::new_without_default, reason = "the constructor of a class in JavaScript")]
    pub fn new() -> Self {
        KeyRing::default()
    }

    #[napi(catch_unwind)]
    pub fn add_signing_key(&mut self, version: u32, key: &SigningKey) {
        self.signing.insert(version, Arc::clone(&key.0));
    }

    #[napi(catch_unwind)]
    pub fn add_gateway_key(&mut self, version: Option<u32>, key: &VerifyingKey) {
        match version {
            Some(version) => drop(self.gateway.insert(version, key.0.clone())),
            None => self.gateway_key = Some(key.0.clone()),
        }
    }
}

#[napi]
pub struct Merchant(pub(crate) merchant::Merchant);

#[napi]
impl Merchant {
    #[napi(factory, catch_unwind)]
    pub fn build(input: MerchantInput, keys: &KeyRing) -> napi::Result<Merchant> {
        build(input, keys).map(Merchant).map_err(raise)
    }

    #[napi(factory, catch_unwind)]
    pub fn from_env(node_version: String) -> napi::Result<Merchant> {
        merchant::Merchant::from_env()
            .and_then(|merchant| named(merchant, &node_version))
            .map(Merchant)
            .map_err(raise)
    }

    #[napi(factory, catch_unwind)]
    pub fn from_file(path: String, protocol: String, node_version: String) -> napi::Result<Merchant> {
        let read = || {
            let protocol: Protocol = protocol.parse()?;
            named(merchant::Merchant::from_file(&path, protocol)?, &node_version)
        };
        read().map(Merchant).map_err(raise)
    }

    #[napi(getter, catch_unwind)]
    pub fn client_id(&self) -> String {
        self.0.client_id().to_owned()
    }

    #[napi(getter, catch_unwind)]
    pub fn protocol(&self) -> String {
        self.0.protocol().as_str().to_owned()
    }

    #[napi(getter, catch_unwind)]
    pub fn gateway(&self) -> String {
        self.0.gateway().base_url().to_owned()
    }

    #[napi(getter, catch_unwind)]
    pub fn key_version(&self) -> u32 {
        self.0.key_version()
    }

    #[napi(getter, catch_unwind)]
    pub fn user_agent(&self) -> String {
        self.0.user_agent().to_string()
    }

    #[napi(getter, catch_unwind)]
    pub fn notify_url(&self) -> Option<String> {
        self.0.notify_url().map(|url| url.as_str().to_owned())
    }

    #[napi(getter, catch_unwind)]
    pub fn is_sandbox(&self) -> bool {
        self.0.is_sandbox()
    }

    #[napi(catch_unwind)]
    pub fn path(&self, operation: String) -> napi::Result<String> {
        operation.parse::<Operation>().and_then(|operation| self.0.path(operation)).map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn path_of_call(&self, call: String) -> napi::Result<String> {
        self.0.path_of_call(&call).map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn sign_request(&self, path: String, body: &[u8], now: Option<i64>) -> napi::Result<SignedRequest> {
        let signed = self.0.sign_request(&path, body, now_or(now)).map_err(raise)?;
        Ok(SignedRequest {
            url: signed.url,
            path: signed.path,
            headers: listed(signed.headers),
            body: signed.body.into(),
        })
    }

    #[napi(catch_unwind)]
    pub fn verify_response(&self, path: String, headers: Vec<Header>, body: &[u8]) -> napi::Result<Response> {
        self.0.verify_response(&path, pairs(&headers), body).map(Response::from).map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn verify_notification(
        &self,
        notify_url: Option<String>,
        headers: Vec<Header>,
        body: &[u8],
        now: Option<i64>,
    ) -> napi::Result<Notification> {
        self.0
            .verify_notification(notify_url.as_deref(), pairs(&headers), body, now_or(now))
            .map(Notification)
            .map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn acknowledge(
        &self,
        notification: &Notification,
        now: Option<i64>,
        signed: bool,
    ) -> napi::Result<Acknowledgement> {
        self.0
            .acknowledge(&notification.0.path, now_or(now), signed)
            .map(Acknowledgement::from)
            .map_err(raise)
    }
}

/// The refusal that belongs to an error of this code.
#[napi(catch_unwind)]
pub fn refuse_notification(code: String) -> Acknowledgement {
    let known = ErrorCode::ALL.iter().find(|known| known.as_str() == code);
    let error = Error::new(known.copied().unwrap_or(ErrorCode::StoreFailed), "");
    merchant::Acknowledgement::refuse(&error).into()
}

#[napi]
pub struct Merchants(merchant::Merchants);

#[napi]
impl Merchants {
    #[napi(factory, catch_unwind)]
    pub fn of(merchants: Vec<&Merchant>) -> napi::Result<Merchants> {
        merchant::Merchants::new(merchants.into_iter().map(|merchant| merchant.0.clone()))
            .map(Merchants)
            .map_err(raise)
    }

    /// The place of the merchant in the list, and the notification.
    #[napi(catch_unwind)]
    pub fn verify_notification(
        &self,
        notify_url: Option<String>,
        headers: Vec<Header>,
        body: &[u8],
        now: Option<i64>,
    ) -> napi::Result<(u32, Notification)> {
        let (found, notification) = self
            .0
            .verify_notification(notify_url.as_deref(), pairs(&headers), body, now_or(now))
            .map_err(raise)?;
        let same = |other: &merchant::Merchant| {
            (other.client_id(), other.protocol()) == (found.client_id(), found.protocol())
        };
        let place = self.0.iter().position(same).and_then(|place| u32::try_from(place).ok());
        Ok((place.unwrap_or_default(), Notification(notification)))
    }
}

#[napi]
impl Notification {
    /// The body as JSON.
    #[napi(getter, catch_unwind)]
    pub fn body(&self) -> String {
        self.0.body.to_string()
    }

    /// The same with what is not documented under `extra`.
    #[napi(getter, catch_unwind)]
    pub fn message(&self) -> String {
        message::notification(&self.0)
    }

    #[napi(getter, catch_unwind)]
    pub fn kind(&self) -> String {
        self.0.kind.as_str().to_owned()
    }

    #[napi(getter, catch_unwind)]
    pub fn payment_request_id(&self) -> Option<String> {
        self.0.payment_request_id.clone()
    }

    #[napi(getter, catch_unwind)]
    pub fn refund_request_id(&self) -> Option<String> {
        self.0.refund_request_id.clone()
    }

    #[napi(getter, catch_unwind)]
    pub fn path(&self) -> String {
        self.0.path.clone()
    }

    #[napi(getter, catch_unwind)]
    pub fn signed_with_query(&self) -> bool {
        self.0.signed_with_query
    }

    #[napi(getter, catch_unwind)]
    pub fn text_replaced(&self) -> bool {
        self.0.text_replaced
    }

    #[napi(getter, catch_unwind)]
    pub fn key_version(&self) -> Option<u32> {
        self.0.key_version
    }

    #[napi(getter, catch_unwind)]
    pub fn sent_at(&self) -> i64 {
        self.0.sent_at.as_millis()
    }

    #[napi(getter, catch_unwind)]
    pub fn tracer_id(&self) -> Option<String> {
        self.0.tracer_id.clone()
    }
}

fn build(input: MerchantInput, keys: &KeyRing) -> Result<merchant::Merchant> {
    let protocol: Protocol = input.protocol.parse()?;
    let allow_http = input.allow_http_gateway.unwrap_or(false);
    let gateway = Gateway::from_setting(protocol, &input.gateway, allow_http)?;
    let mut agent = UserAgent::new("Node.js", &input.node_version)?;
    for product in &input.products {
        agent = agent.with(product)?;
    }
    let mut builder = merchant::Merchant::builder(gateway, input.client_id)
        .user_agent(agent)
        .freshness(Freshness::from_millis(input.max_age_ms, input.max_ahead_ms)?)
        .allow_http_notify(input.allow_http_notify.unwrap_or(false));
    if !keys.signing.is_empty() {
        let current = input.key_version.unwrap_or(protocol.default_key_version());
        builder = builder.signing_keys(SigningKeys::by_version(keys.signing.clone(), current)?);
    }
    if let Some(key) = &keys.gateway_key {
        builder = builder.gateway_keys(VerifyingKeys::single(key.clone()));
    } else if !keys.gateway.is_empty() {
        builder = builder.gateway_keys(VerifyingKeys::by_version(keys.gateway.clone())?);
    }
    if let Some(token) = input.agent_token {
        builder = builder.agent_token(token);
    }
    if let Some(url) = input.notify_url {
        builder = builder.notify_url(url);
    }
    builder.build()
}

pub(crate) fn named(merchant: merchant::Merchant, node_version: &str) -> Result<merchant::Merchant> {
    Ok(merchant.with_user_agent(UserAgent::new("Node.js", node_version)?))
}

pub(crate) fn pairs(headers: &[Header]) -> impl Iterator<Item = (&str, &str)> {
    headers.iter().map(|header| (header.name.as_str(), header.value.as_str()))
}

fn listed(headers: Vec<(&'static str, String)>) -> Vec<Header> {
    headers.into_iter().map(|(name, value)| Header { name: name.to_owned(), value }).collect()
}

impl From<VerifiedResponse> for Response {
    fn from(response: VerifiedResponse) -> Self {
        Response {
            body: response.body.to_string(),
            key_version: response.key_version,
            time: response.time,
            signed_at: response.signed_at.map(Timestamp::as_millis),
            text_replaced: response.text_replaced,
            tracer_id: response.tracer_id,
        }
    }
}

impl From<merchant::Acknowledgement> for Acknowledgement {
    fn from(answer: merchant::Acknowledgement) -> Self {
        Acknowledgement {
            status: answer.status,
            headers: listed(answer.headers),
            body: answer.body.to_vec().into(),
        }
    }
}
