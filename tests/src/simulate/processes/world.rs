//! A batch: payments at one gateway, processes on one store, in virtual time.

use std::collections::HashMap;
use std::sync::Arc;

use alipay_instore::engine::{Input, Output, PostId};
use alipay_instore::error::Result;
use alipay_instore_sandbox::Gateway;

use super::super::plan::Plan;
use super::super::random::Chance;
use super::super::tally::{Tally, count};
use super::super::wire::{HeaderList, Wire};
use super::cashier::Asked;
use super::disk::Storing;
use super::network::Notices;
use super::plan::Batch;
use super::process::Process;
use super::promises::{Broken, Promises};
use super::queue::Queue;
use super::shell::Shell;
use super::storage::Storage;

/// When every batch begins: 2026-11-22 07:28:56 in China, in milliseconds since the epoch.
pub const START: i64 = 1_795_303_736_000;
const DAY: i64 = 86_400_000;
/// Nothing takes longer.
const LAST: i64 = START + 4 * DAY;

/// Something that happens.
#[derive(Debug)]
pub(super) enum Happening {
    /// A process is woken, by the wake-up of this number.
    Wakes(usize, u32, u64),
    /// A till is asked.
    Asks(usize, Asked),
    /// The store does an operation.
    Stores(Storing),
    /// A process is told.
    Told {
        process: usize,
        life: u32,
        input: Box<Input>,
    },
    /// A request is at the gateway; a copy of it if nobody waits for the answer.
    Arrives {
        request: usize,
        copy: bool,
        trouble: Option<String>,
    },
    Stops(usize),
    Starts(usize),
    Pauses(usize, i64),
    ClockIsSet(usize, i64),
    /// Nothing goes wrong any more.
    Calms,
}

/// A request that left a process.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) till: usize,
    pub(super) process: usize,
    pub(super) life: u32,
    pub(super) post: PostId,
    pub(super) path: String,
    pub(super) headers: HeaderList,
    pub(super) body: String,
}

/// One payment.
#[derive(Debug)]
pub(super) struct Till {
    pub(super) number: u64,
    pub(super) id: Arc<str>,
    pub(super) merchant: Arc<str>,
    pub(super) plan: Plan,
    pub(super) begins: i64,
    pub(super) chance: Chance,
    pub(super) promises: Promises,
    pub(super) tries: u32,
    pub(super) tried: bool,
    pub(super) followed: bool,
}

/// A broken promise, and by which payment.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The payment's number in the run.
    pub payment: u64,
    /// Which promise.
    pub promise: Broken,
    /// What happened to this payment; empty unless it was asked for.
    pub timeline: Vec<String>,
}

/// A batch.
#[derive(Debug)]
pub struct World<'s, S> {
    pub(super) shell: &'s S,
    pub(super) wire: Wire,
    pub(super) gateway: Gateway,
    pub(super) queue: Queue<Happening>,
    pub(super) now: i64,
    pub(super) batch: Batch,
    pub(super) tills: Vec<Till>,
    pub(super) processes: Vec<Process>,
    pub(super) storage: Storage,
    pub(super) sent: Vec<Sent>,
    pub(super) tickets: HashMap<u64, usize>,
    pub(super) calls: u64,
    pub(super) notices: Notices,
    pub(super) calm: bool,
    pub(super) chance: Chance,
    pub(super) tally: Tally,
    broken: Option<(usize, Broken)>,
    recorded: Option<u64>,
    timeline: Vec<String>,
}

impl<'s, S: Shell> World<'s, S> {
    /// The payments of these numbers.
    ///
    /// # Errors
    /// None: the plans are in order.
    pub fn new(
        shell: &'s S,
        payments: impl IntoIterator<Item = (u64, Chance)>,
        mut chance: Chance,
        recorded: Option<u64>,
    ) -> Result<Self> {
        let wire = Wire::new(None);
        let gateway = wire.gateway();
        let (batch, tills) = Batch::draw(&mut chance, payments)?;
        let mut world = World {
            shell,
            wire,
            gateway,
            queue: Queue::default(),
            now: START,
            tills,
            processes: (0..batch.processes)
                .map(|number| Process::new(number, batch.clocks(number)))
                .collect(),
            batch,
            storage: Storage::default(),
            sent: Vec::new(),
            tickets: HashMap::new(),
            calls: 0,
            notices: Notices::new(),
            calm: false,
            chance,
            tally: Tally::default(),
            broken: None,
            recorded,
            timeline: Vec::new(),
        };
        world.schedule();
        for process in 0..world.processes.len() {
            world.starts(process);
        }
        Ok(world)
    }

    /// Runs it to its end.
    ///
    /// # Errors
    /// The first promise that is broken.
    pub fn run(mut self) -> std::result::Result<Tally, Failure> {
        while self.broken.is_none() && !self.is_over() {
            let (by_itself, queued) = (self.gateway.next_due(), self.queue.next_at());
            match (by_itself, queued) {
                (Some(due), next) if next.is_none_or(|next| due <= next) => self.gateway_acts(due),
                (_, Some(_)) => {
                    let Some((at, what)) = self.queue.take() else { break };
                    self.now = self.now.max(at);
                    self.happens(what);
                }
                (_, None) => break,
            }
        }
        if self.broken.is_none() {
            self.ends();
        }
        match self.broken {
            None => Ok(self.tally),
            Some((till, promise)) => {
                let payment = self.tills.get(till).map_or(0, |till| till.number);
                Err(Failure { payment, promise, timeline: self.timeline })
            }
        }
    }

    /// Once nothing goes wrong any more, the batch is over when nobody has anything to do.
    fn is_over(&self) -> bool {
        let quiet = self.calm && self.gateway.next_due().is_none();
        self.now > LAST
            || (quiet && self.processes.iter().all(Process::is_idle) && self.storage.all_finished())
    }

    /// Whether what happens to some payment is written down.
    pub(super) fn is_recorded(&self) -> bool {
        self.recorded.is_some()
    }

    pub(super) fn note(&mut self, till: usize, what: impl FnOnce() -> String) {
        if let Some(of) = self.tills.get(till)
            && Some(of.number) == self.recorded
        {
            let time = self.now.saturating_sub(of.begins);
            self.timeline.push(format!("{time:>10} ms  {}", what()));
        }
    }

    pub(super) fn breaks(&mut self, till: usize, promise: Broken) {
        self.broken.get_or_insert((till, promise));
        self.note(till, || format!("BROKEN {promise}"));
    }

    fn happens(&mut self, what: Happening) {
        match what {
            Happening::Wakes(process, life, number) => {
                if self.processes.get(process).is_some_and(|of| of.life == life && of.wakeup == number) {
                    self.hand_in(process, life, Input::Time);
                }
            }
            Happening::Asks(till, asked) => self.asks(till, asked),
            Happening::Stores(storing) => self.is_stored(storing),
            Happening::Told { process, life, input } => self.hand_in(process, life, *input),
            Happening::Arrives { request, copy, trouble } => self.arrives(request, copy, trouble.as_deref()),
            Happening::Stops(process) => self.stops(process),
            Happening::Starts(process) => self.starts(process),
            Happening::Pauses(process, time) => {
                if let Some(process) = self.processes.get_mut(process).filter(|process| process.is_up()) {
                    let long = time >= self.batch.settings.dead_after();
                    let name = if long { "process paused beyond its lease" } else { "process paused" };
                    count(&mut self.tally.troubles, name);
                    process.paused_until = process.paused_until.max(self.now.saturating_add(time));
                }
            }
            Happening::ClockIsSet(process, clock) => {
                if let Some(process) = self.processes.get_mut(process) {
                    let name = if clock < process.clock { "clock set back" } else { "clock set on" };
                    count(&mut self.tally.troubles, name);
                    process.clock = clock;
                }
            }
            Happening::Calms => {
                self.calm = true;
                for process in 0..self.processes.len() {
                    self.starts(process);
                }
            }
        }
    }

    fn starts(&mut self, process: usize) {
        let Some(of) = self.processes.get_mut(process).filter(|process| !process.is_up()) else { return };
        if of.start(&self.batch.settings, self.now).is_err() {
            return self.breaks(0, "the simulation could not start an engine");
        }
        let life = of.life;
        count(&mut self.tally.troubles, "process started");
        self.hand_in(process, life, Input::Time);
    }

    fn stops(&mut self, process: usize) {
        let Some(of) = self.processes.get_mut(process).filter(|process| process.is_up()) else { return };
        count(&mut self.tally.troubles, "process killed");
        let lost = of.stop();
        for till in &mut self.tills {
            till.promises.is_killed(process, self.storage.record(&till.id).as_ref());
        }
        for (till, asked) in lost {
            if let Asked::Notification(number, attempt) = asked {
                self.gateway.acknowledge(self.now, number, attempt, None);
            } else if asked.is_repeated() {
                count(&mut self.tally.troubles, "call lost with its process");
                let after = self.chance.between(100, 20_000);
                self.queue.put(self.now.saturating_add(after), Happening::Asks(till, asked));
            }
        }
    }

    /// Hands something to a process, or later if it stands still, or never if it is another one by now.
    pub(super) fn hand_in(&mut self, process: usize, life: u32, input: Input) {
        let Some(of) = self.processes.get_mut(process) else { return };
        if of.life != life || !of.is_up() {
            return;
        }
        if of.paused_until > self.now {
            let at = of.paused_until;
            let input = Box::new(input);
            return self.queue.put(at, Happening::Told { process, life, input });
        }
        let outputs = of.handle(self.shell, input, self.now);
        let wakes = of.sleep().map(|sleep| self.now.saturating_add(sleep.max(1)));
        of.wakeup = of.wakeup.wrapping_add(1);
        let number = of.wakeup;
        self.tally.events = self.tally.events.saturating_add(1);
        if let Some(at) = wakes {
            self.queue.put(at, Happening::Wakes(process, life, number));
        }
        for output in outputs {
            match output {
                Output::Store { job, operation } => self.stores(process, life, job, operation),
                Output::Post { post, id, part, send_id, operation, path, body, .. } => {
                    let Some(till) = self.tills.iter().position(|till| till.id == id) else { continue };
                    self.note(till, || format!("process {process} posts {} {send_id}", operation.as_str()));
                    let body = body.expose().to_owned();
                    let kept = self.tills.get_mut(till).map_or(Ok(()), |of| {
                        of.promises.leaves(&self.storage, &id, operation, &body, (&part, send_id))
                    });
                    if let Err(promise) = kept {
                        self.breaks(till, promise);
                    }
                    let sent = Sent { till, process, life, post, path, headers: Vec::new(), body };
                    self.posts(sent, operation);
                }
                Output::Result { call, result } => self.told(process, call, result),
                // Observers decide nothing.
                _ => {}
            }
        }
    }

    fn ends(&mut self) {
        for till in 0..self.tills.len() {
            let Some(of) = self.tills.get(till) else { continue };
            let standing = self.gateway.standing(of.plan.protocol, &of.id, self.now.saturating_add(DAY));
            let record = self.storage.record(&of.id);
            let kept = of.promises.at_the_end(
                record.as_ref(),
                standing.as_ref(),
                u128::from(of.plan.amount.value()),
            );
            let kept = kept
                .and_then(|()| record.as_ref().map_or(Ok(()), |record| self.storage.lost_no_alert(record)));
            self.tally.payments = self.tally.payments.saturating_add(1);
            self.tally_end(record.as_ref());
            if let Err(promise) = kept {
                self.note(till, || format!("the ledger: {standing:?}"));
                return self.breaks(till, promise);
            }
        }
        if self.processes.iter().any(|process| !process.asked.is_empty()) {
            self.breaks(0, "a call never got a result");
        }
    }

    pub(super) fn standing(&self, till: usize) -> Option<alipay_instore_sandbox::Standing> {
        let of = self.tills.get(till)?;
        self.gateway.standing(of.plan.protocol, &of.id, self.now)
    }
}
