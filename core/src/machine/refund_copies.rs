//! What is known of each copy of one refund request.
//!
//! A refusal ends a refund only if no other copy can have been carried out, so the fate of every copy is kept.
//! Copies whose numbers follow one another and whose fate is the same are kept as one run: a day of silence is one.

use serde::{Deserialize, Serialize};

/// What is known of one copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fate {
    /// No answer, or one that settles nothing.
    Open,
    /// Nothing left this machine.
    NotSent,
    /// Refused, so this copy was not carried out.
    Refused,
    /// The gateway took it.
    Taken,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    first: u32,
    last: u32,
    fate: Fate,
    /// It may have been carried out before a restart, so a later "not sent" proves nothing.
    resumed: bool,
}

/// The copies, in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Copies(Vec<Run>);

impl Copies {
    /// A snapshot of an older version says nothing of copies. Some may be open, so none of its refusals is the end.
    pub(crate) fn of_an_older_snapshot() -> Self {
        Copies(vec![Run { first: 0, last: 0, fate: Fate::Open, resumed: true }])
    }

    /// A copy was given out.
    pub(crate) fn given_out(&mut self, send_id: u32) {
        self.0.push(Run { first: send_id, last: send_id, fate: Fate::Open, resumed: false });
        self.join();
    }

    /// A verified answer to a copy says this. What was taken once stays taken, whatever a repeated answer says.
    pub(crate) fn answered(&mut self, send_id: u32, fate: Fate) {
        if self.run(send_id).is_some_and(|run| run.fate != Fate::Taken) {
            self.set(send_id, fate);
        }
    }

    /// Nothing of this copy left the machine. Gives whether that proves anything.
    pub(crate) fn not_sent(&mut self, send_id: u32) -> bool {
        let proven = self.run(send_id).is_some_and(|run| run.fate == Fate::Open && !run.resumed);
        if proven {
            self.set(send_id, Fate::NotSent);
        }
        proven
    }

    /// The machine was restored: what is open may have been carried out before.
    pub(crate) fn resumed(&mut self) {
        for run in &mut self.0 {
            run.resumed |= run.fate == Fate::Open;
        }
        self.join();
    }

    /// Whether it is certain that no copy ever left this machine.
    pub(crate) fn none_left(&self) -> bool {
        self.0.iter().all(|run| run.fate == Fate::NotSent)
    }

    /// Whether it is certain that no copy was carried out, or ever will be.
    pub(crate) fn none_carried_out(&self) -> bool {
        self.0.iter().all(|run| matches!(run.fate, Fate::NotSent | Fate::Refused))
    }

    fn run(&self, send_id: u32) -> Option<&Run> {
        self.0.iter().find(|run| (run.first..=run.last).contains(&send_id))
    }

    /// Cuts the copy out of its run.
    fn set(&mut self, send_id: u32, fate: Fate) {
        let runs = std::mem::take(&mut self.0);
        for run in runs {
            if !(run.first..=run.last).contains(&send_id) {
                self.0.push(run);
                continue;
            }
            if run.first < send_id {
                self.0.push(Run { last: send_id.saturating_sub(1), ..run.clone() });
            }
            self.0.push(Run { first: send_id, last: send_id, fate, ..run });
            if send_id < run.last {
                self.0.push(Run { first: send_id.saturating_add(1), ..run });
            }
        }
        self.join();
    }

    fn join(&mut self) {
        self.0.dedup_by(|next, run| {
            let alike = (run.fate, run.resumed) == (next.fate, next.resumed);
            let joined = alike && run.last.checked_add(1) == Some(next.first);
            if joined {
                run.last = next.last;
            }
            joined
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(ids: &[u32]) -> Copies {
        let mut copies = Copies::default();
        ids.iter().for_each(|id| copies.given_out(*id));
        copies
    }

    #[test]
    fn a_long_silence_is_one_run() {
        let mut copies = given(&(1..=1_452).collect::<Vec<_>>());
        assert_eq!(copies.0.len(), 1);
        copies.answered(700, Fate::Refused);
        assert_eq!(copies.0.len(), 3);
        assert_eq!([1, 699, 700, 701, 1_452].map(|id| copies.run(id).map(|run| run.fate)), {
            let open = Some(Fate::Open);
            [open, open, Some(Fate::Refused), open, open]
        });
        assert!(!copies.none_carried_out());
        // Inquiries stand between these two.
        assert_eq!(given(&[1, 3]).0.len(), 2);
    }

    #[test]
    fn each_copy_has_its_own_fate() {
        let mut copies = given(&[1, 2, 3]);
        assert!(copies.not_sent(1));
        assert!(!copies.not_sent(1) && !copies.not_sent(9));
        copies.answered(2, Fate::Refused);
        assert!(!copies.not_sent(2));
        assert!(!copies.none_carried_out());
        copies.answered(3, Fate::Refused);
        assert!(copies.none_carried_out() && !copies.none_left());
        copies.answered(3, Fate::Taken);
        copies.answered(3, Fate::Refused);
        assert!(!copies.none_carried_out());
    }

    #[test]
    fn after_a_restart_not_sent_proves_nothing() {
        let mut copies = given(&[1, 2]);
        assert!(copies.not_sent(1));
        copies.resumed();
        assert!(!copies.not_sent(2));
        copies.given_out(3);
        assert!(copies.not_sent(3) && !copies.none_left());
        copies.answered(2, Fate::Refused);
        assert!(copies.none_carried_out());
    }
}
