//! What is to be reversed, and whether it may be.

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::error::{Error, ErrorCode, Result};
use crate::machine::derived_id;
use crate::payment::{Outcome, Payment, Taken, UnresolvedReason};
use crate::time::Timestamp;

/// What the payment itself did to give the money back, before it was to be reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EarlierRefund {
    /// Nothing.
    None,
    /// It sent a refund and never learned its outcome. The reverse goes on with that very refund.
    Open,
    /// It refunded everything.
    Made,
}

/// What is to be given back. Fixed when the reverse is entered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReverseOrder {
    /// The payment.
    pub payment_request_id: String,
    /// The gateway's id of the payment, where it is known.
    pub payment_id: Option<String>,
    /// What the payment took.
    pub amount: Amount,
    /// The path of the gateway's APIs, such as `/ams/api/v1`.
    pub api_prefix: String,
    /// The id of the refund that may be needed: one for each payment, so that repeating can't refund twice.
    pub refund_request_id: String,
    /// Until when the gateway takes a cancel.
    pub cancel_until: Timestamp,
    /// What the payment itself did before.
    pub earlier: EarlierRefund,
}

impl ReverseOrder {
    /// The order to reverse this payment.
    ///
    /// A payment that succeeded took its own amount. For any other one the verified messages decide, also those that
    /// came after its end.
    ///
    /// # Errors
    /// `payment.not_final`, `reverse.id_taken`, `reverse.nothing_taken`, `reverse.amount_unknown`.
    pub fn of(payment: &Payment) -> Result<Self> {
        let Some(outcome) = payment.outcome() else {
            let error = Error::new(ErrorCode::PaymentNotFinal, "the payment has no result yet");
            return Err(error.with_hint("cancel it: a payment without a result is cancelled, not reversed"));
        };
        if payment.id_is_taken() || *outcome == (Outcome::Unresolved { reason: UnresolvedReason::IdTaken }) {
            let reason = "the money that was taken belongs to another request with this id";
            return Err(Error::new(ErrorCode::ReverseIdTaken, reason));
        }
        let order = payment.order();
        let amount = taken(payment, outcome)?;
        let earlier = match outcome {
            Outcome::Refunded => EarlierRefund::Made,
            // A refund that was refused was not made.
            Outcome::Unresolved { reason: UnresolvedReason::RefundFailed } => EarlierRefund::None,
            _ if payment.refund_was_sent() => EarlierRefund::Open,
            _ => EarlierRefund::None,
        };
        if earlier == EarlierRefund::Open && amount != order.amount {
            return Err(unknown("a refund of another amount than was taken was sent and never answered"));
        }
        let refund_request_id = match earlier {
            EarlierRefund::Open => order.refund_request_id.clone(),
            EarlierRefund::None | EarlierRefund::Made => derived_id("reverse-", &order.payment_request_id),
        };
        Ok(ReverseOrder {
            payment_request_id: order.payment_request_id.clone(),
            payment_id: payment.payment_id().map(str::to_owned),
            amount,
            api_prefix: order.api_prefix.clone(),
            refund_request_id,
            cancel_until: payment.policy().cancel_window.end(payment.begun_at().unwrap_or_default()),
            earlier,
        })
    }
}

/// How much the payment took, by verified evidence.
fn taken(payment: &Payment, outcome: &Outcome) -> Result<Amount> {
    use UnresolvedReason::{Refund, RefundConsent, RefundFailed};
    // These ends need a success that nothing contradicted; then an amount that was not stated is ours.
    let ours = matches!(
        outcome,
        Outcome::Refunded | Outcome::Unresolved { reason: Refund | RefundConsent | RefundFailed }
    );
    match (outcome, payment.taken()) {
        (Outcome::Succeeded, _) => Ok(payment.order().amount),
        (_, Taken::Stated(amount)) => Ok(amount),
        (_, Taken::Nothing | Taken::Unstated) if ours => Ok(payment.order().amount),
        (_, Taken::Nothing) => {
            let reason = format!("the payment is {}, and nothing says that it was paid", outcome.as_str());
            Err(Error::new(ErrorCode::ReverseNothingTaken, reason))
        }
        (_, Taken::Unstated) => Err(unknown("no verified message states the amount that was taken")),
        (_, Taken::Unclear) => Err(unknown("verified messages do not agree on the amount that was taken")),
    }
}

fn unknown(reason: &str) -> Error {
    Error::new(ErrorCode::ReverseAmountUnknown, reason)
}
