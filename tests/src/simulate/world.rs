//! A batch of payments at one gateway, in virtual time: whatever happens is in one queue, ordered by time.
//!
//! The time of the queue is the gateway's; each till has a clock of its own. The batch ends when every payment has
//! ended and everything that was under way has landed, the last notification included.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::api::Scenario;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::gateway::Operation;
use alipay_instore::json::Object;
use alipay_instore::payment::{Action, Certainty, Event, Numbered, Payment, Timing, Unverified};
use alipay_instore::reply::Reading;
use alipay_instore::result_code::Status;
use alipay_instore_sandbox::{
    Answer, Delivery, Due, Exchange, Gateway, Injection, Operation as SandboxOperation, Request as Wired,
    SignedBy,
};

use super::host::{Crash, Request, Till};
use super::oracle::{self, Broken, Fact};
use super::pairs::{impossible, name_of};
use super::plan::Misconfigured;
use super::random::Chance;
use super::tally::{Tally, count, fingerprint};
use super::wire::{Trouble, Wire};
use crate::model::subject::Subject;

/// When every batch begins: 2026-11-22 07:28:56 in China, in milliseconds since the epoch.
const START: i64 = 1_795_303_736_000;
/// How long a host waits for an answer, and one that is patient.
const WHOLE_REQUEST: i64 = 10_000;
const PATIENT_REQUEST: i64 = 600_000;
const DAY: i64 = 86_400_000;
/// What a code that nobody takes up is told about.
const NOT_FOUND: &str = r#"{"result":{"resultStatus":"F","resultCode":"ORDER_NOT_EXIST"}}"#;
/// What an answer of another day says, whatever it is taken for. It names no payment.
const RECORDING: &str = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},
    "paymentStatus":"SUCCESS","paymentResult":{"resultStatus":"S","resultCode":"SUCCESS"},
    "refundStatus":"SUCCESS","paymentTime":"2026-11-21T12:00:00+08:00"}"#;
/// More steps than any payment takes within its bound.
const MOST_STEPS: u32 = 20_000;

/// Something that happens, to one till.
#[derive(Debug)]
enum Happening {
    Begins,
    /// The wake-up of this number; 0 is a tick for nothing.
    Tick(u64),
    Cancels,
    ClockIsSet(i64),
    Restarts(u32),
    /// A request is at the gateway; a copy of it if nobody waits for the answer.
    RequestArrives {
        request: usize,
        copy: bool,
        trouble: Option<String>,
    },
    ReplyArrives {
        request: usize,
        answer: Box<Answer>,
        echo: bool,
    },
    NotSent(usize),
    GivenUp(usize),
    /// An answer comes that nobody signed.
    Rejected(usize, &'static str),
    /// The gateway knows no order.
    NotTakenUp(usize),
    Notified {
        delivery: Box<Delivery>,
        first: bool,
    },
}

struct Queued {
    at: i64,
    order: u64,
    till: usize,
    happening: Happening,
}

impl PartialEq for Queued {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.order) == (other.at, other.order)
    }
}

impl Eq for Queued {}

impl PartialOrd for Queued {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Queued {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.order).cmp(&(other.at, other.order))
    }
}

/// A broken promise.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The payment's number in the run.
    pub payment: u64,
    /// Which promise.
    pub promise: Broken,
    /// What happened to just this payment; empty unless it was asked for.
    pub timeline: Vec<String>,
}

/// A batch.
pub struct World<'s, S> {
    subject: &'s S,
    wire: Wire,
    gateway: Gateway,
    queue: BinaryHeap<Reverse<Queued>>,
    order: u64,
    now: i64,
    tills: Vec<Till>,
    requests: Vec<Request>,
    /// Requests that the gateway has, and has not answered.
    tickets: HashMap<u64, usize>,
    tally: Tally,
    broken: Option<(usize, Broken)>,
    /// The payment whose timeline is written down.
    recorded: Option<u64>,
    timeline: Vec<String>,
}

impl<'s, S: Subject> World<'s, S> {
    /// The payments of these numbers, each with its own chance.
    ///
    /// # Errors
    /// None: the plans are in order.
    pub fn new(
        subject: &'s S,
        wire: Wire,
        payments: impl IntoIterator<Item = (u64, Chance)>,
        recorded: Option<u64>,
    ) -> Result<Self> {
        let gateway = wire.gateway();
        let mut world = World {
            subject,
            wire,
            gateway,
            queue: BinaryHeap::new(),
            order: 0,
            now: START,
            tills: Vec::new(),
            requests: Vec::new(),
            tickets: HashMap::new(),
            tally: Tally::default(),
            broken: None,
            recorded,
            timeline: Vec::new(),
        };
        for (number, chance) in payments {
            let till = Till::new(number, chance)?;
            let at = world.tills.len();
            let begins = START.saturating_add(till.plan.begins);
            world.put(begins, at, Happening::Begins);
            for cancel in &till.plan.cancels {
                world.put(begins.saturating_add(*cancel), at, Happening::Cancels);
            }
            for (after, clock) in &till.plan.clock_steps {
                world.put(begins.saturating_add(*after), at, Happening::ClockIsSet(*clock));
            }
            world.tills.push(till);
        }
        Ok(world)
    }

    /// Runs it to its end.
    ///
    /// # Errors
    /// The first promise that is broken.
    pub fn run(mut self) -> std::result::Result<Tally, Failure> {
        while self.broken.is_none() {
            let by_itself = self.gateway.next_due();
            let queued = self.queue.peek().map(|Reverse(next)| next.at);
            match (by_itself, queued) {
                (Some(due), next) if next.is_none_or(|next| due <= next) => self.gateway_acts(due),
                (_, Some(_)) => {
                    let Some(Reverse(next)) = self.queue.pop() else { break };
                    self.now = self.now.max(next.at);
                    self.happens(next.till, next.happening);
                }
                (_, None) => break,
            }
        }
        for at in 0..self.tills.len() {
            self.ends(at);
        }
        match self.broken {
            None => Ok(self.tally),
            Some((at, promise)) => {
                let payment = self.tills.get(at).map_or(0, |till| till.number);
                Err(Failure { payment, promise, timeline: self.timeline })
            }
        }
    }

    fn put(&mut self, at: i64, till: usize, happening: Happening) {
        self.order = self.order.saturating_add(1);
        self.queue.push(Reverse(Queued { at: at.max(self.now), order: self.order, till, happening }));
    }

    fn note(&mut self, at: usize, what: impl FnOnce() -> String) {
        if let Some(till) = self.tills.get(at)
            && Some(till.number) == self.recorded
        {
            let time = self.now.saturating_sub(START).saturating_sub(till.plan.begins);
            self.timeline.push(format!("{time:>10} ms  {}", what()));
        }
    }

    fn breaks(&mut self, at: usize, promise: Broken) {
        self.broken.get_or_insert((at, promise));
        self.note(at, || format!("BROKEN {promise}"));
    }

    fn happens(&mut self, at: usize, happening: Happening) {
        match happening {
            Happening::Begins => self.begins(at),
            Happening::Tick(number) => {
                let due =
                    self.tills.get(at).is_some_and(|till| till.up && (number == 0 || number == till.wakeup));
                let begun = self.tills.get(at).is_some_and(|till| till.payment.begun_at().is_some());
                if due && begun {
                    self.feed(at, Event::Tick, None);
                }
            }
            Happening::Cancels => {
                self.feed(at, Event::CancelRequested, None);
            }
            Happening::ClockIsSet(clock) => {
                if let Some(till) = self.tills.get_mut(at) {
                    count(
                        &mut self.tally.troubles,
                        if clock < till.clock { "clock set back" } else { "clock set on" },
                    );
                    till.clock = clock;
                }
                self.note(at, || format!("the host's clock is now {clock} ms ahead"));
                self.set_wakeup(at);
            }
            Happening::Restarts(life) => {
                if self.tills.get(at).is_some_and(|till| till.life == life) {
                    self.restarts(at);
                }
            }
            Happening::RequestArrives { request, copy, trouble } => {
                self.arrives(request, copy, trouble.as_deref())
            }
            Happening::ReplyArrives { request, answer, echo } => self.answered(at, request, &answer, echo),
            Happening::NotSent(request) => self.unanswered(at, request, Certainty::NotSent, None),
            Happening::GivenUp(request) => self.unanswered(at, request, Certainty::Unknown, None),
            Happening::Rejected(request, code) => {
                let unverified = Some(Unverified::Unsigned { result_code: code.to_owned() });
                self.unanswered(at, request, Certainty::Unknown, unverified);
            }
            Happening::NotTakenUp(request) => self.not_taken_up(at, request),
            Happening::Notified { delivery, first } => self.notified(at, &delivery, first),
        }
    }

    fn begins(&mut self, at: usize) {
        let Some(till) = self.tills.get_mut(at) else { return };
        if till.payment.outcome().is_some() || till.payment.begun_at().is_some() || !till.up {
            return;
        }
        if till.plan.id_taken && till.life == 0 {
            let (plan, id, now) = (till.plan.clone(), till.id.clone(), self.now);
            let value = plan.amount.value().saturating_add(100_000);
            let plan = super::plan::Plan { code: "281006020000000000125733", notify: false, ..plan };
            let prefix = till.payment.order().api_prefix.clone();
            let path = format!("{prefix}/payments/pay");
            if let Ok(body) = plan.body(&id, value)
                && let Ok(mut headers) = self.wire.request(plan.protocol, &path, &body.to_string(), now)
            {
                headers.push(("Sandbox-Customer", "pays".into()));
                let list: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let body = body.to_string();
                self.gateway.handle(
                    now,
                    &Wired { method: "POST", path: &path, headers: &list, body: body.as_bytes() },
                );
                count(&mut self.tally.troubles, "id taken by somebody else");
            }
        }
        if let Some(till) = self.tills.get_mut(at)
            && till.begins(self.now).is_err()
        {
            return self.breaks(at, "the simulation could not build a payment");
        }
        self.feed(at, Event::Begin, None);
    }

    fn gateway_acts(&mut self, due: i64) {
        self.now = self.now.max(due);
        for happened in self.gateway.due(due) {
            match happened {
                Due::Arrived { ticket, exchange } => {
                    if let Some(request) = self.tickets.remove(&ticket) {
                        self.exchanged(request, exchange);
                    }
                }
                Due::Notification(delivery) => {
                    let id = delivery.url.rsplit('/').next().unwrap_or_default();
                    let Some(at) = self.tills.iter().position(|till| till.id == id) else { continue };
                    let latency = self.latency(at);
                    let delivery = Box::new(delivery);
                    self.put(
                        self.now.saturating_add(latency),
                        at,
                        Happening::Notified { delivery, first: true },
                    );
                }
            }
        }
    }

    fn latency(&mut self, at: usize) -> i64 {
        self.tills.get_mut(at).map_or(0, |till| till.chance.between(1, till.plan.weather.latency))
    }

    /// Feeds an event, stores, and acts. Whether it was stored and the host still runs.
    fn feed(&mut self, at: usize, event: Event, learned: Option<(Operation, u32, Fact)>) -> bool {
        let Some(till) = self.tills.get_mut(at) else { return false };
        if !till.up {
            return false;
        }
        let now = till.time(self.now);
        let (state, name) = (till.payment.state().name(), name_of(&event));
        let crash = till.crashes_left > 0 && till.chance.in_1000(till.plan.crash);
        let crash = crash.then(|| {
            let kinds = [Crash::BeforeStoring, Crash::BeforeActing, Crash::WhileActing];
            till.chance.pick(&kinds, Crash::BeforeActing)
        });
        let stored = (crash == Some(Crash::BeforeStoring)).then(|| till.payment.clone());
        let before = till.payment.outcome().cloned();
        let subject = self.subject;
        let payment = &mut till.payment;
        let began = matches!(event, Event::Begin);
        let fed = catch_unwind(AssertUnwindSafe(|| subject.handle(payment, event, now)));
        let actions = match fed {
            Err(_) => {
                self.breaks(at, "9: an event panicked");
                return false;
            }
            Ok(Err(error)) if began && error.code() == ErrorCode::PaymentExpired => {
                count(&mut self.tally.checks, "begun too late, refused");
                return false;
            }
            Ok(Err(error)) => {
                self.note(at, || format!("{state} --{name}--> {error}"));
                self.breaks(at, "9: an event that fits was refused");
                return false;
            }
            Ok(Ok(actions)) => actions,
        };
        self.tally.events = self.tally.events.saturating_add(1);
        self.tally.pairs.count(state, name);
        if impossible(state, name).is_some() {
            self.breaks(at, "a pair of state and event that was held to be impossible");
        }
        if let Some(crash) = crash {
            count(&mut self.tally.troubles, crash.as_str());
        }
        if let Some(stored) = stored {
            self.note(at, || format!("{state} --{name}--> CRASH before storing"));
            if let Some(till) = self.tills.get_mut(at) {
                till.payment = stored;
            }
            self.crashes(at);
            return false;
        }
        self.note_step(at, state, name, crash, &actions);
        self.stored(at, before.as_ref(), &actions, now, learned, name);
        let last = match crash {
            None => actions.len(),
            Some(Crash::WhileActing) => actions.len().saturating_sub(1),
            Some(_) => 0,
        };
        for Numbered { action, .. } in actions.iter().take(last) {
            if let Action::Send { send_id, operation, path, body } = action {
                self.sends(at, *send_id, *operation, path, body.expose());
            }
        }
        if let Some(till) = self.tills.get_mut(at) {
            till.issued = actions;
        }
        if crash.is_some() {
            self.crashes(at);
            return false;
        }
        self.set_wakeup(at);
        true
    }

    fn note_step(&mut self, at: usize, state: &str, name: &str, crash: Option<Crash>, actions: &[Numbered]) {
        let after = self.tills.get(at).map_or("", |till| till.payment.state().name());
        let sends: Vec<String> = actions
            .iter()
            .map(|Numbered { sequence, action }| match action {
                Action::Send { send_id, operation, .. } => {
                    format!("#{sequence} send {send_id} {}", operation.as_str())
                }
                Action::Present { .. } => format!("#{sequence} present"),
                Action::Conclude { outcome } => format!("#{sequence} conclude {outcome:?}"),
                Action::Alert { kind, .. } => format!("#{sequence} alert {}", kind.as_str()),
            })
            .collect();
        let crash = crash.map_or("", Crash::as_str);
        self.note(at, || format!("{state} --{name}--> {after}  {} {crash}", sends.join(", ")));
    }

    /// The step is in the store: what it promises is checked before anything is done.
    fn stored(
        &mut self,
        at: usize,
        before: Option<&alipay_instore::payment::Outcome>,
        actions: &[Numbered],
        now: Timestamp,
        learned: Option<(Operation, u32, Fact)>,
        name: &str,
    ) {
        let Some(till) = self.tills.get_mut(at) else { return };
        if let Some((operation, send_id, fact)) = learned {
            till.oracle.learns(operation, send_id, fact);
        }
        till.steps = till.steps.saturating_add(1);
        till.oracle.asked |= name == "cancel_requested";
        let mut broken = till.oracle.after_step(&till.payment, before, actions, now).err();
        let expired = till.payment.expiry().is_some_and(|expiry| now >= expiry);
        let is_pay = |action: &Action| matches!(action, Action::Send { operation: Operation::Pay, .. });
        till.issued.retain(|numbered| !expired || !is_pay(&numbered.action));
        if name == "resumed" && !actions.starts_with(&till.issued) {
            broken.get_or_insert("8: a restart does not give the last actions out again");
        }
        if till.steps > MOST_STEPS {
            broken.get_or_insert("6: a payment never ended");
        }
        if till.chance.in_1000(60) {
            count(&mut self.tally.checks, "snapshots read back and compared");
            if self.subject.restore(&till.payment) != till.payment {
                broken.get_or_insert("8: a snapshot does not give the payment back");
            }
        }
        if till.payment.outcome().is_none() && till.chance.in_1000(3) {
            count(&mut self.tally.checks, "left to nothing but its ticks, ended within the bound");
            if !ends_with_ticks_alone(self.subject, &till.payment, now) {
                broken.get_or_insert("6: ticks alone do not end it in time");
            }
        }
        if till.chance.in_1000(3) {
            count(&mut self.tally.checks, "events that do not fit, refused");
            if takes_what_does_not_fit(self.subject, &till.payment, now) {
                broken.get_or_insert("9: an event that does not fit was taken, or left a trace");
            }
        }
        if till.chance.in_1000(10) {
            let at_time = self.now.saturating_add(till.chance.between(0, 5_000));
            self.put(at_time, at, Happening::Tick(0));
        }
        if let Some(promise) = broken {
            self.breaks(at, promise);
        }
    }

    fn set_wakeup(&mut self, at: usize) {
        let Some(till) = self.tills.get_mut(at).filter(|till| till.up) else { return };
        till.wakeup = till.wakeup.saturating_add(1);
        let Some(wakeup) = till.payment.next_wakeup() else { return };
        let late =
            if till.chance.in_1000(10) { till.chance.between(0, 20_000) } else { till.chance.between(0, 5) };
        let time = wakeup.as_millis().saturating_sub(till.clock).saturating_add(late);
        let number = till.wakeup;
        self.put(time, at, Happening::Tick(number));
    }

    fn crashes(&mut self, at: usize) {
        let Some(till) = self.tills.get_mut(at) else { return };
        till.up = false;
        till.life = till.life.saturating_add(1);
        till.crashes_left = till.crashes_left.saturating_sub(1);
        let (life, down) = (till.life, till.chance.between(0, till.plan.downtime));
        self.put(self.now.saturating_add(down), at, Happening::Restarts(life));
    }

    fn restarts(&mut self, at: usize) {
        let Some(till) = self.tills.get_mut(at) else { return };
        till.up = true;
        if till.payment.begun_at().is_none() && till.payment.outcome().is_none() {
            // Nothing was stored, so nothing was sent: the cashier begins again.
            return self.begins(at);
        }
        till.payment = self.subject.restore(&till.payment);
        let now = till.time(self.now);
        if till.payment.expiry().is_some_and(|expiry| now >= expiry) {
            let open = till.payment.state().name() == "paying";
            count(
                &mut self.tally.troubles,
                if open { "restarted after the expiry, pay open" } else { "restarted after the expiry" },
            );
        }
        self.feed(at, Event::Resumed, None);
    }

    /// Carries a send out, and draws what becomes of it.
    fn sends(&mut self, at: usize, send_id: u32, operation: Operation, path: &str, body: &str) {
        let Some(till) = self.tills.get_mut(at) else { return };
        let host_now = self.now.saturating_add(till.clock);
        let Ok(mut headers) = self.wire.request(till.plan.protocol, path, body, host_now) else {
            return self.breaks(at, "the simulation could not sign a request");
        };
        let request = self.requests.len();
        let patient = if till.plan.patient { PATIENT_REQUEST } else { WHOLE_REQUEST };
        let pay_not_sent = if operation == Operation::Pay { till.plan.weather.pay_not_sent } else { 0 };
        let not_sent = till.chance.in_1000(till.plan.weather.not_sent.max(pay_not_sent));
        // A connection is refused within seconds; a patient host may hear of it late.
        let late = match till.chance.in_1000(600) {
            true => 3_000,
            false if till.plan.patient => 60_000,
            false => WHOLE_REQUEST - 1,
        };
        let refused_after = till.chance.between(1, late);
        let trouble = match till.plan.cancel_delay.filter(|_| operation == Operation::Cancel) {
            Some(delay) => Some(Trouble::delay(delay)),
            None => {
                till.chance.in_1000(till.plan.weather.of(operation)).then(|| Trouble::draw(&mut till.chance))
            }
        };
        if operation == Operation::Pay {
            headers.push(("Sandbox-Customer", till.plan.customer.clone()));
            till.oracle.pay_left |= !not_sent;
            if till.chance.in_1000(till.plan.weather.notification) && till.plan.notify {
                let fault = Trouble::draw(&mut till.chance);
                if let Some(Ok(chosen)) = fault.header.as_deref().map(str::parse) {
                    count(&mut self.tally.troubles, "notification troubled");
                    self.gateway.inject(Injection {
                        operation: Some(SandboxOperation::NotifyPayment),
                        payment_request_id: Some(till.id.clone()),
                        fault: chosen,
                        times: 1,
                    });
                }
            }
        }
        let (path, body, life) = (path.to_owned(), body.to_owned(), till.life);
        self.requests.push(Request { till: at, life, send_id, operation, path, headers, body, over: false });
        if not_sent {
            count(&mut self.tally.troubles, "not sent");
            return self.put(self.now.saturating_add(refused_after), at, Happening::NotSent(request));
        }
        self.put(self.now.saturating_add(patient), at, Happening::GivenUp(request));
        let (misconfigured, unscanned) =
            self.tills.get(at).map_or((None, false), |till| (till.plan.misconfigured, till.plan.unscanned));
        let back = self.now.saturating_add(self.latency(at)).saturating_add(self.latency(at));
        if let Some(Misconfigured::Rejected(code)) = misconfigured {
            count(&mut self.tally.troubles, "rejected without a signature");
            return self.put(back, at, Happening::Rejected(request, code));
        }
        if unscanned && matches!(operation, Operation::Inquiry | Operation::Cancel) && trouble.is_none() {
            count(&mut self.tally.troubles, "the code was not taken up");
            return self.put(back, at, Happening::NotTakenUp(request));
        }
        let arrives = self.now.saturating_add(self.latency(at));
        let trouble = trouble.inspect(|trouble| count(&mut self.tally.troubles, trouble.name));
        if let Some(name) = trouble.as_ref().map(|trouble| trouble.name) {
            self.note(at, || format!("           ({name} strikes send {send_id})"));
        }
        if let Some(after) = trouble.as_ref().and_then(|trouble| trouble.copy_after) {
            let copy = Happening::RequestArrives { request, copy: true, trouble: None };
            self.put(arrives.saturating_add(after), at, copy);
        }
        let trouble = trouble.and_then(|trouble| trouble.header);
        self.put(arrives, at, Happening::RequestArrives { request, copy: false, trouble });
    }

    fn arrives(&mut self, request: usize, copy: bool, trouble: Option<&str>) {
        let Some(sent) = self.requests.get(request) else { return };
        let mut headers: Vec<(&str, &str)> =
            sent.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.extend(trouble.map(|trouble| ("Sandbox-Fault", trouble)));
        let wired = Wired { method: "POST", path: &sent.path, headers: &headers, body: sent.body.as_bytes() };
        let exchange = self.gateway.handle(self.now, &wired);
        if !copy {
            self.exchanged(request, exchange);
        }
    }

    fn exchanged(&mut self, request: usize, exchange: Exchange) {
        let Some(at) = self.requests.get(request).map(|sent| sent.till) else { return };
        match exchange {
            Exchange::Lost => {}
            Exchange::UnderWay(ticket) => {
                self.tickets.insert(ticket, request);
            }
            Exchange::Answered(answer) => {
                let delay = i64::try_from(answer.delay_ms).unwrap_or(i64::MAX);
                let time = self.now.saturating_add(delay).saturating_add(self.latency(at));
                let answer = Box::new(answer);
                self.put(time, at, Happening::ReplyArrives { request, answer, echo: false });
            }
        }
    }

    fn answered(&mut self, at: usize, request: usize, answer: &Answer, echo: bool) {
        let (Some(sent), Some(till)) = (self.requests.get_mut(request), self.tills.get_mut(at)) else {
            return;
        };
        if till.life != sent.life || (sent.over && !echo) {
            return;
        }
        sent.over = true;
        let (send_id, operation) = (sent.send_id, sent.operation);
        let protocol = till.plan.protocol;
        let wrong_key = till.plan.misconfigured == Some(Misconfigured::GatewayKey);
        let body = self.wire.response(protocol, &sent.path, answer).filter(|_| !wrong_key);
        let Some(mut body) = body else {
            count(&mut self.tally.checks, "replies not believed");
            let unverified = suggested(answer, wrong_key);
            let event = Event::NoReply { send_id, operation, certainty: Certainty::Unknown, unverified };
            self.feed(at, event, None);
            return;
        };
        count(&mut self.tally.checks, "replies verified");
        if till.chance.in_1000(5) {
            count(&mut self.tally.troubles, "a recording answers first");
            let timing =
                Timing { signed_at: Some(Timestamp::from_millis(self.now.saturating_sub(DAY))), stale: true };
            let recording = Object::parse(RECORDING.as_bytes()).unwrap_or_default();
            let event = Event::Reply { send_id, operation, body: recording, timing };
            if !self.feed(at, event, Some((operation, send_id, Fact::Nothing))) {
                return;
            }
        }
        let Some(till) = self.tills.get_mut(at) else { return };
        if operation == Operation::Pay
            && till.plan.scenario == Scenario::PaymentCode
            && Reading::new(protocol, operation, &body).status() == Status::Unknown
            && till.chance.in_1000(100)
        {
            // What the wallets of the sandbox never ask for.
            count(&mut self.tally.troubles, "the customer of a payment code is challenged");
            body.set("challengeActionForm", Object::new().with("challengeType", "SMS_OTP"));
        }
        let fact = oracle::read(till.payment.order(), till.plan.protocol, operation, &answer.body);
        if !echo && till.chance.in_1000(10) {
            count(&mut self.tally.troubles, "reply fed twice");
            let again = Answer { headers: answer.headers.clone(), body: answer.body.clone(), ..*answer };
            let time = self.now.saturating_add(till.chance.between(0, 9_000));
            self.put(time, at, Happening::ReplyArrives { request, answer: Box::new(again), echo: true });
        }
        let brief: String = String::from_utf8_lossy(&answer.body).chars().take(110).collect();
        self.note(at, || format!("           (the reply to send {send_id} says {fact:?}: {brief})"));
        self.feed(
            at,
            Event::Reply {
                send_id,
                operation,
                body,
                timing: Timing { signed_at: Some(Timestamp::from_millis(self.now)), stale: false },
            },
            Some((operation, send_id, fact)),
        );
    }

    /// The gateway answers, and knows no order: nobody has scanned the code.
    fn not_taken_up(&mut self, at: usize, request: usize) {
        let (Some(sent), Some(till)) = (self.requests.get_mut(request), self.tills.get(at)) else { return };
        if till.life != sent.life || sent.over {
            return;
        }
        sent.over = true;
        let (send_id, operation) = (sent.send_id, sent.operation);
        let protocol = till.plan.protocol;
        let fact = oracle::read(till.payment.order(), protocol, operation, NOT_FOUND.as_bytes());
        let body = Object::parse(NOT_FOUND.as_bytes()).unwrap_or_default();
        let timing = Timing { signed_at: Some(Timestamp::from_millis(self.now)), stale: false };
        self.feed(at, Event::Reply { send_id, operation, body, timing }, Some((operation, send_id, fact)));
    }

    fn unanswered(
        &mut self,
        at: usize,
        request: usize,
        certainty: Certainty,
        unverified: Option<Unverified>,
    ) {
        let (Some(sent), Some(till)) = (self.requests.get_mut(request), self.tills.get(at)) else { return };
        if till.life != sent.life || sent.over {
            return;
        }
        sent.over = true;
        let event =
            Event::NoReply { send_id: sent.send_id, operation: sent.operation, certainty, unverified };
        self.feed(at, event, None);
    }

    fn notified(&mut self, at: usize, delivery: &Delivery, first: bool) {
        let Some(till) = self.tills.get_mut(at) else { return };
        let (number, attempt) = (delivery.notification, delivery.attempt);
        if !till.up {
            return self.gateway.acknowledge(self.now, number, attempt, None);
        }
        let (protocol, host_now) = (till.plan.protocol, self.now.saturating_add(till.clock));
        let path = format!("/notify/{}", till.id);
        let mut stored = match till.plan.misconfigured {
            None => self.wire.notification(protocol, &path, delivery, host_now),
            Some(_) => Err(Error::new(ErrorCode::SignatureMismatch, "the gateway's key is a wrong one")),
        };
        if let Ok(Some(body)) = &mut stored {
            count(&mut self.tally.checks, "notifications verified");
            let fact = oracle::read(till.payment.order(), protocol, Operation::Notify, &delivery.body);
            let body = std::mem::take(body);
            self.note(at, || format!("           (a notification says {fact:?})"));
            if !self.feed(at, Event::Notified { body }, Some((Operation::Notify, 0, fact))) {
                // It crashed before it could answer.
                return self.gateway.acknowledge(self.now, number, attempt, None);
            }
        } else {
            count(&mut self.tally.checks, "notifications not believed");
        }
        if first && delivery.copies > 1 {
            let again = Delivery {
                url: delivery.url.clone(),
                headers: delivery.headers.clone(),
                body: delivery.body.clone(),
                ..*delivery
            };
            let time = self.now.saturating_add(self.latency(at));
            self.put(time, at, Happening::Notified { delivery: Box::new(again), first: false });
        }
        if delivery.answer_lost {
            return self.gateway.acknowledge(self.now, number, attempt, None);
        }
        self.wire.acknowledge(&self.gateway, protocol, &path, delivery, (self.now, host_now), &stored);
    }

    /// Everything has landed.
    fn ends(&mut self, at: usize) {
        let Some(till) = self.tills.get(at) else { return };
        let standing = self.gateway.standing(till.plan.protocol, &till.id, self.now.saturating_add(DAY));
        let outcome = till.payment.outcome();
        count(&mut self.tally.outcomes, outcome.map_or("never begun", |outcome| outcome.as_str()));
        count(&mut self.tally.behaviours, till.plan.behaviour);
        for alert in till.payment.alerts() {
            count(&mut self.tally.alerts, alert.as_str());
        }
        self.tally.payments = self.tally.payments.saturating_add(1);
        self.tally.signed = self.tally.signed.saturating_add(u64::from(self.wire.is_signed()));
        let net = standing.as_ref().map(|standing| standing.net);
        let course = format!(
            "{} {outcome:?} {:?} {:?} {net:?}",
            till.number,
            till.payment.alerts(),
            till.oracle.sends
        );
        self.tally.digest = self.tally.digest.wrapping_add(fingerprint(&course));
        if self.broken.is_none()
            && let Err(promise) = till.oracle.at_the_end(&till.plan, &till.payment, standing.as_ref())
        {
            self.note(at, || format!("the ledger: {standing:?}"));
            self.breaks(at, promise);
        }
    }
}

/// What an answer that was not believed suggests about the configuration.
fn suggested(answer: &Answer, wrong_key: bool) -> Option<Unverified> {
    if answer.cut_at.is_some() {
        return None;
    }
    match answer.signed_by {
        SignedBy::Gateway if wrong_key => Some(Unverified::WrongKey),
        SignedBy::Stranger => Some(Unverified::WrongKey),
        SignedBy::Nobody => {
            let body = serde_json::from_slice::<serde_json::Value>(&answer.body).ok()?;
            let code = body.pointer("/result/resultCode")?.as_str()?.to_owned();
            Some(Unverified::Unsigned { result_code: code })
        }
        SignedBy::Gateway => None,
    }
}

/// A copy of the machine is fed ticks and nothing else.
pub(crate) fn ends_with_ticks_alone<S: Subject>(subject: &S, payment: &Payment, now: Timestamp) -> bool {
    let mut payment = subject.restore(payment);
    let policy = payment.policy().clone();
    let expiry = payment.expiry().unwrap_or(now);
    let inquiries = policy.inquiry_interval.saturating_mul(policy.inquiry_limit.saturating_add(2));
    // The longest window of either protocol; it never ends before a minute after the first cancel.
    let longest = Duration::from_secs((24 * 60 + 15) * 60);
    let window = payment.begun_at().unwrap_or(now).saturating_add(longest);
    let pays = policy.resend_limit.saturating_add(policy.not_sent_limit).saturating_add(1);
    let paying =
        policy.reply_time.saturating_add(policy.resend_delay.max(policy.not_sent_delay)).saturating_mul(pays);
    let cancelling =
        now.max(expiry).saturating_add(paying).saturating_add(inquiries).saturating_add(policy.reply_time);
    let slow = policy
        .clock_margin
        .saturating_add(policy.cancel_slow_interval)
        .saturating_add(policy.cancel_fast_period);
    let checks = inquiries
        .saturating_add(policy.reply_time)
        .saturating_mul(2)
        .saturating_add(policy.cancel_slow_interval);
    let refund = policy.refund_fast_period.saturating_add(policy.refund_slow_period);
    let bound = window.max(cancelling.saturating_add(slow)).saturating_add(checks).saturating_add(refund);
    for _ in 0..MOST_STEPS {
        if payment.outcome().is_some() {
            return true;
        }
        let Some(at) = payment.next_wakeup().filter(|at| *at <= bound) else { return false };
        if subject.handle(&mut payment, Event::Tick, at.max(now)).is_err() {
            return false;
        }
    }
    false
}

/// Events that fit no state: they have to be refused without a trace.
fn takes_what_does_not_fit<S: Subject>(subject: &S, payment: &Payment, now: Timestamp) -> bool {
    let mut copy = payment.clone();
    let unknown = Event::NoReply {
        send_id: u32::MAX,
        operation: Operation::Pay,
        certainty: Certainty::NotSent,
        unverified: None,
    };
    let refused = subject.handle(&mut copy, Event::Begin, now).is_err()
        && subject.handle(&mut copy, unknown, now).is_err()
        && subject.handle(&mut copy, Event::Tick, Timestamp::from_millis(-1)).is_err();
    // A till whose payment has not begun takes a beginning.
    !(refused && copy == *payment) && payment.begun_at().is_some()
}
