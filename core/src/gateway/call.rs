//! The path of an API that has no operation of its own, from what a caller copied out of the documents.

use super::base_url::is_plain_segment;
use crate::error::{Error, ErrorCode, Result};

/// Far above every documented path with its parameters.
const MAX_LEN: usize = 1024;

/// Completes what the caller gave to the path that is sent and signed.
pub(super) fn path(base_path: &str, api_root: &str, call: &str) -> Result<String> {
    let path = match call.strip_prefix('/') {
        // The documents print the path of production; the sandbox's clients have their own.
        Some(_) if api_root.starts_with("/ams") => match call.strip_prefix("/ams/api/") {
            Some(versioned) => format!("{base_path}{api_root}/{versioned}"),
            None => format!("{base_path}{call}"),
        },
        Some(_) => format!("{base_path}{call}"),
        None if is_versioned(call) => format!("{base_path}{api_root}/{call}"),
        None => return Err(refused("the path starts with neither a slash nor a version such as v1/")),
    };
    check(&path)?;
    Ok(path)
}

/// Refuses a path that would not arrive as it was signed.
pub(super) fn check(path: &str) -> Result<()> {
    if path.len() > MAX_LEN {
        return Err(refused(format!("the path is longer than {MAX_LEN} characters")));
    }
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path, None),
    };
    let Some(below) = path.strip_prefix('/') else {
        return Err(refused("the path does not start with a slash"));
    };
    if path.contains(':') || below.starts_with('/') {
        return Err(refused("the path names a scheme or a host"));
    }
    if !below.split('/').all(is_plain_segment) {
        return Err(refused(
            "a part of the path is empty, dotted or has other characters than letters, digits and - . _ ~",
        ));
    }
    if query.is_some_and(|query| query.is_empty() || !query.bytes().all(is_query_byte)) {
        return Err(refused("the query is empty or has a character that a client would rewrite"));
    }
    Ok(())
}

fn is_versioned(path: &str) -> bool {
    path.split_once('/')
        .and_then(|(version, _)| version.strip_prefix('v'))
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn is_query_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~=&%+,:;@/".contains(&byte)
}

fn refused(reason: impl Into<String>) -> Error {
    Error::new(ErrorCode::GatewayPath, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken() {
        for (root, call, expected) in [
            ("/ams/api", "v1/payments/inquiryPayment", "/ams/api/v1/payments/inquiryPayment"),
            ("/ams/api", "/ams/api/v1/payments/pay", "/ams/api/v1/payments/pay"),
            ("/ams/sandbox/api", "v1/customs/declare", "/ams/sandbox/api/v1/customs/declare"),
            ("/ams/sandbox/api", "/ams/api/v1/customs/declare", "/ams/sandbox/api/v1/customs/declare"),
            ("/ams/sandbox/api", "/ams/sandbox/api/v1/x", "/ams/sandbox/api/v1/x"),
            ("/aps/api", "v1/payments/consultPayment", "/aps/api/v1/payments/consultPayment"),
            ("/aps/api", "/aps/api/v1/payments/consultPayment", "/aps/api/v1/payments/consultPayment"),
            ("/aps/api", "/other/v2/x?a=1&b=%2F", "/other/v2/x?a=1&b=%2F"),
        ] {
            assert_eq!(path("", root, call).unwrap(), expected);
            assert_eq!(path("/base", root, call).unwrap(), format!("/base{expected}"));
        }
    }

    #[test]
    fn what_is_refused() {
        let long = format!("/{}", "a".repeat(MAX_LEN));
        for call in [
            "",
            "/",
            "//evil.example.com/x",
            "https://evil.example.com/x",
            "evil.example.com/x",
            "payments/pay",
            "v1",
            "vx/pay",
            "v1/",
            "/a/",
            "/a//b",
            "/a/../b",
            "/a/./b",
            "..",
            "v1/..",
            "/a/%2e%2e/b",
            "/a%00",
            "/a\\b",
            "/a b",
            "/a\r\nX: y",
            "v1/x\n",
            "\r/a",
            "/ä",
            "/a?",
            "/a?x=\n",
            "/a?x=ä",
            "/a?x='",
            "/a#b",
            "/a?b#c",
            "/a:b",
            "/a@b",
            "/a\0",
            long.as_str(),
        ] {
            assert_eq!(path("", "/ams/api", call).unwrap_err().code(), "gateway.path", "{call:?}");
        }
    }
}
