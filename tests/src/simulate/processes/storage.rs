//! The store that the processes share, and what it was ever given: what is sent must have been stored, and no alert is lost.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use alipay_instore::engine::{StoreAnswer, StoreOperation};
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::gateway::Operation;
use alipay_instore::store::{Answer, MemoryStore, Part, PaymentRecord, Query, Store, StoreError, Stored};

use super::promises::Broken;

/// How often operations go wrong, in a thousand, and how slow they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk {
    /// Fail, and nothing was written.
    pub not_written: u64,
    /// Fail after it was written.
    pub maybe_written: u64,
    /// Are never answered.
    pub hangs: u64,
    /// Take much longer than usual.
    pub slow: u64,
    /// The usual time, at the most, in milliseconds.
    pub latency: i64,
}

/// What becomes of one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing goes wrong.
    None,
    /// It fails, and nothing was done.
    NotWritten,
    /// It is done, and said to have failed.
    MaybeWritten,
}

/// The store, and what it has seen.
#[derive(Debug, Default)]
pub struct Storage {
    store: MemoryStore,
    /// Every send that was ever stored.
    sends: HashMap<(Arc<str>, Part, u32), Operation>,
    /// Every alert that was ever stored: record, part and kind.
    alerts: HashSet<(Arc<str>, Part, &'static str)>,
    /// When each owner last beat; none for a name that its process does not use any more.
    beats: HashMap<Arc<str>, Option<i64>>,
    unreadable: Option<Stored>,
}

fn done<T>(answer: Answer<'_, T>) -> Result<T, StoreError> {
    let mut answer = pin!(answer);
    match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        // The memory store waits for nothing.
        Poll::Pending => Err(StoreError::NotWritten(failed())),
    }
}

fn failed() -> Error {
    Error::new(ErrorCode::StoreFailed, "a simulated failure")
}

impl Storage {
    /// Puts a record there that no process can read.
    ///
    /// # Errors
    /// None: the store is empty.
    pub fn damage(&mut self, mut stored: Stored) -> Result<(), StoreError> {
        // Of whatever version it is, one with a nine before.
        let newer = stored.entry.text.expose().replacen("\"version\":", "\"version\":9", 1);
        stored.entry.text = alipay_instore::payment::Secret::new(newer);
        stored.entry.columns.id = "unreadable".into();
        done(self.store.insert(&stored.entry, None))?;
        self.unreadable = Some(stored);
        Ok(())
    }

    /// Whether an unreadable record was put there.
    pub fn is_damaged(&self) -> bool {
        self.unreadable.is_some()
    }

    /// The record, as it is stored.
    pub fn record(&self, id: &str) -> Option<PaymentRecord> {
        let stored = self.stored(id)?;
        PaymentRecord::decode(stored.entry.text.expose()).ok()
    }

    /// As it is stored, with revision and owner.
    pub fn stored(&self, id: &str) -> Option<Stored> {
        done(self.store.load(id)).ok().flatten()
    }

    /// Whether a send of this number was ever stored.
    pub fn holds(&self, id: &Arc<str>, part: &Part, send_id: u32) -> bool {
        self.sends.contains_key(&(Arc::clone(id), part.clone(), send_id))
    }

    /// The numbers of every request of pay that was ever stored for this record.
    pub fn pays(&self, id: &str) -> HashSet<u32> {
        let pays = self.sends.iter().filter(|((of, part, _), operation)| {
            **of == *id && *part == Part::Payment && **operation == Operation::Pay
        });
        pays.map(|((_, _, number), _)| *number).collect()
    }

    /// Every alert that was stored for this record has to be there at the end.
    ///
    /// # Errors
    /// The promise that is broken.
    pub fn lost_no_alert(&self, record: &PaymentRecord) -> Result<(), Broken> {
        let there: HashSet<_> =
            record.alerts().iter().map(|alert| (&alert.part, alert.kind.as_str())).collect();
        let lost = |(id, part, kind): &&(Arc<str>, Part, &'static str)| {
            **id == *record.id() && !there.contains(&(part, *kind))
        };
        match self.alerts.iter().find(lost) {
            None => Ok(()),
            Some(_) => Err("an alert was stored and is gone"),
        }
    }

    /// Whether anything is left to be done.
    pub fn all_finished(&self) -> bool {
        let query = Query { finished: Some(false), limit: 2, ..Query::default() };
        let open = done(self.store.list(&query)).unwrap_or_default();
        open.records.iter().all(|columns| &*columns.id == "unreadable")
    }

    /// Does an operation, as far as its fault lets it.
    ///
    /// # Errors
    /// The promise that is broken, and by which record.
    pub fn run(
        &mut self,
        operation: &StoreOperation,
        fault: Fault,
        now: i64,
        dead_after: i64,
        broken: (bool, bool),
    ) -> Result<StoreAnswer, (Arc<str>, Broken)> {
        let (claims_from_the_living, unreadable_ends_a_claim) = broken;
        if fault == Fault::NotWritten {
            return Ok(operation.failed(StoreError::NotWritten(failed())));
        }
        if let (StoreOperation::Claim { owner, .. }, true) = (operation, claims_from_the_living) {
            let known = done(self.store.beat(owner)).unwrap_or_default();
            for other in known.owners.iter().filter(|other| other.owner != *owner) {
                let _ = done(self.store.forget(&other.owner, None));
            }
        }
        let before = |id: &str| self.stored(id).and_then(|stored| stored.owner);
        let store = &self.store;
        let answer = match operation {
            StoreOperation::Insert { entry, owner } => {
                StoreAnswer::Done(done(store.insert(entry, owner.as_deref())))
            }
            StoreOperation::Save { entry, expected, by } => {
                StoreAnswer::Done(done(store.save(entry, *expected, by.as_deref())))
            }
            StoreOperation::Load { id } => StoreAnswer::Record(done(store.load(id))),
            StoreOperation::Take { id, owner } => {
                let earlier = before(id);
                let answer = done(store.take(id, owner));
                let now_has =
                    answer.as_ref().ok().and_then(Option::as_ref).and_then(|stored| stored.owner.clone());
                if now_has.as_ref() == Some(owner) {
                    self.may_take(id, earlier.as_ref(), owner, now, dead_after)?;
                }
                StoreAnswer::Record(answer)
            }
            StoreOperation::Claim { owner, now: due, limit } => {
                let query = Query { finished: Some(false), limit: 10_000, ..Query::default() };
                let owned: HashMap<_, _> = done(store.list(&query))
                    .unwrap_or_default()
                    .records
                    .into_iter()
                    .filter_map(|columns| before(&columns.id).map(|owner| (columns.id, owner)))
                    .collect();
                let answer = done(store.claim(owner, *due, *limit));
                for stored in answer.as_ref().map(Vec::as_slice).unwrap_or_default() {
                    let id = &stored.entry.columns.id;
                    self.may_take(id, owned.get(id), owner, now, dead_after)?;
                }
                let unreadable = |stored: &Stored| &*stored.entry.columns.id == "unreadable";
                match answer {
                    Ok(records) if unreadable_ends_a_claim && records.iter().any(unreadable) => {
                        for stored in &records {
                            let _ = done(store.release(&stored.entry.columns.id, owner));
                        }
                        StoreAnswer::Records(Err(StoreError::NotWritten(failed())))
                    }
                    answer => StoreAnswer::Records(answer),
                }
            }
            StoreOperation::Touched { owner, limit } => {
                StoreAnswer::Records(done(store.touched(owner, *limit)))
            }
            StoreOperation::Release { id, owner } => StoreAnswer::Done(done(store.release(id, owner))),
            StoreOperation::Beat { owner } => {
                let answer = done(store.beat(owner));
                let known = answer.as_ref().is_ok_and(|heartbeats| heartbeats.known);
                match self.beats.get(owner) {
                    // Its process goes on under another name.
                    Some(None) => {}
                    // It was held dead, and finds out by this.
                    Some(Some(_)) if !known => self.gives_up(owner),
                    _ => drop(self.beats.insert(Arc::clone(owner), Some(now))),
                }
                StoreAnswer::Beat(answer)
            }
            StoreOperation::Forget { owner, beats } => StoreAnswer::Done(done(store.forget(owner, *beats))),
            StoreOperation::GatewayTime { merchant } => StoreAnswer::Time(done(store.gateway_time(merchant))),
            StoreOperation::FindRefund { refund_request_id } => {
                StoreAnswer::Record(done(store.find_refund(refund_request_id)))
            }
        };
        if let (
            StoreOperation::Insert { entry, .. } | StoreOperation::Save { entry, .. },
            StoreAnswer::Done(Ok(())),
        ) = (operation, &answer)
        {
            let id = &entry.columns.id;
            self.is_written(id).map_err(|promise| (Arc::clone(id), promise))?;
        }
        match (&answer, fault) {
            // What was found out by looking is simply not heard.
            (StoreAnswer::Done(Ok(())), Fault::MaybeWritten) => {
                Ok(StoreAnswer::Done(Err(StoreError::MaybeWritten(failed()))))
            }
            (StoreAnswer::Done(_), _) | (_, Fault::None) => Ok(answer),
            _ => Ok(operation.failed(StoreError::MaybeWritten(failed()))),
        }
    }

    /// A process uses this name no more.
    pub fn gives_up(&mut self, owner: &Arc<str>) {
        self.beats.insert(Arc::clone(owner), None);
    }

    fn may_take(
        &self,
        id: &Arc<str>,
        earlier: Option<&Arc<str>>,
        owner: &Arc<str>,
        now: i64,
        dead_after: i64,
    ) -> Result<(), (Arc<str>, Broken)> {
        let Some(earlier) = earlier.filter(|earlier| *earlier != owner) else { return Ok(()) };
        match self.beats.get(earlier) {
            Some(Some(beaten)) if now.saturating_sub(*beaten) < dead_after => {
                Err((Arc::clone(id), "a payment was taken from an owner that lives"))
            }
            _ => Ok(()),
        }
    }

    fn is_written(&mut self, id: &Arc<str>) -> Result<(), Broken> {
        let Some(record) = self.record(id) else { return Err("a record can't be read back") };
        for undone in record.undone() {
            self.sends.insert((Arc::clone(id), undone.part.clone(), undone.send_id), undone.operation);
        }
        for alert in record.alerts() {
            self.alerts.insert((Arc::clone(id), alert.part.clone(), alert.kind.as_str()));
        }
        Ok(())
    }
}
