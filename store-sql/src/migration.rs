//! The tables and their versions.

use std::fs;
use std::io;
use std::path::Path;

use alipay_instore::error::{Error, ErrorCode};

use crate::database::Database;
use crate::dialect::Dialect;
use crate::failure::Failure;
use crate::session::{Kind, Mode, Session, Statement, Value};

/// What each version changes, beginning with the first. What was published is never changed.
const MIGRATIONS: [Migration; 1] = [Migration {
    sqlite: include_str!("../migrations/0001-sqlite.sql"),
    postgres: include_str!("../migrations/0001-postgres.sql"),
    mysql: include_str!("../migrations/0001-mysql.sql"),
}];

const HINT: &str = "call `SqlStore::migrate` once with this URL, or open the store with `Settings::migrates`";

struct Migration {
    sqlite: &'static str,
    postgres: &'static str,
    mysql: &'static str,
}

impl Migration {
    fn text(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
            Dialect::MySql => self.mysql,
        }
    }
}

/// The version of the tables that this library works with.
fn latest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Makes the tables, or brings those of an earlier version up to date. Several processes may do so at once.
pub(crate) async fn run(database: &Database, prefix: &str) -> Result<(), Error> {
    let dialect = database.dialect();
    let migrated = async {
        let mut session = database.session(Mode::Together).await?;
        lock(&mut session, prefix).await?;
        session
            .script(&format!(
                "CREATE TABLE IF NOT EXISTS {prefix}schema (version BIGINT NOT NULL PRIMARY KEY)"
            ))
            .await?;
        let found = version(&mut session, prefix).await?.unwrap_or(0);
        if found <= latest() {
            for (number, migration) in (1_i64..).zip(&MIGRATIONS).filter(|(number, _)| *number > found) {
                for statement in statements(migration.text(dialect)) {
                    session.script(&statement.replace("{prefix}", prefix)).await?;
                }
                // In MySQL every change of tables is committed at once, so the version comes last.
                session.script(&format!("INSERT INTO {prefix}schema (version) VALUES ({number})")).await?;
            }
        }
        unlock(&mut session, prefix).await?;
        session.commit().await?;
        Ok::<_, Failure>(found)
    };
    let found = migrated.await.map_err(|failure| failure.into_error(dialect))?;
    if found > latest() { Err(newer(found)) } else { Ok(()) }
}

/// Refuses tables that are missing, of an earlier version, or of a newer one.
pub(crate) async fn check(database: &Database, prefix: &str) -> Result<(), Error> {
    let dialect = database.dialect();
    let found = async {
        let mut session = database.session(Mode::Read).await?;
        let found = version(&mut session, prefix).await?;
        session.commit().await?;
        Ok::<_, Failure>(found)
    };
    match found.await.map_err(|failure| failure.into_error(dialect))? {
        None => Err(missing()),
        Some(found) if found < latest() => {
            let reason = format!("the tables have version {found}, and version {} is needed", latest());
            Err(Error::new(ErrorCode::StoreSchema, reason).with_hint(HINT))
        }
        Some(found) if found > latest() => Err(newer(found)),
        Some(_) => Ok(()),
    }
}

pub(crate) fn missing() -> Error {
    Error::new(ErrorCode::StoreSchema, "the tables of the store are missing").with_hint(HINT)
}

fn newer(found: i64) -> Error {
    let reason =
        format!("the tables have version {found}, and this library knows version {} at most", latest());
    Error::new(ErrorCode::StoreSchema, reason)
        .with_hint("update this library: a newer version made the tables")
}

/// The version of the tables; none if there are none, or if the first migration did not come to its end.
async fn version(session: &mut Session, prefix: &str) -> Result<Option<i64>, Failure> {
    let dialect = session.dialect();
    let there = match dialect {
        Dialect::Sqlite => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?",
        Dialect::Postgres => "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(?)",
        Dialect::MySql => {
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?"
        }
    };
    let there = Statement { text: dialect.placeholders(there).into(), keep: false };
    let table = format!("{prefix}schema");
    let rows = session.rows(&there, vec![Value::text(&table)], &[Kind::Int]).await?;
    if !matches!(rows.first().map(Vec::as_slice), Some([Value::Int(Some(1..))])) {
        return Ok(None);
    }
    let newest = Statement { text: format!("SELECT max(version) FROM {table}").into(), keep: false };
    let rows = session.rows(&newest, Vec::new(), &[Kind::Int]).await?;
    Ok(match rows.first().map(Vec::as_slice) {
        Some([Value::Int(found)]) => *found,
        _ => None,
    })
}

/// Lets one process after the other migrate.
async fn lock(session: &mut Session, prefix: &str) -> Result<(), Failure> {
    match session.dialect() {
        // The transaction writes from its beginning.
        Dialect::Sqlite => Ok(()),
        Dialect::Postgres => {
            session.script(&format!("SELECT pg_advisory_xact_lock(hashtext('{prefix}schema'))")).await
        }
        Dialect::MySql => session.script(&format!("DO GET_LOCK('{prefix}schema', 60)")).await,
    }
}

async fn unlock(session: &mut Session, prefix: &str) -> Result<(), Failure> {
    match session.dialect() {
        Dialect::Sqlite | Dialect::Postgres => Ok(()),
        Dialect::MySql => session.script(&format!("DO RELEASE_LOCK('{prefix}schema')")).await,
    }
}

fn statements(text: &str) -> impl Iterator<Item = &str> {
    text.split(";\n").map(str::trim).filter(|statement| !statement.is_empty())
}

/// Makes the file of a database, for its owner only: while pay may have to be sent again, a record holds the customer's
/// payment code. SQLite gives its other files the same rights.
pub(crate) fn make_file(path: &Path) -> Result<(), Error> {
    let made = || {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_folder(folder)?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    };
    made().map_err(|error| {
        let reason = format!("the file of the database can't be made: {}", error.kind());
        Error::new(ErrorCode::StoreFailed, reason).with_hint("check the folder and its permissions")
    })
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
