//! The steps of one payment as they happen.

use std::future::{Future as _, poll_fn};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::Client;
use crate::engine::Request;
use crate::error::Result;
use crate::json::Object;
use crate::timeline::{TimelineEntry, TimelineEvent};

pub(super) type Steps = mpsc::UnboundedReceiver<TimelineEntry>;

/// The steps of one payment, from [`Client::watch`].
pub struct Watch {
    first: Option<TimelineEntry>,
    steps: Steps,
    /// What the customer was last shown.
    shown: Option<Object>,
    ended: bool,
    waiting: Option<JoinHandle<()>>,
}

impl Watch {
    /// The next step; none once the payment has its result, or the client is closed.
    pub async fn next(&mut self) -> Option<TimelineEntry> {
        while !self.ended {
            let step = match self.first.take() {
                Some(first) => Some(first),
                None => self.steps.recv().await,
            };
            match step.as_ref().map(|step| &step.event) {
                None | Some(TimelineEvent::Concluded { .. }) => self.ended = true,
                // It was seen in the store, and then as a step.
                Some(TimelineEvent::Presented { form }) if self.shown.as_ref() == Some(form) => continue,
                Some(TimelineEvent::Presented { form }) => self.shown = Some(form.clone()),
                Some(_) => {}
            }
            return step;
        }
        None
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(waiting) = self.waiting.take() {
            waiting.abort();
        }
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
        // Somebody has to wait for the payment, so that this process learns of its steps: from now on, since what happens
        // between a look and the beginning of that wait would be seen by neither.
        let (shell, id) = (Arc::clone(self.shell()), payment_request_id.to_owned());
        let mut call =
            Box::pin(async move { drop(shell.call(&id, Request::Resume, Some(Duration::MAX)).await) });
        let over = poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await;
        let now = self.status(payment_request_id).await?;
        let entry = |event| {
            let at = self.clock().now();
            TimelineEntry { at, elapsed: Duration::ZERO, event }
        };
        let first = match (now.outcome, now.form) {
            (Some(outcome), _) => Some(entry(TimelineEvent::Concluded { outcome })),
            (None, form) => form.map(|form| entry(TimelineEvent::Presented { form })),
        };
        let ended = matches!(first, Some(TimelineEntry { event: TimelineEvent::Concluded { .. }, .. }));
        let waiting = (!ended && !over).then(|| tokio::spawn(call));
        Ok(Watch { first, steps, shown: None, ended: false, waiting })
    }
}
