//! One connection for the length of one operation.

use std::sync::Arc;

use alipay_instore::Timestamp;
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Executor as _, MySql, Postgres, Row as _, Sqlite};

use crate::dialect::Dialect;
use crate::failure::{Failure, Stage};

/// What is bound and read: nothing else is ever stored.
#[derive(Clone)]
pub(crate) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
}

impl Value {
    pub(crate) fn int(value: i64) -> Self {
        Value::Int(Some(value))
    }

    /// As the milliseconds since the start of 1970.
    pub(crate) fn time(time: Timestamp) -> Self {
        Value::int(time.as_millis())
    }

    pub(crate) fn maybe_time(time: Option<Timestamp>) -> Self {
        Value::Int(time.map(Timestamp::as_millis))
    }

    pub(crate) fn text(value: &str) -> Self {
        Value::Text(Some(value.to_owned()))
    }
}

/// Of which kind a column is read.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Int,
    Text,
}

/// A statement as the database takes it.
#[derive(Clone)]
pub(crate) struct Statement {
    pub(crate) text: Arc<str>,
    /// One of a fixed number, which the connection may keep prepared.
    pub(crate) keep: bool,
}

/// What an operation does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Reads.
    Read,
    /// Writes by one statement, which is a transaction of its own.
    Alone,
    /// Writes by several statements.
    Together,
}

/// A connection of the pool.
pub(crate) enum Connection {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
    MySql(PoolConnection<MySql>),
}

/// One connection for the length of one operation. If the operation does not come to its end, the connection is closed
/// instead of being used again: whatever it was doing is undone.
pub(crate) struct Session {
    connection: Connection,
    mode: Mode,
    /// A transaction is open.
    open: bool,
    /// Statements may stay prepared.
    prepares: bool,
    clean: bool,
}

macro_rules! bound {
    ($driver:ty, $statement:expr, $values:expr, $keep:expr) => {{
        let text = AssertSqlSafe(Arc::clone(&$statement.text));
        let mut query = sqlx::query::<$driver>(text).persistent($keep);
        for value in $values {
            query = match value {
                Value::Int(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
            };
        }
        query
    }};
}

macro_rules! read {
    ($rows:expr, $kinds:expr) => {{
        let mut read = Vec::new();
        for row in $rows {
            let mut values = Vec::with_capacity($kinds.len());
            for (at, kind) in $kinds.iter().enumerate() {
                values.push(match kind {
                    Kind::Int => Value::Int(row.try_get_unchecked(at)?),
                    Kind::Text => Value::Text(row.try_get_unchecked(at)?),
                });
            }
            read.push(values);
        }
        Ok::<_, sqlx::Error>(read)
    }};
}

impl Session {
    /// Begins. With `begin` a transaction is opened by this statement.
    pub(crate) async fn begin(
        connection: Connection,
        mode: Mode,
        begin: Option<&'static str>,
        prepares: bool,
    ) -> Result<Self, Failure> {
        let mut session = Session { connection, mode, open: false, prepares, clean: false };
        if let Some(begin) = begin {
            session.say(begin, Stage::Before).await?;
            session.open = true;
        }
        Ok(session)
    }

    fn stage(&self) -> Stage {
        if self.open || self.mode == Mode::Read { Stage::Before } else { Stage::Commit }
    }

    /// Carries out a statement, and tells how many rows it met.
    pub(crate) async fn execute(
        &mut self,
        statement: &Statement,
        values: Vec<Value>,
    ) -> Result<u64, Failure> {
        let (stage, keep) = (self.stage(), self.prepares && statement.keep);
        let done = match &mut self.connection {
            Connection::Sqlite(one) => bound!(Sqlite, statement, values, keep)
                .execute(&mut **one)
                .await
                .map(|done| done.rows_affected()),
            Connection::Postgres(one) => bound!(Postgres, statement, values, keep)
                .execute(&mut **one)
                .await
                .map(|done| done.rows_affected()),
            Connection::MySql(one) => bound!(MySql, statement, values, keep)
                .execute(&mut **one)
                .await
                .map(|done| done.rows_affected()),
        };
        done.map_err(|error| Failure::Database(error, stage))
    }

    /// Reads rows.
    pub(crate) async fn rows(
        &mut self,
        statement: &Statement,
        values: Vec<Value>,
        kinds: &[Kind],
    ) -> Result<Vec<Vec<Value>>, Failure> {
        let keep = self.prepares && statement.keep;
        let rows = match &mut self.connection {
            Connection::Sqlite(one) => {
                let rows = bound!(Sqlite, statement, values, keep).fetch_all(&mut **one).await;
                rows.and_then(|rows| read!(rows, kinds))
            }
            Connection::Postgres(one) => {
                let rows = bound!(Postgres, statement, values, keep).fetch_all(&mut **one).await;
                rows.and_then(|rows| read!(rows, kinds))
            }
            Connection::MySql(one) => {
                let rows = bound!(MySql, statement, values, keep).fetch_all(&mut **one).await;
                rows.and_then(|rows| read!(rows, kinds))
            }
        };
        rows.map_err(|error| Failure::Database(error, Stage::Before))
    }

    /// Carries out statements without arguments, such as those that make tables.
    pub(crate) async fn script(&mut self, text: &str) -> Result<(), Failure> {
        let text = AssertSqlSafe(text.to_owned());
        let done = match &mut self.connection {
            Connection::Sqlite(one) => sqlx::raw_sql(text).execute(&mut **one).await.map(|_| ()),
            Connection::Postgres(one) => sqlx::raw_sql(text).execute(&mut **one).await.map(|_| ()),
            Connection::MySql(one) => sqlx::raw_sql(text).execute(&mut **one).await.map(|_| ()),
        };
        done.map_err(|error| Failure::Database(error, Stage::Before))
    }

    /// Begins or ends a transaction. One that stays open by mistake ends with its connection.
    async fn say(&mut self, statement: &'static str, stage: Stage) -> Result<(), Failure> {
        let said = match &mut self.connection {
            Connection::Sqlite(one) => one.execute(statement).await.map(|_| ()),
            Connection::Postgres(one) => one.execute(statement).await.map(|_| ()),
            Connection::MySql(one) => one.execute(statement).await.map(|_| ()),
        };
        said.map_err(|error| Failure::Database(error, stage))
    }

    /// Commits what is open.
    pub(crate) async fn commit(mut self) -> Result<(), Failure> {
        if self.open {
            self.say("COMMIT", Stage::Commit).await?;
        }
        self.clean = true;
        Ok(())
    }

    /// Undoes what is open. Nothing stays written, also if this fails.
    pub(crate) async fn roll_back(mut self) {
        let undone = if self.open { self.say("ROLLBACK", Stage::Before).await } else { Ok(()) };
        self.clean = undone.is_ok();
    }

    /// Which database it is.
    pub(crate) fn dialect(&self) -> Dialect {
        match &self.connection {
            Connection::Sqlite(_) => Dialect::Sqlite,
            Connection::Postgres(_) => Dialect::Postgres,
            Connection::MySql(_) => Dialect::MySql,
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.clean {
            return;
        }
        match &mut self.connection {
            Connection::Sqlite(one) => one.close_on_drop(),
            Connection::Postgres(one) => one.close_on_drop(),
            Connection::MySql(one) => one.close_on_drop(),
        }
    }
}
