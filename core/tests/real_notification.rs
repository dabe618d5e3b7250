//! A notification that Alipay itself signed, through the whole of what a receiver does.
//!
//! It was printed in Alipay's SDK for Java, with its key; the vectors hold it with openssl's verdicts. Its notify URL has
//! a query, and it was signed over the path without it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::api::Notification;
use alipay_instore::diagnosis::{Alternatives, FindingCode};
use alipay_instore::error::Result;
use alipay_instore::gateway::{Gateway, Protocol, Region};
use alipay_instore::keys::{SigningKey, VerifyingKey};
use alipay_instore::merchant::VerifiedNotification;
use alipay_instore::merchant::{Merchant, Merchants};
use alipay_instore::reply::NotificationKind;
use alipay_instore::result_code::Status;
use alipay_instore::signature::Content;
use serde_json::Value;

const QUERY: &str = "allPayTn=5a9ddf96cc89dd30134549d68abbbd4a";
/// 2019-11-12T09:37:10Z, ten seconds after it was sent; by `date -u -d 2019-11-12T09:37:10Z +%s`.
const NOW: Timestamp = Timestamp::from_millis(1_573_551_430_000);

struct Real {
    case: Value,
    merchant: Merchant,
    own: VerifyingKey,
}

impl Real {
    fn read(notify_url: Option<&str>) -> Real {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/real_notification.json");
        let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let own = SigningKey::load(include_str!("messages/merchant_private_key.pem")).unwrap();
        let own_public = own.verifying_key();
        let gateway = Gateway::of_region(Protocol::Ams, Region::Sea).unwrap();
        let mut builder = Merchant::builder(gateway, file["cases"][0]["client_id"].as_str().unwrap())
            .signing_key(own)
            .gateway_keys(VerifyingKey::load(file["public_key"].as_str().unwrap()).unwrap());
        if let Some(notify_url) = notify_url {
            builder = builder.notify_url(notify_url);
        }
        Real { case: file["cases"][0].clone(), merchant: builder.build().unwrap(), own: own_public }
    }

    fn text(&self, name: &str) -> &str {
        self.case[name].as_str().unwrap()
    }

    fn headers(&self) -> [(&str, &str); 3] {
        [
            ("Client-Id", self.text("client_id")),
            ("Request-Time", self.text("time")),
            ("Signature", self.text("signature_header")),
        ]
    }

    fn verify(&self, notify_url: Option<&str>, now: Timestamp) -> Result<VerifiedNotification> {
        self.merchant.verify_notification(notify_url, self.headers(), self.text("body").as_bytes(), now)
    }
}

#[test]
fn accepted_whether_the_notify_url_is_given_with_its_query_or_without() {
    let with_query = format!("https://local.allpay-test.com/api/back?{QUERY}");
    let path_with_query = format!("/api/back?{QUERY}");
    for notify_url in ["https://local.allpay-test.com/api/back", &with_query, "/api/back", &path_with_query] {
        let by_argument = Real::read(None).verify(Some(notify_url), NOW).unwrap();
        let real = Real::read(Some(notify_url));
        let notification = real.verify(None, NOW).unwrap();
        assert_eq!(by_argument, notification);
        let merchants = Merchants::new([real.merchant.clone()]).unwrap();
        let body = real.text("body").as_bytes();
        let (_, of_many) = merchants.verify_notification(None, real.headers(), body, NOW).unwrap();
        assert_eq!(of_many, notification);

        assert_eq!(notification.kind, NotificationKind::PaymentResult);
        assert_eq!(notification.payment_request_id.as_deref(), Some("cc89dd30134549d6"));
        assert_eq!(notification.sent_at, Timestamp::from_millis(NOW.as_millis() - 10_000));
        assert_eq!((notification.path.as_str(), notification.signed_with_query), ("/api/back", false));
        let typed = Notification::from_json(notification.body.clone());
        let result = typed.result_of_payment(Protocol::Ams).unwrap();
        assert_eq!(result.status(), Status::Succeeded);

        // The acknowledgement is signed over the path that the notification was signed over.
        let answer = real.merchant.answer(NOW, &Ok(notification));
        let header = |name: &str| {
            let found = answer.headers.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.as_str()).unwrap()
        };
        let content = Content {
            method: "POST",
            path: "/api/back",
            client_id: real.text("client_id"),
            time: header("Response-Time"),
            body: answer.body,
        };
        assert!(real.own.verify(header("Signature"), content).is_ok());
    }
}

#[test]
fn what_is_not_its_notify_url_is_refused_and_explained() {
    let real = Real::read(None);
    for (notify_url, code) in [
        ("https://shop.example/public/api/back", FindingCode::PathPrefix),
        ("/back", FindingCode::PathPrefix),
        ("https://shop.example/elsewhere", FindingCode::PathOther),
    ] {
        let error = real.verify(Some(notify_url), NOW).unwrap_err();
        assert_eq!(error.code(), "signature.mismatch", "{notify_url}");
        // The message states its notify URL: good enough to explain, never to verify.
        let body = real.text("body").as_bytes();
        let found = real.merchant.explain_notification(
            Some(notify_url),
            real.headers(),
            body,
            Alternatives::default(),
        );
        assert_eq!(found.summary, "the key is right, the content is not what was signed");
        let codes: Vec<_> = found.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [code], "{notify_url}");
        assert!(found.findings[0].evidence.contains("the path /api/back,"), "{found}");
    }
    assert_eq!(real.verify(None, NOW).unwrap_err().code(), "config.missing");
    // Two years later it is a recording.
    let two_years_later = NOW.saturating_add(Duration::from_secs(2 * 365 * 86_400));
    let late = real.verify(Some("/api/back"), two_years_later).unwrap_err();
    assert_eq!(late.code(), "notification.stale");
}
