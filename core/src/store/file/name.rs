//! Ids as file names: different for different ids on every file system, also those that ignore case.

use std::fmt::Write as _;

/// The name of a file for this id. Small letters, digits, `_` and `-` stand for themselves. The first letter is the
/// kind's, so that no name is one that a system reserves.
pub(super) fn of(kind: char, id: &str) -> String {
    let mut name = String::from(kind);
    name.push('_');
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' => name.push(char::from(byte)),
            // Writing to a String can't fail.
            _ => drop(write!(name, "%{byte:02X}")),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_also_where_case_does_not_count() {
        assert_eq!(of('p', "till-1_a"), "p_till-1_a");
        assert_eq!(of('p', "A/../%"), "p_%41%2F%2E%2E%2F%25");
        let ids = ["a", "A", "%41", "%61", "a%", "a/", "con", "CON"];
        let mut names: Vec<_> = ids.iter().map(|id| of('p', id).to_ascii_lowercase()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), ids.len());
        assert_eq!(of('p', &"/".repeat(64)).len(), 194);
    }
}
