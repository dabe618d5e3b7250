//! Notifications against inquiries, and the gateway's schedule of resending against a shop that fails.

use std::collections::HashMap;
use std::sync::{Arc, Barrier};
use std::time::Duration;

use alipay_instore::client::{Clock, FileStore, MemoryStore, Notified, PaymentStore, TimelineEvent};
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::{Outcome, Payment};
use alipay_instore_sandbox::Customer;
use serde_json::Value;

use crate::receiver::{Fails, receive};
use crate::shop::{PROTOCOLS, Shop, Watcher, by_order_code, by_payment_code, code_of, told, until};

/// The sandbox's own clock, whose speed a test changes on the way.
struct SandboxTime(alipay_instore_sandbox::Clock);

impl Clock for SandboxTime {
    fn now(&self) -> i64 {
        self.0.now_ms()
    }

    fn sleep(&self, milliseconds: i64) -> alipay_instore::client::clock::BoxFuture<'_, ()> {
        Box::pin(self.0.sleep_until(self.0.now_ms().saturating_add(milliseconds)))
    }
}

fn notification_of(shop: &Shop, id: &str) -> Value {
    let ledger = shop.sandbox.gateway().ledger_json(shop.sandbox.clock().now_ms());
    let notifications = ledger["notifications"].as_array().unwrap();
    let of_payment: Vec<_> = notifications.iter().filter(|entry| entry["payment_request_id"] == id).collect();
    assert!(of_payment.len() <= 1, "{id}: {of_payment:?}");
    of_payment.first().map_or(Value::Null, |entry| (*entry).clone())
}

/// Order codes whose till went dark once the code was shown: the notifications alone make them paid.
async fn resent_until_acknowledged(fails: Fails) {
    let shop = Shop::open_with(|options| options.customer = Customer::never()).await;
    let clock = shop.sandbox.clock();
    let mut clients = Vec::new();
    let mut watchers = Vec::new();
    let mut stores: Vec<Arc<MemoryStore>> = Vec::new();
    for protocol in PROTOCOLS {
        let (watcher, store) = (Arc::new(Watcher::default()), Arc::new(MemoryStore::new()));
        let builder = shop.builder(protocol, Arc::clone(&store) as Arc<dyn PaymentStore>);
        let time = Arc::new(SandboxTime(clock.clone()));
        clients.push(builder.clock(time).observer(Arc::clone(&watcher) as _).build().unwrap());
        watchers.push(watcher);
        stores.push(store);
    }
    // One payment for each number of failures, up to the last resend.
    let id = |protocol: Protocol, failures: usize| format!("{}-{failures}", protocol.as_str());
    let failures: HashMap<String, usize> =
        PROTOCOLS.iter().flat_map(|protocol| (0..8).map(|n| (id(*protocol, n), n))).collect();
    let (receiver, url) = receive(clients.clone(), fails, failures.clone()).await;
    for ((protocol, client), watcher) in PROTOCOLS.into_iter().zip(&clients).zip(&watchers) {
        for failures in 0..8 {
            let id = id(protocol, failures);
            let request = by_order_code(protocol, &id).payment_notify_url(url.as_str());
            tokio::select! {
                result = client.pay(&request) => panic!("the customer did nothing: {result:?}"),
                _ = watcher.step(&id, |event| matches!(event, TimelineEvent::Presented { .. })) => {}
            }
        }
    }
    for id in failures.keys() {
        shop.customer(id, "pay").await;
    }
    clock.set_speed(10_000);
    until(|| failures.keys().all(|id| notification_of(&shop, id)["acknowledged_ms"].is_i64())).await;

    for ((protocol, client), store) in PROTOCOLS.into_iter().zip(&clients).zip(&stores) {
        for failures in 0..8 {
            let id = id(protocol, failures);
            let notification = notification_of(&shop, &id);
            let accepted =
                notification["attempts"].as_array().unwrap().iter().map(|attempt| &attempt["answer"]);
            let accepted: Vec<bool> = accepted.map(|answer| answer["accepted"] == true).collect();
            let mut expected = vec![false; failures];
            expected.push(true);
            assert_eq!(accepted, expected, "{id}: one acknowledgement, at the first chance");

            let received = receiver.of(&id);
            assert_eq!(received.len(), failures + 1, "{id}");
            assert_eq!(received.iter().filter(|one| one.status == 200).count(), 1, "{id}");
            let paid = Notified::Taken { outcome: Some(Outcome::Succeeded) };
            assert_eq!(received.last().unwrap().notified, Some(paid), "{id}");

            // What the notification stored is the payment's result; nothing is asked of the gateway again.
            let before = shop.entry(&id).unwrap();
            let stored = store.get(&id).await.unwrap().unwrap();
            assert_eq!(Payment::restore(&stored.snapshot).unwrap().outcome(), Some(&Outcome::Succeeded));
            let result = client.resume(&id).await.unwrap();
            assert_eq!((&result.outcome, result.alerts.len()), (&Outcome::Succeeded, 0), "{id}");
            assert_eq!(shop.entry(&id).unwrap(), before, "{id}");
            shop.agree(protocol, &result);
        }
    }
    let ledger = shop.sandbox.gateway().ledger_json(clock.now_ms());
    assert_eq!(ledger["payments"].as_array().unwrap().len(), 16);
}

#[tokio::test(flavor = "multi_thread")]
async fn resent_on_schedule_to_a_shop_that_fails_before_storing() {
    resent_until_acknowledged(Fails::Early).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn resent_on_schedule_to_a_shop_whose_acknowledgement_is_lost() {
    resent_until_acknowledged(Fails::Late).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notification_comes_first() {
    let shop = Shop::open_with(|options| {
        options.speed = 10;
        options.customer = Customer::pays_after(2_000);
    })
    .await;
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        let (receiver, url) = receive(vec![client.clone()], Fails::Early, HashMap::new()).await;
        let id = format!("first-{}", protocol.as_str());
        let result =
            client.pay(&by_order_code(protocol, &id).payment_notify_url(url.as_str())).await.unwrap();
        assert_eq!(result.outcome, Outcome::Succeeded, "{}", told(&result));
        until(|| receiver.of(&id).len() == 1).await;
        let paid = Notified::Taken { outcome: Some(Outcome::Succeeded) };
        assert_eq!(receiver.of(&id)[0].notified, Some(paid));
        // Inquiries begin fifteen seconds after the code was shown.
        assert!(shop.entry(&id).unwrap()["inquiries"] == 0);
        shop.agree(protocol, &result);
        assert_eq!(client.resume(&id).await.unwrap().outcome, Outcome::Succeeded);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_inquiry_comes_first() {
    let shop = Shop::open_with(|options| {
        options.speed = 20;
        options.notify_after_ms = 20_000;
    })
    .await;
    for protocol in PROTOCOLS {
        let watcher = Arc::new(Watcher::default());
        let builder = shop.builder(protocol, Arc::new(MemoryStore::new()));
        let client = builder.observer(Arc::clone(&watcher) as _).build().unwrap();
        let (receiver, url) = receive(vec![client.clone()], Fails::Early, HashMap::new()).await;
        let id = format!("second-{}", protocol.as_str());
        let request = by_payment_code(protocol, &id, code_of("paid_after_inquiries"));
        let result = client.pay(&request.payment_notify_url(url.as_str())).await.unwrap();
        assert_eq!(result.outcome, Outcome::Succeeded, "{}", told(&result));
        assert!(receiver.of(&id).is_empty());
        until(|| notification_of(&shop, &id)["acknowledged_ms"].is_i64()).await;
        let paid = Notified::Taken { outcome: Some(Outcome::Succeeded) };
        assert_eq!(receiver.of(&id)[0].notified, Some(paid));
        let after = client.resume(&id).await.unwrap();
        assert_eq!((after.outcome, after.alerts.len()), (Outcome::Succeeded, 0));
        assert_eq!(watcher.count(&id, "concluded"), 1);
        shop.agree(protocol, &result);
    }
}

/// A notification and a driver that inquires, let go at the same moment in two threads.
#[test]
fn notification_and_inquiry_at_once_in_two_threads() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let background =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let shop = background.block_on(Shop::open_with(|options| {
        options.speed = 20;
        options.customer = Customer::never();
    }));
    for round in 0..24 {
        let protocol = PROTOCOLS[round % 2];
        let id = format!("both-{round}");
        let watcher = Arc::new(Watcher::default());
        let store = FileStore::open(shop.folder().join("records")).unwrap();
        let builder = shop.builder(protocol, Arc::new(store));
        let client = builder.observer(Arc::clone(&watcher) as _).build().unwrap();
        let paid_unheard = async {
            let request = by_order_code(protocol, &id);
            tokio::select! {
                result = client.pay(&request) => panic!("{result:?}"),
                _ = watcher.step(&id, |event| matches!(event, TimelineEvent::Presented { .. })) => {}
            }
            shop.customer(&id, "pay").await;
        };
        background.block_on(paid_unheard);
        let notification = signed_notification(&shop, protocol, &id);
        let barrier = Barrier::new(2);
        let late = Duration::from_micros(300) * u32::try_from(round / 2).unwrap();
        let wait = |half: usize| {
            barrier.wait();
            // From round to round the notification comes a little later.
            if half == 1 {
                std::thread::sleep(late);
            }
        };
        let (result, notified) = std::thread::scope(|threads| {
            let driver = threads.spawn(|| {
                wait(0);
                runtime().block_on(client.resume(&id))
            });
            let handler = threads.spawn(|| {
                wait(1);
                runtime().block_on(client.notified(&notification))
            });
            (driver.join().unwrap().unwrap(), handler.join().unwrap().unwrap())
        });
        assert_eq!(result.outcome, Outcome::Succeeded, "{}", told(&result));
        assert_eq!(notified, Notified::Taken { outcome: Some(Outcome::Succeeded) }, "round {round}");
        assert!(result.alerts.is_empty());
        assert!(watcher.count(&id, "concluded") <= 1);
        shop.agree(protocol, &result);
    }
}

/// The gateway's notification of success, as the shop's handler would have verified it.
fn signed_notification(
    shop: &Shop,
    protocol: Protocol,
    id: &str,
) -> alipay_instore::merchant::VerifiedNotification {
    let amount = serde_json::json!({"currency": "USD", "value": "1999"});
    let result =
        serde_json::json!({"resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "success"});
    let (name, notify_type) = match protocol {
        Protocol::Ams => ("result", Some("PAYMENT_RESULT")),
        Protocol::AlipayPlus => ("paymentResult", None),
    };
    let body = serde_json::json!({
        "notifyType": notify_type, "paymentRequestId": id, "paymentId": format!("P{id}"),
        "paymentAmount": amount, "paymentTime": "2026-11-21T12:00:00+08:00", name: result,
    });
    signed(shop, protocol, &body)
}

/// A notification with this body, signed by the gateway now.
pub(crate) fn signed(
    shop: &Shop,
    protocol: Protocol,
    body: &serde_json::Value,
) -> alipay_instore::merchant::VerifiedNotification {
    use alipay_instore::keys::SigningKey;
    use alipay_instore::signature::Content;
    let settings = shop.settings(protocol);
    let pem = std::fs::read(shop.folder().join("sandbox/gateway_private_key.pem")).unwrap();
    let body = body.to_string();
    let now = shop.sandbox.clock().now_ms();
    let (time, client_id) = (now.to_string(), settings.merchant.client_id());
    let content = Content { method: "POST", path: "/n", client_id, time: &time, body: body.as_bytes() };
    let signature = SigningKey::load(pem).unwrap().sign(content, 1).unwrap();
    let headers = [("Client-Id", client_id), ("Request-Time", &time), ("Signature", &signature)];
    settings.merchant.verify_notification(Some("/n"), headers, body.as_bytes(), now).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_of_an_unknown_payment_is_left_to_the_host() {
    let shop = Shop::open(1).await;
    let client = shop.client(Protocol::Ams);
    let stranger = signed_notification(&shop, Protocol::Ams, "nobody");
    let unknown = Notified::Unknown { payment_request_id: Some("nobody".to_owned()) };
    assert_eq!(client.notified(&stranger).await.unwrap(), unknown);
}
