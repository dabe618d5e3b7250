//! The machine under test, behind a seam: the checker's own tests put a broken one there.

use alipay_instore::Timestamp;
use alipay_instore::error::Result;
use alipay_instore::payment::{Event, Numbered, Payment};

/// What the host calls.
pub trait Subject {
    /// Feeds an event.
    ///
    /// # Errors
    /// As the machine.
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>>;

    /// Stores the payment and reads it back.
    fn restore(&self, payment: &Payment) -> Payment;
}

/// The real machine.
#[derive(Clone, Copy, Debug)]
pub struct Real;

impl Subject for Real {
    fn handle(&self, payment: &mut Payment, event: Event, now: Timestamp) -> Result<Vec<Numbered>> {
        payment.handle(event, now)
    }

    fn restore(&self, payment: &Payment) -> Payment {
        // A snapshot that can't be read back shows as a payment that changed.
        Payment::restore_unchecked(&payment.snapshot()).unwrap_or_else(|_| {
            let mut other = payment.clone();
            let _ = other.handle(Event::CancelRequested, Timestamp::UNIX_EPOCH);
            other
        })
    }
}
