//! One payment that this process has in hand.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::change::Change;
use super::drive::is_inquiry;
use super::io::{CallId, JobId, PayOrder};
use super::traffic::Class;
use crate::api::pay::Warning;
use crate::error::Error;
use crate::gateway::Operation;
use crate::payment::Secret;
use crate::store::{Part, PaymentRecord};
use crate::time::Timestamp;
use crate::timeline::{TimelineEntry, TimelineEvent};

/// What a caller waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// The payment's end.
    Payment,
    /// The end of the payment, its refunds and its reverse.
    Everything,
    /// The refund's end.
    Refund(String),
    /// The reverse's end.
    Reverse,
    /// That the payment is stored and its request of pay has left.
    Started,
    /// How it stands.
    Status,
    /// That it is known whether this process drives it.
    TakenUp { driven: bool },
    /// That what was asked is stored.
    Done,
    /// That the notification is stored; so many alerts were stored before it.
    Notified { refund_request_id: Option<String>, alerts: usize },
}

impl Goal {
    /// The part of the record whose end it waits for; none if it waits for no end.
    pub(super) fn part(&self) -> Option<Part> {
        match self {
            Goal::Payment => Some(Part::Payment),
            Goal::Refund(id) => Some(Part::Refund(id.clone())),
            Goal::Reverse => Some(Part::Reverse),
            Goal::Everything
            | Goal::Started
            | Goal::Status
            | Goal::TakenUp { .. }
            | Goal::Done
            | Goal::Notified { .. } => None,
        }
    }

    /// Whether it is reached as soon as the change is stored and sent: then nobody has to drive the payment for it.
    pub(super) fn is_stored(&self) -> bool {
        self.part().is_none() && *self != Goal::Everything
    }
}

/// A caller who waits.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) call: CallId,
    pub(super) goal: Goal,
    /// No other call has used its id.
    pub(super) fresh: bool,
    /// It has waited as long as it wanted, and is told how things stand as soon as the store has answered.
    pub(super) overdue: bool,
    /// What it asks for, until it is applied.
    pub(super) change: Option<Change>,
    /// The payment that it states.
    pub(super) pay: Option<Box<PayOrder>>,
    pub(super) code_ignored: bool,
    pub(super) warnings: Vec<Warning>,
    /// What happened since.
    pub(super) timeline: Vec<TimelineEntry>,
}

/// A text that may have been written with the next revision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt {
    /// Of the text, not the text itself: a store that fails for hours leaves many of these behind.
    pub(super) digest: u64,
    pub(super) content: Content,
}

/// A save under way.
#[derive(Debug)]
pub(super) struct Saving {
    pub(super) job: JobId,
    pub(super) text: Secret,
    pub(super) content: Content,
}

/// What a text holds that is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content {
    /// How many of the applied changes it holds.
    pub(super) covers: usize,
    /// The newest request of pay in it that was decided here.
    pub(super) newest_pay: Option<u32>,
    /// The state of the payment in it.
    pub(super) phase: &'static str,
    /// How many alerts it has.
    pub(super) alerts: usize,
}

/// A payment in hand.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) id: Arc<str>,
    /// The record with every applied change; none until it is loaded, and while the payment only waits.
    pub(super) record: Option<Box<PaymentRecord>>,
    /// What the store had, before the applied changes; 0 if it is not inserted.
    pub(super) revision: u64,
    /// The state of the payment in that revision.
    pub(super) phase: &'static str,
    /// How many alerts that revision has.
    pub(super) alerts: usize,
    /// Whether this process drives it.
    pub(super) mine: bool,
    /// Changes that the store does not have yet, and who asked for them.
    pub(super) applied: Vec<(Change, Option<CallId>)>,
    /// Changes that wait for the record, or for a slot.
    pub(super) todo: VecDeque<Change>,
    pub(super) saving: Option<Saving>,
    /// What may have been written, though the store said that it failed.
    pub(super) attempted: Vec<Attempt>,
    pub(super) failures: u32,
    /// Since when the store does not take it, by the monotonic clock.
    pub(super) failing_since: Option<Duration>,
    /// The next attempt waits for its time.
    pub(super) backing_off: bool,
    /// It is being loaded or taken.
    pub(super) busy: Option<JobId>,
    /// Others moved it on, or took it, while something was under way here: it is loaded once that has ended.
    pub(super) look_again: bool,
    /// A verified end waits for its save, and somebody for that end.
    pub(super) end_waits: bool,
    pub(super) in_flight: Vec<(Part, u32)>,
    /// How many requests of each kind have left since it is in hand.
    pub(super) attempts: Vec<(Part, Operation, u32)>,
    /// Requests of pay that were decided here and have not left. They are stored.
    pub(super) unsent_pays: Vec<u32>,
    /// The same, not stored yet: in a record that others have moved on these numbers stand for something else.
    pub(super) new_pays: Vec<u32>,
    /// A slot of this merchant that was given and is not used yet.
    pub(super) slot: Option<(Class, Arc<str>)>,
    pub(super) waiting: bool,
    /// Since when its deadline has passed, by the monotonic clock.
    pub(super) due: Option<Duration>,
    pub(super) calls: Vec<Call>,
    /// To be observed once it is stored.
    pub(super) events: Vec<TimelineEvent>,
    /// The payment's time when it was last changed here.
    pub(super) seen_at: Timestamp,
    /// It can't be driven here.
    pub(super) refused: bool,
    /// It can't begin for this reason, unless it is stored already.
    pub(super) unbegun: Option<Error>,
}

impl Live {
    pub(super) fn new(id: Arc<str>) -> Self {
        Live {
            id,
            record: None,
            revision: 0,
            phase: "ready",
            alerts: 0,
            mine: false,
            applied: Vec::new(),
            todo: VecDeque::new(),
            saving: None,
            attempted: Vec::new(),
            failures: 0,
            failing_since: None,
            backing_off: false,
            busy: None,
            look_again: false,
            end_waits: false,
            in_flight: Vec::new(),
            attempts: Vec::new(),
            unsent_pays: Vec::new(),
            new_pays: Vec::new(),
            slot: None,
            waiting: false,
            due: None,
            calls: Vec::new(),
            events: Vec::new(),
            seen_at: Timestamp::UNIX_EPOCH,
            refused: false,
            unbegun: None,
        }
    }

    /// Whether the store has everything.
    pub(super) fn is_saved(&self) -> bool {
        self.applied.is_empty() && self.saving.is_none() && self.revision > 0
    }

    /// Counts one more request.
    pub(super) fn attempt(&mut self, part: &Part, operation: Operation) -> u32 {
        if let Some((.., count)) =
            self.attempts.iter_mut().find(|(of, what, _)| of == part && *what == operation)
        {
            *count = count.saturating_add(1);
            return *count;
        }
        self.attempts.push((part.clone(), operation, 1));
        1
    }

    /// Whether somebody was told an end that the store does not have.
    pub(super) fn was_told_unstored(&self) -> bool {
        self.applied.iter().any(|(change, _)| matches!(change, Change::NotStored { .. }))
    }

    /// The requests of pay that are to be sent.
    pub(super) fn undone_pays(&self) -> Vec<u32> {
        let undone = self.record.iter().flat_map(|record| record.undone());
        let pays = undone.filter(|undone| undone.part == Part::Payment && undone.operation == Operation::Pay);
        pays.map(|undone| undone.send_id).collect()
    }

    /// Whether nothing keeps it here.
    pub(super) fn is_idle(&self) -> bool {
        self.is_saved() && self.todo.is_empty() && self.busy.is_none() && self.slot.is_none()
    }

    /// Whether it was taken over and not resumed yet: what the earlier owner may have sent is not sent before that.
    pub(super) fn is_to_be_resumed(&self) -> bool {
        self.todo.iter().any(|change| matches!(change, Change::Resumed))
    }

    /// Whether an inquiry is stored that has not left.
    fn has_unsent_inquiry(&self) -> bool {
        let mut undone = self.record.iter().flat_map(|record| record.undone());
        self.is_saved()
            && undone.any(|undone| {
                let sent = |(part, id): &(Part, u32)| *part == undone.part && *id == undone.send_id;
                is_inquiry(undone.operation) && !self.in_flight.iter().any(sent)
            })
    }

    /// Whether the machine is told of the time only once what it has decided is stored and sent. A new inquiry takes the
    /// place of one that has not left: behind a store that is slower than the machine asks, none but the last would leave.
    pub(super) fn sends_first(&self) -> bool {
        self.saving.is_some() || self.has_unsent_inquiry()
    }

    /// Whether an answer of the store is under way, which may be older than what others have done.
    pub(super) fn is_asking(&self) -> bool {
        self.busy.is_some() || self.saving.is_some()
    }

    /// This process drives it from now on, and did not before. What the earlier owner may have sent is not sent before
    /// the machine knows of that.
    pub(super) fn is_taken_over(&mut self) {
        self.unsent_pays.clear();
        if !self.is_finished() && !self.is_to_be_resumed() {
            self.todo.push_front(Change::Resumed);
        }
    }

    /// Somebody else drives it by now, or anybody may.
    pub(super) fn is_driven_elsewhere(&mut self) {
        self.mine = false;
        self.due = None;
        self.todo.retain(Change::is_evidence);
        // Who drives it now may send what this process has not.
        self.unsent_pays.clear();
    }

    /// Whether this process drives it, and there is nothing to do before its next deadline. Each member is named, so that
    /// a new one is thought of here.
    pub(super) fn only_waits(&self) -> bool {
        let Live {
            id: _,
            record: None,
            revision: 1..,
            phase: _,
            alerts: _,
            mine: true,
            applied,
            todo,
            saving: None,
            attempted,
            failures: 0,
            failing_since: None,
            backing_off: false,
            busy: None,
            look_again: false,
            end_waits: false,
            in_flight,
            attempts: _,
            unsent_pays,
            new_pays,
            slot: None,
            waiting: false,
            due: None,
            calls,
            events,
            seen_at: _,
            refused: false,
            unbegun: None,
        } = self
        else {
            return false;
        };
        applied.is_empty()
            && todo.is_empty()
            && attempted.is_empty()
            && in_flight.is_empty()
            && unsent_pays.is_empty()
            && new_pays.is_empty()
            && calls.is_empty()
            && events.is_empty()
    }

    /// Whether the payment, its refunds and its reverse have ended, as far as is known here.
    pub(super) fn is_finished(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.is_finished())
    }
}
