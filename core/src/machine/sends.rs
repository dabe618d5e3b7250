//! The numbers of sends. A cancel may be repeated for a day, so runs of one operation are kept as one entry.

use serde::{Deserialize, Serialize};

use crate::gateway::Operation;

/// Sends of one operation with consecutive numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    operation: Operation,
    count: u32,
}

/// The operations of all sends of a machine, numbered from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Sends(Vec<Run>);

impl Sends {
    /// Takes one more and gives its number.
    pub(crate) fn push(&mut self, operation: Operation) -> u32 {
        match self.0.last_mut() {
            Some(run) if run.operation == operation => run.count = run.count.saturating_add(1),
            _ => self.0.push(Run { operation, count: 1 }),
        }
        self.count()
    }

    /// How many there were.
    pub(crate) fn count(&self) -> u32 {
        self.0.iter().fold(0, |sum, run| sum.saturating_add(run.count))
    }

    /// The operation of a send that was given out.
    pub(crate) fn operation_of(&self, send_id: u32) -> Option<Operation> {
        let mut last = 0u32;
        for run in &self.0 {
            last = last.saturating_add(run.count);
            if (1..=last).contains(&send_id) {
                return Some(run.operation);
            }
        }
        None
    }

    /// Whether one of this operation was given out.
    pub(crate) fn holds(&self, operation: Operation) -> bool {
        self.0.iter().any(|run| run.operation == operation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_over_all_operations() {
        let mut sends = Sends::default();
        let of = [Operation::Cancel, Operation::Cancel, Operation::Inquiry, Operation::Cancel];
        assert_eq!(of.map(|operation| sends.push(operation)), [1, 2, 3, 4]);
        assert_eq!([1, 2, 3, 4].map(|id| sends.operation_of(id)), of.map(Some));
        assert_eq!([0, 5].map(|id| sends.operation_of(id)), [None; 2]);
        assert!(sends.holds(Operation::Inquiry) && !sends.holds(Operation::Refund));
        assert_eq!(
            serde_json::to_string(&sends).unwrap(),
            r#"[{"operation":"cancel","count":2},{"operation":"inquiry","count":1},{"operation":"cancel","count":1}]"#
        );
    }
}
