//! SQLite, in a file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test code"
)]

mod checks;

use std::future::Future as _;
use std::time::Duration;

use alipay_instore::store::{Store as _, StoreError};
use alipay_instore_store_sql::{Settings, SqlStore};
use checks::records::{self, entry};
use checks::{Place, processes, schema, writers};
use sqlx::{Connection as _, Executor as _, SqliteConnection};

fn url(folder: &tempfile::TempDir) -> String {
    format!("sqlite://{}", folder.path().join("payments.db").display())
}

/// A folder with a database in it.
async fn database() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let url = url(&folder);
    SqlStore::migrate(&url).await.unwrap();
    (folder, url)
}

macro_rules! checks {
    ($($module:ident::$name:ident)+) => {$(
        #[tokio::test]
        async fn $name() {
            let (_folder, url) = database().await;
            $module::$name(&url).await;
        }
    )+};
}

checks! {
    checks::keeps_the_contract
    records::a_prefix_separates
    records::names_are_compared_byte_by_byte
    records::an_unreadable_record_stops_nothing
    records::a_record_of_a_newer_version_is_refused_by_itself
    records::wrong_owners_are_refused
    schema::tables_are_made_on_request
    schema::newer_tables_are_refused
    processes::two_processes_share_a_database
}

#[tokio::test]
async fn a_file_is_made_only_by_migrating() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/payments.db");
    let url = format!("sqlite://{}", path.display());
    let error = SqlStore::connect(&url).await.unwrap_err();
    assert_eq!(error.code(), "store.schema");
    assert!(!path.exists() && !path.parent().unwrap().exists());
    SqlStore::migrate(&url).await.unwrap();
    let store = SqlStore::connect(&url).await.unwrap();
    store.insert(&entry("p1"), None).await.unwrap();
    assert!(store.watch().is_none());
    // Also one that is there and is no database.
    let text = folder.path().join("text.db");
    std::fs::write(&text, "not a database, but long enough to be read as a header of one".repeat(20))
        .unwrap();
    let error = SqlStore::connect(&format!("sqlite://{}", text.display())).await.unwrap_err();
    assert_eq!(error.code(), "store.failed", "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, url) = database().await;
    let store = SqlStore::connect(&url).await.unwrap();
    store.insert(&entry("p1"), None).await.unwrap();
    let mut files = 0;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", file.file_name());
        files += 1;
    }
    assert_eq!(files, 3, "the database, its log, and the index of the log");
}

#[tokio::test]
async fn who_waits_too_long_for_another_writer_has_written_nothing() {
    let (_folder, url) = database().await;
    let store = SqlStore::connect(&url).await.unwrap();
    store.insert(&entry("p1"), None).await.unwrap();
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    assert!(store.load("p1").await.unwrap().is_some(), "readers do not wait");
    let mut with_refund = entry("p1");
    with_refund.columns.refund_ids = vec!["r1".to_owned()];
    let other_record = entry("p2");
    let (alone, together) =
        tokio::join!(store.insert(&other_record, None), store.save(&with_refund, 1, None));
    for answer in [alone, together] {
        assert!(matches!(answer, Err(StoreError::NotWritten(_))), "{answer:?}");
    }
    other.execute("ROLLBACK").await.unwrap();
    store.save(&with_refund, 1, None).await.unwrap();
    assert_eq!(store.load("p2").await.unwrap(), None);
    // Who waits for less is served.
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.insert(&entry("p3"), None).await }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    other.execute("COMMIT").await.unwrap();
    waiting.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_of_several_stores_and_of_another_program_share_a_file() {
    let (_folder, url) = database().await;
    let place = Place::new(&url).migrated().await;
    let seen = writers::survive(&place, 5, || async {
        checks::run(&url, "BEGIN IMMEDIATE; CREATE TABLE other (a); DROP TABLE other; COMMIT").await.unwrap();
    })
    .await;
    assert_eq!((seen.not_written, seen.maybe_written), (0, 0), "{seen:?}");
}

/// An operation that nobody waits for any more does not disturb those that follow.
#[tokio::test]
async fn an_answer_may_be_dropped() {
    let (_folder, url) = database().await;
    let store = SqlStore::connect(&url).await.unwrap();
    store.insert(&entry("p1"), None).await.unwrap();
    for revision in 1..30 {
        let record = entry("p1");
        let _ =
            tokio::time::timeout(Duration::from_micros(revision * 40), store.save(&record, revision, None))
                .await;
        let now = loop {
            let found = store.load("p1").await.unwrap().unwrap();
            if found.revision > revision {
                break found.revision;
            }
            tokio::task::yield_now().await;
        };
        assert_eq!(now, revision + 1);
    }
}

#[test]
fn the_runtime_may_end_first() {
    let folder = tempfile::tempdir().unwrap();
    checks::the_runtime_may_end_first(&url(&folder));
}

#[test]
fn without_a_runtime_a_store_is_refused() {
    let settings = Settings::new("sqlite:///tmp/payments.db").unwrap();
    let mut connecting = std::pin::pin!(SqlStore::open(&settings));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match connecting.as_mut().poll(&mut context) {
        std::task::Poll::Ready(Err(error)) => assert!(error.reason().contains("runtime"), "{error}"),
        other => panic!("{:?}", other.map(|done| done.is_ok())),
    }
}
