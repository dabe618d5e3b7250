//! The whole system as a graph of states: ledger, host, network, gateway, merchant.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::gateway::Operation;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::payment::{Certainty, Timing};
use alipay_instore::refund::{NumberedRefund, Refund, RefundAction, RefundEvent};
use stateright::{Model, Property};

use super::gateway::{self, Books, Entry, Say};
use super::invariants::{self, History};
use super::{Setting, Subject};
use crate::refund::{ledger_of, order_of};

/// What was paid, and what each refund is to give back: the whole amount.
pub const PAID: &str = "100";

/// The refunds that the merchant makes, one after the other.
pub const IDS: [&str; 2] = ["r", "s"];

/// How many inquiries, and how many replies, the network holds: when one more comes, the oldest is lost.
const CAPACITY: usize = 1;

/// Long past every deadline.
const LONG: i64 = 100;

/// A message that was sent. A request stays: the network may deliver it any number of times, or never. A reply is
/// delivered once or never; a doubled one comes of a doubled request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Message {
    /// To the gateway: which refund, its send, and whether it is an inquiry.
    Request(usize, u32, bool),
    /// To us.
    Reply(usize, u32, bool, Say),
}

fn operation(inquiry: bool) -> Operation {
    if inquiry { Operation::RefundInquiry } else { Operation::Refund }
}

/// A state of the whole system. States that behave alike hash alike, and the checker visits one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemState {
    /// The ledger with the refunds.
    pub ledger: RefundLedger,
    /// The time, relative to the beginning.
    pub now: i64,
    /// The gateway's books, one a refund.
    pub books: Vec<Books>,
    /// What was sent.
    pub network: BTreeSet<Message>,
    /// Copies that the host may report as not sent.
    pub not_sent: BTreeSet<(usize, u32)>,
    /// Copies that left before a crash, whatever becomes of them when they are sent again.
    pub left_before: BTreeSet<(usize, u32)>,
    /// Whether the host runs.
    pub up: bool,
    /// How often it may still crash.
    pub crashes_left: u8,
    /// What the invariants need to know of the past, one a refund.
    pub history: Vec<History>,
}

impl Hash for SystemState {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let restarts = self.crashes_left > 0 || !self.up;
        self.ledger.refunds().iter().for_each(|refund| refund.hash_behaviour(restarts, hasher));
        (self.now, &self.books, &self.network, &self.not_sent, &self.left_before).hash(hasher);
        (self.up, self.crashes_left, &self.history).hash(hasher);
    }
}

impl SystemState {
    fn wakeup(&self, refund: usize) -> Option<i64> {
        self.ledger.refunds().get(refund).and_then(Refund::next_wakeup).map(Timestamp::as_millis)
    }
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Happening {
    /// The host feeds an event to a refund and carries out what comes back.
    Feed(usize, Input),
    /// The same, but it crashes after storing and before acting.
    FeedAndCrash(usize, Input),
    /// It crashes with nothing in hand.
    Crash,
    /// It starts again: at once, when the next deadline has come, or long after.
    Resume {
        /// How much time has passed.
        late: Late,
    },
    /// The gateway takes a request in and decides in one of the ways open to it.
    Process(Message, usize),
    /// The gateway decides a refund that was in process.
    Decided(usize, Entry),
    /// The merchant makes another refund.
    Again,
}

/// How late something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Late {
    /// Not at all.
    Not,
    /// Up to the next deadline.
    Due,
    /// Past every deadline.
    Long,
}

/// What the host feeds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// Time passes.
    Tick(Late),
    /// A reply arrives.
    Reply(Message),
    /// A notification arrives.
    Notified(Say),
    /// A copy did not leave.
    NotSent(u32),
}

/// The graph, for one setting and one machine.
pub struct System<S> {
    /// The world.
    pub setting: Setting,
    /// The machine under test.
    pub subject: S,
}

impl<S: Subject> System<S> {
    /// The ledger before any refund.
    pub fn empty(&self) -> RefundLedger {
        let ledger = amount().and_then(|paid| ledger_of(self.setting.policy(), paid).ok());
        let Some(ledger) = ledger else { unreachable!("a payment of a plain amount is paid at once") };
        ledger
    }

    /// Enters the next refund and begins it.
    fn begin(&self, state: &mut SystemState, act: bool) {
        let refund = state.books.len();
        let (Some(id), Some(amount)) = (IDS.get(refund), amount()) else { return };
        if state.ledger.enter(order_of(id, amount)).is_ok() {
            state.books.push(Books::new());
            state.history.push(History::default());
            self.feed(state, refund, RefundEvent::Begin, act);
        }
    }

    /// Feeds an event to a copy of the ledger; a panic or an error is a broken invariant.
    fn feed(&self, state: &mut SystemState, refund: usize, event: RefundEvent, act: bool) {
        let (Some(id), Some(before)) = (IDS.get(refund), state.ledger.refunds().get(refund).cloned()) else {
            return;
        };
        let mut ledger = state.ledger.clone();
        let now = state.now;
        let fed = catch_unwind(AssertUnwindSafe(|| {
            let actions = self.subject.handle(&mut ledger, id, event, Timestamp::from_millis(now));
            (ledger, actions)
        }));
        let Some(history) = state.history.get_mut(refund) else { return };
        match fed {
            Ok((ledger, Ok(actions))) => {
                state.ledger = ledger;
                if let Some(after) = state.ledger.refunds().get(refund) {
                    history.after_step(&before, after, &actions);
                }
                if act {
                    self.act(state, refund, &actions);
                }
            }
            Ok((_, Err(_))) => history.break_with("9: an event that fits was refused"),
            Err(_) => history.break_with("9: an event panicked"),
        }
    }

    fn act(&self, state: &mut SystemState, refund: usize, actions: &[NumberedRefund]) {
        for NumberedRefund { action, .. } in actions {
            let RefundAction::Send { send_id, operation, .. } = action else { continue };
            let inquiry = *operation == Operation::RefundInquiry;
            state.network.insert(Message::Request(refund, *send_id, inquiry));
            lose_oldest(&mut state.network, |message| matches!(message, Message::Request(_, _, true)));
            if self.setting.not_sent && !inquiry {
                state.not_sent.insert((refund, *send_id));
            }
        }
    }

    fn input(&self, state: &mut SystemState, refund: usize, input: &Input, act: bool) {
        let Some(id) = IDS.get(refund) else { return };
        let event = match input {
            Input::Tick(late) => {
                let due = state.wakeup(refund).unwrap_or(state.now).max(state.now);
                state.now = if *late == Late::Long { due + LONG } else { due };
                RefundEvent::Tick
            }
            Input::Reply(message @ Message::Reply(_, send_id, inquiry, say)) => {
                state.network.remove(message);
                let (send_id, operation) = (*send_id, operation(*inquiry));
                RefundEvent::Reply {
                    send_id,
                    operation,
                    body: gateway::body(id, operation, *say),
                    timing: Timing::default(),
                }
            }
            Input::Reply(Message::Request(..)) => return,
            Input::Notified(say) => {
                RefundEvent::Notified { body: gateway::body(id, Operation::Notify, *say) }
            }
            Input::NotSent(send_id) => {
                // What is reported as not sent never reaches the gateway, unless it left before a crash.
                state.not_sent.remove(&(refund, *send_id));
                if !state.left_before.contains(&(refund, *send_id)) {
                    state.network.remove(&Message::Request(refund, *send_id, false));
                }
                let (send_id, certainty) = (*send_id, Certainty::NotSent);
                RefundEvent::NoReply { send_id, operation: Operation::Refund, certainty }
            }
        };
        self.feed(state, refund, event, act);
    }

    fn inputs(&self, state: &SystemState) -> Vec<(usize, Input)> {
        let mut inputs = Vec::new();
        for (refund, books) in state.books.iter().enumerate() {
            if state.wakeup(refund).is_some() {
                inputs.push((refund, Input::Tick(Late::Due)));
                if self.setting.oversleeps {
                    inputs.push((refund, Input::Tick(Late::Long)));
                }
            }
            if self.setting.notifies {
                match books.entry {
                    Entry::Made => inputs.push((refund, Input::Notified(Say::Made))),
                    Entry::Refused => inputs.push((refund, Input::Notified(Say::Refused))),
                    Entry::Unknown | Entry::InProcess | Entry::OrderCancelled => {}
                }
            }
        }
        for message in &state.network {
            if let Message::Reply(refund, ..) = message {
                inputs.push((*refund, Input::Reply(message.clone())));
            }
        }
        inputs.extend(state.not_sent.iter().map(|(refund, send_id)| (*refund, Input::NotSent(*send_id))));
        inputs
    }

    fn crash(state: &mut SystemState) {
        state.up = false;
        state.crashes_left -= 1;
        // Sends that were under way died with the process: nobody reports on them any more.
        state.not_sent.clear();
        state.left_before.extend(state.network.iter().filter_map(|message| match message {
            Message::Request(refund, send_id, false) => Some((*refund, *send_id)),
            _ => None,
        }));
    }

    fn resume(&self, state: &mut SystemState, late: Late) {
        let due = (0..state.books.len()).filter_map(|refund| state.wakeup(refund)).min();
        state.now = match late {
            Late::Not => state.now,
            Late::Due => state.now.max(due.unwrap_or(state.now)),
            Late::Long => state.now.max(due.unwrap_or(state.now)) + LONG,
        };
        state.up = true;
        state.ledger = self.subject.restore(&state.ledger, &self.empty());
        for refund in 0..state.books.len() {
            self.feed(state, refund, RefundEvent::Resumed, true);
        }
    }

    fn process(&self, state: &mut SystemState, message: &Message, way: usize) -> Option<()> {
        let Message::Request(refund, send_id, inquiry) = message else { return None };
        let books = state.books.get_mut(*refund)?;
        let answers = books.answers(&self.setting, operation(*inquiry), *send_id);
        let (after, say) = answers.into_iter().nth(way)?;
        *books = after;
        state.network.insert(Message::Reply(*refund, *send_id, *inquiry, say));
        lose_oldest(&mut state.network, |message| matches!(message, Message::Reply(..)));
        if !inquiry {
            // A request that the gateway has answered did leave.
            state.not_sent.remove(&(*refund, *send_id));
        }
        Some(())
    }
}

impl<S: Subject> Model for System<S> {
    type State = SystemState;
    type Action = Happening;

    fn init_states(&self) -> Vec<SystemState> {
        let mut state = SystemState {
            ledger: self.empty(),
            now: 0,
            books: Vec::new(),
            network: BTreeSet::new(),
            not_sent: BTreeSet::new(),
            left_before: BTreeSet::new(),
            up: true,
            crashes_left: self.setting.crashes,
            history: Vec::new(),
        };
        let mut crashed = state.clone();
        self.begin(&mut state, true);
        if self.setting.crashes == 0 {
            return vec![state];
        }
        self.begin(&mut crashed, false);
        Self::crash(&mut crashed);
        vec![state, crashed]
    }

    fn actions(&self, state: &SystemState, actions: &mut Vec<Happening>) {
        if state.history.iter().any(History::is_broken) {
            return;
        }
        if state.up {
            for (refund, input) in self.inputs(state) {
                if state.crashes_left > 0 {
                    actions.push(Happening::FeedAndCrash(refund, input.clone()));
                }
                actions.push(Happening::Feed(refund, input));
            }
            if state.crashes_left > 0 {
                actions.push(Happening::Crash);
            }
            let enough = self.subject.left(&state.ledger) >= state.ledger.paid().value();
            if self.setting.again && state.books.len() < IDS.len() && enough {
                actions.push(Happening::Again);
            }
        } else {
            actions.push(Happening::Resume { late: Late::Not });
            actions.push(Happening::Resume { late: Late::Due });
            if self.setting.oversleeps {
                actions.push(Happening::Resume { late: Late::Long });
            }
        }
        for message in &state.network {
            if let Message::Request(refund, send_id, inquiry) = message
                && let Some(books) = state.books.get(*refund)
            {
                let ways = books.answers(&self.setting, operation(*inquiry), *send_id).len();
                actions.extend((0..ways).map(|way| Happening::Process(message.clone(), way)));
            }
        }
        for (refund, books) in state.books.iter().enumerate() {
            if books.entry == Entry::InProcess {
                actions.push(Happening::Decided(refund, Entry::Made));
                actions.push(Happening::Decided(refund, Entry::Refused));
            }
            if books.entry == Entry::Unknown && self.setting.cancelled {
                actions.push(Happening::Decided(refund, Entry::OrderCancelled));
            }
        }
    }

    fn next_state(&self, last: &SystemState, happening: Happening) -> Option<SystemState> {
        let mut state = last.clone();
        match happening {
            Happening::Feed(refund, input) => self.input(&mut state, refund, &input, true),
            Happening::FeedAndCrash(refund, input) => {
                self.input(&mut state, refund, &input, false);
                Self::crash(&mut state);
            }
            Happening::Crash => Self::crash(&mut state),
            Happening::Resume { late } => self.resume(&mut state, late),
            Happening::Process(message, way) => self.process(&mut state, &message, way)?,
            Happening::Decided(refund, entry) => {
                let books = state.books.get_mut(refund)?;
                *books = books.decided(entry);
            }
            Happening::Again => self.begin(&mut state, true),
        }
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("every invariant holds", |system, state| {
                invariants::broken(system, state).is_none()
            }),
            Property::sometimes("a refund is made", |_, state: &SystemState| state.ledger.refunded() > 0),
            Property::sometimes("a refund ends without being made", |_, state: &SystemState| {
                state.ledger.refunds().iter().any(|refund| !refund.spent())
            }),
        ]
    }
}

fn amount() -> Option<Amount> {
    Amount::from_minor(PAID, "USD").ok()
}

fn lose_oldest(network: &mut BTreeSet<Message>, of_kind: impl Fn(&Message) -> bool) {
    if network.iter().filter(|message| of_kind(message)).count() > CAPACITY
        && let Some(oldest) = network.iter().find(|message| of_kind(message)).cloned()
    {
        network.remove(&oldest);
    }
}
