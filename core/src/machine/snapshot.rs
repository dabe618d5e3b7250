//! A machine as text, to outlive the process: `{"kind":"refunds","version":2,"policy":…,"state":…,"check":…}`.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::document::{Format, Reader, Writer};
use super::policy::Policy;
use super::policy_text::{self, POLICY};
use crate::error::Result;

/// A newer version is refused. An older one is migrated on reading: what it does not have yet takes the default that its
/// field names.
pub(crate) const PAYMENT: Format = Format { kind: "payment", version: 3, name: "the snapshot of a payment" };
/// The same for the refunds of a payment.
pub(crate) const REFUNDS: Format = Format { kind: "refunds", version: 2, name: "the snapshot of refunds" };

/// Writes what belongs together under one label.
pub(crate) fn write(format: &Format, policy: &Arc<Policy>, state: &impl Serialize) -> String {
    let mut writer = Writer::new(format);
    writer.known_part(POLICY, &policy_text::written(policy));
    writer.part("state", state);
    writer.check("");
    writer.finish()
}

/// Reads it back, whole or not at all.
pub(crate) fn read<S: DeserializeOwned>(format: &Format, text: &str) -> Result<(Arc<Policy>, S)> {
    let mut reader = Reader::new(format, text)?;
    let parts = (policy_text::read(&mut reader)?, reader.part("state")?);
    reader.check()?;
    reader.finish()?;
    Ok(parts)
}
