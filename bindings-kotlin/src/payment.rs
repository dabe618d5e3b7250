//! The payment machine. One call takes an event in and answers with everything that a host does next: the actions,
//! the snapshot to store before them, and when to wake up.

use std::sync::{Mutex, MutexGuard, PoisonError};

use alipay_instore::Timestamp;
use alipay_instore::dialect;
use alipay_instore::json::Object;
use alipay_instore::payment;

use crate::amount::Amount;
use crate::failure::Result;
use crate::millis::milliseconds;
use crate::mirror::{Protocol, Scenario};

/// Where a payment stands.
#[derive(uniffi::Record)]
pub struct Standing {
    /// The payment as text, a secret.
    pub snapshot: String,
    /// The name of the state.
    pub state: String,
    /// How it ended, as JSON.
    pub outcome: String,
    /// When the next tick is due.
    pub next_wakeup: Option<i64>,
    /// The gateway's id of the payment.
    pub payment_id: Option<String>,
    /// The alerts that were raised.
    pub alerts: Vec<String>,
    /// When the payment began.
    pub begun_at: Option<i64>,
    /// The expiry that the request carries.
    pub expiry: Option<i64>,
    /// What is worth knowing about that expiry, as JSON.
    pub expiry_warning: Option<String>,
}

/// What came of an event.
#[derive(uniffi::Record)]
pub struct Step {
    /// What to do, once the snapshot is stored, as JSON.
    pub actions: String,
    /// Where the payment stands now.
    pub standing: Standing,
}

/// What is to be paid.
#[derive(uniffi::Record)]
pub struct Order {
    /// The id of this attempt.
    pub payment_request_id: String,
    /// What the customer pays.
    pub amount: Amount,
    /// The scenario.
    pub scenario: Scenario,
    /// The expiry that was asked for.
    pub payment_expiry_time: Option<i64>,
    /// The path that the APIs lie below.
    pub api_prefix: String,
    /// The body of pay without its expiry, as JSON text.
    pub request: String,
}

/// One payment.
#[derive(uniffi::Object)]
pub struct Payment(Mutex<payment::Payment>);

#[uniffi::export]
impl Payment {
    /// A payment that is not begun.
    #[uniffi::constructor]
    pub fn new(policy: String, order: Order) -> Result<Self> {
        let request = Object::parse(order.request.as_bytes())?;
        let core = payment::PaymentOrder::new(
            order.payment_request_id,
            order.amount.checked()?,
            order.scenario.into(),
            order.payment_expiry_time.map(Timestamp::from_millis),
            order.api_prefix,
            &request,
        );
        Ok(Payment(Mutex::new(payment::Payment::new(payment::Policy::from_json(&policy)?, core))))
    }

    /// The payment that a snapshot was taken of.
    #[uniffi::constructor]
    pub fn restore(snapshot: String) -> Result<Self> {
        Ok(Payment(Mutex::new(payment::Payment::restore(&snapshot)?)))
    }

    /// The id of the payment.
    pub fn payment_request_id(&self) -> String {
        self.lock().order().payment_request_id.clone()
    }

    /// The id of the refund by which the machine itself gives money back.
    pub fn refund_request_id(&self) -> String {
        self.lock().order().refund_request_id.clone()
    }

    /// What is to be paid.
    pub fn amount(&self) -> Amount {
        self.lock().order().amount.into()
    }

    /// Takes an event in, which is JSON.
    pub fn handle(&self, event: String, now: i64) -> Result<Step> {
        let event = payment::Event::from_json(Object::parse(event.as_bytes())?)?;
        let mut payment = self.lock();
        let actions = dialect::actions(&payment.handle(event, Timestamp::from_millis(now))?).to_string();
        Ok(Step { actions, standing: standing(&payment) })
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        standing(&self.lock())
    }
}

impl Payment {
    pub(crate) fn lock(&self) -> MutexGuard<'_, payment::Payment> {
        // A panic in the core leaves the payment as it was: a step replaces the state at its very end.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn standing(payment: &payment::Payment) -> Standing {
    Standing {
        snapshot: payment.snapshot(),
        state: payment.state().name().to_owned(),
        outcome: dialect::outcome(payment.outcome()).to_string(),
        next_wakeup: payment.next_wakeup().map(Timestamp::as_millis),
        payment_id: payment.payment_id().map(str::to_owned),
        alerts: payment.alerts().iter().map(|kind| kind.as_str().to_owned()).collect(),
        begun_at: payment.begun_at().map(Timestamp::as_millis),
        expiry: payment.expiry().map(Timestamp::as_millis),
        expiry_warning: payment.expiry_warning().map(|warning| warning.to_json().to_string()),
    }
}

/// What a client has to know of a policy.
#[derive(uniffi::Record)]
pub struct CheckedPolicy {
    /// The protocol that it is for.
    pub protocol: Protocol,
    /// How long the machine waits for a reply, in milliseconds.
    pub reply_time: i64,
}

/// Checks the JSON of a policy: `preset` names the protocol, and other members replace numbers of that preset.
#[uniffi::export]
pub fn check_policy(text: String) -> Result<CheckedPolicy> {
    let policy = payment::Policy::from_json(&text)?;
    let reply_time = milliseconds(policy.reply_time);
    Ok(CheckedPolicy { protocol: policy.protocol.into(), reply_time })
}
