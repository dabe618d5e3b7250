//! The end of an engine: what is known is stored, and everything is given back.

use std::sync::Arc;

use super::io::{Output, StoreOperation};
use super::live::Live;
use super::{Engine, Job, report};

impl Engine {
    /// Gives everything back. A result that is not known is told as interrupted.
    pub(super) fn close(&mut self) {
        if self.closing {
            return;
        }
        self.closing = true;
        self.posts.clear();
        for id in self.live.ids() {
            self.on(&id, |engine, live| {
                for call in std::mem::take(&mut live.calls) {
                    let error = report::interrupted(live, &call, "the client was closed");
                    engine.result(call.call, Err(error));
                }
                // Saved once more, whatever it waits for: nobody else has what is known here.
                (live.busy, live.backing_off) = (None, false);
            });
        }
        if !self.jobs.values().any(|job| matches!(job, Job::Beat { .. })) {
            self.forget_itself();
        }
    }

    /// What the store does not have yet is saved until a save fails. Nothing is begun any more.
    pub(super) fn save_before_the_end(&mut self, live: &mut Live) {
        if live.revision > 0 && !live.applied.is_empty() {
            self.save(live);
        }
    }

    /// A store operation has ended meanwhile.
    pub(super) fn goes_on_closing(&mut self, ended: &Job) {
        match ended {
            // It could have landed after the owner was gone, and brought it back.
            Job::Beat { .. } => self.forget_itself(),
            Job::Close => self.forgotten = true,
            _ => {}
        }
        if self.forgotten && !self.jobs.values().any(|job| matches!(job, Job::Save(_))) {
            self.outputs.push(Output::Closed);
        }
    }

    /// What it drove is free from then on, whether what is being saved lands before it or after.
    fn forget_itself(&mut self) {
        let owner = Arc::clone(&self.config.owner);
        self.store(Job::Close, StoreOperation::Forget { owner, beats: None });
    }
}
