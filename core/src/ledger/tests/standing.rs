//! What an unresolved refund counts as: spent, until evidence or a person says otherwise.

use super::*;

fn unresolved() -> RefundLedger {
    let mut ledger = begun(Protocol::Ams);
    silence(&mut ledger, i64::MAX);
    assert_eq!((ledger.left(), ledger.refunded()), (600, 0));
    ledger
}

fn asked(ledger: &mut RefundLedger, status: &str) {
    let body =
        format!(r#"{{"result":{{"resultStatus":"S","resultCode":"SUCCESS"}},"refundStatus":"{status}"}}"#);
    answer(ledger, 13, Operation::RefundInquiry, &body, i64::MAX);
}

fn resolve(ledger: &mut RefundLedger, resolved: Resolved) -> crate::Result<()> {
    ledger.resolve("r", resolved, "Mei", "seen in the portal", instant(7))
}

fn alerts(ledger: &RefundLedger) -> Vec<&'static str> {
    ledger.refund("r").unwrap().alerts().iter().map(|kind| kind.as_str()).collect()
}

fn read_back(ledger: &RefundLedger) {
    assert_eq!(RefundLedger::restore(&ledger.snapshot()).as_ref(), Ok(ledger));
}

#[test]
fn evidence_after_the_end_decides_what_counts() {
    for (status, left, refunded) in [("SUCCESS", 600, 400), ("FAIL", 1_000, 0), ("PROCESSING", 600, 0)] {
        let mut ledger = unresolved();
        asked(&mut ledger, status);
        assert_eq!((ledger.left(), ledger.refunded()), (left, refunded), "{status}");
        assert_eq!(ledger.refund("r").unwrap().state(), "unresolved");
        assert_eq!(alerts(&ledger), if status == "PROCESSING" { vec![] } else { vec!["late_evidence"] });
        read_back(&ledger);
    }
}

#[test]
fn a_person_resolves_it_once() {
    for (resolved, other, left) in
        [(Resolved::Made, Resolved::NotMade, 600), (Resolved::NotMade, Resolved::Made, 1_000)]
    {
        let mut ledger = unresolved();
        resolve(&mut ledger, resolved).unwrap();
        resolve(&mut ledger, resolved).unwrap();
        assert_eq!(resolve(&mut ledger, other).unwrap_err().code(), "refund.not_unresolved");
        assert_eq!(ledger.left(), left);
        let kept = ledger.refund("r").unwrap().resolution().unwrap();
        assert_eq!((kept.resolved, kept.who.as_str(), kept.at), (resolved, "Mei", instant(7)));
        assert_eq!(kept.resolved.as_str().parse::<Resolved>(), Ok(resolved));
        read_back(&ledger);
    }
    assert_eq!("perhaps".parse::<Resolved>().unwrap_err().code(), "request.invalid");
}

#[test]
fn nothing_else_is_resolved() {
    let refused = |ledger: &mut RefundLedger| resolve(ledger, Resolved::NotMade).unwrap_err().code();
    let mut open = begun(Protocol::Ams);
    assert_eq!(refused(&mut open), "refund.not_unresolved");
    answer(&mut open, 1, Operation::Refund, DONE, 1);
    assert_eq!(refused(&mut open), "refund.not_unresolved");
    let mut known = unresolved();
    asked(&mut known, "SUCCESS");
    assert_eq!(refused(&mut known), "refund.not_unresolved");
    let mut ledger = unresolved();
    let unknown = ledger.resolve("x", Resolved::Made, "Mei", "", instant(7)).unwrap_err();
    assert_eq!(unknown.code().as_str(), "refund.not_begun");
    let nobody = ledger.resolve("r", Resolved::Made, " ", "", instant(7)).unwrap_err();
    assert_eq!((nobody.code().as_str(), nobody.path()), ("request.missing", Some("who")));
    for (who, note, path) in [("w".repeat(65), String::new(), "who"), ("w".into(), "n".repeat(1_001), "note")]
    {
        let long = ledger.resolve("r", Resolved::Made, &who, &note, instant(7)).unwrap_err();
        assert_eq!((long.code().as_str(), long.path()), ("request.too_long", Some(path)));
    }
    ledger.resolve("r", Resolved::Made, &"w".repeat(64), &"n".repeat(1_000), instant(7)).unwrap();
}

#[test]
fn where_two_sources_differ_the_money_counts_as_given_back() {
    // What was freed is given back by another refund; then it turns out that the first one was made too.
    let mut ledger = unresolved();
    resolve(&mut ledger, Resolved::NotMade).unwrap();
    ledger.enter(order("s", "1000")).unwrap();
    asked(&mut ledger, "SUCCESS");
    assert_eq!((ledger.left(), ledger.refunded()), (0, 400));
    assert_eq!(alerts(&ledger), ["conflicting_evidence"]);
    read_back(&ledger);

    let mut ledger = unresolved();
    resolve(&mut ledger, Resolved::Made).unwrap();
    asked(&mut ledger, "FAIL");
    assert_eq!((ledger.left(), ledger.refunded()), (600, 400));
    assert_eq!(alerts(&ledger), ["conflicting_evidence"]);

    for words in [["SUCCESS", "FAIL"], ["FAIL", "SUCCESS"]] {
        let mut ledger = unresolved();
        words.iter().for_each(|word| asked(&mut ledger, word));
        assert_eq!((ledger.left(), ledger.refunded()), (600, 400), "{words:?}");
        assert_eq!(alerts(&ledger), ["late_evidence", "conflicting_evidence"]);
        read_back(&ledger);
    }
}

#[test]
fn a_refusal_that_was_wrong_counts_as_spent() {
    let mut ledger = begun(Protocol::Ams);
    answer(&mut ledger, 1, Operation::Refund, REFUSED, 1);
    assert_eq!(ledger.left(), 1_000);
    answer(&mut ledger, 1, Operation::Refund, DONE, 2);
    assert_eq!((ledger.left(), ledger.refunded()), (600, 400));
    assert_eq!(alerts(&ledger), ["conflicting_evidence"]);
    read_back(&ledger);
}

#[test]
fn a_refund_that_was_made_is_contradicted_by_a_message_about_it_alone() {
    let cancelled = r#"{"result":{"resultStatus":"F","resultCode":"ORDER_IS_CANCELED"}}"#;
    for (operation, late, raised) in
        [(Operation::Refund, REFUSED, vec![]), (Operation::Refund, cancelled, vec!["conflicting_evidence"])]
    {
        let mut ledger = begun(Protocol::Ams);
        answer(&mut ledger, 1, Operation::Refund, DONE, 1);
        answer(&mut ledger, 1, operation, late, 2);
        assert_eq!((alerts(&ledger), ledger.left()), (raised, 600));
    }
    let mut ledger = begun(Protocol::Ams);
    answer(&mut ledger, 1, Operation::Refund, DONE, 1);
    let body = Object::parse(br#"{"refundRequestId":"r","refundStatus":"FAIL"}"#).unwrap();
    ledger.handle("r", RefundEvent::Notified { body }, instant(2)).unwrap();
    assert_eq!((alerts(&ledger), ledger.left()), (vec!["conflicting_evidence"], 600));
}
