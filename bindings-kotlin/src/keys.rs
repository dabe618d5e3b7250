//! Keys: opaque objects, safe to share between threads.

use std::sync::Arc;

use alipay_instore::{keys, signature};
use zeroize::Zeroizing;

use crate::failure;
use crate::flat::{Answer, Input, Numbered, Outcome, Put as _, Stopped, Take};

impl<'a> Take<'a> for signature::Content<'a> {
    fn take(from: &mut Input<'a>) -> Result<Self, Stopped> {
        let (method, path, client_id, time, body) = from.next()?;
        Ok(signature::Content { method, path, client_id, time, body })
    }
}

/// The value of the Signature header.
pub(crate) fn sign(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let key = Numbered::<keys::SigningKey>::find(object)?;
    let (content, version) = input.all()?;
    key.sign(content, version)?.put(answer);
    Ok(())
}

/// Verifies a Signature header.
pub(crate) fn verify(object: i64, input: Input<'_>, _: &mut Answer) -> Outcome {
    let key = Numbered::<keys::VerifyingKey>::find(object)?;
    let (header, content) = input.all::<(&str, _)>()?;
    Ok(key.verify(header, content)?)
}

/// A private key.
#[derive(uniffi::Object)]
pub struct SigningKey(pub(crate) Numbered<keys::SigningKey>);

#[uniffi::export]
impl SigningKey {
    /// Reads a key in any of its spellings.
    #[uniffi::constructor]
    pub fn load(text: Vec<u8>) -> failure::Result<Self> {
        Ok(SigningKey(Numbered::new(keys::SigningKey::load(&*Zeroizing::new(text))?)))
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
        Arc::new(VerifyingKey(Numbered::new(self.0.verifying_key())))
    }

    /// The number by which flat calls name it.
    pub fn number(&self) -> i64 {
        self.0.number()
    }
}

/// A public key.
#[derive(uniffi::Object)]
pub struct VerifyingKey(pub(crate) Numbered<keys::VerifyingKey>);

#[uniffi::export]
impl VerifyingKey {
    /// Reads a key in any of its spellings.
    #[uniffi::constructor]
    pub fn load(text: Vec<u8>) -> failure::Result<Self> {
        Ok(VerifyingKey(Numbered::new(keys::VerifyingKey::load(text)?)))
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

    /// The number by which flat calls name it.
    pub fn number(&self) -> i64 {
        self.0.number()
    }
}
