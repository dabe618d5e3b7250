//! The reverse of a paid payment as a graph of states: the ledger with its reverse, the host, the network and the
//! gateway. What must hold is in `reverse_invariants`.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::Scenario;
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::payment::{
    CancelWindow, Certainty, Event, Payment, PaymentOrder, Policy, Secret, Timing,
};
use alipay_instore::refund::{Refund, RefundEvent, RefundOrder};
use alipay_instore::reverse::{NumberedReverse, Reverse, ReverseAction, ReverseEvent};
use stateright::{Model, Property};

use super::reverse_gateway::{self as gateway, Bank, Fate, Request, Say};
use super::reverse_invariants::{self as invariants, History};
use super::steps;

/// The merchant's own refund, of 40 of 100.
const EARLIER: &str = "earlier";
const PART: &str = "40";

/// The merchant's own refund when the reverse begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// There is none.
    None,
    /// It was made.
    Made,
    /// It is open.
    Open,
}

/// One world to explore.
#[derive(Clone, Debug)]
pub struct World {
    /// A name for the table of results.
    pub name: &'static str,
    /// The protocol.
    pub protocol: Protocol,
    /// Whether the gateway also gives the answers that leave things open.
    pub inconclusive: bool,
    /// The merchant's own refund.
    pub earlier: Earlier,
    /// When the reverse begins; our cancel window ends at 7.
    pub begins: i64,
    /// When the gateway's cancel window ends: its clock differs from ours by at most the margin, 2.
    pub gateway_window: i64,
    /// How many cancels may be under way at once; of other requests there is one of a kind.
    pub cancels: usize,
    /// How often the host may crash.
    pub crashes: u8,
    /// Whether a cancel may fail before a byte has left.
    pub not_sent: bool,
    /// Whether the refund is notified.
    pub notifies: bool,
}

impl World {
    /// A world in which everything may go wrong except what the other fields switch on.
    pub fn new(name: &'static str, protocol: Protocol) -> Self {
        World {
            name,
            protocol,
            inconclusive: false,
            earlier: Earlier::None,
            begins: 1,
            gateway_window: 9,
            cancels: 1,
            crashes: 0,
            not_sent: false,
            notifies: false,
        }
    }

    /// Both protocols, and every kind of trouble.
    pub fn all() -> Vec<World> {
        let worlds = |protocol| {
            let world = |name| World::new(name, protocol);
            [
                world("paid"),
                World { inconclusive: true, begins: 4, ..world("inconclusive") },
                World {
                    inconclusive: true,
                    begins: 3,
                    gateway_window: 5,
                    ..world("inconclusive, window ends early")
                },
                World { begins: 7, inconclusive: true, ..world("after the window") },
                World { crashes: 1, ..world("crash") },
                World { not_sent: true, crashes: 1, begins: 4, ..world("not sent, crash") },
                World { cancels: 2, inconclusive: true, begins: 6, ..world("two cancels under way") },
                World { notifies: true, begins: 6, ..world("notified") },
                World { earlier: Earlier::Made, inconclusive: true, ..world("a part refunded before") },
                World { earlier: Earlier::Open, ..world("a refund is open") },
            ]
        };
        [Protocol::Ams, Protocol::AlipayPlus].into_iter().flat_map(worlds).collect()
    }

    fn policy(&self) -> Policy {
        Policy::unchecked(Policy {
            reply_time: steps(2),
            inquiry_interval: steps(2),
            inquiry_limit: 2,
            cancel_interval: steps(2),
            cancel_fast_period: steps(4),
            cancel_slow_interval: steps(3),
            cancel_window: CancelWindow::Period(steps(7)),
            clock_margin: steps(2),
            refund_interval: steps(2),
            refund_fast_period: steps(2),
            refund_slow_interval: steps(3),
            refund_slow_period: steps(4),
            refund_missing_delay: steps(2),
            refund_missing_limit: 1,
            ..Policy::preset(self.protocol)
        })
    }

    /// The longest that a reverse may take with ticks alone: the window, the checks that may interrupt it, a refund.
    pub fn bound(&self) -> i64 {
        60
    }
}

/// The ledger under test, behind a seam: the checker's own tests put a broken one there.
pub trait Subject {
    /// Feeds an event.
    ///
    /// # Errors
    /// As the ledger.
    fn handle(
        &self,
        ledger: &mut RefundLedger,
        event: ReverseEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedReverse>> {
        ledger.handle_reverse(event, now)
    }

    /// Stores the ledger and reads it back.
    fn restore(&self, ledger: &RefundLedger) -> Option<RefundLedger> {
        RefundLedger::restore_unchecked(&ledger.snapshot()).ok()
    }
}

/// The real ledger.
#[derive(Clone, Copy, Debug)]
pub struct Real;

impl Subject for Real {}

/// A message that was sent. A request stays until it is refused: the network may deliver it any number of times, or
/// never, and its copies are judged alike. A reply is delivered once or never.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Message {
    /// To the gateway.
    Request(u32, Request),
    /// To us.
    Reply(u32, Wire, Say),
}

/// An operation, ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the operations")]
pub enum Wire {
    Cancel,
    Inquiry,
    Refund,
    RefundInquiry,
}

/// A state of the whole system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReverseState {
    /// The ledger under test.
    pub ledger: RefundLedger,
    /// The time.
    pub now: i64,
    /// The gateway.
    pub bank: Bank,
    /// What was sent.
    pub network: BTreeSet<Message>,
    /// Whether the host runs.
    pub up: bool,
    /// How often it may still crash.
    pub crashes_left: u8,
    /// What the invariants need to know of the past.
    pub history: History,
}

impl ReverseState {
    /// The reverse, which is always entered.
    pub fn reverse(&self) -> Option<&Reverse> {
        self.ledger.reverse()
    }

    fn wakeup(&self) -> Option<i64> {
        self.reverse().and_then(Reverse::next_wakeup).map(Timestamp::as_millis)
    }
}

impl Hash for ReverseState {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        if let Some(reverse) = self.reverse() {
            reverse.hash_behaviour(self.crashes_left > 0 || !self.up, hasher);
        }
        self.ledger.refunds().iter().for_each(|refund| refund.outcome().hash(hasher));
        (self.now, &self.bank, &self.network, self.up, self.crashes_left, &self.history).hash(hasher);
    }
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Happening {
    /// The host feeds an event and carries out what comes back.
    Feed(Input),
    /// The same, but it crashes after storing and before acting.
    FeedAndCrash(Input),
    /// It crashes with nothing in hand.
    Crash,
    /// It starts again: at once, when the next deadline has come, or long after.
    Resume(i64),
    /// The gateway takes a request in and decides in one of the ways open to it.
    Process(Message, usize),
    /// The merchant's own open refund is decided, and the host told: made, refused, or given up.
    Earlier(Option<bool>),
}

/// What the host feeds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// Time passes up to the next deadline.
    Tick,
    /// A reply arrives.
    Reply(Message),
    /// The gateway notifies the result of the refund.
    Notified(String, Say),
    /// A cancel did not leave.
    NotSent(u32),
}

/// The graph, for one world and one ledger.
pub struct ReverseSystem<S> {
    /// The world.
    pub world: World,
    /// The ledger under test.
    pub subject: S,
}

impl<S: Subject> ReverseSystem<S> {
    fn paid(&self) -> Result<Payment> {
        let amount = Amount::from_minor("100", "USD")?;
        let prefix = "/ams/api/v1".to_owned();
        let order =
            PaymentOrder::new("p".into(), amount, Scenario::PaymentCode, None, prefix, &Object::new());
        let mut payment = Payment::new(self.world.policy(), order);
        payment.begin(Timestamp::UNIX_EPOCH)?;
        let result = Object::new().with("resultStatus", "S").with("resultCode", "SUCCESS");
        let body = Object::new().with("result", result).with("paymentId", "2026");
        payment.handle(
            Event::Reply { send_id: 1, operation: Operation::Pay, body, timing: Timing::default() },
            Timestamp::UNIX_EPOCH,
        )?;
        Ok(payment)
    }

    fn entered(&self) -> Result<(RefundLedger, Bank)> {
        let payment = self.paid()?;
        let mut ledger = RefundLedger::of(&payment)?;
        let mut bank = Bank::default();
        if self.world.earlier != Earlier::None {
            ledger.enter(RefundOrder {
                refund_request_id: EARLIER.into(),
                amount: Amount::from_minor(PART, "USD")?,
                api_prefix: "/ams/api/v1".into(),
                body: Secret::new("{}".into()),
            })?;
            ledger.handle(EARLIER, RefundEvent::Begin, Timestamp::UNIX_EPOCH)?;
        }
        if self.world.earlier == Earlier::Made {
            decide_earlier(&mut ledger, &mut bank, Some(true))?;
        }
        ledger.enter_reverse(&payment)?;
        Ok((ledger, bank))
    }

    /// Feeds an event to a copy of the ledger; a panic or an error is a broken invariant.
    fn feed(&self, state: &mut ReverseState, event: ReverseEvent, act: bool) {
        let before = state.reverse().and_then(Reverse::outcome).cloned();
        let mut ledger = state.ledger.clone();
        let now = state.now;
        let fed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let actions = self.subject.handle(&mut ledger, event, Timestamp::from_millis(now));
            (ledger, actions)
        }));
        match fed {
            Ok((ledger, Ok(actions))) => {
                state.ledger = ledger;
                state.history.after_step(&state.ledger, before.as_ref(), &actions);
                if act {
                    actions.iter().for_each(|numbered| send(state, &numbered.action, self.world.cancels));
                }
            }
            Ok((_, Err(_))) => state.history.break_with("an event that fits was refused"),
            Err(_) => state.history.break_with("an event panicked"),
        }
    }

    fn input(&self, state: &mut ReverseState, input: &Input, act: bool) {
        let event = match input {
            Input::Tick => {
                state.now = state.now.max(state.wakeup().unwrap_or(state.now));
                ReverseEvent::Tick
            }
            Input::Reply(message @ Message::Reply(send_id, operation, say)) => {
                state.network.remove(message);
                let operation = Operation::from(*operation);
                let body = gateway::body(self.world.protocol, operation, *say);
                ReverseEvent::Reply { send_id: *send_id, operation, body, timing: Timing::default() }
            }
            Input::Reply(Message::Request(..)) => return,
            Input::Notified(id, say) => {
                let body = gateway::body(self.world.protocol, Operation::Notify, *say);
                ReverseEvent::Notified { body: body.with("refundRequestId", id.as_str()) }
            }
            Input::NotSent(send_id) => {
                // What is reported as not sent never reaches the gateway, unless it left before a restart.
                if !state.history.doubted.contains(send_id) {
                    state.network.remove(&Message::Request(*send_id, Request::Cancel));
                }
                let certainty = Certainty::NotSent;
                ReverseEvent::NoReply { send_id: *send_id, operation: Operation::Cancel, certainty }
            }
        };
        self.feed(state, event, act);
    }

    fn inputs(&self, state: &ReverseState) -> Vec<Input> {
        let mut inputs = Vec::new();
        // The earlier refund has a driver of its own, so it does not stay open for ever.
        let decided = given_up_at(&state.ledger).is_none_or(|at| state.now < at);
        if state.wakeup().is_some() && decided {
            inputs.push(Input::Tick);
        }
        for message in &state.network {
            match message {
                Message::Reply(..) => inputs.push(Input::Reply(message.clone())),
                // A request that the gateway has seen did leave.
                Message::Request(send_id, Request::Cancel)
                    if self.world.not_sent && !state.history.processed.contains(send_id) =>
                {
                    inputs.push(Input::NotSent(*send_id));
                }
                Message::Request(..) => {}
            }
        }
        if self.world.notifies {
            for (id, fate) in state.bank.refunds.iter().filter(|(id, _)| *id != EARLIER) {
                let say = if matches!(fate, Fate::Made(_)) { Say::Done } else { Say::Refused };
                inputs.push(Input::Notified(id.clone(), say));
            }
        }
        inputs
    }
}

/// When the earlier refund is given up only by its deadlines, while it is open.
fn given_up_at(ledger: &RefundLedger) -> Option<i64> {
    let mut ledger = ledger.clone();
    let mut last = None;
    while let Some(at) = ledger.refund(EARLIER).and_then(Refund::next_wakeup) {
        last = Some(at.as_millis());
        ledger.handle(EARLIER, RefundEvent::Tick, at).ok()?;
    }
    last
}

fn decide_earlier(ledger: &mut RefundLedger, bank: &mut Bank, made: Option<bool>) -> Result<()> {
    let Some(made) = made else {
        while let Some(at) = ledger.refund(EARLIER).and_then(Refund::next_wakeup) {
            ledger.handle(EARLIER, RefundEvent::Tick, at)?;
        }
        return Ok(());
    };
    let (say, fate) = if made { (Say::Done, Fate::Made(40)) } else { (Say::Refused, Fate::Refused) };
    *bank = bank.refund(EARLIER, fate);
    let body = gateway::body(Protocol::Ams, Operation::Refund, say);
    ledger.handle(
        EARLIER,
        RefundEvent::Reply { send_id: 1, operation: Operation::Refund, body, timing: Timing::default() },
        Timestamp::from_millis(1),
    )?;
    Ok(())
}

fn send(state: &mut ReverseState, action: &ReverseAction, cancels: usize) {
    let ReverseAction::Send { send_id, operation, body, .. } = action else { return };
    let Some(request) = Request::read(*operation, body.expose()) else { return };
    let most = if request == Request::Cancel { cancels } else { 1 };
    state.network.insert(Message::Request(*send_id, request.clone()));
    let same = |message: &Message| matches!(message, Message::Request(_, other) if other.operation() == request.operation());
    while state.network.iter().filter(|message| same(message)).count() > most {
        let oldest = state.network.iter().find(|message| same(message)).cloned();
        let Some(oldest) = oldest else { return };
        state.network.remove(&oldest);
    }
}

impl From<Wire> for Operation {
    fn from(operation: Wire) -> Self {
        match operation {
            Wire::Cancel => Operation::Cancel,
            Wire::Inquiry => Operation::Inquiry,
            Wire::Refund => Operation::Refund,
            Wire::RefundInquiry => Operation::RefundInquiry,
        }
    }
}

impl From<&Request> for Wire {
    fn from(request: &Request) -> Self {
        match request {
            Request::Cancel => Wire::Cancel,
            Request::Inquiry => Wire::Inquiry,
            Request::Refund(..) => Wire::Refund,
            Request::RefundInquiry(_) => Wire::RefundInquiry,
        }
    }
}

impl<S: Subject> Model for ReverseSystem<S> {
    type State = ReverseState;
    type Action = Happening;

    fn init_states(&self) -> Vec<ReverseState> {
        let Ok((ledger, bank)) = self.entered() else { unreachable!("a paid payment can be reversed") };
        let mut state = ReverseState {
            ledger,
            now: self.world.begins,
            bank,
            network: BTreeSet::new(),
            up: true,
            crashes_left: self.world.crashes,
            history: History::default(),
        };
        let mut crashed = state.clone();
        self.feed(&mut state, ReverseEvent::Begin, true);
        if self.world.crashes == 0 {
            return vec![state];
        }
        self.feed(&mut crashed, ReverseEvent::Begin, false);
        crashed.up = false;
        crashed.crashes_left -= 1;
        vec![state, crashed]
    }

    fn actions(&self, state: &ReverseState, actions: &mut Vec<Happening>) {
        if state.history.is_broken() {
            return;
        }
        if state.up {
            let inputs = self.inputs(state);
            if state.crashes_left > 0 {
                actions.extend(inputs.iter().cloned().map(Happening::FeedAndCrash));
                actions.push(Happening::Crash);
            }
            actions.extend(inputs.into_iter().map(Happening::Feed));
        } else {
            actions.push(Happening::Resume(state.now));
            actions.extend(state.wakeup().map(|at| Happening::Resume(at.max(state.now))));
            actions.push(Happening::Resume(state.now.max(10)));
        }
        for message in &state.network {
            if let Message::Request(_, request) = message {
                let ways = state.bank.answers(&self.world, request, state.now).len();
                actions.extend((0..ways).map(|way| Happening::Process(message.clone(), way)));
            }
        }
        if state.ledger.refunds().iter().any(|refund| refund.outcome().is_none()) {
            actions.extend([Some(true), Some(false), None].map(Happening::Earlier));
        }
    }

    fn next_state(&self, state: &ReverseState, happening: Happening) -> Option<ReverseState> {
        let mut state = state.clone();
        match happening {
            Happening::Feed(input) => self.input(&mut state, &input, true),
            Happening::FeedAndCrash(input) => {
                self.input(&mut state, &input, false);
                state.up = false;
                state.crashes_left -= 1;
            }
            Happening::Crash => {
                state.up = false;
                state.crashes_left -= 1;
            }
            Happening::Resume(now) => {
                state.up = true;
                state.now = now;
                match self.subject.restore(&state.ledger) {
                    Some(ledger) => state.ledger = ledger,
                    None => state.history.break_with("a snapshot does not give the ledger back"),
                }
                state.history.doubted.extend(state.network.iter().filter_map(|message| match message {
                    Message::Request(send_id, Request::Cancel) => Some(*send_id),
                    _ => None,
                }));
                self.feed(&mut state, ReverseEvent::Resumed, true);
            }
            Happening::Process(message, way) => {
                let Message::Request(send_id, request) = &message else { return None };
                let (bank, say) = state.bank.answers(&self.world, request, state.now).into_iter().nth(way)?;
                state.bank = bank;
                if *request == Request::Cancel {
                    state.history.processed.insert(*send_id);
                }
                let refused = matches!(say, Say::StatusInvalid | Say::Balance | Say::WindowExceeded);
                let asks = matches!(request, Request::Inquiry | Request::RefundInquiry(_));
                if refused || asks {
                    // The network's copies of one send are judged alike; one that only asks changes nothing.
                    state.network.remove(&message);
                }
                let operation = Wire::from(request);
                state
                    .network
                    .retain(|message| !matches!(message, Message::Reply(_, other, _) if *other == operation));
                state.network.insert(Message::Reply(*send_id, operation, say));
            }
            Happening::Earlier(made) => {
                decide_earlier(&mut state.ledger, &mut state.bank, made).ok()?;
            }
        }
        state.history.forget(&state.network);
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("every invariant holds", |system: &Self, state: &ReverseState| {
            invariants::broken(system, state).is_none()
        })]
    }
}
