//! Whether two calls ask for the same: a digest of what the caller stated, and of nothing that is computed.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::api::{PayRequest, RefundRequest};
use crate::json::{Json, Object, write_string};
use crate::signature::Backend;

/// What a caller stated, so that a repeated call can be told from another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// Of everything but the payment code, the times, and what the library fills in.
    digest: String,
    /// A short digest of the payment code. It is too short to find the code by, and long enough to notice another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<u16>,
}

impl Stated {
    /// What this request states. Its payment code, its expiry and the time of the till are left out: whoever calls
    /// again scans again and counts from a later moment.
    pub fn of_pay(request: &PayRequest) -> Self {
        // Packages and versions of this library do not all write down what would be filled in anyway.
        let mut stated = request.without_defaults().to_json();
        stated.take("paymentExpiryTime");
        take_at(&mut stated, &["order", "env"], "storeTerminalRequestTime");
        take_at(&mut stated, &["paymentMethod"], "paymentMethodId");
        let code = request.payment_code().map(|code| {
            let [first, second, ..] = sha256(&[
                stated.text("paymentRequestId").unwrap_or_default().as_bytes(),
                code.expose().as_bytes(),
            ]);
            u16::from_be_bytes([first, second])
        });
        Stated { digest: of(&stated), code }
    }

    /// What this request states.
    pub fn of_refund(request: &RefundRequest) -> Self {
        Stated { digest: of(&request.to_json()), code: None }
    }

    /// Whether both ask for the same, whatever the payment code is.
    pub fn is_same(&self, other: &Stated) -> bool {
        self.digest == other.digest
    }

    /// Whether both state the same payment code, or neither states one.
    pub fn has_same_code(&self, other: &Stated) -> bool {
        self.code == other.code
    }
}

fn take_at(object: &mut Object, way: &[&str], name: &str) {
    match way {
        [] => drop(object.take(name)),
        [first, rest @ ..] => {
            if let Some(Json::Object(inner)) = object.get_mut(first) {
                take_at(inner, rest, name);
            }
        }
    }
}

/// The order of members does not matter.
fn of(object: &Object) -> String {
    let mut text = String::with_capacity(1024);
    canonical_object(object, &mut text);
    sha256(&[text.as_bytes()]).iter().take(16).fold(String::with_capacity(32), |mut digest, byte| {
        // Writing to a String can't fail.
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}

fn canonical_object(object: &Object, out: &mut String) {
    let mut members: Vec<_> = object.iter().collect();
    members.sort_by_key(|(name, _)| *name);
    out.push('{');
    for (name, member) in members {
        write_string(name, out);
        out.push(':');
        canonical(member, out);
        out.push(',');
    }
    out.push('}');
}

fn canonical(json: &Json, out: &mut String) {
    match json {
        Json::Object(object) => canonical_object(object, out),
        Json::Array(elements) => {
            out.push('[');
            for element in elements {
                canonical(element, out);
                out.push(',');
            }
            out.push(']');
        }
        other => other.write(out),
    }
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    Backend::default().sha256(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAY: &str = r#"{"paymentRequestId":"p1","paymentExpiryTime":"2026-11-21T12:00:00+08:00",
        "paymentAmount":{"currency":"USD","value":"100"},
        "paymentMethod":{"paymentMethodType":"CONNECT_WALLET","paymentMethodId":"281006020000000000125733"},
        "order":{"orderDescription":"Coffee","env":{"storeTerminalRequestTime":"2026-11-21T11:59:00+08:00"}}}"#;

    fn stated(text: &str) -> Stated {
        Stated::of_pay(&PayRequest::from_json(Object::parse(text.as_bytes()).unwrap()))
    }

    #[test]
    fn a_later_call_with_another_code_states_the_same() {
        let first = stated(PAY);
        let later = stated(&PAY.replace("T12:00", "T12:05").replace("T11:59", "T12:04"));
        assert!(first.is_same(&later) && first.has_same_code(&later));
        let other_code = stated(&PAY.replace("125733", "125734"));
        assert!(first.is_same(&other_code) && !first.has_same_code(&other_code));
    }

    #[test]
    fn what_would_be_filled_in_anyway_does_not_count() {
        let first = stated(PAY);
        for (from, to) in [
            ("\"paymentMethodType\":\"CONNECT_WALLET\",", ""),
            ("{\"paymentRequestId\"", "{\"productCode\":\"IN_STORE_PAYMENT\",\"paymentRequestId\""),
            ("{\"paymentRequestId\"", "{\"paymentFactor\":{\"isInStorePayment\":true},\"paymentRequestId\""),
            ("\"Coffee\"", "\"Coffee\",\"orderAmount\":{\"currency\":\"USD\",\"value\":\"100\"}"),
        ] {
            assert!(PAY.contains(from) && first.is_same(&stated(&PAY.replace(from, to))), "{to}");
        }
        for (from, to) in [
            ("CONNECT_WALLET", "CARD"),
            ("\"Coffee\"", "\"Coffee\",\"orderAmount\":{\"currency\":\"USD\",\"value\":\"101\"}"),
        ] {
            assert!(!first.is_same(&stated(&PAY.replace(from, to))), "{to}");
        }
    }

    #[test]
    fn every_stated_field_counts() {
        let first = stated(PAY);
        for (from, to) in [("\"100\"", "\"101\""), ("USD", "EUR"), ("Coffee", "Tea"), ("\"p1\"", "\"p2\"")] {
            assert!(!first.is_same(&stated(&PAY.replace(from, to))), "{to}");
        }
        let more = PAY.replace("{\"orderDescription\"", "{\"referenceOrderId\":\"R1\",\"orderDescription\"");
        assert!(!first.is_same(&stated(&more)));
    }

    #[test]
    fn the_order_of_members_does_not() {
        let refund = |text: &str| {
            Stated::of_refund(&RefundRequest::from_json(Object::parse(text.as_bytes()).unwrap()))
        };
        let first = refund(r#"{"refundRequestId":"r1","extra":{"a":1,"b":[2,3]}}"#);
        assert!(first.is_same(&refund(r#"{"extra":{"b":[2,3],"a":1},"refundRequestId":"r1"}"#)));
        assert!(!first.is_same(&refund(r#"{"extra":{"b":[3,2],"a":1},"refundRequestId":"r1"}"#)));
    }
}
