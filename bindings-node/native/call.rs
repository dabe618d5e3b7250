//! One call of the core as a promise that can be given up.

use std::future::Future;
use std::sync::Arc;

use alipay_instore::client;
use alipay_instore::error::{Error, ErrorCode, Result};
use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, ToNapiValue};
use napi_derive::napi;
use tokio::sync::watch;

use crate::failure::{guard_future, raise};

/// What every call of the client gives JavaScript.
pub(crate) type Promised<'env, T> = napi::Result<PromiseRaw<'env, T>>;

/// Ends the waiting of one call.
#[napi]
pub struct Abort(watch::Sender<bool>);

#[napi]
impl Abort {
    #[napi(constructor, catch_unwind)]
    #[allow(clippy::new_without_default, reason = "the constructor of a class in JavaScript")]
    pub fn new() -> Self {
        Abort(watch::channel(false).0)
    }

    #[napi(catch_unwind)]
    pub fn abort(&self) {
        self.0.send_replace(true);
    }
}

/// Runs a call on the runtime until it is done or aborted. Who aborts it waits no longer: the payment goes on.
pub(crate) fn run<'env, T>(
    env: &'env Env,
    abort: &Abort,
    call: impl Future<Output = Result<T>> + Send + 'static,
) -> Promised<'env, T>
where
    T: ToNapiValue + Send + 'static,
{
    let mut aborted = abort.0.subscribe();
    env.spawn_future(async move {
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(guard_future(call));
        let done = tokio::select! {
            biased;
            Ok(_) = aborted.wait_for(|aborted| *aborted) => None,
            done = tasks.join_next() => done,
        };
        match done {
            Some(Ok(result)) => result.map_err(raise),
            Some(Err(_)) | None => {
                tasks.shutdown().await;
                Err(raise(Error::new(ErrorCode::ClientClosed, "nobody waits for the call any more")))
            }
        }
    })
}

/// The steps of one payment as they happen. It stops nothing when it goes.
#[napi]
pub struct Watch(pub(crate) Arc<tokio::sync::Mutex<client::Watch>>);

#[napi]
impl Watch {
    /// The next step as JSON; none after the last.
    #[napi(catch_unwind, ts_return_type = "Promise<string | null>")]
    pub fn next<'env>(&self, env: &'env Env, abort: &Abort) -> Promised<'env, Option<String>> {
        let watch = Arc::clone(&self.0);
        run(
            env,
            abort,
            async move { Ok(watch.lock().await.next().await.map(|step| step.to_json().to_string())) },
        )
    }
}
