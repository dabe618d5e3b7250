//! A record as text:
//! `{"kind":"payment_record","version":2,"extras":…,"state":…,"pay_body":…,"refunds":…,"check":…,"policy":…}`.
//!
//! The policy comes last, since it is the same in many records: a store that keeps them in memory holds it once. A text
//! that was cut off or edited by accident is refused as a whole.

use std::sync::Arc;

use super::PaymentRecord;
use super::record::Extras;
use crate::error::{Error, ErrorCode, Result};
use crate::ledger::{Book, RefundLedger};
use crate::machine::document::{Format, Reader, Writer, label};
use crate::machine::{policy_text, snapshot};
use crate::payment::snapshot::PAY_BODY;
use crate::payment::{Payment, State};

/// A newer version is refused; an older one is migrated on reading.
const FORMAT: Format = Format { kind: "payment_record", version: 2, name: "the record of a payment" };
/// What precedes the policy.
pub(super) const POLICY: &str = ",\"policy\":";

pub(super) fn encode(record: &PaymentRecord) -> String {
    let (policy, state) = record.payment.parts();
    let policy = policy_text::written(policy);
    let mut writer = Writer::new(&FORMAT);
    writer.part("extras", &record.extras);
    writer.part("state", state);
    writer.text(PAY_BODY, state.pay_body());
    writer.part("refunds", &record.ledger.as_ref().map(|ledger| &ledger.book));
    writer.check(&policy);
    writer.checked_part(policy_text::POLICY, &policy);
    writer.finish()
}

pub(super) fn decode(text: &str, check_policy: bool) -> Result<PaymentRecord> {
    // A record of an earlier version is the snapshot of a payment.
    if label(text).is_some_and(|(kind, ..)| kind == snapshot::PAYMENT.kind) {
        return PaymentRecord::of_earlier_version(text, None);
    }
    let mut reader = Reader::new(&FORMAT, text)?;
    let extras: Extras = reader.part("extras")?;
    let mut state: State = reader.part("state")?;
    if reader.version() >= 2 {
        state.set_pay_body(reader.text(PAY_BODY)?);
    }
    let book: Option<Book> = reader.part("refunds")?;
    reader.check()?;
    let policy = policy_text::read(&mut reader)?;
    reader.finish()?;
    if check_policy {
        policy.check()?;
    }
    let payment = Payment::of_parts(Arc::clone(&policy), state)?;
    let ledger = book.map(|book| RefundLedger::of_parts(policy, book)).transpose()?;
    let numbered = extras.alerts.iter().zip(1..).all(|(alert, number)| alert.number == number);
    let same = ledger.as_ref().is_none_or(|ledger| {
        ledger.payment_request_id() == payment.order().payment_request_id && payment.outcome().is_some()
    });
    if !numbered || !same {
        return Err(Error::new(
            ErrorCode::SnapshotInconsistent,
            "the parts of the record do not fit together",
        ));
    }
    Ok(PaymentRecord { payment, ledger, extras })
}
