//! One step of a record: an event is fed to the machine that it is about, and what the machine asks for is kept in the
//! record until it is done. A change can be applied again to a newer record, which is how a conflict is settled.

use super::{report, undone};
use crate::api::RefundRequest;
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Operation;
use crate::json::Object;
use crate::ledger::RefundLedger;
use crate::payment::{Action, AlertKind, Certainty, Event, Numbered, Outcome, Timing, Unverified};
use crate::refund::{NumberedRefund, RefundAction, RefundEvent, Resolved};
use crate::reverse::{NumberedReverse, ReverseAction, ReverseEvent};
use crate::store::{Part, PaymentRecord, Resolution, Stated, Undone};
use crate::time::Timestamp;
use crate::timeline::TimelineEvent;

/// What happened to a record.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// The payment is to be sent.
    Begin,
    /// Somebody takes the record up who did not drive it before.
    Resumed,
    /// Time passed.
    Tick,
    /// A verified answer.
    Reply { part: Part, send_id: u32, operation: Operation, body: Object, timing: Timing },
    /// No usable answer.
    NoReply {
        part: Part,
        send_id: u32,
        operation: Operation,
        certainty: Certainty,
        unverified: Option<Unverified>,
    },
    /// A verified notification of the payment, or of the refund of this id.
    Notified { refund_request_id: Option<String>, body: Object },
    /// The cashier or the merchant wants out.
    Cancel,
    /// Money is to be given back.
    Refund { request: Box<RefundRequest>, stated: Stated },
    /// The whole is to be given back.
    Reverse,
    /// A person found out the outcome of the payment, or of the refund of this id.
    Resolve { refund_request_id: Option<String>, resolved: Resolved, who: String, note: String },
    /// Somebody has taken care of these alerts.
    Acknowledge { numbers: Vec<u32>, who: String },
    /// These ends were told before the store had taken them.
    NotStored { told: Vec<(Part, &'static str)> },
}

impl Change {
    /// Whether it holds whoever drives the record: what a person asked for, and what the gateway said.
    pub(super) fn is_evidence(&self) -> bool {
        !matches!(self, Change::Begin | Change::Resumed | Change::Tick | Change::NoReply { .. })
    }
}

/// Applies a change, and tells what happened. After an error the record has to be dropped; the change is as it was.
///
/// # Errors
/// Those of the machines and of the ledger.
pub(super) fn apply(
    record: &mut PaymentRecord,
    change: &mut Change,
    now: Timestamp,
) -> Result<Vec<TimelineEvent>> {
    let mut step = Step { record, now, events: Vec::new() };
    step.take(change)?;
    step.reverse_goes_on()?;
    step.hold_against_told();
    undone::drop_superseded(step.record, now);
    step.record.extras.updated = now.max(step.record.extras.updated);
    Ok(step.events)
}

struct Step<'r> {
    record: &'r mut PaymentRecord,
    now: Timestamp,
    events: Vec<TimelineEvent>,
}

impl Step<'_> {
    fn take(&mut self, change: &mut Change) -> Result<()> {
        match change {
            Change::Begin => match self.record.payment.begun_at() {
                Some(_) => Ok(()),
                None => self.payment(&Event::Begin),
            },
            Change::Resumed => {
                self.events.push(TimelineEvent::Resumed);
                match (self.record.payment.outcome(), self.record.payment.begun_at()) {
                    (Some(_), _) => {}
                    (None, None) => self.payment(&Event::Begin)?,
                    (None, Some(_)) => self.payment(&Event::Resumed)?,
                }
                self.refunds(&RefundEvent::Resumed)?;
                self.reverse(ReverseEvent::Resumed)
            }
            Change::Tick => {
                if self.record.payment.begun_at().is_some() && self.record.payment.outcome().is_none() {
                    self.payment(&Event::Tick)?;
                }
                self.refunds(&RefundEvent::Tick)?;
                self.reverse(ReverseEvent::Tick)
            }
            Change::Reply { part, send_id, operation, body, timing } => {
                undone::done(self.record, part, *send_id);
                if let (Some(at), false) = (timing.signed_at, timing.stale) {
                    let known = self.record.extras.gateway_time.get_or_insert(at);
                    *known = at.max(*known);
                }
                self.reply(part, *send_id, *operation, body, *timing)
            }
            Change::NoReply { part, send_id, operation, certainty, unverified } => {
                undone::done(self.record, part, *send_id);
                self.no_reply(part, *send_id, *operation, *certainty, unverified.as_ref())
            }
            Change::Notified { refund_request_id, body } => {
                self.events.push(TimelineEvent::Notified);
                self.notified(refund_request_id.as_deref(), body)
            }
            Change::Cancel => {
                if self.record.payment.outcome().is_some() {
                    return Ok(());
                }
                self.events.push(TimelineEvent::CancelRequested);
                self.payment(&Event::CancelRequested)
            }
            Change::Refund { request, stated } => self.enter_refund(request, stated),
            Change::Reverse => self.enter_reverse(),
            Change::Resolve { refund_request_id: Some(refund), resolved, who, note } => {
                let now = self.now;
                self.ledger()?.resolve(refund, *resolved, who, note, now)
            }
            Change::Resolve { refund_request_id: None, resolved, who, note } => {
                self.resolve(*resolved, who, note)
            }
            Change::Acknowledge { numbers, who } => {
                for number in numbers {
                    if !self.record.acknowledge(*number, who, self.now) {
                        let reason = format!("the payment has no alert {number}");
                        return Err(Error::new(ErrorCode::RequestInvalid, reason).with_path("alert"));
                    }
                }
                Ok(())
            }
            Change::NotStored { told } => {
                for (part, told) in told {
                    let entry = (part.clone(), (*told).to_owned());
                    if !self.record.extras.told.contains(&entry) {
                        self.record.extras.told.push(entry);
                    }
                    let detail = format!("a caller was told {told} before the store had taken it");
                    self.alert(part.clone(), AlertKind::NotStored, &detail);
                }
                Ok(())
            }
        }
    }

    fn reply(
        &mut self,
        part: &Part,
        send_id: u32,
        operation: Operation,
        body: &mut Object,
        timing: Timing,
    ) -> Result<()> {
        match part {
            Part::Payment => {
                let known = self.record.payment.handles_send(send_id, operation);
                // A step of ours was not stored, and another one was: the answer is about the payment all the same.
                let send_id = if known { Some(send_id) } else { self.record.payment.first_send(operation) };
                let Some(send_id) = send_id else { return Ok(()) };
                // Lent, since the change may have to be applied again.
                let event = Event::Reply { send_id, operation, body: std::mem::take(body), timing };
                let done = self.payment(&event);
                if let Event::Reply { body: lent, .. } = event {
                    *body = lent;
                }
                done
            }
            Part::Refund(id) => {
                self.refund(id, RefundEvent::Reply { send_id, operation, body: body.clone(), timing })
            }
            Part::Reverse => {
                self.reverse(ReverseEvent::Reply { send_id, operation, body: body.clone(), timing })
            }
        }
        .or_else(unknown_send)
    }

    fn no_reply(
        &mut self,
        part: &Part,
        send_id: u32,
        operation: Operation,
        certainty: Certainty,
        unverified: Option<&Unverified>,
    ) -> Result<()> {
        let unverified = unverified.cloned();
        match part {
            Part::Payment => self.payment(&Event::NoReply { send_id, operation, certainty, unverified }),
            Part::Refund(id) => self.refund(id, RefundEvent::NoReply { send_id, operation, certainty }),
            Part::Reverse => self.reverse(ReverseEvent::NoReply { send_id, operation, certainty }),
        }
        .or_else(unknown_send)
    }

    fn notified(&mut self, refund: Option<&str>, body: &Object) -> Result<()> {
        let body = body.clone();
        let Some(id) = refund else { return self.payment(&Event::Notified { body }) };
        let ledger = self.record.ledger.as_ref();
        if ledger.is_some_and(|ledger| ledger.refund(id).is_some()) {
            self.refund(id, RefundEvent::Notified { body })
        } else if ledger.and_then(|ledger| ledger.reverse()?.refund_request_id()) == Some(id) {
            self.reverse(ReverseEvent::Notified { body })
        } else {
            self.payment(&Event::Notified { body })
        }
    }

    fn enter_refund(&mut self, request: &RefundRequest, stated: &Stated) -> Result<()> {
        let id = request.refund_request_id.clone().unwrap_or_default();
        let known = self.record.extras.refunds_stated.iter().find(|(known, _)| *known == id);
        if known.is_some_and(|(_, known)| !known.is_same(stated)) {
            let reason = "a refund of this id is stored, and it states something else";
            return Err(Error::new(ErrorCode::RefundIdReused, reason).with_path("refundRequestId"));
        }
        let (entered, prefix) = (known.is_some(), self.record.payment.order().api_prefix.clone());
        let ledger = self.ledger()?;
        let ready = ledger.enter_request(request, prefix)?.state() == "ready";
        if !entered {
            self.record.extras.refunds_stated.push((id.clone(), stated.clone()));
        }
        if ready { self.refund(&id, RefundEvent::Begin) } else { Ok(()) }
    }

    fn enter_reverse(&mut self) -> Result<()> {
        if self.record.ledger.is_none() {
            self.record.ledger = Some(RefundLedger::for_reverse(&self.record.payment)?);
        }
        let Some(ledger) = &mut self.record.ledger else { return Ok(()) };
        match ledger.enter_reverse(&self.record.payment)?.state() {
            "ready" => self.reverse(ReverseEvent::Begin),
            _ => Ok(()),
        }
    }

    fn resolve(&mut self, resolved: Resolved, who: &str, note: &str) -> Result<()> {
        let refused = |reason: String| Err(Error::new(ErrorCode::PaymentNotUnresolved, reason));
        if who.trim().is_empty() {
            return Err(
                Error::new(ErrorCode::RequestMissing, "it must be known who resolved it").with_path("who")
            );
        }
        if who.chars().count() > 64 || note.chars().count() > 1_000 {
            let path = if who.chars().count() > 64 { "who" } else { "note" };
            return Err(Error::new(ErrorCode::RequestTooLong, "who has at most 64 characters, note 1,000")
                .with_path(path));
        }
        match (self.record.payment.outcome(), &self.record.extras.resolution) {
            (Some(Outcome::Unresolved { .. }), None) => {
                let (who, note) = (who.to_owned(), note.to_owned());
                self.record.extras.resolution = Some(Resolution { resolved, who, note, at: self.now });
                Ok(())
            }
            (Some(Outcome::Unresolved { .. }), Some(known)) if known.resolved == resolved => Ok(()),
            (Some(Outcome::Unresolved { .. }), Some(known)) => {
                refused(format!("the payment was resolved as {}", known.resolved.as_str()))
            }
            (Some(outcome), _) => refused(format!("the payment is {}", outcome.as_str())),
            (None, _) => refused("the payment has not ended".to_owned()),
        }
    }

    fn ledger(&mut self) -> Result<&mut RefundLedger> {
        if self.record.ledger.is_none() {
            self.record.ledger = Some(RefundLedger::of(&self.record.payment)?);
        }
        let missing = || Error::new(ErrorCode::RefundNotBegun, "no refund of this payment was entered");
        self.record.ledger.as_mut().ok_or_else(missing)
    }

    fn payment(&mut self, event: &Event) -> Result<()> {
        for Numbered { action, .. } in self.record.payment.handle_in_place(event, self.now)? {
            match action {
                Action::Send { send_id, operation, path, body } => {
                    undone::add(self.record, Undone { part: Part::Payment, send_id, operation, path, body });
                }
                Action::Present { form } => {
                    self.record.extras.form = Some(form.to_string());
                    self.events.push(TimelineEvent::Presented { form });
                }
                Action::Conclude { outcome } => {
                    self.record.extras.form = None;
                    self.events.push(TimelineEvent::Concluded { outcome });
                }
                Action::Alert { kind, detail } => self.alert(Part::Payment, kind, &detail),
            }
        }
        Ok(())
    }

    /// Feeds it to every refund that is under way.
    fn refunds(&mut self, event: &RefundEvent) -> Result<()> {
        let under_way: Vec<String> = self
            .record
            .ledger
            .iter()
            .flat_map(RefundLedger::refunds)
            .filter(|refund| refund.outcome().is_none())
            .map(|refund| refund.order().refund_request_id.clone())
            .collect();
        for id in under_way {
            let ready = self
                .record
                .ledger
                .as_ref()
                .and_then(|ledger| ledger.refund(&id))
                .map(|refund| refund.state());
            let event = if ready == Some("ready") { RefundEvent::Begin } else { event.clone() };
            self.refund(&id, event)?;
        }
        Ok(())
    }

    fn refund(&mut self, id: &str, event: RefundEvent) -> Result<()> {
        let Some(ledger) = &mut self.record.ledger else { return Ok(()) };
        let part = Part::Refund(id.to_owned());
        for NumberedRefund { action, .. } in ledger.handle(id, event, self.now)? {
            match action {
                RefundAction::Send { send_id, operation, path, body } => {
                    undone::add(self.record, Undone { part: part.clone(), send_id, operation, path, body });
                }
                RefundAction::Conclude { outcome } => {
                    self.events
                        .push(TimelineEvent::RefundConcluded { refund_request_id: id.to_owned(), outcome });
                }
                RefundAction::Alert { kind, detail } => self.alert(part.clone(), kind, &detail),
            }
        }
        Ok(())
    }

    /// Feeds it to the reverse, if there is one that has not ended, or if it is evidence.
    fn reverse(&mut self, event: ReverseEvent) -> Result<()> {
        let Some(ledger) = &mut self.record.ledger else { return Ok(()) };
        let Some(reverse) = ledger.reverse() else { return Ok(()) };
        let time = matches!(event, ReverseEvent::Tick | ReverseEvent::Resumed);
        let event = match reverse.state() {
            "ready" if time => ReverseEvent::Begin,
            _ if time && reverse.outcome().is_some() => return Ok(()),
            _ => event,
        };
        for NumberedReverse { action, .. } in ledger.handle_reverse(event, self.now)? {
            match action {
                ReverseAction::Send { send_id, operation, path, body } => {
                    undone::add(self.record, Undone { part: Part::Reverse, send_id, operation, path, body });
                }
                ReverseAction::Conclude { outcome } => {
                    self.events.push(TimelineEvent::ReverseConcluded { outcome })
                }
                ReverseAction::Alert { kind, detail } => self.alert(Part::Reverse, kind, &detail),
            }
        }
        Ok(())
    }

    /// A reverse that waits for a refund looks again once the refund has ended.
    fn reverse_goes_on(&mut self) -> Result<()> {
        let ended = self.events.iter().any(|event| matches!(event, TimelineEvent::RefundConcluded { .. }));
        if ended { self.reverse(ReverseEvent::Tick) } else { Ok(()) }
    }

    /// What was told while the store was away, and went another way in a step that others had stored.
    fn hold_against_told(&mut self) {
        for (part, told) in self.record.extras.told.clone() {
            if let Some(ended) = report::end_of(self.record, &part).filter(|ended| *ended != told) {
                let detail =
                    format!("a caller was told {told} before it was stored, and it ended as {ended}");
                self.alert(part, AlertKind::ConflictingEvidence, &detail);
            }
        }
    }

    fn alert(&mut self, part: Part, kind: AlertKind, detail: &str) {
        let known = self.record.extras.alerts.iter().any(|alert| alert.part == part && alert.kind == kind);
        if !known {
            self.record.raise(part, kind, detail, self.now);
            self.events.push(TimelineEvent::Alerted { kind, detail: detail.to_owned() });
        }
    }
}

/// An answer to a send that the stored record does not have is news of nothing.
fn unknown_send(error: Error) -> Result<()> {
    match error.code() {
        ErrorCode::PaymentUnknownSend
        | ErrorCode::PaymentWrongOperation
        | ErrorCode::PaymentNotBegun
        | ErrorCode::RefundUnknownSend
        | ErrorCode::RefundWrongOperation
        | ErrorCode::RefundNotBegun
        | ErrorCode::ReverseUnknownSend
        | ErrorCode::ReverseWrongOperation
        | ErrorCode::ReverseNotBegun => Ok(()),
        _ => Err(error),
    }
}
