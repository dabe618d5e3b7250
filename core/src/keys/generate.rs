//! New key pairs, for the command line and the embedded gateway.

use std::fmt;

use pkcs8::LineEnding;
use zeroize::Zeroizing;

use super::SigningKey;
use crate::crypto::Backend;
use crate::error::{Error, ErrorCode, Result};

/// The lengths that both backends make.
const SIZES: [u32; 4] = [2048, 3072, 4096, 8192];

/// A new key pair. Its `Debug` shows the fingerprint only.
#[non_exhaustive]
pub struct GeneratedKey {
    /// PKCS#8 PEM; wiped when dropped.
    pub private_pem: Zeroizing<String>,
    /// SPKI PEM.
    pub public_pem: String,
    /// As [`VerifyingKey::fingerprint`](super::VerifyingKey::fingerprint).
    pub fingerprint: String,
}

impl fmt::Debug for GeneratedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GeneratedKey({})", self.fingerprint)
    }
}

/// Makes an RSA key pair of 2048, 3072, 4096 or 8192 bits with the public exponent 65537.
///
/// # Errors
/// `key.size` for another length; `signature.failed` when the machine's randomness failed.
pub fn generate(bits: u32) -> Result<GeneratedKey> {
    generate_with(Backend::default(), bits)
}

/// Like [`generate`], with a chosen backend.
///
/// # Errors
/// As [`generate`].
pub fn generate_with(backend: Backend, bits: u32) -> Result<GeneratedKey> {
    if !SIZES.contains(&bits) {
        return Err(Error::new(ErrorCode::KeySize, format!("a key of {bits} bits was asked for"))
            .with_hint("make a key of 2048, 3072, 4096 or 8192 bits"));
    }
    let failed = || Error::new(ErrorCode::SignatureFailed, "no key could be made");
    let der = backend.generate_pkcs8(bits).ok_or_else(failed)?;
    let private_pem = der::pem::encode_string("PRIVATE KEY", LineEnding::LF, &der)
        .map(Zeroizing::new)
        .map_err(|_| failed())?;
    let public = SigningKey::load_with(backend, &*der)?.verifying_key();
    Ok(GeneratedKey {
        private_pem,
        public_pem: public.to_pem(),
        fingerprint: public.fingerprint().to_owned(),
    })
}
