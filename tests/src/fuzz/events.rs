//! One flow case on the first line, one event on each other: `{"at": 5000, "event": {"type": "tick"}}`, as in the vector
//! files. What can't be read is left out, so that a change of one line leaves the others as they were. The gateway here is
//! anybody: events contradict each other and come in any order, and still the promises hold.

use std::collections::HashSet;
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::error::Category;
use alipay_instore::gateway::Operation;
use alipay_instore::payment::{Certainty, Event, Payment};
use serde_json::Value;

use super::lines;
use crate::flow::Drive;
use crate::model::subject::Real;
use crate::simulate::oracle::{self, Fact, Oracle};
use crate::simulate::world::ends_with_ticks_alone;

const MOST_EVENTS: usize = 200;
/// Times are kept within some thousand years, which is what hosts have; in milliseconds.
const LATEST: i64 = 100_000_000_000_000;
/// A clock that is set back further keeps the payment's expiry, which is a time of the gateway, out of reach for as long.
const FURTHEST_BACK: Duration = Duration::from_secs(60 * 60);

pub(super) fn run(bytes: &[u8]) {
    let Some(mut lines) = lines(bytes) else { return };
    let case = lines.next().and_then(|line| serde_json::from_str::<Value>(line).ok());
    let Some(Ok(mut drive)) = case.map(|case| Drive::new(&case)) else { return };
    let mut oracle = Oracle::default();
    let mut not_sent = HashSet::new();
    let mut last = Timestamp::UNIX_EPOCH;
    for line in lines.take(MOST_EVENTS) {
        let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
        let at =
            line.get("at").and_then(Value::as_i64).map_or(last, |at| Timestamp::from_millis(at % LATEST));
        let at = at.max(last.saturating_sub(FURTHEST_BACK));
        if let Some(Ok(event)) = line.get("event").map(|event| drive.read(event)) {
            if let Event::NoReply { send_id, certainty: Certainty::NotSent, .. } = event {
                not_sent.insert(send_id);
            }
            oracle.pay_left = drive
                .sends
                .iter()
                .any(|(send_id, operation)| *operation == Operation::Pay && !not_sent.contains(send_id));
            last = step(&mut drive, &mut oracle, event, at).unwrap_or(last);
        }
    }
    let begun = drive.payment.begun_at().is_some();
    if begun && drive.payment.outcome().is_none() {
        assert!(ends_with_ticks_alone(&Real, &drive.payment, last), "6: ticks alone do not end it in time");
    }
}

/// Feeds one event; the time if it was taken.
fn step(drive: &mut Drive, oracle: &mut Oracle, event: Event, at: Timestamp) -> Option<Timestamp> {
    let before = drive.payment.clone();
    let learned = fact(&before, &event);
    let asked = event == Event::CancelRequested;
    if event == Event::Resumed {
        let restored = Payment::restore(&before.snapshot());
        assert_eq!(restored.as_ref(), Ok(&before), "8: a snapshot does not give the payment back");
    }
    let actions = match drive.payment.handle(event, at) {
        Ok(actions) => actions,
        Err(error) => {
            assert_eq!(drive.payment, before, "9: an event that was refused left a trace");
            assert!(error.category() != Category::Internal, "9: {error}");
            return None;
        }
    };
    if let Some((operation, send_id, fact)) = learned {
        oracle.learns(operation, send_id, fact);
    }
    oracle.asked |= asked;
    let promise = oracle.after_step(&drive.payment, before.outcome(), &actions, at);
    assert_eq!(promise, Ok(()), "{:?}", drive.payment);
    drive.carry_out(&actions);
    let sleeps = drive.payment.next_wakeup().is_none();
    let ended = drive.payment.outcome().is_some();
    let begun = drive.payment.begun_at().is_some();
    assert_eq!(sleeps, ended || !begun, "6: a payment sleeps exactly when it has not begun or has ended");
    Some(at)
}

fn fact(payment: &Payment, event: &Event) -> Option<(Operation, u32, Fact)> {
    let (operation, send_id, body) = match event {
        Event::Reply { operation, send_id, body, timing } => {
            let bytes = body.to_string();
            if timing.stale && oracle::names_nothing(payment, bytes.as_bytes()) {
                return Some((*operation, *send_id, Fact::Nothing));
            }
            (*operation, *send_id, body)
        }
        Event::Notified { body } => (Operation::Notify, 0, body),
        _ => return None,
    };
    let protocol = payment.policy().protocol;
    let fact = oracle::read(payment.order(), protocol, operation, body.to_string().as_bytes());
    Some((operation, send_id, fact))
}
