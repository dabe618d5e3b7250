//! What really happened, for tests: the ledger as data and as JSON, and the customer's hand on it.

use alipay_instore::currency::Currency;
use serde_json::{Value, json};

use super::journal::Subject;
use super::{Books, Gateway};
use crate::Protocol;
use crate::customer::Customer;
use crate::ledger::{Key, Payment, Refund, RefundState, Scenario, State};
use crate::notify::{Notification, Topic};

/// Where a payment's money is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// `processing`, `succeeded`, `failed`, `cancelled` or `closed`.
    pub state: &'static str,
    /// The currency, three letters.
    pub currency: String,
    /// Taken from the customer, in the currency's smallest unit.
    pub captured: u128,
    /// Given back by a cancel.
    pub reversed: u128,
    /// Given back by refunds.
    pub refunded: u128,
    /// What the merchant keeps.
    pub net: u128,
}

fn state_word(state: State) -> &'static str {
    match state {
        State::Processing => "processing",
        State::Succeeded => "succeeded",
        State::Failed(_) => "failed",
        State::Cancelled => "cancelled",
        State::Closed => "closed",
    }
}

pub(super) fn protocol_word(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Ams => "ams",
        Protocol::AlipayPlus => "alipay_plus",
    }
}

impl Gateway {
    /// Where the money of one payment is; `None` if no pay request for it ever arrived.
    pub fn standing(&self, protocol: Protocol, payment_request_id: &str, now_ms: i64) -> Option<Standing> {
        let mut books = self.books();
        let ledger = books.ledger_mut(protocol);
        let at = ledger.find(Key::RequestId(payment_request_id))?;
        ledger.settle(at, now_ms);
        let payment = ledger.at(at)?;
        Some(Standing {
            state: state_word(payment.state),
            currency: payment.order.amount.currency.clone(),
            captured: payment.captured,
            reversed: payment.reversed,
            refunded: payment.refunded,
            net: payment.net(),
        })
    }

    /// The whole ledger as JSON: payments, refunds, notifications. No payment code is in it.
    pub fn ledger_json(&self, now_ms: i64) -> Value {
        let mut books = self.books();
        let mut payments = Vec::new();
        let mut refunds = Vec::new();
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            let ledger = books.ledger_mut(protocol);
            ledger.settle_all(now_ms);
            payments.extend(ledger.payments().iter().map(|payment| payment_json(protocol, payment)));
            refunds.extend(
                ledger
                    .refunds()
                    .iter()
                    .map(|refund| refund_json(protocol, refund, ledger.at(refund.payment))),
            );
        }
        let notifications: Vec<Value> =
            books.notifications.iter().map(|entry| notification_json(&books, entry)).collect();
        json!({"now_ms": now_ms, "payments": payments, "refunds": refunds, "notifications": notifications})
    }

    /// What happened after an entry of this number, if a journal is kept: see [`Config::journal`](super::Config::journal).
    pub fn journal_json(&self, after: u64) -> Value {
        self.books().journal.after(after)
    }

    /// Says what the customer of a payment will do, or of every payment that was not spoken of, under the
    /// name `default`. A payment that already exists is not changed.
    pub fn plan_customer(&self, payment_request_id: &str, customer: Customer) {
        let mut books = self.books();
        if payment_request_id == "default" {
            books.default_customer = customer;
        } else {
            books.customers.insert(payment_request_id.to_owned(), customer);
        }
    }

    /// The customer pays now, or refuses. `false` if there is no such payment.
    pub fn customer_acts(&self, payment_request_id: &str, pays: bool, now_ms: i64) -> bool {
        let mut books = self.books();
        let mut found = false;
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            if let Some(at) = books.ledger(protocol).find(Key::RequestId(payment_request_id)) {
                let what = if pays { "the customer pays" } else { "the customer refuses" };
                books.note(now_ms, &Subject::payment(protocol, payment_request_id), what, None);
                books.ledger_mut(protocol).customer(at, pays, now_ms);
                books.follow_up(protocol, at, &self.config, now_ms);
                found = true;
            }
        }
        found
    }

    /// The customer scans the order's code now. `false` if there is no such payment.
    pub fn customer_scans(&self, payment_request_id: &str, now_ms: i64) -> bool {
        let mut books = self.books();
        let mut found = false;
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            if let Some(at) = books.ledger(protocol).find(Key::RequestId(payment_request_id)) {
                let subject = Subject::payment(protocol, payment_request_id);
                books.note(now_ms, &subject, "the customer scans the code", None);
                books.ledger_mut(protocol).scan(at, now_ms);
                found = true;
            }
        }
        found
    }

    /// What the wallet's page shows for a payment. Whoever sees it has scanned the order's code.
    pub(crate) fn page(&self, payment_id: &str, now_ms: i64) -> Option<Page> {
        let mut books = self.books();
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            let ledger = books.ledger_mut(protocol);
            if let Some(at) = ledger.find(Key::PaymentId(payment_id)) {
                ledger.scan(at, now_ms);
                let payment = ledger.at(at)?;
                return Some(Page {
                    request_id: payment.order.request_id.clone(),
                    currency: payment.order.amount.currency.clone(),
                    value: payment.order.amount.value,
                    state: state_word(payment.state),
                    redirect_url: payment.order.redirect_url.clone(),
                });
            }
        }
        None
    }
}

/// What the wallet's page shows.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) request_id: String,
    pub(crate) currency: String,
    pub(crate) value: u128,
    pub(crate) state: &'static str,
    pub(crate) redirect_url: Option<String>,
}

/// How many of an amount's digits are decimals.
fn digits(currency: &str) -> u32 {
    Currency::from_code(currency).map_or(0, |currency| currency.minor_digits().into())
}

fn payment_json(protocol: Protocol, payment: &Payment) -> Value {
    json!({
        "protocol": protocol_word(protocol),
        "payment_request_id": payment.order.request_id,
        "payment_id": payment.payment_id,
        "scenario": match payment.order.scenario {
            Scenario::PaymentCode => "payment_code",
            Scenario::OrderCode => "order_code",
            Scenario::EntryCode => "entry_code",
        },
        "currency": payment.order.amount.currency,
        "digits": digits(&payment.order.amount.currency),
        "amount": payment.order.amount.value.to_string(),
        "state": state_word(payment.state),
        "code": match payment.state {
            State::Failed(code) => Value::from(code.name()),
            _ => Value::Null,
        },
        "captured": payment.captured.to_string(),
        "reversed": payment.reversed.to_string(),
        "refunded": payment.refunded.to_string(),
        "refunding": payment.refunding.to_string(),
        "net": payment.net().to_string(),
        "pays": payment.sends,
        "inquiries": payment.inquiries,
        "cancels": payment.cancels,
        "placed_ms": payment.placed_ms,
        "expires_ms": payment.expires_ms,
        "cancel_until_ms": payment.cancel_until_ms,
        "finished_ms": payment.finished_ms,
        "known_from_ms": payment.known_from_ms,
        "notes": payment.order.notes,
    })
}

fn refund_json(protocol: Protocol, refund: &Refund, payment: Option<&Payment>) -> Value {
    json!({
        "protocol": protocol_word(protocol),
        "refund_request_id": refund.order.request_id,
        "refund_id": refund.refund_id,
        "payment_request_id": payment.map(|payment| payment.order.request_id.as_str()),
        "currency": refund.order.amount.currency,
        "digits": digits(&refund.order.amount.currency),
        "amount": refund.order.amount.value.to_string(),
        "state": match refund.state {
            RefundState::Processing(_) => "processing",
            RefundState::Succeeded => "succeeded",
            RefundState::Failed(_) => "failed",
        },
        "code": match refund.state {
            RefundState::Failed(code) => Value::from(code.name()),
            _ => Value::Null,
        },
        "placed_ms": refund.placed_ms,
        "finished_ms": refund.finished_ms,
    })
}

fn notification_json(books: &Books, entry: &Notification) -> Value {
    let ledger = books.ledger(entry.protocol);
    let (refund, payment_at) = match entry.topic {
        Topic::Payment(at) => (None, Some(at)),
        Topic::Refund(at) => {
            (ledger.refunds().get(at), ledger.refunds().get(at).map(|refund| refund.payment))
        }
    };
    let payment = payment_at.and_then(|at| ledger.at(at));
    let attempts: Vec<Value> = entry
        .attempts
        .iter()
        .map(|attempt| {
            json!({
                "at_ms": attempt.at_ms,
                "signed_path": attempt.path,
                "answer": attempt.answer.map(|answer| json!({
                    "at_ms": answer.at_ms,
                    "http_status": answer.http_status,
                    "says_success": answer.says_success,
                    "signature": answer.signature.as_str(),
                    "accepted": answer.accepted,
                })),
            })
        })
        .collect();
    json!({
        "protocol": protocol_word(entry.protocol),
        "type": if refund.is_some() { "refund" } else { "payment" },
        "payment_request_id": payment.map(|payment| payment.order.request_id.as_str()),
        "refund_request_id": refund.map(|refund| refund.order.request_id.as_str()),
        "url": entry.url,
        "refused": entry.refused,
        "attempts": attempts,
        "acknowledged_ms": entry.acknowledged_ms,
    })
}
