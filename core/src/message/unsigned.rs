//! Answers that carry no signature: what HTTP says of them is kept, and each status has its hint.
//!
//! Something in front of the gateway wrote them: a proxy, a firewall, a login page, a load balancer. They prove
//! nothing about the payment, but people need to see them.

use crate::error::{Error, ErrorCode, HttpAnswer};
use crate::json::Object;

/// Completes the error of an answer that did not verify with what HTTP says of it.
///
/// An answer without a signature that is not of a gateway's form becomes `transport.http_status`, whose hint fits the
/// status. Every other error keeps its code and gets status and content type. Whatever the status is, the answer proves
/// nothing: the result of the request is unknown.
pub fn explain_answer<N: AsRef<[u8]>, V: AsRef<[u8]>>(
    error: Error,
    status: u16,
    headers: impl IntoIterator<Item = (N, V)>,
    body: &[u8],
) -> Error {
    let answer = HttpAnswer { status, content_type: content_type(headers) };
    if error.code() != ErrorCode::SignatureMissing || is_of_a_gateway(body) {
        return error.with_http(answer);
    }
    let what = match &answer.content_type {
        Some(content_type) => format!("HTTP {status} with {content_type}"),
        None => format!("HTTP {status} without a content type"),
    };
    Error::new(ErrorCode::TransportHttpStatus, format!("the answer is {what}, and has no signature"))
        .with_hint(format!("{}; the result is unknown, inquire", hint(status)))
        .with_http(answer)
}

/// Only the media type, and only if it looks like one: a stranger may have written it.
fn content_type<N: AsRef<[u8]>, V: AsRef<[u8]>>(headers: impl IntoIterator<Item = (N, V)>) -> Option<String> {
    let (_, value) =
        headers.into_iter().find(|(name, _)| name.as_ref().eq_ignore_ascii_case(b"content-type"))?;
    let essence = value.as_ref().split(|byte| *byte == b';').next()?.trim_ascii().to_ascii_lowercase();
    let text = String::from_utf8(essence).ok()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
    let (kind, subtype) = text.split_once('/')?;
    let fits =
        text.len() <= 127 && [kind, subtype].iter().all(|part| !part.is_empty() && part.bytes().all(plain));
    fits.then_some(text)
}

/// Every answer of a gateway, the unsigned ones about wrong keys included, is a JSON object with a `result`.
fn is_of_a_gateway(body: &[u8]) -> bool {
    Object::parse(body).is_ok_and(|body| body.object("result").is_some())
}

fn hint(status: u16) -> &'static str {
    match status {
        200..=299 => {
            "another server answered; check the gateway's URL, and whether a proxy or a login page is in between"
        }
        300..=399 => "redirects are not followed; check the gateway's URL",
        401 | 403 => {
            "something in front of the gateway refused this machine; check that its public address is allowed there, and \
             the gateway's URL"
        }
        404 | 405 | 410 => "there is no such API at this address; check the gateway's URL",
        407 => "a proxy wants a user and a password; put them into the proxy's URL",
        408 | 504 => "something in front of the gateway gave up waiting for it",
        413 | 431 => "something in front of the gateway takes no message this large; ask whoever runs it",
        421 => "the server is not responsible for this host; check the gateway's URL and the proxy",
        429 => "too many requests; send fewer at a time",
        400..=499 => {
            "something in front of the gateway refused the request; check the gateway's URL and the proxy"
        }
        500..=599 => "the gateway, or something in front of it, does not work at the moment",
        _ => "the status is none that HTTP defines for an answer; check the gateway's URL and the proxy",
    }
}

/// The result code that an **unverified** body names, to be shown to a person who looks for the cause.
///
/// Anybody can have written it: it must never decide anything. It is given only if it looks like a code of the
/// documents, so that it can't carry text of a stranger's choice.
pub fn unverified_result_code(body: &[u8]) -> Option<String> {
    let body = Object::parse(body).ok()?;
    let code = body.object("result")?.text("resultCode")?;
    let is_code = (1..=64).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    is_code.then(|| code.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing() -> Error {
        Error::new(ErrorCode::SignatureMissing, "none")
    }

    fn explained(error: Error, status: u16, content_type: &str, body: &str) -> Error {
        explain_answer(error, status, [("Content-Type", content_type)], body.as_bytes())
    }

    #[test]
    fn what_is_not_of_a_gateway_is_told_by_its_status() {
        for (status, part) in [
            (200, "another server"),
            (307, "redirects"),
            (403, "allowed"),
            (404, "URL"),
            (407, "password"),
            (413, "large"),
            (418, "refused the request"),
            (421, "this host"),
            (429, "fewer"),
            (502, "does not work"),
            (504, "gave up"),
            (999, "none that HTTP"),
        ] {
            let error = explained(missing(), status, "Text/HTML; charset=x", "<html>");
            assert_eq!(error.code(), "transport.http_status");
            assert!(error.hint().contains(part) && error.hint().contains("unknown"), "{error}");
            assert!(error.reason().contains(&format!("HTTP {status} with text/html")), "{error}");
            let http = error.http().unwrap();
            assert_eq!((http.status, http.content_type.as_deref()), (status, Some("text/html")));
        }
        let other_json = explained(missing(), 403, "application/json", r#"{"message":"Forbidden"}"#);
        assert_eq!(other_json.code(), "transport.http_status");
        let bare = explain_answer(missing(), 502, [("Server", "x")], b"");
        assert!(bare.reason().contains("without a content type"), "{bare}");
    }

    #[test]
    fn what_may_be_of_the_gateway_keeps_its_error() {
        let body = r#"{"result":{"resultCode":"SIGNATURE_INVALID"}}"#;
        let error = explained(missing(), 500, "application/json", body);
        assert_eq!((error.code().as_str(), error.http().unwrap().status), ("signature.missing", 500));
        let forged = Error::new(ErrorCode::SignatureMismatch, "forged");
        let error = explained(forged, 200, "text/html", "<html>");
        assert_eq!((error.code().as_str(), error.http().unwrap().status), ("signature.mismatch", 200));
    }

    #[test]
    fn a_content_type_is_kept_only_if_it_is_one() {
        let read = |value: &str| content_type([("CONTENT-TYPE", value)]);
        let long = format!("text/{}", "x".repeat(123));
        for odd in ["", "html", "text/", "/html", "text/ht ml", "call/0800 now", "text/\u{1}", "a/b/c", &long]
        {
            assert_eq!(read(odd), None, "{odd}");
        }
        assert_eq!(read(" application/problem+json ;x=y").as_deref(), Some("application/problem+json"));
    }
}
