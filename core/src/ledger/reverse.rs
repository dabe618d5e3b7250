//! The reverse in the ledger of its payment: entered beside the refunds, stored with them in one record.

use super::RefundLedger;
use crate::error::{Error, ErrorCode, Result};
use crate::payment::Payment;
use crate::refund::{Refund, RefundOutcome};
use crate::reverse::{NumberedReverse, Reverse, ReverseEvent, ReverseOrder, ReverseOutcome, Standing};
use crate::time::Timestamp;

impl RefundLedger {
    /// The ledger of a payment that is to be reversed, whether it succeeded or took money all the same.
    ///
    /// # Errors
    /// As [`ReverseOrder::of`].
    pub fn for_reverse(payment: &Payment) -> Result<Self> {
        Ok(RefundLedger::paying(payment, ReverseOrder::of(payment)?.amount))
    }

    /// Enters the reverse of the whole payment, not begun. One that is entered already stays as it is, also after its
    /// end: a payment is reversed once. From here on no refund is taken unless the reverse is refused.
    ///
    /// # Errors
    /// As [`ReverseOrder::of`]; `reverse.refund_unresolved` if a refund has no known result.
    pub fn enter_reverse(&mut self, payment: &Payment) -> Result<&Reverse> {
        if self.book.reverse.is_none() {
            let order = ReverseOrder::of(payment)?;
            if self.standing().unresolved {
                let reason = "the outcome of an earlier refund of this payment is not known";
                return Err(Error::new(ErrorCode::ReverseRefundUnresolved, reason));
            }
            self.book.reverse = Some(Box::new(Reverse::new(order)));
        }
        self.reverse().ok_or_else(not_entered)
    }

    /// The reverse, if one was entered.
    pub fn reverse(&self) -> Option<&Reverse> {
        self.book.reverse.as_deref()
    }

    /// Feeds an event to the reverse. Store the ledger before carrying out what comes back.
    ///
    /// # Errors
    /// `reverse.not_begun`, `reverse.already_begun`, `reverse.unknown_send`, `reverse.wrong_operation`: the event does
    /// not fit, and the reverse stays as it was.
    pub fn handle_reverse(&mut self, event: ReverseEvent, now: Timestamp) -> Result<Vec<NumberedReverse>> {
        let standing = self.standing();
        let reverse = self.book.reverse.as_mut().ok_or_else(not_entered)?;
        reverse.handle(&self.policy, standing, event, now)
    }

    /// Refuses a refund while a reverse gives everything back, or may have.
    pub(crate) fn check_not_reversed(&self) -> Result<()> {
        match self.reverse().map(Reverse::outcome) {
            None | Some(Some(ReverseOutcome::Refused { .. })) => Ok(()),
            Some(None) => {
                Err(Error::new(ErrorCode::ReverseUnderWay, "the whole payment is being given back"))
            }
            Some(Some(ReverseOutcome::Reversed)) => {
                Err(Error::new(ErrorCode::ReverseDone, "the whole payment was given back"))
            }
            Some(Some(ReverseOutcome::Unresolved)) => {
                Err(Error::new(ErrorCode::ReverseDone, "the whole payment may have been given back"))
            }
        }
    }

    /// What the refunds have done, the reverse left out.
    fn standing(&self) -> Standing {
        let any = |wanted: fn(Option<&RefundOutcome>) -> bool| {
            self.refunds().iter().map(Refund::outcome).any(wanted)
        };
        Standing {
            left: self.paid().value().saturating_sub(self.spent_by_refunds()),
            refunded: any(|outcome| outcome == Some(&RefundOutcome::Refunded)),
            open: any(|outcome| outcome.is_none()),
            unresolved: any(|outcome| outcome == Some(&RefundOutcome::Unresolved)),
        }
    }
}

fn not_entered() -> Error {
    Error::new(ErrorCode::ReverseNotBegun, "no reverse of this payment was entered")
}
