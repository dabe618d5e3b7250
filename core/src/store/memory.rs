//! Records in memory, for tests and for hosts that can lose them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::contract::check_id;
use super::encoding::POLICY;
use super::packed::Packed;
use super::{Answer, Columns, Entry, Heartbeats, OwnerBeats, Page, Query, Store, StoreError, Stored};
use crate::time::Timestamp;

/// Keeps records in memory. **Everything is lost with the process**: a payment that was under way when the process
/// ended can't be resumed, and its outcome has to be found out by hand. Clones share their records.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Mutex<Records>>);

#[derive(Debug, Default)]
struct Records {
    rows: HashMap<Arc<str>, Box<Row>>,
    /// In the order of creation and id.
    order: BTreeSet<(Timestamp, Arc<str>)>,
    /// Those that are due at a time, the earliest first, by the number of the row: many are due at one time, and comparing
    /// their ids would take long.
    due: BTreeMap<(Timestamp, u64), Arc<str>>,
    /// How many rows were made.
    numbered: u64,
    /// Owner and record: saved without the owner.
    touched: BTreeSet<(Arc<str>, Arc<str>)>,
    refunds: HashMap<String, Arc<str>>,
    owners: BTreeMap<Arc<str>, u64>,
    gateway_times: HashMap<Arc<str>, Timestamp>,
    /// Merchants and owners: each once, however many records have it.
    shared: BTreeSet<Arc<str>>,
    /// The ends of texts, likewise. There are few.
    policies: Vec<Arc<str>>,
    /// Where a text is compressed.
    room: Vec<u8>,
}

#[derive(Debug)]
struct Row {
    columns: Columns,
    text: Packed,
    /// The end of the text.
    policy: Option<Arc<str>>,
    revision: u64,
    owner: Option<Arc<str>>,
    number: u64,
}

impl Row {
    fn stored(&self) -> Stored {
        let text = self.text.text(self.policy.as_deref().unwrap_or_default());
        let entry = Entry { columns: self.columns.clone(), text };
        Stored { entry, revision: self.revision, owner: self.owner.clone() }
    }
}

impl Records {
    fn is_free(&self, row: &Row) -> bool {
        row.owner.as_ref().is_none_or(|owner| !self.owners.contains_key(owner))
    }

    fn stored(&self, id: &str) -> Option<Box<Stored>> {
        self.rows.get(id).map(|row| Box::new(row.stored()))
    }

    /// Puts a row in place of the one that is there.
    fn put(&mut self, entry: &Entry, revision: u64, owner: Option<Arc<str>>) {
        let mut columns = entry.columns.clone();
        columns.merchant = self.share(&columns.merchant);
        if let Some((known, _)) = self.rows.get_key_value(&columns.id) {
            columns.id = Arc::clone(known);
        }
        let id = Arc::clone(&columns.id);
        let known = self.rows.get(&id).map(|row| (row.columns.created, row.columns.due_at, row.number));
        let (created, due, number) = match known {
            Some((created, due, number)) => (Some(created), due, number),
            None => {
                self.numbered = self.numbered.wrapping_add(1);
                (None, None, self.numbered)
            }
        };
        if due != columns.due_at {
            if let Some(due) = due {
                self.due.remove(&(due, number));
            }
            if let Some(due) = columns.due_at {
                self.due.insert((due, number), Arc::clone(&id));
            }
        }
        if created != Some(columns.created) {
            if let Some(created) = created {
                self.order.remove(&(created, Arc::clone(&id)));
            }
            self.order.insert((columns.created, Arc::clone(&id)));
        }
        for refund in &columns.refund_ids {
            self.refunds.insert(refund.clone(), Arc::clone(&id));
        }
        if let Some(time) = columns.gateway_time {
            let newest = self.gateway_times.entry(Arc::clone(&columns.merchant)).or_insert(time);
            *newest = time.max(*newest);
        }
        let (start, policy) = self.without_policy(entry.text.expose());
        // What was just begun is soon written again.
        let text = if revision == 1 { Packed::plain(start) } else { Packed::new(start, &mut self.room) };
        let row = Row { columns, text, policy, revision, owner, number };
        match self.rows.get_mut(&id) {
            Some(known) => **known = row,
            None => {
                self.rows.insert(id, Box::new(row));
            }
        }
    }

    fn share(&mut self, text: &str) -> Arc<str> {
        self.shared.get(text).cloned().unwrap_or_else(|| {
            let text: Arc<str> = text.into();
            self.shared.insert(Arc::clone(&text));
            text
        })
    }

    /// A text without its end, and the end.
    fn without_policy<'t>(&mut self, text: &'t str) -> (&'t str, Option<Arc<str>>) {
        let known = self.policies.iter().find_map(|policy| Some((text.strip_suffix(&**policy)?, policy)));
        if let Some((start, policy)) = known {
            return (start, Some(Arc::clone(policy)));
        }
        let Some((start, end)) = text.rfind(POLICY).and_then(|at| text.split_at_checked(at)) else {
            return (text, None);
        };
        let policy: Arc<str> = end.into();
        self.policies.push(Arc::clone(&policy));
        (start, Some(policy))
    }

    /// Takes a record out of the lists, with what was known of it.
    fn unlist(&mut self, id: &str) {
        let Some(row) = self.rows.get(id) else { return };
        if let Some(due) = row.columns.due_at {
            self.due.remove(&(due, row.number));
        }
        self.order.remove(&(row.columns.created, Arc::clone(&row.columns.id)));
    }

    fn own(&mut self, id: &str, owner: &str) {
        let owner = self.share(owner);
        if let Some(row) = self.rows.get_mut(id) {
            row.owner = Some(owner);
        }
    }
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn records(&self) -> MutexGuard<'_, Records> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn now<'a, T: Send + 'a>(value: Result<T, StoreError>) -> Answer<'a, T> {
    Box::pin(std::future::ready(value))
}

impl Store for MemoryStore {
    fn insert<'a>(&'a self, entry: &'a Entry, owner: Option<&'a str>) -> Answer<'a, ()> {
        if let Err(error) = check_id(&entry.columns.id) {
            return now(Err(error));
        }
        let mut records = self.records();
        if let Some(found) = records.stored(&entry.columns.id) {
            return now(Err(StoreError::Conflict(Some(found))));
        }
        let owner = owner.filter(|_| !entry.columns.finished).map(|owner| records.share(owner));
        records.put(entry, 1, owner);
        now(Ok(()))
    }

    fn load<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Stored>> {
        now(Ok(self.records().rows.get(id).map(|row| row.stored())))
    }

    fn save<'a>(&'a self, entry: &'a Entry, expected: u64, by: Option<&'a str>) -> Answer<'a, ()> {
        let mut records = self.records();
        let id = &entry.columns.id;
        let fits = |row: &&Row| row.revision == expected && (by.is_none() || row.owner.as_deref() == by);
        let Some(row) = records.rows.get(id).map(|row| &**row).filter(fits) else {
            return now(Err(StoreError::Conflict(records.stored(id))));
        };
        let owner = row.owner.clone().filter(|_| !entry.columns.finished);
        if let Some(told) = row.owner.clone() {
            let touched = (told, Arc::clone(id));
            match by {
                None => records.touched.insert(touched),
                Some(_) => records.touched.remove(&touched),
            };
        }
        records.put(entry, expected.saturating_add(1), owner);
        now(Ok(()))
    }

    fn take<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, Option<Stored>> {
        let mut records = self.records();
        let Some(row) = records.rows.get(id) else { return now(Ok(None)) };
        if records.is_free(row) {
            records.own(id, owner);
        }
        now(Ok(records.rows.get(id).map(|row| row.stored())))
    }

    fn claim<'a>(&'a self, owner: &'a str, at: Timestamp, limit: usize) -> Answer<'a, Vec<Stored>> {
        let mut records = self.records();
        let due = records.due.iter().take_while(|((due, _), _)| *due <= at);
        let free = |id: &&Arc<str>| records.rows.get(*id).is_some_and(|row| records.is_free(row));
        let ids: Vec<Arc<str>> = due.map(|(_, id)| id).filter(free).take(limit).cloned().collect();
        for id in &ids {
            records.own(id, owner);
        }
        now(Ok(ids.iter().filter_map(|id| records.rows.get(id).map(|row| row.stored())).collect()))
    }

    fn touched<'a>(&'a self, owner: &'a str, limit: usize) -> Answer<'a, Vec<Stored>> {
        let mut records = self.records();
        let first = (Arc::from(owner), Arc::from(""));
        let of_owner = records.touched.range(first..).take_while(|(told, _)| &**told == owner);
        let touched: Vec<_> = of_owner.take(limit).cloned().collect();
        for touched in &touched {
            records.touched.remove(touched);
        }
        now(Ok(touched.iter().filter_map(|(_, id)| records.rows.get(id).map(|row| row.stored())).collect()))
    }

    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Answer<'a, ()> {
        let mut records = self.records();
        if let Some(row) = records.rows.get_mut(id).filter(|row| row.owner.as_deref() == Some(owner)) {
            row.owner = None;
        }
        now(Ok(()))
    }

    fn beat<'a>(&'a self, owner: &'a str) -> Answer<'a, Heartbeats> {
        let mut records = self.records();
        let known = records.owners.contains_key(owner);
        let beats = records.owners.entry(owner.into()).or_default();
        *beats = beats.saturating_add(1);
        let each = records.owners.iter();
        let owners = each.map(|(owner, beats)| OwnerBeats { owner: Arc::clone(owner), beats: *beats });
        now(Ok(Heartbeats { known, owners: owners.collect() }))
    }

    fn forget<'a>(&'a self, owner: &'a str, beats: Option<u64>) -> Answer<'a, ()> {
        let mut records = self.records();
        if beats.is_none_or(|beats| records.owners.get(owner) == Some(&beats)) {
            records.owners.remove(owner);
        }
        now(Ok(()))
    }

    fn list<'a>(&'a self, query: &'a Query) -> Answer<'a, Page> {
        let records = self.records();
        let after = query.after.clone().unwrap_or((Timestamp::from_millis(i64::MIN), "".into()));
        let rows = records.order.range(after..).filter_map(|(_, id)| records.rows.get(id));
        let mut wanted = rows.map(|row| &row.columns).filter(|columns| query.wants(columns)).cloned();
        let page: Vec<_> = wanted.by_ref().take(query.page_size()).collect();
        let next = wanted.next().and(page.last()).map(|last| (last.created, Arc::clone(&last.id)));
        now(Ok(Page { records: page, next, unreadable: Vec::new() }))
    }

    fn purge(&self, before: Timestamp, at: Timestamp, limit: usize) -> Answer<'_, u64> {
        let mut records = self.records();
        let old = records.rows.values().map(|row| &row.columns).filter(|columns| may_go(columns, before, at));
        let old: Vec<_> = old.take(limit).map(|columns| Arc::clone(&columns.id)).collect();
        for id in &old {
            records.unlist(id);
            let row = records.rows.remove(id);
            for refund in row.iter().flat_map(|row| &row.columns.refund_ids) {
                records.refunds.remove(refund);
            }
        }
        now(Ok(u64::try_from(old.len()).unwrap_or(u64::MAX)))
    }

    fn gateway_time<'a>(&'a self, merchant: &'a str) -> Answer<'a, Option<Timestamp>> {
        now(Ok(self.records().gateway_times.get(merchant).copied()))
    }

    fn find_refund<'a>(&'a self, refund_request_id: &'a str) -> Answer<'a, Option<Stored>> {
        let records = self.records();
        let id = records.refunds.get(refund_request_id);
        now(Ok(id.and_then(|id| records.rows.get(id)).map(|row| row.stored())))
    }
}

/// Whether a record with these columns may be purged.
pub(super) fn may_go(columns: &Columns, before: Timestamp, now: Timestamp) -> bool {
    columns.finished
        && !columns.open_alerts
        && columns.updated < before
        && columns.keep_until.is_some_and(|until| until <= now)
}
