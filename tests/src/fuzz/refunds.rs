//! The refunds of one payment: `ams 1000` or `alipay_plus 1000` on the first line, on each other line a refund that is
//! entered, `{"refund": "r1", "enter": "300"}`, or an event of one,
//! `{"refund": "r1", "at": 5000, "event": {"type": "reply", "send_id": 1, "body": {…}}}`, or what a person found out,
//! `{"refund": "r1", "resolve": "made"}`. What can't be read is left out.

use std::collections::HashMap;

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::gateway::Operation;
use alipay_instore::json::Object;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::payment::Policy;
use alipay_instore::refund::{Refund, RefundAction, RefundEvent, RefundOutcome};
use serde_json::Value;

use super::lines;
use crate::flow;
use crate::refund::{ledger_of, order_of};

const MOST_LINES: usize = 200;
const MOST_TICKS: usize = 20_000;
/// In milliseconds.
const LATEST: i64 = 100_000_000_000_000;

/// What is known of one refund from outside.
#[derive(Default)]
struct Seen {
    proven: bool,
    concluded: bool,
    last: Timestamp,
    sends: Vec<Operation>,
}

pub(super) fn run(bytes: &[u8]) {
    let Some(mut lines) = lines(bytes) else { return };
    let Some((protocol, paid)) = lines.next().and_then(|line| line.split_once(' ')) else { return };
    let (Ok(protocol), Ok(paid)) = (protocol.parse(), Amount::from_minor(paid, "USD")) else { return };
    let Ok(mut ledger) = ledger_of(Policy::preset(protocol), paid) else { return };
    let mut seen: HashMap<String, Seen> = HashMap::new();
    for line in lines.take(MOST_LINES) {
        let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
        let Some(id) = line.get("refund").and_then(Value::as_str) else { continue };
        if let Some(value) = line.get("enter").and_then(Value::as_str) {
            enter(&mut ledger, id, value);
        } else if let Some(resolved) = line.get("resolve").and_then(Value::as_str) {
            resolve(&mut ledger, id, resolved);
        } else {
            feed(&mut ledger, seen.entry(id.to_owned()).or_default(), id, &line);
        }
        assert_eq!(RefundLedger::restore(&ledger.snapshot()).as_ref(), Ok(&ledger), "read back");
        let (spent, held) = (sum(&ledger, Refund::spent), sum(&ledger, may_have_been_made));
        assert_eq!(ledger.left(), paid.value().saturating_sub(spent), "what is left");
        assert!(held <= paid.value() && held <= spent, "more could be given back than was paid");
        assert!(ledger.refunded() <= spent, "what was given back counts as spent");
    }
    ticks_alone_end_it(ledger, &seen);
}

fn sum(ledger: &RefundLedger, counts: impl Fn(&Refund) -> bool) -> u64 {
    let counted = ledger.refunds().iter().filter(|refund| counts(refund));
    counted.map(|refund| refund.order().amount.value()).sum()
}

/// Open, made, or unresolved with nothing known since.
fn may_have_been_made(refund: &Refund) -> bool {
    match refund.outcome() {
        None | Some(RefundOutcome::Refunded) => true,
        Some(RefundOutcome::Unresolved) => refund.resolution().is_none() && refund.alerts().is_empty(),
        Some(_) => false,
    }
}

fn enter(ledger: &mut RefundLedger, id: &str, value: &str) {
    let Ok(amount) = Amount::from_minor(value, "USD") else { return };
    let (left, known) = (ledger.left(), ledger.refund(id).is_some());
    let entered = ledger.enter(order_of(id, amount));
    assert!(known || entered.is_err() || (1..=left).contains(&amount.value()), "too much was entered");
}

fn resolve(ledger: &mut RefundLedger, id: &str, resolved: &str) {
    let Ok(resolved) = resolved.parse() else { return };
    let unresolved = outcome(ledger, id) == Some(RefundOutcome::Unresolved);
    let done = ledger.resolve(id, resolved, "fuzz", "", Timestamp::UNIX_EPOCH);
    assert!(unresolved || done.is_err(), "a refund was resolved that was not unresolved");
}

fn feed(ledger: &mut RefundLedger, seen: &mut Seen, id: &str, line: &Value) {
    let at = line.get("at").and_then(Value::as_i64);
    let at = at.map_or(seen.last, |at| Timestamp::from_millis(at % LATEST));
    let Some(event) = line.get("event").and_then(|event| read(event, seen)) else { return };
    let proof = proves(id, &event, ledger);
    let before = ledger.clone();
    let Ok(actions) = ledger.handle(id, event, at) else {
        assert_eq!(*ledger, before, "an event that was refused left a trace");
        return;
    };
    seen.last = at;
    seen.proven |= proof;
    let (was, is) = (outcome(&before, id), outcome(ledger, id));
    assert!(was.is_none() || was == is, "a final outcome changed");
    assert!(is != Some(RefundOutcome::Refunded) || seen.proven, "refunded without evidence");
    let known = before.refund(id).map_or(0, |refund| refund.alerts().len());
    for numbered in actions {
        match numbered.action {
            RefundAction::Send { send_id, operation, body, .. } => {
                if usize::try_from(send_id).is_ok_and(|send_id| send_id > seen.sends.len()) {
                    seen.sends.push(operation);
                }
                let named = Object::parse(body.expose().as_bytes());
                let named = named.as_ref().ok().and_then(|body| body.text("refundRequestId"));
                assert_eq!(named.as_deref(), Some(id), "a request names another refund");
            }
            RefundAction::Conclude { .. } => seen.concluded = true,
            RefundAction::Alert { .. } => {}
        }
    }
    assert_eq!(seen.concluded, is.is_some(), "a refund concludes when it ends");
    assert!(ledger.refund(id).is_some_and(|refund| refund.alerts().len() >= known), "an alert was lost");
}

fn outcome(ledger: &RefundLedger, id: &str) -> Option<RefundOutcome> {
    ledger.refund(id).and_then(|refund| refund.outcome().cloned())
}

fn read(event: &Value, seen: &Seen) -> Option<RefundEvent> {
    let send_id = event.get("send_id").and_then(Value::as_u64).unwrap_or(1);
    let send_id = u32::try_from(send_id).unwrap_or(u32::MAX);
    let operation = usize::try_from(send_id).ok()?.checked_sub(1).and_then(|at| seen.sends.get(at)).copied();
    let named = event.get("operation").and_then(Value::as_str).and_then(|name| name.parse().ok());
    let operation = named.or(operation).unwrap_or(Operation::Refund);
    let whole = flow::whole(event, |_| Ok((send_id, operation))).ok()?;
    RefundEvent::from_json(whole).ok()
}

/// Whether an answer says that this refund was made, read from raw JSON.
fn proves(id: &str, event: &RefundEvent, ledger: &RefundLedger) -> bool {
    let (operation, body) = match event {
        RefundEvent::Reply { operation, body, .. } => (*operation, body),
        RefundEvent::Notified { body } => (Operation::Notify, body),
        _ => return false,
    };
    let Ok(body) = serde_json::from_str::<Value>(&body.to_string()) else { return false };
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str);
    // Ids and amounts may come as numbers.
    let scalar = |pointer: &str| match body.pointer(pointer)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let ours = ledger.refund(id).map(|refund| refund.order().amount.value());
    let stated = || scalar("/refundAmount/value").and_then(|value| value.parse::<u64>().ok());
    let another = scalar("/refundRequestId").is_some_and(|named| named != id)
        || body.get("refundAmount").is_some_and(|amount| !amount.is_null() && stated() != ours);
    let success = text("/result/resultStatus") == Some("S");
    let made = text("/refundStatus").is_some_and(|word| word.eq_ignore_ascii_case("SUCCESS"));
    let done = match operation {
        Operation::Refund => success,
        Operation::RefundInquiry => success && made,
        Operation::Notify => made && scalar("/refundRequestId").is_some(),
        _ => false,
    };
    done && !another
}

/// Every refund that has begun ends when nobody answers any more.
fn ticks_alone_end_it(mut ledger: RefundLedger, seen: &HashMap<String, Seen>) {
    for (id, seen) in seen {
        for _ in 0..MOST_TICKS {
            let Some(at) = ledger.refund(id).and_then(|refund| refund.next_wakeup()) else { break };
            if ledger.handle(id, RefundEvent::Tick, at.max(seen.last)).is_err() {
                break;
            }
        }
        let refund = ledger.refund(id);
        let asleep = refund.is_none_or(|refund| refund.outcome().is_some() || refund.state() == "ready");
        assert!(asleep, "ticks alone do not end a refund");
    }
}
