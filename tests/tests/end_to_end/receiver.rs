//! The shop's notify URL: verifies, tells the client, acknowledges; or fails on purpose.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use alipay_instore::client::{Client, Notified};
use alipay_instore::merchant::Merchants;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// When a receiver that fails does so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fails {
    /// Before anything is stored.
    Early,
    /// After it is stored, so that the gateway does not hear of it.
    Late,
}

pub(crate) struct Receiver {
    clients: Vec<Client>,
    merchants: Merchants,
    fails: Fails,
    /// How many notifications of a payment fail, by its id.
    failures: HashMap<String, usize>,
    log: Mutex<HashMap<String, Vec<Received>>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// What it changed, where it got that far.
    pub(crate) notified: Option<Notified>,
    pub(crate) status: u16,
}

/// The notify URL has a query: whether the gateway signs with it or without is found out when it is verified.
const PATH: &str = "/shop/notify?branch=7";

/// Serves the notify URL of these clients. `failures` says how often the notifications of a payment fail.
pub(crate) async fn receive(
    clients: Vec<Client>,
    fails: Fails,
    failures: HashMap<String, usize>,
) -> (Arc<Receiver>, String) {
    let merchants = Merchants::new(clients.iter().map(|client| client.merchant().clone())).unwrap();
    let receiver = Arc::new(Receiver { clients, merchants, fails, failures, log: Mutex::default() });
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let url = format!("http://{}{PATH}", listener.local_addr().unwrap());
    let app = axum::Router::new().fallback(handle).with_state(Arc::clone(&receiver));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (receiver, url)
}

async fn handle(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, body: Bytes) -> Response {
    let named: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let id = named["paymentRequestId"].as_str().unwrap().to_owned();
    let number = receiver.of(&id).len();
    let failing = number < receiver.failures.get(&id).copied().unwrap_or(0);
    let (status, notified, answer) = if failing && receiver.fails == Fails::Early {
        (503, None, None)
    } else {
        let now = receiver.clients[0].clock().now();
        let raw = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        let (merchant, verified) =
            receiver.merchants.verify_notification(Some(PATH), raw, &body, now).unwrap();
        let client =
            receiver.clients.iter().find(|client| client.merchant().protocol() == merchant.protocol());
        let handled = client.unwrap().handle_verified(verified).await;
        let status = if failing { 500 } else { handled.answer.status };
        (status, handled.result.ok(), Some(handled.answer))
    };
    receiver.log.lock().unwrap().entry(id).or_default().push(Received { notified, status });
    let mut response = StatusCode::from_u16(status).unwrap().into_response();
    if let Some(answer) = answer.filter(|_| status == 200) {
        response = answer.body.into_response();
        for (name, value) in answer.headers {
            response.headers_mut().insert(name, value.parse().unwrap());
        }
    }
    response
}

impl Receiver {
    pub(crate) fn of(&self, id: &str) -> Vec<Received> {
        self.log.lock().unwrap().get(id).cloned().unwrap_or_default()
    }
}
