//! What the handler of the notify URL answers: the acknowledgement, or the refusal that makes the gateway send
//! the notification again.
//!
//! An acknowledgement ends the resending for good. So it is made only after the store has returned; everything
//! that went wrong before is answered with a refusal.

use std::borrow::Borrow;
use std::fmt;

use super::{Merchant, VerifiedNotification};
use crate::error::{Category, Error, ErrorCode, Result};
use crate::gateway::Protocol;
use crate::json::{Json, Object};
use crate::message::CONTENT_TYPE;
use crate::message::notify_url::refuse_gateway_path;
use crate::time::Timestamp;

/// An answer to a notification, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Acknowledgement {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body, byte for byte as signed.
    pub body: &'static [u8],
}

/// The body that "Alipay, Entry Code Payment, Accept payments" prints, on one line.
const SUCCESS: &[u8] = br#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}"#;

/// What Alipay's own SDK for Java answers when a notification does not verify.
const UNKNOWN: &[u8] =
    br#"{"result":{"resultCode":"UNKNOWN_EXCEPTION","resultStatus":"U","resultMessage":"unknown exception"}}"#;

impl Acknowledgement {
    /// `{"status":…,"headers":{…},"body":…}`
    pub fn to_json(&self) -> Object {
        let headers = self.headers.iter();
        let headers =
            headers.fold(Object::new(), |headers, (name, value)| headers.with(*name, value.as_str()));
        Object::new()
            .with("status", Json::Number(self.status.to_string()))
            .with("headers", headers)
            .with("body", String::from_utf8_lossy(self.body).into_owned())
    }

    /// Answers a notification that could not be verified or stored, so that the gateway sends it again.
    ///
    /// Both the body and the status say so, for a gateway that reads either: `U`, and 413 for a body too large,
    /// 400 for a message that can't be trusted or read, 500 for a fault on this side (store, settings, library),
    /// which a monitor of the host should see. The error's text is not told to a stranger, and nothing is
    /// signed for one.
    pub fn refuse(error: &Error) -> Self {
        let status = match (error.code(), error.category()) {
            (ErrorCode::MessageTooLarge, _) => 413,
            (ErrorCode::ConfigUnknownClient, _) | (_, Category::Message | Category::Signature) => 400,
            _ => 500,
        };
        Acknowledgement { status, headers: vec![("Content-Type", CONTENT_TYPE.to_owned())], body: UNKNOWN }
    }

    /// Whether it ends the resending.
    pub fn is_success(&self) -> bool {
        self.status == 200
    }
}

impl fmt::Debug for Acknowledgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Acknowledgement").field("status", &self.status).finish_non_exhaustive()
    }
}

impl Merchant {
    /// Acknowledges a notification that was verified and **stored**, whatever payment result it brought.
    ///
    /// `path` is [`VerifiedNotification::path`]: the acknowledgement is signed over what the notification was signed
    /// over. `now` is its time. AMS wants no
    /// signature ("Alipay, Entry Code Payment, Accept payments") and takes one; Alipay+ demands it
    /// ("Alipay+, notifyPayment"), so there it is always signed.
    ///
    /// # Errors
    /// `config.notify_url` for a path without a slash at its start or one of the gateway's own, `payment.time`,
    /// `signature.content`, `signature.failed`.
    pub fn acknowledge(&self, path: &str, now: Timestamp, signed: bool) -> Result<Acknowledgement> {
        if !path.starts_with('/') {
            let reason = "the path of the notify URL does not start with a slash";
            return Err(Error::new(ErrorCode::ConfigNotifyUrl, reason));
        }
        refuse_gateway_path(path)?;
        let response_time = now.to_rfc3339()?;
        let mut headers =
            vec![("Content-Type", CONTENT_TYPE.to_owned()), ("Client-Id", self.client_id().to_owned())];
        if signed || self.protocol() == Protocol::AlipayPlus {
            headers.push(("Signature", self.sign(path, &response_time, SUCCESS)?));
        }
        headers.push(("Response-Time", response_time));
        Ok(Acknowledgement { status: 200, headers, body: SUCCESS })
    }

    /// What the handler of the notify URL answers, given how verifying and storing went: the acknowledgement,
    /// signed in both protocols, or the refusal.
    pub fn answer<T: Borrow<VerifiedNotification>>(
        &self,
        now: Timestamp,
        stored: &Result<T>,
    ) -> Acknowledgement {
        let answer = match stored {
            Ok(notification) => self.acknowledge(&notification.borrow().path, now, true),
            Err(error) => return Acknowledgement::refuse(error),
        };
        answer.unwrap_or_else(|error| Acknowledgement::refuse(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::VerifyingKey;
    use crate::merchant::fixture::{CLIENT_ID, NOW, merchant, signed_by_gateway, test_file};
    use crate::signature::Content;

    const PATH: &str = "/merchant/notify";

    fn header<'a>(answer: &'a Acknowledgement, name: &str) -> Option<&'a str> {
        answer.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    #[test]
    fn signed_as_openssl_signs_it() {
        for (protocol, version) in [(Protocol::Ams, 1), (Protocol::AlipayPlus, 0)] {
            let answer = merchant(protocol).acknowledge(PATH, NOW, true).unwrap();
            let signature = format!(
                "algorithm=RSA256,keyVersion={version},signature={}",
                test_file!("acknowledgement.signature")
            );
            assert_eq!(answer.status, 200);
            assert_eq!(
                answer.body,
                br#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}"#
            );
            assert_eq!(header(&answer, "Signature"), Some(signature.as_str()));
            assert_eq!(header(&answer, "Response-Time"), Some("2023-06-01T06:12:13.871Z"));
            assert_eq!(header(&answer, "Client-Id"), Some("SANDBOX_T_1"));
            assert_eq!(header(&answer, "Content-Type"), Some("application/json; charset=UTF-8"));
        }
    }

    #[test]
    fn only_ams_takes_an_unsigned_one() {
        let ams = merchant(Protocol::Ams).acknowledge(PATH, NOW, false).unwrap();
        assert_eq!(header(&ams, "Signature"), None);
        let plus = merchant(Protocol::AlipayPlus).acknowledge(PATH, NOW, false).unwrap();
        assert!(header(&plus, "Signature").is_some());
    }

    #[test]
    fn what_can_not_be_acknowledged() {
        let merchant = merchant(Protocol::Ams);
        let code = |path: &str, now| merchant.acknowledge(path, now, true).unwrap_err().code();
        assert_eq!(code("merchant/notify", NOW), "config.notify_url");
        assert_eq!(code("/ams/api/v1/payments/pay", NOW), "config.notify_url");
        assert_eq!(code("/a\nb", NOW), "signature.content");
        assert_eq!(code(PATH, Timestamp::from_millis(i64::MAX)), "payment.time");
    }

    #[test]
    fn a_refusal_asks_for_a_resend_and_tells_nothing() {
        for (code, status) in [
            (ErrorCode::SignatureMismatch, 400),
            (ErrorCode::SignatureMissing, 400),
            (ErrorCode::MessageDuplicateKey, 400),
            (ErrorCode::NotificationStale, 400),
            (ErrorCode::ConfigUnknownClient, 400),
            (ErrorCode::MessageTooLarge, 413),
            (ErrorCode::StoreFailed, 500),
            (ErrorCode::StoreConflict, 500),
            (ErrorCode::ConfigMissing, 500),
            (ErrorCode::InternalPanic, 500),
        ] {
            let answer = Acknowledgement::refuse(&Error::new(code, "secret reason"));
            assert_eq!(answer.status, status, "{}", code.as_str());
            assert!(!answer.is_success());
            let body = crate::json::Object::parse(answer.body).unwrap();
            assert_eq!(body.object("result").unwrap().text("resultStatus").unwrap(), "U");
            assert_eq!(body.object("result").unwrap().text("resultCode").unwrap(), "UNKNOWN_EXCEPTION");
            assert_eq!(header(&answer, "Signature"), None);
        }
    }

    #[test]
    fn the_handler_has_one_call() {
        let merchant = merchant(Protocol::Ams);
        let body = test_file!("notification.json").as_bytes();
        let time = "2023-06-01T14:12:14.253+08:00";
        let key = VerifyingKey::load(test_file!("merchant_public_key.pem")).unwrap();
        // The acknowledgement is signed over the path that the notification was signed over.
        for signed_over in [PATH, "/merchant/notify?shop=7"] {
            let signature = signed_by_gateway(signed_over, CLIENT_ID, time, body);
            let headers = [("Request-Time", time), ("Signature", &signature)];
            let notify_url = Some("https://shop.example/merchant/notify?shop=7");
            let stored = merchant.verify_notification(notify_url, headers, body, NOW);
            assert_eq!(stored.as_ref().unwrap().signed_with_query, signed_over != PATH);
            let answer = merchant.answer(NOW, &stored);
            assert!(answer.is_success());
            let content = Content {
                method: "POST",
                path: signed_over,
                client_id: CLIENT_ID,
                time: "2023-06-01T06:12:13.871Z",
                body: answer.body,
            };
            key.verify(header(&answer, "Signature").unwrap(), content).unwrap();
            assert_eq!(merchant.answer(Timestamp::from_millis(i64::MAX), &stored).status, 500);
        }
        let failed: Result<VerifiedNotification> = Err(Error::new(ErrorCode::StoreFailed, "disk full"));
        assert_eq!(merchant.answer(NOW, &failed).status, 500);
    }
}
