//! A response, trusted only once its signature has been verified over the bytes that arrived.
//!
//! The HTTP status plays no part: whoever can change a message on its way can change its status too. What the
//! body says about a payment is left to `api`.

use std::fmt;

use super::Merchant;
use crate::error::{Error, ErrorCode, Result};
use crate::json::{Json, Object, check_size};
use crate::message::headers::Headers;
use crate::message::{time, unverified_result_code};
use crate::time::Timestamp;

/// A response of the gateway whose signature is good.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiedResponse {
    /// The body.
    pub body: Object,
    /// Some text of the body was not UTF-8 and was replaced; what decides about a payment is ASCII and was read.
    pub text_replaced: bool,
    /// The version under which the gateway's key that verified it is configured; none where a single key is.
    pub key_version: Option<u32>,
    /// The `Response-Time` header as received.
    pub time: String,
    /// The instant that it names; none where it has no documented form, which is no reason to refuse
    /// the answer. How old an answer may be is decided with [`GatewayTime`](crate::gateway_time::GatewayTime).
    pub signed_at: Option<Timestamp>,
    /// The gateway's own identifier of the exchange, for its support.
    pub tracer_id: Option<String>,
}

impl VerifiedResponse {
    /// `{"body":{…},"text_replaced":…,"key_version":…,"time":…,"signed_at":…,"tracer_id":…}`; what is not known is `null`.
    pub fn to_json(&self) -> Object {
        let number = |number: Option<String>| number.map_or(Json::Null, Json::Number);
        Object::new()
            .with("body", self.body.clone())
            .with("text_replaced", Json::Bool(self.text_replaced))
            .with("key_version", number(self.key_version.map(|version| version.to_string())))
            .with("time", self.time.as_str())
            .with("signed_at", number(self.signed_at.map(|at| at.as_millis().to_string())))
            .with("tracer_id", self.tracer_id.as_deref().map_or(Json::Null, Json::from))
    }
}

/// Shows everything but the body, which can hold data of the customer.
impl fmt::Debug for VerifiedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedResponse")
            .field("key_version", &self.key_version)
            .field("time", &self.time)
            .field("tracer_id", &self.tracer_id)
            .finish_non_exhaustive()
    }
}

impl Merchant {
    /// Verifies the response to a request of this path: [`SignedRequest::path`](super::SignedRequest::path).
    ///
    /// Headers are pairs of name and value from any HTTP library, names in any case. The body is the bytes that
    /// arrived; they are read as JSON only after their signature has been verified. Client id and path of the
    /// signed content are the configured ones ("Alipay, Digital signature"). A `Client-Id` header that is there
    /// must be ours.
    ///
    /// # Errors
    /// `gateway.path` for the path of the notify URL; `message.too_large`, `message.header`, `message.encrypted`; `signature.missing`, `signature.client_id`,
    /// `signature.mismatch` and the other codes of the header; after it has verified, `message.not_json`,
    /// `message.not_object`, `message.duplicate_key`. Whatever the error: the response says nothing about the
    /// payment.
    pub fn verify_response<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        path: &str,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<VerifiedResponse> {
        check_size(body)?;
        self.refuse_notify_path(path)?;
        let headers = Headers::read(headers)?;
        headers.refuse_encrypted()?;
        let signature = headers.signature().map_err(|error| explain(error, body))?;
        let response_time = headers.response_time()?;
        headers.check_client_id(self.client_id())?;
        let key_version =
            self.verify(path, signature, response_time, body).map_err(|error| explain(error, body))?;
        let (body, text_replaced) = Object::parse_signed(body)?;
        Ok(VerifiedResponse {
            body,
            text_replaced,
            key_version,
            signed_at: time::parse(response_time),
            time: response_time.to_owned(),
            tracer_id: headers.tracer_id().map(str::to_owned),
        })
    }
}

/// Adds what an untrusted body says to the hint. A gateway that can't verify our signature answers unsigned,
/// and the merchant's mistake would otherwise stay hidden behind ours.
fn explain(error: Error, body: &[u8]) -> Error {
    if !matches!(error.code(), ErrorCode::SignatureMissing | ErrorCode::SignatureMismatch) {
        return error;
    }
    let Some(code) = unverified_result_code(body) else { return error };
    let cause = match code.as_str() {
        "SIGNATURE_INVALID" | "INVALID_SIGNATURE" => {
            "; check that the public key registered at the gateway belongs to the signing key, and the key version"
        }
        "CLIENT_INVALID" | "INVALID_CLIENT" => "; check the client id and the gateway's region",
        _ => "",
    };
    let hint =
        format!("{}; not verified, shown for diagnosis only: the body names {code}{cause}", error.hint());
    error.with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Protocol;
    use crate::json::MAX_BYTES;
    use crate::keys::VerifyingKey;
    use crate::merchant::fixture::{CLIENT_ID, builder, merchant, signed_by_gateway, test_file};
    use crate::signature::VerifyingKeys;
    use std::collections::BTreeMap;

    const PATH: &str = "/ams/sandbox/api/v1/payments/pay";
    const TIME: &str = "2023-06-01T14:12:14+08:00";
    const BODY: &str = test_file!("response.json");

    fn good() -> Vec<(String, Vec<u8>)> {
        let signature =
            format!("algorithm=RSA256, keyVersion=1, signature={}", test_file!("response.signature"));
        [("Client-Id", CLIENT_ID), ("response-time", TIME), ("SIGNATURE", &signature), ("tracerId", "t-1")]
            .map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()))
            .into()
    }

    fn without(name: &str) -> Vec<(String, Vec<u8>)> {
        good().into_iter().filter(|(known, _)| !known.eq_ignore_ascii_case(name)).collect()
    }

    fn with(name: &str, value: &[u8]) -> Vec<(String, Vec<u8>)> {
        let mut headers = without(name);
        headers.push((name.to_owned(), value.to_vec()));
        headers
    }

    fn error(headers: Vec<(String, Vec<u8>)>, body: &[u8]) -> Error {
        merchant(Protocol::Ams).verify_response(PATH, headers, body).unwrap_err()
    }

    /// The error of a response that the gateway really signed.
    fn signed(body: &[u8]) -> Error {
        let signature = signed_by_gateway(PATH, CLIENT_ID, TIME, body);
        error(with("Signature", signature.as_bytes()), body)
    }

    #[test]
    fn what_openssl_signed_verifies() {
        let merchant = merchant(Protocol::Ams);
        let response = merchant.verify_response(PATH, good(), BODY.as_bytes()).unwrap();
        assert_eq!(
            response.body.object("settlementQuote").unwrap().text("quotePrice").unwrap(),
            "0.88156063"
        );
        assert_eq!(response.time, TIME);
        // By Python's datetime.
        assert_eq!(response.signed_at, Some(Timestamp::from_millis(1_685_599_934_000)));
        assert_eq!(response.tracer_id.as_deref(), Some("t-1"));
        assert_eq!(response.key_version, None);
        assert!(!format!("{response:?}").contains("0.88156063"));
        // The signature binds our client id, so a message that does not repeat it is as good.
        assert!(merchant.verify_response(PATH, without("Client-Id"), BODY.as_bytes()).is_ok());
        // The time is opaque, however old or odd.
        let signature = signed_by_gateway(PATH, CLIENT_ID, "yesterday", b"{}");
        let headers = [("Signature", signature.as_str()), ("Response-Time", "yesterday")];
        assert_eq!(merchant.verify_response(PATH, headers, b"{}").unwrap().signed_at, None);
    }

    #[test]
    fn every_byte_counts() {
        let merchant = merchant(Protocol::Ams);
        let mut body = BODY.as_bytes().to_vec();
        for index in 0..body.len() {
            body[index] ^= 1;
            assert_eq!(error(good(), &body).code(), "signature.mismatch");
            body[index] ^= 1;
        }
        body.push(b'\n');
        assert_eq!(error(good(), &body).code(), "signature.mismatch");
        assert_eq!(error(good(), b"").code(), "signature.mismatch");
        let other_time = with("Response-Time", b"2023-06-01T14:12:15+08:00");
        assert_eq!(error(other_time, BODY.as_bytes()).code(), "signature.mismatch");
        let other_path = merchant.verify_response("/ams/api/v1/payments/pay", good(), BODY.as_bytes());
        assert_eq!(other_path.unwrap_err().code(), "signature.mismatch");
    }

    #[test]
    fn headers_that_are_wrong_have_their_own_codes() {
        let body = BODY.as_bytes();
        assert_eq!(error(without("Signature"), body).code(), "signature.missing");
        assert_eq!(error(with("Signature", b" "), body).code(), "signature.missing");
        assert_eq!(error(with("Signature", b"nonsense"), body).code(), "signature.header");
        assert_eq!(
            error(with("Signature", b"algorithm=RSA512,signature=AA=="), body).code(),
            "signature.algorithm"
        );
        assert_eq!(error(with("Signature", b"\xff"), body).code(), "message.header");
        assert_eq!(error(without("Response-Time"), body).code(), "message.header");
        assert_eq!(error(with("Response-Time", b"a\nb"), body).code(), "signature.content");
        assert_eq!(error(with("Client-Id", b"SANDBOX_T_2"), body).code(), "signature.client_id");
        assert_eq!(error(with("Client-Id", b"sandbox_t_1"), body).code(), "signature.client_id");
        assert_eq!(error(with("Encrypt", b"algorithm=RSA_AES"), body).code(), "message.encrypted");
        for (name, value) in good().into_iter().take(3) {
            let mut twice = good();
            twice.push((name, value));
            assert_eq!(error(twice, body).code(), "message.header");
        }
    }

    #[test]
    fn json_is_read_after_the_signature_was_verified() {
        for (body, code) in [
            (&b"not json"[..], "message.not_json"),
            (b"{\"result\":", "message.not_json"),
            (b"{} // comment", "message.not_json"),
            (b"[]", "message.not_object"),
            (b"{\"a\":1,\"a\":2}", "message.duplicate_key"),
            (b"{\"a\":\xff}", "message.not_json"),
        ] {
            assert_eq!(error(good(), body).code(), "signature.mismatch");
            assert_eq!(signed(body).code(), code);
        }
        let large = vec![b' '; MAX_BYTES + 1];
        assert_eq!(signed(&large).code(), "message.too_large");
    }

    /// The message is GBK for "success", by Python's codec.
    #[test]
    fn a_signed_body_is_read_whatever_its_texts_are() {
        let body =
            b"\xef\xbb\xbf{\"result\":{\"resultStatus\":\"S\",\"resultMessage\":\"\xb3\xc9\xb9\xa6\"}}";
        let signature = signed_by_gateway(PATH, CLIENT_ID, TIME, body);
        let headers = with("Signature", signature.as_bytes());
        let response = merchant(Protocol::Ams).verify_response(PATH, headers.clone(), body).unwrap();
        assert!(response.text_replaced);
        assert_eq!(response.body.object("result").unwrap().text("resultStatus").unwrap(), "S");
        let changed = merchant(Protocol::Ams).verify_response(PATH, headers, &body[3..]);
        assert_eq!(changed.unwrap_err().code(), "signature.mismatch");
    }

    #[test]
    fn several_gateway_keys() {
        let gateway = crate::merchant::fixture::gateway_key();
        let other = crate::keys::generate(2048).unwrap().private_pem;
        let other = crate::keys::SigningKey::load(&*other).unwrap().verifying_key();
        let verify = |keys: [(u32, &VerifyingKey); 2]| {
            let keys = BTreeMap::from(keys.map(|(version, key)| (version, key.clone())));
            let keys = VerifyingKeys::by_version(keys).unwrap();
            let merchant = builder(Protocol::Ams).gateway_keys(keys).build().unwrap();
            merchant.verify_response(PATH, good(), BODY.as_bytes()).map(|response| response.key_version)
        };
        assert_eq!(verify([(1, &gateway), (2, &other)]), Ok(Some(1)));
        assert_eq!(verify([(5, &other), (7, &gateway)]), Ok(Some(7)));
        // A listed version is used alone.
        assert_eq!(verify([(1, &other), (2, &gateway)]).unwrap_err().code(), "signature.mismatch");
    }

    #[test]
    fn an_untrusted_body_may_only_hint() {
        let body = br#"{"result":{"resultStatus":"F","resultCode":"SIGNATURE_INVALID"}}"#;
        let unsigned = error(without("Signature"), body);
        assert_eq!(unsigned.code(), "signature.missing");
        assert!(
            unsigned
                .hint()
                .contains("not verified, shown for diagnosis only: the body names SIGNATURE_INVALID")
        );
        assert!(error(good(), body).hint().contains("SIGNATURE_INVALID"));
        assert_eq!(unverified_result_code(body).as_deref(), Some("SIGNATURE_INVALID"));
        let long = format!(r#"{{"result":{{"resultCode":"{}"}}}}"#, "A".repeat(65));
        for body in [
            long.as_str(),
            r#"{"result":{"resultCode":"call 0800 now"}}"#,
            r#"{"result":{"resultCode":"PAID\n"}}"#,
            r#"{"result":{"resultCode":""}}"#,
            r#"{"result":{"resultCode":7}}"#,
            r#"{"result":"SUCCESS"}"#,
            r#"{"resultCode":"SUCCESS"}"#,
            "<html>",
        ] {
            assert_eq!(unverified_result_code(body.as_bytes()), None, "{body}");
        }
    }
}
