//! A disk as a power cut may leave it.
//!
//! What was written to a file and not flushed may be there, or not, or in part. What happened to names and was not flushed
//! with their folder may be there or not, each by itself and in any order. A file that is given another name may have both
//! afterwards, as on a file system without a journal, but never neither.
//! A sector is written as a whole. After a flush that failed the system holds to be written what is not, until it is written
//! again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::recorder::{Bytes, Call, Id};

const SECTOR: usize = 512;
/// Of how many possibilities all are tried.
const MANY: usize = 64;

/// The names and files as processes see them, and what of it is on the disk for certain.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    names: BTreeMap<PathBuf, Id>,
    certain: BTreeMap<PathBuf, Id>,
    pending: Vec<Change>,
    files: BTreeMap<Id, Content>,
    next: Id,
}

/// What a call does to names. That a name is gone is never kept without what precedes it here.
#[derive(Clone, Debug)]
struct Change {
    effects: Vec<(PathBuf, Option<Id>)>,
    whole: bool,
}

#[derive(Clone, Debug, Default)]
struct Content {
    certain: Bytes,
    /// The content after each write that is not flushed.
    then: Vec<Bytes>,
    /// A flush has failed, and the content was not written again.
    lost: bool,
}

impl Content {
    fn now(&self) -> &Bytes {
        self.then.last().unwrap_or(&self.certain)
    }

    /// Whether something is in each half; none if it is empty.
    fn halves(&self) -> Option<[bool; 2]> {
        let now = self.now();
        let of = |half: &[u8]| half.iter().any(|byte| *byte != b' ');
        let (first, second) = now.split_at(now.len() / 2);
        (!now.is_empty()).then(|| [of(first), of(second)])
    }

    /// What may be there after a power cut: of each write its beginning, its end, a part of it or all, over what was there
    /// before it; and the same of everything that was written, over what is there for certain.
    fn possible(&self) -> Vec<Bytes> {
        let mut possible = vec![self.certain.to_vec()];
        let steps = std::iter::once(&self.certain).chain(&self.then).zip(&self.then);
        for (before, after) in steps.chain(self.then.last().map(|last| (&self.certain, last))) {
            let mut zeroed = before.to_vec();
            zeroed.resize(after.len(), 0);
            if before.len() < after.len() {
                possible.push(after[..before.len().max(after.len() / 2)].to_vec());
            }
            let sectors = (0..after.len()).step_by(SECTOR).map(|at| at..(at + SECTOR).min(after.len()));
            let changed: Vec<_> =
                sectors.filter(|sector| zeroed[sector.clone()] != after[sector.clone()]).collect();
            let of = |kept: &dyn Fn(usize) -> bool| {
                let mut left = zeroed.clone();
                for (_, sector) in changed.iter().enumerate().filter(|(number, _)| kept(*number)) {
                    left[sector.clone()].copy_from_slice(&after[sector.clone()]);
                }
                left
            };
            let middle = changed.len() / 2;
            possible.push(zeroed.clone());
            possible.push(of(&|number| number == 0));
            possible.push(of(&|number| number != 0));
            possible.push(of(&|number| number != middle));
            possible.push(of(&|number| number < middle));
            possible.push(of(&|number| number >= middle));
            possible.push(of(&|number| number + 1 == changed.len()));
            possible.push(after.to_vec());
        }
        possible.into_iter().map(Bytes::new).collect()
    }
}

impl Disk {
    pub(super) fn apply(&mut self, call: &Call) {
        match call {
            Call::Make { name, id, folder } => {
                if !folder {
                    self.files.insert(*id, Content::default());
                }
                self.next = self.next.max(id + 1);
                self.change(vec![(name.clone(), Some(*id))], true);
            }
            Call::Write { id, at, content } => {
                self.write(*id, |now| {
                    let end = at + content.len();
                    now.resize(now.len().max(end), 0);
                    now[*at..end].copy_from_slice(content);
                });
                let file = self.files.get_mut(id).unwrap();
                file.lost &= content.len() < file.now().len();
            }
            Call::SetLength { id, length } => self.write(*id, |now| now.resize(*length, 0)),
            Call::Sync { id } => {
                let file = self.files.get_mut(id).unwrap();
                if !file.lost {
                    file.certain = file.now().clone();
                    file.then.clear();
                }
            }
            Call::SyncFailed { id } => self.files.get_mut(id).unwrap().lost = true,
            Call::SyncFolder { name } => self.sync_folder(name),
            Call::Rename { from, to } => {
                let id = self.names[from];
                self.change(vec![(to.clone(), Some(id)), (from.clone(), None)], false);
            }
            Call::Remove { name } => self.change(vec![(name.clone(), None)], true),
        }
    }

    fn write(&mut self, id: Id, change: impl FnOnce(&mut Vec<u8>)) {
        let file = self.files.get_mut(&id).unwrap();
        let mut now = file.now().to_vec();
        change(&mut now);
        file.then.push(Bytes::new(now));
    }

    fn change(&mut self, effects: Vec<(PathBuf, Option<Id>)>, whole: bool) {
        for (name, to) in &effects {
            set(&mut self.names, name, *to);
        }
        self.pending.push(Change { effects, whole });
    }

    fn sync_folder(&mut self, folder: &Path) {
        let inside = |(name, _): &(PathBuf, Option<Id>)| name.parent() == Some(folder);
        for at in 0..self.pending.len() {
            let change = &mut self.pending[at];
            let Some(last) = change.effects.iter().rposition(inside) else { continue };
            let kept: Vec<_> = change.effects.drain(..=last).collect();
            for (name, to) in kept {
                set(&mut self.certain, &name, to);
                // In another folder, what happened to this name before does not come back.
                for earlier in &mut self.pending[..at] {
                    earlier.effects.retain(|(other, _)| *other != name);
                }
            }
        }
        self.pending.retain(|change| !change.effects.is_empty());
    }

    /// After a while everything is on the disk. Names of records are held in doubt `longer`: much depends on them.
    pub(super) fn settle(&mut self, longer: bool) {
        for file in self.files.values_mut() {
            file.certain = file.now().clone();
            file.then.clear();
        }
        if longer {
            for folder in ["store/owners", "store/touched", "store/gateway_times"] {
                self.sync_folder(Path::new(folder));
            }
        } else {
            self.certain = self.names.clone();
            self.pending.clear();
        }
    }

    /// The names that a power cut may leave.
    fn possible_names(&self) -> Vec<BTreeMap<PathBuf, Id>> {
        // How much of each change may be kept.
        let kept = |change: &Change| -> Vec<usize> {
            let all = change.effects.len();
            if change.whole { vec![0, all] } else { (0..=all).collect() }
        };
        let possible: Vec<Vec<usize>> = self.pending.iter().map(kept).collect();
        let mut choices: Vec<Vec<usize>> = Vec::new();
        if possible.iter().map(Vec::len).product::<usize>() <= MANY {
            choices.push(Vec::new());
            for possible in &possible {
                let longer = |choice: &Vec<usize>| {
                    let choice = choice.clone();
                    possible.iter().map(move |kept| [choice.as_slice(), &[*kept]].concat())
                };
                choices = choices.iter().flat_map(longer).collect();
            }
        } else {
            let all = || self.pending.iter().map(|change| change.effects.len()).enumerate();
            for at in 0..=self.pending.len() {
                choices.push(all().map(|(one, all)| if one < at { all } else { 0 }).collect());
                choices.push(all().map(|(one, all)| if one < at { 0 } else { all }).collect());
                choices.push(all().map(|(one, all)| if one == at { all } else { 0 }).collect());
                choices.push(all().map(|(one, all)| if one == at { 0 } else { all }).collect());
            }
        }
        let names = choices.into_iter().map(|choice| {
            let mut names = self.certain.clone();
            for (change, kept) in self.pending.iter().zip(choice) {
                for (name, to) in &change.effects[..kept] {
                    set(&mut names, name, *to);
                }
            }
            names
        });
        names.collect()
    }

    /// What a power cut may leave: whichever names with the contents that are certain, or with the newest; and of the
    /// newest names each file by itself with each content.
    pub(super) fn after_power_cut(&self) -> Vec<Disk> {
        let with = |certain: &dyn Fn(&Content) -> Bytes| -> BTreeMap<Id, Content> {
            let file = |file: &Content| Content { certain: certain(file), ..Content::default() };
            self.files.iter().map(|(id, content)| (*id, file(content))).collect()
        };
        let all = [with(&|file| file.certain.clone()), with(&|file| file.now().clone())];
        let mut left = Vec::new();
        for names in self.possible_names() {
            left.extend(all.iter().map(|files| self.left(&names, files.clone())));
        }
        for (id, file) in self.files.iter().filter(|(_, file)| !file.then.is_empty()) {
            for certain in file.possible() {
                let mut files = all[1].clone();
                files.insert(*id, Content { certain, ..Content::default() });
                left.push(self.left(&self.names, files));
            }
        }
        left
    }

    fn left(&self, names: &BTreeMap<PathBuf, Id>, files: BTreeMap<Id, Content>) -> Disk {
        let (names, next) = (names.clone(), self.next);
        let mut disk = Disk { certain: names.clone(), names, pending: Vec::new(), files, next };
        disk.forget_what_has_no_name();
        disk
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(Path::new(name))
    }

    /// Whether a file has two names, or one that is being written is there, or both halves of one are written to: a store
    /// does not leave that otherwise.
    pub(super) fn is_odd(&self) -> bool {
        let mut used = HashSet::new();
        self.names.iter().any(|(name, id)| {
            let file = self.files.get(id);
            !used.insert(*id) || is_new(name) || file.is_some_and(|file| file.halves() == Some([true, true]))
        })
    }

    /// The same for disks that have the same files in these folders, of which each half is blank, or not.
    pub(super) fn shape(&self, folders: &[&str]) -> u64 {
        self.hash(|name, file| {
            let counts = folders.iter().any(|folder| name.starts_with(folder));
            counts.then(|| hash(&file.halves()))
        })
    }

    /// After a power cut nobody has a file open, and what is in a folder without a name is lost with it.
    fn forget_what_has_no_name(&mut self) {
        let names = std::mem::take(&mut self.names);
        for (name, id) in names {
            let above = name.parent().unwrap();
            if above.as_os_str().is_empty() || self.names.contains_key(above) {
                self.names.insert(name, id);
            }
        }
        self.certain = self.names.clone();
        let used: HashSet<Id> = self.names.values().copied().collect();
        self.files.retain(|id, _| used.contains(id));
    }

    /// The same for disks that hold the same records: a file that is being written is not read.
    pub(super) fn fingerprint(&self) -> u64 {
        self.hash(|name, file| {
            let counts = !["store/touched", "store/gateway_times"].iter().any(|part| name.starts_with(part));
            counts.then(|| if is_new(name) { 0 } else { file.now().hash() })
        })
    }

    fn hash(&self, of: impl Fn(&Path, &Content) -> Option<u64>) -> u64 {
        let mut order = HashMap::new();
        let mut all = Vec::new();
        for (name, id) in &self.names {
            let file = self.files.get(id);
            if let Some(hash) = file.map_or(Some(0), |file| of(name, file)) {
                let count = order.len();
                all.push((name, *order.entry(*id).or_insert(count), hash));
            }
        }
        hash(&all)
    }

    /// Makes the files as processes see them; tells their ids by the system's numbers, and the next id.
    pub(super) fn make(&self, place: &Path) -> (HashMap<u64, Id>, Id) {
        let (mut first, mut ids) = (HashMap::<Id, PathBuf>::new(), HashMap::new());
        for (name, id) in &self.names {
            let path = place.join(name);
            match (self.files.get(id), first.get(id)) {
                (None, _) => fs::create_dir(&path).unwrap(),
                (Some(_), Some(other)) => fs::hard_link(other, &path).unwrap(),
                (Some(file), None) => {
                    fs::write(&path, &**file.now()).unwrap();
                    ids.insert(fs::metadata(&path).unwrap().ino(), *id);
                    first.insert(*id, path);
                }
            }
        }
        (ids, self.next)
    }
}

/// Whether it is the name of a file that is being written.
fn is_new(name: &Path) -> bool {
    name.extension().is_some_and(|extension| extension == "new")
}

pub(super) fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

fn set(names: &mut BTreeMap<PathBuf, Id>, name: &Path, to: Option<Id>) {
    match to {
        Some(id) => drop(names.insert(name.to_owned(), id)),
        None => drop(names.remove(name)),
    }
}
