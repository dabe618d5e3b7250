//! Flushes of a folder that several threads share. Renaming a record is on the disk once its folder is flushed, and one flush
//! does for everything that was renamed before it began.

use std::io;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, PoisonError};

use super::system;

/// A folder whose names have to be on the disk.
#[derive(Debug)]
pub(super) struct Flushed {
    folder: PathBuf,
    flushes: Mutex<Flushes>,
    ended: Condvar,
}

/// Flushes are counted from one; no two are under way at once.
#[derive(Debug, Default)]
struct Flushes {
    begun: u64,
    ended: u64,
    /// The last one that failed, and how.
    failed: Option<(u64, io::ErrorKind)>,
}

impl Flushed {
    pub(super) fn new(folder: PathBuf) -> Self {
        Flushed { folder, flushes: Mutex::default(), ended: Condvar::new() }
    }

    /// What was named in the folder before this call is on the disk when it returns.
    pub(super) fn flush(&self) -> io::Result<()> {
        self.flush_by(|| system::sync_folder(&self.folder))
    }

    fn flush_by(&self, flush: impl Fn() -> io::Result<()>) -> io::Result<()> {
        let mut flushes = self.flushes.lock().unwrap_or_else(PoisonError::into_inner);
        // One that is under way may have passed over the name.
        let needed = flushes.begun.saturating_add(1);
        while flushes.ended < needed {
            if flushes.begun > flushes.ended {
                flushes = self.ended.wait(flushes).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            flushes.begun = flushes.begun.saturating_add(1);
            drop(flushes);
            let answer = flush();
            flushes = self.flushes.lock().unwrap_or_else(PoisonError::into_inner);
            flushes.ended = flushes.begun;
            if let Err(error) = answer {
                flushes.failed = Some((flushes.ended, error.kind()));
            }
            self.ended.notify_all();
        }
        match flushes.failed {
            // The system tells of a failure once, so a later flush that succeeds proves nothing.
            Some((at, kind)) if at >= needed => Err(kind.into()),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;

    #[test]
    fn whoever_named_something_before_finds_it_on_the_disk() {
        let folder = Flushed::new(PathBuf::new());
        let (named, on_disk) = (AtomicU64::new(0), AtomicU64::new(0));
        let flush = || {
            let reached = named.load(Ordering::SeqCst);
            thread::yield_now();
            on_disk.store(reached, Ordering::SeqCst);
            Ok(())
        };
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let mine = named.fetch_add(1, Ordering::SeqCst) + 1;
                        folder.flush_by(flush).unwrap();
                        assert!(on_disk.load(Ordering::SeqCst) >= mine);
                    }
                });
            }
        });
    }

    #[test]
    fn a_flush_that_is_under_way_does_not_count() {
        let folder = Flushed::new(PathBuf::new());
        let (started, starts) = channel();
        let (go_on, goes_on) = channel();
        thread::scope(|scope| {
            let folder = &folder;
            scope.spawn(move || {
                folder.flush_by(|| {
                    started.send(()).unwrap();
                    goes_on.recv().map_err(io::Error::other)
                })
            });
            starts.recv().unwrap();
            let later = scope.spawn(|| folder.flush_by(|| Err(io::ErrorKind::StorageFull.into())));
            go_on.send(()).unwrap();
            assert_eq!(later.join().unwrap().unwrap_err().kind(), io::ErrorKind::StorageFull);
        });
        // What failed has nothing to do with what is named later.
        folder.flush_by(|| Ok(())).unwrap();
    }
}
