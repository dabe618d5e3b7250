//! The payment machine itself, for hosts that bring their own HTTP client: events in, actions out.

use std::sync::Mutex;
use std::sync::PoisonError;

use alipay_instore::Timestamp;
use alipay_instore::amount;
use alipay_instore::dialect;
use alipay_instore::error::Result;
use alipay_instore::json::Object;
use alipay_instore::payment::{self, Event, PaymentOrder, Policy};
use napi_derive::napi;

use crate::failure::{now_or, raise};
use crate::merchant::Merchant;
use crate::money::Amount;
use crate::request::{CheckInput, check};

/// An order as a host writes it that brings its own request body.
#[napi(object, object_to_js = false)]
pub struct OrderInput {
    pub payment_request_id: String,
    pub currency: String,
    pub value: String,
    pub scenario: String,
    pub payment_expiry_time: Option<i64>,
    pub api_prefix: String,
    pub refund_request_id: Option<String>,
    /// The body of pay, as JSON.
    pub request: String,
}

#[napi]
pub struct Payment(Mutex<payment::Payment>);

#[napi]
impl Payment {
    #[napi(factory, catch_unwind)]
    pub fn of_order(order: OrderInput, policy: String) -> napi::Result<Payment> {
        of_order(order, &policy).map(Payment::holding).map_err(raise)
    }

    /// Checks a request as the client does and makes its payment.
    #[napi(factory, catch_unwind)]
    pub fn of_request(
        merchant: &Merchant,
        request: String,
        input: CheckInput,
        policy: Option<String>,
        now: Option<i64>,
    ) -> napi::Result<Payment> {
        of_request(merchant, &request, input, policy.as_deref(), now_or(now))
            .map(Payment::holding)
            .map_err(raise)
    }

    #[napi(factory, catch_unwind)]
    pub fn restore(snapshot: String) -> napi::Result<Payment> {
        payment::Payment::restore(&snapshot).map(Payment::holding).map_err(raise)
    }

    /// Takes an event in and gives the actions; both are JSON.
    #[napi(catch_unwind)]
    pub fn handle(&self, event: String, now: i64) -> napi::Result<String> {
        let handled = || {
            let event = Event::from_json(Object::parse(event.as_bytes())?)?;
            Ok(dialect::actions(&self.locked(|payment| payment.handle(event, Timestamp::from_millis(now)))?)
                .to_string())
        };
        handled().map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn snapshot(&self) -> String {
        self.locked(|payment| payment.snapshot())
    }

    #[napi(getter, catch_unwind)]
    pub fn state(&self) -> String {
        self.locked(|payment| payment.state().name().to_owned())
    }

    /// How it ended, as JSON.
    #[napi(getter, catch_unwind)]
    pub fn outcome(&self) -> String {
        self.locked(|payment| dialect::outcome(payment.outcome()).to_string())
    }

    #[napi(getter, catch_unwind)]
    pub fn next_wakeup(&self) -> Option<i64> {
        self.locked(|payment| payment.next_wakeup()).map(Timestamp::as_millis)
    }

    #[napi(getter, catch_unwind)]
    pub fn payment_request_id(&self) -> String {
        self.locked(|payment| payment.order().payment_request_id.clone())
    }

    #[napi(getter, catch_unwind)]
    pub fn payment_id(&self) -> Option<String> {
        self.locked(|payment| payment.payment_id().map(str::to_owned))
    }

    #[napi(getter, catch_unwind)]
    pub fn amount(&self) -> Amount {
        self.locked(|payment| payment.order().amount.into())
    }

    #[napi(getter, catch_unwind)]
    pub fn alerts(&self) -> Vec<String> {
        self.locked(|payment| payment.alerts().iter().map(|kind| kind.as_str().to_owned()).collect())
    }

    #[napi(getter, catch_unwind)]
    pub fn expiry(&self) -> Option<i64> {
        self.locked(|payment| payment.expiry()).map(Timestamp::as_millis)
    }

    /// The warning about the expiry, as JSON.
    #[napi(getter, catch_unwind)]
    pub fn expiry_warning(&self) -> Option<String> {
        self.locked(|payment| payment.expiry_warning().map(|warning| warning.to_json().to_string()))
    }

    #[napi(getter, catch_unwind)]
    pub fn begun_at(&self) -> Option<i64> {
        self.locked(|payment| payment.begun_at()).map(Timestamp::as_millis)
    }
}

impl Payment {
    fn holding(payment: payment::Payment) -> Self {
        Payment(Mutex::new(payment))
    }

    /// A panic can't leave the machine half changed: `handle` replaces its state as a whole.
    pub(crate) fn locked<T>(&self, work: impl FnOnce(&mut payment::Payment) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn of_order(order: OrderInput, policy: &str) -> Result<payment::Payment> {
    let amount = amount::Amount::from_minor(&order.value, &order.currency)?;
    let made = PaymentOrder::new(
        order.payment_request_id,
        amount,
        order.scenario.parse()?,
        order.payment_expiry_time.map(Timestamp::from_millis),
        order.api_prefix,
        &Object::parse(order.request.as_bytes())?,
    );
    let made = match order.refund_request_id {
        Some(id) => made.with_refund_request_id(id),
        None => made,
    };
    Ok(payment::Payment::new(Policy::from_json(policy)?, made))
}

fn of_request(
    merchant: &Merchant,
    request: &str,
    input: CheckInput,
    policy: Option<&str>,
    now: Timestamp,
) -> Result<payment::Payment> {
    let policy = match policy {
        Some(policy) => Policy::from_json(policy)?,
        None => Policy::preset(merchant.0.protocol()),
    };
    let checked = check(merchant, request, input, now)?;
    let order = PaymentOrder::new(
        checked.payment_request_id.as_str().to_owned(),
        checked.amount,
        checked.scenario,
        checked.payment_expiry_time,
        merchant.0.gateway().api_prefix(merchant.0.client_id()),
        &checked.body,
    );
    Ok(payment::Payment::new(policy, order))
}
