//! A notification: verified like a response, and then asked how old it is.
//!
//! Whether the payment is known here, whether the amount is right, and what follows is left to `payment` and to
//! the host; so is the order of things: verify, store, and only then acknowledge.

use std::fmt;

use super::Merchant;
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Operation;
use crate::json::Object;
use crate::json::check_size;
use crate::message::headers::Headers;
use crate::message::{NotifyUrl, time};
use crate::reply::{NotificationKind, Reading};
use crate::time::Timestamp;

/// A notification of the gateway whose signature is good and whose time is fresh.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiedNotification {
    /// The body.
    pub body: Object,
    /// Some text of the body was not UTF-8 and was replaced; what decides about a payment is ASCII and was read.
    pub text_replaced: bool,
    /// What it is about.
    pub kind: NotificationKind,
    /// The payment it is about, where it names one.
    pub payment_request_id: Option<String>,
    /// The refund it is about, where it names one.
    pub refund_request_id: Option<String>,
    /// The path that it was signed over, and that the acknowledgement is signed over.
    pub path: String,
    /// Whether that path holds the query of the notify URL. AMS was seen to sign without it.
    pub signed_with_query: bool,
    /// The version under which the gateway's key that verified it is configured; none where a single key is.
    pub key_version: Option<u32>,
    /// When the gateway sent it.
    pub sent_at: Timestamp,
    /// The gateway's own identifier of the exchange, for its support.
    pub tracer_id: Option<String>,
}

/// Shows everything but the body, which can hold data of the customer, and the query of the notify URL.
impl fmt::Debug for VerifiedNotification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedNotification")
            .field("kind", &self.kind)
            .field("payment_request_id", &self.payment_request_id)
            .field("refund_request_id", &self.refund_request_id)
            .field("path", &self.path.split('?').next().unwrap_or_default())
            .field("signed_with_query", &self.signed_with_query)
            .field("key_version", &self.key_version)
            .field("sent_at", &self.sent_at)
            .field("tracer_id", &self.tracer_id)
            .finish_non_exhaustive()
    }
}

impl Merchant {
    /// Verifies a notification.
    ///
    /// `notify_url` is the public notify URL as the gateway knows it, or its path; none stands for the merchant's
    /// configured one ([`Merchant::notify_url`]). Never pass what the web framework says about the request: behind a
    /// proxy it can differ from what was signed, and a stranger chooses it. The message is verified over the path
    /// without the query, which is what AMS signs; where that fails and the URL has a query, over the path with it.
    /// [`VerifiedNotification::path`] says which one it was.
    ///
    /// Headers and body are taken as in [`Merchant::verify_response`]; `now` is the time at which it
    /// arrived. The `Request-Time` header goes into the signed content as received
    /// ("Alipay, Entry Code Payment, Accept payments"), and is then held against [`Freshness`](crate::message::Freshness).
    ///
    /// # Errors
    /// `config.missing` where no notify URL is configured and none is passed, `config.notify_url` for one that can't
    /// be used; those of [`Merchant::verify_response`]; and `notification.time`, `notification.stale`,
    /// `notification.future`. What to answer then says [`Acknowledgement::refuse`](super::Acknowledgement::refuse).
    pub fn verify_notification<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        notify_url: Option<&str>,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<VerifiedNotification> {
        check_size(body)?;
        self.verify_read_notification(notify_url, &Headers::read(headers)?, body, now)
    }

    /// The same once the headers are read, for [`Merchants`](crate::merchant::Merchants).
    pub(crate) fn verify_read_notification(
        &self,
        notify_url: Option<&str>,
        headers: &Headers,
        body: &[u8],
        now: Timestamp,
    ) -> Result<VerifiedNotification> {
        let notify_url = self.notify_url_or(notify_url)?;
        headers.refuse_encrypted()?;
        let signature = headers.signature()?;
        let request_time = headers.request_time()?;
        headers.check_client_id(self.client_id())?;
        let (path, signed_with_query, key_version) =
            self.verify_over(&notify_url, signature, request_time, body)?;
        let sent_at = time::parse(request_time).ok_or_else(|| {
            Error::new(ErrorCode::NotificationTime, "the Request-Time header has no documented form")
        })?;
        self.freshness().check(sent_at, now)?;
        let (body, text_replaced) = Object::parse_signed(body)?;
        let reading = Reading::new(self.protocol(), Operation::Notify, &body);
        Ok(VerifiedNotification {
            kind: reading.notification_kind(),
            payment_request_id: reading.payment_request_id(),
            refund_request_id: reading.refund_request_id(),
            path,
            signed_with_query,
            key_version,
            sent_at,
            tracer_id: headers.tracer_id().map(str::to_owned),
            text_replaced,
            body,
        })
    }

    /// The notify URL of the argument, else the configured one.
    pub(crate) fn notify_url_or(&self, argument: Option<&str>) -> Result<NotifyUrl> {
        match (argument, self.notify_url()) {
            (Some(argument), _) => NotifyUrl::parse(argument),
            (None, Some(configured)) => Ok(configured.clone()),
            (None, None) => Err(Error::new(ErrorCode::ConfigMissing, "the merchant has no notify URL")
                .with_path("notify_url")),
        }
    }

    /// Over the path without the query, and then with it: the path that verified, whether it has the query, and
    /// the version of the key.
    fn verify_over(
        &self,
        notify_url: &NotifyUrl,
        signature: &str,
        time: &str,
        body: &[u8],
    ) -> Result<(String, bool, Option<u32>)> {
        let error = match self.verify(notify_url.path(), signature, time, body) {
            Ok(key_version) => return Ok((notify_url.path().to_owned(), false, key_version)),
            Err(error) => error,
        };
        let Some(with_query) =
            notify_url.path_with_query().filter(|_| error.code() == ErrorCode::SignatureMismatch)
        else {
            return Err(error);
        };
        match self.verify(&with_query, signature, time, body) {
            Ok(key_version) => Ok((with_query, true, key_version)),
            Err(_) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Protocol;
    use crate::json::MAX_BYTES;
    use crate::merchant::fixture::{CLIENT_ID, NOW, builder, merchant, signed_by_gateway, test_file};
    use crate::message::Freshness;
    use std::time::Duration;

    const PATH: &str = "/merchant/notify";
    const TIME: &str = "2023-06-01T14:12:14.253+08:00";
    const BODY: &str = test_file!("notification.json");
    /// The instant of `TIME`, by Python's datetime.
    const SENT_AT: Timestamp = Timestamp::from_millis(1_685_599_934_253);

    fn headers<'a>(signature: &'a str, time: &'a str) -> [(&'static str, &'a str); 4] {
        [
            ("content-type", "application/json"),
            ("request-time", time),
            ("CLIENT-ID", CLIENT_ID),
            ("signature", signature),
        ]
    }

    /// Verifies a notification that the gateway really signed.
    fn signed(protocol: Protocol, time: &str, body: &[u8], now: Timestamp) -> Result<VerifiedNotification> {
        let signature = signed_by_gateway(PATH, CLIENT_ID, time, body);
        merchant(protocol).verify_notification(Some(PATH), headers(&signature, time), body, now)
    }

    fn code(time: &str, body: &[u8], now: Timestamp) -> &'static str {
        signed(Protocol::Ams, time, body, now).unwrap_err().code().as_str()
    }

    #[test]
    fn what_openssl_signed_verifies() {
        let signature =
            format!("algorithm=RSA256,keyVersion=1,signature={}", test_file!("notification.signature"));
        let merchant = merchant(Protocol::Ams);
        let verify = |path: &str, now| {
            merchant.verify_notification(Some(path), headers(&signature, TIME), BODY.as_bytes(), now)
        };
        let notification = verify(PATH, NOW).unwrap();
        assert_eq!(notification.kind, NotificationKind::PaymentResult);
        assert_eq!(notification.payment_request_id.as_deref(), Some("pr-1"));
        assert_eq!(notification.sent_at, SENT_AT);
        assert_eq!(notification.body.text("notifyType").unwrap(), "PAYMENT_RESULT");
        assert_eq!(verify("/other", NOW).unwrap_err().code(), "signature.mismatch");
        assert_eq!(verify("https://shop.example.com/merchant/notify", NOW), Ok(notification));
        assert_eq!(verify("merchant/notify", NOW).unwrap_err().code(), "config.notify_url");
        let stranger = merchant.verify_notification(Some(PATH), headers(&signature, TIME), b"{}", NOW);
        assert_eq!(stranger.unwrap_err().code(), "signature.mismatch");
    }

    #[test]
    fn fresh_within_the_window_to_the_millisecond() {
        let later = |ms| Timestamp::from_millis(SENT_AT.as_millis() + ms);
        let (oldest, newest) = (26 * 3_600_000, -600_000);
        for now in [later(oldest), later(newest), SENT_AT] {
            assert!(signed(Protocol::Ams, TIME, b"{}", now).is_ok());
        }
        assert_eq!(code(TIME, b"{}", later(oldest + 1)), "notification.stale");
        assert_eq!(code(TIME, b"{}", later(newest - 1)), "notification.future");
        assert_eq!(code("-5", b"{}", NOW), "notification.time");
        assert_eq!(code("2023-06-01 14:12:14 +08:00", b"{}", NOW), "notification.time");
        assert_eq!(
            code("1969-12-31T23:59:59Z", b"{}", Timestamp::from_millis(i64::MAX)),
            "notification.stale"
        );
        assert_eq!(code("9999-01-01T00:00:00Z", b"{}", Timestamp::from_millis(0)), "notification.future");
        for time in ["1685599934253", "2023-06-01T06:12:14.253Z", "2023-06-01T11:42:14.253000000+05:30"] {
            let sent_at = signed(Protocol::Ams, time, b"{}", NOW).unwrap().sent_at;
            assert_eq!(sent_at, Timestamp::from_millis(1_685_599_934_253));
        }
    }

    #[test]
    fn the_window_is_settable() {
        let freshness = Freshness { max_age: Duration::from_secs(1), max_ahead: Duration::ZERO };
        let merchant = builder(Protocol::Ams).freshness(freshness).build().unwrap();
        let signature = signed_by_gateway(PATH, CLIENT_ID, TIME, b"{}");
        let later = |ms| Timestamp::from_millis(SENT_AT.as_millis() + ms);
        let code = |now| {
            let verified = merchant.verify_notification(Some(PATH), headers(&signature, TIME), b"{}", now);
            verified.err().map(|error| error.code().as_str())
        };
        assert_eq!(code(later(1000)), None);
        assert_eq!(code(later(1001)), Some("notification.stale"));
        assert_eq!(code(later(-1)), Some("notification.future"));
    }

    #[test]
    fn what_is_wrong_has_its_own_code() {
        assert_eq!(code(TIME, b"{\"a\":1,\"a\":1}", NOW), "message.duplicate_key");
        assert_eq!(code(TIME, b"{\"a\":1 // comment\n}", NOW), "message.not_json");
        assert_eq!(code(TIME, b"[]", NOW), "message.not_object");
        assert_eq!(code(TIME, &vec![b' '; 2 * MAX_BYTES], NOW), "message.too_large");
        let merchant = merchant(Protocol::Ams);
        let signature = signed_by_gateway(PATH, CLIENT_ID, TIME, b"{}");
        let code = |headers: &[(&str, &str)]| {
            let verified = merchant.verify_notification(Some(PATH), headers.iter().copied(), b"{}", NOW);
            verified.err().map(|error| error.code().as_str())
        };
        let [_, time, client, signature] = headers(&signature, TIME);
        assert_eq!(code(&[time, client, signature]), None);
        assert_eq!(code(&[time, signature]), None);
        assert_eq!(code(&[time, client]), Some("signature.missing"));
        assert_eq!(code(&[client, signature]), Some("message.header"));
        assert_eq!(code(&[("Response-Time", TIME), client, signature]), Some("message.header"));
        assert_eq!(code(&[time, client, signature, time]), Some("message.header"));
        assert_eq!(code(&[time, ("Client-Id", "SANDBOX_T_2"), signature]), Some("signature.client_id"));
        assert_eq!(code(&[time, client, signature, ("Encrypt", "x")]), Some("message.encrypted"));
    }

    #[test]
    fn kinds() {
        use NotificationKind::{Other, PaymentResult, RefundResult};
        for (protocol, body, kind) in [
            (
                Protocol::Ams,
                r#"{"notifyType":"PAYMENT_RESULT","result":{"resultStatus":"F"}}"#,
                PaymentResult,
            ),
            (Protocol::Ams, r#"{"notifyType":"OFFLINE_PAYMENT_CODE","result":{}}"#, PaymentResult),
            (Protocol::Ams, r#"{"result":{"resultStatus":"S"}}"#, Other),
            (Protocol::Ams, r#"{"notifyType":"Payment_Result","result":{}}"#, PaymentResult),
            (Protocol::Ams, r#"{"notifyType":"PAYMENT_PENDING","result":{"resultStatus":"S"}}"#, Other),
            (Protocol::Ams, r#"{"notifyType":"REFUND_RESULT","result":{"resultStatus":"S"}}"#, RefundResult),
            (Protocol::Ams, r#"{"notifyType":"REFUND_RESULT","refundStatus":"FAIL"}"#, RefundResult),
            (Protocol::Ams, r#"{"refundStatus":"SUCCESS","result":{"resultStatus":"S"}}"#, Other),
            (Protocol::Ams, r#"{"notifyType":"PAYMENT_RESULT","result":"S"}"#, Other),
            (Protocol::Ams, r#"{"accessToken":"x"}"#, Other),
            (Protocol::Ams, r#"{"paymentResult":{"resultStatus":"S"}}"#, Other),
            (
                Protocol::AlipayPlus,
                r#"{"paymentResult":{"resultStatus":"S"},"paymentRequestId":7}"#,
                PaymentResult,
            ),
            (Protocol::AlipayPlus, r#"{"result":{"resultStatus":"S"}}"#, Other),
            (Protocol::AlipayPlus, r#"{"notifyType":"PAYMENT_RESULT","result":{"resultStatus":"S"}}"#, Other),
            (Protocol::AlipayPlus, r#"{"notifyType":"REFUND_RESULT","refundStatus":"SUCCESS"}"#, Other),
            (Protocol::AlipayPlus, "{}", Other),
        ] {
            let notification = signed(protocol, TIME, body.as_bytes(), NOW).unwrap();
            assert_eq!(notification.kind, kind, "{body}");
        }
    }

    /// The notification of "Alipay, Entry Code Payment, Accept payments", headers and body as printed there. The
    /// page gives no key, and its body is not the one that was signed.
    #[test]
    fn the_sample_of_the_documents_is_read_but_not_trusted() {
        let sample = [
            ("Content-Type", "application/json"),
            ("Request-Time", "2019-07-12T12:08:56.253+05:30"),
            ("client-id", "T_111222333"),
            ("Signature", test_file!("documents_sample.signature")),
        ];
        let body = test_file!("documents_sample.txt").as_bytes();
        let gateway = crate::merchant::fixture::gateway(Protocol::Ams);
        let merchant = Merchant::builder(gateway, "T_111222333")
            .signing_key(crate::merchant::fixture::merchant_key())
            .gateway_keys(crate::merchant::fixture::gateway_key())
            .build()
            .unwrap();
        let now = 1_562_913_536_253;
        let error =
            merchant.verify_notification(Some(PATH), sample, body, Timestamp::from_millis(now)).unwrap_err();
        assert_eq!(error.code(), "signature.mismatch");
        let header = crate::signature::SignatureHeader::parse(sample[3].1).unwrap();
        assert_eq!((header.key_version, header.signature.len()), (Some(1), 256));
        // Had a gateway signed it, the comments would still keep it from being JSON.
        let signature = signed_by_gateway(PATH, "T_111222333", sample[1].1, body);
        let signed = [sample[1], ("Signature", signature.as_str())];
        assert_eq!(
            merchant
                .verify_notification(Some(PATH), signed, body, Timestamp::from_millis(now))
                .unwrap_err()
                .code(),
            "message.not_json"
        );
        // Without them it is the notification of a payment.
        let clean: String = test_file!("documents_sample.txt")
            .lines()
            .map(|line| line.split("//").next().unwrap_or_default())
            .collect();
        let signature = signed_by_gateway(PATH, "T_111222333", sample[1].1, clean.as_bytes());
        let signed = [sample[1], ("Signature", signature.as_str())];
        let notification = merchant
            .verify_notification(Some(PATH), signed, clean.as_bytes(), Timestamp::from_millis(now))
            .unwrap();
        assert_eq!(notification.payment_request_id.as_deref(), Some("pay_test_1106_0002"));
        assert_eq!(notification.kind, NotificationKind::PaymentResult);
    }

    proptest::proptest! {
        #[test]
        fn nothing_from_outside_panics_or_verifies(
            headers in proptest::collection::vec(
                ("(?i)signature|client-id|request-time|response-time|encrypt|[a-z]{0,3}", ".{0,40}"),
                0..6,
            ),
            body in proptest::collection::vec(proptest::num::u8::ANY, 0..64),
            now in proptest::num::i64::ANY,
        ) {
            let merchant = merchant(Protocol::Ams);
            assert!(merchant.verify_notification(Some(PATH), headers.clone(), &body, Timestamp::from_millis(now)).is_err());
            assert!(merchant.verify_response(PATH, headers, &body).is_err());
        }
    }
}
