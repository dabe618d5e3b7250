//! What is found by looking through the folder: claims, lists, purges, owners, and whom to tell.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
#[cfg(unix)]
use std::time::{Duration, SystemTime};

use super::folder::{Folder, Written, unread};
use super::lock::Lock;
use super::row::{Row, failed};
use super::{disk, system};
use crate::store::memory::may_go;
use crate::store::{Columns, Heartbeats, OwnerBeats, Page, Query, StoreError, Stored, Unreadable};
use crate::time::Timestamp;

/// What a claim has to know of a file in `open`, and by what it is seen that the file has changed.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    mark: Option<Mark>,
    id: Arc<str>,
    due_at: Option<Timestamp>,
    owner: Option<Arc<str>>,
}

/// The file's number, its time and its length.
type Mark = (u64, i64, i64, u64);

/// A record changes in place, and the times of files are as coarse as the system's clock. So a mark says nothing of a file that
/// was written in the last moment.
#[cfg(unix)]
const COARSE: Duration = Duration::from_secs(3);

#[cfg(unix)]
fn mark(path: &Path) -> Option<Mark> {
    use std::os::unix::fs::MetadataExt as _;
    let about = fs::metadata(path).ok()?;
    #[allow(clippy::disallowed_methods, reason = "compared with the time that the system gave the file")]
    let age = SystemTime::now().duration_since(about.modified().ok()?).ok()?;
    (age > COARSE).then(|| (about.ino(), about.mtime(), about.mtime_nsec(), about.len()))
}

#[cfg(not(unix))]
fn mark(_path: &Path) -> Option<Mark> {
    None
}

/// The files of a folder, in any order.
pub(super) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
}

pub(super) fn records(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = files(folder)?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    Ok(files)
}

impl Folder {
    pub(super) fn claim(&self, owner: &Arc<str>, now: Timestamp, limit: usize) -> Written<Vec<Stored>> {
        let mut due: Vec<(Timestamp, Arc<str>)> = Vec::new();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut still = HashMap::new();
        for path in records(&self.root.join("open")).map_err(unread)? {
            let mark = mark(&path);
            let known = seen.get(&path).filter(|known| mark.is_some() && known.mark == mark).cloned();
            let known = known.or_else(|| {
                // One that can't be read stops nothing else; it shows in lists.
                let row = self.row_in(&path).ok().flatten()?;
                Some(Seen { mark, id: row.columns.id, due_at: row.columns.due_at, owner: row.owner })
            });
            let Some(known) = known else { continue };
            let free = known.owner.as_ref().is_none_or(|owner| !self.owner_path(owner).exists());
            due.extend(known.due_at.filter(|at| free && *at <= now).map(|at| (at, Arc::clone(&known.id))));
            still.insert(path, known);
        }
        *seen = still;
        drop(seen);
        due.sort();
        let mut claimed = Vec::new();
        for (_, id) in due {
            if claimed.len() >= limit {
                break;
            }
            let fits = |row: &Row| row.columns.due_at.is_some_and(|at| at <= now);
            let given = self.give_new(&id, owner, fits)?;
            claimed.extend(given);
        }
        Ok(claimed)
    }

    /// The record, if it was free and is this owner's now.
    fn give_new(&self, id: &str, owner: &Arc<str>, fits: impl Fn(&Row) -> bool) -> Written<Option<Stored>> {
        let given = std::cell::Cell::new(false);
        let stored = self.give(id, owner, |row| {
            given.set(fits(row));
            given.get()
        })?;
        Ok(stored.filter(|_| given.get()))
    }

    pub(super) fn touched(&self, owner: &str, limit: usize) -> Written<Vec<Stored>> {
        let prefix = Self::touched_prefix(owner);
        let mut told = Vec::new();
        for path in files(&self.root.join("touched")).map_err(unread)? {
            let ours = path
                .file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| name.starts_with(&prefix) && !name.ends_with(disk::UNFINISHED));
            if told.len() >= limit || !ours {
                continue;
            }
            let Ok(Some(id)) = disk::read(&path) else { continue };
            let Ok(id) = std::str::from_utf8(&id) else { continue };
            // What is saved from here on is told the next time.
            system::remove(&path).map_err(unread)?;
            let _settled = self.lock(id)?;
            let row = self.row(id).map_err(StoreError::NotWritten)?;
            told.extend(row.map(Row::into_stored));
        }
        Ok(told)
    }

    pub(super) fn beat(&self, owner: &Arc<str>) -> Written<Heartbeats> {
        let _lock = self.owners_lock()?;
        let path = self.owner_path(owner);
        let known = path.exists();
        let mut owners = Vec::new();
        for path in files(&self.root.join("owners")).map_err(unread)? {
            if path.extension().is_some() {
                continue;
            }
            let content = disk::read(&path).map_err(unread)?;
            let text = content.as_deref().and_then(|content| std::str::from_utf8(content).ok());
            let read = text.and_then(|text| text.split_once('\n'));
            match read.and_then(|(beats, name)| Some((beats.parse().ok()?, name))) {
                Some((beats, name)) if path == self.owner_path(name) => {
                    if name != &**owner {
                        owners.push(OwnerBeats { owner: name.into(), beats });
                    }
                }
                // What a power cut left of an owner: nobody would find it dead.
                _ => system::remove(&path).map_err(unread)?,
            }
        }
        let beats = beats_of(&path).unwrap_or(0).saturating_add(1);
        // Beats need not outlive the machine: nobody does.
        disk::replace(&path, format!("{beats}\n{owner}").as_bytes(), false).map_err(|error| {
            let (disk::WriteError::NotWritten(error) | disk::WriteError::MaybeWritten(error)) = error;
            StoreError::MaybeWritten(failed("the beat can't be written", error))
        })?;
        owners.push(OwnerBeats { owner: Arc::clone(owner), beats });
        Ok(Heartbeats { known, owners })
    }

    pub(super) fn forget(&self, owner: &str, beats: Option<u64>) -> Written<()> {
        let _lock = self.owners_lock()?;
        let path = self.owner_path(owner);
        if beats.is_some() && beats_of(&path) != beats {
            return Ok(());
        }
        let prefix = Self::touched_prefix(owner);
        for told in files(&self.root.join("touched")).map_err(unread)? {
            if told.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(&prefix)) {
                // It would tell somebody who is gone.
                let _ = system::remove(&told);
            }
        }
        system::remove(&path).map_err(|error| StoreError::MaybeWritten(failed("the owner", error)))
    }

    fn owners_lock(&self) -> Written<Lock> {
        Lock::take(&self.root.join("locks").join("owners"))
            .map_err(|error| StoreError::NotWritten(failed("the owners are locked", error)))
    }

    pub(super) fn list(&self, query: &Query) -> Written<Page> {
        let mut page = Page::default();
        let mut all: HashMap<Arc<str>, Row> = HashMap::new();
        let parts = match query.finished {
            // A crash may leave a finished one in `open`.
            None | Some(true) => &["open", "finished"][..],
            Some(false) => &["open"][..],
        };
        for part in parts {
            for path in records(&self.root.join(part)).map_err(unread)? {
                match self.row_in(&path) {
                    Ok(None) => {}
                    Ok(Some(row)) => {
                        let known = all.get(&row.columns.id);
                        if known.is_none_or(|known| known.version() < row.version()) {
                            all.insert(Arc::clone(&row.columns.id), row);
                        }
                    }
                    Err(error) => {
                        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
                        page.unreadable.push(Unreadable { id: id.to_owned(), error });
                    }
                }
            }
        }
        page.unreadable.extend(super::earlier::unreadable(&self.root));
        let mut wanted: Vec<Columns> = all.into_values().map(|row| row.columns).collect();
        wanted.retain(|columns| query.wants(columns));
        wanted.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        let more = wanted.len() > query.page_size();
        wanted.truncate(query.page_size());
        page.next = wanted.last().filter(|_| more).map(|last| (last.created, Arc::clone(&last.id)));
        page.records = wanted;
        Ok(page)
    }

    pub(super) fn purge(&self, before: Timestamp, now: Timestamp, limit: usize) -> Written<u64> {
        let (mut removed, mut refunds) = (0, Vec::new());
        for path in records(&self.root.join("finished")).map_err(unread)? {
            if usize::try_from(removed).unwrap_or(usize::MAX) >= limit {
                break;
            }
            let old = |row: &Row| may_go(&row.columns, before, now);
            let Some(row) = self.row_in(&path).ok().flatten().filter(old) else { continue };
            let id = row.columns.id;
            let _lock = self.lock(&id)?;
            let Some(row) = self.row(&id).ok().flatten().filter(old) else { continue };
            for path in [self.path(false, &id), path] {
                system::remove(&path).map_err(|error| {
                    StoreError::MaybeWritten(failed("the record can't be removed", error))
                })?;
            }
            removed += 1;
            refunds.extend(row.columns.refund_ids);
        }
        if removed > 0 {
            // A record that comes back would be found instead of a new one with its id.
            self.flush().map_err(|error| {
                StoreError::MaybeWritten(failed("the records may not be removed from the disk", error))
            })?;
        }
        for refund in refunds {
            // It says which record holds the refund. Where it stays, that record is not there.
            let _ = system::remove(&self.refund_path(&refund));
        }
        Ok(removed)
    }

    pub(super) fn find_refund(&self, refund_request_id: &str) -> Written<Option<Stored>> {
        let id = disk::read(&self.refund_path(refund_request_id)).map_err(unread)?;
        let Some(id) = id.as_deref().and_then(|id| std::str::from_utf8(id).ok()) else { return Ok(None) };
        let found = self.load(id)?;
        let names = |stored: &Stored| {
            stored.entry.columns.refund_ids.iter().any(|refund| refund == refund_request_id)
        };
        Ok(found.filter(names))
    }
}

fn beats_of(path: &Path) -> Option<u64> {
    let content = disk::read(path).ok().flatten()?;
    std::str::from_utf8(&content).ok()?.split_once('\n')?.0.parse().ok()
}
