//! Deadlines by the monotonic clock: setting one, and finding the earliest, costs O(log n).

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::Hash;

/// One deadline a key. A deadline that was replaced stays in the heap until it comes up, or until there are too many of
/// them.
#[derive(Debug)]
pub(super) struct Timers<K> {
    heap: BinaryHeap<Reverse<(i64, u64)>>,
    /// By the number of the entry in the heap.
    keys: HashMap<u64, K>,
    set: HashMap<K, u64>,
    next: u64,
}

impl<K: Clone + Eq + Hash> Default for Timers<K> {
    fn default() -> Self {
        Timers { heap: BinaryHeap::new(), keys: HashMap::new(), set: HashMap::new(), next: 0 }
    }
}

impl<K: Clone + Eq + Hash> Timers<K> {
    pub(super) fn set(&mut self, key: K, at: i64) {
        self.next = self.next.wrapping_add(1);
        if let Some(old) = self.set.insert(key.clone(), self.next) {
            self.keys.remove(&old);
        }
        self.keys.insert(self.next, key);
        self.heap.push(Reverse((at, self.next)));
        if self.heap.len() > 64 && self.heap.len() > self.keys.len().saturating_mul(4) {
            let keys = &self.keys;
            self.heap.retain(|Reverse((_, number))| keys.contains_key(number));
        }
    }

    pub(super) fn clear(&mut self, key: &K) {
        if let Some(old) = self.set.remove(key) {
            self.keys.remove(&old);
        }
    }

    /// The earliest deadline.
    pub(super) fn next(&mut self) -> Option<i64> {
        while let Some(Reverse((at, number))) = self.heap.peek() {
            if self.keys.contains_key(number) {
                return Some(*at);
            }
            self.heap.pop();
        }
        None
    }

    /// Takes the earliest deadline that has passed.
    pub(super) fn take_due(&mut self, now: i64) -> Option<K> {
        if self.next()? > now {
            return None;
        }
        let Reverse((_, number)) = self.heap.pop()?;
        let key = self.keys.remove(&number)?;
        self.set.remove(&key);
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_setting_counts() {
        let mut timers = Timers::default();
        timers.set("a", 10);
        timers.set("b", 5);
        timers.set("a", 20);
        timers.set("c", 7);
        timers.clear(&"c");
        assert_eq!(timers.next(), Some(5));
        assert_eq!(timers.take_due(4), None);
        assert_eq!(
            (timers.take_due(100), timers.take_due(100), timers.take_due(100)),
            (Some("b"), Some("a"), None)
        );
        assert_eq!(timers.next(), None);
    }

    #[test]
    fn what_was_replaced_does_not_pile_up() {
        let mut timers = Timers::default();
        for at in 0..10_000 {
            timers.set(at % 10, at);
        }
        assert!(timers.heap.len() <= 65 && timers.keys.len() == 10);
        assert_eq!(timers.next(), Some(9_990));
    }
}
