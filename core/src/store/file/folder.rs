//! The folder of a store, and the operations on it, which block.
//!
//! `open` and `finished` hold a file a record, so that recovery reads what is open and not what ever was; a record that
//! is in both, because of a crash, is the one with the higher revision. `refunds` says which record holds a refund,
//! `owners` counts beats, `touched` says whom to tell, `gateway_times` the newest time a merchant, and `locks` are
//! taken by name: 64 of them, so that no lock has to be removed.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::disk::{self, UNFINISHED, WriteError};
use super::lock::Lock;
use super::row::{Row, failed};
use super::{name, scan};
use crate::error::Result;
use crate::machine::digest::digest;
use crate::store::{Entry, StoreError, Stored, contract::check_id};
use crate::time::Timestamp;

const LOCKS: u64 = 64;

/// What a conflict or a failure of a write is.
pub(super) type Written<T> = std::result::Result<T, StoreError>;

#[derive(Debug)]
pub(super) struct Folder {
    pub(super) root: PathBuf,
    /// What is known of the files in `open`, so that only those that changed are read again.
    pub(super) seen: Mutex<HashMap<PathBuf, scan::Seen>>,
}

impl Folder {
    pub(super) fn open(root: PathBuf) -> Result<Self> {
        for part in ["open", "finished", "refunds", "owners", "touched", "gateway_times", "locks"] {
            fs::create_dir_all(root.join(part)).map_err(|error| failed("the folder can't be made", error))?;
        }
        let folder = Folder { root, seen: Mutex::default() };
        folder.clean();
        Ok(folder)
    }

    /// Removes what crashes left. What somebody is writing at this moment is locked, and stays.
    fn clean(&self) {
        for part in ["open", "finished"] {
            for path in scan::files(&self.root.join(part)).unwrap_or_default() {
                let unfinished = path.to_str().is_some_and(|path| path.ends_with(UNFINISHED));
                let stem = path.file_stem().and_then(|stem| stem.to_str());
                if let (true, Some(stem)) = (unfinished, stem)
                    && let Ok(Some(_lock)) = Lock::take_if_free(&self.lock_path(stem))
                {
                    // It is only in the way; the next write replaces it.
                    let _ = disk::remove(&path);
                }
            }
        }
    }

    pub(super) fn path(&self, finished: bool, id: &str) -> PathBuf {
        let part = if finished { "finished" } else { "open" };
        self.root.join(part).join(format!("{}.json", name::of('p', id)))
    }

    fn lock_path(&self, name: &str) -> PathBuf {
        self.root.join("locks").join(format!("{:02}", digest(name.as_bytes()) % LOCKS))
    }

    pub(super) fn lock(&self, id: &str) -> Written<Lock> {
        Lock::take(&self.lock_path(&name::of('p', id)))
            .map_err(|error| StoreError::NotWritten(failed("the record is locked by another process", error)))
    }

    /// The row, wherever it is.
    pub(super) fn row(&self, id: &str) -> Result<Option<Row>> {
        let open = Row::read(&self.path(false, id))?;
        let finished = Row::read(&self.path(true, id))?;
        Ok(match (open, finished) {
            (Some(open), Some(finished)) if open.revision < finished.revision => Some(finished),
            (open, finished) => open.or(finished),
        })
    }

    fn row_to_write(&self, id: &str) -> Written<Option<Row>> {
        self.row(id).map_err(StoreError::NotWritten)
    }

    pub(super) fn is_free(&self, row: &Row) -> bool {
        row.owner.as_ref().is_none_or(|owner| !self.owner_path(owner).exists())
    }

    pub(super) fn owner_path(&self, owner: &str) -> PathBuf {
        self.root.join("owners").join(name::of('o', owner))
    }

    pub(super) fn touched_prefix(owner: &str) -> String {
        format!("{}~", name::of('o', owner))
    }

    fn touched_path(&self, owner: &str, id: &str) -> PathBuf {
        let file = format!("{}{}", Self::touched_prefix(owner), name::of('p', id));
        self.root.join("touched").join(file)
    }

    pub(super) fn refund_path(&self, refund_request_id: &str) -> PathBuf {
        self.root.join("refunds").join(name::of('f', refund_request_id))
    }

    pub(super) fn gateway_time_path(&self, merchant: &str) -> PathBuf {
        self.root.join("gateway_times").join(name::of('m', merchant))
    }

    /// Writes a row. Whoever calls holds its lock.
    pub(super) fn put(&self, row: &Row) -> Written<()> {
        let columns = &row.columns;
        for refund in &columns.refund_ids {
            let path = self.refund_path(refund);
            let known = disk::read(&path).ok().flatten();
            if known.as_ref().is_none_or(|known| known.as_slice() != columns.id.as_bytes()) {
                // It can say what the record does not say yet: who reads it looks into the record.
                disk::replace(&path, columns.id.as_bytes(), true).map_err(|error| {
                    let (WriteError::NotWritten(error) | WriteError::MaybeWritten(error)) = error;
                    StoreError::NotWritten(failed("the refund can't be listed", error))
                })?;
            }
        }
        let path = self.path(columns.finished, &columns.id);
        disk::replace(&path, &row.encode(), true).map_err(|error| match error {
            WriteError::NotWritten(error) => {
                StoreError::NotWritten(failed("the record can't be written", error))
            }
            WriteError::MaybeWritten(error) => {
                StoreError::MaybeWritten(failed("the record may not be on the disk", error))
            }
        })?;
        // Where it stays because of a crash, the higher revision counts.
        let _ = disk::remove(&self.path(!columns.finished, &columns.id));
        if let Some(time) = columns.gateway_time {
            self.note_gateway_time(&columns.merchant, time);
        }
        Ok(())
    }

    /// It only bounds clocks from below, so an older one after a power cut does no harm, and neither does a failure.
    fn note_gateway_time(&self, merchant: &str, time: Timestamp) {
        let (path, time) = (self.gateway_time_path(merchant), time.as_millis());
        if number::<i64>(&path).ok().flatten().is_none_or(|known| known < time)
            // A lock of its own: whoever writes a record holds that of the record, which must not be the same file.
            && let Ok(_lock) = Lock::take(&self.root.join("locks").join("gateway_times"))
            && number::<i64>(&path).ok().flatten().is_none_or(|known| known < time)
        {
            let _ = disk::replace(&path, time.to_string().as_bytes(), false);
        }
    }

    pub(super) fn insert(&self, entry: Entry, owner: Option<Arc<str>>) -> Written<()> {
        check_id(&entry.columns.id)?;
        let id = Arc::clone(&entry.columns.id);
        let _lock = self.lock(&id)?;
        match self.row_to_write(&id)? {
            Some(found) => Err(StoreError::Conflict(Some(Box::new(found.into_stored())))),
            None => self.put(&Row::new(entry, 1, owner)),
        }
    }

    pub(super) fn load(&self, id: &str) -> Written<Option<Stored>> {
        // Without the lock a record that moves from one folder to the other is not seen in either.
        let mut row = self.row(id).map_err(StoreError::NotWritten)?;
        if row.is_none() && check_id(id).is_ok() {
            let _lock = self.lock(id)?;
            row = self.row(id).map_err(StoreError::NotWritten)?;
        }
        Ok(row.map(Row::into_stored))
    }

    pub(super) fn save(&self, entry: Entry, expected: u64, by: Option<&str>) -> Written<()> {
        let id = Arc::clone(&entry.columns.id);
        let _lock = self.lock(&id)?;
        let found = match self.row_to_write(&id)? {
            None => return Err(StoreError::Conflict(None)),
            Some(found) if found.revision != expected || (by.is_some() && found.owner.as_deref() != by) => {
                return Err(StoreError::Conflict(Some(Box::new(found.into_stored()))));
            }
            Some(found) => found,
        };
        let owner = found.owner;
        if let (Some(owner), None) = (&owner, by) {
            // Before the record is: who is told too early finds nothing new.
            let path = self.touched_path(owner, &id);
            disk::replace(&path, id.as_bytes(), false).map_err(|error| {
                let (WriteError::NotWritten(error) | WriteError::MaybeWritten(error)) = error;
                StoreError::NotWritten(failed("the owner can't be told", error))
            })?;
        }
        self.put(&Row::new(entry, expected.saturating_add(1), owner.clone()))?;
        if let (Some(owner), Some(_)) = (&owner, by) {
            let _ = disk::remove(&self.touched_path(owner, &id));
        }
        Ok(())
    }

    /// Gives the record to this owner if it is free and fits.
    pub(super) fn give(
        &self,
        id: &str,
        owner: &Arc<str>,
        fits: impl Fn(&Row) -> bool,
    ) -> Written<Option<Stored>> {
        let _lock = self.lock(id)?;
        let Some(mut row) = self.row_to_write(id)? else { return Ok(None) };
        if self.is_free(&row) && fits(&row) {
            row.owner = Some(Arc::clone(owner));
            self.put(&row)?;
        }
        Ok(Some(row.into_stored()))
    }

    pub(super) fn release(&self, id: &str, owner: &str) -> Written<()> {
        let _lock = self.lock(id)?;
        match self.row_to_write(id)? {
            Some(mut row) if row.owner.as_deref() == Some(owner) => {
                row.owner = None;
                self.put(&row)
            }
            _ => Ok(()),
        }
    }
}

/// The number that a file holds; none if there is no file, or no number in it.
pub(super) fn number<T: std::str::FromStr>(path: &Path) -> io::Result<Option<T>> {
    let content = disk::read(path)?;
    Ok(content.and_then(|content| std::str::from_utf8(&content).ok()?.parse().ok()))
}

/// An error of reading, where nothing was to be written.
pub(super) fn unread(error: io::Error) -> StoreError {
    StoreError::NotWritten(failed("the folder can't be read", error))
}
