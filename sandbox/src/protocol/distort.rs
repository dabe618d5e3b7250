//! Messages whose signature is right and whose content is not what the documents describe.
//!
//! Readers meet such messages: other character sets, other types, other spellings. The signature is made over
//! what comes out of here.

use serde_json::Value;

use super::reply::Reply;
use super::{Operation, reply};
use crate::fault::Fault;

/// A body as bytes, and what its `Content-Type` says.
#[derive(Debug)]
pub(crate) struct Encoded {
    pub(crate) body: Vec<u8>,
    pub(crate) content_type: &'static str,
}

const JSON: &str = "application/json; charset=UTF-8";
const JSON_IN_GBK: &str = "application/json; charset=GBK";
const NOT_JSON: &[u8] = b"{\"result\": {\"resultStatus\": \"S\", \n";
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// The two letters of "success" in GBK; no UTF-8 text holds these bytes.
const SUCCESS_IN_GBK: &[u8] = b"\xB3\xC9\xB9\xA6";
/// Stands where the GBK text will be.
const PLACE: &str = "message-text";

/// The bytes of a body, changed as a fault demands. Faults that are about something else change nothing.
pub(crate) fn encode(mut body: Reply, operation: Operation, fault: Option<Fault>) -> Encoded {
    let plain = |body: Reply| Encoded { body: to_bytes(body), content_type: JSON };
    match fault {
        Some(Fault::NotJson) => Encoded { body: NOT_JSON.to_vec(), content_type: JSON },
        Some(Fault::WrongAmount) => {
            each_amount(&mut body, |value| {
                value.parse::<u128>().unwrap_or(0).saturating_add(1).to_string().into()
            });
            plain(body)
        }
        Some(Fault::PlusAmount) => {
            each_amount(&mut body, |value| format!("+{value}").into());
            plain(body)
        }
        Some(Fault::WrongId) => {
            reply::put(&mut body, "paymentRequestId", "somebody-elses-payment");
            if matches!(operation, Operation::Refund | Operation::NotifyRefund) {
                reply::put(&mut body, "refundRequestId", "somebody-elses-refund");
            }
            plain(body)
        }
        Some(Fault::SmallStatus) => {
            for name in ["result", "paymentResult"] {
                member(&mut body, name, "resultStatus", |status| status.to_lowercase().into());
            }
            plain(body)
        }
        Some(Fault::ListForId) => {
            for name in ["paymentRequestId", "paymentId", "refundRequestId", "refundId"] {
                if let Some(id) = body.get_mut(name) {
                    *id = Value::Array(vec![id.take()]);
                }
            }
            plain(body)
        }
        Some(Fault::Numbers) => {
            let mut text = String::new();
            write_bare(&Value::Object(body), &mut text);
            Encoded { body: text.into_bytes(), content_type: JSON }
        }
        Some(Fault::ByteOrderMark) => {
            let mut bytes = BYTE_ORDER_MARK.to_vec();
            bytes.extend(to_bytes(body));
            Encoded { body: bytes, content_type: JSON }
        }
        Some(Fault::Gbk) => {
            for name in ["result", "paymentResult"] {
                member(&mut body, name, "resultMessage", |_| PLACE.into());
            }
            Encoded { body: in_place(&to_bytes(body)), content_type: JSON_IN_GBK }
        }
        _ => plain(body),
    }
}

fn to_bytes(body: Reply) -> Vec<u8> {
    Value::Object(body).to_string().into_bytes()
}

fn each_amount(body: &mut Reply, change: impl Fn(&str) -> Value) {
    for name in ["paymentAmount", "refundAmount"] {
        member(body, name, "value", &change);
    }
}

/// Changes a text one level down.
fn member(body: &mut Reply, object: &str, name: &str, change: impl Fn(&str) -> Value) {
    let found = body.get_mut(object).and_then(|object| object.get_mut(name));
    if let Some(value) = found
        && let Some(text) = value.as_str()
    {
        *value = change(text);
    }
}

/// Writes JSON in which every text that is a whole number stands without quotes, however long it is.
fn write_bare(value: &Value, text: &mut String) {
    let mut between = "";
    match value {
        Value::String(digits) if is_whole_number(digits) => text.push_str(digits),
        Value::Object(members) => {
            text.push('{');
            for (name, value) in members {
                text.push_str(between);
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write_bare(value, text);
                between = ",";
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                text.push_str(between);
                write_bare(item, text);
                between = ",";
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

/// JSON does not allow a number to begin with a zero.
fn is_whole_number(text: &str) -> bool {
    text.bytes().all(|digit| digit.is_ascii_digit()) && text.bytes().next().is_some_and(|first| first != b'0')
}

fn in_place(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((first, others)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(PLACE.as_bytes()) {
            bytes.extend_from_slice(SUCCESS_IN_GBK);
            rest = after;
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn body() -> Reply {
        let Value::Object(body) = json!({
            "result": {"resultCode": "SUCCESS", "resultMessage": "success", "resultStatus": "S"},
            "paymentId": "2026112219401080010011000000000000000001",
            "paymentRequestId": "p-1",
            "paymentAmount": {"currency": "USD", "value": "1999"},
        }) else {
            panic!("an object")
        };
        body
    }

    fn text(fault: Fault) -> String {
        String::from_utf8(encode(body(), Operation::Pay, Some(fault)).body).unwrap()
    }

    #[test]
    fn a_message_text_in_gbk_is_no_utf_8_and_all_else_stays() {
        let encoded = encode(body(), Operation::Pay, Some(Fault::Gbk));
        assert!(std::str::from_utf8(&encoded.body).is_err());
        assert!(encoded.content_type.ends_with("GBK"));
        // printf '\xb3\xc9\xb9\xa6' | iconv -f GBK -t UTF-8 gives the Chinese word for success.
        let shown = String::from_utf8_lossy(&encoded.body);
        assert_eq!(encoded.body.windows(4).filter(|part| part == b"\xB3\xC9\xB9\xA6").count(), 1);
        assert!(shown.contains(r#""resultStatus":"S""#) && !shown.contains("success\""), "{shown}");
    }

    #[test]
    fn types_and_spellings_change_and_nothing_else() {
        assert!(text(Fault::SmallStatus).contains(r#""resultStatus":"s""#));
        assert!(text(Fault::ListForId).contains(r#""paymentRequestId":["p-1"]"#));
        assert!(text(Fault::PlusAmount).contains(r#""value":"+1999""#));
        assert!(text(Fault::WrongAmount).contains(r#""value":"2000""#));
        let numbers = text(Fault::Numbers);
        assert!(numbers.contains(r#""value":1999"#) && numbers.contains(r#""paymentRequestId":"p-1""#));
        assert!(numbers.contains(r#""paymentId":2026112219401080010011000000000000000001,"#), "{numbers}");
        let marked = encode(body(), Operation::Pay, Some(Fault::ByteOrderMark)).body;
        assert_eq!(marked.get(3..), Some(to_bytes(body()).as_slice()));
        assert!(serde_json::from_str::<Value>(&text(Fault::NotJson)).is_err());
        assert_eq!(text(Fault::Unsigned).into_bytes(), to_bytes(body()));
    }
}
