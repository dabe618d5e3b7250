//! The payment machine itself, for hosts that do their own I/O.

use std::sync::{Mutex, MutexGuard, PoisonError};

use alipay_instore::Result;
use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::pay::PayOptions;
use alipay_instore::api::{PayRequest, PaymentRequestId, Scenario};
use alipay_instore::dialect;
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::message::time;
use alipay_instore::payment::{self, Event, PaymentOrder, Policy};
use pyo3::prelude::*;

use crate::argument::Text;
use crate::error::{OrRaise as _, guard, raise};
use crate::merchant::Merchant;

#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Payment(Mutex<payment::Payment>);

/// Reads a policy's JSON and checks it.
pub(crate) fn policy(text: &str) -> Result<Policy> {
    let policy = serde_json::from_str(text).map_err(|_| {
        Error::new(ErrorCode::ConfigInvalid, "the policy has an unknown field or a wrong value")
    })?;
    Policy::new(policy)
}

/// JSON that Python wrote.
pub(crate) fn object(text: &str) -> PyResult<Object> {
    Object::parse(text.as_bytes()).or_raise()
}

/// The preset of a protocol as JSON.
#[pyfunction]
pub(crate) fn policy_preset(protocol: Text) -> PyResult<String> {
    guard(|| {
        let protocol: Protocol = protocol.parse().or_raise()?;
        serde_json::to_string(&Policy::preset(protocol))
            .map_err(|_| raise(&Error::new(ErrorCode::InternalPanic, "a policy can't be written as JSON")))
    })
}

/// Checks a policy's JSON.
#[pyfunction]
pub(crate) fn policy_check(text: Text) -> PyResult<()> {
    guard(|| policy(&text).or_raise().map(drop))
}

/// Milliseconds since the epoch of an RFC 3339 text.
#[pyfunction]
pub(crate) fn parse_time(text: Text) -> PyResult<Option<i64>> {
    guard(|| Ok(time::parse(&text).map(Timestamp::as_millis)))
}

/// A new id for an attempt to pay.
#[pyfunction]
pub(crate) fn new_payment_request_id(now: i64, terminal: Text) -> PyResult<String> {
    guard(|| {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|_| {
            raise(&Error::new(ErrorCode::InternalPanic, "the system's random generator failed"))
        })?;
        Ok(PaymentRequestId::new(Timestamp::from_millis(now), &terminal, random).as_str().to_owned())
    })
}

/// Checks a request as `pay` would, and gives the body that would be sent, without its expiry.
#[pyfunction]
pub(crate) fn check_pay(
    merchant: &Merchant,
    request: Text,
    now: i64,
    wallet: Option<Text>,
    notify_url_configured: bool,
) -> PyResult<String> {
    guard(|| {
        let request = Object::parse(request.as_bytes()).map(PayRequest::from_json).or_raise()?;
        let checked = request
            .check(
                merchant.0.protocol(),
                Timestamp::from_millis(now),
                &options(merchant, wallet, notify_url_configured),
            )
            .or_raise()?;
        Ok(checked.body.to_string())
    })
}

fn options(merchant: &Merchant, wallet: Option<Text>, notify_url_configured: bool) -> PayOptions {
    PayOptions { notify_url_configured, wallet: wallet.map(String::from), ..merchant.0.pay_options() }
}

impl Payment {
    pub(crate) fn lock(&self) -> MutexGuard<'_, payment::Payment> {
        // `handle` changes the payment in one assignment, so a panic leaves it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Payment {
    #[new]
    #[allow(clippy::too_many_arguments, reason = "called only by the class in Python")]
    fn new(
        policy_text: Text,
        payment_request_id: Text,
        value: Text,
        currency: Text,
        scenario: Text,
        payment_expiry_time: Option<i64>,
        api_prefix: Text,
        request: Text,
        refund_request_id: Option<Text>,
    ) -> PyResult<Self> {
        guard(|| {
            let policy = policy(&policy_text).or_raise()?;
            let amount = Amount::from_minor(&value, &currency).or_raise()?;
            let scenario: Scenario = scenario.parse().or_raise()?;
            let request = Object::parse(request.as_bytes()).or_raise()?;
            let order = PaymentOrder::new(
                String::from(payment_request_id),
                amount,
                scenario,
                payment_expiry_time.map(Timestamp::from_millis),
                String::from(api_prefix),
                &request,
            );
            let order = match refund_request_id {
                Some(id) => order.with_refund_request_id(String::from(id)),
                None => order,
            };
            Ok(Payment(Mutex::new(payment::Payment::new(policy, order))))
        })
    }

    #[staticmethod]
    fn of_request(
        merchant: &Merchant,
        policy_text: Text,
        request: Text,
        now: i64,
        wallet: Option<Text>,
        notify_url_configured: bool,
    ) -> PyResult<Self> {
        guard(|| {
            let policy = policy(&policy_text).or_raise()?;
            let request = Object::parse(request.as_bytes()).map(PayRequest::from_json).or_raise()?;
            let checked = request
                .check(
                    merchant.0.protocol(),
                    Timestamp::from_millis(now),
                    &options(merchant, wallet, notify_url_configured),
                )
                .or_raise()?;
            let order = PaymentOrder::new(
                checked.payment_request_id.as_str().to_owned(),
                checked.amount,
                checked.scenario,
                checked.payment_expiry_time,
                merchant.0.gateway().api_prefix(merchant.0.client_id()),
                &checked.body,
            );
            Ok(Payment(Mutex::new(payment::Payment::new(policy, order))))
        })
    }

    #[staticmethod]
    fn restore(snapshot: Text) -> PyResult<Self> {
        guard(|| payment::Payment::restore(&snapshot).or_raise().map(|payment| Payment(Mutex::new(payment))))
    }

    /// Takes an event in; gives the actions. Both are JSON.
    fn handle(&self, event: Text, now: i64) -> PyResult<String> {
        guard(|| {
            let event = Event::from_json(object(&event)?).or_raise()?;
            Ok(dialect::actions(&self.lock().handle(event, Timestamp::from_millis(now)).or_raise()?)
                .to_string())
        })
    }

    #[getter]
    fn next_wakeup(&self) -> PyResult<Option<i64>> {
        guard(|| Ok(self.lock().next_wakeup().map(Timestamp::as_millis)))
    }

    fn snapshot(&self) -> PyResult<String> {
        guard(|| Ok(self.lock().snapshot()))
    }

    #[getter]
    fn state(&self) -> PyResult<&'static str> {
        guard(|| Ok(self.lock().state().name()))
    }

    /// How it ended, as JSON.
    #[getter]
    fn outcome(&self) -> PyResult<String> {
        guard(|| Ok(dialect::outcome(self.lock().outcome()).to_string()))
    }

    #[getter]
    fn alerts(&self) -> PyResult<Vec<&'static str>> {
        guard(|| Ok(self.lock().alerts().iter().map(|kind| kind.as_str()).collect()))
    }

    #[getter]
    fn payment_request_id(&self) -> PyResult<String> {
        guard(|| Ok(self.lock().order().payment_request_id.clone()))
    }

    #[getter]
    fn payment_id(&self) -> PyResult<Option<String>> {
        guard(|| Ok(self.lock().payment_id().map(str::to_owned)))
    }

    #[getter]
    fn amount(&self) -> PyResult<(u64, &'static str)> {
        guard(|| {
            let amount = self.lock().order().amount;
            Ok((amount.value(), amount.currency().code()))
        })
    }

    #[getter]
    fn expiry(&self) -> PyResult<Option<i64>> {
        guard(|| Ok(self.lock().expiry().map(Timestamp::as_millis)))
    }

    /// The warning about the expiry, as JSON.
    #[getter]
    fn expiry_warning(&self) -> PyResult<Option<String>> {
        guard(|| Ok(self.lock().expiry_warning().map(|warning| warning.to_json().to_string())))
    }

    #[getter]
    fn begun_at(&self) -> PyResult<Option<i64>> {
        guard(|| Ok(self.lock().begun_at().map(Timestamp::as_millis)))
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| {
            let payment = self.lock();
            Ok(format!("Payment({}, {})", payment.order().payment_request_id, payment.state().name()))
        })
    }
}
