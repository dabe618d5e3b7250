//! Looks for the content that was signed: every candidate is hashed and compared with the digest that the signature holds.
//!
//! One candidate costs one hash and no operation of RSA. The work is bounded in candidates and in bytes, so that a long
//! message costs no more than a short one.

use super::candidates::form::Form;
use super::candidates::{self, Change, Twice, body, client_id, form, path, time};
use super::finding::FindingCode;
use super::opened::Opened;
use super::received::Received;
use crate::signature::Content;

/// Candidates at most.
pub(super) const MOST_TRIED: u32 = 20_000;
/// Bytes hashed at most: those of as many candidates over a body of 4 kB.
const MOST_BYTES: usize = 20_000 * 4_400;
/// A body longer than this, in bytes, is changed once at most.
const MOST_COPIED: usize = 64 * 1024;
/// A prefix that nobody names is less likely than one that is named.
const GUESS: usize = 24;

/// What was changed to get at the content that was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cause {
    pub(super) code: FindingCode,
    pub(super) evidence: String,
}

/// The result of a search.
#[derive(Default)]
pub(super) struct Outcome {
    /// Nothing where the content that arrived is what was signed.
    pub(super) causes: Option<Vec<Cause>>,
    pub(super) tried: u32,
    pub(super) complete: bool,
}

/// What the candidates are made from.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) received: &'a Received,
    pub(super) paths: &'a [&'a str],
    pub(super) client_ids: &'a [&'a str],
    pub(super) times: &'a [&'a str],
}

/// Looks for what was signed, the likely candidates first.
pub(super) fn search(opened: &Opened, content: Content<'_>, known: Known<'_>) -> Outcome {
    let documented = Form::documented(content.method);
    let arrived = Tried {
        form: &documented,
        path: content.path,
        client_id: content.client_id,
        time: content.time,
        body: content.body,
    };
    let mut work = Work { opened, tried: 0, bytes: MOST_BYTES / opened.slowness(), exhausted: false };
    let causes = found(&mut work, arrived, content, known);
    Outcome { causes, tried: work.tried, complete: !work.exhausted }
}

fn found(
    work: &mut Work<'_>,
    arrived: Tried<'_>,
    content: Content<'_>,
    known: Known<'_>,
) -> Option<Vec<Cause>> {
    if work.fits(arrived) {
        return Some(Vec::new());
    }
    let around = path::Surroundings::new(content.path, content.body, known.received, known.paths);
    let known_paths = path::replacements(content.path, &around);
    let path_edits = path::edits(content.path, &around);
    let guessed = path::guessed_prefixes(content.path);
    let mut times = time::replacements(content.time, known.received, known.times);
    times.extend(time::edits(content.time));
    let mut client_ids =
        client_id::replacements(content.client_id, &known.received.client_ids, known.client_ids);
    client_ids.extend(client_id::edits(content.client_id));
    let bodies = body::replacements(content.body);
    let forms = form::edits(content.method);
    let path_pairs: Vec<_> = [&path_edits, &known_paths, &guessed]
        .into_iter()
        .flat_map(|changes| candidates::twice(changes, |text| path::edits(text, &around)))
        .collect();
    let paths: Vec<_> = path_edits.into_iter().chain(known_paths).collect();

    let mut singles: Vec<Single<'_>> = Vec::new();
    singles.extend(ranked(&paths, 0, |path| Value::Path(path)));
    singles.extend(ranked(&bodies, 0, |body| Value::Body(body)));
    singles.extend(ranked(&times, 0, |time| Value::Time(time)));
    singles.extend(ranked(&client_ids, 0, |id| Value::ClientId(id)));
    singles.extend(ranked(&guessed, GUESS, |path| Value::Path(path)));
    singles.extend(ranked(&forms, GUESS, Value::Form));
    for single in &singles {
        if work.fits(arrived.with(single.value)) {
            return Some(vec![single.cause()]);
        }
    }
    within_one_part(work, arrived, &path_pairs, |path| Value::Path(path))
        .or_else(|| {
            let pairs = candidates::twice(&times, |time| time::edits(time));
            within_one_part(work, arrived, &pairs, |time| Value::Time(time))
        })
        .or_else(|| {
            let pairs = candidates::twice(&client_ids, |id| client_id::edits(id));
            within_one_part(work, arrived, &pairs, |id| Value::ClientId(id))
        })
        .or_else(|| {
            // Each of these is a copy of the body.
            let bodies = if content.body.len() <= MOST_COPIED { bodies.as_slice() } else { &[] };
            bodies.iter().find_map(|change| {
                let pairs = candidates::twice(std::slice::from_ref(change), |body| body::edits(body));
                within_one_part(work, arrived, &pairs, |body| Value::Body(body))
            })
        })
        .or_else(|| across_parts(work, arrived, &singles))
}

fn within_one_part<T>(
    work: &mut Work<'_>,
    arrived: Tried<'_>,
    pairs: &[Twice<T>],
    value: impl Fn(&T) -> Value<'_>,
) -> Option<Vec<Cause>> {
    let pair = pairs.iter().find(|pair| work.fits(arrived.with(value(&pair.value))))?;
    let shown = value(&pair.value);
    let causes =
        [&pair.first, &pair.second].map(|(code, how)| Cause { code: *code, evidence: shown.evidence(how) });
    Some(causes.into())
}

/// Pairs of changes of different parts; those that are likely both come first.
fn across_parts(work: &mut Work<'_>, arrived: Tried<'_>, singles: &[Single<'_>]) -> Option<Vec<Cause>> {
    if work.exhausted {
        return None;
    }
    let mut pairs: Vec<(usize, &Single<'_>, &Single<'_>)> = Vec::new();
    let mut rest = singles.iter();
    while let Some(one) = rest.next() {
        let others = rest.clone().filter(|other| other.value.part() != one.value.part());
        pairs.extend(others.map(|other| (one.rank.saturating_add(other.rank), one, other)));
    }
    pairs.sort_by_key(|(rank, _, _)| *rank);
    let (_, one, other) =
        pairs.into_iter().find(|(_, one, other)| work.fits(arrived.with(one.value).with(other.value)))?;
    let mut both = [one, other];
    both.sort_by_key(|single| single.value.part());
    Some(both.map(Single::cause).into())
}

/// A change of one part.
struct Single<'a> {
    code: FindingCode,
    how: &'a str,
    value: Value<'a>,
    /// The place among the changes of its part.
    rank: usize,
}

fn ranked<'a, T>(
    changes: &'a [Change<T>],
    from: usize,
    value: impl Fn(&'a T) -> Value<'a>,
) -> impl Iterator<Item = Single<'a>> {
    changes.iter().enumerate().map(move |(index, change)| Single {
        code: change.code,
        how: &change.how,
        value: value(&change.value),
        rank: from.saturating_add(index),
    })
}

impl Single<'_> {
    fn cause(&self) -> Cause {
        Cause { code: self.code, evidence: self.value.evidence(self.how) }
    }
}

/// A value of one part of the content.
#[derive(Clone, Copy)]
enum Value<'a> {
    Form(&'a Form),
    Path(&'a str),
    ClientId(&'a str),
    Time(&'a str),
    Body(&'a [u8]),
}

impl Value<'_> {
    /// Which part it is of, in the order in which findings are told.
    fn part(self) -> u8 {
        match self {
            Value::Path(_) => 0,
            Value::Body(_) => 1,
            Value::Time(_) => 2,
            Value::ClientId(_) => 3,
            Value::Form(_) => 4,
        }
    }

    /// What shows it: the signed digest fits the content with this value.
    fn evidence(self, how: &str) -> String {
        match self {
            Value::Form(_) => format!("the digest that was signed is that of the content {how}"),
            Value::Path(path) => {
                format!("the digest that was signed is that of the path {}, {how}", shown_path(path))
            }
            Value::ClientId(id) => {
                format!("the digest that was signed is that of the client id {}, {how}", shown(id))
            }
            Value::Time(time) => {
                format!("the digest that was signed is that of the time {}, {how}", shown(time))
            }
            Value::Body(body) => {
                format!("the digest that was signed is that of the body {how}, {} bytes", body.len())
            }
        }
    }
}

/// Text that a stranger may have written: in quotes where it is not plain, and cut.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 200;
    let plain = !text.is_empty() && text.len() <= MOST && text.bytes().all(|byte| byte.is_ascii_graphic());
    if plain {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    format!("{cut:?}")
}

/// A path without the query, which can hold a token of the host.
pub(super) fn shown_path(path: &str) -> String {
    match path.split_once('?') {
        None => shown(path),
        Some((bare, "")) => shown(&format!("{bare}?")),
        Some((bare, _)) => format!("{} with its query", shown(bare)),
    }
}

/// One content that is compared.
#[derive(Clone, Copy)]
struct Tried<'a> {
    form: &'a Form,
    path: &'a str,
    client_id: &'a str,
    time: &'a str,
    body: &'a [u8],
}

impl<'a> Tried<'a> {
    fn with<'b>(self, value: Value<'b>) -> Tried<'b>
    where
        'a: 'b,
    {
        let mut changed: Tried<'b> = self;
        match value {
            Value::Form(form) => changed.form = form,
            Value::Path(path) => changed.path = path,
            Value::ClientId(id) => changed.client_id = id,
            Value::Time(time) => changed.time = time,
            Value::Body(body) => changed.body = body,
        }
        changed
    }

    fn parts(&self) -> [&'a [u8]; 9] {
        let Form { method, after_method, after_path, dot } = self.form;
        [
            method.as_bytes(),
            after_method.as_bytes(),
            self.path.as_bytes(),
            after_path.as_bytes(),
            self.client_id.as_bytes(),
            dot.as_bytes(),
            self.time.as_bytes(),
            dot.as_bytes(),
            self.body,
        ]
    }
}

/// What is left of the work.
struct Work<'a> {
    opened: &'a Opened,
    tried: u32,
    bytes: usize,
    exhausted: bool,
}

impl Work<'_> {
    fn fits(&mut self, tried: Tried<'_>) -> bool {
        let parts = tried.parts();
        let length = parts.iter().fold(0_usize, |sum, part| sum.saturating_add(part.len()));
        // What arrived is compared in any case.
        let bytes = self.bytes.checked_sub(length.max(64));
        if self.tried > 0 && (self.tried >= MOST_TRIED || bytes.is_none()) {
            self.exhausted = true;
            return false;
        }
        self.bytes = bytes.unwrap_or_default();
        self.tried = self.tried.saturating_add(1);
        self.opened.is_over(&parts)
    }
}
