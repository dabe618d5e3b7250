//! Saving: one save of a record at a time, tried again while the store fails, and settled by what is found where
//! another process was faster.

use std::sync::Arc;
use std::time::Duration;

use super::change::Change;
use super::io::{StoreAnswer, StoreOperation};
use super::live::{Attempt, Content, Goal, Live, Saving};
use super::unstored::INTERRUPTED_AFTER;
use super::{Engine, Job, Timer, report};
use crate::error::{Error, ErrorCode};
use crate::machine::digest::digest;
use crate::store::{StoreError, Stored};

/// The hint for a notification that may not be stored.
pub(super) const COMES_AGAIN: &str = "do not acknowledge it, so that it comes again";
/// The hint for what a person asked to be stored.
pub(super) const MAY_NOT_BE_STORED: &str = "it may not be stored: check the store, and call again";

const FIRST_RETRY: Duration = Duration::from_millis(100);
const LONGEST_RETRY: Duration = Duration::from_secs(5);

impl Engine {
    /// Saves what is not stored yet, unless a save is under way or waits for its time.
    pub(super) fn save(&mut self, live: &mut Live) {
        let unsaved = !live.applied.is_empty() || (live.revision == 0 && live.record.is_some());
        let queued = live.revision == 0 && live.applied.is_empty();
        if live.saving.is_some() || live.busy.is_some() || live.backing_off || !unsaved || queued {
            return;
        }
        let now = self.time_of(live);
        let Some(record) = &live.record else { return };
        let (phase, alerts) = (record.payment.state().name(), record.alerts().len());
        let entry = if live.mine { record.entry() } else { record.entry_due(now) };
        let text = entry.text.clone();
        let owner = live.mine.then(|| Arc::clone(&self.config.owner));
        let operation = match live.revision {
            0 => StoreOperation::Insert { entry, owner },
            expected => StoreOperation::Save { entry, expected, by: owner },
        };
        let job = self.store(Job::Save(Arc::clone(&live.id)), operation);
        let (covers, newest_pay) = (live.applied.len(), live.new_pays.last().copied());
        let content = Content { covers, newest_pay, phase, alerts };
        live.saving = Some(Saving { job, text, content });
    }

    /// A save has ended.
    pub(super) fn saved(&mut self, live: &mut Live, answer: Result<(), StoreError>) {
        let Some(Saving { text, content, .. }) = live.saving.take() else { return };
        match answer {
            Ok(()) => {
                let revision = live.revision.saturating_add(1);
                self.is_stored(live, revision, content);
            }
            Err(StoreError::Conflict(found)) => self.settle(live, found),
            Err(StoreError::NotWritten(error)) => self.save_failed(live, error, None),
            Err(StoreError::MaybeWritten(error)) => {
                let digest = digest(text.expose().as_bytes());
                self.save_failed(live, error, Some(Attempt { digest, content }));
            }
        }
    }

    fn is_stored(&mut self, live: &mut Live, revision: u64, content: Content) {
        live.revision = revision;
        (live.phase, live.alerts) = (content.phase, content.alerts);
        live.applied.drain(..content.covers.min(live.applied.len()));
        let stored =
            live.new_pays.extract_if(.., |pay| content.newest_pay.is_some_and(|newest| *pay <= newest));
        live.unsent_pays.extend(stored);
        live.attempted.clear();
        live.failures = 0;
        live.failing_since = None;
        self.timers.clear(&Timer::Interrupted(Arc::clone(&live.id)));
        if live.mine && live.is_finished() && live.applied.is_empty() {
            // The store has taken the owner away.
            live.mine = false;
        }
        self.observe(live);
    }

    /// Another process was faster, or an attempt of ours was written after all.
    fn settle(&mut self, live: &mut Live, found: Option<Box<Stored>>) {
        let Some(found) = found else {
            // It was purged, or the store lost it: what is known here is written again.
            live.revision = 0;
            return;
        };
        let text = digest(found.entry.text.expose().as_bytes());
        let next = found.revision == live.revision.saturating_add(1);
        let written = live.attempted.iter().copied().find(|attempt| next && attempt.digest == text);
        if let Some(attempt) = written {
            live.mine = live.mine
                && (found.owner.as_deref() == Some(&*self.config.owner) || found.entry.columns.finished);
            return self.is_stored(live, found.revision, attempt.content);
        }
        match self.rebase(live, &found) {
            Ok(()) => self.take_if_free(live, &found),
            Err(error) => self.refuse(live, &error),
        }
    }

    /// Applies what is not stored to the record that is.
    pub(super) fn rebase(&mut self, live: &mut Live, found: &Stored) -> Result<(), Error> {
        let (was_mine, unborn) = (live.mine, live.revision == 0);
        self.take_in(live, found)?;
        let mut applied = std::mem::take(&mut live.applied);
        if unborn {
            // Another call of this id was faster: this one goes on with that payment, if it asks for the same. A cancel
            // that was asked for here holds there too.
            applied.retain(|(change, _)| change.is_evidence());
            live.todo.retain(|change| !matches!(change, Change::Begin));
            self.check_same(live);
        }
        for (change, by) in applied {
            if live.mine || change.is_evidence() {
                self.apply(live, change, by);
            }
        }
        if was_mine && !live.mine {
            live.is_driven_elsewhere();
        }
        Ok(())
    }

    fn save_failed(&mut self, live: &mut Live, error: Error, attempted: Option<Attempt>) {
        live.failures = live.failures.saturating_add(1);
        let certain = attempted.is_none() && live.attempted.is_empty();
        live.attempted.extend(attempted);
        if live.revision == 0 && certain {
            // Nothing is stored and nothing was sent.
            for call in std::mem::take(&mut live.calls) {
                let error = Engine::nothing_sent(error.clone(), &call);
                self.result(call.call, Err(error));
            }
            live.applied.clear();
            live.todo.clear();
            live.record = None;
            live.mine = false;
            return;
        }
        // Whoever only wants something stored is told at once, and comes again.
        let (stored, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut live.calls).into_iter().partition(|call| call.goal.is_stored());
        live.calls = others;
        for call in stored {
            let error = report::about(error.clone(), live);
            let hint = match call.goal {
                Goal::Notified { .. } => COMES_AGAIN,
                _ => MAY_NOT_BE_STORED,
            };
            self.result(call.call, Err(error.with_hint(hint)));
        }
        if !live.mine && live.calls.is_empty() && !live.was_told_unstored() {
            // The gateway sends its notification again.
            live.applied.clear();
            live.record = None;
            return;
        }
        let doublings = live.failures.saturating_sub(1).min(10);
        let wait = FIRST_RETRY.saturating_mul(1_u32 << doublings).min(LONGEST_RETRY);
        let (now, id) = (self.now.monotonic, &live.id);
        live.backing_off = true;
        self.timers.set(Timer::Retry(Arc::clone(id)), now.saturating_add(wait));
        if live.failing_since.is_none() {
            live.failing_since = Some(now);
            self.timers.set(Timer::Interrupted(Arc::clone(id)), now.saturating_add(INTERRUPTED_AFTER));
        }
    }

    /// A store operation has ended.
    pub(super) fn stored(&mut self, job: super::JobId, answer: StoreAnswer) {
        let Some(what) = self.jobs.remove(&job) else { return };
        if self.closing && !matches!(what, Job::Save(_)) {
            return self.goes_on_closing(&what);
        }
        match (what, answer) {
            (Job::Save(id), StoreAnswer::Done(answer)) => {
                self.on(&id, |engine, live| {
                    if live.saving.as_ref().is_some_and(|saving| saving.job == job) {
                        engine.saved(live, answer);
                    }
                });
                if self.closing {
                    self.goes_on_closing(&Job::Save(id));
                }
            }
            (what @ (Job::Load(_) | Job::Take(_)), StoreAnswer::Record(answer)) => {
                let taken = matches!(what, Job::Take(_));
                if taken && matches!(answer, Err(StoreError::MaybeWritten(_))) {
                    self.may_own_more();
                }
                let (Job::Load(id) | Job::Take(id)) = what else { return };
                self.on(&id, |engine, live| {
                    if live.busy == Some(job) {
                        live.busy = None;
                        engine.loaded(live, answer, taken);
                    }
                });
            }
            (Job::Claim, answer) => {
                self.looked(true);
                match answer {
                    StoreAnswer::Records(Ok(records)) => self.claimed(records),
                    StoreAnswer::Records(Err(StoreError::MaybeWritten(_))) => self.may_own_more(),
                    _ => {}
                }
            }
            (Job::Touched, answer) => {
                self.looked(false);
                if let StoreAnswer::Records(Ok(records)) = answer {
                    self.touched(records);
                }
            }
            (Job::Beat { sent, owner }, StoreAnswer::Beat(answer)) => self.beaten(sent, &owner, answer),
            (Job::Release(id), StoreAnswer::Done(Err(_))) => {
                let at = self.now.monotonic.saturating_add(LONGEST_RETRY);
                self.timers.set(Timer::Release(id), at);
            }
            (Job::GatewayTime(merchant), StoreAnswer::Time(answer)) => {
                if let (Ok(Some(time)), Some(trade)) = (answer, self.trades.get_mut(&merchant)) {
                    trade.clock.known_from_store(time, self.now);
                }
            }
            (Job::FindRefund(notice), StoreAnswer::Record(answer)) => self.refund_found(*notice, answer),
            // What is only looked for is looked for again; another kind of answer is a mistake of the shell.
            _ => {}
        }
    }
}

/// An error of loading, for whoever waits.
pub(super) fn load_failed(error: StoreError) -> Error {
    let error = error.into_error();
    match error.code() {
        ErrorCode::StoreId => error,
        _ => error.with_hint("the stored payment is not known: check the store, and call again with this id"),
    }
}
