//! Forks. A signature under way keeps numbers that blind the key, and in a child they stay in use for ever: AWS-LC then
//! ends the process. So a process that forks waits until none is under way.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// How many signatures are under way. No lock: what a thread holds at a fork stays locked in the child.
static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);
static HELD: AtomicBool = AtomicBool::new(false);

/// A signature under way.
pub(super) struct Signing(());

impl Signing {
    /// Waits while a fork is under way.
    pub(super) fn begin() -> Self {
        loop {
            UNDER_WAY.fetch_add(1, Ordering::SeqCst);
            if !HELD.load(Ordering::SeqCst) {
                return Signing(());
            }
            UNDER_WAY.fetch_sub(1, Ordering::SeqCst);
            while HELD.load(Ordering::SeqCst) {
                thread::yield_now();
            }
        }
    }
}

impl Drop for Signing {
    fn drop(&mut self) {
        UNDER_WAY.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Begins no signature any more in this process, and waits for those that are under way, some milliseconds at most. For a
/// program that forks while other threads may sign: call it before the fork, and [`after_fork`] in both processes.
pub fn before_fork() {
    HELD.store(true, Ordering::SeqCst);
    while UNDER_WAY.load(Ordering::SeqCst) > 0 {
        thread::yield_now();
    }
}

/// Signs again.
pub fn after_fork() {
    HELD.store(false, Ordering::SeqCst);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test alone, since all of them share the gate.
    #[test]
    fn a_fork_waits_for_signatures_and_they_for_it() {
        let under_way = Signing::begin();
        let forking = thread::spawn(before_fork);
        while !HELD.load(Ordering::SeqCst) {
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
