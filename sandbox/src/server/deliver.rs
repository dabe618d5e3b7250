//! Posting of notifications to the merchant.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::Shared;
use crate::gateway::{Acknowledgement, Delivery};

/// How long a merchant has to answer, in real time: a till under test answers at its own pace.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest acknowledgement that is read, in bytes.
const ANSWER_LIMIT: usize = 64 * 1024;

/// A client that goes straight to the merchant.
pub(super) fn client() -> io::Result<reqwest::Client> {
    let builder = || {
        reqwest::Client::builder().timeout(PATIENCE).no_proxy().redirect(reqwest::redirect::Policy::none())
    };
    // A machine without root certificates can still be notified over plain http.
    builder().build().or_else(|_| builder().tls_certs_only([]).build()).map_err(io::Error::other)
}

/// Posts a notification and reports what came back.
pub(super) async fn deliver(shared: Arc<Shared>, delivery: Delivery) {
    let answer = post(&shared, &delivery).await;
    let headers: Vec<(&str, &str)>;
    let acknowledgement = match &answer {
        Some((status, received, body)) if !delivery.answer_lost => {
            headers = received
                .iter()
                .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
                .collect();
            Some(Acknowledgement { status: *status, headers: &headers, body })
        }
        _ => None,
    };
    let now_ms = shared.clock.now_ms();
    shared.gateway.acknowledge(now_ms, delivery.notification, delivery.attempt, acknowledgement);
    for _ in 1..delivery.copies {
        // What the merchant says to a copy is of no interest.
        let _ = post(&shared, &delivery).await;
    }
    shared.ring();
}

async fn post(shared: &Shared, delivery: &Delivery) -> Option<(u16, reqwest::header::HeaderMap, Vec<u8>)> {
    let mut request = shared.notifier.post(&delivery.url).body(delivery.body.clone());
    for (name, value) in &delivery.headers {
        request = request.header(*name, value);
    }
    let mut response = request.send().await.ok()?;
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len().saturating_add(chunk.len()) > ANSWER_LIMIT {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some((status, headers, body))
}
