//! Keys and signatures. A key is opaque to JavaScript: no getter gives a byte of it.

use std::sync::Arc;

use alipay_instore::keys;
use alipay_instore::signature::Content;
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi_derive::napi;

use crate::failure::{Background, raise};

#[napi]
pub struct SigningKey(pub(crate) Arc<keys::SigningKey>);

#[napi]
pub struct VerifyingKey(pub(crate) keys::VerifyingKey);

#[napi(object)]
pub struct KeyPair {
    pub private_pem: String,
    pub public_pem: String,
}

/// What is signed, except the body.
#[napi(object, object_to_js = false)]
pub struct SignedContent {
    pub method: String,
    pub path: String,
    pub client_id: String,
    pub time: String,
}

impl SignedContent {
    fn with<'a>(&'a self, body: &'a [u8]) -> Content<'a> {
        Content { method: &self.method, path: &self.path, client_id: &self.client_id, time: &self.time, body }
    }
}

#[napi(catch_unwind)]
pub fn generate_key(bits: u32) -> napi::Result<KeyPair> {
    let made = keys::generate(bits).map_err(raise)?;
    Ok(KeyPair { private_pem: made.private_pem.to_string(), public_pem: made.public_pem })
}

#[napi]
impl SigningKey {
    #[napi(factory, catch_unwind)]
    pub fn load(text: &[u8]) -> napi::Result<SigningKey> {
        keys::SigningKey::load(text).map(|key| SigningKey(Arc::new(key))).map_err(raise)
    }

    #[napi(getter, catch_unwind)]
    pub fn bits(&self) -> u32 {
        self.0.bits()
    }

    #[napi(getter, catch_unwind)]
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint().to_owned()
    }

    #[napi(catch_unwind)]
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key())
    }

    #[napi(catch_unwind)]
    pub fn sign(&self, content: SignedContent, body: &[u8], key_version: u32) -> napi::Result<String> {
        self.0.sign(content.with(body), key_version).map_err(raise)
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn sign_async(
        &self,
        content: SignedContent,
        body: Uint8Array,
        key_version: u32,
    ) -> AsyncTask<Background<String, String>> {
        let (key, body) = (Arc::clone(&self.0), body.to_vec());
        Background::new(move || key.sign(content.with(&body), key_version), Ok)
    }
}

#[napi]
impl VerifyingKey {
    #[napi(factory, catch_unwind)]
    pub fn load(text: &[u8]) -> napi::Result<VerifyingKey> {
        keys::VerifyingKey::load(text).map(VerifyingKey).map_err(raise)
    }

    #[napi(getter, catch_unwind)]
    pub fn bits(&self) -> u32 {
        self.0.bits()
    }

    #[napi(getter, catch_unwind)]
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint().to_owned()
    }

    #[napi(catch_unwind)]
    pub fn to_pem(&self) -> String {
        self.0.to_pem()
    }

    #[napi(catch_unwind)]
    pub fn verify(&self, header: String, content: SignedContent, body: &[u8]) -> napi::Result<()> {
        self.0.verify(&header, content.with(body)).map_err(raise)
    }

    #[napi(catch_unwind, ts_return_type = "Promise<void>")]
    pub fn verify_async(
        &self,
        header: String,
        content: SignedContent,
        body: Uint8Array,
    ) -> AsyncTask<Background<(), ()>> {
        let (key, body) = (self.0.clone(), body.to_vec());
        Background::new(move || key.verify(&header, content.with(&body)), Ok)
    }
}
