//! Connections, each with the settings that it needs.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use alipay_instore::error::Error;
use sqlx::mysql::MySqlPoolOptions;
use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{
    ConnectOptions, Connection as _, Database as Driver, Executor as _, MySqlPool, PgPool, SqlitePool,
};
use tokio::time::Instant;

use crate::batch::{Batches, ManyRows};
use crate::dialect::Dialect;
use crate::failure::{Failure, Stage, describe, too_slow};
use crate::group::Group;
use crate::lease::Lease;
use crate::session::{Connection, Mode, Session, SqliteLease};
use crate::settings::{Settings, Target};

/// How long one writer waits for another, or for a lock.
const LOCK: Duration = Duration::from_secs(5);
/// How long it takes at most until there is a connection.
pub(crate) const ACQUIRE: Duration = Duration::from_secs(5);
/// In SQLite one connection writes, and everything that is to be written waits for it.
pub(crate) const QUEUE: Duration = Duration::from_secs(30);
/// How long an operation of a server takes at most.
pub(crate) const PATIENCE: Duration = ACQUIRE.saturating_add(LOCK).saturating_add(LOCK);
/// A connection that was unused for so long is asked first whether it still works.
const IDLE: Duration = Duration::from_secs(1);

/// Everything here is found by an index. A plan that was made while the table was small, and is kept, would read all of it
/// when it is large.
const POSTGRES_SESSION: &str = "SET lock_timeout = '5s'; \
    SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; \
    SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED; \
    SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')";
/// Behind a pooler nothing may be left in a session, which belongs to somebody else the next moment.
const POSTGRES_POOLED: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '5s'; \
    SELECT set_config('synchronous_commit', 'on', true) \
    WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')";
const MYSQL_SESSION: &str = "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), \
    SESSION innodb_lock_wait_timeout = 5, SESSION autocommit = 1; \
    SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

/// An open database.
pub(crate) struct Database {
    pools: Pools,
    lost: Lost,
    /// The server knows SKIP LOCKED.
    pub(crate) skips: bool,
}

enum Pools {
    /// Several that read, and one that writes: within a process writers wait in a queue, not by trying again.
    Sqlite {
        reads: SqlitePool,
        writes: Group,
    },
    /// `direct` if a session keeps its connection of the server, so that it may keep prepared statements too.
    Postgres {
        pool: PgPool,
        direct: bool,
    },
    MySql {
        pool: MySqlPool,
    },
}

/// When a connection was last found to be lost: those that were unused since then are asked whether they still work.
#[derive(Clone, Default)]
pub(crate) struct Lost(Arc<Mutex<Option<Instant>>>);

impl Lost {
    pub(crate) fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn in_doubt(&self, idle: Duration) -> bool {
        let lost = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        idle >= IDLE || lost.is_some_and(|lost| idle >= lost.elapsed())
    }
}

impl Database {
    /// Opens it. `direct` is about PostgreSQL, see [`crate::listener`].
    pub(crate) async fn open(settings: &Settings, direct: bool) -> Result<Self, Error> {
        let lost = Lost::default();
        let connections = settings.connections;
        let (pools, skips) = match &settings.target {
            Target::Sqlite(options) => {
                let options = sqlite_options(options);
                once(Dialect::Sqlite, &options).await?;
                let reads = SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false);
                let writes = SqlitePoolOptions::new().max_connections(1).test_before_acquire(false);
                let reads = reads.acquire_timeout(QUEUE).connect_lazy_with(options.clone());
                let writes = Group::new(writes.acquire_timeout(QUEUE).connect_lazy_with(options));
                (Pools::Sqlite { reads, writes }, false)
            }
            Target::Postgres(options) => {
                let options = postgres_options(options, direct);
                once(Dialect::Postgres, &options).await?;
                let pool = tested(PgPoolOptions::new(), connections, &lost);
                let pool = pool.after_connect(move |connection, _| {
                    Box::pin(async move {
                        if direct {
                            connection.execute(POSTGRES_SESSION).await?;
                        }
                        Ok(())
                    })
                });
                (Pools::Postgres { pool: pool.connect_lazy_with(options), direct }, true)
            }
            Target::MySql(options) => {
                let mut first = open_once(Dialect::MySql, options).await?;
                let version = sqlx::query_scalar::<_, String>("SELECT CAST(VERSION() AS CHAR)");
                let version = version.fetch_one(&mut first).await;
                let version = Version::read(&version.map_err(|error| describe(Dialect::MySql, &error))?);
                let _ = first.close().await;
                let pool = tested(MySqlPoolOptions::new(), connections, &lost);
                let pool = pool.after_connect(|connection, _| {
                    Box::pin(async move { connection.execute(MYSQL_SESSION).await.map(|_| ()) })
                });
                (Pools::MySql { pool: pool.connect_lazy_with(options.clone()) }, version.skips_locked())
            }
        };
        Ok(Database { pools, lost, skips })
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match &self.pools {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres { .. } => Dialect::Postgres,
            Pools::MySql { .. } => Dialect::MySql,
        }
    }

    /// How long an operation takes at most.
    pub(crate) fn patience(&self) -> Duration {
        match &self.pools {
            Pools::Sqlite { .. } => QUEUE + LOCK + LOCK,
            _ => PATIENCE,
        }
    }

    /// Writers that share this statement, where that is possible and helps.
    pub(crate) fn batches(&self, statement: impl FnOnce() -> ManyRows) -> Option<Arc<Batches>> {
        match &self.pools {
            Pools::Postgres { pool, direct: true } => {
                Some(Batches::new(pool.clone(), self.lost.clone(), statement()))
            }
            _ => None,
        }
    }

    /// A connection for one operation.
    pub(crate) async fn session(&self, mode: Mode) -> Result<Session, Failure> {
        let refused = |error| Failure::Database(error, Stage::Before);
        let begin = (mode == Mode::Together).then(|| self.dialect().begin());
        let (connection, begin, prepares) = match &self.pools {
            Pools::Sqlite { reads, .. } if mode == Mode::Read => {
                let lease = Lease::new(reads.acquire().await.map_err(refused)?);
                (Connection::Sqlite(SqliteLease::Own(lease)), None, true)
            }
            Pools::Sqlite { writes, .. } => {
                // Others write in the same transaction. Of one statement that fails nothing stays anyway.
                let begin = begin.map(|_| "SAVEPOINT writer");
                (Connection::Sqlite(SqliteLease::Shared(writes.turn().await?)), begin, true)
            }
            Pools::Postgres { pool, direct } => {
                let begin = if *direct { begin } else { Some(POSTGRES_POOLED) };
                (Connection::Postgres(Lease::new(pool.acquire().await.map_err(refused)?)), begin, *direct)
            }
            Pools::MySql { pool } => {
                (Connection::MySql(Lease::new(pool.acquire().await.map_err(refused)?)), begin, true)
            }
        };
        Session::begin(connection, mode, begin, prepares).await
    }

    /// Notes that a connection was lost: others may be too.
    pub(crate) fn note_lost(&self) {
        self.lost.note();
    }
}

pub(crate) fn sqlite_options(options: &SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .clone()
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(LOCK)
        .create_if_missing(false)
}

/// Behind a pooler a prepared statement may be somewhere else the next time.
pub(crate) fn postgres_options(options: &PgConnectOptions, direct: bool) -> PgConnectOptions {
    // No float is ever read, and some poolers refuse who asks for their digits.
    let options = options.clone().extra_float_digits(None);
    if direct { options } else { options.statement_cache_capacity(0) }
}

/// Connections that are asked whether they work where that is in doubt: a round trip for each use would cost too much.
fn tested<D: Driver>(pool: PoolOptions<D>, connections: u32, lost: &Lost) -> PoolOptions<D> {
    let lost = lost.clone();
    pool.max_connections(connections).acquire_timeout(ACQUIRE).test_before_acquire(false).before_acquire(
        move |connection, about| {
            let in_doubt = lost.in_doubt(about.idle_for);
            Box::pin(async move {
                if in_doubt {
                    sqlx::Connection::ping(connection).await?;
                }
                Ok(true)
            })
        },
    )
}

/// Connects once, so that what is wrong is told: a pool tries until its time is over, and tells only that.
pub(crate) async fn open_once<O: ConnectOptions<Connection: Sized>>(
    dialect: Dialect,
    options: &O,
) -> Result<O::Connection, Error> {
    let connected = tokio::time::timeout(ACQUIRE, options.connect()).await.map_err(|_| too_slow())?;
    connected.map_err(|error| describe(dialect, &error))
}

async fn once<O: ConnectOptions<Connection: Sized>>(dialect: Dialect, options: &O) -> Result<(), Error> {
    // Whether it can be closed properly does not matter.
    let _ = open_once(dialect, options).await?.close().await;
    Ok(())
}

/// The version of a server of MySQL or MariaDB.
#[derive(Debug, PartialEq, Eq)]
struct Version {
    is_mariadb: bool,
    number: (u32, u32),
}

impl Version {
    /// Reads `8.0.36-log` or `10.11.6-MariaDB-1`, also with the `5.5.5-` that some servers of MariaDB put before it.
    fn read(text: &str) -> Self {
        let is_mariadb = text.to_ascii_lowercase().contains("mariadb");
        let text = if is_mariadb { text.strip_prefix("5.5.5-").unwrap_or(text) } else { text };
        let mut numbers =
            text.split(|sign: char| !sign.is_ascii_digit()).map(|number| number.parse().unwrap_or(0));
        Version { is_mariadb, number: (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) }
    }

    fn skips_locked(&self) -> bool {
        self.number >= if self.is_mariadb { (10, 6) } else { (8, 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::durability;
    use crate::migration::make_file;
    use crate::session::{Kind, Statement, Value};

    #[tokio::test]
    async fn every_connection_of_sqlite_flushes_and_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("payments.db");
        make_file(&path).unwrap();
        // What the URL says of it does not count.
        let url = format!("sqlite://{}?mode=rw", path.display());
        let database = Database::open(&Settings::new(&url).unwrap(), false).await.unwrap();
        durability::check(&database).await.unwrap();
        for mode in [Mode::Read, Mode::Alone] {
            let mut session = database.session(mode).await.unwrap();
            let text =
                "SELECT s.synchronous, b.timeout FROM pragma_synchronous AS s, pragma_busy_timeout AS b";
            let statement = Statement { text: text.into(), keep: false };
            let rows = session.rows(&statement, Vec::new(), &[Kind::Int, Kind::Int]).await.unwrap();
            session.commit().await.unwrap();
            let full_and_five_seconds = matches!(
                rows.first().map(Vec::as_slice),
                Some([Value::Int(Some(2)), Value::Int(Some(5_000))])
            );
            assert!(full_and_five_seconds);
        }
        assert_eq!(Dialect::Sqlite.begin(), "BEGIN IMMEDIATE");
    }

    #[test]
    fn who_skips_what_is_locked_is_known_by_the_version() {
        for (text, is_mariadb, skips) in [
            ("8.0.36", false, true),
            ("8.4.0-log", false, true),
            ("5.7.44-log", false, false),
            ("10.11.19-MariaDB-0+deb12u1", true, true),
            ("10.5.23-MariaDB", true, false),
            ("5.5.5-10.6.12-MariaDB-log", true, true),
            ("11.4.2-MariaDB", true, true),
        ] {
            let version = Version::read(text);
            assert_eq!((version.is_mariadb, version.skips_locked()), (is_mariadb, skips), "{text}");
        }
    }
}
