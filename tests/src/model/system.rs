//! The whole system as a graph of states: machine, host, network, gateway, customer and cashier.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::Scenario;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::payment::{
    Action, CancelWindow, Certainty, Event, Numbered, Payment, PaymentOrder, Policy, RefundAfterCancelWindow,
    Timing, Unverified,
};
use stateright::{Model, Property};

use super::gateway::{self, Ledger, Order, Say};
use super::invariants::{self, History};
use super::subject::Subject;
use super::{count, steps};

/// One world to explore.
#[derive(Clone, Debug)]
pub struct Setting {
    /// A name for the table of results.
    pub name: &'static str,
    /// The protocol, and with it the preset that the small numbers are put into.
    pub protocol: Protocol,
    /// How customer and shop meet.
    pub scenario: Scenario,
    /// Whether the gateway also gives the answers that leave things open.
    pub inconclusive: bool,
    /// The amount that the gateway states, or none. Ours is `100`.
    pub stated_amount: Option<&'static str>,
    /// Whether another request owns the id, with a payment of its own.
    pub other_owner: bool,
    /// Whether the gateway breaks its word and takes a payment after its expiry.
    pub succeeds_after_expiry: bool,
    /// Whether notifications arrive.
    pub notifies: bool,
    /// Whether the cashier may cancel.
    pub cashier: bool,
    /// How often the host may crash.
    pub crashes: u8,
    /// Whether a send of pay may fail before a byte has left.
    pub not_sent: bool,
    /// What happens when a payment can't be cancelled any more.
    pub refund: RefundAfterCancelWindow,
    /// Whether the gateway knows no order until somebody takes the code up that it created.
    pub unscanned: bool,
    /// Whether the gateway may answer any request without a signature and blame the configuration.
    pub unsigned: bool,
    /// Whether a host that crashed may be down until the expiry, or until long after everything is over.
    pub long_downtime: bool,
}

impl Setting {
    /// Both protocols, all scenarios, and every kind of trouble; each setting small enough to be exhausted.
    pub fn all() -> Vec<Self> {
        let mut settings = Vec::new();
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            let code = |name| Setting::new(name, protocol, Scenario::PaymentCode);
            let ask = RefundAfterCancelWindow::Ask;
            settings.extend([
                code("payment code"),
                Setting { inconclusive: true, ..code("payment code, inconclusive") },
                Setting { cashier: true, ..code("payment code, cashier") },
                Setting { crashes: 1, ..code("payment code, crash") },
                Setting { not_sent: true, cashier: true, ..code("payment code, not sent") },
                Setting { notifies: true, ..code("payment code, notified") },
                Setting { notifies: true, stated_amount: None, ..code("payment code, no amount stated") },
                Setting { stated_amount: Some("101"), refund: ask, ..code("payment code, another amount") },
                Setting {
                    other_owner: true,
                    stated_amount: Some("101"),
                    cashier: true,
                    ..code("payment code, id taken")
                },
                Setting { notifies: true, ..Setting::new("order code", protocol, Scenario::OrderCode) },
                Setting {
                    cashier: true,
                    ..Setting::new("entry code, cashier", protocol, Scenario::EntryCode)
                },
                Setting { crashes: 1, ..Setting::new("entry code, crash", protocol, Scenario::EntryCode) },
                Setting {
                    stated_amount: Some("101"),
                    cashier: true,
                    notifies: true,
                    ..code("payment code, another amount, cashier")
                },
                Setting {
                    stated_amount: Some("101"),
                    notifies: true,
                    ..Setting::new("order code, another amount", protocol, Scenario::OrderCode)
                },
                Setting {
                    unscanned: true,
                    cashier: true,
                    notifies: true,
                    ..Setting::new("order code, not taken up", protocol, Scenario::OrderCode)
                },
                Setting { crashes: 1, long_downtime: true, ..code("payment code, long downtime") },
                Setting {
                    crashes: 1,
                    long_downtime: true,
                    unscanned: true,
                    ..Setting::new("entry code, long downtime", protocol, Scenario::EntryCode)
                },
                Setting { unsigned: true, cashier: true, ..code("payment code, unsigned answers") },
            ]);
        }
        settings
    }

    /// A world in which everything may fail, except what the other fields switch off.
    pub fn new(name: &'static str, protocol: Protocol, scenario: Scenario) -> Self {
        Setting {
            name,
            protocol,
            scenario,
            inconclusive: false,
            stated_amount: Some("100"),
            other_owner: false,
            succeeds_after_expiry: false,
            notifies: false,
            cashier: false,
            crashes: 0,
            not_sent: false,
            refund: RefundAfterCancelWindow::Automatic,
            unscanned: false,
            unsigned: false,
            long_downtime: false,
        }
    }

    /// Whether the customer's code is scanned, so that pay can take money at once.
    pub fn code_is_presented(&self) -> bool {
        self.scenario == Scenario::PaymentCode
    }

    /// The policy's numbers, small.
    pub fn policy(&self) -> Policy {
        Policy::unchecked(Policy {
            reply_time: steps(2),
            resend_delay: steps(1),
            resend_limit: 1,
            not_sent_delay: steps(1),
            not_sent_limit: 1,
            inquiry_interval: steps(2),
            inquiry_limit: 2,
            expiry: steps(10),
            closing_time: steps(10),
            customer_first_inquiry: steps(4),
            customer_inquiry_interval: steps(4),
            cancel_interval: steps(2),
            cancel_fast_period: steps(4),
            cancel_slow_interval: steps(5),
            cancel_window: CancelWindow::Period(steps(20)),
            clock_margin: steps(2),
            refund_after_cancel_window: self.refund,
            refund_interval: steps(2),
            refund_fast_period: steps(4),
            refund_slow_interval: steps(3),
            refund_slow_period: steps(6),
            refund_missing_delay: steps(2),
            refund_missing_limit: 1,
            ..Policy::preset(self.protocol)
        })
    }

    /// The longest that a payment may take with ticks alone, by the policy's numbers: the cancel window at its
    /// longest, one check, one refund, and the steps between them.
    pub fn bound(&self) -> i64 {
        let policy = self.policy();
        let window = steps(20).max(policy.expiry + policy.clock_margin + policy.cancel_slow_interval);
        let check = (policy.inquiry_limit + 1) * policy.inquiry_interval + policy.reply_time;
        count(window + 2 * check + policy.refund_fast_period + policy.refund_slow_period + policy.reply_time)
    }
}

/// How many messages of a kind the network holds besides pay: when one more comes, the oldest is lost.
const CAPACITY: usize = 1;

/// A message that was sent. A request stays: the network may deliver it any number of times, or never. A reply is
/// delivered once or never; a doubled one comes of a doubled request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Message {
    /// To the gateway.
    Request(u32, Wire),
    /// To us.
    Reply(u32, Wire, Say),
}

/// An operation, ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the operations")]
pub enum Wire {
    Pay,
    Inquiry,
    Cancel,
    Refund,
    RefundInquiry,
}

impl From<Wire> for Operation {
    fn from(wire: Wire) -> Operation {
        match wire {
            Wire::Pay => Operation::Pay,
            Wire::Inquiry => Operation::Inquiry,
            Wire::Cancel => Operation::Cancel,
            Wire::Refund => Operation::Refund,
            Wire::RefundInquiry => Operation::RefundInquiry,
        }
    }
}

fn wire(operation: Operation) -> Option<Wire> {
    match operation {
        Operation::Pay => Some(Wire::Pay),
        Operation::Inquiry => Some(Wire::Inquiry),
        Operation::Cancel => Some(Wire::Cancel),
        Operation::Refund => Some(Wire::Refund),
        Operation::RefundInquiry => Some(Wire::RefundInquiry),
        Operation::Notify => None,
    }
}

/// A state of the whole system. States that behave alike hash alike, and the checker visits one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemState {
    /// The machine.
    pub payment: Payment,
    /// The time, relative to the beginning.
    pub now: i64,
    /// The gateway.
    pub ledger: Ledger,
    /// What was sent.
    pub network: BTreeSet<Message>,
    /// Sends of pay that the host may report as not sent.
    pub not_sent: BTreeSet<u32>,
    /// Whether the host runs.
    pub up: bool,
    /// How often it may still crash.
    pub crashes_left: u8,
    /// Whether the cashier has cancelled.
    pub cancelled: bool,
    /// What the invariants need to know of the past.
    pub history: History,
}

impl SystemState {
    fn wakeup(&self) -> Option<i64> {
        self.payment.next_wakeup().map(Timestamp::as_millis)
    }

    fn expiry(&self) -> i64 {
        self.payment.expiry().map_or(0, Timestamp::as_millis)
    }
}

impl Hash for SystemState {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.payment.state().hash_behaviour(self.crashes_left > 0 || !self.up, hasher);
        (self.now, &self.ledger, &self.network, &self.not_sent, self.up, self.crashes_left).hash(hasher);
        (self.cancelled, &self.history).hash(hasher);
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
    /// It starts again.
    Resume(Downtime),
    /// The gateway takes a request in and decides in one of the ways open to it.
    Process(Message, usize),
    /// The customer takes the code up.
    CustomerScans,
    /// The customer pays.
    CustomerPays,
    /// The customer refuses, or the wallet does.
    CustomerRefuses,
    /// The gateway closes an order that has expired.
    GatewayCloses,
}

/// How long a host is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Downtime {
    /// It starts again at once.
    None,
    /// When the next deadline has come.
    Deadline,
    /// When the payment expires.
    Expiry,
    /// When every deadline of the payment has passed.
    Long,
}

/// What the host feeds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// Time passes up to the next deadline.
    Tick,
    /// A reply arrives.
    Reply(Message),
    /// A notification arrives.
    Notified(Say),
    /// Nothing left.
    NotSent(u32),
    /// The cashier cancels.
    Cancel,
}

/// The graph, for one setting and one machine.
pub struct System<S> {
    /// The world.
    pub setting: Setting,
    /// The machine under test.
    pub subject: S,
}

impl<S: Subject> System<S> {
    fn payment(&self) -> Payment {
        // The amount is what it says; it can't fail.
        let amount = Amount::from_minor("100", "USD").or_else(|_| Amount::from_minor("1", "USD"));
        let Ok(amount) = amount else { unreachable!("a plain amount of USD is always read") };
        let request = Object::new().with("paymentRequestId", "p");
        let order = PaymentOrder::new(
            "p".into(),
            amount,
            self.setting.scenario,
            None,
            "/ams/api/v1".into(),
            &request,
        );
        Payment::new(self.setting.policy(), order)
    }

    /// Feeds an event to a copy of the payment; a panic or an error is a broken invariant.
    fn feed(&self, state: &mut SystemState, event: Event, act: bool) {
        let before = state.payment.outcome().cloned();
        let mut payment = state.payment.clone();
        let now = state.now;
        let fed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let actions = self.subject.handle(&mut payment, event, Timestamp::from_millis(now));
            (payment, actions)
        }));
        match fed {
            Ok((payment, Ok(actions))) => {
                state.payment = payment;
                let when = (now, state.cancelled);
                state.history.after_step(&state.payment, before.as_ref(), &actions, when);
                if act {
                    self.act(state, &actions);
                }
            }
            Ok((_, Err(_))) => state.history.break_with("9: an event that fits was refused"),
            Err(_) => state.history.break_with("9: an event panicked"),
        }
    }

    fn act(&self, state: &mut SystemState, actions: &[Numbered]) {
        for Numbered { action, .. } in actions {
            if let Action::Send { send_id, operation, .. } = action
                && let Some(wire) = wire(*operation)
            {
                state.network.insert(Message::Request(*send_id, wire));
                lose_oldest(
                    &mut state.network,
                    |message| matches!(message, Message::Request(_, wire) if *wire != Wire::Pay),
                );
                if self.setting.not_sent && wire == Wire::Pay {
                    state.not_sent.insert(*send_id);
                }
            }
        }
    }

    fn input(&self, state: &mut SystemState, input: &Input, act: bool) {
        let event = match input {
            Input::Tick => {
                state.now = state.now.max(state.wakeup().unwrap_or(state.now));
                Event::Tick
            }
            Input::Reply(message @ Message::Reply(send_id, wire, say)) => {
                state.network.remove(message);
                let operation = Operation::from(*wire);
                if *say == Say::Unsigned {
                    let unverified =
                        Some(Unverified::Unsigned { result_code: gateway::UNSIGNED_CODE.into() });
                    let event = Event::NoReply {
                        send_id: *send_id,
                        operation,
                        certainty: Certainty::Unknown,
                        unverified,
                    };
                    return self.feed(state, event, act);
                }
                state.history.learns(&self.setting, operation, *say);
                let body = gateway::body(&self.setting, operation, *say);
                Event::Reply { send_id: *send_id, operation, body, timing: Timing::default() }
            }
            Input::Reply(Message::Request(..)) => return,
            Input::Notified(say) => {
                state.history.learns(&self.setting, Operation::Notify, *say);
                Event::Notified { body: gateway::body(&self.setting, Operation::Notify, *say) }
            }
            Input::NotSent(send_id) => {
                // What is reported as not sent never reaches the gateway.
                state.not_sent.remove(send_id);
                state.network.remove(&Message::Request(*send_id, Wire::Pay));
                Event::NoReply {
                    send_id: *send_id,
                    operation: Operation::Pay,
                    certainty: Certainty::NotSent,
                    unverified: None,
                }
            }
            Input::Cancel => {
                state.cancelled = true;
                Event::CancelRequested
            }
        };
        self.feed(state, event, act);
    }

    fn inputs(&self, state: &SystemState, inputs: &mut Vec<Input>) {
        if state.payment.next_wakeup().is_some() {
            inputs.push(Input::Tick);
        }
        for message in &state.network {
            if let Message::Reply(..) = message {
                inputs.push(Input::Reply(message.clone()));
            }
        }
        if self.setting.notifies {
            match state.ledger.order {
                _ if state.ledger.taken > 0 => inputs.push(Input::Notified(Say::Paid)),
                Order::Refused => inputs.push(Input::Notified(Say::PaymentRefused)),
                _ => {}
            }
        }
        for send_id in &state.not_sent {
            // A request that the gateway has answered did leave.
            let answered = state
                .network
                .iter()
                .any(|message| matches!(message, Message::Reply(id, ..) if id == send_id));
            if !answered && state.ledger.order == Order::Unknown {
                inputs.push(Input::NotSent(*send_id));
            }
        }
        if self.setting.cashier && !state.cancelled {
            inputs.push(Input::Cancel);
        }
    }
}

impl<S: Subject> Model for System<S> {
    type State = SystemState;
    type Action = Happening;

    fn init_states(&self) -> Vec<SystemState> {
        let mut ledger = Ledger::new();
        if self.setting.other_owner {
            ledger = ledger.becomes(Order::Paid);
        }
        let mut state = SystemState {
            payment: self.payment(),
            now: 0,
            ledger,
            network: BTreeSet::new(),
            not_sent: BTreeSet::new(),
            up: true,
            crashes_left: self.setting.crashes,
            cancelled: false,
            history: History::default(),
        };
        let mut crashed = state.clone();
        self.feed(&mut state, Event::Begin, true);
        if self.setting.crashes == 0 {
            return vec![state];
        }
        self.feed(&mut crashed, Event::Begin, false);
        crashed.up = false;
        crashed.crashes_left -= 1;
        vec![state, crashed]
    }

    fn actions(&self, state: &SystemState, actions: &mut Vec<Happening>) {
        if state.history.is_broken() {
            return;
        }
        if state.up {
            let mut inputs = Vec::new();
            self.inputs(state, &mut inputs);
            if state.crashes_left > 0 {
                actions.extend(inputs.iter().cloned().map(Happening::FeedAndCrash));
                actions.push(Happening::Crash);
            }
            actions.extend(inputs.into_iter().map(Happening::Feed));
        } else {
            actions.push(Happening::Resume(Downtime::None));
            if state.payment.next_wakeup().is_some() {
                actions.push(Happening::Resume(Downtime::Deadline));
                if self.setting.long_downtime {
                    actions.push(Happening::Resume(Downtime::Expiry));
                    actions.push(Happening::Resume(Downtime::Long));
                }
            }
        }
        let expiry = state.expiry();
        for message in &state.network {
            if let Message::Request(_, wire) = message {
                let ways =
                    state.ledger.answers(&self.setting, Operation::from(*wire), state.now, expiry).len();
                actions.extend((0..ways).map(|way| Happening::Process(message.clone(), way)));
            }
        }
        if state.ledger.order == Order::Created && state.now < expiry {
            actions.extend([Happening::CustomerScans, Happening::CustomerPays]);
        }
        if state.ledger.order == Order::InProcess {
            if state.now < expiry || self.setting.succeeds_after_expiry {
                actions.push(Happening::CustomerPays);
            } else {
                actions.push(Happening::GatewayCloses);
            }
            actions.push(Happening::CustomerRefuses);
        }
    }

    fn next_state(&self, last: &SystemState, happening: Happening) -> Option<SystemState> {
        let mut state = last.clone();
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
            Happening::Resume(downtime) => {
                let expiry = state.expiry();
                state.now = state.now.max(match downtime {
                    Downtime::None => state.now,
                    Downtime::Deadline => state.wakeup().unwrap_or(state.now),
                    Downtime::Expiry => expiry,
                    Downtime::Long => expiry + self.setting.bound(),
                });
                state.up = true;
                state.payment = self.subject.restore(&state.payment);
                // Sends that were under way died with the process: nobody reports on them any more.
                state.not_sent.clear();
                self.feed(&mut state, Event::Resumed, true);
            }
            Happening::Process(Message::Request(send_id, wire), way) => {
                let expiry = state.expiry();
                let answers = state.ledger.answers(&self.setting, Operation::from(wire), state.now, expiry);
                let (ledger, say) = answers.into_iter().nth(way)?;
                state.ledger = ledger;
                state.network.insert(Message::Reply(send_id, wire, say));
                lose_oldest(&mut state.network, |message| matches!(message, Message::Reply(..)));
                state.not_sent.remove(&send_id);
            }
            Happening::Process(Message::Reply(..), _) => return None,
            Happening::CustomerScans => state.ledger = state.ledger.becomes(Order::InProcess),
            Happening::CustomerPays => state.ledger = state.ledger.becomes(Order::Paid),
            Happening::CustomerRefuses => state.ledger = state.ledger.becomes(Order::Refused),
            Happening::GatewayCloses => state.ledger = state.ledger.becomes(Order::Closed),
        }
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("every invariant holds", |system, state| {
                invariants::broken(system, state).is_none()
            }),
            Property::sometimes("a payment ends", |_, state: &SystemState| state.payment.outcome().is_some()),
        ]
    }
}

fn lose_oldest(network: &mut BTreeSet<Message>, of_kind: impl Fn(&Message) -> bool) {
    if network.iter().filter(|message| of_kind(message)).count() > CAPACITY
        && let Some(oldest) = network.iter().find(|message| of_kind(message)).cloned()
    {
        network.remove(&oldest);
    }
}
