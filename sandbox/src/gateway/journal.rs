//! What happened at the gateway, in order, for people: requests and what they were answered, what customers did, and
//! notifications. It is not kept unless somebody looks at it, and it forgets its oldest entries.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::ledger_view::protocol_word;
use super::{Books, Call};
use crate::Protocol;
use crate::fault::Fault;
use crate::ledger::Key;
use crate::notify::Topic;
use crate::protocol::{Operation, Reply};

/// One thing that happened. No payment code is in it.
#[derive(Debug)]
pub(crate) struct Entry {
    number: u64,
    at_ms: i64,
    protocol: Option<Protocol>,
    payment_request_id: Option<String>,
    what: String,
    result: Option<String>,
    fault: Option<&'static str>,
}

/// The last entries.
#[derive(Debug)]
pub(crate) struct Journal {
    entries: VecDeque<Entry>,
    limit: usize,
    newest: u64,
}

impl Journal {
    /// One that holds so many entries; 0 keeps none.
    pub(crate) fn new(limit: usize) -> Self {
        Journal { entries: VecDeque::new(), limit, newest: 0 }
    }

    fn is_kept(&self) -> bool {
        self.limit > 0
    }

    fn add(&mut self, at_ms: i64, subject: &Subject, what: impl Into<String>, result: Option<String>) {
        self.add_with_fault(at_ms, subject, what, result, None);
    }

    fn add_with_fault(
        &mut self,
        at_ms: i64,
        subject: &Subject,
        what: impl Into<String>,
        result: Option<String>,
        fault: Option<Fault>,
    ) {
        if !self.is_kept() {
            return;
        }
        if self.entries.len() >= self.limit {
            self.entries.pop_front();
        }
        self.newest = self.newest.saturating_add(1);
        self.entries.push_back(Entry {
            number: self.newest,
            at_ms,
            protocol: subject.protocol,
            payment_request_id: subject.payment_request_id.clone(),
            what: what.into(),
            result,
            fault: fault.map(Fault::name),
        });
    }

    /// Everything after an entry of this number.
    pub(crate) fn after(&self, number: u64) -> Value {
        let entries: Vec<Value> = self
            .entries
            .iter()
            .filter(|entry| entry.number > number)
            .map(|entry| {
                json!({
                    "number": entry.number,
                    "at_ms": entry.at_ms,
                    "protocol": entry.protocol.map(protocol_word),
                    "payment_request_id": entry.payment_request_id,
                    "what": entry.what,
                    "result": entry.result,
                    "fault": entry.fault,
                })
            })
            .collect();
        json!({"newest": self.newest, "entries": entries})
    }
}

/// What an entry is about.
#[derive(Debug, Default)]
pub(super) struct Subject {
    protocol: Option<Protocol>,
    payment_request_id: Option<String>,
}

impl Subject {
    pub(super) fn payment(protocol: Protocol, payment_request_id: &str) -> Self {
        Subject { protocol: Some(protocol), payment_request_id: Some(payment_request_id.to_owned()) }
    }
}

impl Books {
    /// What a call is about; nothing where no journal is kept, since it would be looked up in vain.
    pub(super) fn subject(&self, call: &Call) -> Subject {
        if !self.journal.is_kept() {
            return Subject::default();
        }
        let text = |name: &str| call.body.get(name).and_then(Value::as_str);
        let ledger = self.ledger(call.protocol);
        let by_payment_id = || ledger.at(ledger.find(Key::PaymentId(text("paymentId")?))?);
        let by_refund = || {
            let id = text("refundRequestId")?;
            let refund = ledger.refunds().iter().find(|refund| refund.order.request_id == id)?;
            ledger.at(refund.payment)
        };
        let named = text("paymentRequestId").map(|id| id.chars().take(64).collect());
        let found = || by_payment_id().or_else(by_refund).map(|payment| payment.order.request_id.clone());
        Subject { protocol: Some(call.protocol), payment_request_id: named.or_else(found) }
    }

    /// What a notification is about.
    pub(super) fn subject_of(&self, protocol: Protocol, topic: Topic) -> Subject {
        if !self.journal.is_kept() {
            return Subject::default();
        }
        let ledger = self.ledger(protocol);
        let payment = match topic {
            Topic::Payment(at) => ledger.at(at),
            Topic::Refund(at) => ledger.refunds().get(at).and_then(|refund| ledger.at(refund.payment)),
        };
        let id = payment.map(|payment| payment.order.request_id.as_str());
        Subject::payment(protocol, id.unwrap_or_default())
    }

    /// A request that was carried out.
    pub(super) fn note_reply(
        &mut self,
        at_ms: i64,
        subject: &Subject,
        operation: Operation,
        reply: &Reply,
        fault: Option<Fault>,
    ) {
        if self.journal.is_kept() {
            let said = |name: &str| reply.get("result").and_then(|result| result.get(name)?.as_str());
            let result =
                said("resultStatus").zip(said("resultCode")).map(|(letter, code)| format!("{letter} {code}"));
            self.journal.add_with_fault(at_ms, subject, operation.as_str(), result, fault);
        }
    }

    /// Anything else.
    pub(super) fn note(&mut self, at_ms: i64, subject: &Subject, what: &str, result: Option<String>) {
        self.journal.add(at_ms, subject, what, result);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_entries_are_forgotten_and_numbers_go_on() {
        let mut journal = Journal::new(2);
        for what in ["a", "b", "c"] {
            journal.add(1, &Subject::payment(Protocol::Ams, "P"), what, None);
        }
        let whats = |after: u64| {
            let all = journal.after(after);
            let entries = all["entries"].as_array().unwrap().clone();
            entries.iter().map(|entry| entry["what"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(whats(0), ["b", "c"]);
        assert_eq!(whats(2), ["c"]);
        assert_eq!(journal.after(3)["newest"], 3);
        let mut none = Journal::new(0);
        none.add(1, &Subject::default(), "a", None);
        assert_eq!(none.after(0), json!({"newest": 0, "entries": []}));
    }
}
