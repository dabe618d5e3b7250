//! What the exit status says to a script.

use std::process::ExitCode;

use alipay_instore::payment::Outcome;
use alipay_instore::refund::RefundOutcome;
use alipay_instore::reverse::ReverseOutcome;

/// An exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: paid, or: what was asked for is done.
    Done,
    /// 1: not paid, or: the answer is no.
    No,
    /// 2: not known yet, needs manual review.
    Unresolved,
    /// 64: the command line is wrong; nothing was done.
    Usage,
    /// 70: anything else.
    Failed,
}

impl Exit {
    /// Of a payment that was to be paid.
    pub(crate) fn of_payment(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Succeeded => Exit::Done,
            Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded => Exit::No,
            Outcome::Unresolved { .. } => Exit::Unresolved,
        }
    }

    /// Of a payment that was to be cancelled: not paid is what was wanted.
    pub(crate) fn of_cancel(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded => Exit::Done,
            Outcome::Succeeded => Exit::No,
            Outcome::Unresolved { .. } => Exit::Unresolved,
        }
    }

    /// Of a refund. An order that was cancelled has given everything back.
    pub(crate) fn of_refund(outcome: &RefundOutcome) -> Self {
        match outcome {
            RefundOutcome::Refunded | RefundOutcome::OrderCancelled => Exit::Done,
            RefundOutcome::Failed { .. } => Exit::No,
            RefundOutcome::Unresolved => Exit::Unresolved,
        }
    }

    /// Of a reverse.
    pub(crate) fn of_reverse(outcome: &ReverseOutcome) -> Self {
        match outcome {
            ReverseOutcome::Reversed => Exit::Done,
            ReverseOutcome::Refused { .. } => Exit::No,
            ReverseOutcome::Unresolved => Exit::Unresolved,
        }
    }

    /// The number.
    pub(crate) fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::No => 1,
            Exit::Unresolved => 2,
            Exit::Usage => 64,
            Exit::Failed => 70,
        }
    }

    /// Of several payments the status that most needs somebody's attention.
    pub(crate) fn worse(self, other: Self) -> Self {
        if other.code() > self.code() { other } else { self }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancel_that_worked_is_success() {
        assert_eq!(Exit::of_cancel(&Outcome::Cancelled).code(), 0);
        assert_eq!(Exit::of_cancel(&Outcome::Succeeded).code(), 1);
        assert_eq!(Exit::of_payment(&Outcome::Cancelled).code(), 1);
        assert_eq!(Exit::of_reverse(&ReverseOutcome::Reversed).code(), 0);
        assert_eq!(Exit::of_reverse(&ReverseOutcome::Refused { code: "X".into() }).code(), 1);
        assert_eq!(Exit::of_reverse(&ReverseOutcome::Unresolved).code(), 2);
    }

    #[test]
    fn the_worst_of_several() {
        assert_eq!(Exit::No.worse(Exit::Done), Exit::No);
        assert_eq!(Exit::No.worse(Exit::Unresolved), Exit::Unresolved);
        assert_eq!(Exit::Failed.worse(Exit::No), Exit::Failed);
    }
}
