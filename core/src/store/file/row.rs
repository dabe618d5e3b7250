//! What stands in the file of a record.

use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::disk;
use super::halves::{self, Half};
use crate::error::{Error, ErrorCode, Result};
use crate::payment::Secret;
use crate::store::{Columns, Entry, Stored};
use crate::time::Timestamp;

const VERSION: u64 = 1;

#[derive(Deserialize)]
struct Label {
    version: u64,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    version: u64,
    pub(super) revision: u64,
    pub(super) owner: Option<Arc<str>>,
    pub(super) columns: Columns,
    pub(super) text: Secret,
}

impl Row {
    pub(super) fn new(entry: Entry, revision: u64, owner: Option<Arc<str>>) -> Self {
        let owner = owner.filter(|_| !entry.columns.finished);
        Row { version: VERSION, revision, owner, columns: entry.columns, text: entry.text }
    }

    /// Of two rows of one record, which one is the newer. A record whose id is used again after it was purged begins with
    /// the first revision again.
    pub(super) fn version(&self) -> (Timestamp, u64) {
        (self.columns.created, self.revision)
    }

    pub(super) fn into_stored(self) -> Stored {
        let entry = Entry { columns: self.columns, text: self.text };
        Stored { entry, revision: self.revision, owner: self.owner }
    }

    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        // No map has a key that is not text, which is all that writing could fail on.
        Zeroizing::new(serde_json::to_vec(self).unwrap_or_default())
    }

    /// The row of this file, and its half; none if there is no file.
    pub(super) fn read(path: &Path) -> Result<Option<(Row, Half)>> {
        let content = match disk::read(path) {
            Ok(Some(content)) => content,
            Ok(None) => return Ok(None),
            Err(error) => return Err(failed("the record can't be read", error)),
        };
        let Some((text, half)) = halves::read(&content) else {
            return Err(Error::new(ErrorCode::StoreCorrupt, "the file holds no whole record"));
        };
        match parse::<Row>(text) {
            Ok(row) if row.version <= VERSION => Ok(Some((row, half))),
            row => {
                // A newer version may have other fields.
                let label: Label = parse(text)?;
                if label.version > VERSION {
                    let reason = format!("the file has version {}", label.version);
                    return Err(Error::new(ErrorCode::SnapshotNewer, reason));
                }
                row.map(|row| Some((row, half)))
            }
        }
    }
}

fn parse<'t, T: Deserialize<'t>>(content: &'t [u8]) -> Result<T> {
    // The parser's words may quote the record, and the record may hold a payment code.
    serde_json::from_slice(content).map_err(|error| {
        let reason = format!("the record is wrong at line {}, column {}", error.line(), error.column());
        Error::new(ErrorCode::StoreCorrupt, reason)
    })
}

pub(super) fn failed(what: &str, error: io::Error) -> Error {
    Error::new(ErrorCode::StoreFailed, format!("{what}: {}", error.kind())).caused_by(error)
}
