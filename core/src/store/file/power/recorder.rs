//! The calls of the store that change something on the disk, noted while a test asks for it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::super::calls;

/// The number of a file or folder, which it keeps whatever its name is.
pub(super) type Id = usize;

/// What is in a file, with its hash: most of it is compared often.
#[derive(Clone, Default)]
pub(super) struct Bytes(Rc<Vec<u8>>, u64);

impl Bytes {
    pub(super) fn new(content: Vec<u8>) -> Self {
        let hash = super::model::hash(&content);
        Bytes(Rc::new(content), hash)
    }

    pub(super) fn hash(&self) -> u64 {
        self.1
    }
}

impl std::ops::Deref for Bytes {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = String::from_utf8_lossy(self);
        write!(out, "{:.60} and {} bytes in all", text.trim_end(), self.len())
    }
}

/// A call that was made. Names begin below the place of the test.
#[derive(Clone, Debug)]
pub(super) enum Call {
    Make { name: PathBuf, id: Id, folder: bool },
    Write { id: Id, at: usize, content: Bytes },
    SetLength { id: Id, length: usize },
    Sync { id: Id },
    SyncFailed { id: Id },
    SyncFolder { name: PathBuf },
    Rename { from: PathBuf, to: PathBuf },
    Remove { name: PathBuf },
}

/// What is noted of one thread.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) place: PathBuf,
    /// By the numbers that the system gives its files.
    pub(super) ids: HashMap<u64, Id>,
    pub(super) next: Id,
    /// How many calls are made before one fails.
    pub(super) until_failure: Option<usize>,
    pub(super) calls: Vec<Call>,
}

thread_local! {
    static RECORD: RefCell<Option<Record>> = const { RefCell::new(None) };
}

/// Notes what this does.
pub(super) fn record<T>(record: Record, work: impl FnOnce() -> T) -> (T, Record) {
    RECORD.set(Some(record));
    let done = work();
    (done, RECORD.take().unwrap())
}

fn noted(note: impl FnOnce(&mut Record)) -> bool {
    RECORD.with_borrow_mut(|record| record.as_mut().map(note).is_some())
}

fn may_fail() -> io::Result<()> {
    let mut fails = false;
    noted(|record| {
        fails = record.until_failure == Some(0);
        record.until_failure = record.until_failure.and_then(|left| left.checked_sub(1));
    });
    if fails { Err(rustix::io::Errno::IO.into()) } else { Ok(()) }
}

impl Record {
    fn push(&mut self, call: Call) {
        self.calls.push(call);
    }

    fn name(&self, path: &Path) -> Option<PathBuf> {
        path.strip_prefix(&self.place).ok().map(Path::to_owned)
    }

    fn made(&mut self, path: &Path, number: Option<u64>) {
        let id = self.next;
        self.next += 1;
        if let Some(number) = number {
            self.ids.insert(number, id);
        }
        if let Some(name) = self.name(path) {
            self.push(Call::Make { name, id, folder: number.is_none() });
        }
    }

    fn id(&self, file: &File) -> Id {
        self.ids[&file.metadata().unwrap().ino()]
    }
}

pub(in super::super) fn make_folder(path: &Path) -> io::Result<()> {
    may_fail()?;
    calls::make_folder(path)?;
    noted(|record| record.made(path, None));
    Ok(())
}

pub(in super::super) fn private(path: &Path) -> io::Result<File> {
    may_fail()?;
    let was_there = path.exists();
    let file = calls::private(path)?;
    noted(|record| match was_there {
        true => record.push(Call::SetLength { id: record.id(&file), length: 0 }),
        false => record.made(path, Some(file.metadata().unwrap().ino())),
    });
    Ok(file)
}

pub(in super::super) fn kept(path: &Path) -> io::Result<File> {
    may_fail()?;
    let was_there = path.exists();
    let file = calls::kept(path)?;
    noted(|record| {
        if !was_there {
            record.made(path, Some(file.metadata().unwrap().ino()));
        }
    });
    Ok(file)
}

pub(in super::super) fn fresh(path: &Path) -> io::Result<File> {
    may_fail()?;
    let file = calls::fresh(path)?;
    noted(|record| record.made(path, Some(file.metadata().unwrap().ino())));
    Ok(file)
}

pub(in super::super) fn existing(path: &Path) -> io::Result<File> {
    may_fail()?;
    calls::existing(path)
}

/// One that fails has written all but the last byte.
pub(in super::super) fn write(file: &mut File, at: u64, content: &[u8]) -> io::Result<()> {
    let fails = may_fail();
    let written = if fails.is_err() { &content[..content.len() - 1] } else { content };
    calls::write(file, at, written)?;
    noted(|record| {
        let (id, at) = (record.id(file), usize::try_from(at).unwrap());
        record.push(Call::Write { id, at, content: Bytes::new(written.to_vec()) });
    });
    fails
}

/// Where it is noted it is not done: a test of thousands of power cuts has no time for it.
pub(in super::super) fn sync(file: &File) -> io::Result<()> {
    may_fail().inspect_err(|_| {
        noted(|record| record.push(Call::SyncFailed { id: record.id(file) }));
    })?;
    if noted(|record| record.push(Call::Sync { id: record.id(file) })) { Ok(()) } else { calls::sync(file) }
}

pub(in super::super) fn sync_folder(folder: &Path) -> io::Result<()> {
    may_fail()?;
    let noted = noted(|record| {
        if let Some(name) = record.name(folder) {
            record.push(Call::SyncFolder { name });
        }
    });
    if noted { Ok(()) } else { calls::sync_folder(folder) }
}

pub(in super::super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    may_fail()?;
    calls::rename(from, to)?;
    noted(|record| {
        let (from, to) = (record.name(from).unwrap(), record.name(to).unwrap());
        record.push(Call::Rename { from, to });
    });
    Ok(())
}

pub(in super::super) fn remove(path: &Path) -> io::Result<()> {
    may_fail()?;
    let was_there = path.exists();
    calls::remove(path)?;
    noted(|record| {
        if let Some(name) = record.name(path).filter(|_| was_there) {
            record.push(Call::Remove { name });
        }
    });
    Ok(())
}
