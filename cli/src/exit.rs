//! What the exit status says to a script.

use std::process::ExitCode;

use alipay_instore::payment::Outcome;
use alipay_instore::refund::RefundOutcome;
use alipay_instore::reverse::ReverseOutcome;

use crate::paint::Tone;

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
    pub(crate) fn of_payment(outcome: Option<&Outcome>) -> Self {
        match outcome {
            Some(Outcome::Succeeded) => Exit::Done,
            Some(Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded) => Exit::No,
            None | Some(Outcome::Unresolved { .. }) => Exit::Unresolved,
        }
    }

    /// Of a payment that was to be cancelled: not paid is what was wanted.
    pub(crate) fn of_cancel(outcome: Option<&Outcome>) -> Self {
        match outcome {
            Some(Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded) => Exit::Done,
            Some(Outcome::Succeeded) => Exit::No,
            None | Some(Outcome::Unresolved { .. }) => Exit::Unresolved,
        }
    }

    /// Of a refund. An order that was cancelled has given everything back.
    pub(crate) fn of_refund(outcome: Option<&RefundOutcome>) -> Self {
        match outcome {
            Some(RefundOutcome::Refunded | RefundOutcome::OrderCancelled) => Exit::Done,
            Some(RefundOutcome::Failed { .. }) => Exit::No,
            None | Some(RefundOutcome::Unresolved) => Exit::Unresolved,
        }
    }

    /// Of a reverse.
    pub(crate) fn of_reverse(outcome: Option<&ReverseOutcome>) -> Self {
        match outcome {
            Some(ReverseOutcome::Reversed) => Exit::Done,
            Some(ReverseOutcome::Refused { .. }) => Exit::No,
            None | Some(ReverseOutcome::Unresolved) => Exit::Unresolved,
        }
    }

    /// How its sentence is coloured.
    pub(crate) fn tone(self) -> Tone {
        match self {
            Exit::Done => Tone::Good,
            Exit::Unresolved => Tone::Doubtful,
            Exit::No | Exit::Usage | Exit::Failed => Tone::Bad,
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
        assert_eq!(Exit::of_cancel(Some(&Outcome::Cancelled)).code(), 0);
        assert_eq!(Exit::of_cancel(Some(&Outcome::Succeeded)).code(), 1);
        assert_eq!(Exit::of_payment(Some(&Outcome::Cancelled)).code(), 1);
        assert_eq!(Exit::of_reverse(Some(&ReverseOutcome::Reversed)).code(), 0);
        assert_eq!(Exit::of_reverse(Some(&ReverseOutcome::Refused { code: "X".into() })).code(), 1);
        assert_eq!(Exit::of_reverse(Some(&ReverseOutcome::Unresolved)).code(), 2);
    }

    #[test]
    fn the_worst_of_several() {
        assert_eq!(Exit::No.worse(Exit::Done), Exit::No);
        assert_eq!(Exit::No.worse(Exit::Unresolved), Exit::Unresolved);
        assert_eq!(Exit::Failed.worse(Exit::No), Exit::Failed);
    }
}
