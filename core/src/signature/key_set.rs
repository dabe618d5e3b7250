//! Several keys at once, as during a key rotation: the gateway's by `keyVersion`, and our own.
//!
//! A set only chooses the key; signing and verifying are the key's own business.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Content, SignatureHeader};
use crate::error::{Error, ErrorCode, Result};
use crate::keys::{SigningKey, VerifyingKey};

/// The gateway's public keys.
#[derive(Clone, Debug)]
pub struct VerifyingKeys(Gateway);

#[derive(Clone, Debug)]
enum Gateway {
    Single(VerifyingKey),
    ByVersion(BTreeMap<u32, VerifyingKey>),
}

/// Which key a signature was verified with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verified {
    /// The version under which the key is listed; none where there is a single key without a version.
    pub key_version: Option<u32>,
}

impl VerifyingKeys {
    /// One key for every key version.
    pub fn single(key: VerifyingKey) -> Self {
        VerifyingKeys(Gateway::Single(key))
    }

    /// Keys by the `keyVersion` of the Signature header.
    ///
    /// # Errors
    /// `config.missing` when there is none.
    pub fn by_version(keys: BTreeMap<u32, VerifyingKey>) -> Result<Self> {
        if keys.is_empty() {
            return Err(Error::new(ErrorCode::ConfigMissing, "no public key of the gateway is configured"));
        }
        Ok(VerifyingKeys(Gateway::ByVersion(keys)))
    }

    /// Verifies with the key of the header's version where that is listed, and with that key alone; else with
    /// each key in turn.
    ///
    /// # Errors
    /// As [`VerifyingKey::verify`].
    pub fn verify(&self, header: &str, content: Content<'_>) -> Result<Verified> {
        content.check()?;
        self.verify_parsed(&SignatureHeader::parse(header)?, content)
    }

    pub(crate) fn verify_parsed(&self, header: &SignatureHeader, content: Content<'_>) -> Result<Verified> {
        let keys = match &self.0 {
            Gateway::Single(key) => {
                return key.verify_parsed(header, content).map(|()| Verified { key_version: None });
            }
            Gateway::ByVersion(keys) => keys,
        };
        if let Some((&version, key)) = header.key_version.and_then(|version| keys.get_key_value(&version)) {
            return key.verify_parsed(header, content).map(|()| Verified { key_version: Some(version) });
        }
        match keys.iter().find(|(_, key)| key.verify_parsed(header, content).is_ok()) {
            Some((&version, _)) => Ok(Verified { key_version: Some(version) }),
            None => Err(Error::new(
                ErrorCode::SignatureMismatch,
                format!("none of the {} configured keys made this signature over this content", keys.len()),
            )),
        }
    }

    /// Every key with the version it is listed under.
    pub fn iter(&self) -> impl Iterator<Item = (Option<u32>, &VerifyingKey)> {
        let (single, listed) = match &self.0 {
            Gateway::Single(key) => (Some((None, key)), None),
            Gateway::ByVersion(keys) => (None, Some(keys)),
        };
        single.into_iter().chain(listed.into_iter().flatten().map(|(&version, key)| (Some(version), key)))
    }
}

impl From<VerifyingKey> for VerifyingKeys {
    fn from(key: VerifyingKey) -> Self {
        VerifyingKeys::single(key)
    }
}

/// A merchant's own private keys, of which one signs. The keys are shared, not copied: a clone is a reference.
#[derive(Clone, Debug)]
pub struct SigningKeys {
    keys: BTreeMap<u32, Arc<SigningKey>>,
    current: u32,
}

impl SigningKeys {
    /// One key, under the version that the gateway knows it by; the first key of a merchant has version 1.
    pub fn single(version: u32, key: impl Into<Arc<SigningKey>>) -> Self {
        SigningKeys { keys: BTreeMap::from([(version, key.into())]), current: version }
    }

    /// Keys by version; the current one signs.
    ///
    /// # Errors
    /// `config.invalid` when the current version is not among them.
    pub fn by_version<K: Into<Arc<SigningKey>>>(keys: BTreeMap<u32, K>, current: u32) -> Result<Self> {
        let keys = keys.into_iter().map(|(version, key)| (version, key.into())).collect();
        let mut keys = SigningKeys { keys, current };
        keys.switch_to(current)?;
        Ok(keys)
    }

    /// From now on the key of this version signs.
    ///
    /// # Errors
    /// `config.invalid` when there is no such key; then nothing changes.
    pub fn switch_to(&mut self, version: u32) -> Result<()> {
        if !self.keys.contains_key(&version) {
            return Err(Error::new(
                ErrorCode::ConfigInvalid,
                format!(
                    "the current key version is {version}, but no signing key of that version is configured"
                ),
            ));
        }
        self.current = version;
        Ok(())
    }

    /// The version of the key that signs.
    pub fn current_version(&self) -> u32 {
        self.current
    }

    /// The key that signs.
    pub fn current(&self) -> Option<&SigningKey> {
        self.keys.get(&self.current).map(Arc::as_ref)
    }

    /// Every key with its version, the one that signs and those that rest.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &SigningKey)> {
        self.keys.iter().map(|(&version, key)| (version, key.as_ref()))
    }

    /// Signs with the current key.
    ///
    /// # Errors
    /// As [`SigningKey::sign`].
    pub fn sign(&self, content: Content<'_>) -> Result<String> {
        match self.current() {
            Some(key) => key.sign(content, self.current),
            None => Err(Error::new(ErrorCode::SignatureFailed, "there is no current signing key")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::generate;

    const CONTENT: Content<'_> =
        Content { method: "POST", path: "/p", client_id: "C", time: "T", body: b"{}" };

    fn pair() -> (SigningKey, VerifyingKey) {
        let key = SigningKey::load(&*generate(2048).unwrap().private_pem).unwrap();
        let public = key.verifying_key();
        (key, public)
    }

    #[test]
    fn a_listed_version_is_used_alone_else_each_is_tried() {
        let ((old, old_public), (new, new_public)) = (pair(), pair());
        let keys = VerifyingKeys::by_version(BTreeMap::from([(1, old_public), (2, new_public)])).unwrap();
        let verify = |header: String| keys.verify(&header, CONTENT).map(|verified| verified.key_version);

        assert_eq!(verify(old.sign(CONTENT, 1).unwrap()), Ok(Some(1)));
        assert_eq!(verify(new.sign(CONTENT, 2).unwrap()), Ok(Some(2)));
        assert_eq!(verify(new.sign(CONTENT, 1).unwrap()).unwrap_err().code(), "signature.mismatch");
        assert_eq!(verify(new.sign(CONTENT, 7).unwrap()), Ok(Some(2)));
        assert_eq!(verify(old.sign(CONTENT, 1).unwrap().replace("keyVersion=1,", "")), Ok(Some(1)));
        let (stranger, _) = pair();
        assert_eq!(verify(stranger.sign(CONTENT, 7).unwrap()).unwrap_err().code(), "signature.mismatch");
        assert_eq!(keys.iter().map(|(version, _)| version).collect::<Vec<_>>(), [Some(1), Some(2)]);
    }

    #[test]
    fn a_single_key_serves_every_version() {
        let (key, public) = pair();
        let keys = VerifyingKeys::from(public);
        for version in [0, 1, 99] {
            let verified = keys.verify(&key.sign(CONTENT, version).unwrap(), CONTENT).unwrap();
            assert_eq!(verified.key_version, None);
        }
        assert_eq!(keys.iter().count(), 1);
    }

    #[test]
    fn the_current_key_signs() {
        let ((old, old_public), (new, new_public)) = (pair(), pair());
        let mut keys = SigningKeys::by_version(BTreeMap::from([(1, old), (2, new)]), 1).unwrap();
        old_public.verify(&keys.sign(CONTENT).unwrap(), CONTENT).unwrap();
        assert_eq!(keys.switch_to(3).unwrap_err().code(), "config.invalid");
        keys.switch_to(2).unwrap();
        let header = keys.sign(CONTENT).unwrap();
        assert!(header.starts_with("algorithm=RSA256,keyVersion=2,signature="));
        new_public.verify(&header, CONTENT).unwrap();
        assert_eq!(keys.current_version(), 2);
    }

    #[test]
    fn sets_without_a_usable_key_are_refused() {
        assert_eq!(VerifyingKeys::by_version(BTreeMap::new()).unwrap_err().code(), "config.missing");
        assert_eq!(
            SigningKeys::by_version::<SigningKey>(BTreeMap::new(), 1).unwrap_err().code(),
            "config.invalid"
        );
    }
}
