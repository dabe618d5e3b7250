//! The notify URL: where the gateway posts notifications, and over which paths it may have signed them.
//!
//! The URL comes from the configuration, or from the argument of the call that verifies. It is the public one, as the
//! gateway knows it. What the application sees of the request plays no part: a proxy in front of it may have added or
//! taken away a prefix, and a path that comes with a message could have been chosen by whoever sent it.

use std::fmt;

use crate::error::{Error, ErrorCode, Result};

/// The documents allow 2048 characters for a notify URL ("Alipay, pay (consumer-presented mode)").
const MAX_LEN: usize = 2048;

/// A notify URL, or only its path.
#[derive(Clone, PartialEq, Eq)]
pub struct NotifyUrl {
    text: String,
    /// Where the path starts in `text`; its end where the URL has none.
    path_at: usize,
    /// Where the path ends and the query, if there is one, starts.
    path_end: usize,
}

impl NotifyUrl {
    /// Reads a URL such as `https://shop.example/alipay/notify`, or its path with the query where it has one, such as
    /// `/alipay/notify`. Its characters are kept as they stand, because they are signed as they stand.
    ///
    /// # Errors
    /// `config.notify_url` for text that is neither, for a fragment, a user or anything but visible ASCII, and for the
    /// path of one of the gateway's own APIs: a signed answer could be passed off as a notification there.
    pub fn parse(text: &str) -> Result<Self> {
        if text.is_empty() || text.len() > MAX_LEN || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(refused("it is empty, longer than 2048 characters or not visible ASCII"));
        }
        if text.contains(['#', '\\']) {
            return Err(refused("it has a fragment or a backslash"));
        }
        let path_at = match text.starts_with('/') {
            true => 0,
            false => end_of_origin(text)?,
        };
        let below = text.get(path_at..).unwrap_or_default();
        let path_end = below.find('?').map_or(text.len(), |at| path_at.saturating_add(at));
        let url = NotifyUrl { text: text.to_owned(), path_at, path_end };
        if url.path().starts_with("//") {
            return Err(refused("its path starts with two slashes"));
        }
        refuse_gateway_path(url.path())?;
        Ok(url)
    }

    /// The URL as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path without the query: what AMS signs.
    pub fn path(&self) -> &str {
        match self.text.get(self.path_at..self.path_end) {
            None | Some("") => "/",
            Some(path) => path,
        }
    }

    /// The path with the query; nothing where there is no query.
    pub fn path_with_query(&self) -> Option<String> {
        let query = self.text.get(self.path_end..).filter(|query| !query.is_empty())?;
        Some(format!("{}{query}", self.path()))
    }

    /// Whether it is a URL of plain http.
    pub fn is_plain_http(&self) -> bool {
        self.text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("http://"))
    }
}

impl fmt::Display for NotifyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for NotifyUrl {
    /// Without the query, which can hold a token of the host.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NotifyUrl({})", self.text.get(..self.path_end).unwrap_or_default())
    }
}

/// Where scheme, host and port end.
fn end_of_origin(url: &str) -> Result<usize> {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return Err(refused("it starts with none of https://, http:// and a slash"));
    }
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    if authority.is_empty() || authority.starts_with(':') || authority.contains('@') {
        return Err(refused("it has no host, or a user before the host"));
    }
    Ok(url.len().saturating_sub(rest.len()).saturating_add(authority.len()))
}

/// Refuses the path of a gateway's own API. Answers are signed over such a path, and only the path tells a signed
/// answer from a signed notification.
pub(crate) fn refuse_gateway_path(path: &str) -> Result<()> {
    match is_gateway_path(path) {
        false => Ok(()),
        true => Err(refused("its path is one of the gateway's own APIs")
            .with_hint("choose another path: answers of the gateway are signed over this one")),
    }
}

/// The same for a URL that a request tells the gateway: `paymentNotifyUrl` or `refundNotifyUrl`.
///
/// # Errors
/// `request.notify_url` with this JSON path.
pub(crate) fn check_request_url(url: &str, at: &str) -> Result<NotifyUrl> {
    let is_url = !url.starts_with('/');
    let url = if is_url { NotifyUrl::parse(url) } else { Err(refused("it has no scheme")) };
    url.map_err(|error| {
        let hint = match error.hint() {
            hint if hint == ErrorCode::ConfigNotifyUrl.hint() => {
                "pass the whole public URL, such as https://shop.example/alipay/notify"
            }
            hint => hint,
        };
        Error::new(ErrorCode::RequestNotifyUrl, error.reason()).with_hint(hint).with_path(at)
    })
}

/// `/ams/api/…/v1/…`, `/ams/sandbox/api/…/v1/…` and the same with `aps`, also below the path of a proxy.
fn is_gateway_path(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default().to_ascii_lowercase();
    let mut segments = path.split('/');
    while let Some(segment) = segments.next() {
        if !matches!(segment, "ams" | "aps") {
            continue;
        }
        let mut below = segments.clone();
        let root = match below.next() {
            Some("sandbox") => below.next(),
            other => other,
        };
        if root == Some("api") && below.any(is_version) {
            return true;
        }
    }
    false
}

fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix('v').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn refused(reason: &str) -> Error {
    Error::new(ErrorCode::ConfigNotifyUrl, format!("the notify URL can't be used: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Operation;
    use crate::gateway::{Gateway, Protocol, Region};

    const OPERATIONS: [Operation; 5] =
        [Operation::Pay, Operation::Inquiry, Operation::Cancel, Operation::Refund, Operation::RefundInquiry];

    #[test]
    fn a_url_and_its_path_mean_the_same() {
        for (text, path, with_query) in [
            ("https://shop.example/alipay/notify", "/alipay/notify", None),
            ("HTTPS://shop.example:8443/n?a=1&b=2", "/n", Some("/n?a=1&b=2")),
            ("http://[::1]:80/n", "/n", None),
            ("https://shop.example", "/", None),
            ("https://shop.example?a=/b", "/", Some("/?a=/b")),
            ("/alipay/notify", "/alipay/notify", None),
            ("/n?a=b?c", "/n", Some("/n?a=b?c")),
            ("/n?", "/n", Some("/n?")),
            ("/a%2fb/%C3%A9", "/a%2fb/%C3%A9", None),
            ("/", "/", None),
            // Parts of such a path do not make it an API of the gateway.
            ("/ams/api/notify", "/ams/api/notify", None),
            ("/ams/v1/notify", "/ams/v1/notify", None),
            ("/shop/api/v1/notify", "/shop/api/v1/notify", None),
            ("/aps/api/video/notify", "/aps/api/video/notify", None),
        ] {
            let url = NotifyUrl::parse(text).unwrap();
            assert_eq!((url.path(), url.path_with_query().as_deref()), (path, with_query), "{text}");
            assert_eq!(url.to_string(), text);
        }
        assert!(NotifyUrl::parse("HTTP://shop.example/n").unwrap().is_plain_http());
        assert!(!NotifyUrl::parse("/http://shop.example/n").unwrap().is_plain_http());
    }

    #[test]
    fn what_is_no_notify_url() {
        let long = format!("/{}", "a".repeat(2048));
        for text in [
            "",
            "notify",
            "shop.example/notify",
            "//shop.example/notify",
            "https://shop.example//notify",
            "ftp://shop.example/notify",
            "https://",
            "https:///notify",
            "https://:443/notify",
            "https://user:hunter2@shop.example/notify",
            "/notify#top",
            "/a\\b",
            "/a b",
            "/a\r\nb",
            "/é",
            "/a\0",
            long.as_str(),
        ] {
            let error = NotifyUrl::parse(text).unwrap_err();
            assert_eq!(error.code(), "config.notify_url", "{text:?}");
            assert!(!error.to_string().contains("hunter2"));
        }
    }

    #[test]
    fn no_api_of_a_gateway_is_a_notify_url() {
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            for gateway in [
                Gateway::of_region(protocol, Region::Sea).unwrap(),
                Gateway::at_url(protocol, "https://egress.example.com/alipay/out", false).unwrap(),
            ] {
                for client_id in ["T_1", "SANDBOX_T_1"] {
                    let mut paths: Vec<_> = OPERATIONS
                        .into_iter()
                        .filter_map(|operation| gateway.path(client_id, operation).ok())
                        .collect();
                    assert!(paths.len() >= 4);
                    paths.push(gateway.path_of_call(client_id, "v1/customs/declare").unwrap());
                    paths.push(gateway.path_of_call(client_id, "v2/payments/pay?a=1").unwrap());
                    for path in paths {
                        for text in
                            [path.clone(), format!("https://shop.example{path}?x=1"), path.to_uppercase()]
                        {
                            let error = NotifyUrl::parse(&text).unwrap_err();
                            assert_eq!(error.code(), "config.notify_url", "{text}");
                            assert!(error.hint().contains("another path"));
                        }
                    }
                }
            }
        }
        for path in ["/aps/sandbox/api/v1/payments/pay", "/aps/api/intl/wallet/v1/payments/pay"] {
            assert!(NotifyUrl::parse(path).is_err(), "{path}");
        }
    }

    #[test]
    fn debug_shows_no_query() {
        let url = NotifyUrl::parse("https://shop.example/n?token=hunter2").unwrap();
        assert_eq!(format!("{url:?}"), "NotifyUrl(https://shop.example/n)");
    }
}
