//! The native part of the npm package `alipay-instore-testing`: the sandbox gateway, in a library of its own so that the one
//! that runs in production carries no server.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::needless_pass_by_value,
    reason = "what is exported is documented in index.d.cts, and takes its arguments as Node-API hands them over"
)]

#[cfg(feature = "panic-test")]
mod panic_test;

use std::any::Any;
use std::future::Future;
use std::io;
use std::sync::Arc;

use alipay_instore::error::{Error, ErrorCode};
use alipay_instore_sandbox::{Clock, Options, Running};
use napi::Env;
use napi::bindgen_prelude::PromiseRaw;
use napi_derive::napi;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

#[napi(object, object_to_js = false)]
pub struct SandboxInput {
    pub data_dir: String,
    pub listen: Option<String>,
    pub tls: Option<bool>,
    pub speed: Option<u32>,
    /// Then the clock stands still until it is advanced. Milliseconds since the epoch.
    pub now: Option<i64>,
    pub client_id: Option<String>,
    pub customer: Option<String>,
    pub notify_after_ms: Option<u32>,
}

/// A gateway that answers until it is stopped.
#[napi]
pub struct Sandbox {
    base_url: String,
    description: String,
    clock: Clock,
    running: Arc<Mutex<Option<Running>>>,
}

#[napi(catch_unwind, ts_return_type = "Promise<Sandbox>")]
pub fn start(env: &Env, input: SandboxInput) -> napi::Result<PromiseRaw<'_, Sandbox>> {
    env.spawn_future(guarded(run(input)))
}

#[napi]
impl Sandbox {
    #[napi(getter, catch_unwind)]
    pub fn base_url(&self) -> String {
        panic_if_armed();
        self.base_url.clone()
    }

    /// The path of `sandbox.json`.
    #[napi(getter, catch_unwind)]
    pub fn description(&self) -> String {
        panic_if_armed();
        self.description.clone()
    }

    /// Moves its clock forward.
    #[napi(catch_unwind)]
    pub fn advance(&self, milliseconds: i64) {
        panic_if_armed();
        self.clock.advance(milliseconds);
    }

    /// No new connections; answers that are being sent are still sent.
    #[napi(catch_unwind, ts_return_type = "Promise<void>")]
    pub fn stop<'env>(&self, env: &'env Env) -> napi::Result<PromiseRaw<'env, ()>> {
        let running = Arc::clone(&self.running);
        env.spawn_future(guarded(async move {
            if let Some(running) = running.lock().await.take() {
                running.stop().await;
            }
            Ok(())
        }))
    }
}

async fn run(input: SandboxInput) -> napi::Result<Sandbox> {
    let mut options = Options::new(input.data_dir);
    if let Some(listen) = input.listen {
        options.listen = listen.parse().map_err(|_| wrong("listen", "this is not an address and port"))?;
    }
    options.tls = input.tls.unwrap_or(false);
    options.speed = input.speed.unwrap_or(1);
    options.clock = input.now.map(Clock::manual);
    if let Some(client_id) = input.client_id {
        options.client_id = client_id;
    }
    if let Some(customer) = input.customer {
        options.customer = customer.parse().map_err(|_| wrong("customer", "there is no such customer"))?;
    }
    options.notify_after_ms = input.notify_after_ms.unwrap_or(0);
    let running = alipay_instore_sandbox::Sandbox::start(options).await.map_err(|error: io::Error| {
        raise(Error::new(ErrorCode::ConfigInvalid, format!("the gateway does not start: {error}")))
    })?;
    Ok(Sandbox {
        base_url: running.base_url().to_owned(),
        description: running.description().to_string_lossy().into_owned(),
        clock: running.clock(),
        running: Arc::new(Mutex::new(Some(running))),
    })
}

fn wrong(path: &str, reason: &str) -> napi::Error {
    raise(Error::new(ErrorCode::ConfigInvalid, reason).with_path(path))
}

/// An error on its way to JavaScript, which makes its class of this JSON.
fn raise(error: Error) -> napi::Error {
    napi::Error::from_reason(error.to_json().to_string())
}

/// Runs a future as a task of its own, so that its panic ends as an error: Node-API would not survive it.
async fn guarded<T: Send + 'static>(
    future: impl Future<Output = napi::Result<T>> + Send + 'static,
) -> napi::Result<T> {
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        panic_if_armed();
        future.await
    });
    match tasks.join_next().await {
        Some(Ok(done)) => done,
        Some(Err(error)) if error.is_panic() => Err(napi::Error::from_reason(text(&*error.into_panic()))),
        _ => Err(raise(Error::new(ErrorCode::ClientClosed, "the runtime was shut down"))),
    }
}

/// What a panic said. JavaScript makes an error of the package of whatever is not valid JSON.
fn text(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a text".to_owned())
}

fn panic_if_armed() {
    #[cfg(feature = "panic-test")]
    panic_test::panic_if_armed();
}
