//! The base URL of a gateway, read strictly: only what every HTTP client sends on exactly as written, because
//! the path that arrives must be the path that was signed.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::error::{Error, ErrorCode, Result};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct BaseUrl {
    /// Scheme, host and port, a path without a slash at its end.
    text: String,
    /// Where the path starts in `text`.
    origin_len: usize,
    loopback: bool,
}

impl BaseUrl {
    pub(super) fn parse(url: &str, allow_http: bool) -> Result<Self> {
        let (secure, rest) = match url.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (true, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (false, rest),
            _ => return Err(refused("the gateway's URL starts with neither https:// nor http://")),
        };
        // Named apart, because these four are what people paste; the rules below would refuse them too.
        for (character, name) in
            [('@', "a user"), ('?', "a query"), ('#', "a fragment"), ('\\', "a backslash")]
        {
            if rest.contains(character) {
                return Err(refused(format!("the gateway's URL has {name}")));
            }
        }
        let (authority, path) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let loopback = is_loopback(check_authority(authority)?);
        if !secure && !loopback && !allow_http {
            return Err(Error::new(
                ErrorCode::GatewayInsecure,
                "the gateway's URL is plain http to another machine",
            ));
        }
        let path = path.strip_suffix('/').unwrap_or(path);
        if !path.is_empty() && !path.split('/').skip(1).all(is_plain_segment) {
            return Err(refused("the path of the gateway's URL has characters that a client would rewrite"));
        }
        let scheme = if secure { "https" } else { "http" };
        let origin = format!("{scheme}://{authority}");
        Ok(BaseUrl { origin_len: origin.len(), text: origin + path, loopback })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn origin(&self) -> &str {
        self.text.get(..self.origin_len).unwrap_or_default()
    }

    pub(super) fn path(&self) -> &str {
        self.text.get(self.origin_len..).unwrap_or_default()
    }

    pub(super) fn is_loopback(&self) -> bool {
        self.loopback
    }
}

/// A path segment that has only unreserved characters, which no client rewrites.
pub(super) fn is_plain_segment(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..")
        && segment.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'))
}

fn refused(reason: impl Into<String>) -> Error {
    Error::new(ErrorCode::GatewayUrl, reason)
}

/// Checks host and port, and gives the host back.
fn check_authority(authority: &str) -> Result<&str> {
    let (host, port) = match authority.rfind(':') {
        Some(at) if !authority.ends_with(']') => {
            let (host, port) = authority.split_at(at);
            (host, Some(port.trim_start_matches(':')))
        }
        _ => (authority, None),
    };
    if let Some(port) = port {
        let digits = port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit());
        if !digits || !port.parse::<u16>().is_ok_and(|port| port > 0) {
            return Err(refused("the port of the gateway's URL is none of 1 to 65535"));
        }
    }
    if let Some(inner) = host.strip_prefix('[') {
        let address = inner.strip_suffix(']').and_then(|inner| inner.parse::<Ipv6Addr>().ok());
        return address
            .map(|_| host)
            .ok_or_else(|| refused("the gateway's URL has no IPv6 address in its brackets"));
    }
    let labels_fit = host.len() <= 253
        && host.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        });
    if !labels_fit {
        return Err(refused("the gateway's URL has no host name of letters, digits, hyphens and dots"));
    }
    // URL parsers read `127.1`, `0x7f.1` and `2130706433` as addresses; here only four plain numbers are one.
    let numeric = host.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()));
    if numeric && host.parse::<Ipv4Addr>().is_err() {
        return Err(refused("the host of the gateway's URL is a number but no IPv4 address"));
    }
    Ok(host)
}

/// Whether a host, IPv6 in brackets or not, is this machine: `localhost`, 127.0.0.0/8 or `::1`.
pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|v4| v4.is_loopback())
        || address.parse::<Ipv6Addr>().is_ok_and(|v6| v6.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(url: &str) -> &'static str {
        BaseUrl::parse(url, false).unwrap_err().code().as_str()
    }

    #[test]
    fn what_is_taken() {
        for (url, text, path) in [
            ("https://open-sea.example.com", "https://open-sea.example.com", ""),
            ("https://open-sea.example.com/", "https://open-sea.example.com", ""),
            ("HTTPS://host:443/a/b-1.2_~", "https://host:443/a/b-1.2_~", "/a/b-1.2_~"),
            ("https://10.0.0.1:8443/a/", "https://10.0.0.1:8443/a", "/a"),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", ""),
        ] {
            let base = BaseUrl::parse(url, false).unwrap();
            assert_eq!((base.as_str(), base.path()), (text, path));
            assert_eq!(format!("{}{}", base.origin(), base.path()), text);
            assert!(!base.is_loopback());
        }
    }

    #[test]
    fn plain_http_is_for_the_loopback_interface() {
        for url in [
            "http://localhost",
            "http://LOCALHOST:1",
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "http://[::1]:80",
        ] {
            assert!(BaseUrl::parse(url, false).unwrap().is_loopback(), "{url}");
        }
        for url in [
            "http://example.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://[::]",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
        ] {
            assert_eq!(code(url), "gateway.insecure", "{url}");
            assert!(!BaseUrl::parse(url, true).unwrap().is_loopback());
        }
    }

    #[test]
    fn what_is_refused() {
        for url in [
            "",
            "https://",
            "https:///a",
            "open-sea.example.com",
            "//host",
            "ftp://host",
            "https:host",
            "javascript:alert(1)",
            "https://user@host",
            "https://user:pw@host",
            "https://host?x=1",
            "https://host/?",
            "https://host#f",
            "https://host\\a",
            "https://ho st",
            "https://host ",
            " https://host",
            "https://host\r\nX: y",
            "https://host/a\n",
            "https://höst",
            "https://host/ä",
            "https://host/%2e%2e",
            "https://host/a/../b",
            "https://host/./a",
            "https://host//a",
            "https://host/a//",
            "https://host:",
            "https://host:0",
            "https://host:65536",
            "https://host:+1",
            "https://host:1:2",
            "https://[::1",
            "https://::1",
            "https://[zz]",
            "https://[::1]x",
            "https://-host",
            "https://host-",
            "https://a..b",
            "https://127.1",
            "https://2130706433",
            "https://0x7f.1",
            "https://127.0.0.256",
            "https://host\0",
        ] {
            assert_eq!(code(url), "gateway.url", "{url:?}");
            assert_eq!(BaseUrl::parse(url, true).unwrap_err().code(), "gateway.url", "{url:?}");
        }
        // What was pasted is not repeated: a user part may hold a password.
        let error = BaseUrl::parse("https://user:hunter2@host", false).unwrap_err();
        assert!(!error.to_string().contains("hunter2"));
    }
}
