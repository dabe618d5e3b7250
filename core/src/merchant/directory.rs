//! Several merchants behind one notify URL: which of them a notification is for.

use super::Merchant;
use crate::error::{Error, ErrorCode, Result};
use crate::json::check_size;
use crate::merchant::VerifiedNotification;
use crate::message::headers::{Headers, printable};
use crate::reply::NotificationKind;
use crate::time::Timestamp;

/// The merchants that one receiver serves.
#[derive(Clone, Debug)]
pub struct Merchants(Vec<Merchant>);

impl Merchants {
    /// Takes the merchants. One client id may be there once for each protocol, as the sandbox serves both.
    ///
    /// # Errors
    /// `config.missing` where there is none, `config.invalid` where one appears twice.
    pub fn new(merchants: impl IntoIterator<Item = Merchant>) -> Result<Self> {
        let merchants: Vec<_> = merchants.into_iter().collect();
        if merchants.is_empty() {
            return Err(Error::new(ErrorCode::ConfigMissing, "there is no merchant").with_path("merchants"));
        }
        let mut seen = std::collections::HashSet::new();
        if let Some(twice) = merchants.iter().find(|m| !seen.insert((m.client_id(), m.protocol()))) {
            let reason =
                format!("the client id {} appears twice for {}", twice.client_id(), twice.protocol());
            return Err(Error::new(ErrorCode::ConfigInvalid, reason).with_path("merchants"));
        }
        Ok(Merchants(merchants))
    }

    /// The merchants in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Merchant> {
        self.0.iter()
    }

    /// Verifies a notification for the merchant that its `Client-Id` header names, and tells which one that is.
    ///
    /// `notify_url` is that of [`Merchant::verify_notification`]; none stands for the configured one of whichever
    /// merchant it is. The header only chooses among the configured merchants: what is verified is the configured id. Without
    /// the header a single merchant is meant. Where the id is there for both protocols, the form of the verified
    /// body decides.
    ///
    /// # Errors
    /// `config.unknown_client` for an id that is not configured, `message.header` where several merchants are
    /// configured and none is named; else as [`Merchant::verify_notification`].
    pub fn verify_notification<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        notify_url: Option<&str>,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<(Merchant, VerifiedNotification)> {
        check_size(body)?;
        let headers = Headers::read(headers)?;
        // The first that verified counts, else the first error.
        let mut fallback: Option<Result<(Merchant, VerifiedNotification)>> = None;
        for merchant in self.named_by(&headers)? {
            let result = merchant
                .verify_read_notification(notify_url, &headers, body, now)
                .map(|notification| (merchant.clone(), notification));
            match (&result, &fallback) {
                (Ok((_, n)), _) if n.kind != NotificationKind::Other => return result,
                (Ok(_), None | Some(Err(_))) | (Err(_), None) => fallback = Some(result),
                (Ok(_), Some(Ok(_))) | (Err(_), Some(_)) => {}
            }
        }
        fallback.unwrap_or_else(|| Err(unknown(&headers)))
    }

    fn named_by<'a>(&'a self, headers: &'a Headers) -> Result<impl Iterator<Item = &'a Merchant>> {
        let named = match (headers.client_id(), self.0.as_slice()) {
            (Some(named), _) => named,
            (None, [single]) => single.client_id(),
            (None, _) => {
                let reason = "the message has no Client-Id header, and several merchants are configured";
                return Err(Error::new(ErrorCode::MessageHeader, reason));
            }
        };
        if !self.0.iter().any(|merchant| merchant.client_id() == named) {
            return Err(unknown(headers));
        }
        Ok(self.0.iter().filter(move |merchant| merchant.client_id() == named))
    }
}

/// The id comes from a stranger: it is shown only as far as it looks like one.
fn unknown(headers: &Headers) -> Error {
    let named = headers.client_id().and_then(|id| printable(id.as_bytes(), 64));
    let reason = match named {
        Some(id) => format!("the message names the client id {id}"),
        None => "the message names a client id of no valid form".to_owned(),
    };
    Error::new(ErrorCode::ConfigUnknownClient, reason)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{NOW, gateway, gateway_key, merchant_key, signed_by_gateway};
    use super::*;
    use crate::gateway::Protocol;

    const PATH: &str = "/merchant/notify";
    const TIME: &str = "1685599933871";

    fn merchant(protocol: Protocol, client_id: &str) -> Merchant {
        Merchant::builder(gateway(protocol), client_id)
            .signing_key(merchant_key())
            .gateway_keys(gateway_key())
            .build()
            .unwrap()
    }

    /// Signs for one client id, names another or none, and gives id and protocol of the merchant found.
    fn find(
        merchants: &Merchants,
        signed_for: &str,
        named: Option<&str>,
        body: &str,
    ) -> Result<(String, Protocol)> {
        let signature = signed_by_gateway(PATH, signed_for, TIME, body.as_bytes());
        let mut headers = vec![("Signature", signature.as_str()), ("Request-Time", TIME)];
        headers.extend(named.map(|named| ("client-id", named)));
        let (merchant, _) = merchants.verify_notification(Some(PATH), headers, body.as_bytes(), NOW)?;
        Ok((merchant.client_id().to_owned(), merchant.protocol()))
    }

    #[test]
    fn the_header_chooses_and_the_configured_id_verifies() {
        let merchants =
            Merchants::new([merchant(Protocol::Ams, "T_1"), merchant(Protocol::AlipayPlus, "T_2")]).unwrap();
        let find = |signed_for, named| find(&merchants, signed_for, named, "{}");
        assert_eq!(find("T_1", Some("T_1")), Ok(("T_1".to_owned(), Protocol::Ams)));
        assert_eq!(find("T_2", Some("T_2")), Ok(("T_2".to_owned(), Protocol::AlipayPlus)));
        assert_eq!(find("T_1", Some("T_2")).unwrap_err().code(), "signature.mismatch");
        assert_eq!(find("T_3", Some("T_3")).unwrap_err().code(), "config.unknown_client");
        assert_eq!(find("T_1", None).unwrap_err().code(), "message.header");
        let error = find("T_3", Some("T 3\x1b[31m")).unwrap_err();
        assert_eq!(error.code(), "config.unknown_client");
        assert!(!error.to_string().contains('\x1b'));
    }

    #[test]
    fn a_single_merchant_needs_no_header() {
        let merchants = Merchants::new([merchant(Protocol::Ams, "T_1")]).unwrap();
        assert_eq!(find(&merchants, "T_1", None, "{}"), Ok(("T_1".to_owned(), Protocol::Ams)));
        assert_eq!(find(&merchants, "T_2", None, "{}").unwrap_err().code(), "signature.mismatch");
        assert_eq!(find(&merchants, "T_2", Some("T_2"), "{}").unwrap_err().code(), "config.unknown_client");
    }

    #[test]
    fn one_client_id_in_both_protocols() {
        let both = [merchant(Protocol::Ams, "T_1"), merchant(Protocol::AlipayPlus, "T_1")];
        let merchants = Merchants::new(both).unwrap();
        let find = |body| find(&merchants, "T_1", Some("T_1"), body).map(|(_, protocol)| protocol);
        assert_eq!(
            find(r#"{"notifyType":"PAYMENT_RESULT","result":{"resultStatus":"S"}}"#),
            Ok(Protocol::Ams)
        );
        assert_eq!(find(r#"{"notifyType":"REFUND_RESULT","refundStatus":"FAIL"}"#), Ok(Protocol::Ams));
        assert_eq!(find(r#"{"paymentResult":{"resultStatus":"S"}}"#), Ok(Protocol::AlipayPlus));
        assert_eq!(find("{}"), Ok(Protocol::Ams));
        assert_eq!(find("nonsense").unwrap_err().code(), "message.not_json");
    }

    #[test]
    fn each_merchant_has_a_notify_url_of_its_own() {
        let at = |client_id: &str, url: &str| {
            Merchant::builder(gateway(Protocol::Ams), client_id)
                .signing_key(merchant_key())
                .gateway_keys(gateway_key())
                .notify_url(url)
                .build()
                .unwrap()
        };
        let merchants =
            Merchants::new([at("T_1", "https://one.example/n/1"), at("T_2", "https://one.example/n/2")])
                .unwrap();
        let find = |client_id: &str, path: &str| {
            let signature = signed_by_gateway(path, client_id, TIME, b"{}");
            let headers =
                [("Signature", signature.as_str()), ("Request-Time", TIME), ("Client-Id", client_id)];
            let found = merchants.verify_notification(None, headers, b"{}", NOW);
            found.map(|(merchant, notification)| (merchant.client_id().to_owned(), notification.path))
        };
        for (id, path) in [("T_1", "/n/1"), ("T_2", "/n/2")] {
            assert_eq!(find(id, path), Ok((id.to_owned(), path.to_owned())));
        }
        assert_eq!(find("T_1", "/n/2").unwrap_err().code(), "signature.mismatch");
        let without = Merchants::new([merchant(Protocol::Ams, "T_1")]).unwrap();
        let headers = [("Signature", "x"), ("Request-Time", TIME)];
        let error = without.verify_notification(None, headers, b"{}", NOW).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), ("config.missing", Some("notify_url")));
    }

    #[test]
    fn what_is_no_directory() {
        assert_eq!(Merchants::new([]).unwrap_err().code(), "config.missing");
        let twice = [merchant(Protocol::Ams, "T_1"), merchant(Protocol::Ams, "T_1")];
        assert_eq!(Merchants::new(twice).unwrap_err().code(), "config.invalid");
        let merchants = Merchants::new([merchant(Protocol::Ams, "T_1")]).unwrap();
        assert_eq!(merchants.iter().count(), 1);
    }
}
