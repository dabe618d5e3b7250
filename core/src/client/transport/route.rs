//! Which way a request goes: directly, or through a proxy.

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

use super::configuration;
use super::options::Proxy;
use crate::error::Result;
use crate::gateway::is_loopback;

const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// The way of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::client) enum Route {
    Direct,
    ByProxy,
}

/// Reads the URL of a request.
pub(super) fn read(url: &str) -> Result<Url> {
    Url::parse(url).map_err(|_| configuration("the gateway's URL can't be read"))
}

/// What decides about the way, read once.
pub(super) enum Routes {
    Direct,
    One,
    System(Box<System>),
}

/// What the environment says, or the settings of the system.
pub(super) struct System {
    matcher: Matcher,
    /// Variables that name a proxy that can't be used, and what is wrong. hyper passes over them, and a gateway that can
    /// be reached through the proxy alone would look like a broken network.
    unusable: Vec<(&'static str, String)>,
    /// Takes every host but those of `NO_PROXY`.
    not_excluded: Matcher,
}

impl Routes {
    pub(super) fn new(proxy: &Proxy) -> Self {
        match proxy {
            Proxy::None => Routes::Direct,
            Proxy::Url(_) => Routes::One,
            Proxy::System => Routes::system(|name| std::env::var(name).ok(), Matcher::from_system()),
        }
    }

    fn system(variable: impl Fn(&str) -> Option<String>, matcher: Matcher) -> Self {
        let first = |names: [&str; 2]| names.into_iter().find_map(&variable).unwrap_or_default();
        let mut unusable = Vec::new();
        // In a CGI program the header Proxy of a stranger arrives as HTTP_PROXY, so there none of them is read.
        if variable("REQUEST_METHOD").is_none() {
            for names in
                [["HTTPS_PROXY", "https_proxy"], ["HTTP_PROXY", "http_proxy"], ["ALL_PROXY", "all_proxy"]]
            {
                let value = first(names);
                if let (false, Err(error)) = (value.is_empty(), check(&value)) {
                    unusable.push((names[0], error.reason().to_owned()));
                }
            }
        }
        let not_excluded = Matcher::builder().all("http://proxy").no(first(["NO_PROXY", "no_proxy"])).build();
        Routes::System(Box::new(System { matcher, unusable, not_excluded }))
    }

    /// The way to this URL.
    ///
    /// # Errors
    /// `transport.configuration` if the environment names a proxy for it that can't be used.
    pub(super) fn to(&self, url: &Url) -> Result<Route> {
        if url.host_str().is_none_or(is_loopback) {
            return Ok(Route::Direct);
        }
        match self {
            Routes::Direct => Ok(Route::Direct),
            Routes::One => Ok(Route::ByProxy),
            Routes::System(system) => {
                let uri =
                    url.as_str().parse().map_err(|_| configuration("the gateway's URL can't be read"))?;
                if system.matcher.intercept(&uri).is_some() {
                    return Ok(Route::ByProxy);
                }
                let own = if url.scheme() == "https" { "HTTPS_PROXY" } else { "HTTP_PROXY" };
                let named = system.unusable.iter().find(|(name, _)| *name == own || *name == "ALL_PROXY");
                match named {
                    Some((name, why)) if system.not_excluded.intercept(&uri).is_some() => {
                        Err(configuration(format!("{name}: {why}")))
                    }
                    _ => Ok(Route::Direct),
                }
            }
        }
    }
}

/// Checks a proxy's URL; one without a scheme is plain HTTP, as everywhere. The error does not repeat it, since it
/// can hold a password.
pub(super) fn check(proxy: &str) -> Result<Url> {
    let with_scheme = match proxy.contains("://") {
        true => proxy.to_owned(),
        false => format!("http://{proxy}"),
    };
    let url = Url::parse(&with_scheme).map_err(|_| configuration("the proxy is not a URL"))?;
    if !SCHEMES.contains(&url.scheme()) {
        return Err(configuration(
            "the proxy's scheme is none of http, https, socks4, socks4a, socks5 and socks5h",
        ));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(configuration("the proxy's URL names no host"));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GATEWAY: &str = "https://open-sea.example.com/a";

    fn way(routes: &Routes, url: &str) -> Result<Route> {
        routes.to(&read(url).unwrap())
    }

    #[test]
    fn loopback_is_always_direct() {
        let routes = Routes::new(&Proxy::Url("http://proxy.example:3128".into()));
        for url in [
            "http://127.0.0.1:8080/a",
            "http://127.9.8.7/a",
            "https://localhost:1/a",
            "https://LOCALHOST/a",
            "http://[::1]:8080/a",
        ] {
            assert_eq!(way(&routes, url), Ok(Route::Direct), "{url}");
        }
        for url in [GATEWAY, "http://128.0.0.1/a", "http://[::2]/a", "http://localhost.example/a"] {
            assert_eq!(way(&routes, url), Ok(Route::ByProxy), "{url}");
        }
        assert_eq!(way(&Routes::new(&Proxy::None), GATEWAY), Ok(Route::Direct));
    }

    #[test]
    fn a_proxy_that_cannot_work_is_refused() {
        for proxy in [
            "http://p",
            "p:3128",
            "https://u:p@p:1",
            "socks4://p",
            "socks4a://p",
            "socks5://p:1",
            "socks5h://p",
        ] {
            assert!(check(proxy).is_ok(), "{proxy}");
        }
        for proxy in
            ["ftp://p", "socks://p", "socks6://p", "not a url", "http://", "file:///p", "", "http://p:99999"]
        {
            assert_eq!(check(proxy).unwrap_err().code(), "transport.configuration", "{proxy}");
        }
    }

    #[test]
    fn a_useless_variable_is_named_where_it_would_matter() {
        let routes = |pairs: &'static [(&str, &str)]| {
            let variable = |wanted: &str| {
                pairs.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
            };
            Routes::system(variable, Matcher::builder().build())
        };
        let wrong = routes(&[("ALL_PROXY", "ftp://user:secret@p"), ("NO_PROXY", "direct.example")]);
        let error = way(&wrong, GATEWAY).unwrap_err();
        assert_eq!(error.code(), "transport.configuration");
        assert!(
            error.reason().starts_with("ALL_PROXY: ") && !error.to_string().contains("secret"),
            "{error}"
        );
        assert_eq!(way(&wrong, "https://direct.example/a"), Ok(Route::Direct));
        assert_eq!(way(&wrong, "http://127.0.0.1:1/a"), Ok(Route::Direct));
        let other = routes(&[("https_proxy", "ftp://p")]);
        assert_eq!(way(&other, "http://gateway.example/a"), Ok(Route::Direct));
        assert!(way(&other, GATEWAY).is_err());
        assert_eq!(
            way(&routes(&[("ALL_PROXY", "ftp://p"), ("REQUEST_METHOD", "GET")]), GATEWAY),
            Ok(Route::Direct)
        );
        assert_eq!(way(&routes(&[("ALL_PROXY", "")]), GATEWAY), Ok(Route::Direct));
    }
}
