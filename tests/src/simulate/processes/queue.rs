//! What happens, ordered by time.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

#[derive(Debug)]
struct Queued<T> {
    at: i64,
    order: u64,
    what: T,
}

impl<T> PartialEq for Queued<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.order) == (other.at, other.order)
    }
}

impl<T> Eq for Queued<T> {}

impl<T> PartialOrd for Queued<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Queued<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.order).cmp(&(other.at, other.order))
    }
}

/// A queue whose entries of one moment come in the order in which they were put.
#[derive(Debug)]
pub struct Queue<T> {
    heap: BinaryHeap<Reverse<Queued<T>>>,
    order: u64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Queue { heap: BinaryHeap::new(), order: 0 }
    }
}

impl<T> Queue<T> {
    /// Puts something in.
    pub fn put(&mut self, at: i64, what: T) {
        self.order = self.order.saturating_add(1);
        self.heap.push(Reverse(Queued { at, order: self.order, what }));
    }

    /// When the next thing happens.
    pub fn next_at(&self) -> Option<i64> {
        self.heap.peek().map(|Reverse(next)| next.at)
    }

    /// Takes it.
    pub fn take(&mut self) -> Option<(i64, T)> {
        self.heap.pop().map(|Reverse(Queued { at, what, .. })| (at, what))
    }
}
