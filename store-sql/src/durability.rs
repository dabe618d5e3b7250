//! The settings without which an answer would promise too much.

use alipay_instore::error::{Error, ErrorCode};

use crate::database::Database;
use crate::dialect::Dialect;
use crate::failure::Failure;
use crate::session::{Kind, Mode, Statement, Value};

const SQLITE: &str =
    "SELECT j.journal_mode, s.synchronous FROM pragma_journal_mode AS j, pragma_synchronous AS s";
const POSTGRES: &str = "SELECT current_setting('synchronous_commit'), current_setting('fsync'), \
    current_setting('full_page_writes')";
const MYSQL: &str = "SELECT CAST(@@innodb_flush_log_at_trx_commit AS SIGNED), CAST(@@log_bin AS SIGNED), \
    CAST(@@sync_binlog AS SIGNED)";

/// Refuses settings by which a payment may be lost in a power cut. They are asked where a write would be made.
pub(crate) async fn check(database: &Database) -> Result<(), Error> {
    let dialect = database.dialect();
    let row = read(database).await.map_err(|failure| failure.into_error(dialect))?;
    let fault = match dialect {
        Dialect::Sqlite => sqlite_fault(&row),
        Dialect::Postgres => postgres_fault(&row),
        Dialect::MySql => mysql_fault(&row),
    };
    fault.map_or(Ok(()), |fault| Err(Error::new(ErrorCode::StoreDurability, fault)))
}

async fn read(database: &Database) -> Result<Vec<Value>, Failure> {
    let (text, kinds) = match database.dialect() {
        Dialect::Sqlite => (SQLITE, vec![Kind::Text, Kind::Int]),
        Dialect::Postgres => (POSTGRES, vec![Kind::Text; 3]),
        Dialect::MySql => (MYSQL, vec![Kind::Int; 3]),
    };
    let statement = Statement { text: text.into(), keep: false };
    let mut session = database.session(Mode::Together).await?;
    let rows = session.rows(&statement, Vec::new(), &kinds).await?;
    session.roll_back().await;
    Ok(rows.into_iter().next().unwrap_or_default())
}

fn sqlite_fault(row: &[Value]) -> Option<String> {
    match row {
        [Value::Text(Some(mode)), Value::Int(Some(2 | 3))] if mode == "wal" => None,
        [Value::Text(Some(mode)), Value::Int(Some(level))] => {
            Some(format!("SQLite has journal_mode {mode} and synchronous {level}, not wal and 2"))
        }
        _ => Some("SQLite does not tell its settings".to_owned()),
    }
}

fn postgres_fault(row: &[Value]) -> Option<String> {
    let names = ["synchronous_commit", "fsync", "full_page_writes"];
    names.iter().enumerate().find_map(|(at, name)| match row.get(at) {
        Some(Value::Text(Some(value))) if value == "on" || value == "remote_apply" => None,
        Some(Value::Text(Some(value))) => Some(format!("PostgreSQL has {name} = {value}, not on")),
        _ => Some(format!("PostgreSQL does not tell its {name}")),
    })
}

fn mysql_fault(row: &[Value]) -> Option<String> {
    match row {
        [Value::Int(Some(1)), Value::Int(Some(0)), _] | [Value::Int(Some(1)), _, Value::Int(Some(1))] => None,
        [Value::Int(Some(1)), _, _] => {
            Some("the server writes a binary log and has not sync_binlog = 1".to_owned())
        }
        _ => Some("the server has not innodb_flush_log_at_trx_commit = 1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_lose_payments_are_named() {
        let (int, text) = (Value::int, Value::text);
        assert_eq!(sqlite_fault(&[text("wal"), int(2)]), None);
        assert_eq!(sqlite_fault(&[text("wal"), int(3)]), None);
        for row in [[text("wal"), int(1)], [text("wal"), int(0)], [text("delete"), int(2)]] {
            assert!(sqlite_fault(&row).unwrap().contains("synchronous"));
        }
        assert_eq!(postgres_fault(&[text("on"), text("on"), text("on")]), None);
        assert_eq!(postgres_fault(&[text("remote_apply"), text("on"), text("on")]), None);
        for (at, name) in ["synchronous_commit", "fsync", "full_page_writes"].into_iter().enumerate() {
            let row: Vec<Value> = (0..3).map(|place| text(if place == at { "off" } else { "on" })).collect();
            assert!(postgres_fault(&row).unwrap().contains(name));
        }
        assert!(postgres_fault(&[text("local"), text("on"), text("on")]).is_some());
        assert!(sqlite_fault(&[]).is_some() && postgres_fault(&[]).is_some() && mysql_fault(&[]).is_some());
        assert_eq!(mysql_fault(&[int(1), int(0), int(0)]), None);
        assert_eq!(mysql_fault(&[int(1), int(1), int(1)]), None);
        assert!(mysql_fault(&[int(1), int(1), int(0)]).unwrap().contains("sync_binlog"));
        for flush in [0, 2] {
            assert!(mysql_fault(&[int(flush), int(0), int(1)]).unwrap().contains("innodb_flush_log"));
        }
    }
}
