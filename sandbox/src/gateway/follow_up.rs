//! What happens by itself: requests that arrive late, customers who pay, notifications and their resends.

use std::cmp::Reverse;

use alipay_instore::signature::Content;

use super::{Books, Config, Exchange, Gateway, Request, Signatures, SignedBy, Timer, older, work};
use crate::Protocol;
use crate::fault::Fault;
use crate::ledger::RefundState;
use crate::ledger::State;
use crate::notify::{Attempt, Notification, Receipt, ReceiptSignature, Topic};
use crate::protocol::refund_notification;
use crate::protocol::{Encoded, Operation, Reply, encode, format_time, notification, read_json};

/// Something that became due.
#[derive(Debug)]
pub enum Due {
    /// The request with this number has arrived at last.
    Arrived {
        /// The number that [`Exchange::UnderWay`] gave; 0 for a copy that the network made, whose reply nobody
        /// awaits.
        ticket: u64,
        /// What becomes of it.
        exchange: Exchange,
    },
    /// A notification is to be posted; report to [`Gateway::acknowledge`] what came back.
    Notification(Delivery),
}

/// A notification to be posted.
#[derive(Debug)]
pub struct Delivery {
    /// Which notification.
    pub notification: usize,
    /// Which attempt, from 0.
    pub attempt: usize,
    /// Where to.
    pub url: String,
    /// Header names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
    /// Whose signature it carries.
    pub signed_by: SignedBy,
    /// How often to post it; 2 where the network doubles it.
    pub copies: u8,
    /// Whether to withhold the merchant's answer from [`Gateway::acknowledge`], as if it had been lost.
    pub answer_lost: bool,
}

/// What the merchant answered to a notification.
#[derive(Clone, Copy, Debug)]
pub struct Acknowledgement<'a> {
    /// The HTTP status.
    pub status: u16,
    /// Names and values; names in any case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body's bytes.
    pub body: &'a [u8],
}

impl Books {
    /// Announces a payment's result, once, after something happened to it.
    pub(super) fn follow_up(&mut self, protocol: Protocol, at: usize, config: &Config, now_ms: i64) {
        let Some(payment) = self.ledger(protocol).at(at) else { return };
        let final_result = matches!(payment.state, State::Succeeded | State::Failed(_));
        if final_result && !payment.looks_in_process() {
            let url = payment.order.notify_url.clone();
            self.announce(protocol, Topic::Payment(at), url, config, now_ms);
        }
    }

    /// Announces a refund's result, once. A refund that was refused at once is not announced.
    pub(super) fn follow_up_refund(&mut self, protocol: Protocol, at: usize, config: &Config, now_ms: i64) {
        let Some(refund) = self.ledger(protocol).refunds().get(at) else { return };
        let refused_at_once = refund.finished_ms == Some(refund.placed_ms);
        let announced = match refund.state {
            RefundState::Processing(_) => false,
            RefundState::Succeeded => true,
            RefundState::Failed(_) => !refused_at_once,
        };
        if announced {
            let url = refund.order.notify_url.clone();
            self.announce(protocol, Topic::Refund(at), url, config, now_ms);
        }
    }

    fn announce(
        &mut self,
        protocol: Protocol,
        topic: Topic,
        url: Option<String>,
        config: &Config,
        now_ms: i64,
    ) {
        let Some(url) = url else { return };
        if !self.announced.insert((protocol, topic)) {
            return;
        }
        let notification = Notification::new(protocol, topic, &url);
        let first = notification.next_attempt_ms(now_ms);
        let index = self.notifications.len();
        self.notifications.push(notification);
        if let Some(first) = first {
            self.set_timer(first.saturating_add(config.notify_after_ms.into()), Timer::Attempt(index));
        }
    }
}

/// What is decided under the lock; signing follows after it.
enum Pending {
    Arrived {
        at_ms: i64,
        ticket: u64,
        call: super::Call,
        reply: Reply,
    },
    Notify {
        at_ms: i64,
        index: usize,
        attempt: usize,
        url: String,
        path: String,
        protocol: Protocol,
        operation: Operation,
        body: Reply,
        fault: Option<Fault>,
    },
}

impl Gateway {
    /// When something happens by itself next, in milliseconds since the epoch.
    pub fn next_due(&self) -> Option<i64> {
        self.books().timers.peek().map(|Reverse(next)| next.at_ms)
    }

    /// Everything that happens by itself until `now_ms`, each at its own time.
    pub fn due(&self, now_ms: i64) -> Vec<Due> {
        let mut happened = Vec::new();
        loop {
            let mut books = self.books();
            if books.timers.peek().is_none_or(|Reverse(next)| next.at_ms > now_ms) {
                return happened;
            }
            let Some(Reverse(next)) = books.timers.pop() else { return happened };
            let at_ms = next.at_ms;
            let pending = match next.timer {
                Timer::Customer(protocol, at) => {
                    books.ledger_mut(protocol).settle(at, at_ms);
                    books.follow_up(protocol, at, &self.config, at_ms);
                    None
                }
                Timer::Refund(protocol, at) => {
                    books.ledger_mut(protocol).settle_refund(at, at_ms);
                    books.follow_up_refund(protocol, at, &self.config, at_ms);
                    None
                }
                Timer::Arrival(travelling) => {
                    let subject = books.subject(&travelling.call);
                    let reply = work::carry_out(&mut books, &travelling.call, &self.config, at_ms);
                    books.note(at_ms, &subject, "a request that was under way arrives", None);
                    books.note_reply(at_ms, &subject, travelling.call.operation, &reply, None);
                    Some(Pending::Arrived { at_ms, ticket: travelling.ticket, call: travelling.call, reply })
                }
                Timer::Attempt(index) => attempt(&mut books, index, at_ms),
            };
            drop(books);
            happened.extend(pending.map(|pending| self.finish(pending)));
        }
    }

    fn finish(&self, pending: Pending) -> Due {
        match pending {
            Pending::Arrived { at_ms, ticket, call, reply } => {
                Due::Arrived { ticket, exchange: self.sign_reply(at_ms, &call, reply, None) }
            }
            Pending::Notify { at_ms, index, attempt, url, path, protocol, operation, body, fault } => {
                let mut signed_by = SignedBy::Gateway;
                let mut stamp_ms = self.stamp(at_ms);
                match fault {
                    Some(Fault::Unsigned) => signed_by = SignedBy::Nobody,
                    Some(Fault::Stranger) => signed_by = SignedBy::Stranger,
                    Some(Fault::ClockOff(ms)) => stamp_ms = stamp_ms.saturating_add(ms),
                    Some(Fault::Replayed) => stamp_ms = stamp_ms.saturating_sub(older::OLDER_BY_MS),
                    _ => {}
                }
                let Encoded { mut body, content_type } = encode(body, operation, fault);
                let time = match protocol {
                    Protocol::Ams => stamp_ms.to_string(),
                    Protocol::AlipayPlus => format_time(stamp_ms),
                };
                let signature = self.sign(signed_by, &path, &time, &body);
                if fault == Some(Fault::Cut) {
                    body.truncate(body.len() / 2);
                }
                let mut headers = vec![
                    ("content-type", content_type.to_owned()),
                    ("client-id", self.config.client_id.clone()),
                    ("request-time", time),
                    ("tracer-id", self.trace(at_ms)),
                ];
                headers.extend(signature.map(|value| ("signature", value)));
                let copies = if fault == Some(Fault::Doubled) { 2 } else { 1 };
                let answer_lost = matches!(fault, Some(Fault::ReplyLost | Fault::Http5xx));
                Due::Notification(Delivery {
                    notification: index,
                    attempt,
                    url,
                    headers,
                    body,
                    signed_by,
                    copies,
                    answer_lost,
                })
            }
        }
    }

    /// Takes what the merchant answered to a notification, or that nothing came back. Unless it counts as an
    /// acknowledgement, the notification is sent again on schedule. Only the first report of an attempt counts.
    pub fn acknowledge(
        &self,
        now_ms: i64,
        notification: usize,
        attempt: usize,
        answer: Option<Acknowledgement<'_>>,
    ) {
        let mut books = self.books();
        let Some(entry) = books.notifications.get_mut(notification) else { return };
        let path = entry.attempts.get(attempt).map(|tried| tried.path.clone()).unwrap_or_default();
        let receipt = answer.map(|answer| self.judge(entry.protocol, &path, &answer, now_ms));
        let accepted = receipt.is_some_and(|receipt| receipt.accepted);
        let said = receipt.map_or_else(
            || "nothing came back".to_owned(),
            |receipt| {
                let word = if receipt.accepted { "accepted" } else { "not accepted" };
                format!("HTTP {}, {word}", receipt.http_status)
            },
        );
        let (number, protocol, topic) = (attempt.saturating_add(1), entry.protocol, entry.topic);
        let latest = entry.attempts.len() == attempt.saturating_add(1);
        let Some(tried) = entry.attempts.get_mut(attempt) else { return };
        if tried.reported {
            return;
        }
        tried.reported = true;
        tried.answer = receipt;
        if accepted && entry.acknowledged_ms.is_none() {
            entry.acknowledged_ms = Some(now_ms);
        }
        if latest && let Some(next) = entry.next_attempt_ms(now_ms) {
            books.set_timer(next, Timer::Attempt(notification));
        }
        let subject = books.subject_of(protocol, topic);
        books.note(now_ms, &subject, &format!("notification, attempt {number}"), Some(said));
    }

    fn judge(&self, protocol: Protocol, path: &str, answer: &Acknowledgement<'_>, now_ms: i64) -> Receipt {
        let as_request = Request { method: "POST", path, headers: answer.headers, body: answer.body };
        let signature = match (&self.config.signatures, as_request.header("signature")) {
            (Signatures::Off, _) => ReceiptSignature::Valid,
            (_, None) => ReceiptSignature::Absent,
            (Signatures::Rsa(keys), Some(header)) => {
                let content = Content {
                    method: "POST",
                    path,
                    client_id: &self.config.client_id,
                    time: as_request.header("response-time").unwrap_or_default(),
                    body: answer.body,
                };
                match keys.merchant.verify(header, content) {
                    Ok(_) => ReceiptSignature::Valid,
                    Err(_) => ReceiptSignature::Wrong,
                }
            }
        };
        let says_success = read_json(answer.body)
            .is_some_and(|body| body.pointer("/result/resultStatus").is_some_and(|status| status == "S"));
        // AMS wants no signature, and its own sample shows one that can't fit; Alipay+ insists on a valid one.
        let signature_will_do = protocol == Protocol::Ams || signature == ReceiptSignature::Valid;
        Receipt {
            at_ms: now_ms,
            http_status: answer.status,
            says_success,
            signature,
            accepted: (200..300).contains(&answer.status) && says_success && signature_will_do,
        }
    }
}

fn attempt(books: &mut Books, index: usize, at_ms: i64) -> Option<Pending> {
    let entry = books.notifications.get(index)?;
    if entry.acknowledged_ms.is_some() {
        return None;
    }
    let (protocol, topic) = (entry.protocol, entry.topic);
    let path = entry.signed_path(books.settings.sign_query);
    let (operation, payment_at) = match topic {
        Topic::Payment(at) => (Operation::NotifyPayment, at),
        Topic::Refund(at) => (Operation::NotifyRefund, books.ledger(protocol).refunds().get(at)?.payment),
    };
    let id = books.ledger(protocol).at(payment_at)?.order.request_id.clone();
    let fault = match books.injections.take(operation, Some(&id)) {
        // What stops a request before the gateway stops the gateway's own before the merchant.
        Some(Fault::Page(_)) => Some(Fault::RequestLost),
        fault => fault,
    };
    let ledger = books.ledger(protocol);
    let payment = ledger.at(payment_at)?;
    let replayed = fault == Some(Fault::Replayed);
    let body = match topic {
        Topic::Payment(_) if replayed => older::payment_notification(protocol, payment, at_ms),
        Topic::Payment(_) => notification(protocol, payment),
        Topic::Refund(at) if replayed => {
            older::refund_notification(protocol, ledger.refunds().get(at)?, at_ms)
        }
        Topic::Refund(at) => refund_notification(ledger.refunds().get(at)?),
    };
    if let Some(Fault::RequestDelayed(ms)) = fault {
        books.set_timer(at_ms.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX)), Timer::Attempt(index));
        return None;
    }
    let entry = books.notifications.get_mut(index)?;
    let attempt = entry.attempts.len();
    entry.attempts.push(Attempt {
        at_ms,
        path: path.clone(),
        answer: None,
        reported: fault == Some(Fault::RequestLost),
    });
    if fault == Some(Fault::RequestLost) {
        let next = entry.next_attempt_ms(at_ms);
        if let Some(next) = next {
            books.set_timer(next, Timer::Attempt(index));
        }
        return None;
    }
    let url = entry.url.clone();
    Some(Pending::Notify { at_ms, index, attempt, url, path, protocol, operation, body, fault })
}
