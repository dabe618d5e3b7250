//! What a DER document holds: an RSA key in one of its four containers, or something that looks like one.
//!
//! Both backends get the numbers found here, so they accept the same keys: the checks that need no arithmetic
//! on secrets are made here, the others by the backend.

use der::asn1::{AnyRef, ObjectIdentifier, UintRef};
use der::{Decode, ErrorKind, Header, Reader, SliceReader, Tag};

use crate::crypto::{PrivateNumbers, PublicNumbers, inconsistent};
use crate::error::{Error, ErrorCode, Result};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// What stands in a DER document.
pub(super) enum Document<'a> {
    Private(PrivateNumbers<'a>),
    Public(PublicNumbers<'a>),
    /// A private key of another algorithm.
    OtherPrivate(Algorithm),
    /// A public key of another algorithm.
    OtherPublic(Algorithm),
    /// A PKCS#8 private key under a passphrase.
    Encrypted,
    /// An X.509 certificate or a request for one.
    Certificate,
    /// A PKCS#12 archive.
    Archive,
}

/// An algorithm that is not plain RSA.
#[derive(Clone, Copy)]
pub(super) enum Algorithm {
    Pss,
    Ec,
    Other,
}

/// Reads one DER document, and nothing after it.
pub(super) fn read(der: &[u8]) -> Result<Document<'_>> {
    let (der, content) = outer_sequence(der)?;
    let mut reader = SliceReader::new(content).map_err(|_| damaged())?;
    let (first, second, third) = (next(&mut reader)?, next(&mut reader)?, next(&mut reader)?);
    let tags = [first, second, third].map(|value| value.map(|value| value.tag));
    match tags {
        [Some(Tag::Integer), Some(Tag::Sequence), Some(Tag::OctetString)] => pkcs8(second, third),
        [Some(Tag::Integer), Some(Tag::Integer), None] => pkcs1_public(der).map(Document::Public),
        [Some(Tag::Integer), Some(Tag::Integer), Some(Tag::Integer)] => pkcs1_private(content),
        [Some(Tag::Integer), Some(Tag::OctetString), _] => Ok(Document::OtherPrivate(Algorithm::Ec)),
        [Some(Tag::Integer), Some(Tag::Sequence), _] => Ok(Document::Archive),
        [Some(Tag::Sequence), Some(Tag::BitString), None] => spki(first, second),
        [Some(Tag::Sequence), Some(Tag::OctetString), None] => Ok(Document::Encrypted),
        [Some(Tag::Sequence), Some(Tag::Sequence), Some(Tag::BitString)] => Ok(Document::Certificate),
        _ => Err(Error::new(ErrorCode::KeyNotAKey, "the DER document is not a key")),
    }
}

/// One element inside a SEQUENCE.
#[derive(Clone, Copy)]
struct Element<'a> {
    tag: Tag,
    content: &'a [u8],
}

fn next<'a>(reader: &mut SliceReader<'a>) -> Result<Option<Element<'a>>> {
    if reader.is_finished() {
        return Ok(None);
    }
    let value = AnyRef::decode(reader).map_err(|_| damaged())?;
    Ok(Some(Element { tag: der::Tagged::tag(&value), content: value.value() }))
}

/// The SEQUENCE that the bytes are, without spaces after it, and what is inside.
fn outer_sequence(der: &[u8]) -> Result<(&[u8], &[u8])> {
    let not_der = || Error::new(ErrorCode::KeyNotAKey, "the bytes are not a DER key");
    let cut = || Error::new(ErrorCode::KeyTruncated, "the key is shorter than the length it states");
    let mut reader = SliceReader::new(der).map_err(|_| not_der())?;
    let header = match Header::decode(&mut reader) {
        Ok(header) if header.tag == Tag::Sequence => header,
        Err(error) if matches!(error.kind(), ErrorKind::Incomplete { .. }) && der.first() == Some(&0x30) => {
            return Err(cut());
        }
        _ => return Err(not_der()),
    };
    let content = reader.read_slice(header.length).map_err(|_| cut())?;
    let rest = reader.read_slice(reader.remaining_len()).unwrap_or_default();
    if rest.first() == Some(&0x30) {
        return Err(Error::new(ErrorCode::KeyMultiple, "another DER document follows the first"));
    }
    if !rest.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(ErrorCode::KeyNotAKey, "other bytes follow the key"));
    }
    Ok((der.strip_suffix(rest).unwrap_or(der), content))
}

fn pkcs8<'a>(algorithm: Option<Element<'a>>, key: Option<Element<'a>>) -> Result<Document<'a>> {
    let inner = key.map_or(&[][..], |element| element.content);
    match oid(algorithm)? {
        RSA => pkcs1_private(outer_sequence(inner)?.1),
        RSA_PSS => Ok(Document::OtherPrivate(Algorithm::Pss)),
        EC => Ok(Document::OtherPrivate(Algorithm::Ec)),
        _ => Ok(Document::OtherPrivate(Algorithm::Other)),
    }
}

fn spki<'a>(algorithm: Option<Element<'a>>, key: Option<Element<'a>>) -> Result<Document<'a>> {
    match oid(algorithm)? {
        RSA => match key.map_or(&[][..], |element| element.content) {
            // The number of unused bits comes first, and a key has none.
            [0, inner @ ..] => pkcs1_public(inner).map(Document::Public),
            _ => Err(damaged()),
        },
        RSA_PSS => Ok(Document::OtherPublic(Algorithm::Pss)),
        EC => Ok(Document::OtherPublic(Algorithm::Ec)),
        _ => Ok(Document::OtherPublic(Algorithm::Other)),
    }
}

fn oid(algorithm: Option<Element<'_>>) -> Result<ObjectIdentifier> {
    let content = algorithm.map_or(&[][..], |element| element.content);
    let mut reader = SliceReader::new(content).map_err(|_| damaged())?;
    ObjectIdentifier::decode(&mut reader).map_err(|_| damaged())
}

fn pkcs1_public(der: &[u8]) -> Result<PublicNumbers<'_>> {
    let key = pkcs1::RsaPublicKey::try_from(der).map_err(|_| damaged())?;
    Ok(PublicNumbers { n: key.modulus.as_bytes(), e: key.public_exponent.as_bytes() })
}

fn pkcs1_private(content: &[u8]) -> Result<Document<'_>> {
    let mut reader = SliceReader::new(content).map_err(|_| damaged())?;
    let mut numbers = Vec::with_capacity(9);
    while !reader.is_finished() && reader.peek_tag().is_ok_and(|tag| tag == Tag::Integer) {
        numbers.push(UintRef::decode(&mut reader).map_err(|_| damaged())?.as_bytes());
    }
    match *numbers {
        // DSA has six numbers, and version 0 as well.
        [[0], _, _, _, _, _] if reader.is_finished() => Ok(Document::OtherPrivate(Algorithm::Other)),
        [[0], n, e, d, p, q, dp, dq, qinv] if reader.is_finished() => {
            Ok(Document::Private(PrivateNumbers { public: PublicNumbers { n, e }, d, p, q, dp, dq, qinv }))
        }
        [[1], _, _, _, _, _, _, _, _] => Err(inconsistent("the RSA key has more than two primes")
            .with_hint("make an ordinary key with: openssl genrsa 2048")),
        _ => Err(damaged()),
    }
}

fn damaged() -> Error {
    Error::new(ErrorCode::KeyNotAKey, "the structure of the key is damaged")
        .with_hint("copy the key again from its first to its last character")
}
