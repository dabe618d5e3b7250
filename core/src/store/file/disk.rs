//! The few things that are done with files, each so that a crash leaves the old content or the new one.
//!
//! A file system looks long for the number of a new file where many were removed lately, so the files of records are not
//! removed when their content is replaced: the file with the old content becomes the spare one that the next content is
//! written to.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::flush::Flushed;
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
        system::write(&mut file, content)?;
        if durable { system::sync(&file) } else { Ok(()) }
    });
    written.map_err(WriteError::NotWritten)?;
    system::rename(&unfinished, path).map_err(WriteError::MaybeWritten)?;
    // The name is on the disk only once the folder is.
    let synced = path.parent().filter(|_| durable).map_or(Ok(()), system::sync_folder);
    synced.map_err(WriteError::MaybeWritten)
}

/// Replaces the content of the file of a record. It is on the disk when this returns.
///
/// It is written to `spare`, a file in the same `folder`, and the two change their names. Whoever calls holds the lock that
/// everybody takes who reads or writes either of them.
pub(super) fn replace_durably(
    path: &Path,
    spare: &Path,
    folder: &Flushed,
    content: &[u8],
) -> Result<(), WriteError> {
    write_spare(spare, content).map_err(WriteError::NotWritten)?;
    let exchanged = exchange(spare, path).map_err(WriteError::MaybeWritten)?;
    let synced = folder.flush();
    if exchanged && (synced.is_err() || blank(spare).is_err()) {
        // After a power cut this file may be the record again, so nothing is written to it.
        let _ = system::remove(spare);
    }
    synced.map_err(WriteError::MaybeWritten)
}

/// Files have a length of whole pages: a flush of a file whose length changes takes twice as long.
const PAGE: usize = 4_096;
/// Space, which JSON ignores at its end.
const BLANK: u8 = b' ';

fn write_spare(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut padded = Zeroizing::new(vec![BLANK; content.len().next_multiple_of(PAGE)]);
    for (to, from) in padded.iter_mut().zip(content) {
        *to = *from;
    }
    let mut file = system::kept(path)?;
    if !is_blank(&mut file)? {
        system::remove(path)?;
        file = system::kept(path)?;
    }
    file.rewind()?;
    system::write(&mut file, &padded)?;
    let length = u64::try_from(padded.len()).unwrap_or(u64::MAX);
    if file.metadata()?.len() != length {
        system::set_length(&file, length)?;
    }
    system::sync(&file)
}

/// Whether the file may be written to. What a crash left is not: it may not be on the disk yet that it is the spare file.
fn is_blank(spare: &mut File) -> io::Result<bool> {
    let mut first = [BLANK];
    let _ = spare.read(&mut first)?;
    Ok(first == [BLANK])
}

/// Removes a spare file that a crash left. It is only in the way: the next write makes another.
pub(super) fn clean_spare(path: &Path) {
    let left = File::open(path).and_then(|mut file| is_blank(&mut file)).is_ok_and(|blank| !blank);
    if left {
        let _ = system::remove(path);
    }
}

/// Removes what the file held before: a record may hold a payment code.
fn blank(spare: &Path) -> io::Result<()> {
    let mut file = system::kept(spare)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    system::write(&mut file, &vec![BLANK; length])
}

/// Gives the file `new` the name `path`. If there was a file of that name, it has the name `new` afterwards, where the
/// system can do that at once; tells whether it has.
fn exchange(new: &Path, path: &Path) -> io::Result<bool> {
    if system::exchange(new, path)? {
        return Ok(true);
    }
    system::rename(new, path)?;
    Ok(false)
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
