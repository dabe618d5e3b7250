//! What a payment has paid, given back, and has open to be given back. Stored as one record, so that the sum of its
//! refunds can't exceed it, whoever refunds at the same time.

mod reverse;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::api::RefundRequest;
use crate::error::{Error, ErrorCode, Result};
use crate::machine::snapshot;
use crate::payment::{Outcome, Payment, Policy, Secret};
use crate::refund::{NumberedRefund, Refund, RefundEvent, RefundOrder, Resolution, Resolved};
use crate::reverse::{EarlierRefund, Reverse, ReverseOrder, ReverseOutcome};
use crate::time::Timestamp;

/// The refunds of one payment. A refund that is open counts as spent, and so does an unresolved one until verified
/// evidence, or a person, says that it was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundLedger {
    pub(crate) policy: Arc<Policy>,
    pub(crate) book: Book,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Book {
    payment_request_id: String,
    payment_id: Option<String>,
    paid: Amount,
    refunds: Vec<Refund>,
    /// The whole is given back. That is rare, and the record of every payment has this member.
    #[serde(default)]
    pub(crate) reverse: Option<Box<Reverse>>,
}

impl Book {
    fn entered(&mut self, refund_request_id: &str) -> Result<&mut Refund> {
        let mut refunds = self.refunds.iter_mut();
        refunds.find(|refund| refund.order().refund_request_id == refund_request_id).ok_or_else(not_entered)
    }
}

impl RefundLedger {
    /// The ledger of a payment that succeeded, or that ended otherwise and took money all the same: where verified
    /// messages say how much, and the payment has sent no refund of its own.
    ///
    /// # Errors
    /// `payment.not_final` while it has no result, `payment.not_succeeded` if nothing says what it took.
    pub fn of(payment: &Payment) -> Result<Self> {
        let Some(outcome) = payment.outcome() else {
            return Err(Error::new(ErrorCode::PaymentNotFinal, "the payment has no result yet"));
        };
        let disputed = matches!(outcome, Outcome::Unresolved { .. })
            || payment.taken().is_contradicted(payment.alerts());
        let paid = match outcome {
            Outcome::Succeeded => Some(payment.order().amount),
            _ if disputed => ReverseOrder::of(payment)
                .ok()
                .filter(|order| order.earlier == EarlierRefund::None)
                .map(|order| order.amount),
            _ => None,
        };
        match paid {
            Some(paid) => Ok(RefundLedger::paying(payment, paid)),
            None => {
                let reason = format!("the payment is {}", outcome.as_str());
                Err(Error::new(ErrorCode::PaymentNotSucceeded, reason))
            }
        }
    }

    /// The ledger of a payment that took this amount.
    pub(crate) fn paying(payment: &Payment, paid: Amount) -> Self {
        RefundLedger {
            policy: payment.shared_policy(),
            book: Book {
                payment_request_id: payment.order().payment_request_id.clone(),
                payment_id: payment.payment_id().map(str::to_owned),
                paid,
                refunds: Vec::new(),
                reverse: None,
            },
        }
    }

    /// The payment.
    pub fn payment_request_id(&self) -> &str {
        &self.book.payment_request_id
    }

    /// The gateway's id of the payment, which AMS wants in a refund.
    pub fn payment_id(&self) -> Option<&str> {
        self.book.payment_id.as_deref()
    }

    /// What the payment paid.
    pub fn paid(&self) -> Amount {
        self.book.paid
    }

    /// What was given back.
    pub fn refunded(&self) -> u64 {
        if self.reverse().and_then(Reverse::outcome) == Some(&ReverseOutcome::Reversed) {
            return self.book.paid.value();
        }
        self.sum(Refund::given_back)
    }

    /// What may still be given back, in minor units.
    pub fn left(&self) -> u64 {
        self.book.paid.value().saturating_sub(self.spent())
    }

    /// What was given back, or may be.
    fn spent(&self) -> u64 {
        if self.check_not_reversed().is_err() { self.book.paid.value() } else { self.spent_by_refunds() }
    }

    pub(crate) fn spent_by_refunds(&self) -> u64 {
        self.sum(Refund::spent)
    }

    fn sum(&self, counts: impl Fn(&Refund) -> bool) -> u64 {
        let counted = self.book.refunds.iter().filter(|refund| counts(refund));
        counted.fold(0, |sum, refund| sum.saturating_add(refund.order().amount.value()))
    }

    /// The refunds in the order in which they were made.
    pub fn refunds(&self) -> &[Refund] {
        &self.book.refunds
    }

    /// The refund of this id.
    pub fn refund(&self, refund_request_id: &str) -> Option<&Refund> {
        self.book.refunds.iter().find(|refund| refund.order().refund_request_id == refund_request_id)
    }

    /// Enters a refund, not begun. One that is entered already, with the same amount, stays as it is.
    ///
    /// # Errors
    /// `reverse.under_way` or `reverse.done` if the whole is being given back; `request.refund_exceeds` if less is left; `request.invalid` for another currency, or an id that was used
    /// with another amount; `amount.zero`.
    pub fn enter(&mut self, order: RefundOrder) -> Result<()> {
        let amount = order.amount.nonzero()?;
        if let Some(known) = self.refund(&order.refund_request_id) {
            return if known.order().amount == amount {
                Ok(())
            } else {
                let reason = "this refund request id was used with another amount";
                Err(Error::new(ErrorCode::RequestInvalid, reason).with_path("refundRequestId"))
            };
        }
        self.check_not_reversed()?;
        if amount.currency() != self.book.paid.currency() {
            let reason = format!("the payment was in {}", self.book.paid.currency().code());
            return Err(Error::new(ErrorCode::RequestInvalid, reason).with_path("refundAmount.currency"));
        }
        if amount.value() > self.left() {
            let reason = format!("{} minor units are left to refund", self.left());
            return Err(Error::new(ErrorCode::RequestRefundExceeds, reason).with_path("refundAmount.value"));
        }
        self.book.refunds.push(Refund::new(order));
        Ok(())
    }

    /// Enters the refund that a request asks for, and gives it; the gateway's id of the payment is put in where the
    /// request has none. `api_prefix` is the path of the gateway's APIs, such as `/ams/api/v1`.
    ///
    /// # Errors
    /// What is wrong with the request, and as [`enter`](RefundLedger::enter).
    pub fn enter_request(&mut self, request: &RefundRequest, api_prefix: String) -> Result<&Refund> {
        let mut request = request.clone();
        request.payment_id = request.payment_id.or_else(|| self.payment_id().map(str::to_owned));
        let body = request.to_body(self.policy.protocol, None)?;
        let missing = |path| Error::new(ErrorCode::RequestMissing, "the field is required").with_path(path);
        let refund_request_id = request.refund_request_id.ok_or_else(|| missing("refundRequestId"))?;
        let amount = request.refund_amount.ok_or_else(|| missing("refundAmount"))?;
        self.enter(RefundOrder {
            refund_request_id: refund_request_id.clone(),
            amount,
            api_prefix,
            body: Secret::new(body.to_string()),
        })?;
        self.refund(&refund_request_id).ok_or_else(not_entered)
    }

    /// Feeds an event to one of the refunds.
    ///
    /// # Errors
    /// As [`Refund::handle`]; `refund.not_begun` for an id that was not entered.
    pub fn handle(
        &mut self,
        refund_request_id: &str,
        event: RefundEvent,
        now: Timestamp,
    ) -> Result<Vec<NumberedRefund>> {
        self.book.entered(refund_request_id)?.handle(&self.policy, event, now)
    }

    /// A person found out the outcome of a refund that ended as unresolved: made, or not made. Who it was and the
    /// note are kept with the refund, so neither holds a secret. The same again changes nothing.
    ///
    /// # Errors
    /// `refund.not_begun` for an id that was not entered; `refund.not_unresolved` if the refund has not ended, ended
    /// otherwise, or was resolved otherwise; `request.missing` without `who`; `request.too_long`.
    pub fn resolve(
        &mut self,
        refund_request_id: &str,
        resolved: Resolved,
        who: &str,
        note: &str,
        now: Timestamp,
    ) -> Result<()> {
        let resolution = Resolution { resolved, who: who.to_owned(), note: note.to_owned(), at: now };
        self.book.entered(refund_request_id)?.resolve(resolution)
    }

    /// The ledger as text.
    pub fn snapshot(&self) -> String {
        snapshot::write(&snapshot::REFUNDS, &self.policy, &self.book)
    }

    /// The ledger that a snapshot was taken of.
    ///
    /// # Errors
    /// `snapshot.malformed`, `snapshot.newer`, `snapshot.kind`, `snapshot.inconsistent`.
    pub fn restore(text: &str) -> Result<Self> {
        let ledger = Self::read(text)?;
        ledger.policy.check()?;
        Ok(ledger)
    }

    /// As [`RefundLedger::restore`], without the policy's checks.
    ///
    /// # Errors
    /// As [`RefundLedger::restore`], except the policy's.
    #[cfg(feature = "model-checking")]
    #[doc(hidden)]
    pub fn restore_unchecked(text: &str) -> Result<Self> {
        Self::read(text)
    }

    fn read(text: &str) -> Result<Self> {
        let (policy, book) = snapshot::read::<Book>(&snapshot::REFUNDS, text)?;
        Self::of_parts(policy, book)
    }

    /// The ledger of parts that were stored.
    pub(crate) fn of_parts(policy: Arc<Policy>, book: Book) -> Result<Self> {
        let ledger = RefundLedger { policy, book };
        let one_currency = ledger
            .book
            .refunds
            .iter()
            .all(|refund| refund.order().amount.currency() == ledger.book.paid.currency());
        let reverse = ledger.reverse().is_none_or(|reverse| {
            reverse.is_consistent()
                && reverse.order().amount == ledger.book.paid
                && reverse.order().payment_request_id == ledger.book.payment_request_id
        });
        // What was freed once may have been given back by another refund, even if it turned out to be made.
        let held = ledger.sum(|refund| !refund.freed());
        if held <= ledger.book.paid.value() && one_currency && reverse {
            Ok(ledger)
        } else {
            Err(Error::new(
                ErrorCode::SnapshotInconsistent,
                "the refunds or the reverse do not fit the payment",
            ))
        }
    }
}

fn not_entered() -> Error {
    Error::new(ErrorCode::RefundNotBegun, "no refund of this id was entered")
}

#[cfg(test)]
mod tests;
