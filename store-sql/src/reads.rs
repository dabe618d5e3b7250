//! What only reads.

use alipay_instore::Timestamp;
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::store::{Page, Query, StoreError, Stored, check_id};

use crate::failure::Failure;
use crate::row;
use crate::session::{Kind, Mode, Session, Value};
use crate::store::Shared;

/// How many rows a statement gives or meets at most.
pub(crate) const MOST: usize = 1_000;

impl Shared {
    pub(crate) async fn load(&self, id: &str) -> Result<Option<Stored>, Failure> {
        // Some databases take an id with a blank at its end as the one without.
        if check_id(id).is_err() {
            return Ok(None);
        }
        let mut session = self.database.session(Mode::Read).await?;
        let found = self.find(&mut session, id).await?;
        session.commit().await?;
        Ok(found)
    }

    /// The record, read by what an operation has open.
    pub(crate) async fn find(&self, session: &mut Session, id: &str) -> Result<Option<Stored>, Failure> {
        let kinds = row::whole_kinds();
        let rows = session.rows(&self.statements.load, vec![Value::text(id)], &kinds).await?;
        rows.into_iter().next().map(readable).transpose()
    }

    pub(crate) async fn find_refund(&self, id: &str) -> Result<Option<Stored>, Failure> {
        let mut session = self.database.session(Mode::Read).await?;
        let kinds = row::whole_kinds();
        let rows = session.rows(&self.statements.find_refund, vec![Value::text(id)], &kinds).await?;
        session.commit().await?;
        let found = rows.into_iter().next().map(readable).transpose()?;
        Ok(found.filter(|stored| stored.entry.columns.refund_ids.iter().any(|refund| refund == id)))
    }

    pub(crate) async fn gateway_time(&self, merchant: &str) -> Result<Option<Timestamp>, Failure> {
        let mut session = self.database.session(Mode::Read).await?;
        let values = vec![Value::text(merchant)];
        let rows = session.rows(&self.statements.gateway_time, values, &[Kind::Int]).await?;
        session.commit().await?;
        Ok(match rows.first().map(Vec::as_slice) {
            Some([Value::Int(time)]) => time.map(Timestamp::from_millis),
            _ => None,
        })
    }

    pub(crate) async fn list(&self, query: &Query) -> Result<Page, Failure> {
        let size = query.page_size().min(MOST);
        // One more tells whether there is another page.
        let limit = i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1);
        let (statement, values) = self.statements.list(query, limit);
        let mut session = self.database.session(Mode::Read).await?;
        let mut rows = session.rows(&statement, values, &row::COLUMN_KINDS).await?;
        session.commit().await?;
        let mut page = Page::default();
        let more = rows.len() > size;
        rows.truncate(size);
        let last = rows.last().filter(|_| more).and_then(|last| row::place_of(last));
        page.next = last.map(|(created, id)| (created, id.into()));
        for row in rows {
            match row::columns(row) {
                Ok(columns) => page.records.push(columns),
                Err(unreadable) => page.unreadable.push(unreadable),
            }
        }
        // A database may take a blank at the end of a text as nothing.
        page.records.retain(|columns| query.wants(columns));
        Ok(page)
    }
}

/// The record of a row, for who asked for this one.
fn readable(row: Vec<Value>) -> Result<Stored, Failure> {
    row::stored(row).map_err(|unreadable| Failure::Answer(StoreError::NotWritten(unreadable.error)))
}

/// A number as the column has it. One that is too large is nowhere.
pub(crate) fn column_number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(-1)
}

/// How many rows to ask for.
pub(crate) fn bounded(limit: usize) -> usize {
    limit.min(MOST)
}

/// A failure of this library, where a statement did not do what it must.
pub(crate) fn unexpected(reason: &str) -> Failure {
    Failure::Answer(StoreError::NotWritten(Error::new(ErrorCode::StoreFailed, reason)))
}
