//! The client: each call is a task of the runtime that waits for the engine. Ending the task ends the waiting; the payment
//! goes on until the client is closed.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::api::{PayRequest, RefundRequest};
use alipay_instore::client::{
    self, Limits, Observer, PayCall, Roots, TimelineEntry, Transport, TransportOptions,
};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::json::{Json, Object};
use alipay_instore::payment::Policy;
use alipay_instore::store::{MemoryStore, Store};
use pyo3::prelude::*;

use crate::argument::Text;
use crate::clock;
use crate::endings::Done;
use crate::error::{OrRaise as _, guard, raise_of_call};
use crate::merchant::{Merchant, Notification};
use crate::payment::policy;
use crate::process::{PerProcess, runtime, without_threads};
use crate::results;
use crate::store::Source;
use crate::task::{Answer, Task, ended, spawn};
use crate::watch::Watch;

#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Client {
    merchant: alipay_instore::merchant::Merchant,
    source: Source,
    transport: TransportOptions,
    settings: Settings,
    policy: Option<Policy>,
    clock: Arc<dyn client::Clock>,
    observer: Option<Arc<Py<PyAny>>>,
    /// Each process has its own, with an owner of its own.
    here: PerProcess<client::Client>,
    closed: AtomicBool,
}

/// What a client is told beside its merchant, its store and its connections. Times are milliseconds.
#[derive(FromPyObject)]
struct Settings {
    request_timeout: u64,
    owner_timeout: Option<u64>,
    claims: bool,
    notify_url_configured: bool,
    acknowledge_unknown: bool,
    /// In flight, a second, in a burst.
    limits: Option<(usize, u32, u32)>,
}

/// Tells a Python callable of each step: the payment's id and the step as JSON.
struct Told(Arc<Py<PyAny>>);

impl Observer for Told {
    fn step(&self, payment_request_id: &str, step: &TimelineEntry) {
        let text = step.to_json().to_string();
        Python::try_attach(|py| {
            if let Err(error) = self.0.call1(py, (payment_request_id, text)) {
                // A payment does not fail because of whoever watches it.
                error.write_unraisable(py, None);
            }
        });
    }
}

impl Client {
    fn here(&self) -> Result<&client::Client> {
        if self.closed.load(Ordering::Acquire) {
            return Err(Error::new(ErrorCode::ClientClosed, "the client was closed"));
        }
        // The pool of connections belongs to a runtime, so that one comes first.
        let _entered = runtime()?;
        self.here.get_or_try_init(|| self.on(self.source.open()?))
    }

    /// What is wrong with the settings is said when the client is made, and not at the first payment. There are threads from the
    /// first call on: until then a process may fork without a second thought.
    fn check_settings(&self) -> Result<()> {
        without_threads(|| self.on(Arc::new(MemoryStore::new())).map(drop))
    }

    fn on(&self, store: Arc<dyn Store>) -> Result<client::Client> {
        let settings = &self.settings;
        let mut builder = client::Client::builder(self.merchant.clone(), store)
            .transport(Transport::new(&self.transport)?)
            .request_timeout(Duration::from_millis(settings.request_timeout))
            .claims(settings.claims)
            .notify_url_configured(settings.notify_url_configured)
            .acknowledge_unknown(settings.acknowledge_unknown)
            .clock(Arc::clone(&self.clock));
        if let Some(timeout) = settings.owner_timeout {
            builder = builder.owner_timeout(Duration::from_millis(timeout));
        }
        if let Some((in_flight, per_second, burst)) = settings.limits {
            builder = builder.limits(Limits { in_flight, per_second, burst });
        }
        if let Some(policy) = &self.policy {
            builder = builder.policy(policy.clone());
        }
        if let Some(observer) = &self.observer {
            builder = builder.observer(Arc::new(Told(Arc::clone(observer))));
        }
        builder.build()
    }

    fn start<F: Future<Output = Answer> + Send + 'static>(
        &self,
        about: &str,
        done: Option<Done>,
        call: impl FnOnce(client::Client) -> F,
    ) -> PyResult<Task> {
        let client = self.here().map_err(|error| raise_of_call(&error))?.clone();
        spawn(call(client), done, self.source.failures(), about.to_owned())
    }
}

/// A request to pay, and the payment that it is about.
fn stated(request: &Text) -> PyResult<(PayRequest, String)> {
    let request = Object::parse(request.as_bytes()).map(PayRequest::from_json).or_raise()?;
    let about = request.payment_request_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
    Ok((request, about))
}

/// A call for this wallet, where it is known.
fn named(wallet: Option<Text>) -> PayCall {
    wallet.map_or_else(PayCall::new, |wallet| PayCall::new().wallet(wallet))
}

/// The client whose calls wait so long, in milliseconds, if it is said; the largest number stands for no limit.
fn waiting(client: &client::Client, wait: Option<u64>) -> client::Client {
    let limit = |ms| if ms == u64::MAX { Duration::MAX } else { Duration::from_millis(ms) };
    wait.map_or_else(|| client.clone(), |ms| client.waiting(limit(ms)))
}

#[pymethods]
impl Client {
    #[new]
    #[allow(clippy::too_many_arguments, reason = "called only by the class in Python")]
    fn new(
        merchant: &Merchant,
        store: Bound<'_, PyAny>,
        start: Option<Py<PyAny>>,
        connect_timeout: u64,
        idle_timeout: u64,
        proxy: Text,
        root_certificates: Option<Vec<Vec<u8>>>,
        root_certificates_path: Option<PathBuf>,
        extra_root_certificates: Vec<Vec<u8>>,
        policy_text: Option<Text>,
        clock_object: Option<&Bound<'_, PyAny>>,
        observer: Option<Py<PyAny>>,
        settings: Settings,
    ) -> PyResult<Self> {
        guard(|| {
            let roots = match (root_certificates, root_certificates_path) {
                (Some(only), _) => Roots::Only(only),
                (None, Some(path)) => Roots::Path(path),
                (None, None) => Roots::System,
            };
            let client = Client {
                merchant: merchant.0.clone(),
                source: Source::new(store, start),
                transport: TransportOptions {
                    connect_timeout: Duration::from_millis(connect_timeout),
                    idle_timeout: Duration::from_millis(idle_timeout),
                    proxy: proxy.parse().or_raise()?,
                    roots,
                    extra_root_certificates,
                },
                settings,
                policy: policy_text.as_deref().map(policy).transpose().or_raise()?,
                clock: clock::of(clock_object)?,
                observer: observer.map(Arc::new),
                here: PerProcess::new(),
                closed: AtomicBool::new(false),
            };
            client.check_settings().or_raise()?;
            Ok(client)
        })
    }

    fn now(&self) -> PyResult<i64> {
        guard(|| Ok(self.clock.now().as_millis()))
    }

    /// `wait` in milliseconds; `fresh` says that the id was made for this call.
    fn pay(
        &self,
        request: Text,
        wallet: Option<Text>,
        wait: Option<u64>,
        fresh: bool,
        done: Option<Done>,
    ) -> PyResult<Task> {
        guard(|| {
            let (request, about) = stated(&request)?;
            let call = named(wallet);
            let call = if fresh { call.fresh() } else { call };
            self.start(&about, done, |client| async move {
                waiting(&client, wait)
                    .pay_with(&request, &call)
                    .await
                    .map(|result| result.to_json().to_string())
            })
        })
    }

    #[pyo3(name = "start")]
    fn start_paying(&self, request: Text, wallet: Option<Text>, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            let (request, about) = stated(&request)?;
            let call = named(wallet);
            self.start(&about, done, |client| async move {
                client.start_with(&request, &call).await.map(|result| result.to_json().to_string())
            })
        })
    }

    fn status(&self, payment_request_id: Text, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            self.start(&payment_request_id.clone(), done, |client| async move {
                client.status(&payment_request_id).await.map(|result| result.to_json().to_string())
            })
        })
    }

    fn resume(&self, payment_request_id: Text, wait: Option<u64>, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            self.start(&payment_request_id.clone(), done, |client| async move {
                waiting(&client, wait)
                    .resume(&payment_request_id)
                    .await
                    .map(|result| result.to_json().to_string())
            })
        })
    }

    fn resume_all(&self, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            self.start("", done, |client| async move {
                client.resume_all().await.map(|recovery| results::recovery(recovery).to_string())
            })
        })
    }

    /// Ends when the client is closed.
    fn run_worker(&self, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            self.start("", done, |client| async move {
                client.run_worker().await?;
                Ok("null".to_owned())
            })
        })
    }

    fn watch(&self, payment_request_id: Text) -> PyResult<Watch> {
        guard(|| {
            Ok(Watch::new(self.here().or_raise()?.clone(), payment_request_id.into(), self.source.failures()))
        })
    }

    fn alerts(&self, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            self.start("", done, |client| async move {
                client.alerts().await.map(|all| results::alerts(all).to_string())
            })
        })
    }

    fn check(&self, done: Option<Done>) -> PyResult<Task> {
        guard(|| self.start("", done, |client| async move { Ok(client.check().await.to_json().to_string()) }))
    }

    fn acknowledge_alert(
        &self,
        payment_request_id: Text,
        number: i64,
        who: Text,
        done: Option<Done>,
    ) -> PyResult<Task> {
        guard(|| {
            // Alerts count from 1: no payment has one of number 0.
            let number = u32::try_from(number).unwrap_or(0);
            self.start(&payment_request_id.clone(), done, |client| async move {
                client.acknowledge_alert(&payment_request_id, number, &who).await?;
                Ok("null".to_owned())
            })
        })
    }

    fn notified(&self, notification: &Notification, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            let notification = notification.0.clone();
            self.start("", done, |client| async move {
                client.notified(&notification).await.map(|notified| notified.to_json().to_string())
            })
        })
    }

    /// What to answer to a notification that was verified, and what it changed.
    fn handle_verified(&self, notification: &Notification, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            let notification = notification.0.clone();
            self.start("", done, |client| async move {
                Ok(results::handled(client.handle_verified(notification).await).to_string())
            })
        })
    }

    fn cancel(&self, payment_request_id: Text, wait: Option<u64>, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            self.start(&payment_request_id.clone(), done, move |client| async move {
                waiting(&client, wait)
                    .cancel(&payment_request_id)
                    .await
                    .map(|result| result.to_json().to_string())
            })
        })
    }

    fn inquire(&self, payment_request_id: Text, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            self.start("", done, |client| async move {
                client.inquire(&payment_request_id).await.map(|response| response.to_json().to_string())
            })
        })
    }

    fn refund(
        &self,
        payment_request_id: Text,
        request: Text,
        wait: Option<u64>,
        done: Option<Done>,
    ) -> PyResult<Task> {
        guard(|| {
            let request = Object::parse(request.as_bytes()).map(RefundRequest::from_json).or_raise()?;
            self.start(&payment_request_id.clone(), done, move |client| async move {
                waiting(&client, wait)
                    .refund(&payment_request_id, &request)
                    .await
                    .map(|result| result.to_json().to_string())
            })
        })
    }

    fn resolve(
        &self,
        payment_request_id: Text,
        refund_request_id: Option<Text>,
        resolved: Text,
        who: Text,
        note: Text,
        done: Option<Done>,
    ) -> PyResult<Task> {
        guard(|| {
            let resolved = resolved.parse().or_raise()?;
            self.start(&payment_request_id.clone(), done, |client| async move {
                client
                    .resolve(&payment_request_id, refund_request_id.as_deref(), resolved, &who, &note)
                    .await?;
                Ok("null".to_owned())
            })
        })
    }

    fn reverse(&self, payment_request_id: Text, wait: Option<u64>, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            self.start(&payment_request_id.clone(), done, move |client| async move {
                waiting(&client, wait)
                    .reverse(&payment_request_id)
                    .await
                    .map(|result| result.to_json().to_string())
            })
        })
    }

    #[getter]
    fn gateway_time(&self) -> PyResult<Option<i64>> {
        guard(|| Ok(self.here.get().and_then(client::Client::gateway_time).map(Timestamp::as_millis)))
    }

    fn inquire_refund(&self, refund_request_id: Text, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            self.start("", done, |client| async move {
                client.inquire_refund(&refund_request_id).await.map(|response| response.to_json().to_string())
            })
        })
    }

    fn call(&self, path: Text, body: Text, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            let body = Object::parse(body.as_bytes()).or_raise()?;
            self.start("", done, |client| async move {
                let response = client.call(&path, &body).await?;
                let version =
                    response.key_version.map_or(Json::Null, |version| Json::Number(version.to_string()));
                let signed_at =
                    response.signed_at.map_or(Json::Null, |at| Json::Number(at.as_millis().to_string()));
                let answer = Object::new()
                    .with("body", response.body)
                    .with("text_replaced", Json::Bool(response.text_replaced))
                    .with("key_version", version)
                    .with("time", response.time)
                    .with("signed_at", signed_at)
                    .with("tracer_id", response.tracer_id.map_or(Json::Null, Json::from));
                Ok(answer.to_string())
            })
        })
    }

    /// Takes no more calls, and gives back what this process drives.
    fn close(&self, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            self.closed.store(true, Ordering::Release);
            let Some(client) = self.here.get().cloned() else { return ended(done) };
            let close = async move {
                client.close().await;
                Ok("null".to_owned())
            };
            spawn(close, done, self.source.failures(), String::new())
        })
    }

    #[getter]
    fn closed(&self) -> PyResult<bool> {
        guard(|| Ok(self.closed.load(Ordering::Acquire)))
    }
}
