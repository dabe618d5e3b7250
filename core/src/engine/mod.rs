//! Payments and refunds of one or many merchants, driven without I/O.
//!
//! [`Engine::handle`] takes what happened and gives what is to be done: a store operation, a request to post, a result for a
//! caller. A shell around it has a socket, clocks and a store, and no rule of payments. Every language runs this engine,
//! and the simulation does too.
//!
//! **Persist before act.** A change is applied to the record, the record is saved, and only then is anything of it sent.
//! A record has one owner, who drives it; anybody may apply evidence to it. A conflict is settled by applying the
//! changes that are not stored yet to the newer record, so that it never reaches a caller.

mod calls;
mod change;
mod clock;
mod close;
mod drive;
mod in_hand;
mod io;
mod leave;
mod live;
mod order;
mod owners;
mod perform;
mod posts;
mod report;
mod results;
mod saves;
#[cfg(test)]
mod tests;
mod timers;
mod traffic;
mod undone;
mod unstored;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

pub use io::{
    CallId, Input, JobId, Now, Output, PayOrder, PostAnswer, PostId, Request, StoreAnswer, StoreOperation,
};
pub use order::PayTerms;
pub use results::{CallResult, Notified, PaymentResult, RefundResult, ReverseResult};
pub use traffic::Limits;

use clock::Clock;
use in_hand::InHand;
use owners::Owners;
use posts::Post;
use timers::Timers;
use traffic::Traffic;

use crate::error::{Error, Result};
use crate::payment::Policy;
use crate::store::PaymentRecord;
use crate::time::{Timestamp, duration, milliseconds};

/// How long one request may take as a whole. The machine goes on after its reply time; a later answer still counts.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// The engine is called at least this often while it has something to do, so that a clock that was set is noticed.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);

/// Settings of an engine.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// The name of this process among the owners: different for each process and each start, and at most 53 characters
    /// long, since a number follows it once it was held dead.
    pub owner: Arc<str>,
    /// Whether it claims what is due and nobody drives.
    pub claims: bool,
    /// How many records it claims at once.
    pub claim_limit: usize,
    /// After this time without a beat an owner counts as dead.
    pub dead_after: Duration,
    /// How often this owner beats. Nothing is sent once the last beat is older than twice that.
    pub beat_every: Duration,
    /// How often is looked for what others saved and what nobody drives.
    pub look_every: Duration,
    /// How long a request may take as a whole.
    pub request_timeout: Duration,
    /// How many payments may be in memory as a whole before of one that only waits, and that no caller waits for,
    /// little more than the id is kept. Then its row is read each time there is something to do.
    pub resident: usize,
    /// The same for a payment that a caller waits for, and that is likely to be asked about soon. It takes some 3 KB beside
    /// the caller's own memory.
    pub resident_awaited: usize,
}

impl Config {
    /// The defaults under this name.
    pub fn new(owner: impl Into<Arc<str>>) -> Self {
        Config {
            owner: owner.into(),
            claims: true,
            claim_limit: 100,
            dead_after: Duration::from_secs(15),
            beat_every: Duration::from_secs(5),
            look_every: Duration::from_secs(1),
            request_timeout: REQUEST_TIMEOUT,
            resident: 5_000,
            resident_awaited: 100_000,
        }
    }

    /// The times of an owner that counts as dead after `dead_after` by a clock that runs `pace` times as fast as real
    /// time. By a clock that runs fast, the store is still looked at as often as in real time.
    #[must_use]
    pub fn paced(mut self, dead_after: Duration, pace: u32) -> Self {
        let pace = pace.max(1);
        self.dead_after = dead_after.saturating_mul(pace);
        // Whole milliseconds, since a shell may be able to sleep for nothing shorter.
        let third = duration((milliseconds(dead_after) / 3).max(1));
        self.beat_every = third.min(self.beat_every).saturating_mul(pace);
        self.look_every = self.look_every.saturating_mul(pace);
        self
    }
}

/// One merchant whose payments are driven.
#[derive(Debug)]
struct Trade {
    /// Shared with the payments that act by it.
    policy: Arc<Policy>,
    clock: Clock,
    traffic: Traffic,
}

/// What a deadline is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Timer {
    /// The payment's machine has something to do.
    Wake(Arc<str>),
    /// The store is tried again.
    Retry(Arc<str>),
    /// A payment that another process drives is looked at.
    Poll(Arc<str>),
    /// A verified end that is not stored is told.
    Unstored(Arc<str>),
    /// A payment that can't be stored is given up by its callers.
    Interrupted(Arc<str>),
    /// What can't be driven here is given back.
    Refused(Arc<str>),
    /// What could not be given back is given back again.
    Release(Arc<str>),
    /// A caller waits no longer.
    Call(CallId),
    /// A request that the shell never reported.
    Post(PostId),
    /// This owner beats.
    Beat,
    /// What others saved, and what nobody drives, is looked for.
    Look,
    /// Somebody waits for a token.
    Tokens(Arc<str>),
}

/// What a store operation is for.
#[derive(Clone, Debug)]
enum Job {
    /// The record is inserted or saved.
    Save(Arc<str>),
    /// The record is loaded; nobody is said to own it.
    Load(Arc<str>),
    /// The record is taken.
    Take(Arc<str>),
    Claim,
    Touched,
    Beat {
        sent: Duration,
        owner: Arc<str>,
    },
    Forget,
    Release(Arc<str>),
    GatewayTime(Arc<str>),
    /// The record of a refund that a notification names.
    FindRefund(Box<calls::RefundNotice>),
    Close,
}

/// The engine of one process.
#[derive(Debug)]
pub struct Engine {
    config: Config,
    trades: BTreeMap<Arc<str>, Trade>,
    live: InHand,
    /// Where each caller waits.
    calls: HashMap<CallId, Arc<str>>,
    jobs: HashMap<JobId, Job>,
    posts: HashMap<PostId, Post>,
    timers: Timers<Timer>,
    owners: Owners,
    next: u64,
    now: Now,
    outputs: Vec<Output>,
    started: bool,
    closing: bool,
    /// It is closing, and its owner is gone from the store.
    forgotten: bool,
}

impl Engine {
    /// An engine without merchants.
    pub fn new(config: Config) -> Self {
        Engine {
            config,
            trades: BTreeMap::new(),
            live: InHand::default(),
            calls: HashMap::new(),
            jobs: HashMap::new(),
            posts: HashMap::new(),
            timers: Timers::default(),
            owners: Owners::default(),
            next: 0,
            now: Now { wall: Timestamp::UNIX_EPOCH, monotonic: Duration::ZERO },
            outputs: Vec::new(),
            started: false,
            closing: false,
            forgotten: false,
        }
    }

    /// Adds the merchant of this client id, before anything is handed in.
    ///
    /// # Errors
    /// What [`Policy::new`] says.
    pub fn add_merchant(
        &mut self,
        client_id: impl Into<Arc<str>>,
        policy: Policy,
        limits: Limits,
    ) -> Result<()> {
        let policy = Arc::new(Policy::new(policy)?);
        let trade = Trade { policy, clock: Clock::default(), traffic: Traffic::new(limits) };
        self.trades.insert(client_id.into(), trade);
        Ok(())
    }

    /// Takes one thing in that happened, and gives what is to be done now, in this order.
    ///
    /// Nothing is waited for: what was asked for comes back as an input, and other inputs may come before it.
    pub fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        self.now = Now { monotonic: now.monotonic.max(self.now.monotonic), ..now };
        if !self.started {
            self.start();
        }
        self.notice_jumps();
        match input {
            Input::Call { call, id, request, wait } => self.call(call, id, request, wait),
            Input::Notified { call, id, refund_request_id, body } => {
                self.notified(call, id, refund_request_id, body);
            }
            Input::Stored { job, answer } => self.stored(job, answer),
            Input::Posted { post, answer } => self.posted(post, answer),
            Input::Watched { ids } => self.watched(&ids),
            Input::Time => {}
            Input::Close => self.close(),
        }
        while let Some(timer) = self.timers.take_due(self.now.monotonic) {
            self.ring(timer);
        }
        self.give_slots();
        std::mem::take(&mut self.outputs)
    }

    /// How long the shell sleeps at most before it hands in [`Input::Time`].
    pub fn sleep(&mut self) -> Duration {
        let next = self.timers.next().unwrap_or(Duration::MAX).saturating_sub(self.now.monotonic);
        next.min(LONGEST_SLEEP)
    }

    /// The name of this process among the owners.
    pub fn owner(&self) -> Arc<str> {
        Arc::clone(&self.config.owner)
    }

    /// Whether it claims what is due and nobody drives.
    pub fn claims(&self) -> bool {
        self.config.claims
    }

    /// Whether [`Input::Close`] was handed in.
    pub fn is_closing(&self) -> bool {
        self.closing
    }

    /// How many payments this process has in hand.
    pub fn in_hand(&self) -> usize {
        self.live.len()
    }

    /// The time at the gateway of this merchant, or this machine's while it is not known.
    pub fn time(&self, client_id: &str, now: Now) -> Timestamp {
        self.trades.get(client_id).map_or(now.wall, |trade| trade.clock.at(now))
    }

    /// The time at the gateway of this merchant; none until two answers have confirmed each other.
    pub fn gateway_time(&self, client_id: &str, now: Now) -> Option<Timestamp> {
        self.trades.get(client_id)?.clock.of_gateway(now)
    }

    /// A verified answer to a request that is not about a payment in hand tells the gateway's time too.
    pub fn hear(&mut self, client_id: &str, signed_at: Option<Timestamp>, sent: Now, received: Now) {
        if let Some(trade) = self.trades.get_mut(client_id) {
            trade.clock.hear(signed_at, sent, received);
        }
    }

    fn start(&mut self) {
        self.started = true;
        self.beat();
        self.timers.set(Timer::Look, self.now.monotonic.saturating_add(self.config.look_every));
        let merchants: Vec<_> = self.trades.keys().cloned().collect();
        for merchant in merchants {
            let job = Job::GatewayTime(Arc::clone(&merchant));
            self.store(job, StoreOperation::GatewayTime { merchant });
        }
    }

    fn ring(&mut self, timer: Timer) {
        if self.closing {
            return;
        }
        match timer {
            Timer::Wake(id) => self.on(&id, Engine::wake),
            Timer::Retry(id) => self.on(&id, |_, live| live.backing_off = false),
            Timer::Poll(id) => self.on(&id, Engine::poll),
            Timer::Unstored(id) => self.on(&id, Engine::tell_unstored),
            Timer::Interrupted(id) => self.on(&id, Engine::interrupt),
            Timer::Refused(id) => self.give_back_refused(&id),
            Timer::Release(id) => self.release(id),
            Timer::Call(call) => self.waited_long_enough(call),
            Timer::Post(post) => self.post_is_lost(post),
            Timer::Beat => self.beat(),
            Timer::Look => self.look(),
            // Slots are given at the end.
            Timer::Tokens(_) => {}
        }
    }

    fn number(&mut self) -> u64 {
        self.next = self.next.wrapping_add(1);
        self.next
    }

    fn store(&mut self, job: Job, operation: StoreOperation) -> JobId {
        let id = JobId(self.number());
        self.jobs.insert(id, job);
        self.outputs.push(Output::Store { job: id, operation });
        id
    }

    fn result(&mut self, call: CallId, result: Result<CallResult, Error>) {
        self.calls.remove(&call);
        self.timers.clear(&Timer::Call(call));
        self.outputs.push(Output::Result { call, result });
    }

    /// The trade of a record: the same merchant and the same protocol, since a merchant can have one client id at both.
    /// A record of an earlier version does not name its merchant.
    fn trade_of(&self, record: &PaymentRecord) -> Option<Arc<str>> {
        let mut own = self.trades.iter().filter(|(id, trade)| record.belongs_to(id, trade.policy.protocol));
        let (known, _) = own.next()?;
        // Where it may be anybody's, it is nobody's.
        own.next().is_none().then(|| Arc::clone(known))
    }
}
