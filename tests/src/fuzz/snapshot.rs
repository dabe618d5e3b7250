//! The text of a snapshot, whose check is made good first, since accidents are all that it finds: what is restored is
//! written back as it was read, and takes any event without a panic.

use std::collections::BTreeMap;

use alipay_instore::Timestamp;
use alipay_instore::gateway::Operation;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::payment::{Certainty, Event, Payment};
use alipay_instore::refund::RefundEvent;
use serde_json::value::RawValue;

/// In milliseconds.
const TIMES: [i64; 6] = [0, 5_000, 1_795_303_736_000, -1, i64::MAX, i64::MIN];

pub(super) fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let checked = with_check(text);
    let text = checked.as_deref().unwrap_or(text);
    if let Ok(payment) = Payment::restore(text) {
        let again = Payment::restore(&payment.snapshot());
        assert_eq!(again.as_ref(), Ok(&payment), "written and read again");
        for now in TIMES.map(Timestamp::from_millis) {
            for event in events() {
                let mut payment = payment.clone();
                if payment.handle(event, now).is_ok() {
                    assert_eq!(
                        Payment::restore(&payment.snapshot()).as_ref(),
                        Ok(&payment),
                        "after an event"
                    );
                }
            }
        }
    }
    if let Ok(ledger) = RefundLedger::restore(text) {
        assert_eq!(RefundLedger::restore(&ledger.snapshot()).as_ref(), Ok(&ledger), "written and read again");
        for (now, refund) in TIMES
            .map(Timestamp::from_millis)
            .into_iter()
            .flat_map(|now| ledger.refunds().iter().map(move |refund| (now, refund)))
        {
            for event in [RefundEvent::Begin, RefundEvent::Tick, RefundEvent::Resumed] {
                let _ = ledger.clone().handle(&refund.order().refund_request_id, event, now);
            }
        }
    }
}

fn events() -> [Event; 5] {
    let no_reply = Event::NoReply {
        send_id: 1,
        operation: Operation::Pay,
        certainty: Certainty::NotSent,
        unverified: None,
    };
    [Event::Begin, Event::Tick, Event::CancelRequested, Event::Resumed, no_reply]
}

/// The same document with the check that its texts have.
fn with_check(text: &str) -> Option<String> {
    let mut members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    let (policy, state) = (members.get("policy")?.get(), members.get("state")?.get());
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in policy.bytes().chain([b'\n']).chain(state.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let check = serde_json::value::to_raw_value(&format!("{hash:016x}")).ok()?;
    members.insert("check".to_owned(), &check);
    serde_json::to_string(&members).ok()
}
