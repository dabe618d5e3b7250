//! Deadlines by the monotonic clock: setting one, and finding the earliest, costs O(log n).

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::Hash;
use std::time::Duration;

/// One deadline a key. A deadline that was replaced stays in the heap until it comes up, or until there are too many of
/// them.
#[derive(Debug)]
pub(super) struct Timers<K> {
    /// Each with its time in nanoseconds, which needs half the room of a [`Duration`] and reaches for 584 years.
    heap: BinaryHeap<Reverse<(u64, u64)>>,
    /// By the number of the entry in the heap.
    keys: HashMap<u64, K>,
    /// The number of each key's deadline, and its time.
    set: HashMap<K, (u64, u64)>,
    next: u64,
}

impl<K: Clone + Eq + Hash> Default for Timers<K> {
    fn default() -> Self {
        Timers { heap: BinaryHeap::new(), keys: HashMap::new(), set: HashMap::new(), next: 0 }
    }
}

impl<K: Clone + Eq + Hash> Timers<K> {
    pub(super) fn set(&mut self, key: K, at: Duration) {
        let nanos = u64::try_from(at.as_nanos()).unwrap_or(u64::MAX);
        match self.set.get_mut(&key) {
            // Every step of a payment sets its deadlines, and moves few.
            Some((_, known)) if *known == nanos => return,
            Some(known) => {
                self.next = self.next.wrapping_add(1);
                self.keys.remove(&known.0);
                *known = (self.next, nanos);
            }
            None => {
                self.next = self.next.wrapping_add(1);
                self.set.insert(key.clone(), (self.next, nanos));
            }
        }
        self.keys.insert(self.next, key);
        self.heap.push(Reverse((nanos, self.next)));
        if self.heap.len() > 64 && self.heap.len() > self.keys.len().saturating_mul(4) {
            let keys = &self.keys;
            self.heap.retain(|Reverse((_, number))| keys.contains_key(number));
        }
    }

    pub(super) fn clear(&mut self, key: &K) {
        if let Some((number, _)) = self.set.remove(key) {
            self.keys.remove(&number);
        }
    }

    /// The earliest deadline.
    pub(super) fn next(&mut self) -> Option<Duration> {
        while let Some(Reverse((at, number))) = self.heap.peek() {
            if self.keys.contains_key(number) {
                return Some(Duration::from_nanos(*at));
            }
            self.heap.pop();
        }
        None
    }

    /// Takes the earliest deadline that has passed.
    pub(super) fn take_due(&mut self, now: Duration) -> Option<K> {
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

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn the_latest_setting_counts() {
        let mut timers = Timers::default();
        timers.set("a", ms(10));
        timers.set("b", ms(5));
        timers.set("a", ms(20));
        timers.set("c", ms(7));
        timers.clear(&"c");
        assert_eq!(timers.next(), Some(ms(5)));
        assert_eq!(timers.take_due(ms(4)), None);
        let taken = [(); 3].map(|()| timers.take_due(ms(100)));
        assert_eq!(taken, [Some("b"), Some("a"), None]);
        assert_eq!(timers.next(), None);
    }

    #[test]
    fn what_was_replaced_does_not_pile_up() {
        let mut timers = Timers::default();
        for at in 0..10_000 {
            timers.set(at % 10, ms(at));
        }
        assert!(timers.heap.len() <= 65 && timers.keys.len() == 10);
        assert_eq!(timers.next(), Some(ms(9_990)));
    }
}
