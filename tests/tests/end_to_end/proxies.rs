//! Proxies: never before this machine, told apart when they fail, and used when they work.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;

use alipay_instore::client::{Proxy, Transport, TransportOptions};
use alipay_instore::payment::{Certainty, Outcome};
use alipay_instore::store::MemoryStore;

use crate::connecting::trouble;
use crate::listeners::{Forwarder, answering, closed};
use crate::shop::{PLAIN_CODE, PROTOCOLS, Shop, by_payment_code, told};
use crate::trouble::merchant_at;

fn by(proxy: impl Into<String>) -> TransportOptions {
    TransportOptions { proxy: Proxy::Url(proxy.into()), ..TransportOptions::default() }
}

fn address_of(shop: &Shop) -> SocketAddr {
    shop.sandbox.base_url().split_once("://").unwrap().1.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn u2_this_machine_is_reached_directly() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        for proxy in [format!("http://{}", closed()), format!("socks5://{}", closed())] {
            let builder = shop.builder(protocol, Arc::new(MemoryStore::new()));
            let client = builder.transport(Transport::new(&by(proxy)).unwrap()).build().unwrap();
            let result = client.pay(&by_payment_code(protocol, "near", PLAIN_CODE)).await.unwrap();
            assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        }
    }
}

/// The test runs itself again with the environment to be tried, since a process's own must not change under others.
#[tokio::test(flavor = "multi_thread")]
async fn u2_the_environment_sends_this_machine_through_no_proxy() {
    const CHILD: &str = "TEST_OF_PROXY_VARIABLES";
    if std::env::var_os(CHILD).is_some() {
        let shop = Shop::open(20).await;
        let client = shop.client(PROTOCOLS[0]);
        let result = client.pay(&by_payment_code(PROTOCOLS[0], "near", PLAIN_CODE)).await.unwrap();
        assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
        let (error, certainty) =
            trouble(&shop, "https://gateway.invalid", &TransportOptions::default()).await;
        assert_eq!((error.code().as_str(), certainty), ("transport.proxy", Certainty::NotSent), "{error}");
        return;
    }
    for variable in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        let mut again = Command::new(std::env::current_exe().unwrap());
        again.args(["--exact", "proxies::u2_the_environment_sends_this_machine_through_no_proxy"]);
        for name in ["http_proxy", "https_proxy", "all_proxy", "NO_PROXY", "no_proxy"] {
            again.env_remove(name);
        }
        let gone = format!("http://{}", closed());
        // The second part needs a proxy for https in any case.
        again.env("ALL_PROXY", &gone).env(variable, &gone).env(CHILD, "1");
        let output = tokio::task::spawn_blocking(move || again.output().unwrap()).await.unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{variable}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn u3_a_proxy_that_fails_is_told_from_the_gateway() {
    let shop = Shop::open(1).await;
    let tunnel_wanted = "https://gateway.invalid";
    let wants_password = answering(
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
    )
    .await;
    let forbids = answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").await;
    // Version 5, no method acceptable; version 5, then "not allowed by ruleset" (RFC 1928).
    let socks_wants_password = answering(vec![5, 0xff]).await;
    for (url, proxy, code, part) in [
        (tunnel_wanted, format!("http://{}", closed()), "transport.proxy", "refused the connection"),
        (
            "http://gateway.invalid",
            format!("http://{}", closed()),
            "transport.proxy",
            "refused the connection",
        ),
        (tunnel_wanted, format!("socks5h://{}", closed()), "transport.proxy", "did not connect"),
        (tunnel_wanted, format!("http://{forbids}"), "transport.proxy", "did not connect"),
        (
            tunnel_wanted,
            format!("http://{wants_password}"),
            "transport.proxy_authentication",
            "user:password@",
        ),
        (
            tunnel_wanted,
            format!("socks5h://{socks_wants_password}"),
            "transport.proxy_authentication",
            "user:password@",
        ),
    ] {
        let (error, certainty) = trouble(&shop, url, &by(proxy.as_str())).await;
        assert_eq!((error.code().as_str(), certainty), (code, Certainty::NotSent), "{proxy}: {error}");
        assert!(error.to_string().contains(part), "{proxy}: {error}");
        assert!(error.hint().contains("not sent"), "{proxy}: {error}");
    }
    // For plain http the proxy answers in the gateway's place: an answer, but none of the gateway.
    let (error, certainty) =
        trouble(&shop, "http://gateway.invalid", &by(format!("http://u:secret@{wants_password}"))).await;
    assert_eq!((error.code().as_str(), certainty), ("transport.http_status", Certainty::Unknown), "{error}");
    assert!(error.hint().contains("proxy") && !error.to_string().contains("secret"), "{error}");
    assert_eq!(error.http().unwrap().status, 407);
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_go_through_a_proxy_that_works() {
    let shop = Shop::open(20).await;
    let target = address_of(&shop);
    for protocol in PROTOCOLS {
        let (socks, http) = (Forwarder::socks5(target).await, Forwarder::http(target).await);
        for (proxy, forwarder) in
            [(format!("socks5h://{}", socks.address), &socks), (format!("http://{}", http.address), &http)]
        {
            let merchant = merchant_at(&shop, protocol, "http://gateway.invalid", None);
            let builder = shop.builder_for(merchant, Arc::new(MemoryStore::new()));
            let client = builder.transport(Transport::new(&by(proxy)).unwrap()).build().unwrap();
            let id = format!("far-{}", forwarder.address.port());
            let result = client.pay(&by_payment_code(protocol, &id, PLAIN_CODE)).await.unwrap();
            assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
            assert!(forwarder.served() > 0, "the proxy was not used");
            shop.agree(protocol, &result);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tunnel_carries_tls_to_the_gateway_itself() {
    let shop = Shop::open(1).await;
    let authority = crate::listeners::Authority::new();
    let gateway = authority.server("gateway.invalid", 2020, 2090).await;
    let proxy = Forwarder::http(gateway).await;
    let (error, certainty) =
        trouble(&shop, "https://gateway.invalid", &by(format!("http://{}", proxy.address))).await;
    assert_eq!((error.code().as_str(), certainty), ("transport.certificate", Certainty::NotSent), "{error}");
    assert!(error.reason().contains("not trusted here") && error.reason().contains("gateway"), "{error}");
}
