//! The payments that this process has in hand. Of one that only waits little more than its id is kept: its row has the
//! rest.

use std::collections::HashMap;
use std::sync::Arc;

use super::live::Live;
use super::traffic::Class;
use crate::gateway::Operation;
use crate::store::Part;
use crate::time::Timestamp;

#[derive(Debug, Default)]
pub(super) struct InHand {
    busy: HashMap<Arc<str>, Box<Live>>,
    waiting: HashMap<Arc<str>, Waiting>,
    /// How many of them are here as a whole.
    whole: usize,
}

/// What the row of a payment that this process drives does not tell.
#[derive(Debug)]
struct Waiting {
    revision: u64,
    phase: &'static str,
    alerts: usize,
    attempts: Box<[(Part, Operation, u32)]>,
    seen_at: Timestamp,
}

impl InHand {
    /// Takes a payment out, to be put back or to be dropped.
    pub(super) fn take(&mut self, id: &str) -> Option<Box<Live>> {
        if let Some(live) = self.busy.remove(id) {
            self.whole = self.whole.saturating_sub(usize::from(live.record.is_some()));
            return Some(live);
        }
        let (id, waiting) = self.waiting.remove_entry(id)?;
        let Waiting { revision, phase, alerts, attempts, seen_at } = waiting;
        let attempts = attempts.into_vec();
        Some(Box::new(Live { revision, phase, alerts, attempts, seen_at, mine: true, ..Live::new(id) }))
    }

    pub(super) fn put(&mut self, live: Box<Live>) {
        let id = Arc::clone(&live.id);
        if live.only_waits() {
            let Live { revision, phase, alerts, attempts, seen_at, .. } = *live;
            let attempts = attempts.into_boxed_slice();
            self.waiting.insert(id, Waiting { revision, phase, alerts, attempts, seen_at });
        } else {
            self.whole = self.whole.saturating_add(usize::from(live.record.is_some()));
            self.busy.insert(id, live);
        }
    }

    /// Unless it only waits.
    pub(super) fn busy(&self, id: &str) -> Option<&Live> {
        self.busy.get(id).map(|live| &**live)
    }

    /// Whether it waited for a slot, which it has from now on.
    pub(super) fn has_slot(&mut self, id: &str, slot: (Class, Arc<str>)) -> bool {
        let Some(live) = self.busy.get_mut(id).filter(|live| live.waiting) else { return false };
        live.waiting = false;
        live.slot = Some(slot);
        true
    }

    /// Those that do more than wait.
    pub(super) fn all_busy(&self) -> impl Iterator<Item = &Live> {
        self.busy.values().map(|live| &**live)
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.busy.contains_key(id) || self.waiting.contains_key(id)
    }

    /// Whether this process drives it.
    pub(super) fn drives(&self, id: &str) -> bool {
        self.waiting.contains_key(id) || self.busy.get(id).is_some_and(|live| live.mine)
    }

    pub(super) fn len(&self) -> usize {
        self.busy.len().saturating_add(self.waiting.len())
    }

    /// How many are here as a whole, and not only in the store.
    pub(super) fn whole(&self) -> usize {
        self.whole
    }

    /// Every id, sorted: the same inputs have the same outputs.
    pub(super) fn ids(&self) -> Vec<Arc<str>> {
        let mut ids: Vec<_> = self.busy.keys().chain(self.waiting.keys()).cloned().collect();
        ids.sort_unstable();
        ids
    }

    /// Those that this process drives, sorted.
    pub(super) fn driven(&self) -> Vec<Arc<str>> {
        let busy = self.busy.values().filter(|live| live.mine).map(|live| &live.id);
        let mut ids: Vec<_> = busy.chain(self.waiting.keys()).cloned().collect();
        ids.sort_unstable();
        ids
    }
}
