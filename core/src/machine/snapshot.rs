//! A machine as text, to outlive the process: `{"kind":"payment","version":2,"policy":…,"state":…,"check":…}`.
//!
//! A text that was cut off or edited by accident is refused as a whole; the check is no protection against an attacker,
//! who could compute it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::policy::Policy;
use crate::error::{Error, ErrorCode, Result};

/// The version that is written. A newer one is refused. An older one is migrated on reading: what it does not have yet
/// takes the default that its field names.
const VERSION: u64 = 2;

/// What every version has.
#[derive(Deserialize)]
struct Label {
    kind: String,
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    kind: &'a str,
    version: u64,
    #[serde(borrow)]
    policy: &'a RawValue,
    #[serde(borrow)]
    state: &'a RawValue,
    check: &'a str,
}

/// Writes what belongs together under one label.
pub(crate) fn write(kind: &str, policy: &Policy, state: &impl Serialize) -> String {
    // Neither holds a map with keys that are not texts, which is all that writing could fail on.
    let (policy, state) = (raw(policy), raw(state));
    let check = check(policy.get(), state.get());
    let document = Document { kind, version: VERSION, policy: &policy, state: &state, check: &check };
    serde_json::to_string(&document).unwrap_or_default()
}

fn raw(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).unwrap_or_default()
}

/// Reads it back, whole or not at all.
pub(crate) fn read<S: DeserializeOwned>(kind: &str, text: &str) -> Result<(Policy, S)> {
    let label: Label = parse(text)?;
    if label.kind != kind {
        return Err(Error::new(ErrorCode::SnapshotKind, format!("this is not a snapshot of a {kind}")));
    }
    if label.version > VERSION {
        return Err(Error::new(
            ErrorCode::SnapshotNewer,
            format!("the snapshot has version {}", label.version),
        ));
    }
    if label.version == 0 {
        return Err(Error::new(
            ErrorCode::SnapshotMalformed,
            format!("there is no version {}", label.version),
        ));
    }
    let document: Document<'_> = parse(text)?;
    if check(document.policy.get(), document.state.get()) != document.check {
        return Err(Error::new(ErrorCode::SnapshotMalformed, "the snapshot's check does not fit its text"));
    }
    Ok((parse(document.policy.get())?, parse(document.state.get())?))
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T> {
    // The parser's own words may quote the text, and the text may hold a payment code.
    serde_json::from_str(text).map_err(|error| {
        let reason = format!("the snapshot is wrong at line {}, column {}", error.line(), error.column());
        Error::new(ErrorCode::SnapshotMalformed, reason)
    })
}

fn check(policy: &str, state: &str) -> String {
    format!("{:016x}", digest(format!("{policy}\n{state}").as_bytes()))
}

/// FNV-1a with 64 bits: finds accidents.
pub(crate) fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
