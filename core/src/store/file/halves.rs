//! The content of a record's file: two halves, of which one holds the row.
//!
//! The next row is written to the other half, and the half that held the row before is blanked once that is on the disk. So a
//! write changes no name and no length, needs one flush, and a power cut leaves the old row or the new one: each has a
//! checksum, by which a row that is there in part only is told from one that is whole.
//!
//! A half is `<checksum> <sequence> <row>`, and spaces after it. The row with the highest sequence counts. Where the other half is
//! not blank, a crash may have come between: then it is not known whether the row, and the name of the file, are on the disk.

use std::ops::Range;

use zeroize::Zeroizing;

/// Files have a length of whole pages: a flush of a file whose length changes takes twice as long.
const PAGE: usize = 4_096;
/// What is left free in a new file, so that a record which grows a little keeps its file.
const ROOM: usize = 512;
pub(super) const BLANK: u8 = b' ';
const MARK: u8 = b'-';

/// Which half of a file holds the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Half {
    /// The length of a half; none in a file of an earlier version, which holds a row and nothing else.
    length: usize,
    second: bool,
    sequence: u64,
    other_is_blank: bool,
}

/// What is to be written to a file, so that it holds the next row.
pub(super) struct Change {
    pub(super) at: u64,
    pub(super) content: Zeroizing<Vec<u8>>,
    /// What is blanked afterwards, since a record may hold a payment code.
    pub(super) before: u64,
}

/// A new file.
pub(super) struct New {
    pub(super) content: Zeroizing<Vec<u8>>,
    /// What is blanked once the name of the file is on the disk.
    pub(super) mark: u64,
}

impl New {
    /// With this row.
    pub(super) fn of(row: &[u8]) -> Self {
        let first = written(1, row);
        let length = first.len().saturating_add(ROOM).next_multiple_of(PAGE);
        let mut content = padded(&first, length.saturating_mul(2));
        if let Some(mark) = content.get_mut(length) {
            *mark = MARK;
        }
        New { content, mark: u64::try_from(length).unwrap_or(u64::MAX) }
    }
}

/// The row in the content of a file, and its half; none if there is no whole row.
pub(super) fn read(content: &[u8]) -> Option<(&[u8], Half)> {
    if content.starts_with(b"{") {
        return Some((content, Half { length: 0, second: false, sequence: 0, other_is_blank: true }));
    }
    let (first, second) = content.split_at_checked(content.len() / 2)?;
    let of = |half, other: &[u8], second| {
        let (sequence, row): (u64, Range<usize>) = whole(half)?;
        let other_is_blank = other.iter().all(|byte| *byte == BLANK);
        Some((half.get(row)?, Half { length: half.len(), second, sequence, other_is_blank }))
    };
    let rows = [of(first, second, false), of(second, first, true)];
    rows.into_iter().flatten().max_by_key(|(_, half)| half.sequence)
}

impl Half {
    /// Where the other half is, if something is in it. Then whoever wrote the row may have been killed before it was on the disk,
    /// and it has to be there before the next row is written over that half.
    pub(super) fn leftover(&self) -> Option<(u64, usize)> {
        let at = if self.second { 0 } else { u64::try_from(self.length).ok()? };
        (!self.other_is_blank).then_some((at, self.length))
    }

    /// What is to be written to the file so that it holds the next row; none if that is too long for it.
    pub(super) fn change(&self, row: &[u8]) -> Option<Change> {
        let next = written(self.sequence.saturating_add(1), row);
        let halves = [0, u64::try_from(self.length).ok()?];
        let [at, before] = if self.second { halves } else { [halves[1], halves[0]] };
        let fits = next.len() <= self.length;
        fits.then(|| Change { at, content: padded(&next, self.length), before })
    }
}

fn written(sequence: u64, row: &[u8]) -> Zeroizing<Vec<u8>> {
    let sequence = format!("{sequence} ");
    let mut checksum = crc32fast::Hasher::new();
    checksum.update(sequence.as_bytes());
    checksum.update(row);
    let start = format!("{:08x} {sequence}", checksum.finalize());
    Zeroizing::new([start.as_bytes(), row].concat())
}

fn padded(content: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let mut padded = Zeroizing::new(vec![BLANK; length]);
    for (to, from) in padded.iter_mut().zip(content) {
        *to = *from;
    }
    padded
}

/// The sequence of a half, and where its row is; none if it is blank, or not whole.
fn whole(half: &[u8]) -> Option<(u64, Range<usize>)> {
    let half = half.trim_ascii_end();
    let (checksum, rest) = (half.get(..8)?, half.get(9..)?);
    let checksum = u32::from_str_radix(std::str::from_utf8(checksum).ok()?, 16).ok()?;
    if crc32fast::hash(rest) != checksum {
        return None;
    }
    let digits = rest.iter().position(|byte| *byte == b' ')?;
    let sequence = std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()?;
    Some((sequence, digits.saturating_add(10)..half.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(row: &[u8]) -> Vec<u8> {
        let mut new = New::of(row);
        new.content[usize::try_from(new.mark).unwrap()] = BLANK;
        new.content.to_vec()
    }

    fn carried_out(content: &[u8], change: &Change) -> Vec<u8> {
        let mut content = content.to_vec();
        for (at, with) in
            [(change.at, &change.content[..]), (change.before, &vec![BLANK; change.content.len()][..])]
        {
            let at = usize::try_from(at).unwrap();
            content[at..at + with.len()].copy_from_slice(with);
        }
        content
    }

    #[test]
    fn rows_take_turns_in_the_halves() {
        let mut content = named(b"{1}");
        for number in 2..6 {
            let row = format!("{{{number}}}");
            let (_, half) = read(&content).unwrap();
            let change = half.change(row.as_bytes()).unwrap();
            assert_eq!(half.leftover(), None);
            content = carried_out(&content, &change);
            let (found, next) = read(&content).unwrap();
            assert_eq!((found, next.second), (row.as_bytes(), !half.second));
            assert_eq!(content.iter().filter(|byte| **byte == b'{').count(), 1, "the row before is gone");
        }
        assert_eq!(content.len(), 2 * PAGE);
    }

    #[test]
    fn a_row_that_is_not_whole_does_not_count() {
        let row = [b'{'].into_iter().chain(vec![b'x'; 3_000]).chain(*b"}").collect::<Vec<u8>>();
        let before = named(b"{1}");
        let (_, half) = read(&before).unwrap();
        let change = half.change(&row).unwrap();
        let at = usize::try_from(change.at).unwrap();
        for written in 0..=change.content.len() {
            let mut content = before.clone();
            content[at..at + written].copy_from_slice(&change.content[..written]);
            let (found, half) = read(&content).unwrap();
            let is_whole = written >= row.len() + 11;
            assert_eq!(found, if is_whole { &row[..] } else { b"{1}" }, "{written}");
            // Whoever wrote it may have been killed.
            assert_eq!(half.leftover().is_some(), written > 0, "{written}");
        }
        // A sector that was not written in the middle of it, either.
        let mut content = carried_out(&before, &change);
        content[at + 512..at + 1_024].fill(b' ');
        assert_eq!(read(&content), None);
    }

    #[test]
    fn the_name_of_a_new_file_may_not_be_on_the_disk() {
        let new = New::of(b"{1}");
        let (row, half) = read(&new.content).unwrap();
        assert_eq!(row, b"{1}");
        assert_eq!(half.leftover(), Some((4_096, PAGE)));
    }

    #[test]
    fn a_row_that_is_too_long_needs_another_file() {
        let content = named(b"{1}");
        let (_, half) = read(&content).unwrap();
        assert!(half.change(&[b'x'; PAGE - 11]).is_some());
        assert!(half.change(&[b'x'; PAGE - 10]).is_none());
        let (row, earlier) = read(b"{\"version\":1}  ").unwrap();
        assert_eq!(row, b"{\"version\":1}  ");
        assert!(earlier.change(b"{}").is_none());
    }
}
