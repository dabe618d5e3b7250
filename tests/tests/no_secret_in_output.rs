//! A marked key and marked payment codes, every log of the process at its most verbose, every public type printed:
//! none of the marks in any of it. In a binary of its own, because it takes the process's subscriber.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "test code"
)]

#[path = "end_to_end/shop.rs"]
#[allow(dead_code, reason = "only some of it is needed here")]
mod shop;

use std::fmt::Debug;
use std::io::Write;
use std::sync::{Arc, Mutex};

use alipay_instore::Timestamp;
use alipay_instore::api::pay::PayOptions;
use alipay_instore::client::{Transport, TransportOptions};
use alipay_instore::gateway::Protocol;
use alipay_instore::keys::SigningKey;
use alipay_instore::payment_code::PaymentCode;
use alipay_instore::store::{FileStore, MemoryStore, PaymentRecord, Query, Store};
use tracing::level_filters::LevelFilter;

use shop::{PROTOCOLS, Shop, Watcher, by_payment_code, code_of, refund_of, to_the_end, told};

/// Where the subscriber writes.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Captured {
    fn print(&self, what: &dyn Debug) {
        writeln!(self.clone(), "{what:?}\n{what:#?}").unwrap();
    }
}

/// Every line of a PEM text, and pieces of its base64 at every offset that a printed byte string would have.
fn marks_of(pem: &str) -> Vec<String> {
    let lines = pem.lines().filter(|line| !line.starts_with("-----") && line.len() >= 32);
    let mut marks: Vec<String> = lines.map(|line| line[8..32].to_owned()).collect();
    // The key's bytes as a list of numbers and as hex, from its middle: those of the modulus are public.
    let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let bytes = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, base64).unwrap();
    let private = &bytes[bytes.len() / 2..][..16];
    marks.push(private.iter().map(u8::to_string).collect::<Vec<_>>().join(", "));
    marks.push(private.iter().map(|byte| format!("{byte:02x}")).collect());
    marks
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_and_no_payment_code_in_any_output() {
    let captured = Captured::default();
    let writer = captured.clone();
    // Also what reqwest, hyper and rustls say through `log`.
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();

    let shop = Shop::open_with(|options| {
        options.speed = 20;
        options.tls = true;
    })
    .await;
    let stories = [
        "paid_at_once",
        "reply_lost_but_paid",
        "balance_too_low",
        "paid_after_inquiries",
        "cancel_window_exceeded",
        "reply_signed_by_stranger",
        "reply_not_json",
        "http_5xx_but_paid",
        "wrong_id_in_reply",
        "wrong_amount_in_reply",
    ];
    for protocol in PROTOCOLS {
        let settings = shop.settings(protocol);
        let options = TransportOptions {
            extra_root_certificates: vec![settings.ca_pem.clone().unwrap()],
            ..TransportOptions::default()
        };
        let store: Arc<dyn Store> = Arc::new(FileStore::open(shop.folder().join("records")).unwrap());
        let watcher = Arc::new(Watcher::default());
        let client = shop
            .builder_for(settings.merchant.clone(), Arc::clone(&store))
            .transport(Transport::new(&options).unwrap())
            .observer(Arc::clone(&watcher) as _)
            .build()
            .unwrap();
        captured.print(&options);
        captured.print(&settings);
        captured.print(&client);
        for story in stories {
            let id = format!("{}-{story}", protocol.as_str());
            let request = by_payment_code(protocol, &id, code_of(story));
            captured.print(&request);
            let body = request.to_json().to_string();
            assert!(body.contains(code_of(story)), "the test must be able to find it");
            captured.print(&settings.merchant.sign_request(
                "/ams/api/v1/payments/pay",
                body.clone(),
                Timestamp::from_millis(1),
            ));
            captured.print(&alipay_instore::json::Object::parse(body.as_bytes()));
            captured.print(&alipay_instore::json::Object::parse(body.replace('}', ",}").as_bytes()));
            captured.print(&request.check(
                protocol,
                Timestamp::from_millis(1_795_303_736_000),
                &PayOptions {
                    notify_http: alipay_instore::api::pay::NotifyHttp::Allowed,
                    ..PayOptions::default()
                },
            ));
            let result = to_the_end(&client, &request).await;
            captured.print(&result);
            captured.print(&told(&result));
            let stored = store.load(&id).await.unwrap().unwrap();
            captured.print(&stored);
            let text = stored.entry.text.expose();
            captured.print(&PaymentRecord::decode(text).unwrap());
            captured.print(&PaymentRecord::decode(&text[1..]));
            captured.print(&PaymentRecord::decode(&text.replace(':', ",")));
            captured.print(&client.pay(&request).await);
            captured.print(&client.inquire(&id).await);
        }
        let paid = format!("{}-paid_at_once", protocol.as_str());
        captured.print(&client.refund(&paid, &refund_of(&format!("r-{paid}"), 1)).await);
        captured.print(&client.resume_all().await);
        // A payment of which a snapshot still has to hold the code.
        let id = format!("{}-open", protocol.as_str());
        let request = by_payment_code(protocol, &id, code_of("never_answers_not_paid"));
        tokio::select! {
            result = client.pay(&request) => panic!("{result:?}"),
            _ = watcher.step(&id, |event| event.name() == "sent") => {}
        }
        let stored = store.load(&id).await.unwrap().unwrap();
        let text = stored.entry.text.expose();
        assert!(text.contains(code_of("never_answers_not_paid")), "the test must be able to find it");
        captured.print(&stored);
        let open = PaymentRecord::decode(text).unwrap();
        captured.print(&open);
        captured.print(&client.status(&id).await);
        let mut payment = open.payment().clone();
        let now = Timestamp::from_millis(shop.sandbox.clock().now_ms());
        let resumed = payment.handle(alipay_instore::payment::Event::Resumed, now);
        captured.print(&resumed.unwrap());
        captured.print(&payment.state());
        captured.print(&store.list(&Query::default()).await);
        // An untrusted gateway, and one that is not there.
        let untrusting = shop.builder_for(settings.merchant, Arc::new(MemoryStore::new())).build().unwrap();
        let request = by_payment_code(protocol, &format!("{id}-untrusted"), code_of("paid_at_once"));
        captured.print(&untrusting.pay(&request).await);
    }
    for wrong in stories.map(code_of) {
        captured.print(&PaymentCode::new(wrong));
        captured.print(&PaymentCode::new(&format!("{wrong}0")));
        captured.print(&PaymentCode::new(&format!("{wrong}x")));
    }

    let pem = std::fs::read_to_string(shop.folder().join("sandbox/merchant_private_key.pem")).unwrap();
    let half = &pem[..pem.len() / 2];
    captured.print(&SigningKey::load(half).map(|_| ()));
    captured.print(&SigningKey::load(&pem).unwrap());
    captured.print(&alipay_instore::keys::VerifyingKey::load(&pem));

    let text = String::from_utf8_lossy(&captured.0.lock().unwrap()).into_owned();
    for source in ["alipay_instore", "hyper", "reqwest", "rustls"] {
        assert!(text.contains(source), "nothing of {source} was captured");
    }
    for mark in marks_of(&pem) {
        assert!(!text.contains(&mark), "a piece of the key, near: {}", near(&text, &mark));
    }
    for code in alipay_instore_sandbox::BEHAVIOURS.iter().map(|row| row.code) {
        assert!(!text.contains(code), "a payment code, near: {}", near(&text, code));
    }
    assert!(Protocol::Ams.as_str() == "ams" && text.len() > 100_000, "{} bytes", text.len());
}

fn near(text: &str, mark: &str) -> String {
    let at = text.find(mark).unwrap();
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[line..].chars().take(300).collect()
}
