//! Results of a client as JSON, from which PHP makes its own.

use alipay_instore::Timestamp;
use alipay_instore::client::{Alerts, HandledNotification, Recovered, Recovery};
use alipay_instore::error::Result;
use alipay_instore::json::{Json, Object};
use alipay_instore::merchant::{Acknowledgement, VerifiedNotification, VerifiedResponse};

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

fn exact_object(object: &Object) -> Object {
    object
        .iter()
        .fold(Object::new(), |exacted, (name, value)| exacted.with(name.to_owned(), exact(value.clone())))
}

fn result_or_error<T>(object: Object, result: Result<T>, to_json: impl FnOnce(T) -> Object) -> Object {
    match result {
        Ok(result) => object.with("result", to_json(result)).with("error", Json::Null),
        Err(error) => object.with("result", Json::Null).with("error", error.to_json()),
    }
}

pub(crate) fn recovery(of: Recovery) -> Object {
    let payments = of.payments.into_iter().map(recovered).collect();
    let elsewhere = Json::Number(of.driven_elsewhere.to_string());
    Object::new().with("payments", Json::Array(payments)).with("driven_elsewhere", elsewhere)
}

fn recovered(of: Recovered) -> Json {
    let named = Object::new().with("payment_request_id", of.payment_request_id);
    result_or_error(named, of.result, |result| result.to_json()).into()
}

pub(crate) fn alerts(all: Alerts) -> Object {
    let alerts = all.alerts.into_iter().map(|of| {
        let named = Object::new().with("payment_request_id", of.payment_request_id);
        Json::from(named.with("alert", of.alert.to_json()))
    });
    let unreadable = all
        .unreadable
        .into_iter()
        .map(|of| Json::from(Object::new().with("id", of.id).with("error", of.error.to_json())));
    Object::new()
        .with("alerts", Json::Array(alerts.collect()))
        .with("unreadable", Json::Array(unreadable.collect()))
}

pub(crate) fn headers(headers: Vec<(&'static str, String)>) -> Object {
    headers.into_iter().fold(Object::new(), |headers, (name, value)| headers.with(name, value))
}

/// Status, headers, body.
pub(crate) fn answer(of: Acknowledgement) -> Object {
    Object::new()
        .with("status", Json::Number(of.status.to_string()))
        .with("headers", headers(of.headers))
        .with("body", String::from_utf8_lossy(of.body).into_owned())
}

pub(crate) fn handled(of: HandledNotification) -> Object {
    result_or_error(answer(of.answer), of.result, |notified| notified.to_json())
}

pub(crate) fn response(of: VerifiedResponse) -> Object {
    Object::new()
        .with("body", exact_object(&of.body))
        .with("text_replaced", Json::Bool(of.text_replaced))
        .with("key_version", number(of.key_version))
        .with("time", of.time)
        .with("signed_at", number(of.signed_at.map(Timestamp::as_millis)))
        .with("tracer_id", optional(of.tracer_id))
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
