//! The reverse of a whole payment, for hosts that do their own I/O: it lives in the ledger of the payment's refunds.

use std::sync::Mutex;

use alipay_instore::Timestamp;
use alipay_instore::dialect;
use alipay_instore::ledger;
use alipay_instore::reverse::{Reverse, ReverseEvent, ReverseOutcome};
use pyo3::prelude::*;

use crate::error::OrRaise as _;
use crate::payment::{Payment, object};
use crate::refund::{Money, RefundLedger, money};

/// Amount, state, the code of a refusal, when the next tick is due, our id of the refund, the gateway's, alerts.
pub(crate) type Standing =
    (Money, &'static str, Option<String>, Option<i64>, Option<String>, Option<String>, Vec<&'static str>);

fn standing(reverse: &Reverse) -> Standing {
    let code = match reverse.outcome() {
        Some(ReverseOutcome::Refused { code }) => Some(code.clone()),
        Some(ReverseOutcome::Reversed | ReverseOutcome::Unresolved) | None => None,
    };
    let alerts = reverse.alerts().iter().map(|kind| kind.as_str()).collect();
    let (ours, theirs) = (reverse.refund_request_id(), reverse.refund_id());
    let amount = money(reverse.order().amount);
    let ids = (ours.map(str::to_owned), theirs.map(str::to_owned));
    (amount, reverse.state(), code, reverse.next_wakeup().map(Timestamp::as_millis), ids.0, ids.1, alerts)
}

pub(crate) fn ledger(payment: &Payment) -> PyResult<RefundLedger> {
    let ledger = ledger::RefundLedger::for_reverse(&payment.lock()).or_raise()?;
    Ok(RefundLedger(Mutex::new(ledger)))
}

pub(crate) fn enter(ledger: &RefundLedger, payment: &Payment) -> PyResult<Standing> {
    let payment = payment.lock().clone();
    ledger.change(|ledger| ledger.enter_reverse(&payment).map(standing))
}

pub(crate) fn entered(ledger: &RefundLedger) -> Option<Standing> {
    ledger.lock().reverse().map(standing)
}

/// Takes an event in; gives the actions. Both are JSON.
pub(crate) fn handle(ledger: &RefundLedger, event: &str, now: i64) -> PyResult<String> {
    let event = ReverseEvent::from_json(object(event)?).or_raise()?;
    let now = Timestamp::from_millis(now);
    let actions = ledger.change(|ledger| ledger.handle_reverse(event, now))?;
    Ok(dialect::actions(&actions).to_string())
}
