//! Stores that a shop wrote in PHP.
//!
//! PHP runs on one thread, and the engine on others. What the engine asks of the store waits in a queue, which the thread of
//! PHP serves while it waits in a call. Between calls nobody serves: the process shows no sign of life then, and others take
//! over what it drives, as from one that died.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{TryRecvError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::payment::Secret;
use alipay_instore::store::Store;
use alipay_instore::store::host::{Host, HostFailure, HostStore};
use alipay_instore::store::kit::{Fixture, Opened, PROPERTIES};
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendCallable, Zval};
use ext_php_rs::zend::{CatchError, bailout, try_catch};
use tokio::sync::oneshot;

use crate::error::{OrRaise as _, guard, panicked};
use crate::process::{locked, runtime};

/// The operation that opens one more store for the kit.
const OPEN: &str = "open";

struct Asked {
    /// Which store, where the kit opened several.
    store: u32,
    operation: &'static str,
    arguments: Secret,
    reply: oneshot::Sender<Result<Secret, HostFailure>>,
}

#[derive(Default)]
struct Queue {
    asked: VecDeque<Asked>,
    /// The PHP that would serve has ended.
    gone: bool,
}

/// What the engine asks of stores in PHP.
#[derive(Default)]
pub(crate) struct Calls {
    queue: Mutex<Queue>,
    changed: Condvar,
}

fn gone() -> HostFailure {
    HostFailure::NotWritten(Error::new(ErrorCode::StoreFailed, "the store's PHP has ended"))
}

impl Calls {
    async fn ask(
        &self,
        store: u32,
        operation: &'static str,
        arguments: Secret,
    ) -> Result<Secret, HostFailure> {
        let (reply, answer) = oneshot::channel();
        {
            let mut queue = locked(&self.queue);
            if queue.gone {
                return Err(gone());
            }
            queue.asked.push_back(Asked { store, operation, arguments, reply });
        }
        self.changed.notify_all();
        let interrupted =
            || HostFailure::MaybeWritten(Error::new(ErrorCode::StoreFailed, "the store was interrupted"));
        answer.await.unwrap_or_else(|_| Err(interrupted()))
    }

    /// Nobody serves any more.
    pub(crate) fn abandon(&self) {
        let asked = {
            let mut queue = locked(&self.queue);
            queue.gone = true;
            std::mem::take(&mut queue.asked)
        };
        for one in asked {
            // Who does not wait any more needs no answer.
            let _ = one.reply.send(Err(gone()));
        }
    }

    /// What is to be served next; none when what is waited for is done.
    fn next(&self, done: &AtomicBool) -> Option<Asked> {
        let mut queue = locked(&self.queue);
        loop {
            if let Some(asked) = queue.asked.pop_front() {
                return Some(asked);
            }
            if done.load(Ordering::Acquire) {
                return None;
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Wakes the thread of PHP when what it waits for has ended, also by a panic.
struct Wakes {
    calls: Arc<Calls>,
    done: Arc<AtomicBool>,
}

impl Drop for Wakes {
    fn drop(&mut self) {
        {
            // While the lock is held, nobody is between looking and waiting.
            let _queue = locked(&self.calls.queue);
            self.done.store(true, Ordering::Release);
        }
        self.calls.changed.notify_all();
    }
}

/// A function of PHP that serves, and what it is asked.
pub(crate) struct Server {
    pub(crate) calls: Arc<Calls>,
    serve: Zval,
}

impl Clone for Server {
    fn clone(&self) -> Self {
        Server { calls: Arc::clone(&self.calls), serve: self.serve.shallow_clone() }
    }
}

impl Server {
    /// With a function of the number of the store, the operation, and the arguments as JSON. It gives how that ended, and the
    /// answer or the record found as JSON, or the reason.
    pub(crate) fn new(serve: &Zval) -> Self {
        Server { calls: Arc::default(), serve: serve.shallow_clone() }
    }

    /// The store that it serves.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        Arc::new(HostStore::new(InPhp { calls: Arc::clone(&self.calls), store: 0 }))
    }

    /// Runs something on the runtime, and serves until it ends.
    pub(crate) fn wait<T: Send + 'static>(
        &self,
        future: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        let (sender, receiver) = sync_channel(1);
        let done = Arc::new(AtomicBool::new(false));
        let wakes = Wakes { calls: Arc::clone(&self.calls), done: Arc::clone(&done) };
        runtime()?.spawn(async move {
            let _wakes = wakes;
            #[cfg(feature = "panic-test")]
            crate::panic_test::panic_in_call_if_armed();
            let _ = sender.send(future.await);
        });
        while let Some(asked) = self.calls.next(&done) {
            self.serve(asked);
        }
        match receiver.try_recv() {
            Ok(done) => done,
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => Err(panicked()),
        }
    }

    fn serve(&self, Asked { store, operation, arguments, reply }: Asked) {
        let called = try_catch(AssertUnwindSafe(|| {
            let (operation, arguments) = (operation.to_owned(), arguments.expose().to_owned());
            ZendCallable::new(&self.serve)?.try_call(vec![&store, &operation, &arguments])
        }));
        let answer = match called {
            Ok(Ok(answer)) => read(&answer),
            Err(CatchError::Bailout) => {
                // PHP is ending, as after `max_execution_time`: no more of it may run.
                drop(reply);
                self.calls.abandon();
                // SAFETY: nothing of this function is needed any more; the frames above hold only memory.
                unsafe { bailout() }
            }
            // The function catches what the store throws.
            Ok(Err(_)) | Err(_) => None,
        };
        let failed = || HostFailure::MaybeWritten(Error::new(ErrorCode::StoreFailed, "the store failed"));
        // Who does not wait any more needs no answer.
        let _ = reply.send(answer.unwrap_or_else(|| Err(failed())));
    }
}

fn read(answer: &Zval) -> Option<Result<Secret, HostFailure>> {
    let list = answer.array()?;
    let (kind, text) = (list.get_index(0)?.string()?, list.get_index(1)?.string()?);
    let failed = || Error::new(ErrorCode::StoreFailed, text.clone());
    Some(match kind.as_str() {
        "answer" => Ok(Secret::new(text)),
        "conflict" => Err(HostFailure::Conflict((!text.is_empty()).then(|| Secret::new(text)))),
        "not_written" => Err(HostFailure::NotWritten(failed())),
        _ => Err(HostFailure::MaybeWritten(failed())),
    })
}

struct InPhp {
    calls: Arc<Calls>,
    store: u32,
}

impl Host for InPhp {
    async fn call(&self, operation: &'static str, arguments: Secret) -> Result<Secret, HostFailure> {
        self.calls.ask(self.store, operation, arguments).await
    }
}

/// Opens stores by asking PHP to.
struct OpenedInPhp {
    calls: Arc<Calls>,
    next: AtomicU32,
}

impl Fixture for OpenedInPhp {
    fn open(&self) -> Opened<'_> {
        let store = self.next.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            let opened = self.calls.ask(store, OPEN, Secret::new("{}".to_owned())).await;
            opened.map_err(|failure| format!("{failure:?}"))?;
            let store = InPhp { calls: Arc::clone(&self.calls), store };
            Ok(Arc::new(HostStore::new(store)) as Arc<dyn Store>)
        })
    }
}

/// The properties of the contract of a store.
#[php_class]
#[php(name = "AlipayInstore\\Native\\StoreKit", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct StoreKit;

#[php_impl]
impl StoreKit {
    /// Their names.
    pub fn properties() -> PhpResult<Vec<String>> {
        guard(|| Ok(PROPERTIES.iter().map(|property| property.name.to_owned()).collect()))
    }

    /// Checks one against the stores that a function opens and serves, and says what they did that the contract does not
    /// allow.
    pub fn check(property: &str, serve: &Zval) -> PhpResult<Option<String>> {
        guard(|| {
            let unknown =
                || Error::new(ErrorCode::ConfigInvalid, "there is no such property").with_path("property");
            let found = PROPERTIES.iter().find(|one| one.name == property).ok_or_else(unknown).or_raise()?;
            let server = Server::new(serve);
            let fixture = OpenedInPhp { calls: Arc::clone(&server.calls), next: AtomicU32::new(1) };
            let checked = server
                .wait(async move { Ok(found.check(&fixture).await.err().map(|broken| broken.to_string())) });
            checked.or_raise()
        })
    }
}
