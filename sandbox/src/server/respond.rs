//! The gateway's own paths over HTTP: from a request to an exchange, and what the till gets to see of it.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use hyper::body::Frame;

use super::{SILENCE_MS, Shared};
use crate::gateway::{Answer, Exchange, Request};
use crate::protocol::protocol_of;

/// Marks a response that must not be sent: the connection is closed instead.
#[derive(Clone, Copy, Debug)]
pub(super) struct HangUp;

/// Answers everything that is no page and no control request.
pub(super) async fn respond(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    if protocol_of(path).is_none() {
        return (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response();
    }
    let headers: Vec<(&str, &str)> =
        headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
    let request = Request { method: method.as_str(), path, headers: &headers, body: &body };
    let now_ms = shared.catch_up();
    let mut exchange = shared.gateway.handle(now_ms, &request);
    shared.ring();
    if let Exchange::UnderWay(ticket) = exchange {
        exchange = tokio::select! {
            exchange = shared.arrival(ticket) => exchange,
            () = shared.clock.sleep(SILENCE_MS) => return hang_up(),
            () = shared.ended() => return hang_up(),
        };
    }
    match exchange {
        Exchange::Answered(answer) => {
            tokio::select! {
                () = shared.clock.sleep(answer.delay_ms) => {}
                () = shared.ended() => return hang_up(),
            }
            send(answer)
        }
        Exchange::Lost | Exchange::UnderWay(_) => {
            tokio::select! {
                () = shared.clock.sleep(SILENCE_MS) => {}
                () = shared.ended() => {}
            }
            hang_up()
        }
    }
}

fn hang_up() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(HangUp);
    response
}

fn send(answer: Answer) -> Response {
    let length = answer.body.len();
    let body = match answer.cut_at {
        None => Body::from(answer.body),
        Some(at) => {
            Body::new(Torn { sent: answer.body.get(..at).unwrap_or_default().to_vec().into(), begun: false })
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert("content-length", HeaderValue::from(length));
    response
}

/// A body that breaks off.
struct Torn {
    sent: Bytes,
    begun: bool,
}

impl hyper::body::Body for Torn {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if !self.begun {
            self.begun = true;
            // The first half has to leave before the connection breaks, so that the till sees half a body.
            context.waker().wake_by_ref();
            return Poll::Ready(Some(Ok(Frame::data(self.sent.clone()))));
        }
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into())))
    }
}
