//! What a verified message says, and why one does not verify.

use alipay_instore::diagnosis::{Alternatives, Diagnosis};
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::keys;
use alipay_instore::reply;
use napi_derive::napi;

use crate::failure::raise;
use crate::keys::VerifyingKey;
use crate::merchant::{Header, Merchant, pairs};

/// The reading as JSON; `ours` is JSON too.
#[napi(catch_unwind)]
pub fn read_verified(protocol: String, operation: String, body: &[u8], ours: String) -> napi::Result<String> {
    read(&protocol, &operation, body, &ours).map_err(raise)
}

fn read(protocol: &str, operation: &str, body: &[u8], ours: &str) -> Result<String> {
    let (protocol, operation): (Protocol, Operation) = (protocol.parse()?, operation.parse()?);
    let ours = reply::Ours::from_json(ours)?;
    reply::read_verified(protocol, operation, body, &ours).map(|reading| reading.to_string())
}

/// Other values that the caller holds possible.
#[napi(object, object_to_js = false)]
pub struct AlternativesInput {
    pub paths: Vec<String>,
    pub client_ids: Vec<String>,
    pub times: Vec<String>,
}

/// Other keys that the caller holds possible, by name.
#[napi]
#[derive(Default)]
pub struct NamedKeys(Vec<(String, keys::VerifyingKey)>);

#[napi]
impl NamedKeys {
    #[napi(constructor, catch_unwind)]
    #[allow(clippy::new_without_default, reason = "the constructor of a class in JavaScript")]
    pub fn new() -> Self {
        NamedKeys::default()
    }

    #[napi(catch_unwind)]
    pub fn add(&mut self, name: String, key: &VerifyingKey) {
        self.0.push((name, key.0.clone()));
    }
}

impl AlternativesInput {
    /// What was found, as JSON.
    fn explain(&self, keys: &NamedKeys, explain: impl FnOnce(Alternatives<'_>) -> Diagnosis) -> String {
        let [paths, client_ids, times] = [&self.paths, &self.client_ids, &self.times]
            .map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
        let keys: Vec<_> = keys.0.iter().map(|(name, key)| (name.as_str(), key)).collect();
        let seen = Alternatives { paths: &paths, client_ids: &client_ids, times: &times, keys: &keys };
        explain(seen).to_json().to_string()
    }
}

#[napi]
impl Merchant {
    #[napi(catch_unwind)]
    pub fn explain_notification(
        &self,
        notify_url: Option<String>,
        headers: Vec<Header>,
        body: &[u8],
        alternatives: AlternativesInput,
        keys: &NamedKeys,
    ) -> String {
        let notify_url = notify_url.as_deref();
        alternatives
            .explain(keys, |seen| self.0.explain_notification(notify_url, pairs(&headers), body, seen))
    }

    #[napi(catch_unwind)]
    pub fn explain_response(
        &self,
        path: String,
        headers: Vec<Header>,
        body: &[u8],
        alternatives: AlternativesInput,
        keys: &NamedKeys,
    ) -> String {
        alternatives.explain(keys, |seen| self.0.explain_response(&path, pairs(&headers), body, seen))
    }
}
