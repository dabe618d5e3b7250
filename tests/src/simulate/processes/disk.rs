//! The way to the store and back: how long an operation takes, and what goes wrong with it.

use alipay_instore::engine::{Input, JobId, StoreAnswer, StoreOperation};
use alipay_instore::store::StoreError;

use super::super::tally::count;
use super::shell::Shell;
use super::storage::{Disk, Fault};
use super::world::{Happening, World};

/// An operation that reaches the store.
#[derive(Debug)]
pub(super) struct Storing {
    process: usize,
    life: u32,
    job: JobId,
    operation: Box<StoreOperation>,
    fault: Fault,
    /// When its process is told.
    answers: i64,
}

impl<S: Shell> World<'_, S> {
    /// An operation reaches the store after a while, and its answer the process after another.
    pub(super) fn stores(&mut self, process: usize, life: u32, job: JobId, operation: StoreOperation) {
        if let StoreOperation::Forget { owner, beats: None } = &operation {
            self.storage.gives_up(owner);
        }
        let calm = Disk { latency: 5, ..Disk::default() };
        let disk = if self.calm { calm } else { self.batch.disk };
        let chance = &mut self.chance;
        let slow = chance.in_1000(disk.slow);
        let most = if slow { 20_000 } else { disk.latency.max(1) };
        let (there, back) = (chance.between(0, most), chance.between(0, most));
        let at = self.now.saturating_add(there);
        let mut fault = Fault::None;
        if chance.in_1000(disk.not_written) || (!self.calm && self.batch.is_out(self.now)) {
            fault = Fault::NotWritten;
            count(&mut self.tally.troubles, "store failed, not written");
        } else if chance.in_1000(disk.maybe_written) {
            fault = Fault::MaybeWritten;
            count(&mut self.tally.troubles, "store failed after writing");
        }
        let hangs = chance.in_1000(disk.hangs);
        if slow {
            count(&mut self.tally.troubles, "store slow");
        }
        if hangs {
            count(&mut self.tally.troubles, "store never answers");
        }
        // What never answers is told as a failure by any shell in the end.
        let answers = at.saturating_add(if hangs { 60_000 } else { back });
        let fault = if hangs && fault == Fault::None { Fault::MaybeWritten } else { fault };
        let operation = Box::new(operation);
        let storing = Storing { process, life, job, operation, fault, answers };
        self.queue.put(at, Happening::Stores(storing));
    }

    pub(super) fn is_stored(&mut self, storing: Storing) {
        let Storing { process, life, job, operation, fault, answers } = storing;
        let dead_after = self.batch.settings.dead_after();
        let broken = (self.shell.claims_from_the_living(), self.shell.unreadable_ends_a_claim());
        match self.storage.run(&operation, fault, self.now, dead_after, broken) {
            Err((id, promise)) => {
                let till = self.tills.iter().position(|till| till.id == id);
                self.breaks(till.unwrap_or(0), promise);
            }
            Ok(answer) => {
                if matches!(answer, StoreAnswer::Done(Err(StoreError::Conflict(_)))) {
                    count(&mut self.tally.troubles, "store conflict");
                }
                self.note_stored(process, &operation, &answer);
                let input = Box::new(Input::Stored { job, answer });
                self.queue.put(answers, Happening::Told { process, life, input });
            }
        }
    }

    fn note_stored(&mut self, process: usize, operation: &StoreOperation, answer: &StoreAnswer) {
        if !self.is_recorded() {
            return;
        }
        let (name, id) = match operation {
            StoreOperation::Insert { entry, .. } => ("insert", &entry.columns.id),
            StoreOperation::Save { entry, .. } => ("save", &entry.columns.id),
            StoreOperation::Take { id, .. } => ("take", id),
            StoreOperation::Load { id } => ("load", id),
            _ => return,
        };
        let Some(till) = self.tills.iter().position(|till| till.id == *id) else { return };
        let ended = match answer {
            StoreAnswer::Done(Ok(())) => "done".to_owned(),
            StoreAnswer::Done(Err(error)) => format!("{error:?}").chars().take(12).collect(),
            StoreAnswer::Record(Ok(Some(stored))) => format!("{:?} {:?}", stored.revision, stored.owner),
            _ => "none".to_owned(),
        };
        let state = match operation {
            StoreOperation::Insert { entry, .. } | StoreOperation::Save { entry, .. } => {
                entry.columns.state.to_string()
            }
            _ => String::new(),
        };
        self.note(till, || format!("process {process} {name} {state}: {ended}"));
    }
}
