//! The shell around the engine: it hands in what happened, and does what the engine asks for. It decides nothing about
//! payments.
//!
//! Everything runs on the tokio runtime of a caller: one task that wakes the engine, and one for each store operation and
//! each request. If that runtime ends, the next caller's takes its place. Who drops the future of a call stops waiting; the
//! payment goes on.

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot, watch};
use tokio::task::JoinHandle;

use super::told::Told;
use super::{Inner, transport::Failure};
use crate::engine::{
    CallId, CallResult, Engine, Input, JobId, Now, Output, PostAnswer, PostId, Request, StoreAnswer,
    StoreOperation,
};
use crate::error::{Error, ErrorCode, Result};
use crate::json::Object;
use crate::payment::Certainty;
use crate::store::StoreError;
use crate::time::{duration, milliseconds};

/// Who waits for a call about a payment.
struct Waiting {
    id: Arc<str>,
    sender: oneshot::Sender<Result<CallResult>>,
    /// The result comes after the steps before it.
    ordered: bool,
}

pub(super) struct Shell {
    pub(super) inner: Arc<Inner>,
    engine: Mutex<Alarmed>,
    waiting: Mutex<HashMap<CallId, Waiting>>,
    calls: AtomicU64,
    told: Told,
    /// Store operations and requests that are not under way yet.
    tasks: Mutex<VecDeque<Task>>,
    works: Mutex<Option<Works>>,
    starts: AtomicU64,
    changed: Arc<Notify>,
    /// The runtime that everything runs on has ended.
    stranded: Notify,
    closed: Notify,
    /// How many requests are under way.
    posting: watch::Sender<usize>,
    /// How many beats are.
    beating: watch::Sender<usize>,
}

/// The engine, and until when its waker sleeps.
struct Alarmed {
    engine: Engine,
    /// By the monotonic clock.
    alarm: Duration,
}

impl Alarmed {
    /// When the engine asks for time.
    fn due(&mut self, now: Now) -> Duration {
        now.monotonic.saturating_add(self.engine.sleep())
    }

    /// Whether the engine asks for time before its waker wakes by itself. Most inputs do not, and waking costs more than
    /// they do.
    fn is_late(&mut self, now: Now) -> bool {
        let due = self.due(now);
        let late = due < self.alarm;
        self.alarm = self.alarm.min(due);
        late
    }
}

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What runs all the time, and where.
struct Works {
    number: u64,
    runtime: Handle,
    /// Wakes the engine when its time has come.
    waker: JoinHandle<()>,
    /// Hears from the store what others saved.
    listener: JoinHandle<()>,
}

impl Works {
    fn end(self) -> Handle {
        self.waker.abort();
        self.listener.abort();
        self.runtime
    }
}

impl Shell {
    pub(super) fn new(inner: Arc<Inner>, engine: Engine) -> Arc<Self> {
        let told = Told::new(inner.observer.clone());
        Arc::new(Shell {
            inner,
            engine: Mutex::new(Alarmed { engine, alarm: Duration::ZERO }),
            waiting: Mutex::default(),
            calls: AtomicU64::new(0),
            told,
            tasks: Mutex::default(),
            works: Mutex::default(),
            starts: AtomicU64::new(0),
            changed: Arc::default(),
            stranded: Notify::new(),
            closed: Notify::new(),
            posting: watch::Sender::new(0),
            beating: watch::Sender::new(0),
        })
    }

    /// Asks for something about a payment, and waits for the result.
    pub(super) async fn call(
        self: &Arc<Self>,
        id: &str,
        request: Request,
        wait: Option<Duration>,
    ) -> Result<CallResult> {
        let id: Arc<str> = id.into();
        let of = Arc::clone(&id);
        let named = |error: Error| error.with_payment(&*of);
        self.ask(Arc::clone(&of), |call| Input::Call { call, id, request, wait }).await.map_err(named)
    }

    /// Hands in a verified notification, and waits until it is stored.
    pub(super) async fn notify(
        self: &Arc<Self>,
        id: Option<&str>,
        refund_request_id: Option<String>,
        body: Object,
    ) -> Result<CallResult> {
        let id: Option<Arc<str>> = id.map(Into::into);
        let of = id.clone().unwrap_or_default();
        self.ask(of, |call| Input::Notified { call, id, refund_request_id, body }).await
    }

    async fn ask(self: &Arc<Self>, of: Arc<str>, input: impl FnOnce(CallId) -> Input) -> Result<CallResult> {
        self.start()?;
        let call = CallId(self.calls.fetch_add(1, Ordering::Relaxed));
        let (sender, receiver) = oneshot::channel();
        let ordered = !self.told.is_telling(&of);
        locked(&self.waiting).insert(call, Waiting { id: of, sender, ordered });
        let waiting = Withdrawn { shell: self, call };
        self.hand_in(input(call));
        let result = self.until(receiver).await?;
        drop(waiting);
        // The shell keeps the other end until it has told the result.
        result.unwrap_or_else(|_| {
            Err(Error::new(ErrorCode::ClientClosed, "the client is closed").with_money(true, true))
        })
    }

    /// Waits for this, and carries on with everything on the caller's runtime if the one that it ran on ends.
    async fn until<T>(self: &Arc<Self>, end: impl Future<Output = T>) -> Result<T> {
        tokio::pin!(end);
        loop {
            let stranded = self.stranded.notified();
            tokio::pin!(stranded);
            stranded.as_mut().enable();
            self.start()?;
            tokio::select! {
                end = end.as_mut() => return Ok(end),
                () = stranded => {}
            }
        }
    }

    /// Works until the client is closed.
    pub(super) async fn work(self: &Arc<Self>) -> Result<()> {
        if !self.with_engine(|engine| engine.claims()) {
            let error = Error::new(ErrorCode::ConfigInvalid, "the client takes over nothing");
            return Err(error.with_path("claims"));
        }
        let closed = self.closed.notified();
        tokio::pin!(closed);
        closed.as_mut().enable();
        if self.with_engine(|engine| engine.is_closing()) {
            return Ok(());
        }
        self.until(closed).await
    }

    /// Follows a payment: every step that this process sees reaches the receiver, until that is dropped.
    pub(super) fn watch(&self, id: &str) -> super::watch::Steps {
        self.told.watch(id)
    }

    /// Begins to wake the engine, on the runtime of whoever calls; nothing if that is done already.
    ///
    /// # Errors
    /// `config.invalid` outside a tokio runtime.
    pub(super) fn start(self: &Arc<Self>) -> Result<()> {
        let runtime = Handle::try_current().map_err(|_| {
            let reason = "the client is used outside a tokio runtime";
            Error::new(ErrorCode::ConfigInvalid, reason).with_path("runtime")
        })?;
        if locked(&self.works).is_some() {
            return Ok(());
        }
        // Nothing is locked meanwhile: a runtime that ends drops what it is given at once.
        let number = self.starts.fetch_add(1, Ordering::Relaxed);
        let strands = Strands { shell: Arc::downgrade(self), number };
        let waker = runtime.spawn(wake(strands, Arc::clone(&self.changed)));
        let listener = runtime.spawn(listen(Arc::downgrade(self), Arc::clone(&self.inner)));
        let new = Works { number, runtime, waker, listener };
        let needless = {
            let mut works = locked(&self.works);
            let taken = works.is_some() || self.with_engine(|engine| engine.is_closing());
            if taken || new.waker.is_finished() { Some(new) } else { works.replace(new) }
        };
        needless.map(Works::end);
        self.begin_tasks();
        Ok(())
    }

    /// Gives everything back that this process drives. Whoever waits is told that the result is not known. A request that is
    /// under way may reach the gateway first: a customer who was just scanned pays, if another process goes on.
    pub(super) async fn close(self: &Arc<Self>) {
        let closed = self.closed.notified();
        tokio::pin!(closed);
        closed.as_mut().enable();
        if self.start().is_err() {
            return;
        }
        let is_new = !self.with_engine(|engine| engine.is_closing());
        self.hand_in(Input::Close);
        self.changed.notify_one();
        if is_new {
            let mut posting = self.posting.subscribe();
            let ended = async {
                closed.await;
                // The sender is the shell's own, so this has an end.
                drop(posting.wait_for(|posting| *posting == 0).await);
            };
            // A store or a gateway that does not answer keeps nobody: this owner counts as dead after a while.
            tokio::select! {
                () = ended => {}
                // Not by the client's clock, which may stand still in a test.
                () = tokio::time::sleep(CLOSING) => {}
            }
        }
        let works = locked(&self.works).take();
        works.map(Works::end);
        self.told.end();
    }

    pub(super) fn with_engine<T>(&self, look: impl FnOnce(&mut Engine) -> T) -> T {
        look(&mut locked(&self.engine).engine)
    }

    fn hand_in(self: &Arc<Self>, input: Input) {
        {
            let mut alarmed = locked(&self.engine);
            let now = self.inner.now();
            // In this order also beside other tasks; nothing here calls out.
            for output in alarmed.engine.handle(input, now) {
                self.carry_out(output);
            }
            if alarmed.is_late(now) {
                self.changed.notify_one();
            }
        }
        self.begin_tasks();
        self.told.tell();
    }

    /// Hands time in, and says how long there is nothing to do then.
    fn wake(self: &Arc<Self>) -> Duration {
        self.hand_in(Input::Time);
        let mut alarmed = locked(&self.engine);
        alarmed.alarm = alarmed.due(self.inner.now());
        alarmed.engine.sleep()
    }

    fn carry_out(self: &Arc<Self>, output: Output) {
        match output {
            Output::Store { job, operation } => self.store(job, operation),
            Output::Post { post, path, body, deadline, .. } => self.post(post, path, body, deadline),
            Output::Observed { id, entry } => self.told.observed(id, entry),
            Output::Result { call, result } => {
                let waiting = locked(&self.waiting).remove(&call);
                if let Some(Waiting { id, sender, ordered }) = waiting {
                    self.told.result(id, sender, result, ordered);
                }
            }
            Output::Closed => self.closed.notify_waiters(),
        }
    }

    fn store(self: &Arc<Self>, job: JobId, operation: StoreOperation) {
        let store = Arc::clone(&self.inner.store);
        let operation = Arc::new(operation);
        let pending = self.pending(Answered::Stored { job, operation: Arc::clone(&operation) });
        let beats = matches!(*operation, StoreOperation::Beat { .. });
        let beating = beats.then(|| UnderWay::of(&self.beating));
        self.spawn(async move {
            let _beating = beating;
            let answer = operation.perform(&*store).await;
            pending.answered(Input::Stored { job, answer });
        });
    }

    fn post(self: &Arc<Self>, post: PostId, path: String, body: crate::payment::Secret, deadline: Duration) {
        let inner = Arc::clone(&self.inner);
        let pending = self.pending(Answered::Posted { post });
        let under_way = UnderWay::of(&self.posting);
        self.spawn(async move {
            let _under_way = under_way;
            let answer = match inner.exchange(&path, body.expose(), deadline).await {
                Ok(response) => PostAnswer::Verified {
                    body: response.body,
                    signed_at: response.signed_at,
                    tracer_id: response.tracer_id,
                    text_replaced: response.text_replaced,
                },
                Err(unanswered) => {
                    let Failure { certainty, error } = unanswered.failure;
                    PostAnswer::Unanswered { certainty, unverified: unanswered.unverified, error }
                }
            };
            pending.answered(Input::Posted { post, answer });
        });
    }

    fn pending(self: &Arc<Self>, answered: Answered) -> Pending {
        Pending { shell: Arc::downgrade(self), answered: Some(answered) }
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        locked(&self.tasks).push_back(Box::pin(task));
    }

    /// On the runtime that wakes the engine: a caller's own may end before the work does. One that has ended drops the task
    /// at once, which answers for it; so nothing is locked here.
    fn begin_tasks(&self) {
        loop {
            let runtime = locked(&self.works).as_ref().map(|works| works.runtime.clone());
            let Some(runtime) = runtime else { return };
            let Some(task) = locked(&self.tasks).pop_front() else { return };
            runtime.spawn(task);
        }
    }
}

/// So long a client that closes waits for its store and for the requests that are under way.
const CLOSING: Duration = Duration::from_secs(5);

/// The last handle was dropped: what this process drives is given back, if the runtime still runs.
impl Drop for Shell {
    fn drop(&mut self) {
        let works = self.works.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        let engine = &mut self.engine.get_mut().unwrap_or_else(PoisonError::into_inner).engine;
        if let (Some(runtime), false) = (works.map(Works::end), engine.is_closing()) {
            let (store, owner) = (Arc::clone(&self.inner.store), engine.owner());
            let mut beating = self.beating.subscribe();
            runtime.spawn(async move {
                // A beat that lands later would bring the owner back.
                drop(tokio::time::timeout(CLOSING, beating.wait_for(|beating| *beating == 0)).await);
                // If it fails, the owner counts as dead after a while.
                drop(store.forget(&owner, None).await);
            });
        }
    }
}

/// Says that the runtime has ended, when the task that has this is dropped with it.
struct Strands {
    shell: Weak<Shell>,
    number: u64,
}

impl Drop for Strands {
    fn drop(&mut self) {
        let Some(shell) = self.shell.upgrade() else { return };
        let works = locked(&shell.works).take_if(|works| works.number == self.number);
        if works.is_some() {
            shell.stranded.notify_waiters();
        }
    }
}

/// Hands time in whenever the engine asks for it. It holds the shell only while it does, so that a client that nobody uses
/// any more ends.
async fn wake(mut strands: Strands, changed: Arc<Notify>) {
    loop {
        let Some(strong) = strands.shell.upgrade() else { return };
        if strong.with_engine(|engine| engine.is_closing()) {
            // The runtime goes on, and what is under way on it.
            strands.shell = Weak::new();
            return;
        }
        let sleep = strong.wake();
        let clock = Arc::clone(&strong.inner.clock);
        drop(strong);
        tokio::select! {
            () = changed.notified() => {}
            () = clock.sleep(sleep) => {}
        }
    }
}

/// Learns at once what other processes save, where the store can tell; the engine looks once a second all the same.
async fn listen(shell: Weak<Shell>, inner: Arc<Inner>) {
    while let Some(saved) = inner.store.watch() {
        match saved.await {
            Ok(ids) => {
                let ids = ids.into_iter().map(Into::into).collect();
                hand_in(&shell, Input::Watched { ids });
            }
            Err(_) => inner.clock.sleep(LISTEN_AGAIN).await,
        }
        if shell.strong_count() == 0 {
            return;
        }
    }
}

/// After an error the store is listened to again after this time.
const LISTEN_AGAIN: Duration = Duration::from_secs(1);

fn hand_in(shell: &Weak<Shell>, input: Input) {
    if let Some(shell) = shell.upgrade() {
        shell.hand_in(input);
    }
}

/// Somebody waits no longer; the call itself goes on.
struct Withdrawn<'a> {
    shell: &'a Shell,
    call: CallId,
}

impl Drop for Withdrawn<'_> {
    fn drop(&mut self) {
        locked(&self.shell.waiting).remove(&self.call);
    }
}

/// A request, until it was answered or dropped.
struct UnderWay(watch::Sender<usize>);

impl UnderWay {
    fn of(count: &watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        UnderWay(count.clone())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// Answers for a task that panicked, was aborted or never began: the engine must not wait for it for ever.
struct Pending {
    shell: Weak<Shell>,
    answered: Option<Answered>,
}

enum Answered {
    Stored { job: JobId, operation: Arc<StoreOperation> },
    Posted { post: PostId },
}

impl Pending {
    fn answered(mut self, input: Input) {
        self.answered = None;
        hand_in(&self.shell, input);
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let broken = || Error::new(ErrorCode::InternalPanic, "the task ended without an answer");
        match self.answered.take() {
            None => {}
            Some(Answered::Stored { job, operation }) => {
                let answer: StoreAnswer = operation.failed(StoreError::MaybeWritten(broken()));
                hand_in(&self.shell, Input::Stored { job, answer });
            }
            Some(Answered::Posted { post }) => {
                let (certainty, unverified) = (Certainty::Unknown, None);
                let answer = PostAnswer::Unanswered { certainty, unverified, error: broken() };
                hand_in(&self.shell, Input::Posted { post, answer });
            }
        }
    }
}

impl Inner {
    pub(super) fn now(&self) -> Now {
        // Whole milliseconds, like every deadline: a moment later the engine asks for the same time.
        let monotonic = duration(milliseconds(self.clock.monotonic()));
        Now { wall: self.clock.now(), monotonic }
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
