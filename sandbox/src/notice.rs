//! Notifications made by hand, without a payment behind them: correct ones, and wrong ones on purpose. A handler of the
//! notify URL can be tried with them before the first payment.

use std::str::FromStr;

use alipay_instore::keys::SigningKey;
use alipay_instore::signature::Content;
use serde_json::{Map, Value, json};

use crate::Protocol;
use crate::protocol::format_time;

const DAY_MS: i64 = 86_400_000;

/// What a notification says.
#[derive(Clone, Debug)]
pub struct Notice<'a> {
    /// Whose notification it is.
    pub protocol: Protocol,
    /// The merchant's client id.
    pub client_id: &'a str,
    /// The payment that it is about.
    pub payment_request_id: &'a str,
    /// The currency, three letters.
    pub currency: &'a str,
    /// The amount in the currency's smallest unit.
    pub value: &'a str,
    /// The result: paid, or refused by the wallet.
    pub paid: bool,
    /// The path that is signed: that of the notify URL, without its query.
    pub path: &'a str,
    /// When it is sent, in milliseconds since the epoch.
    pub now_ms: i64,
}

/// What can be wrong with a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It has no signature.
    Unsigned,
    /// Somebody else signed it.
    Stranger,
    /// The result was changed after signing.
    Tampered,
    /// It was signed over another path.
    OtherPath,
    /// It was signed for another client id, and names that one.
    OtherClient,
    /// It was signed two days ago.
    Stale,
    /// It will be signed in a day.
    Future,
    /// It is signed, and not JSON.
    NotJson,
    /// It is signed, and a name appears twice in it.
    DuplicateKey,
    /// Its end is missing.
    Cut,
}

impl Wrong {
    /// Every one with its name and what it means.
    pub const ALL: [(Wrong, &'static str, &'static str); 10] = [
        (Wrong::Unsigned, "unsigned", "no signature"),
        (Wrong::Stranger, "stranger", "signed with somebody else's key"),
        (Wrong::Tampered, "tampered", "the body was changed after it was signed"),
        (Wrong::OtherPath, "other_path", "signed over another path"),
        (Wrong::OtherClient, "other_client", "for another client id"),
        (Wrong::Stale, "stale", "signed two days ago"),
        (Wrong::Future, "future", "signed a day ahead"),
        (Wrong::NotJson, "not_json", "signed, and not JSON"),
        (Wrong::DuplicateKey, "duplicate_key", "signed, and a name appears twice"),
        (Wrong::Cut, "cut", "the end of the body is missing"),
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(wrong, ..)| *wrong == self).map_or("", |(_, name, _)| name)
    }
}

/// The text names nothing that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWrong;

impl FromStr for Wrong {
    type Err = UnknownWrong;

    fn from_str(name: &str) -> Result<Self, UnknownWrong> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(wrong, ..)| *wrong).ok_or(UnknownWrong)
    }
}

/// A notification as it is posted.
#[derive(Clone, Debug)]
pub struct Posted {
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body, in UTF-8.
    pub body: String,
}

impl Notice<'_> {
    /// Signs it with the gateway's key, or does what is wrong to it; a stranger's key is for [`Wrong::Stranger`].
    ///
    /// # Errors
    /// `signature.content` and `signature.failed`.
    pub fn post(
        &self,
        gateway: &SigningKey,
        stranger: &SigningKey,
        wrong: Option<Wrong>,
    ) -> alipay_instore::Result<Posted> {
        let time_ms = match wrong {
            Some(Wrong::Stale) => self.now_ms.saturating_sub(DAY_MS * 2),
            Some(Wrong::Future) => self.now_ms.saturating_add(DAY_MS),
            _ => self.now_ms,
        };
        let time = match self.protocol {
            Protocol::Ams => time_ms.to_string(),
            Protocol::AlipayPlus => format_time(time_ms),
        };
        let other_path = format!("{}/other", self.path);
        let other_client = format!("{}9", self.client_id);
        let path = if wrong == Some(Wrong::OtherPath) { other_path.as_str() } else { self.path };
        let client_id =
            if wrong == Some(Wrong::OtherClient) { other_client.as_str() } else { self.client_id };
        let key = if wrong == Some(Wrong::Stranger) { stranger } else { gateway };
        let body = match wrong {
            Some(Wrong::NotJson) => "paymentRequestId=1".to_owned(),
            Some(Wrong::DuplicateKey) => {
                let text = self.text();
                format!("{{\"paymentRequestId\":\"other\",{}", text.strip_prefix('{').unwrap_or(&text))
            }
            _ => self.text(),
        };
        let content = Content { method: "POST", path, client_id, time: &time, body: body.as_bytes() };
        let signature = key.sign(content, 1)?;
        let body = match wrong {
            Some(Wrong::Cut) => {
                let half =
                    body.char_indices().map(|(at, _)| at).find(|at| at.saturating_mul(2) >= body.len());
                body.get(..half.unwrap_or_default()).unwrap_or_default().to_owned()
            }
            Some(Wrong::Tampered) => Notice { paid: !self.paid, ..self.clone() }.text(),
            _ => body,
        };
        let mut headers = vec![
            ("Content-Type", "application/json; charset=UTF-8".to_owned()),
            ("Client-Id", client_id.to_owned()),
            ("Request-Time", time),
        ];
        if wrong != Some(Wrong::Unsigned) {
            headers.push(("Signature", signature));
        }
        Ok(Posted { headers, body })
    }

    fn text(&self) -> String {
        let result = match self.paid {
            true => json!({"resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "success"}),
            false => {
                let message = "the balance of the customer is not enough";
                json!({"resultCode": "USER_BALANCE_NOT_ENOUGH", "resultStatus": "F", "resultMessage": message})
            }
        };
        let amount = json!({"currency": self.currency, "value": self.value});
        let mut body = Map::new();
        let mut put = |name: &str, value: Value| {
            body.insert(name.to_owned(), value);
        };
        put("paymentRequestId", self.payment_request_id.into());
        put("paymentId", "2026000000000000000000000000000000".into());
        put("paymentAmount", amount);
        match self.protocol {
            Protocol::Ams => {
                put("notifyType", "PAYMENT_RESULT".into());
                put("result", result);
                put("paymentCreateTime", format_time(self.now_ms).into());
            }
            Protocol::AlipayPlus => put("paymentResult", result),
        }
        if self.paid {
            put("paymentTime", format_time(self.now_ms).into());
        }
        Value::Object(body).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alipay_instore::Timestamp;

    #[test]
    fn every_name_is_read_back() {
        for (wrong, name, what) in Wrong::ALL {
            assert_eq!((name.parse(), wrong.as_str()), (Ok(wrong), name));
            assert!(!what.is_empty());
        }
        assert_eq!("right".parse::<Wrong>(), Err(UnknownWrong));
    }

    /// By the library's reader of notifications, which is another reading of the documents.
    #[test]
    fn only_the_correct_one_verifies() {
        use alipay_instore::{Gateway, Merchant, keys};
        let key = || SigningKey::load(keys::generate(2048).unwrap().private_pem.as_bytes()).unwrap();
        let (gateway_key, stranger) = (key(), key());
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            let gateway = Gateway::at_url(protocol, "https://gateway.example", false).unwrap();
            let merchant = Merchant::builder(gateway, "C1").signing_key(key());
            let merchant =
                merchant.gateway_keys(gateway_key.verifying_key()).notify_url("/n").build().unwrap();
            let notice = Notice {
                protocol,
                client_id: "C1",
                payment_request_id: "P1",
                currency: "USD",
                value: "1999",
                paid: true,
                path: "/n",
                now_ms: 1_795_303_736_000,
            };
            let read = |wrong| {
                let Posted { headers, body } = notice.post(&gateway_key, &stranger, wrong).unwrap();
                merchant.verify_notification(
                    None,
                    headers,
                    body.as_bytes(),
                    Timestamp::from_millis(notice.now_ms),
                )
            };
            let verified = read(None).unwrap();
            assert_eq!(verified.payment_request_id.as_deref(), Some("P1"));
            for (wrong, name, _) in Wrong::ALL {
                let code = match wrong {
                    Wrong::Unsigned => "signature.missing",
                    Wrong::Stranger | Wrong::Tampered | Wrong::OtherPath | Wrong::Cut => "signature.mismatch",
                    Wrong::OtherClient => "signature.client_id",
                    Wrong::Stale => "notification.stale",
                    Wrong::Future => "notification.future",
                    Wrong::NotJson => "message.not_json",
                    Wrong::DuplicateKey => "message.duplicate_key",
                };
                assert_eq!(read(Some(wrong)).unwrap_err().code(), code, "{name}");
            }
        }
    }
}
