//! What a batch will meet: drawn once.

use std::sync::Arc;

use alipay_instore::Timestamp;
use alipay_instore::engine::Limits;
use alipay_instore::error::Result;
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::{Payment, PaymentOrder, Policy};
use alipay_instore::store::{PaymentRecord, Stated, Stored};

use super::super::plan::Plan;
use super::super::random::Chance;
use super::super::tally::count;
use super::cashier::Asked;
use super::process::Settings;
use super::promises::Promises;
use super::shell::Shell;
use super::storage::Disk;
use super::world::{Happening, START, Till, World};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
/// From here on nothing goes wrong.
const CALM: i64 = 25 * MINUTE;
/// Until here something goes wrong with processes and clocks.
const TROUBLED: i64 = 15 * MINUTE;
/// Further ahead of the gateway's a wall clock must not be: the policy's margin.
const AHEAD: i64 = 59 * SECOND;

/// What the processes of a batch share.
#[derive(Clone, Debug)]
pub struct Batch {
    /// How many there are.
    pub processes: usize,
    /// What every engine is told.
    pub settings: Settings,
    /// How the store behaves.
    pub disk: Disk,
    /// When the store is away altogether.
    outages: Vec<(i64, i64)>,
    clocks: Vec<i64>,
    damaged: bool,
}

impl Batch {
    /// Draws one, with its payments.
    ///
    /// # Errors
    /// None: the plans are in order.
    pub(super) fn draw(
        chance: &mut Chance,
        payments: impl IntoIterator<Item = (u64, Chance)>,
    ) -> Result<(Self, Vec<Till>)> {
        // In some batches all payments of a protocol share a merchant with few slots; in the others each has its own.
        let shared = chance.in_1000(300);
        let limits = Limits { in_flight: 4, per_second: 5, burst: 5 };
        let mut merchants: Vec<(Arc<str>, Policy, Limits)> = Vec::new();
        let mut tills = Vec::new();
        for (number, mut stream) in payments {
            let mut plan = Plan::draw(&mut stream)?;
            (plan.id_taken, plan.unscanned, plan.misconfigured) = (false, false, None);
            let merchant: Arc<str> = match (shared, plan.protocol) {
                (false, _) => format!("m{number}").into(),
                (true, Protocol::Ams) => "ams".into(),
                (true, Protocol::AlipayPlus) => "plus".into(),
            };
            if shared {
                plan.policy = Policy::preset(plan.protocol);
            }
            if !merchants.iter().any(|(known, ..)| *known == merchant) {
                let limits = if shared { limits } else { Limits::default() };
                merchants.push((Arc::clone(&merchant), plan.policy.clone(), limits));
            }
            tills.push(Till {
                number,
                id: format!("p{number}").into(),
                merchant,
                begins: START.saturating_add(plan.begins / 4),
                plan,
                chance: stream,
                promises: Promises::default(),
                tries: 0,
                tried: false,
                followed: false,
            });
        }
        let mut bad = || chance.pick(&[0, 0, 0, 5, 20, 100], 0);
        let (not_written, maybe_written) = (bad(), bad());
        let disk = Disk {
            not_written,
            maybe_written,
            hangs: chance.pick(&[0, 0, 0, 2, 10], 0),
            slow: chance.pick(&[0, 0, 5, 20], 0),
            latency: chance.pick(&[2, 10, 100, 1_000], 10),
        };
        let outages = (0..chance.below(3)).map(|_| {
            let from = START.saturating_add(chance.between(0, TROUBLED));
            (from, from.saturating_add(chance.between(SECOND, 3 * MINUTE)))
        });
        let outages = outages.collect();
        let processes = usize::try_from(chance.between(2, 4)).unwrap_or(2);
        let clocks = (0..processes).map(|_| match chance.in_1000(800) {
            true => chance.between(-SECOND, SECOND),
            false => chance.between(-HOUR, AHEAD),
        });
        let clocks = clocks.collect();
        let settings = Settings {
            merchants,
            look_every: chance.pick(&[SECOND, 10 * SECOND, 30 * SECOND, 30 * SECOND], SECOND),
            resident: chance.pick(&[(0, 0), (0, 1_000), (1, 3), (1_000, 1_000)], (1_000, 1_000)),
        };
        let damaged = chance.in_1000(100);
        Ok((Batch { processes, settings, disk, outages, clocks, damaged }, tills))
    }

    /// How far the wall clock of a process is ahead at first.
    pub fn clocks(&self, process: usize) -> i64 {
        self.clocks.get(process).copied().unwrap_or(0)
    }

    /// Whether the store is away.
    pub fn is_out(&self, now: i64) -> bool {
        self.outages.iter().any(|(from, to)| (*from..*to).contains(&now))
    }
}

impl<S: Shell> World<'_, S> {
    /// Puts everything into the queue that does not depend on anything.
    pub(super) fn schedule(&mut self) {
        for at in 0..self.tills.len() {
            let Some(till) = self.tills.get_mut(at) else { continue };
            self.queue.put(till.begins, Happening::Asks(at, Asked::Pay));
            if till.chance.in_1000(100) {
                // Neither call can say that its id is its own.
                till.tried = true;
                count(&mut self.tally.troubles, "two ask for one payment");
                let second = till.begins.saturating_add(till.chance.pick(&[0, 0, 1, 500, 5_000], 0));
                self.queue.put(second, Happening::Asks(at, Asked::Pay));
            }
            for cancel in &till.plan.cancels {
                self.queue
                    .put(till.begins.saturating_add(*cancel).max(START), Happening::Asks(at, Asked::Cancel));
            }
            if till.chance.in_1000(100) {
                let resumed = till.begins.saturating_add(till.chance.between(0, 10 * MINUTE));
                self.queue.put(resumed, Happening::Asks(at, Asked::Resume));
            }
        }
        for process in 0..self.batch.processes {
            for _ in 0..self.chance.below(5) {
                let at = START.saturating_add(self.chance.between(0, TROUBLED));
                let latest = self.chance.pick(&[SECOND, 20 * SECOND, 5 * MINUTE], SECOND);
                self.queue.put(at, Happening::Stops(process));
                let down = self.chance.between(1, latest);
                self.queue.put(at.saturating_add(down), Happening::Starts(process));
            }
            for _ in 0..self.chance.below(3) {
                let at = START.saturating_add(self.chance.between(0, TROUBLED));
                let time = self.chance.pick(&[5 * SECOND, 30 * SECOND, 3 * MINUTE, 10 * MINUTE], SECOND);
                self.queue.put(at, Happening::Pauses(process, time));
            }
            for _ in 0..self.chance.below(3) {
                let at = START.saturating_add(self.chance.between(0, TROUBLED));
                let far = self.chance.pick(&[SECOND, MINUTE, HOUR], MINUTE);
                let clock = self.chance.between(-far, AHEAD.min(far));
                self.queue.put(at, Happening::ClockIsSet(process, clock));
            }
        }
        self.queue.put(START.saturating_add(CALM), Happening::Calms);
        if self.batch.damaged {
            count(&mut self.tally.troubles, "a record that can't be read");
            if let Some(stored) = unreadable(&self.tills)
                && self.storage.damage(stored).is_err()
            {
                self.breaks(0, "the simulation could not damage a record");
            }
        }
    }
}

fn unreadable(tills: &[Till]) -> Option<Stored> {
    let of = tills.first()?;
    let body = of.plan.body("unreadable", of.plan.amount.value()).ok()?;
    let stated = Stated::of_pay(&alipay_instore::api::PayRequest::from_json(body.clone()));
    let order = PaymentOrder::new(
        "unreadable".to_owned(),
        of.plan.amount,
        of.plan.scenario,
        None,
        "/ams/api/v1".to_owned(),
        &body,
    );
    let record = PaymentRecord::new(
        Payment::new(of.plan.policy.clone(), order),
        &of.merchant,
        stated,
        Timestamp::from_millis(START),
    );
    Some(Stored { entry: record.entry_due(Timestamp::from_millis(START)), revision: 1, owner: None })
}
