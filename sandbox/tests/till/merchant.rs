//! A merchant that receives notifications: verifies over only the path, then over path and query, and acknowledges
//! over what verified.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alipay_instore::signature::Content;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::Till;

/// Over what a notification verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Over {
    Path,
    PathAndQuery,
    Nothing,
}

/// How a merchant under test answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Unsigned,
    Signed,
    BadlySigned,
}

pub(crate) struct Merchant {
    /// Fails so many notifications before it answers.
    fails: usize,
    manner: Manner,
    key: alipay_instore::keys::SigningKey,
    gateway: alipay_instore::keys::VerifyingKey,
    client_id: String,
    /// Over what each notification verified, and its body.
    pub(crate) received: Mutex<Vec<(Over, Value)>>,
    /// The `Request-Time` of each.
    pub(crate) times: Mutex<Vec<String>>,
}

async fn receive(
    State(merchant): State<Arc<Merchant>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let text = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
    let verifies = |path: &str| {
        let (client_id, time) = (text("client-id"), text("request-time"));
        let content = Content { method: "POST", path, client_id, time, body: &body };
        merchant.gateway.verify(text("signature"), content).is_ok()
    };
    let whole = uri.path_and_query().unwrap().as_str();
    let (over, path) = match () {
        () if verifies(uri.path()) => (Over::Path, uri.path()),
        () if verifies(whole) => (Over::PathAndQuery, whole),
        () => (Over::Nothing, uri.path()),
    };
    merchant.times.lock().unwrap().push(text("request-time").to_owned());
    let count = {
        let mut received = merchant.received.lock().unwrap();
        received.push((over, serde_json::from_slice(&body).unwrap_or(Value::Null)));
        received.len()
    };
    if count <= merchant.fails {
        return (axum::http::StatusCode::INTERNAL_SERVER_ERROR, "busy").into_response();
    }
    let answer = r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}"#;
    let time = "2026-11-21T12:00:00+08:00";
    let content =
        Content { method: "POST", path, client_id: &merchant.client_id, time, body: answer.as_bytes() };
    let mut response = answer.into_response();
    if merchant.manner != Manner::Unsigned {
        let path = if merchant.manner == Manner::Signed { path } else { "/elsewhere" };
        let signature = merchant.key.sign(Content { path, ..content }, 1).unwrap();
        response.headers_mut().insert("signature", signature.parse().unwrap());
        response.headers_mut().insert("response-time", time.parse().unwrap());
        response.headers_mut().insert("client-id", merchant.client_id.parse().unwrap());
    }
    response
}

pub(crate) async fn merchant(
    till: &Till,
    folder: &std::path::Path,
    fails: usize,
    manner: Manner,
) -> (Arc<Merchant>, String) {
    let pem = std::fs::read(folder.join("merchant_private_key.pem")).unwrap();
    let merchant = Arc::new(Merchant {
        fails,
        manner,
        key: alipay_instore::keys::SigningKey::load(pem).unwrap(),
        gateway: till.gateway.clone(),
        client_id: till.client_id.clone(),
        received: Mutex::new(Vec::new()),
        times: Mutex::new(Vec::new()),
    });
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let url = format!("http://{}/merchant/notify?shop=1", listener.local_addr().unwrap());
    let app = axum::Router::new().fallback(receive).with_state(Arc::clone(&merchant));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (merchant, url)
}

/// Waits until the first notification satisfies `what`; the clock of these tests is fast or stands still.
pub(crate) async fn notification_until(till: &Till, what: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..2000 {
        let ledger = till.ledger().await;
        if let Some(found) = ledger["notifications"].get(0).filter(|entry| what(entry)) {
            return found.clone();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("nothing happened: {:#}", till.ledger().await);
}
