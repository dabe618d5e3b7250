//! RSA by AWS-LC. It wipes private numbers when it frees them, and signs blinded and checked by itself.

use aws_lc_rs::digest::{self, SHA256};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPairComponents, KeySize};
use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents,
};
use zeroize::Zeroizing;

use super::fork::Signing;
use super::{Digest, MAX_SIGNATURE};
use super::{PrivateNumbers, PublicNumbers};

pub(super) fn sha256(parts: &[&[u8]]) -> Digest {
    let mut context = digest::Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut out = Digest::default();
    out.copy_from_slice(context.finish().as_ref());
    out
}

pub(super) fn generate_pkcs8(bits: u32) -> Option<Zeroizing<Vec<u8>>> {
    let der = RsaKeyPair::generate(size(bits)?).ok()?.as_der().ok()?;
    Some(Zeroizing::new(der.as_ref().to_vec()))
}

fn size(bits: u32) -> Option<KeySize> {
    match bits {
        2048 => Some(KeySize::Rsa2048),
        3072 => Some(KeySize::Rsa3072),
        4096 => Some(KeySize::Rsa4096),
        8192 => Some(KeySize::Rsa8192),
        _ => None,
    }
}

fn imported(digest: &Digest) -> Option<digest::Digest> {
    digest::Digest::import_less_safe(digest, &SHA256).ok()
}

pub(crate) struct Signer(RsaKeyPair);

impl Signer {
    pub(super) fn new(numbers: &PrivateNumbers<'_>) -> Option<Self> {
        let components = KeyPairComponents {
            public_key: RsaPublicKeyComponents { n: numbers.public.n, e: numbers.public.e },
            d: numbers.d,
            p: numbers.p,
            q: numbers.q,
            dP: numbers.dp,
            dQ: numbers.dq,
            qInv: numbers.qinv,
        };
        // This checks all numbers against each other, but not that the factors are prime.
        RsaKeyPair::from_components(&components).ok().map(Signer)
    }

    pub(super) fn sign<'a>(&self, digest: &Digest, buffer: &'a mut [u8; MAX_SIGNATURE]) -> Option<&'a [u8]> {
        let signature = buffer.get_mut(..self.0.public_modulus_len())?;
        let _under_way = Signing::begin();
        self.0.sign_digest(&RSA_PKCS1_SHA256, &imported(digest)?, signature).ok()?;
        Some(signature)
    }
}

pub(crate) struct Verifier(ParsedPublicKey);

impl Verifier {
    pub(super) fn new(numbers: &PublicNumbers<'_>) -> Option<Self> {
        let components = RsaPublicKeyComponents { n: numbers.n, e: numbers.e };
        components.to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256).ok().map(Verifier)
    }

    pub(super) fn verify(&self, digest: &Digest, signature: &[u8]) -> bool {
        imported(digest).is_some_and(|digest| self.0.verify_digest_sig(&digest, signature).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_counted_in_bits() {
        for (bits, bytes) in [(2048, 256), (3072, 384), (4096, 512), (8192, 1024)] {
            assert_eq!(size(bits).map(|size| size.len()), Some(bytes));
        }
        assert!(size(1024).is_none());
    }
}
