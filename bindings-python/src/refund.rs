//! The refunds of a payment, for hosts that do their own I/O: one record, whose sum can't exceed the payment.

use std::sync::{Mutex, MutexGuard, PoisonError};

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::RefundRequest;
use alipay_instore::dialect;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::json::Object;
use alipay_instore::ledger;
use alipay_instore::payment::Secret;
use alipay_instore::refund::{Refund, RefundEvent, RefundOrder, RefundOutcome};
use pyo3::prelude::*;

use crate::argument::Text;
use crate::error::{OrRaise as _, guard, raise};
use crate::merchant::Merchant;
use crate::payment::{Payment, object};
use crate::reverse;

#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct RefundLedger(pub(crate) Mutex<ledger::RefundLedger>);

/// Minor units and currency.
pub(crate) type Money = (u64, &'static str);

/// What a person found out, who, how, and when.
type Resolution = (&'static str, String, String, i64);

/// Id, amount, state, the gateway's code of a refusal, when the next tick is due, the gateway's id, alerts, whether it
/// counts as spent, whether it counts as given back, how a person resolved it.
type Standing = (
    String,
    Money,
    &'static str,
    Option<String>,
    Option<i64>,
    Option<String>,
    Vec<&'static str>,
    bool,
    bool,
    Option<Resolution>,
);

pub(crate) fn money(amount: Amount) -> Money {
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
    let resolution = refund.resolution().map(|resolution| {
        (
            resolution.resolved.as_str(),
            resolution.who.clone(),
            resolution.note.clone(),
            resolution.at.as_millis(),
        )
    });
    let (spent, given_back) = (refund.spent(), refund.given_back());
    let (amount, wakeup) = (money(order.amount), refund.next_wakeup().map(Timestamp::as_millis));
    (id, amount, refund.state(), code, wakeup, refund_id, alerts, spent, given_back, resolution)
}

impl RefundLedger {
    pub(crate) fn lock(&self) -> MutexGuard<'_, ledger::RefundLedger> {
        // Every change is made in one assignment, so a panic leaves the ledger whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn change<T>(
        &self,
        change: impl FnOnce(&mut ledger::RefundLedger) -> Result<T>,
    ) -> PyResult<T> {
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
            let ledger = ledger::RefundLedger::of(&payment.lock()).or_raise()?;
            Ok(RefundLedger(Mutex::new(ledger)))
        })
    }

    #[staticmethod]
    fn restore(snapshot: Text) -> PyResult<Self> {
        guard(|| {
            let ledger = ledger::RefundLedger::restore(&snapshot).or_raise()?;
            Ok(RefundLedger(Mutex::new(ledger)))
        })
    }

    fn enter(&self, merchant: &Merchant, request: Text) -> PyResult<Standing> {
        guard(|| {
            let request = Object::parse(request.as_bytes()).map(RefundRequest::from_json).or_raise()?;
            let api_prefix = merchant.0.gateway().api_prefix(merchant.0.client_id());
            self.change(|ledger| ledger.enter_request(&request, api_prefix).map(standing))
        })
    }

    /// Enters a refund that was checked elsewhere.
    fn enter_order(
        &self,
        refund_request_id: Text,
        value: Text,
        currency: Text,
        api_prefix: Text,
        body: Text,
    ) -> PyResult<Standing> {
        guard(|| {
            let amount = Amount::from_minor(&value, &currency).or_raise()?;
            let body = Secret::new(object(&body)?.to_string());
            let (refund_request_id, api_prefix) = (String::from(refund_request_id), String::from(api_prefix));
            let id = refund_request_id.clone();
            self.change(|ledger| ledger.enter(RefundOrder { refund_request_id, amount, api_prefix, body }))?;
            self.lock()
                .refund(&id)
                .map(standing)
                .ok_or_else(|| raise(&Error::new(ErrorCode::RefundNotBegun, "the refund was not entered")))
        })
    }

    /// What a person found out about a refund that is unresolved.
    fn resolve(
        &self,
        refund_request_id: Text,
        resolved: Text,
        who: Text,
        note: Text,
        now: i64,
    ) -> PyResult<()> {
        guard(|| {
            let resolved = resolved.parse().or_raise()?;
            let now = Timestamp::from_millis(now);
            self.change(|ledger| ledger.resolve(&refund_request_id, resolved, &who, &note, now))
        })
    }

    /// Takes an event of one refund in; gives the actions. Both are JSON.
    fn handle(&self, refund_request_id: Text, event: Text, now: i64) -> PyResult<String> {
        guard(|| {
            let event = RefundEvent::from_json(object(&event)?).or_raise()?;
            let now = Timestamp::from_millis(now);
            let actions = self.change(|ledger| ledger.handle(&refund_request_id, event, now))?;
            Ok(dialect::actions(&actions).to_string())
        })
    }

    #[staticmethod]
    fn for_reverse(payment: &Payment) -> PyResult<Self> {
        guard(|| reverse::ledger(payment))
    }

    fn enter_reverse(&self, payment: &Payment) -> PyResult<reverse::Standing> {
        guard(|| reverse::enter(self, payment))
    }

    #[getter]
    fn reverse(&self) -> PyResult<Option<reverse::Standing>> {
        guard(|| Ok(reverse::entered(self)))
    }

    /// Takes an event of the reverse in; gives the actions. Both are JSON.
    fn handle_reverse(&self, event: Text, now: i64) -> PyResult<String> {
        guard(|| reverse::handle(self, &event, now))
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
