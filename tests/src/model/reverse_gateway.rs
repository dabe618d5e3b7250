//! The model gateway of a payment that is paid: it cancels within its window, refunds by id, and lets cancel and refund
//! exclude each other. It does not limit the sum of refunds: that is for the ledger under test to keep.

use std::collections::BTreeMap;

use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;

use super::reverse::World;

/// What the payment took.
pub const TAKEN: u64 = 100;

/// The final outcome of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fate {
    /// So much was given back.
    Made(u64),
    /// Refused.
    Refused,
}

/// Where the money is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bank {
    /// A cancel gave everything back.
    pub cancelled: bool,
    /// It has said that the cancel window is over.
    pub window_over: bool,
    /// By refund request id.
    pub refunds: BTreeMap<String, Fate>,
}

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the documents")]
pub enum Say {
    Done,
    Canceled,
    Paid,
    InProcess,
    Unknown,
    StatusInvalid,
    WindowExceeded,
    Balance,
    Refused,
    NotFound,
}

/// A request as it travels: the operation, and for a refund its id and amount.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Request {
    /// `cancel`.
    Cancel,
    /// `inquiryPayment`.
    Inquiry,
    /// `refund`.
    Refund(String, u64),
    /// `inquiryRefund`.
    RefundInquiry(String),
}

impl Request {
    /// Reads what the host would post.
    pub fn read(operation: Operation, body: &str) -> Option<Self> {
        let body = Object::parse(body.as_bytes()).ok()?;
        let id = || body.text("refundRequestId").map(|id| id.into_owned());
        match operation {
            Operation::Cancel => Some(Request::Cancel),
            Operation::Inquiry => Some(Request::Inquiry),
            Operation::Refund => {
                let value = body.object("refundAmount")?.text("value")?.parse().ok()?;
                Some(Request::Refund(id()?, value))
            }
            Operation::RefundInquiry => id().map(Request::RefundInquiry),
            Operation::Pay | Operation::Notify => None,
        }
    }

    /// The operation.
    pub fn operation(&self) -> Operation {
        match self {
            Request::Cancel => Operation::Cancel,
            Request::Inquiry => Operation::Inquiry,
            Request::Refund(..) => Operation::Refund,
            Request::RefundInquiry(_) => Operation::RefundInquiry,
        }
    }
}

impl Bank {
    /// What was given back in all.
    pub fn returned(&self) -> u64 {
        let refunds = self.refunds.values().map(|fate| match fate {
            Fate::Made(value) => *value,
            Fate::Refused => 0,
        });
        refunds.sum::<u64>() + if self.cancelled { TAKEN } else { 0 }
    }

    /// The bank after a refund was decided.
    #[must_use]
    pub fn refund(&self, id: &str, fate: Fate) -> Bank {
        let mut bank = self.clone();
        bank.refunds.insert(id.to_owned(), fate);
        bank
    }

    /// Everything the gateway may do with a request that arrives now.
    pub fn answers(&self, world: &World, request: &Request, now: i64) -> Vec<(Bank, Say)> {
        let same = |say| (self.clone(), say);
        match request {
            Request::Cancel => self.cancel(world, now),
            Request::Inquiry if self.cancelled => vec![same(Say::Canceled)],
            Request::Inquiry if world.inconclusive => vec![same(Say::Paid), same(Say::InProcess)],
            Request::Inquiry => vec![same(Say::Paid)],
            Request::Refund(id, value) => match self.refunds.get(id) {
                Some(Fate::Made(_)) => vec![same(Say::Done)],
                Some(Fate::Refused) => vec![same(Say::Refused)],
                None if self.cancelled => vec![same(Say::Canceled)],
                None => {
                    let made = self.refund(id, Fate::Made(*value));
                    let mut answers =
                        vec![(made.clone(), Say::Done), (self.refund(id, Fate::Refused), Say::Refused)];
                    if world.inconclusive {
                        answers.extend([(made, Say::Unknown), same(Say::Unknown)]);
                    }
                    answers
                }
            },
            Request::RefundInquiry(id) => vec![same(match self.refunds.get(id) {
                Some(Fate::Made(_)) => Say::Done,
                Some(Fate::Refused) => Say::Refused,
                None => Say::NotFound,
            })],
        }
    }

    fn cancel(&self, world: &World, now: i64) -> Vec<(Bank, Say)> {
        let same = |say| (self.clone(), say);
        if self.cancelled {
            return vec![same(Say::Done), same(Say::Canceled)];
        }
        if self.refunds.values().any(|fate| matches!(fate, Fate::Made(_))) {
            return vec![same(Say::StatusInvalid)];
        }
        let over = Bank { window_over: true, ..self.clone() };
        if self.window_over || now >= world.gateway_window {
            return vec![(over, Say::WindowExceeded)];
        }
        let cancelled = Bank { cancelled: true, ..self.clone() };
        let mut answers = vec![(cancelled.clone(), Say::Done), (over, Say::WindowExceeded)];
        if world.inconclusive {
            answers.extend([
                (cancelled, Say::Unknown),
                same(Say::Unknown),
                same(Say::StatusInvalid),
                same(Say::Balance),
            ]);
        }
        answers
    }
}

/// The answer as a body.
pub fn body(protocol: Protocol, operation: Operation, say: Say) -> Object {
    let result = |letter: &str, code: &str| {
        Object::new().with("result", Object::new().with("resultStatus", letter).with("resultCode", code))
    };
    match (operation, say) {
        (Operation::Inquiry, Say::Paid | Say::Canceled | Say::InProcess) => {
            let (letter, code, word) = match say {
                Say::Paid => ("S", "SUCCESS", "SUCCESS"),
                Say::Canceled => ("F", "ORDER_IS_CLOSED", "CANCELLED"),
                _ => ("U", "PAYMENT_IN_PROCESS", "PROCESSING"),
            };
            let payment = Object::new().with("resultStatus", letter).with("resultCode", code);
            match protocol {
                Protocol::Ams => result("S", "SUCCESS").with("paymentStatus", word),
                Protocol::AlipayPlus => result("S", "SUCCESS").with("paymentResult", payment),
            }
        }
        (Operation::RefundInquiry | Operation::Notify, Say::Done) => {
            result("S", "SUCCESS").with("refundStatus", "SUCCESS")
        }
        (Operation::RefundInquiry | Operation::Notify, Say::Refused) => {
            result("S", "SUCCESS").with("refundStatus", "FAIL")
        }
        (_, Say::Done | Say::Paid) => result("S", "SUCCESS"),
        (_, Say::Canceled) => result("F", "ORDER_IS_CANCELED"),
        (_, Say::InProcess) => result("U", "PAYMENT_IN_PROCESS"),
        (_, Say::Unknown) => result("U", "UNKNOWN_EXCEPTION"),
        (_, Say::StatusInvalid) => result("F", "ORDER_STATUS_INVALID"),
        (_, Say::WindowExceeded) => result("F", "CANCEL_WINDOW_EXCEED"),
        (_, Say::Balance) => result("F", "MERCHANT_BALANCE_NOT_ENOUGH"),
        (_, Say::Refused) => result("F", "REFUND_WINDOW_EXCEED"),
        (_, Say::NotFound) => result("F", "ORDER_NOT_EXIST"),
    }
}
