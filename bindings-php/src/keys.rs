//! Keys: opaque objects that show no more than their fingerprint.

use std::sync::Arc;

use alipay_instore::keys;
use alipay_instore::signature::Content;
use ext_php_rs::binary_slice::BinarySlice;
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;

use crate::error::{OrRaise as _, guard};

/// A private RSA key that signs.
#[php_class]
#[php(name = "AlipayInstore\\Native\\SigningKey", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct SigningKey(pub(crate) Arc<keys::SigningKey>);

#[php_impl]
impl SigningKey {
    /// Reads a private key from PKCS#8 or PKCS#1, as PEM, DER or bare base64.
    pub fn load(key: BinarySlice<u8>) -> PhpResult<Self> {
        guard(|| Ok(SigningKey(Arc::new(keys::SigningKey::load(*key).or_raise()?))))
    }

    /// The length of the modulus in bits.
    pub fn bits(&self) -> PhpResult<u32> {
        guard(|| Ok(self.0.bits()))
    }

    /// The SHA-256 of the public half's SPKI DER.
    pub fn fingerprint(&self) -> PhpResult<String> {
        guard(|| Ok(self.0.fingerprint().to_owned()))
    }

    /// The public half.
    pub fn verifying_key(&self) -> PhpResult<VerifyingKey> {
        guard(|| Ok(VerifyingKey(self.0.verifying_key())))
    }

    /// Signs a message and gives the value of its Signature header.
    pub fn sign(
        &self,
        method: &str,
        path: &str,
        client_id: &str,
        time: &str,
        body: BinarySlice<u8>,
        key_version: u32,
    ) -> PhpResult<String> {
        guard(|| {
            let content = Content { method, path, client_id, time, body: &body };
            self.0.sign(content, key_version).or_raise()
        })
    }
}

/// A public RSA key that verifies.
#[php_class]
#[php(name = "AlipayInstore\\Native\\VerifyingKey", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct VerifyingKey(pub(crate) keys::VerifyingKey);

#[php_impl]
impl VerifyingKey {
    /// Reads a public key from SPKI or PKCS#1, as PEM, DER or bare base64.
    pub fn load(key: BinarySlice<u8>) -> PhpResult<Self> {
        guard(|| keys::VerifyingKey::load(*key).or_raise().map(VerifyingKey))
    }

    /// The length of the modulus in bits.
    pub fn bits(&self) -> PhpResult<u32> {
        guard(|| Ok(self.0.bits()))
    }

    /// The SHA-256 of the key's SPKI DER.
    pub fn fingerprint(&self) -> PhpResult<String> {
        guard(|| Ok(self.0.fingerprint().to_owned()))
    }

    /// The key as SPKI PEM.
    pub fn to_pem(&self) -> PhpResult<String> {
        guard(|| Ok(self.0.to_pem()))
    }

    /// Verifies a Signature header over a message.
    pub fn verify(
        &self,
        header: &str,
        method: &str,
        path: &str,
        client_id: &str,
        time: &str,
        body: BinarySlice<u8>,
    ) -> PhpResult<()> {
        guard(|| {
            let content = Content { method, path, client_id, time, body: &body };
            self.0.verify(header, content).or_raise()
        })
    }
}
