//! The client: each call is a task of the runtime that waits for the engine. Ending the task ends the waiting; the payment
//! goes on until the client is closed.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::client::{self, Limits, Observer, Roots, TimelineEntry, Transport, TransportOptions};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::json::{Json, Object};
use alipay_instore::payment::Policy;
use alipay_instore::store::{MemoryStore, Store};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::argument::Text;
use crate::clock;
use crate::endings::Done;
use crate::error::{OrRaise as _, guard, raise_of_call};
use crate::merchant::{Merchant, Notification};
use crate::payment::policy;
use crate::process::{PerProcess, runtime, without_threads};
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

/// The arguments of a call. What a caller left out is not among them, but a payment has to be named.
fn asked(arguments: &Bound<'_, PyDict>) -> PyResult<Object> {
    let mut asked = Object::new();
    for (name, value) in arguments {
        let name: String = name.extract()?;
        if value.is_none() && name != "payment_request_id" {
            continue;
        }
        let json = match name.as_str() {
            "fresh" => Json::Bool(value.extract()?),
            "number" | "wait_ms" => Json::Number(value.extract::<i64>()?.to_string()),
            "request" | "body" => Object::parse(text(&name, &value)?.as_bytes()).or_raise()?.into(),
            _ => Json::String(text(&name, &value)?.into()),
        };
        asked.set(name, json);
    }
    Ok(asked)
}

/// A text, or an error that names it, as `PyO3` does for arguments of functions.
fn text(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Text> {
    value.extract().inspect_err(|error: &PyErr| {
        // Python 3.10 has no notes, but on the exceptions of this package.
        let _ = error.value(value.py()).call_method1("add_note", (format!("while processing '{name}'"),));
    })
}

/// The payment that a call is about, so far as it is named.
fn about(arguments: &Object) -> String {
    let stated = |object: &Object, name| object.text(name).map(Cow::into_owned);
    let in_request = || arguments.object("request").and_then(|request| stated(request, "paymentRequestId"));
    stated(arguments, "payment_request_id").or_else(in_request).unwrap_or_default()
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

    /// Makes the call of this name, whose arguments have the names of its parameters.
    fn ask(&self, name: &str, arguments: &Bound<'_, PyDict>, done: Option<Done>) -> PyResult<Task> {
        guard(|| {
            let (name, arguments) = (name.to_owned(), asked(arguments)?);
            let about = about(&arguments);
            self.start(&about, done, |client| async move {
                let result = client.call_by_name(&name, arguments).await?;
                Ok(result.map_or_else(|| "null".to_owned(), |result| result.to_string()))
            })
        })
    }

    fn watch(&self, payment_request_id: Text) -> PyResult<Watch> {
        guard(|| {
            Ok(Watch::new(self.here().or_raise()?.clone(), payment_request_id.into(), self.source.failures()))
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
                Ok(client.handle_verified(notification).await.to_json().to_string())
            })
        })
    }

    #[getter]
    fn gateway_time(&self) -> PyResult<Option<i64>> {
        guard(|| Ok(self.here.get().and_then(client::Client::gateway_time).map(Timestamp::as_millis)))
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
