//! HTTP, and nothing of payments: one signed request out, the bytes of the answer back, or what is known of the
//! failure. One transport, with its pool of connections, serves many merchants.

mod failure;
mod options;
mod pool;
mod roots;
mod route;

use std::sync::Arc;

pub(super) use failure::Failure;
pub use options::{Proxy, Roots, TransportOptions};
use pool::Pool;
use reqwest::Url;
use reqwest::header::HeaderMap;
pub(super) use route::Route as Way;
use route::Route;

use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Gateway;
use crate::json::MAX_BYTES;
use crate::merchant::SignedRequest;
use crate::payment::Certainty;

/// A pool of connections. Cheap to clone; clones share the pool.
#[derive(Clone)]
pub struct Transport(Arc<Pool>);

/// An answer as it arrived; not verified.
pub(super) struct RawReply {
    pub(super) status: u16,
    headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl RawReply {
    pub(super) fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }
}

impl Transport {
    /// Makes a pool. Environment variables and files are read now, not later.
    ///
    /// # Errors
    /// `transport.configuration` for a proxy, a certificate or a file of certificates that can't be used.
    pub fn new(options: &TransportOptions) -> Result<Self> {
        Pool::new(options).map(|pool| Transport(Arc::new(pool)))
    }

    /// Whether this gateway can be reached at all by these settings.
    ///
    /// # Errors
    /// `transport.configuration` if the environment names a proxy for it that can't be used.
    pub(super) fn check(&self, gateway: &Gateway) -> Result<()> {
        self.way_to(gateway).map(drop)
    }

    /// The way that requests to this gateway take.
    ///
    /// # Errors
    /// `transport.configuration` if the environment names a proxy for it that can't be used.
    pub(super) fn way_to(&self, gateway: &Gateway) -> Result<Way> {
        self.0.route(gateway.base_url()).map(|(_, route)| route)
    }

    /// Posts a request once; no layer repeats it. When `doubt` ends before the answer, the request goes on, but the
    /// idle connections are given up: the next request must not wait on another one like it.
    pub(super) async fn post(
        &self,
        request: SignedRequest,
        doubt: impl Future<Output = ()>,
    ) -> Result<RawReply, Failure> {
        let (url, route) = self.0.route(&request.url).map_err(Failure::not_sent)?;
        let (http, mut lease) = self.0.lease(route);
        let exchange = exchange(http, url, request, route);
        tokio::pin!(exchange);
        let result = tokio::select! {
            biased;
            result = &mut exchange => result,
            () = doubt => {
                lease.give_up();
                exchange.await
            }
        };
        match &result {
            Err(failure) if failure.certainty == Certainty::Unknown => lease.give_up(),
            _ => lease.keep(),
        }
        result
    }
}

async fn exchange(
    http: reqwest::Client,
    url: Url,
    request: SignedRequest,
    route: Route,
) -> Result<RawReply, Failure> {
    let failed = |error: reqwest::Error| failure::of(error, route);
    let mut builder = http.post(url);
    for (name, value) in &request.headers {
        builder = builder.header(*name, value);
    }
    let mut response = builder.body(request.body).send().await.map_err(failed)?;
    let status = response.status().as_u16();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len() + chunk.len() > MAX_BYTES {
            let reason = "the answer is larger than a message may be";
            return Err(Failure::unknown(ErrorCode::MessageTooLarge, reason));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(RawReply { status, headers, body })
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transport").finish_non_exhaustive()
    }
}

fn configuration(reason: impl Into<String>) -> Error {
    Error::new(ErrorCode::TransportConfiguration, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_settings_are_named() {
        let with =
            |options: TransportOptions| Transport::new(&options).err().map(|error| error.code().as_str());
        let wrong = Some("transport.configuration");
        assert_eq!(with(TransportOptions::default()), None);
        for url in ["not a url", "ftp://proxy.example", "socks6://proxy.example:1080"] {
            let proxy = Proxy::Url(url.to_owned());
            assert_eq!(with(TransportOptions { proxy, ..Default::default() }), wrong, "{url}");
        }
        for proxy in [Proxy::None, Proxy::Url("socks5h://u:p@proxy.example:1080".to_owned())] {
            assert_eq!(with(TransportOptions { proxy, ..Default::default() }), None);
        }
        let damaged = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        for pem in [&b"no pem"[..], b"", damaged] {
            let extra_root_certificates = vec![pem.to_vec()];
            let options = TransportOptions { extra_root_certificates, ..Default::default() };
            assert_eq!(with(options), wrong);
            let roots = Roots::Only(vec![pem.to_vec()]);
            assert_eq!(with(TransportOptions { roots, ..Default::default() }), wrong);
        }
        let roots = Roots::Path("/nowhere/ca.pem".into());
        assert_eq!(with(TransportOptions { roots, ..Default::default() }), wrong);
        assert_eq!(with(TransportOptions { roots: Roots::Only(Vec::new()), ..Default::default() }), wrong);
    }
}
