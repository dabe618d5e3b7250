//! The samples of the public pages, read as they stand; and those of a broken translation of one page, which
//! serve as malformed input.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

use alipay_instore::Timestamp;
use alipay_instore::api::pay::{NotifyHttp, PayOptions};
use alipay_instore::api::{Notification, PayRequest, PayResponse, Scenario, StatedAmount};
use alipay_instore::gateway::Protocol;
use alipay_instore::json::{Json, Object};
use alipay_instore::result_code::Status;
use std::time::Duration;

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!("fixtures/", $name)).as_bytes()
    };
}

fn object(sample: &[u8]) -> Object {
    Object::parse(sample).unwrap()
}

fn refusal(sample: &[u8]) -> &'static str {
    Object::parse(sample).unwrap_err().code().as_str()
}

/// The samples' notification URL is plain http.
fn sandbox() -> PayOptions {
    PayOptions { notify_http: NotifyHttp::Allowed, ..PayOptions::default() }
}

#[test]
fn the_entry_code_request() {
    let request = PayRequest::from_json(object(sample!("entry_code_pay_request.json")));
    assert_eq!(request.scenario(), Some(Scenario::EntryCode));
    let store = request.order.clone().unwrap().merchant.unwrap().store.unwrap();
    assert_eq!(store.store_mcc.as_deref(), Some("1405"), "the sample spells it storeMcc");

    let checked = request.check(Protocol::Ams, Timestamp::from_millis(0), &sandbox()).unwrap();
    assert_eq!(checked.amount.to_string(), "0.10 USD");
    assert!(checked.warnings.is_empty());
    let body = checked.body.to_string();
    assert!(body.contains(r#""storeMCC":"1405""#) && !body.contains("storeMcc"));
    assert!(body.contains("; wv)  AppleWebKit/537.36"), "spaces of the user agent are kept");

    let error = request.check(Protocol::Ams, Timestamp::from_millis(0), &PayOptions::default()).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("request.notify_url", Some("paymentNotifyUrl")));
}

#[test]
fn the_alipay_plus_request_expires_half_an_hour_before_it_was_made() {
    let request = PayRequest::from_json(object(sample!("alipay_plus_pay_request.json")));
    let till = request.order.clone().unwrap().env.unwrap().store_terminal_request_time.unwrap();
    let expiry = request.payment_expiry_time.clone().unwrap();
    assert_eq!(
        till.timestamp().unwrap().saturating_since(expiry.timestamp().unwrap()),
        Duration::from_secs(30 * 60)
    );

    let at = |text| request.check(Protocol::AlipayPlus, Timestamp::parse(text).unwrap(), &sandbox());
    let error = at("2019-06-01T12:01:01+08:00").unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("request.expired", Some("paymentExpiryTime")));
    assert_eq!(
        at("2019-06-01T12:01:01+08:30").unwrap_err().code(),
        "request.expired",
        "at the expiry itself"
    );

    let checked = at("2019-06-01T12:01:00+08:30").unwrap();
    assert_eq!(checked.payment_expiry_time, expiry.timestamp());
    assert_eq!(checked.payment_code.unwrap().expose(), "28100602000000000012");
    assert!(checked.body.get("paymentExpiryTime").is_none());
    assert_eq!(checked.body.object("paymentFactor").unwrap().text("isInStorePayment").unwrap(), "true");
}

#[test]
fn the_alipay_plus_answers() {
    let paid = PayResponse::from_json(object(sample!("alipay_plus_pay_response_success.json")));
    assert_eq!(paid.result.as_ref().unwrap().status(), Status::Succeeded);
    assert_eq!(paid.payment_amount.as_ref().and_then(StatedAmount::amount).unwrap().to_string(), "100 JPY");
    assert_eq!(paid.wallet(), Some("KAKAOPAY"));
    assert_eq!(paid.payment_time.as_ref().unwrap().as_str(), "2021-04-08T14:48:50+08:00");
    assert!(paid.extra.is_empty() && !paid.has_form());

    let refused = PayResponse::from_json(object(sample!("alipay_plus_pay_response_failure.json")));
    let result = refused.result.unwrap();
    assert_eq!((result.status(), result.code()), (Status::Failed, "PROCESS_FAIL"));

    let unknown = PayResponse::from_json(object(sample!("alipay_plus_pay_response_unknown.json")));
    let result = unknown.result.unwrap();
    assert_eq!((result.status(), result.code()), (Status::Unknown, "UNKNOWN_EXCEPTION"));
}

#[test]
fn the_notifications() {
    let paid = Notification::from_json(object(sample!("entry_code_notification_success.json")));
    assert_eq!(paid.result_of_payment(Protocol::Ams).unwrap().status(), Status::Succeeded);
    assert!(paid.result_of_payment(Protocol::AlipayPlus).is_none());
    assert_eq!(paid.payment_amount.as_ref().and_then(StatedAmount::amount).unwrap().to_string(), "80.00 EUR");
    // GNU date: date -u -d 2020-01-01T12:01:01+08:30 +%s%3N
    assert_eq!(
        paid.payment_time.as_ref().unwrap().timestamp(),
        Some(Timestamp::from_millis(1_577_849_461_000))
    );
    assert!(paid.extra.is_empty());

    let failed = Notification::from_json(object(sample!("entry_code_notification_failure.json")));
    assert_eq!(failed.result_of_payment(Protocol::Ams).unwrap().code(), "USER_BALANCE_NOT_ENOUGH");
    assert!(failed.payment_amount.is_none());

    let acknowledgement = object(sample!("entry_code_acknowledgement.json"));
    assert_eq!(acknowledgement.object("result").unwrap().text("resultStatus").unwrap(), "S");
}

#[test]
fn samples_survive_a_round_trip() {
    for sample in [
        sample!("entry_code_notification_success.json"),
        sample!("entry_code_notification_failure.json"),
        sample!("translated_notification_failure.json"),
        sample!("translated_content_body.json"),
    ] {
        let object = object(sample);
        assert_eq!(sorted(&Notification::from_json(object.clone()).to_json()), sorted(&object));
    }
    for sample in [
        sample!("alipay_plus_pay_response_success.json"),
        sample!("alipay_plus_pay_response_failure.json"),
        sample!("alipay_plus_pay_response_unknown.json"),
    ] {
        let object = object(sample);
        assert_eq!(sorted(&PayResponse::from_json(object.clone()).to_json()), sorted(&object));
    }
}

/// The members in the order of their names, at every depth: reading does not keep their order.
fn sorted(object: &Object) -> Object {
    let mut members: Vec<(&str, &Json)> = object.iter().collect();
    members.sort_unstable_by_key(|(name, _)| *name);
    members.into_iter().fold(Object::new(), |sum, (name, json)| match json {
        Json::Object(inner) => sum.with(name.to_owned(), sorted(inner)),
        other => sum.with(name.to_owned(), other.clone()),
    })
}

#[test]
fn comments_in_a_body_are_refused() {
    assert_eq!(refusal(sample!("entry_code_notification_success_with_comments.txt")), "message.not_json");
}

#[test]
fn the_translated_notification_is_refused_in_every_form() {
    assert_eq!(refusal(sample!("translated_notification_success.txt")), "message.not_json");
    assert_eq!(refusal(sample!("translated_notification_success_with_prose.txt")), "message.not_json");
    let cut = Object::parse(sample!("translated_notification_success_comments_stripped.txt")).unwrap_err();
    assert_eq!((cut.code().as_str(), cut.reason()), ("message.not_json", "the JSON is cut off"));
    assert_eq!(refusal(sample!("translated_notification_headers.txt")), "message.not_json");
}

#[test]
fn the_translated_times_are_refused_and_kept() {
    let object = object(sample!("translated_content_body.json"));
    let notification = Notification::from_json(object.clone());
    for time in [notification.payment_time.unwrap(), notification.payment_create_time.unwrap()] {
        assert_eq!(time.to_timestamp().unwrap_err().code(), "message.field");
        assert!(time.as_str().starts_with("2020-01-01 12:01:0"));
    }
    assert!(notification.extra.get("actualPaymentAmount").is_some(), "withdrawn, and still in the sample");

    let request = PayRequest::from_json(
        translated_request().with("paymentExpiryTime", object.text("paymentTime").unwrap().into_owned()),
    );
    let error = request.check(Protocol::Ams, Timestamp::from_millis(0), &sandbox()).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("request.invalid", Some("paymentExpiryTime")));
}

/// The translated request is whole; it lost only the double spaces of the user agent.
fn translated_request() -> Object {
    object(sample!("translated_pay_request.json"))
}

#[test]
fn the_translated_request_differs_from_the_original_in_bytes_alone() {
    let translated = PayRequest::from_json(translated_request());
    let original = PayRequest::from_json(object(sample!("entry_code_pay_request.json")));
    let body = |request: &PayRequest| {
        request.check(Protocol::Ams, Timestamp::from_millis(0), &sandbox()).unwrap().body.to_string()
    };
    assert_ne!(body(&translated), body(&original), "a signature over one does not fit the other");
    assert_eq!(body(&translated), body(&original).replace("  ", " "));
    let error =
        translated.check(Protocol::Ams, Timestamp::from_millis(0), &PayOptions::default()).unwrap_err();
    assert_eq!(error.code(), "request.notify_url");
}
