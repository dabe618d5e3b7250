//! What only a folder has: damage, leftovers, permissions, the earlier layout.

use std::fs;
use std::path::Path;

use super::folder::Folder;
use super::row::Row;
use super::*;
use crate::amount::Amount;
use crate::api::Scenario;
use crate::gateway::Protocol;
use crate::json::Object;
use crate::ledger::RefundLedger;
use crate::payment::{AlertKind, Outcome, Payment, PaymentOrder, Policy};
use crate::refund::{RefundEvent, RefundOrder};
use crate::store::PaymentRecord;
use crate::time::instant;

fn folder(path: &Path) -> Folder {
    Folder::open(path.to_owned()).unwrap()
}

fn payment(id: &str) -> Payment {
    let amount = Amount::from_minor("1999", "USD").unwrap();
    let order = PaymentOrder::new(
        id.into(),
        amount,
        Scenario::PaymentCode,
        None,
        "/ams/api/v1".into(),
        &Object::new(),
    );
    Payment::new(Policy::preset(Protocol::Ams), order)
}

/// What is stored of a payment that was begun.
#[cfg(target_os = "linux")]
pub(super) fn entry(id: &str) -> Entry {
    record(id).entry()
}

fn record(id: &str) -> PaymentRecord {
    let mut payment = payment(id);
    payment.begin(instant(1_000)).unwrap();
    PaymentRecord::of_earlier_version(&payment.snapshot(), None).unwrap()
}

fn paid(id: &str) -> Payment {
    let mut payment = payment(id);
    payment.begin(instant(1_000)).unwrap();
    let body = format!(
        r#"{{"result":{{"resultStatus":"S","resultCode":"SUCCESS"}},"paymentId":"2026","paymentRequestId":"{id}"}}"#
    );
    let body = Object::parse(body.as_bytes()).unwrap();
    let reply = crate::payment::Event::Reply {
        send_id: 1,
        operation: crate::gateway::Operation::Pay,
        body,
        timing: crate::payment::Timing::default(),
    };
    payment.handle(reply, instant(2_000)).unwrap();
    assert_eq!(payment.outcome(), Some(&Outcome::Succeeded));
    payment
}

#[test]
fn a_damaged_record_is_left_as_it_is_and_stops_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let folder = folder(place.path());
    folder.insert(record("good").entry(), None).unwrap();
    let path = folder.path(false, "bad");
    fs::write(&path, "{\"version\":1,\"rev").unwrap();
    let newer = folder.path(false, "newer");
    fs::write(&newer, "{\"version\":2,\"more\":true}").unwrap();
    folder.insert(record("torn").entry(), None).unwrap();
    let torn = folder.path(false, "torn");
    let mut content = fs::read(&torn).unwrap();
    content[100] = b'?';
    fs::write(&torn, &content).unwrap();
    let code = |error: StoreError| error.into_error().code();
    for id in ["bad", "torn"] {
        assert_eq!(code(folder.load(id).unwrap_err()), "store.corrupt");
    }
    assert_eq!(code(folder.load("newer").unwrap_err()), "snapshot.newer");
    for id in ["bad", "torn"] {
        assert_eq!(code(folder.insert(record(id).entry(), None).unwrap_err()), "store.corrupt");
    }
    assert_eq!(fs::read(&path).unwrap(), b"{\"version\":1,\"rev");
    assert_eq!(fs::read(&torn).unwrap(), content);
    let page = folder.list(&Query::default()).unwrap();
    assert_eq!(page.records.iter().map(|columns| &*columns.id).collect::<Vec<_>>(), ["good"]);
    let mut unreadable: Vec<_> =
        page.unreadable.iter().map(|one| (one.id.as_str(), one.error.code().as_str())).collect();
    unreadable.sort_unstable();
    let expected = [("p_bad", "store.corrupt"), ("p_newer", "snapshot.newer"), ("p_torn", "store.corrupt")];
    assert_eq!(unreadable, expected);
    let claimed = folder.claim(&"a".into(), instant(i64::MAX), 10).unwrap();
    assert_eq!(claimed.len(), 1);
}

#[test]
fn what_a_crash_left_is_cleaned() {
    let place = tempfile::tempdir().unwrap();
    let first = folder(place.path());
    let entry = record("p1").entry();
    first.insert(entry.clone(), None).unwrap();
    // Killed while it wrote the next one.
    let unfinished = Folder::unfinished(&first.path(false, "p1"));
    fs::write(&unfinished, "{half").unwrap();
    let second = folder(place.path());
    assert!(!unfinished.exists());
    assert_eq!(second.load("p1").unwrap().unwrap().entry, entry);
    // Killed after the finished record was written, and before the open one was removed.
    let mut finished = entry.clone();
    (finished.columns.finished, finished.columns.due_at) = (true, None);
    let open = fs::read(second.path(false, "p1")).unwrap();
    second.save(finished.clone(), 1, None).unwrap();
    assert!(!second.path(false, "p1").exists());
    fs::write(second.path(false, "p1"), open).unwrap();
    assert_eq!(second.load("p1").unwrap().unwrap().entry, finished);
    assert_eq!(second.list(&Query::default()).unwrap().records, [finished.columns.clone()]);
    assert_eq!(second.claim(&"a".into(), instant(i64::MAX), 10).unwrap(), []);
    second.save(entry.clone(), 2, None).unwrap();
    assert_eq!(second.load("p1").unwrap().unwrap().entry, entry);
}

#[test]
fn a_finished_record_is_found_where_a_crash_left_it() {
    let place = tempfile::tempdir().unwrap();
    let first = folder(place.path());
    let mut finished = record("p1").entry();
    (finished.columns.finished, finished.columns.due_at) = (true, None);
    first.insert(finished.clone(), None).unwrap();
    // Killed before it was moved.
    fs::rename(first.path(true, "p1"), first.path(false, "p1")).unwrap();
    let which = Query { finished: Some(true), ..Query::default() };
    assert_eq!(first.list(&which).unwrap().records, [finished.columns.clone()]);
    assert_eq!(first.load("p1").unwrap().unwrap().entry, finished);
    let second = folder(place.path());
    assert!(second.path(true, "p1").exists() && !second.path(false, "p1").exists());
    assert_eq!(second.load("p1").unwrap().unwrap().entry, finished);
}

#[test]
fn a_record_that_begins_again_is_claimed() {
    let place = tempfile::tempdir().unwrap();
    let folder = folder(place.path());
    let open = record("p1").entry();
    let mut finished = open.clone();
    (finished.columns.finished, finished.columns.due_at) = (true, None);
    folder.insert(finished, None).unwrap();
    folder.save(open.clone(), 1, None).unwrap();
    let claims = |owner: &str| folder.claim(&owner.into(), instant(i64::MAX), 10).unwrap().len();
    assert_eq!(claims("a"), 1);
    // Also where one that is open is among those that are finished.
    folder.release("p1", "a").unwrap();
    fs::rename(folder.path(false, "p1"), folder.path(true, "p1")).unwrap();
    assert_eq!(claims("b"), 0);
    folder.save(open, 2, None).unwrap();
    assert_eq!(claims("b"), 1);
}

#[test]
fn what_is_being_written_is_not_cleaned() {
    let place = tempfile::tempdir().unwrap();
    let first = folder(place.path());
    let unfinished = Folder::unfinished(&first.path(false, "p1"));
    let lock = first.lock("p1").unwrap();
    fs::write(&unfinished, "{half").unwrap();
    folder(place.path());
    assert!(unfinished.exists());
    drop(lock);
    folder(place.path());
    assert!(!unfinished.exists());
}

#[test]
fn a_file_of_another_record_is_not_taken_for_this_one() {
    let place = tempfile::tempdir().unwrap();
    let folder = folder(place.path());
    let mut finished = record("p1").entry();
    (finished.columns.finished, finished.columns.due_at) = (true, None);
    folder.insert(finished.clone(), None).unwrap();
    let other = record("p2").entry();
    folder.insert(other.clone(), None).unwrap();
    folder.save(other.clone(), 1, None).unwrap();
    // As a power cut may leave it where the names in a folder are not written in order.
    fs::copy(folder.path(false, "p2"), folder.path(false, "p1")).unwrap();
    let again = Folder::open(place.path().to_owned()).unwrap();
    assert_eq!(again.load("p1").unwrap().unwrap().entry, finished);
    assert_eq!(again.load("p2").unwrap().unwrap().entry, other);
    assert_eq!(again.list(&Query::default()).unwrap().records.len(), 2);
}

#[test]
fn a_record_changes_in_its_own_file() {
    let place = tempfile::tempdir().unwrap();
    let folder = folder(place.path());
    let mut entry = record("p1").entry();
    folder.insert(entry.clone(), None).unwrap();
    let path = folder.path(false, "p1");
    let kept = place.path().join("kept");
    fs::hard_link(&path, &kept).unwrap();
    for due in 1..5 {
        entry.columns.due_at = Some(instant(due));
        folder.save(entry.clone(), u64::try_from(due).unwrap(), None).unwrap();
        assert_eq!(folder.load("p1").unwrap().unwrap().entry, entry);
        let content = fs::read(&path).unwrap();
        assert_eq!(fs::read(&kept).unwrap(), content, "it is the same file");
        let text = String::from_utf8(content).unwrap();
        assert_eq!(text.matches("\"revision\"").count(), 1, "the earlier row is gone");
    }
    // One that is too long has a new one, also where a crash left something under the name for it.
    let unfinished = Folder::unfinished(&path);
    fs::write(&unfinished, "what a crash left").unwrap();
    let left = place.path().join("left");
    fs::hard_link(&unfinished, &left).unwrap();
    let before = fs::read(&kept).unwrap();
    entry.text = crate::payment::Secret::new("x".repeat(10_000));
    folder.save(entry.clone(), 5, None).unwrap();
    assert_eq!(folder.load("p1").unwrap().unwrap().entry, entry);
    assert_eq!(fs::read(&kept).unwrap(), before);
    assert_eq!(fs::read(&left).unwrap(), b"what a crash left", "after a power cut it may be a record");
    assert!(!unfinished.exists());
}

#[test]
fn a_file_with_nothing_but_a_row_is_read_and_replaced() {
    let place = tempfile::tempdir().unwrap();
    let folder = folder(place.path());
    let mut entry = record("p1").entry();
    let row = Row::new(entry.clone(), 3, Some("a".into())).encode();
    let path = folder.path(false, "p1");
    fs::write(&path, [&row[..], b"   "].concat()).unwrap();
    let found = folder.load("p1").unwrap().unwrap();
    assert_eq!((&found.entry, found.revision), (&entry, 3));
    entry.columns.due_at = Some(instant(5_000));
    folder.save(entry.clone(), 3, Some("a")).unwrap();
    assert_eq!(folder.load("p1").unwrap().unwrap().entry, entry);
    assert_ne!(fs::read(&path).unwrap().first(), Some(&b'{'));
}

#[test]
fn records_of_the_earlier_version_are_migrated() {
    let place = tempfile::tempdir().unwrap();
    let write = |id: &str, name: &str, snapshot: &str| {
        let text = serde_json::json!({ "id": id, "revision": 7, "snapshot": snapshot }).to_string();
        fs::write(place.path().join(name), text).unwrap();
    };
    let mut open = payment("open/1");
    open.begin(instant(1_000)).unwrap();
    write("open/1", "open%2F1.json", &open.snapshot());
    let paid = paid("paid");
    write("paid", "paid.json", &paid.snapshot());
    let mut ledger = RefundLedger::of(&paid).unwrap();
    let amount = Amount::from_minor("500", "USD").unwrap();
    let order = RefundOrder {
        refund_request_id: "r1".into(),
        amount,
        api_prefix: "/ams/api/v1".into(),
        body: crate::payment::Secret::new("{}".into()),
    };
    ledger.enter(order).unwrap();
    ledger.handle("r1", RefundEvent::Begin, instant(3_000)).unwrap();
    write("refunds/paid", "refunds%2Fpaid.json", &ledger.snapshot());
    fs::write(place.path().join("broken.json"), "{").unwrap();

    let store = FileStore::open(place.path()).unwrap();
    let load = |id: &str| store.folder.load(id).unwrap().unwrap();
    let found = load("open/1");
    assert_eq!(found.revision, 7);
    let migrated = PaymentRecord::decode(found.entry.text.expose()).unwrap();
    assert_eq!(migrated.payment(), &open);
    let found = load("paid");
    let migrated = PaymentRecord::decode(found.entry.text.expose()).unwrap();
    assert_eq!((migrated.payment(), migrated.ledger()), (&paid, Some(&ledger)));
    assert_eq!(found.entry.columns.refund_ids, ["r1"]);
    assert!(!found.entry.columns.finished, "its refund is open");
    assert_eq!(store.folder.find_refund("r1").unwrap().map(|found| found.revision), Some(7));
    let page = store.folder.list(&Query::default()).unwrap();
    assert_eq!((page.records.len(), page.unreadable.len()), (2, 1));
    assert!(place.path().join("broken.json").exists() && !place.path().join("paid.json").exists());
    assert!(!place.path().join("refunds%2Fpaid.json").exists());
    // Opening it again finds nothing more to do.
    FileStore::open(place.path()).unwrap();
    assert_eq!(load("paid").revision, 7);
}

#[test]
fn alerts_of_the_earlier_version_are_open() {
    let mut payment = paid("p1");
    let body = Object::parse(
        br#"{"result":{"resultStatus":"S"},"paymentRequestId":"p1","paymentStatus":"FAIL",
        "paymentResult":{"resultStatus":"F","resultCode":"PROCESS_FAIL"},"notifyType":"PAYMENT_RESULT"}"#,
    )
    .unwrap();
    payment.handle(crate::payment::Event::Notified { body }, instant(3_000)).unwrap();
    let record = PaymentRecord::decode(&payment.snapshot()).unwrap();
    let kinds: Vec<_> = record.open_alerts().map(|alert| alert.kind).collect();
    assert_eq!(kinds, payment.alerts());
    assert_eq!(record.columns().open_alerts, kinds.contains(&AlertKind::ConflictingEvidence));
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().unwrap();
    let folder = folder(place.path());
    folder.insert(record("p").entry(), None).unwrap();
    let mode = fs::metadata(folder.path(false, "p")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_claim_reads_only_what_is_open_and_has_changed() {
    let place = tempfile::tempdir().unwrap();
    let folder = folder(place.path());
    folder.insert(record("p1").entry(), None).unwrap();
    assert_eq!(folder.claim(&"a".into(), instant(0), 10).unwrap(), [], "it is not due");
    assert_eq!(folder.seen.lock().unwrap().len(), 1);
    let found = folder.load("p1").unwrap().unwrap();
    let mut due = found.entry;
    due.columns.due_at = Some(instant(0));
    folder.save(due, 1, None).unwrap();
    assert_eq!(folder.claim(&"a".into(), instant(0), 10).unwrap().len(), 1);
}

/// Enough ids that some share the lock of any other name.
#[test]
fn a_write_does_not_wait_for_its_own_lock() {
    let place = tempfile::tempdir().unwrap();
    let folder = folder(place.path());
    for time in (1..=200).map(instant) {
        let mut entry = record(&format!("p-{}", time.as_millis())).entry();
        entry.columns.merchant = "merchant-1".into();
        entry.columns.gateway_time = Some(time);
        folder.insert(entry, None).unwrap();
        assert_eq!(folder.gateway_time("merchant-1").unwrap(), Some(time), "not noted: {time:?}");
    }
}
