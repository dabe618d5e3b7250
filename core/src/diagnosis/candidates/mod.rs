//! What can have been signed in place of what arrived, one list for each part of the content.
//!
//! Each candidate says what was done and how. Nothing here verifies: `search` hashes the candidates and compares the
//! digest with the one that was signed.

pub(super) mod body;
pub(super) mod client_id;
pub(super) mod form;
pub(super) mod json;
pub(super) mod path;
pub(super) mod time;

use super::finding::FindingCode;

/// A value that may have been signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change<T> {
    pub(super) code: FindingCode,
    /// How it differs from what arrived, such as `without its query`.
    pub(super) how: String,
    pub(super) value: T,
}

/// Changes of one part, the likely first, each value once and never the original.
pub(super) struct Changes<T> {
    original: T,
    found: Vec<Change<T>>,
    most: usize,
}

impl<T: PartialEq> Changes<T> {
    pub(super) fn new(original: T, most: usize) -> Self {
        Changes { original, found: Vec::new(), most }
    }

    pub(super) fn add(&mut self, code: FindingCode, how: impl Into<String>, value: T) {
        let known = value == self.original || self.found.iter().any(|change| change.value == value);
        if !known && self.found.len() < self.most {
            self.found.push(Change { code, how: how.into(), value });
        }
    }

    pub(super) fn list(self) -> Vec<Change<T>> {
        self.found
    }
}

/// Two changes of the same part, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Twice<T> {
    pub(super) first: (FindingCode, String),
    pub(super) second: (FindingCode, String),
    pub(super) value: T,
}

/// Every pair of changes of one part.
pub(super) fn twice<T: PartialEq + Clone>(
    first: &[Change<T>],
    then: impl Fn(&T) -> Vec<Change<T>>,
) -> Vec<Twice<T>> {
    let mut pairs = Vec::new();
    for change in first {
        for second in then(&change.value) {
            if second.code != change.code {
                pairs.push(Twice {
                    first: (change.code, change.how.clone()),
                    second: (second.code, second.how),
                    value: second.value,
                });
            }
        }
    }
    pairs
}
