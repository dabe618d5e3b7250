//! Tables and URLs: what is refused, and how it is told.

use alipay_instore::store::Store as _;
use alipay_instore_store_sql::{Settings, SqlStore};

use super::Place;
use super::records::entry;

/// Without tables a store is not opened; several processes may make them at once, and again.
pub(crate) async fn tables_are_made_on_request(url: &str) {
    let place = Place::new(url);
    let error = SqlStore::open(&place.settings()).await.unwrap_err();
    assert_eq!(error.code(), "store.schema", "{error}");
    assert!(error.hint().contains("SqlStore::migrate"), "{error}");
    let migrating = place.settings().migrates(true).listens(false);
    let (one, two, three) =
        tokio::join!(SqlStore::open(&migrating), SqlStore::open(&migrating), SqlStore::open(&migrating));
    one.unwrap().insert(&entry("p1"), None).await.unwrap();
    drop((two.unwrap(), three.unwrap()));
    let again = SqlStore::open(&migrating).await.unwrap();
    assert!(again.load("p1").await.unwrap().is_some(), "what was stored stays");
    drop(again);
    place.leave().await;
}

/// Tables of a newer version are refused, also for migrating, and left as they are.
pub(crate) async fn newer_tables_are_refused(url: &str) {
    let place = Place::new(url).migrated().await;
    place.change("INSERT INTO {prefix}schema (version) VALUES (99)").await;
    for settings in [place.settings(), place.settings().migrates(true)] {
        let error = SqlStore::open(&settings).await.unwrap_err();
        assert_eq!(error.code(), "store.schema", "{error}");
        assert!(error.reason().contains("99") && error.hint().contains("update this library"), "{error}");
    }
    place.change("DELETE FROM {prefix}schema").await;
    let error = SqlStore::open(&place.settings()).await.unwrap_err();
    assert_eq!(error.code(), "store.schema", "without a version: {error}");
    place.leave().await;
}

/// Errors say what is wrong, and show no password.
pub(crate) async fn errors_show_no_password(url: &str) {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (_, server) = rest.rsplit_once('@').unwrap();
    let (host, _) = server.split_once('/').unwrap();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    for (wrong, of) in [
        (format!("{scheme}://nobody:hunter2@{server}"), "the user"),
        (format!("{scheme}://nobody:hunter2@{host}/missing"), "the database"),
        (format!("{scheme}://nobody:hunter2@{name}:1/payments"), "the port"),
        (format!("{scheme}://nobody:hunter2@name.invalid/payments"), "the name"),
    ] {
        let settings = Settings::new(&wrong).unwrap();
        let error = SqlStore::open(&settings).await.map(|_| ()).unwrap_err();
        assert_eq!(error.code(), "store.failed", "{of}");
        let shown = format!("{error} {error:?} {settings:?}");
        assert!(!shown.contains("hunter2"), "{of}: {shown}");
        assert!(!error.reason().is_empty(), "{of}");
    }
    let place = Place::new(url).migrated().await;
    let store = place.open().await;
    let shown = format!("{store:?} {:?}", place.settings());
    let (user, _) = rest.split_once('@').unwrap();
    assert!(!shown.contains(server) && !shown.contains(user), "{shown}");
    drop(store);
    place.leave().await;
}
