//! Why an operation failed, whether it may be written all the same, and how that is told without secrets.

use std::io::ErrorKind;

use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::store::StoreError;

use crate::dialect::Dialect;

const HINT: &str = "check that the database runs, can be reached, and lets this user write";

/// Why an operation failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The answer of the store itself.
    Answer(StoreError),
    /// The database, or the way to it.
    Database(sqlx::Error, Stage),
    /// Another writer's failure undid the transaction that both were in.
    Undone,
}

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nothing that could stay: reading, or a transaction that is not committed yet.
    Before,
    /// A commit, or a statement that is a transaction of its own.
    Commit,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::Answer(error)
    }
}

impl Failure {
    /// As the contract of a store has it.
    pub(crate) fn store_error(&self, dialect: Dialect) -> StoreError {
        match self {
            Failure::Answer(error) => error.clone(),
            Failure::Undone => {
                let reason = format!("{} undid the transaction: another write in it failed", dialect.name());
                StoreError::NotWritten(Error::new(ErrorCode::StoreFailed, reason).with_hint(HINT))
            }
            Failure::Database(error, stage) => {
                let told = describe(dialect, error);
                if *stage == Stage::Before || certainly_not_written(dialect, error) {
                    StoreError::NotWritten(told)
                } else {
                    StoreError::MaybeWritten(told)
                }
            }
        }
    }

    /// As an error of connecting or migrating.
    pub(crate) fn into_error(self, dialect: Dialect) -> Error {
        self.store_error(dialect).into_error()
    }

    /// Whether the database refused a statement, of which nothing is written then.
    pub(crate) fn is_refused(&self, dialect: Dialect) -> bool {
        matches!(self, Failure::Database(error, _)
            if error.as_database_error().is_some() && certainly_not_written(dialect, error))
    }

    /// Whether the connection is gone, and others may be too.
    pub(crate) fn lost_connection(&self, dialect: Dialect) -> bool {
        matches!(self, Failure::Database(error, _) if lost(dialect, error))
    }

    /// Whether it certainly did not happen, and may go well if it is tried again at once.
    pub(crate) fn may_be_repeated(&self, dialect: Dialect) -> bool {
        match self {
            Failure::Answer(_) => false,
            Failure::Undone => true,
            Failure::Database(error, stage) => {
                gave_way(dialect, error) || (*stage == Stage::Before && lost(dialect, error))
            }
        }
    }
}

/// An operation that took too long.
pub(crate) fn too_slow() -> Error {
    Error::new(ErrorCode::StoreFailed, "the database did not answer in time").with_hint(HINT)
}

/// An operation that the end of the runtime cut short.
pub(crate) fn cut_short() -> Error {
    Error::new(ErrorCode::StoreFailed, "the store's work was cut short")
}

/// The number of SQLite without its extension.
fn sqlite_code(code: &str) -> Option<u32> {
    code.parse::<u32>().ok().map(|code| code & 0xff)
}

/// The code as the database's own: an SQLSTATE, or a number.
struct Code {
    state: String,
    number: u32,
}

fn code(dialect: Dialect, error: &sqlx::Error) -> Option<Code> {
    let error = error.as_database_error()?;
    let state = error.code().unwrap_or_default().into_owned();
    let number = match dialect {
        Dialect::Sqlite => sqlite_code(&state).unwrap_or_default(),
        Dialect::Postgres => 0,
        Dialect::MySql => error
            .try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>()
            .map_or(0, |error| u32::from(error.number())),
    };
    Some(Code { state, number })
}

/// Whether the database refused a commit so that nothing can have been written. Whatever is not listed is in doubt.
fn certainly_not_written(dialect: Dialect, error: &sqlx::Error) -> bool {
    // No connection was there, so nothing was said.
    if matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Encode(_)) {
        return true;
    }
    let Some(Code { state, number }) = code(dialect, error) else { return false };
    let class = state.get(..2).unwrap_or_default();
    match dialect {
        // ERROR, PERM, BUSY, LOCKED, READONLY, CANTOPEN, TOOBIG, CONSTRAINT, MISMATCH, AUTH, NOTADB. Not IOERR and
        // FULL: what a failed flush has left behind is not known.
        Dialect::Sqlite => matches!(number, 1 | 3 | 5 | 6 | 8 | 14 | 18 | 19 | 20 | 23 | 26),
        Dialect::Postgres => match class {
            "22" | "23" | "25" | "28" | "3D" | "3F" | "42" | "53" | "54" | "55" => true,
            "40" => state != "40003",
            // Cancelled; the others of this class end the connection, whatever it was doing.
            "57" => state == "57014",
            _ => false,
        },
        Dialect::MySql => {
            // Lock wait time-out, deadlock, table full, read only.
            matches!(number, 1205 | 1213 | 1114 | 1290 | 1836 | 1792)
                || matches!(class, "22" | "23" | "28" | "42")
        }
    }
}

/// Whether the database undid the transaction so that another one could go on.
fn gave_way(dialect: Dialect, error: &sqlx::Error) -> bool {
    let Some(Code { state, number }) = code(dialect, error) else { return false };
    match dialect {
        Dialect::Sqlite => false,
        Dialect::Postgres => state == "40001" || state == "40P01",
        // MariaDB says 1020 where a row changed since the snapshot.
        Dialect::MySql => number == 1213 || number == 1020,
    }
}

/// Whether the connection is gone.
fn lost(dialect: Dialect, error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(_) => code(dialect, error).is_some_and(|code| match dialect {
            Dialect::Sqlite => false,
            Dialect::Postgres => code.state.starts_with("57P") || code.state.starts_with("08"),
            // Shutdown, killed, too long idle.
            Dialect::MySql => matches!(code.number, 1053 | 1077 | 1079 | 1927 | 4031),
        }),
        _ => false,
    }
}

/// What was found, without the URL and without values: a value may be a record, and a record may hold a payment code.
pub(crate) fn describe(dialect: Dialect, error: &sqlx::Error) -> Error {
    let name = dialect.name();
    let reason = match error {
        sqlx::Error::Database(inner) => {
            let code = inner.code().unwrap_or_default();
            // Such messages quote the value that was not taken.
            let quotes = dialect != Dialect::Sqlite && (code.starts_with("22") || code.starts_with("23"));
            let number = self::code(dialect, error).map_or(0, |code| code.number);
            let which = if number == 0 { code.into_owned() } else { format!("{code}, {number}") };
            // 1064 and 1366 quote the statement and the value.
            if quotes || matches!((dialect, number), (Dialect::MySql, 1064 | 1366 | 1292)) {
                format!("{name} refused what was to be written ({which})")
            } else {
                format!("{name} said: {} ({which})", inner.message())
            }
        }
        // What rustls refuses, such as a certificate of an unknown authority.
        sqlx::Error::Io(error) if error.kind() == ErrorKind::InvalidData => {
            format!("no TLS connection to {name} could be made: {error}")
        }
        sqlx::Error::Io(error) => format!("the connection to {name} failed: {}", error.kind()),
        sqlx::Error::Tls(error) => format!("no TLS connection to {name} could be made: {error}"),
        sqlx::Error::PoolTimedOut => format!("{name} gave no free connection in time"),
        sqlx::Error::PoolClosed => "the store was closed".to_owned(),
        sqlx::Error::Configuration(_) => format!("{name} can't be used with what the URL says"),
        sqlx::Error::Protocol(_) => format!("{name} said something that is not understood"),
        sqlx::Error::WorkerCrashed => format!("the thread of {name} is gone"),
        _ => format!("{name} gave something unexpected"),
    };
    Error::new(ErrorCode::StoreFailed, reason).with_hint(HINT)
}
