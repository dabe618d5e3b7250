//! The two implementations of RSA, behind one seam: SHA-256, PKCS#1 v1.5 signatures, key generation.
//!
//! What is a good key, and what a signature is made over, is decided elsewhere; a backend only calculates.

#[cfg(feature = "aws-lc")]
mod aws_lc;
#[cfg(feature = "aws-lc")]
mod fork;
mod numbers;
mod public_operation;
#[cfg(feature = "rustcrypto")]
mod rustcrypto;

use zeroize::Zeroizing;

#[cfg(feature = "aws-lc")]
pub use fork::{after_fork, before_fork};
pub(crate) use numbers::{PrivateNumbers, PublicNumbers, inconsistent};
pub(crate) use public_operation::PublicOperation;

/// The longest signature, in bytes: that of an 8192 bit key.
pub(crate) const MAX_SIGNATURE: usize = 1024;

/// A SHA-256 digest.
pub(crate) type Digest = [u8; 32];

/// An implementation of RSA. Features of the crate decide which ones there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Backend {
    /// AWS-LC, by the crate `aws-lc-rs`: fast, and the default wherever it is built in.
    #[cfg(feature = "aws-lc")]
    AwsLc,
    /// The crate `rsa`: no C. It always signs blinded, because its arithmetic does not run in constant time
    /// (RUSTSEC-2023-0071).
    #[cfg(feature = "rustcrypto")]
    RustCrypto,
}

impl Backend {
    /// Every backend that is built in, the default one first.
    pub const ALL: &'static [Backend] = &[
        #[cfg(feature = "aws-lc")]
        Backend::AwsLc,
        #[cfg(feature = "rustcrypto")]
        Backend::RustCrypto,
    ];

    /// The digest of the parts, as if they were one text; nothing is copied.
    pub(crate) fn sha256(self, parts: &[&[u8]]) -> Digest {
        match self {
            #[cfg(feature = "aws-lc")]
            Backend::AwsLc => aws_lc::sha256(parts),
            #[cfg(feature = "rustcrypto")]
            Backend::RustCrypto => rustcrypto::sha256(parts),
        }
    }

    /// A new key pair as PKCS#8 DER; `None` when randomness or memory failed.
    pub(crate) fn generate_pkcs8(self, bits: u32) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            #[cfg(feature = "aws-lc")]
            Backend::AwsLc => aws_lc::generate_pkcs8(bits),
            #[cfg(feature = "rustcrypto")]
            Backend::RustCrypto => rustcrypto::generate_pkcs8(bits),
        }
    }
}

impl Default for Backend {
    #[cfg(feature = "aws-lc")]
    fn default() -> Self {
        Backend::AwsLc
    }

    #[cfg(all(feature = "rustcrypto", not(feature = "aws-lc")))]
    fn default() -> Self {
        Backend::RustCrypto
    }
}

/// A private key, ready to sign.
pub(crate) enum Signer {
    #[cfg(feature = "aws-lc")]
    AwsLc(aws_lc::Signer),
    #[cfg(feature = "rustcrypto")]
    RustCrypto(rustcrypto::Signer),
}

impl Signer {
    /// `None` when the numbers contradict each other.
    pub(crate) fn new(backend: Backend, numbers: &PrivateNumbers<'_>) -> Option<Self> {
        match backend {
            #[cfg(feature = "aws-lc")]
            Backend::AwsLc => aws_lc::Signer::new(numbers).map(Signer::AwsLc),
            #[cfg(feature = "rustcrypto")]
            Backend::RustCrypto => rustcrypto::Signer::new(numbers).map(Signer::RustCrypto),
        }
    }

    pub(crate) fn backend(&self) -> Backend {
        match self {
            #[cfg(feature = "aws-lc")]
            Signer::AwsLc(_) => Backend::AwsLc,
            #[cfg(feature = "rustcrypto")]
            Signer::RustCrypto(_) => Backend::RustCrypto,
        }
    }

    /// Signs a digest into the front of `buffer` and gives that part back; `None` when the key can't sign.
    pub(crate) fn sign<'a>(&self, digest: &Digest, buffer: &'a mut [u8; MAX_SIGNATURE]) -> Option<&'a [u8]> {
        match self {
            #[cfg(feature = "aws-lc")]
            Signer::AwsLc(signer) => signer.sign(digest, buffer),
            #[cfg(feature = "rustcrypto")]
            Signer::RustCrypto(signer) => signer.sign(digest, buffer),
        }
    }
}

/// A public key, ready to verify.
pub(crate) enum Verifier {
    #[cfg(feature = "aws-lc")]
    AwsLc(aws_lc::Verifier),
    #[cfg(feature = "rustcrypto")]
    RustCrypto(rustcrypto::Verifier),
}

impl Verifier {
    /// `None` when the numbers are not those of an RSA key.
    pub(crate) fn new(backend: Backend, numbers: &PublicNumbers<'_>) -> Option<Self> {
        match backend {
            #[cfg(feature = "aws-lc")]
            Backend::AwsLc => aws_lc::Verifier::new(numbers).map(Verifier::AwsLc),
            #[cfg(feature = "rustcrypto")]
            Backend::RustCrypto => rustcrypto::Verifier::new(numbers).map(Verifier::RustCrypto),
        }
    }

    pub(crate) fn backend(&self) -> Backend {
        match self {
            #[cfg(feature = "aws-lc")]
            Verifier::AwsLc(_) => Backend::AwsLc,
            #[cfg(feature = "rustcrypto")]
            Verifier::RustCrypto(_) => Backend::RustCrypto,
        }
    }

    /// Whether the signature is the key's over the digest.
    pub(crate) fn verify(&self, digest: &Digest, signature: &[u8]) -> bool {
        match self {
            #[cfg(feature = "aws-lc")]
            Verifier::AwsLc(verifier) => verifier.verify(digest, signature),
            #[cfg(feature = "rustcrypto")]
            Verifier::RustCrypto(verifier) => verifier.verify(digest, signature),
        }
    }
}
