//! The clock and the sleep of the client. This is the one place of the library that reads time.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// A future that is owned and can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Wall-clock time, and waiting for it.
pub trait Clock: Send + Sync {
    /// Milliseconds since the epoch.
    fn now(&self) -> i64;

    /// Milliseconds from any origin that stays the same, on a clock that nobody sets: it passes at the pace of
    /// [`now`](Clock::now), and a change of the wall clock does not move it. The gateway's time is carried forward by it.
    ///
    /// A clock that is never set while the process runs, such as one for tests, needs none of its own.
    fn monotonic(&self) -> i64 {
        self.now()
    }

    /// How many of its milliseconds pass in one of real time: 1, except for a clock of tests and demonstrations.
    fn pace(&self) -> u32 {
        1
    }

    /// Returns when a number of milliseconds of this clock have passed.
    fn sleep(&self, milliseconds: i64) -> BoxFuture<'_, ()>;
}

/// The clock of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        system_now()
    }

    fn monotonic(&self) -> i64 {
        passed()
    }

    fn sleep(&self, milliseconds: i64) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration(milliseconds)))
    }
}

/// A clock that runs faster than real time from a given moment on, for tests and demonstrations against a gateway
/// that runs on the same one.
#[derive(Clone, Copy, Debug)]
pub struct FastClock {
    origin: i64,
    speed: u32,
}

impl FastClock {
    /// At `origin`, in milliseconds since the epoch, this clock shows real time, and from then on it runs faster by
    /// the factor `speed`. A speed of 0 counts as 1.
    pub fn new(origin: i64, speed: u32) -> Self {
        FastClock { origin, speed: speed.max(1) }
    }
}

impl Clock for FastClock {
    fn now(&self) -> i64 {
        let passed = system_now().saturating_sub(self.origin);
        self.origin.saturating_add(passed.saturating_mul(i64::from(self.speed)))
    }

    fn monotonic(&self) -> i64 {
        passed().saturating_mul(i64::from(self.speed))
    }

    fn pace(&self) -> u32 {
        self.speed
    }

    fn sleep(&self, milliseconds: i64) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration(milliseconds) / self.speed))
    }
}

/// A clock that stands still until it is advanced, for tests. Its clones show the same time.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<watch::Sender<i64>>);

impl ManualClock {
    /// It shows `now`, in milliseconds since the epoch.
    pub fn new(now: i64) -> Self {
        ManualClock(Arc::new(watch::Sender::new(now)))
    }

    /// Moves it forward, and wakes who slept until then. It never goes back: a negative number counts as 0.
    pub fn advance(&self, milliseconds: i64) {
        self.0.send_modify(|now| *now = now.saturating_add(milliseconds.max(0)));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> i64 {
        *self.0.borrow()
    }

    fn sleep(&self, milliseconds: i64) -> BoxFuture<'_, ()> {
        let until = self.now().saturating_add(milliseconds.max(0));
        let mut time = self.0.subscribe();
        Box::pin(async move {
            // It fails without a sender alone, and that is `self`, which outlives the future.
            let _ = time.wait_for(|now| *now >= until).await;
        })
    }
}

fn duration(milliseconds: i64) -> Duration {
    Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0))
}

/// Milliseconds since this was first asked.
#[allow(clippy::disallowed_methods, reason = "the client's clock is where time is read")]
fn passed() -> i64 {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    i64::try_from(ORIGIN.get_or_init(Instant::now).elapsed().as_millis()).unwrap_or(i64::MAX)
}

#[allow(clippy::disallowed_methods, reason = "the client's clock is where time is read")]
fn system_now() -> i64 {
    // A clock before 1970 counts as 1970: the machine refuses negative times.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_manual_clock_wakes_a_sleeper_once_it_was_advanced_so_far() {
        let clock = ManualClock::new(1_000);
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep(60_000).await }
        });
        tokio::task::yield_now().await;
        clock.advance(-5);
        clock.advance(59_999);
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.advance(1);
        assert_eq!(sleeper.await.ok(), Some(()));
        assert_eq!(clock.now(), 61_000);
    }
}
