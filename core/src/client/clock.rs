//! The clock and the sleep of the client. This is the one place of the library that reads time.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::watch;

use crate::time::Timestamp;

/// A future that is owned and can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Wall-clock time, and waiting for it.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// How long it is since an origin that stays the same, on a clock that nobody sets: it passes at the pace of
    /// [`now`](Clock::now), and a change of the wall clock does not move it. The gateway's time is carried forward by it.
    ///
    /// A clock that is never set while the process runs, such as one for tests, needs none of its own.
    fn monotonic(&self) -> Duration {
        self.now().saturating_since(Timestamp::UNIX_EPOCH)
    }

    /// How many times as fast as real time it runs: 1, except for a clock of tests and demonstrations.
    fn pace(&self) -> u32 {
        1
    }

    /// Returns when so much time of this clock has passed.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

/// The clock of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the client's clock is where time is read")]
    fn now(&self) -> Timestamp {
        SystemTime::now().into()
    }

    fn monotonic(&self) -> Duration {
        passed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// A clock that runs faster than real time from a given moment on, for tests and demonstrations against a gateway
/// that runs on the same one.
#[derive(Clone, Copy, Debug)]
pub struct FastClock {
    origin: Timestamp,
    speed: u32,
}

impl FastClock {
    /// At `origin` this clock shows real time, and from then on it runs faster by
    /// the factor `speed`. A speed of 0 counts as 1.
    pub fn new(origin: Timestamp, speed: u32) -> Self {
        FastClock { origin, speed: speed.max(1) }
    }
}

impl Clock for FastClock {
    fn now(&self) -> Timestamp {
        let passed = SystemClock.now().as_millis().saturating_sub(self.origin.as_millis());
        let passed = passed.saturating_mul(i64::from(self.speed));
        Timestamp::from_millis(self.origin.as_millis().saturating_add(passed))
    }

    fn monotonic(&self) -> Duration {
        passed().saturating_mul(self.speed)
    }

    fn pace(&self) -> u32 {
        self.speed
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration / self.speed))
    }
}

/// A clock that stands still until it is advanced, for tests. Its clones show the same time.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<watch::Sender<Timestamp>>);

impl ManualClock {
    /// It shows `now`.
    pub fn new(now: Timestamp) -> Self {
        ManualClock(Arc::new(watch::Sender::new(now)))
    }

    /// Moves it forward, and wakes who slept until then.
    pub fn advance(&self, by: Duration) {
        self.0.send_modify(|now| *now = now.saturating_add(by));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.borrow()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let until = self.now().saturating_add(duration);
        let mut time = self.0.subscribe();
        Box::pin(async move {
            // It fails without a sender alone, and that is `self`, which outlives the future.
            let _ = time.wait_for(|now| *now >= until).await;
        })
    }
}

/// The time since this was first asked.
#[allow(clippy::disallowed_methods, reason = "the client's clock is where time is read")]
fn passed() -> Duration {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    ORIGIN.get_or_init(Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_manual_clock_wakes_a_sleeper_once_it_was_advanced_so_far() {
        let clock = ManualClock::new(Timestamp::from_millis(1_000));
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep(Duration::from_secs(60)).await }
        });
        tokio::task::yield_now().await;
        clock.advance(Duration::from_millis(59_999));
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.advance(Duration::from_millis(1));
        assert_eq!(sleeper.await.ok(), Some(()));
        assert_eq!(clock.now(), Timestamp::from_millis(61_000));
    }
}
