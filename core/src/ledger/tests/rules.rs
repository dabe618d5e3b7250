//! Refunds obey the rules of pay: copies, refusals, what never left, and what became due while nobody ran.

use super::*;

fn refusal(code: &str) -> String {
    format!(r#"{{"result":{{"resultStatus":"F","resultCode":"{code}"}}}}"#)
}

fn silent(ledger: &mut RefundLedger, send_id: u32, certainty: Certainty, now: i64) -> Vec<NumberedRefund> {
    let operation = Operation::Refund;
    ledger.handle("r", RefundEvent::NoReply { send_id, operation, certainty }, instant(now)).unwrap()
}

fn state(ledger: &RefundLedger) -> &'static str {
    ledger.refund("r").unwrap().state()
}

fn failed(code: &str) -> Option<RefundOutcome> {
    Some(RefundOutcome::Failed { code: code.into() })
}

fn outcome(ledger: &RefundLedger) -> Option<RefundOutcome> {
    ledger.refund("r").unwrap().outcome().cloned()
}

#[test]
fn the_refusal_of_the_only_copy_is_the_end() {
    for code in ["REFUND_WINDOW_EXCEED", "SIGNATURE_INVALID", "USER_BALANCE_NOT_ENOUGH", "PROCESS_FAIL"] {
        let mut ledger = begun(Protocol::AlipayPlus);
        answer(&mut ledger, 1, Operation::Refund, &refusal(code), 1);
        assert_eq!(outcome(&ledger), failed(code));
    }
}

#[test]
fn what_is_unknown_is_not_a_refusal() {
    for (code, alert) in [
        ("SYSTEM_ERROR", None),
        ("CODE_OF_TOMORROW", Some(AlertKind::UnexpectedRefusal)),
        ("UNKNOWN_EXCEPTION", Some(AlertKind::UnexpectedRefusal)),
        ("", Some(AlertKind::UnexpectedRefusal)),
    ] {
        let mut ledger = begun(Protocol::AlipayPlus);
        answer(&mut ledger, 1, Operation::Refund, &refusal(code), 1);
        assert_eq!(state(&ledger), "refunding", "{code}");
        assert_eq!(ledger.refund("r").unwrap().alerts(), alert.as_slice());
        assert_eq!(silence(&mut ledger, 5_000), [(5_000, "refund")]);
        // That copy is still open, so the refusal of another one is not the end.
        answer(&mut ledger, 2, Operation::Refund, &refusal("REFUND_WINDOW_EXCEED"), 5_001);
        assert_eq!(state(&ledger), "refunding", "{code}");
    }
}

#[test]
fn a_later_refusal_waits_for_the_earlier_copies() {
    for code in ["REFUND_WINDOW_EXCEED", "ACCESS_DENIED"] {
        for first in [Some("REFUND_NOT_SUPPORTED"), None] {
            let mut ledger = begun(Protocol::AlipayPlus);
            silence(&mut ledger, 5_000);
            answer(&mut ledger, 2, Operation::Refund, &refusal(code), 5_001);
            assert_eq!(state(&ledger), "refunding");
            match first {
                Some(first) => answer(&mut ledger, 1, Operation::Refund, &refusal(first), 5_002),
                None => silent(&mut ledger, 1, Certainty::NotSent, 5_002),
            };
            assert_eq!(state(&ledger), "failed", "{code}, {first:?}");
        }
    }
}

#[test]
fn the_refusal_of_an_earlier_copy_waits_for_the_later_ones() {
    let mut ledger = begun(Protocol::AlipayPlus);
    silence(&mut ledger, 5_000);
    answer(&mut ledger, 1, Operation::Refund, &refusal("REFUND_WINDOW_EXCEED"), 5_001);
    assert_eq!(state(&ledger), "refunding");
    answer(&mut ledger, 2, Operation::Refund, DONE, 5_002);
    assert_eq!(outcome(&ledger), Some(RefundOutcome::Refunded));
}

#[test]
fn too_many_requests_is_never_the_end() {
    let mut ledger = begun(Protocol::AlipayPlus);
    answer(&mut ledger, 1, Operation::Refund, &refusal("REQUEST_TRAFFIC_EXCEED_LIMIT"), 1);
    assert_eq!(silence(&mut ledger, 10_000), [(10_000, "refund")]);
    answer(&mut ledger, 2, Operation::Refund, &refusal("REFUND_WINDOW_EXCEED"), 10_001);
    assert_eq!(outcome(&ledger), failed("REFUND_WINDOW_EXCEED"));
}

#[test]
fn ams_is_asked_after_a_refusal_and_its_silence_about_the_refund_is_the_end() {
    let mut ledger = begun(Protocol::Ams);
    silence(&mut ledger, 5_000);
    answer(&mut ledger, 2, Operation::Refund, &refusal("REFUND_WINDOW_EXCEED"), 5_001);
    assert_eq!(silence(&mut ledger, 10_000), [(10_000, "refund_inquiry")]);
    let not_there = refusal("ORDER_NOT_EXIST");
    for (send_id, at) in [(3, 10_001), (4, 25_002), (5, 40_003)] {
        answer(&mut ledger, send_id, Operation::RefundInquiry, &not_there, at);
        assert_eq!(silence(&mut ledger, at + 15_000), [(at + 15_000, "refund_inquiry")]);
    }
    answer(&mut ledger, 6, Operation::RefundInquiry, &not_there, 55_004);
    assert_eq!(outcome(&ledger), failed("REFUND_WINDOW_EXCEED"));
}

#[test]
fn what_the_gateway_had_is_sent_again_and_not_given_up() {
    let in_process = r#"{"result":{"resultStatus":"U","resultCode":"REFUND_IN_PROCESS"}}"#;
    let mut ledger = begun(Protocol::Ams);
    silence(&mut ledger, 5_000);
    answer(&mut ledger, 1, Operation::Refund, in_process, 5_001);
    answer(&mut ledger, 2, Operation::Refund, &refusal("REFUND_AMOUNT_EXCEED"), 5_002);
    silence(&mut ledger, 10_000);
    for (send_id, at) in [(3, 10_001), (4, 25_002), (5, 40_003)] {
        answer(&mut ledger, send_id, Operation::RefundInquiry, &refusal("ORDER_NOT_EXIST"), at);
        silence(&mut ledger, at + 15_000);
    }
    let last = answer(&mut ledger, 6, Operation::RefundInquiry, &refusal("ORDER_NOT_EXIST"), 55_004);
    assert_eq!((sent(&last), state(&ledger)), (vec!["refund"], "refunding"));
}

#[test]
fn an_inquiry_that_was_sent_before_the_refusal_does_not_count() {
    let mut ledger = RefundLedger::of(&paid(Protocol::Ams)).unwrap();
    ledger.enter(order("r", "400")).unwrap();
    ledger.handle("r", RefundEvent::Begin, instant(0)).unwrap();
    silence(&mut ledger, 60_000);
    // The thirteenth send is an inquiry; a copy is refused while it is under way.
    answer(&mut ledger, 12, Operation::Refund, &refusal("REFUND_WINDOW_EXCEED"), 60_001);
    answer(&mut ledger, 13, Operation::RefundInquiry, &refusal("ORDER_NOT_EXIST"), 60_002);
    assert_eq!(wakeup(&ledger), Some(120_000));
}

#[test]
fn what_did_not_leave_is_repeated_three_times() {
    for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
        let mut ledger = begun(protocol);
        for send_id in 1..4 {
            let at = i64::from(send_id - 1) * 3_000;
            assert!(silent(&mut ledger, send_id, Certainty::NotSent, at).is_empty());
            assert_eq!(silence(&mut ledger, at + 3_000), [(at + 3_000, "refund")]);
        }
        silent(&mut ledger, 4, Certainty::NotSent, 9_001);
        assert_eq!(outcome(&ledger), failed("refund.not_sent"));
        assert_eq!(ledger.left(), 1_000);
    }
}

#[test]
fn once_a_copy_can_have_left_not_sent_is_silence() {
    let mut ledger = begun(Protocol::AlipayPlus);
    silent(&mut ledger, 1, Certainty::Unknown, 1);
    silence(&mut ledger, 5_000);
    for (send_id, at) in [(2, 5_001), (3, 8_001), (4, 11_001)] {
        silent(&mut ledger, send_id, Certainty::NotSent, at);
        assert_eq!(silence(&mut ledger, at + 3_000), [(at + 3_000, "refund")]);
    }
    silent(&mut ledger, 5, Certainty::NotSent, 14_002);
    assert_eq!((state(&ledger), wakeup(&ledger)), ("refunding", Some(19_001)));
}

#[test]
fn after_a_restart_not_sent_proves_nothing() {
    let mut ledger = begun(Protocol::AlipayPlus);
    ledger.handle("r", RefundEvent::Resumed, instant(1)).unwrap();
    silent(&mut ledger, 1, Certainty::NotSent, 2);
    assert_eq!(wakeup(&ledger), Some(5_000));
    silence(&mut ledger, 5_000);
    answer(&mut ledger, 2, Operation::Refund, &refusal("REFUND_WINDOW_EXCEED"), 5_001);
    assert_eq!(state(&ledger), "refunding");
}

#[test]
fn what_became_due_while_nobody_ran_is_asked_once() {
    const END: i64 = 60_000 + 24 * 3_600_000;
    for (protocol, asked) in [(Protocol::Ams, "refund_inquiry"), (Protocol::AlipayPlus, "refund")] {
        for event in [RefundEvent::Tick, RefundEvent::Resumed] {
            let mut ledger = begun(protocol);
            silence(&mut ledger, 60_000);
            let resumed = event == RefundEvent::Resumed;
            let actions = ledger.handle("r", event, instant(END + 7)).unwrap();
            assert_eq!(sent(&actions).last(), Some(&asked));
            assert_eq!(sent(&actions).len(), if resumed { 2 } else { 1 });
            assert_eq!(wakeup(&ledger), Some(END + 5_007));
            ledger.handle("r", RefundEvent::Tick, instant(END + 5_007)).unwrap();
            assert_eq!(outcome(&ledger), Some(RefundOutcome::Unresolved));
        }
    }
    // Restored between the last send and the end: the answer to that send was lost with the process.
    let mut ledger = begun(Protocol::Ams);
    silence(&mut ledger, END - 1);
    assert_eq!(
        sent(&ledger.handle("r", RefundEvent::Resumed, instant(END)).unwrap()).last(),
        Some(&"refund_inquiry")
    );
    answer(&mut ledger, 1, Operation::Refund, DONE, END + 1);
    assert_eq!(outcome(&ledger), Some(RefundOutcome::Refunded));
}

#[test]
fn nothing_that_left_by_the_end_is_not_sent() {
    let mut ledger = begun(Protocol::Ams);
    silent(&mut ledger, 1, Certainty::NotSent, 1);
    silence(&mut ledger, 3_001);
    silent(&mut ledger, 2, Certainty::NotSent, 3_002);
    // Nobody ran from here to the end.
    ledger.handle("r", RefundEvent::Tick, instant(90_000_000)).unwrap();
    ledger.handle("r", RefundEvent::Tick, instant(90_005_000)).unwrap();
    assert_eq!(outcome(&ledger), failed("refund.not_sent"));
}

#[test]
fn a_notification_is_evidence() {
    let amount = |value: &str| format!(r#""refundAmount":{{"currency":"USD","value":"{value}"}}"#);
    let body = |status: &str, id: &str, amount: &str| {
        let body = format!(
            r#"{{"notifyType":"REFUND_RESULT","refundStatus":"{status}","refundRequestId":"{id}",{amount}}}"#
        );
        Object::parse(body.as_bytes()).unwrap()
    };
    let ours = amount("400");
    for (status, id, amount, state, alerts) in [
        ("SUCCESS", "r", &ours, "refunded", vec![]),
        ("FAIL", "r", &ours, "failed", vec![]),
        ("PROCESSING", "r", &ours, "refunding", vec![]),
        ("HALF", "r", &ours, "refunding", vec!["unknown_word"]),
        ("SUCCESS", "other", &ours, "refunding", vec!["id_mismatch"]),
        ("SUCCESS", "r", &amount("401"), "refunding", vec!["amount_mismatch"]),
    ] {
        let mut ledger = begun(Protocol::Ams);
        ledger.handle("r", RefundEvent::Notified { body: body(status, id, amount) }, instant(1)).unwrap();
        let refund = ledger.refund("r").unwrap();
        let raised: Vec<_> = refund.alerts().iter().map(|kind| kind.as_str()).collect();
        assert_eq!((refund.state(), raised), (state, alerts), "{status}, {id}");
    }
    let mut ledger = begun(Protocol::Ams);
    let nameless = Object::parse(br#"{"refundStatus":"SUCCESS"}"#).unwrap();
    ledger.handle("r", RefundEvent::Notified { body: nameless }, instant(1)).unwrap();
    assert_eq!(state(&ledger), "refunding");
    let mut ledger = RefundLedger::of(&paid(Protocol::Ams)).unwrap();
    ledger.enter(order("r", "400")).unwrap();
    let event = RefundEvent::Notified { body: body("SUCCESS", "r", &ours) };
    assert_eq!(ledger.handle("r", event, instant(1)).unwrap_err().code(), "refund.not_begun");
}
