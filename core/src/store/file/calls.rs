//! The calls that change something on the disk, and nothing else does: a test puts its own in their place, to know in
//! which order they are made.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// Makes a folder.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// An empty file that nobody else can read, if the system knows such a thing.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    for_its_owner(&mut options).open(path)
}

/// Makes a file that nobody else can read, if the system knows such a thing.
///
/// # Errors
/// `AlreadyExists` if there is one of this name.
pub(super) fn fresh(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    for_its_owner(&mut options).open(path)
}

/// Opens a file that stays, for reading and writing.
pub(super) fn kept(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    for_its_owner(&mut options).open(path)
}

/// Opens a file that is there, for reading and writing.
pub(super) fn existing(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open(path)
}

fn for_its_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Writes at this place of a file.
pub(super) fn write(file: &mut File, at: u64, content: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(content)
}

/// What was written to the file is on the disk when this returns.
pub(super) fn sync(file: &File) -> io::Result<()> {
    file.sync_data()
}

/// The names in the folder are on the disk when this returns. Some file systems refuse to flush a folder, and then there
/// is nothing to flush; Windows can't open one.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
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

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Removes a file, which may be gone already.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
