//! What a client is made of, and where its steps go.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use alipay_instore::client::{self, Limits, Observer, TimelineEntry, Transport, TransportOptions};
use alipay_instore::error::Result;
use alipay_instore::payment::Policy;
use napi::Status;
use napi::bindgen_prelude::FnArgs;
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode, UnknownReturnValue};
use napi_derive::napi;

use crate::clock::Clock;
use crate::merchant::Merchant;
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
    pub limits: LimitsInput,
}

/// How many requests may be under way, and how many may begin in a second.
#[napi(object, object_to_js = false)]
pub struct LimitsInput {
    pub in_flight: Option<u32>,
    pub per_second: Option<u32>,
    pub burst: Option<u32>,
}

impl From<LimitsInput> for Limits {
    fn from(input: LimitsInput) -> Self {
        let usual = Limits::default();
        let in_flight = input.in_flight.and_then(|limit| usize::try_from(limit).ok());
        Limits {
            in_flight: in_flight.unwrap_or(usual.in_flight),
            per_second: input.per_second.unwrap_or(usual.per_second),
            burst: input.burst.unwrap_or(usual.burst),
        }
    }
}

/// The payment request id and the step as JSON.
pub(crate) type Notice = FnArgs<(String, String)>;
/// Weak, so that an idle client does not keep the process alive.
pub(crate) type Listener = ThreadsafeFunction<Notice, UnknownReturnValue, Notice, Status, false, true>;

pub(crate) fn build(
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
        .limits(input.limits.into())
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

/// Passes steps on; JavaScript publishes them where somebody listens.
struct ToJavaScript(Listener);

impl Observer for ToJavaScript {
    fn step(&self, payment_request_id: &str, step: &TimelineEntry) {
        let notice = (payment_request_id.to_owned(), step.to_json().to_string());
        // Nobody listens any more once the environment is being torn down.
        let _ = self.0.call(notice.into(), ThreadsafeFunctionCallMode::NonBlocking);
    }
}
