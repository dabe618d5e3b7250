//! The whole way of an entry code payment: the QR code on the shop's counter, a page that takes the amount, the
//! wallet, the notification, and a result page.
//!
//! ```text
//! cargo run -p conformance --example entry_code_walk            # open the printed address in a browser
//! cargo run -p conformance --example entry_code_walk -- --walk  # a customer of a few lines walks it, then it ends
//! ```
//!
//! The customer's browser proves nothing: it may never come to the result page, come too early, or be somebody
//! else's. What was paid is known from verified notifications and inquiries alone, which the client stores; the
//! result page shows what is stored, whatever its address says.
#![allow(dead_code, reason = "the end-to-end tests take the walk in as a module")]

use std::collections::HashMap;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use alipay_instore::amount::{Amount, AmountRules};
use alipay_instore::api::pay::{Env, Order, OrderMerchant, OrderStore};
use alipay_instore::api::{PayRequest, PaymentRequestId};
use alipay_instore::client::{Client, TimelineEvent};
use alipay_instore::gateway::Protocol;
use alipay_instore::merchant::Merchant;
use alipay_instore::payment::Outcome;
use alipay_instore::store::MemoryStore;
use alipay_instore_sandbox::{Customer, Options, Running, Sandbox};
use axum::body::Bytes;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let shop = Shop::open(folder.path()).await?;
    println!("the QR code on the counter says {}", shop.qr_code());
    if std::env::args().any(|argument| argument == "--walk") {
        let walked = tokio::time::timeout(Duration::from_secs(60), walk(&shop)).await??;
        println!("{walked}");
        return Ok(());
    }
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// Where the gateway sends its notifications.
const NOTIFY_PATH: &str = "/notify";

/// A shop on this machine, with a gateway of its own.
pub(crate) struct Shop {
    address: SocketAddr,
    till: Arc<Till>,
    gateway: Running,
}

/// What the shop's pages share.
struct Till {
    client: Client,
    address: SocketAddr,
}

impl Shop {
    /// Opens with a gateway whose customers do nothing until they confirm in the wallet's page.
    pub(crate) async fn open(folder: &std::path::Path) -> Result<Shop, Failure> {
        let gateway = Sandbox::start(Options { customer: Customer::never(), ..Options::new(folder) }).await?;
        let merchant = Merchant::from_file(gateway.description(), Protocol::Ams)?;
        let client = Client::builder(merchant, Arc::new(MemoryStore::new())).build()?;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let till = Arc::new(Till { client, address });
        let pages = axum::Router::new()
            .route("/counter", get(ask_for_the_amount).post(pay))
            .route(NOTIFY_PATH, post(notified))
            .route("/result/{id}", get(result))
            .with_state(Arc::clone(&till));
        tokio::spawn(async move { axum::serve(listener, pages).await });
        Ok(Shop { address, till, gateway })
    }

    /// The merchant URL that is printed as a QR code; the customer scans it with the wallet.
    pub(crate) fn qr_code(&self) -> String {
        format!("http://{}/counter", self.address)
    }

    /// What the gateway's books say the shop has received for a payment, in cents.
    pub(crate) fn received(&self, id: &str) -> u128 {
        let now = self.gateway.clock().now_ms();
        self.gateway.gateway().standing(Protocol::Ams, id, now).map_or(0, |standing| standing.net)
    }
}

/// The page that the wallet opens.
async fn ask_for_the_amount() -> Html<&'static str> {
    Html(
        "<!doctype html><meta name=viewport content=\"width=device-width\"><title>Coffee House</title>\
         <form method=post>Amount in USD <input name=amount inputmode=decimal> <button>Pay</button></form>",
    )
}

/// The amount has come: pay, and send the wallet where the gateway says.
async fn pay(
    State(till): State<Arc<Till>>,
    headers: HeaderMap,
    Form(fields): Form<HashMap<String, String>>,
) -> Response {
    match till.begin(&headers, fields.get("amount").map_or("", String::as_str)).await {
        Ok(url) => Redirect::to(&url).into_response(),
        // The reason speaks of what the customer typed; it holds no secret.
        Err(error) => (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
    }
}

impl Till {
    async fn begin(&self, headers: &HeaderMap, amount: &str) -> Result<String, Failure> {
        let amount = Amount::from_major(amount, "USD", None, AmountRules::Alipay)?.nonzero()?;
        // From this header the gateway knows which wallet the customer holds in hand.
        let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        let id = PaymentRequestId::new(self.client.clock().now(), "COUNTER1", random);
        let id_text = id.as_str().to_owned();
        let branch = OrderStore::new().reference_store_id("S1").store_name("Harbour").store_mcc("5814");
        let seller = OrderMerchant::new()
            .reference_merchant_id("M1")
            .merchant_mcc("5814")
            .merchant_name("Coffee House")
            .store(branch);
        let order = Order::new()
            .order_description("Coffee House, Harbour")
            .merchant(seller)
            .env(Env::new().user_agent(user_agent));
        let request = PayRequest::for_entry_code(id, amount, order)
            .payment_notify_url(format!("http://{}{NOTIFY_PATH}", self.address))
            .payment_redirect_url(format!("http://{}/result/{id_text}", self.address));
        // The payment goes on by itself until it has its result, whatever the customer's browser does.
        self.client.start(&request).await?;
        let mut steps = self.client.watch(&id_text).await?;
        while let Some(step) = steps.next().await {
            match step.event {
                TimelineEvent::Presented { form } => {
                    let url = form.object("redirectActionForm").and_then(|form| form.text("redirectUrl"));
                    return Ok(url.ok_or("the gateway named no page")?.into_owned());
                }
                TimelineEvent::Concluded { outcome } => {
                    return Err(format!("the payment was not opened: {}", outcome.as_str()).into());
                }
                _ => {}
            }
        }
        Err("the shop is closing".into())
    }
}

/// The gateway's word, and the only thing here that can make a payment paid besides the client's own inquiries:
/// verify, store, and only then acknowledge.
async fn notified(State(till): State<Arc<Till>>, headers: HeaderMap, body: Bytes) -> Response {
    let raw = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    // The path is the one of the notify URL that we gave to the gateway, and never one that a message brings.
    let answer = till.client.handle_notification_at(Some(NOTIFY_PATH), raw, &body).await.answer;
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    match response.body(answer.body.into()) {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Where the wallet leads back to. That somebody opens this page is no evidence of anything.
async fn result(State(till): State<Arc<Till>>, Path(id): Path<String>) -> Response {
    let Ok(payment) = till.client.status(&id).await else { return StatusCode::NOT_FOUND.into_response() };
    let words = match payment.outcome {
        Some(Outcome::Succeeded) => "Paid. Thank you.",
        Some(Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded) => "Not paid.",
        Some(Outcome::Unresolved { .. }) => "Please ask at the counter.",
        None => "We are waiting for your wallet.",
    };
    Html(format!("<!doctype html><title>Coffee House</title><p>{words}")).into_response()
}

/// The customer: scans, types an amount, looks at the result page too early, confirms, and comes back.
pub(crate) async fn walk(shop: &Shop) -> Result<String, Failure> {
    let wallet = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .user_agent("Mozilla/5.0 (Linux; Android 15) AlipayClient/10.6")
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let page = wallet.get(shop.qr_code()).send().await?.text().await?;
    if !page.contains("Amount") {
        return Err("the page does not ask for an amount".into());
    }
    let form = |fields: &'static str| {
        let request =
            wallet.post(shop.qr_code()).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        request.body(fields)
    };
    let refused = form("amount=0.001").send().await?;
    if refused.status() != 400 {
        return Err("a tenth of a cent was taken".into());
    }
    let opened = form("amount=19.99").send().await?;
    let wallet_page = location(&opened)?;
    let shown = wallet.get(&wallet_page).send().await?.text().await?;
    let id = shown.split("Payment ").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
    if !shown.contains("19.99 USD") {
        return Err("the wallet shows another price".into());
    }
    let result_page = format!("http://{}/result/{id}", shop.address);
    // Whoever forges the way back gets no goods.
    let early = wallet.get(format!("{result_page}?resultStatus=S")).send().await?.text().await?;
    if !early.contains("waiting") || shop.received(id) != 0 {
        return Err("the result page believed its own address".into());
    }
    let confirmed = wallet.post(&wallet_page).body("do=pay").send().await?;
    if location(&confirmed)? != result_page {
        return Err("the wallet does not lead back to the shop".into());
    }
    loop {
        let page = wallet.get(&result_page).send().await?.text().await?;
        if page.contains("Paid.") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let stored = shop.till.client.status(id).await?;
    match (stored.outcome, shop.received(id)) {
        (Some(Outcome::Succeeded), 1999) => {
            Ok(format!("payment {id}: paid, 19.99 USD, and the gateway's books agree"))
        }
        other => Err(format!("the store and the gateway's books disagree: {other:?}").into()),
    }
}

fn location(response: &reqwest::Response) -> Result<String, Failure> {
    let url = response.headers().get(header::LOCATION).ok_or("there is no way on")?;
    Ok(url.to_str()?.to_owned())
}
