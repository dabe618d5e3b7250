//! A shop with a sandbox of its own: clients for both protocols, requests for every scenario, and the comparison
//! of a result with the gateway's books.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::amount::{Amount, AmountRules};
use alipay_instore::api::pay::{Env, Order, OrderMerchant, OrderStore, SettlementStrategy};
use alipay_instore::api::{PayRequest, PaymentRequestId, RefundRequest};
use alipay_instore::client::{
    Client, ClientBuilder, FastClock, Observer, PaymentResult, TimelineEntry, TimelineEvent,
};
use alipay_instore::currency::Currency;
use alipay_instore::gateway::Protocol;
use alipay_instore::merchant::{Merchant, SandboxSettings};
use alipay_instore::payment::{Certainty, Outcome};
use alipay_instore::payment_code::PaymentCode;
use alipay_instore::store::{MemoryStore, Store};
use alipay_instore_sandbox::{BEHAVIOURS, Options, Running, Sandbox, Standing};

pub(crate) const PROTOCOLS: [Protocol; 2] = [Protocol::Ams, Protocol::AlipayPlus];
pub(crate) const PLAIN_CODE: &str = "281006020000000000125733";
/// What every payment of these tests costs, in cents.
pub(crate) const PRICE: u128 = 1999;

pub(crate) struct Shop {
    pub(crate) sandbox: Running,
    folder: tempfile::TempDir,
}

impl Shop {
    /// Opens with a sandbox whose clock runs faster by this factor.
    pub(crate) async fn open(speed: u32) -> Shop {
        Shop::open_with(|options| options.speed = speed).await
    }

    pub(crate) async fn open_with(change: impl FnOnce(&mut Options)) -> Shop {
        let folder = tempfile::tempdir().unwrap();
        let mut options = Options::new(folder.path().join("sandbox"));
        change(&mut options);
        let sandbox = Sandbox::start(options).await.unwrap();
        Shop { sandbox, folder }
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn settings(&self, protocol: Protocol) -> SandboxSettings {
        SandboxSettings::from_file(self.sandbox.description(), protocol).unwrap()
    }

    pub(crate) fn clock(&self) -> Arc<FastClock> {
        let clock = self.sandbox.clock();
        Arc::new(FastClock::new(Timestamp::from_millis(clock.origin_ms()), clock.speed().unwrap()))
    }

    /// A client of the sandbox's merchant, on the sandbox's time, with a store of its own.
    pub(crate) fn client(&self, protocol: Protocol) -> Client {
        self.builder(protocol, Arc::new(MemoryStore::new())).build().unwrap()
    }

    pub(crate) fn builder(&self, protocol: Protocol, store: Arc<dyn Store>) -> ClientBuilder {
        self.builder_for(self.settings(protocol).merchant, store)
    }

    pub(crate) fn builder_for(&self, merchant: Merchant, store: Arc<dyn Store>) -> ClientBuilder {
        Client::builder(merchant, store).clock(self.clock())
    }

    /// Where the money is by the gateway's books.
    pub(crate) fn standing(&self, protocol: Protocol, id: &str) -> Option<Standing> {
        self.sandbox.gateway().standing(protocol, id, self.sandbox.clock().now_ms())
    }

    /// The entry of the books for one payment, as JSON.
    pub(crate) fn entry(&self, id: &str) -> Option<serde_json::Value> {
        let ledger = self.sandbox.gateway().ledger_json(self.sandbox.clock().now_ms());
        let payments = ledger["payments"].as_array().unwrap();
        payments.iter().find(|entry| entry["payment_request_id"] == id).cloned()
    }

    /// The customer pays now, or refuses: `pay` or `fail`.
    pub(crate) async fn customer(&self, id: &str, does: &str) {
        let body = serde_json::json!({"does": does});
        self.control(&format!("customers/{id}"), &body).await;
    }

    /// Tells the sandbox something.
    pub(crate) async fn control(&self, path: &str, body: &serde_json::Value) {
        let url = format!("{}/sandbox/{path}", self.sandbox.base_url());
        let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        let answer = http.post(url).body(body.to_string()).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
    }

    /// What the merchant keeps of a payment; nothing where the gateway never heard of it.
    pub(crate) fn net(&self, protocol: Protocol, id: &str) -> u128 {
        self.standing(protocol, id).map_or(0, |standing| standing.net)
    }

    /// Holds a result against the books: the merchant has the money exactly if the result says so.
    pub(crate) fn agree(&self, protocol: Protocol, result: &PaymentResult) {
        let id = result.payment_request_id.as_str();
        let standing = self.standing(protocol, id);
        let kept = match result.outcome {
            Some(Outcome::Succeeded) => PRICE,
            Some(Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded) => 0,
            None => panic!("{id} has no result: {standing:?}\n{}", told(result)),
            Some(Outcome::Unresolved { .. }) => panic!("{id} is unresolved: {standing:?}\n{}", told(result)),
        };
        assert_eq!(self.net(protocol, id), kept, "{protocol:?} {id}: {standing:?}\n{}", told(result));
        if let Some(standing) = &standing {
            assert!(standing.captured <= PRICE, "{id} was paid twice: {standing:?}");
        }
        match result.outcome {
            Some(Outcome::Refunded) => {
                assert_eq!(standing.map(|standing| standing.refunded), Some(PRICE), "{id}")
            }
            _ => assert_eq!(standing.map_or(0, |standing| standing.refunded), 0, "{id}"),
        }
    }
}

/// Pays, however long it takes.
pub(crate) async fn to_the_end(client: &Client, request: &PayRequest) -> PaymentResult {
    client.waiting(Duration::MAX).pay(request).await.unwrap()
}

/// Waits for a stored payment, however long it takes.
pub(crate) async fn resumed(client: &Client, id: &str) -> alipay_instore::Result<PaymentResult> {
    client.waiting(Duration::MAX).resume(id).await
}

/// The timeline as text, for a test that fails.
pub(crate) fn told(result: &PaymentResult) -> String {
    let mut text = format!("{} {:?}\n", result.payment_request_id, result.outcome);
    for step in &result.timeline {
        text.push_str(&format!("  {:>7} {:?}\n", step.elapsed.as_millis(), step.event));
    }
    text
}

/// The error codes of the requests that were not answered.
pub(crate) fn unanswered(result: &PaymentResult) -> Vec<&'static str> {
    let codes = result.timeline.iter().filter_map(|step| match &step.event {
        TimelineEvent::Unanswered { error, .. } => Some(error.code().as_str()),
        _ => None,
    });
    codes.collect()
}

pub(crate) fn code_of(behaviour: &str) -> &'static str {
    BEHAVIOURS.iter().find(|row| row.name == behaviour).unwrap().code
}

pub(crate) fn usd(minor: u128) -> Amount {
    Amount::from_minor(&minor.to_string(), "USD").unwrap()
}

fn order(till: bool) -> Order {
    let branch = OrderStore::new().reference_store_id("S1").store_name("Harbour").store_mcc("5814");
    let seller = OrderMerchant::new()
        .reference_merchant_id("M1")
        .merchant_mcc("5814")
        .merchant_name("Coffee")
        .store(branch);
    let env = match till {
        true => Env::new().store_terminal_id("TILL7"),
        false => Env::new().user_agent("Mozilla/5.0 (wallet)"),
    };
    Order::new().reference_order_id("O1").order_description("Two coffees").merchant(seller).env(env)
}

fn for_protocol(protocol: Protocol, request: PayRequest) -> PayRequest {
    match protocol {
        Protocol::Ams => request.payment_notify_url("http://127.0.0.1:9/nobody"),
        Protocol::AlipayPlus => {
            let usd = Currency::from_code("USD").unwrap();
            request.settlement_strategy(SettlementStrategy::new().settlement_currency(usd))
        }
    }
}

fn price() -> Amount {
    Amount::from_major("19.99", "USD", None, AmountRules::Alipay).unwrap()
}

pub(crate) fn id(text: &str) -> PaymentRequestId {
    PaymentRequestId::parse(text).unwrap()
}

/// A payment by the code that the customer shows. Its notifications go nowhere.
pub(crate) fn by_payment_code(protocol: Protocol, request_id: &str, code: &str) -> PayRequest {
    let code = PaymentCode::new(code).unwrap();
    for_protocol(protocol, PayRequest::for_payment_code(id(request_id), price(), code, order(true)))
}

/// The same at another price.
pub(crate) fn other_price(request: &PayRequest) -> PayRequest {
    request.clone().payment_amount(usd(PRICE + 1_000))
}

pub(crate) fn by_order_code(protocol: Protocol, request_id: &str) -> PayRequest {
    for_protocol(protocol, PayRequest::for_order_code(id(request_id), price(), order(true)))
}

pub(crate) fn by_entry_code(protocol: Protocol, request_id: &str) -> PayRequest {
    let request = PayRequest::for_entry_code(id(request_id), price(), order(false));
    for_protocol(protocol, request.payment_redirect_url("http://127.0.0.1:9/result"))
}

pub(crate) fn refund_of(refund_id: &str, minor: u128) -> RefundRequest {
    RefundRequest::new().refund_request_id(refund_id).refund_amount(usd(minor))
}

/// Waits for something that another task brings about.
pub(crate) async fn until(mut what: impl FnMut() -> bool) {
    for _ in 0..4000 {
        if what() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it did not come about within twenty seconds");
}

/// The same where it takes a call to know.
pub(crate) async fn until_async(mut what: impl AsyncFnMut() -> bool) {
    for _ in 0..4000 {
        if what().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it did not come about within twenty seconds");
}

/// Closes the only client on its store, and waits until the store knows. On a fast clock the client itself waits but
/// milliseconds for a busy machine.
pub(crate) async fn leave(client: &Client) {
    client.close().await;
    until_alone(client.store()).await;
}

/// Drops the only client on its store, which does not answer: to close it would wait for an answer.
pub(crate) async fn abandon(client: Client) {
    let store = Arc::clone(client.store());
    drop(client);
    until_alone(&store).await;
}

async fn until_alone(store: &Arc<dyn Store>) {
    until_async(async || store.beat("onlooker").await.unwrap().owners.len() == 1).await;
    store.forget("onlooker", None).await.unwrap();
}

/// Keeps every step of every payment, and tells who waits when one comes.
#[derive(Default)]
pub(crate) struct Watcher {
    steps: Mutex<Vec<(String, TimelineEntry)>>,
    came: tokio::sync::Notify,
}

impl Observer for Watcher {
    fn step(&self, payment_request_id: &str, step: &TimelineEntry) {
        self.steps.lock().unwrap().push((payment_request_id.to_owned(), step.clone()));
        self.came.notify_waiters();
    }
}

impl Watcher {
    /// The first step of a payment, past or to come, that satisfies `what`.
    pub(crate) async fn step(&self, id: &str, what: impl Fn(&TimelineEvent) -> bool) -> TimelineEntry {
        loop {
            let next = self.came.notified();
            tokio::pin!(next);
            next.as_mut().enable();
            let found = self
                .steps
                .lock()
                .unwrap()
                .iter()
                .find(|(known, step)| known == id && what(&step.event))
                .map(|(_, step)| step.clone());
            match found {
                Some(step) => return step,
                None => next.await,
            }
        }
    }

    pub(crate) fn count(&self, id: &str, name: &str) -> usize {
        let steps = self.steps.lock().unwrap();
        steps.iter().filter(|(known, step)| known == id && step.event.name() == name).count()
    }
}

/// The first request of a payment without an answer: why, and what is known of it. The payment is given up then.
pub(crate) async fn first_trouble(
    builder: ClientBuilder,
    protocol: Protocol,
    id: &str,
) -> (alipay_instore::Error, Certainty) {
    let watcher = Arc::new(Watcher::default());
    let client = builder.observer(Arc::clone(&watcher) as _).build().unwrap();
    let request = by_payment_code(protocol, id, PLAIN_CODE);
    tokio::select! {
        biased;
        step = watcher.step(id, |event| matches!(event, TimelineEvent::Unanswered { .. })) => match step.event {
            TimelineEvent::Unanswered { error, certainty, .. } => (error, certainty),
            other => panic!("{other:?}"),
        },
        result = client.pay(&request) => panic!("every request was answered: {result:?}"),
    }
}
