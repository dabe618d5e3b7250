//! Writing records, and removing them.

use alipay_instore::Timestamp;
use alipay_instore::store::{Entry, StoreError, check_id};

use crate::failure::Failure;
use crate::reads::{MOST, column_number, unexpected};
use crate::row::{self, id_of};
use crate::session::{Kind, Mode, Session, Value};
use crate::store::Shared;

impl Shared {
    pub(crate) async fn insert(&self, entry: &Entry, owner: Option<String>) -> Result<(), Failure> {
        let id = &*entry.columns.id;
        check_id(id)?;
        if let Some(owner) = &owner {
            check_id(owner)?;
        }
        let owner = owner.filter(|_| !entry.columns.finished);
        // A record that is in the way can be removed before it is read.
        for _ in 0..3 {
            if self.insert_row(entry, owner.clone()).await? {
                return Ok(());
            }
            if let Some(found) = self.load(id).await? {
                return Err(StoreError::Conflict(Some(Box::new(found))).into());
            }
        }
        Err(unexpected("the record is in the way, and it is not there"))
    }

    /// Tells whether it was inserted.
    async fn insert_row(&self, entry: &Entry, owner: Option<String>) -> Result<bool, Failure> {
        let mut values = row::values(entry).map_err(StoreError::NotWritten)?;
        values.push(Value::Text(owner));
        let mode = self.mode(entry);
        if let (Some(inserts), Mode::Alone) = (&self.inserts, mode) {
            return inserts.write(values).await;
        }
        let mut session = self.database.session(mode).await?;
        let inserted = match session.execute(&self.statements.insert, values).await {
            Err(Failure::Database(error, _)) if is_duplicate(&error) => 0,
            other => other?,
        };
        self.end(session, entry, inserted).await
    }

    pub(crate) async fn save(&self, entry: &Entry, expected: u64, by: Option<&str>) -> Result<(), Failure> {
        let id = &*entry.columns.id;
        if check_id(id).is_err() {
            return Err(StoreError::Conflict(None).into());
        }
        if self.save_row(entry, expected, by).await? {
            return Ok(());
        }
        // Nothing was written, whatever becomes of reading.
        let found = self.load(id).await?;
        Err(StoreError::Conflict(found.map(Box::new)).into())
    }

    /// Tells whether it was saved.
    async fn save_row(&self, entry: &Entry, expected: u64, by: Option<&str>) -> Result<bool, Failure> {
        let mut values = row::values(entry).map_err(StoreError::NotWritten)?;
        let (mode, expected) = (self.mode(entry), Value::int(column_number(expected)));
        if let (Some(saves), Some(by), Mode::Alone) = (&self.saves, by, mode) {
            values.extend([expected, Value::text(by)]);
            return saves.write(values).await;
        }
        values.remove(0);
        values.extend(by.map(Value::text));
        values.extend([Value::text(&entry.columns.id), expected]);
        values.extend(by.map(Value::text));
        let statement = self.statements.save.of(by.is_some(), entry.columns.finished);
        let mut session = self.database.session(mode).await?;
        let saved = session.execute(statement, values).await?;
        self.end(session, entry, saved).await
    }

    /// Commits a row that was written, with its refunds.
    async fn end(&self, mut session: Session, entry: &Entry, rows: u64) -> Result<bool, Failure> {
        if rows == 1 {
            self.name_refunds(&mut session, entry).await?;
            session.commit().await?;
        } else {
            session.roll_back().await;
        }
        Ok(rows == 1)
    }

    /// One statement is enough where no refund is named.
    fn mode(&self, entry: &Entry) -> Mode {
        if entry.columns.refund_ids.is_empty() { Mode::Alone } else { Mode::Together }
    }

    async fn name_refunds(&self, session: &mut Session, entry: &Entry) -> Result<(), Failure> {
        let mut refunds = entry.columns.refund_ids.clone();
        // One statement can't write a row twice, and who locks in an order does not lock another out.
        refunds.sort_unstable();
        refunds.dedup();
        for some in refunds.chunks(MOST) {
            let statement = self.statements.name_refunds(some.len());
            let rows = some.iter().flat_map(|refund| [Value::text(refund), Value::text(&entry.columns.id)]);
            session.execute(&statement, rows.collect()).await?;
        }
        Ok(())
    }

    pub(crate) async fn release(&self, id: &str, owner: &str) -> Result<(), Failure> {
        if check_id(id).is_err() || check_id(owner).is_err() {
            return Ok(());
        }
        let mut session = self.database.session(Mode::Alone).await?;
        session.execute(&self.statements.release, vec![Value::text(id), Value::text(owner)]).await?;
        session.commit().await
    }

    pub(crate) async fn purge(
        &self,
        before: Timestamp,
        now: Timestamp,
        limit: usize,
    ) -> Result<u64, Failure> {
        let mut removed = 0;
        while removed < limit {
            let some = self.purge_some(before, now, (limit - removed).min(MOST)).await;
            match some {
                Ok(0) => break,
                Ok(count) => removed += count,
                // Some are removed, so it can't be said that nothing was.
                Err(failure) if removed > 0 => {
                    let told = failure.store_error(self.database.dialect()).into_error();
                    return Err(StoreError::MaybeWritten(told).into());
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(u64::try_from(removed).unwrap_or(u64::MAX))
    }

    async fn purge_some(&self, before: Timestamp, now: Timestamp, limit: usize) -> Result<usize, Failure> {
        let mut session = self.database.session(Mode::Together).await?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let values = vec![Value::time(now), Value::time(before), Value::int(limit)];
        let rows = session.rows(&self.statements.lock_old, values, &[Kind::Text]).await?;
        let ids: Vec<Value> = rows.iter().map(|row| Value::Text(Some(id_of(row)))).collect();
        if ids.is_empty() {
            session.roll_back().await;
            return Ok(0);
        }
        for (table, column) in [("refunds", "record_id"), ("records", "id")] {
            let remove = self.statements.remove(table, column, ids.len());
            session.execute(&remove, ids.clone()).await?;
        }
        session.commit().await?;
        Ok(ids.len())
    }
}

/// Whether the key is there. Only one table has a key that an insert can meet.
fn is_duplicate(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.is_unique_violation())
}
