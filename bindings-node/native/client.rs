//! The client: each call is a promise that can be given up, and a step goes to JavaScript as it happens.

use std::future::Future;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use alipay_instore::api::{PayRequest, RefundRequest};
use alipay_instore::client::{
    self, Observer, PayCall, Recovered, TimelineEntry, Transport, TransportOptions,
};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::json::{Json, Object};
use alipay_instore::payment::Policy;
use napi::bindgen_prelude::{FnArgs, Function, PromiseRaw, ToNapiValue};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode, UnknownReturnValue};
use napi::{Env, Status};
use napi_derive::napi;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::failure::{guard_future, raise, to_json};
use crate::merchant::{Acknowledgement, Header, Merchant, Notification, Response, pairs};
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
    pub acknowledge_unknown: Option<bool>,
    pub owner_timeout_ms: Option<u32>,
    pub claims: Option<bool>,
}

/// What every call of the client gives JavaScript.
pub(crate) type Promised<'env, T> = napi::Result<PromiseRaw<'env, T>>;
type Notice = FnArgs<(String, String)>;
/// Weak, so that an idle client does not keep the process alive.
type Listener = ThreadsafeFunction<Notice, UnknownReturnValue, Notice, Status, false, true>;

/// What a caller of pay says beside the request.
#[napi(object, object_to_js = false)]
pub struct PayInput {
    pub wallet: Option<String>,
    pub wait_ms: Option<i64>,
    /// The id was made for this call.
    pub fresh: bool,
}

/// What a person found out about a payment, or about one of its refunds.
#[napi(object, object_to_js = false)]
pub struct ResolveInput {
    pub refund_request_id: Option<String>,
    pub resolved: String,
    pub who: String,
    pub note: String,
}

/// A verified notification that was handled: what to answer, and what it changed or why it was refused, as JSON.
#[napi(object, object_from_js = false)]
pub struct HandledNotification {
    pub answer: Acknowledgement,
    pub result: Option<String>,
    pub error: Option<String>,
}

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

/// The client, until it is closed: then nothing of it is held any more.
#[napi]
pub struct Client(Mutex<Option<client::Client>>);

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
            .map(|client| Client(Mutex::new(Some(client))))
            .map_err(raise)
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn pay<'env>(
        &self,
        env: &'env Env,
        request: String,
        input: PayInput,
        abort: &Abort,
    ) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            let request = PayRequest::from_json(Object::parse(request.as_bytes())?);
            client.pay_with(&request, &input.into()).await.map(|result| result.to_json().to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn start<'env>(&self, env: &'env Env, request: String, abort: &Abort) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            let request = PayRequest::from_json(Object::parse(request.as_bytes())?);
            client.start(&request).await.map(|result| result.to_json().to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn status<'env>(&self, env: &'env Env, id: String, abort: &Abort) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            client.status(&id).await.map(|result| result.to_json().to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn resume<'env>(
        &self,
        env: &'env Env,
        id: String,
        abort: &Abort,
        wait_ms: Option<i64>,
    ) -> Promised<'env, String> {
        self.run(env, abort, move |client| async move {
            waiting(&client, wait_ms).resume(&id).await.map(|result| result.to_json().to_string())
        })
    }

    /// What was taken up, as JSON.
    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn resume_all<'env>(&self, env: &'env Env, abort: &Abort) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            let recovery = client.resume_all().await?;
            let payments = recovery.payments.into_iter().map(recovered).collect();
            let elsewhere = Json::Number(recovery.driven_elsewhere.to_string());
            let found =
                Object::new().with("payments", Json::Array(payments)).with("driven_elsewhere", elsewhere);
            Ok(found.to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<void>")]
    pub fn run_worker<'env>(&self, env: &'env Env, abort: &Abort) -> Promised<'env, ()> {
        self.run(env, abort, |client| async move { client.run_worker().await })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<Watch>")]
    pub fn watch<'env>(&self, env: &'env Env, id: String, abort: &Abort) -> Promised<'env, Watch> {
        self.run(env, abort, |client| async move {
            client.watch(&id).await.map(|watch| Watch(Arc::new(tokio::sync::Mutex::new(watch))))
        })
    }

    /// By the clock of this client.
    #[napi(catch_unwind)]
    pub fn verify_notification(
        &self,
        notify_url: Option<String>,
        headers: Vec<Header>,
        body: &[u8],
    ) -> napi::Result<Notification> {
        let client = self.open().map_err(raise)?;
        let now = client.clock().now();
        client
            .merchant()
            .verify_notification(notify_url.as_deref(), pairs(&headers), body, now)
            .map(Notification)
            .map_err(raise)
    }

    #[napi(catch_unwind, ts_return_type = "Promise<HandledNotification>")]
    pub fn handle_verified<'env>(
        &self,
        env: &'env Env,
        notification: &Notification,
        abort: &Abort,
    ) -> Promised<'env, HandledNotification> {
        let notification = notification.0.clone();
        self.run(env, abort, |client| async move {
            let handled = client.handle_verified(notification).await;
            let (result, error) = match handled.result {
                Ok(notified) => (Some(notified.to_json().to_string()), None),
                Err(error) => (None, Some(to_json(&error).to_string())),
            };
            Ok(HandledNotification { answer: handled.answer.into(), result, error })
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
    pub fn cancel<'env>(
        &self,
        env: &'env Env,
        id: String,
        abort: &Abort,
        wait_ms: Option<i64>,
    ) -> Promised<'env, String> {
        self.run(env, abort, move |client| async move {
            waiting(&client, wait_ms).cancel(&id).await.map(|result| result.to_json().to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn refund<'env>(
        &self,
        env: &'env Env,
        id: String,
        request: String,
        abort: &Abort,
        wait_ms: Option<i64>,
    ) -> Promised<'env, String> {
        self.run(env, abort, move |client| async move {
            let request = RefundRequest::from_json(Object::parse(request.as_bytes())?);
            let result = waiting(&client, wait_ms).refund(&id, &request).await?;
            Ok(result.to_json().with("left", result.left.to_string()).to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn reverse<'env>(
        &self,
        env: &'env Env,
        id: String,
        abort: &Abort,
        wait_ms: Option<i64>,
    ) -> Promised<'env, String> {
        self.run(env, abort, move |client| async move {
            let result = waiting(&client, wait_ms).reverse(&id).await?;
            Ok(result.to_json().with("left", result.left.to_string()).to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<void>")]
    pub fn resolve<'env>(
        &self,
        env: &'env Env,
        id: String,
        found: ResolveInput,
        abort: &Abort,
    ) -> Promised<'env, ()> {
        self.run(env, abort, |client| async move {
            let ResolveInput { refund_request_id, resolved, who, note } = found;
            client.resolve(&id, refund_request_id.as_deref(), resolved.parse()?, &who, &note).await
        })
    }

    /// The open alerts, as JSON.
    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn alerts<'env>(&self, env: &'env Env, abort: &Abort) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            let found = client.alerts().await?;
            let named = |id: &str| Object::new().with("payment_request_id", id);
            let alerts = found.alerts.iter();
            let alerts =
                alerts.map(|open| named(&open.payment_request_id).with("alert", open.alert.to_json()).into());
            let unreadable = found.unreadable.iter();
            let unreadable =
                unreadable.map(|record| named(&record.id).with("error", to_json(&record.error)).into());
            let all = Object::new().with("alerts", Json::Array(alerts.collect()));
            Ok(all.with("unreadable", Json::Array(unreadable.collect())).to_string())
        })
    }

    #[napi(catch_unwind, ts_return_type = "Promise<void>")]
    pub fn acknowledge_alert<'env>(
        &self,
        env: &'env Env,
        id: String,
        number: u32,
        who: String,
        abort: &Abort,
    ) -> Promised<'env, ()> {
        self.run(env, abort, move |client| async move { client.acknowledge_alert(&id, number, &who).await })
    }

    /// The time at the gateway, once two of its answers have told it.
    #[napi(catch_unwind)]
    pub fn gateway_time(&self) -> Option<i64> {
        self.open().ok().and_then(|client| client.gateway_time())
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

    /// Gives back what this client drives, and lets go of everything it holds.
    #[napi(catch_unwind, ts_return_type = "Promise<void>")]
    pub fn close<'env>(&self, env: &'env Env) -> Promised<'env, ()> {
        let client = self.held().take();
        run(env, &Abort::new(), async move {
            if let Some(client) = client {
                client.close().await;
            }
            Ok(())
        })
    }
}

impl Client {
    fn held(&self) -> MutexGuard<'_, Option<client::Client>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<client::Client> {
        let closed = || Error::new(ErrorCode::ClientClosed, "the client was closed");
        self.held().clone().ok_or_else(closed)
    }

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
        run(env, abort, call(self.open().map_err(raise)?))
    }
}

/// The steps of one payment as they happen. It stops nothing when it goes.
#[napi]
pub struct Watch(Arc<tokio::sync::Mutex<client::Watch>>);

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

impl From<PayInput> for PayCall {
    fn from(input: PayInput) -> Self {
        let mut call = PayCall::new();
        if input.fresh {
            call = call.fresh();
        }
        if let Some(wallet) = input.wallet {
            call = call.wallet(wallet);
        }
        if let Some(ms) = input.wait_ms {
            call = call.wait(wait(ms));
        }
        call
    }
}

/// The client whose calls wait so long, if it is said.
fn waiting(client: &client::Client, wait_ms: Option<i64>) -> client::Client {
    wait_ms.map_or_else(|| client.clone(), |ms| client.waiting(wait(ms)))
}

/// A negative number stands for unlimited.
fn wait(ms: i64) -> Duration {
    u64::try_from(ms).map_or(Duration::MAX, Duration::from_millis)
}

/// One payment that was taken up, or could not be.
fn recovered(found: Recovered) -> Json {
    let named = Object::new().with("payment_request_id", found.payment_request_id);
    match found.result {
        Ok(result) => named.with("result", result.to_json()).into(),
        Err(error) => named.with("error", to_json(&error)).into(),
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
        .acknowledge_unknown(input.acknowledge_unknown.unwrap_or(false))
        .claims(input.claims.unwrap_or(true))
        .observer(Arc::new(ToJavaScript(listener)));
    if let Some(clock) = clock {
        builder = builder.clock(Arc::clone(&clock.shared));
    }
    if let Some(policy) = input.policy {
        builder = builder.policy(Policy::from_json(&policy)?);
    }
    if let Some(ms) = input.request_timeout_ms {
        builder = builder.request_timeout(Duration::from_millis(u64::from(ms)));
    }
    if let Some(ms) = input.owner_timeout_ms {
        builder = builder.owner_timeout(Duration::from_millis(u64::from(ms)));
    }
    builder.build()
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

/// Passes steps on; JavaScript publishes them where somebody listens.
struct ToJavaScript(Listener);

impl Observer for ToJavaScript {
    fn step(&self, payment_request_id: &str, step: &TimelineEntry) {
        let notice = (payment_request_id.to_owned(), step.to_json().to_string());
        // Nobody listens any more once the environment is being torn down.
        let _ = self.0.call(notice.into(), ThreadsafeFunctionCallMode::NonBlocking);
    }
}
