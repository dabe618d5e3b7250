//! The few things that are done with files, each so that a crash leaves the old content or the new one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use zeroize::Zeroizing;

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

/// Replaces the content of a file. It is on the disk when this returns, if it has to be `durable`.
///
/// Two may not do this to one file at the same time: whoever calls holds its lock.
pub(super) fn replace(path: &Path, content: &[u8], durable: bool) -> Result<(), WriteError> {
    let unfinished = path.with_extension("new");
    write(&unfinished, content, durable).map_err(WriteError::NotWritten)?;
    fs::rename(&unfinished, path).map_err(WriteError::MaybeWritten)?;
    match path.parent() {
        // The name is on the disk only once the folder is.
        Some(folder) if durable => sync_folder(folder).map_err(WriteError::MaybeWritten),
        _ => Ok(()),
    }
}

fn write(path: &Path, content: &[u8], durable: bool) -> io::Result<()> {
    let mut file = private(path)?;
    file.write_all(content)?;
    if durable { file.sync_data() } else { Ok(()) }
}

/// An empty file that nobody else can read, if the system knows such a thing.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Some file systems refuse to flush a folder, and then there is nothing to flush; Windows can't open one.
fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let refused = |error: &io::Error| {
            let code = error.raw_os_error();
            [rustix::io::Errno::INVAL, rustix::io::Errno::NOTSUP]
                .iter()
                .any(|refusal| code == Some(refusal.raw_os_error()))
        };
        match File::open(folder)?.sync_all() {
            Err(error) if refused(&error) => Ok(()),
            other => other,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        Ok(())
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

/// Removes a file, which may be gone already.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
