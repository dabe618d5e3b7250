//! The refunds of a payment: one record, read, changed and written back.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alipay_instore::Timestamp;
use alipay_instore::api::RefundRequest;
use alipay_instore::dialect;
use alipay_instore::json::Object;
use alipay_instore::ledger;
use alipay_instore::refund;
use alipay_instore::{Error, ErrorCode};

use crate::amount::Amount;
use crate::failure::Result;
use crate::mirror::Resolved;
use crate::payment::Payment;

/// Where a refund stands.
#[derive(uniffi::Record)]
pub struct RefundStanding {
    /// The id of the refund.
    pub refund_request_id: String,
    /// How much is given back.
    pub amount: Amount,
    /// `ready`, `refunding` or the name of the outcome.
    pub state: String,
    /// How it ended, as JSON.
    pub outcome: String,
    /// When the next tick is due.
    pub next_wakeup: Option<i64>,
    /// The gateway's id of the refund.
    pub refund_id: Option<String>,
    /// The alerts that were raised.
    pub alerts: Vec<String>,
    /// Whether the money was given back.
    pub given_back: bool,
    /// Whether it counts as spent.
    pub spent: bool,
    /// What a person found out about it.
    pub resolution: Option<Resolution>,
}

/// What a person found out about a refund.
#[derive(uniffi::Record)]
pub struct Resolution {
    /// What was found out.
    pub resolved: Resolved,
    /// Who found it out.
    pub who: String,
    /// How, in that person's words.
    pub note: String,
    /// When it was entered.
    pub at: i64,
}

/// What a payment has paid, given back and open.
#[derive(uniffi::Record)]
pub struct LedgerStanding {
    /// The payment.
    pub payment_request_id: String,
    /// The gateway's id of the payment.
    pub payment_id: Option<String>,
    /// What the payment paid.
    pub paid: Amount,
    /// What was given back, in minor units.
    pub refunded: u64,
    /// What may still be given back, in minor units.
    pub left: u64,
    /// The refunds in the order in which they were made.
    pub refunds: Vec<RefundStanding>,
    /// The ledger as text.
    pub snapshot: String,
}

/// What came of an event.
#[derive(uniffi::Record)]
pub struct RefundStep {
    /// What to do, once the snapshot is stored, as JSON.
    pub actions: String,
    /// Where the refund stands now.
    pub standing: RefundStanding,
    /// What may still be given back of the payment.
    pub left: u64,
    /// The ledger as text.
    pub snapshot: String,
}

/// The refunds of one payment.
#[derive(uniffi::Object)]
pub struct RefundLedger(pub(crate) Mutex<ledger::RefundLedger>);

#[uniffi::export]
impl RefundLedger {
    /// The ledger of a payment that succeeded.
    #[uniffi::constructor]
    pub fn of(payment: Arc<Payment>) -> Result<Self> {
        Ok(RefundLedger(Mutex::new(ledger::RefundLedger::of(&payment.lock())?)))
    }

    /// The ledger that a snapshot was taken of.
    #[uniffi::constructor]
    pub fn restore(snapshot: String) -> Result<Self> {
        Ok(RefundLedger(Mutex::new(ledger::RefundLedger::restore(&snapshot)?)))
    }

    /// Enters the refund of a request, given as JSON text, and tells its state.
    pub fn enter(&self, request: String, api_prefix: String) -> Result<RefundStanding> {
        let request = RefundRequest::from_json(Object::parse(request.as_bytes())?);
        Ok(standing(self.lock().enter_request(&request, api_prefix)?))
    }

    /// What a person found out about an unresolved refund.
    pub fn resolve(
        &self,
        refund_request_id: String,
        resolved: Resolved,
        who: String,
        note: String,
        now: i64,
    ) -> Result<RefundStanding> {
        let mut ledger = self.lock();
        ledger.resolve(&refund_request_id, resolved.into(), &who, &note, Timestamp::from_millis(now))?;
        find(&ledger, &refund_request_id)
    }

    /// Takes an event of one of the refunds in, which is JSON.
    pub fn handle(&self, refund_request_id: String, event: String, now: i64) -> Result<RefundStep> {
        let event = refund::RefundEvent::from_json(Object::parse(event.as_bytes())?)?;
        let mut ledger = self.lock();
        let now = Timestamp::from_millis(now);
        let actions = dialect::actions(&ledger.handle(&refund_request_id, event, now)?).to_string();
        Ok(RefundStep {
            actions,
            standing: find(&ledger, &refund_request_id)?,
            left: ledger.left(),
            snapshot: ledger.snapshot(),
        })
    }

    /// Where it stands.
    pub fn standing(&self) -> LedgerStanding {
        let ledger = self.lock();
        LedgerStanding {
            payment_request_id: ledger.payment_request_id().to_owned(),
            payment_id: ledger.payment_id().map(str::to_owned),
            paid: ledger.paid().into(),
            refunded: ledger.refunded(),
            left: ledger.left(),
            refunds: ledger.refunds().iter().map(standing).collect(),
            snapshot: ledger.snapshot(),
        }
    }
}

impl RefundLedger {
    pub(crate) fn lock(&self) -> MutexGuard<'_, ledger::RefundLedger> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn find(ledger: &ledger::RefundLedger, refund_request_id: &str) -> Result<RefundStanding> {
    let unknown = || Error::new(ErrorCode::RefundNotBegun, "no refund of this id was entered");
    Ok(ledger.refund(refund_request_id).map(standing).ok_or_else(unknown)?)
}

fn standing(refund: &refund::Refund) -> RefundStanding {
    RefundStanding {
        refund_request_id: refund.order().refund_request_id.clone(),
        amount: refund.order().amount.into(),
        state: refund.state().to_owned(),
        outcome: dialect::outcome(refund.outcome()).to_string(),
        next_wakeup: refund.next_wakeup().map(Timestamp::as_millis),
        refund_id: refund.refund_id().map(str::to_owned),
        alerts: refund.alerts().iter().map(|kind| kind.as_str().to_owned()).collect(),
        given_back: refund.given_back(),
        spent: refund.spent(),
        resolution: refund.resolution().map(|found| Resolution {
            resolved: found.resolved.into(),
            who: found.who.clone(),
            note: found.note.clone(),
            at: found.at.as_millis(),
        }),
    }
}
