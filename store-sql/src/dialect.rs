//! What the databases say differently.

/// Which database it is. MariaDB counts as MySQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
    MySql,
}

impl Dialect {
    /// Its name in errors.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Dialect::Sqlite => "SQLite",
            Dialect::Postgres => "PostgreSQL",
            Dialect::MySql => "MySQL",
        }
    }

    /// The statement, written with `?`, as this database takes it. No statement has a question mark of its own.
    pub(crate) fn placeholders(self, statement: &str) -> String {
        if self != Dialect::Postgres {
            return statement.to_owned();
        }
        let mut pieces = statement.split('?');
        let mut numbered = pieces.next().unwrap_or_default().to_owned();
        for (before, piece) in pieces.enumerate() {
            numbered.push_str(&format!("${}{piece}", before + 1));
        }
        numbered
    }

    /// What begins a transaction that writes.
    pub(crate) fn begin(self) -> &'static str {
        match self {
            // A transaction that becomes a writer later is refused at once where another one writes.
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres | Dialect::MySql => "BEGIN",
        }
    }

    /// Inserts nothing, and fails not, where the key is there. MySQL has only a form that hides other errors too.
    pub(crate) fn unless_there(self) -> &'static str {
        match self {
            Dialect::Sqlite | Dialect::Postgres => " ON CONFLICT (id) DO NOTHING",
            Dialect::MySql => "",
        }
    }

    /// What an insert does where the key is there.
    pub(crate) fn upsert(self, key: &str, set: &str) -> String {
        match self {
            Dialect::Sqlite | Dialect::Postgres => format!(" ON CONFLICT ({key}) DO UPDATE SET {set}"),
            Dialect::MySql => format!(" ON DUPLICATE KEY UPDATE {set}"),
        }
    }

    /// In an upsert, the value that could not be inserted.
    pub(crate) fn inserted(self, column: &str) -> String {
        match self {
            Dialect::Sqlite | Dialect::Postgres => format!("excluded.{column}"),
            // The newer form of MySQL is unknown to MariaDB.
            Dialect::MySql => format!("VALUES({column})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    #[test]
    fn placeholders_are_numbered_where_they_have_to_be() {
        let statement = "SELECT a FROM t WHERE b = ? AND c IN (?, ?)";
        let numbered = "SELECT a FROM t WHERE b = $1 AND c IN ($2, $3)";
        assert_eq!(Dialect::Postgres.placeholders(statement), numbered);
        assert_eq!(Dialect::MySql.placeholders(statement), statement);
        assert_eq!(Dialect::Sqlite.placeholders(statement), statement);
    }
}
