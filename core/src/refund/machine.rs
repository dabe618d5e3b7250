//! One refund by the merchant, as a machine of the payment's shape: events with times in, numbered actions out.

use serde::{Deserialize, Serialize};

use super::{Course, Due, Verdict, inquiry_body};
use crate::amount::Amount;
use crate::error::{Error, ErrorCode, Result};
use crate::message::json::Object;
use crate::payment::{AlertKind, Policy, Secret};
use crate::reply::{Named, Reading, Stated};
use crate::result_code::Operation;

/// What is to be given back. Fixed when the refund is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundOrder {
    /// The id of this refund; the gateway gives back once for it, however often it is sent.
    pub refund_request_id: String,
    /// How much is given back.
    pub amount: Amount,
    /// The path of the gateway's APIs, such as `/ams/api/v1`.
    pub api_prefix: String,
    /// The body of the refund, built and checked before.
    pub body: Secret,
}

/// How a refund ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RefundOutcome {
    /// The money was given back.
    Refunded,
    /// The order was cancelled, so that there was nothing to give back.
    OrderCancelled,
    /// Refused; another attempt needs another id.
    Failed {
        /// The gateway's code.
        code: String,
    },
    /// The gateway stayed silent: a human must look.
    Unresolved,
}

impl RefundOutcome {
    /// `refunded`, `order_cancelled`, `failed` or `unresolved`.
    pub fn as_str(&self) -> &'static str {
        match self {
            RefundOutcome::Refunded => "refunded",
            RefundOutcome::OrderCancelled => "order_cancelled",
            RefundOutcome::Failed { .. } => "failed",
            RefundOutcome::Unresolved => "unresolved",
        }
    }
}

/// Something that happened to a refund. Replies are verified ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RefundEvent {
    /// Send it.
    Begin,
    /// The gateway answered.
    Reply {
        /// The number that came with the send.
        send_id: u32,
        /// The operation that came with the send.
        operation: Operation,
        /// The body of the reply.
        body: Object,
    },
    /// No usable answer arrived.
    NoReply {
        /// The number that came with the send.
        send_id: u32,
        /// The operation that came with the send.
        operation: Operation,
    },
    /// The refund was restored from a snapshot.
    Resumed,
    /// Time passed.
    Tick,
}

/// One thing for the host to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RefundAction {
    /// Sign this body, freshly, and post it; feed back what came of it.
    Send {
        /// To be fed back with the answer.
        send_id: u32,
        /// `refund` or `refund_inquiry`.
        operation: Operation,
        /// The path of the API, which is signed.
        path: String,
        /// The body, to be sent as it stands.
        body: Secret,
    },
    /// The refund has its result. Comes once.
    Conclude {
        /// The result.
        outcome: RefundOutcome,
    },
    /// A human must look. Each kind comes at most once a refund.
    Alert {
        /// What is wrong.
        kind: AlertKind,
        /// What was found, without secrets.
        detail: String,
    },
}

/// An action and its number, as with a payment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberedRefund {
    /// Counts up from 1 over the life of the refund.
    pub sequence: u64,
    /// What to do.
    pub action: RefundAction,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Phase {
    Ready,
    Refunding(Course),
    Final(RefundOutcome),
}

/// One refund. Like a payment it does no I/O, reads no clock, and is stored before its actions are carried out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    order: RefundOrder,
    phase: Phase,
    last_now: Option<i64>,
    sends: Vec<Operation>,
    refund_id: Option<String>,
    alerts: Vec<AlertKind>,
    next_sequence: u64,
    issued: Vec<NumberedRefund>,
}

impl Refund {
    /// A refund that is not begun.
    pub fn new(order: RefundOrder) -> Self {
        Refund {
            order,
            phase: Phase::Ready,
            last_now: None,
            sends: Vec::new(),
            refund_id: None,
            alerts: Vec::new(),
            next_sequence: 1,
            issued: Vec::new(),
        }
    }

    /// What is to be given back.
    pub fn order(&self) -> &RefundOrder {
        &self.order
    }

    /// How it ended, if it has.
    pub fn outcome(&self) -> Option<&RefundOutcome> {
        match &self.phase {
            Phase::Final(outcome) => Some(outcome),
            Phase::Ready | Phase::Refunding(_) => None,
        }
    }

    /// `ready`, `refunding`, or the outcome's name.
    pub fn state(&self) -> &'static str {
        match &self.phase {
            Phase::Ready => "ready",
            Phase::Refunding(_) => "refunding",
            Phase::Final(outcome) => outcome.as_str(),
        }
    }

    /// When the next [`RefundEvent::Tick`] is due, in milliseconds since the epoch.
    pub fn next_wakeup(&self) -> Option<i64> {
        match &self.phase {
            Phase::Refunding(course) => Some(course.next_wakeup()),
            Phase::Ready | Phase::Final(_) => None,
        }
    }

    /// The gateway's id of the refund, once a verified answer told it.
    pub fn refund_id(&self) -> Option<&str> {
        self.refund_id.as_deref()
    }

    /// The alerts that were raised.
    pub fn alerts(&self) -> &[AlertKind] {
        &self.alerts
    }

    /// Takes one event in and says what to do.
    ///
    /// # Errors
    /// `refund.not_begun`, `refund.already_begun`, `refund.unknown_send`, `refund.wrong_operation`: the event does
    /// not fit, and the refund stays as it was.
    pub fn handle(&mut self, policy: &Policy, event: RefundEvent, now: i64) -> Result<Vec<NumberedRefund>> {
        self.check(&event)?;
        let set_back = self.last_now.map_or(0, |last| last.saturating_sub(now).max(0));
        if let Phase::Refunding(course) = &mut self.phase {
            course.shift_back(set_back);
        }
        self.last_now = Some(now);
        let mut issued = Vec::new();
        match event {
            RefundEvent::Begin => self.phase = Phase::Refunding(Course::start(policy, now)),
            RefundEvent::Reply { send_id, operation, body } => {
                let reading = Reading::new(policy.protocol, operation, &body);
                self.reply(policy, send_id, &reading, now, &mut issued);
            }
            RefundEvent::Resumed => issued = std::mem::take(&mut self.issued),
            // The clock repeats the request, answered or not.
            RefundEvent::NoReply { .. } | RefundEvent::Tick => {}
        }
        self.act_on_deadlines(policy, now, &mut issued);
        self.issued.clone_from(&issued);
        Ok(issued)
    }

    fn check(&self, event: &RefundEvent) -> Result<()> {
        let ready = self.phase == Phase::Ready;
        match event {
            RefundEvent::Begin if ready => Ok(()),
            RefundEvent::Begin => {
                Err(Error::new(ErrorCode::RefundAlreadyBegun, "the refund was begun before"))
            }
            _ if ready => Err(Error::new(ErrorCode::RefundNotBegun, "the refund was not begun")),
            RefundEvent::Reply { send_id, operation, .. } | RefundEvent::NoReply { send_id, operation } => {
                let index = usize::try_from(*send_id).ok().and_then(|id| id.checked_sub(1));
                match index.and_then(|index| self.sends.get(index)) {
                    None => {
                        let reason = format!("send {send_id} was never given out");
                        Err(Error::new(ErrorCode::RefundUnknownSend, reason))
                    }
                    Some(sent) if sent != operation => {
                        let reason = format!("send {send_id} was {}", sent.as_str());
                        Err(Error::new(ErrorCode::RefundWrongOperation, reason))
                    }
                    Some(_) => Ok(()),
                }
            }
            RefundEvent::Resumed | RefundEvent::Tick => Ok(()),
        }
    }

    fn reply(
        &mut self,
        policy: &Policy,
        send_id: u32,
        reading: &Reading<'_>,
        now: i64,
        issued: &mut Vec<NumberedRefund>,
    ) {
        if reading.names_refund(&self.order.refund_request_id) == Named::Other {
            return self.alert(AlertKind::IdMismatch, "a reply names another refund request id", issued);
        }
        if reading.refund_amount(self.order.amount) == Stated::Other {
            return self.alert(
                AlertKind::AmountMismatch,
                "the refund is said to be of another amount",
                issued,
            );
        }
        if self.refund_id.is_none() {
            self.refund_id = reading.refund_id();
        }
        let mut course = match &self.phase {
            Phase::Refunding(course) => course.clone(),
            Phase::Ready | Phase::Final(_) => Course::start(policy, now),
        };
        let verdict = course.reply(policy, reading, send_id, now);
        if let Some(outcome) = self.outcome() {
            // The outcome stands; what contradicts it is for a human.
            let refunded = verdict == Verdict::Refunded;
            let kind = match outcome {
                RefundOutcome::Unresolved if !matches!(verdict, Verdict::GoOn | Verdict::UnknownWord) => {
                    AlertKind::LateEvidence
                }
                RefundOutcome::Failed { .. } if refunded => AlertKind::ConflictingEvidence,
                _ => return,
            };
            return self.alert(kind, "a final answer arrived after the refund had ended", issued);
        }
        match verdict {
            Verdict::GoOn => self.phase = Phase::Refunding(course),
            Verdict::UnknownWord => {
                self.phase = Phase::Refunding(course);
                self.alert(
                    AlertKind::UnknownWord,
                    "an inquiry was answered with an undocumented status",
                    issued,
                );
            }
            Verdict::Refunded => self.conclude(RefundOutcome::Refunded, issued),
            Verdict::OrderCancelled => self.conclude(RefundOutcome::OrderCancelled, issued),
            Verdict::Refused { code } => {
                if code == "MERCHANT_BALANCE_NOT_ENOUGH" {
                    self.alert(
                        AlertKind::MerchantBalanceNotEnough,
                        "the balance is too low to refund",
                        issued,
                    );
                }
                self.conclude(RefundOutcome::Failed { code }, issued);
            }
        }
    }

    fn act_on_deadlines(&mut self, policy: &Policy, now: i64, issued: &mut Vec<NumberedRefund>) {
        let Phase::Refunding(course) = &mut self.phase else { return };
        match course.due(policy, now) {
            None => {}
            Some(Due::GaveUp) => self.conclude(RefundOutcome::Unresolved, issued),
            Some(Due::Send(operation)) => {
                let body = match operation {
                    Operation::RefundInquiry => {
                        Secret::new(inquiry_body(&self.order.refund_request_id).to_string())
                    }
                    _ => self.order.body.clone(),
                };
                self.sends.push(operation);
                let send_id = u32::try_from(self.sends.len()).unwrap_or(u32::MAX);
                course.sent(send_id);
                // A course asks for no operation that the protocol lacks.
                let api = policy.protocol.api_name(operation).unwrap_or_default();
                let path = format!("{}/payments/{api}", self.order.api_prefix);
                self.issue(RefundAction::Send { send_id, operation, path, body }, issued);
            }
        }
    }

    fn conclude(&mut self, outcome: RefundOutcome, issued: &mut Vec<NumberedRefund>) {
        self.phase = Phase::Final(outcome.clone());
        self.issue(RefundAction::Conclude { outcome }, issued);
    }

    fn alert(&mut self, kind: AlertKind, detail: &str, issued: &mut Vec<NumberedRefund>) {
        if !self.alerts.contains(&kind) {
            self.alerts.push(kind);
            self.issue(RefundAction::Alert { kind, detail: detail.to_owned() }, issued);
        }
    }

    fn issue(&mut self, action: RefundAction, issued: &mut Vec<NumberedRefund>) {
        issued.push(NumberedRefund { sequence: self.next_sequence, action });
        self.next_sequence += 1;
    }
}
