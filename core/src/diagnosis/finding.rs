//! What was found, in words and as JSON: the same in every language.

use std::fmt;

use super::texts::{change, found};
use crate::error::Error;
use crate::json::{Json, Object};
pub use crate::words::FindingCode;

/// One thing that was found. `Display` writes it as one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Which one, for programs.
    pub code: FindingCode,
    /// The findings that hold only together with this one: all of them have to be changed.
    pub also: Vec<FindingCode>,
    /// What was found.
    pub found: &'static str,
    /// What shows it. It holds no body, no key and no query of a path.
    pub evidence: String,
    /// What to change.
    pub change: String,
}

/// What a signature was found to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signed {
    /// `pkcs1`, `pkcs1_without_hash` or `pss`.
    pub padding: &'static str,
    /// The hash, such as `sha256`; none where the signature names none.
    pub hash: Option<&'static str>,
    /// The digest that was signed, in lower-case hexadecimal; none where it can't be read from the padding.
    pub digest: Option<String>,
}

/// A key that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TriedKey {
    /// `gateway` for a configured key, `own` for the merchant's own one, else the name that it was given.
    pub name: String,
    /// The version that it is configured under.
    pub version: Option<u32>,
    /// The length of the modulus in bits.
    pub bits: u32,
    /// The SHA-256 of the key, as [`VerifyingKey::fingerprint`](crate::keys::VerifyingKey::fingerprint) gives it.
    pub fingerprint: String,
    /// Whether the signature was made with it.
    pub signer: bool,
}

/// What was found about a signature that does not verify. `Display` writes a sentence a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The result in one sentence.
    pub summary: &'static str,
    /// Everything found, the most likely cause first; never empty.
    pub findings: Vec<Finding>,
    /// What can't be the cause, a sentence each.
    pub excluded: Vec<String>,
    /// What the signature holds, where a key opened it.
    pub signed: Option<Signed>,
    /// Every key that was tried.
    pub keys: Vec<TriedKey>,
    /// The number of contents that were compared with what was signed.
    pub tried: u32,
    /// Whether every candidate was compared. False where the limit of work was reached.
    pub complete: bool,
}

impl Finding {
    pub(super) fn new(code: FindingCode, evidence: impl Into<String>) -> Self {
        Finding {
            code,
            also: Vec::new(),
            found: found(code),
            evidence: evidence.into(),
            change: change(code).to_owned(),
        }
    }

    /// What an error of the library says.
    pub(super) fn of_error(code: FindingCode, error: &Error) -> Self {
        Finding {
            change: error.hint().to_owned(),
            ..Finding::new(code, format!("{}: {}", error.code(), error.reason()))
        }
    }

    fn to_json(&self) -> Object {
        let also = self.also.iter().map(|code| Json::from(code.as_str())).collect();
        Object::new()
            .with("code", self.code.as_str())
            .with("also", Json::Array(also))
            .with("found", self.found)
            .with("evidence", self.evidence.as_str())
            .with("change", self.change.as_str())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.code.as_str(), self.found, self.evidence)?;
        if !self.also.is_empty() {
            let also: Vec<_> = self.also.iter().map(|code| code.as_str()).collect();
            write!(f, " (together with {})", also.join(", "))?;
        }
        write!(f, "; {}", self.change)
    }
}

impl Diagnosis {
    /// The same as a JSON object, equal in every language:
    ///
    /// `{"summary", "findings": [{"code", "also": [], "found", "evidence", "change"}], "excluded": [],
    /// "signed": {"padding", "hash", "digest"} or null, "keys": [{"name", "version", "bits", "fingerprint", "signer"}],
    /// "tried", "complete", "text"}`, where `text` is what `Display` writes.
    pub fn to_json(&self) -> Object {
        let texts =
            |texts: &[String]| Json::Array(texts.iter().map(|text| Json::from(text.as_str())).collect());
        let findings = self.findings.iter().map(|finding| Json::Object(finding.to_json())).collect();
        let keys = self.keys.iter().map(|key| Json::Object(key.to_json())).collect();
        let signed = self.signed.as_ref().map_or(Json::Null, |signed| Json::Object(signed.to_json()));
        Object::new()
            .with("summary", self.summary)
            .with("findings", Json::Array(findings))
            .with("excluded", texts(&self.excluded))
            .with("signed", signed)
            .with("keys", Json::Array(keys))
            .with("tried", Json::Number(self.tried.to_string()))
            .with("complete", Json::Bool(self.complete))
            .with("text", self.to_string())
    }
}

impl Signed {
    fn to_json(&self) -> Object {
        let text = |text: Option<&str>| text.map_or(Json::Null, Json::from);
        Object::new()
            .with("padding", self.padding)
            .with("hash", text(self.hash))
            .with("digest", text(self.digest.as_deref()))
    }
}

impl TriedKey {
    fn to_json(&self) -> Object {
        let version = self.version.map_or(Json::Null, |version| Json::Number(version.to_string()));
        Object::new()
            .with("name", self.name.as_str())
            .with("version", version)
            .with("bits", Json::Number(self.bits.to_string()))
            .with("fingerprint", self.fingerprint.as_str())
            .with("signer", Json::Bool(self.signer))
    }
}

impl fmt::Display for TriedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key {}", self.name)?;
        if let Some(version) = self.version {
            write!(f, ", version {version}")?;
        }
        write!(f, ": {} bits, {}", self.bits, self.fingerprint)?;
        if self.signer { f.write_str(", made the signature") } else { Ok(()) }
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.summary)?;
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        for excluded in &self.excluded {
            writeln!(f, "ruled out: {excluded}")?;
        }
        for key in &self.keys {
            writeln!(f, "{key}")?;
        }
        Ok(())
    }
}
