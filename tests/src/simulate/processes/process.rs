//! One process: its engine, its clocks, whether it runs, and what it was asked.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::engine::{CallId, Config, Engine, Input, Limits, Now, Output};
use alipay_instore::error::Result;
use alipay_instore::payment::Policy;

use super::cashier::Asked;
use super::shell::Shell;

/// A process.
#[derive(Debug)]
pub struct Process {
    engine: Option<Engine>,
    number: usize,
    /// Counts starts; what was under way before one is never heard of.
    pub life: u32,
    /// It handles nothing before this time.
    pub paused_until: i64,
    /// How far its wall clock is ahead of the gateway's.
    pub clock: i64,
    /// When its monotonic clock showed 0.
    origin: i64,
    /// The number of the latest wake-up that was set.
    pub wakeup: u64,
    /// What it was asked and has not answered: the payment, the question, and how long it may take.
    pub asked: HashMap<CallId, (usize, Asked, i64)>,
    /// When it heard each call: later than it was asked if it stood still.
    pub heard: HashMap<CallId, i64>,
}

/// What every engine of a batch is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The merchants.
    pub merchants: Vec<(Arc<str>, Policy, Limits)>,
    /// How often is looked.
    pub look_every: i64,
    /// How many payments are kept in memory as a whole: those that nobody waits for, and those that somebody waits for.
    pub resident: (usize, usize),
}

/// The simulation counts in milliseconds.
fn so_long(milliseconds: i64) -> Duration {
    Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0))
}

impl Settings {
    /// After this time an owner is dead.
    pub fn dead_after(&self) -> i64 {
        self.look_every.saturating_mul(15)
    }
}

impl Process {
    /// One that is not started.
    pub fn new(number: usize, clock: i64) -> Self {
        Process {
            engine: None,
            number,
            life: 0,
            paused_until: 0,
            clock,
            origin: 0,
            wakeup: 0,
            asked: HashMap::new(),
            heard: HashMap::new(),
        }
    }

    /// Whether it runs.
    pub fn is_up(&self) -> bool {
        self.engine.is_some()
    }

    /// Starts it.
    ///
    /// # Errors
    /// None: the policies are in order.
    pub fn start(&mut self, settings: &Settings, now: i64) -> Result<()> {
        self.life = self.life.saturating_add(1);
        let mut config = Config::new(format!("process-{}-{}", self.number, self.life));
        config.look_every = so_long(settings.look_every);
        config.beat_every = so_long(settings.look_every.saturating_mul(5));
        config.dead_after = so_long(settings.dead_after());
        (config.resident, config.resident_awaited) = settings.resident;
        let mut engine = Engine::new(config);
        for (merchant, policy, limits) in &settings.merchants {
            engine.add_merchant(Arc::clone(merchant), policy.clone(), *limits)?;
        }
        self.engine = Some(engine);
        self.origin = now.saturating_sub(1_000);
        Ok(())
    }

    /// It is gone at once, with everything it had in memory, and gives back who waits for it.
    pub fn stop(&mut self) -> Vec<(usize, Asked)> {
        self.engine = None;
        self.life = self.life.saturating_add(1);
        let mut lost: Vec<_> = self.asked.drain().collect();
        lost.sort_by_key(|(call, _)| *call);
        lost.into_iter().map(|(_, (till, asked, _))| (till, asked)).collect()
    }

    /// What its clocks show.
    pub fn now(&self, now: i64) -> Now {
        let wall = Timestamp::from_millis(now.saturating_add(self.clock).max(0));
        Now { wall, monotonic: so_long(now.saturating_sub(self.origin)) }
    }

    /// Hands something in.
    pub fn handle<S: Shell>(&mut self, shell: &S, input: Input, now: i64) -> Vec<Output> {
        let clocks = shell.now(self.now(now));
        if let Input::Call { call, .. } = &input {
            self.heard.insert(*call, now);
        }
        match (&mut self.engine, shell.input(input)) {
            (Some(engine), Some(input)) => {
                engine.handle(input, clocks).into_iter().flat_map(|output| shell.output(output)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How long it sleeps, in milliseconds; none if it does not run.
    pub fn sleep(&mut self) -> Option<i64> {
        let sleep = self.engine.as_mut().map(Engine::sleep)?;
        Some(i64::try_from(sleep.as_millis()).unwrap_or(i64::MAX))
    }

    /// Whether it has nothing in hand.
    pub fn is_idle(&self) -> bool {
        self.asked.is_empty() && self.engine.as_ref().is_none_or(|engine| engine.in_hand() == 0)
    }
}
