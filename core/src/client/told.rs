//! What is told to the outside: steps to the observer, to the log and to whoever watches, and results to callers.
//!
//! Each payment has a queue of its own, so that its steps come in their order, the result last, and an observer that is slow
//! or never returns holds up only the news of its own payment. A result does not wait for an observer that takes too long, nor
//! does that of a call that the observer itself makes.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::Observer;
use super::observer::trace;
use super::shell::locked;
use super::watch::Steps;
use crate::engine::CallResult;
use crate::error::Result;
use crate::timeline::TimelineEntry;

/// So long a result waits for the steps before it, which an observer holds up.
const PATIENCE: Duration = Duration::from_secs(1);

enum News {
    Step(TimelineEntry),
    Result(Due),
}

type Waiting = (oneshot::Sender<Result<CallResult>>, Result<CallResult>);

/// A result, until it is told.
#[derive(Clone)]
struct Due(Arc<Mutex<Option<Waiting>>>);

impl Due {
    fn tell(&self) {
        if let Some((waiting, result)) = locked(&self.0).take() {
            // Nobody may wait for it any more.
            drop(waiting.send(result));
        }
    }
}

/// The news of one payment. While somebody tells them, others only add to them.
#[derive(Default)]
struct Queue {
    news: VecDeque<News>,
    telling: bool,
}

#[derive(Default)]
struct Queues {
    queues: HashMap<Arc<str>, Queue>,
    /// Those with news that nobody tells yet.
    ready: Vec<Arc<str>>,
    watchers: HashMap<Arc<str>, Vec<mpsc::UnboundedSender<TimelineEntry>>>,
}

#[derive(Clone)]
pub(super) struct Told {
    queues: Arc<Mutex<Queues>>,
    observer: Option<Arc<dyn Observer>>,
}

impl Told {
    pub(super) fn new(observer: Option<Arc<dyn Observer>>) -> Self {
        Told { queues: Arc::default(), observer }
    }

    pub(super) fn observed(&self, id: Arc<str>, entry: TimelineEntry) {
        self.add(id, News::Step(entry));
    }

    /// Whether the observer is being told of this payment. A call that begins now may be its own, for which the result must
    /// not wait.
    pub(super) fn is_telling(&self, id: &str) -> bool {
        self.observer.is_some() && locked(&self.queues).queues.get(id).is_some_and(|queue| queue.telling)
    }

    /// Tells a result, if it is `ordered` after the steps that came before.
    pub(super) fn result(
        &self,
        id: Arc<str>,
        waiting: oneshot::Sender<Result<CallResult>>,
        result: Result<CallResult>,
        ordered: bool,
    ) {
        let due = Due(Arc::new(Mutex::new(Some((waiting, result)))));
        if !ordered {
            return due.tell();
        }
        if let (true, Ok(runtime)) = (self.is_telling(&id), tokio::runtime::Handle::try_current()) {
            let late = due.clone();
            runtime.spawn(async move {
                tokio::time::sleep(PATIENCE).await;
                late.tell();
            });
        }
        self.add(id, News::Result(due));
    }

    /// Nobody is told of any step any more.
    pub(super) fn end(&self) {
        locked(&self.queues).watchers.clear();
    }

    pub(super) fn watch(&self, id: &str) -> Steps {
        let (sender, receiver) = mpsc::unbounded_channel();
        let mut queues = locked(&self.queues);
        queues.watchers.retain(|_, watchers| {
            watchers.retain(|watcher| !watcher.is_closed());
            !watchers.is_empty()
        });
        queues.watchers.entry(id.into()).or_default().push(sender);
        receiver
    }

    fn add(&self, id: Arc<str>, news: News) {
        let mut queues = locked(&self.queues);
        let queue = queues.queues.entry(Arc::clone(&id)).or_default();
        queue.news.push_back(news);
        if !queue.telling {
            queue.telling = true;
            queues.ready.push(id);
        }
    }

    /// Tells what nobody tells yet: here, or where an observer may take its time, on a thread for blocking work.
    pub(super) fn tell(&self) {
        let ready = std::mem::take(&mut locked(&self.queues).ready);
        for id in ready {
            match (&self.observer, tokio::runtime::Handle::try_current()) {
                (Some(_), Ok(runtime)) => {
                    let telling = Telling { told: self.clone(), id };
                    runtime.spawn_blocking(move || drop(telling));
                }
                _ => self.empty(&id),
            }
        }
    }

    fn empty(&self, id: &Arc<str>) {
        while let Some(news) = self.next(id) {
            match news {
                News::Step(entry) => self.step(id, &entry),
                News::Result(due) => due.tell(),
            }
        }
    }

    fn next(&self, id: &Arc<str>) -> Option<News> {
        let mut queues = locked(&self.queues);
        let news = queues.queues.get_mut(id).and_then(|queue| queue.news.pop_front());
        if news.is_none() {
            queues.queues.remove(id);
        }
        news
    }

    fn step(&self, id: &Arc<str>, entry: &TimelineEntry) {
        trace(id, entry);
        #[cfg(feature = "metrics")]
        super::metrics::count(entry);
        if let Some(observer) = &self.observer {
            // The payment goes on whatever the host's code does.
            if catch_unwind(AssertUnwindSafe(|| observer.step(id, entry))).is_err() {
                tracing::error!(payment_request_id = &**id, "the observer panicked");
            }
        }
        if let Some(watchers) = locked(&self.queues).watchers.get_mut(id) {
            watchers.retain(|watcher| watcher.send(entry.clone()).is_ok());
        }
    }
}

/// News that are told when this is dropped: also by a runtime that ends and runs nothing any more.
struct Telling {
    told: Told,
    id: Arc<str>,
}

impl Drop for Telling {
    fn drop(&mut self) {
        self.told.empty(&self.id);
    }
}
