//! Connections that died while nobody used them.
#![allow(clippy::disallowed_methods, reason = "real connections die in real time")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use alipay_instore::client::{Client, ClientBuilder, Transport, TransportOptions};
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::{Certainty, Outcome};
use alipay_instore::store::MemoryStore;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::listeners::listen;
use crate::shop::{PLAIN_CODE, PROTOCOLS, Shop, by_payment_code, first_trouble, told, unanswered};
use crate::trouble::merchant_at;

/// How long a connection may be idle before the machine in between has forgotten it.
const FORGOTTEN: Duration = Duration::from_secs(1);

/// What comes of a packet on a connection that was forgotten.
#[derive(Clone, Copy, Debug)]
enum Forgets {
    /// It is answered by a reset, as load balancers do.
    Resets,
    /// It vanishes, as in many address translators.
    Swallows,
}

/// Between till and gateway; tells neither side that it forgets idle connections.
#[derive(Clone)]
struct Translator {
    address: SocketAddr,
    opened: Arc<AtomicUsize>,
    /// No answer passes before so many connections are open.
    awaited: Arc<AtomicUsize>,
    lost: Arc<AtomicUsize>,
}

async fn translator(shop: &Shop, forgets: Forgets) -> Translator {
    let gateway: SocketAddr = shop.sandbox.base_url().split_once("://").unwrap().1.parse().unwrap();
    let (listener, address) = listen().await;
    let translator =
        Translator { address, opened: Arc::default(), awaited: Arc::default(), lost: Arc::default() };
    let passing = translator.clone();
    tokio::spawn(async move {
        while let Ok((till, _)) = listener.accept().await {
            passing.opened.fetch_add(1, Ordering::SeqCst);
            let upstream = TcpStream::connect(gateway).await.unwrap();
            tokio::spawn(passing.clone().pass(till, upstream, forgets));
        }
    });
    translator
}

fn builder(shop: &Shop, protocol: Protocol, translator: &Translator, transport: &Transport) -> ClientBuilder {
    let merchant = merchant_at(shop, protocol, &format!("http://{}", translator.address), None);
    shop.builder_for(merchant, Arc::new(MemoryStore::new())).transport(transport.clone())
}

/// Several connections in the pool, all of them forgotten.
async fn forgotten(client: &Client, translator: &Translator) {
    // Else a fast answer frees the first connection for the next inquiry.
    translator.awaited.store(3, Ordering::SeqCst);
    let (a, b, c) = tokio::join!(client.inquire("a"), client.inquire("b"), client.inquire("c"));
    for answer in [a, b, c] {
        answer.unwrap();
    }
    assert_eq!(translator.opened(), 3);
    tokio::time::sleep(FORGOTTEN * 2).await;
}

impl Translator {
    async fn pass(self, mut till: TcpStream, mut gateway: TcpStream, forgets: Forgets) {
        let (mut request, mut answer) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        // A connection that the pool opened in advance, and never used, is forgotten too.
        let mut idle_since: Option<Instant> = Some(Instant::now());
        loop {
            tokio::select! {
                read = till.read(&mut request) => match read {
                    Ok(read) if read > 0 => {
                        if idle_since.is_some_and(|at| at.elapsed() > FORGOTTEN) {
                            self.lost.fetch_add(1, Ordering::SeqCst);
                            match forgets {
                                Forgets::Resets => till.set_zero_linger().unwrap(),
                                Forgets::Swallows => tokio::time::sleep(Duration::from_secs(30)).await,
                            }
                            return;
                        }
                        idle_since = None;
                        gateway.write_all(&request[..read]).await.unwrap();
                    }
                    _ => return,
                },
                read = gateway.read(&mut answer) => match read {
                    Ok(read) if read > 0 => {
                        while self.opened() < self.awaited.load(Ordering::SeqCst) {
                            tokio::time::sleep(Duration::from_millis(1)).await;
                        }
                        till.write_all(&answer[..read]).await.unwrap();
                        idle_since = Some(Instant::now());
                    }
                    _ => return,
                },
            }
        }
    }

    fn opened(&self) -> usize {
        self.opened.load(Ordering::SeqCst)
    }

    fn lost(&self) -> usize {
        self.lost.load(Ordering::SeqCst)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn u4_an_idle_connection_is_given_up_before_it_is_forgotten() {
    let shop = Shop::open(1).await;
    let options = TransportOptions { idle_timeout: FORGOTTEN / 5, ..TransportOptions::default() };
    for protocol in PROTOCOLS {
        let translator = translator(&shop, Forgets::Resets).await;
        let client =
            builder(&shop, protocol, &translator, &Transport::new(&options).unwrap()).build().unwrap();
        for number in 0..3 {
            let request = by_payment_code(protocol, &format!("spaced-{number}"), PLAIN_CODE);
            let result = client.pay(&request).await.unwrap();
            assert_eq!(result.outcome, Some(Outcome::Succeeded), "{}", told(&result));
            assert!(unanswered(&result).is_empty(), "{}", told(&result));
            tokio::time::sleep(FORGOTTEN * 2).await;
        }
        assert_eq!((translator.opened(), translator.lost()), (3, 0));
    }
}

/// The pay that met the dead connection may have arrived, for all the till knows; the next request goes by a new one.
#[tokio::test(flavor = "multi_thread")]
async fn u4_one_dead_connection_ends_the_use_of_all() {
    let shop = Shop::open(1).await;
    for protocol in PROTOCOLS {
        let translator = translator(&shop, Forgets::Resets).await;
        let transport = Transport::new(&TransportOptions::default()).unwrap();
        let client = builder(&shop, protocol, &translator, &transport).build().unwrap();
        forgotten(&client, &translator).await;
        let before = translator.opened();

        let builder = builder(&shop, protocol, &translator, &transport);
        let (error, certainty) = first_trouble(builder, protocol, "reset").await;
        assert_eq!((error.code().as_str(), certainty), ("transport.broken", Certainty::Unknown), "{error}");
        client.inquire("a").await.unwrap();
        assert_eq!(translator.lost(), 1);
        assert!(translator.opened() > before);
    }
}

/// A payment goes on with an inquiry after the reply time, when the request before it still waits.
#[tokio::test(flavor = "multi_thread")]
async fn u4_a_request_that_waits_for_long_makes_the_others_suspect() {
    let shop = Shop::open(1).await;
    let translator = translator(&shop, Forgets::Swallows).await;
    let transport = Transport::new(&TransportOptions::default()).unwrap();
    let client = builder(&shop, PROTOCOLS[0], &translator, &transport).build().unwrap();
    forgotten(&client, &translator).await;
    let waiting = {
        let client = client.clone();
        tokio::spawn(async move { client.inquire("a").await })
    };
    // A payment would go on by then.
    tokio::time::sleep(Duration::from_secs(5)).await;
    client.inquire("b").await.unwrap();
    assert_eq!(translator.lost(), 1);
    assert_eq!(waiting.await.unwrap().unwrap_err().code(), "transport.timeout");
}
