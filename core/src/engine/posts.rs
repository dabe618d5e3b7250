//! Requests: which may leave, and what comes back.

use std::sync::Arc;
use std::time::Duration;

use super::change::Change;
use super::drive::{is_inquiry, is_of_payment};
use super::io::{Now, Output, PostAnswer, PostId};
use super::live::Live;
use super::traffic::{Class, Load};
use super::{Engine, Timer};
use crate::api::PayResponse;
use crate::error::{Error, ErrorCode};
use crate::gateway::Operation;
use crate::json::Object;
use crate::payment::Certainty;
use crate::reply::Reading;
use crate::store::{Part, Undone};
use crate::timeline::TimelineEvent;

/// A request that the shell does not report is given up so much later than its deadline.
const LOST_AFTER: Duration = Duration::from_secs(5);

/// A request under way.
#[derive(Debug)]
pub(super) struct Post {
    id: Arc<str>,
    merchant: Arc<str>,
    part: Part,
    send_id: u32,
    operation: Operation,
    class: Class,
    sent: Now,
}

impl Engine {
    /// Sends what is to be sent, as far as it is stored: while the store fails, only inquiries.
    pub(super) fn launch(&mut self, live: &mut Live) {
        let Some(record) = live.record.as_ref().filter(|_| live.mine) else { return };
        let (saved, failing) = (live.is_saved(), live.failing_since.is_some());
        let now = self.time_of(live);
        let expired = record.payment.expiry().is_some_and(|expiry| now >= expiry);
        let may_leave = |undone: &&Undone| {
            let known = live.in_flight.iter().any(|(part, id)| *part == undone.part && *id == undone.send_id);
            let stored = saved || (failing && is_inquiry(undone.operation));
            let late = expired && undone.operation == Operation::Pay && is_of_payment(&undone.part);
            !known && stored && !late
        };
        let mut ready: Vec<Undone> = record.undone().iter().filter(may_leave).cloned().collect();
        if ready.is_empty() || live.is_to_be_resumed() || live.busy.is_some() {
            return;
        }
        if !self.is_alive() {
            // Somebody may hold this process dead by now: it beats first.
            self.owners.stalled.insert(Arc::clone(&live.id));
            return self.beat_now();
        }
        // What can't wait goes first.
        ready.sort_by_key(|undone| is_inquiry(undone.operation));
        for undone in ready {
            match live.slot.take() {
                Some((class, _)) => self.post(live, undone, class),
                None => {
                    let class = if is_inquiry(undone.operation) { Class::Inquiry } else { Class::Urgent };
                    return self.want_slot(live, class);
                }
            }
        }
    }

    fn post(&mut self, live: &mut Live, undone: Undone, class: Class) {
        let Undone { part, send_id, operation, path, body } = undone;
        let Some(merchant) = live.record.as_ref().and_then(|record| self.trade_of(record)) else {
            return;
        };
        let post = PostId(self.number());
        let deadline = self.config.request_timeout;
        let lost = self.now.monotonic.saturating_add(deadline).saturating_add(LOST_AFTER);
        self.timers.set(Timer::Post(post), lost);
        live.in_flight.push((part.clone(), send_id));
        if operation == Operation::Pay {
            live.unsent_pays.retain(|pay| *pay != send_id);
        }
        let attempt = live.attempt(&part, operation);
        self.observed(live, TimelineEvent::Sent { operation, send_id, attempt });
        let merchant_of = Arc::clone(&merchant);
        let id = Arc::clone(&live.id);
        let of = Post {
            id: Arc::clone(&id),
            merchant,
            part: part.clone(),
            send_id,
            operation,
            class,
            sent: self.now,
        };
        self.posts.insert(post, of);
        let merchant = merchant_of;
        self.outputs.push(Output::Post {
            post,
            id,
            part,
            send_id,
            merchant,
            operation,
            path,
            body,
            deadline,
        });
    }

    /// The shell has not reported how a request ended.
    pub(super) fn post_is_lost(&mut self, post: PostId) {
        let error = Error::new(ErrorCode::TransportTimeout, "the gateway did not answer in time");
        let answer = PostAnswer::Unanswered { certainty: Certainty::Unknown, unverified: None, error };
        self.posted(post, answer);
    }

    /// A request has ended.
    pub(super) fn posted(&mut self, post: PostId, answer: PostAnswer) {
        let Some(post) = self.posts.remove(&post) else { return };
        let Post { id, merchant, part, send_id, operation, class, sent } = post;
        let took = self.now.monotonic.saturating_sub(sent.monotonic);
        let Some(trade) = self.trades.get_mut(&merchant) else { return };
        trade.traffic.free(class);
        let protocol = trade.policy.protocol;
        let (event, change) = match answer {
            PostAnswer::Verified { body, signed_at, tracer_id, text_replaced } => {
                let timing = trade.clock.hear(signed_at, sent, self.now);
                let reading = Reading::new(protocol, operation, &body);
                let load = if reading.traffic_limit() { Load::Limited } else { Load::Fine };
                trade.traffic.hear(load, self.now.monotonic);
                let event = TimelineEvent::Answered {
                    operation,
                    send_id,
                    took,
                    result_status: reading.letter(),
                    result_code: reading.code(),
                    payment_status: reading.payment_word(),
                    tracer_id,
                    text_replaced,
                };
                (event, Change::Reply { part: part.clone(), send_id, operation, body, timing })
            }
            PostAnswer::Unanswered { certainty, unverified, error } => {
                let load = if certainty == Certainty::Unknown { Load::Silent } else { Load::Fine };
                if load == Load::Silent {
                    trade.traffic.hear(load, self.now.monotonic);
                }
                let unknown = certainty == Certainty::Unknown;
                let returns = matches!(operation, Operation::Cancel | Operation::Refund);
                let error = error.with_money(unknown && operation == Operation::Pay, unknown && returns);
                let event = TimelineEvent::Unanswered { operation, send_id, took, certainty, error };
                let change =
                    Change::NoReply { part: part.clone(), send_id, operation, certainty, unverified };
                (event, change)
            }
        };
        self.notice_jumps();
        if !self.live.contains(&id) && !change.is_evidence() {
            return;
        }
        self.on_any(&id, |engine, live| {
            live.in_flight.retain(|known| *known != (part.clone(), send_id));
            if let Change::Reply { operation: Operation::Pay, body, .. } = &change {
                warn_of_minimum(live, body);
            }
            engine.observed(live, event);
            if live.record.is_some() && live.busy.is_none() {
                if live.mine || change.is_evidence() {
                    engine.apply(live, change, None);
                }
            } else if !live.refused {
                live.todo.push_back(change);
                if live.busy.is_none() && live.record.is_none() {
                    engine.load(live);
                }
            }
        });
    }
}

/// Where the wallet is known from the answer only, a minimum is told with the result.
fn warn_of_minimum(live: &mut Live, body: &Object) {
    let Some(record) = live.record.as_ref().filter(|_| !live.calls.is_empty()) else { return };
    let mut told = Object::new();
    for name in PayResponse::NAMES_OF_WALLET {
        if let Some(value) = body.get(name) {
            told.set(name, value.clone());
        }
    }
    let warning = PayResponse::from_json(told).warning(record.payment.order().amount);
    for call in &mut live.calls {
        call.warnings
            .extend(warning.iter().filter(|new| !call.warnings.contains(new)).cloned().collect::<Vec<_>>());
    }
}
