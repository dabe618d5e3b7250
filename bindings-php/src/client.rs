//! The client: each call is a task of the runtime that waits for the engine. The payment goes on when nobody waits any more,
//! also after the request of PHP that began it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::client::{self, FastClock, Limits, Roots, Transport, TransportOptions};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::json::{Json, Object};
use ext_php_rs::binary_slice::BinarySlice;
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;

use crate::error::{OrRaise as _, guard, raise_of_call};
use crate::host::Server;
use crate::machine::object;
use crate::merchant::{Merchant, Notification, pairs};
use crate::process::{PerProcess, locked, runtime, wait};
use crate::results;
use crate::store::{Source, Store};
use crate::values::policy_of;
use crate::watch::Watch;

/// The clients of this process by what they are made of. A request of PHP ends and its objects with it; the client, its
/// connections and what it drives stay for the next request.
static CLIENTS: PerProcess<Mutex<HashMap<String, client::Client>>> = PerProcess::new();

/// Pays, refunds and inquires for one merchant.
#[php_class]
#[php(name = "AlipayInstore\\Native\\Client", flags = ClassFlags::Final.union(ClassFlags::NotSerializable))]
pub struct Client {
    merchant: alipay_instore::merchant::Merchant,
    store: Arc<Source>,
    /// Serves a store in PHP.
    server: Option<Server>,
    settings: Object,
    /// Everything it is made of.
    key: String,
    closed: AtomicBool,
}

fn clients() -> Result<&'static Mutex<HashMap<String, client::Client>>> {
    CLIENTS.get_or_try_init(|| Ok(Mutex::default()))
}

/// Gives back everything that this process drives.
pub(crate) fn close_all() {
    let Some(clients) = CLIENTS.get() else { return };
    let all: Vec<client::Client> = locked(clients).drain().map(|(_, client)| client).collect();
    // What can't be given back is taken over by others after a while.
    let _ = wait(async move {
        for client in all {
            client.close().await;
        }
        Ok(())
    });
}

fn milliseconds(settings: &Object, name: &str) -> Option<Duration> {
    settings.text(name).and_then(|text| text.parse().ok()).map(Duration::from_millis)
}

fn transport(settings: &Object) -> Result<TransportOptions> {
    let text = |name: &str| settings.text(name);
    let listed = |name: &str| -> Vec<Vec<u8>> {
        let list = settings.get(name).and_then(Json::as_array).unwrap_or_default();
        list.iter().filter_map(Json::scalar).map(|text| text.as_bytes().to_vec()).collect()
    };
    let only = listed("root_certificates");
    let mut options = TransportOptions {
        roots: if only.is_empty() { Roots::System } else { Roots::Only(only) },
        extra_root_certificates: listed("extra_root_certificates"),
        ..TransportOptions::default()
    };
    if let Some(proxy) = text("proxy") {
        options.proxy = proxy.parse()?;
    }
    if let Some(time) = milliseconds(settings, "connect_timeout") {
        options.connect_timeout = time;
    }
    if let Some(time) = milliseconds(settings, "idle_timeout") {
        options.idle_timeout = time;
    }
    Ok(options)
}

fn limits(settings: &Object) -> Option<Limits> {
    let number = |name: &str| settings.text(name).and_then(|text| text.parse::<u32>().ok());
    let (in_flight, per_second, burst) = (number("in_flight")?, number("per_second")?, number("burst")?);
    Some(Limits { in_flight: usize::try_from(in_flight).ok()?, per_second, burst })
}

impl Client {
    /// The client of this process.
    fn here(&self) -> Result<client::Client> {
        if self.closed.load(Ordering::Acquire) {
            return Err(Error::new(ErrorCode::ClientClosed, "the client was closed"));
        }
        let clients = clients()?;
        if let Some(known) = locked(clients).get(&self.key) {
            return Ok(known.clone());
        }
        // The pool of connections belongs to a runtime, so that one comes first.
        let _entered = runtime()?;
        let client = self.built()?;
        locked(clients).insert(self.key.clone(), client.clone());
        Ok(client)
    }

    fn built(&self) -> Result<client::Client> {
        let settings = &self.settings;
        let flag = |name: &str, usual| match settings.get(name) {
            Some(Json::Bool(value)) => *value,
            _ => usual,
        };
        let mut builder = client::Client::builder(self.merchant.clone(), self.store.open()?)
            .transport(Transport::new(&transport(settings)?)?)
            .claims(flag("claims", true))
            .notify_url_configured(flag("notify_url_configured", false))
            .acknowledge_unknown(flag("acknowledge_unknown", false));
        if let Some(time) = milliseconds(settings, "timeout") {
            builder = builder.request_timeout(time);
        }
        if let Some(time) = milliseconds(settings, "owner_timeout") {
            builder = builder.owner_timeout(time);
        }
        if let Some(limits) = limits(settings) {
            builder = builder.limits(limits);
        }
        // The clock of a sandbox, for tests.
        let clock = |name: &str| settings.text(name).and_then(|text| text.parse::<i64>().ok());
        if let (Some(origin), Some(speed)) = (clock("clock_origin"), clock("clock_speed")) {
            builder = builder.clock(Arc::new(FastClock::new(
                Timestamp::from_millis(origin),
                u32::try_from(speed).unwrap_or(1),
            )));
        }
        if let Some(policy) = settings.text("policy") {
            builder = builder.policy(policy_of(&policy)?);
        }
        builder.build()
    }

    fn wait<T: Send + 'static>(&self, future: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
        match &self.server {
            Some(server) => server.wait(future),
            None => wait(future),
        }
    }

    fn call<T, F>(&self, call: impl FnOnce(client::Client) -> F) -> PhpResult<T>
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let answer = self.here().and_then(|client| self.wait(call(client)));
        answer.map_err(|error| raise_of_call(&error))
    }
}

#[php_impl]
impl Client {
    /// A client of settings, which are JSON. It is made at the first call, unless this process has the same one already.
    pub fn of(merchant: &Merchant, store: &Store, settings: &str) -> PhpResult<Self> {
        guard(|| {
            let client = Client {
                merchant: merchant.merchant.clone(),
                store: Arc::clone(&store.source),
                server: store.server.clone(),
                settings: object(settings)?,
                key: format!("{}\n{}\n{settings}", merchant.identity, store.source.identity),
                closed: AtomicBool::new(false),
            };
            // What is wrong with the settings is said now, not at the first payment.
            client.here().or_raise()?;
            Ok(client)
        })
    }

    /// The time of its clock, in milliseconds since the epoch.
    pub fn now(&self) -> PhpResult<i64> {
        guard(|| Ok(self.here().or_raise()?.clock().now().as_millis()))
    }

    /// The time at the gateway, in milliseconds since the epoch, where it is known.
    pub fn gateway_time(&self) -> PhpResult<Option<i64>> {
        guard(|| Ok(self.here().or_raise()?.gateway_time().map(Timestamp::as_millis)))
    }

    /// Makes the call of this name. Arguments and result are JSON; `null` where a call has no result.
    pub fn ask(&self, name: String, arguments: &str) -> PhpResult<String> {
        guard(|| {
            let arguments = object(arguments)?;
            let result = self.call(|client| async move {
                let result = client.call_by_name(&name, arguments).await?;
                // What the gateway answered as it is.
                Ok(if name == "call" { result.map(|result| results::exact_object(&result)) } else { result })
            })?;
            Ok(result.map_or_else(|| "null".to_owned(), |result| result.to_string()))
        })
    }

    /// Follows a stored payment.
    pub fn watch(&self, id: String) -> PhpResult<Watch> {
        guard(|| {
            let watch = self.call(|client| async move { client.watch(&id).await })?;
            Ok(Watch::new(watch, self.server.clone()))
        })
    }

    /// Verifies a notification at the time of the client's clock.
    pub fn verify_notification(
        &self,
        notify_url: Option<&str>,
        headers: Vec<String>,
        body: BinarySlice<u8>,
    ) -> PhpResult<Notification> {
        guard(|| {
            let now = self.here().or_raise()?.clock().now();
            let verified = self.merchant.verify_notification(notify_url, pairs(&headers), &body, now);
            verified.or_raise().map(Notification)
        })
    }

    /// What to answer to a notification that was verified, and what it changed.
    pub fn handle_verified(&self, notification: &Notification) -> PhpResult<String> {
        guard(|| {
            let notification = notification.0.clone();
            self.call(
                |client| async move { Ok(client.handle_verified(notification).await.to_json().to_string()) },
            )
        })
    }

    /// Drives what it has and takes over what nobody drives, for a number of milliseconds.
    pub fn work(&self, time: i64) -> PhpResult<()> {
        guard(|| {
            let time = Duration::from_millis(u64::try_from(time).unwrap_or(0));
            self.call(|_| async move {
                tokio::time::sleep(time).await;
                Ok(())
            })
        })
    }

    /// Whether it was closed.
    pub fn closed(&self) -> PhpResult<bool> {
        guard(|| Ok(self.closed.load(Ordering::Acquire)))
    }

    /// Takes no more calls, and gives back what this process drives.
    pub fn close(&self) -> PhpResult<()> {
        guard(|| {
            self.end();
            Ok(())
        })
    }
}

impl Client {
    fn end(&self) {
        self.closed.store(true, Ordering::Release);
        let Some(clients) = CLIENTS.get() else { return };
        let Some(client) = locked(clients).remove(&self.key) else { return };
        // What can't be given back is taken over by others after a while.
        let _ = self.wait(async move {
            client.close().await;
            Ok(())
        });
    }
}

impl Drop for Client {
    /// What ends with its object is closed; anything else stays for the next request. PHP may not run any more, so a store in
    /// PHP is not asked: the package closes its client while it still can be.
    fn drop(&mut self) {
        if let Some(server) = &self.server {
            server.calls.abandon();
        }
        if !self.store.lasts() && !self.closed.load(Ordering::Acquire) {
            self.end();
        }
    }
}
