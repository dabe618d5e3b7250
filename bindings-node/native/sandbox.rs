//! The embedded gateway, for `alipay-instore/testing`.

use std::io;
use std::sync::Arc;

use alipay_instore::client;
use alipay_instore::client::clock::BoxFuture;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore_sandbox::{Options, Running, Sandbox};
use napi::Env;
use napi::bindgen_prelude::PromiseRaw;
use napi_derive::napi;
use tokio::sync::Mutex;

use crate::clock::Clock;
use crate::failure::{guard_future, raise};

#[napi(object, object_to_js = false)]
pub struct SandboxInput {
    pub data_dir: String,
    pub listen: Option<String>,
    pub tls: Option<bool>,
    pub speed: Option<u32>,
    pub client_id: Option<String>,
    pub customer: Option<String>,
    pub notify_after_ms: Option<u32>,
}

#[napi]
impl Clock {
    /// A clock that stands still until it is advanced.
    #[napi(factory, catch_unwind)]
    pub fn manual(now: i64) -> Clock {
        Clock::of(alipay_instore_sandbox::Clock::manual(now))
    }

    /// A clock that runs, and can be advanced besides.
    #[napi(factory, catch_unwind)]
    pub fn running(speed: u32) -> Clock {
        Clock::of(alipay_instore_sandbox::Clock::running(speed))
    }

    #[napi(catch_unwind)]
    pub fn advance(&self, milliseconds: i64) -> napi::Result<()> {
        let elsewhere = || Error::new(ErrorCode::ConfigInvalid, "the clock is that of another process");
        self.sandbox.as_ref().ok_or_else(elsewhere).map_err(raise)?.advance(milliseconds);
        Ok(())
    }
}

impl Clock {
    fn of(clock: alipay_instore_sandbox::Clock) -> Self {
        Clock { shared: Arc::new(Shared(clock.clone())), sandbox: Some(clock) }
    }
}

/// The sandbox's clock as the client's.
struct Shared(alipay_instore_sandbox::Clock);

impl client::Clock for Shared {
    fn now(&self) -> i64 {
        self.0.now_ms()
    }

    fn pace(&self) -> u32 {
        self.0.speed().unwrap_or(1)
    }

    fn sleep(&self, milliseconds: i64) -> BoxFuture<'_, ()> {
        Box::pin(self.0.sleep(u64::try_from(milliseconds).unwrap_or(0)))
    }
}

#[napi]
pub struct TestGateway {
    base_url: String,
    description: String,
    running: Arc<Mutex<Option<Running>>>,
    clock: alipay_instore_sandbox::Clock,
}

#[napi(catch_unwind, ts_return_type = "Promise<TestGateway>")]
pub fn start_gateway<'env>(
    env: &'env Env,
    input: SandboxInput,
    clock: Option<&Clock>,
) -> napi::Result<PromiseRaw<'env, TestGateway>> {
    let clock = clock.and_then(|clock| clock.sandbox.clone());
    env.spawn_future(async move { guard_future(start(input, clock)).await.map_err(raise) })
}

async fn start(input: SandboxInput, clock: Option<alipay_instore_sandbox::Clock>) -> Result<TestGateway> {
    let wrong = |path: &str, reason: &str| Error::new(ErrorCode::ConfigInvalid, reason).with_path(path);
    let mut options = Options::new(input.data_dir);
    if let Some(listen) = input.listen {
        options.listen = listen.parse().map_err(|_| wrong("listen", "this is not an address and port"))?;
    }
    options.tls = input.tls.unwrap_or(false);
    options.speed = input.speed.unwrap_or(1);
    options.clock = clock;
    if let Some(client_id) = input.client_id {
        options.client_id = client_id;
    }
    if let Some(customer) = input.customer {
        options.customer = customer.parse().map_err(|_| wrong("customer", "there is no such customer"))?;
    }
    options.notify_after_ms = input.notify_after_ms.unwrap_or(0);
    let running = Sandbox::start(options).await.map_err(|error: io::Error| {
        Error::new(ErrorCode::ConfigInvalid, format!("the gateway does not start: {error}"))
    })?;
    Ok(TestGateway {
        base_url: running.base_url().to_owned(),
        description: running.description().to_string_lossy().into_owned(),
        clock: running.clock(),
        running: Arc::new(Mutex::new(Some(running))),
    })
}

#[napi]
impl TestGateway {
    #[napi(getter, catch_unwind)]
    pub fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// The path of `sandbox.json`.
    #[napi(getter, catch_unwind)]
    pub fn description(&self) -> String {
        self.description.clone()
    }

    #[napi(catch_unwind)]
    pub fn clock(&self) -> Clock {
        Clock::of(self.clock.clone())
    }

    #[napi(catch_unwind, ts_return_type = "Promise<void>")]
    pub fn stop<'env>(&self, env: &'env Env) -> napi::Result<PromiseRaw<'env, ()>> {
        let running = Arc::clone(&self.running);
        env.spawn_future(async move {
            guard_future(async move {
                if let Some(running) = running.lock().await.take() {
                    running.stop().await;
                }
                Ok(())
            })
            .await
            .map_err(raise)
        })
    }
}
