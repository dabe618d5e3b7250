//! One message that does not verify: its signature is opened, and what it is over is looked for.

use super::finding::{Diagnosis, Finding, FindingCode, Signed};
use super::opened::{Hash, Opened};
use super::reading::{self, Reading};
use super::received::Received;
use super::search::{self, Cause, Known, Outcome};
use super::{Alternatives, report};
use crate::crypto::PublicOperation;
use crate::error::{Error, ErrorCode, Result};
use crate::json::check_size;
use crate::keys::VerifyingKey;
use crate::signature::{Content, VerifyingKeys};

/// The name of the merchant's own keys.
pub(super) const OWN: &str = "own";

/// Everything that is known of a message that does not verify.
pub(super) struct Case<'a> {
    pub(super) keys: &'a VerifyingKeys,
    /// Its time is taken from the headers.
    pub(super) content: Content<'a>,
    /// Another path that verifying takes too.
    pub(super) second_path: Option<&'a str>,
    pub(super) refusal: Option<Error>,
    pub(super) received: Received,
    pub(super) is_response: bool,
    pub(super) alternatives: Alternatives<'a>,
}

/// A key that may be the signer's.
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    pub(super) version: Option<u32>,
    pub(super) key: &'a VerifyingKey,
    pub(super) operation: Option<PublicOperation>,
}

/// A signature that a key opened.
struct Opening {
    reading: Reading,
    key: usize,
    opened: Opened,
}

impl Case<'_> {
    pub(super) fn explain(&self) -> Diagnosis {
        if let Err(error) = check_size(self.content.body) {
            return report::unusable(&error);
        }
        let times = match self.is_response {
            true => &self.received.response_times,
            false => &self.received.request_times,
        };
        let time = times.first().map(|time| time.trim_matches([' ', '\t'])).unwrap_or_default();
        let content = Content { time, ..self.content };
        let keys = self.all_keys();
        let mut diagnosis = self.examine(content, &keys);
        if times.is_empty()
            && !diagnosis.findings.iter().any(|finding| finding.code == FindingCode::TimeOtherHeader)
        {
            let name = if self.is_response { "Response-Time" } else { "Request-Time" };
            let error = Error::new(ErrorCode::MessageHeader, format!("the message has no {name} header"));
            diagnosis.findings.insert(0, Finding::of_error(FindingCode::InputUnusable, &error));
        }
        diagnosis
    }

    fn all_keys(&self) -> Vec<Key<'_>> {
        let configured = self.keys.iter().map(|(version, key)| ("gateway", version, key));
        let others = self.alternatives.keys.iter().map(|&(name, key)| (name, None, key));
        configured
            .chain(others)
            .map(|(name, version, key)| Key { name, version, key, operation: key.public_operation() })
            .collect()
    }

    fn examine(&self, content: Content<'_>, keys: &[Key<'_>]) -> Diagnosis {
        let [header, rest @ ..] = self.received.signatures.as_slice() else {
            let evidence = "there is no header of the name Signature";
            return report::told(
                "the message is not signed",
                vec![Finding::new(FindingCode::SignatureMissing, evidence)],
                keys,
            );
        };
        if header.trim().is_empty() && rest.is_empty() {
            return report::told(
                "the message is not signed",
                vec![Finding::new(FindingCode::SignatureMissing, "the Signature header is empty")],
                keys,
            );
        }
        if rest.is_empty() && self.verifies(header, content).is_ok() {
            return self.verified(content, keys);
        }
        let readings = reading::readings(&self.received.signatures);
        let known = Known {
            received: &self.received,
            paths: self.alternatives.paths,
            client_ids: self.alternatives.client_ids,
            times: self.alternatives.times,
        };
        let (certain, uncertain): (Vec<_>, Vec<_>) =
            openings(&readings, keys).into_iter().partition(|opening| opening.opened.is_certain());
        if let Some(opening) = certain.into_iter().next() {
            let outcome = self.compare(&opening, content, known);
            return self.opened(&opening, outcome, content, keys);
        }
        // With a salt of full length the padding proves nothing, but a content that fits does.
        for opening in uncertain.into_iter().take(2) {
            let outcome = self.compare(&opening, content, known);
            if outcome.causes.is_some() {
                return self.opened(&opening, outcome, content, keys);
            }
        }
        report::not_opened(header, &readings, keys)
    }

    fn verifies(&self, header: &str, content: Content<'_>) -> Result<()> {
        let header = header.trim_matches([' ', '\t']);
        let verified = self.keys.verify(header, content);
        let verified = match (verified, self.second_path) {
            (Err(_), Some(path)) => self.keys.verify(header, Content { path, ..content }),
            (verified, _) => verified,
        };
        verified.map(|_| ())
    }

    fn verified(&self, content: Content<'_>, keys: &[Key<'_>]) -> Diagnosis {
        let Some(error) = &self.refusal else {
            let path = search::shown_path(content.path);
            let finding = Finding::new(FindingCode::Verifies, format!("over the path {path}"));
            return report::told("the signature verifies", vec![finding], keys);
        };
        let is_twice = |values: &[String]| values.len() > 1;
        let received = &self.received;
        let twice = [&received.client_ids, &received.request_times, &received.response_times];
        let code = match twice.into_iter().any(|values| is_twice(values)) {
            true => FindingCode::HeaderJoined,
            false => FindingCode::MessageRefused,
        };
        report::told(
            "the signature verifies, but the message is refused",
            vec![Finding::of_error(code, error)],
            keys,
        )
    }

    /// The content that the opened signature is over, where it can be found.
    fn compare(&self, opening: &Opening, content: Content<'_>, known: Known<'_>) -> Outcome {
        if !opening.opened.is_comparable() {
            return Outcome { causes: None, tried: 0, complete: true };
        }
        if let Some(path) = self.second_path {
            let parts = Content { path, ..content }.parts();
            if opening.opened.is_over(&parts) {
                return Outcome { causes: Some(Vec::new()), tried: 1, complete: true };
            }
        }
        if report::hashed_twice(&opening.opened, content) {
            let evidence = "the digest that was signed is that of the content's digest".to_owned();
            let causes = vec![Cause { code: FindingCode::ContentHashedTwice, evidence }];
            return Outcome { causes: Some(causes), tried: 3, complete: true };
        }
        search::search(&opening.opened, content, known)
    }

    /// The findings where a key opened the signature.
    fn opened(
        &self,
        opening: &Opening,
        outcome: Outcome,
        content: Content<'_>,
        keys: &[Key<'_>],
    ) -> Diagnosis {
        let mut findings = report::of_reading(&opening.reading, &self.received.signatures);
        let key = keys.get(opening.key);
        let key_finding = key.and_then(|key| self.of_key(key, &opening.reading));
        let is_right_key = key_finding.is_none();
        findings.extend(key_finding);
        let hash_finding = report::of_hash(&opening.opened);
        let is_right_hash = hash_finding.is_none();
        findings.extend(hash_finding);
        let is_known = outcome.causes.is_some();
        let causes = outcome.causes.unwrap_or_default();
        let differs = !causes.is_empty();
        findings.extend(causes.into_iter().map(|cause| Finding::new(cause.code, cause.evidence)));
        let mut excluded = Vec::new();
        if !is_known && opening.opened.is_comparable() {
            if let Err(error) = content.check() {
                findings.push(Finding::of_error(FindingCode::InputUnusable, &error));
            }
            findings
                .push(Finding::new(FindingCode::ContentDiffers, report::digests(&opening.opened, content)));
            if is_right_key {
                excluded.push(format!("the key: the signature opens with the key {}", report::named(key)));
            }
            if is_right_hash {
                excluded.push("hash and padding: SHA-256 and PKCS#1 v1.5".to_owned());
            }
            let pairs = match outcome.complete {
                true => "every known change of path, client id, time, body and form, alone and in pairs",
                false => "the likely changes of path, client id, time, body and form, alone and in pairs",
            };
            excluded.push(format!("{pairs}: {} contents", outcome.tried));
        }
        report::together(&mut findings);
        let summary = match (is_right_key, is_right_hash, is_known && !differs) {
            (true, true, false) => "the key is right, the content is not what was signed",
            (true, false, true) => "the key and the content are right, the kind of signature is not",
            (true, false, false) => "the key is right, the kind of signature is not",
            (true, true, true) => {
                "the key and the content are right, the Signature header is not in its documented form"
            }
            (false, _, true) => "the content is right, but another key made the signature",
            (false, _, false) => "another key made the signature, over another content",
        };
        let mut diagnosis = report::told(summary, findings, keys);
        if let Some(key) = diagnosis.keys.get_mut(opening.key) {
            key.signer = true;
        }
        diagnosis.excluded = excluded;
        diagnosis.signed = Some(Signed {
            padding: opening.opened.padding(),
            hash: opening.opened.hash().map(Hash::as_str),
            digest: opening.opened.digest().map(report::hex),
        });
        diagnosis.tried = outcome.tried;
        diagnosis.complete = outcome.complete;
        diagnosis
    }

    /// Whether the key that opened the signature is the one that verifying takes.
    fn of_key(&self, key: &Key<'_>, reading: &Reading) -> Option<Finding> {
        let is_configured =
            self.keys.iter().any(|(_, configured)| configured.fingerprint() == key.key.fingerprint());
        if !is_configured {
            let code = if key.name == OWN { FindingCode::KeyOwn } else { FindingCode::KeyOther };
            return Some(Finding::new(
                code,
                format!("the signature opens with the key {}", report::named(Some(key))),
            ));
        }
        let asked = reading.key_version?;
        let is_listed = self.keys.iter().any(|(version, _)| version == Some(asked));
        (is_listed && key.version != Some(asked)).then(|| {
            let evidence = format!(
                "the header names version {asked}, the signature opens with the key {}",
                report::named(Some(key))
            );
            Finding::new(FindingCode::KeyVersion, evidence)
        })
    }
}

/// Every reading with every key, the key of the header's version first.
fn openings(readings: &[Reading], keys: &[Key<'_>]) -> Vec<Opening> {
    let mut found = Vec::new();
    for reading in readings {
        let mut order: Vec<_> = keys.iter().enumerate().collect();
        order.sort_by_key(|(_, key)| key.version.is_none() || key.version != reading.key_version);
        for (index, key) in order {
            let Some(operation) = &key.operation else { continue };
            let opened = Opened::open(operation, key.key.bits(), &reading.signature);
            found.extend(opened.into_iter().map(|opened| Opening {
                reading: reading.clone(),
                key: index,
                opened,
            }));
        }
    }
    found
}
