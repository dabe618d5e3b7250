//! The refunds of a payment, for hosts that do their own I/O: one record, whose sum can't exceed the payment.

use std::sync::{Mutex, MutexGuard, PoisonError};

use alipay_instore::amount::Amount;
use alipay_instore::api::RefundRequest;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::message::json::Object;
use alipay_instore::refund::{self, Refund, RefundEvent, RefundOutcome};
use alipay_instore::result_code::Operation;
use pyo3::prelude::*;

use crate::error::{OrRaise as _, guard, raise};
use crate::merchant::Merchant;
use crate::payment::{Payment, as_json};

#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct RefundLedger(Mutex<refund::RefundLedger>);

/// Minor units and currency.
type Money = (u64, &'static str);

/// Id, amount, state, the gateway's code of a refusal, when the next tick is due, the gateway's id, alerts.
type Standing = (String, Money, &'static str, Option<String>, Option<i64>, Option<String>, Vec<&'static str>);

fn money(amount: Amount) -> Money {
    (amount.value(), amount.currency().code())
}

fn standing(refund: &Refund) -> Standing {
    let code = match refund.outcome() {
        Some(RefundOutcome::Failed { code }) => Some(code.clone()),
        Some(RefundOutcome::Refunded | RefundOutcome::OrderCancelled | RefundOutcome::Unresolved) | None => {
            None
        }
    };
    let order = refund.order();
    let alerts = refund.alerts().iter().map(|kind| kind.as_str()).collect();
    let refund_id = refund.refund_id().map(str::to_owned);
    let id = order.refund_request_id.clone();
    (id, money(order.amount), refund.state(), code, refund.next_wakeup(), refund_id, alerts)
}

impl RefundLedger {
    fn lock(&self) -> MutexGuard<'_, refund::RefundLedger> {
        // Every change is made in one assignment, so a panic leaves the ledger whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut refund::RefundLedger) -> Result<T>) -> PyResult<T> {
        let mut ledger = self.lock();
        let mut changed = ledger.clone();
        let value = change(&mut changed).or_raise()?;
        *ledger = changed;
        Ok(value)
    }
}

#[pymethods]
impl RefundLedger {
    #[staticmethod]
    fn of(payment: &Payment) -> PyResult<Self> {
        guard(|| {
            let ledger = refund::RefundLedger::of(&payment.lock()).or_raise()?;
            Ok(RefundLedger(Mutex::new(ledger)))
        })
    }

    #[staticmethod]
    fn restore(snapshot: &str) -> PyResult<Self> {
        guard(|| {
            let ledger = refund::RefundLedger::restore(snapshot).or_raise()?;
            Ok(RefundLedger(Mutex::new(ledger)))
        })
    }

    fn enter(&self, merchant: &Merchant, request: &str) -> PyResult<Standing> {
        guard(|| {
            let request = Object::parse(request.as_bytes()).map(RefundRequest::from_json).or_raise()?;
            let api_prefix = merchant.0.gateway().api_prefix(merchant.0.client_id());
            self.change(|ledger| ledger.enter_request(&request, api_prefix).map(standing))
        })
    }

    /// Takes an event of one refund in; gives the actions as JSON.
    fn handle(
        &self,
        refund_request_id: &str,
        kind: &str,
        now: i64,
        send_id: u32,
        operation: Option<&str>,
        body: Option<&str>,
    ) -> PyResult<String> {
        guard(|| {
            let operation: Operation = operation.unwrap_or("refund").parse().or_raise()?;
            let event = match kind {
                "begin" => RefundEvent::Begin,
                "reply" => {
                    let body = Object::parse(body.unwrap_or("{}").as_bytes()).or_raise()?;
                    RefundEvent::Reply { send_id, operation, body }
                }
                "no_reply" => RefundEvent::NoReply { send_id, operation },
                "resumed" => RefundEvent::Resumed,
                "tick" => RefundEvent::Tick,
                _ => return Err(raise(&Error::new(ErrorCode::ConfigInvalid, "there is no such event"))),
            };
            as_json(&self.change(|ledger| ledger.handle(refund_request_id, event, now))?)
        })
    }

    fn snapshot(&self) -> PyResult<String> {
        guard(|| Ok(self.lock().snapshot()))
    }

    #[getter]
    fn payment_request_id(&self) -> PyResult<String> {
        guard(|| Ok(self.lock().payment_request_id().to_owned()))
    }

    #[getter]
    fn payment_id(&self) -> PyResult<Option<String>> {
        guard(|| Ok(self.lock().payment_id().map(str::to_owned)))
    }

    #[getter]
    fn paid(&self) -> PyResult<Money> {
        guard(|| Ok(money(self.lock().paid())))
    }

    #[getter]
    fn refunded(&self) -> PyResult<u64> {
        guard(|| Ok(self.lock().refunded()))
    }

    #[getter]
    fn left(&self) -> PyResult<u64> {
        guard(|| Ok(self.lock().left()))
    }

    #[getter]
    fn refunds(&self) -> PyResult<Vec<Standing>> {
        guard(|| Ok(self.lock().refunds().iter().map(standing).collect()))
    }
}
