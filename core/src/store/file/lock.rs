//! Locks between processes, by files that are never removed.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

/// How long is waited for a lock altogether.
const PATIENCE: Duration = Duration::from_secs(10);
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(20);

/// A lock that is held. The end of the process releases it too.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Lock {
    /// Takes the lock of this file.
    ///
    /// # Errors
    /// `WouldBlock` if somebody else held it all the time.
    pub(super) fn take(path: &Path) -> io::Result<Self> {
        let file = open(path)?;
        let (mut waited, mut pause) = (Duration::ZERO, FIRST_PAUSE);
        loop {
            match try_lock(&file) {
                Ok(()) => return Ok(Lock(file)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock && waited < PATIENCE => {
                    std::thread::sleep(pause);
                    waited = waited.saturating_add(pause);
                    pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes it if nobody holds it.
    pub(super) fn take_if_free(path: &Path) -> io::Result<Option<Self>> {
        let file = open(path)?;
        match try_lock(&file) {
            Ok(()) => Ok(Some(Lock(file))),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Lock {
    /// Closing the file is not enough: a child that was forked meanwhile has it open too, and would hold the lock.
    fn drop(&mut self) {
        // Where it fails, closing still releases it for everyone but such a child.
        let _ = unlock(&self.0);
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn try_lock(file: &File) -> io::Result<()> {
    use rustix::fs::{FlockOperation, flock};
    flock(file, FlockOperation::NonBlockingLockExclusive).map_err(Into::into)
}

#[cfg(unix)]
fn unlock(file: &File) -> io::Result<()> {
    use rustix::fs::{FlockOperation, flock};
    flock(file, FlockOperation::Unlock).map_err(Into::into)
}

#[cfg(not(unix))]
fn try_lock(file: &File) -> io::Result<()> {
    file.try_lock().map_err(|error| match error {
        std::fs::TryLockError::WouldBlock => io::ErrorKind::WouldBlock.into(),
        std::fs::TryLockError::Error(error) => error,
    })
}

#[cfg(not(unix))]
fn unlock(file: &File) -> io::Result<()> {
    file.unlock()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let held = Lock::take(&path).unwrap();
        assert!(Lock::take_if_free(&path).unwrap().is_none());
        drop(held);
        assert!(Lock::take_if_free(&path).unwrap().is_some());
    }

    #[test]
    fn who_waits_gets_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let count = std::sync::Mutex::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _held = Lock::take(&path).unwrap();
                        // Nobody else is here, so this never waits.
                        *count.try_lock().unwrap() += 1;
                    }
                });
            }
        });
        assert_eq!(*count.lock().unwrap(), 80);
    }
}
