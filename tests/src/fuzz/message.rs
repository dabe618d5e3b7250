//! Responses and notifications: header lines, an empty line, the body. First as they are, when hardly any signature is
//! good; then the same body signed by the gateway, when it is read in every way that a body is read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use alipay_instore::Timestamp;
use alipay_instore::api::{
    CancelResponse, InquiryRefundResponse, InquiryResponse, Notification, PayResponse, RefundResponse,
};
use alipay_instore::error::{Category, Result};
use alipay_instore::gateway::{Gateway, Protocol};
use alipay_instore::json::Object;
use alipay_instore::keys::SigningKey;
use alipay_instore::merchant::Acknowledgement;
use alipay_instore::merchant::Merchant;
use alipay_instore::message::unverified_result_code;
use alipay_instore::signature::Content;
use serde::de::IgnoredAny;

const CLIENT_ID: &str = "SANDBOX_5X00000000000000";
const PATH: &str = "/ams/api/v1/payments/pay";
const NOTIFY_PATH: &str = "/merchant/notify";
const TIME: &str = "2026-11-22T09:00:00+08:00";
const NOW: i64 = 1_795_309_200_000;

/// Both sides, with the keys of the tests.
struct Sides {
    merchant: Merchant,
    gateway: SigningKey,
}

static SIDES: LazyLock<Result<Sides>> = LazyLock::new(|| {
    let gateway = SigningKey::load(include_str!("../../../core/tests/messages/gateway_private_key.pem"))?;
    let own = SigningKey::load(include_str!("../../../core/tests/messages/merchant_private_key.pem"))?;
    let merchant = Merchant::builder(Gateway::from_setting(Protocol::Ams, "sea", false)?, CLIENT_ID)
        .signing_key(own)
        .gateway_keys(gateway.verifying_key())
        .build()?;
    Ok(Sides { merchant, gateway })
});

/// The target `response`.
pub(super) fn response(bytes: &[u8]) {
    let Ok(sides) = &*SIDES else { return };
    let (headers, body) = split(bytes);
    let raw = sides.merchant.verify_response(PATH, headers, body);
    assert!(
        raw.is_err_and(|error| quiet(&error.to_string(), body)),
        "nobody signed this, or the error repeats it"
    );
    let _ = unverified_result_code(body);
    let Some(headers) = sides.signed("Response-Time", TIME, PATH, body) else { return };
    let read = sides.merchant.verify_response(PATH, headers, body);
    let object = Object::parse_signed(body).map(|(object, _)| object);
    assert_eq!(read.map(|read| read.body), object.clone(), "a signed body is not what it is");
    let Ok(object) = object else { return };
    is_json(body, &object);
    reads(object);
}

/// The target `notification`.
pub(super) fn notification(bytes: &[u8]) {
    let Ok(sides) = &*SIDES else { return };
    let (mut headers, body) = split(bytes);
    let raw = sides.merchant.verify_notification(
        Some(NOTIFY_PATH),
        headers.iter().copied(),
        body,
        Timestamp::from_millis(NOW),
    );
    let Err(error) = raw else { return assert!(raw.is_err(), "nobody signed this") };
    assert!(!Acknowledgement::refuse(&error).is_success(), "what was refused is acknowledged");
    // The first two header values are the path and the time of one that is signed.
    let path = headers.pop().and_then(|(_, value)| std::str::from_utf8(value).ok()).unwrap_or(NOTIFY_PATH);
    let time = headers.pop().and_then(|(_, value)| std::str::from_utf8(value).ok()).unwrap_or(TIME);
    let Some(headers) = sides.signed("Request-Time", time, path, body) else { return };
    match sides.merchant.verify_notification(Some(path), headers, body, Timestamp::from_millis(NOW)) {
        Ok(read) => {
            is_json(body, &read.body);
            assert!(
                (NOW - read.sent_at.as_millis()) <= 26 * 3_600_000
                    && (read.sent_at.as_millis() - NOW) <= 600_000,
                "not fresh"
            );
            let typed = Notification::from_json(read.body.clone());
            let again = Notification::from_json(typed.to_json());
            assert_eq!(again, typed, "written and read again");
            let answer = sides.merchant.acknowledge(&read.path, Timestamp::from_millis(NOW), true);
            assert!(answer.is_ok_and(|answer| answer.is_success()));
            // Anything may stand in the path but an API of the gateway, which is told by its root and its version.
            assert!(!path.starts_with("/ams/api/v1/"), "an answer can be passed off as a notification");
        }
        Err(error) => assert!(
            error.category() == Category::Message
                || error.code().as_str().starts_with("notification.")
                || error.code().as_str().starts_with("signature.")
                || error.code().as_str() == "config.notify_url",
            "{error}"
        ),
    }
}

impl Sides {
    /// The headers of a message that the gateway signs; none if the path or the time can't be signed.
    fn signed(
        &self,
        time_name: &'static str,
        time: &str,
        path: &str,
        body: &[u8],
    ) -> Option<[(&'static str, String); 3]> {
        let content = Content { method: "POST", path, client_id: CLIENT_ID, time, body };
        let signature = self.gateway.sign(content, 1).ok()?;
        Some([("Client-Id", CLIENT_ID.to_owned()), (time_name, time.to_owned()), ("Signature", signature)])
    }
}

/// A header's name and value.
type Header<'a> = (&'a [u8], &'a [u8]);

fn split(bytes: &[u8]) -> (Vec<Header<'_>>, &[u8]) {
    let mut headers = Vec::new();
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let (line, after) = rest.split_at(end);
        rest = after.get(1..).unwrap_or_default();
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { break };
        let (name, value) = line.split_at(colon);
        headers.push((name, value.get(1..).unwrap_or_default()));
    }
    (headers, rest)
}

/// An error does not repeat a body, which may be anybody's and hold anything.
fn quiet(error: &str, body: &[u8]) -> bool {
    body.len() < 100
        || std::str::from_utf8(body).is_ok_and(|body| !error.contains(body))
        || std::str::from_utf8(body).is_err()
}

/// Whatever is read here is JSON for another reader too, with the same members, and comes back when it is written.
fn is_json(body: &[u8], object: &Object) {
    // A body in another character set, or after a byte order mark, is read around: the second reader refuses it.
    if Object::parse(body).is_err() {
        return;
    }
    // Numbers that no float holds are still JSON.
    let other = serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(body);
    let members = other.as_ref().map(BTreeMap::len).ok();
    assert_eq!(Some(object.len()), members, "two readers see different members");
    let again = Object::parse(object.to_string().as_bytes());
    assert_eq!(again.as_ref(), Ok(object), "printed and read again");
}

macro_rules! comes_back {
    ($object:expr; $($model:ty),+) => {$(
        let read = <$model>::from_json($object.clone());
        assert_eq!(<$model>::from_json(read.to_json()), read, "written and read again");
    )+};
}

fn reads(object: Object) {
    comes_back!(object; PayResponse, InquiryResponse, CancelResponse, RefundResponse, InquiryRefundResponse, Notification);
}
