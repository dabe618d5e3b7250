//! Forks. A signature under way keeps numbers that blind the key, and in a child they stay in use for ever: AWS-LC then
//! ends the process. So a process that forks waits until none is under way.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many signatures are under way, and whether a fork holds up more of them. One number and no lock: a child inherits
/// what other threads of its parent were about to do, and nobody does it there.
static SIGNATURES: AtomicUsize = AtomicUsize::new(0);
const HELD: usize = 1 << (usize::BITS - 1);

/// A signature under way.
pub(super) struct Signing(());

impl Signing {
    /// Waits while a fork is under way.
    pub(super) fn begin() -> Self {
        let one_more = |seen: usize| (seen & HELD == 0).then(|| seen.wrapping_add(1));
        while SIGNATURES.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more).is_err() {
            thread::yield_now();
        }
        Signing(())
    }
}

impl Drop for Signing {
    fn drop(&mut self) {
        SIGNATURES.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Begins no signature any more in this process, and waits for those that are under way, some milliseconds at most. For a
/// program that forks while other threads may sign: call it before the fork, and [`after_fork`] in both processes.
pub fn before_fork() {
    SIGNATURES.fetch_or(HELD, Ordering::SeqCst);
    while SIGNATURES.load(Ordering::SeqCst) != HELD {
        thread::yield_now();
    }
}

/// Signs again.
pub fn after_fork() {
    SIGNATURES.fetch_and(!HELD, Ordering::SeqCst);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test alone, since all of them share the gate.
    #[test]
    fn a_fork_waits_for_signatures_and_they_for_it() {
        let under_way = Signing::begin();
        let forking = thread::spawn(before_fork);
        while SIGNATURES.load(Ordering::SeqCst) & HELD == 0 {
            thread::yield_now();
        }
        let waits = thread::spawn(|| drop(Signing::begin()));
        assert!(!forking.is_finished());
        drop(under_way);
        forking.join().unwrap();
        assert!(!waits.is_finished());
        after_fork();
        waits.join().unwrap();
    }
}
