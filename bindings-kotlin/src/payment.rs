//! The payment machine. One call takes an event in and answers with everything that a host does next: the actions,
//! the snapshot to store before them, and when to wake up.

use std::sync::{Mutex, MutexGuard, PoisonError};

use alipay_instore::json::Object;
use alipay_instore::payment::{self, Action as CoreAction, Outcome as CoreOutcome};

use crate::amount::Amount;
use crate::failure::Result;
use crate::mirror::{Certainty, Operation, Protocol, Scenario};
use crate::note::Note;
use crate::reading::{Timing, Unverified};

/// Something that happened.
#[derive(uniffi::Enum)]
pub enum Event {
    /// Send the payment.
    Begin,
    /// The gateway answered.
    Reply {
        /// The number of the send.
        send_id: u32,
        /// Its operation.
        operation: Operation,
        /// The verified body as JSON text.
        body: String,
        /// When the gateway signed it.
        timing: Timing,
    },
    /// No usable answer arrived.
    NoReply {
        /// The number of the send.
        send_id: u32,
        /// Its operation.
        operation: Operation,
        /// What is known of the request.
        certainty: Certainty,
        /// What an answer that could not be verified suggests.
        unverified: Option<Unverified>,
    },
    /// A verified notification arrived.
    Notified {
        /// Its body as JSON text.
        body: String,
    },
    /// The host wants out.
    CancelRequested,
    /// The machine was restored.
    Resumed,
    /// Time passed.
    Tick,
}

impl Event {
    fn read(self) -> Result<payment::Event> {
        Ok(match self {
            Event::Begin => payment::Event::Begin,
            Event::Reply { send_id, operation, body, timing } => payment::Event::Reply {
                send_id,
                operation: operation.into(),
                body: Object::parse(body.as_bytes())?,
                timing: timing.read(),
            },
            Event::NoReply { send_id, operation, certainty, unverified } => payment::Event::NoReply {
                send_id,
                operation: operation.into(),
                certainty: certainty.into(),
                unverified: unverified.and_then(Unverified::read),
            },
            Event::Notified { body } => payment::Event::Notified { body: Object::parse(body.as_bytes())? },
            Event::CancelRequested => payment::Event::CancelRequested,
            Event::Resumed => payment::Event::Resumed,
            Event::Tick => payment::Event::Tick,
        })
    }
}

/// How a payment ended.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Outcome {
    /// Paid.
    Succeeded,
    /// Not paid.
    Failed {
        /// The gateway's code.
        code: String,
    },
    /// Cancelled or closed.
    Cancelled,
    /// Given back.
    Refunded,
    /// Needs manual review.
    Unresolved {
        /// Why.
        reason: String,
    },
}

impl From<&CoreOutcome> for Outcome {
    fn from(outcome: &CoreOutcome) -> Self {
        match outcome {
            CoreOutcome::Succeeded => Outcome::Succeeded,
            CoreOutcome::Failed { code } => Outcome::Failed { code: code.clone() },
            CoreOutcome::Cancelled => Outcome::Cancelled,
            CoreOutcome::Refunded => Outcome::Refunded,
            CoreOutcome::Unresolved { reason } => Outcome::Unresolved { reason: reason.as_str().to_owned() },
        }
    }
}

/// One thing for the host to do.
#[derive(uniffi::Enum)]
pub enum Action {
    /// Sign and post this body.
    Send {
        /// To be fed back with the answer.
        send_id: u32,
        /// To be fed back with the answer.
        operation: Operation,
        /// The path of the API.
        path: String,
        /// The body, which may hold a payment code.
        body: String,
    },
    /// Show something to the customer.
    Present {
        /// What, as JSON text.
        form: String,
    },
    /// The payment has its result.
    Conclude {
        /// The result.
        outcome: Outcome,
    },
    /// Needs manual review.
    Alert {
        /// Why.
        kind: String,
        /// What was found.
        detail: String,
    },
}

/// An action and its number.
#[derive(uniffi::Record)]
pub struct Numbered {
    /// Counts up over the life of the payment.
    pub sequence: u64,
    /// What to do.
    pub action: Action,
}

impl From<payment::Numbered> for Numbered {
    fn from(payment::Numbered { sequence, action }: payment::Numbered) -> Self {
        let action = match action {
            CoreAction::Send { send_id, operation, path, body } => {
                Action::Send { send_id, operation: operation.into(), path, body: body.expose().to_owned() }
            }
            CoreAction::Present { form } => Action::Present { form: form.to_string() },
            CoreAction::Conclude { outcome } => Action::Conclude { outcome: (&outcome).into() },
            CoreAction::Alert { kind, detail } => Action::Alert { kind: kind.as_str().to_owned(), detail },
        };
        Numbered { sequence, action }
    }
}

/// Where a payment stands.
#[derive(uniffi::Record)]
pub struct Standing {
    /// The payment as text, a secret.
    pub snapshot: String,
    /// The name of the state.
    pub state: String,
    /// How it ended, if it has.
    pub outcome: Option<Outcome>,
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
    /// What is worth knowing about that expiry.
    pub expiry_note: Option<Note>,
}

/// What came of an event.
#[derive(uniffi::Record)]
pub struct Step {
    /// What to do, once the snapshot is stored.
    pub actions: Vec<Numbered>,
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
        let core = payment::Order::new(
            order.payment_request_id,
            order.amount.checked()?,
            order.scenario.into(),
            order.payment_expiry_time,
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

    /// Takes an event in.
    pub fn handle(&self, event: Event, now: i64) -> Result<Step> {
        let event = event.read()?;
        let mut payment = self.lock();
        let actions = payment.handle(event, now)?.into_iter().map(Into::into).collect();
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
        outcome: payment.outcome().map(Into::into),
        next_wakeup: payment.next_wakeup(),
        payment_id: payment.payment_id().map(str::to_owned),
        alerts: payment.alerts().iter().map(|kind| kind.as_str().to_owned()).collect(),
        begun_at: payment.begun_at(),
        expiry: payment.expiry(),
        expiry_note: payment.expiry_note().map(Into::into),
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
    Ok(CheckedPolicy { protocol: policy.protocol.into(), reply_time: policy.reply_time })
}

/// Every word that an alert can be.
#[uniffi::export]
pub fn alert_kinds() -> Vec<String> {
    payment::AlertKind::ALL.iter().map(|kind| kind.as_str().to_owned()).collect()
}

/// Every word that says why a payment could not be resolved.
#[uniffi::export]
pub fn unresolved_reasons() -> Vec<String> {
    payment::UnresolvedReason::ALL.iter().map(|reason| reason.as_str().to_owned()).collect()
}
