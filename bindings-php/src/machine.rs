//! The payment machine itself, for hosts that do their own I/O.

use std::sync::{Mutex, MutexGuard};

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::Scenario;
use alipay_instore::dialect;
use alipay_instore::json::{Json, Object};
use alipay_instore::payment::{self, Event, PaymentOrder};
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;

use crate::error::{OrRaise as _, guard};
use crate::process::locked;
use crate::values::policy_of;

/// A payment, without I/O.
#[php_class]
#[php(name = "AlipayInstore\\Native\\Payment", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct Payment(Mutex<payment::Payment>);

impl Payment {
    pub(crate) fn lock(&self) -> MutexGuard<'_, payment::Payment> {
        // `handle` changes the payment in one assignment, so a panic leaves it whole.
        locked(&self.0)
    }
}

/// JSON that PHP wrote.
pub(crate) fn object(text: &str) -> PhpResult<Object> {
    Object::parse(text.as_bytes()).or_raise()
}

pub(crate) fn wakeup(at: Option<Timestamp>) -> Json {
    at.map_or(Json::Null, |at| Json::Number(at.as_millis().to_string()))
}

#[php_impl]
impl Payment {
    /// A payment that has not begun. The amount is in minor units; the request is the body of pay as JSON.
    #[allow(clippy::too_many_arguments, reason = "called only by the class in PHP")]
    pub fn of(
        policy: &str,
        payment_request_id: String,
        value: &str,
        currency: &str,
        scenario: &str,
        payment_expiry_time: Option<i64>,
        api_prefix: String,
        request: &str,
    ) -> PhpResult<Self> {
        guard(|| {
            let amount = Amount::from_minor(value, currency).or_raise()?;
            let scenario: Scenario = scenario.parse().or_raise()?;
            let order = PaymentOrder::new(
                payment_request_id,
                amount,
                scenario,
                payment_expiry_time.map(Timestamp::from_millis),
                api_prefix,
                &object(request)?,
            );
            Ok(Payment(Mutex::new(payment::Payment::new(policy_of(policy).or_raise()?, order))))
        })
    }

    /// The payment of a snapshot.
    pub fn restore(snapshot: &str) -> PhpResult<Self> {
        guard(|| payment::Payment::restore(snapshot).or_raise().map(|payment| Payment(Mutex::new(payment))))
    }

    /// Takes an event in; gives the actions. Both are JSON.
    pub fn handle(&self, event: &str, now: i64) -> PhpResult<String> {
        guard(|| {
            let event = Event::from_json(object(event)?).or_raise()?;
            Ok(dialect::actions(&self.lock().handle(event, Timestamp::from_millis(now)).or_raise()?)
                .to_string())
        })
    }

    /// Everything about it, to be stored.
    pub fn snapshot(&self) -> PhpResult<String> {
        guard(|| Ok(self.lock().snapshot()))
    }

    /// How it stands, as JSON.
    pub fn standing(&self) -> PhpResult<String> {
        guard(|| {
            let payment = self.lock();
            let order = payment.order();
            let standing = Object::new()
                .with("payment_request_id", order.payment_request_id.as_str())
                .with("payment_id", payment.payment_id().map_or(Json::Null, Json::from))
                .with("value", order.amount.value().to_string())
                .with("currency", order.amount.currency().code())
                .with("state", payment.state().name())
                .with("outcome", dialect::outcome(payment.outcome()))
                .with("alerts", dialect::alerts(payment.alerts()))
                .with("next_wakeup", wakeup(payment.next_wakeup()));
            Ok(standing.to_string())
        })
    }
}
