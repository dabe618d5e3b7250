//! The merchant's refund of a payment, or of a part of it, as a machine.

mod event;
mod machine;
mod standing;

pub use crate::words::Resolved;
pub use event::{NumberedRefund, RefundAction, RefundEvent, RefundOrder, RefundOutcome};
pub use machine::Refund;
pub use standing::Resolution;
