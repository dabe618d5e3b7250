//! Who owns what.

use std::sync::Arc;

use alipay_instore::Timestamp;
use alipay_instore::store::{Heartbeats, OwnerBeats, StoreError, Stored, check_id};

use crate::failure::Failure;
use crate::reads::{bounded, column_number};
use crate::row::{self, id_of};
use crate::session::{Kind, Mode, Value};
use crate::store::Shared;

impl Shared {
    pub(crate) async fn take(&self, id: &str, owner: &str) -> Result<Option<Stored>, Failure> {
        check_id(owner)?;
        let found = self.load(id).await?;
        if found.as_ref().is_none_or(|found| found.owner.as_deref() == Some(owner)) {
            return Ok(found);
        }
        let mut session = self.database.session(Mode::Alone).await?;
        session.execute(&self.statements.take, vec![Value::text(owner), Value::text(id)]).await?;
        session.commit().await?;
        // It may be ours by now, and nobody may know.
        self.load(id).await.map_err(|failure| self.in_doubt(failure))
    }

    pub(crate) async fn claim(
        &self,
        owner: &str,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<Stored>, Failure> {
        check_id(owner)?;
        let limit = bounded(limit);
        if limit == 0 {
            return Ok(Vec::new());
        }
        // Mostly nothing is due, which is found out without a lock.
        let mut session = self.database.session(Mode::Read).await?;
        let due =
            session.rows(&self.statements.due, vec![Value::time(now), Value::int(1)], &[Kind::Text]).await?;
        session.commit().await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let mut session = self.database.session(Mode::Together).await?;
        let kinds = row::whole_kinds();
        let mut ask = limit;
        let mut claimed: Vec<Stored> = loop {
            let values = vec![Value::time(now), Value::int(i64::try_from(ask).unwrap_or(i64::MAX))];
            let rows = session.rows(&self.statements.lock_due, values, &kinds).await?;
            let (asked, found) = (ask, rows.len());
            let readable: Vec<Stored> = rows.into_iter().filter_map(|row| row::stored(row).ok()).collect();
            // One that can't be read must not keep its place before others for ever.
            ask = limit + (found - readable.len());
            if readable.len() >= limit || found < asked || ask <= asked {
                break readable;
            }
        };
        claimed.truncate(limit);
        if claimed.is_empty() {
            session.roll_back().await;
            return Ok(claimed);
        }
        let ids = claimed.iter().map(|stored| Value::text(&stored.entry.columns.id));
        let values = [Value::text(owner)].into_iter().chain(ids).collect();
        session.execute(&self.statements.own(claimed.len()), values).await?;
        session.commit().await?;
        let owner: Arc<str> = owner.into();
        for stored in &mut claimed {
            stored.owner = Some(Arc::clone(&owner));
        }
        Ok(claimed)
    }

    pub(crate) async fn touched(&self, owner: &str, limit: usize) -> Result<Vec<Stored>, Failure> {
        let limit = bounded(limit);
        if check_id(owner).is_err() || limit == 0 {
            return Ok(Vec::new());
        }
        let mut told = Vec::new();
        // What was told before, and perhaps not heard.
        let owed = self.owed(owner);
        let values = vec![Value::text(owner)];
        let mut session = self.database.session(Mode::Read).await?;
        for id in &owed {
            told.extend(self.find(&mut session, id).await.ok().flatten());
        }
        let any = session.rows(&self.statements.any_touched, values.clone(), &[Kind::Text]).await?;
        session.commit().await?;
        if any.is_empty() {
            self.paid(owner);
            return Ok(told);
        }
        let mut session = self.database.session(Mode::Together).await?;
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let values = vec![Value::text(owner), Value::int(most)];
        let rows = session.rows(&self.statements.lock_touched, values, &row::whole_kinds()).await?;
        let ids: Vec<String> = rows.iter().map(|row| id_of(row)).collect();
        if ids.is_empty() {
            session.roll_back().await;
        } else {
            let values = [owner.to_owned()].into_iter().chain(ids.iter().cloned());
            let values = values.map(|text| Value::Text(Some(text))).collect();
            session.execute(&self.statements.told(ids.len()), values).await?;
            self.owe(owner, &ids);
            session.commit().await?;
        }
        self.paid(owner);
        told.retain(|stored| !ids.iter().any(|id| **id == *stored.entry.columns.id));
        told.extend(rows.into_iter().filter_map(|row| row::stored(row).ok()));
        Ok(told)
    }

    pub(crate) async fn beat(&self, owner: &str) -> Result<Heartbeats, Failure> {
        check_id(owner)?;
        let mut session = self.database.session(Mode::Alone).await?;
        session.execute(&self.statements.beat, vec![Value::text(owner)]).await?;
        session.commit().await?;
        let read = async {
            let mut session = self.database.session(Mode::Read).await?;
            let rows = session.rows(&self.statements.owners, Vec::new(), &[Kind::Text, Kind::Int]).await?;
            session.commit().await?;
            Ok(rows)
        };
        let rows = read.await.map_err(|failure| self.in_doubt(failure))?;
        let owners: Vec<OwnerBeats> = rows.iter().filter_map(|row| beats_of(row)).collect();
        // An owner that was not known has beaten once, and one that was forgotten since is not there.
        let known = owners.iter().any(|one| *one.owner == *owner && one.beats > 1);
        Ok(Heartbeats { known, owners })
    }

    pub(crate) async fn forget(&self, owner: &str, beats: Option<u64>) -> Result<(), Failure> {
        if check_id(owner).is_err() {
            return Ok(());
        }
        let values = vec![Value::text(owner)];
        let mut session = self.database.session(Mode::Together).await?;
        let forgotten = match beats {
            None => session.execute(&self.statements.forget, values.clone()).await?,
            Some(beats) => {
                let values = vec![Value::text(owner), Value::int(column_number(beats))];
                session.execute(&self.statements.forget_at, values).await?
            }
        };
        if forgotten > 0 {
            // It would tell somebody who is gone.
            session.execute(&self.statements.forget_touched, values).await?;
        }
        session.commit().await
    }

    /// A failure to read after something was written.
    fn in_doubt(&self, failure: Failure) -> Failure {
        let told = failure.store_error(self.database.dialect()).into_error();
        Failure::Answer(StoreError::MaybeWritten(told))
    }
}

fn beats_of(row: &[Value]) -> Option<OwnerBeats> {
    match row {
        [Value::Text(Some(owner)), Value::Int(Some(beats))] => {
            Some(OwnerBeats { owner: owner.as_str().into(), beats: u64::try_from(*beats).ok()? })
        }
        _ => None,
    }
}
