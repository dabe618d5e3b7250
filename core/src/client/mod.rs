//! The client: payments, refunds and notifications of one merchant, over HTTP, with a store behind it.
//!
//! It is a shell around the [`engine`](crate::engine), which decides everything. What it decides is stored first, and only
//! then is anything sent. Several clients, in one process or in many, work on one store: each payment is driven by one of
//! them, and the others learn of it. One [`Transport`] with its pool of connections serves many clients.

mod alerts;
mod builder;
mod by_name;
mod check;
pub mod clock;
mod direct;
mod exchange;
#[cfg(feature = "metrics")]
mod metrics;
mod notification;
mod observer;
mod recover;
mod refunds;
mod sale;
mod shell;
mod told;
mod transport;
mod watch;

use std::sync::Arc;
use std::time::Duration;

pub use crate::check::{Check, CheckName, CheckReport, CheckStatus};
pub use crate::engine::{Limits, Notified, PaymentResult, RefundResult, ReverseResult};
pub use crate::store::{Alerts, PaymentAlert};
pub use crate::timeline::{TimelineEntry, TimelineEvent};
pub use builder::ClientBuilder;
pub use clock::{Clock, FastClock, ManualClock, SystemClock};
pub use notification::HandledNotification;
pub use observer::Observer;
pub use recover::{Recovered, Recovery};
pub use transport::{Proxy, Roots, Transport, TransportOptions};
pub use watch::Watch;

use crate::api::PayRequest;
use crate::engine::{CallResult, PayOrder, PayTerms, Request};
use crate::error::{Error, ErrorCode, Result};
use crate::json::{Json, Object};
use crate::merchant::Merchant;
use crate::payment::Policy;
use crate::shop::Shop;
use crate::store::Store;
use crate::time::Timestamp;
use shell::Shell;

/// Pays, refunds and inquires for one merchant. Cheap to clone; clones share everything.
///
/// Its calls are made within a tokio runtime. What it drives goes on in the background of the runtime of the first call until
/// the last clone is dropped or [`close`](Client::close) is called; then other processes take it over. If that runtime ends,
/// the next call, or one that waits, carries on with everything on its own. Use one that runs by itself, such as the
/// multi-thread runtime: a current-thread runtime does nothing while nobody blocks on it.
#[derive(Clone)]
pub struct Client {
    shell: Arc<Shell>,
    /// How long a call waits at most.
    wait: Option<Duration>,
}

struct Inner {
    merchant: Merchant,
    store: Arc<dyn Store>,
    transport: Transport,
    clock: Arc<dyn Clock>,
    policy: Policy,
    notify_url_configured: bool,
    acknowledges_unknown: bool,
    observer: Option<Arc<dyn Observer>>,
    request_timeout: Duration,
    shop: Option<Shop>,
}

/// What a caller of [`Client::pay_with`] or [`Client::start_with`] may say beside the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PayCall {
    /// The wallet that will pay, such as `ALIPAY_HK`, where it is known: its minimum amount is then checked.
    pub wallet: Option<String>,
    /// The id was made for this call, and no other call has used it.
    pub(crate) fresh: bool,
}

impl PayCall {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the wallet.
    #[must_use]
    pub fn wallet(mut self, wallet: impl Into<String>) -> Self {
        self.wallet = Some(wallet.into());
        self
    }

    /// Says that the id was made for this call and that no other call has used it. Then an error before the first send says
    /// for certain that nothing was sent.
    #[must_use]
    pub fn fresh(mut self) -> Self {
        self.fresh = true;
        self
    }
}

impl Client {
    /// A client of this merchant that keeps its payments in this store.
    pub fn builder(merchant: Merchant, store: Arc<dyn Store>) -> ClientBuilder {
        ClientBuilder::new(merchant, store)
    }

    /// The same client, whose calls wait so long at most before they tell that something is in progress; it goes on all the
    /// same. Unless said otherwise they wait 180 s, and a payment whose code the customer scans 120 s beyond the customer's
    /// time. [`Duration::MAX`] is unlimited.
    #[must_use]
    pub fn waiting(&self, wait: Duration) -> Self {
        Client { shell: Arc::clone(&self.shell), wait: Some(wait) }
    }

    /// The merchant.
    pub fn merchant(&self) -> &Merchant {
        &self.inner().merchant
    }

    /// The store.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.inner().store
    }

    /// The time at the gateway now by the answers it signed; none until two of them have confirmed each other.
    pub fn gateway_time(&self) -> Option<Timestamp> {
        let now = self.inner().now();
        self.shell.with_engine(|engine| engine.gateway_time(self.merchant().client_id(), now))
    }

    /// The client's clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.inner().clock
    }

    /// Pays, and returns when the payment has its result, or after the time of [`waiting`](Client::waiting) as being in
    /// progress.
    ///
    /// With an id that is stored it goes on with that payment, or returns its result, if the request states the same: so
    /// the same call again is always safe. Dropping the future stops the waiting and not the payment.
    ///
    /// # Errors
    /// Whatever is wrong with the request, before anything is stored or sent; `payment.id_reused` if a payment of this id
    /// is stored that states something else; `payment.interrupted`, and errors of the store.
    /// [`Error::may_have_charged`] says whether the customer may have paid.
    pub async fn pay(&self, request: &PayRequest) -> Result<PaymentResult> {
        self.pay_with(request, &PayCall::default()).await
    }

    /// The same with what a caller may say beside the request.
    ///
    /// # Errors
    /// As [`pay`](Client::pay).
    pub async fn pay_with(&self, request: &PayRequest, call: &PayCall) -> Result<PaymentResult> {
        let order = self.order(request, call)?;
        let id = order.order.payment_request_id.clone();
        payment(self.shell.call(&id, Request::Pay(Box::new(order)), self.wait).await?)
    }

    /// Stores the payment and sends its request, and returns without the answer; it is driven in the background.
    /// [`status`](Client::status) tells how it stands, [`resume`](Client::resume) waits for it.
    ///
    /// # Errors
    /// As [`pay`](Client::pay).
    pub async fn start(&self, request: &PayRequest) -> Result<PaymentResult> {
        self.start_with(request, &PayCall::default()).await
    }

    /// The same, with more than the request.
    ///
    /// # Errors
    /// As [`pay`](Client::pay).
    pub async fn start_with(&self, request: &PayRequest, call: &PayCall) -> Result<PaymentResult> {
        let order = self.order(request, call)?;
        let id = order.order.payment_request_id.clone();
        payment(self.shell.call(&id, Request::Start(Box::new(order)), None).await?)
    }

    /// How a stored payment stands. Reads the store, and does nothing else.
    ///
    /// # Errors
    /// `request.unknown_payment`; the codes of snapshots; an error of the store.
    pub async fn status(&self, payment_request_id: &str) -> Result<PaymentResult> {
        payment(self.shell.call(payment_request_id, Request::Status, None).await?)
    }

    /// Waits for a stored payment, and drives it if nobody else does; one that has its result is returned as it is.
    ///
    /// # Errors
    /// As [`status`](Client::status), and `payment.interrupted`.
    pub async fn resume(&self, payment_request_id: &str) -> Result<PaymentResult> {
        payment(self.shell.call(payment_request_id, Request::Resume, self.wait).await?)
    }

    /// Waits until everything about a stored payment has ended: the payment, its refunds and its reverse, and drives them if
    /// nobody else does.
    ///
    /// # Errors
    /// As [`resume`](Client::resume).
    pub async fn finish(&self, payment_request_id: &str) -> Result<PaymentResult> {
        payment(self.shell.call(payment_request_id, Request::Finish, self.wait).await?)
    }

    /// Cancels a payment that has no result yet, and returns when it has one: cancelled, unless it had another one
    /// before. A payment that was paid stays paid, and that is its result: [`reverse`](Client::reverse) gives the money
    /// back.
    ///
    /// # Errors
    /// As [`resume`](Client::resume).
    pub async fn cancel(&self, payment_request_id: &str) -> Result<PaymentResult> {
        payment(self.shell.call(payment_request_id, Request::Cancel, self.wait).await?)
    }

    /// Gives everything back that this client drives, so that other processes go on with it at once. Calls that wait are
    /// told `payment.interrupted`, and later calls `client.closed`. It returns when the requests that are under way were
    /// answered, after 5 seconds at the latest.
    pub async fn close(&self) {
        self.shell.close().await;
    }

    fn inner(&self) -> &Inner {
        &self.shell.inner
    }

    fn shell(&self) -> &Arc<Shell> {
        &self.shell
    }

    /// Checks a request, and makes of it what the engine takes.
    fn order(&self, request: &PayRequest, call: &PayCall) -> Result<PayOrder> {
        let inner = self.inner();
        let terms = PayTerms {
            wallet: call.wallet.clone(),
            fresh: call.fresh,
            notify_url_configured: inner.notify_url_configured,
        };
        let now = inner.now();
        let now = self.shell.with_engine(|engine| engine.time(inner.merchant.client_id(), now));
        PayOrder::checked(&inner.merchant, request, terms, now)
    }
}

fn payment(result: CallResult) -> Result<PaymentResult> {
    match result {
        CallResult::Payment(result) => Ok(result),
        other => Err(unexpected(&other)),
    }
}

/// The engine answers each call with its own kind of result.
fn unexpected(result: &CallResult) -> Error {
    let kind = match result {
        CallResult::Payment(_) => "payment",
        CallResult::Refund(_) => "refund",
        CallResult::Reverse(_) => "reverse",
        CallResult::Notified(_) => "notification",
        CallResult::TakenUp(_) => "record",
        CallResult::Done => "change",
    };
    Error::new(ErrorCode::InternalPanic, format!("the result is that of a {kind}")).with_money(true, true)
}

/// What came of something, as the members `result` and `error`, of which one is `null`.
fn result_or_error(object: Object, result: std::result::Result<Object, &Error>) -> Object {
    let (result, error) = match result {
        Ok(result) => (result.into(), Json::Null),
        Err(error) => (Json::Null, error.to_json().into()),
    };
    object.with("result", result).with("error", error)
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("merchant", self.merchant()).finish_non_exhaustive()
    }
}
