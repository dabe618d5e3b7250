//! The reverse of a payment: the whole of it is given back, in the ledger of its refunds.

use std::sync::{Arc, Mutex};

use alipay_instore::json::Object;
use alipay_instore::ledger;
use alipay_instore::reverse;

use crate::failure::Result;
use crate::mirror::{Certainty, Operation};
use crate::payment::Payment;
use crate::reading::Timing;
use crate::refund::RefundLedger;

/// Something that happened to a reverse.
#[derive(uniffi::Enum)]
pub enum ReverseEvent {
    /// Give the money back.
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
    },
    /// A verified notification about the refund of this reverse arrived.
    Notified {
        /// Its body as JSON text.
        body: String,
    },
    /// The reverse was restored.
    Resumed,
    /// Time passed.
    Tick,
}

impl ReverseEvent {
    fn read(self) -> Result<reverse::ReverseEvent> {
        Ok(match self {
            ReverseEvent::Begin => reverse::ReverseEvent::Begin,
            ReverseEvent::Reply { send_id, operation, body, timing } => reverse::ReverseEvent::Reply {
                send_id,
                operation: operation.into(),
                body: Object::parse(body.as_bytes())?,
                timing: timing.read(),
            },
            ReverseEvent::NoReply { send_id, operation, certainty } => reverse::ReverseEvent::NoReply {
                send_id,
                operation: operation.into(),
                certainty: certainty.into(),
            },
            ReverseEvent::Notified { body } => {
                reverse::ReverseEvent::Notified { body: Object::parse(body.as_bytes())? }
            }
            ReverseEvent::Resumed => reverse::ReverseEvent::Resumed,
            ReverseEvent::Tick => reverse::ReverseEvent::Tick,
        })
    }
}

/// How a reverse ended.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ReverseOutcome {
    /// The merchant keeps nothing of the payment.
    Reversed,
    /// It gave nothing back, and will not.
    Refused {
        /// The gateway's code.
        code: String,
    },
    /// Needs manual review.
    Unresolved,
}

impl From<&reverse::ReverseOutcome> for ReverseOutcome {
    fn from(outcome: &reverse::ReverseOutcome) -> Self {
        match outcome {
            reverse::ReverseOutcome::Reversed => ReverseOutcome::Reversed,
            reverse::ReverseOutcome::Refused { code } => ReverseOutcome::Refused { code: code.clone() },
            reverse::ReverseOutcome::Unresolved => ReverseOutcome::Unresolved,
        }
    }
}

/// One thing for the host to do.
#[derive(uniffi::Enum)]
pub enum ReverseAction {
    /// Sign and post this body.
    Send {
        /// To be fed back with the answer.
        send_id: u32,
        /// To be fed back with the answer.
        operation: Operation,
        /// The path of the API.
        path: String,
        /// The body.
        body: String,
    },
    /// The reverse has its result.
    Conclude {
        /// The result.
        outcome: ReverseOutcome,
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
pub struct NumberedReverse {
    /// Counts up over the life of the reverse.
    pub sequence: u64,
    /// What to do.
    pub action: ReverseAction,
}

impl From<reverse::NumberedReverse> for NumberedReverse {
    fn from(reverse::NumberedReverse { sequence, action }: reverse::NumberedReverse) -> Self {
        let action = match action {
            reverse::ReverseAction::Send { send_id, operation, path, body } => ReverseAction::Send {
                send_id,
                operation: operation.into(),
                path,
                body: body.expose().to_owned(),
            },
            reverse::ReverseAction::Conclude { outcome } => {
                ReverseAction::Conclude { outcome: (&outcome).into() }
            }
            reverse::ReverseAction::Alert { kind, detail } => {
                ReverseAction::Alert { kind: kind.as_str().to_owned(), detail }
            }
        };
        NumberedReverse { sequence, action }
    }
}

/// Where a reverse stands.
#[derive(uniffi::Record)]
pub struct ReverseStanding {
    /// `ready`, the name of the step, or the name of the outcome.
    pub state: String,
    /// How it ended, if it has.
    pub outcome: Option<ReverseOutcome>,
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
    /// What to do, once the snapshot is stored.
    pub actions: Vec<NumberedReverse>,
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
        outcome: reverse.outcome().map(Into::into),
        next_wakeup: reverse.next_wakeup(),
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

    /// Takes an event of the reverse in.
    pub fn handle_reverse(&self, event: ReverseEvent, now: i64) -> Result<ReverseStep> {
        let event = event.read()?;
        let mut ledger = self.lock();
        let actions = ledger.handle_reverse(event, now)?.into_iter().map(Into::into).collect();
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
