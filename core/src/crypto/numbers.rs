//! The numbers of RSA keys, and what holds of them in both backends. What needs arithmetic on secrets is checked by the
//! backend itself.

use crate::error::{Error, ErrorCode, Result};

/// Shortest and longest modulus, in bits.
pub(crate) const BITS: std::ops::RangeInclusive<u32> = 2048..=8192;

/// Modulus and public exponent, big-endian without leading zeros.
#[derive(Clone, Copy)]
pub(crate) struct PublicNumbers<'a> {
    pub(crate) n: &'a [u8],
    pub(crate) e: &'a [u8],
}

/// The numbers of an `RSAPrivateKey`, big-endian without leading zeros.
pub(crate) struct PrivateNumbers<'a> {
    pub(crate) public: PublicNumbers<'a>,
    pub(crate) d: &'a [u8],
    pub(crate) p: &'a [u8],
    pub(crate) q: &'a [u8],
    pub(crate) dp: &'a [u8],
    pub(crate) dq: &'a [u8],
    pub(crate) qinv: &'a [u8],
}

impl PublicNumbers<'_> {
    /// The length of the modulus in bits.
    pub(crate) fn bits(&self) -> u32 {
        let bytes = u32::try_from(self.n.len()).unwrap_or(u32::MAX);
        let unused = self.n.first().map_or(0, |byte| byte.leading_zeros());
        bytes.saturating_mul(8).saturating_sub(unused)
    }

    /// Size, and the rule for the public numbers that both backends share: an odd modulus, and an odd public
    /// exponent from 3 to 2^33 - 1.
    pub(crate) fn check(&self) -> Result<()> {
        let bits = self.bits();
        if !BITS.contains(&bits) {
            return Err(Error::new(ErrorCode::KeySize, format!("the RSA key has {bits} bits")));
        }
        let odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
        if !odd(self.n) {
            return Err(inconsistent("the modulus is even"));
        }
        let exponent =
            (self.e.len() <= 8).then(|| self.e.iter().fold(0u64, |sum, &byte| sum << 8 | u64::from(byte)));
        if !odd(self.e) || !exponent.is_some_and(|e| (3..1 << 33).contains(&e)) {
            return Err(inconsistent("the public exponent is not an odd number from 3 to 8589934591")
                .with_hint("make a key with the usual public exponent, 65537: openssl genrsa 2048"));
        }
        Ok(())
    }
}

impl PrivateNumbers<'_> {
    /// The checks of the public numbers, and those of the private ones that are comparisons only.
    pub(crate) fn check(&self) -> Result<()> {
        self.public.check()?;
        let n = self.public.n;
        let below_n = |number: &[u8]| {
            number != [0] && (number.len() < n.len() || (number.len() == n.len() && number < n))
        };
        if [self.d, self.p, self.q, self.dp, self.dq, self.qinv].into_iter().all(below_n) {
            Ok(())
        } else {
            Err(inconsistent("a private number is zero or larger than the modulus"))
        }
    }
}

pub(crate) fn inconsistent(reason: &str) -> Error {
    Error::new(ErrorCode::KeyInconsistent, reason)
}
