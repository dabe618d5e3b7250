//! Order codes and entry codes: the customer pays, or not in time; and the cashier who wants out.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use alipay_instore::client::{PaymentResult, TimelineEvent};
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::Outcome;
use alipay_instore::store::{MemoryStore, Store};
use alipay_instore_sandbox::Customer;
use tokio::task::JoinSet;

use crate::receiver::{Fails, receive};
use crate::shop::{
    PROTOCOLS, Shop, Watcher, by_entry_code, by_order_code, by_payment_code, code_of, other_price,
    to_the_end, told, until,
};

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_code_is_paid_and_notified() {
    let shop = Shop::open_with(|options| {
        options.speed = 10;
        options.customer = Customer::pays_after(4_000);
    })
    .await;
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        let (receiver, url) = receive(vec![client.clone()], Fails::Early, HashMap::new()).await;
        let id = format!("entry-{}", protocol.as_str());
        let result =
            client.pay(&by_entry_code(protocol, &id).payment_notify_url(url.as_str())).await.unwrap();
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        let names: Vec<_> = result.timeline.iter().map(|step| step.event.name()).collect();
        assert_eq!(names, ["sent", "answered", "presented", "notified", "concluded"], "{}", told(&result));
        until(|| receiver.of(&id).len() == 1).await;
        shop.agree(protocol, &result);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_code_that_nobody_pays_is_cancelled_at_its_closing_time() {
    let shop = Shop::open_with(|options| {
        options.speed = 100;
        options.customer = Customer::never();
    })
    .await;
    let (ams, plus) = PROTOCOLS.map(|protocol| shop.client(protocol)).into();
    let requests = PROTOCOLS.map(|protocol| by_order_code(protocol, "leaves"));
    let results = tokio::join!(to_the_end(&ams, &requests[0]), to_the_end(&plus, &requests[1]));
    for (protocol, result, minutes) in [(PROTOCOLS[0], results.0, 10), (PROTOCOLS[1], results.1, 3)] {
        assert_eq!(result.outcome, Some(Outcome::Cancelled), "{}", told(&result));
        // The gateway's time and ours differ by what a request takes here, a hundred times over.
        let closing = Duration::from_secs(minutes * 60 - 5);
        assert!(result.timeline.last().unwrap().elapsed >= closing, "{}", told(&result));
        shop.agree(protocol, &result);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cashier_cancels_while_the_payment_runs() {
    let shop = Arc::new(Shop::open(20).await);
    let mut payments = JoinSet::new();
    for protocol in PROTOCOLS {
        for behaviour in ["in_process_forever", "cancel_crosses_success", "merchant_balance_too_low"] {
            let shop = Arc::clone(&shop);
            payments.spawn(async move {
                let watcher = Arc::new(Watcher::default());
                let builder = shop.builder(protocol, Arc::new(MemoryStore::new()));
                let client = builder.observer(Arc::clone(&watcher) as _).build().unwrap();
                let id = format!("out-{behaviour}");
                let request = by_payment_code(protocol, &id, code_of(behaviour));
                let out = async {
                    watcher.step(&id, |event| matches!(event, TimelineEvent::Answered { .. })).await;
                    client.cancel(&id).await
                };
                let (paid, cancelled) = tokio::join!(client.pay(&request), out);
                let (paid, cancelled) = (paid.unwrap(), cancelled.unwrap());
                let news = |result: &PaymentResult| {
                    (result.outcome.clone(), result.payment_id.clone(), result.alerts.clone())
                };
                assert_eq!(news(&paid), news(&cancelled), "one payment, one result");
                assert_eq!(paid.outcome, Some(Outcome::Cancelled), "{}", told(&paid));
                assert_eq!(watcher.count(&id, "cancel_requested"), 1);
                shop.agree(protocol, &paid);
            });
        }
    }
    payments.join_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_after_the_end_changes_nothing() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        for (behaviour, outcome) in [("paid_at_once", "succeeded"), ("risk_reject", "failed")] {
            let request = by_payment_code(protocol, behaviour, code_of(behaviour));
            let paid = client.pay(&request).await.unwrap();
            let cancelled = client.cancel(behaviour).await.unwrap();
            let word = paid.outcome.as_ref().map(Outcome::as_str);
            assert_eq!((word, &cancelled.outcome), (Some(outcome), &paid.outcome));
            shop.agree(protocol, &cancelled);
        }
        assert_eq!(client.cancel("nobody").await.unwrap_err().code(), "request.unknown_payment");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cashier_cancels_after_the_till_restarted() {
    let shop = Arc::new(Shop::open(20).await);
    let mut payments = JoinSet::new();
    for protocol in PROTOCOLS {
        for behaviour in ["in_process_forever", "cancel_crosses_success", "reply_lost_but_paid"] {
            let shop = Arc::clone(&shop);
            payments.spawn(async move {
                let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
                let watcher = Arc::new(Watcher::default());
                let builder = shop.builder(protocol, Arc::clone(&store));
                let client = builder.observer(Arc::clone(&watcher) as _).build().unwrap();
                let id = format!("restart-{behaviour}");
                let request = by_payment_code(protocol, &id, code_of(behaviour));
                tokio::select! {
                    result = client.pay(&request) => panic!("{result:?}"),
                    _ = watcher.step(&id, |event| matches!(event, TimelineEvent::Sent { .. })) => {}
                }
                client.close().await;
                let successor = shop.builder(protocol, store).build().unwrap();
                let result = successor.cancel(&id).await.unwrap();
                assert_eq!(result.outcome, Some(Outcome::Cancelled), "{}", told(&result));
                // Whoever wants out of a payment must not have the customer asked again first.
                let mut operations = result.timeline.iter().filter_map(|step| match &step.event {
                    TimelineEvent::Sent { operation, .. } => Some(operation.as_str()),
                    _ => None,
                });
                assert!(operations.all(|operation| operation != "pay"), "{}", told(&result));
                shop.agree(protocol, &result);
            });
        }
    }
    payments.join_all().await;
}

/// The natural retry is the right one: it gives the result, and sends nothing.
#[tokio::test(flavor = "multi_thread")]
async fn an_id_is_charged_once() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        let id = format!("once-{}", protocol.as_str());
        let request = by_payment_code(protocol, &id, code_of("paid_at_once"));
        let first = client.pay(&request).await.unwrap();
        let again = client.pay(&request).await.unwrap();
        assert_eq!((&again.outcome, &again.payment_id), (&first.outcome, &first.payment_id));
        assert!(!first.code_ignored && !again.code_ignored);

        // The customer shows another code meanwhile: it is the same sale, and goes on with the first one.
        let other_code = by_payment_code(protocol, &id, code_of("balance_too_low"));
        let ignored = client.pay(&other_code).await.unwrap();
        assert_eq!((&ignored.outcome, ignored.code_ignored), (&first.outcome, true));

        let dearer = other_price(&request);
        let error = client.pay(&dearer).await.unwrap_err();
        assert_eq!(error.code(), "payment.id_reused");
        assert!(error.may_have_charged() && error.reason().contains("19.99 USD"), "{error}");
        assert!(!error.hint().contains("new id"), "{error}");

        assert_eq!(shop.entry(&id).unwrap()["pays"], 1);
        shop.agree(protocol, &again);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_whose_payment_was_not_made_asks_for_a_new_one() {
    let shop = Shop::open(20).await;
    let client = shop.client(Protocol::Ams);
    let request = by_payment_code(Protocol::Ams, "refused", code_of("balance_too_low"));
    client.pay(&request).await.unwrap();
    let error = client.pay(&other_price(&request)).await.unwrap_err();
    assert_eq!(error.code(), "payment.id_reused");
    assert!(!error.may_have_charged() && error.hint().contains("new id"), "{error}");
}
