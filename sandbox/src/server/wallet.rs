//! The wallet's page, to which an entry code or an order code leads: shows the payment, and pays on confirmation.

use std::fmt::Write as _;
use std::sync::Arc;

use alipay_instore::currency::Currency;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::Shared;

/// `GET /wallet/pay/{token}`
pub(super) async fn page(State(shared): State<Arc<Shared>>, Path(token): Path<String>) -> Response {
    show(&shared, &token)
}

/// `POST /wallet/open`: the same page, for a `redirectActionForm` whose method is POST. The token comes as a
/// form field or in the JSON of `parameters`.
pub(super) async fn open(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let from_json = serde_json::from_slice::<serde_json::Value>(&body)
        .ok()
        .and_then(|fields| Some(fields.get("token")?.as_str()?.to_owned()));
    let from_form = || {
        let text = std::str::from_utf8(&body).ok()?;
        text.split('&').find_map(|field| field.strip_prefix("token=")).map(str::to_owned)
    };
    match from_json.or_else(from_form) {
        Some(token) => show(&shared, &token),
        None => not_found(),
    }
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, Html("<!doctype html><title>Wallet</title><p>There is no such payment."))
        .into_response()
}

fn show(shared: &Arc<Shared>, token: &str) -> Response {
    let now_ms = shared.catch_up();
    let Some(page) = shared.gateway.page(token, now_ms) else { return not_found() };
    let button = match page.state {
        "processing" => format!(
            "<form method=post action=\"/wallet/pay/{token}\">\
             <button name=do value=pay>Confirm</button> <button name=do value=fail>Refuse</button></form>",
            token = escape(token)
        ),
        state => format!("<p>This payment is {state}."),
    };
    Html(format!(
        "<!doctype html><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>Sandbox wallet</title><h1>Sandbox wallet</h1><p>Payment {id}<p><strong>{amount}</strong>{button}\n",
        id = escape(&page.request_id),
        amount = escape(&price(page.value, &page.currency)),
    ))
    .into_response()
}

/// `POST /wallet/pay/{token}`: pays, or refuses if the form says so, and leads back to the merchant.
pub(super) async fn confirm(
    State(shared): State<Arc<Shared>>,
    Path(token): Path<String>,
    body: Bytes,
) -> Response {
    let now_ms = shared.catch_up();
    let Some(page) = shared.gateway.page(&token, now_ms) else { return not_found() };
    let pays = !body.split(|byte| *byte == b'&').any(|field| field == b"do=fail");
    shared.gateway.customer_acts(&page.request_id, pays, now_ms);
    shared.catch_up();
    shared.ring();
    match page.redirect_url.filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
        // A URL that no header can carry is not a place to go to.
        Some(url) if header::HeaderValue::from_str(&url).is_ok() => Redirect::to(&url).into_response(),
        _ => show(&shared, &token),
    }
}

/// The amount as a customer reads it.
fn price(value: u128, currency: &str) -> String {
    let digits = Currency::from_code(currency).map_or(0, |currency| usize::from(currency.minor_digits()));
    let padded = format!("{value:0>width$}", width = digits.saturating_add(1));
    match padded.split_at_checked(padded.len().saturating_sub(digits)) {
        Some((whole, fraction)) if digits > 0 => format!("{whole}.{fraction} {currency}"),
        _ => format!("{value} {currency}"),
    }
}

fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, letter| {
        match letter {
            '<' | '>' | '&' | '"' | '\'' => {
                // Writing to a String does not fail.
                let _ = write!(safe, "&#{};", u32::from(letter));
            }
            plain => safe.push(plain),
        }
        safe
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_and_markup_are_written_safely() {
        assert_eq!(price(1999, "USD"), "19.99 USD");
        assert_eq!(price(5, "USD"), "0.05 USD");
        assert_eq!(price(100, "JPY"), "100 JPY");
        assert_eq!(price(1, "KWD"), "0.001 KWD");
        assert_eq!(escape("<b>\"&'"), "&#60;b&#62;&#34;&#38;&#39;");
    }
}
