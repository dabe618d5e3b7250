//! One refund as the gateway sees it.

use super::payment::Money;
use crate::result::Code;

/// A refund request, as far as the ledger cares.
#[derive(Clone, Debug)]
pub(crate) struct RefundOrder {
    pub(crate) request_id: String,
    pub(crate) amount: Money,
    pub(crate) notify_url: Option<String>,
}

/// Where a refund stands. All but `Processing` are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefundState {
    Processing(Waits),
    Succeeded,
    Failed(Code),
}

/// What a refund that is in process waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waits {
    /// Asked for this number of times more, it succeeds.
    Asks(u32),
    /// At this time it succeeds, or fails with the code.
    Until(i64, Option<Code>),
}

/// One refund entry of the ledger.
#[derive(Clone, Debug)]
pub(crate) struct Refund {
    pub(crate) order: RefundOrder,
    pub(crate) refund_id: String,
    /// The place of its payment in the ledger.
    pub(crate) payment: usize,
    pub(crate) placed_ms: i64,
    pub(crate) finished_ms: Option<i64>,
    pub(crate) state: RefundState,
}

impl Refund {
    /// Whether a request with this id is a repetition of the one that made the entry.
    pub(crate) fn repeats(&self, order: &RefundOrder, payment: Option<usize>) -> bool {
        self.order.amount == order.amount && payment.is_none_or(|at| at == self.payment)
    }

    /// What a refund request for it is answered with.
    pub(crate) fn answer(&self) -> Code {
        match self.state {
            RefundState::Processing(_) => Code::RefundInProcess,
            RefundState::Succeeded => Code::Success,
            RefundState::Failed(code) => code,
        }
    }
}
