//! The requests that a record keeps until they are done or superseded.

use crate::gateway::Operation;
use crate::ledger::RefundLedger;
use crate::reverse::Reverse;
use crate::store::{Part, PaymentRecord, Undone};
use crate::time::Timestamp;

/// One more is to be sent. It stands for an older one of the same kind: pay and refund have one body.
pub(super) fn add(record: &mut PaymentRecord, new: Undone) {
    let undone = &mut record.extras.undone;
    undone.retain(|old| old.part != new.part || old.operation != new.operation);
    undone.push(new);
}

/// A request has ended.
pub(super) fn done(record: &mut PaymentRecord, part: &Part, send_id: u32) {
    record.extras.undone.retain(|undone| undone.part != *part || undone.send_id != send_id);
}

/// What the state has left behind is not sent any more.
pub(super) fn drop_superseded(record: &mut PaymentRecord, now: Timestamp) {
    let payment = &record.payment;
    let (state, ended) = (payment.state().name(), payment.outcome().is_some());
    let expired = payment.expiry().is_some_and(|expiry| now >= expiry);
    let ledger = record.ledger.as_ref();
    let reverse = ledger.and_then(RefundLedger::reverse).map(Reverse::state);
    let refunding = |id: &String| {
        ledger.and_then(|ledger| ledger.refund(id)).is_some_and(|refund| refund.outcome().is_none())
    };
    record.extras.undone.retain(|undone| match (&undone.part, undone.operation) {
        (Part::Payment, Operation::Pay) => state == "paying" && !expired,
        (Part::Payment, Operation::Cancel) => state == "cancelling",
        (Part::Payment, Operation::Refund | Operation::RefundInquiry) => state == "refunding",
        (Part::Payment, _) => !ended,
        (Part::Refund(id), _) => refunding(id),
        (Part::Reverse, Operation::Cancel) => reverse == Some("cancelling"),
        (Part::Reverse, Operation::Inquiry) => reverse == Some("checking"),
        (Part::Reverse, _) => reverse == Some("refunding"),
    });
}
