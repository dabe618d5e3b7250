//! PostgreSQL. `make test-databases` starts one, or takes the URL in `ALIPAY_TEST_POSTGRES`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test code"
)]

mod checks;

use std::time::Duration;

use alipay_instore::payment::Secret;
use alipay_instore::store::{Store as _, StoreError};
use checks::records::{self, entry};
use checks::{Place, processes, proxy, schema, writers};
use tokio::time::Instant;

fn url() -> String {
    std::env::var("ALIPAY_TEST_POSTGRES").expect("run `make test-databases`")
}

macro_rules! checks {
    ($($module:ident::$name:ident)+) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            $module::$name(&url()).await;
        }
    )+};
}

checks! {
    checks::keeps_the_contract
    records::a_prefix_separates
    records::names_are_compared_byte_by_byte
    records::an_unreadable_record_stops_nothing
    records::a_record_of_a_newer_version_is_refused_by_itself
    records::a_locked_record_is_passed_over
    records::wrong_owners_are_refused
    schema::tables_are_made_on_request
    schema::newer_tables_are_refused
    schema::errors_show_no_password
    processes::two_processes_share_a_database
    proxy::a_lost_commit_is_in_doubt
}

/// Carries out everything at once, and gives the answers in the order of what was asked.
async fn at_once<Doing>(all: impl IntoIterator<Item = Doing>) -> Vec<Doing::Output>
where
    Doing: Future<Output: Send> + Send + 'static,
{
    let tasks: Vec<_> = all.into_iter().map(tokio::spawn).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

/// Writes that come together share a statement, and each has an answer of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_together_is_answered_one_by_one() {
    let place = Place::new(&url()).migrated().await;
    let store = place.open().await;
    // No text of PostgreSQL can hold it.
    let refused = |number: usize| number % 5 == 3;
    let record = |number: usize, text: &str| {
        let mut record = entry(&format!("p{number}"));
        record.text = Secret::new(if refused(number) { "\0".to_owned() } else { format!("{number} {text}") });
        record
    };
    // Two ids come twice.
    let numbers = || (0..200).chain([0, 1]);
    let inserted = at_once(numbers().map(|number| {
        let (store, record) = (store.clone(), record(number, "inserted"));
        async move { store.insert(&record, Some("a")).await }
    }))
    .await;
    for (number, answer) in numbers().zip(&inserted) {
        match answer {
            Ok(()) => assert!(!refused(number)),
            Err(StoreError::NotWritten(_)) => assert!(refused(number), "{number} is {answer:?}"),
            other => assert!(number < 2 && matches!(other, Err(StoreError::Conflict(Some(_)))), "{other:?}"),
        }
    }
    for twice in 0..2 {
        assert_ne!(inserted[twice].is_ok(), inserted[200 + twice].is_ok());
    }
    // Some have another revision, and some another owner.
    let fits = |number: usize| number.is_multiple_of(3) && !refused(number);
    let saved = at_once((0..200).map(|number| {
        let (store, record) = (store.clone(), record(number, "saved"));
        let revision = if number % 3 == 1 { 7 } else { 1 };
        let by = if number % 3 == 2 { "b" } else { "a" };
        async move { store.save(&record, revision, Some(by)).await }
    }))
    .await;
    for (number, answer) in saved.iter().enumerate() {
        let found = store.load(&format!("p{number}")).await.unwrap();
        match answer {
            Ok(()) => assert!(fits(number)),
            Err(StoreError::NotWritten(_)) => assert!(refused(number), "{number} is {answer:?}"),
            Err(StoreError::Conflict(known)) => {
                assert!(!fits(number) && known.as_deref() == found.as_ref(), "{number} is {answer:?}");
            }
            Err(StoreError::MaybeWritten(error)) => panic!("{number}: {error}"),
        }
        let text = found.as_ref().map(|found| found.entry.text.expose());
        let expected = if fits(number) { "saved" } else { "inserted" };
        assert_eq!(text, (!refused(number)).then(|| format!("{number} {expected}")).as_deref());
    }
    place.leave().await;
}

/// How long a notification may take. It takes milliseconds; the machine that tests may be busy.
const SOON: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_store_is_told_of_what_another_one_saved() {
    let place = Place::new(&url()).migrated().await;
    let (first, second) = (place.open().await, place.open().await);
    let clone = first.clone();
    let record = entry("p1");
    second.beat("a").await.unwrap();
    second.insert(&record, Some("a")).await.unwrap();
    // Its owner's own writes tell nobody, so the first that is heard is the other one.
    second.save(&record, 1, Some("a")).await.unwrap();
    second.insert(&entry("p2"), None).await.unwrap();
    second.save(&entry("p2"), 1, None).await.unwrap();
    for told in [&first, &clone] {
        let heard = tokio::time::timeout(SOON, told.watch().unwrap()).await.unwrap().unwrap();
        assert_eq!(heard, ["p2"]);
    }
    // Also if it names refunds, and if it is said while nobody waits.
    let mut refunded = record.clone();
    refunded.columns.refund_ids = vec!["r1".to_owned()];
    second.save(&refunded, 2, None).await.unwrap();
    let heard = tokio::time::timeout(SOON, first.watch().unwrap()).await.unwrap().unwrap();
    assert_eq!(heard, ["p1"]);
    // A save that is refused tells nothing.
    second.save(&refunded, 9, None).await.unwrap_err();
    second.save(&refunded, 3, None).await.unwrap();
    let heard = tokio::time::timeout(SOON, first.watch().unwrap()).await.unwrap().unwrap();
    assert_eq!(heard, ["p1"]);
    drop((first, second, clone));
    place.leave().await;
}

/// The promise is 100 ms from the answer of the one who saves. The median counts, since the machine that tests may be busy.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_one_saved_is_told_within_100_ms() {
    let place = Place::new(&url()).migrated().await;
    let (first, second) = (place.open().await, place.open().await);
    let record = entry("p1");
    second.insert(&record, None).await.unwrap();
    let mut took = Vec::new();
    for revision in 1..22 {
        second.save(&record, revision, None).await.unwrap();
        let saved = Instant::now();
        let heard = tokio::time::timeout(SOON, first.watch().unwrap()).await.unwrap().unwrap();
        assert_eq!(heard, ["p1"]);
        took.push(saved.elapsed());
    }
    took.sort_unstable();
    let median = took[took.len() / 2];
    println!("told after {median:?}, at most {:?}", took[took.len() - 1]);
    assert!(median < Duration::from_millis(100), "{took:?}");
    drop((first, second));
    place.leave().await;
}

#[test]
fn the_runtime_may_end_first() {
    checks::the_runtime_may_end_first(&url());
}

#[tokio::test]
async fn a_store_that_does_not_listen_works_too() {
    let place = Place::new(&url()).migrated().await;
    let store = alipay_instore_store_sql::SqlStore::open(&place.settings().listens(false)).await.unwrap();
    assert!(store.watch().is_none());
    store.insert(&entry("p1"), None).await.unwrap();
    store.save(&entry("p1"), 1, None).await.unwrap();
    assert_eq!(store.load("p1").await.unwrap().unwrap().revision, 2);
    drop(store);
    place.leave().await;
}

/// Every connection of this database but our own ends. The user may do so with its own connections.
const KILL: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
    WHERE pid <> pg_backend_pid() AND usename = current_user AND query LIKE '%{prefix}%'";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_connections_are_replaced() {
    let place = Place::new(&url()).migrated().await;
    let watching = place.open().await;
    let seen = writers::survive(&place, 6, || place.change(KILL)).await;
    assert!(seen.not_written + seen.maybe_written > 0, "nothing was disturbed: {seen:?}");
    // The connection that listens is there again too. What was said meanwhile may be missed.
    let record = entry("told");
    watching.insert(&record, None).await.unwrap();
    let mut heard = Vec::new();
    for revision in 1..100 {
        watching.save(&record, revision, None).await.unwrap();
        let next = tokio::time::timeout(Duration::from_millis(200), watching.watch().unwrap()).await;
        heard = next.map(Result::unwrap).unwrap_or_default();
        if heard.iter().any(|id| id == "told") {
            break;
        }
    }
    assert!(heard.iter().any(|id| id == "told"), "{heard:?}");
    drop(watching);
    place.leave().await;
}
