//! Who may use the control API: it decides over payments, and needs no signature.
//!
//! Where the sandbox listens only on this machine, a web page that somebody has open is the one stranger who could call it.
//! Its requests name another origin; and where it has its own name point at this machine, another host. Where the sandbox
//! listens for other machines too, whoever calls has to know the token.

use axum::http::{HeaderMap, StatusCode, header};

/// The rules for one sandbox.
pub(crate) struct Guard {
    token: Option<String>,
    names: Vec<String>,
}

/// Why a request is refused.
pub(super) type Refused = (StatusCode, &'static str);

impl Guard {
    /// For one that listens only on this machine, and is also known by these names.
    pub(crate) fn local(names: Vec<String>) -> Self {
        Guard { token: None, names }
    }

    /// For one that others can reach.
    pub(crate) fn with_token(token: String) -> Self {
        Guard { token: Some(token), names: Vec::new() }
    }

    /// Whether a request may be answered.
    pub(super) fn check(&self, headers: &HeaderMap) -> Result<(), Refused> {
        let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(header::HOST).unwrap_or_default();
        match &self.token {
            Some(token) => {
                let given = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
                if !given.is_some_and(|given| same(given.as_bytes(), token.as_bytes())) {
                    let what = "this needs the header Authorization: Bearer TOKEN, with the control_token of sandbox.json";
                    return Err((StatusCode::UNAUTHORIZED, what));
                }
            }
            None => {
                if !self.is_local(host) {
                    return Err((StatusCode::FORBIDDEN, "the Host header does not name this machine"));
                }
            }
        }
        if let Some(origin) = headers.get(header::ORIGIN) {
            let own = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
            if !own.is_some_and(|(_, of)| of.eq_ignore_ascii_case(host)) {
                return Err((StatusCode::FORBIDDEN, "a page of another origin may not use this"));
            }
        }
        Ok(())
    }

    fn is_local(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        name.eq_ignore_ascii_case("localhost")
            || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
            || self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// Without the token.
impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guard").field("names", &self.names).finish_non_exhaustive()
    }
}

/// In a time that does not tell how much of it was right.
fn same(one: &[u8], other: &[u8]) -> bool {
    let differ = one.iter().zip(other).fold(0, |differ, (one, other)| differ | (one ^ other));
    one.len() == other.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            (name.parse::<header::HeaderName>().unwrap(), value.parse::<header::HeaderValue>().unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn a_local_one_answers_only_under_a_name_of_this_machine() {
        let guard = Guard::local(vec!["gateway.test".into()]);
        for host in
            ["127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080", "127.3.2.1", "gateway.test:1"]
        {
            assert_eq!(guard.check(&headers(&[("host", host)])), Ok(()), "{host}");
        }
        for host in [
            "",
            "shop.example:8080",
            "localhost.shop.example",
            "10.0.0.1:8080",
            "[2001:db8::1]:80",
            "127.0.0.1.nip.io",
        ] {
            assert_eq!(
                guard.check(&headers(&[("host", host)])).unwrap_err().0,
                StatusCode::FORBIDDEN,
                "{host}"
            );
        }
        assert!(guard.check(&HeaderMap::new()).is_err());
    }

    #[test]
    fn a_page_of_another_origin_is_refused() {
        let guard = Guard::local(Vec::new());
        let from = |origin: &str| guard.check(&headers(&[("host", "127.0.0.1:8080"), ("origin", origin)]));
        assert_eq!(from("http://127.0.0.1:8080"), Ok(()));
        for origin in ["https://shop.example", "http://127.0.0.1:9090", "http://127.0.0.1", "null", ""] {
            assert_eq!(from(origin).unwrap_err().0, StatusCode::FORBIDDEN, "{origin}");
        }
    }

    #[test]
    fn where_others_can_reach_it_the_token_decides() {
        let guard = Guard::with_token("0123456789abcdef".into());
        let with = |value: &str| guard.check(&headers(&[("host", "10.0.0.1"), ("authorization", value)]));
        assert_eq!(with("Bearer 0123456789abcdef"), Ok(()));
        for value in
            ["Bearer 0123456789abcdee", "Bearer 0123456789abcde", "Bearer ", "0123456789abcdef", "Basic x"]
        {
            assert_eq!(with(value).unwrap_err().0, StatusCode::UNAUTHORIZED, "{value}");
        }
        assert!(guard.check(&headers(&[("host", "127.0.0.1")])).is_err());
        let foreign = headers(&[
            ("host", "10.0.0.1"),
            ("authorization", "Bearer 0123456789abcdef"),
            ("origin", "https://shop.example"),
        ]);
        assert_eq!(guard.check(&foreign).unwrap_err().0, StatusCode::FORBIDDEN);
    }
}
