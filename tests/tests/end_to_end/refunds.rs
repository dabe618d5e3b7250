//! Refunds by the merchant, against the gateway's books.

use std::sync::Arc;

use alipay_instore::client::{Client, FileStore, Notified, PaymentStore, RefundResult};
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::Outcome;
use alipay_instore::refund::{RefundOutcome, Resolved};

use crate::notifications::signed;
use crate::shop::{PRICE, PROTOCOLS, Shop, by_payment_code, code_of, refund_of};
use crate::stores::{At, Ends};

async fn paid(client: &Client, id: &str, behaviour: &str) {
    let request = by_payment_code(client.merchant().protocol(), id, code_of(behaviour));
    assert_eq!(client.pay(&request).await.unwrap().outcome, Outcome::Succeeded);
}

fn refunded(shop: &Shop, protocol: Protocol, id: &str) -> u128 {
    shop.standing(protocol, id).unwrap().refunded
}

#[tokio::test(flavor = "multi_thread")]
async fn in_two_parts_and_never_more() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        paid(&client, "parts", "paid_at_once").await;
        let first = client.refund("parts", &refund_of("r1", 999)).await.unwrap();
        assert_eq!((first.outcome, first.left), (RefundOutcome::Refunded, 1000));
        assert_eq!(refunded(&shop, protocol, "parts"), 999);
        let error = client.refund("parts", &refund_of("r2", 1001)).await.unwrap_err();
        assert_eq!(error.code(), "request.refund_exceeds");
        let again = client.refund("parts", &refund_of("r1", 999)).await.unwrap();
        assert_eq!((again.outcome, again.left), (RefundOutcome::Refunded, 1000));
        let second = client.refund("parts", &refund_of("r3", 1000)).await.unwrap();
        assert_eq!((second.outcome, second.left), (RefundOutcome::Refunded, 0));
        assert_eq!((refunded(&shop, protocol, "parts"), shop.net(protocol, "parts")), (PRICE, 0));
        let error = client.refund("parts", &refund_of("r4", 1)).await.unwrap_err();
        assert_eq!(error.code(), "request.refund_exceeds");
        let error = client.refund("nobody", &refund_of("r5", 1)).await.unwrap_err();
        assert_eq!(error.code(), "request.unknown_payment");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_never_exceed_the_payment() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        paid(&client, "race", "refund_in_process").await;
        let (one, other) = (refund_of("a", 1000), refund_of("b", 1000));
        let results = tokio::join!(client.refund("race", &one), client.refund("race", &other));
        let codes = [&results.0, &results.1].map(|result: &Result<RefundResult, _>| match result {
            Ok(result) => result.outcome.as_str(),
            Err(error) => error.code().as_str(),
        });
        assert_eq!(codes.iter().filter(|code| **code == "refunded").count(), 1, "{codes:?}");
        assert_eq!(codes.iter().filter(|code| **code == "request.refund_exceeds").count(), 1, "{codes:?}");
        assert_eq!(refunded(&shop, protocol, "race"), 1000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_for_want_of_balance_and_granted_under_another_id() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        paid(&client, "poor", "refund_merchant_balance_too_low").await;
        let refused = client.refund("poor", &refund_of("r1", PRICE)).await.unwrap();
        let code = "MERCHANT_BALANCE_NOT_ENOUGH".to_owned();
        assert_eq!(refused.outcome, RefundOutcome::Failed { code });
        assert_eq!((refused.left, shop.net(protocol, "poor")), (1999, PRICE));
        let granted = client.refund("poor", &refund_of("r2", PRICE)).await.unwrap();
        assert_eq!((granted.outcome, shop.net(protocol, "poor")), (RefundOutcome::Refunded, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_survives_the_end_of_the_process_at_every_write() {
    let shop = Shop::open(25).await;
    for protocol in PROTOCOLS {
        for behaviour in ["paid_at_once", "refund_in_process"] {
            for (writes, at) in (0..8).flat_map(|writes| [(writes, At::Before), (writes, At::After)]) {
                let id = format!("{behaviour}-{writes}-{at:?}");
                let folder = shop.folder().join(protocol.as_str()).join(&id);
                let files = || -> Arc<dyn PaymentStore> { Arc::new(FileStore::open(&folder).unwrap()) };
                paid(&shop.builder(protocol, files()).build().unwrap(), &id, behaviour).await;
                let store = Ends::new(files(), writes, at);
                let dying = shop.builder(protocol, Arc::clone(&store) as _).build().unwrap();
                let refund = refund_of(&format!("r-{id}"), 700);
                let ended = tokio::select! {
                    result = dying.refund(&id, &refund) => {
                        assert_eq!(result.unwrap().outcome, RefundOutcome::Refunded);
                        false
                    }
                    () = store.ended.notified() => true,
                };
                drop(dying);
                let successor = shop.builder(protocol, files()).build().unwrap();
                match successor.resume_refund(&id, &format!("r-{id}")).await {
                    Ok(result) => assert_eq!(result.outcome, RefundOutcome::Refunded, "{id}"),
                    Err(error) => {
                        assert_eq!((error.code().as_str(), writes, at), ("refund.not_begun", 0, At::Before));
                        assert_eq!(refunded(&shop, protocol, &id), 0);
                        let result = successor.refund(&id, &refund).await.unwrap();
                        assert_eq!(result.outcome, RefundOutcome::Refunded);
                    }
                }
                assert_eq!(refunded(&shop, protocol, &id), 700, "{id}");
                if !ended {
                    break;
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_paid_is_not_refunded() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        let request = by_payment_code(protocol, "unpaid", code_of("balance_too_low"));
        client.pay(&request).await.unwrap();
        let error = client.refund("unpaid", &refund_of("r1", 1)).await.unwrap_err();
        assert_eq!(error.code(), "payment.not_succeeded");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_ends_a_refund_that_is_under_way() {
    let shop = Shop::open(1).await;
    // Alipay+ documents no notification of refunds.
    for protocol in [Protocol::Ams] {
        let client = shop.client(protocol);
        paid(&client, "told", "refund_in_process").await;
        let notice = |refund: &str, status: &str| {
            let body = serde_json::json!({
                "notifyType": "REFUND_RESULT", "refundStatus": status, "refundRequestId": refund,
                "result": {"resultStatus": "S", "resultCode": "SUCCESS"},
                "refundAmount": {"currency": "USD", "value": "700"},
            });
            signed(&shop, protocol, &body)
        };
        let refund = refund_of("r-told", 700);
        let driven = {
            let client = client.clone();
            tokio::spawn(async move { client.refund("told", &refund).await })
        };
        // It is unknown until the refund was begun. The gateway would need ten seconds.
        let done = notice("r-told", "SUCCESS");
        let taken = loop {
            match client.notified(&done).await.unwrap() {
                Notified::Unknown { .. } => tokio::time::sleep(std::time::Duration::from_millis(5)).await,
                taken => break taken,
            }
        };
        let outcome = Some(RefundOutcome::Refunded);
        assert_eq!(taken, Notified::RefundTaken { refund_request_id: "r-told".to_owned(), outcome });
        let ended = tokio::time::timeout(std::time::Duration::from_secs(4), driven).await;
        let ended = ended.expect("its driver goes on at once").unwrap().unwrap();
        assert_eq!((ended.outcome, ended.left), (RefundOutcome::Refunded, 1299));
        let unknown = Notified::Unknown { payment_request_id: None };
        assert_eq!(client.notified(&notice("r-nobody", "SUCCESS")).await.unwrap(), unknown);
        let made = client.resolve_refund("told", "r-told", Resolved::Made, "Mei", "portal").await;
        assert_eq!(made.unwrap_err().code(), "refund.not_unresolved");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_of_the_machines_own_refund_reaches_its_payment() {
    let shop = Shop::open(10).await;
    for protocol in [Protocol::Ams] {
        let client = shop.client(protocol);
        paid(&client, "own", "paid_at_once").await;
        let body = serde_json::json!({
            "notifyType": "REFUND_RESULT", "refundStatus": "SUCCESS", "refundRequestId": "refund-own",
        });
        let taken = client.notified(&signed(&shop, protocol, &body)).await.unwrap();
        assert_eq!(taken, Notified::Taken { outcome: Some(Outcome::Succeeded) });
    }
}
