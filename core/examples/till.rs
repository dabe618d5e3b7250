//! One sale at the till: `cargo run --example till -- SANDBOX.JSON CODE PRICE`, such as
//! `/tmp/sandbox/sandbox.json 281006020000000000125733 "19.99 USD"`.

use std::sync::Arc;

use alipay_instore::{Amount, Client, Currency, FileStore, Merchant, Outcome, Protocol, Shop};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(settings), Some(code), Some(price)) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: till SANDBOX.JSON CODE PRICE".into());
    };
    let merchant = Merchant::from_file(settings, Protocol::AlipayPlus)?;
    let shop = Shop::new("M1", "Coffee House", "5814")
        .store("S1", "Harbour")
        .terminal("TILL7")
        .settlement_currency(Currency::from_code("USD")?);
    let store = FileStore::open(std::env::temp_dir().join("alipay-instore-till"))?;
    let till = Client::builder(merchant, Arc::new(store)).shop(shop).build()?;

    // What an earlier run left open goes on in the background.
    for payment in till.resume_all().await?.payments {
        println!("from before: {}: {}", payment.payment_request_id, payment.result?.phase);
    }
    let result = till.pay_code(&code, Amount::parse(&price)?, "Two coffees").await?;
    match &result.outcome {
        None => println!("still in progress: {}", result.payment_request_id),
        Some(Outcome::Succeeded) => println!("paid: {}", result.payment_request_id),
        Some(Outcome::Failed { code }) => println!("not paid: {code}"),
        Some(Outcome::Cancelled | Outcome::Refunded) => println!("not paid"),
        Some(Outcome::Unresolved { reason }) => println!("needs manual review: {}", reason.as_str()),
    }
    Ok(())
}
