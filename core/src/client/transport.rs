//! HTTP, and nothing of payments: one signed request out, the bytes of the answer back, or what is known of the
//! failure. One transport, with its pool of connections, serves many merchants.

use std::time::Duration;

use reqwest::{Certificate, Proxy, redirect, retry};

use crate::error::{Error, ErrorCode, Result};
use crate::message::SignedRequest;
use crate::message::json::MAX_BYTES;
use crate::payment::Certainty;

/// How a transport reaches the gateways. TLS is always verified.
#[derive(Clone, Debug)]
pub struct TransportOptions {
    /// How long a connection may take to come about.
    pub connect_timeout: Duration,
    /// A proxy, such as `http://proxy.example:3128`; without one those of the environment are used.
    pub proxy: Option<String>,
    /// Certificate authorities to trust besides the system's, as PEM.
    pub extra_root_certificates: Vec<Vec<u8>>,
}

impl Default for TransportOptions {
    fn default() -> Self {
        TransportOptions {
            connect_timeout: Duration::from_secs(3),
            proxy: None,
            extra_root_certificates: Vec::new(),
        }
    }
}

/// A pool of connections.
#[derive(Clone, Debug)]
pub struct Transport(reqwest::Client);

/// An answer as it arrived; not verified.
pub(super) struct RawReply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
}

/// A request without a usable answer.
pub(super) struct Failure {
    pub(super) certainty: Certainty,
    pub(super) error: Error,
}

impl Transport {
    /// Makes a pool.
    ///
    /// The system's certificate authorities are trusted; where it has none, as in small images, those of the
    /// Mozilla programme, which are part of the library.
    ///
    /// # Errors
    /// `transport.configuration` for a proxy or a certificate that can't be used.
    pub fn new(options: &TransportOptions) -> Result<Self> {
        let mut extra = Vec::new();
        for pem in &options.extra_root_certificates {
            let certificates =
                Certificate::from_pem_bundle(pem).map_err(|_| wrong("a certificate is no PEM"))?;
            if certificates.is_empty() {
                return Err(wrong("a text that should hold a certificate holds none"));
            }
            extra.extend(certificates);
        }
        let builder = || -> Result<reqwest::ClientBuilder> {
            let builder = reqwest::Client::builder()
                .connect_timeout(options.connect_timeout)
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                .http1_only()
                .referer(false);
            Ok(match &options.proxy {
                Some(proxy) => builder.proxy(Proxy::all(proxy).map_err(|_| wrong("the proxy is no URL"))?),
                None => builder,
            })
        };
        if let Ok(client) = builder()?.tls_certs_merge(extra.clone()).build() {
            return Ok(Transport(client));
        }
        let mut bundled = Vec::new();
        for root in webpki_root_certs::TLS_SERVER_ROOT_CERTS {
            bundled.push(Certificate::from_der(root).map_err(|_| wrong("a bundled certificate is damaged"))?);
        }
        bundled.extend(extra);
        let client = builder()?.tls_certs_only(bundled).build();
        client.map(Transport).map_err(|_| wrong("the proxy or the certificates can't be used"))
    }

    /// Posts a request once; no layer repeats it.
    pub(super) async fn post(&self, request: SignedRequest) -> Result<RawReply, Failure> {
        let mut builder = self.0.post(&request.url);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        let mut response = builder.body(request.body).send().await.map_err(|error| failure(&error))?;
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
            .collect();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + chunk.len() > MAX_BYTES {
                let error =
                    Error::new(ErrorCode::MessageTooLarge, "the answer is larger than a message may be");
                return Err(Failure { certainty: Certainty::Unknown, error });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(RawReply { status, headers, body })
    }
}

/// Only a connection that never came about is known to have carried nothing.
fn failure(error: &reqwest::Error) -> Failure {
    let (certainty, code, reason) = if error.is_connect() || error.is_builder() {
        (Certainty::NotSent, ErrorCode::TransportNotSent, "no connection to the gateway came about")
    } else if error.is_timeout() {
        (Certainty::Unknown, ErrorCode::TransportTimeout, "the gateway did not answer in time")
    } else {
        (Certainty::Unknown, ErrorCode::TransportBroken, "the connection broke before the answer was whole")
    };
    Failure { certainty, error: Error::new(code, reason) }
}

fn wrong(reason: &str) -> Error {
    Error::new(ErrorCode::TransportConfiguration, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_settings_are_named() {
        let with = |options: TransportOptions| Transport::new(&options).err().map(|error| error.code());
        assert_eq!(with(TransportOptions::default()), None);
        let proxy = Some("not a url".to_owned());
        assert_eq!(with(TransportOptions { proxy, ..Default::default() }), Some("transport.configuration"));
        let extra_root_certificates = vec![b"no pem".to_vec()];
        let options = TransportOptions { extra_root_certificates, ..Default::default() };
        assert_eq!(with(options), Some("transport.configuration"));
    }
}
