//! RSA keys in every format that a merchant pastes: PKCS#8, PKCS#1 and SPKI, as PEM, DER or bare base64.
//!
//! A key is parsed and checked once, here; what is wrong with it has a code of its own. Making and checking
//! signatures is the job of [`signature`](crate::signature).
//!
//! Accepted are RSA keys of two primes, of 2048 to 8192 bits, with an odd public exponent from 3 to 2^33 - 1,
//! whichever backend does the work.

mod document;
mod generate;
mod spelling;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use pkcs8::LineEnding;
use spki::der::Encode;
use spki::der::asn1::{AnyRef, BitStringRef, UintRef};

use crate::crypto::{self, Backend, PrivateNumbers, PublicNumbers, PublicOperation, Signer, Verifier};
use crate::error::{Error, ErrorCode, Result};
use document::{Algorithm, Document};

pub use generate::{GeneratedKey, generate, generate_with};

/// A private RSA key that signs.
///
/// It can't be cloned, serialised or displayed, its memory is wiped when it is dropped, and its `Debug` shows
/// the fingerprint of the public half only.
pub struct SigningKey {
    signer: Signer,
    public: VerifyingKey,
}

impl SigningKey {
    /// Reads a private key from PKCS#8 or PKCS#1, as PEM, DER or bare base64.
    ///
    /// Line breaks, spaces, tabs, `\n` written as two characters, surrounding quotes, a byte order mark, and
    /// text before and after a PEM key don't matter.
    ///
    /// # Errors
    /// One of the `key.` codes; the reason never holds a part of the key.
    pub fn load(text: impl AsRef<[u8]>) -> Result<Self> {
        Self::load_with(Backend::default(), text)
    }

    /// Like [`load`](Self::load), with a chosen backend.
    ///
    /// # Errors
    /// As [`load`](Self::load); the backends accept the same keys.
    pub fn load_with(backend: Backend, text: impl AsRef<[u8]>) -> Result<Self> {
        let der = spelling::to_der(text.as_ref())?;
        match document::read(&der)? {
            Document::Private(numbers) => Self::from_numbers(backend, &numbers),
            Document::Public(_) | Document::OtherPublic(_) => Err(Error::new(
                ErrorCode::KeyPublicGiven,
                "a public key stands where the private key belongs",
            )),
            Document::OtherPrivate(algorithm) => Err(wrong_algorithm(algorithm)),
            Document::Encrypted => Err(encrypted()),
            Document::Certificate => Err(Error::new(ErrorCode::KeyNotAKey, "this is a certificate")
                .with_hint("a certificate holds no private key; pass the private key that belongs to it")),
            Document::Archive => Err(archive()),
        }
    }

    fn from_numbers(backend: Backend, numbers: &PrivateNumbers<'_>) -> Result<Self> {
        numbers.check()?;
        let inconsistent = || crypto::inconsistent("the numbers of the private key do not belong together");
        let signer = Signer::new(backend, numbers).ok_or_else(inconsistent)?;
        let public = VerifyingKey::from_numbers(backend, &numbers.public)?;
        // Arithmetic alone can't tell that a factor is not a prime; a signature that does not verify can.
        let digest = backend.sha256(&[b"trial signature"]);
        let mut buffer = [0; crypto::MAX_SIGNATURE];
        match signer.sign(&digest, &mut buffer) {
            Some(signature) if public.0.verifier.verify(&digest, signature) => {
                Ok(SigningKey { signer, public })
            }
            _ => Err(inconsistent()),
        }
    }

    /// The length of the modulus in bits.
    pub fn bits(&self) -> u32 {
        self.public.bits()
    }

    /// The SHA-256 of the public half's SPKI DER, in lower-case hexadecimal: equal to
    /// `openssl pkey -pubout -outform DER | sha256sum`.
    pub fn fingerprint(&self) -> &str {
        self.public.fingerprint()
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        self.public.clone()
    }

    pub(crate) fn signer(&self) -> &Signer {
        &self.signer
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.fingerprint())
    }
}

/// A public RSA key that verifies. Clones share one key.
#[derive(Clone)]
pub struct VerifyingKey(Arc<Public>);

struct Public {
    verifier: Verifier,
    bits: u32,
    spki: Vec<u8>,
    fingerprint: String,
}

impl VerifyingKey {
    /// Reads a public key from SPKI or PKCS#1, in the same spellings as [`SigningKey::load`].
    ///
    /// # Errors
    /// One of the `key.` codes.
    pub fn load(text: impl AsRef<[u8]>) -> Result<Self> {
        Self::load_with(Backend::default(), text)
    }

    /// Like [`load`](Self::load), with a chosen backend.
    ///
    /// # Errors
    /// As [`load`](Self::load); the backends accept the same keys.
    pub fn load_with(backend: Backend, text: impl AsRef<[u8]>) -> Result<Self> {
        let private_given =
            || Error::new(ErrorCode::KeyPrivateGiven, "a private key stands where the public key belongs");
        let der = spelling::to_der(text.as_ref()).map_err(|error| match error.code() {
            // Only private keys are ever encrypted.
            ErrorCode::KeyEncrypted => private_given(),
            _ => error,
        })?;
        match document::read(&der)? {
            Document::Public(numbers) => {
                numbers.check()?;
                Self::from_numbers(backend, &numbers)
            }
            Document::Private(_) | Document::OtherPrivate(_) | Document::Encrypted => Err(private_given()),
            Document::OtherPublic(algorithm) => Err(wrong_algorithm(algorithm)),
            Document::Certificate => {
                Err(Error::new(ErrorCode::KeyNotAKey, "this is a certificate, not a bare key")
                    .with_hint("take its public key out with: openssl x509 -in cert.pem -noout -pubkey"))
            }
            Document::Archive => Err(archive()),
        }
    }

    fn from_numbers(backend: Backend, numbers: &PublicNumbers<'_>) -> Result<Self> {
        let refused = || crypto::inconsistent("the numbers of the public key are not those of an RSA key");
        let verifier = Verifier::new(backend, numbers).ok_or_else(refused)?;
        let spki = spki_der(numbers).map_err(|_| refused())?;
        let digest = backend.sha256(&[&spki]);
        let fingerprint = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(VerifyingKey(Arc::new(Public { verifier, bits: numbers.bits(), spki, fingerprint })))
    }

    /// The length of the modulus in bits.
    pub fn bits(&self) -> u32 {
        self.0.bits
    }

    /// The SHA-256 of the SPKI DER, in lower-case hexadecimal, whatever the spelling the key was read from.
    pub fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    /// The key as SPKI PEM with line feeds, as `openssl pkey -pubin -pubout` writes it.
    pub fn to_pem(&self) -> String {
        // Encoding fails for labels and lengths that can't occur here.
        der::pem::encode_string("PUBLIC KEY", LineEnding::LF, &self.0.spki).unwrap_or_default()
    }

    pub(crate) fn verifier(&self) -> &Verifier {
        &self.0.verifier
    }

    /// What opens signatures without accepting them: only for [`diagnosis`](crate::diagnosis).
    pub(crate) fn public_operation(&self) -> Option<PublicOperation> {
        match document::read(&self.0.spki) {
            Ok(Document::Public(numbers)) => PublicOperation::new(&numbers),
            _ => None,
        }
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({})", self.fingerprint())
    }
}

fn spki_der(numbers: &PublicNumbers<'_>) -> der::Result<Vec<u8>> {
    let key =
        pkcs1::RsaPublicKey { modulus: UintRef::new(numbers.n)?, public_exponent: UintRef::new(numbers.e)? }
            .to_der()?;
    spki::SubjectPublicKeyInfo {
        algorithm: spki::AlgorithmIdentifier { oid: pkcs1::ALGORITHM_OID, parameters: Some(AnyRef::NULL) },
        subject_public_key: BitStringRef::from_bytes(&key)?,
    }
    .to_der()
}

fn wrong_algorithm(algorithm: Algorithm) -> Error {
    match algorithm {
        Algorithm::Pss => Error::new(ErrorCode::KeyPss, "the key is an RSASSA-PSS key"),
        Algorithm::Ec => Error::new(ErrorCode::KeyNotRsa, "the key is an elliptic curve key"),
        Algorithm::Other => Error::new(ErrorCode::KeyNotRsa, "the key is not an RSA key"),
    }
}

fn encrypted() -> Error {
    Error::new(ErrorCode::KeyEncrypted, "the private key is encrypted with a passphrase")
}

fn archive() -> Error {
    Error::new(ErrorCode::KeyNotAKey, "this is a PKCS#12 archive")
        .with_hint("take the key out with: openssl pkcs12 -in archive.p12 -nodes")
}
