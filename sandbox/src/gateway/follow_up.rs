//! What happens by itself: requests that arrive late, customers who pay, notifications and their resends.

use std::cmp::Reverse;

use alipay_instore::signature::Content;

use super::seal::to_bytes;
use super::{Books, Config, Exchange, Gateway, Request, Signatures, SignedBy, Timer, work};
use crate::Protocol;
use crate::fault::Fault;
use crate::ledger::State;
use crate::notify::{Attempt, Notification, Receipt, ReceiptSignature};
use crate::protocol::{Operation, Reply, falsify_amount, falsify_id, format_time, notification, read_json};

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
        let Some(url) = payment.order.notify_url.as_deref() else { return };
        let final_result = matches!(payment.state, State::Succeeded | State::Failed(_));
        if !final_result || payment.looks_in_process() || self.announced.contains(&(protocol, at)) {
            return;
        }
        let notification = Notification::new(protocol, at, url);
        let first = notification.next_attempt_ms(now_ms);
        self.announced.insert((protocol, at));
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
                Timer::Arrival(travelling) => {
                    let reply = work::carry_out(&mut books, &travelling.call, &self.config, at_ms);
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
                Due::Arrived { ticket, exchange: self.seal(at_ms, &call, reply, None) }
            }
            Pending::Notify { at_ms, index, attempt, url, path, protocol, mut body, fault } => {
                let mut signed_by = SignedBy::Gateway;
                match fault {
                    Some(Fault::Unsigned) => signed_by = SignedBy::Nobody,
                    Some(Fault::Stranger) => signed_by = SignedBy::Stranger,
                    Some(Fault::WrongAmount) => falsify_amount(&mut body),
                    Some(Fault::WrongId) => falsify_id(&mut body, Operation::NotifyPayment),
                    _ => {}
                }
                let mut body = to_bytes(body);
                if fault == Some(Fault::NotJson) {
                    body.splice(..0, *b"// notification\n");
                }
                let time = match protocol {
                    Protocol::Ams => at_ms.to_string(),
                    Protocol::AlipayPlus => format_time(at_ms),
                };
                let signature = self.sign(signed_by, &path, &time, &body);
                if fault == Some(Fault::Cut) {
                    body.truncate(body.len() / 2);
                }
                let mut headers = vec![
                    ("content-type", "application/json; charset=UTF-8".to_owned()),
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
        let receipt = answer.map(|answer| self.judge(entry, &answer, now_ms));
        let accepted = receipt.is_some_and(|receipt| receipt.accepted);
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
    }

    fn judge(&self, entry: &Notification, answer: &Acknowledgement<'_>, now_ms: i64) -> Receipt {
        let as_request =
            Request { method: "POST", path: &entry.path, headers: answer.headers, body: answer.body };
        let signature = match (&self.config.signatures, as_request.header("signature")) {
            (Signatures::Off, _) => ReceiptSignature::Valid,
            (_, None) => ReceiptSignature::Absent,
            (Signatures::Rsa(keys), Some(header)) => {
                let content = Content {
                    method: "POST",
                    path: &entry.path,
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
        let signature_will_do = entry.protocol == Protocol::Ams || signature == ReceiptSignature::Valid;
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
    let (protocol, at) = (entry.protocol, entry.payment);
    let payment = books.ledger(protocol).at(at)?;
    let id = payment.order.request_id.clone();
    let body = notification(protocol, payment);
    let fault = books.injections.take(Operation::NotifyPayment, Some(&id));
    if let Some(Fault::RequestDelayed(ms)) = fault {
        books.set_timer(at_ms.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX)), Timer::Attempt(index));
        return None;
    }
    let entry = books.notifications.get_mut(index)?;
    let attempt = entry.attempts.len();
    entry.attempts.push(Attempt { at_ms, answer: None, reported: fault == Some(Fault::RequestLost) });
    if fault == Some(Fault::RequestLost) {
        let next = entry.next_attempt_ms(at_ms);
        if let Some(next) = next {
            books.set_timer(next, Timer::Attempt(index));
        }
        return None;
    }
    let (url, path) = (entry.url.clone(), entry.path.clone());
    Some(Pending::Notify { at_ms, index, attempt, url, path, protocol, body, fault })
}
