//! The client: each call is a task that can be aborted, and a step goes to JavaScript as it happens.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use alipay_instore::api::{PayRequest, RefundRequest};
use alipay_instore::client::{
    self, Observer, RefundResult, ReverseResult, TimelineEntry, Transport, TransportOptions,
};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::json::Object;
use alipay_instore::payment::Policy;
use napi::bindgen_prelude::{FnArgs, Function, PromiseRaw, ToNapiValue};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode, UnknownReturnValue};
use napi::{Env, Status};
use napi_derive::napi;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::failure::{guard_future, raise, to_json};
use crate::merchant::{Merchant, Notification, Response};
use crate::store::Store;

#[napi(object, object_to_js = false)]
pub struct ClientInput {
    pub connect_timeout_ms: Option<u32>,
    pub request_timeout_ms: Option<u32>,
    /// `system`, `none` or a URL.
    pub proxy: Option<String>,
    pub idle_timeout_ms: Option<u32>,
    pub extra_root_certificates: Vec<String>,
    /// The file that `NODE_EXTRA_CA_CERTS` names.
    pub extra_root_file: Option<String>,
    /// The policy as JSON.
    pub policy: Option<String>,
    pub notify_url_configured: Option<bool>,
}

/// The result of a refund or a reverse as JSON, and apart from it what is left: a number of JavaScript can't hold 16 digits.
#[napi(object, object_from_js = false)]
pub struct RefundEnded {
    pub result: String,
    pub left: String,
}

impl From<RefundResult> for RefundEnded {
    fn from(result: RefundResult) -> Self {
        RefundEnded { result: result.to_json().to_string(), left: result.left.to_string() }
    }
}

impl From<ReverseResult> for RefundEnded {
    fn from(result: ReverseResult) -> Self {
        RefundEnded { result: result.to_json().to_string(), left: result.left.to_string() }
    }
}

/// What every call of the client gives JavaScript.
pub(crate) type Promised<'env, T> = napi::Result<PromiseRaw<'env, T>>;
type Notice = FnArgs<(String, String)>;
/// Weak, so that an idle client does not keep the process alive.
type Listener = ThreadsafeFunction<Notice, UnknownReturnValue, Notice, Status, false, true>;

/// What a person found out about a refund.
#[napi(object, object_to_js = false)]
pub struct ResolveInput {
    pub refund_request_id: String,
    pub resolved: String,
    pub who: String,
    pub note: String,
}

/// Stops one call, and says when it has stopped.
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

#[napi]
pub struct Client(client::Client);

#[napi]
impl Client {
    #[napi(factory, catch_unwind)]
    pub fn build(
        merchant: &Merchant,
        store: &Store,
        clock: Option<&Clock>,
        input: ClientInput,
        #[napi(ts_arg_type = "(paymentRequestId: string, step: string) => void")] on_step: Function<
            '_,
            Notice,
            UnknownReturnValue,
        >,
    ) -> napi::Result<Client> {
        let listener: Listener = on_step.build_threadsafe_function().weak::<true>().build()?;
        // The pool of connections belongs to the runtime.
        napi::bindgen_prelude::within_runtime_if_available(|| build(merchant, store, clock, input, listener))
            .map(Client)
            .map_err(raise)
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn pay<'env>(
        &self,
        env: &'env Env,
        request: String,
        wallet: Option<String>,
        abort: &Abort,
    ) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            let request = PayRequest::from_json(Object::parse(request.as_bytes())?);
            client.pay_with(&request, wallet.as_deref()).await.map(|result| result.to_json().to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn resume<'env>(&self, env: &'env Env, id: String, abort: &Abort) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            client.resume(&id).await.map(|result| result.to_json().to_string())
        })
    }

    /// The id, whether there is a result, and the JSON of the result or of the error.
    #[napi(catch_unwind, ts_return_type = "Promise<Array<[string, boolean, string]>>")]
    pub fn resume_all<'env>(
        &self,
        env: &'env Env,
        abort: &Abort,
    ) -> Promised<'env, Vec<(String, bool, String)>> {
        let line = |(id, result): (String, Result<client::PaymentResult>)| match result {
            Ok(result) => (id, true, result.to_json().to_string()),
            Err(error) => (id, false, to_json(&error).to_string()),
        };
        self.run(env, abort, move |client| async move {
            client.resume_all().await.map(|results| results.into_iter().map(line).collect())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn notified<'env>(
        &self,
        env: &'env Env,
        notification: &Notification,
        abort: &Abort,
    ) -> Promised<'env, String> {
        let notification = notification.0.clone();
        self.run(env, abort, |client| async move {
            client.notified(&notification).await.map(|notified| notified.to_json().to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn cancel<'env>(&self, env: &'env Env, id: String, abort: &Abort) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            client.cancel(&id).await.map(|result| result.to_json().to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<RefundEnded>")]
    pub fn refund<'env>(
        &self,
        env: &'env Env,
        id: String,
        request: String,
        abort: &Abort,
    ) -> Promised<'env, RefundEnded> {
        self.run(env, abort, |client| async move {
            let request = RefundRequest::from_json(Object::parse(request.as_bytes())?);
            client.refund(&id, &request).await.map(RefundEnded::from)
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<RefundEnded>")]
    pub fn resume_refund<'env>(
        &self,
        env: &'env Env,
        id: String,
        refund_request_id: String,
        abort: &Abort,
    ) -> Promised<'env, RefundEnded> {
        self.run(env, abort, |client| async move {
            client.resume_refund(&id, &refund_request_id).await.map(RefundEnded::from)
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<RefundEnded>")]
    pub fn reverse<'env>(&self, env: &'env Env, id: String, abort: &Abort) -> Promised<'env, RefundEnded> {
        self.run(env, abort, |client| async move { client.reverse(&id).await.map(RefundEnded::from) })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<void>")]
    pub fn resolve_refund<'env>(
        &self,
        env: &'env Env,
        id: String,
        found: ResolveInput,
        abort: &Abort,
    ) -> Promised<'env, ()> {
        self.run(env, abort, |client| async move {
            let ResolveInput { refund_request_id, resolved, who, note } = found;
            client.resolve_refund(&id, &refund_request_id, resolved.parse()?, &who, &note).await
        })
    }

    /// The time at the gateway, once two of its answers have told it.
    #[napi(catch_unwind)]
    pub fn gateway_time(&self) -> Option<i64> {
        self.0.gateway_time()
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn inquire<'env>(&self, env: &'env Env, id: String, abort: &Abort) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            client.inquire(&id).await.map(|answer| answer.to_json().to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn inquire_refund<'env>(
        &self,
        env: &'env Env,
        refund_request_id: String,
        abort: &Abort,
    ) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            client.inquire_refund(&refund_request_id).await.map(|answer| answer.to_json().to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<Response>")]
    pub fn call<'env>(
        &self,
        env: &'env Env,
        path: String,
        body: String,
        abort: &Abort,
    ) -> Promised<'env, Response> {
        self.run(env, abort, |client| async move {
            client.call(&path, &Object::parse(body.as_bytes())?).await.map(Response::from)
        })
    }
}

impl Client {
    /// One call of the core's client, as a promise.
    fn run<'env, T, F>(
        &self,
        env: &'env Env,
        abort: &Abort,
        call: impl FnOnce(client::Client) -> F,
    ) -> Promised<'env, T>
    where
        T: ToNapiValue + Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        run(env, abort, call(self.0.clone()))
    }
}

fn build(
    merchant: &Merchant,
    store: &Store,
    clock: Option<&Clock>,
    input: ClientInput,
    listener: Listener,
) -> Result<client::Client> {
    let mut options = TransportOptions {
        proxy: input.proxy.as_deref().map(str::parse).transpose()?.unwrap_or_default(),
        extra_root_certificates: input.extra_root_certificates.into_iter().map(String::into_bytes).collect(),
        ..TransportOptions::default()
    };
    if let Some(ms) = input.connect_timeout_ms {
        options.connect_timeout = Duration::from_millis(u64::from(ms));
    }
    if let Some(ms) = input.idle_timeout_ms {
        options.idle_timeout = Duration::from_millis(u64::from(ms));
    }
    if let Some(file) = &input.extra_root_file {
        options.add_roots_from(Path::new(file))?;
    }
    let mut builder = client::Client::builder(merchant.0.clone(), Arc::clone(&store.0))
        .transport(Transport::new(&options)?)
        .notify_url_configured(input.notify_url_configured.unwrap_or(false))
        .observer(Arc::new(ToJavaScript(listener)));
    if let Some(clock) = clock {
        builder = builder.clock(Arc::clone(&clock.shared));
    }
    if let Some(policy) = input.policy {
        builder = builder.policy(Policy::from_json(&policy)?);
    }
    if let Some(ms) = input.request_timeout_ms {
        builder = builder.request_timeout(i64::from(ms));
    }
    builder.build()
}

/// Runs a call on the runtime until it is done or aborted. An aborted call has ended, and let go of its payment,
/// before its promise is rejected.
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
                Err(raise(Error::new(ErrorCode::ClientClosed, "the call was aborted")))
            }
        }
    })
}

/// Passes steps on; JavaScript publishes them where somebody listens.
struct ToJavaScript(Listener);

impl Observer for ToJavaScript {
    fn step(&self, payment_request_id: &str, step: &TimelineEntry) {
        let notice = (payment_request_id.to_owned(), step.to_json().to_string());
        // Nobody listens any more once the environment is being torn down.
        let _ = self.0.call(notice.into(), ThreadsafeFunctionCallMode::NonBlocking);
    }
}
