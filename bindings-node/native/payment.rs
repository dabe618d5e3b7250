//! The payment machine itself, for hosts that bring their own HTTP client: events in, actions out.

use std::sync::Mutex;
use std::sync::PoisonError;

use alipay_instore::amount;
use alipay_instore::api::pay::{NotifyHttp, PayOptions};
use alipay_instore::api::{PayRequest, PaymentRequestId};
use alipay_instore::client::refund_record;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::message::json::Object;
use alipay_instore::payment::{self, Action, Certainty, Event, Numbered, Order, Policy};
use napi_derive::napi;

use crate::failure::{now_or, raise};
use crate::merchant::Merchant;

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

/// What the host tells the machine; `kind` says which of the other members are read.
#[napi(object, object_to_js = false)]
pub struct EventInput {
    pub kind: String,
    pub send_id: Option<u32>,
    pub operation: Option<String>,
    pub certainty: Option<String>,
    pub body: Option<String>,
}

/// What the machine asks of the host; `kind` says which of the other members are there.
#[napi(object, object_from_js = false)]
#[derive(Default)]
pub struct ActionOutput {
    pub sequence: i64,
    pub kind: String,
    pub send_id: Option<u32>,
    pub operation: Option<String>,
    pub path: Option<String>,
    pub body: Option<String>,
    pub form: Option<String>,
    pub outcome: Option<String>,
    pub code: Option<String>,
    pub reason: Option<String>,
    pub alert: Option<String>,
    pub detail: Option<String>,
}

#[napi(object, object_from_js = false)]
pub struct OutcomeOutput {
    pub name: String,
    pub code: Option<String>,
    pub reason: Option<String>,
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
        policy: Option<String>,
        now: Option<i64>,
        wallet: Option<String>,
        notify_url_configured: Option<bool>,
    ) -> napi::Result<Payment> {
        let options = PayOptions {
            notify_http: match merchant.0.allows_http_notify() {
                true => NotifyHttp::Allowed,
                false => NotifyHttp::Refused,
            },
            notify_url_configured: notify_url_configured.unwrap_or(false),
            wallet,
            ..PayOptions::default()
        };
        of_request(merchant, &request, policy.as_deref(), now_or(now), &options)
            .map(Payment::holding)
            .map_err(raise)
    }

    #[napi(factory, catch_unwind)]
    pub fn restore(snapshot: String) -> napi::Result<Payment> {
        payment::Payment::restore(&snapshot).map(Payment::holding).map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn handle(&self, event: EventInput, now: i64) -> napi::Result<Vec<ActionOutput>> {
        let event = event.into_event().map_err(raise)?;
        let actions = self.locked(|payment| payment.handle(event, now)).map_err(raise)?;
        Ok(actions.into_iter().map(ActionOutput::from).collect())
    }

    #[napi(catch_unwind)]
    pub fn snapshot(&self) -> String {
        self.locked(|payment| payment.snapshot())
    }

    #[napi(getter, catch_unwind)]
    pub fn state(&self) -> String {
        self.locked(|payment| payment.state().name().to_owned())
    }

    #[napi(getter, catch_unwind)]
    pub fn outcome(&self) -> Option<OutcomeOutput> {
        self.locked(|payment| payment.outcome().map(OutcomeOutput::from))
    }

    #[napi(getter, catch_unwind)]
    pub fn next_wakeup(&self) -> Option<i64> {
        self.locked(|payment| payment.next_wakeup())
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
    pub fn alerts(&self) -> Vec<String> {
        self.locked(|payment| payment.alerts().iter().map(|kind| kind.as_str().to_owned()).collect())
    }

    #[napi(getter, catch_unwind)]
    pub fn expiry(&self) -> Option<i64> {
        self.locked(|payment| payment.expiry())
    }

    #[napi(getter, catch_unwind)]
    pub fn begun_at(&self) -> Option<i64> {
        self.locked(|payment| payment.begun_at())
    }
}

impl Payment {
    fn holding(payment: payment::Payment) -> Self {
        Payment(Mutex::new(payment))
    }

    /// A panic can't leave the machine half changed: `handle` replaces its state as a whole.
    fn locked<T>(&self, work: impl FnOnce(&mut payment::Payment) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn of_order(order: OrderInput, policy: &str) -> Result<payment::Payment> {
    let amount = amount::Amount::from_minor(&order.value, &order.currency)?;
    let made = Order::new(
        order.payment_request_id,
        amount,
        order.scenario.parse()?,
        order.payment_expiry_time,
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
    policy: Option<&str>,
    now: i64,
    options: &PayOptions,
) -> Result<payment::Payment> {
    let merchant = &merchant.0;
    let policy = match policy {
        Some(policy) => Policy::from_json(policy)?,
        None => Policy::preset(merchant.protocol()),
    };
    let request = PayRequest::from_json(Object::parse(request.as_bytes())?);
    let checked = request.check(merchant.protocol(), now, options)?;
    let order = Order::new(
        checked.payment_request_id.as_str().to_owned(),
        checked.amount,
        checked.scenario,
        checked.payment_expiry_time,
        merchant.gateway().api_prefix(merchant.client_id()),
        &checked.body,
    );
    Ok(payment::Payment::new(policy, order))
}

impl EventInput {
    fn into_event(self) -> Result<Event> {
        let EventInput { kind, send_id, operation, certainty, body } = self;
        let sent = || -> Result<_> {
            let operation = operation.as_deref().ok_or_else(|| missing("operation"))?;
            Ok((send_id.ok_or_else(|| missing("sendId"))?, operation.parse()?))
        };
        let read = || Object::parse(body.as_deref().ok_or_else(|| missing("body"))?.as_bytes());
        Ok(match kind.as_str() {
            "begin" => Event::Begin,
            "reply" => {
                let (send_id, operation) = sent()?;
                Event::Reply { send_id, operation, body: read()? }
            }
            "no_reply" => {
                let (send_id, operation) = sent()?;
                let certainty = match certainty.as_deref() {
                    None | Some("unknown") => Certainty::Unknown,
                    Some("not_sent") => Certainty::NotSent,
                    Some(_) => {
                        return Err(wrong("certainty", "the certainty is none of not_sent and unknown"));
                    }
                };
                Event::NoReply { send_id, operation, certainty }
            }
            "notified" => Event::Notified { body: read()? },
            "cancel_requested" => Event::CancelRequested,
            "resumed" => Event::Resumed,
            "tick" => Event::Tick,
            _ => return Err(wrong("type", "there is no such event")),
        })
    }
}

impl From<Numbered> for ActionOutput {
    fn from(Numbered { sequence, action }: Numbered) -> Self {
        let sequence = i64::try_from(sequence).unwrap_or(i64::MAX);
        let named = |kind: &str| ActionOutput { sequence, kind: kind.to_owned(), ..ActionOutput::default() };
        match action {
            Action::Send { send_id, operation, path, body } => ActionOutput {
                send_id: Some(send_id),
                operation: Some(operation.as_str().to_owned()),
                path: Some(path),
                body: Some(body.expose().to_owned()),
                ..named("send")
            },
            Action::Present { form } => ActionOutput { form: Some(form.to_string()), ..named("present") },
            Action::Conclude { outcome } => {
                let OutcomeOutput { name, code, reason } = OutcomeOutput::from(&outcome);
                ActionOutput { outcome: Some(name), code, reason, ..named("conclude") }
            }
            Action::Alert { kind, detail } => {
                ActionOutput { alert: Some(kind.as_str().to_owned()), detail: Some(detail), ..named("alert") }
            }
        }
    }
}

impl From<&payment::Outcome> for OutcomeOutput {
    fn from(outcome: &payment::Outcome) -> Self {
        use payment::Outcome::{Cancelled, Failed, Refunded, Succeeded, Unresolved};
        let (code, reason) = match outcome {
            Failed { code } => (Some(code.clone()), None),
            Unresolved { reason } => (None, Some(reason.as_str().to_owned())),
            Succeeded | Cancelled | Refunded => (None, None),
        };
        OutcomeOutput { name: outcome.as_str().to_owned(), code, reason }
    }
}

/// An id for a new attempt to pay.
#[napi(catch_unwind)]
pub fn new_payment_request_id(terminal: String, now: Option<i64>) -> napi::Result<String> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)
        .map_err(|_| raise(Error::new(ErrorCode::InternalPanic, "the system gives no random bytes")))?;
    Ok(PaymentRequestId::new(now_or(now), &terminal, random).as_str().to_owned())
}

#[napi(catch_unwind)]
pub fn refund_record_id(payment_request_id: String) -> String {
    refund_record(&payment_request_id)
}

fn missing(path: &str) -> Error {
    Error::new(ErrorCode::ConfigMissing, "the event lacks a member").with_path(path)
}

fn wrong(path: &str, reason: &str) -> Error {
    Error::new(ErrorCode::ConfigInvalid, reason).with_path(path)
}
