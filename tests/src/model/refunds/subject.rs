//! The machine under test, behind a seam: the checker's own tests put a broken one there.

use alipay_instore::Timestamp;
use alipay_instore::error::Result;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::refund::{NumberedRefund, RefundEvent};

/// What the host calls.
pub trait Subject {
    /// Feeds an event to a refund.
    ///
    /// # Errors
    /// As the ledger.
    fn handle(
        &self,
        ledger: &mut RefundLedger,
        refund: &str,
        event: RefundEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedRefund>>;

    /// What the ledger lets the merchant give back.
    fn left(&self, ledger: &RefundLedger) -> u64 {
        ledger.left()
    }

    /// Stores the ledger and reads it back. One that can't be read shows as one without refunds.
    fn restore(&self, ledger: &RefundLedger, empty: &RefundLedger) -> RefundLedger {
        RefundLedger::restore_unchecked(&ledger.snapshot()).unwrap_or_else(|_| empty.clone())
    }
}

/// The real machine.
#[derive(Clone, Copy, Debug)]
pub struct Real;

impl Subject for Real {
    fn handle(
        &self,
        ledger: &mut RefundLedger,
        refund: &str,
        event: RefundEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedRefund>> {
        ledger.handle(refund, event, now)
    }
}
