//! What every database has to do. Each check takes a database, in which it uses tables of its own.
#![allow(dead_code, reason = "no database uses all of them")]

pub(crate) mod processes;
pub(crate) mod proxy;
pub(crate) mod records;
pub(crate) mod schema;
pub(crate) mod writers;

use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use alipay_instore::store::kit::{Fixture, Opened, PROPERTIES};
use alipay_instore::store::{Store, StoreError};
use alipay_instore_store_sql::{Settings, SqlStore};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, Executor as _, MySqlConnection, PgConnection, SqliteConnection};

/// Tables of their own in a database.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) prefix: String,
}

impl Place {
    /// Tables that nobody used before.
    pub(crate) fn new(url: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Place { url: url.to_owned(), prefix: format!("t{}n{number}_", std::process::id()) }
    }

    pub(crate) fn settings(&self) -> Settings {
        self.settings_of(&self.url)
    }

    /// The same tables by another URL.
    pub(crate) fn settings_of(&self, url: &str) -> Settings {
        Settings::new(url).unwrap().prefix(&self.prefix).unwrap().connections(4)
    }

    /// The tables are made.
    pub(crate) async fn migrated(self) -> Self {
        SqlStore::open(&self.settings().migrates(true).listens(false)).await.unwrap();
        self
    }

    pub(crate) async fn open(&self) -> SqlStore {
        SqlStore::open(&self.settings()).await.unwrap()
    }

    /// Does something to the tables that the library does not do; `{prefix}` stands for theirs.
    pub(crate) async fn change(&self, statement: &str) {
        run(&self.url, &statement.replace("{prefix}", &self.prefix)).await.unwrap();
    }

    /// Removes the tables: a database that was given is left as it was.
    pub(crate) async fn leave(self) {
        for table in ["records", "refunds", "owners", "schema"] {
            self.change(&format!("DROP TABLE {{prefix}}{table}")).await;
        }
    }
}

/// Runs a statement by a connection of its own.
pub(crate) async fn run(url: &str, statement: &str) -> Result<(), sqlx::Error> {
    let statement = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
    if url.starts_with("sqlite") {
        SqliteConnection::connect(url).await?.execute(statement).await?;
    } else if url.starts_with("postgres") {
        // Poolers refuse this setting.
        let options = PgConnectOptions::from_str(url)?.extra_float_digits(None);
        PgConnection::connect_with(&options).await?.execute(statement).await?;
    } else {
        MySqlConnection::connect(url).await?.execute(statement).await?;
    }
    Ok(())
}

impl Fixture for Place {
    fn open(&self) -> Opened<'_> {
        Box::pin(async move {
            // One that listens is checked by itself.
            let store = SqlStore::open(&self.settings().listens(false)).await;
            Ok(Arc::new(store.map_err(|error| error.to_string())?) as Arc<dyn Store>)
        })
    }
}

/// A connection that keeps a row locked until it is dropped.
pub(crate) enum Held {
    Postgres(PgConnection),
    MySql(MySqlConnection),
}

impl Held {
    /// Locks what this statement selects; `{prefix}` stands for that of the tables.
    pub(crate) async fn lock(place: &Place, statement: &str) -> Self {
        let statement = statement.replace("{prefix}", &place.prefix);
        let statement = || sqlx::raw_sql(AssertSqlSafe(statement.clone()));
        if place.url.starts_with("postgres") {
            let mut connection = PgConnection::connect(&place.url).await.unwrap();
            connection.execute("BEGIN").await.unwrap();
            connection.execute(statement()).await.unwrap();
            Held::Postgres(connection)
        } else {
            let mut connection = MySqlConnection::connect(&place.url).await.unwrap();
            connection.execute("BEGIN").await.unwrap();
            connection.execute(statement()).await.unwrap();
            Held::MySql(connection)
        }
    }

    /// Gives the row free.
    pub(crate) async fn release(self) {
        match self {
            Held::Postgres(mut connection) => connection.execute("ROLLBACK").await.map(|_| ()).unwrap(),
            Held::MySql(mut connection) => connection.execute("ROLLBACK").await.map(|_| ()).unwrap(),
        }
    }
}

/// The database keeps the contract.
pub(crate) async fn keeps_the_contract(url: &str) {
    for property in PROPERTIES {
        let place = Place::new(url).migrated().await;
        property.check(&place).await.unwrap();
        place.leave().await;
    }
}

/// A runtime may end while the store is there. What is asked of the store then fails, and nothing panics.
pub(crate) fn the_runtime_may_end_first(url: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (place, store) = runtime.block_on(async {
        let place = Place::new(url).migrated().await;
        let store = place.open().await;
        store.insert(&records::entry("p1"), None).await.unwrap();
        (place, store)
    });
    let busy = store.clone();
    runtime.spawn(async move {
        loop {
            let _ = busy.load("p1").await;
        }
    });
    runtime.block_on(async { tokio::time::sleep(Duration::from_millis(20)).await });
    drop(runtime);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let answer = store.load("p1").await;
        assert!(matches!(answer, Err(StoreError::NotWritten(_))), "{answer:?}");
        drop(store);
        place.leave().await;
    });
}
