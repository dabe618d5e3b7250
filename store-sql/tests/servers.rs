//! Servers that are stopped, that have other settings, or that are behind a pooler. `make test-databases` starts them:
//! nobody else uses them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test code"
)]

mod checks;

use std::process::Stdio;

use alipay_instore::store::Store as _;
use alipay_instore::store::kit::PROPERTIES;
use alipay_instore_store_sql::SqlStore;
use checks::{Place, processes, records, writers};
use tokio::process::Command;
use tokio::sync::Mutex;

/// One after the other: they would disturb each other.
static ALONE: Mutex<()> = Mutex::const_new(());

fn named(name: &str) -> String {
    std::env::var(name).expect("run `make test-databases`")
}

/// Asks the script that started the servers.
async fn servers(arguments: &[&str]) {
    let mut command = Command::new(named("ALIPAY_TEST_SERVERS"));
    let done = command.args(arguments).stdout(Stdio::null()).status().await.unwrap();
    assert!(done.success(), "{arguments:?}");
}

async fn survives_restarts(name: &str, url: &str) {
    let place = Place::new(url).migrated().await;
    let seen = writers::survive(&place, 3, || async { servers(&["restart", name]).await }).await;
    assert!(seen.not_written + seen.maybe_written > 0, "nothing was disturbed: {seen:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgresql_is_restarted() {
    let _alone = ALONE.lock().await;
    survives_restarts("postgres", &named("ALIPAY_TEST_POSTGRES")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mariadb_is_restarted() {
    let _alone = ALONE.lock().await;
    survives_restarts("mariadb", &named("ALIPAY_TEST_MARIADB")).await;
}

async fn is_refused(place: &Place, setting: &str) {
    let error = SqlStore::open(&place.settings()).await.unwrap_err();
    assert_eq!(error.code(), "store.durability", "{error}");
    assert!(error.reason().contains(setting), "{error}");
}

#[tokio::test]
async fn a_postgresql_that_does_not_flush_is_refused() {
    let _alone = ALONE.lock().await;
    let place = Place::new(&named("ALIPAY_TEST_POSTGRES")).migrated().await;
    for setting in ["fsync", "full_page_writes"] {
        servers(&["set", "postgres", setting, "off"]).await;
        is_refused(&place, setting).await;
        servers(&["set", "postgres", setting, "on"]).await;
    }
    // What a session can set is set.
    servers(&["set", "postgres", "synchronous_commit", "off"]).await;
    let store = place.open().await;
    let shown = SqlStore::open(&place.settings().listens(false)).await;
    servers(&["set", "postgres", "synchronous_commit", "on"]).await;
    shown.unwrap().insert(&records::entry("p1"), None).await.unwrap();
    store.insert(&records::entry("p2"), None).await.unwrap();
}

#[tokio::test]
async fn a_mariadb_that_does_not_flush_is_refused() {
    let _alone = ALONE.lock().await;
    let place = Place::new(&named("ALIPAY_TEST_MARIADB")).migrated().await;
    for value in ["0", "2"] {
        servers(&["set", "mariadb", "innodb_flush_log_at_trx_commit", value]).await;
        is_refused(&place, "innodb_flush_log_at_trx_commit").await;
    }
    servers(&["set", "mariadb", "innodb_flush_log_at_trx_commit", "1"]).await;
    place.open().await.insert(&records::entry("p1"), None).await.unwrap();
}

/// Behind a pooler that gives each transaction another connection of the server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pooler_in_transaction_mode_is_noticed() {
    let _alone = ALONE.lock().await;
    let direct = named("ALIPAY_TEST_POSTGRES");
    let pooled = named("ALIPAY_TEST_PGBOUNCER");
    let place = Place::new(&pooled).migrated().await;
    let store = place.open().await;
    assert!(store.watch().is_none(), "it was not noticed");
    // Who is not behind it hears of what is saved behind it.
    let listening = SqlStore::open(&place.settings_of(&direct)).await.unwrap();
    let record = records::entry("p1");
    store.insert(&record, None).await.unwrap();
    store.save(&record, 1, None).await.unwrap();
    assert_eq!(listening.watch().unwrap().await.unwrap(), ["p1"]);
    records::names_are_compared_byte_by_byte(&pooled).await;
    processes::two_processes_share_a_database(&pooled).await;
    for property in PROPERTIES {
        let place = Place::new(&pooled).migrated().await;
        property.check(&place).await.unwrap();
        place.leave().await;
    }
}

/// A store that finds out how the pooler works disturbs nobody who works behind it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_opened_behind_a_pooler_disturbs_no_other() {
    let _alone = ALONE.lock().await;
    let place = Place::new(&named("ALIPAY_TEST_PGBOUNCER")).migrated().await;
    let seen = writers::survive(&place, 10, || async {
        assert!(place.open().await.watch().is_none(), "it was not noticed");
    })
    .await;
    assert_eq!((seen.not_written, seen.maybe_written), (0, 0), "{seen:?}");
    place.leave().await;
}

/// A pooler that gives a session one connection of the server is as good as none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_listens_behind_a_pooler_in_session_mode() {
    let _alone = ALONE.lock().await;
    let place = Place::new(&named("ALIPAY_TEST_PGBOUNCER_SESSION")).migrated().await;
    let (first, second) = (place.open().await, place.open().await);
    let record = records::entry("p1");
    second.insert(&record, None).await.unwrap();
    second.save(&record, 1, None).await.unwrap();
    assert_eq!(first.watch().unwrap().await.unwrap(), ["p1"]);
    drop((first, second));
    place.leave().await;
}

/// With TLS the server has to show a certificate of the authority that the URL names.
#[tokio::test]
async fn tls_is_verified() {
    let _alone = ALONE.lock().await;
    let authority = named("ALIPAY_TEST_AUTHORITY");
    for (server, verify, by) in [
        ("ALIPAY_TEST_POSTGRES", "sslmode=verify-full", "sslrootcert"),
        ("ALIPAY_TEST_MARIADB", "ssl-mode=VERIFY_IDENTITY", "ssl-ca"),
    ] {
        let place = Place::new(&named(server)).migrated().await;
        let verified = format!("{}?{verify}&{by}={authority}", place.url);
        let store = SqlStore::open(&place.settings_of(&verified)).await.unwrap();
        store.insert(&records::entry("p1"), None).await.unwrap();
        // Another name of the same machine is not in the certificate.
        let other_name = verified.replace("127.0.0.1", "localhost");
        let unknown_authority = format!("{}?{verify}", place.url);
        for wrong in [other_name, unknown_authority] {
            let error = SqlStore::open(&place.settings_of(&wrong)).await.unwrap_err();
            assert!(error.code() == "store.failed" && error.reason().contains("TLS"), "{server}: {error}");
        }
        drop(store);
        place.leave().await;
    }
}

/// Every connection of the user but the one that says so ends, in the middle of whatever it does.
const KILL: &str = "BEGIN NOT ATOMIC \
    DECLARE EXIT HANDLER FOR 1094 BEGIN END; \
    FOR one IN (SELECT id FROM information_schema.processlist \
        WHERE user = SUBSTRING_INDEX(USER(), '@', 1) AND id <> CONNECTION_ID() AND db = DATABASE()) \
    DO KILL one.id; END FOR; END";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_connections_of_mariadb_are_replaced() {
    let place = Place::new(&named("ALIPAY_TEST_MARIADB_KILLED")).migrated().await;
    let watching = place.open().await;
    assert!(watching.watch().is_none());
    let seen = writers::survive(&place, 6, || place.change(KILL)).await;
    assert!(seen.not_written + seen.maybe_written > 0, "nothing was disturbed: {seen:?}");
    drop(watching);
    place.leave().await;
}
