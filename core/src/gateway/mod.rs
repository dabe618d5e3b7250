//! Which gateway a merchant talks to: the two protocols, their regions, and the paths of their APIs.
//!
//! The path made here is both sent and signed. What travels over it is the business of `message`, and who
//! opens the connection that of the client.

mod base_url;
mod call;
mod operation;
mod protocol;

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorCode, Result};
pub use crate::words::{Operation, Protocol, Region};
use base_url::BaseUrl;
#[cfg(feature = "http")]
pub(crate) use base_url::is_loopback;

/// Whether a client id belongs to the sandbox: those start with `SANDBOX_`.
///
/// Alipay's SDKs choose the sandbox path of AMS only by this prefix.
pub fn is_sandbox_client(client_id: &str) -> bool {
    client_id.starts_with("SANDBOX_")
}

impl Region {
    /// The gateway's base URL, by the pages "Alipay, API overview" and "Alipay+, API overview".
    fn base_url(self, protocol: Protocol) -> Option<&'static str> {
        Some(match (protocol, self) {
            (Protocol::Ams, Region::Na) => "https://open-na.alipay.com",
            (Protocol::Ams, Region::NaGlobal) => "https://open-na-global.alipay.com",
            (Protocol::Ams, Region::Sea) => "https://open-sea.alipay.com",
            (Protocol::Ams, Region::SeaGlobal) => "https://open-sea-global.alipay.com",
            (Protocol::Ams, Region::Eu) => "https://open-eu.alipay.com",
            // The accelerated address of Europe is named after Germany.
            (Protocol::Ams, Region::EuGlobal) => "https://open-de-global.alipay.com",
            (Protocol::Ams, Region::Us) => "https://open.antglobal-us.com",
            (Protocol::AlipayPlus, Region::Na) => "https://open-na.alipayplus.com",
            (Protocol::AlipayPlus, Region::NaGlobal) => "https://open-na-global.alipayplus.com",
            (Protocol::AlipayPlus, Region::Sea) => "https://open-sea.alipayplus.com",
            (Protocol::AlipayPlus, Region::SeaGlobal) => "https://open-sea-global.alipayplus.com",
            (Protocol::AlipayPlus, Region::Eu | Region::EuGlobal | Region::Us) => return None,
        })
    }
}

impl FromStr for Region {
    type Err = Error;

    /// Reads a region's name; anything else is `gateway.region`.
    fn from_str(text: &str) -> Result<Self> {
        Region::from_word(text)
            .ok_or_else(|| Error::new(ErrorCode::GatewayRegion, "there is no gateway of this name"))
    }
}

/// One gateway: its protocol and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Gateway {
    protocol: Protocol,
    base: BaseUrl,
}

impl Gateway {
    /// The documented gateway of a region.
    ///
    /// # Errors
    /// `gateway.region` for a region that the protocol does not have: Alipay+ has no `eu` and no `us`.
    pub fn of_region(protocol: Protocol, region: Region) -> Result<Self> {
        let url = region.base_url(protocol).ok_or_else(|| {
            Error::new(ErrorCode::GatewayRegion, format!("{protocol} has no gateway in {}", region.as_str()))
                .with_hint(
                    "Alipay+ serves na, na_global, sea and sea_global; Europe uses sea, the United States na",
                )
        })?;
        Ok(Gateway { protocol, base: BaseUrl::parse(url, false)? })
    }

    /// A gateway at another address: the one named in the developer centre, a proxy of one's own, a test.
    ///
    /// The URL is `https://host`, with a port and a path where there are any. **A path of the base URL is part
    /// of the path that is signed**, since the gateway verifies the path that reaches it: a proxy must hand it
    /// on as it is. Plain `http` is for the loopback interface (`localhost`, `127.0.0.0/8`, `[::1]`), and for
    /// other hosts only with `allow_http`.
    ///
    /// # Errors
    /// `gateway.url` for a URL with user, query, fragment or anything that a client would rewrite before
    /// sending; `gateway.insecure` for plain http to another host.
    pub fn at_url(protocol: Protocol, url: &str, allow_http: bool) -> Result<Self> {
        Ok(Gateway { protocol, base: BaseUrl::parse(url, allow_http)? })
    }

    /// A gateway by the name of its region or by its URL, as settings hold either.
    ///
    /// # Errors
    /// Those of [`Gateway::of_region`] and [`Gateway::at_url`].
    pub fn from_setting(protocol: Protocol, text: &str, allow_http: bool) -> Result<Self> {
        match text.contains(':') {
            true => Gateway::at_url(protocol, text, allow_http),
            false => Gateway::of_region(protocol, text.parse()?),
        }
    }

    /// The protocol spoken there.
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// The base URL without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.base.as_str()
    }

    /// Whether the gateway is on this machine.
    pub fn is_loopback(&self) -> bool {
        self.base.is_loopback()
    }

    /// The path that the APIs of this client id lie below, such as `/ams/sandbox/api/v1`.
    ///
    /// AMS serves client ids that start with `SANDBOX_` below a path of their own; Alipay+ keeps its path.
    pub fn api_prefix(&self, client_id: &str) -> String {
        format!("{}{}/v1", self.base.path(), self.protocol.api_root(client_id))
    }

    /// The path of an operation, such as `/ams/api/v1/payments/pay`: sent and signed alike.
    ///
    /// # Errors
    /// `gateway.path` for an operation that the gateway does not have: see [`Protocol::api_name`].
    pub fn path(&self, client_id: &str, operation: Operation) -> Result<String> {
        let name = self.protocol.api_name(operation).ok_or_else(|| {
            Error::new(ErrorCode::GatewayPath, format!("{} has no API for {operation:?}", self.protocol))
                .with_hint("inquire a refund in Alipay+ by sending the same refund again")
        })?;
        Ok(format!("{}/payments/{name}", self.api_prefix(client_id)))
    }

    /// The path of any other API.
    ///
    /// `v1/payments/inquiryPayment` is completed by the protocol's own prefix; a path that starts with a slash
    /// is taken as the documents print it, below the base URL, and follows the sandbox rule of AMS too. A query
    /// belongs to the path and is signed with it.
    ///
    /// # Errors
    /// `gateway.path` for another host or scheme, for `.` and `..`, for line breaks, and for every character
    /// that a client would rewrite before sending, since then another path than the signed one would arrive.
    pub fn path_of_call(&self, client_id: &str, call: &str) -> Result<String> {
        call::path(self.base.path(), self.protocol.api_root(client_id), call)
    }

    /// The URL of a path that [`Gateway::path`] or [`Gateway::path_of_call`] gave.
    ///
    /// # Errors
    /// `gateway.path` for a path without a slash at its start, or one that a client would rewrite.
    pub fn url(&self, path: &str) -> Result<String> {
        call::check(path)?;
        Ok(format!("{}{path}", self.base.origin()))
    }
}

impl fmt::Display for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.protocol, self.base_url())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SANDBOX: &str = "SANDBOX_5YC47N2ZQHJ004124";

    #[test]
    fn regions_have_the_documented_addresses() {
        let url = |protocol, name: &str| {
            name.parse()
                .and_then(|region| Gateway::of_region(protocol, region))
                .map(|g| g.base_url().to_owned())
        };
        for (name, host) in [
            ("na", "open-na"),
            ("na_global", "open-na-global"),
            ("sea", "open-sea"),
            ("sea_global", "open-sea-global"),
            ("eu", "open-eu"),
            ("eu_global", "open-de-global"),
        ] {
            assert_eq!(url(Protocol::Ams, name).unwrap(), format!("https://{host}.alipay.com"));
            match name.starts_with("eu") {
                true => assert_eq!(url(Protocol::AlipayPlus, name).unwrap_err().code(), "gateway.region"),
                false => {
                    assert_eq!(
                        url(Protocol::AlipayPlus, name).unwrap(),
                        format!("https://{host}.alipayplus.com")
                    );
                }
            }
        }
        assert_eq!(url(Protocol::Ams, "us").unwrap(), "https://open.antglobal-us.com");
        assert_eq!(url(Protocol::AlipayPlus, "us").unwrap_err().code(), "gateway.region");
        for &region in Region::ALL {
            assert_eq!(region.as_str().parse(), Ok(region));
        }
        for name in ["", "US", "EU", "asia", "sea-global", " sea"] {
            assert_eq!(url(Protocol::Ams, name).unwrap_err().code(), "gateway.region", "{name}");
        }
    }

    #[test]
    fn paths_by_protocol_and_client() {
        let ams = Gateway::of_region(Protocol::Ams, Region::Sea).unwrap();
        let plus = Gateway::of_region(Protocol::AlipayPlus, Region::Sea).unwrap();
        assert_eq!(ams.path("T_111222333", Operation::Pay).unwrap(), "/ams/api/v1/payments/pay");
        assert_eq!(ams.path(SANDBOX, Operation::Pay).unwrap(), "/ams/sandbox/api/v1/payments/pay");
        assert_eq!(ams.path("T_1", Operation::Inquiry).unwrap(), "/ams/api/v1/payments/inquiryPayment");
        assert_eq!(ams.path("T_1", Operation::Cancel).unwrap(), "/ams/api/v1/payments/cancel");
        assert_eq!(ams.path("T_1", Operation::Refund).unwrap(), "/ams/api/v1/payments/refund");
        assert_eq!(ams.path("T_1", Operation::RefundInquiry).unwrap(), "/ams/api/v1/payments/inquiryRefund");
        assert_eq!(plus.path(SANDBOX, Operation::Pay).unwrap(), "/aps/api/v1/payments/pay");
        assert_eq!(plus.path(SANDBOX, Operation::Cancel).unwrap(), "/aps/api/v1/payments/cancelPayment");
        assert_eq!(plus.path("T_1", Operation::RefundInquiry).unwrap_err().code(), "gateway.path");
        assert_eq!(ams.path("T_1", Operation::Notify).unwrap_err().code(), "gateway.path");
        // The prefix counts only at the start.
        assert_eq!(ams.api_prefix("X_SANDBOX_1"), "/ams/api/v1");
        for path in ["", "x", "@evil.example.com/x", ".evil.example.com/x", "//x", "/a\r\nX: y"] {
            assert_eq!(ams.url(path).unwrap_err().code(), "gateway.path");
        }
        assert_eq!(
            ams.url("/ams/api/v1/payments/pay").unwrap(),
            "https://open-sea.alipay.com/ams/api/v1/payments/pay"
        );
    }

    #[test]
    fn a_base_path_is_sent_and_signed() {
        let gateway =
            Gateway::at_url(Protocol::Ams, "https://egress.example.com:8443/alipay/", false).unwrap();
        let path = gateway.path("T_1", Operation::Pay).unwrap();
        assert_eq!(path, "/alipay/ams/api/v1/payments/pay");
        assert_eq!(
            gateway.url(&path).unwrap(),
            "https://egress.example.com:8443/alipay/ams/api/v1/payments/pay"
        );
        assert_eq!(
            gateway.path_of_call(SANDBOX, "/ams/api/v1/payments/pay").unwrap(),
            "/alipay/ams/sandbox/api/v1/payments/pay"
        );
    }

    #[test]
    fn settings_hold_a_region_or_a_url() {
        let gateway = Gateway::from_setting(Protocol::AlipayPlus, "na_global", false).unwrap();
        assert_eq!(gateway.base_url(), "https://open-na-global.alipayplus.com");
        let gateway = Gateway::from_setting(Protocol::Ams, "http://127.0.0.1:8080", false).unwrap();
        assert!(gateway.is_loopback());
        assert_eq!(gateway.to_string(), "ams at http://127.0.0.1:8080");
        assert_eq!(Gateway::from_setting(Protocol::Ams, "mars", false).unwrap_err().code(), "gateway.region");
        assert_eq!(
            Gateway::from_setting(Protocol::Ams, "ftp://example.com", false).unwrap_err().code(),
            "gateway.url"
        );
    }

    #[test]
    fn protocol_names() {
        assert_eq!("ams".parse::<Protocol>().unwrap(), Protocol::Ams);
        assert_eq!("alipay_plus".parse::<Protocol>().unwrap(), Protocol::AlipayPlus);
        assert_eq!("AMS".parse::<Protocol>().unwrap_err().code(), "config.invalid");
    }

    /// What arrives must be what was signed: a client's own URL parser may change nothing.
    #[cfg(feature = "http")]
    mod a_client_sends_what_was_signed {
        use super::*;
        use proptest::prelude::*;

        fn check(gateway: &Gateway, path: &str) {
            let url = reqwest::Url::parse(&gateway.url(path).unwrap()).unwrap();
            let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
            assert_eq!(format!("{}{query}", url.path()), path);
            let base = reqwest::Url::parse(gateway.base_url()).unwrap();
            assert_eq!(
                (url.scheme(), url.host_str(), url.port()),
                (base.scheme(), base.host_str(), base.port())
            );
            assert!(url.username().is_empty() && url.password().is_none() && url.fragment().is_none());
        }

        proptest! {
            #[test]
            fn whatever_call_is_taken(call in "(/|v1/|/ams/api/v1/)?[a-z./?%#@:&= \\\\'\"-~é\r\n\t]{0,12}") {
                let gateway = Gateway::of_region(Protocol::Ams, Region::Sea).unwrap();
                if let Ok(path) = gateway.path_of_call(SANDBOX, &call) {
                    check(&gateway, &path);
                }
            }

            #[test]
            fn whatever_base_url_is_taken(rest in "[a-b0-2xX.:/@?#%\\\\\\[\\]_~é \r\n-]{0,14}") {
                if let Ok(gateway) = Gateway::at_url(Protocol::Ams, &format!("https://{rest}"), false) {
                    check(&gateway, &gateway.path("T_1", Operation::Pay).unwrap());
                }
            }
        }
    }
}
