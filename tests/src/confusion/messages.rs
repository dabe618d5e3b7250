//! The genuine messages that are presented: every kind, and for whom it was signed.

use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::{Gateway, Protocol, Region};
use alipay_instore::keys::SigningKey;
use alipay_instore::signature::Content;
use alipay_instore::{Error, ErrorCode, Result};
use serde_json::{Value, json};

pub(super) const CLIENT_ID: &str = "5Y0000000000000001";
const OTHER_CLIENT_ID: &str = "5Y0000000000000002";
pub(super) const NOTIFY_URL: &str = "https://shop.example/alipay/notify";
const NOTIFY_PATH: &str = "/alipay/notify";

pub(super) const PAYMENT: &str = "payment-1";
pub(super) const REFUND: &str = "refund-1";
/// What the payment costs, and the refund gives back, in cents.
pub(super) const PRICE: &str = "1999";

/// When the requests are sent and the messages arrive.
pub(super) const NOW: Timestamp = Timestamp::from_millis(1_795_309_200_000);
/// Before a day and two hours: no notification is that old.
const OLDER: Timestamp = NOW.saturating_sub(Duration::from_secs(27 * 60 * 60));

/// What the gateway signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Answer(Operation),
    NotifyPayment,
    NotifyRefund,
}

impl Kind {
    /// The kinds that a protocol has.
    pub(super) fn all(protocol: Protocol) -> Vec<Kind> {
        let mut kinds: Vec<_> = operations(protocol).map(Kind::Answer).collect();
        kinds.push(Kind::NotifyPayment);
        // Alipay+ notifies no refund.
        kinds.extend((protocol == Protocol::Ams).then_some(Kind::NotifyRefund));
        kinds
    }

    pub(super) fn name(self) -> String {
        match self {
            Kind::Answer(operation) => format!("answer to {}", operation.as_str()),
            Kind::NotifyPayment => "notifyPayment".to_owned(),
            Kind::NotifyRefund => "notifyRefund".to_owned(),
        }
    }
}

/// The operations that a protocol has.
pub(super) fn operations(protocol: Protocol) -> impl Iterator<Item = Operation> {
    let all =
        [Operation::Pay, Operation::Inquiry, Operation::Cancel, Operation::Refund, Operation::RefundInquiry];
    all.into_iter().filter(move |operation| protocol.api_name(*operation).is_some())
}

/// For whom and when a message was signed, seen from the one it is presented to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Own,
    /// The same client id and the same key of the gateway, as in a sandbox that speaks both protocols.
    OtherProtocol,
    /// The same key of the gateway.
    OtherMerchant,
    OtherPayment,
    /// Signed 27 hours before, and naming no id.
    Older,
}

impl Whose {
    pub(super) const ALL: [Whose; 5] =
        [Whose::Own, Whose::OtherProtocol, Whose::OtherMerchant, Whose::OtherPayment, Whose::Older];

    pub(super) fn name(self) -> &'static str {
        match self {
            Whose::Own => "own",
            Whose::OtherProtocol => "another protocol's",
            Whose::OtherMerchant => "another merchant's",
            Whose::OtherPayment => "another payment's",
            Whose::Older => "older, without an id",
        }
    }
}

/// A message as it went over the wire.
pub(super) struct Message {
    /// The path that it was signed over.
    pub(super) path: String,
    pub(super) time: String,
    pub(super) signature: String,
    pub(super) body: Vec<u8>,
}

/// The message of this kind that the gateway signs in this protocol.
pub(super) fn signed(gateway: &SigningKey, protocol: Protocol, kind: Kind, whose: Whose) -> Result<Message> {
    let client_id = if whose == Whose::OtherMerchant { OTHER_CLIENT_ID } else { CLIENT_ID };
    let at = if whose == Whose::Older { OLDER } else { NOW };
    let time = at.to_rfc3339()?;
    let path = path_of(protocol, kind)?;
    let body = body(protocol, kind, whose).to_string().into_bytes();
    let content = Content { method: "POST", path: &path, client_id, time: &time, body: &body };
    let signature = gateway.sign(content, protocol.default_key_version())?;
    Ok(Message { path, time, signature, body })
}

/// The path over which the gateway signs such a message.
pub(super) fn path_of(protocol: Protocol, kind: Kind) -> Result<String> {
    match kind {
        Kind::Answer(operation) => Gateway::of_region(protocol, Region::Sea)?.path(CLIENT_ID, operation),
        Kind::NotifyPayment | Kind::NotifyRefund => Ok(NOTIFY_PATH.to_owned()),
    }
}

/// Each says that the money moved: what would do most harm in the wrong place.
fn body(protocol: Protocol, kind: Kind, whose: Whose) -> Value {
    let (payment, refund) = match whose {
        Whose::OtherPayment => ("payment-2", "refund-2"),
        _ => (PAYMENT, REFUND),
    };
    let success = json!({"resultStatus": "S", "resultCode": "SUCCESS", "resultMessage": "success"});
    let amount = json!({"currency": "USD", "value": PRICE});
    let time = "2026-11-22T09:00:00+08:00";
    let mut body = match kind {
        Kind::Answer(Operation::Pay) => {
            json!({"result": success, "paymentAmount": amount, "paymentTime": time})
        }
        Kind::Answer(Operation::Inquiry) => {
            let mut body = json!({"result": success, "paymentAmount": amount, "paymentTime": time});
            match protocol {
                Protocol::Ams => put(&mut body, "paymentStatus", json!("SUCCESS")),
                Protocol::AlipayPlus => put(&mut body, "paymentResult", success),
            }
            body
        }
        Kind::Answer(Operation::Refund) => {
            json!({"result": success, "refundId": "R1", "refundAmount": amount, "refundTime": time})
        }
        Kind::Answer(Operation::RefundInquiry) => {
            json!({"result": success, "refundId": "R1", "refundStatus": "SUCCESS", "refundAmount": amount})
        }
        Kind::Answer(_) => json!({"result": success, "cancelTime": time}),
        Kind::NotifyPayment => {
            let mut body = json!({"paymentAmount": amount, "paymentTime": time});
            match protocol {
                Protocol::Ams => {
                    put(&mut body, "notifyType", json!("PAYMENT_RESULT"));
                    put(&mut body, "result", success);
                }
                Protocol::AlipayPlus => put(&mut body, "paymentResult", success),
            }
            body
        }
        Kind::NotifyRefund => json!({
            "notifyType": "REFUND_RESULT", "result": success, "refundStatus": "SUCCESS", "refundId": "R1",
            "refundAmount": amount, "refundTime": time,
        }),
    };
    let of_refund =
        matches!(kind, Kind::Answer(Operation::Refund | Operation::RefundInquiry) | Kind::NotifyRefund);
    if whose != Whose::Older {
        if of_refund {
            put(&mut body, "refundRequestId", json!(refund));
        } else {
            put(&mut body, "paymentRequestId", json!(payment));
            put(&mut body, "paymentId", json!(format!("P-{payment}")));
        }
    }
    body
}

fn put(body: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = body {
        members.insert(name.to_owned(), value);
    }
}

/// The keys of the tests: the gateway's and the merchant's.
pub(super) fn keys() -> Result<(SigningKey, SigningKey)> {
    let gateway = include_str!("../../../core/tests/messages/gateway_private_key.pem");
    let merchant = include_str!("../../../core/tests/messages/merchant_private_key.pem");
    Ok((SigningKey::load(gateway)?, SigningKey::load(merchant)?))
}

pub(super) fn lacking(what: &str) -> Error {
    Error::new(ErrorCode::ConfigMissing, format!("the matrix lacks {what}"))
}
