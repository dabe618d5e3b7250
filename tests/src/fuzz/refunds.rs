//! The refunds of one payment: `ams 1000` or `alipay_plus 1000` on the first line, on each other line a refund that is
//! entered, `{"refund": "r1", "enter": "300"}`, or an event of one,
//! `{"refund": "r1", "at": 5000, "event": {"type": "reply", "send_id": 1, "body": {…}}}`. What can't be read is left out.

use std::collections::HashMap;

use alipay_instore::amount::Amount;
use alipay_instore::api::Scenario;
use alipay_instore::gateway::Protocol;
use alipay_instore::message::json::Object;
use alipay_instore::payment::{Event, Order, Payment, Policy, Secret, Timing};
use alipay_instore::refund::{RefundAction, RefundEvent, RefundLedger, RefundOrder, RefundOutcome};
use alipay_instore::result_code::Operation;
use serde_json::Value;

use super::lines;

const MOST_LINES: usize = 200;
const MOST_TICKS: usize = 20_000;
const LATEST: i64 = 100_000_000_000_000;

/// What is known of one refund from outside.
#[derive(Default)]
struct Seen {
    proven: bool,
    concluded: bool,
    last: i64,
    sends: Vec<Operation>,
}

pub(super) fn run(bytes: &[u8]) {
    let Some(mut lines) = lines(bytes) else { return };
    let Some((protocol, paid)) = lines.next().and_then(|line| line.split_once(' ')) else { return };
    let (Ok(protocol), Ok(paid)) = (protocol.parse(), Amount::from_minor(paid, "USD")) else { return };
    let Some(mut ledger) = ledger(protocol, paid) else { return };
    let mut seen: HashMap<String, Seen> = HashMap::new();
    for line in lines.take(MOST_LINES) {
        let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
        let Some(id) = line.get("refund").and_then(Value::as_str) else { continue };
        if let Some(value) = line.get("enter").and_then(Value::as_str) {
            enter(&mut ledger, id, value);
        } else {
            feed(&mut ledger, seen.entry(id.to_owned()).or_default(), id, &line);
        }
        assert_eq!(RefundLedger::restore(&ledger.snapshot()).as_ref(), Ok(&ledger), "read back");
        let given: u64 = ledger
            .refunds()
            .iter()
            .filter(|refund| {
                !matches!(
                    refund.outcome(),
                    Some(RefundOutcome::Failed { .. } | RefundOutcome::OrderCancelled)
                )
            })
            .map(|refund| refund.order().amount.value())
            .sum();
        assert_eq!(given + ledger.left(), paid.value(), "more could be given back than was paid");
    }
    ticks_alone_end_it(ledger, &seen);
}

fn ledger(protocol: Protocol, paid: Amount) -> Option<RefundLedger> {
    let request = Object::new().with("paymentRequestId", "p");
    let order = Order::new("p".to_owned(), paid, Scenario::PaymentCode, None, "/v1".to_owned(), &request);
    let mut payment = Payment::new(Policy::preset(protocol), order);
    payment.begin(0).ok()?;
    let result = Object::new().with("resultStatus", "S").with("resultCode", "SUCCESS");
    let amount = Object::new().with("currency", "USD").with("value", paid.value().to_string());
    let body = Object::new()
        .with("result", result)
        .with("paymentId", "2026")
        .with("paymentAmount", amount)
        .with("paymentTime", "2026-11-22T00:00:00Z");
    payment
        .handle(Event::Reply { send_id: 1, operation: Operation::Pay, body, timing: Timing::default() }, 1)
        .ok()?;
    RefundLedger::of(&payment).ok()
}

fn enter(ledger: &mut RefundLedger, id: &str, value: &str) {
    let Ok(amount) = Amount::from_minor(value, "USD") else { return };
    let (left, known) = (ledger.left(), ledger.refund(id).is_some());
    let body = Object::new().with("refundRequestId", id);
    let order = RefundOrder {
        refund_request_id: id.to_owned(),
        amount,
        api_prefix: "/v1".to_owned(),
        body: Secret::new(body.to_string()),
    };
    let entered = ledger.enter(order);
    assert!(known || entered.is_err() || (1..=left).contains(&amount.value()), "too much was entered");
}

fn feed(ledger: &mut RefundLedger, seen: &mut Seen, id: &str, line: &Value) {
    let at = line.get("at").and_then(Value::as_i64).unwrap_or(seen.last) % LATEST;
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
    Some(match event.get("type").and_then(Value::as_str)? {
        "begin" => RefundEvent::Begin,
        "reply" => {
            let body = Object::parse(event.get("body")?.to_string().as_bytes()).ok()?;
            RefundEvent::Reply { send_id, operation, body }
        }
        "no_reply" => RefundEvent::NoReply { send_id, operation },
        "resumed" => RefundEvent::Resumed,
        "tick" => RefundEvent::Tick,
        _ => return None,
    })
}

/// Whether an answer says that this refund was made, read from raw JSON.
fn proves(id: &str, event: &RefundEvent, ledger: &RefundLedger) -> bool {
    let RefundEvent::Reply { operation, body, .. } = event else { return false };
    let Ok(body) = serde_json::from_str::<Value>(&body.to_string()) else { return false };
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str);
    let ours = ledger.refund(id).map(|refund| refund.order().amount.value().to_string());
    let another = text("/refundRequestId").is_some_and(|named| named != id)
        || body.get("refundAmount").is_some_and(|_| text("/refundAmount/value") != ours.as_deref());
    let success = text("/result/resultStatus") == Some("S");
    let done = match operation {
        Operation::Refund => success,
        Operation::RefundInquiry => success && text("/refundStatus") == Some("SUCCESS"),
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
