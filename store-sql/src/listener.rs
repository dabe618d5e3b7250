//! Being told by PostgreSQL of records that other processes saved.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::store::{StoreError, check_id};
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::runtime::Handle;
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};
use tokio::task::JoinHandle;

use crate::database::{open_once, postgres_options};
use crate::dialect::Dialect;
use crate::failure::{Failure, Stage};

/// How long a message to ourselves takes at most. It is waited for in full only behind a pooler.
const PROBE: Duration = Duration::from_secs(1);
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
        let dialect = Dialect::Postgres;
        let failed = |error| Failure::Database(error, Stage::Before).into_error(dialect);
        let options = postgres_options(options, false);
        let mut other = open_once(dialect, &options).await?;
        let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
        let mut listener = PgListener::connect_with(&pool).await.map_err(failed)?;
        listener.listen(channel).await.map_err(failed)?;
        // No id has a blank.
        let probe = format!("probe {:016x}", RandomState::new().hash_one(channel));
        let notify = format!("SELECT pg_notify('{channel}', '{probe}')");
        sqlx::raw_sql(sqlx::AssertSqlSafe(notify)).execute(&mut other).await.map_err(failed)?;
        let _ = other.close().await;
        let heard = tokio::time::timeout(PROBE, async {
            loop {
                match listener.recv().await {
                    Ok(message) if message.payload() == probe => return true,
                    Ok(_) => {}
                    Err(_) => return false,
                }
            }
        });
        if !heard.await.unwrap_or(false) {
            return Ok(None);
        }
        let (ids, _) = broadcast::channel(WAITING);
        let task = runtime.spawn(listen(listener, ids.clone()));
        Ok(Some(Listener { ids, task }))
    }

    /// Somebody who is told from now on.
    pub(crate) fn subscribe(&self) -> Receiver<String> {
        self.ids.subscribe()
    }
}

async fn listen(mut listener: PgListener, ids: Sender<String>) {
    loop {
        match listener.try_recv().await {
            Ok(Some(message)) if check_id(message.payload()).is_ok() => {
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
