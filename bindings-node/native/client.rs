//! The client: each call is a promise that can be given up.

use std::borrow::Cow;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alipay_instore::Timestamp;
use alipay_instore::client;
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

    /// Makes the call of this name. Arguments and result are JSON; `null` where a call has no result.
    #[napi(catch_unwind, ts_return_type = "Promise<string>")]
    pub fn ask<'env>(
        &self,
        env: &'env Env,
        name: String,
        arguments: String,
        abort: &Abort,
    ) -> Promised<'env, String> {
        self.run(env, abort, |client| async move {
            let result = client.call_by_name(&name, Object::parse(arguments.as_bytes())?).await?;
            Ok(result.map_or_else(|| "null".to_owned(), |result| readable(&name, result).to_string()))
        })
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

    /// The time at the gateway, once two of its answers have told it.
    #[napi(catch_unwind)]
    pub fn gateway_time(&self) -> Option<i64> {
        (self.open().ok().and_then(|client| client.gateway_time())).map(Timestamp::as_millis)
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

/// The result of this call as JavaScript reads it.
fn readable(name: &str, result: Object) -> Object {
    match name {
        "inquire" => message::inquiry(&result),
        "inquire_refund" => message::refund_inquiry(&result),
        // It can be greater than a number of JavaScript.
        "refund" | "reverse" => {
            let left = result.text("left").map(Cow::into_owned);
            result.with("left", left.map_or(Json::Null, Json::String))
        }
        _ => result,
    }
}
