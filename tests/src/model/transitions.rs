//! Which steps from state to state the payment machine really takes, written down while something else drives it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use alipay_instore::Timestamp;
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::payment::{Event, Numbered, Payment};
use serde_json::{Value, json};

use super::subject::{Real, Subject};
use crate::simulate::pairs::STATES;

/// The events, an answer by the operation that it answers.
const EVENTS: [&str; 11] = [
    "begin",
    "answer to pay",
    "answer to inquiry",
    "answer to cancel",
    "answer to refund",
    "answer to refund inquiry",
    "no answer",
    "notification",
    "cancel requested",
    "restart",
    "deadline",
];

const COUNT: usize = STATES.len() * EVENTS.len() * STATES.len();

fn event_name(event: &Event) -> &'static str {
    match event {
        Event::Begin => "begin",
        Event::Reply { operation, .. } => match operation {
            Operation::Pay => "answer to pay",
            Operation::Inquiry => "answer to inquiry",
            Operation::Cancel => "answer to cancel",
            Operation::Refund => "answer to refund",
            Operation::RefundInquiry => "answer to refund inquiry",
            Operation::Notify => "notification",
        },
        Event::NoReply { .. } => "no answer",
        Event::Notified { .. } => "notification",
        Event::CancelRequested => "cancel requested",
        Event::Resumed => "restart",
        Event::Tick => "deadline",
    }
}

/// The real machine, whose steps are noted: one bit for each from, event and to.
#[derive(Debug)]
pub struct Recorder {
    seen: [AtomicU64; COUNT.div_ceil(64)],
}

impl Default for Recorder {
    fn default() -> Self {
        Recorder { seen: std::array::from_fn(|_| AtomicU64::new(0)) }
    }
}

impl Recorder {
    fn note(&self, from: &str, event: &str, to: &str) {
        let place = |names: &[&str], name: &str| names.iter().position(|known| *known == name);
        let found = (place(&STATES, from), place(&EVENTS, event), place(&STATES, to));
        let (Some(from), Some(event), Some(to)) = found else { unreachable!("{from}, {event}, {to}") };
        let bit = (from * EVENTS.len() + event) * STATES.len() + to;
        if let Some(word) = self.seen.get(bit / 64) {
            // Mostly known already; a write would be shared by all threads.
            if word.load(Ordering::Relaxed) >> (bit % 64) & 1 == 0 {
                word.fetch_or(1 << (bit % 64), Ordering::Relaxed);
            }
        }
    }

    /// The steps that were taken and are not on the page about the machine, whose text is that of [`Recorder::transitions`].
    pub fn missing_from(&self, page: &Value) -> Vec<String> {
        let words = |row: &Value| -> Vec<String> {
            let text = |name| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let by = row.get("by").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            by.map(|by| format!("{} -> {} by {by}", text("from"), text("to"))).collect()
        };
        let all =
            |rows: &Value| -> Vec<String> { rows.as_array().into_iter().flatten().flat_map(words).collect() };
        let known = all(page);
        all(&self.transitions()).into_iter().filter(|step| !known.contains(step)).collect()
    }

    /// The steps that lead to another state, with the events that cause them, in the order of the lists above.
    pub fn transitions(&self) -> Value {
        let mut found: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
        for bit in 0..COUNT {
            let (from, to) = (bit / STATES.len() / EVENTS.len(), bit % STATES.len());
            let set = self
                .seen
                .get(bit / 64)
                .is_some_and(|word| word.load(Ordering::Relaxed) >> (bit % 64) & 1 == 1);
            if set && from != to {
                let event = EVENTS.get(bit / STATES.len() % EVENTS.len()).copied().unwrap_or_default();
                found.entry((from, to)).or_default().push(event);
            }
        }
        let name = |place: usize| STATES.get(place).copied().unwrap_or_default();
        let rows =
            found.into_iter().map(|((from, to), by)| json!({"from": name(from), "to": name(to), "by": by}));
        rows.collect()
    }
}

impl Subject for Arc<Recorder> {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        let (from, name) = (payment.state().name(), event_name(&event));
        let actions = Real.handle(payment, event, now)?;
        self.note(from, name, payment.state().name());
        Ok(actions)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        Real.restore(payment)
    }
}
