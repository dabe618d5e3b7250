//! Refunds by the merchant, against the gateway's books.

use std::sync::Arc;

use alipay_instore::client::{Client, Notified, RefundResult};
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::Outcome;
use alipay_instore::refund::{RefundOutcome, Resolved};
use alipay_instore::store::{FileStore, Store};

use crate::notifications::signed;
use crate::shop::{PRICE, PROTOCOLS, Shop, abandon, by_payment_code, code_of, refund_of, to_the_end};
use crate::stores::{At, Ends};

async fn paid(client: &Client, id: &str, behaviour: &str) {
    let request = by_payment_code(client.merchant().protocol(), id, code_of(behaviour));
    assert_eq!(client.pay(&request).await.unwrap().outcome, Some(Outcome::Succeeded));
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
        assert_eq!((first.outcome, first.left), (Some(RefundOutcome::Refunded), 1000));
        assert_eq!(refunded(&shop, protocol, "parts"), 999);
        let error = client.refund("parts", &refund_of("r2", 1001)).await.unwrap_err();
        assert_eq!(error.code(), "request.refund_exceeds");
        let again = client.refund("parts", &refund_of("r1", 999)).await.unwrap();
        assert_eq!((again.outcome, again.left), (Some(RefundOutcome::Refunded), 1000));
        let second = client.refund("parts", &refund_of("r3", 1000)).await.unwrap();
        assert_eq!((second.outcome, second.left), (Some(RefundOutcome::Refunded), 0));
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
            Ok(result) => result.outcome.as_ref().unwrap().as_str(),
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
        assert_eq!(refused.outcome, Some(RefundOutcome::Failed { code }));
        assert_eq!((refused.left, shop.net(protocol, "poor")), (1999, PRICE));
        let granted = client.refund("poor", &refund_of("r2", PRICE)).await.unwrap();
        assert_eq!((granted.outcome, shop.net(protocol, "poor")), (Some(RefundOutcome::Refunded), 0));
    }
}

/// The same call again goes on with the refund that is open, whoever was driving it.
#[tokio::test(flavor = "multi_thread")]
async fn m8_a_refund_that_is_entered_again_after_the_process_died_gives_back_once() {
    let shop = Shop::open(25).await;
    for protocol in PROTOCOLS {
        for behaviour in ["paid_at_once", "refund_in_process"] {
            for (writes, at) in (0..8).flat_map(|writes| [(writes, At::Before), (writes, At::After)]) {
                let id = format!("{behaviour}-{writes}-{at:?}");
                let folder = shop.folder().join(protocol.as_str()).join(&id);
                let files = || -> Arc<dyn Store> { Arc::new(FileStore::open(&folder).unwrap()) };
                paid(&shop.builder(protocol, files()).build().unwrap(), &id, behaviour).await;
                let store = Ends::new(files(), writes, at);
                let dying = shop.builder(protocol, Arc::clone(&store) as _).build().unwrap();
                let refund = refund_of(&format!("r-{id}"), 700);
                let ended = tokio::select! {
                    result = dying.refund(&id, &refund) => {
                        assert_eq!(result.unwrap().outcome, Some(RefundOutcome::Refunded));
                        false
                    }
                    () = store.ended.notified() => true,
                };
                abandon(dying).await;
                let successor = shop.builder(protocol, files()).build().unwrap();
                let open = successor.resume_all().await.unwrap().payments;
                let entered = writes > 0 || at == At::After;
                assert!(open.len() <= usize::from(entered), "{id}: {open:?}");
                let result = successor.refund(&id, &refund).await.unwrap();
                assert_eq!((result.outcome, result.left), (Some(RefundOutcome::Refunded), 1299), "{id}");
                assert_eq!(refunded(&shop, protocol, &id), 700, "{id}");
                let error = successor.refund(&id, &refund_of(&format!("r-{id}"), 701)).await.unwrap_err();
                assert_eq!(error.code(), "refund.id_reused");
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
                Notified::Unknown => tokio::time::sleep(std::time::Duration::from_millis(5)).await,
                taken => break taken,
            }
        };
        let taken_by = Notified::Taken {
            payment_request_id: "told".to_owned(),
            refund_request_id: Some("r-told".to_owned()),
            outcome: Some(Outcome::Succeeded),
            alerts: Vec::new(),
        };
        assert_eq!(taken, taken_by);
        let ended = tokio::time::timeout(std::time::Duration::from_secs(4), driven).await;
        let ended = ended.expect("its driver goes on at once").unwrap().unwrap();
        assert_eq!((ended.outcome, ended.left), (Some(RefundOutcome::Refunded), 1299));
        assert_eq!(client.notified(&notice("r-nobody", "SUCCESS")).await.unwrap(), Notified::Unknown);
        let made = client.resolve("told", Some("r-told"), Resolved::Made, "Mei", "portal").await;
        assert_eq!(made.unwrap_err().code(), "refund.not_unresolved");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_of_the_machines_own_refund_reaches_its_payment() {
    let shop = Shop::open(20).await;
    for protocol in [Protocol::Ams] {
        let client = shop.client(protocol);
        let request = by_payment_code(protocol, "own", code_of("cancel_window_exceeded"));
        let result = to_the_end(&client, &request).await;
        assert_eq!(result.outcome, Some(Outcome::Refunded));
        paid(&client, "none", "paid_at_once").await;
        let notice = |refund: &str| {
            let body = serde_json::json!({
                "notifyType": "REFUND_RESULT", "refundStatus": "SUCCESS", "refundRequestId": refund,
            });
            signed(&shop, protocol, &body)
        };
        let taken = Notified::Taken {
            payment_request_id: "own".to_owned(),
            refund_request_id: Some("refund-own".to_owned()),
            outcome: Some(Outcome::Refunded),
            alerts: Vec::new(),
        };
        assert_eq!(client.notified(&notice("refund-own")).await.unwrap(), taken);
        let nothing = client.notified(&notice("refund-none")).await.unwrap();
        assert_eq!(nothing, Notified::Unknown, "no refund of it was ever sent");
    }
}
