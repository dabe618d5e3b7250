//! Results of a client as JSON, from which Python makes its own.

use alipay_instore::client::{Alerts, HandledNotification, Recovered, Recovery};
use alipay_instore::error::Result;
use alipay_instore::json::{Json, Object};

pub(crate) fn recovery(of: Recovery) -> Object {
    let payments = of.payments.into_iter().map(recovered).collect();
    let elsewhere = Json::Number(of.driven_elsewhere.to_string());
    Object::new().with("payments", Json::Array(payments)).with("driven_elsewhere", elsewhere)
}

fn result_or_error<T>(object: Object, result: Result<T>, to_json: impl FnOnce(T) -> Object) -> Object {
    match result {
        Ok(result) => object.with("result", to_json(result)).with("error", Json::Null),
        Err(error) => object.with("result", Json::Null).with("error", error.to_json()),
    }
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

pub(crate) fn handled(of: HandledNotification) -> Object {
    let headers = of.answer.headers.into_iter();
    let headers = headers.fold(Object::new(), |headers, (name, value)| headers.with(name, value));
    let answer = Object::new()
        .with("status", Json::Number(of.answer.status.to_string()))
        .with("headers", headers)
        .with("body", String::from_utf8_lossy(of.answer.body).into_owned());
    result_or_error(answer, of.result, |notified| notified.to_json())
}
