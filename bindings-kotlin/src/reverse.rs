//! The reverse of a payment: the whole of it is given back, in the ledger of its refunds.

use std::sync::{Arc, Mutex};

use alipay_instore::Timestamp;
use alipay_instore::dialect;
use alipay_instore::json::Object;
use alipay_instore::ledger;
use alipay_instore::reverse;

use crate::failure::Result;
use crate::payment::Payment;
use crate::refund::RefundLedger;

/// Where a reverse stands.
#[derive(uniffi::Record)]
pub struct ReverseStanding {
    /// `ready`, the name of the step, or the name of the outcome.
    pub state: String,
    /// How it ended, as JSON.
    pub outcome: String,
    /// When the next tick is due.
    pub next_wakeup: Option<i64>,
    /// The id of the refund, where one was sent.
    pub refund_request_id: Option<String>,
    /// The gateway's id of that refund.
    pub refund_id: Option<String>,
    /// The alerts that were raised.
    pub alerts: Vec<String>,
}

/// What came of an event.
#[derive(uniffi::Record)]
pub struct ReverseStep {
    /// What to do, once the snapshot is stored, as JSON.
    pub actions: String,
    /// Where the reverse stands now.
    pub standing: Option<ReverseStanding>,
    /// What may still be given back of the payment.
    pub left: u64,
    /// The ledger as text.
    pub snapshot: String,
}

fn standing(reverse: &reverse::Reverse) -> ReverseStanding {
    ReverseStanding {
        state: reverse.state().to_owned(),
        outcome: dialect::outcome(reverse.outcome()).to_string(),
        next_wakeup: reverse.next_wakeup().map(Timestamp::as_millis),
        refund_request_id: reverse.refund_request_id().map(str::to_owned),
        refund_id: reverse.refund_id().map(str::to_owned),
        alerts: reverse.alerts().iter().map(|kind| kind.as_str().to_owned()).collect(),
    }
}

#[uniffi::export]
impl RefundLedger {
    /// The ledger of a payment that is to be reversed.
    #[uniffi::constructor]
    pub fn for_reverse(payment: Arc<Payment>) -> Result<Self> {
        Ok(RefundLedger(Mutex::new(ledger::RefundLedger::for_reverse(&payment.lock())?)))
    }

    /// Enters the reverse of the whole payment.
    pub fn enter_reverse(&self, payment: Arc<Payment>) -> Result<ReverseStanding> {
        Ok(standing(self.lock().enter_reverse(&payment.lock())?))
    }

    /// Takes an event of the reverse in, which is JSON.
    pub fn handle_reverse(&self, event: String, now: i64) -> Result<ReverseStep> {
        let event = reverse::ReverseEvent::from_json(Object::parse(event.as_bytes())?)?;
        let mut ledger = self.lock();
        let actions =
            dialect::actions(&ledger.handle_reverse(event, Timestamp::from_millis(now))?).to_string();
        Ok(ReverseStep {
            actions,
            standing: ledger.reverse().map(standing),
            left: ledger.left(),
            snapshot: ledger.snapshot(),
        })
    }

    /// Where the reverse stands, if one was entered.
    pub fn reverse(&self) -> Option<ReverseStanding> {
        self.lock().reverse().map(standing)
    }
}
