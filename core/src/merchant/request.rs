//! A request as it goes over the wire: URL, headers, body, signed.
//!
//! Any HTTP client can send it. The bytes of the body are the bytes that were signed: a client that writes the
//! JSON once more breaks the signature.

use std::fmt;

use super::Merchant;
use crate::error::Result;
use crate::json::check_size;
use crate::message::{CONTENT_TYPE, time};
use crate::time::Timestamp;

/// A signed request, to be sent with `POST`.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedRequest {
    /// The whole URL.
    pub url: String,
    /// The path of the URL, with its query where there is one: what was signed, and what the signature of the
    /// response is verified with.
    pub path: String,
    /// The headers in the order they are sent. Others can be added; these must stay as they are.
    pub headers: Vec<(&'static str, String)>,
    /// The body, byte for byte as signed.
    pub body: Vec<u8>,
}

impl SignedRequest {
    /// The value of a header, whose name is compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Shows where the request goes and how large it is; a body can hold a payment code, a header the agent token.
impl fmt::Debug for SignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedRequest")
            .field("url", &self.url)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Merchant {
    /// Signs a request for one of the gateway's paths: one of [`Gateway::path`](crate::gateway::Gateway::path)
    /// or [`Gateway::path_of_call`](crate::gateway::Gateway::path_of_call).
    ///
    /// The headers are those of "Alipay, Entry Code Payment, Accept payments": `Client-Id`, `Signature`,
    /// `Content-Type`, `Request-Time` in the protocol's own format, `Accept`, and `Agent-Token` where one is
    /// configured; and a `User-Agent`. `now` is the time of the request.
    ///
    /// # Errors
    /// `gateway.path` for a path that would not arrive as it was signed, or is that of the notify URL, `payment.time`, `message.too_large`,
    /// `signature.failed`.
    pub fn sign_request(
        &self,
        path: &str,
        body: impl Into<Vec<u8>>,
        now: Timestamp,
    ) -> Result<SignedRequest> {
        let body = body.into();
        check_size(&body)?;
        self.refuse_notify_path(path)?;
        let url = self.gateway().url(path)?;
        let request_time = time::request_time(self.protocol(), now)?;
        let signature = self.sign(path, &request_time, &body)?;
        let mut headers = vec![
            ("Client-Id", self.client_id().to_owned()),
            ("Signature", signature),
            ("Content-Type", CONTENT_TYPE.to_owned()),
            ("Request-Time", request_time),
            ("Accept", "application/json".to_owned()),
            ("User-Agent", self.user_agent().to_string()),
        ];
        if let Some(token) = self.agent_token() {
            headers.push(("Agent-Token", token.to_owned()));
        }
        Ok(SignedRequest { url, path: path.to_owned(), headers, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Operation;
    use crate::gateway::Protocol;
    use crate::merchant::fixture::{NOW, builder, merchant, test_file};
    use crate::message::UserAgent;

    const BODY: &str = r#"{"paymentRequestId":"pr-1"}"#;

    fn pay(merchant: &Merchant) -> SignedRequest {
        merchant.sign_request(&merchant.path(Operation::Pay).unwrap(), BODY, NOW).unwrap()
    }

    #[test]
    fn an_ams_request_as_openssl_signs_it() {
        let request = pay(&merchant(Protocol::Ams));
        assert_eq!(request.url, "https://open-sea.alipay.com/ams/sandbox/api/v1/payments/pay");
        assert_eq!(request.path, "/ams/sandbox/api/v1/payments/pay");
        assert_eq!(request.body, BODY.as_bytes());
        let signature =
            format!("algorithm=RSA256,keyVersion=1,signature={}", test_file!("ams_request.signature"));
        let user_agent =
            format!("alipay-instore/{} (Rust {})", env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_RUST_VERSION"));
        let expected = [
            ("Client-Id", "SANDBOX_T_1"),
            ("Signature", signature.as_str()),
            ("Content-Type", "application/json; charset=UTF-8"),
            ("Request-Time", "1685599933871"),
            ("Accept", "application/json"),
            ("User-Agent", user_agent.as_str()),
        ];
        let headers: Vec<_> = request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(headers, expected);
    }

    #[test]
    fn an_alipay_plus_request_as_openssl_signs_it() {
        let request = pay(&merchant(Protocol::AlipayPlus));
        assert_eq!(request.url, "https://open-sea.alipayplus.com/aps/api/v1/payments/pay");
        assert_eq!(request.header("request-time"), Some("2023-06-01T06:12:13.871Z"));
        let signature = format!(
            "algorithm=RSA256,keyVersion=0,signature={}",
            test_file!("alipay_plus_request.signature")
        );
        assert_eq!(request.header("Signature"), Some(signature.as_str()));
    }

    #[test]
    fn agent_token_and_user_agent() {
        let user_agent = UserAgent::new("Python", "3.13.1").unwrap().with("my-till/2.1 (shop 7)").unwrap();
        let merchant = builder(Protocol::Ams).agent_token("token-1").user_agent(user_agent).build().unwrap();
        let request = pay(&merchant);
        assert_eq!(request.header("Agent-Token"), Some("token-1"));
        let expected =
            format!("alipay-instore/{} (Python 3.13.1) my-till/2.1 (shop 7)", env!("CARGO_PKG_VERSION"));
        assert_eq!(request.header("User-Agent"), Some(expected.as_str()));
        for (language, version) in [("", "1"), ("Rust\r\nX: y", "1"), ("R)", "1"), ("Rust", "é")] {
            assert_eq!(UserAgent::new(language, version).unwrap_err().code(), "config.invalid");
        }
        assert_eq!(UserAgent::default().with("a\nb").unwrap_err().code(), "config.invalid");
    }

    #[test]
    fn what_can_not_be_signed() {
        let merchant = merchant(Protocol::Ams);
        let code = |path: &str, size: usize, now| {
            merchant.sign_request(path, vec![b' '; size], now).unwrap_err().code()
        };
        assert_eq!(code("v1/payments/pay", 0, NOW), "gateway.path");
        assert_eq!(code("/ams/api/v1/payments/pay\r\nX: y", 0, NOW), "gateway.path");
        assert_eq!(code("@evil.example.com/pay", 0, NOW), "gateway.path");
        assert_eq!(code("/a", crate::json::MAX_BYTES + 1, NOW), "message.too_large");
        assert_eq!(code("/a", 0, Timestamp::from_millis(i64::MAX)), "payment.time");
    }

    #[test]
    fn debug_shows_no_secret() {
        let request = pay(&builder(Protocol::Ams).agent_token("hunter2").build().unwrap());
        let text = format!("{request:?}");
        assert!(text.contains("body_bytes: 27"), "{text}");
        for secret in ["hunter2", "pr-1", "signature="] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
