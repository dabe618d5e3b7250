//! A record as text:
//! `{"kind":"payment_record","version":1,"extras":…,"state":…,"refunds":…,"check":…,"policy":…}`.
//!
//! The policy comes last, since it is the same in many records: a store that keeps them in memory holds it once. A text
//! that was cut off or edited by accident is refused as a whole.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::PaymentRecord;
use super::record::Extras;
use crate::error::{Error, ErrorCode, Result};
use crate::ledger::{Book, RefundLedger};
use crate::machine::snapshot;
use crate::payment::{Payment, Policy, State};

const KIND: &str = "payment_record";
/// The version that is written. A newer one is refused; an older one is migrated on reading.
const VERSION: u64 = 1;
/// What precedes the policy.
pub(super) const POLICY: &str = ",\"policy\":";

#[derive(Deserialize)]
struct Label {
    kind: String,
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    kind: &'a str,
    version: u64,
    #[serde(borrow)]
    extras: &'a RawValue,
    #[serde(borrow)]
    state: &'a RawValue,
    #[serde(borrow)]
    refunds: &'a RawValue,
    check: &'a str,
    #[serde(borrow)]
    policy: &'a RawValue,
}

pub(super) fn encode(record: &PaymentRecord) -> String {
    let (policy, state) = record.payment.parts();
    let book = record.ledger.as_ref().map(|ledger| &ledger.book);
    let (extras, state, refunds, policy) = (raw(&record.extras), raw(state), raw(&book), raw(policy));
    let check = check([&extras, &state, &refunds, &policy]);
    let document = Document {
        kind: KIND,
        version: VERSION,
        extras: &extras,
        state: &state,
        refunds: &refunds,
        check: &check,
        policy: &policy,
    };
    // No map has a key that is not text, which is all that writing could fail on.
    serde_json::to_string(&document).unwrap_or_default()
}

pub(super) fn decode(text: &str, check_policy: bool) -> Result<PaymentRecord> {
    let label: Label = parse(text)?;
    match label.kind.as_str() {
        KIND => {}
        // A record of an earlier version is the snapshot of a payment.
        "payment" => return PaymentRecord::of_earlier_version(text, None),
        _ => return Err(Error::new(ErrorCode::SnapshotKind, "this is not the record of a payment")),
    }
    if label.version > VERSION {
        let reason = format!("the record has version {}", label.version);
        return Err(Error::new(ErrorCode::SnapshotNewer, reason));
    }
    if label.version == 0 {
        return Err(Error::new(ErrorCode::SnapshotMalformed, "there is no version 0"));
    }
    let document: Document<'_> = parse(text)?;
    if check([document.extras, document.state, document.refunds, document.policy]) != document.check {
        return Err(Error::new(ErrorCode::SnapshotMalformed, "the record was cut off or edited"));
    }
    let policy: Policy = parse(document.policy.get())?;
    if check_policy {
        policy.check()?;
    }
    let extras: Extras = parse(document.extras.get())?;
    let book: Option<Book> = parse(document.refunds.get())?;
    let payment = Payment::of_parts(policy.clone(), parse::<State>(document.state.get())?)?;
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

fn raw(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).unwrap_or_default()
}

fn check(parts: [&RawValue; 4]) -> String {
    let text = parts.map(RawValue::get).join("\n");
    format!("{:016x}", snapshot::digest(text.as_bytes()))
}

fn parse<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T> {
    // The parser's own words may quote the text, and the text may hold a payment code.
    serde_json::from_str(text).map_err(|error| {
        let reason = format!("the record is wrong at line {}, column {}", error.line(), error.column());
        Error::new(ErrorCode::SnapshotMalformed, reason)
    })
}
