//! Every statement, made once for a store. Another implementation that works on the same tables, such as one over JDBC,
//! has to use these.

use alipay_instore::store::Query;

use crate::batch::ManyRows;
use crate::dialect::Dialect;
use crate::row::{COLUMN_KINDS, COLUMNS, REST};
use crate::session::{Kind, Statement, Value};

/// The statements of a store.
pub(crate) struct Statements {
    dialect: Dialect,
    prefix: String,
    pub(crate) insert: Statement,
    pub(crate) load: Statement,
    pub(crate) save: Saves,
    pub(crate) take: Statement,
    pub(crate) due: Statement,
    pub(crate) lock_due: Statement,
    pub(crate) any_touched: Statement,
    pub(crate) lock_touched: Statement,
    pub(crate) release: Statement,
    pub(crate) beat: Statement,
    pub(crate) owners: Statement,
    pub(crate) forget: Statement,
    pub(crate) forget_at: Statement,
    pub(crate) forget_touched: Statement,
    pub(crate) lock_old: Statement,
    pub(crate) gateway_time: Statement,
    pub(crate) find_refund: Statement,
}

/// The statements that replace a record.
pub(crate) struct Saves {
    owner: Statement,
    owner_finishes: Statement,
    other: Statement,
    other_finishes: Statement,
}

impl Saves {
    /// By its owner or by another one, and whether the record is finished now.
    pub(crate) fn of(&self, by_owner: bool, finishes: bool) -> &Statement {
        match (by_owner, finishes) {
            (true, false) => &self.owner,
            (true, true) => &self.owner_finishes,
            (false, false) => &self.other,
            (false, true) => &self.other_finishes,
        }
    }
}

impl Statements {
    /// With `skips` the server knows SKIP LOCKED.
    pub(crate) fn new(dialect: Dialect, prefix: &str, skips: bool) -> Self {
        let statement = |text: &str| Statement { text: dialect.placeholders(text).into(), keep: true };
        let (records, refunds, owners) =
            (format!("{prefix}records"), format!("{prefix}refunds"), format!("{prefix}owners"));
        let columns = listed("r.", &COLUMNS);
        let whole = format!("{columns}, {}", listed("r.", &REST));
        let channel = format!("{prefix}saved");
        let free =
            format!("(r.owner IS NULL OR NOT EXISTS (SELECT 1 FROM {owners} AS o WHERE o.owner = r.owner))");
        // MySQL would sort all that is due, and lock it, where it does not read it in the order of the index.
        let (forced, lock, locked_free) = match (dialect, skips) {
            (Dialect::Sqlite, _) => (String::new(), "", ""),
            (Dialect::Postgres, _) => (String::new(), " FOR UPDATE OF r", " FOR UPDATE OF r SKIP LOCKED"),
            (Dialect::MySql, true) => {
                (format!(" FORCE INDEX ({prefix}records_due)"), " FOR UPDATE", " FOR UPDATE SKIP LOCKED")
            }
            (Dialect::MySql, false) => {
                (format!(" FORCE INDEX ({prefix}records_due)"), " FOR UPDATE", " FOR UPDATE")
            }
        };
        let due =
            format!("{records} AS r{forced} WHERE r.due_at <= ? AND {free} ORDER BY r.due_at, r.id LIMIT ?");
        let inserted: Vec<&str> = COLUMNS.into_iter().chain(["record", "owner"]).collect();
        let marks = vec!["?"; inserted.len()].join(", ");
        // The owner keeps its record until a beat after it was forgotten finds others there: see `free`.
        let take = match dialect {
            Dialect::MySql => format!("UPDATE {records} AS r SET r.owner = ? WHERE r.id = ? AND {free}"),
            _ => format!("UPDATE {records} AS r SET owner = ? WHERE r.id = ? AND {free}"),
        };
        let one_more = match dialect {
            Dialect::MySql => "beats = beats + 1".to_owned(),
            _ => format!("beats = {owners}.beats + 1"),
        };
        Statements {
            insert: statement(&format!(
                "INSERT INTO {records} ({}, revision) VALUES ({marks}, 1){}",
                inserted.join(", "),
                dialect.unless_there(),
            )),
            load: statement(&format!("SELECT {whole} FROM {records} AS r WHERE r.id = ?")),
            save: Saves {
                owner: statement(&save(dialect, &records, &channel, true, false)),
                owner_finishes: statement(&save(dialect, &records, &channel, true, true)),
                other: statement(&save(dialect, &records, &channel, false, false)),
                other_finishes: statement(&save(dialect, &records, &channel, false, true)),
            },
            take: statement(&take),
            due: statement(&format!("SELECT r.id FROM {due}")),
            lock_due: statement(&format!("SELECT {whole} FROM {due}{locked_free}")),
            any_touched: statement(&format!(
                "SELECT r.id FROM {records} AS r WHERE r.touched_for = ? LIMIT 1"
            )),
            lock_touched: statement(&format!(
                "SELECT {whole} FROM {records} AS r WHERE r.touched_for = ? ORDER BY r.id LIMIT ?{lock}"
            )),
            release: statement(&format!("UPDATE {records} SET owner = NULL WHERE id = ? AND owner = ?")),
            beat: statement(&format!(
                "INSERT INTO {owners} (owner, beats) VALUES (?, 1){}",
                dialect.upsert("owner", &one_more),
            )),
            owners: statement(&format!("SELECT owner, beats FROM {owners}")),
            forget: statement(&format!("DELETE FROM {owners} WHERE owner = ?")),
            forget_at: statement(&format!("DELETE FROM {owners} WHERE owner = ? AND beats = ?")),
            forget_touched: statement(&format!(
                "UPDATE {records} SET touched_for = NULL WHERE touched_for = ?"
            )),
            lock_old: statement(&format!(
                "SELECT r.id FROM {records} AS r WHERE r.keep_until <= ? AND r.finished = 1 AND r.open_alerts = 0 \
                 AND r.updated < ? ORDER BY r.keep_until, r.id LIMIT ?{locked_free}"
            )),
            gateway_time: statement(&format!(
                "SELECT max(gateway_time) FROM {records} WHERE merchant = ? AND gateway_time IS NOT NULL"
            )),
            find_refund: statement(&format!(
                "SELECT {whole} FROM {refunds} AS f JOIN {records} AS r ON r.id = f.record_id WHERE f.refund_id = ?"
            )),
            dialect,
            prefix: prefix.to_owned(),
        }
    }

    /// Names the record of these refunds.
    pub(crate) fn name_refunds(&self, count: usize) -> Statement {
        let rows = vec!["(?, ?)"; count].join(", ");
        let set = format!("record_id = {}", self.dialect.inserted("record_id"));
        let upsert = self.dialect.upsert("refund_id", &set);
        self.once(&format!("INSERT INTO {}refunds (refund_id, record_id) VALUES {rows}{upsert}", self.prefix))
    }

    /// Gives so many records to an owner.
    pub(crate) fn own(&self, count: usize) -> Statement {
        let ids = vec!["?"; count].join(", ");
        self.once(&format!("UPDATE {}records SET owner = ? WHERE id IN ({ids})", self.prefix))
    }

    /// So many records were told.
    pub(crate) fn told(&self, count: usize) -> Statement {
        let ids = vec!["?"; count].join(", ");
        self.once(&format!(
            "UPDATE {}records SET touched_for = NULL WHERE touched_for = ? AND id IN ({ids})",
            self.prefix
        ))
    }

    /// Removes so many records from this table, where they are named so.
    pub(crate) fn remove(&self, table: &str, column: &str, count: usize) -> Statement {
        let ids = vec!["?"; count].join(", ");
        self.once(&format!("DELETE FROM {}{table} WHERE {column} IN ({ids})", self.prefix))
    }

    /// Lists what a query asks for, at most `limit` of it.
    pub(crate) fn list(&self, query: &Query, limit: i64) -> (Statement, Vec<Value>) {
        let mut conditions: Vec<&str> = Vec::new();
        let mut values = Vec::new();
        if let Some(merchant) = &query.merchant {
            conditions.push("r.merchant = ?");
            values.push(Value::text(merchant));
        }
        if let Some(state) = &query.state {
            conditions.push("r.state = ?");
            values.push(Value::text(state));
        }
        // Not as values: an index of only open alerts is used only where the statement names the value.
        conditions.extend(
            query.open_alerts.map(|open| if open { "r.open_alerts = 1" } else { "r.open_alerts = 0" }),
        );
        conditions.extend(
            query.finished.map(|finished| if finished { "r.finished = 1" } else { "r.finished = 0" }),
        );
        if let Some(since) = query.since {
            conditions.push("r.updated >= ?");
            values.push(Value::time(since));
        }
        if let Some((created, id)) = &query.after {
            // Spelt so that every database begins to read at the right place of the index.
            conditions.push("r.created >= ? AND (r.created > ? OR r.id > ?)");
            values.extend([Value::time(*created), Value::time(*created), Value::text(id)]);
        }
        values.push(Value::int(limit));
        let mut chosen = conditions.join(" AND ");
        if !chosen.is_empty() {
            chosen.insert_str(0, " WHERE ");
        }
        let columns = listed("r.", &COLUMNS);
        let text = format!(
            "SELECT {columns} FROM {}records AS r{chosen} ORDER BY r.created, r.id LIMIT ?",
            self.prefix
        );
        (self.once(&text), values)
    }

    fn once(&self, text: &str) -> Statement {
        Statement { text: self.dialect.placeholders(text).into(), keep: false }
    }
}

fn listed(of: &str, columns: &[&str]) -> String {
    columns.iter().map(|column| format!("{of}{column}")).collect::<Vec<_>>().join(", ")
}

/// Replaces a record. Its values are the new columns and the text, whom it belongs to if its owner saves it, its id, the
/// expected revision, and the owner again.
fn save(dialect: Dialect, records: &str, channel: &str, by_owner: bool, finishes: bool) -> String {
    let mut set: Vec<String> = COLUMNS.into_iter().skip(1).map(|column| format!("{column} = ?")).collect();
    set.push("record = ?".to_owned());
    // MySQL sets one column after the other, so the owner that is told is read before it is removed.
    set.push(if by_owner {
        "touched_for = CASE WHEN touched_for = ? THEN NULL ELSE touched_for END".to_owned()
    } else {
        "touched_for = COALESCE(owner, touched_for)".to_owned()
    });
    if finishes {
        set.push("owner = NULL".to_owned());
    }
    set.push("revision = revision + 1".to_owned());
    let owner = if by_owner { " AND owner = ?" } else { "" };
    let update = format!("UPDATE {records} SET {} WHERE id = ? AND revision = ?{owner}", set.join(", "));
    if dialect == Dialect::Postgres && !by_owner {
        // In one statement, so that it takes one round trip and is told only if it is written.
        format!("WITH saved AS ({update} RETURNING id) SELECT pg_notify('{channel}', saved.id) FROM saved")
    } else {
        update
    }
}

/// In PostgreSQL: rows of a statement that writes many, with these columns after those of a record.
fn rows(more: &[(&str, Kind)]) -> (String, Vec<Kind>) {
    let own = COLUMNS.into_iter().zip(COLUMN_KINDS).chain([("record", Kind::Text)]);
    let (names, kinds): (Vec<&str>, Vec<Kind>) = own.chain(more.iter().copied()).unzip();
    let arrays: Vec<&str> = kinds
        .iter()
        .map(|kind| match kind {
            Kind::Int => "?::bigint[]",
            Kind::Text => "?::text[]",
        })
        .collect();
    (format!("UNNEST({}) AS v ({})", arrays.join(", "), names.join(", ")), kinds)
}

fn many((text, kinds): (String, Vec<Kind>)) -> ManyRows {
    ManyRows { text: Dialect::Postgres.placeholders(&text).into(), kinds }
}

/// In PostgreSQL: inserts records, each with its owner.
pub(crate) fn insert_many(prefix: &str) -> ManyRows {
    let columns = format!("{}, record, owner", COLUMNS.join(", "));
    let (rows, kinds) = rows(&[("owner", Kind::Text)]);
    many((
        format!(
            "INSERT INTO {prefix}records ({columns}, revision) SELECT {columns}, 1 FROM {rows}{} RETURNING id",
            Dialect::Postgres.unless_there(),
        ),
        kinds,
    ))
}

/// In PostgreSQL: owners replace their records, each with the expected revision and the owner.
pub(crate) fn save_many(prefix: &str) -> ManyRows {
    let mut set: Vec<String> =
        COLUMNS.into_iter().skip(1).map(|column| format!("{column} = v.{column}")).collect();
    set.extend(
        [
            "record = v.record",
            "touched_for = CASE WHEN r.touched_for = v.saved_by THEN NULL ELSE r.touched_for END",
            "owner = CASE WHEN v.finished = 1 THEN NULL ELSE r.owner END",
            "revision = r.revision + 1",
        ]
        .map(str::to_owned),
    );
    let (rows, kinds) = rows(&[("expected", Kind::Int), ("saved_by", Kind::Text)]);
    many((
        format!(
            "UPDATE {prefix}records AS r SET {} FROM {rows} \
             WHERE r.id = v.id AND r.revision = v.expected AND r.owner = v.saved_by RETURNING r.id",
            set.join(", "),
        ),
        kinds,
    ))
}
