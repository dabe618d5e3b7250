//! What every database has to do. Each check takes a database, in which it uses tables of its own.
#![allow(dead_code, reason = "no database uses all of them")]

pub mod proxy;
pub mod records;
pub mod schema;
pub mod writers;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use alipay_instore::store::Store;
use alipay_instore::store::kit::{Fixture, Opened, PROPERTIES};
use alipay_instore_store_sql::{Settings, SqlStore};
use sqlx::{AssertSqlSafe, Connection, Executor as _, MySqlConnection, PgConnection, SqliteConnection};

/// Tables of their own in a database.
pub struct Place {
    pub url: String,
    pub prefix: String,
}

impl Place {
    /// Tables that nobody used before.
    pub fn new(url: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Place { url: url.to_owned(), prefix: format!("t{}n{number}_", std::process::id()) }
    }

    pub fn settings(&self) -> Settings {
        self.settings_of(&self.url)
    }

    /// The same tables by another URL.
    pub fn settings_of(&self, url: &str) -> Settings {
        Settings::new(url).unwrap().prefix(&self.prefix).unwrap().connections(4)
    }

    /// The tables are made.
    pub async fn migrated(self) -> Self {
        SqlStore::open(&self.settings().migrates(true).listens(false)).await.unwrap();
        self
    }

    pub async fn open(&self) -> SqlStore {
        SqlStore::open(&self.settings()).await.unwrap()
    }

    /// Does something to the tables that the library does not do; `{prefix}` stands for theirs.
    pub async fn change(&self, statement: &str) {
        run(&self.url, &statement.replace("{prefix}", &self.prefix)).await.unwrap();
    }

    /// Removes the tables: a database that was given is left as it was.
    pub async fn leave(self) {
        for table in ["records", "refunds", "owners", "schema"] {
            self.change(&format!("DROP TABLE {{prefix}}{table}")).await;
        }
    }
}

/// Runs a statement by a connection of its own.
pub async fn run(url: &str, statement: &str) -> Result<(), sqlx::Error> {
    let statement = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
    if url.starts_with("sqlite") {
        SqliteConnection::connect(url).await?.execute(statement).await?;
    } else if url.starts_with("postgres") {
        PgConnection::connect(url).await?.execute(statement).await?;
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

/// The database keeps the contract.
pub async fn keeps_the_contract(url: &str) {
    for property in PROPERTIES {
        let place = Place::new(url).migrated().await;
        property.check(&place).await.unwrap();
        place.leave().await;
    }
}
