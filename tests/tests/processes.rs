//! The simulation of engines in several processes holds for the real one, and finds the faults that a host must not have.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "test code")]

use std::cell::Cell;

use alipay_instore::Timestamp;
use alipay_instore::engine::{CallResult, Input, Notified, Now, Output, StoreAnswer};
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::gateway::Operation;
use alipay_instore::payment::{Outcome, Secret};
use alipay_instore::store::StoreError;
use conformance::simulate::Run;
use conformance::simulate::processes::run;
use conformance::simulate::processes::shell::{Honest, Shell};

/// A broken engine is found within so many.
const PAYMENTS: u64 = 20_000;

#[track_caller]
fn found(shell: &impl Shell) -> &'static str {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (_, failure) = run(shell, Run { payments: PAYMENTS, seed: 1, first: 0, threads }).unwrap();
    let failure = failure.expect("the broken engine is found");
    assert!(!failure.timeline.is_empty(), "a failure comes with its timeline");
    println!("{} by payment {} of seed 1", failure.promise, failure.payment);
    failure.promise
}

#[test]
fn the_real_engine_keeps_every_promise_and_a_seed_its_course() {
    let simulated = |threads| {
        let (tally, failure) = run(&Honest, Run { payments: 200, seed: 3, first: 0, threads }).unwrap();
        assert!(failure.is_none(), "{failure:?}");
        (tally.events, tally.outcomes)
    };
    assert_eq!(simulated(1), simulated(2));
}

/// After the store failed it says that nothing was sent, whatever was.
struct SaysNothingWasSent;

impl Shell for SaysNothingWasSent {
    fn result(&self, result: Result<CallResult, Error>) -> Result<CallResult, Error> {
        result.map_err(|error| match error.code() {
            ErrorCode::PaymentInterrupted => {
                Error::new(ErrorCode::StoreFailed, "the store failed, so nothing was sent")
            }
            _ => error,
        })
    }
}

#[test]
fn an_error_that_hides_a_charge_is_found() {
    assert!(found(&SaysNothingWasSent).contains("money moved"));
}

/// A notification in another process shows as a conflict at the till.
struct PassesConflictsOn;

thread_local! {
    /// Whether there was a conflict since the last call. Each simulated payment stays on one thread, and its course must
    /// not depend on others.
    static CONFLICT: Cell<bool> = const { Cell::new(false) };
}

impl Shell for PassesConflictsOn {
    fn input(&self, input: Input) -> Option<Input> {
        match &input {
            Input::Call { .. } => CONFLICT.set(false),
            Input::Stored { answer: StoreAnswer::Done(Err(StoreError::Conflict(_))), .. } => {
                CONFLICT.set(true)
            }
            _ => {}
        }
        Some(input)
    }

    fn result(&self, result: Result<CallResult, Error>) -> Result<CallResult, Error> {
        match CONFLICT.replace(false) {
            true => Err(Error::new(ErrorCode::StoreConflict, "another process moved this payment on")),
            false => result,
        }
    }
}

#[test]
fn a_conflict_at_a_caller_is_found() {
    assert_eq!(found(&PassesConflictsOn), "a conflict reached a caller");
}

/// A worker that starts takes every payment that is due.
struct TakesFromTheLiving;

impl Shell for TakesFromTheLiving {
    fn claims_from_the_living(&self) -> bool {
        true
    }
}

#[test]
fn a_worker_that_takes_what_others_drive_is_found() {
    assert_eq!(found(&TakesFromTheLiving), "a payment was taken from an owner that lives");
}

/// The alerts of a late notification reach nobody.
struct KeepsAlertsToItself;

impl Shell for KeepsAlertsToItself {
    fn result(&self, result: Result<CallResult, Error>) -> Result<CallResult, Error> {
        match result {
            Ok(CallResult::Notified(Notified::Taken {
                payment_request_id,
                refund_request_id,
                outcome,
                ..
            })) => {
                let alerts = Vec::new();
                Ok(CallResult::Notified(Notified::Taken {
                    payment_request_id,
                    refund_request_id,
                    outcome,
                    alerts,
                }))
            }
            other => other,
        }
    }
}

#[test]
fn an_alert_that_reaches_nobody_is_found() {
    assert_eq!(found(&KeepsAlertsToItself), "an alert of a late notification reached nobody");
}

/// One record that can't be read stops the recovery of all.
struct StopsAtTheFirstUnreadable;

impl Shell for StopsAtTheFirstUnreadable {
    fn unreadable_ends_a_claim(&self) -> bool {
        true
    }
}

#[test]
fn a_record_that_stops_the_others_is_found() {
    assert!(found(&StopsAtTheFirstUnreadable).starts_with('6'));
}

/// Waits by the wall clock.
struct WaitsByTheWallClock;

impl Shell for WaitsByTheWallClock {
    fn now(&self, now: Now) -> Now {
        Now { monotonic: now.wall.saturating_since(Timestamp::UNIX_EPOCH), ..now }
    }
}

#[test]
fn a_clock_that_freezes_a_till_is_found() {
    assert_eq!(found(&WaitsByTheWallClock), "a call did not end in time");
}

/// Sends pay once more after the cancel, under a new number.
struct SendsPayAfterTheCancel;

impl Shell for SendsPayAfterTheCancel {
    fn output(&self, output: Output) -> Vec<Output> {
        match output {
            Output::Post {
                post,
                id,
                part,
                send_id,
                merchant,
                operation: Operation::Cancel,
                path,
                body,
                deadline,
            } => {
                let pay = Output::Post {
                    post,
                    id: id.clone(),
                    part: part.clone(),
                    send_id: send_id.saturating_add(1),
                    merchant: merchant.clone(),
                    operation: Operation::Pay,
                    path: path.replace("cancelPayment", "pay").replace("cancel", "pay"),
                    body: Secret::new("{}".to_owned()),
                    deadline,
                };
                vec![
                    Output::Post {
                        post,
                        id,
                        part,
                        send_id,
                        merchant,
                        operation: Operation::Cancel,
                        path,
                        body,
                        deadline,
                    },
                    pay,
                ]
            }
            other => vec![other],
        }
    }
}

#[test]
fn pay_after_a_cancel_is_found() {
    let promise = found(&SendsPayAfterTheCancel);
    assert!(promise.starts_with('3') || promise.starts_with('4') || promise.contains("before it was stored"));
}

/// Believes that what failed was written.
struct BelievesEverySave;

impl Shell for BelievesEverySave {
    fn input(&self, input: Input) -> Option<Input> {
        Some(match input {
            Input::Stored {
                job,
                answer: StoreAnswer::Done(Err(StoreError::NotWritten(_) | StoreError::MaybeWritten(_))),
            } => Input::Stored { job, answer: StoreAnswer::Done(Ok(())) },
            other => other,
        })
    }
}

#[test]
fn a_send_that_is_not_stored_is_found() {
    assert_eq!(found(&BelievesEverySave), "pay, cancel or refund was sent before it was stored");
}

/// Tells a payment as paid whose end is not known.
struct GuessesTheEnd;

impl Shell for GuessesTheEnd {
    fn result(&self, result: Result<CallResult, Error>) -> Result<CallResult, Error> {
        result.map(|result| match result {
            CallResult::Payment(mut report) if report.outcome.is_none() => {
                report.outcome = Some(Outcome::Succeeded);
                CallResult::Payment(report)
            }
            other => other,
        })
    }
}

#[test]
fn a_guess_is_found() {
    let promise = found(&GuessesTheEnd);
    assert!(promise.starts_with('1') || promise.starts_with('5'), "{promise}");
}
