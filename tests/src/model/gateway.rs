//! The model gateway: a ledger, and every answer that the documents allow it to give.

use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;

use super::system::Setting;

/// What the gateway knows of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Order {
    /// Pay has not arrived.
    Unknown,
    /// A code was created, and nobody has taken it up: inquiries and cancels find no order.
    Created,
    /// The customer, or the wallet, has yet to act.
    InProcess,
    /// Money was taken.
    Paid,
    /// Refused for good.
    Refused,
    /// Cancelled or closed for good; money that was taken was given back.
    Closed,
    /// Refunded.
    Refunded,
}

/// The order and the money.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ledger {
    /// The order.
    pub order: Order,
    /// How often money was taken.
    pub taken: u8,
    /// How often it was given back.
    pub returned: u8,
}

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the documents")]
pub enum Say {
    Paid,
    Created,
    InProcess,
    Unknown,
    PaymentRefused,
    SystemError,
    Closed,
    IdTaken,
    NotFound,
    Done,
    StatusInvalid,
    WindowExceeded,
    Balance,
    Refused,
    /// Not a verified answer: without a signature, it names a code that blames the configuration.
    Unsigned,
}

/// One thing the gateway may do with a request: what its ledger then holds, and what it answers.
pub type Answer = (Ledger, Say);

impl Ledger {
    /// A ledger that knows nothing.
    pub fn new() -> Self {
        Ledger { order: Order::Unknown, taken: 0, returned: 0 }
    }

    /// What was taken and not given back.
    pub fn net(&self) -> i16 {
        i16::from(self.taken) - i16::from(self.returned)
    }

    /// The ledger after the order became this.
    #[must_use]
    pub fn becomes(&self, order: Order) -> Ledger {
        let mut ledger = self.clone();
        if order == Order::Paid && self.order != Order::Paid {
            ledger.taken += 1;
        }
        if matches!(order, Order::Closed | Order::Refunded) && self.order == Order::Paid {
            ledger.returned += 1;
        }
        ledger.order = order;
        ledger
    }

    /// Everything the gateway may do with a request that arrives now.
    pub fn answers(&self, setting: &Setting, operation: Operation, now: i64, expiry: i64) -> Vec<Answer> {
        let mut answers = self.verified_answers(setting, operation, now, expiry);
        if setting.unsigned {
            answers.push((self.clone(), Say::Unsigned));
        }
        answers
    }

    fn verified_answers(
        &self,
        setting: &Setting,
        operation: Operation,
        now: i64,
        expiry: i64,
    ) -> Vec<Answer> {
        match operation {
            Operation::Pay => self.pay(setting, now, expiry),
            Operation::Inquiry => vec![(self.clone(), self.inquiry(setting))],
            Operation::Cancel => self.cancel(setting),
            Operation::Refund => self.refund(setting),
            Operation::RefundInquiry => {
                let say = if self.order == Order::Refunded { Say::Done } else { Say::NotFound };
                vec![(self.clone(), say)]
            }
            Operation::Notify => Vec::new(),
        }
    }

    fn pay(&self, setting: &Setting, now: i64, expiry: i64) -> Vec<Answer> {
        if setting.other_owner {
            return vec![(self.clone(), Say::IdTaken)];
        }
        match self.order {
            Order::Unknown if now >= expiry && !setting.succeeds_after_expiry => {
                vec![(self.becomes(Order::Refused), Say::PaymentRefused)]
            }
            Order::Unknown if setting.code_is_presented() => {
                let mut answers = vec![
                    (self.becomes(Order::Paid), Say::Paid),
                    (self.becomes(Order::InProcess), Say::InProcess),
                    (self.becomes(Order::Refused), Say::PaymentRefused),
                ];
                if setting.inconclusive {
                    answers.push((self.becomes(Order::InProcess), Say::Unknown));
                    answers.push((self.becomes(Order::InProcess), Say::SystemError));
                    answers.push((self.clone(), Say::Unknown));
                }
                answers
            }
            Order::Unknown => {
                let order = if setting.unscanned { Order::Created } else { Order::InProcess };
                vec![(self.becomes(order), Say::Created), (self.becomes(Order::Refused), Say::PaymentRefused)]
            }
            Order::InProcess if setting.code_is_presented() => vec![(self.clone(), Say::InProcess)],
            Order::Created | Order::InProcess => vec![(self.clone(), Say::Created)],
            Order::Paid | Order::Refunded if setting.code_is_presented() => vec![(self.clone(), Say::Paid)],
            Order::Paid | Order::Refunded => vec![(self.clone(), Say::Created)],
            Order::Refused => vec![(self.clone(), Say::PaymentRefused)],
            Order::Closed => vec![(self.clone(), Say::Closed)],
        }
    }

    fn inquiry(&self, setting: &Setting) -> Say {
        match self.order {
            _ if setting.other_owner => Say::Paid,
            Order::Unknown | Order::Created => Say::NotFound,
            Order::InProcess => Say::InProcess,
            Order::Paid | Order::Refunded => Say::Paid,
            Order::Refused => Say::PaymentRefused,
            Order::Closed => Say::Closed,
        }
    }

    fn cancel(&self, setting: &Setting) -> Vec<Answer> {
        let closed = self.becomes(Order::Closed);
        match self.order {
            Order::Unknown | Order::Created => vec![(self.clone(), Say::NotFound)],
            Order::InProcess => {
                let mut answers = vec![(closed.clone(), Say::Done)];
                if setting.inconclusive {
                    answers.push((closed, Say::Unknown));
                    answers.push((self.clone(), Say::Unknown));
                    answers.push((self.clone(), Say::StatusInvalid));
                }
                answers
            }
            Order::Paid => {
                let mut answers = vec![(closed.clone(), Say::Done), (self.clone(), Say::WindowExceeded)];
                if setting.inconclusive {
                    answers.push((closed, Say::Unknown));
                    answers.push((self.clone(), Say::StatusInvalid));
                    answers.push((self.clone(), Say::Balance));
                }
                answers
            }
            Order::Refused => vec![(self.clone(), Say::StatusInvalid), (self.clone(), Say::Done)],
            Order::Closed => vec![(self.clone(), Say::Done), (self.clone(), Say::Closed)],
            Order::Refunded => vec![(self.clone(), Say::StatusInvalid)],
        }
    }

    fn refund(&self, setting: &Setting) -> Vec<Answer> {
        match self.order {
            Order::Paid => {
                let done = self.becomes(Order::Refunded);
                let mut answers = vec![(done.clone(), Say::Done), (self.clone(), Say::Refused)];
                if setting.inconclusive {
                    answers.push((done, Say::Unknown));
                }
                answers
            }
            Order::Refunded => vec![(self.clone(), Say::Done)],
            Order::Closed => vec![(self.clone(), Say::Closed)],
            Order::Unknown | Order::Created | Order::InProcess | Order::Refused => {
                vec![(self.clone(), Say::Refused)]
            }
        }
    }
}

impl Default for Ledger {
    fn default() -> Self {
        Ledger::new()
    }
}

/// What an unsigned answer of this gateway blames.
pub const UNSIGNED_CODE: &str = "SIGNATURE_INVALID";

/// The body of an answer, as the documents write it.
pub fn body(setting: &Setting, operation: Operation, say: Say) -> Object {
    let result = |status: &str, code: &str| {
        Object::new().with("result", Object::new().with("resultStatus", status).with("resultCode", code))
    };
    let with_amount = |body: Object| match setting.stated_amount {
        None => body,
        Some(value) => body.with("paymentAmount", Object::new().with("currency", "USD").with("value", value)),
    };
    if matches!(operation, Operation::Inquiry | Operation::Notify) {
        return money(setting, operation, say, &result, &with_amount);
    }
    if operation == Operation::RefundInquiry && say == Say::Done {
        return result("S", "SUCCESS").with("refundStatus", "SUCCESS");
    }
    match say {
        Say::Paid => with_amount(result("S", "SUCCESS")).with("paymentId", "2026").with("paymentTime", "t"),
        Say::Created => {
            result("S", "SUCCESS").with("redirectActionForm", Object::new().with("redirectUrl", "u"))
        }
        Say::Done => result("S", "SUCCESS"),
        Say::InProcess => result("U", "PAYMENT_IN_PROCESS"),
        Say::Unknown => result("U", "UNKNOWN_EXCEPTION"),
        Say::PaymentRefused => result("F", "RISK_REJECT"),
        Say::SystemError => result("F", "SYSTEM_ERROR"),
        Say::Closed => result("F", "ORDER_IS_CANCELED"),
        Say::IdTaken => result("F", "REPEAT_REQ_INCONSISTENT"),
        Say::NotFound => result("F", "ORDER_NOT_EXIST"),
        Say::StatusInvalid => result("F", "ORDER_STATUS_INVALID"),
        Say::WindowExceeded => result("F", "CANCEL_WINDOW_EXCEED"),
        Say::Balance => result("F", "MERCHANT_BALANCE_NOT_ENOUGH"),
        Say::Refused => result("F", "REFUND_WINDOW_EXCEED"),
        Say::Unsigned => result("F", UNSIGNED_CODE),
    }
}

/// What an inquiry or a notification says about the money.
fn money(
    setting: &Setting,
    operation: Operation,
    say: Say,
    result: &dyn Fn(&str, &str) -> Object,
    with_amount: &dyn Fn(Object) -> Object,
) -> Object {
    let (letter, code, word) = match say {
        Say::Paid => ("S", "SUCCESS", "SUCCESS"),
        Say::PaymentRefused => ("F", "RISK_REJECT", "FAIL"),
        Say::Closed => ("F", "ORDER_IS_CLOSED", "CANCELLED"),
        Say::NotFound => return result("F", "ORDER_NOT_EXIST"),
        _ => ("U", "PAYMENT_IN_PROCESS", "PROCESSING"),
    };
    let payment = Object::new().with("resultStatus", letter).with("resultCode", code);
    let body = match (setting.protocol, operation) {
        (Protocol::Ams, Operation::Notify) => result(letter, code),
        (Protocol::Ams, _) => {
            result("S", "SUCCESS").with("paymentStatus", word).with("paymentResultCode", code)
        }
        (Protocol::AlipayPlus, _) => result("S", "SUCCESS").with("paymentResult", payment),
    };
    let body = if say == Say::Paid { with_amount(body) } else { body };
    body.with("paymentId", "2026")
}
