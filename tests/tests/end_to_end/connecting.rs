//! Each way of not connecting has its own code, and whether the request can have arrived.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use alipay_instore::Error;
use alipay_instore::client::{Proxy, Roots, SystemClock, Transport, TransportOptions};
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::Certainty;
use alipay_instore::store::MemoryStore;

use crate::listeners::{Authority, answering, closed, mute};
use crate::shop::{Shop, first_trouble};
use crate::trouble::merchant_at;

/// What the first request of a payment at this URL comes to, in real time.
pub(crate) async fn trouble(shop: &Shop, url: &str, options: &TransportOptions) -> (Error, Certainty) {
    let builder = shop
        .builder_for(merchant_at(shop, Protocol::Ams, url, None), Arc::new(MemoryStore::new()))
        .clock(Arc::new(SystemClock))
        .transport(Transport::new(options).unwrap());
    let trouble = first_trouble(builder, Protocol::Ams, "p");
    tokio::time::timeout(Duration::from_secs(40), trouble).await.expect("a failure is noticed in time")
}

fn direct() -> TransportOptions {
    TransportOptions { proxy: Proxy::None, ..TransportOptions::default() }
}

/// Not sent, with this code, and a hint that says so.
#[track_caller]
fn not_sent((error, certainty): (Error, Certainty), code: &str, part: &str) {
    assert_eq!((error.code().as_str(), certainty), (code, Certainty::NotSent), "{error}");
    assert!(error.hint().starts_with("this request was not sent"), "{error}");
    assert!(error.to_string().contains(part), "{part} is missing: {error}");
    assert_eq!(error.http(), None);
}

fn https(name: &str, address: SocketAddr) -> String {
    format!("https://{name}:{}", address.port())
}

#[tokio::test(flavor = "multi_thread")]
async fn u3_a_connection_that_fails_says_how() {
    let shop = Shop::open(1).await;
    // Where there is no name service at all, the system takes its time to say so.
    let patient = TransportOptions { connect_timeout: Duration::from_secs(30), ..direct() };
    let unknown = trouble(&shop, "https://gateway.invalid", &patient).await;
    not_sent(unknown, "transport.name_not_found", "DNS");

    let refused = trouble(&shop, &format!("http://{}", closed()), &direct()).await;
    not_sent(refused, "transport.refused", "firewalls");

    let hasty = TransportOptions { connect_timeout: Duration::from_millis(200), ..direct() };
    let silent = trouble(&shop, &https("localhost", mute().await), &hasty).await;
    not_sent(silent, "transport.connect_timeout", "firewall");

    let cut = trouble(&shop, &https("localhost", answering("").await), &direct()).await;
    not_sent(cut, "transport.not_sent", "closed before TLS");
}

#[tokio::test(flavor = "multi_thread")]
async fn u3_a_certificate_that_is_refused_says_why() {
    let shop = Shop::open(1).await;
    let authority = Authority::new();
    let trusting =
        TransportOptions { roots: Roots::Only(vec![authority.pem.clone().into_bytes()]), ..direct() };
    let code = "transport.certificate";

    let good = authority.server("localhost", 2020, 2090).await;
    not_sent(trouble(&shop, &https("localhost", good), &direct()).await, code, "not trusted here");
    let other = authority.server("open-sea.example.com", 2020, 2090).await;
    let wrong_name = trouble(&shop, &https("localhost", other), &trusting).await;
    assert!(wrong_name.0.reason().contains("open-sea.example.com"), "{}", wrong_name.0);
    not_sent(wrong_name, code, "and not localhost");
    let old = authority.server("localhost", 2020, 2021).await;
    let expired = trouble(&shop, &https("localhost", old), &trusting).await;
    assert!(expired.0.hint().contains("clock"), "{}", expired.0);
    not_sent(expired, code, "expired at 2021-01-01T00:00:00Z");
    let early = authority.server("localhost", 2080, 2090).await;
    not_sent(
        trouble(&shop, &https("localhost", early), &trusting).await,
        code,
        "from 2080-01-01T00:00:00Z on",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn u3_the_wrong_protocol_is_named() {
    let shop = Shop::open(1).await;
    let plain = answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
    let spoken = trouble(&shop, &https("localhost", plain), &direct()).await;
    not_sent(spoken, "transport.protocol", "does not speak TLS");

    // The request went out before the other side could say anything, so nothing is known of it.
    let authority = Authority::new();
    let tls = authority.server("localhost", 2020, 2090).await;
    let (error, certainty) = trouble(&shop, &format!("http://{tls}"), &direct()).await;
    assert_eq!((error.code().as_str(), certainty), ("transport.protocol", Certainty::Unknown), "{error}");
    assert!(error.hint().contains("scheme and the port") && !error.hint().contains("not sent"), "{error}");
}
