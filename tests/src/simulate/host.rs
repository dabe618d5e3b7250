//! One till with one payment: its clock, its store, whether it runs, and what it has under way.

use alipay_instore::Timestamp;
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::payment::{Numbered, Payment};

use super::oracle::Oracle;
use super::plan::Plan;
use super::random::Chance;
use super::wire::HeaderList;

/// A till.
#[derive(Debug)]
pub struct Till {
    /// Its place in the run.
    pub number: u64,
    /// The id of its payment.
    pub id: String,
    /// What it will meet.
    pub plan: Plan,
    /// The payment, as it is stored: every step is stored before it is acted on.
    pub payment: Payment,
    /// The actions of the last step that was stored.
    pub issued: Vec<Numbered>,
    /// Whether it runs.
    pub up: bool,
    /// Counts restarts; what was under way before one is never heard of.
    pub life: u32,
    /// How often it may crash yet.
    pub crashes_left: u32,
    /// How far its clock is ahead of the gateway's.
    pub clock: i64,
    /// The number of the latest wake-up that was set: older ones no longer count.
    pub wakeup: u64,
    /// How many steps its payment took.
    pub steps: u32,
    /// Its own chance.
    pub chance: Chance,
    /// What is known of it from outside.
    pub oracle: Oracle,
}

impl Till {
    /// A till that is about to begin.
    ///
    /// # Errors
    /// None: the plan is in order.
    pub fn new(number: u64, mut chance: Chance) -> Result<Self> {
        let plan = Plan::draw(&mut chance)?;
        let id = format!("p{number}");
        let payment = Payment::new(plan.policy.clone(), plan.order(&id, None)?);
        let clock = plan.clock;
        Ok(Till {
            number,
            id,
            plan,
            payment,
            issued: Vec::new(),
            up: true,
            life: 0,
            crashes_left: 12,
            clock,
            wakeup: 0,
            steps: 0,
            chance,
            oracle: Oracle::default(),
        })
    }

    /// What its clock shows at this time, which is in milliseconds like all times of the queue.
    pub fn time(&self, now: i64) -> Timestamp {
        Timestamp::from_millis(now.saturating_add(self.clock))
    }

    /// Its expiry is asked for when it begins, by its own clock.
    ///
    /// # Errors
    /// None: the plan is in order.
    pub fn begins(&mut self, now: i64) -> Result<()> {
        if self.plan.expiry.is_some() {
            let order = self.plan.order(&self.id, Some(now.saturating_add(self.clock)))?;
            self.payment = Payment::new(self.plan.policy.clone(), order);
        }
        Ok(())
    }
}

/// A request that left a till.
#[derive(Debug)]
pub struct Request {
    /// Whose.
    pub till: usize,
    /// In which life it was sent.
    pub life: u32,
    /// The machine's number for it.
    pub send_id: u32,
    /// What it asks.
    pub operation: Operation,
    /// The path.
    pub path: String,
    /// The headers, signed or not.
    pub headers: HeaderList,
    /// The body.
    pub body: String,
    /// Nobody waits for its answer any more.
    pub over: bool,
}

/// Where in a step a host crashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crash {
    /// The step is lost.
    BeforeStoring,
    /// Nothing was done yet.
    BeforeActing,
    /// Some was done.
    WhileActing,
}

impl Crash {
    /// For the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Crash::BeforeStoring => "crash before storing",
            Crash::BeforeActing => "crash after storing, before acting",
            Crash::WhileActing => "crash while acting",
        }
    }
}
