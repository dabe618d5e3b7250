//! The few things that are done with files, each so that a crash leaves the old content or the new one.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::flush::Flushed;
use super::halves::{BLANK, Change, Half, New};
use super::system;

/// The end of the name of a file that is being written.
pub(super) const UNFINISHED: &str = ".new";

/// How far a write came before it failed.
#[derive(Debug)]
pub(super) enum WriteError {
    /// The old content is there.
    NotWritten(io::Error),
    /// The old content is there, or the new one.
    MaybeWritten(io::Error),
}

/// Replaces the content of a small file. It is on the disk when this returns, if it has to be `durable`.
///
/// Two may not do this to one file at the same time: whoever calls holds its lock.
pub(super) fn replace(path: &Path, content: &[u8], durable: bool) -> Result<(), WriteError> {
    let unfinished = path.with_extension("new");
    let written = system::private(&unfinished).and_then(|mut file| {
        system::write(&mut file, 0, content)?;
        if durable { system::sync(&file) } else { Ok(()) }
    });
    written.map_err(WriteError::NotWritten)?;
    system::rename(&unfinished, path).map_err(WriteError::MaybeWritten)?;
    // The name is on the disk only once the folder is.
    let synced = path.parent().filter(|_| durable).map_or(Ok(()), system::sync_folder);
    synced.map_err(WriteError::MaybeWritten)
}

/// Gives the record of this name another file, with this content. It is on the disk when this returns.
///
/// It is written under the name `unfinished`, in the same `folder`. Whoever calls holds the lock that everybody takes who
/// uses either name.
pub(super) fn make(path: &Path, unfinished: &Path, folder: &Flushed, new: &New) -> Result<(), WriteError> {
    let written = fresh(unfinished).and_then(|mut file| {
        system::write(&mut file, 0, &new.content)?;
        system::sync(&file)?;
        Ok(file)
    });
    let mut file = written.map_err(WriteError::NotWritten)?;
    system::rename(unfinished, path).map_err(WriteError::MaybeWritten)?;
    folder.flush().map_err(WriteError::MaybeWritten)?;
    // Where this fails, whoever comes next completes the file.
    let _ = system::write(&mut file, new.mark, &[BLANK]);
    Ok(())
}

/// A file of this name that was not there before. What a crash left is removed, and not written to: after a power cut it may
/// be the file of a record, too.
fn fresh(path: &Path) -> io::Result<File> {
    match system::fresh(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            system::remove(path)?;
            system::fresh(path)
        }
        made => made,
    }
}

/// Writes the next row to the file of a record. It is on the disk when this returns.
///
/// Whoever calls holds the record's lock, and the file is complete.
pub(super) fn change(path: &Path, change: &Change) -> Result<(), WriteError> {
    let mut file = system::existing(path).map_err(WriteError::NotWritten)?;
    // Where this fails, the whole row may be there all the same.
    system::write(&mut file, change.at, &change.content).map_err(WriteError::MaybeWritten)?;
    system::sync(&file).map_err(WriteError::MaybeWritten)?;
    // Where this fails, the row with the higher sequence counts, and whoever comes next completes the file.
    let _ = system::write(&mut file, change.before, &vec![BLANK; change.content.len()]);
    Ok(())
}

/// Brings to its end what a crash or a failure cut short in the file of a record, in this `folder`: the row and its name are on the
/// disk when this returns, and what was before it is gone. Whoever calls holds the record's lock.
pub(super) fn complete(path: &Path, folder: &Flushed, half: &Half) -> io::Result<()> {
    let Some((at, length)) = half.leftover() else { return Ok(()) };
    let mut file = system::existing(path)?;
    let mut content = Zeroizing::new(Vec::new());
    file.read_to_end(&mut content)?;
    // After a flush that failed the system may hold to be on the disk what is not, so it is written again.
    system::write(&mut file, 0, &content)?;
    system::sync(&file)?;
    folder.flush()?;
    system::write(&mut file, at, &vec![BLANK; length])?;
    system::sync(&file)
}

/// Makes a folder, and those above it that are missing; tells whether it was missing.
pub(super) fn make_folder(path: &Path) -> io::Result<bool> {
    if path.is_dir() {
        return Ok(false);
    }
    if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
        make_folder(above)?;
    }
    match system::make_folder(path) {
        // Somebody else was faster.
        Err(_) if path.is_dir() => Ok(true),
        made => made.map(|()| true),
    }
}

/// The content of a file; none if there is none.
pub(super) fn read(path: &Path) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    match fs::read(path) {
        Ok(content) => Ok(Some(Zeroizing::new(content))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
