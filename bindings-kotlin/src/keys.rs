//! Keys: opaque objects, safe to share between threads.

use std::sync::Arc;

use alipay_instore::{keys, signature};
use zeroize::Zeroizing;

use crate::failure::Result;

/// What is signed.
#[derive(uniffi::Record)]
pub struct Content {
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The client id.
    pub client_id: String,
    /// The time, as it stands in the header.
    pub time: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Content {
    fn borrowed(&self) -> signature::Content<'_> {
        let Content { method, path, client_id, time, body } = self;
        signature::Content { method, path, client_id, time, body }
    }
}

/// A private key.
#[derive(uniffi::Object)]
pub struct SigningKey(pub(crate) Arc<keys::SigningKey>);

#[uniffi::export]
impl SigningKey {
    /// Reads a key in any of its spellings.
    #[uniffi::constructor]
    pub fn load(text: Vec<u8>) -> Result<Self> {
        Ok(SigningKey(Arc::new(keys::SigningKey::load(&*Zeroizing::new(text))?)))
    }

    /// The length of the modulus.
    pub fn bits(&self) -> u32 {
        self.0.bits()
    }

    /// The SHA-256 of the public half.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint().to_owned()
    }

    /// The public half.
    pub fn verifying_key(&self) -> Arc<VerifyingKey> {
        Arc::new(VerifyingKey(self.0.verifying_key()))
    }

    /// The value of the Signature header.
    pub fn sign(&self, content: Content, key_version: u32) -> Result<String> {
        Ok(self.0.sign(content.borrowed(), key_version)?)
    }
}

/// A public key.
#[derive(uniffi::Object)]
pub struct VerifyingKey(pub(crate) keys::VerifyingKey);

#[uniffi::export]
impl VerifyingKey {
    /// Reads a key in any of its spellings.
    #[uniffi::constructor]
    pub fn load(text: Vec<u8>) -> Result<Self> {
        Ok(VerifyingKey(keys::VerifyingKey::load(text)?))
    }

    /// The length of the modulus.
    pub fn bits(&self) -> u32 {
        self.0.bits()
    }

    /// The SHA-256 of the key.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint().to_owned()
    }

    /// The key as SPKI PEM.
    pub fn to_pem(&self) -> String {
        self.0.to_pem()
    }

    /// Verifies a Signature header.
    pub fn verify(&self, header: String, content: Content) -> Result<()> {
        Ok(self.0.verify(&header, content.borrowed())?)
    }
}
