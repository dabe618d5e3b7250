//! The gateway as an HTTP server: connections, the events that happen by themselves, and the shutdown.
//!
//! The connections are served by hyper directly, since a lost reply has to close its connection without a
//! byte, which a web framework does not let a handler do.

mod console;
mod control;
mod deliver;
mod guard;
mod respond;
mod tls;
mod wallet;
mod wire;

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot, watch};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

pub(crate) use guard::Guard;
pub(crate) use tls::{Certificates, acceptor};

use crate::clock::Clock;
use crate::gateway::{Due, Exchange, Gateway};

/// The largest body that is read, in bytes.
const BODY_LIMIT: usize = 1024 * 1024;
/// How long a connection stays open and silent whose request or reply was lost, in sandbox time.
const SILENCE_MS: u64 = 30_000;

/// What every connection shares.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) gateway: Gateway,
    pub(crate) clock: Clock,
    waiting: Mutex<HashMap<u64, Slot>>,
    /// Rung when the next event may have changed.
    changed: Notify,
    /// Turns true when the server is to end.
    ending: watch::Sender<bool>,
    notifier: reqwest::Client,
    guard: Guard,
}

/// A delayed request: somebody waits for it, or it was faster than its waiter.
#[derive(Debug)]
enum Slot {
    Waiting(oneshot::Sender<Exchange>),
    Early(Exchange),
}

impl Shared {
    pub(crate) fn new(gateway: Gateway, clock: Clock, guard: Guard) -> io::Result<Arc<Self>> {
        Ok(Arc::new(Shared {
            gateway,
            clock,
            waiting: Mutex::new(HashMap::new()),
            changed: Notify::new(),
            ending: watch::Sender::new(false),
            notifier: deliver::client()?,
            guard,
        }))
    }

    /// Sandbox time, after everything that was due before it has happened.
    pub(crate) fn catch_up(self: &Arc<Self>) -> i64 {
        let now_ms = self.clock.now_ms();
        for due in self.gateway.due(now_ms) {
            match due {
                Due::Arrived { ticket, exchange } => self.arrived(ticket, exchange),
                Due::Notification(delivery) => {
                    tokio::spawn(deliver::deliver(Arc::clone(self), delivery));
                }
            }
        }
        now_ms
    }

    fn arrived(&self, ticket: u64, exchange: Exchange) {
        if ticket == 0 {
            return;
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        match waiting.remove(&ticket) {
            // A till that has hung up does not hear of it.
            Some(Slot::Waiting(waiter)) => drop(waiter.send(exchange)),
            _ => drop(waiting.insert(ticket, Slot::Early(exchange))),
        }
    }

    /// Waits for a delayed request to arrive.
    async fn arrival(&self, ticket: u64) -> Exchange {
        let receiver = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(Slot::Early(exchange)) = waiting.remove(&ticket) {
                return exchange;
            }
            let (sender, receiver) = oneshot::channel();
            waiting.insert(ticket, Slot::Waiting(sender));
            receiver
        };
        receiver.await.unwrap_or(Exchange::Lost)
    }

    /// Says that the next event may have come nearer.
    pub(crate) fn ring(&self) {
        self.changed.notify_one();
    }

    /// Returns when the server is to end.
    async fn ended(&self) {
        let mut ending = self.ending.subscribe();
        // An error means that the sender is gone, and with it the server.
        let _ = ending.wait_for(|ending| *ending).await;
    }

    pub(crate) fn end(&self) {
        self.ending.send_replace(true);
    }
}

/// Runs what happens by itself, until the server ends.
async fn events(shared: Arc<Shared>) {
    loop {
        shared.catch_up();
        let next = async {
            match shared.gateway.next_due() {
                Some(at_ms) => shared.clock.sleep_until(at_ms).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = next => {}
            () = shared.changed.notified() => {}
            () = shared.ended() => return,
        }
    }
}

fn router(shared: Arc<Shared>) -> Router {
    let control = Router::new()
        .route("/sandbox/ledger", get(control::ledger))
        .route("/sandbox/journal", get(control::journal))
        .route("/sandbox/behaviours", get(control::behaviours))
        .route("/sandbox/codes", get(control::code))
        .route("/sandbox/settings", get(control::settings).post(control::set_settings))
        .route("/sandbox/faults", get(control::faults).post(control::inject).delete(control::clear_faults))
        .route("/sandbox/notices", get(control::wrong_notices).post(control::notice))
        .route("/sandbox/clock", get(control::clock).post(control::set_clock))
        .route("/sandbox/customers/{payment_request_id}", post(control::customer))
        .route_layer(middleware::from_fn_with_state(Arc::clone(&shared), control::admit));
    Router::new()
        .merge(control)
        .route("/", get(console::page))
        .route("/console.css", get(console::style))
        .route("/console.js", get(console::script))
        .route("/wallet/pay/{token}", get(wallet::page).post(wallet::confirm))
        .route("/wallet/open", post(wallet::open))
        .fallback(respond::respond)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(shared)
}

/// Starts serving in the background.
pub(crate) fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    shared: Arc<Shared>,
) -> (JoinHandle<()>, JoinHandle<()>) {
    let events = tokio::spawn(events(Arc::clone(&shared)));
    let accepting = tokio::spawn(async move {
        let router = router(Arc::clone(&shared));
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = shared.ended() => return,
            };
            match accepted {
                Ok((stream, peer)) => {
                    tokio::spawn(connection(stream, peer, tls.clone(), router.clone(), Arc::clone(&shared)));
                }
                // Out of file handles, mostly: the next moment may be better.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            }
        }
    });
    (accepting, events)
}

async fn connection(
    stream: TcpStream,
    _peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    router: Router,
    shared: Arc<Shared>,
) {
    // Only latency is at stake if it can't be set.
    let _ = stream.set_nodelay(true);
    let (stream, reset) = wire::Wire::new(stream);
    match tls {
        None => exchange(stream, reset, router, &shared).await,
        Some(tls) => {
            // A till that does not trust the certificate hangs up here; it knows why.
            if let Ok(stream) = tls.accept(stream).await {
                exchange(stream, reset, router, &shared).await;
            }
        }
    }
}

/// How long a connection has been idle.
#[derive(Debug, Default)]
struct Idle {
    /// When the last answer was ready; 0 before the first.
    since_ms: AtomicI64,
}

impl Idle {
    /// Whether something on the way has forgotten the connection by now.
    fn forgotten(&self, shared: &Shared) -> bool {
        let since_ms = self.since_ms.load(Ordering::Relaxed);
        let idle_ms = u64::try_from(shared.clock.now_ms().saturating_sub(since_ms)).unwrap_or(0);
        since_ms != 0 && shared.gateway.settings().idle_reset_ms.is_some_and(|limit| idle_ms >= limit)
    }
}

async fn exchange<S>(stream: S, reset: Arc<AtomicBool>, router: Router, shared: &Arc<Shared>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let router = TowerToHyperService::new(router);
    let idle = Arc::new(Idle::default());
    let service = service_fn(|request| {
        let forgotten = idle.forgotten(shared);
        let answer = (!forgotten).then(|| router.call(request));
        let (idle, shared, reset) = (Arc::clone(&idle), Arc::clone(shared), Arc::clone(&reset));
        async move {
            let Some(answer) = answer else {
                reset.store(true, Ordering::Relaxed);
                return Err(io::Error::from(io::ErrorKind::ConnectionReset));
            };
            let Ok(response) = answer.await;
            idle.since_ms.store(shared.clock.now_ms(), Ordering::Relaxed);
            match response.extensions().get::<respond::HangUp>() {
                Some(_) => Err(io::Error::from(io::ErrorKind::ConnectionAborted)),
                None => Ok(response),
            }
        }
    });
    let mut connection = std::pin::pin!(
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service)
    );
    tokio::select! {
        // Its error is a connection that broke, which is what faults are made of.
        _ = connection.as_mut() => {}
        () = shared.ended() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
