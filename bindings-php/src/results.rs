//! Results of a client as JSON, from which PHP makes its own.

use alipay_instore::json::{Json, Object};
use alipay_instore::merchant::VerifiedNotification;

fn optional<T>(value: Option<T>) -> Json
where
    Json: From<T>,
{
    value.map_or(Json::Null, Json::from)
}

fn number<T: ToString>(value: Option<T>) -> Json {
    value.map_or(Json::Null, |value| Json::Number(value.to_string()))
}

/// A body whose decimals are texts: PHP reads a decimal number as a binary float.
fn exact(json: Json) -> Json {
    match json {
        Json::Number(number) if number.contains(['.', 'e', 'E']) => Json::String(number),
        Json::Array(items) => Json::Array(items.into_iter().map(exact).collect()),
        Json::Object(object) => Json::Object(exact_object(&object)),
        other => other,
    }
}

/// The same in each of its members.
pub(crate) fn exact_object(object: &Object) -> Object {
    object
        .iter()
        .fold(Object::new(), |exacted, (name, value)| exacted.with(name.to_owned(), exact(value.clone())))
}

pub(crate) fn headers(headers: Vec<(&'static str, String)>) -> Object {
    headers.into_iter().fold(Object::new(), |headers, (name, value)| headers.with(name, value))
}

pub(crate) fn notification(of: &VerifiedNotification) -> Object {
    Object::new()
        .with("body", exact_object(&of.body))
        .with("kind", of.kind.as_str())
        .with("payment_request_id", optional(of.payment_request_id.clone()))
        .with("refund_request_id", optional(of.refund_request_id.clone()))
        .with("path", of.path.as_str())
        .with("signed_with_query", Json::Bool(of.signed_with_query))
        .with("text_replaced", Json::Bool(of.text_replaced))
        .with("key_version", number(of.key_version))
        .with("sent_at", Json::Number(of.sent_at.as_millis().to_string()))
        .with("tracer_id", optional(of.tracer_id.clone()))
}
