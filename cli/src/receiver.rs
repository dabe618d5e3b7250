//! A small receiver of notifications: verifies, hands over, and acknowledges once that is stored.
//!
//! A notification is verified over the notify URL that the handler was given, never over the path of the request: that
//! one only chooses among the handlers, and is shown where a signature does not verify.

use std::borrow::Borrow;
use std::net::SocketAddr;
use std::sync::Arc;

use alipay_instore::client::{Client, Clock, Notified};
use alipay_instore::diagnosis::{Alternatives, Diagnosis};
use alipay_instore::json::MAX_BYTES;
use alipay_instore::merchant::Merchant;
use alipay_instore::merchant::VerifiedNotification;
use alipay_instore::{Error, ErrorCode};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::failure::{Failure, Result};

/// For whom notifications are received.
#[derive(Clone)]
pub(crate) struct Handler {
    pub(crate) merchant: Merchant,
    pub(crate) clock: Arc<dyn Clock>,
    /// Whose payments they are; without one they are only verified.
    pub(crate) client: Option<Client>,
    /// The first part of the path by which this handler is chosen, such as `/ams/`; `/` takes everything.
    pub(crate) below: &'static str,
    /// The notify URL as the gateway knows it, or its path; none: the merchant's configured one.
    pub(crate) notify_url: Option<String>,
}

/// One notification and what it changed.
pub(crate) struct Received {
    pub(crate) result: Result<Taken, Error>,
    /// The HTTP status of the answer; 200 ends the resending.
    pub(crate) status: u16,
    /// Where the signature does not verify: why.
    pub(crate) diagnosis: Option<Diagnosis>,
}

/// One that was verified.
pub(crate) struct Taken {
    pub(crate) notification: VerifiedNotification,
    /// What the store made of it, where there is one.
    pub(crate) notified: Option<Notified>,
}

/// What an answer is signed over follows from the notification.
impl Borrow<VerifiedNotification> for Taken {
    fn borrow(&self) -> &VerifiedNotification {
        &self.notification
    }
}

/// Listens until it is dropped.
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    serving: JoinHandle<()>,
}

struct Counter {
    handlers: Vec<Handler>,
    received: mpsc::UnboundedSender<Received>,
}

impl Receiver {
    /// Starts; what arrives is told to `received`.
    pub(crate) async fn start(
        listen: SocketAddr,
        handlers: Vec<Handler>,
        received: mpsc::UnboundedSender<Received>,
    ) -> Result<Self> {
        let failed = |error| Failure::io("the address can't be listened on", &error);
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let router = Router::new().fallback(receive).with_state(Arc::new(Counter { handlers, received }));
        let serving = tokio::spawn(async move {
            // It never ends by itself: failed accepts are tried again.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Receiver { address, serving })
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn receive(State(counter): State<Arc<Counter>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let Some(handler) = counter.handlers.iter().find(|handler| path.starts_with(handler.below)) else {
        return answer(StatusCode::NOT_FOUND.as_u16(), &[], Bytes::new());
    };
    let (result, diagnosis) = match axum::body::to_bytes(body, MAX_BYTES).await {
        Ok(body) => {
            let result = handler.take(&parts.headers, &body).await;
            let diagnosis = match &result {
                Err(error) if error.code() == ErrorCode::SignatureMismatch => {
                    Some(handler.explain(&path, &parts.headers, &body))
                }
                _ => None,
            };
            (result, diagnosis)
        }
        Err(_) => {
            let reason = "the notification is too large, or broke off";
            (Err(Error::new(ErrorCode::MessageTooLarge, reason)), None)
        }
    };
    let acknowledgement = handler.merchant.answer(handler.clock.now(), &result);
    let status = acknowledgement.status;
    // Whoever counted them may be gone.
    let _ = counter.received.send(Received { result, status, diagnosis });
    answer(status, &acknowledgement.headers, Bytes::from_static(acknowledgement.body))
}

impl Handler {
    async fn take(&self, headers: &HeaderMap, body: &[u8]) -> Result<Taken, Error> {
        let notification = self.merchant.verify_notification(
            self.notify_url.as_deref(),
            pairs(headers),
            body,
            self.clock.now(),
        )?;
        let notified = match &self.client {
            None => None,
            Some(client) => match client.notified(&notification).await? {
                // Its till may only just have begun: it is to come again.
                Notified::Unknown => {
                    return Err(Error::new(
                        ErrorCode::RequestUnknownPayment,
                        "a verified notification is about a payment or a refund that is not stored here",
                    ));
                }
                notified => Some(notified),
            },
        };
        Ok(Taken { notification, notified })
    }

    /// Why a signature does not verify; the path of the request shows what a proxy did to it.
    fn explain(&self, seen: &str, headers: &HeaderMap, body: &[u8]) -> Diagnosis {
        let alternatives = Alternatives { paths: &[seen], ..Alternatives::default() };
        let notify_url = self.notify_url.as_deref();
        self.merchant.explain_notification(notify_url, pairs(headers), body, alternatives)
    }
}

fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &[u8])> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
}

fn answer(status: u16, headers: &[(&'static str, String)], body: Bytes) -> Response {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, value);
    }
    let fallback = || Response::new(Body::empty());
    builder.body(Body::from(body)).unwrap_or_else(|_| fallback())
}
