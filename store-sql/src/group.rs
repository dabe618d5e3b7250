//! Group commit for SQLite, which has one writer at a time. A flush of the disk costs more than everything else that a
//! write does. So writers that would wait for each other share a transaction and its flush: the first begins it, those
//! that came meanwhile write one after the other, and each is told once the commit is done.

use std::mem;
use std::sync::Arc;

use alipay_instore::store::StoreError;
use sqlx::{Executor as _, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};
use tokio::time::timeout;

use crate::database::QUEUE;
use crate::dialect::Dialect;
use crate::failure::{Failure, Stage, cut_short};
use crate::lease::Lease;

type Committed = Result<(), Failure>;

/// The writers of one process.
pub(crate) struct Group {
    /// One connection.
    pool: SqlitePool,
    batch: Arc<Mutex<Batch>>,
}

/// What is committed together. Who holds its lock has the turn; turns are in the order of asking.
#[derive(Default)]
struct Batch {
    /// The connection, while its transaction is open.
    open: Option<Lease<Sqlite>>,
    /// Those that have written, and wait for the commit.
    written: Vec<oneshot::Sender<Committed>>,
}

/// The lock of the batch. Whoever lets go of it without an open transaction has undone what others wrote in it.
struct Hold(OwnedMutexGuard<Batch>);

/// One writer's turn. If it is neither finished nor left, how much it wrote is not known: the transaction is undone,
/// and the others begin again.
pub(crate) struct Turn {
    // Closed before others are told.
    connection: Lease<Sqlite>,
    hold: Hold,
}

impl Group {
    pub(crate) fn new(pool: SqlitePool) -> Self {
        Group { pool, batch: Arc::default() }
    }

    /// Waits for the turn, and begins the transaction if none is open.
    pub(crate) async fn turn(&self) -> Result<Turn, Failure> {
        let refused = |error| Failure::Database(error, Stage::Before);
        let waited = timeout(QUEUE, Arc::clone(&self.batch).lock_owned()).await;
        let mut hold = Hold(waited.map_err(|_| refused(sqlx::Error::PoolTimedOut))?);
        if let Some(connection) = hold.0.open.take() {
            return Ok(Turn { connection, hold });
        }
        let mut connection = Lease::new(self.pool.acquire().await.map_err(refused)?);
        connection.connection().execute(Dialect::Sqlite.begin()).await.map_err(refused)?;
        // Behind those that wait already. A task of its own, since a writer may be given up at any time.
        tokio::spawn(commit(Arc::clone(&self.batch)));
        Ok(Turn { connection, hold })
    }
}

impl Turn {
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        self.connection.connection()
    }

    /// Waits until what was written is committed.
    pub(crate) async fn finish(self) -> Committed {
        let (tell, told) = oneshot::channel();
        let Turn { connection, mut hold } = self;
        hold.0.written.push(tell);
        hold.0.open = Some(connection);
        drop(hold);
        told.await.unwrap_or_else(|_| Err(StoreError::MaybeWritten(cut_short()).into()))
    }

    /// Leaves the transaction to the others. Nothing was written, or it was taken back.
    pub(crate) fn leave(self) {
        let Turn { connection, mut hold } = self;
        hold.0.open = Some(connection);
    }
}

/// Commits what is open, and tells those that wrote it.
async fn commit(batch: Arc<Mutex<Batch>>) {
    let mut hold = Hold(batch.lock_owned().await);
    let Some(mut connection) = hold.0.open.take() else { return };
    let failed = match connection.connection().execute("COMMIT").await {
        Ok(_) => {
            connection.end();
            None
        }
        Err(error) => Some(Failure::Database(error, Stage::Commit).store_error(Dialect::Sqlite)),
    };
    for tell in mem::take(&mut hold.0.written) {
        // Who was given up does not listen.
        let _ = tell.send(failed.clone().map_or(Ok(()), |failed| Err(failed.into())));
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if self.0.open.is_none() {
            for tell in mem::take(&mut self.0.written) {
                let _ = tell.send(Err(Failure::Undone));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future as _;
    use std::task::Poll;
    use std::time::Duration;

    use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

    use super::*;
    use crate::database::sqlite_options;
    use crate::migration::make_file;

    struct Numbers {
        folder: tempfile::TempDir,
        group: Group,
    }

    fn pool(path: &std::path::Path) -> SqlitePool {
        let options = sqlite_options(&SqliteConnectOptions::new().filename(path));
        SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options)
    }

    impl Numbers {
        async fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("numbers.db");
            make_file(&path).unwrap();
            let numbers = Numbers { group: Group::new(pool(&path)), folder };
            let mut turn = numbers.group.turn().await.unwrap();
            turn.connection().execute("CREATE TABLE numbers (number BIGINT PRIMARY KEY)").await.unwrap();
            turn.finish().await.unwrap();
            numbers
        }

        /// What another connection sees.
        async fn committed(&self) -> Vec<i64> {
            let other = pool(&self.folder.path().join("numbers.db"));
            sqlx::query_scalar("SELECT number FROM numbers ORDER BY number").fetch_all(&other).await.unwrap()
        }

        async fn written(&self, statement: &'static str) -> Turn {
            let mut turn = self.group.turn().await.unwrap();
            turn.connection().execute(statement).await.unwrap();
            turn
        }

        /// Has the turn, and lets go of it once the others wait.
        async fn holds_up(&self) {
            let turn = self.group.turn().await.unwrap();
            tokio::time::sleep(Duration::from_millis(50)).await;
            turn.leave();
        }
    }

    #[tokio::test]
    async fn writers_that_wait_share_a_commit() {
        let numbers = Numbers::new().await;
        let first = async { numbers.written("INSERT INTO numbers VALUES (1)").await.finish().await };
        let second = async {
            let turn = numbers.written("INSERT INTO numbers VALUES (2)").await;
            assert_eq!(numbers.committed().await, [0_i64; 0], "the first one was flushed by itself");
            turn.finish().await
        };
        let ((), first, second) = tokio::join!(numbers.holds_up(), first, second);
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(numbers.committed().await, [1, 2]);
    }

    #[tokio::test]
    async fn who_is_given_up_takes_the_others_back_and_they_are_told() {
        let numbers = Numbers::new().await;
        let first = async { numbers.written("INSERT INTO numbers VALUES (1)").await.finish().await };
        let second = async {
            // Cut short in the middle of what it does.
            drop(numbers.written("INSERT INTO numbers VALUES (2)").await);
        };
        let ((), first, ()) = tokio::join!(numbers.holds_up(), first, second);
        let failure = first.unwrap_err();
        assert!(matches!(failure, Failure::Undone) && failure.may_be_repeated(Dialect::Sqlite));
        assert!(matches!(failure.store_error(Dialect::Sqlite), StoreError::NotWritten(_)));
        assert_eq!(numbers.committed().await, [0_i64; 0]);
        numbers.written("INSERT INTO numbers VALUES (3)").await.finish().await.unwrap();
        assert_eq!(numbers.committed().await, [3]);
    }

    #[tokio::test]
    async fn who_leaves_takes_nothing_back() {
        let numbers = Numbers::new().await;
        let first = async { numbers.written("INSERT INTO numbers VALUES (1)").await.finish().await };
        let second = async { numbers.group.turn().await.unwrap().leave() };
        let ((), first, ()) = tokio::join!(numbers.holds_up(), first, second);
        first.unwrap();
        assert_eq!(numbers.committed().await, [1]);
        // Nobody wrote anything, and the transaction ends all the same.
        numbers.group.turn().await.unwrap().leave();
        tokio::time::sleep(Duration::from_millis(1)).await;
        numbers.written("INSERT INTO numbers VALUES (2)").await.finish().await.unwrap();
        assert_eq!(numbers.committed().await, [1, 2]);
    }

    #[tokio::test]
    async fn a_writer_that_nobody_waits_for_is_committed_with_the_others() {
        let numbers = Numbers::new().await;
        let turn = numbers.written("INSERT INTO numbers VALUES (1)").await;
        let mut finish = Box::pin(turn.finish());
        // It waits, and then it is given up.
        let waits = std::future::poll_fn(|context| Poll::Ready(finish.as_mut().poll(context).is_pending()));
        assert!(waits.await);
        drop(finish);
        numbers.written("INSERT INTO numbers VALUES (2)").await.finish().await.unwrap();
        assert_eq!(numbers.committed().await, [1, 2]);
    }
}
