//! Every behaviour of the sandbox, in both protocols, ends as its table says and as the books say.

use std::sync::Arc;

use alipay_instore::amount::Amount;
use alipay_instore::currency::Currency;
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::Outcome;
use alipay_instore::store::MemoryStore;
use alipay_instore_sandbox::{BEHAVIOURS, Expected};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::shop::{PLAIN_CODE, PROTOCOLS, Shop, by_payment_code, to_the_end, told};

fn matches(expected: Expected, outcome: &Outcome) -> bool {
    matches!(
        (expected, outcome),
        (Expected::Paid, Outcome::Succeeded)
            | (Expected::Failed, Outcome::Failed { .. })
            | (Expected::Cancelled, Outcome::Cancelled)
            | (Expected::Refunded, Outcome::Refunded)
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn every_behaviour_ends_as_its_table_says() {
    let shop = Shop::open(10).await;
    // More at once would only measure how busy this machine is.
    let places = Arc::new(Semaphore::new(16));
    let mut payments = JoinSet::new();
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        for behaviour in BEHAVIOURS {
            let (client, places) = (client.clone(), Arc::clone(&places));
            let request = by_payment_code(protocol, behaviour.name, behaviour.code);
            payments.spawn(async move {
                let _place = places.acquire().await.unwrap();
                (protocol, behaviour, to_the_end(&client, &request).await)
            });
        }
    }
    let mut wrong = Vec::new();
    while let Some(done) = payments.join_next().await {
        let (protocol, behaviour, result) = done.unwrap();
        let expected = match protocol {
            Protocol::Ams => behaviour.ams,
            Protocol::AlipayPlus => behaviour.alipay_plus,
        };
        if result.outcome.as_ref().is_some_and(|outcome| matches(expected, outcome)) {
            shop.agree(protocol, &result);
        } else {
            let standing = shop.standing(protocol, behaviour.name);
            wrong.push(format!("{protocol:?}, expected {expected:?}, {standing:?}: {}", told(&result)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_in_one_call() {
    let shop = Shop::open(10).await;
    let stated = alipay_instore::shop::Shop::new("M1", "Coffee House", "5814")
        .store("S1", "Harbour")
        .terminal("TILL7")
        .settlement_currency(Currency::from_code("USD").unwrap())
        .notify_url("https://shop.example/notify");
    for protocol in PROTOCOLS {
        let client =
            shop.builder(protocol, Arc::new(MemoryStore::new())).shop(stated.clone()).build().unwrap();
        let amount = Amount::parse("19.99 USD").unwrap();
        let result = client.pay_code("]C1281006020000000000125733\r", amount, "Two coffees").await.unwrap();
        assert_eq!(result.outcome, Some(Outcome::Succeeded));
        assert!(result.payment_request_id.contains("_TILL7_"));
        shop.agree(protocol, &result);
    }
    let error = shop.client(Protocol::Ams).pay_order_code(Amount::parse("1.00 USD").unwrap(), "Tea").await;
    assert_eq!(error.unwrap_err().path(), Some("shop"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_payments_at_once() {
    let shop = Shop::open(10).await;
    let mut payments = JoinSet::new();
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        for number in 0..50 {
            let client = client.clone();
            let request = by_payment_code(protocol, &format!("at-once-{number}"), PLAIN_CODE);
            payments.spawn(async move { (protocol, client.pay(&request).await) });
        }
    }
    let mut count = 0;
    while let Some(done) = payments.join_next().await {
        let (protocol, result) = done.unwrap();
        let result = result.unwrap();
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        shop.agree(protocol, &result);
        count += 1;
    }
    assert_eq!(count, 100);
}
