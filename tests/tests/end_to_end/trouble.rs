//! What goes wrong on the way: each trouble ends correctly, and the timeline names its error code.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use alipay_instore::client::{Client, TimelineEvent, Transport, TransportOptions};
use alipay_instore::gateway::{Gateway, Protocol};
use alipay_instore::keys::{self, SigningKey, VerifyingKey};
use alipay_instore::merchant::Merchant;
use alipay_instore::payment::{Certainty, Outcome};
use alipay_instore::store::MemoryStore;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::shop::{
    PLAIN_CODE, PROTOCOLS, Shop, by_payment_code, code_of, first_trouble, to_the_end, told, unanswered,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_answer_is_no_answer_and_is_named() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        let client = shop.client(protocol);
        for (behaviour, code) in [
            ("http_5xx_but_paid", "transport.http_status"),
            ("reply_cut", "transport.broken"),
            ("reply_not_json", "message.not_json"),
            ("reply_unsigned", "signature.missing"),
            ("reply_signed_by_stranger", "signature.mismatch"),
        ] {
            let request = by_payment_code(protocol, behaviour, code_of(behaviour));
            let result = client.pay(&request).await.unwrap();
            assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
            assert_eq!(unanswered(&result), [code], "{}", told(&result));
            shop.agree(protocol, &result);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_a_timeout_and_ends_cancelled() {
    let shop = Shop::open(40).await;
    let clients = PROTOCOLS.map(|protocol| shop.client(protocol));
    let requests =
        PROTOCOLS.map(|protocol| by_payment_code(protocol, "silent", code_of("never_answers_not_paid")));
    let (ams, plus) =
        tokio::join!(to_the_end(&clients[0], &requests[0]), to_the_end(&clients[1], &requests[1]));
    for (protocol, result) in PROTOCOLS.into_iter().zip([ams, plus]) {
        assert_eq!(result.outcome, Some(Outcome::Cancelled), "{}", told(&result));
        assert!(unanswered(&result).contains(&"transport.timeout"), "{}", told(&result));
        shop.agree(protocol, &result);
    }
}

/// How a machine between till and gateway spoils the first answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spoils {
    /// Another status for an answer that is signed.
    Disguises,
    Redirects,
    Swells,
    Hangs,
}

struct Between {
    gateway: String,
    spoils: Spoils,
    seen: AtomicUsize,
    elsewhere: AtomicUsize,
    http: reqwest::Client,
}

/// Passes everything on; the gateway's first answer is spoilt.
async fn between(gateway: &str, spoils: Spoils) -> (Arc<Between>, String) {
    let between = Arc::new(Between {
        gateway: gateway.to_owned(),
        spoils,
        seen: AtomicUsize::new(0),
        elsewhere: AtomicUsize::new(0),
        http: reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap(),
    });
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = axum::Router::new().fallback(pass).with_state(Arc::clone(&between));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (between, url)
}

async fn pass(State(between): State<Arc<Between>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if uri.path() == "/elsewhere" {
        between.elsewhere.fetch_add(1, Ordering::SeqCst);
        return StatusCode::OK.into_response();
    }
    let mut request = between.http.post(format!("{}{uri}", between.gateway)).body(body);
    for (name, value) in headers.iter().filter(|(name, _)| *name != "host" && *name != "content-length") {
        request = request.header(name, value);
    }
    let answer = request.send().await.unwrap();
    let mut response = StatusCode::OK.into_response();
    for (name, value) in answer.headers().iter().filter(|(name, _)| *name != "content-length") {
        response.headers_mut().insert(name, value.clone());
    }
    *response.body_mut() = answer.bytes().await.unwrap().into();
    if between.seen.fetch_add(1, Ordering::SeqCst) > 0 {
        return response;
    }
    match between.spoils {
        Spoils::Disguises => *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE,
        Spoils::Redirects => {
            *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
            response.headers_mut().insert("location", "/elsewhere".parse().unwrap());
            response.headers_mut().remove("signature");
        }
        Spoils::Swells => *response.body_mut() = vec![b' '; 2 << 20].into(),
        Spoils::Hangs => std::future::pending().await,
    }
    response
}

/// The sandbox's merchant behind another address, with other keys where they are given.
pub(crate) fn merchant_at(
    shop: &Shop,
    protocol: Protocol,
    url: &str,
    keys: Option<(SigningKey, VerifyingKey)>,
) -> Merchant {
    let pem = |name: &str| std::fs::read(shop.folder().join("sandbox").join(name)).unwrap();
    let (ours, theirs) = keys.unwrap_or_else(|| {
        let ours = SigningKey::load(pem("merchant_private_key.pem")).unwrap();
        (ours, VerifyingKey::load(pem("gateway_public_key.pem")).unwrap())
    });
    let gateway = Gateway::at_url(protocol, url, true).unwrap();
    let client_id = shop.settings(protocol).merchant.client_id().to_owned();
    Merchant::builder(gateway, client_id)
        .signing_key(ours)
        .gateway_keys(theirs)
        .allow_http_notify(true)
        .build()
        .unwrap()
}

fn client_of(shop: &Shop, merchant: Merchant) -> Client {
    shop.builder_for(merchant, Arc::new(MemoryStore::new())).build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_not_followed_and_floods_and_silence_are_cut_off() {
    let shop = Shop::open(10).await;
    for protocol in PROTOCOLS {
        for (spoils, code) in [
            (Spoils::Disguises, None),
            (Spoils::Redirects, Some("signature.missing")),
            (Spoils::Swells, Some("message.too_large")),
            (Spoils::Hangs, None),
        ] {
            let (between, url) = between(shop.sandbox.base_url(), spoils).await;
            let client = client_of(&shop, merchant_at(&shop, protocol, &url, None));
            let id = format!("{spoils:?}");
            let result = client.pay(&by_payment_code(protocol, &id, PLAIN_CODE)).await.unwrap();
            assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
            assert_eq!(unanswered(&result), Vec::from_iter(code), "{}", told(&result));
            assert_eq!(between.elsewhere.load(Ordering::SeqCst), 0);
            shop.agree(protocol, &result);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_cannot_be_reached_means_not_sent() {
    let shop = Shop::open(20).await;
    // A port that was free a moment ago, and answers nobody.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for protocol in PROTOCOLS {
        let client = client_of(&shop, merchant_at(&shop, protocol, &format!("http://{free}"), None));
        let result = client.pay(&by_payment_code(protocol, "nowhere", PLAIN_CODE)).await.unwrap();
        assert_eq!(result.outcome, Some(Outcome::Failed { code: "payment.not_sent".to_owned() }));
        assert_eq!(unanswered(&result), ["transport.refused"; 4], "{}", told(&result));
        assert!(result.timeline.iter().all(|step| match &step.event {
            TimelineEvent::Unanswered { certainty, .. } => *certainty == Certainty::NotSent,
            _ => true,
        }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_the_authority_has_to_be_trusted() {
    let shop = Shop::open_with(|options| {
        options.speed = 20;
        options.tls = true;
    })
    .await;
    for protocol in PROTOCOLS {
        let settings = shop.settings(protocol);
        let options = TransportOptions {
            extra_root_certificates: vec![settings.ca_pem.unwrap()],
            ..TransportOptions::default()
        };
        let trusting = Transport::new(&options).unwrap();
        let client = shop
            .builder_for(settings.merchant.clone(), Arc::new(MemoryStore::new()))
            .transport(trusting)
            .build()
            .unwrap();
        let result = client.pay(&by_payment_code(protocol, "trusted", PLAIN_CODE)).await.unwrap();
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        shop.agree(protocol, &result);

        let client = client_of(&shop, settings.merchant);
        let result = client.pay(&by_payment_code(protocol, "untrusted", PLAIN_CODE)).await.unwrap();
        assert_eq!(result.outcome, Some(Outcome::Failed { code: "payment.not_sent".to_owned() }));
        assert!(unanswered(&result).iter().all(|code| *code == "transport.certificate"));
        assert!(shop.entry("untrusted").is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_hinted_at() {
    let shop = Shop::open(10).await;
    let url = shop.sandbox.base_url().to_owned();
    let pem = |name: &str| std::fs::read(shop.folder().join("sandbox").join(name)).unwrap();
    let other = || SigningKey::load(keys::generate(2048).unwrap().private_pem.as_bytes()).unwrap();
    for protocol in PROTOCOLS {
        let ours = SigningKey::load(pem("merchant_private_key.pem")).unwrap();
        let merchant = merchant_at(&shop, protocol, &url, Some((ours, other().verifying_key())));
        let error =
            first_trouble(shop.builder_for(merchant, Arc::new(MemoryStore::new())), protocol, "their-key")
                .await
                .0;
        assert_eq!(error.code(), "signature.mismatch");
        assert!(error.hint().contains("gateway's public key"), "{error}");

        let theirs = VerifyingKey::load(pem("gateway_public_key.pem")).unwrap();
        let merchant = merchant_at(&shop, protocol, &url, Some((other(), theirs)));
        let error =
            first_trouble(shop.builder_for(merchant, Arc::new(MemoryStore::new())), protocol, "our-key")
                .await
                .0;
        assert_eq!(error.code(), "signature.missing");
        assert!(error.to_string().contains("SIGNATURE_INVALID") && error.hint().contains("key"), "{error}");
        assert!(shop.entry("our-key").is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_merchants_share_a_transport() {
    let transport = Transport::new(&TransportOptions::default()).unwrap();
    let one = Shop::open(10).await;
    let other = Shop::open_with(|options| {
        options.speed = 10;
        options.client_id = "SANDBOX_5Y0000000000000002".to_owned();
    })
    .await;
    let mut payments = tokio::task::JoinSet::new();
    for (number, shop) in [&one, &other].into_iter().enumerate() {
        for protocol in PROTOCOLS {
            let builder = shop.builder(protocol, Arc::new(MemoryStore::new()));
            let client = builder.transport(transport.clone()).build().unwrap();
            let request = by_payment_code(protocol, &format!("shop-{number}"), PLAIN_CODE);
            payments.spawn(async move { (number, protocol, client.pay(&request).await.unwrap()) });
        }
    }
    for (number, protocol, result) in payments.join_all().await {
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        let shops = [&one, &other];
        shops[number].agree(protocol, &result);
        assert!(shops[1 - number].entry(&result.payment_request_id).is_none());
    }
}
