//! Servers that are no gateway: each does one thing that a machine on the way to the gateway does.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

pub(crate) async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// A port that was free a moment ago, and where nobody listens.
pub(crate) fn closed() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Takes connections and says nothing on them.
pub(crate) async fn mute() -> SocketAddr {
    let (listener, address) = listen().await;
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            kept.push(stream);
        }
    });
    address
}

/// Answers whatever comes with these bytes, and closes. With none, it closes at once.
pub(crate) async fn answering(answer: impl Into<Vec<u8>>) -> SocketAddr {
    let (listener, address) = listen().await;
    let answer: Arc<[u8]> = answer.into().into();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = Arc::clone(&answer);
            tokio::spawn(async move {
                let mut buffer = vec![0; 1 << 16];
                if stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {
                    let _ = stream.write_all(&answer).await;
                    close(stream).await;
                }
            });
        }
    });
    address
}

/// Closes so that what was sent still arrives: reads on until the other side is done, or half a second.
async fn close(mut stream: TcpStream) {
    let _ = stream.shutdown().await;
    let mut rest = Vec::new();
    let _ = tokio::time::timeout(Duration::from_millis(500), stream.read_to_end(&mut rest)).await;
}

/// A certificate authority of the test's own.
pub(crate) struct Authority {
    pub(crate) pem: String,
    params: CertificateParams,
    key: KeyPair,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Authority { pem, params, key }
    }

    /// A server over TLS with a certificate for this name, valid from the one year to the other.
    pub(crate) async fn server(&self, name: &str, from: i32, until: i32) -> SocketAddr {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(from, 1, 1);
        params.not_after = rcgen::date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let issuer = Issuer::from_params(&self.params, &self.key);
        let certificate = params.signed_by(&key, &issuer).unwrap().der().clone();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate],
                PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der())),
            )
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let (listener, address) = listen().await;
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let accepting = acceptor.accept(stream).into_fallible();
                tokio::spawn(async move {
                    match accepting.await {
                        Ok(mut stream) => {
                            let mut buffer = vec![0; 1 << 16];
                            let _ = stream.read(&mut buffer).await;
                        }
                        Err((_, stream)) => close(stream).await,
                    }
                });
            }
        });
        address
    }
}

/// A proxy that connects everybody to one address, whatever they ask for.
pub(crate) struct Forwarder {
    pub(crate) address: SocketAddr,
    served: Arc<AtomicUsize>,
}

impl Forwarder {
    /// SOCKS 5 without authentication (RFC 1928).
    pub(crate) async fn socks5(target: SocketAddr) -> Self {
        let (listener, address) = listen().await;
        let served = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&served);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(socks5(stream, target, Arc::clone(&count)));
            }
        });
        Forwarder { address, served }
    }

    /// HTTP: a tunnel by CONNECT for `https`; for `http` the request is passed on as it is.
    pub(crate) async fn http(target: SocketAddr) -> Self {
        let (listener, address) = listen().await;
        let served = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&served);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(http(stream, target, Arc::clone(&count)));
            }
        });
        Forwarder { address, served }
    }

    pub(crate) fn served(&self) -> usize {
        self.served.load(Ordering::SeqCst)
    }
}

async fn socks5(mut client: TcpStream, target: SocketAddr, served: Arc<AtomicUsize>) -> std::io::Result<()> {
    let mut greeting = [0; 2];
    client.read_exact(&mut greeting).await?;
    client.read_exact(&mut vec![0; usize::from(greeting[1])]).await?;
    client.write_all(&[5, 0]).await?;
    let mut head = [0; 5];
    client.read_exact(&mut head).await?;
    assert_eq!((head[0], head[1], head[3]), (5, 1, 3), "CONNECT to a name that the proxy looks up");
    client.read_exact(&mut vec![0; usize::from(head[4]) + 2]).await?;
    let mut gateway = TcpStream::connect(target).await?;
    client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    served.fetch_add(1, Ordering::SeqCst);
    copy_bidirectional(&mut client, &mut gateway).await.map(|_| ())
}

async fn http(mut client: TcpStream, target: SocketAddr, served: Arc<AtomicUsize>) -> std::io::Result<()> {
    let mut head = vec![0; 7];
    client.read_exact(&mut head).await?;
    let mut gateway = TcpStream::connect(target).await?;
    served.fetch_add(1, Ordering::SeqCst);
    if head == b"CONNECT" {
        while !head.ends_with(b"\r\n\r\n") {
            head.push(client.read_u8().await?);
        }
        client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    } else {
        gateway.write_all(&head).await?;
    }
    copy_bidirectional(&mut client, &mut gateway).await.map(|_| ())
}
