//! The control endpoints below `/sandbox`, for tests and for people. They are not signed.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::Shared;
use crate::Protocol;
use crate::behaviour::{BEHAVIOURS, Behaviour};
use crate::customer::Customer;
use crate::fault::{Fault, Injection};
use crate::notice::{Notice, Posted, Wrong};
use crate::protocol::Operation;

fn json_response(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], format!("{value:#}\n")).into_response()
}

fn done(value: &Value) -> Response {
    json_response(StatusCode::OK, value)
}

fn wrong(reason: &str) -> Response {
    json_response(StatusCode::BAD_REQUEST, &json!({ "error": reason }))
}

/// Lets in who may use this API.
pub(super) async fn admit(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    match shared.guard.check(request.headers()) {
        Ok(()) => next.run(request).await,
        Err((status, reason)) => json_response(status, &json!({ "error": reason })),
    }
}

/// `GET /sandbox/journal?after=NUMBER`: what happened after the entry of this number.
pub(super) async fn journal(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    shared.catch_up();
    let query = uri.query().unwrap_or_default();
    let after = query.split('&').find_map(|part| part.strip_prefix("after="));
    match after.unwrap_or("0").parse() {
        Ok(after) => done(&shared.gateway.journal_json(after)),
        Err(_) => wrong("after is the number of an entry"),
    }
}

/// `GET /sandbox/ledger`
pub(super) async fn ledger(State(shared): State<Arc<Shared>>) -> Response {
    let now_ms = shared.catch_up();
    done(&shared.gateway.ledger_json(now_ms))
}

/// `GET /sandbox/behaviours`
pub(super) async fn behaviours() -> Response {
    let list: Vec<Value> = BEHAVIOURS
        .iter()
        .map(|row| {
            json!({
                "name": row.name,
                "code": row.code,
                "description": row.description,
                "expected": {"ams": row.ams.as_str(), "alipay_plus": row.alipay_plus.as_str()},
            })
        })
        .collect();
    done(&json!(list))
}

/// `GET /sandbox/codes?behaviour=NAME`: a code that chooses the behaviour and was not used before; without a name
/// one that is paid at once.
pub(super) async fn code(uri: Uri) -> Response {
    let query = uri.query().unwrap_or_default();
    let asked = query.split('&').find_map(|part| part.strip_prefix("behaviour="));
    match Behaviour::named(asked.unwrap_or("paid_at_once")) {
        Some(behaviour) => done(&json!({"behaviour": behaviour.name, "code": behaviour.fresh_code()})),
        None => wrong("no such behaviour; GET /sandbox/behaviours lists them"),
    }
}

/// `GET /sandbox/settings`
pub(super) async fn settings(State(shared): State<Arc<Shared>>) -> Response {
    done(&json!(shared.gateway.settings()))
}

/// `POST /sandbox/settings`: changes the settings that the body names, such as `{"sign_query": true}`.
pub(super) async fn set_settings(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let Ok(wish) = serde_json::from_slice::<Value>(&body) else { return wrong("the body is not JSON") };
    match shared.gateway.settings().changed(&wish) {
        Ok(settings) => shared.gateway.set_settings(settings),
        Err(reason) => return wrong(&reason),
    }
    settings(State(shared)).await
}

/// `GET /sandbox/faults`: the faults there are.
pub(super) async fn faults(State(shared): State<Arc<Shared>>) -> Response {
    let waiting = shared.gateway.injections();
    let waits = |name: &str| -> u64 {
        waiting.iter().filter(|one| one.fault.name() == name).map(|one| u64::from(one.times)).sum()
    };
    let list: Vec<Value> = Fault::ALL
        .iter()
        .map(|(_, name, what)| json!({"fault": name, "description": what, "waits": waits(name)}))
        .collect();
    done(&json!(list))
}

/// `POST /sandbox/faults`: `{"operation":"pay","fault":"reply_lost","times":1,"payment_request_id":"…"}`, of
/// which only `fault` has to be there.
pub(super) async fn inject(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let Ok(wish) = serde_json::from_slice::<Value>(&body) else { return wrong("the body is not JSON") };
    let Some(Ok(fault)) = wish.get("fault").and_then(Value::as_str).map(str::parse::<Fault>) else {
        return wrong("no such fault; GET /sandbox/faults lists them");
    };
    let operation = match wish.get("operation").map(|name| name.as_str().map(str::parse::<Operation>)) {
        None => None,
        Some(Some(Ok(operation))) => Some(operation),
        Some(_) => {
            return wrong(
                "operation is pay, inquiryPayment, cancel, refund, inquiryRefund, notifyPayment or notifyRefund",
            );
        }
    };
    let times =
        match wish.get("times").map(|times| times.as_u64().and_then(|times| u32::try_from(times).ok())) {
            None => 1,
            Some(Some(times)) => times,
            Some(None) => return wrong("times is a number"),
        };
    let payment_request_id = wish.get("payment_request_id").and_then(Value::as_str).map(str::to_owned);
    shared.gateway.inject(Injection { operation, payment_request_id, fault, times });
    done(&json!({"fault": fault.name(), "times": times}))
}

/// `DELETE /sandbox/faults`: forgets those that still wait.
pub(super) async fn clear_faults(State(shared): State<Arc<Shared>>) -> Response {
    shared.gateway.clear_injections();
    done(&json!({}))
}

/// `GET /sandbox/notices`: what can be wrong with a notification that is made by hand.
pub(super) async fn wrong_notices() -> Response {
    let list: Vec<Value> =
        Wrong::ALL.iter().map(|(_, name, what)| json!({"wrong": name, "description": what})).collect();
    done(&json!(list))
}

/// `POST /sandbox/notices`: a notification to be posted by a test, signed for
/// `{"protocol":"ams","path":"/notify","payment_request_id":"…","currency":"USD","value":"1999","paid":true}`, or wrong as
/// `wrong` says. All but `payment_request_id` may be left out.
pub(super) async fn notice(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let Ok(wish) = serde_json::from_slice::<Value>(&body) else { return wrong("the body is not JSON") };
    let text = |name: &str, usual| match wish.get(name) {
        None | Some(Value::Null) => Some(usual),
        Some(value) => value.as_str(),
    };
    let fields = ["payment_request_id", "currency", "value", "path", "protocol", "wrong"];
    let usual = ["", "USD", "1999", "/notify", "ams", ""];
    let mut given = [""; 6];
    for (place, (name, usual)) in given.iter_mut().zip(fields.into_iter().zip(usual)) {
        let Some(text) = text(name, usual) else { return wrong(&format!("{name} is a text")) };
        *place = text;
    }
    let [payment_request_id, currency, value, path, protocol, asked] = given;
    let protocol = match protocol {
        "ams" => Protocol::Ams,
        "alipay_plus" => Protocol::AlipayPlus,
        _ => return wrong("protocol is ams or alipay_plus"),
    };
    let asked = match asked.parse::<Wrong>() {
        Ok(wrong) => Some(wrong),
        Err(_) if asked.is_empty() => None,
        Err(_) => return wrong("nothing of that name can be wrong; GET /sandbox/notices lists what can"),
    };
    if payment_request_id.is_empty() {
        return wrong("payment_request_id names the payment that the notification is about");
    }
    let paid = wish.get("paid").and_then(Value::as_bool).unwrap_or(true);
    let now_ms = shared.clock.now_ms();
    let notice = Notice { protocol, client_id: "", payment_request_id, currency, value, paid, path, now_ms };
    match shared.gateway.notice(&notice, asked) {
        Some(Posted { headers, body }) => {
            let headers: serde_json::Map<String, Value> =
                headers.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
            done(&json!({"path": path, "headers": headers, "body": body}))
        }
        None => wrong("it can't be signed over this path"),
    }
}

/// `GET /sandbox/clock`
pub(super) async fn clock(State(shared): State<Arc<Shared>>) -> Response {
    done(&json!({"now_ms": shared.clock.now_ms(), "speed": shared.clock.speed().unwrap_or(0)}))
}

/// `POST /sandbox/clock`: `{"speed":60}`, `{"advance_ms":120000}`, or both; speed 0 stops the clock.
pub(super) async fn set_clock(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let Ok(wish) = serde_json::from_slice::<Value>(&body) else { return wrong("the body is not JSON") };
    if let Some(speed) = wish.get("speed") {
        let Some(speed) = speed.as_u64().and_then(|speed| u32::try_from(speed).ok()) else {
            return wrong("speed is a whole number; 0 stops the clock");
        };
        shared.clock.set_speed(speed);
    }
    if let Some(ms) = wish.get("advance_ms") {
        let Some(ms) = ms.as_i64().filter(|ms| *ms >= 0) else {
            return wrong("advance_ms is a whole number; time does not go back");
        };
        shared.clock.advance(ms);
    }
    shared.catch_up();
    shared.ring();
    clock(State(shared)).await
}

/// `POST /sandbox/customers/{paymentRequestId}`: `{"does":"pay"}`, `{"does":"fail"}` or `{"does":"scan"}` acts now;
/// `{"plan":"pays_after=3000; form=POST"}` settles it in advance, also for `default`.
pub(super) async fn customer(
    State(shared): State<Arc<Shared>>,
    Path(payment_request_id): Path<String>,
    body: Bytes,
) -> Response {
    let Ok(wish) = serde_json::from_slice::<Value>(&body) else { return wrong("the body is not JSON") };
    if let Some(plan) = wish.get("plan").and_then(Value::as_str) {
        let Ok(customer) = plan.parse::<Customer>() else {
            return wrong(Customer::USAGE);
        };
        shared.gateway.plan_customer(&payment_request_id, customer);
        return done(&json!({ "plan": plan }));
    }
    let now_ms = shared.catch_up();
    let gateway = &shared.gateway;
    let found = match wish.get("does").and_then(Value::as_str) {
        Some("pay") => gateway.customer_acts(&payment_request_id, true, now_ms),
        Some("fail") => gateway.customer_acts(&payment_request_id, false, now_ms),
        Some("scan") => gateway.customer_scans(&payment_request_id, now_ms),
        _ => return wrong("does is pay, fail or scan"),
    };
    if !found {
        return json_response(StatusCode::NOT_FOUND, &json!({"error": "there is no such payment"}));
    }
    shared.catch_up();
    shared.ring();
    done(&json!({}))
}
