//! Writes to PostgreSQL that share a statement. A statement costs the client and the server as much as a payment does
//! otherwise. So what is to be written while a statement is under way waits for it, and is written by the next one
//! together: one statement, one transaction, one flush.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alipay_instore::store::StoreError;
use sqlx::{AssertSqlSafe, PgPool, Row as _};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::database::{Lost, PATIENCE};
use crate::dialect::Dialect;
use crate::failure::{Failure, Stage, cut_short, too_slow};
use crate::lease::Lease;
use crate::session::{Kind, Value};

/// How many statements of one kind are under way at most.
const AT_ONCE: usize = 4;
/// How many bytes the values of one statement have at most, unless it is one row: they are to fit into one record of TLS. The
/// driver sends each record by itself and leaves Nagle's algorithm on, so the second one would wait for the server's delayed
/// acknowledgement, some 40 ms.
const MOST: usize = 15 << 10;

/// A statement that writes rows, and gives the ids of those that it has written.
pub(crate) struct ManyRows {
    pub(crate) text: Arc<str>,
    /// What each row has. The first is its id.
    pub(crate) kinds: Vec<Kind>,
}

/// Whether the row was written.
type Written = Result<bool, Failure>;

struct Waiting {
    values: Vec<Value>,
    tell: oneshot::Sender<Written>,
}

impl Waiting {
    fn id(&self) -> &str {
        text(&self.values, 0).unwrap_or_default()
    }

    /// How many bytes it adds to a statement, with the length of each value.
    fn size(&self) -> usize {
        let sizes = self.values.iter().map(|value| match value {
            Value::Text(Some(text)) => text.len() + 4,
            Value::Int(Some(_)) => 12,
            Value::Text(None) | Value::Int(None) => 4,
        });
        sizes.sum()
    }

    fn told(self, written: Written) {
        // Who was given up does not listen.
        let _ = self.tell.send(written);
    }
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    /// How many statements are under way.
    running: usize,
}

impl Queue {
    /// What the next statement writes: nothing for which nobody waits any more, and no row twice.
    fn next(&mut self) -> Vec<Waiting> {
        let (mut rows, mut later) = (Vec::new(), VecDeque::new());
        let (mut ids, mut room) = (HashSet::new(), MOST);
        while let Some(row) = self.waiting.pop_front() {
            if row.tell.is_closed() {
                continue;
            }
            let size = row.size();
            if !rows.is_empty() && size > room {
                self.waiting.push_front(row);
                break;
            }
            if ids.insert(row.id().to_owned()) {
                room = room.saturating_sub(size);
                rows.push(row);
            } else {
                later.push_back(row);
            }
        }
        later.append(&mut self.waiting);
        self.waiting = later;
        rows
    }
}

/// The writes of one process by one statement.
pub(crate) struct Batches {
    pool: PgPool,
    lost: Lost,
    statement: ManyRows,
    queue: Mutex<Queue>,
}

/// One that writes what waits, until nothing does.
struct Writer {
    batches: Arc<Batches>,
    /// It counts as under way.
    counts: bool,
}

impl Batches {
    pub(crate) fn new(pool: PgPool, lost: Lost, statement: ManyRows) -> Arc<Self> {
        Arc::new(Batches { pool, lost, statement, queue: Mutex::default() })
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a row; tells whether it did.
    pub(crate) async fn write(self: &Arc<Self>, values: Vec<Value>) -> Written {
        let (tell, told) = oneshot::channel();
        let writer = {
            let mut queue = self.queue();
            queue.waiting.push_back(Waiting { values, tell });
            (queue.running < AT_ONCE).then(|| {
                queue.running += 1;
                Writer { batches: Arc::clone(self), counts: true }
            })
        };
        if let Some(writer) = writer {
            // A task of its own, since who waits may be given up at any time.
            tokio::spawn(writer.run());
        }
        told.await.unwrap_or_else(|_| Err(StoreError::MaybeWritten(cut_short()).into()))
    }

    /// Writes these rows; gives the ids of those that were written.
    async fn execute(&self, rows: &[Waiting]) -> Result<HashSet<String>, Failure> {
        let connection = self.pool.acquire().await;
        let mut lease = Lease::new(connection.map_err(|error| Failure::Database(error, Stage::Before))?);
        let mut query = sqlx::query(AssertSqlSafe(Arc::clone(&self.statement.text)));
        for (at, kind) in self.statement.kinds.iter().enumerate() {
            query = match kind {
                Kind::Int => query.bind(rows.iter().map(|row| int(&row.values, at)).collect::<Vec<_>>()),
                Kind::Text => query.bind(rows.iter().map(|row| text(&row.values, at)).collect::<Vec<_>>()),
            };
        }
        let written = query.fetch_all(lease.connection()).await;
        let ids = written.and_then(|rows| rows.iter().map(|row| row.try_get(0)).collect());
        let ids = ids.map_err(|error| Failure::Database(error, Stage::Commit))?;
        lease.end();
        Ok(ids)
    }

    async fn execute_in_time(&self, rows: &[Waiting]) -> Result<HashSet<String>, Failure> {
        // The connection of one that is cut short is closed.
        let executed = timeout(PATIENCE, self.execute(rows)).await;
        let executed = executed.unwrap_or_else(|_| Err(StoreError::MaybeWritten(too_slow()).into()));
        executed.inspect_err(|failure| {
            if failure.lost_connection(Dialect::Postgres) {
                self.lost.note();
            }
        })
    }

    async fn write_together(&self, rows: Vec<Waiting>) {
        let failure = match self.execute_in_time(&rows).await {
            Ok(ids) => {
                for row in rows {
                    let written = ids.contains(row.id());
                    row.told(Ok(written));
                }
                return;
            }
            Err(failure) => failure,
        };
        if rows.len() > 1 && failure.is_refused(Dialect::Postgres) {
            // One row that the database refuses takes nothing from the others.
            for row in rows.into_iter().filter(|row| !row.tell.is_closed()) {
                let alone = std::slice::from_ref(&row);
                let written = self.execute_in_time(alone).await.map(|ids| ids.contains(row.id()));
                row.told(written);
            }
            return;
        }
        let mut rows = rows.into_iter();
        let first = rows.next();
        let told = failure.store_error(Dialect::Postgres);
        for row in rows {
            row.told(Err(told.clone().into()));
        }
        if let Some(first) = first {
            first.told(Err(failure));
        }
    }
}

impl Writer {
    async fn run(mut self) {
        while let Some(rows) = self.next() {
            self.batches.write_together(rows).await;
        }
    }

    fn next(&mut self) -> Option<Vec<Waiting>> {
        let mut queue = self.batches.queue();
        let rows = queue.next();
        if rows.is_empty() {
            // With the look at the queue, so that nothing is left behind that comes now.
            queue.running = queue.running.saturating_sub(1);
            self.counts = false;
            return None;
        }
        Some(rows)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.counts {
            let mut queue = self.batches.queue();
            queue.running = queue.running.saturating_sub(1);
        }
    }
}

fn int(values: &[Value], at: usize) -> Option<i64> {
    match values.get(at) {
        Some(Value::Int(value)) => *value,
        _ => None,
    }
}

fn text(values: &[Value], at: usize) -> Option<&str> {
    match values.get(at) {
        Some(Value::Text(value)) => value.as_deref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = Vec<oneshot::Receiver<Written>>;

    fn queue(ids: impl IntoIterator<Item = String>) -> (Queue, Told) {
        let mut queue = Queue::default();
        let mut told = Vec::new();
        for id in ids {
            let (tell, tells) = oneshot::channel();
            queue.waiting.push_back(Waiting { values: vec![Value::text(&id)], tell });
            told.push(tells);
        }
        (queue, told)
    }

    fn ids(rows: &[Waiting]) -> Vec<&str> {
        rows.iter().map(Waiting::id).collect()
    }

    #[test]
    fn no_row_is_written_twice_by_one_statement() {
        let (mut queue, _told) = queue(["a", "b", "a", "c", "a", "b"].map(str::to_owned));
        assert_eq!(ids(&queue.next()), ["a", "b", "c"]);
        assert_eq!(ids(&queue.next()), ["a", "b"]);
        assert_eq!(ids(&queue.next()), ["a"]);
        assert!(queue.next().is_empty());
    }

    #[test]
    fn who_was_given_up_is_not_written() {
        let (mut queue, mut told) = queue(["a", "b", "c"].map(str::to_owned));
        drop(told.remove(1));
        assert_eq!(ids(&queue.next()), ["a", "c"]);
    }

    #[test]
    fn a_statement_has_so_many_bytes() {
        let id = |number: usize| format!("{number}{}", "x".repeat(MOST / 4));
        let (mut queue, _told) = queue([id(1), id(2), id(3), id(4), "y".repeat(2 * MOST), id(5)]);
        let sizes = [(); 5].map(|()| queue.next().len());
        assert_eq!(sizes, [3, 1, 1, 1, 0]);
    }
}
