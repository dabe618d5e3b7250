//! The one place where errors leave Rust: as the JSON of the core's error, which JavaScript turns into its classes.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};

use alipay_instore::Timestamp;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::json::Object;
use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName};
use napi::{Env, Task};

/// An error of the core on its way to JavaScript.
pub(crate) fn raise(error: Error) -> napi::Error {
    napi::Error::from_reason(to_json(&error).to_string())
}

/// The error with its category, by which JavaScript chooses the class.
pub(crate) fn to_json(error: &Error) -> Object {
    error.to_json().with("category", error.category().as_str())
}

/// Runs work whose panic Node-API would not survive, since it runs outside of any exported function.
pub(crate) fn guard<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| Err(panicked(payload.as_ref())))
}

/// Work on the thread pool of libuv, and what makes its answer on the thread of JavaScript; both guarded.
pub struct Background<D, A> {
    work: Option<Box<dyn FnOnce() -> Result<D> + Send>>,
    answer: fn(D) -> Result<A>,
}

impl<D: Send + 'static, A: ToNapiValue + TypeName + 'static> Background<D, A> {
    pub(crate) fn new(
        work: impl FnOnce() -> Result<D> + Send + 'static,
        answer: fn(D) -> Result<A>,
    ) -> AsyncTask<Self> {
        AsyncTask::new(Background { work: Some(Box::new(work)), answer })
    }
}

impl<D: Send + 'static, A: ToNapiValue + TypeName + 'static> Task for Background<D, A> {
    type Output = Option<D>;
    type JsValue = Option<A>;

    fn compute(&mut self) -> napi::Result<Option<D>> {
        // Node-API computes a task once; a second time there is nothing to do.
        guard(|| self.work.take().map(|work| work()).transpose()).map_err(raise)
    }

    fn resolve(&mut self, _env: Env, done: Option<D>) -> napi::Result<Option<A>> {
        guard(|| done.map(self.answer).transpose()).map_err(raise)
    }
}

/// Runs a future as a task of its own, so that its panic ends as an error.
///
/// When the surrounding future is dropped the task is too.
pub(crate) async fn guard_future<T: Send + 'static>(
    future: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(future);
    match tasks.join_next().await {
        Some(Ok(result)) => result,
        Some(Err(error)) => match error.try_into_panic() {
            Ok(payload) => Err(panicked(payload.as_ref())),
            Err(_) => Err(Error::new(ErrorCode::ClientClosed, "the runtime was shut down")),
        },
        None => Err(Error::new(ErrorCode::ClientClosed, "the runtime was shut down")),
    }
}

fn panicked(payload: &(dyn Any + Send)) -> Error {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    Error::new(ErrorCode::InternalPanic, text.unwrap_or_else(|| "a panic without a text".to_owned()))
}

/// The time now, where a caller gave none.
#[allow(clippy::disallowed_methods, reason = "the host's clock, for calls that name no time")]
pub(crate) fn now_or(now: Option<i64>) -> Timestamp {
    use alipay_instore::client::{Clock as _, SystemClock};
    now.map_or_else(|| SystemClock.now(), Timestamp::from_millis)
}
