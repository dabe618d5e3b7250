//! A record as text:
//! `{"kind":"payment_record","version":2,"extras":…,"state":…,"pay_body":…,"refunds":…,"check":…,"policy":…}`.
//!
//! The policy comes last, since it is the same in many records: a store that keeps them in memory holds it once. A text
//! that was cut off or edited by accident is refused as a whole.

use std::cell::RefCell;
use std::sync::Arc;

use super::PaymentRecord;
use super::record::Extras;
use crate::error::{Error, ErrorCode, Result};
use crate::ledger::{Book, RefundLedger};
use crate::machine::document::{Format, Reader, Writer, label};
use crate::machine::snapshot;
use crate::payment::snapshot::PAY_BODY;
use crate::payment::{Payment, Policy, State};

/// A newer version is refused; an older one is migrated on reading.
const FORMAT: Format = Format { kind: "payment_record", version: 2, name: "the record of a payment" };
/// What precedes the policy.
pub(super) const POLICY: &str = ",\"policy\":";

/// How many policies are remembered: a process seldom has more merchants.
const REMEMBERED: usize = 4;

thread_local! {
    /// The policies that were last written here, with their texts. They make up a third of a record, and are the same in
    /// all records of a merchant.
    static WRITTEN: RefCell<Vec<(Arc<Policy>, Arc<str>)>> = const { RefCell::new(Vec::new()) };
}

/// A policy as text.
fn written(policy: &Arc<Policy>) -> Arc<str> {
    let write = || -> Arc<str> { serde_json::to_string(&**policy).unwrap_or_default().into() };
    let remembered = WRITTEN.try_with(|written| {
        let mut written = written.borrow_mut();
        if let Some((_, text)) = written.iter().find(|(known, _)| Arc::ptr_eq(known, policy)) {
            return Arc::clone(text);
        }
        let text = write();
        written.truncate(REMEMBERED - 1);
        written.insert(0, (Arc::clone(policy), Arc::clone(&text)));
        text
    });
    // The thread is ending.
    remembered.unwrap_or_else(|_| write())
}

/// The policy of a text. Whoever wrote the same one here need not read it.
fn read_policy(reader: &mut Reader<'_>) -> Result<Arc<Policy>> {
    let known = WRITTEN.try_with(|written| {
        let written = written.borrow();
        written.iter().find_map(|(policy, text)| reader.last_part("policy", text).then(|| Arc::clone(policy)))
    });
    known.ok().flatten().map_or_else(|| reader.part("policy").map(Arc::new), Ok)
}

pub(super) fn encode(record: &PaymentRecord) -> String {
    let (policy, state) = record.payment.parts();
    let policy = written(policy);
    let mut writer = Writer::new(&FORMAT);
    writer.part("extras", &record.extras);
    writer.part("state", state);
    writer.text(PAY_BODY, state.pay_body());
    writer.part("refunds", &record.ledger.as_ref().map(|ledger| &ledger.book));
    writer.check(&policy);
    writer.checked_part("policy", &policy);
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
    let policy = read_policy(&mut reader)?;
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
