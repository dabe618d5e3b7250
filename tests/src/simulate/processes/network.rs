//! The way to the gateway and back, and what the gateway does by itself.

use std::borrow::Cow;
use std::collections::HashMap;

use alipay_instore::Timestamp;
use alipay_instore::engine::{CallId, Input, PostAnswer};
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::gateway::Operation;
use alipay_instore::payment::Certainty;
use alipay_instore_sandbox::{Acknowledgement, Answer, Delivery, Due, Exchange, Request as Wired};

use super::super::random::Chance;
use super::super::tally::count;
use super::super::wire::Trouble;
use super::cashier::Asked;
use super::shell::Shell;
use super::world::{Happening, Sent, World};

/// The stored revision and the number of alerts when a notification arrived.
pub(super) type Notices = HashMap<CallId, (u64, usize)>;

impl<S: Shell> World<'_, S> {
    pub(super) fn posts(&mut self, mut sent: Sent, operation: Operation) {
        let (calm, request) = (self.calm, self.sent.len());
        let Some(till) = self.tills.get_mut(sent.till) else { return };
        let weather = till.plan.weather;
        let Ok(mut headers) = self.wire.request(till.plan.protocol, &sent.path, &sent.body, self.now) else {
            return self.breaks(0, "the simulation could not sign a request");
        };
        let latency = |chance: &mut Chance| chance.between(1, if calm { 50 } else { weather.latency });
        let not_sent = !calm && till.chance.in_1000(weather.not_sent);
        let trouble =
            (!calm && till.chance.in_1000(weather.of(operation))).then(|| Trouble::draw(&mut till.chance));
        if operation == Operation::Pay {
            headers.push(("Sandbox-Customer", till.plan.customer.clone()));
            till.promises.pay_left |= !not_sent;
        }
        sent.headers = headers;
        let (process, life, post) = (sent.process, sent.life, sent.post);
        let there = latency(&mut till.chance);
        self.sent.push(sent);
        let unanswered = |certainty, at: i64| {
            let error = Error::new(ErrorCode::TransportTimeout, "a simulated silence");
            let answer = PostAnswer::Unanswered { certainty, unverified: None, error };
            (at, Happening::Told { process, life, input: Box::new(Input::Posted { post, answer }) })
        };
        if not_sent {
            count(&mut self.tally.troubles, "not sent");
            let (at, what) = unanswered(Certainty::NotSent, self.now.saturating_add(there));
            return self.queue.put(at, what);
        }
        let (at, what) = unanswered(Certainty::Unknown, self.now.saturating_add(10_000));
        self.queue.put(at, what);
        if let Some(trouble) = &trouble {
            count(&mut self.tally.troubles, trouble.name);
        }
        let arrives = self.now.saturating_add(there);
        if let Some(after) = trouble.as_ref().and_then(|trouble| trouble.copy_after) {
            let copy = Happening::Arrives { request, copy: true, trouble: None };
            self.queue.put(arrives.saturating_add(after), copy);
        }
        let trouble = trouble.and_then(|trouble| trouble.header);
        self.queue.put(arrives, Happening::Arrives { request, copy: false, trouble });
    }

    pub(super) fn arrives(&mut self, request: usize, copy: bool, trouble: Option<&str>) {
        let Some(sent) = self.sent.get(request) else { return };
        let mut headers: Vec<(&str, &str)> =
            sent.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.extend(trouble.map(|trouble| ("Sandbox-Fault", trouble)));
        let wired = Wired { method: "POST", path: &sent.path, headers: &headers, body: sent.body.as_bytes() };
        let exchange = self.gateway.handle(self.now, &wired);
        if !copy {
            self.exchanged(request, exchange);
        }
    }

    fn exchanged(&mut self, request: usize, exchange: Exchange) {
        match exchange {
            Exchange::Lost => {}
            Exchange::UnderWay(ticket) => {
                self.tickets.insert(ticket, request);
            }
            Exchange::Answered(answer) => self.answers(request, &answer),
        }
    }

    fn answers(&mut self, request: usize, answer: &Answer) {
        let calm = self.calm;
        let Some(sent) = self.sent.get(request) else { return };
        let Some(till) = self.tills.get_mut(sent.till) else { return };
        let latency = till.chance.between(1, if calm { 50 } else { till.plan.weather.latency });
        let delay = i64::try_from(answer.delay_ms).unwrap_or(i64::MAX);
        let at = self.now.saturating_add(delay).saturating_add(latency);
        let given = match self.wire.response(till.plan.protocol, &sent.path, answer) {
            Some(body) => {
                let signed_at = Some(Timestamp::from_millis(self.now));
                PostAnswer::Verified { body, signed_at, tracer_id: None, text_replaced: false }
            }
            None => {
                let error = Error::new(ErrorCode::SignatureMismatch, "a simulated stranger");
                PostAnswer::Unanswered { certainty: Certainty::Unknown, unverified: None, error }
            }
        };
        let input = Box::new(Input::Posted { post: sent.post, answer: given });
        let (process, life, till) = (sent.process, sent.life, sent.till);
        self.note(till, || {
            let brief: String = String::from_utf8_lossy(&answer.body).chars().take(120).collect();
            format!("           (an answer is on its way: {brief})")
        });
        self.queue.put(at, Happening::Told { process, life, input });
    }

    pub(super) fn gateway_acts(&mut self, due: i64) {
        self.now = self.now.max(due);
        for happened in self.gateway.due(due) {
            match happened {
                Due::Arrived { ticket, exchange } => {
                    if let Some(request) = self.tickets.remove(&ticket) {
                        self.exchanged(request, exchange);
                    }
                }
                Due::Notification(delivery) => self.notifies(&delivery),
            }
        }
    }

    /// A notification arrives at any of the processes.
    fn notifies(&mut self, delivery: &Delivery) {
        let id = delivery.url.rsplit('/').next().unwrap_or_default();
        let (number, attempt) = (delivery.notification, delivery.attempt);
        let Some(till) = self.tills.iter().position(|till| &*till.id == id) else { return };
        let protocol = self.tills.get(till).map(|till| till.plan.protocol);
        let path = format!("/notify/{id}");
        let body = protocol
            .and_then(|protocol| self.wire.notification(protocol, &path, delivery, self.now).ok().flatten());
        let process = usize::try_from(self.chance.below(u64::try_from(self.processes.len()).unwrap_or(1)));
        let (Some(body), Ok(process)) = (body, process) else {
            return self.gateway.acknowledge(self.now, number, attempt, None);
        };
        let Some(of) = self.processes.get_mut(process).filter(|process| process.is_up()) else {
            return self.gateway.acknowledge(self.now, number, attempt, None);
        };
        count(&mut self.tally.checks, "notifications handed in");
        self.calls = self.calls.saturating_add(1);
        let call = CallId(self.calls);
        let asked = Asked::Notification(number, attempt);
        of.asked.insert(call, (till, asked, i64::MAX));
        let life = of.life;
        let stored = self.storage.stored(id).map_or(0, |stored| stored.revision);
        let alerts = self.storage.record(id).map_or(0, |record| record.alerts().len());
        self.notices.insert(call, (stored, alerts));
        let refund_request_id = body.text("refundRequestId").map(Cow::into_owned);
        self.note(till, || format!("a notification arrives at process {process}"));
        let input = Input::Notified { call, id: Some(id.into()), refund_request_id, body };
        self.hand_in(process, life, input);
    }

    /// Tells the gateway whether its notification was stored.
    pub(super) fn acknowledge(&mut self, number: usize, attempt: usize, stored: bool) {
        let (status, body): (u16, &[u8]) = match stored {
            true => (200, br#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}"#),
            false => (400, br#"{"result":{"resultStatus":"U","resultCode":"UNKNOWN_EXCEPTION"}}"#),
        };
        let answer = Acknowledgement { status, headers: &[], body };
        self.gateway.acknowledge(self.now, number, attempt, Some(answer));
    }
}
