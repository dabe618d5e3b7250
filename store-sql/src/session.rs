//! One connection for the length of one operation.

use std::sync::Arc;

use alipay_instore::Timestamp;
use sqlx::{AssertSqlSafe, Executor as _, MySql, Postgres, Row as _, Sqlite, SqliteConnection};

use crate::dialect::Dialect;
use crate::failure::{Failure, Stage};
use crate::group::Turn;
use crate::lease::Lease;

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

/// What an operation has of the pool.
pub(crate) enum Connection {
    Sqlite(SqliteLease),
    Postgres(Lease<Postgres>),
    MySql(Lease<MySql>),
}

/// A connection to SQLite.
pub(crate) enum SqliteLease {
    Own(Lease<Sqlite>),
    /// That which writes, in a transaction with others.
    Shared(Turn),
}

impl SqliteLease {
    fn connection(&mut self) -> &mut SqliteConnection {
        match self {
            SqliteLease::Own(lease) => lease.connection(),
            SqliteLease::Shared(turn) => turn.connection(),
        }
    }
}

/// One connection for the length of one operation. If the operation does not come to its end, the connection is closed
/// instead of being used again, see [`Lease`]: whatever it was doing is undone.
pub(crate) struct Session {
    connection: Connection,
    mode: Mode,
    /// A transaction, or a part of one, was begun by a statement, and is ended by one.
    began: bool,
    /// Statements may stay prepared.
    prepares: bool,
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
    /// Begins. With `begin` a transaction, or a part of one, is opened by this statement.
    pub(crate) async fn begin(
        connection: Connection,
        mode: Mode,
        begin: Option<&'static str>,
        prepares: bool,
    ) -> Result<Self, Failure> {
        let mut session = Session { connection, mode, began: false, prepares };
        if let Some(begin) = begin {
            session.say(begin, Stage::Before).await?;
            session.began = true;
        }
        Ok(session)
    }

    /// Whether it writes in a transaction with others.
    fn shares(&self) -> bool {
        matches!(self.connection, Connection::Sqlite(SqliteLease::Shared(_)))
    }

    fn stage(&self) -> Stage {
        let commits = self.mode == Mode::Alone && !self.began && !self.shares();
        if commits { Stage::Commit } else { Stage::Before }
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
                .execute(one.connection())
                .await
                .map(|done| done.rows_affected()),
            Connection::Postgres(one) => bound!(Postgres, statement, values, keep)
                .execute(one.connection())
                .await
                .map(|done| done.rows_affected()),
            Connection::MySql(one) => bound!(MySql, statement, values, keep)
                .execute(one.connection())
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
                let rows = bound!(Sqlite, statement, values, keep).fetch_all(one.connection()).await;
                rows.and_then(|rows| read!(rows, kinds))
            }
            Connection::Postgres(one) => {
                let rows = bound!(Postgres, statement, values, keep).fetch_all(one.connection()).await;
                rows.and_then(|rows| read!(rows, kinds))
            }
            Connection::MySql(one) => {
                let rows = bound!(MySql, statement, values, keep).fetch_all(one.connection()).await;
                rows.and_then(|rows| read!(rows, kinds))
            }
        };
        rows.map_err(|error| Failure::Database(error, Stage::Before))
    }

    /// Carries out statements without arguments, such as those that make tables.
    pub(crate) async fn script(&mut self, text: &str) -> Result<(), Failure> {
        let text = AssertSqlSafe(text.to_owned());
        let done = match &mut self.connection {
            Connection::Sqlite(one) => sqlx::raw_sql(text).execute(one.connection()).await.map(|_| ()),
            Connection::Postgres(one) => sqlx::raw_sql(text).execute(one.connection()).await.map(|_| ()),
            Connection::MySql(one) => sqlx::raw_sql(text).execute(one.connection()).await.map(|_| ()),
        };
        done.map_err(|error| Failure::Database(error, Stage::Before))
    }

    /// Begins or ends a transaction. One that stays open by mistake ends with its connection.
    async fn say(&mut self, statement: &'static str, stage: Stage) -> Result<(), Failure> {
        let said = match &mut self.connection {
            Connection::Sqlite(one) => one.connection().execute(statement).await.map(|_| ()),
            Connection::Postgres(one) => one.connection().execute(statement).await.map(|_| ()),
            Connection::MySql(one) => one.connection().execute(statement).await.map(|_| ()),
        };
        said.map_err(|error| Failure::Database(error, stage))
    }

    /// Commits what is open.
    pub(crate) async fn commit(mut self) -> Result<(), Failure> {
        if let Some((commit, _)) = self.ends() {
            self.say(commit, Stage::Commit).await?;
        }
        match self.connection {
            Connection::Sqlite(SqliteLease::Shared(turn)) => return turn.finish().await,
            Connection::Sqlite(SqliteLease::Own(one)) => one.end(),
            Connection::Postgres(one) => one.end(),
            Connection::MySql(one) => one.end(),
        }
        Ok(())
    }

    /// Undoes what is open. Nothing stays written, also if this fails.
    pub(crate) async fn roll_back(mut self) {
        if let Some((_, undo)) = self.ends()
            && self.say(undo, Stage::Before).await.is_err()
        {
            return;
        }
        match self.connection {
            Connection::Sqlite(SqliteLease::Shared(turn)) => turn.leave(),
            Connection::Sqlite(SqliteLease::Own(one)) => one.end(),
            Connection::Postgres(one) => one.end(),
            Connection::MySql(one) => one.end(),
        }
    }

    /// What keeps and what undoes what was written, where that has to be said.
    fn ends(&self) -> Option<(&'static str, &'static str)> {
        let ends = if self.shares() {
            ("RELEASE writer", "ROLLBACK TO writer; RELEASE writer")
        } else {
            ("COMMIT", "ROLLBACK")
        };
        self.began.then_some(ends)
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
