//! Who lives: this owner beats, others are watched, and what nobody drives is claimed.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use super::io::StoreOperation;
use super::{Engine, Job, Timer};
use crate::store::{Heartbeats, StoreError, Stored};

/// What is known of the owners.
#[derive(Debug, Default)]
pub(super) struct Owners {
    /// When the last beat that the store took was sent, by the monotonic clock.
    beaten_at: Option<Duration>,
    beating: bool,
    /// The first name of this process, once it has another one, and how many it had.
    earlier: Option<(Arc<str>, u32)>,
    renamed_at: Duration,
    /// It may own records that it was not told of.
    unsure: bool,
    /// How often each other owner had beaten, and since when that has not changed.
    seen: HashMap<Arc<str>, (u64, Duration)>,
    /// Payments that wait for a beat before something may leave.
    pub(super) stalled: BTreeSet<Arc<str>>,
    claiming: bool,
    /// Nothing is claimed before this time.
    pub(super) claims_from: Duration,
    looking: bool,
}

impl Owners {
    fn is_alive(&self, now: Duration, limit: Duration) -> bool {
        self.beaten_at.is_some_and(|at| now.saturating_sub(at) < limit)
    }

    fn knows(&self, owner: &str) -> bool {
        self.seen.contains_key(owner)
    }
}

impl Engine {
    /// Whether nobody can hold this owner dead yet.
    pub(super) fn is_alive(&self) -> bool {
        self.owners.is_alive(self.now.monotonic, self.config.beat_every.saturating_mul(2))
    }

    /// Whether the store has told who lives.
    pub(super) fn knows_owners(&self) -> bool {
        self.owners.beaten_at.is_some()
    }

    /// Beats, and again later.
    pub(super) fn beat(&mut self) {
        self.timers.set(Timer::Beat, self.now.monotonic.saturating_add(self.config.beat_every));
        self.beat_now();
    }

    pub(super) fn beat_now(&mut self) {
        if !self.owners.beating && !self.closing {
            self.owners.beating = true;
            let owner = Arc::clone(&self.config.owner);
            let job = Job::Beat { sent: self.now.monotonic, owner: Arc::clone(&owner) };
            self.store(job, StoreOperation::Beat { owner });
        }
    }

    pub(super) fn beaten(&mut self, sent: Duration, owner: &str, answer: Result<Heartbeats, StoreError>) {
        if *owner != *self.config.owner {
            return;
        }
        self.owners.beating = false;
        let Ok(heartbeats) = answer else { return };
        let first = self.owners.beaten_at.is_none();
        self.owners.beaten_at = Some(sent);
        let now = self.now.monotonic;
        let mut seen = HashMap::new();
        for other in heartbeats.owners {
            if other.owner == self.config.owner {
                continue;
            }
            let known = self.owners.seen.get(&other.owner).filter(|(beats, _)| *beats == other.beats);
            let since = known.map_or(now, |(_, since)| *since);
            if now.saturating_sub(since) >= self.config.dead_after {
                let operation =
                    StoreOperation::Forget { owner: Arc::clone(&other.owner), beats: Some(other.beats) };
                self.store(Job::Forget, operation);
            } else {
                seen.insert(other.owner, (other.beats, since));
            }
        }
        self.owners.seen = seen;
        if !first && !heartbeats.known {
            self.take_another_name();
        }
        for id in std::mem::take(&mut self.owners.stalled) {
            self.on(&id, |_, _| {});
        }
        if first {
            // Whoever waits for a stored payment did not know until now whether anybody drives it.
            let waiting = self.live.all_busy().filter(|live| !live.mine && !live.calls.is_empty());
            let waiting: Vec<_> = waiting.map(|live| Arc::clone(&live.id)).collect();
            for id in waiting {
                self.on(&id, Engine::poll);
            }
        }
    }

    /// Gives everything back at once, also what it does not know to be its own, and goes on under another name: others
    /// may have claimed what it had.
    ///
    /// Under the old name its beats would count from 1 again, and who had seen that name beat so often before would hold
    /// it dead at once.
    fn take_another_name(&mut self) {
        self.owners.unsure = false;
        self.owners.renamed_at = self.now.monotonic;
        let owner = Arc::clone(&self.config.owner);
        let (first, times) = self.owners.earlier.take().unwrap_or((Arc::clone(&owner), 0));
        let times = times.saturating_add(1);
        self.config.owner = format!("{first}/{times}").into();
        self.owners.earlier = Some((first, times));
        self.owners.beaten_at = None;
        self.owners.beating = false;
        self.store(Job::Forget, StoreOperation::Forget { owner, beats: None });
        self.beat_now();
        for id in self.live.driven() {
            self.on(&id, |engine, live| {
                if live.revision == 0 {
                    return;
                }
                live.is_driven_elsewhere();
                // Without a caller its row is enough, until it is due.
                if live.is_saved() && live.busy.is_none() && !live.calls.is_empty() {
                    engine.load(live);
                }
            });
        }
    }

    /// Whether a record with this owner is free, as far as is known here.
    pub(super) fn is_free(&self, owner: Option<&str>) -> bool {
        owner.is_none_or(|owner| *owner != *self.config.owner && !self.owners.knows(owner))
    }

    /// An owner was met that the last beat did not tell of.
    pub(super) fn lives(&mut self, owner: Arc<str>) {
        let now = self.now.monotonic;
        self.owners.seen.entry(owner).or_insert((0, now));
    }

    /// Looks for what others saved, and for what nobody drives.
    pub(super) fn look(&mut self) {
        self.timers.set(Timer::Look, self.now.monotonic.saturating_add(self.config.look_every));
        // Until it has beaten, nothing can be its own.
        if !self.is_alive() {
            return;
        }
        // Nothing else would tell of what it owns and does not know: those who claim pass it by, since it lives.
        let renamed = self.now.monotonic.saturating_sub(self.owners.renamed_at);
        if self.owners.unsure && renamed >= self.config.dead_after {
            return self.take_another_name();
        }
        let owner = Arc::clone(&self.config.owner);
        if !self.owners.looking {
            self.owners.looking = true;
            let limit = self.config.claim_limit.max(1);
            self.store(Job::Touched, StoreOperation::Touched { owner: Arc::clone(&owner), limit });
        }
        if self.config.claims && !self.owners.claiming && self.now.monotonic >= self.owners.claims_from {
            self.owners.claiming = true;
            let gateway = self.trades.values().map(|trade| trade.clock.at(self.now)).max();
            let now = self.now.wall.max(gateway.unwrap_or_default());
            let limit = self.config.claim_limit;
            self.store(Job::Claim, StoreOperation::Claim { owner, now, limit });
        }
    }

    /// Records may have been claimed or taken of which the answer did not tell.
    pub(super) fn may_own_more(&mut self) {
        self.owners.unsure = true;
    }

    /// A look has ended, well or not.
    pub(super) fn looked(&mut self, claim: bool) {
        if claim {
            self.owners.claiming = false;
        } else {
            self.owners.looking = false;
        }
    }

    pub(super) fn claimed(&mut self, records: Vec<Stored>) {
        for stored in records {
            let id = Arc::clone(&stored.entry.columns.id);
            self.on_any(&id, |engine, live| {
                // It was free, so whoever had it here before had lost it.
                live.is_driven_elsewhere();
                if live.is_asking() {
                    live.look_again = true;
                    return;
                }
                match engine.rebase(live, &stored) {
                    // It may have been claimed under an earlier name.
                    Ok(()) if live.mine => live.is_taken_over(),
                    Ok(()) => {}
                    Err(error) => engine.refuse(live, &error),
                }
            });
        }
    }

    pub(super) fn touched(&mut self, records: Vec<Stored>) {
        for stored in records {
            let id = Arc::clone(&stored.entry.columns.id);
            self.on_any(&id, |engine, live| {
                if stored.revision <= live.revision {
                    return;
                }
                if live.is_asking() {
                    live.look_again = true;
                    return;
                }
                let had = live.mine;
                match engine.rebase(live, &stored) {
                    Ok(()) if live.mine && !had => live.is_taken_over(),
                    Ok(()) => {}
                    Err(error) => engine.refuse(live, &error),
                }
            });
        }
    }

    /// The store tells that records were saved.
    pub(super) fn watched(&mut self, ids: &[Arc<str>]) {
        for id in ids {
            self.on(id, |engine, live| {
                if live.is_asking() {
                    live.look_again = true;
                } else if live.revision > 0 {
                    engine.load(live);
                }
            });
        }
    }

    /// A clock was set, or the gateway's time became known: deadlines are computed again.
    pub(super) fn notice_jumps(&mut self) {
        let now = self.now;
        // Each clock is asked, also after one that has jumped.
        let jumped =
            self.trades.values_mut().filter_map(|trade| trade.clock.has_jumped(now).then_some(())).count()
                > 0;
        if jumped {
            for id in self.live.driven() {
                self.timers.set(Timer::Wake(id), now.monotonic);
            }
        }
    }
}
