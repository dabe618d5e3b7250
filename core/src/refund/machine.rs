//! One refund by the merchant, as a machine of the payment's shape: events with times in, numbered actions out.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::standing::Standing;
use super::{NumberedRefund, RefundAction, RefundEvent, RefundOrder, RefundOutcome, Resolution, Resolved};
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Operation;
use crate::machine::refund_body::inquiry_body;
use crate::machine::refund_retry::{Due, RefundRetry, Verdict};
use crate::payment::{AlertKind, Policy, Secret};
use crate::reply::{Named, Reading, Stated};
use crate::time::Timestamp;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Phase {
    Ready,
    Refunding(RefundRetry),
    Final(RefundOutcome),
}

/// One refund. Like a payment it does no I/O, reads no clock, and is stored before its actions are carried out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    order: RefundOrder,
    phase: Phase,
    last_now: Option<Timestamp>,
    sends: Vec<Operation>,
    refund_id: Option<String>,
    alerts: Vec<AlertKind>,
    next_sequence: u64,
    issued: Vec<NumberedRefund>,
    /// How far it had come when it was given up: whether a late refusal settles it depends on the other copies.
    #[serde(default)]
    ended: Option<RefundRetry>,
    #[serde(default)]
    standing: Standing,
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
            ended: None,
            standing: Standing::default(),
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

    /// When the next [`RefundEvent::Tick`] is due.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
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

    /// What a person found out about it after it ended as unresolved.
    pub fn resolution(&self) -> Option<&Resolution> {
        self.standing.resolution()
    }

    /// Whether the money was given back, as far as is known.
    pub fn given_back(&self) -> bool {
        self.standing.given_back(self.outcome())
    }

    /// Whether the amount counts as spent: it was given back, or may have been, or may still be.
    pub fn spent(&self) -> bool {
        self.given_back() || !self.freed()
    }

    pub(crate) fn freed(&self) -> bool {
        self.standing.freed(self.outcome())
    }

    pub(crate) fn resolve(&mut self, resolution: Resolution) -> Result<()> {
        let outcome = self.outcome().cloned();
        self.standing.resolve(outcome.as_ref(), resolution)
    }

    /// Takes one event in and says what to do.
    ///
    /// # Errors
    /// `refund.not_begun`, `refund.already_begun`, `refund.unknown_send`, `refund.wrong_operation`: the event does
    /// not fit, and the refund stays as it was.
    pub fn handle(
        &mut self,
        policy: &Policy,
        event: RefundEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedRefund>> {
        self.check(&event)?;
        let set_back = self.last_now.map_or(Duration::ZERO, |last| last.saturating_since(now));
        if let Phase::Refunding(course) = &mut self.phase {
            course.shift_back(set_back);
        }
        self.last_now = Some(now);
        let mut issued = Vec::new();
        match event {
            RefundEvent::Begin => self.phase = Phase::Refunding(RefundRetry::start(policy, now)),
            RefundEvent::Reply { send_id, operation, body, timing } => {
                let reading = Reading::new(policy.protocol, operation, &body);
                if timing.stale && !self.names_us(&reading) {
                    let detail = "an answer that names no refund was signed long before its request was sent; \
                        it was not used";
                    self.alert(AlertKind::StaleAnswer, detail, &mut issued);
                } else {
                    let fresh = RefundRetry::start(policy, now);
                    self.heard(&reading, fresh, &mut issued, |course| {
                        course.reply(policy, &reading, send_id, now)
                    });
                }
            }
            RefundEvent::Notified { body } => {
                let reading = Reading::new(policy.protocol, Operation::Notify, &body);
                // A notification that names no refund is not evidence about this one.
                if reading.names_refund(&self.order.refund_request_id) != Named::Absent {
                    let fresh = RefundRetry::start(policy, now);
                    self.heard(&reading, fresh, &mut issued, |course| course.notified(&reading));
                }
            }
            RefundEvent::NoReply { send_id, operation: Operation::Refund, certainty } => {
                if let Phase::Refunding(course) = &mut self.phase {
                    let verdict = course.no_reply(policy, send_id, certainty, now);
                    self.follow(verdict, &mut issued);
                }
            }
            RefundEvent::Resumed => {
                issued = std::mem::take(&mut self.issued);
                if let Phase::Refunding(course) = &mut self.phase {
                    course.resumed(now);
                }
            }
            // The clock repeats an inquiry, answered or not.
            RefundEvent::NoReply { .. } | RefundEvent::Tick => {}
        }
        self.act_on_deadlines(policy, now, &mut issued);
        self.issued.clone_from(&issued);
        Ok(issued)
    }

    /// Hashes what decides how the refund goes on, and not what only numbers it; see the same of the payment.
    #[cfg(feature = "model-checking")]
    #[doc(hidden)]
    pub fn hash_behaviour<H: std::hash::Hasher>(&self, restarts: bool, hasher: &mut H) {
        use std::hash::Hash as _;
        (&self.phase, self.last_now, &self.sends, &self.refund_id, &self.alerts).hash(hasher);
        (&self.ended, &self.standing).hash(hasher);
        if restarts {
            self.issued.iter().for_each(|issued| issued.action.hash(hasher));
        }
    }

    fn check(&self, event: &RefundEvent) -> Result<()> {
        let ready = self.phase == Phase::Ready;
        match event {
            RefundEvent::Begin if ready => Ok(()),
            RefundEvent::Begin => {
                Err(Error::new(ErrorCode::RefundAlreadyBegun, "the refund was begun before"))
            }
            _ if ready => Err(Error::new(ErrorCode::RefundNotBegun, "the refund was not begun")),
            RefundEvent::Reply { send_id, operation, .. }
            | RefundEvent::NoReply { send_id, operation, .. } => {
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
            RefundEvent::Notified { .. } | RefundEvent::Resumed | RefundEvent::Tick => Ok(()),
        }
    }

    /// One that names us was signed for this refund, however long ago.
    fn names_us(&self, reading: &Reading<'_>) -> bool {
        let known = self.refund_id.as_deref();
        reading.names_refund(&self.order.refund_request_id) == Named::Ours
            || known.is_some_and(|known| reading.refund_id().as_deref() == Some(known))
    }

    /// A verified message about this refund: `read` says what it means for the course. After the end it is read with
    /// a `fresh` course, unless the copies that were sent still matter.
    fn heard(
        &mut self,
        reading: &Reading<'_>,
        mut fresh: RefundRetry,
        issued: &mut Vec<NumberedRefund>,
        read: impl FnOnce(&mut RefundRetry) -> Verdict,
    ) {
        if reading.names_refund(&self.order.refund_request_id) == Named::Other {
            return self.alert(AlertKind::IdMismatch, "a message names another refund request id", issued);
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
        if let Some(outcome) = self.outcome().cloned() {
            let verdict = read(self.ended.as_mut().unwrap_or(&mut fresh));
            return self.late(&outcome, &verdict, reading.operation() != Operation::Refund, issued);
        }
        let Phase::Refunding(course) = &mut self.phase else { return };
        let verdict = read(course);
        if reading.undocumented_refusal() {
            let detail = "the refund was refused with a code that is not documented; it goes on";
            self.alert(AlertKind::UnexpectedRefusal, detail, issued);
        }
        if reading.low_balance() {
            let detail = "the merchant's balance is too low to refund";
            self.alert(AlertKind::MerchantBalanceNotEnough, detail, issued);
        }
        self.follow(verdict, issued);
    }

    fn follow(&mut self, verdict: Verdict, issued: &mut Vec<NumberedRefund>) {
        match verdict {
            Verdict::GoOn => {}
            Verdict::UnknownWord => self.alert(
                AlertKind::UnknownWord,
                "a refund is said to have a status that is not documented",
                issued,
            ),
            Verdict::Refunded => self.conclude(RefundOutcome::Refunded, issued),
            Verdict::OrderCancelled => self.conclude(RefundOutcome::OrderCancelled, issued),
            Verdict::Refused { code } => self.conclude(RefundOutcome::Failed { code }, issued),
        }
    }

    /// Evidence after the end. The outcome stands; what it says about the money is kept. The refusal of a copy
    /// contradicts no refund that was made: only a message about the refund itself does.
    fn late(
        &mut self,
        outcome: &RefundOutcome,
        verdict: &Verdict,
        about_refund: bool,
        issued: &mut Vec<NumberedRefund>,
    ) {
        let resolved = match verdict {
            Verdict::GoOn | Verdict::UnknownWord => return,
            Verdict::Refunded => Resolved::Made,
            Verdict::OrderCancelled | Verdict::Refused { .. } => Resolved::NotMade,
        };
        let kind = match (outcome, resolved) {
            (RefundOutcome::Unresolved, _) if self.standing.hears(resolved) => AlertKind::ConflictingEvidence,
            (RefundOutcome::Unresolved, _) => AlertKind::LateEvidence,
            (RefundOutcome::Failed { .. } | RefundOutcome::OrderCancelled, Resolved::Made) => {
                self.standing.hears(resolved);
                AlertKind::ConflictingEvidence
            }
            (RefundOutcome::Refunded, Resolved::NotMade)
                if about_refund || *verdict == Verdict::OrderCancelled =>
            {
                AlertKind::ConflictingEvidence
            }
            _ => return,
        };
        self.alert(kind, "a final answer arrived after the refund had ended", issued);
    }

    fn act_on_deadlines(&mut self, policy: &Policy, now: Timestamp, issued: &mut Vec<NumberedRefund>) {
        let Phase::Refunding(course) = &mut self.phase else { return };
        match course.due(policy, now) {
            None => {}
            Some(Due::GaveUp) if course.none_left() => {
                let code = ErrorCode::RefundNotSent.as_str().to_owned();
                self.conclude(RefundOutcome::Failed { code }, issued);
            }
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
        let phase = std::mem::replace(&mut self.phase, Phase::Final(outcome.clone()));
        self.ended = match (&outcome, phase) {
            (RefundOutcome::Unresolved, Phase::Refunding(course)) => Some(course),
            _ => None,
        };
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
