//! Giving back the whole of a payment that was paid: a cancel within the cancel window, and after it, or where the
//! gateway refuses to cancel, one refund of what is left ("Alipay, cancel"; "Alipay+, cancelPayment").
//!
//! A reverse stands beside the refunds in the [`RefundLedger`](crate::ledger::RefundLedger) of its payment, so that
//! neither can give back what the other has. It is a machine of the payment's shape: events with times in, numbered
//! actions out, stored before its actions are carried out.

mod action;
mod answer;
mod machine;
mod order;

pub use action::{NumberedReverse, ReverseAction, ReverseEvent, ReverseOutcome};
pub use machine::Reverse;
pub(crate) use machine::Standing;
pub use order::{EarlierRefund, ReverseOrder};

#[cfg(test)]
mod tests;
