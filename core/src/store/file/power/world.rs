//! What is done to a store between power cuts, and what must be found after one.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Arguments;
use std::fs;
use std::time::Duration;

use super::super::folder::{Folder, Written, slot};
use super::super::row::Row;
use super::super::{halves, name, scan, tests};
use super::model::{Disk, hash};
use super::recorder::{Call, Record, record};
use crate::payment::Secret;
use crate::store::{Columns, Entry, Query, StoreError, Stored};
use crate::time::{Timestamp, instant};

const RECORDS: [&str; 2] = ["store/open", "store/finished"];
const OWNERS: [&str; 4] = ["store/open", "store/owners", "store/touched", "store/gateway_times"];
/// Later than anything here.
pub(super) const LATE: Timestamp = Timestamp::from_millis(i64::MAX);

/// What can be done.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Beat(&'static str),
    Insert(Entry, Option<&'static str>),
    /// The entry replaces whatever is stored.
    Save(Entry, Option<&'static str>),
    Take(String, &'static str),
    Release(String, &'static str),
    Purge,
    /// A save of an old revision, which is told what is stored.
    Refused(String),
    /// The record is saved once more, or inserted if there is none; finished or not as before, or the other way.
    Next {
        id: String,
        toggles: bool,
    },
}

impl Step {
    /// Which record it writes.
    pub(super) fn of(&self) -> Option<&str> {
        match self {
            Step::Insert(entry, _) | Step::Save(entry, _) => Some(&entry.columns.id),
            Step::Take(id, _) | Step::Release(id, _) | Step::Refused(id) | Step::Next { id, .. } => Some(id),
            Step::Beat(_) | Step::Purge => None,
        }
    }

    fn carry_out(&self, folder: &Folder) -> Written<()> {
        match self {
            Step::Beat(owner) => folder.beat(&(*owner).into()).map(|_| ()),
            Step::Insert(entry, owner) => folder.insert(entry.clone(), owner.map(Into::into)),
            Step::Save(entry, by) => {
                let revision = folder.load(&entry.columns.id)?.map_or(0, |stored| stored.revision);
                folder.save(entry.clone(), revision, *by)
            }
            Step::Take(id, owner) => folder.give(id, &(*owner).into(), |_| true).map(|_| ()),
            Step::Release(id, owner) => folder.release(id, owner),
            Step::Purge => folder.purge(LATE, LATE, 100).map(|_| ()),
            Step::Refused(id) => match folder.save(entry(id, false, 0), u64::MAX, None) {
                Err(StoreError::Conflict(_)) => Ok(()),
                other => other,
            },
            Step::Next { id, toggles } => {
                let stored = folder.load(id)?;
                let finished =
                    stored.as_ref().is_some_and(|stored| stored.entry.columns.finished) != *toggles;
                let mut next = entry(id, finished, 20_000);
                // Its file would be one of all records.
                next.columns.gateway_time = None;
                if *id == ids()[0] {
                    next.columns.refund_ids = vec!["r1".into()];
                }
                match stored {
                    None => folder.insert(made_later(next), None),
                    Some(stored) => {
                        next.columns.created = stored.entry.columns.created;
                        folder.save(next, stored.revision, None)
                    }
                }
            }
        }
    }
}

/// The versions of each record that may be found.
pub(super) type Known = BTreeMap<String, Vec<Option<Stored>>>;

/// What came of a step.
pub(super) struct Ran {
    pub(super) calls: Vec<Call>,
    pub(super) answer: Written<()>,
    /// What a reader finds afterwards.
    pub(super) found: Known,
    /// The call that was to fail has failed.
    pub(super) failed: bool,
}

/// Who carries out a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A process that had the store open before.
    Old,
    /// One that opens it, and cleans.
    New,
}

fn with_store<T>(
    disk: &Disk,
    who: Who,
    until_failure: Option<usize>,
    work: impl FnOnce(&Folder) -> T,
) -> (T, Record) {
    // In memory, where there is such a folder: it is quicker.
    let place = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let root = place.path().join("store");
    let old = (who == Who::Old).then(|| record(Record::default(), || Folder::open(root.clone()).unwrap()).0);
    if old.is_some() {
        fs::remove_dir_all(&root).unwrap();
    }
    let (ids, next) = disk.make(place.path());
    let place = place.path().to_owned();
    let notes = Record { place, ids, next, until_failure, calls: Vec::new() };
    record(notes, || work(&old.unwrap_or_else(|| Folder::open(root).unwrap())))
}

fn find(folder: &Folder, known: &Known) -> Known {
    known.keys().map(|id| (id.clone(), vec![folder.load(id).unwrap()])).collect()
}

/// Carries out a step on this disk; the call after so many fails, if one is to fail.
pub(super) fn run(state: &State, who: Who, until_failure: Option<usize>, step: &Step) -> Ran {
    let work = |folder: &Folder| (step.carry_out(folder), find(folder, &state.known));
    let ((answer, found), notes) = with_store(&state.disk, who, until_failure, work);
    let failed = until_failure.is_some() && notes.until_failure.is_none();
    Ran { calls: notes.calls, answer, found, failed }
}

/// A disk, and what may be found on it.
#[derive(Clone)]
pub(super) struct State {
    pub(super) disk: Disk,
    pub(super) known: Known,
}

impl State {
    /// After so many calls of a step.
    pub(super) fn after(&self, step: &Step, ran: &Ran, count: usize) -> Self {
        let answered = count == ran.calls.len() && ran.answer.is_ok();
        let mut state = State { disk: self.disk.clone(), known: self.may_be_found(step, ran, answered) };
        ran.calls[..count].iter().for_each(|call| state.disk.apply(call));
        state
    }

    /// What may be found while the step is carried out, or after it was answered.
    pub(super) fn may_be_found(&self, step: &Step, ran: &Ran, answered: bool) -> Known {
        let mut known = self.known.clone();
        for (id, versions) in &mut known {
            if step.of().is_some_and(|of| of != id) || matches!(step, Step::Beat(_)) {
                continue;
            }
            if answered {
                versions.clear();
            }
            for version in &ran.found[id] {
                if !versions.contains(version) {
                    versions.push(version.clone());
                }
            }
        }
        known
    }
}

/// Holds what a power cut left against what may be found.
#[derive(Default)]
pub(super) struct Checker {
    seen: HashSet<u64>,
    shapes: HashSet<u64>,
}

impl Checker {
    /// Of how many disks that a power cut may leave the records were read.
    pub(super) fn count(&self) -> usize {
        self.seen.len()
    }

    /// Whatever a power cut leaves of this state holds the records. Gives back what is left that no store leaves otherwise,
    /// one of each shape.
    pub(super) fn cut(&mut self, state: &State, story: Arguments<'_>) -> Vec<Disk> {
        let known = &state.known;
        let mut odd = Vec::new();
        let may_be = hash(&format!("{known:?}"));
        for left in state.disk.after_power_cut() {
            let mut is_new = |folders: &[&str]| self.shapes.insert(left.shape(folders));
            let (owners, records) = (is_new(&OWNERS), is_new(&RECORDS));
            if !self.seen.insert(hash(&(left.fingerprint(), may_be))) && !owners {
                continue;
            }
            check(&left, known, owners, records)
                .unwrap_or_else(|wrong| panic!("{wrong}\n{story}\n{left:#?}"));
            if records && left.is_odd() {
                odd.push(left);
            }
        }
        odd
    }

    /// Cuts the power after each call of a step. Gives back what [`Checker::cut`] does.
    pub(super) fn cut_each(
        &mut self,
        state: &State,
        step: &Step,
        ran: &Ran,
        story: Arguments<'_>,
    ) -> Vec<State> {
        let mut odd = Vec::new();
        for count in 0..=ran.calls.len() {
            let state = state.after(step, ran, count);
            let left =
                self.cut(&state, format_args!("{story}{step:?}, cut after {:#?}", &ran.calls[..count]));
            odd.extend(left.into_iter().map(|disk| State { disk, known: state.known.clone() }));
        }
        odd
    }
}

fn check(disk: &Disk, known: &Known, with_owners: bool, with_writes: bool) -> Result<(), String> {
    let check = |folder: &Folder| {
        let mut found = Vec::new();
        for (id, versions) in known {
            match folder.load(id) {
                Ok(stored) if versions.contains(&stored) => found.extend(stored),
                other => return Err(format!("{id} is {other:?}, and may be {versions:?}")),
            }
        }
        lists(folder, &found)?;
        is_blanked(folder)?;
        if with_owners {
            claims(folder, &found)?;
        }
        if !with_writes {
            return Ok(());
        }
        goes_on(folder, known)?;
        let found: Vec<Stored> = find(folder, known).into_values().flatten().flatten().collect();
        lists(folder, &found)
    };
    with_store(disk, Who::New, None, check).0
}

/// Lists, and what finds a refund, agree with what is loaded.
fn lists(folder: &Folder, found: &[Stored]) -> Result<(), String> {
    let page = folder.list(&Query::default()).map_err(|error| format!("{error:?}"))?;
    let mut listed: Vec<Columns> = found.iter().map(|stored| stored.entry.columns.clone()).collect();
    listed.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
    if page.records != listed || !page.unreadable.is_empty() {
        return Err(format!("listed: {page:?}"));
    }
    for stored in found {
        for refund in &stored.entry.columns.refund_ids {
            if folder.find_refund(refund).ok().flatten().as_ref() != Some(stored) {
                return Err(format!("{refund} is not found"));
            }
        }
    }
    Ok(())
}

/// Nothing is left of earlier rows, which may hold a payment code.
fn is_blanked(folder: &Folder) -> Result<(), String> {
    for part in ["open", "finished"] {
        for path in scan::records(&folder.root.join(part)).unwrap() {
            let content = fs::read(&path).unwrap();
            let row = Row::read(&path).ok().flatten().map(|(row, _)| row);
            let is_its_own =
                row.is_some_and(|row| path.ends_with(format!("{}.json", name::of('p', &row.columns.id))));
            if is_its_own && halves::read(&content).is_some_and(|(_, half)| half.leftover().is_some()) {
                return Err(format!("{path:?} holds more than its row"));
            }
        }
    }
    Ok(())
}

/// After a power cut the owners are dead, so another one gets all that is due.
fn claims(folder: &Folder, found: &[Stored]) -> Result<(), String> {
    let told = |error: StoreError| format!("{error:?}");
    folder.touched("a", 100).map_err(told)?;
    for beats in folder.beat(&"after".into()).map_err(told)?.owners {
        if &*beats.owner != "after" {
            folder.forget(&beats.owner, Some(beats.beats)).map_err(told)?;
        }
    }
    let claimed = folder.claim(&"after".into(), LATE, 100).map_err(told)?;
    let due = found.iter().filter(|stored| stored.entry.columns.due_at.is_some());
    let mut due: Vec<_> = due.map(|stored| stored.entry.columns.id.clone()).collect();
    let mut ids: Vec<_> = claimed.iter().map(|stored| stored.entry.columns.id.clone()).collect();
    due.sort();
    ids.sort();
    if ids == due { Ok(()) } else { Err(format!("{ids:?} are claimed of {due:?}")) }
}

/// Each record can be written, finished and begun again.
fn goes_on(folder: &Folder, known: &Known) -> Result<(), String> {
    for id in known.keys() {
        let told = |error: StoreError| format!("{id}: {error:?}");
        let mut others = find(folder, known);
        let stored = folder.load(id).map_err(told)?;
        let mut revision = stored.as_ref().map_or(0, |stored| stored.revision);
        let created = stored.as_ref().map(|stored| stored.entry.columns.created);
        let was_finished = stored.as_ref().is_some_and(|stored| stored.entry.columns.finished);
        for finished in [was_finished, !was_finished] {
            let mut next = made_later(entry(id, finished, 50_000));
            next.columns.created = created.unwrap_or(next.columns.created);
            let written = match revision {
                0 => folder.insert(next.clone(), None),
                _ => folder.save(next.clone(), revision, None),
            };
            written.map_err(told)?;
            revision += 1;
            let is = folder.load(id).map_err(told)?;
            if is.as_ref().is_none_or(|is| is.entry != next || is.revision != revision) {
                return Err(format!("{id} is {is:?} after it was saved as {revision}"));
            }
            others.insert(id.clone(), vec![is]);
        }
        if others != find(folder, known) {
            return Err(format!("another record is changed by {id}"));
        }
    }
    Ok(())
}

/// A record that this can be written of.
pub(super) fn entry(id: &str, finished: bool, due: i64) -> Entry {
    let mut entry = tests::entry(id);
    let columns = &mut entry.columns;
    (columns.merchant, columns.gateway_time) = ("merchant".into(), Some(instant(due)));
    (columns.finished, columns.updated) = (finished, instant(due));
    columns.due_at = (!finished).then(|| instant(due));
    columns.keep_until = finished.then(|| instant(due));
    entry.text = Secret::new(format!("the record of {id} at {due}"));
    entry
}

/// The same as a new record, whose id an earlier one may have had.
pub(super) fn made_later(mut entry: Entry) -> Entry {
    entry.columns.created = entry.columns.created.saturating_add(Duration::from_secs(1));
    entry
}

/// The same, longer than a page.
pub(super) fn long(mut entry: Entry) -> Entry {
    entry.text = Secret::new(format!("{}{}", entry.text.expose(), "x".repeat(5_000)));
    entry
}

/// Two ids that share a lock, and one that has another.
pub(super) fn ids() -> [String; 3] {
    let of = |id: &String| slot(&name::of('p', id));
    let mut others = (1..).map(|number| format!("p{number}"));
    let first = "p0".to_owned();
    let same = others.find(|id| of(id) == of(&first)).unwrap();
    let other = others.find(|id| of(id) != of(&first)).unwrap();
    [first, same, other]
}
