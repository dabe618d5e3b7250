//! Power cuts: whatever part of its calls reached the disk, a record is found as it was last answered for, or as it was
//! being written.
//!
//! The calls of the store are noted as they are made. After each of them the power is cut in every way that [`model`]
//! knows, and what is left is opened as a store.

mod model;
pub(super) mod recorder;
mod world;

use model::Disk;
use world::{Checker, Ran, State, Step, Who, entry, ids, long, made_later, run};

use crate::store::StoreError;

/// A store that is used for everything, one step after the other.
fn life() -> (State, Vec<Step>) {
    let [first, same, other] = ids();
    let refunded = |finished, due, refunds: &[&str]| {
        let mut entry = entry(&first, finished, due);
        entry.columns.refund_ids = refunds.iter().map(|refund| (*refund).to_owned()).collect();
        entry
    };
    let steps = vec![
        Step::Beat("a"),
        Step::Insert(entry(&first, false, 1_000), Some("a")),
        Step::Save(entry(&first, false, 2_000), Some("a")),
        Step::Save(long(refunded(false, 3_000, &["r1"])), Some("a")),
        Step::Insert(entry(&same, false, 1_500), Some("a")),
        Step::Save(entry(&same, false, 2_500), None),
        Step::Release(same.clone(), "a"),
        Step::Save(refunded(true, 5_000, &["r1"]), Some("a")),
        Step::Take(first.clone(), "b"),
        Step::Save(refunded(true, 6_000, &["r1", "r2"]), None),
        Step::Save(long(entry(&same, true, 4_000)), None),
        Step::Insert(entry(&other, true, 7_000), None),
        Step::Save(refunded(false, 8_000, &["r1", "r2"]), None),
        Step::Save(entry(&same, true, 8_500), None),
        Step::Save(refunded(true, 9_000, &["r1", "r2"]), None),
        Step::Purge,
        Step::Insert(made_later(entry(&first, false, 10_000)), Some("b")),
    ];
    let known = [first, same, other].map(|id| (id, vec![None])).into();
    (State { disk: Disk::default(), known }, steps)
}

/// What may come next, whatever was before: the same record, and another one with the same lock.
fn next_step(number: usize) -> Step {
    let [id, same, _] = ids();
    match number % 3 {
        0 => Step::Next { id, toggles: false },
        1 => Step::Next { id: same, toggles: false },
        _ => Step::Next { id, toggles: true },
    }
}

/// Carries out each step of a life, and hands it over before the next one.
fn each_step(mut with: impl FnMut(&State, Who, &Step, &Ran)) {
    let (mut state, steps) = life();
    let mut who = Who::New;
    for step in &steps {
        let ran = run(&state, who, None, step);
        ran.answer.as_ref().unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        with(&state, who, step, &ran);
        state.disk.settle(true);
        (state, who) = (state.after(step, &ran, ran.calls.len()), Who::Old);
    }
}

#[test]
fn a_power_cut_leaves_the_old_record_or_the_new_one() {
    let mut checker = Checker::default();
    each_step(|state, _, step, ran| {
        // What is left is written again, and the power is cut again.
        let left = checker.cut_each(state, step, ran, format_args!(""));
        for (at, left) in left.iter().enumerate() {
            // Also by a process that could not clean what it found.
            let old = if left.disk.has("store/locks") { Who::Old } else { Who::New };
            for (next, by) in [(next_step(2 * at), old), (next_step(2 * at + 1), Who::New)] {
                let ran = run(left, by, None, &next);
                assert_eq!(ran.answer, Ok(()));
                let story = format_args!("{step:?}, cut, then by {by:?}\n{:#?}\n", left.disk);
                checker.cut_each(left, &next, &ran, story);
            }
        }
    });
    assert!(checker.count() > 200, "{}", checker.count());
}

/// What a killed process did not flush, nobody flushes; and others go on from there.
#[test]
fn a_process_that_is_killed_leaves_what_a_power_cut_can_take() {
    let mut checker = Checker::default();
    each_step(|state, who, step, ran| {
        let mut state = state.clone();
        state.disk.settle(false);
        for count in 1..=ran.calls.len() {
            let killed = state.after(step, ran, count);
            let calls = &ran.calls[..count];
            let (next, by) = (next_step(count / 2), if count % 2 == 0 { who } else { Who::New });
            let ran = run(&killed, by, None, &next);
            assert_eq!(ran.answer, Ok(()));
            let story = format_args!("{step:?}, killed after {calls:#?}, then by {by:?}: ");
            checker.cut_each(&killed, &next, &ran, story);
        }
    });
    assert!(checker.count() > 200, "{}", checker.count());
}

/// Each call fails once. The answer says whether the record may be written, and the power is cut then or later.
#[test]
fn a_call_that_fails_leaves_what_the_answer_says() {
    let mut checker = Checker::default();
    each_step(|state, who, step, _| {
        if who == Who::New {
            // The store is not opened then.
            return;
        }
        let mut state = state.clone();
        state.disk.settle(false);
        for until_failure in (0..).map(Some) {
            let ran = run(&state, who, until_failure, step);
            if !ran.failed {
                break;
            }
            let story = format!("one call of {step:?} fails after {:#?}: ", ran.calls);
            if matches!(ran.answer, Err(StoreError::NotWritten(_))) {
                let may_be_found = state.may_be_found(step, &ran, false);
                assert!(may_be_found == state.known, "{story}");
            }
            let state = state.after(step, &ran, ran.calls.len());
            checker.cut(&state, format_args!("{story}"));
            if let Some(id) = step.of() {
                // Whoever was told that it may not be written asks again, and goes on by the answer.
                let refused = Step::Refused(id.to_owned());
                let ran = run(&state, who, None, &refused);
                assert_eq!(ran.answer, Ok(()), "{story}");
                checker.cut_each(&state, &refused, &ran, format_args!("{story}, then "));
            }
            let next = next_step(ran.calls.len() / 2);
            let ran = run(&state, who, None, &next);
            assert_eq!(ran.answer, Ok(()), "{story}");
            checker.cut_each(&state, &next, &ran, format_args!("{story}, then "));
        }
    });
    assert!(checker.count() > 200, "{}", checker.count());
}

/// Two processes write two records of one folder at the same time.
#[test]
fn records_that_are_written_at_the_same_time_do_not_mix() {
    let [id, _, other] = ids();
    let mut checker = Checker::default();
    each_step(|state, who, step, ran| {
        if step.of() != Some(&id) {
            return;
        }
        let mut state = state.clone();
        state.disk.settle(false);
        let done = state.after(step, ran, ran.calls.len());
        let between = Step::Next { id: other.clone(), toggles: ran.calls.len() % 2 == 0 };
        let other_ran = run(&done, who, None, &between);
        // Its calls come after so many of those of the step.
        for count in 0..ran.calls.len() {
            let before = state.after(step, ran, count);
            checker.cut_each(&before, &between, &other_ran, format_args!("{count} of {step:?}: "));
            let mut both = before.after(&between, &other_ran, other_ran.calls.len());
            for (at, call) in ran.calls.iter().enumerate().skip(count) {
                both.disk.apply(call);
                both.known = both.may_be_found(step, ran, at + 1 == ran.calls.len());
                checker.cut(&both, format_args!("{between:?} after {count} of {step:?}, and then {at}"));
            }
        }
    });
    assert!(checker.count() > 200, "{}", checker.count());
}
