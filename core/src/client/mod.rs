//! The client: does what the payment machine asks, over HTTP, with a store behind it.
//!
//! After every step the snapshot is stored, and only then is anything sent. One [`Transport`] with its pool of
//! connections serves many clients.

pub mod clock;
mod drive;
mod exchange;
mod json;
mod observer;
mod refund_news;
mod refunds;
mod reverse;
mod sale;
pub mod store;
mod transport;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio::task::JoinSet;

pub use crate::timeline::{TimelineEntry, TimelineEvent};
pub use clock::{Clock, FastClock, SystemClock};
use drive::{Command, Drive};
pub use observer::Observer;
pub use refunds::{RefundResult, refund_record};
pub use reverse::ReverseResult;
pub use store::{FileStore, MemoryStore, PaymentStore, Stored};
pub use transport::{Proxy, Roots, Transport, TransportOptions};

use crate::api::pay::{NotifyHttp, PayOptions, Warning};
use crate::api::{InquiryRefundRequest, InquiryRefundResponse, InquiryRequest, InquiryResponse, PayRequest};
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Operation;
use crate::gateway_time::GatewayTime;
use crate::json::Object;
use crate::merchant::Merchant;
use crate::merchant::{VerifiedNotification, VerifiedResponse};
use crate::payment::{AlertKind, Event, Outcome, Payment, PaymentOrder, Policy};
use crate::refund::RefundOutcome;
use crate::reply::NotificationKind;
use crate::shop::Shop;

/// Pays, refunds and inquires for one merchant. Cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    merchant: Merchant,
    store: Arc<dyn PaymentStore>,
    transport: Transport,
    clock: Arc<dyn Clock>,
    policy: Policy,
    notify_url_configured: bool,
    observer: Option<Arc<dyn Observer>>,
    request_timeout: i64,
    shop: Option<Shop>,
    /// Shared by all clones of the client.
    gateway_time: Mutex<GatewayTime>,
    running: Mutex<HashMap<String, Running>>,
    /// A notification changed a refund; whoever drives one looks again.
    refund_news: Notify,
}

/// A payment that is driven at this moment.
struct Running {
    commands: mpsc::UnboundedSender<Command>,
    finished: watch::Receiver<Option<PaymentResult>>,
}

/// How a payment ended, and the steps that led there.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PaymentResult {
    /// The id of the payment.
    pub payment_request_id: String,
    /// Paid, not paid, or needs manual review.
    pub outcome: Outcome,
    /// The gateway's id of the payment, where it told one.
    pub payment_id: Option<String>,
    /// What needs manual review, also when the payment succeeded.
    pub alerts: Vec<AlertKind>,
    /// What happened since `pay` or `resume` was called.
    pub timeline: Vec<TimelineEntry>,
    /// What was allowed and is worth knowing.
    pub warnings: Vec<Warning>,
}

/// What a notification changed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Notified {
    /// It was fed to its payment and stored; acknowledge it. There is an outcome if the payment has one now;
    /// without one, and if the payment is not being driven, resume it.
    Taken {
        /// The payment's outcome.
        outcome: Option<Outcome>,
    },
    /// It was fed to its refund and stored; acknowledge it. There is an outcome if the refund has one now.
    RefundTaken {
        /// The refund.
        refund_request_id: String,
        /// Its outcome.
        outcome: Option<RefundOutcome>,
    },
    /// No payment or refund of this id is stored here: the host decides whether to acknowledge it.
    Unknown {
        /// The id that it names; none where it names a refund.
        payment_request_id: Option<String>,
    },
    /// It is not about the result of a payment or a refund.
    Other,
}

impl PaymentResult {
    fn of(payment: &Payment) -> Self {
        PaymentResult {
            payment_request_id: payment.order().payment_request_id.clone(),
            // Only asked of payments that have ended.
            outcome: payment.outcome().cloned().unwrap_or(Outcome::Cancelled),
            payment_id: payment.payment_id().map(str::to_owned),
            alerts: payment.alerts().to_vec(),
            timeline: Vec::new(),
            warnings: payment.expiry_warning().into_iter().collect(),
        }
    }
}

/// Settings of a client; everything but the merchant and the store has a default.
pub struct ClientBuilder {
    merchant: Merchant,
    store: Arc<dyn PaymentStore>,
    transport: Option<Transport>,
    clock: Arc<dyn Clock>,
    policy: Option<Policy>,
    notify_url_configured: bool,
    observer: Option<Arc<dyn Observer>>,
    request_timeout: i64,
    shop: Option<Shop>,
}

/// How long a request lives unless said otherwise. The machine goes on after five seconds; a later answer still
/// counts.
const REQUEST_TIMEOUT: i64 = 10_000;

impl ClientBuilder {
    /// Shares a pool of connections.
    #[must_use]
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Uses another clock.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Uses another policy than the protocol's preset.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// How long one request may take as a whole, in milliseconds of the client's clock; 10,000 unless said
    /// otherwise. The policy's reply time decides when the machine goes on; an answer that comes later still counts.
    #[must_use]
    pub fn request_timeout(mut self, milliseconds: i64) -> Self {
        self.request_timeout = milliseconds;
        self
    }

    /// Says that the notification URL is configured at the gateway, so that AMS needs none in the request.
    #[must_use]
    pub fn notify_url_configured(mut self, configured: bool) -> Self {
        self.notify_url_configured = configured;
        self
    }

    /// States the shop once, for [`Client::pay_code`] and the calls beside it.
    #[must_use]
    pub fn shop(mut self, shop: Shop) -> Self {
        self.shop = Some(shop);
        self
    }

    /// Shows every step to an observer.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// `transport.configuration`, also for a proxy of the environment that this gateway needs and that can't be used;
    /// what [`Policy::new`] says; `config.invalid` for the policy of another protocol and
    /// for a request timeout that is not positive.
    pub fn build(self) -> Result<Client> {
        let protocol = self.merchant.protocol();
        let policy = Policy::new(self.policy.unwrap_or_else(|| Policy::preset(protocol)))?;
        if policy.protocol != protocol {
            let reason = "the policy is for the other protocol";
            return Err(Error::new(ErrorCode::ConfigInvalid, reason).with_path("policy.protocol"));
        }
        if self.request_timeout < 1 {
            let error = Error::new(ErrorCode::ConfigInvalid, "the time for a request is not positive");
            return Err(error.with_path("request_timeout"));
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => Transport::new(&TransportOptions::default())?,
        };
        transport.check(self.merchant.gateway())?;
        Ok(Client(Arc::new(Inner {
            merchant: self.merchant,
            store: self.store,
            transport,
            clock: self.clock,
            policy,
            notify_url_configured: self.notify_url_configured,
            observer: self.observer,
            request_timeout: self.request_timeout,
            shop: self.shop,
            gateway_time: Mutex::default(),
            running: Mutex::default(),
            refund_news: Notify::new(),
        })))
    }
}

impl Client {
    /// A client of this merchant that keeps its payments in this store.
    pub fn builder(merchant: Merchant, store: Arc<dyn PaymentStore>) -> ClientBuilder {
        ClientBuilder {
            merchant,
            store,
            transport: None,
            clock: Arc::new(SystemClock),
            policy: None,
            notify_url_configured: false,
            observer: None,
            request_timeout: REQUEST_TIMEOUT,
            shop: None,
        }
    }

    /// The merchant.
    pub fn merchant(&self) -> &Merchant {
        &self.0.merchant
    }

    /// The time at the gateway now, in milliseconds since the epoch, by the answers it signed; none until two of them
    /// have confirmed each other.
    pub fn gateway_time(&self) -> Option<i64> {
        let gateway_time = self.0.gateway_time.lock().unwrap_or_else(PoisonError::into_inner);
        gateway_time.at(self.0.clock.monotonic())
    }

    /// The client's clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    /// Pays, and returns when the payment has its result.
    ///
    /// Dropping the future stops the payment where it is; [`resume`](Client::resume) goes on from the store.
    ///
    /// # Errors
    /// Whatever is wrong with the request, before anything is stored or sent; `store.exists` if the id was used
    /// before; an error of the store, after which nothing more was sent.
    pub async fn pay(&self, request: &PayRequest) -> Result<PaymentResult> {
        self.pay_with(request, None).await
    }

    /// The same where the wallet is known, such as `ALIPAY_HK`, so that its minimum amount is checked.
    ///
    /// # Errors
    /// As [`pay`](Client::pay).
    pub async fn pay_with(&self, request: &PayRequest, wallet: Option<&str>) -> Result<PaymentResult> {
        let options = PayOptions {
            notify_http: if self.0.merchant.allows_http_notify() {
                NotifyHttp::Allowed
            } else {
                NotifyHttp::Refused
            },
            notify_url_configured: self.0.notify_url_configured,
            wallet: wallet.map(str::to_owned),
            ..PayOptions::default()
        };
        let checked = request.check(self.0.merchant.protocol(), self.0.clock.now(), &options)?;
        let id = checked.payment_request_id.as_str().to_owned();
        if self.0.store.get(&id).await?.is_some() {
            return Err(Error::new(ErrorCode::StoreExists, "a payment of this id is stored"));
        }
        let prefix = self.0.merchant.gateway().api_prefix(self.0.merchant.client_id());
        let expiry = checked.payment_expiry_time;
        let order = PaymentOrder::new(id, checked.amount, checked.scenario, expiry, prefix, &checked.body);
        let payment = Payment::new(self.0.policy.clone(), order);
        self.drive(payment, 0, false, checked.warnings).await
    }

    /// Takes a stored payment up again and returns when it has its result; one that has it is returned as it is.
    ///
    /// # Errors
    /// `request.unknown_payment`; the codes of snapshots; an error of the store.
    pub async fn resume(&self, payment_request_id: &str) -> Result<PaymentResult> {
        self.resume_with(payment_request_id, false).await
    }

    async fn resume_with(&self, payment_request_id: &str, cancel: bool) -> Result<PaymentResult> {
        let (payment, revision) = self.0.load(payment_request_id).await?;
        if payment.outcome().is_some() {
            return Ok(PaymentResult::of(&payment));
        }
        self.drive(payment, revision, cancel, Vec::new()).await
    }

    /// Resumes every stored payment without a result, all at once, and every open refund and reverse.
    ///
    /// # Errors
    /// An error of the store while listing; what went wrong with one payment is in the list.
    pub async fn resume_all(&self) -> Result<Vec<(String, Result<PaymentResult>)>> {
        let mut tasks = JoinSet::new();
        for id in self.0.store.ids().await? {
            let client = self.clone();
            if refunds::is_refund_record(&id) {
                self.resume_refunds(&id).await?;
                self.resume_reverse(&id).await?;
                continue;
            }
            tasks.spawn(async move {
                let result = client.resume(&id).await;
                (id, result)
            });
        }
        let mut results = Vec::new();
        while let Some(done) = tasks.join_next().await {
            results.extend(done.ok());
        }
        results.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(results)
    }

    /// Feeds a verified notification to its payment or its refund, which may be driven at this moment, and stores it.
    /// Acknowledge only once this has returned.
    ///
    /// # Errors
    /// An error of the store: then the gateway must be made to send it again.
    pub async fn notified(&self, notification: &VerifiedNotification) -> Result<Notified> {
        match notification.kind {
            NotificationKind::PaymentResult => match &notification.payment_request_id {
                Some(id) => self.payment_notified(id, &notification.body).await,
                None => Ok(Notified::Unknown { payment_request_id: None }),
            },
            NotificationKind::RefundResult => match &notification.refund_request_id {
                Some(id) => self.refund_notified(id, &notification.body).await,
                None => Ok(Notified::Unknown { payment_request_id: None }),
            },
            NotificationKind::Other => Ok(Notified::Other),
        }
    }

    async fn payment_notified(&self, id: &str, body: &Object) -> Result<Notified> {
        loop {
            // A payment that ends before it takes the notification in is stored by then.
            if let Some(stored) = self.tell_running(id, |stored| Command::Notified(body.clone(), stored))
                && let Ok(result) = stored.await
            {
                result?;
                let outcome = self.0.load(id).await?.0.outcome().cloned();
                return Ok(Notified::Taken { outcome });
            }
            let Some(stored) = self.0.store.get(id).await? else {
                return Ok(Notified::Unknown { payment_request_id: Some(id.to_owned()) });
            };
            let mut payment = Payment::restore(&stored.snapshot)?;
            payment.handle(Event::Notified { body: body.clone() }, self.0.clock.now())?;
            match self.0.store.put(id, stored.revision, &payment.snapshot()).await {
                // Whoever moved it on has the lead: tell them, or read again.
                Err(error) if error.code() == ErrorCode::StoreConflict => tokio::task::yield_now().await,
                Err(error) => return Err(error),
                Ok(()) => return Ok(Notified::Taken { outcome: payment.outcome().cloned() }),
            }
        }
    }

    /// Cancels a payment that has no result yet, and returns when it has one: cancelled, unless it had another one
    /// before. A payment that was paid stays paid, and that is its result: [`reverse`](Client::reverse) gives the money
    /// back.
    ///
    /// # Errors
    /// As [`resume`](Client::resume).
    pub async fn cancel(&self, payment_request_id: &str) -> Result<PaymentResult> {
        let running = {
            let running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
            running.get(payment_request_id).and_then(|running| {
                running.commands.send(Command::Cancel).ok().map(|()| running.finished.clone())
            })
        };
        if let Some(mut finished) = running
            && let Ok(result) = finished.wait_for(Option::is_some).await
            && let Some(result) = result.clone()
        {
            return Ok(result);
        }
        // Nobody drives it, or the driver was dropped: the store knows how far it came.
        self.resume_with(payment_request_id, true).await
    }

    /// Asks the gateway about a payment, once. What it answers is not fed to the payment.
    ///
    /// # Errors
    /// `transport.…`, `signature.…`, `message.…`: the result is unknown.
    pub async fn inquire(&self, payment_request_id: &str) -> Result<InquiryResponse> {
        let request = InquiryRequest::for_request(crate::api::PaymentRequestId::parse(payment_request_id)?);
        let body = request.to_body(self.0.merchant.protocol())?;
        let response = self.exchange(Operation::Inquiry, &body).await?;
        Ok(InquiryResponse::from_json(response.body))
    }

    /// Asks the gateway about a refund, once. AMS only.
    ///
    /// # Errors
    /// `gateway.path` for Alipay+, which has no such API: send the same refund again; else as
    /// [`inquire`](Client::inquire).
    pub async fn inquire_refund(&self, refund_request_id: &str) -> Result<InquiryRefundResponse> {
        let request = InquiryRefundRequest {
            refund_request_id: Some(refund_request_id.to_owned()),
            ..Default::default()
        };
        let body = request.to_body(self.0.merchant.protocol())?;
        let response = self.exchange(Operation::RefundInquiry, &body).await?;
        Ok(InquiryRefundResponse::from_json(response.body))
    }

    /// Calls any other API of the gateway: signed, sent once, verified.
    ///
    /// # Errors
    /// `gateway.path`, and as [`inquire`](Client::inquire).
    pub async fn call(&self, path: &str, body: &Object) -> Result<VerifiedResponse> {
        let path = self.0.merchant.path_of_call(path)?;
        self.exchange_at(&path, body).await
    }

    async fn exchange(&self, operation: Operation, body: &Object) -> Result<VerifiedResponse> {
        let path = self.0.merchant.path(operation)?;
        self.exchange_at(&path, body).await
    }

    async fn exchange_at(&self, path: &str, body: &Object) -> Result<VerifiedResponse> {
        match self.0.exchange(path, &body.to_string()).await {
            Ok(answered) => Ok(answered.response),
            Err(unanswered) => Err(unanswered.failure.error),
        }
    }

    fn tell_running<T>(
        &self,
        id: &str,
        command: impl FnOnce(oneshot::Sender<T>) -> Command,
    ) -> Option<oneshot::Receiver<T>> {
        let running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        let (sender, receiver) = oneshot::channel();
        running.get(id)?.commands.send(command(sender)).ok().map(|()| receiver)
    }

    async fn drive(
        &self,
        payment: Payment,
        revision: u64,
        cancel: bool,
        warnings: Vec<Warning>,
    ) -> Result<PaymentResult> {
        let id = payment.order().payment_request_id.clone();
        let (commands, inbox) = mpsc::unbounded_channel();
        let (finish, finished) = watch::channel(None);
        let _entry = self.register(&id, Running { commands, finished })?;
        Drive::new(Arc::clone(&self.0), payment, revision, inbox, finish, warnings).run(cancel).await
    }

    fn register(&self, id: &str, new: Running) -> Result<Entry> {
        let mut running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.contains_key(id) {
            return Err(Error::new(ErrorCode::StoreConflict, "this payment is being driven at this moment"));
        }
        running.insert(id.to_owned(), new);
        Ok(Entry { client: Arc::clone(&self.0), id: id.to_owned() })
    }
}

impl Inner {
    async fn load(&self, payment_request_id: &str) -> Result<(Payment, u64)> {
        let stored =
            self.store.get(payment_request_id).await?.ok_or_else(|| {
                Error::new(ErrorCode::RequestUnknownPayment, "no payment of this id is stored")
            })?;
        Ok((Payment::restore(&stored.snapshot)?, stored.revision))
    }
}

/// Takes a payment off the list of those that are driven, also when its future is dropped.
struct Entry {
    client: Arc<Inner>,
    id: String,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.client.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("merchant", &self.0.merchant).finish_non_exhaustive()
    }
}
