//! Being told by PostgreSQL of records that other processes saved.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::store::{StoreError, check_id};
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, PgPool, Row as _};
use tokio::runtime::Handle;
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};
use tokio::task::JoinHandle;

use crate::database::{ACQUIRE, open_once, postgres_options};
use crate::dialect::Dialect;
use crate::failure::{Failure, Stage};

/// How long a message to ourselves takes at most. It is waited for in full only behind a pooler.
const PROBE: Duration = Duration::from_secs(2);
/// How often two sessions are compared. A busy pooler gives a session the same connection several times in a row by chance.
const ROUNDS: u32 = 16;
/// How long it takes until a lost connection is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// How many ids wait for somebody who is slow; older ones are missed.
const WAITING: usize = 4_096;

/// A connection that listens. It ends with the store.
pub(crate) struct Listener {
    ids: Sender<String>,
    task: JoinHandle<()>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Listener {
    /// Listens; none if no message arrives, as behind a pooler that gives a session another connection of the server
    /// for each transaction.
    pub(crate) async fn start(
        options: &PgConnectOptions,
        channel: &str,
        runtime: &Handle,
    ) -> Result<Option<Self>, Error> {
        let options = postgres_options(options, false);
        // What is wrong is told by these, so that what fails later is the pooler's.
        let mut one = open_once(Dialect::Postgres, &options).await?;
        let mut other = open_once(Dialect::Postgres, &options).await?;
        let moves = tokio::time::timeout(PROBE, moves(&mut one, &mut other)).await;
        let (_, _) = (one.close().await, other.close().await);
        if !matches!(moves, Ok(Ok(false))) {
            return Ok(None);
        }
        let pool =
            PgPoolOptions::new().max_connections(2).acquire_timeout(ACQUIRE).connect_lazy_with(options);
        let Ok(mut listener) = PgListener::connect_with(&pool).await else { return Ok(None) };
        if !hears(&pool, &mut listener).await.unwrap_or(false) {
            return Ok(None);
        }
        let failed = |error| Failure::Database(error, Stage::Before).into_error(Dialect::Postgres);
        listener.listen(channel).await.map_err(failed)?;
        let (ids, _) = broadcast::channel(WAITING);
        let task = runtime.spawn(listen(listener, channel.to_owned(), ids.clone()));
        Ok(Some(Listener { ids, task }))
    }

    /// Somebody who is told from now on.
    pub(crate) fn subscribe(&self) -> Receiver<String> {
        self.ids.subscribe()
    }
}

/// Whether a session is given another connection of the server for each transaction: then two sessions meet on one, or a
/// session changes it.
async fn moves(one: &mut PgConnection, other: &mut PgConnection) -> Result<bool, sqlx::Error> {
    for _ in 0..ROUNDS {
        let before = server_process(one).await?;
        other.execute("BEGIN").await?;
        if server_process(other).await? == before {
            return Ok(true);
        }
        let now = server_process(one).await?;
        other.execute("ROLLBACK").await?;
        if now != before {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whom the server started for this connection.
async fn server_process(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    sqlx::raw_sql("SELECT pg_backend_pid()").fetch_one(connection).await?.try_get(0)
}

/// Whether a message that is sent by another connection arrives.
///
/// A busy pooler may not show itself before. Behind it the server's connection goes on listening after it was given to
/// somebody else, who can be confused by messages that were not asked for; so this is tried on a channel that nobody
/// uses again.
async fn hears(pool: &PgPool, listener: &mut PgListener) -> Result<bool, sqlx::Error> {
    let probe = format!("alipay_probe_{:016x}", RandomState::new().hash_one(0));
    listener.listen(&probe).await?;
    // It may be given the connection of the server that listens: then it is told itself, which a plain connection takes
    // as an error.
    let mut other = PgListener::connect_with(pool).await?;
    let notify = format!("SELECT pg_notify('{probe}', '')");
    sqlx::raw_sql(AssertSqlSafe(notify)).execute(&mut other).await?;
    let misled = other.next_buffered().is_some();
    let heard = !misled
        && tokio::time::timeout(PROBE, async {
            while listener.recv().await?.channel() != probe {}
            Ok::<_, sqlx::Error>(())
        })
        .await
        .is_ok_and(|heard| heard.is_ok());
    listener.unlisten(&probe).await?;
    Ok(heard)
}

async fn listen(mut listener: PgListener, channel: String, ids: Sender<String>) {
    loop {
        match listener.try_recv().await {
            Ok(Some(message)) if message.channel() == channel && check_id(message.payload()).is_ok() => {
                // Nobody has to listen.
                let _ = ids.send(message.payload().to_owned());
            }
            // The connection was lost and is there again.
            Ok(_) => {}
            Err(_) => tokio::time::sleep(AGAIN).await,
        }
    }
}

/// Waits for ids, and gives each once. None of them means that some were missed.
pub(crate) async fn next(ids: &mut Receiver<String>) -> Result<Vec<String>, StoreError> {
    let mut found = BTreeSet::new();
    match ids.recv().await {
        Ok(id) => found.insert(id),
        Err(RecvError::Lagged(_)) => return Ok(Vec::new()),
        Err(RecvError::Closed) => {
            let error = Error::new(ErrorCode::StoreFailed, "the store was closed");
            return Err(StoreError::NotWritten(error));
        }
    };
    while let Ok(id) = ids.try_recv() {
        found.insert(id);
    }
    Ok(found.into_iter().collect())
}
