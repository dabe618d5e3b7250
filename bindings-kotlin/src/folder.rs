//! The two things that a store of files needs and that Java on Android 7 lacks: a lock that is the same as the one
//! of the other languages, and a folder flushed to the disk.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::PathBuf;

use alipay_instore::{Error, ErrorCode};

use crate::failure::{Failure, Result};

/// A lock held on a folder, between threads and processes, until it is dropped.
#[derive(uniffi::Object)]
pub struct FolderLock {
    file: File,
    folder: PathBuf,
}

#[uniffi::export]
impl FolderLock {
    /// Waits for the lock file of this folder.
    #[uniffi::constructor]
    pub fn acquire(folder: String) -> Result<Self> {
        let folder = PathBuf::from(folder);
        let file = open(&folder.join(".lock")).map_err(|error| failed("the lock", &error))?;
        file.lock().map_err(|error| failed("the lock", &error))?;
        Ok(FolderLock { file, folder })
    }

    /// Makes a renamed file's name safe.
    pub fn flush(&self) -> Result<()> {
        let flushed = File::open(&self.folder).and_then(|folder| folder.sync_all());
        flushed.map_err(|error| failed("the folder can't be flushed", &error))
    }

    /// Gives the lock back, whenever the object itself is collected.
    pub fn release(&self) -> Result<()> {
        self.file.unlock().map_err(|error| failed("the lock", &error))
    }
}

fn open(path: &std::path::Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn failed(what: &str, error: &io::Error) -> Failure {
    Error::new(ErrorCode::StoreFailed, format!("{what}: {}", error.kind())).into()
}
