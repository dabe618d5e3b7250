//! Keeps the payments of `alipay-instore` in SQLite, PostgreSQL, MySQL or MariaDB: a
//! [`Store`](alipay_instore::store::Store) over [sqlx](https://docs.rs/sqlx).
//!
//! ```no_run
//! use alipay_instore_store_sql::SqlStore;
//!
//! # async fn example() -> Result<(), alipay_instore::Error> {
//! let url = "postgresql://till@db.example/payments";
//! SqlStore::migrate(url).await?; // once, and after an update
//! let store = SqlStore::connect(url).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Any number of processes share one database. A write is durable when its answer is there: a database whose settings
//! would let a power cut take it back is refused. Connections that were lost are opened again; after a restart of the
//! database nothing has to be done.
//!
//! The store needs a tokio runtime with its timers, and works in the one that it was connected in. An operation that
//! was begun is carried out also if nobody waits for it any more.

mod batch;
mod claims;
mod database;
mod dialect;
mod durability;
mod failure;
mod group;
mod lease;
mod listener;
mod migration;
mod reads;
mod row;
mod session;
mod settings;
mod statements;
mod store;
mod writes;

pub use settings::Settings;
pub use store::SqlStore;
