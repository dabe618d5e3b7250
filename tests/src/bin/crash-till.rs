//! The till that `crash-test` kills: it begins a payment, or takes one up again, and says how it ended.
//!
//! Every till that `crash-test` can drive has this command line and this one line of output:
//!
//! ```text
//! TILL pay    SANDBOX.JSON STORE PROTOCOL ID CODE MINOR-UNITS CURRENCY
//! TILL resume SANDBOX.JSON STORE PROTOCOL ID
//! {"outcome":"succeeded"}    or    {"error":"request.unknown_payment"}
//! ```

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::PaymentRequestId;
use alipay_instore::api::pay::{Env, Order, OrderMerchant, OrderStore, PayRequest, SettlementStrategy};
use alipay_instore::client::{Client, FastClock, PaymentResult};
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::gateway::Protocol;
use alipay_instore::merchant::SandboxSettings;
use alipay_instore::payment_code::PaymentCode;
use alipay_instore::store::FileStore;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["pay", sandbox, store, protocol, id, code, value, currency] => {
            pay((sandbox, store, protocol), id, code, (value, currency)).await
        }
        ["resume", sandbox, store, protocol, id] => resume((sandbox, store, protocol), id).await,
        _ => Err(Error::new(ErrorCode::ConfigMissing, "pay or resume, and what belongs to it")),
    };
    match outcome {
        Ok(outcome) => println!("{{\"outcome\":\"{outcome}\"}}"),
        Err(error) => {
            eprintln!("{error}");
            println!("{{\"error\":\"{}\"}}", error.code());
        }
    }
    ExitCode::SUCCESS
}

/// Where the sandbox and the store are, and the protocol.
type Place<'a> = (&'a str, &'a str, &'a str);

fn client((sandbox, store, protocol): Place<'_>) -> Result<Client> {
    let sandbox = SandboxSettings::from_file(sandbox, protocol.parse()?)?;
    let clock = FastClock::new(sandbox.clock_origin.unwrap_or(Timestamp::from_millis(0)), sandbox.speed);
    // Who was killed counts as dead soon, or the payment would expire before it goes on.
    let dead_after = Duration::from_millis(500);
    let builder = Client::builder(sandbox.merchant, Arc::new(FileStore::open(store)?));
    builder.clock(Arc::new(clock)).owner_timeout(dead_after).build()
}

async fn pay(place: Place<'_>, id: &str, code: &str, amount: (&str, &str)) -> Result<&'static str> {
    let client = client(place)?;
    let amount = Amount::from_minor(amount.0, amount.1)?;
    let store = OrderStore::new().reference_store_id("S1").store_name("Shop 1").store_mcc("5411");
    let merchant = OrderMerchant::new()
        .reference_merchant_id("M1")
        .merchant_mcc("5411")
        .merchant_name("Shop")
        .store(store);
    let order = Order::new()
        .reference_order_id(id)
        .order_description("Coffee")
        .merchant(merchant)
        .env(Env::new().store_terminal_id("T1"));
    let id = PaymentRequestId::parse(id)?;
    let mut request = PayRequest::for_payment_code(id, amount, PaymentCode::new(code)?, order);
    if client.merchant().protocol() == Protocol::AlipayPlus {
        let settlement = SettlementStrategy::new().settlement_currency(amount.currency());
        request = request.settlement_strategy(settlement);
    } else {
        request = request.payment_notify_url("http://127.0.0.1:9/nobody-listens");
    }
    let result = client.waiting(Duration::MAX).pay(&request).await;
    end(&client, result).await
}

async fn resume(place: Place<'_>, id: &str) -> Result<&'static str> {
    let client = client(place)?;
    let result = client.waiting(Duration::MAX).resume(id).await;
    end(&client, result).await
}

/// What this till took over of others goes on elsewhere.
async fn end(client: &Client, result: Result<PaymentResult>) -> Result<&'static str> {
    client.close().await;
    let outcome = result?.outcome;
    outcome
        .map(|outcome| outcome.as_str())
        .ok_or_else(|| Error::new(ErrorCode::PaymentInterrupted, "the payment is still in progress"))
}
