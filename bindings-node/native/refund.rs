//! The refunds of a payment as machines, with the ledger that keeps their sum, for hosts that bring their own HTTP
//! client.

use std::sync::{Mutex, PoisonError};

use alipay_instore::Timestamp;
use alipay_instore::api::RefundRequest;
use alipay_instore::dialect;
use alipay_instore::json::Object;
use alipay_instore::ledger;
use alipay_instore::refund::{self, RefundEvent};
use alipay_instore::reverse::{self, ReverseEvent};
use napi_derive::napi;

use crate::failure::raise;
use crate::merchant::Merchant;
use crate::money::Amount;
use crate::payment::Payment;

/// One refund as it stands.
#[napi(object, object_from_js = false)]
pub struct RefundOutput {
    pub refund_request_id: String,
    pub amount: Amount,
    pub state: String,
    /// The outcome as JSON.
    pub outcome: String,
    pub refund_id: Option<String>,
    pub next_wakeup: Option<i64>,
    pub alerts: Vec<String>,
    pub spent: bool,
    pub given_back: bool,
    pub resolution: Option<ResolutionOutput>,
}

/// What a person found out about a refund.
#[napi(object, object_from_js = false)]
pub struct ResolutionOutput {
    pub resolved: String,
    pub who: String,
    pub note: String,
    pub at: i64,
}

impl From<&refund::Resolution> for ResolutionOutput {
    fn from(found: &refund::Resolution) -> Self {
        ResolutionOutput {
            resolved: found.resolved.as_str().to_owned(),
            who: found.who.clone(),
            note: found.note.clone(),
            at: found.at.as_millis(),
        }
    }
}

/// The reverse as it stands.
#[napi(object, object_from_js = false)]
pub struct ReverseOutput {
    pub amount: Amount,
    pub state: String,
    /// The outcome as JSON.
    pub outcome: String,
    pub refund_request_id: Option<String>,
    pub refund_id: Option<String>,
    pub next_wakeup: Option<i64>,
    pub alerts: Vec<String>,
}

#[napi]
pub struct RefundLedger(Mutex<ledger::RefundLedger>);

#[napi]
impl RefundLedger {
    #[napi(factory, catch_unwind)]
    pub fn of(payment: &Payment) -> napi::Result<RefundLedger> {
        payment.locked(|payment| ledger::RefundLedger::of(payment)).map(RefundLedger::holding).map_err(raise)
    }

    /// The ledger of a payment that is to be reversed.
    #[napi(factory, catch_unwind)]
    pub fn for_reverse(payment: &Payment) -> napi::Result<RefundLedger> {
        payment
            .locked(|payment| ledger::RefundLedger::for_reverse(payment))
            .map(RefundLedger::holding)
            .map_err(raise)
    }

    #[napi(factory, catch_unwind)]
    pub fn restore(snapshot: String) -> napi::Result<RefundLedger> {
        ledger::RefundLedger::restore(&snapshot).map(RefundLedger::holding).map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn enter(&self, merchant: &Merchant, request: String) -> napi::Result<RefundOutput> {
        let merchant = &merchant.0;
        let api_prefix = merchant.gateway().api_prefix(merchant.client_id());
        self.locked(|ledger| {
            let request = RefundRequest::from_json(Object::parse(request.as_bytes())?);
            ledger.enter_request(&request, api_prefix).map(output)
        })
        .map_err(raise)
    }

    /// Takes an event in and gives the actions; both are JSON.
    #[napi(catch_unwind)]
    pub fn handle(&self, refund_request_id: String, event: String, now: i64) -> napi::Result<String> {
        let handled = || {
            let event = RefundEvent::from_json(Object::parse(event.as_bytes())?)?;
            let now = Timestamp::from_millis(now);
            let actions = self.locked(|ledger| ledger.handle(&refund_request_id, event, now))?;
            Ok(dialect::actions(&actions).to_string())
        };
        handled().map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn resolve(
        &self,
        refund_request_id: String,
        resolved: String,
        who: String,
        note: String,
        now: i64,
    ) -> napi::Result<()> {
        let now = Timestamp::from_millis(now);
        let resolve =
            || self.locked(|ledger| ledger.resolve(&refund_request_id, resolved.parse()?, &who, &note, now));
        resolve().map_err(raise)
    }

    #[napi(catch_unwind)]
    pub fn enter_reverse(&self, payment: &Payment) -> napi::Result<ReverseOutput> {
        let payment = payment.locked(|payment| payment.clone());
        self.locked(|ledger| ledger.enter_reverse(&payment).map(reverse_output)).map_err(raise)
    }

    /// Takes an event in and gives the actions; both are JSON.
    #[napi(catch_unwind)]
    pub fn handle_reverse(&self, event: String, now: i64) -> napi::Result<String> {
        let handled = || {
            let event = ReverseEvent::from_json(Object::parse(event.as_bytes())?)?;
            let now = Timestamp::from_millis(now);
            let actions = self.locked(|ledger| ledger.handle_reverse(event, now))?;
            Ok(dialect::actions(&actions).to_string())
        };
        handled().map_err(raise)
    }

    #[napi(getter, catch_unwind)]
    pub fn reverse(&self) -> Option<ReverseOutput> {
        self.locked(|ledger| ledger.reverse().map(reverse_output))
    }

    #[napi(catch_unwind)]
    pub fn snapshot(&self) -> String {
        self.locked(|ledger| ledger.snapshot())
    }

    #[napi(getter, catch_unwind)]
    pub fn refunds(&self) -> Vec<RefundOutput> {
        self.locked(|ledger| ledger.refunds().iter().map(output).collect())
    }

    #[napi(getter, catch_unwind)]
    pub fn payment_request_id(&self) -> String {
        self.locked(|ledger| ledger.payment_request_id().to_owned())
    }

    #[napi(getter, catch_unwind)]
    pub fn payment_id(&self) -> Option<String> {
        self.locked(|ledger| ledger.payment_id().map(str::to_owned))
    }

    #[napi(getter, catch_unwind)]
    pub fn paid(&self) -> Amount {
        self.locked(|ledger| ledger.paid().into())
    }

    /// Minor units as text: a number of JavaScript can't hold 16 digits.
    #[napi(getter, catch_unwind)]
    pub fn refunded(&self) -> String {
        self.locked(|ledger| ledger.refunded().to_string())
    }

    #[napi(getter, catch_unwind)]
    pub fn left(&self) -> String {
        self.locked(|ledger| ledger.left().to_string())
    }
}

impl RefundLedger {
    fn holding(ledger: ledger::RefundLedger) -> Self {
        RefundLedger(Mutex::new(ledger))
    }

    fn locked<T>(&self, work: impl FnOnce(&mut ledger::RefundLedger) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn output(refund: &refund::Refund) -> RefundOutput {
    RefundOutput {
        refund_request_id: refund.order().refund_request_id.clone(),
        amount: refund.order().amount.into(),
        state: refund.state().to_owned(),
        outcome: dialect::outcome(refund.outcome()).to_string(),
        refund_id: refund.refund_id().map(str::to_owned),
        next_wakeup: refund.next_wakeup().map(Timestamp::as_millis),
        alerts: refund.alerts().iter().map(|kind| kind.as_str().to_owned()).collect(),
        spent: refund.spent(),
        given_back: refund.given_back(),
        resolution: refund.resolution().map(ResolutionOutput::from),
    }
}

fn reverse_output(reverse: &reverse::Reverse) -> ReverseOutput {
    ReverseOutput {
        amount: reverse.order().amount.into(),
        state: reverse.state().to_owned(),
        outcome: dialect::outcome(reverse.outcome()).to_string(),
        refund_request_id: reverse.refund_request_id().map(str::to_owned),
        refund_id: reverse.refund_id().map(str::to_owned),
        next_wakeup: reverse.next_wakeup().map(Timestamp::as_millis),
        alerts: reverse.alerts().iter().map(|kind| kind.as_str().to_owned()).collect(),
    }
}
