//! Records of the earlier version: one file a payment in the folder itself, and another for its refunds.

use std::fs;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::folder::Folder;
use super::lock::Lock;
use super::row::{Row, failed};
use super::{disk, system};
use crate::error::{Error, ErrorCode, Result};
use crate::payment::Secret;
use crate::store::{PaymentRecord, Unreadable};

const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'-');
const REFUNDS: &str = "refunds/";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Earlier {
    id: String,
    revision: u64,
    snapshot: Secret,
}

/// Moves every record of the earlier version. One that can't be read stays where it is, and shows in lists.
pub(super) fn migrate(folder: &Folder) -> Result<()> {
    if payments(&folder.root).is_empty() {
        return Ok(());
    }
    let lock = folder.root.join("locks").join("migration");
    let _lock = Lock::take(&lock).map_err(|error| failed("the migration is locked", error))?;
    for path in payments(&folder.root) {
        if let Ok(Some(earlier)) = read(&path) {
            // What fails for one record is tried again when the store is opened again.
            let _ = migrate_one(folder, &path, earlier);
        }
    }
    Ok(())
}

fn migrate_one(folder: &Folder, path: &Path, earlier: Earlier) -> Result<()> {
    let refunds_path = folder.root.join(file_name(&format!("{REFUNDS}{}", earlier.id)));
    let refunds = read(&refunds_path)?;
    let refunds = refunds.as_ref().map(|refunds| refunds.snapshot.expose());
    let record = PaymentRecord::of_earlier_version(earlier.snapshot.expose(), refunds)?;
    let row = Row::new(record.entry(), earlier.revision.max(1), None);
    let _lock = folder.lock(&row.columns.id).map_err(super::StoreError::into_error)?;
    if folder.row(&row.columns.id)?.is_none() {
        folder.put(&row, None, &[]).map_err(super::StoreError::into_error)?;
    } else {
        // A migration was cut short after it was written, and maybe before it was flushed.
        for part in ["open", "finished"] {
            let synced = system::sync_folder(&folder.root.join(part));
            synced.map_err(|error| failed("the folder can't be flushed", error))?;
        }
    }
    for old in [path, &refunds_path] {
        system::remove(old).map_err(|error| failed("the earlier record can't be removed", error))?;
    }
    Ok(())
}

/// What is left of the earlier version and can't be read.
pub(super) fn unreadable(root: &Path) -> Vec<Unreadable> {
    let broken = |path: PathBuf| {
        let error = match read(&path) {
            Ok(None) => return None,
            Ok(Some(earlier)) => PaymentRecord::of_earlier_version(earlier.snapshot.expose(), None).err(),
            Err(error) => Some(error),
        };
        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let otherwise = || Error::new(ErrorCode::StoreFailed, "the record was not migrated yet");
        Some(Unreadable { id, error: error.unwrap_or_else(otherwise) })
    };
    payments(root).into_iter().filter_map(broken).collect()
}

fn payments(root: &Path) -> Vec<PathBuf> {
    let refunds = utf8_percent_encode(REFUNDS, ESCAPED).to_string();
    let entries = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path());
    let payment = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "json")
            && !path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(&refunds))
    };
    entries.filter(payment).collect()
}

fn file_name(id: &str) -> String {
    format!("{}.json", utf8_percent_encode(id, ESCAPED))
}

fn read(path: &Path) -> Result<Option<Earlier>> {
    let content = disk::read(path).map_err(|error| failed("the record can't be read", error))?;
    let Some(content) = content else { return Ok(None) };
    serde_json::from_slice(&content).map(Some).map_err(|error| {
        let reason = format!("the record is wrong at line {}, column {}", error.line(), error.column());
        Error::new(ErrorCode::StoreCorrupt, reason)
    })
}
