//! The gateway itself: a request and the time go in, an exchange comes out.
//!
//! No socket and no clock. The HTTP server and a simulator under virtual time use the same three calls:
//! [`Gateway::handle`] for a request, [`Gateway::due`] at [`Gateway::next_due`] for everything that happens by
//! itself (delayed requests that arrive, notifications), [`Gateway::acknowledge`] for what a merchant said to a
//! notification. One lock guards the books; signing and verifying happen outside it. Simulators that run on
//! several threads give each its own gateway and share the [`Keys`].

mod admission;
mod codes;
mod follow_up;
mod journal;
mod ledger_view;
mod older;
mod sign;
mod work;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alipay_instore::keys::SigningKey;
use alipay_instore::signature::{SigningKeys, VerifyingKeys};
use serde_json::Value;

pub use follow_up::{Acknowledgement, Delivery, Due};
pub use ledger_view::Standing;
pub use sign::{Answer, SignedBy};

use crate::Protocol;
use crate::customer::Customer;
use crate::fault::{Fault, Injection, Injections};
use crate::ledger::Ledger;
use crate::notify::{Notification, Topic};
use crate::protocol::Operation;
use crate::settings::Settings;
use codes::UsedCodes;
use journal::Journal;

/// The keys of both sides.
#[derive(Debug)]
pub struct Keys {
    /// Verifies requests and acknowledgements.
    pub merchant: VerifyingKeys,
    /// Signs responses and notifications.
    pub gateway: SigningKeys,
    /// Signs where the fault `stranger` asks for somebody else's signature.
    pub stranger: SigningKey,
}

/// Whether signatures are made and checked.
#[derive(Clone, Debug)]
pub enum Signatures {
    /// RSA, as in production.
    Rsa(Arc<Keys>),
    /// None: requests are believed, and [`Answer::signed_by`] says who would have signed. For simulations in
    /// which RSA would be most of the work.
    Off,
}

/// What a gateway needs to know.
#[derive(Clone, Debug)]
pub struct Config {
    /// The one client it knows, in both protocols.
    pub client_id: String,
    /// Where its wallet pages are found, without a slash at the end.
    pub base_url: String,
    /// Its keys.
    pub signatures: Signatures,
    /// What a customer does who was told nothing.
    pub customer: Customer,
    /// Whether a cancel that comes before its pay closes the id. The real gateways answer `ORDER_NOT_EXIST`
    /// and let a late pay through, so this is off unless a test wants it.
    pub cancel_closes_unknown: bool,
    /// How long after a result its notification sets out, in milliseconds.
    pub notify_after_ms: u32,
    /// How many of the last things that happened are kept for [`Gateway::journal_json`]; 0 keeps none.
    pub journal: usize,
    /// What can be changed later by [`Gateway::set_settings`].
    pub settings: Settings,
}

impl Config {
    /// A gateway for `client_id` with everything else as it is by default.
    pub fn new(client_id: impl Into<String>, signatures: Signatures) -> Self {
        Config {
            client_id: client_id.into(),
            base_url: "http://127.0.0.1".into(),
            signatures,
            customer: Customer::default(),
            cancel_closes_unknown: false,
            notify_after_ms: 0,
            journal: 0,
            settings: Settings::default(),
        }
    }
}

/// A request as it arrived.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// Path and query.
    pub path: &'a str,
    /// Names and values; names in any case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body's bytes.
    pub body: &'a [u8],
}

impl Request<'_> {
    /// A header's value, trimmed.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// What becomes of a request, as the one who sent it sees it.
#[derive(Debug)]
pub enum Exchange {
    /// This comes back.
    Answered(Answer),
    /// Nothing ever comes back.
    Lost,
    /// The request is still under way; [`Due::Arrived`] will carry this number.
    UnderWay(u64),
}

/// A request that was verified and read.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) protocol: Protocol,
    pub(crate) operation: Operation,
    pub(crate) path: String,
    pub(crate) body: Value,
    pub(crate) agent_token: Option<String>,
    pub(crate) customer: Option<Customer>,
}

/// A call that is still on its way through the network.
#[derive(Debug)]
pub(crate) struct Travelling {
    pub(crate) ticket: u64,
    pub(crate) call: Call,
}

/// Something that happens by itself.
#[derive(Debug)]
pub(crate) enum Timer {
    Arrival(Box<Travelling>),
    Attempt(usize),
    Customer(Protocol, usize),
    Refund(Protocol, usize),
}

/// A timer's place in the queue: by time, then in the order of setting.
#[derive(Debug)]
pub(crate) struct Queued {
    at_ms: i64,
    order: u64,
    timer: Timer,
}

impl PartialEq for Queued {
    fn eq(&self, other: &Self) -> bool {
        (self.at_ms, self.order) == (other.at_ms, other.order)
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
        (self.at_ms, self.order).cmp(&(other.at_ms, other.order))
    }
}

/// Everything that changes. Its payments hold payment codes, so it is not shown by `Debug`.
pub(crate) struct Books {
    ams: Ledger,
    alipay_plus: Ledger,
    injections: Injections,
    customers: HashMap<String, Customer>,
    default_customer: Customer,
    timers: BinaryHeap<Reverse<Queued>>,
    counter: u64,
    /// Pay requests that wait until a cancel has overtaken them.
    overtaken: HashMap<(Protocol, String), Vec<Travelling>>,
    /// Payments and refunds of which a first request has been through a fault that strikes once.
    struck: HashSet<(Protocol, Operation, String)>,
    /// What strikes the first request of another operation about a payment.
    networks: HashMap<(Protocol, usize), (Operation, Fault)>,
    codes: UsedCodes,
    settings: Settings,
    notifications: Vec<Notification>,
    announced: HashSet<(Protocol, Topic)>,
    journal: Journal,
}

impl fmt::Debug for Books {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Books").finish_non_exhaustive()
    }
}

impl Books {
    pub(crate) fn ledger(&self, protocol: Protocol) -> &Ledger {
        match protocol {
            Protocol::Ams => &self.ams,
            Protocol::AlipayPlus => &self.alipay_plus,
        }
    }

    pub(crate) fn ledger_mut(&mut self, protocol: Protocol) -> &mut Ledger {
        match protocol {
            Protocol::Ams => &mut self.ams,
            Protocol::AlipayPlus => &mut self.alipay_plus,
        }
    }

    pub(crate) fn set_timer(&mut self, at_ms: i64, timer: Timer) {
        self.counter = self.counter.wrapping_add(1);
        self.timers.push(Reverse(Queued { at_ms, order: self.counter, timer }));
    }

    pub(crate) fn ticket(&mut self) -> u64 {
        self.counter = self.counter.wrapping_add(1);
        self.counter
    }
}

/// The gateway.
#[derive(Debug)]
pub struct Gateway {
    pub(crate) config: Config,
    books: Mutex<Books>,
    traces: AtomicU64,
    stamps: AtomicU64,
}

impl Gateway {
    /// A gateway with empty books.
    pub fn new(config: Config) -> Self {
        let books = Books {
            ams: Ledger::new(Protocol::Ams, config.cancel_closes_unknown),
            alipay_plus: Ledger::new(Protocol::AlipayPlus, config.cancel_closes_unknown),
            injections: Injections::default(),
            customers: HashMap::new(),
            default_customer: config.customer,
            timers: BinaryHeap::new(),
            counter: 0,
            overtaken: HashMap::new(),
            struck: HashSet::new(),
            networks: HashMap::new(),
            codes: UsedCodes::default(),
            settings: config.settings.clone(),
            notifications: Vec::new(),
            announced: HashSet::new(),
            journal: Journal::new(config.journal),
        };
        Gateway { config, books: Mutex::new(books), traces: AtomicU64::new(0), stamps: AtomicU64::new(0) }
    }

    /// Takes a request that set out at `now_ms`, milliseconds since the epoch.
    ///
    /// Whoever calls this also calls [`Gateway::due`] for everything before `now_ms` first.
    pub fn handle(&self, now_ms: i64, request: &Request<'_>) -> Exchange {
        let (call, chosen) = match self.admit(request) {
            Ok(admitted) => admitted,
            Err(refused) => return self.refuse(now_ms, request, refused),
        };
        let mut books = self.books();
        let (subject, operation) = (books.subject(&call), call.operation);
        let (call, fault) = match work::travel(&mut books, call, chosen, now_ms) {
            work::Travel::Arrived(call, fault) => (call, fault),
            work::Travel::Lost => {
                books.note(now_ms, &subject, operation.as_str(), Some("lost on its way".into()));
                return Exchange::Lost;
            }
            work::Travel::UnderWay(ticket) => {
                books.note(now_ms, &subject, operation.as_str(), Some("under way".into()));
                return Exchange::UnderWay(ticket);
            }
            work::Travel::Stopped(call, stopped) => {
                books.note(now_ms, &subject, operation.as_str(), Some(stopped.words()));
                let older = older::answer(&books, &call, now_ms);
                drop(books);
                return self.stop(now_ms, &call, stopped, older);
            }
        };
        let reply = work::carry_out(&mut books, &call, &self.config, now_ms);
        books.note_reply(now_ms, &subject, operation, &reply, fault);
        drop(books);
        self.sign_reply(now_ms, &call, reply, fault)
    }

    /// Lets a fault wait for requests to come.
    pub fn inject(&self, injection: Injection) {
        self.books().injections.add(injection);
    }

    /// Every fault that still waits, in the order in which they strike.
    pub fn injections(&self) -> Vec<Injection> {
        self.books().injections.waiting()
    }

    /// The settings as they are now.
    pub fn settings(&self) -> Settings {
        self.books().settings.clone()
    }

    /// Changes the settings.
    pub fn set_settings(&self, settings: Settings) {
        self.books().settings = settings;
    }

    /// The time that the next message states, by the clock of the node whose turn it is.
    pub(crate) fn stamp(&self, now_ms: i64) -> i64 {
        let number = self.stamps.fetch_add(1, Ordering::Relaxed);
        now_ms.saturating_add(self.books().settings.off_ms(number))
    }

    /// Forgets every fault that still waits.
    pub fn clear_injections(&self) {
        self.books().injections.clear();
    }

    pub(crate) fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value of the next `Tracer-Id`.
    pub(crate) fn trace(&self, now_ms: i64) -> String {
        format!("{now_ms:x}{:06x}", self.traces.fetch_add(1, Ordering::Relaxed))
    }
}

/// A fault that the sender of a request asked for in its header.
pub(crate) type Chosen = Option<Fault>;
