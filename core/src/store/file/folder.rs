//! The folder of a store, and the operations on it, which block.
//!
//! `open` and `finished` hold a file a record, so that recovery reads what is open and not what ever was; a record that
//! is in both, because of a crash, is the one that was made later, or has the higher revision. `refunds` says which record holds a refund,
//! `owners` counts beats, `touched` says whom to tell, `gateway_times` the newest time a merchant, and `locks` are
//! taken by number: 64 of them, so that no lock has to be removed. A new file is written under a name of its lock, and
//! then given its own. The files of records change in place, so a record is read under its lock, too.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::disk::{self, WriteError};
use super::flush::Flushed;
use super::halves::{Half, New};
use super::lock::Lock;
use super::row::{Row, failed};
use super::{name, scan, system};
use crate::error::{Error, Result};
use crate::machine::digest::digest;
use crate::store::{Entry, StoreError, Stored, contract::check_id};
use crate::time::Timestamp;

const LOCKS: u64 = 64;

/// What a conflict or a failure of a write is.
pub(super) type Written<T> = std::result::Result<T, StoreError>;

#[derive(Debug)]
pub(super) struct Folder {
    pub(super) root: PathBuf,
    open: Flushed,
    finished: Flushed,
    /// What is known of the files in `open`, so that only those that changed are read again.
    pub(super) seen: Mutex<HashMap<PathBuf, scan::Seen>>,
    /// The newest time of each merchant that is in its file for certain.
    gateway_times: Mutex<HashMap<Arc<str>, i64>>,
}

/// In which part of the folder a record is. In both it may be because of a crash, and then the newer one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Open,
    Finished,
}

/// Where a record is.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    place: Place,
    half: Half,
    /// The row says that it is finished.
    finished: bool,
}

/// The number of the lock of the record in a file of this name, and of the file that becomes its own. Whoever works on records in
/// several threads does everything for one number in one of them, so that these do not wait for each other's locks.
pub(super) fn slot(stem: &str) -> u64 {
    digest(stem.as_bytes()) % LOCKS
}

impl Folder {
    pub(super) fn open(root: PathBuf) -> Result<Self> {
        make(&root).map_err(|error| failed("the folder can't be made", error))?;
        let [open, finished] = ["open", "finished"].map(|part| Flushed::new(root.join(part)));
        let (seen, gateway_times) = (Mutex::default(), Mutex::default());
        let folder = Folder { root, open, finished, seen, gateway_times };
        folder.clean();
        Ok(folder)
    }

    /// Brings to its end what a crash cut short. What somebody is writing at this moment is locked, and stays.
    fn clean(&self) {
        for path in scan::records(&self.root.join("open")).unwrap_or_default() {
            if let Ok(Some(_lock)) = Lock::take_if_free(&self.lock_path(slot_of(&path)))
                && let Ok(Some((row, _))) = Row::read(&path)
                && path == self.path(false, &row.columns.id)
                && let Ok(Some((row, spot))) = self.find(&row.columns.id)
            {
                match spot.place {
                    Place::Finished => drop(system::remove(&path)),
                    Place::Open => {
                        if self.complete(&path, &spot.half).is_ok() && row.columns.finished {
                            self.move_away(&path, &row.columns.id);
                        }
                    }
                }
            }
        }
        for (part, slot) in
            ["open", "finished"].into_iter().flat_map(|part| (0..LOCKS).map(move |slot| (part, slot)))
        {
            let unfinished = self.root.join(part).join(unfinished_name(slot));
            if unfinished.exists()
                && let Ok(Some(_lock)) = Lock::take_if_free(&self.lock_path(slot))
            {
                let _ = system::remove(&unfinished);
            }
        }
    }

    /// The row in this file, and its name, are on the disk when this returns. Whoever calls holds its lock.
    fn complete(&self, path: &Path, half: &Half) -> io::Result<()> {
        let finished = path.parent().is_some_and(|part| part.ends_with("finished"));
        disk::complete(path, if finished { &self.finished } else { &self.open }, half)
    }

    /// Moves a finished record out of `open`. Whoever calls holds its lock.
    fn move_away(&self, open: &Path, id: &str) {
        // It stays where it is if this fails, and if a power cut takes it back.
        let _ = system::rename(open, &self.path(true, id));
    }

    /// Moves a record back to `open`, where its name is on the disk when this returns. Whoever calls holds its lock.
    fn move_back(&self, id: &str, from: Place) -> io::Result<()> {
        if from == Place::Finished {
            let finished = self.path(true, id);
            system::rename(&finished, &self.path(false, id))?;
            // A file that has both names because of a power cut keeps them otherwise.
            system::remove(&finished)?;
        }
        // Also where somebody else has moved it, who may have been killed then.
        self.open.flush()
    }

    pub(super) fn path(&self, finished: bool, id: &str) -> PathBuf {
        let part = if finished { "finished" } else { "open" };
        self.root.join(part).join(format!("{}.json", name::of('p', id)))
    }

    /// What was removed from both parts is removed from the disk when this returns.
    pub(super) fn flush(&self) -> io::Result<()> {
        self.open.flush()?;
        self.finished.flush()
    }

    fn lock_path(&self, slot: u64) -> PathBuf {
        self.root.join("locks").join(format!("{slot:02}"))
    }

    pub(super) fn lock(&self, id: &str) -> Written<Lock> {
        self.lock_slot(slot(&name::of('p', id)))
    }

    fn lock_slot(&self, slot: u64) -> Written<Lock> {
        Lock::take(&self.lock_path(slot))
            .map_err(|error| StoreError::NotWritten(failed("the record is locked by another process", error)))
    }

    /// The row in this file of a record; none if there is no file.
    pub(super) fn row_in(&self, path: &Path) -> Result<Option<Row>> {
        let _lock = self.lock_slot(slot_of(path)).map_err(StoreError::into_error)?;
        let Some((row, half)) = Row::read(path)? else { return Ok(None) };
        if path.file_stem() == self.path(false, &row.columns.id).file_stem() {
            // What is left of the row before it may hold a payment code. Where this fails it is tried again.
            let _ = self.complete(path, &half);
        }
        Ok(Some(row))
    }

    /// The row, wherever it is. Whoever calls holds its lock.
    pub(super) fn row(&self, id: &str) -> Result<Option<Row>> {
        Ok(self.find(id)?.map(|(row, _)| row))
    }

    /// The row, and where it is. Whoever calls holds its lock.
    pub(super) fn find(&self, id: &str) -> Result<Option<(Row, Spot)>> {
        let read = |place: Place| {
            let row = Row::read(&self.path(place == Place::Finished, id))?;
            // Where the file system is not careful, a power cut may give a file a name that it does not have any more.
            let row = row.filter(|(row, _)| *row.columns.id == *id);
            Ok::<_, Error>(row.map(|(row, half)| {
                let finished = row.columns.finished;
                (row, Spot { place, half, finished })
            }))
        };
        let (open, finished) = (read(Place::Open)?, read(Place::Finished)?);
        Ok(match (open, finished) {
            (Some(open), Some(finished)) => {
                // A power cut may leave one file in both. Where it is due again, it has to be claimed.
                let order = finished.0.version().cmp(&open.0.version());
                let is_finished = order.is_gt() || (order.is_eq() && finished.1.finished);
                Some(if is_finished { finished } else { open })
            }
            (open, finished) => open.or(finished),
        })
    }

    /// The same. What is found is on the disk, though whoever wrote it may have been killed, or told that it may not be.
    fn find_to_write(&self, id: &str) -> Written<Option<(Row, Spot)>> {
        let found = self.find(id).map_err(StoreError::NotWritten)?;
        if let Some((_, spot)) = &found {
            self.complete(&self.path(spot.place == Place::Finished, id), &spot.half)
                .map_err(|error| StoreError::NotWritten(failed("the record can't be flushed", error)))?;
        }
        Ok(found)
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

    /// The name under which a new file for this one is written.
    pub(super) fn unfinished(path: &Path) -> PathBuf {
        path.with_file_name(unfinished_name(slot_of(path)))
    }

    /// Writes a row, whose record was found there with these refunds. Whoever calls holds its lock.
    pub(super) fn put(&self, row: &Row, found: Option<&Spot>, refunds: &[String]) -> Written<()> {
        let columns = &row.columns;
        for refund in columns.refund_ids.iter().filter(|refund| !refunds.contains(refund)) {
            // It can say what the record does not say yet: who reads it looks into the record.
            disk::replace(&self.refund_path(refund), columns.id.as_bytes(), true).map_err(|error| {
                let (WriteError::NotWritten(error) | WriteError::MaybeWritten(error)) = error;
                StoreError::NotWritten(failed("the refund can't be listed", error))
            })?;
        }
        let begins_again = |spot: &&Spot| spot.finished || spot.place == Place::Finished;
        if let Some(spot) = found.filter(begins_again).filter(|_| !columns.finished) {
            // Before it is due again: only what is open is claimed.
            self.move_back(&columns.id, spot.place)
                .map_err(|error| StoreError::NotWritten(failed("the record can't be moved", error)))?;
        }
        let stays = columns.finished && found.is_some_and(|spot| spot.place == Place::Finished);
        // A record is finished in `open`, and moved.
        let (path, part) = match stays {
            true => (self.path(true, &columns.id), &self.finished),
            false => (self.path(false, &columns.id), &self.open),
        };
        let row = row.encode();
        let written = match found.and_then(|spot| spot.half.change(&row)) {
            Some(change) => disk::change(&path, &change),
            None => disk::make(&path, &Self::unfinished(&path), part, &New::of(&row)),
        };
        written.map_err(|error| match error {
            WriteError::NotWritten(error) => {
                StoreError::NotWritten(failed("the record can't be written", error))
            }
            WriteError::MaybeWritten(error) => {
                StoreError::MaybeWritten(failed("the record may not be on the disk", error))
            }
        })?;
        if columns.finished && !stays {
            self.move_away(&path, &columns.id);
        }
        if let Some(time) = columns.gateway_time {
            self.note_gateway_time(&columns.merchant, time.as_millis());
        }
        Ok(())
    }

    /// It only bounds clocks from below, so an older one after a power cut does no harm, and neither does a failure.
    fn note_gateway_time(&self, merchant: &Arc<str>, time: i64) {
        let mut known = self.gateway_times.lock().unwrap_or_else(PoisonError::into_inner);
        if known.get(merchant).is_some_and(|known| *known >= time) {
            return;
        }
        if let Ok(newest) = self.newest_gateway_time(merchant, Some(time)) {
            known.insert(Arc::clone(merchant), newest.unwrap_or(time));
        }
    }

    /// The newest time of this merchant; with another one, that of both, which is written. The file keeps its length, so
    /// that it is written in place.
    fn newest_gateway_time(&self, merchant: &str, other: Option<i64>) -> io::Result<Option<i64>> {
        // A lock of its own: whoever writes a record holds that of the record, which must not be the same file.
        let _lock = Lock::take(&self.root.join("locks").join("gateway_times"))?;
        let path = self.root.join("gateway_times").join(name::of('m', merchant));
        let known: Option<i64> = number(&path)?;
        match other.filter(|other| known.is_none_or(|known| known < *other)) {
            Some(newer) => {
                system::write(&mut system::kept(&path)?, 0, format!("{newer:020}").as_bytes())?;
                Ok(Some(newer))
            }
            None => Ok(known),
        }
    }

    pub(super) fn gateway_time(&self, merchant: &str) -> Written<Option<Timestamp>> {
        let time = self.newest_gateway_time(merchant, None).map_err(unread)?;
        Ok(time.map(Timestamp::from_millis))
    }

    pub(super) fn insert(&self, entry: Entry, owner: Option<Arc<str>>) -> Written<()> {
        check_id(&entry.columns.id)?;
        let id = Arc::clone(&entry.columns.id);
        let _lock = self.lock(&id)?;
        match self.find_to_write(&id)? {
            Some((found, _)) => Err(StoreError::Conflict(Some(Box::new(found.into_stored())))),
            None => self.put(&Row::new(entry, 1, owner), None, &[]),
        }
    }

    pub(super) fn load(&self, id: &str) -> Written<Option<Stored>> {
        if check_id(id).is_err() {
            return Ok(None);
        }
        let _lock = self.lock(id)?;
        Ok(self.row(id).map_err(StoreError::NotWritten)?.map(Row::into_stored))
    }

    pub(super) fn save(&self, entry: Entry, expected: u64, by: Option<&str>) -> Written<()> {
        let id = Arc::clone(&entry.columns.id);
        let _lock = self.lock(&id)?;
        let Some((found, spot)) = self.find_to_write(&id)? else { return Err(StoreError::Conflict(None)) };
        if found.revision != expected || (by.is_some() && found.owner.as_deref() != by) {
            return Err(StoreError::Conflict(Some(Box::new(found.into_stored()))));
        }
        let owner = found.owner;
        if let (Some(owner), None) = (&owner, by) {
            // Before the record is: who is told too early finds nothing new.
            let path = self.touched_path(owner, &id);
            disk::replace(&path, id.as_bytes(), false).map_err(|error| {
                let (WriteError::NotWritten(error) | WriteError::MaybeWritten(error)) = error;
                StoreError::NotWritten(failed("the owner can't be told", error))
            })?;
        }
        let row = Row::new(entry, expected.saturating_add(1), owner.clone());
        self.put(&row, Some(&spot), &found.columns.refund_ids)?;
        if let (Some(owner), Some(_)) = (&owner, by) {
            let _ = system::remove(&self.touched_path(owner, &id));
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
        let Some((mut row, spot)) = self.find_to_write(id)? else { return Ok(None) };
        if self.is_free(&row) && fits(&row) {
            row.owner = Some(Arc::clone(owner));
            self.put(&row, Some(&spot), &row.columns.refund_ids)?;
        }
        Ok(Some(row.into_stored()))
    }

    pub(super) fn release(&self, id: &str, owner: &str) -> Written<()> {
        let _lock = self.lock(id)?;
        match self.find_to_write(id)? {
            Some((mut row, spot)) if row.owner.as_deref() == Some(owner) => {
                row.owner = None;
                self.put(&row, Some(&spot), &row.columns.refund_ids)
            }
            _ => Ok(()),
        }
    }
}

/// Makes the folders of a store. `locks` is the last: where it is, the names of the others are on the disk.
fn make(root: &Path) -> io::Result<()> {
    let locks = root.join("locks");
    let mut made = !locks.is_dir();
    for part in ["open", "finished", "refunds", "owners", "touched", "gateway_times"] {
        made |= disk::make_folder(&root.join(part))?;
    }
    if made {
        system::sync_folder(root)?;
        for above in root.ancestors().skip(1) {
            let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
            // Who may not read a folder can't flush it; it was there before, then.
            let _ = system::sync_folder(above);
        }
    }
    disk::make_folder(&locks).map(|_| ())
}

fn slot_of(path: &Path) -> u64 {
    slot(path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default())
}

fn unfinished_name(slot: u64) -> String {
    format!("{slot:02}.new")
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
