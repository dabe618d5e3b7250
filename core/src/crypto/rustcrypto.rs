//! RSA by the crate `rsa`: no C. Every signature is blinded and checked before it leaves (RUSTSEC-2023-0071).

use rsa::pkcs8::EncodePrivateKey;
use rsa::rand_core::OsRng;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BigUint, Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{Digest, MAX_SIGNATURE};
use super::{PrivateNumbers, PublicNumbers};

pub(super) fn sha256(parts: &[&[u8]]) -> Digest {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

pub(super) fn generate_pkcs8(bits: u32) -> Option<Zeroizing<Vec<u8>>> {
    let key = RsaPrivateKey::new(&mut OsRng, usize::try_from(bits).ok()?).ok()?;
    Some(Zeroizing::new(key.to_pkcs8_der().ok()?.as_bytes().to_vec()))
}

/// Boxed, for the key is ten times as large as AWS-LC's handle.
pub(crate) struct Signer(Box<RsaPrivateKey>);

impl Signer {
    pub(super) fn new(numbers: &PrivateNumbers<'_>) -> Option<Self> {
        let number = BigUint::from_bytes_be;
        let primes = vec![number(numbers.p), number(numbers.q)];
        // This checks the product of the primes and both exponents.
        let key = RsaPrivateKey::from_components(
            number(numbers.public.n),
            number(numbers.public.e),
            number(numbers.d),
            primes,
        )
        .ok()?;
        // The crate calculates the other three numbers itself; a key whose own ones differ is refused all the
        // same, as AWS-LC refuses it.
        let [dp, dq, qinv] =
            [numbers.dp, numbers.dq, numbers.qinv].map(|bytes| Zeroizing::new(number(bytes)));
        let [p, q] = key.primes() else { return None };
        let product = Zeroizing::new(&*qinv * q);
        let remainder = Zeroizing::new(&*product % p);
        let one = BigUint::from_bytes_be(&[1]);
        let belongs = key.dp() == Some(&*dp) && key.dq() == Some(&*dq) && *qinv < *p && *remainder == one;
        belongs.then(|| Signer(Box::new(key)))
    }

    pub(super) fn sign<'a>(&self, digest: &Digest, buffer: &'a mut [u8; MAX_SIGNATURE]) -> Option<&'a [u8]> {
        let signature = self.0.sign_with_rng(&mut OsRng, Pkcs1v15Sign::new::<Sha256>(), digest).ok()?;
        let out = buffer.get_mut(..signature.len())?;
        out.copy_from_slice(&signature);
        Some(out)
    }
}

pub(crate) struct Verifier(RsaPublicKey);

impl Verifier {
    pub(super) fn new(numbers: &PublicNumbers<'_>) -> Option<Self> {
        let (n, e) = (BigUint::from_bytes_be(numbers.n), BigUint::from_bytes_be(numbers.e));
        // Without a limit of ours the crate takes 4096 bits at most.
        RsaPublicKey::new_with_max_size(n, e, MAX_SIGNATURE * 8).ok().map(Verifier)
    }

    pub(super) fn verify(&self, digest: &Digest, signature: &[u8]) -> bool {
        signature.len() == self.0.size()
            && self.0.verify(Pkcs1v15Sign::new::<Sha256>(), digest, signature).is_ok()
    }
}
