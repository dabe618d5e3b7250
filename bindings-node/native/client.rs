//! The client: each call is a promise that can be given up.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::api::{PayRequest, RefundRequest};
use alipay_instore::client::{self, PayCall, Recovered};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::json::{Json, Object};
use napi::Env;
use napi::bindgen_prelude::{Function, ToNapiValue};
use napi::threadsafe_function::UnknownReturnValue;
use napi_derive::napi;

use crate::call::{Abort, Promised, Watch, run};
use crate::clock::Clock;
use crate::failure::{raise, to_json};
use crate::merchant::{Acknowledgement, Header, Merchant, Notification, Response, pairs};
use crate::message;
use crate::settings::{ClientInput, Listener, Notice, build};
use crate::store::Store;

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
            let client = waiting(&client, input.wait_ms);
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

    /// What a check of everything that a payment needs has found, as JSON.
    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn check<'env>(&self, env: &'env Env, abort: &Abort) -> Promised<'env, String> {
        self.run(env, abort, |client| async move { Ok(client.check().await.to_json().to_string()) })
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
        (self.open().ok().and_then(|client| client.gateway_time())).map(Timestamp::as_millis)
    }

    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn inquire<'env>(&self, env: &'env Env, id: String, abort: &Abort) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            client.inquire(&id).await.map(|answer| message::inquiry(&answer))
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
            client.inquire_refund(&refund_request_id).await.map(|answer| message::refund_inquiry(&answer))
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

impl From<PayInput> for PayCall {
    fn from(input: PayInput) -> Self {
        let mut call = PayCall::new();
        if input.fresh {
            call = call.fresh();
        }
        if let Some(wallet) = input.wallet {
            call = call.wallet(wallet);
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
