//! The refunds and the reverse of a payment, for hosts that do their own I/O.

use std::sync::Mutex;

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::dialect;
use alipay_instore::error::Result;
use alipay_instore::json::{Json, Object};
use alipay_instore::ledger;
use alipay_instore::payment::Secret;
use alipay_instore::refund::{Refund, RefundEvent, RefundOrder};
use alipay_instore::reverse::{Reverse, ReverseEvent};
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;

use crate::error::{OrRaise as _, guard};
use crate::machine::{Payment, object, wakeup};
use crate::process::locked;

/// What was given back of one payment, and what may still be.
#[php_class]
#[php(name = "AlipayInstore\\Native\\RefundLedger", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct RefundLedger(Mutex<ledger::RefundLedger>);

impl RefundLedger {
    /// A change is made on a copy first, so that a refused one leaves the ledger as it was.
    fn change<T>(&self, change: impl FnOnce(&mut ledger::RefundLedger) -> Result<T>) -> PhpResult<T> {
        let mut ledger = locked(&self.0);
        let mut changed = ledger.clone();
        let value = change(&mut changed).or_raise()?;
        *ledger = changed;
        Ok(value)
    }
}

fn refund(of: &Refund) -> Object {
    Object::new()
        .with("refund_request_id", of.order().refund_request_id.as_str())
        .with("refund_id", of.refund_id().map_or(Json::Null, Json::from))
        .with("value", of.order().amount.value().to_string())
        .with("currency", of.order().amount.currency().code())
        .with("state", of.state())
        .with("outcome", dialect::outcome(of.outcome()))
        .with("alerts", dialect::alerts(of.alerts()))
        .with("next_wakeup", wakeup(of.next_wakeup()))
}

fn reverse(of: &Reverse) -> Object {
    Object::new()
        .with("refund_request_id", of.refund_request_id().map_or(Json::Null, Json::from))
        .with("refund_id", of.refund_id().map_or(Json::Null, Json::from))
        .with("value", of.order().amount.value().to_string())
        .with("currency", of.order().amount.currency().code())
        .with("state", of.state())
        .with("outcome", dialect::outcome(of.outcome()))
        .with("alerts", dialect::alerts(of.alerts()))
        .with("next_wakeup", wakeup(of.next_wakeup()))
}

#[php_impl]
impl RefundLedger {
    /// The ledger of a payment that was paid.
    pub fn of(payment: &Payment) -> PhpResult<Self> {
        guard(|| Ok(RefundLedger(Mutex::new(ledger::RefundLedger::of(&payment.lock()).or_raise()?))))
    }

    /// The ledger of a payment that is to be reversed, in whatever state that is.
    pub fn for_reverse(payment: &Payment) -> PhpResult<Self> {
        guard(|| Ok(RefundLedger(Mutex::new(ledger::RefundLedger::for_reverse(&payment.lock()).or_raise()?))))
    }

    /// The ledger of a snapshot.
    pub fn restore(snapshot: &str) -> PhpResult<Self> {
        guard(|| Ok(RefundLedger(Mutex::new(ledger::RefundLedger::restore(snapshot).or_raise()?))))
    }

    /// Everything about it, to be stored.
    pub fn snapshot(&self) -> PhpResult<String> {
        guard(|| Ok(locked(&self.0).snapshot()))
    }

    /// Enters a refund of minor units; the body is the request as JSON.
    pub fn enter(
        &self,
        refund_request_id: String,
        value: &str,
        currency: &str,
        api_prefix: String,
        body: &str,
    ) -> PhpResult<()> {
        guard(|| {
            let amount = Amount::from_minor(value, currency).or_raise()?;
            let body = Secret::new(object(body)?.to_string());
            self.change(|ledger| {
                ledger.enter(RefundOrder { refund_request_id, amount, api_prefix, body }).map(drop)
            })
        })
    }

    /// Takes an event of one refund in; gives the actions. Both are JSON.
    pub fn handle(&self, refund_request_id: &str, event: &str, now: i64) -> PhpResult<String> {
        guard(|| {
            let event = RefundEvent::from_json(object(event)?).or_raise()?;
            let now = Timestamp::from_millis(now);
            let actions = self.change(|ledger| ledger.handle(refund_request_id, event, now))?;
            Ok(dialect::actions(&actions).to_string())
        })
    }

    /// What a person found out about a refund that is unresolved.
    pub fn resolve(
        &self,
        refund_request_id: &str,
        resolved: &str,
        who: &str,
        note: &str,
        now: i64,
    ) -> PhpResult<()> {
        guard(|| {
            let resolved = resolved.parse().or_raise()?;
            let now = Timestamp::from_millis(now);
            self.change(|ledger| ledger.resolve(refund_request_id, resolved, who, note, now))
        })
    }

    /// Enters the reverse of the payment.
    pub fn enter_reverse(&self, payment: &Payment) -> PhpResult<()> {
        guard(|| {
            let payment = payment.lock().clone();
            self.change(|ledger| ledger.enter_reverse(&payment).map(drop))
        })
    }

    /// Takes an event of the reverse in; gives the actions. Both are JSON.
    pub fn handle_reverse(&self, event: &str, now: i64) -> PhpResult<String> {
        guard(|| {
            let event = ReverseEvent::from_json(object(event)?).or_raise()?;
            let now = Timestamp::from_millis(now);
            let actions = self.change(|ledger| ledger.handle_reverse(event, now))?;
            Ok(dialect::actions(&actions).to_string())
        })
    }

    /// The sums, every refund, and the reverse, as JSON.
    pub fn standing(&self) -> PhpResult<String> {
        guard(|| {
            let ledger = locked(&self.0);
            let refunds = ledger.refunds().iter().map(|of| Json::from(refund(of))).collect();
            let standing = Object::new()
                .with("payment_request_id", ledger.payment_request_id())
                .with("currency", ledger.paid().currency().code())
                .with("paid", ledger.paid().value().to_string())
                .with("refunded", ledger.refunded().to_string())
                .with("left", ledger.left().to_string())
                .with("refunds", Json::Array(refunds))
                .with("reverse", ledger.reverse().map_or(Json::Null, |of| reverse(of).into()));
            Ok(standing.to_string())
        })
    }
}
