//! Notifications against inquiries, and the gateway's schedule of resending against a shop that fails.

use std::collections::HashMap;
use std::sync::{Arc, Barrier};
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::client::{Client, Clock, Notified, TimelineEvent};
use alipay_instore::gateway::Protocol;
use alipay_instore::merchant::VerifiedNotification;
use alipay_instore::payment::{AlertKind, Outcome};
use alipay_instore::refund::RefundOutcome;
use alipay_instore::reverse::ReverseOutcome;
use alipay_instore::store::{FileStore, MemoryStore, PaymentRecord, Store};
use alipay_instore_sandbox::Customer;
use serde_json::Value;

use crate::receiver::{Fails, receive};
use crate::shop::{
    PRICE, PROTOCOLS, Shop, Watcher, by_order_code, by_payment_code, code_of, refund_of, to_the_end, told,
    until, until_async,
};
use crate::stores::{At, Ends};

/// So fast the sandbox's clock runs while notifications are resent.
const FAST: u32 = 10_000;

/// The sandbox's own clock, whose speed a test changes on the way.
struct SandboxTime(alipay_instore_sandbox::Clock);

impl Clock for SandboxTime {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.now_ms())
    }

    fn pace(&self) -> u32 {
        FAST
    }

    fn sleep(&self, duration: Duration) -> alipay_instore::client::clock::BoxFuture<'_, ()> {
        Box::pin(self.0.sleep_until(self.now().saturating_add(duration).as_millis()))
    }
}

/// What a notification of a payment comes to that raises nothing.
fn taken(id: &str, outcome: Outcome) -> Notified {
    Notified::Taken {
        payment_request_id: id.to_owned(),
        refund_request_id: None,
        outcome: Some(outcome),
        alerts: Vec::new(),
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
    let stores: [Arc<MemoryStore>; 2] = Default::default();
    let builder =
        |number: usize| shop.builder(PROTOCOLS[number], Arc::clone(&stores[number]) as Arc<dyn Store>);
    // What hears the notifications drives no payment.
    let clients = [0, 1].map(|number| {
        let time = Arc::new(SandboxTime(clock.clone()));
        builder(number).clock(time).claims(false).build().unwrap()
    });
    // One payment for each number of failures, up to the last resend.
    let id = |protocol: Protocol, failures: usize| format!("{}-{failures}", protocol.as_str());
    let failures: HashMap<String, usize> =
        PROTOCOLS.iter().flat_map(|protocol| (0..8).map(|n| (id(*protocol, n), n))).collect();
    let (receiver, url) = receive(clients.to_vec(), fails, failures.clone()).await;
    for (number, protocol) in PROTOCOLS.into_iter().enumerate() {
        let watcher = Arc::new(Watcher::default());
        let till = builder(number).observer(Arc::clone(&watcher) as _).build().unwrap();
        for failures in 0..8 {
            let id = id(protocol, failures);
            let request = by_order_code(protocol, &id).payment_notify_url(url.as_str());
            tokio::select! {
                result = till.pay(&request) => panic!("the customer did nothing: {result:?}"),
                _ = watcher.step(&id, |event| matches!(event, TimelineEvent::Presented { .. })) => {}
            }
        }
        till.close().await;
    }
    for id in failures.keys() {
        shop.customer(id, "pay").await;
    }
    clock.set_speed(FAST);
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
            let paid = taken(&id, Outcome::Succeeded);
            assert_eq!(received.last().unwrap().notified, Some(paid), "{id}");

            // What the notification stored is the payment's result; nothing is asked of the gateway again.
            let before = shop.entry(&id).unwrap();
            let stored = store.load(&id).await.unwrap().unwrap();
            let record = PaymentRecord::decode(stored.entry.text.expose()).unwrap();
            assert_eq!(record.payment().outcome(), Some(&Outcome::Succeeded));
            let result = client.resume(&id).await.unwrap();
            assert_eq!((&result.outcome, result.alerts.len()), (&Some(Outcome::Succeeded), 0), "{id}");
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
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        until(|| receiver.of(&id).len() == 1).await;
        let paid = taken(&id, Outcome::Succeeded);
        assert_eq!(receiver.of(&id)[0].notified, Some(paid));
        // Inquiries begin fifteen seconds after the code was shown.
        assert!(shop.entry(&id).unwrap()["inquiries"] == 0);
        shop.agree(protocol, &result);
        assert_eq!(client.resume(&id).await.unwrap().outcome, Some(Outcome::Succeeded));
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
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        assert!(receiver.of(&id).is_empty());
        until(|| notification_of(&shop, &id)["acknowledged_ms"].is_i64()).await;
        let paid = taken(&id, Outcome::Succeeded);
        assert_eq!(receiver.of(&id)[0].notified, Some(paid));
        let after = client.resume(&id).await.unwrap();
        assert_eq!((after.outcome, after.alerts.len()), (Some(Outcome::Succeeded), 0));
        assert_eq!(watcher.count(&id, "concluded"), 1);
        shop.agree(protocol, &result);
    }
}

/// A notification in one process and a driver that inquires in another, let go at the same moment.
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
        let process = |watcher: &Arc<Watcher>| {
            let store = FileStore::open(shop.folder().join("records")).unwrap();
            let builder = shop.builder(protocol, Arc::new(store)).claims(false);
            builder.observer(Arc::clone(watcher) as _).build().unwrap()
        };
        let watcher = Arc::new(Watcher::default());
        let [till, successor, endpoint] = [(); 3].map(|()| process(&watcher));
        let paid_unheard = async {
            let request = by_order_code(protocol, &id);
            tokio::select! {
                result = till.pay(&request) => panic!("{result:?}"),
                _ = watcher.step(&id, |event| matches!(event, TimelineEvent::Presented { .. })) => {}
            }
            till.close().await;
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
                let r = runtime();
                let x = r.block_on(successor.resume(&id));
                drop(r);
                x
            });
            let handler = threads.spawn(|| {
                wait(1);
                let r = runtime();
                let x = r.block_on(endpoint.notified(&notification));
                drop(r);
                x
            });
            (driver.join().unwrap().unwrap(), handler.join().unwrap().unwrap())
        });
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        assert_eq!(notified, taken(&id, Outcome::Succeeded), "round {round}");
        assert!(result.alerts.is_empty());
        shop.agree(protocol, &result);
    }
}

/// The gateway's notification of success, as the shop's handler would have verified it.
fn signed_notification(shop: &Shop, protocol: Protocol, id: &str) -> VerifiedNotification {
    saying(shop, protocol, id, ("S", "SUCCESS"), "1999")
}

/// A notification of this result, signed by the gateway.
fn saying(
    shop: &Shop,
    protocol: Protocol,
    id: &str,
    (letter, code): (&str, &str),
    value: &str,
) -> VerifiedNotification {
    let amount = serde_json::json!({"currency": "USD", "value": value});
    let result = serde_json::json!({"resultCode": code, "resultStatus": letter, "resultMessage": "."});
    let (name, notify_type) = match protocol {
        Protocol::Ams => ("result", Some("PAYMENT_RESULT")),
        Protocol::AlipayPlus => ("paymentResult", None),
    };
    let known = shop.entry(id).and_then(|entry| entry["payment_id"].as_str().map(str::to_owned));
    let body = serde_json::json!({
        "notifyType": notify_type, "paymentRequestId": id, "paymentId": known.unwrap_or(format!("P{id}")),
        "paymentAmount": amount, "paymentTime": "2026-11-21T12:00:00+08:00", name: result,
    });
    signed(shop, protocol, &body)
}

/// A notification with this body, signed by the gateway now.
pub(crate) fn signed(shop: &Shop, protocol: Protocol, body: &Value) -> VerifiedNotification {
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
    settings
        .merchant
        .verify_notification(Some("/n"), headers, body.as_bytes(), Timestamp::from_millis(now))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn m3_a_notification_in_another_process_settles_the_payment() {
    let shop = Shop::open_with(|options| {
        options.speed = 5;
        options.customer = Customer::never();
    })
    .await;
    for protocol in PROTOCOLS {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let watcher = Arc::new(Watcher::default());
        let builder = shop.builder(protocol, Arc::clone(&store));
        let till = builder.observer(Arc::clone(&watcher) as _).build().unwrap();
        let endpoint = shop.builder(protocol, store).claims(false).build().unwrap();
        let id = format!("elsewhere-{}", protocol.as_str());
        let request = by_order_code(protocol, &id);
        let heard = async {
            watcher.step(&id, |event| matches!(event, TimelineEvent::Presented { .. })).await;
            shop.customer(&id, "pay").await;
            endpoint.notified(&signed_notification(&shop, protocol, &id)).await
        };
        let (result, notified) = tokio::join!(to_the_end(&till, &request), heard);
        assert_eq!(notified.unwrap(), taken(&id, Outcome::Succeeded));
        assert_eq!((&result.outcome, result.stored), (&Some(Outcome::Succeeded), true), "{}", told(&result));
        shop.agree(protocol, &result);
    }
}

/// A notification that settles nothing leaves the payment with its driver.
#[tokio::test(flavor = "multi_thread")]
async fn m3_a_notification_in_another_process_takes_nobody_the_payment() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let watcher = Arc::new(Watcher::default());
        let builder = shop.builder(protocol, Arc::clone(&store));
        let till = builder.observer(Arc::clone(&watcher) as _).build().unwrap();
        let endpoint = shop.builder(protocol, store).claims(false).build().unwrap();
        let id = format!("unsettled-{}", protocol.as_str());
        let request = by_payment_code(protocol, &id, code_of("paid_after_inquiries"));
        let heard = async {
            watcher.step(&id, |event| matches!(event, TimelineEvent::Answered { .. })).await;
            for _ in 0..20 {
                let unknown = saying(&shop, protocol, &id, ("U", "PAYMENT_IN_PROCESS"), "1999");
                let Notified::Taken { alerts, .. } = endpoint.notified(&unknown).await.unwrap() else {
                    panic!("it is stored");
                };
                assert!(alerts.is_empty(), "{alerts:?}");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let (result, ()) = tokio::join!(to_the_end(&till, &request), heard);
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        shop.agree(protocol, &result);
    }
}

/// What contradicts the outcome is stored, told to whoever asks, and answered to the gateway.
#[tokio::test(flavor = "multi_thread")]
async fn m6_evidence_against_the_outcome_reaches_a_person() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let till = shop.builder(protocol, Arc::clone(&store)).build().unwrap();
        let endpoint = shop.builder(protocol, store).claims(false).build().unwrap();
        for (story, said, value, kind) in [
            ("balance_too_low", ("S", "SUCCESS"), "1999", AlertKind::ConflictingEvidence),
            ("paid_at_once", ("F", "PROCESS_FAIL"), "1999", AlertKind::ConflictingEvidence),
            ("paid_after_inquiries", ("S", "SUCCESS"), "1998", AlertKind::AmountMismatch),
        ] {
            let paid = to_the_end(&till, &by_payment_code(protocol, story, code_of(story))).await;
            assert!(paid.alerts.is_empty(), "{}", told(&paid));
            let late = saying(&shop, protocol, story, said, value);
            let handled = endpoint.handle_verified(late.clone()).await;
            assert_eq!(handled.answer.status, 200, "{story}");
            let Ok(Notified::Taken { outcome, alerts, .. }) = handled.result else { panic!("{story}") };
            assert_eq!(outcome, paid.outcome, "the outcome stands");
            assert_eq!(alerts.iter().map(|alert| alert.kind).collect::<Vec<_>>(), [kind], "{story}");
            // The gateway sends it again: nothing is new.
            let Notified::Taken { alerts: again, .. } = endpoint.notified(&late).await.unwrap() else {
                panic!("{story}")
            };
            assert!(again.is_empty(), "{story}: {again:?}");

            let result = till.status(story).await.unwrap();
            assert_eq!((&result.outcome, &result.alerts), (&paid.outcome, &alerts), "{story}");
            assert_eq!(open_alerts(&till, story).await, [kind]);
            let number = alerts[0].number;
            endpoint.acknowledge_alert(story, number, "Mei").await.unwrap();
            assert_eq!(open_alerts(&till, story).await, [], "{story}");
        }
    }
}

async fn open_alerts(client: &Client, id: &str) -> Vec<AlertKind> {
    let open = client.alerts().await.unwrap();
    assert!(open.unreadable.is_empty());
    open.alerts.iter().filter(|one| one.payment_request_id == id).map(|one| one.alert.kind).collect()
}

/// A payment that ended as not paid for the till, because of a notification, though the gateway captured it: and the
/// notification that says so.
async fn taken_against_the_outcome(
    shop: &Shop,
    till: &Client,
    id: &str,
    behaviour: &str,
) -> VerifiedNotification {
    let protocol = till.merchant().protocol();
    let paying = shop.builder(protocol, Arc::clone(till.store())).build().unwrap();
    let request = by_payment_code(protocol, id, code_of(behaviour));
    let failing = async {
        until(|| shop.net(protocol, id) == PRICE).await;
        paying.notified(&saying(shop, protocol, id, ("F", "PROCESS_FAIL"), "1999")).await.unwrap();
    };
    let (failed, ()) = tokio::join!(to_the_end(&paying, &request), failing);
    assert!(matches!(failed.outcome, Some(Outcome::Failed { .. })), "{}", told(&failed));
    assert_eq!(shop.net(protocol, id), PRICE, "the gateway has the money");
    signed_notification(shop, protocol, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_money_that_was_taken_against_the_outcome_can_be_reversed() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        let till = shop.client(protocol);
        let id = format!("reversed-{}", protocol.as_str());
        let paid = taken_against_the_outcome(&shop, &till, &id, "cancel_crosses_success").await;
        till.notified(&paid).await.unwrap();
        let before = till.status(&id).await.unwrap();
        assert!(before.may_have_charged, "{before:?}");
        let reversed = till.reverse(&id).await.unwrap();
        assert_eq!((reversed.outcome, shop.net(protocol, &id)), (Some(ReverseOutcome::Reversed), 0));
        assert_eq!(till.status(&id).await.unwrap().outcome, before.outcome, "the outcome stands");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_money_that_was_taken_against_the_outcome_can_be_refunded() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        let till = shop.client(protocol);
        let id = format!("refunded-{}", protocol.as_str());
        let paid = taken_against_the_outcome(&shop, &till, &id, "reply_lost_but_paid").await;
        let refund = refund_of("r-refunded", PRICE);
        let early = till.refund(&id, &refund).await.unwrap_err();
        assert_eq!(early.code(), "payment.not_succeeded", "nothing says yet that money was taken");
        till.notified(&paid).await.unwrap();
        let before = till.status(&id).await.unwrap();
        let back = till.refund(&id, &refund).await.unwrap();
        assert_eq!((back.outcome, shop.net(protocol, &id)), (Some(RefundOutcome::Refunded), 0));
        assert_eq!(till.status(&id).await.unwrap().outcome, before.outcome, "the outcome stands");
    }
}

/// It can have overtaken the payment: unless the host says otherwise, it has to come again.
#[tokio::test(flavor = "multi_thread")]
async fn m7_a_notification_of_an_unknown_payment_is_refused_unless_the_host_wants_otherwise() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let client = shop.builder(protocol, Arc::clone(&store)).build().unwrap();
        let id = format!("early-{}", protocol.as_str());
        let early = signed_notification(&shop, protocol, &id);
        assert_eq!(client.notified(&early).await.unwrap(), Notified::Unknown);
        let handled = client.handle_verified(early.clone()).await;
        assert!(handled.answer.status >= 400, "{}", handled.answer.status);
        assert_eq!(handled.result.unwrap_err().code(), "request.unknown_payment");

        let generous = shop.builder(protocol, store).acknowledge_unknown(true).build().unwrap();
        let handled = generous.handle_verified(early.clone()).await;
        assert_eq!((handled.answer.status, handled.result.unwrap()), (200, Notified::Unknown));

        // It comes again, after the payment.
        to_the_end(&client, &by_payment_code(protocol, &id, code_of("paid_at_once"))).await;
        let handled = client.handle_verified(early).await;
        assert_eq!((handled.answer.status, handled.result.unwrap()), (200, taken(&id, Outcome::Succeeded)));
    }
}

/// If it can't be stored, it has to come again.
#[tokio::test(flavor = "multi_thread")]
async fn a_notification_that_is_not_stored_is_not_acknowledged() {
    let shop = Shop::open_with(|options| {
        options.speed = 10;
        options.customer = Customer::never();
    })
    .await;
    for protocol in PROTOCOLS {
        for at in [At::Fails, At::FailsWritten] {
            let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
            let till = shop.builder(protocol, Arc::clone(&store)).build().unwrap();
            let id = format!("unstored-{}-{at:?}", protocol.as_str());
            till.start(&by_order_code(protocol, &id)).await.unwrap();
            until_async(async || till.status(&id).await.unwrap().phase == "awaiting_customer").await;
            shop.customer(&id, "pay").await;
            let broken = Ends::new(store, 0, at);
            let endpoint = shop.builder(protocol, Arc::clone(&broken) as _).claims(false).build().unwrap();
            let notification = signed_notification(&shop, protocol, &id);
            let handled = endpoint.handle_verified(notification.clone()).await;
            assert!(handled.answer.status >= 400 && handled.result.is_err(), "{at:?}");
            broken.mend();
            let handled = endpoint.handle_verified(notification).await;
            assert_eq!(handled.answer.status, 200);
            assert_eq!(handled.result.unwrap(), taken(&id, Outcome::Succeeded));
            shop.agree(protocol, &till.resume(&id).await.unwrap());
        }
    }
}
