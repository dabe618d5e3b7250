//! Answers that were longer than the array they should go into, until they are fetched.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::{Answer, Input, Outcome, Stopped};

/// So many bytes name an answer that is kept: its number, and its length.
pub(super) const TICKET: usize = 12;

#[derive(Default)]
struct Kept {
    answers: HashMap<i64, Vec<u8>>,
    last: i64,
}

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

/// Keeps an answer, and writes its number and length into `output`.
pub(super) fn keep(answer: Vec<u8>, output: &mut [u8]) -> i32 {
    let (Ok(length), Some(ticket)) = (i32::try_from(answer.len()), output.first_chunk_mut::<TICKET>()) else {
        return -1;
    };
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.last += 1;
    let (number, size) = ticket.split_at_mut(8);
    number.copy_from_slice(&kept.last.to_be_bytes());
    size.copy_from_slice(&length.to_be_bytes());
    let number = kept.last;
    kept.answers.insert(number, answer);
    -2
}

/// Fetches an answer, once: it is this call's own answer, whole.
pub(super) fn take(number: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    input.all::<()>()?;
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    *answer = Answer::whole(kept.answers.remove(&number).ok_or(Stopped::Closed)?);
    Ok(())
}
