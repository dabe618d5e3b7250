//! How a payment leaves this process: refused, given back, or because nothing keeps it here.

use std::sync::Arc;
use std::time::Duration;

use super::io::StoreOperation;
use super::live::Live;
use super::{Engine, Job, Timer};
use crate::error::{Error, ErrorCode};

/// What can't be read here is given back after this time.
const REFUSED_FOR: Duration = Duration::from_secs(60);
/// Who has claimed a payment of another merchant lets this number of looks pass, so that its own processes come first.
const LOOKS_LEFT_OUT: u32 = 3;

impl Engine {
    /// A record that can't be read here, or whose merchant is not configured here. Nothing else is stopped by it. One that
    /// can't be read is given back after a while, for a process that can; that of another merchant at once.
    pub(super) fn refuse(&mut self, live: &mut Live, error: &Error) {
        for call in std::mem::take(&mut live.calls) {
            // The outcome is not known here.
            self.result(call.call, Err(error.clone().with_money(true, true)));
        }
        live.record = None;
        live.refused = live.mine || live.busy.is_some();
        if live.refused {
            let now = self.now.monotonic;
            let at = if error.code() == ErrorCode::ConfigUnknownClient {
                self.owners.claims_from =
                    now.saturating_add(self.config.look_every.saturating_mul(LOOKS_LEFT_OUT));
                now
            } else {
                now.saturating_add(REFUSED_FOR)
            };
            self.timers.set(Timer::Refused(Arc::clone(&live.id)), at);
        }
    }

    pub(super) fn give_back_refused(&mut self, id: &str) {
        if let Some(live) = self.live.busy(id)
            && live.refused
        {
            let id = Arc::clone(&live.id);
            self.live.take(&id);
            self.release(id);
        }
    }

    pub(super) fn release(&mut self, id: Arc<str>) {
        let owner = Arc::clone(&self.config.owner);
        if !self.live.drives(&id) {
            self.store(Job::Release(Arc::clone(&id)), StoreOperation::Release { id, owner });
        }
    }

    /// Whether nothing keeps it here. A record that was taken for something that did not need it is given back.
    pub(super) fn leaves(&mut self, live: &mut Live) -> bool {
        let awaited = live.is_asking() || (live.look_again && live.revision > 0);
        if live.refused || awaited || !live.calls.is_empty() {
            return false;
        }
        if live.record.is_none() {
            return !live.mine && live.todo.is_empty();
        }
        if !live.applied.is_empty() || !live.todo.is_empty() || live.revision == 0 {
            return false;
        }
        if live.mine && live.is_finished() {
            // It was taken for something that changed nothing.
            self.release(Arc::clone(&live.id));
        }
        live.is_finished() || !live.mine
    }
}
