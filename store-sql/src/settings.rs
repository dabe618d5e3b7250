//! Which database, and how it is used.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use alipay_instore::error::{Error, ErrorCode};
use sqlx::ConnectOptions as _;
use sqlx::mysql::MySqlConnectOptions;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use crate::dialect::Dialect;

/// Which database, and how it is used. `Debug` shows no password.
#[derive(Clone)]
pub struct Settings {
    pub(crate) target: Target,
    pub(crate) prefix: String,
    pub(crate) connections: u32,
    pub(crate) migrates: bool,
    pub(crate) listens: bool,
}

/// Where the database is.
#[derive(Clone)]
pub(crate) enum Target {
    Sqlite(SqliteConnectOptions),
    Postgres(PgConnectOptions),
    MySql(MySqlConnectOptions),
}

impl Settings {
    /// The database of this URL: `sqlite:///path/payments.db`, `postgresql://user:password@host/database` or
    /// `mysql://user:password@host/database`, the last also for MariaDB.
    ///
    /// What follows a question mark is as sqlx defines it, such as `sslmode=verify-full&sslrootcert=…` for PostgreSQL
    /// and `ssl-mode=VERIFY_IDENTITY&ssl-ca=…` for MySQL. A slash or another sign with a meaning in a password is
    /// written in percent encoding.
    ///
    /// # Errors
    /// `store.url`. No part of the URL is in the error.
    pub fn new(url: &str) -> Result<Self, Error> {
        let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let target = match scheme.as_deref() {
            Some("sqlite") => Target::Sqlite(sqlite(url)?),
            Some("postgres" | "postgresql") => {
                let options = PgConnectOptions::from_str(url).map_err(|_| unreadable(Dialect::Postgres))?;
                Target::Postgres(options.application_name("alipay-instore").disable_statement_logging())
            }
            Some("mysql" | "mariadb") => {
                let options = MySqlConnectOptions::from_str(url).map_err(|_| unreadable(Dialect::MySql))?;
                if options.get_database().is_none_or(str::is_empty) {
                    return Err(Error::new(ErrorCode::StoreUrl, "the URL names no database"));
                }
                // The time zone is not used, and some servers can't set one.
                Target::MySql(options.timezone(None).disable_statement_logging())
            }
            _ => return Err(Error::new(ErrorCode::StoreUrl, "the URL is of no database that is known")),
        };
        Ok(Settings { target, prefix: "alipay_".to_owned(), connections: 10, migrates: false, listens: true })
    }

    /// What the names of the tables begin with, instead of `alipay_`: several stores can share a database.
    ///
    /// # Errors
    /// `store.url` unless it has at most 20 letters a to z, digits and underscores and begins with a letter.
    pub fn prefix(mut self, prefix: &str) -> Result<Self, Error> {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let begins = prefix.bytes().next().is_some_and(|first| first.is_ascii_lowercase());
        if !begins || prefix.len() > 20 || !prefix.bytes().all(good) {
            let hint = "use at most 20 letters a to z, digits and underscores, and begin with a letter";
            return Err(
                Error::new(ErrorCode::StoreUrl, "the prefix of the tables is not valid").with_hint(hint)
            );
        }
        prefix.clone_into(&mut self.prefix);
        Ok(self)
    }

    /// How many connections are open at most, instead of 10; at least 1. The one that listens comes on top. With
    /// SQLite these read, and one more writes.
    #[must_use]
    pub fn connections(mut self, connections: u32) -> Self {
        self.connections = connections.max(1);
        self
    }

    /// Whether to make or to update the tables while connecting, instead of refusing a database without them. The user
    /// of the database then needs the right to make tables.
    #[must_use]
    pub fn migrates(mut self, migrates: bool) -> Self {
        self.migrates = migrates;
        self
    }

    /// Whether a connection of its own listens for records that other processes saved, which PostgreSQL can do; it does
    /// unless this says no. A process that ends soon needs none.
    #[must_use]
    pub fn listens(mut self, listens: bool) -> Self {
        self.listens = listens;
        self
    }

    /// The kind of the database: `SQLite`, `PostgreSQL` or `MySQL`.
    pub fn database(&self) -> &'static str {
        self.dialect().name()
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match &self.target {
            Target::Sqlite(_) => Dialect::Sqlite,
            Target::Postgres(_) => Dialect::Postgres,
            Target::MySql(_) => Dialect::MySql,
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("database", &self.dialect().name())
            .field("prefix", &self.prefix)
            .field("connections", &self.connections)
            .field("migrates", &self.migrates)
            .field("listens", &self.listens)
            .finish_non_exhaustive()
    }
}

impl Target {
    /// The file, where it is one.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        match self {
            Target::Sqlite(options) => Some(options.get_filename().to_owned()),
            Target::Postgres(_) | Target::MySql(_) => None,
        }
    }
}

fn sqlite(url: &str) -> Result<SqliteConnectOptions, Error> {
    let options = SqliteConnectOptions::from_str(url).map_err(|_| unreadable(Dialect::Sqlite))?;
    let path = options.get_filename();
    let name = path.to_string_lossy();
    if path == Path::new("")
        || name.contains(":memory:")
        || name.starts_with("file:")
        || url.contains("mode=memory")
    {
        let reason = "the URL names no file, and every payment would be lost with the process";
        let hint =
            "name a file, as in sqlite:///var/lib/till/payments.db; for tests there is the memory store";
        return Err(Error::new(ErrorCode::StoreUrl, reason).with_hint(hint));
    }
    Ok(options.disable_statement_logging())
}

/// The parser's words may quote the URL, and the URL may hold a password.
fn unreadable(dialect: Dialect) -> Error {
    Error::new(ErrorCode::StoreUrl, format!("the URL of {} can't be read", dialect.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_database_has_its_url() {
        for (url, dialect) in [
            ("sqlite:///var/lib/till/payments.db", Dialect::Sqlite),
            ("sqlite://payments.db", Dialect::Sqlite),
            ("postgres://till@localhost/payments", Dialect::Postgres),
            ("postgresql://till:secret@db.example:5433/payments?sslmode=require", Dialect::Postgres),
            ("mysql://till:secret@db.example/payments", Dialect::MySql),
            ("mariadb://till:secret@db.example/payments", Dialect::MySql),
        ] {
            assert_eq!(Settings::new(url).unwrap().dialect(), dialect, "{url}");
        }
    }

    #[test]
    fn wrong_urls_are_refused_without_being_quoted() {
        for url in [
            "",
            "hunter2",
            "/var/lib/payments.db",
            "redis://till:hunter2@localhost/0",
            "sqlite::memory:",
            "sqlite://",
            "sqlite://hunter2?mode=memory",
            "postgresql://till:hunter2@:port/payments",
            "postgresql://till:hunter2@localhost:99999/payments",
            "mysql://till:hunter2@localhost:port/payments",
            "mysql://till:hunter2@localhost",
            "mysql://till:hunter2@localhost/",
        ] {
            let error = Settings::new(url).err().unwrap_or_else(|| panic!("{url} was taken"));
            assert_eq!(error.code(), "store.url", "{url}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn debug_shows_no_password() {
        for url in ["postgresql://till:hunter2@localhost/p", "mysql://till:hunter2@localhost/p"] {
            let shown = format!("{:?}", Settings::new(url).unwrap());
            assert!(!shown.contains("hunter2") && !shown.contains("localhost"), "{shown}");
        }
    }

    #[test]
    fn a_prefix_is_part_of_a_name() {
        let settings = Settings::new("sqlite://payments.db").unwrap();
        assert_eq!(settings.clone().prefix("till_2_").unwrap().prefix, "till_2_");
        for prefix in ["", "2_", "_a", "A_", "a-b", "a b", "a;drop table b", "a\"b", "abcdefghijklmnopqrstu"]
        {
            assert!(settings.clone().prefix(prefix).is_err(), "{prefix}");
        }
    }
}
