//! Several merchants behind one notify URL: which of them a notification is for.

use super::Merchant;
use crate::error::{Error, ErrorCode, Result};
use crate::message::headers::{Headers, printable};
use crate::message::{NotificationKind, VerifiedNotification, check_size};

/// The merchants that one receiver serves.
#[derive(Clone, Debug)]
pub struct Merchants(Vec<Merchant>);

impl Merchants {
    /// Takes the merchants. One client id may be there once for each protocol, as the sandbox serves both.
    ///
    /// # Errors
    /// `config.missing` where there is none, `config.invalid` where one stands twice.
    pub fn new(merchants: impl IntoIterator<Item = Merchant>) -> Result<Self> {
        let merchants: Vec<_> = merchants.into_iter().collect();
        if merchants.is_empty() {
            return Err(Error::new(ErrorCode::ConfigMissing, "there is no merchant").with_path("merchants"));
        }
        let mut seen = std::collections::HashSet::new();
        if let Some(twice) = merchants.iter().find(|m| !seen.insert((m.client_id(), m.protocol()))) {
            let reason = format!("the client id {} stands twice for {}", twice.client_id(), twice.protocol());
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
    /// The header only chooses among the configured merchants: what is verified is the configured id. Without
    /// the header a single merchant is meant. Where the id is there for both protocols, the form of the verified
    /// body decides.
    ///
    /// # Errors
    /// `config.unknown_client` for an id that is not configured, `message.header` where several merchants are
    /// configured and none is named; else as [`Merchant::verify_notification`].
    pub fn verify_notification<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        path: &str,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        now_ms: u64,
    ) -> Result<(Merchant, VerifiedNotification)> {
        check_size(body)?;
        let headers = Headers::read(headers)?;
        // The first that verified counts, else the first error.
        let mut fallback: Option<Result<(Merchant, VerifiedNotification)>> = None;
        for merchant in self.named_by(&headers)? {
            let result = merchant
                .verify_read_notification(path, &headers, body, now_ms)
                .map(|notification| (merchant.clone(), notification));
            match (&result, &fallback) {
                (Ok((_, n)), _) if n.kind == NotificationKind::PaymentResult => return result,
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
