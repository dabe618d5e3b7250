//! Which event met which state, and which pairs can't be: what the simulation has to have seen.

use alipay_instore::gateway::Operation;
use alipay_instore::payment::{Certainty, Event};

/// The names of the states.
pub const STATES: [&str; 11] = [
    "ready",
    "paying",
    "awaiting_customer",
    "confirming",
    "cancelling",
    "refunding",
    "succeeded",
    "failed",
    "cancelled",
    "refunded",
    "unresolved",
];

/// The names of the events. Whether a request was sent at all makes a difference only for pay, so the two ways of
/// having no reply are one event elsewhere.
pub const EVENTS: [&str; 16] = [
    "begin",
    "tick",
    "resumed",
    "cancel_requested",
    "notified",
    "pay: reply",
    "pay: no reply",
    "pay: not sent",
    "inquiry: reply",
    "inquiry: no reply",
    "cancel: reply",
    "cancel: no reply",
    "refund: reply",
    "refund: no reply",
    "refund_inquiry: reply",
    "refund_inquiry: no reply",
];

/// The event's name among [`EVENTS`].
pub fn name_of(event: &Event) -> &'static str {
    match event {
        Event::Begin => "begin",
        Event::Tick => "tick",
        Event::Resumed => "resumed",
        Event::CancelRequested => "cancel_requested",
        Event::Notified { .. } => "notified",
        Event::Reply { operation, .. } => match operation {
            Operation::Pay => "pay: reply",
            Operation::Inquiry => "inquiry: reply",
            Operation::Cancel => "cancel: reply",
            Operation::Refund => "refund: reply",
            Operation::RefundInquiry => "refund_inquiry: reply",
            Operation::Notify => "notified",
        },
        Event::NoReply { operation, certainty, .. } => match operation {
            Operation::Pay if *certainty == Certainty::NotSent => "pay: not sent",
            Operation::Pay => "pay: no reply",
            Operation::Inquiry => "inquiry: no reply",
            Operation::Cancel => "cancel: no reply",
            Operation::Refund => "refund: no reply",
            Operation::RefundInquiry => "refund_inquiry: no reply",
            Operation::Notify => "notified",
        },
    }
}

/// Why an event can't meet a state; nothing if it can.
///
/// An event that `step` refuses with an error is not a pair of it: those refusals are counted by themselves.
pub fn impossible(state: &str, event: &str) -> Option<&'static str> {
    let (operation, _) = event.split_once(": ").unwrap_or((event, ""));
    match (state, operation) {
        ("ready", "begin" | "cancel_requested") => None,
        ("ready", _) => Some("refused: nothing but these two comes before the beginning"),
        (_, "begin") => Some("refused: a payment begins once"),
        ("paying", "inquiry" | "cancel" | "refund" | "refund_inquiry") => {
            Some("pay alone was sent so far, and nothing leads back to here")
        }
        ("awaiting_customer", "cancel" | "refund" | "refund_inquiry") => {
            Some("no form is shown once a cancel was sent")
        }
        ("confirming" | "cancelling", "refund" | "refund_inquiry") => Some("a refund only leads to the end"),
        ("succeeded", "cancel" | "refund" | "refund_inquiry") => {
            Some("once a cancel was sent a payment ends in another way")
        }
        ("failed", "refund" | "refund_inquiry") => Some("a payment that is being refunded does not fail"),
        _ => None,
    }
}

/// A place for every pair.
#[derive(Clone, Debug)]
pub struct Pairs([[u64; EVENTS.len()]; STATES.len()]);

impl Default for Pairs {
    fn default() -> Self {
        Pairs([[0; EVENTS.len()]; STATES.len()])
    }
}

impl Pairs {
    /// Counts one.
    pub fn count(&mut self, state: &str, event: &str) {
        let row = STATES.iter().position(|known| *known == state);
        let column = EVENTS.iter().position(|known| *known == event);
        if let (Some(row), Some(column)) = (row, column)
            && let Some(place) = self.0.get_mut(row).and_then(|row| row.get_mut(column))
        {
            *place = place.saturating_add(1);
        }
    }

    /// Every pair with its count.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> + '_ {
        STATES.iter().zip(&self.0).flat_map(|(state, row)| {
            EVENTS.iter().zip(row).map(move |(event, count)| (*state, *event, *count))
        })
    }

    /// Adds what another thread has seen.
    pub fn add(&mut self, other: &Pairs) {
        for (row, others) in self.0.iter_mut().zip(&other.0) {
            for (place, count) in row.iter_mut().zip(others) {
                *place = place.saturating_add(*count);
            }
        }
    }

    /// Pairs that can be and were not seen.
    pub fn never_seen(&self) -> Vec<(&'static str, &'static str)> {
        let never =
            self.iter().filter(|(state, event, count)| *count == 0 && impossible(state, event).is_none());
        never.map(|(state, event, _)| (state, event)).collect()
    }

    /// Pairs that were seen though they can't be: then the list of reasons is wrong, or the machine.
    pub fn seen_though_impossible(&self) -> Vec<(&'static str, &'static str)> {
        let seen =
            self.iter().filter(|(state, event, count)| *count > 0 && impossible(state, event).is_some());
        seen.map(|(state, event, _)| (state, event)).collect()
    }
}
