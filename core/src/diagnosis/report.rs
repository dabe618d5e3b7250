//! What is told of a message: the findings that follow from its header, its key and its hash.

use super::case::Key;
use super::finding::{Diagnosis, Finding, FindingCode, TriedKey};
use super::opened::{Hash, Opened};
use super::reading::Reading;
use crate::crypto::{Backend, PublicOperation};
use crate::error::Error;
use crate::signature::{Content, SignatureHeader};

/// What had to be undone to read the header.
pub(super) fn of_reading(reading: &Reading, headers: &[String]) -> Vec<Finding> {
    let strict = headers.first().map(|header| SignatureHeader::parse(header));
    let reason = match strict {
        Some(Err(error)) => {
            format!("the signature opens once that is undone ({}: {})", error.code(), error.reason())
        }
        Some(Ok(_)) | None => "the signature opens once that is undone".to_owned(),
    };
    reading.undone.iter().map(|&code| Finding::new(code, reason.clone())).collect()
}

pub(super) fn of_hash(opened: &Opened) -> Option<Finding> {
    let (code, evidence) = match opened {
        Opened::Pkcs1 { hash: Hash::Sha256, .. } => return None,
        Opened::Pkcs1 { hash: Hash::Sha1, .. } => {
            (FindingCode::SignatureSha1, "the signature opens, and names SHA-1".to_owned())
        }
        Opened::Pkcs1 { hash, .. } => {
            (FindingCode::SignatureHash, format!("the signature opens, and names {}", hash.as_str()))
        }
        Opened::Bare { content } => (
            FindingCode::SignatureDigestInfo,
            format!("the signature opens, and holds {} bytes that name no hash", content.len()),
        ),
        Opened::Pss { hash, .. } => {
            (FindingCode::SignaturePss, format!("the signature opens to PSS padding with {}", hash.as_str()))
        }
    };
    Some(Finding::new(code, evidence))
}

/// The findings where no key opened the signature.
pub(super) fn not_opened(header: &str, readings: &[Reading], keys: &[Key<'_>]) -> Diagnosis {
    let lengths: Vec<usize> =
        keys.iter().filter_map(|key| key.operation.as_ref()).map(PublicOperation::length).collect();
    let fits = |reading: &&Reading| lengths.contains(&reading.signature.len());
    let Some(reading) = readings.iter().find(fits).or(readings.first()) else {
        let finding = match SignatureHeader::parse(header) {
            Err(error) => Finding::of_error(FindingCode::SignatureHeader, &error),
            Ok(_) => Finding::new(FindingCode::SignatureHeader, "no signature can be read from it"),
        };
        return told("the Signature header can't be read", vec![finding], keys);
    };
    let found = reading.signature.len();
    let expected: Vec<_> = lengths.iter().map(usize::to_string).collect();
    let evidence = format!("it has {found} bytes, one of the keys tried has {}", expected.join(" or "));
    let is_usual = [128, 256, 384, 512, 1024].contains(&found);
    let is_short = lengths.iter().all(|&length| found < length);
    let mut findings = Vec::new();
    let summary = if lengths.contains(&found) {
        let evidence = format!("the signature opens with none of the {} keys", keys.len());
        findings.push(Finding::new(FindingCode::KeyUnknown, evidence));
        "none of the keys made the signature"
    } else if is_usual {
        findings.push(Finding::new(FindingCode::KeyLength, evidence));
        "none of the keys made the signature: it has the length of another key"
    } else if is_short {
        findings.push(Finding::new(FindingCode::SignatureCut, evidence));
        "the signature is cut off"
    } else {
        findings.push(Finding::new(FindingCode::SignatureLength, evidence));
        "the signature has a length that no RSA key makes"
    };
    let mut excluded = Vec::new();
    if lengths.contains(&found) {
        findings.extend(reading.undone.iter().map(|&code| {
            Finding::new(code, "the header has this form, and its signature opens with none of the keys")
        }));
        excluded.push("the length of the signature: it is that of a key tried".to_owned());
        excluded.push(
            "path, client id, time and body: no content verifies with a signature of another key".to_owned(),
        );
    }
    let mut diagnosis = told(summary, findings, keys);
    diagnosis.excluded = excluded;
    diagnosis
}

pub(super) fn unusable(error: &Error) -> Diagnosis {
    told("the input can't be used", vec![Finding::of_error(FindingCode::InputUnusable, error)], &[])
}

pub(super) fn told(summary: &'static str, findings: Vec<Finding>, keys: &[Key<'_>]) -> Diagnosis {
    let keys = keys
        .iter()
        .map(|key| TriedKey {
            name: key.name.to_owned(),
            version: key.version,
            bits: key.key.bits(),
            fingerprint: key.key.fingerprint().to_owned(),
            signer: false,
        })
        .collect();
    Diagnosis { summary, findings, excluded: Vec::new(), signed: None, keys, tried: 0, complete: true }
}

/// Each finding names those that hold together with it.
pub(super) fn together(findings: &mut [Finding]) {
    let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
    for finding in findings {
        finding.also = codes.iter().copied().filter(|&code| code != finding.code).collect();
    }
}

pub(super) fn named(key: Option<&Key<'_>>) -> String {
    match key {
        Some(Key { name, version: Some(version), .. }) => format!("{name}, version {version}"),
        Some(Key { name, .. }) => (*name).to_owned(),
        None => String::new(),
    }
}

/// The digest that was signed, and that of what arrived.
pub(super) fn digests(opened: &Opened, content: Content<'_>) -> String {
    let arrived = opened.hash().or(Some(Hash::Sha256)).and_then(|hash| hash.digest(&content.parts()));
    match (opened.digest(), arrived) {
        (Some(signed), Some(arrived)) => {
            format!(
                "the digest {} was signed, that of the content that arrived is {}",
                hex(signed),
                hex(&arrived)
            )
        }
        _ => "the content that arrived is not what was signed".to_owned(),
    }
}

/// Whether the digest, or its hexadecimal text, was hashed again.
pub(super) fn hashed_twice(opened: &Opened, content: Content<'_>) -> bool {
    let digest = Backend::default().sha256(&content.parts());
    let text = hex(&digest);
    [&digest[..], text.as_bytes(), text.to_ascii_uppercase().as_bytes()]
        .into_iter()
        .any(|message| opened.is_over(&[message]))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
