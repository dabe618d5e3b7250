//! Sandbox time: wall-clock milliseconds since the epoch, which can run faster than real time or stand still.
//!
//! Everything else in the crate takes the time as an input; this is the only place that reads the real clock.
//! A till in the same process shares the clock by cloning it, one in another process computes it from
//! `clock_origin_ms` and `speed` in `sandbox.json`.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

/// The time of the sandbox. Clones share one reading.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    reading: Mutex<Reading>,
    changed: Notify,
}

#[derive(Clone, Copy, Debug)]
enum Reading {
    /// `sandbox_ms` was the time when the real clock said `real_us`; since then it runs `speed` times as fast.
    /// Real time counts in microseconds, so that a fast clock does not jump by its speed.
    Running { real_us: i64, sandbox_ms: i64, speed: u32 },
    /// Moves only by [`Clock::advance`].
    Manual(i64),
}

impl Reading {
    fn now(self) -> i64 {
        match self {
            Reading::Manual(now) => now,
            Reading::Running { real_us, sandbox_ms, speed } => {
                // A real clock that was set back must not take the sandbox to before its start.
                let elapsed_us = real_time_us().saturating_sub(real_us).max(0);
                sandbox_ms.saturating_add(elapsed_us.saturating_mul(speed.into()) / 1000)
            }
        }
    }
}

impl Clock {
    /// A clock that starts at the real time and runs `speed` times as fast; 0 counts as 1.
    pub fn running(speed: u32) -> Self {
        let now_ms = real_time_us() / 1000;
        Self::with(Reading::Running {
            real_us: now_ms.saturating_mul(1000),
            sandbox_ms: now_ms,
            speed: speed.max(1),
        })
    }

    /// A clock that stands at `now_ms` until it is advanced.
    pub fn manual(now_ms: i64) -> Self {
        Self::with(Reading::Manual(now_ms))
    }

    fn with(reading: Reading) -> Self {
        Clock(Arc::new(Shared { reading: Mutex::new(reading), changed: Notify::new() }))
    }

    fn reading(&self) -> Reading {
        *self.0.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Milliseconds since the epoch, in sandbox time.
    pub fn now_ms(&self) -> i64 {
        self.reading().now()
    }

    /// How many times as fast as real time it runs; `None` for a clock moved by hand.
    pub fn speed(&self) -> Option<u32> {
        match self.reading() {
            Reading::Running { speed, .. } => Some(speed),
            Reading::Manual(_) => None,
        }
    }

    /// The moment at which sandbox time and real time were equal, as long as neither speed nor time was changed
    /// by hand; the present time of a manual clock.
    pub fn origin_ms(&self) -> i64 {
        match self.reading() {
            Reading::Running { sandbox_ms, .. } => sandbox_ms,
            Reading::Manual(now) => now,
        }
    }

    /// From now on the clock runs `speed` times as fast as real time; 0 stops it, to be moved by hand.
    pub fn set_speed(&self, speed: u32) {
        self.change(|reading| {
            let sandbox_ms = reading.now();
            match speed {
                0 => Reading::Manual(sandbox_ms),
                _ => Reading::Running { real_us: real_time_us(), sandbox_ms, speed },
            }
        });
    }

    /// Jumps ahead by `ms`; a negative number counts as 0, since time never goes back here.
    pub fn advance(&self, ms: i64) {
        let ms = ms.max(0);
        self.change(|reading| match reading {
            Reading::Manual(now) => Reading::Manual(now.saturating_add(ms)),
            Reading::Running { real_us, sandbox_ms, speed } => {
                Reading::Running { real_us, sandbox_ms: sandbox_ms.saturating_add(ms), speed }
            }
        });
    }

    fn change(&self, by: impl FnOnce(Reading) -> Reading) {
        let mut reading = self.0.reading.lock().unwrap_or_else(PoisonError::into_inner);
        *reading = by(*reading);
        drop(reading);
        self.0.changed.notify_waiters();
    }

    /// Returns once sandbox time has reached `at_ms`.
    pub async fn sleep_until(&self, at_ms: i64) {
        loop {
            let changed = self.0.changed.notified();
            let reading = self.reading();
            let left = at_ms.saturating_sub(reading.now());
            if left <= 0 {
                return;
            }
            match reading {
                Reading::Manual(_) => changed.await,
                Reading::Running { speed, .. } => {
                    let real = Duration::from_micros(
                        left.unsigned_abs().saturating_mul(1000).div_ceil(speed.into()),
                    );
                    tokio::select! {
                        () = changed => {}
                        () = tokio::time::sleep(real) => {}
                    }
                }
            }
        }
    }

    /// Returns after `ms` milliseconds of sandbox time.
    pub async fn sleep(&self, ms: u64) {
        let ms = i64::try_from(ms).unwrap_or(i64::MAX);
        self.sleep_until(self.now_ms().saturating_add(ms)).await;
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the sandbox's one reading of real time; everything else is given the time"
)]
fn real_time_us() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_by_hand() {
        let clock = Clock::manual(1_000);
        let other = clock.clone();
        clock.advance(500);
        clock.advance(-9);
        assert_eq!(other.now_ms(), 1_500);
        assert_eq!(other.speed(), None);
    }

    #[test]
    fn a_jump_does_not_change_the_speed() {
        let clock = Clock::running(1_000);
        let before = clock.now_ms();
        clock.advance(86_400_000);
        assert!(clock.now_ms() >= before + 86_400_000);
        assert_eq!(clock.speed(), Some(1_000));
    }

    #[tokio::test]
    async fn a_sleeper_wakes_when_the_clock_jumps_past_it() {
        let clock = Clock::manual(0);
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(60_000).await }
        });
        tokio::task::yield_now().await;
        clock.advance(59_999);
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.advance(1);
        sleeper.await.unwrap();
    }

    #[tokio::test]
    async fn a_fast_clock_shortens_a_wait() {
        let clock = Clock::running(100_000);
        let start = clock.now_ms();
        clock.sleep(600_000).await;
        assert!(clock.now_ms() >= start + 600_000);
    }
}
