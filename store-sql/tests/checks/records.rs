//! Records: whose they are, how their names are compared, what happens to those that can't be read.

use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::Scenario;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::payment::{Payment, PaymentOrder, Policy, Secret};
use alipay_instore::store::{Columns, Entry, PaymentRecord, Query, Store as _, StoreError};
use tokio::time::Instant;

use super::{Held, Place};

/// Any time will do.
pub(crate) const T: Timestamp = Timestamp::from_millis(1_795_303_736_000);

/// An open record that is due.
pub(crate) fn entry(id: &str) -> Entry {
    Entry {
        columns: Columns {
            id: id.into(),
            merchant: "merchant-1".into(),
            state: "confirming".into(),
            outcome: None,
            amount: Amount::from_minor("1999", "USD").unwrap(),
            due_at: Some(T),
            finished: false,
            open_alerts: false,
            created: T,
            updated: T,
            keep_until: None,
            gateway_time: None,
            refund_ids: Vec::new(),
        },
        text: Secret::new("{}".to_owned()),
    }
}

/// Two prefixes are two stores.
pub(crate) async fn a_prefix_separates(url: &str) {
    let (one, two) = (Place::new(url).migrated().await, Place::new(url).migrated().await);
    let (first, second) = (one.open().await, two.open().await);
    let mut with_refund = entry("p1");
    with_refund.columns.refund_ids = vec!["r1".to_owned()];
    first.insert(&with_refund, None).await.unwrap();
    first.beat("a").await.unwrap();
    assert_eq!(second.load("p1").await.unwrap(), None);
    assert_eq!(second.find_refund("r1").await.unwrap(), None);
    assert_eq!(second.beat("b").await.unwrap().owners.len(), 1);
    second.insert(&entry("p1"), None).await.unwrap();
    assert_eq!(second.claim("b", T, 10).await.unwrap().len(), 1);
    assert_eq!(first.load("p1").await.unwrap().unwrap().owner, None);
    drop((first, second));
    one.leave().await;
    two.leave().await;
}

/// Upper and lower case are different, and so is what ends with a blank, in every name.
pub(crate) async fn names_are_compared_byte_by_byte(url: &str) {
    let place = Place::new(url).migrated().await;
    let store = place.open().await;
    let mut lower = entry("id");
    lower.columns.merchant = "m".into();
    lower.columns.gateway_time = Some(T.saturating_add(Duration::from_millis(1)));
    lower.columns.refund_ids = vec!["refund".to_owned()];
    store.beat("owner").await.unwrap();
    store.insert(&lower, Some("owner")).await.unwrap();
    for other in ["ID", "Id", "id "] {
        assert_eq!(store.load(other).await.unwrap(), None, "{other:?}");
        assert_eq!(store.take(other, "owner").await.unwrap(), None, "{other:?}");
    }
    for other in ["Refund", "REFUND", "refund ", "r\u{e9}fund"] {
        assert_eq!(store.find_refund(other).await.unwrap(), None, "{other:?}");
    }
    assert_eq!(store.gateway_time("M").await.unwrap(), None);
    let of = |merchant: &str| Query { merchant: Some(merchant.to_owned()), ..Query::default() };
    assert_eq!(store.list(&of("M")).await.unwrap().records, []);
    assert_eq!(store.list(&of("m ")).await.unwrap().records, []);
    assert_eq!(store.list(&of("m")).await.unwrap().records, [lower.columns.clone()]);
    // Another owner, who is not told and who owns nothing.
    let heard = store.beat("OWNER").await.unwrap();
    assert!(!heard.known && heard.owners.len() == 2, "{heard:?}");
    store.save(&lower, 1, None).await.unwrap();
    assert_eq!(store.touched("OWNER", 10).await.unwrap(), []);
    store.release("id", "OWNER").await.unwrap();
    assert!(matches!(store.save(&lower, 2, Some("OWNER")).await, Err(StoreError::Conflict(Some(_)))));
    store.forget("Owner", None).await.unwrap();
    assert_eq!(store.claim("OWNER", T, 10).await.unwrap(), []);
    assert_eq!(store.touched("owner", 10).await.unwrap().len(), 1);
    store.insert(&entry("ID"), None).await.unwrap();
    assert_eq!(store.claim("OWNER", T, 10).await.unwrap().len(), 1);
    drop(store);
    place.leave().await;
}

/// One record that can't be read is named, and stops nothing else.
pub(crate) async fn an_unreadable_record_stops_nothing(url: &str) {
    let place = Place::new(url).migrated().await;
    let store = place.open().await;
    store.beat("a").await.unwrap();
    for (number, id) in [(0, "p0"), (1, "p1"), (2, "p2"), (3, "p3")] {
        let mut entry = entry(id);
        entry.columns.due_at = Some(T.saturating_add(Duration::from_millis(number)));
        store.insert(&entry, None).await.unwrap();
    }
    place.change("UPDATE {prefix}records SET currency = 'XYZ' WHERE id = 'p0'").await;
    place.change("UPDATE {prefix}records SET refund_ids = '[' WHERE id = 'p1'").await;
    let code = |error: StoreError| match error {
        StoreError::NotWritten(error) => error.code(),
        other => panic!("{other:?}"),
    };
    assert_eq!(code(store.load("p0").await.unwrap_err()), "store.corrupt");
    assert_eq!(code(store.insert(&entry("p1"), None).await.unwrap_err()), "store.corrupt");
    let due = T.saturating_add(Duration::from_millis(10));
    // They are the first that are due, and do not keep the others from being claimed.
    let claimed = store.claim("a", due, 1).await.unwrap();
    assert_eq!(claimed.iter().map(|stored| &*stored.entry.columns.id).collect::<Vec<_>>(), ["p2"]);
    let claimed = store.claim("a", due, 10).await.unwrap();
    assert_eq!(claimed.iter().map(|stored| &*stored.entry.columns.id).collect::<Vec<_>>(), ["p3"]);
    let (mut listed, mut unreadable) = (Vec::new(), Vec::new());
    let mut query = Query { limit: 1, ..Query::default() };
    loop {
        let page = store.list(&query).await.unwrap();
        listed.extend(page.records.iter().map(|columns| columns.id.to_string()));
        unreadable.extend(page.unreadable.iter().map(|one| (one.id.clone(), one.error.code().as_str())));
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    assert_eq!(listed, ["p2", "p3"]);
    let expected = ["p0", "p1"].map(|id| (id.to_owned(), "store.corrupt"));
    assert_eq!(unreadable, expected);
    drop(store);
    place.leave().await;
}

/// A real record, as the library writes it.
fn real_entry(id: &str) -> Entry {
    let amount = Amount::from_minor("1999", "USD").unwrap();
    let order = PaymentOrder::new(
        id.into(),
        amount,
        Scenario::PaymentCode,
        None,
        "/ams/api/v1".into(),
        &Object::new(),
    );
    let mut payment = Payment::new(Policy::preset(Protocol::Ams), order);
    payment.begin(T).unwrap();
    PaymentRecord::of_earlier_version(&payment.snapshot(), None).unwrap().entry()
}

/// A record that a newer version of the library wrote is claimed and listed like the others. It is refused by itself when
/// it is read, and stays as it is.
pub(crate) async fn a_record_of_a_newer_version_is_refused_by_itself(url: &str) {
    let place = Place::new(url).migrated().await;
    let store = place.open().await;
    store.beat("a").await.unwrap();
    for id in ["p1", "p2", "p3"] {
        store.insert(&real_entry(id), None).await.unwrap();
    }
    place
        .change("UPDATE {prefix}records SET record = REPLACE(record, '\"version\":2,\"extras\"', '\"version\":99,\"extras\"') WHERE id = 'p2'")
        .await;
    let before = store.load("p2").await.unwrap().unwrap();
    assert!(before.entry.text.expose().contains("\"version\":99"));
    let mut claimed = store.claim("a", Timestamp::MAX, 10).await.unwrap();
    claimed.sort_by(|one, two| one.entry.columns.id.cmp(&two.entry.columns.id));
    let read: Vec<_> = claimed
        .iter()
        .map(|stored| match PaymentRecord::decode(stored.entry.text.expose()) {
            Ok(_) => "read",
            Err(error) => error.code().as_str(),
        })
        .collect();
    assert_eq!(read, ["read", "snapshot.newer", "read"]);
    store.release("p2", "a").await.unwrap();
    assert_eq!(store.load("p2").await.unwrap().unwrap(), before);
    assert_eq!(store.list(&Query::default()).await.unwrap().records.len(), 3);
    drop(store);
    place.leave().await;
}

/// Who claims does not wait for a record that somebody else has locked.
pub(crate) async fn a_locked_record_is_passed_over(url: &str) {
    let place = Place::new(url).migrated().await;
    let store = place.open().await;
    store.beat("a").await.unwrap();
    for id in ["p1", "p2"] {
        store.insert(&entry(id), None).await.unwrap();
    }
    let held = Held::lock(&place, "SELECT id FROM {prefix}records WHERE id = 'p1' FOR UPDATE").await;
    let begun = Instant::now();
    let claimed = store.claim("a", T, 10).await.unwrap();
    assert_eq!(claimed.iter().map(|stored| &*stored.entry.columns.id).collect::<Vec<_>>(), ["p2"]);
    assert!(begun.elapsed() < Duration::from_secs(4), "it waited for the lock: {:?}", begun.elapsed());
    held.release().await;
    assert_eq!(store.claim("a", T, 10).await.unwrap().len(), 1);
    drop(store);
    place.leave().await;
}

/// Names that no record and no owner can have.
pub(crate) async fn wrong_owners_are_refused(url: &str) {
    let place = Place::new(url).migrated().await;
    let store = place.open().await;
    let longest = "o".repeat(64);
    store.beat(&longest).await.unwrap();
    store.insert(&entry("p1"), Some(&longest)).await.unwrap();
    assert_eq!(store.load("p1").await.unwrap().unwrap().owner.as_deref(), Some(longest.as_str()));
    for wrong in ["", "a b", "\u{e9}", &"o".repeat(65)] {
        for refused in [
            store.beat(wrong).await.map(|_| ()),
            store.claim(wrong, T, 10).await.map(|_| ()),
            store.take("p1", wrong).await.map(|_| ()),
            store.insert(&entry("p2"), Some(wrong)).await,
        ] {
            assert!(
                matches!(&refused, Err(StoreError::NotWritten(error)) if error.code() == "store.id"),
                "{refused:?}"
            );
        }
    }
    assert_eq!(store.load("p2").await.unwrap(), None);
    drop(store);
    place.leave().await;
}
