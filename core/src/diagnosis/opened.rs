//! A signature, opened by a public key: the padding, the hash, and the digest that was signed.
//!
//! These are facts. Padding that is right can't come about by chance, so a signature that opens was made with the key.

use super::sha1::sha1;
use crate::crypto::{Backend, PublicOperation};

/// A hash that a signature can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    const ALL: [Hash; 6] = [Hash::Md5, Hash::Sha1, Hash::Sha224, Hash::Sha256, Hash::Sha384, Hash::Sha512];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Hash::Md5 => "md5",
            Hash::Sha1 => "sha1",
            Hash::Sha224 => "sha224",
            Hash::Sha256 => "sha256",
            Hash::Sha384 => "sha384",
            Hash::Sha512 => "sha512",
        }
    }

    /// The length of the digest in bytes.
    fn length(self) -> usize {
        match self {
            Hash::Md5 => 16,
            Hash::Sha1 => 20,
            Hash::Sha224 => 28,
            Hash::Sha256 => 32,
            Hash::Sha384 => 48,
            Hash::Sha512 => 64,
        }
    }

    /// The object identifier in DER (RFC 8017, appendix B.1).
    fn oid(self) -> &'static [u8] {
        match self {
            Hash::Md5 => &[0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05],
            Hash::Sha1 => &[0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a],
            Hash::Sha224 => &[0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04],
            Hash::Sha256 => &[0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01],
            Hash::Sha384 => &[0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02],
            Hash::Sha512 => &[0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03],
        }
    }

    /// The digest of the parts; nothing for a hash that no candidate is compared with.
    pub(super) fn digest(self, parts: &[&[u8]]) -> Option<Vec<u8>> {
        match self {
            Hash::Sha256 => Some(Backend::default().sha256(parts).to_vec()),
            Hash::Sha1 => Some(sha1(parts).to_vec()),
            Hash::Md5 | Hash::Sha224 | Hash::Sha384 | Hash::Sha512 => None,
        }
    }
}

/// What a signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// PKCS#1 v1.5 padding, with the name of the hash.
    Pkcs1 { hash: Hash, digest: Vec<u8> },
    /// PKCS#1 v1.5 padding around bytes without the name of a hash.
    Bare { content: Vec<u8> },
    /// PSS padding. The digest can't be read from it, only compared.
    Pss {
        hash: Hash,
        salt: Vec<u8>,
        hashed: Vec<u8>,
        /// The padding alone proves the key. With a salt of full length only the content does.
        certain: bool,
    },
}

impl Opened {
    /// Opens a signature; `None` where the key is not the signer's.
    pub(super) fn open(key: &PublicOperation, bits: u32, signature: &[u8]) -> Vec<Opened> {
        let Some(padded) = key.apply(signature) else { return Vec::new() };
        match pkcs1(&padded) {
            Some(opened) => vec![opened],
            None => {
                [Hash::Sha256, Hash::Sha1].into_iter().filter_map(|hash| pss(&padded, bits, hash)).collect()
            }
        }
    }

    pub(super) fn hash(&self) -> Option<Hash> {
        match self {
            Opened::Pkcs1 { hash, .. } | Opened::Pss { hash, .. } => Some(*hash),
            Opened::Bare { .. } => None,
        }
    }

    /// Whether the padding alone proves that the key is the signer's.
    pub(super) fn is_certain(&self) -> bool {
        !matches!(self, Opened::Pss { certain: false, .. })
    }

    /// Whether this content is what was signed; never where the hash is not one that is compared.
    pub(super) fn is_over(&self, parts: &[&[u8]]) -> bool {
        let fits = match self {
            Opened::Pkcs1 { hash, digest } => hash.digest(parts).map(|found| found == *digest),
            Opened::Bare { content } => {
                bare_hash(content).and_then(|hash| hash.digest(parts)).map(|found| found == *content)
            }
            Opened::Pss { hash, salt, hashed, .. } => hash
                .digest(parts)
                .and_then(|digest| hash.digest(&[&[0; 8], &digest, salt]))
                .map(|found| found == *hashed),
        };
        fits == Some(true)
    }

    /// Whether contents can be compared with it.
    pub(super) fn is_comparable(&self) -> bool {
        match self {
            Opened::Pkcs1 { hash, .. } | Opened::Pss { hash, .. } => hash.digest(&[]).is_some(),
            Opened::Bare { content } => bare_hash(content).is_some(),
        }
    }

    /// How much slower than SHA-256 the hash is here, as a factor.
    pub(super) fn slowness(&self) -> usize {
        match self {
            Opened::Pkcs1 { hash: Hash::Sha1, .. } | Opened::Pss { hash: Hash::Sha1, .. } => 8,
            Opened::Bare { content } if content.len() == Hash::Sha1.length() => 8,
            _ => 1,
        }
    }

    /// The digest that was signed, where it can be read.
    pub(super) fn digest(&self) -> Option<&[u8]> {
        match self {
            Opened::Pkcs1 { digest, .. } => Some(digest),
            Opened::Bare { content } => bare_hash(content).map(|_| content.as_slice()),
            Opened::Pss { .. } => None,
        }
    }

    pub(super) fn padding(&self) -> &'static str {
        match self {
            Opened::Pkcs1 { .. } => "pkcs1",
            Opened::Bare { .. } => "pkcs1_without_hash",
            Opened::Pss { .. } => "pss",
        }
    }
}

/// The hash of a bare digest, by its length.
fn bare_hash(content: &[u8]) -> Option<Hash> {
    [Hash::Sha256, Hash::Sha1].into_iter().find(|hash| hash.length() == content.len())
}

/// `00 01 FF … FF 00`, with eight bytes of FF at least (RFC 8017, 9.2).
fn pkcs1(padded: &[u8]) -> Option<Opened> {
    let rest = padded.strip_prefix(&[0, 1])?;
    let filler = rest.iter().take_while(|&&byte| byte == 0xff).count();
    if filler < 8 {
        return None;
    }
    let content = rest.get(filler..)?.strip_prefix(&[0])?;
    for hash in Hash::ALL {
        if let Some(digest) = digest_info(content, hash) {
            return Some(Opened::Pkcs1 { hash, digest: digest.to_vec() });
        }
    }
    Some(Opened::Bare { content: content.to_vec() })
}

/// The digest of a DigestInfo that names this hash, with or without the NULL of its parameters.
fn digest_info(content: &[u8], hash: Hash) -> Option<&[u8]> {
    let length = u8::try_from(hash.length()).ok()?;
    [&[0x05, 0x00][..], &[]].into_iter().find_map(|parameters| {
        let algorithm = [hash.oid(), parameters].concat();
        let algorithm_length = u8::try_from(algorithm.len()).ok()?;
        let all = algorithm_length.checked_add(length)?.checked_add(4)?;
        let head = [&[0x30, all, 0x30, algorithm_length][..], &algorithm, &[0x04, length]].concat();
        content.strip_prefix(&head[..]).filter(|digest| digest.len() == hash.length())
    })
}

/// The padding of PSS with MGF1 over the same hash, and a salt of any length (RFC 8017, 9.1.2).
fn pss(padded: &[u8], bits: u32, hash: Hash) -> Option<Opened> {
    let encoded_bits = usize::try_from(bits.checked_sub(1)?).ok()?;
    let length = encoded_bits.div_ceil(8);
    let encoded = padded.get(padded.len().checked_sub(length)?..)?.strip_suffix(&[0xbc])?;
    let (masked, hashed) = encoded.split_at_checked(encoded.len().checked_sub(hash.length())?)?;
    let mut data: Vec<u8> =
        masked.iter().zip(mask(hashed, masked.len(), hash)?).map(|(a, b)| a ^ b).collect();
    let unused = u32::try_from(length.saturating_mul(8).saturating_sub(encoded_bits)).ok()?;
    let kept = 0xff_u8.checked_shr(unused)?;
    if (*masked.first()? & !kept) != 0 {
        return None;
    }
    *data.first_mut()? &= kept;
    let zeros = data.iter().take_while(|&&byte| byte == 0).count();
    let salt = data.get(zeros..)?.strip_prefix(&[1])?;
    Some(Opened::Pss { hash, salt: salt.to_vec(), hashed: hashed.to_vec(), certain: zeros >= 8 })
}

/// MGF1 (RFC 8017, B.2.1).
fn mask(seed: &[u8], length: usize, hash: Hash) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(length.saturating_add(hash.length()));
    let mut counter = 0_u32;
    while out.len() < length {
        out.extend(hash.digest(&[seed, &counter.to_be_bytes()])?);
        counter = counter.checked_add(1)?;
    }
    out.truncate(length);
    Some(out)
}
