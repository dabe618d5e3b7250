//! The steps of one payment as they happen.

use tokio::sync::mpsc;

use super::Client;
use crate::engine::Request;
use crate::error::Result;
use crate::timeline::{TimelineEntry, TimelineEvent};

pub(super) type Steps = mpsc::UnboundedReceiver<TimelineEntry>;

/// The steps of one payment, from [`Client::watch`].
pub struct Watch {
    first: Option<TimelineEntry>,
    steps: Steps,
    ended: bool,
}

impl Watch {
    /// The next step; none once the payment has its result, or the client is closed.
    pub async fn next(&mut self) -> Option<TimelineEntry> {
        if self.ended {
            return None;
        }
        let step = match self.first.take() {
            Some(first) => Some(first),
            None => self.steps.recv().await,
        };
        self.ended = step.as_ref().is_none_or(|step| matches!(step.event, TimelineEvent::Concluded { .. }));
        step
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}

impl Client {
    /// Follows a stored payment: what it shows to the customer now, and then each step until it has its result. This is how
    /// a till shows an order code. Where another process drives the payment, its steps are seen when it stores them.
    ///
    /// Dropping the watch stops nothing.
    ///
    /// # Errors
    /// As [`status`](Client::status).
    pub async fn watch(&self, payment_request_id: &str) -> Result<Watch> {
        let steps = self.shell().watch(payment_request_id);
        let now = self.status(payment_request_id).await?;
        let entry = |event| {
            let at = self.clock().now();
            TimelineEntry { at, elapsed: 0, event }
        };
        let first = match (now.outcome, now.form) {
            (Some(outcome), _) => Some(entry(TimelineEvent::Concluded { outcome })),
            (None, form) => form.map(|form| entry(TimelineEvent::Presented { form })),
        };
        if !matches!(first, Some(TimelineEntry { event: TimelineEvent::Concluded { .. }, .. })) {
            let (shell, id) = (std::sync::Arc::clone(self.shell()), payment_request_id.to_owned());
            tokio::spawn(async move {
                // Somebody has to wait for the payment, so that this process learns of its steps.
                drop(shell.call(&id, Request::Resume, Some(i64::MAX)).await);
            });
        }
        Ok(Watch { first, steps, ended: false })
    }
}
