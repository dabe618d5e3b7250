//! The client: each call is a task of the runtime.
//!
//! Stopping a task stops its payment where it is; what was stored is enough to resume it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use alipay_instore::api::{PayRequest, RefundRequest};
use alipay_instore::client::{self, Observer, Roots, TimelineEntry, Transport, TransportOptions};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::json::{Json, Object};
use alipay_instore::payment::Policy;
use pyo3::prelude::*;
use tokio::sync::watch;

use crate::clock;
use crate::error::{OrRaise as _, guard};
use crate::merchant::{Merchant, Notification};
use crate::payment::policy;
use crate::process::{PerProcess, runtime};
use crate::store::Source;
use crate::task::{Answer, Task, spawn};

#[pyclass(module = "alipay_instore._native", frozen)]
pub(crate) struct Client {
    merchant: alipay_instore::merchant::Merchant,
    source: Source,
    transport: TransportOptions,
    request_timeout: i64,
    notify_url_configured: bool,
    policy: Option<Policy>,
    clock: Arc<dyn client::Clock>,
    observer: Option<Arc<Py<PyAny>>>,
    here: PerProcess<Here>,
    closed: AtomicBool,
}

/// A client in one process.
struct Here {
    client: client::Client,
    closing: watch::Sender<bool>,
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
    fn here(&self) -> Result<&Here> {
        if self.closed.load(Ordering::Acquire) {
            return Err(Error::new(ErrorCode::ClientClosed, "the client was closed"));
        }
        // The pool of connections belongs to a runtime, so that one comes first.
        let _entered = runtime()?;
        self.here.get_or_try_init(|| {
            let mut builder = client::Client::builder(self.merchant.clone(), self.source.open()?)
                .transport(Transport::new(&self.transport)?)
                .request_timeout(self.request_timeout)
                .notify_url_configured(self.notify_url_configured)
                .clock(Arc::clone(&self.clock));
            if let Some(policy) = &self.policy {
                builder = builder.policy(policy.clone());
            }
            if let Some(observer) = &self.observer {
                builder = builder.observer(Arc::new(Told(Arc::clone(observer))));
            }
            Ok(Here { client: builder.build()?, closing: watch::Sender::new(false) })
        })
    }

    fn start<F: Future<Output = Answer> + Send + 'static>(
        &self,
        about: &str,
        done: Option<Py<PyAny>>,
        call: impl FnOnce(client::Client) -> F,
    ) -> PyResult<Task> {
        let here = self.here().or_raise()?;
        let mut closing = here.closing.subscribe();
        let call = call(here.client.clone());
        let future = async move {
            tokio::select! {
                answer = call => answer,
                _ = closing.wait_for(|closing| *closing) => {
                    Err(Error::new(ErrorCode::ClientClosed, "the client was closed; what was stored can be resumed"))
                }
            }
        };
        spawn(future, done, self.source.failures(), about.to_owned())
    }
}

#[pymethods]
impl Client {
    #[new]
    #[allow(clippy::too_many_arguments, reason = "called by the class in Python alone")]
    fn new(
        merchant: &Merchant,
        store: Bound<'_, PyAny>,
        start: Option<Py<PyAny>>,
        connect_timeout: u64,
        request_timeout: i64,
        idle_timeout: u64,
        proxy: &str,
        root_certificates: Option<Vec<Vec<u8>>>,
        root_certificates_path: Option<PathBuf>,
        extra_root_certificates: Vec<Vec<u8>>,
        policy_text: Option<&str>,
        clock_object: Option<&Bound<'_, PyAny>>,
        observer: Option<Py<PyAny>>,
        notify_url_configured: bool,
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
                request_timeout,
                notify_url_configured,
                policy: policy_text.map(policy).transpose().or_raise()?,
                clock: clock::of(clock_object)?,
                observer: observer.map(Arc::new),
                here: PerProcess::new(),
                closed: AtomicBool::new(false),
            };
            // What is wrong with the settings is said now, not at the first payment.
            client.here().or_raise()?;
            Ok(client)
        })
    }

    fn now(&self) -> PyResult<i64> {
        guard(|| Ok(self.clock.now()))
    }

    fn pay(&self, request: &str, wallet: Option<String>, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            let request = Object::parse(request.as_bytes()).map(PayRequest::from_json).or_raise()?;
            let about =
                request.payment_request_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
            self.start(&about, done, |client| async move {
                client.pay_with(&request, wallet.as_deref()).await.map(|result| result.to_json().to_string())
            })
        })
    }

    fn resume(&self, id: String, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            self.start(&id.clone(), done, |client| async move {
                client.resume(&id).await.map(|result| result.to_json().to_string())
            })
        })
    }

    fn resume_all(&self, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            self.start("", done, |client| async move {
                let all = client.resume_all().await?.into_iter().map(|(id, result)| {
                    let entry = Object::new().with("payment_request_id", id);
                    Json::from(match result {
                        Ok(result) => entry.with("result", result.to_json()),
                        Err(error) => entry.with("error", error.to_json()),
                    })
                });
                Ok(Json::Array(all.collect()).to_string())
            })
        })
    }

    fn notified(&self, notification: &Notification, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            let notification = notification.0.clone();
            self.start("", done, |client| async move {
                client.notified(&notification).await.map(|notified| notified.to_json().to_string())
            })
        })
    }

    fn cancel(&self, id: String, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            self.start(&id.clone(), done, |client| async move {
                client.cancel(&id).await.map(|result| result.to_json().to_string())
            })
        })
    }

    fn inquire(&self, id: String, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            self.start("", done, |client| async move {
                client.inquire(&id).await.map(|response| response.to_json().to_string())
            })
        })
    }

    fn refund(&self, id: String, request: &str, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            let request = Object::parse(request.as_bytes()).map(RefundRequest::from_json).or_raise()?;
            self.start(&id.clone(), done, |client| async move {
                client.refund(&id, &request).await.map(|result| result.to_json().to_string())
            })
        })
    }

    fn resume_refund(&self, id: String, refund: String, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            self.start(&id.clone(), done, |client| async move {
                client.resume_refund(&id, &refund).await.map(|result| result.to_json().to_string())
            })
        })
    }

    fn resolve_refund(
        &self,
        id: String,
        refund: String,
        resolved: &str,
        who: String,
        note: String,
        done: Option<Py<PyAny>>,
    ) -> PyResult<Task> {
        guard(|| {
            let resolved = resolved.parse().or_raise()?;
            self.start(&id.clone(), done, |client| async move {
                client.resolve_refund(&id, &refund, resolved, &who, &note).await?;
                Ok("null".to_owned())
            })
        })
    }

    fn reverse(&self, id: String, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            self.start(&id.clone(), done, |client| async move {
                client.reverse(&id).await.map(|result| result.to_json().to_string())
            })
        })
    }

    #[getter]
    fn gateway_time(&self) -> PyResult<Option<i64>> {
        guard(|| Ok(self.here().or_raise()?.client.gateway_time()))
    }

    fn inquire_refund(&self, id: String, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            self.start("", done, |client| async move {
                client.inquire_refund(&id).await.map(|response| response.to_json().to_string())
            })
        })
    }

    fn call(&self, path: String, body: &str, done: Option<Py<PyAny>>) -> PyResult<Task> {
        guard(|| {
            let body = Object::parse(body.as_bytes()).or_raise()?;
            self.start("", done, |client| async move {
                let response = client.call(&path, &body).await?;
                let version =
                    response.key_version.map_or(Json::Null, |version| Json::Number(version.to_string()));
                let signed_at = response.signed_at_ms.map_or(Json::Null, |at| Json::Number(at.to_string()));
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

    /// Takes no more calls, and stops those that are under way.
    fn close(&self) -> PyResult<()> {
        guard(|| {
            self.closed.store(true, Ordering::Release);
            if let Some(here) = self.here.get() {
                here.closing.send_replace(true);
            }
            Ok(())
        })
    }

    #[getter]
    fn closed(&self) -> PyResult<bool> {
        guard(|| Ok(self.closed.load(Ordering::Acquire)))
    }
}
