//! Signatures of requests, responses, notifications and acknowledgements: SHA-256 with RSA, PKCS#1 v1.5.
//!
//! What is signed is [`Content`], how a signature travels is [`SignatureHeader`], and which keys there are is
//! [`SigningKeys`] and [`VerifyingKeys`]. Which header, path and client id belong to a message is decided by the
//! caller; reading keys is the job of [`keys`](crate::keys).
//!
//! ```
//! use alipay_instore::keys::{SigningKey, VerifyingKey, generate};
//! use alipay_instore::signature::Content;
//!
//! # fn main() -> alipay_instore::Result<()> {
//! let pair = generate(2048)?;
//! let content = Content {
//!     method: "POST",
//!     path: "/ams/api/v1/payments/pay",
//!     client_id: "SANDBOX_5X00000000000000",
//!     time: "2026-11-21T20:57:00+08:00",
//!     body: br#"{"paymentRequestId":"PR_1"}"#,
//! };
//! let header = SigningKey::load(&*pair.private_pem)?.sign(content, 1)?;
//! assert!(header.starts_with("algorithm=RSA256,keyVersion=1,signature="));
//! VerifyingKey::load(&pair.public_pem)?.verify(&header, content)?;
//!
//! let forged = Content { body: b"{}", ..content };
//! let error = VerifyingKey::load(&pair.public_pem)?.verify(&header, forged).unwrap_err();
//! assert_eq!(error.code(), "signature.mismatch");
//! # Ok(())
//! # }
//! ```

mod content;
mod header;
mod key_set;

use crate::crypto;
use crate::error::{Error, ErrorCode, Result};
use crate::keys::{SigningKey, VerifyingKey};

pub use crate::crypto::Backend;
#[cfg(feature = "aws-lc")]
pub use crate::crypto::{after_fork, before_fork};
pub use content::Content;
pub use header::SignatureHeader;
pub use key_set::{SigningKeys, Verified, VerifyingKeys};

impl SigningKey {
    /// Signs the content and gives the value of the Signature header.
    ///
    /// # Errors
    /// `signature.content`; `signature.failed` when the key can't sign.
    pub fn sign(&self, content: Content<'_>, key_version: u32) -> Result<String> {
        content.check()?;
        let signer = self.signer();
        let digest = signer.backend().sha256(&content.parts());
        let mut buffer = [0; crypto::MAX_SIGNATURE];
        let signature = signer
            .sign(&digest, &mut buffer)
            .ok_or_else(|| Error::new(ErrorCode::SignatureFailed, "the signing operation failed"))?;
        Ok(header::write(Some(key_version), signature))
    }
}

impl VerifyingKey {
    /// Verifies that the header's signature is this key's over the content.
    ///
    /// # Errors
    /// `signature.mismatch` when it is not; `signature.content` and the codes of [`SignatureHeader::parse`] when
    /// content or header can't be used at all.
    pub fn verify(&self, header: &str, content: Content<'_>) -> Result<()> {
        content.check()?;
        self.verify_parsed(&SignatureHeader::parse(header)?, content)
    }

    pub(crate) fn verify_parsed(&self, header: &SignatureHeader, content: Content<'_>) -> Result<()> {
        self.check_length(&header.signature)?;
        let digest = self.verifier().backend().sha256(&content.parts());
        self.verify_digest(&digest, &header.signature)
    }

    /// Verifies a bare signature over a bare message, for vectors and other uses of the same key.
    ///
    /// # Errors
    /// `signature.mismatch`.
    pub fn verify_raw(&self, message: &[u8], signature: &[u8]) -> Result<()> {
        self.check_length(signature)?;
        self.verify_digest(&self.verifier().backend().sha256(&[message]), signature)
    }

    fn check_length(&self, signature: &[u8]) -> Result<()> {
        let (found, expected) = (signature.len(), self.signature_length());
        if found == expected {
            return Ok(());
        }
        let reason = format!("the signature has {found} bytes, one of the configured key has {expected}");
        Err(Error::new(ErrorCode::SignatureMismatch, reason))
    }

    fn verify_digest(&self, digest: &crypto::Digest, signature: &[u8]) -> Result<()> {
        if self.verifier().verify(digest, signature) {
            Ok(())
        } else {
            let reason = format!(
                "the signature is not one of the configured key {} over this content",
                self.fingerprint()
            );
            Err(Error::new(ErrorCode::SignatureMismatch, reason))
        }
    }

    /// The length of this key's signatures in bytes.
    fn signature_length(&self) -> usize {
        usize::try_from(self.bits().div_ceil(8)).unwrap_or(usize::MAX)
    }
}
