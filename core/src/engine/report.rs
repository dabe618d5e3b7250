//! How things stand, for whoever asked; and errors that say whether money may have moved.

use super::Engine;
use super::live::{Call, Goal, Live};
use super::results::{CallResult, Notified, PaymentResult, RefundResult, ReverseResult};
use crate::error::{Error, ErrorCode};
use crate::ledger::RefundLedger;
use crate::payment::Outcome;
use crate::reverse::Reverse;
use crate::store::{Part, PaymentRecord};

/// What a call is told of the record, whether it has ended or not.
pub(super) fn of(record: &PaymentRecord, call: Call, stored: bool) -> CallResult {
    match call.goal {
        Goal::Payment | Goal::Everything | Goal::Started | Goal::Status => {
            CallResult::Payment(payment(record, call, stored))
        }
        Goal::TakenUp { driven } => CallResult::TakenUp(driven.then(|| payment(record, call, stored))),
        Goal::Refund(id) => {
            let refund = record.ledger.as_ref().and_then(|ledger| ledger.refund(&id));
            CallResult::Refund(RefundResult {
                payment_request_id: record.id().to_owned(),
                outcome: refund.and_then(|refund| refund.outcome()).cloned(),
                refund_id: refund.and_then(|refund| refund.refund_id()).map(str::to_owned),
                alerts: record.alerts().to_vec(),
                left: record.ledger.as_ref().map_or(0, RefundLedger::left),
                stored,
                may_have_refunded: refund.is_some_and(|refund| refund.spent()),
                refund_request_id: id,
                timeline: call.timeline,
            })
        }
        Goal::Reverse => {
            let reverse = record.ledger.as_ref().and_then(RefundLedger::reverse);
            CallResult::Reverse(ReverseResult {
                payment_request_id: record.id().to_owned(),
                outcome: reverse.and_then(Reverse::outcome).cloned(),
                refund_request_id: reverse.and_then(Reverse::refund_request_id).map(str::to_owned),
                refund_id: reverse.and_then(Reverse::refund_id).map(str::to_owned),
                alerts: record.alerts().to_vec(),
                left: record.ledger.as_ref().map_or(0, RefundLedger::left),
                stored,
                may_have_refunded: record.may_have_refunded(),
                timeline: call.timeline,
            })
        }
        Goal::Notified { refund_request_id, alerts: known } => CallResult::Notified(Notified::Taken {
            payment_request_id: record.id().to_owned(),
            refund_request_id,
            outcome: record.payment.outcome().cloned(),
            alerts: record.alerts().iter().skip(known).cloned().collect(),
        }),
        Goal::Done => CallResult::Done,
    }
}

fn payment(record: &PaymentRecord, call: Call, stored: bool) -> PaymentResult {
    let mut warnings: Vec<_> = record.payment.expiry_warning().into_iter().collect();
    warnings.extend(call.warnings);
    PaymentResult {
        payment_request_id: record.id().to_owned(),
        outcome: record.payment.outcome().cloned(),
        phase: record.payment.state().name(),
        amount: record.payment.order().amount,
        payment_id: record.payment.payment_id().map(str::to_owned),
        payment_time: record.payment.payment_time(),
        alerts: record.alerts().to_vec(),
        code_ignored: call.code_ignored,
        stored,
        may_have_charged: record.may_have_charged(),
        may_have_refunded: record.may_have_refunded(),
        form: record.form(),
        timeline: call.timeline,
        warnings,
    }
}

/// What a caller is told whose time is over while the end is not stored yet: it is under way, as it was last stored.
pub(super) fn under_way(record: &PaymentRecord, call: Call, phase: &'static str) -> CallResult {
    let mut result = of(record, call, false);
    match &mut result {
        CallResult::Payment(report) => {
            (report.outcome, report.phase) = (None, phase);
            report.may_have_charged = true;
        }
        CallResult::Refund(report) => report.outcome = None,
        CallResult::Reverse(report) => report.outcome = None,
        CallResult::TakenUp(_) | CallResult::Notified(_) | CallResult::Done => {}
    }
    result
}

/// Whether what a call waits for has happened, stored or not.
pub(super) fn has_ended(record: &PaymentRecord, goal: &Goal) -> bool {
    match goal {
        Goal::Everything => record.is_finished(),
        goal => goal.part().is_none_or(|part| end_of(record, &part).is_some()),
    }
}

/// Whether it ended by a message of the gateway. That nothing was sent is no such end: another process may have taken
/// the payment over and sent it, and only a save finds that out.
pub(super) fn has_verified_end(record: &PaymentRecord, goal: &Goal) -> bool {
    match goal.part() {
        Some(Part::Payment) if !record.payment.may_have_left() => false,
        Some(part) => end_of(record, &part).is_some(),
        None => false,
    }
}

/// How a part of a record ended.
pub(super) fn end_of(record: &PaymentRecord, part: &Part) -> Option<&'static str> {
    let ledger = record.ledger.as_ref();
    match part {
        Part::Payment => Some(record.payment.outcome()?.as_str()),
        Part::Refund(id) => Some(ledger?.refund(id)?.outcome()?.as_str()),
        Part::Reverse => Some(ledger?.reverse()?.outcome()?.as_str()),
    }
}

/// An error of a call about a payment in hand: what is known of its money. What is not stored may become something else, and
/// says nothing of an earlier call with this id, nor of what others do with it.
pub(super) fn about(error: Error, live: &Live) -> Error {
    match live.record.as_deref().filter(|_| live.is_saved()) {
        Some(record) => error.with_money(record.may_have_charged(), record.may_have_refunded()),
        None => error.with_money(true, true),
    }
}

/// The id is stored for something else.
pub(super) fn id_reused(record: &PaymentRecord) -> Error {
    let payment = record.payment();
    let (state, amount) = (payment.state().name(), payment.order().amount);
    let reason =
        format!("a payment of {amount} with this id is stored; it is {state}, and it states something else");
    let not_paid = payment.outcome().is_some_and(|outcome| {
        matches!(outcome, Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded)
    });
    let unsent = payment.outcome().is_none() && !payment.may_have_left();
    let hint = match record.may_have_charged() {
        false if not_paid => "that payment ended as not paid: use a new id for this one",
        _ if unsent => "call pay with the request that is stored, or cancel that payment",
        _ => "that payment may have been made: look it up by this id before you begin another",
    };
    let error = Error::new(ErrorCode::PaymentIdReused, reason).with_hint(hint);
    error.with_money(record.may_have_charged(), record.may_have_refunded())
}

/// The result is not known, and this process can't find it out any more.
pub(super) fn interrupted(live: &Live, call: &Call, why: &str) -> Error {
    let record = live.record.as_deref();
    let error = Error::new(ErrorCode::PaymentInterrupted, why.to_owned());
    // What is not known to be stored says nothing of an earlier call with this id, nor of what others do with it.
    let charged = !live.is_saved() || record.is_none_or(PaymentRecord::may_have_charged);
    let refunded = record.is_none_or(PaymentRecord::may_have_refunded)
        || (!live.is_saved() && !call.fresh)
        || matches!(call.goal, Goal::Refund(_) | Goal::Reverse);
    let hint = match &call.goal {
        Goal::Refund(_) => {
            "the refund may have been made: call refund with this id again, do not begin another"
        }
        Goal::Reverse => "the payment may have been reversed: call reverse again",
        _ if charged => ErrorCode::PaymentInterrupted.hint(),
        _ => "nothing was sent: call again with this id",
    };
    error.with_hint(hint).with_money(charged, refunded)
}

impl Engine {
    /// A call ended before anything was sent. What an earlier call with this id did is known only if there was none.
    pub(super) fn nothing_sent(error: Error, call: &Call) -> Error {
        let hint = match call.fresh {
            true => "nothing was sent: call again with this id once the cause is gone",
            false => {
                "this call sent nothing, but an earlier one with this id may have: call again with this id once the \
                 cause is gone, do not begin another payment"
            }
        };
        error.with_hint(hint).with_money(!call.fresh, false)
    }
}
