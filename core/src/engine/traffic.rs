//! Who may send when: a bound on requests in flight, a token bucket, and a bound that shrinks when the gateway is
//! overloaded and grows again slowly.
//!
//! A slot is given before the machine decides to send, so that its deadlines begin when the request can leave, and an
//! inquiry that waits here does not count as sent.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use crate::time::{duration, milliseconds};

/// How many requests may be under way, and how many may begin in a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests of one merchant that are under way at the same time.
    pub in_flight: usize,
    /// Requests of one merchant a second, in the long run.
    pub per_second: u32,
    /// Requests that may begin at once after a pause.
    pub burst: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { in_flight: 128, per_second: 1_000, burst: 1_000 }
    }
}

/// What goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    /// Pay, cancel, refund.
    Urgent,
    /// Inquiries. They keep a quarter of the slots.
    Inquiry,
}

/// A gateway's answer to the load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Load {
    /// It answered.
    Fine,
    /// It asked to be called less often.
    Limited,
    /// It did not answer in time.
    Silent,
}

/// So many missing answers in a row count as overload.
const SILENT: u32 = 8;
const FEWEST: usize = 4;
/// The bound shrinks at most once in this time.
const BACKOFF: Duration = Duration::from_secs(1);
/// A token in thousandths, so that a rate needs no fractions.
const TOKEN: i64 = 1_000;

/// The traffic of one merchant.
#[derive(Debug)]
pub(super) struct Traffic {
    limits: Limits,
    allowed: usize,
    /// Answers since the bound last grew.
    fine: usize,
    silent: u32,
    shrunk_at: Option<Duration>,
    tokens: i64,
    /// In whole milliseconds: a part of one is left for the next time.
    filled_at: Option<i64>,
    urgent: usize,
    inquiries: usize,
    waiting_urgent: VecDeque<Arc<str>>,
    waiting_inquiries: VecDeque<Arc<str>>,
}

impl Traffic {
    pub(super) fn new(limits: Limits) -> Self {
        Traffic {
            limits,
            allowed: limits.in_flight.max(1),
            fine: 0,
            silent: 0,
            shrunk_at: None,
            tokens: i64::from(limits.burst.max(1)).saturating_mul(TOKEN),
            filled_at: None,
            urgent: 0,
            inquiries: 0,
            waiting_urgent: VecDeque::new(),
            waiting_inquiries: VecDeque::new(),
        }
    }

    /// Puts a payment into the queue.
    pub(super) fn wait(&mut self, class: Class, id: Arc<str>) {
        match class {
            Class::Urgent => self.waiting_urgent.push_back(id),
            Class::Inquiry => self.waiting_inquiries.push_back(id),
        }
    }

    /// Whether somebody waits.
    pub(super) fn has_waiting(&self) -> bool {
        !self.waiting_urgent.is_empty() || !self.waiting_inquiries.is_empty()
    }

    /// Gives a slot to whoever is next. It is taken until [`free`](Traffic::free).
    pub(super) fn next(&mut self, now: Duration) -> Option<(Class, Arc<str>)> {
        self.fill(now);
        if self.tokens < TOKEN || self.urgent.saturating_add(self.inquiries) >= self.allowed {
            return None;
        }
        let wanted = self.inquiries.saturating_add(self.waiting_inquiries.len());
        let kept = (self.allowed.div_ceil(4)).min(wanted);
        let urgent = self.urgent < self.allowed.saturating_sub(kept) || wanted == 0;
        let next = if urgent { self.waiting_urgent.pop_front().map(|id| (Class::Urgent, id)) } else { None };
        let next = next.or_else(|| self.waiting_inquiries.pop_front().map(|id| (Class::Inquiry, id)))?;
        self.tokens = self.tokens.saturating_sub(TOKEN);
        match next.0 {
            Class::Urgent => self.urgent = self.urgent.saturating_add(1),
            Class::Inquiry => self.inquiries = self.inquiries.saturating_add(1),
        }
        Some(next)
    }

    /// A slot is free again.
    pub(super) fn free(&mut self, class: Class) {
        match class {
            Class::Urgent => self.urgent = self.urgent.saturating_sub(1),
            Class::Inquiry => self.inquiries = self.inquiries.saturating_sub(1),
        }
    }

    /// A slot was not needed: nothing was sent.
    pub(super) fn give_back(&mut self, class: Class) {
        self.free(class);
        self.tokens = self.tokens.saturating_add(TOKEN);
    }

    /// When a token will be there, by the monotonic clock, if somebody waits for one.
    pub(super) fn next_token(&self, now: Duration) -> Option<Duration> {
        let missing = TOKEN.saturating_sub(self.tokens);
        let rate = i64::from(self.limits.per_second.max(1));
        // A thousandth of a token a millisecond for each token a second.
        (self.has_waiting() && missing > 0)
            .then(|| now.saturating_add(duration(missing.saturating_add(rate.saturating_sub(1)) / rate)))
    }

    fn fill(&mut self, now: Duration) {
        let now = milliseconds(now);
        let passed = now.saturating_sub(*self.filled_at.get_or_insert(now)).max(0);
        self.filled_at = Some(now);
        let most = i64::from(self.limits.burst.max(1)).saturating_mul(TOKEN);
        let more = passed.saturating_mul(i64::from(self.limits.per_second.max(1)));
        self.tokens = self.tokens.saturating_add(more).min(most);
    }

    /// Takes in how the gateway bears the load.
    pub(super) fn hear(&mut self, load: Load, now: Duration) {
        match load {
            Load::Fine => {
                self.silent = 0;
                self.fine = self.fine.saturating_add(1);
                if self.fine >= self.allowed {
                    self.fine = 0;
                    self.allowed = self.allowed.saturating_add(1).min(self.limits.in_flight.max(1));
                }
            }
            Load::Limited => self.shrink(now),
            Load::Silent => {
                self.silent = self.silent.saturating_add(1);
                if self.silent >= SILENT {
                    self.silent = 0;
                    self.shrink(now);
                }
            }
        }
    }

    fn shrink(&mut self, now: Duration) {
        if self.shrunk_at.is_none_or(|at| now.saturating_sub(at) >= BACKOFF) {
            self.shrunk_at = Some(now);
            self.fine = 0;
            self.allowed = (self.allowed / 2).max(FEWEST.min(self.limits.in_flight.max(1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traffic(in_flight: usize) -> Traffic {
        Traffic::new(Limits { in_flight, per_second: 1_000, burst: 1_000 })
    }

    fn given(traffic: &mut Traffic, now: i64) -> Vec<Class> {
        std::iter::from_fn(|| traffic.next(duration(now)).map(|(class, _)| class)).collect()
    }

    fn wait(traffic: &mut Traffic, class: Class, count: usize) {
        for number in 0..count {
            traffic.wait(class, number.to_string().into());
        }
    }

    #[test]
    fn urgent_ones_go_first_and_inquiries_keep_a_quarter() {
        let mut traffic = traffic(8);
        wait(&mut traffic, Class::Inquiry, 10);
        wait(&mut traffic, Class::Urgent, 10);
        let classes = given(&mut traffic, 0);
        assert_eq!(classes, [vec![Class::Urgent; 6], vec![Class::Inquiry; 2]].concat());
        traffic.free(Class::Inquiry);
        assert_eq!(given(&mut traffic, 0), [Class::Inquiry]);
        traffic.free(Class::Urgent);
        assert_eq!(given(&mut traffic, 0), [Class::Urgent]);
    }

    #[test]
    fn without_inquiries_every_slot_is_urgent_and_the_reverse() {
        let mut busy = traffic(8);
        wait(&mut busy, Class::Urgent, 10);
        assert_eq!(given(&mut busy, 0), [Class::Urgent; 8]);
        let mut asking = traffic(8);
        wait(&mut asking, Class::Inquiry, 10);
        assert_eq!(given(&mut asking, 0), [Class::Inquiry; 8]);
    }

    #[test]
    fn tokens_come_with_time() {
        let mut traffic = Traffic::new(Limits { in_flight: 100, per_second: 10, burst: 2 });
        wait(&mut traffic, Class::Urgent, 10);
        assert_eq!(given(&mut traffic, 5_000).len(), 2);
        assert_eq!(traffic.next_token(duration(5_000)), Some(duration(5_100)));
        assert_eq!(given(&mut traffic, 5_099).len(), 0);
        assert_eq!(given(&mut traffic, 5_100).len(), 1);
        assert_eq!(given(&mut traffic, 60_000).len(), 2, "a pause saves no more than a burst");
        traffic.give_back(Class::Urgent);
        assert_eq!(given(&mut traffic, 60_000).len(), 1, "what was not sent costs nothing");
    }

    #[test]
    fn overload_halves_and_answers_add_one() {
        let mut traffic = traffic(64);
        traffic.hear(Load::Limited, duration(0));
        traffic.hear(Load::Limited, duration(10));
        assert_eq!(traffic.allowed, 32, "once a second");
        for _ in 0..32 {
            traffic.hear(Load::Fine, duration(20));
        }
        assert_eq!(traffic.allowed, 33);
        for at in 0..SILENT {
            traffic.hear(Load::Silent, duration(2_000 + i64::from(at)));
        }
        assert_eq!(traffic.allowed, 16);
        for second in 0..20 {
            traffic.hear(Load::Limited, duration(10_000 + second * 1_000));
        }
        assert_eq!(traffic.allowed, FEWEST);
    }
}
