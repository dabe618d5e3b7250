//! What callers are told while the store does not take what is known.

use std::sync::Arc;
use std::time::Duration;

use super::change::Change;
use super::live::Live;
use super::{Engine, Timer, report};

/// A verified end waits so long for its save.
pub(super) const UNSTORED_AFTER: Duration = Duration::from_secs(5);
/// A call without a verified end waits so long for the store.
pub(super) const INTERRUPTED_AFTER: Duration = Duration::from_secs(60);

impl Engine {
    /// A verified end that is not stored waits for its save, but not for ever: whether the store fails or hangs. What
    /// was never stored has sent nothing, and says nothing of an earlier call with this id: that is no end.
    pub(super) fn watch_end(&mut self, live: &mut Live) {
        let waits = live.revision > 0
            && !live.is_saved()
            && live.record.as_ref().is_some_and(|record| {
                live.calls.iter().any(|call| report::has_verified_end(record, &call.goal))
            });
        if waits != live.end_waits {
            live.end_waits = waits;
            let timer = Timer::Unstored(Arc::clone(&live.id));
            match waits {
                true => self.timers.set(timer, self.now.monotonic.saturating_add(UNSTORED_AFTER)),
                false => self.timers.clear(&timer),
            }
        }
    }

    /// A verified end has waited long enough for the store: it is told as not stored, and the record keeps what was
    /// told, with an alert.
    pub(super) fn tell_unstored(&mut self, live: &mut Live) {
        live.end_waits = false;
        let Some(record) = live.record.clone().filter(|_| live.revision > 0 && !live.is_saved()) else {
            return;
        };
        let (ended, waiting): (Vec<_>, Vec<_>) = std::mem::take(&mut live.calls)
            .into_iter()
            .partition(|call| report::has_verified_end(&record, &call.goal));
        live.calls = waiting;
        let told = ended.iter().filter_map(|call| call.goal.part());
        let told: Vec<_> =
            told.filter_map(|part| report::end_of(&record, &part).map(|end| (part, end))).collect();
        if !told.is_empty() {
            self.apply(live, Change::NotStored { told }, None);
        }
        let record = live.record.clone().unwrap_or(record);
        for call in ended {
            self.result(call.call, Ok(report::of(&record, call, false)));
        }
    }

    /// The store has been away for a minute, and there is no verified end.
    pub(super) fn interrupt(&mut self, live: &mut Live) {
        if live.failing_since.is_none() {
            return;
        }
        for call in std::mem::take(&mut live.calls) {
            let error = report::interrupted(live, &call, "the store has failed for a minute");
            self.result(call.call, Err(error));
        }
        // Whoever calls meanwhile waits as long.
        let at = self.now.monotonic.saturating_add(INTERRUPTED_AFTER);
        self.timers.set(Timer::Interrupted(Arc::clone(&live.id)), at);
    }
}
