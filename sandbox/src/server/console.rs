//! The console: one page, its style and its script. They hold nothing of this sandbox; everything else the page reads from
//! the control API.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Nothing from anywhere else, and no page around this one.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

fn file(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}

/// `GET /`
pub(super) async fn page() -> Response {
    file("text/html; charset=utf-8", include_str!("console/console.html"))
}

/// `GET /console.css`
pub(super) async fn style() -> Response {
    file("text/css; charset=utf-8", include_str!("console/console.css"))
}

/// `GET /console.js`
pub(super) async fn script() -> Response {
    file("text/javascript; charset=utf-8", include_str!("console/console.js"))
}
