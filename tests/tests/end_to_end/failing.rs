//! Stores that fail while a payment runs: what the caller is told is right, and doing what it says charges once.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::client::Client;
use alipay_instore::currency::Currency;
use alipay_instore::payment::{AlertKind, Outcome};
use alipay_instore::store::{MemoryStore, Store};
use alipay_instore::{Amount, Protocol};

use crate::shop::{
    PROTOCOLS, Shop, Watcher, by_payment_code, code_of, leave, resumed, to_the_end, told, until, until_async,
};
use crate::stores::{At, Ends};

/// How often pay arrived at the gateway.
fn pays(shop: &Shop, id: &str) -> u64 {
    shop.entry(id).map_or(0, |entry| entry["pays"].as_u64().unwrap())
}

fn payments(shop: &Shop) -> usize {
    let ledger = shop.sandbox.gateway().ledger_json(shop.sandbox.clock().now_ms());
    ledger["payments"].as_array().unwrap().len()
}

fn client_over(shop: &Shop, protocol: Protocol, store: &Arc<Ends>) -> Client {
    shop.builder(protocol, Arc::clone(store) as _).build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn m1_a_store_that_fails_before_the_first_send_sends_nothing() {
    let shop = Shop::open(20).await;
    let stated = alipay_instore::shop::Shop::new("M1", "Coffee House", "5814")
        .store("S1", "Harbour")
        .terminal("TILL7")
        .settlement_currency(Currency::from_code("USD").unwrap())
        .notify_url("https://shop.example/notify");
    for protocol in PROTOCOLS {
        let id = format!("first-{}", protocol.as_str());
        let store = Ends::new(Arc::new(MemoryStore::new()), 0, At::Fails);
        let client = shop.builder(protocol, Arc::clone(&store) as _).shop(stated.clone()).build().unwrap();
        let request = by_payment_code(protocol, &id, code_of("paid_at_once"));
        let error = client.pay(&request).await.unwrap_err();
        assert_eq!(error.code(), "store.failed");
        assert!(error.retryable(), "{error}");
        // An earlier call with this id may have paid; this one sent nothing.
        assert!(error.may_have_charged() && error.hint().contains("this call sent nothing"), "{error}");

        // Nobody else can have used an id that was made for the call.
        let amount = Amount::parse("19.99 USD").unwrap();
        let error = client.pay_code(code_of("paid_at_once"), amount, "Tea").await.unwrap_err();
        assert_eq!(error.code(), "store.failed");
        assert!(!error.may_have_charged() && error.hint().starts_with("nothing was sent"), "{error}");
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(
            (pays(&shop, &id), client.status(&id).await.unwrap_err().code().as_str()),
            (0, "request.unknown_payment")
        );

        // The hint says to call again with this id.
        store.mend();
        let result = to_the_end(&client, &request).await;
        assert_eq!((&result.outcome, pays(&shop, &id)), (&Some(Outcome::Succeeded), 1), "{}", told(&result));
        shop.agree(protocol, &result);
    }
    assert_eq!(payments(&shop), 2);
}

/// The store fails for a moment after pay was sent: nobody notices.
#[tokio::test(flavor = "multi_thread")]
async fn m1_a_store_that_fails_after_pay_was_sent_and_comes_back() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        for (writes, at) in (1..4).flat_map(|writes| [(writes, At::Fails), (writes, At::FailsWritten)]) {
            let id = format!("later-{}-{writes}-{at:?}", protocol.as_str());
            let store = Ends::new(Arc::new(MemoryStore::new()), writes, at);
            let client = client_over(&shop, protocol, &store);
            let request = by_payment_code(protocol, &id, code_of("paid_after_inquiries"));
            let mended = async {
                store.ended.notified().await;
                tokio::time::sleep(Duration::from_millis(40)).await;
                store.mend();
            };
            let (result, ()) = tokio::join!(to_the_end(&client, &request), mended);
            assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
            shop.agree(protocol, &result);
            assert_eq!(client.status(&id).await.unwrap().outcome, result.outcome);
        }
    }
}

/// The store is gone for good: the call ends, says that the payment may have been made, and what it says to do is right.
#[tokio::test(flavor = "multi_thread")]
async fn m1_what_the_hint_says_after_an_interruption_charges_once() {
    let shop = Shop::open(40).await;
    for protocol in PROTOCOLS {
        let id = format!("gone-{}", protocol.as_str());
        let store = Ends::new(Arc::new(MemoryStore::new()), 1, At::Fails);
        let client = client_over(&shop, protocol, &store);
        let request = by_payment_code(protocol, &id, code_of("in_process_forever"));
        let error = client.pay(&request).await.unwrap_err();
        assert_eq!(error.code(), "payment.interrupted");
        assert!(error.may_have_charged() && error.retryable(), "{error}");
        assert!(error.hint().contains("call pay with this id again"), "{error}");
        assert_eq!(error.payment_request_id(), Some(&*id));
        // While the store fails, only inquiries are sent.
        let entry = shop.entry(&id).unwrap();
        assert_eq!((&entry["pays"], &entry["cancels"]), (&1.into(), &0.into()), "{entry}");

        store.mend();
        let result = to_the_end(&client, &request).await;
        assert_eq!(result.outcome, Some(Outcome::Cancelled), "{}", told(&result));
        shop.agree(protocol, &result);
    }
    assert_eq!(payments(&shop), 2);
}

/// The gateway says that it was paid, and the store does not take it: the till is told, marked, and the store catches up.
#[tokio::test(flavor = "multi_thread")]
async fn m1_a_verified_end_is_told_although_it_is_not_stored() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        let id = format!("unstored-{}", protocol.as_str());
        let store = Ends::new(Arc::new(MemoryStore::new()), 1, At::Fails);
        let client = client_over(&shop, protocol, &store);
        let request = by_payment_code(protocol, &id, code_of("paid_at_once"));
        let result = client.pay(&request).await.unwrap();
        assert_eq!((&result.outcome, result.stored), (&Some(Outcome::Succeeded), false), "{}", told(&result));
        let kinds = |alerts: &[alipay_instore::store::Alert]| {
            alerts.iter().map(|alert| alert.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(&result.alerts), [AlertKind::NotStored]);
        shop.agree(protocol, &result);

        store.mend();
        until_async(async || {
            let stored = client.store().load(&id).await.unwrap().unwrap();
            stored.entry.columns.outcome.as_deref() == Some("succeeded")
        })
        .await;
        let open = client.alerts().await.unwrap().alerts;
        assert_eq!(open.iter().map(|open| open.alert.kind).collect::<Vec<_>>(), [AlertKind::NotStored]);
        let again = to_the_end(&client, &request).await;
        assert_eq!((again.outcome, again.stored, pays(&shop, &id)), (Some(Outcome::Succeeded), true, 1));
    }
}

/// The till that was told of a payment is gone before the store came back: its successor finds the same out.
#[tokio::test(flavor = "multi_thread")]
async fn m1_a_successor_finds_out_what_was_never_stored() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        let id = format!("lost-{}", protocol.as_str());
        let memory: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let client = client_over(&shop, protocol, &Ends::new(Arc::clone(&memory), 1, At::Fails));
        let request = by_payment_code(protocol, &id, code_of("paid_at_once"));
        let told_paid = client.pay(&request).await.unwrap();
        assert_eq!((&told_paid.outcome, told_paid.stored), (&Some(Outcome::Succeeded), false));
        client.close().await;
        let successor = shop.builder(protocol, memory).build().unwrap();
        let result = to_the_end(&successor, &request).await;
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        shop.agree(protocol, &result);
    }
}

/// The answer of every write is lost, as with a `COMMIT` that a connection did not survive.
#[tokio::test(flavor = "multi_thread")]
async fn m2_a_store_that_writes_and_then_raises_charges_once() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        for story in ["paid_at_once", "paid_after_inquiries", "in_process_forever"] {
            let store = Ends::new(Arc::new(MemoryStore::new()), 0, At::FailsWritten);
            let watcher = Arc::new(Watcher::default());
            let builder = shop.builder(protocol, Arc::clone(&store) as _);
            let client = builder.observer(Arc::clone(&watcher) as _).build().unwrap();
            let id = format!("commit-{}-{story}", protocol.as_str());
            let result = to_the_end(&client, &by_payment_code(protocol, &id, code_of(story))).await;
            shop.agree(protocol, &result);
            // Each request that was sent stood in the store.
            until(|| watcher.count(&id, "concluded") == 1).await;
            let stored = client.status(&id).await.unwrap();
            assert_eq!((&stored.outcome, pays(&shop, &id)), (&result.outcome, 1), "{}", told(&result));
        }
    }
}

/// It may be written, and the process is gone before it knew: nothing was sent, and the next one does not hold it for nothing.
#[tokio::test(flavor = "multi_thread")]
async fn m2_what_may_be_written_is_found_by_the_successor() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        let memory: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let store = Ends::new(Arc::clone(&memory), 0, At::After);
        let client = client_over(&shop, protocol, &store);
        let id = format!("maybe-{}", protocol.as_str());
        let request = by_payment_code(protocol, &id, code_of("paid_at_once"));
        let (result, ()) = tokio::join!(client.pay(&request), async {
            store.ended.notified().await;
            leave(&client).await;
        });
        let error = result.unwrap_err();
        assert_eq!(error.code(), "payment.interrupted");
        assert!(error.may_have_charged() && !error.hint().contains("nothing was sent"), "{error}");
        assert_eq!(pays(&shop, &id), 0);
        let successor = shop.builder(protocol, memory).build().unwrap();
        let recovery = successor.resume_all().await.unwrap();
        assert_eq!(recovery.payments.len(), 1, "{recovery:?}");
        let result = resumed(&successor, &id).await.unwrap();
        shop.agree(protocol, &result);
        let known = PROTOCOLS.map(|protocol| shop.entry(&format!("maybe-{}", protocol.as_str())));
        assert_eq!(payments(&shop), known.iter().flatten().count(), "nothing else was paid");
    }
}

/// A store that never answers holds nobody longer than the call said.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_hangs_holds_no_caller() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        for writes in 0..3 {
            let id = format!("hangs-{}-{writes}", protocol.as_str());
            let store = Ends::new(Arc::new(MemoryStore::new()), writes, At::Hangs);
            let client = client_over(&shop, protocol, &store);
            let request = by_payment_code(protocol, &id, code_of("in_process_forever"));
            let waiting = client.waiting(Duration::from_secs(20));
            let paid = tokio::time::timeout(Duration::from_secs(10), waiting.pay(&request));
            match paid.await.expect("it returns after its time") {
                Ok(result) => {
                    assert!(writes > 0 && result.outcome.is_none() && result.may_have_charged, "{result:?}");
                }
                Err(error) => {
                    assert_eq!((writes, error.code().as_str()), (0, "payment.interrupted"), "{error}");
                    assert!(error.may_have_charged(), "{error}");
                }
            }
            assert!(pays(&shop, &id) <= u64::from(writes > 0));
            tokio::time::timeout(Duration::from_secs(10), client.close()).await.expect("it closes");
        }
    }
}
