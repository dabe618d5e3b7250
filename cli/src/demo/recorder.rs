//! Keeps the steps of every payment until it is told, and lets a case wait for one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use alipay_instore::client::{Observer, TimelineEntry, TimelineEvent};
use tokio::sync::Notify;

use crate::render::Teller;

/// Every step of every payment, by payment.
#[derive(Default)]
pub(crate) struct Recorder {
    steps: Mutex<HashMap<String, Vec<TimelineEntry>>>,
    changed: Notify,
}

impl Recorder {
    /// The steps of one payment so far.
    fn steps(&self, id: &str) -> Vec<TimelineEntry> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned().unwrap_or_default()
    }

    /// The same in words. Refunds come after the payment, and count their time from its beginning too.
    pub(crate) fn lines(&self, id: &str) -> Vec<String> {
        let steps = self.steps(id);
        let first = steps.first().map(|step| (step.at, step.elapsed));
        let mut teller = Teller::default();
        steps
            .into_iter()
            .map(|mut step| {
                if let Some((at, elapsed)) = first {
                    step.elapsed = elapsed.saturating_add(step.at.saturating_since(at));
                }
                teller.line(&step)
            })
            .collect()
    }

    /// Returns once a payment has come to a step like this.
    pub(crate) async fn until(&self, id: &str, like: impl Fn(&TimelineEvent) -> bool) {
        loop {
            let changed = self.changed.notified();
            if self.steps(id).iter().any(|step| like(&step.event)) {
                return;
            }
            changed.await;
        }
    }
}

impl Observer for Recorder {
    fn step(&self, payment_request_id: &str, step: &TimelineEntry) {
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        steps.entry(payment_request_id.to_owned()).or_default().push(step.clone());
        drop(steps);
        self.changed.notify_waiters();
    }
}
