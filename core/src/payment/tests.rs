//! The promises of the holder and of the snapshot. What the machine does is in the shared flow vectors, which
//! every language runs, and in the model checker.

use super::*;
use crate::amount::Amount;
use crate::api::Scenario;
use crate::gateway::Operation;
use crate::gateway::Protocol;
use crate::json::Object;
use crate::time::instant;

const CODE: &str = "281006020000000000125733";

fn payment(protocol: Protocol) -> Payment {
    let request = Object::new().with("paymentMethod", Object::new().with("paymentMethodId", CODE));
    let amount = Amount::from_minor("1999", "USD").unwrap();
    let order = PaymentOrder::new(
        "pay_1".into(),
        amount,
        Scenario::PaymentCode,
        None,
        "/ams/api/v1".into(),
        &request,
    );
    Payment::new(Policy::preset(protocol), order)
}

fn reply(send_id: u32, operation: Operation, body: &str) -> Event {
    Event::Reply {
        send_id,
        operation,
        body: Object::parse(body.as_bytes()).unwrap(),
        timing: Timing::default(),
    }
}

fn in_process() -> Event {
    reply(1, Operation::Pay, r#"{"result":{"resultStatus":"U","resultCode":"PAYMENT_IN_PROCESS"}}"#)
}

fn sent(actions: &[Numbered]) -> (&str, &str) {
    match &actions.last().unwrap().action {
        Action::Send { path, body, .. } => (path, body.expose()),
        other => panic!("no send: {other:?}"),
    }
}

#[test]
fn the_body_of_pay_is_built_once_and_carries_the_expiry() {
    let mut payment = payment(Protocol::AlipayPlus);
    let first = payment.begin(instant(0)).unwrap();
    assert_eq!(sent(&first).0, "/ams/api/v1/payments/pay");
    assert_eq!(
        sent(&first).1,
        format!(
            r#"{{"paymentMethod":{{"paymentMethodId":"{CODE}"}},"paymentExpiryTime":"1970-01-01T00:01:00.000Z"}}"#
        )
    );
    payment.handle(Event::Tick, instant(5_000)).unwrap();
    let second = payment.handle(Event::Tick, instant(8_000)).unwrap();
    assert_eq!(sent(&second), sent(&first));
}

#[test]
fn the_payment_code_is_gone_once_pay_is_not_sent_again() {
    let mut payment = payment(Protocol::Ams);
    assert!(payment.snapshot().contains(CODE));
    payment.begin(instant(0)).unwrap();
    assert!(payment.snapshot().contains(CODE));
    payment.handle(in_process(), instant(1_000)).unwrap();
    assert!(!payment.snapshot().contains(CODE));
    for view in [format!("{payment:?}"), format!("{:?}", self::payment(Protocol::Ams))] {
        assert!(!view.contains(CODE));
    }
}

#[test]
fn an_error_leaves_the_payment_as_it_was() {
    let mut payment = payment(Protocol::Ams);
    payment.begin(instant(0)).unwrap();
    let before = payment.clone();
    for (event, code) in [
        (Event::Begin, "payment.already_begun"),
        (reply(2, Operation::Pay, "{}"), "payment.unknown_send"),
        (reply(0, Operation::Pay, "{}"), "payment.unknown_send"),
        (reply(1, Operation::Cancel, "{}"), "payment.wrong_operation"),
    ] {
        assert_eq!(payment.handle(event, instant(1)).unwrap_err().code(), code);
        assert_eq!(payment, before);
    }
    assert_eq!(payment.handle(Event::Tick, instant(-1)).unwrap_err().code(), "payment.time");
    assert_eq!(payment.handle(Event::Tick, instant(i64::MAX)).unwrap_err().code(), "payment.time");
    assert_eq!(payment, before);
}

#[test]
fn a_snapshot_gives_the_same_payment_and_its_actions_again() {
    let mut payment = payment(Protocol::Ams);
    let begun = payment.begin(instant(0)).unwrap();
    let mut restored = Payment::restore(&payment.snapshot()).unwrap();
    assert_eq!(restored, payment);
    assert_eq!(restored.handle(Event::Resumed, instant(1)).unwrap(), begun);
    assert_eq!(restored.snapshot(), Payment::restore(&restored.snapshot()).unwrap().snapshot());
}

/// The body of pay is most of a snapshot; it was in it twice in the second version.
#[test]
fn the_body_of_pay_is_stored_once() {
    let mut payment = payment(Protocol::Ams);
    let begun = payment.begin(instant(0)).unwrap();
    let [Numbered { action: Action::Send { body, .. }, .. }] = begun.as_slice() else { panic!("{begun:?}") };
    let snapshot = payment.snapshot();
    assert_eq!(snapshot.matches(body.expose()).count(), 1);

    let mut state = state_of(&payment);
    let send = state["issued"][0]["action"]["send"].as_object_mut().unwrap();
    assert_eq!(send.insert("body".into(), body.expose().into()), None);
    let earlier = with_state(&payment, &state);
    assert_eq!(earlier.matches(&serde_json::to_string(body.expose()).unwrap()).count(), 2);
    let mut restored = Payment::restore(&earlier).unwrap();
    assert_eq!(restored.handle(Event::Resumed, instant(1)).unwrap(), begun);
    assert_eq!(restored.snapshot().matches(CODE).count(), 1);

    // Only where it is kept can it be left out.
    let mut nowhere = state_of(&payment);
    nowhere["pay_body"] = serde_json::Value::Null;
    nowhere["phase"] = "confirming".into();
    assert_eq!(
        Payment::restore(&with_state(&payment, &nowhere)).unwrap_err().code(),
        "snapshot.inconsistent"
    );

    // A length that is not that of the text, and a text that is another one.
    let length = format!("\"pay_body\":[{},", body.expose().len());
    for other in ["[1,", "[,", "[99999999999999999999,", "[-1,", "{", "nul"] {
        let wrong = snapshot.replacen(&length, &format!("\"pay_body\":{other}"), 1);
        assert_eq!(Payment::restore(&wrong).unwrap_err().code(), "snapshot.malformed", "{other}");
    }
}

/// A snapshot of the first version: the fields that came later are not there.
fn of_version_1(payment: &Payment) -> String {
    let mut state = state_of(payment);
    let remove = |object: &mut serde_json::Value, names: &[&str]| {
        for name in names {
            assert!(object.as_object_mut().unwrap().remove(*name).is_some(), "{name}");
        }
    };
    remove(&mut state, &["closing"]);
    remove(&mut state["facts"], &["verified", "unsigned", "wrong_keys"]);
    for send in state["pay_sends"].as_array_mut().unwrap() {
        remove(send, &["blamed"]);
    }
    with_state(payment, &state).replacen("\"version\":2", "\"version\":1", 1)
}

#[test]
fn a_snapshot_of_the_first_version_is_migrated() {
    let mut payment = payment(Protocol::Ams);
    payment.begin(instant(0)).unwrap();
    let mut migrated = Payment::restore(&of_version_1(&payment)).unwrap();
    // It is not known what that payment had heard, so that its cancels go on.
    assert!(migrated.state.facts.verified);
    payment.state.facts.verified = true;
    assert_eq!(migrated, payment);
    assert!(migrated.snapshot().contains("\"version\":3"));
    migrated.handle(unsigned(1, Operation::Pay), instant(500)).unwrap();
    migrated.handle(Event::CancelRequested, instant(1_000)).unwrap();
    migrated.handle(Event::Tick, instant(61_000)).unwrap();
    assert_eq!(migrated.state().name(), "cancelling");
}

fn unsigned(send_id: u32, operation: Operation) -> Event {
    let unverified = Some(Unverified::Unsigned { result_code: "CLIENT_INVALID".into() });
    Event::NoReply { send_id, operation, certainty: Certainty::Unknown, unverified }
}

#[test]
fn a_damaged_snapshot_is_refused() {
    let mut payment = payment(Protocol::Ams);
    payment.begin(instant(0)).unwrap();
    payment.handle(in_process(), instant(1_000)).unwrap();
    let good = payment.snapshot();
    let code = |text: &str| Payment::restore(text).unwrap_err().code();
    for end in 0..good.len() {
        assert_eq!(code(&good[..end]), "snapshot.malformed");
    }
    assert_eq!(code(&good.replace("1999", "1")), "snapshot.malformed");
    assert_eq!(code(&good.replacen("\"version\":3", "\"version\":4", 1)), "snapshot.newer");
    assert_eq!(code(&good.replacen("\"version\":3", "\"version\":0", 1)), "snapshot.malformed");
    assert_eq!(code(&good.replacen("\"payment\"", "\"refund\"", 1)), "snapshot.kind");
    assert_eq!(code(&good.replacen("{\"kind\"", "{\"extra\":1,\"kind\"", 1)), "snapshot.malformed");
    assert_eq!(code(""), "snapshot.malformed");
}

/// What is said of a snapshot whose state was edited, with a check that fits.
fn edited(payment: &Payment, pointer: &str, value: serde_json::Value) -> Result<Payment> {
    let mut state = state_of(payment);
    *state.pointer_mut(pointer).unwrap() = value;
    Payment::restore(&with_state(payment, &state))
}

/// The state of a payment as the second version wrote it, except what was given out.
fn state_of(payment: &Payment) -> serde_json::Value {
    let document: serde_json::Value = serde_json::from_str(&payment.snapshot()).unwrap();
    let mut state = document["state"].clone();
    state["pay_body"] = document["pay_body"].as_array().map_or(serde_json::Value::Null, |body| {
        let text = payment.state.pay_body().unwrap();
        assert_eq!(body[0], text.len());
        assert_eq!(body[1], serde_json::from_str::<serde_json::Value>(text).unwrap());
        text.into()
    });
    state
}

/// The snapshot of a payment with another state, and a check that fits, in the second version.
fn with_state(payment: &Payment, state: &serde_json::Value) -> String {
    crate::machine::snapshot::write(&crate::machine::snapshot::PAYMENT, &payment.policy, state).replacen(
        "\"version\":3",
        "\"version\":2",
        1,
    )
}

#[test]
fn a_snapshot_whose_fields_contradict_each_other_is_refused() {
    use serde_json::json;

    let ready = payment(Protocol::Ams);
    let mut paying = ready.clone();
    paying.begin(instant(0)).unwrap();
    let mut confirming = paying.clone();
    confirming.handle(in_process(), instant(1_000)).unwrap();
    let mut over = paying.clone();
    over.handle(notified("S", "SUCCESS"), instant(1_000)).unwrap();
    for (payment, pointer, value) in [
        (&ready, "/phase", json!("confirming")),
        (&ready, "/begun_at", json!(0)),
        (&ready, "/expiry", json!(120_000)),
        (&ready, "/order/request", json!(null)),
        (&ready, "/pay_sends", json!([{"send_id": 1, "fate": "open", "resumed": false}])),
        (&ready, "/order/payment_request_id", json!("")),
        (&ready, "/order/refund_request_id", json!("")),
        (&ready, "/order/api_prefix", json!("ams/api/v1")),
        (&paying, "/phase", json!("ready")),
        (&paying, "/begun_at", json!(null)),
        (&paying, "/expiry", json!(null)),
        (&paying, "/pay_body", json!(null)),
        (&paying, "/pay_sends", json!([])),
        (&paying, "/pay_sends/0/send_id", json!(2)),
        (&paying, "/sends/0/operation", json!("inquiry")),
        (&paying, "/next_sequence", json!(1)),
        (&paying, "/timers", json!([["pay_reply", 5_000], ["pay_reply", 5_000]])),
        (&confirming, "/timers", json!([["exhausted", 5_000], ["inquiry", 5_000]])),
        (&over, "/timers", json!([["inquiry", 5_000]])),
    ] {
        let code = edited(payment, pointer, value.clone()).map(|_| ()).unwrap_err().code();
        assert_eq!(code, "snapshot.inconsistent", "{} {pointer} {value}", payment.state().name());
    }
    let mut given_up = ready.clone();
    given_up.handle(Event::CancelRequested, instant(0)).unwrap();
    for payment in [&ready, &paying, &confirming, &over, &given_up] {
        assert_eq!(Payment::restore(&payment.snapshot()).as_ref(), Ok(payment));
    }
    let mut payment = ready;
    Arc::make_mut(&mut payment.policy).inquiry_limit = 1;
    assert_eq!(Payment::restore(&payment.snapshot()).unwrap_err().code(), "policy.inquiry_limit");
    #[cfg(feature = "model-checking")]
    assert_eq!(Payment::restore_unchecked(&payment.snapshot()), Ok(payment));
}

/// How the payment ends when this answers the first inquiry, and what it knows then.
fn inquired(protocol: Protocol, body: &str) -> Payment {
    let mut payment = payment(protocol);
    payment.begin(instant(1_000)).unwrap();
    payment.handle(in_process(), instant(2_000)).unwrap();
    let due = payment.next_wakeup().unwrap();
    payment.handle(Event::Tick, due).unwrap();
    payment.handle(reply(2, Operation::Inquiry, body), due).unwrap();
    payment
}

#[test]
fn a_failure_has_the_code_that_says_why() {
    let ams = |code: &str| {
        format!(r#"{{"result":{{"resultStatus":"S","resultCode":"SUCCESS"}},"paymentStatus":"FAIL"{code}}}"#)
    };
    let plus = |code: &str| {
        format!(
            r#"{{"result":{{"resultStatus":"S","resultCode":"SUCCESS"}},"paymentResult":{{"resultStatus":"F"{code}}},
            "paymentResultCode":"NOT_OF_THIS_PROTOCOL"}}"#
        )
    };
    for (protocol, body, expected) in [
        (Protocol::Ams, ams(r#","paymentResultCode":"USER_BALANCE_NOT_ENOUGH""#), "USER_BALANCE_NOT_ENOUGH"),
        (Protocol::Ams, ams(""), "PROCESS_FAIL"),
        (Protocol::Ams, ams(r#","paymentResultCode":"SUCCESS""#), "PROCESS_FAIL"),
        (Protocol::AlipayPlus, plus(r#","resultCode":"RISK_REJECT""#), "RISK_REJECT"),
        (Protocol::AlipayPlus, plus(""), "PROCESS_FAIL"),
    ] {
        let payment = inquired(protocol, &body);
        assert_eq!(payment.outcome(), Some(&Outcome::Failed { code: expected.to_owned() }), "{body}");
    }
}

#[test]
fn the_id_that_the_gateway_gives_is_kept_within_its_documented_length() {
    let longest = "2".repeat(64);
    for (id, kept) in
        [("2026", Some("2026")), ("", None), (&longest, Some(longest.as_str())), (&"2".repeat(65), None)]
    {
        let body = format!(
            r#"{{"result":{{"resultStatus":"S","resultCode":"SUCCESS"}},"paymentStatus":"PROCESSING","paymentId":"{id}"}}"#
        );
        assert_eq!(inquired(Protocol::Ams, &body).payment_id(), kept);
    }
}

#[test]
fn the_time_that_the_gateway_states_is_kept() {
    let body = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentStatus":"SUCCESS","paymentId":"2026",
        "paymentRequestId":"pay_1","paymentAmount":{"currency":"USD","value":"1999"},"paymentTime":"2025-02-20T16:51:49+08:00"}"#;
    let payment = inquired(Protocol::Ams, body);
    assert_eq!(
        (payment.outcome(), payment.payment_time()),
        (Some(&Outcome::Succeeded), Some(instant(1_740_041_509_000)))
    );
    let restored = Payment::restore(&payment.snapshot()).unwrap();
    assert_eq!(restored.payment_time(), payment.payment_time());
}

#[test]
fn what_is_asked_of_a_payment() {
    let mut payment = payment(Protocol::Ams);
    assert_eq!((payment.begun_at(), payment.expiry(), payment.payment_id()), (None, None, None));
    payment.begin(instant(1_000)).unwrap();
    assert_eq!((payment.begun_at(), payment.expiry()), (Some(instant(1_000)), Some(instant(121_000))));
    assert_eq!(Certainty::Unknown.as_str(), "unknown");
    assert_eq!(Certainty::NotSent.as_str(), "not_sent");
}

/// A notification of AMS: the letter, the code, and our amount.
fn notified(letter: &str, code: &str) -> Event {
    let body = format!(
        r#"{{"notifyType":"PAYMENT_RESULT","result":{{"resultStatus":"{letter}","resultCode":"{code}"}},
        "paymentRequestId":"pay_1","paymentAmount":{{"currency":"USD","value":"1999"}}}}"#
    );
    Event::Notified { body: Object::parse(body.as_bytes()).unwrap() }
}

#[test]
fn what_arrives_after_the_end_changes_no_result() {
    let succeeded = ("S", "SUCCESS");
    let failed = ("F", "RISK_REJECT");
    let closed = ("F", "ORDER_IS_CLOSED");
    let in_process = ("U", "PAYMENT_IN_PROCESS");
    let conflict = &[AlertKind::ConflictingEvidence][..];
    for (first, late, alerts) in [
        (succeeded, succeeded, &[][..]),
        (succeeded, failed, conflict),
        (succeeded, closed, conflict),
        (succeeded, in_process, &[]),
        (failed, succeeded, conflict),
        (failed, failed, &[]),
        (failed, closed, &[]),
        (failed, in_process, &[]),
        (closed, succeeded, conflict),
        (closed, failed, &[]),
        (closed, closed, &[]),
        (closed, in_process, &[]),
    ] {
        let mut payment = payment(Protocol::Ams);
        payment.begin(instant(0)).unwrap();
        payment.handle(notified(first.0, first.1), instant(1_000)).unwrap();
        let outcome = payment.outcome().cloned();
        assert!(outcome.is_some(), "{first:?}");
        // Told twice, the alert is raised once.
        for now in [2_000, 3_000] {
            payment.handle(notified(late.0, late.1), instant(now)).unwrap();
            assert_eq!(
                (payment.outcome(), payment.alerts()),
                (outcome.as_ref(), alerts),
                "{first:?}, {late:?}"
            );
        }
    }
}

#[test]
fn a_secret_shows_its_length_alone() {
    assert_eq!(format!("{:?}", Secret::new("abc".into())), "Secret(3 bytes)");
}

#[cfg(feature = "model-checking")]
#[test]
fn states_that_behave_alike_hash_alike() {
    use std::hash::{DefaultHasher, Hasher as _};

    let hash = |state: &State, restarts: bool| {
        let mut hasher = DefaultHasher::new();
        state.hash_behaviour(restarts, &mut hasher);
        hasher.finish()
    };
    let mut payment = payment(Protocol::Ams);
    payment.begin(instant(0)).unwrap();
    let paying = payment.state.clone();
    let renumbered = State { next_sequence: 9, ..paying.clone() };
    let inquired = State { inquiries: 1, ..paying.clone() };
    let forgotten = State { issued: Vec::new(), ..paying.clone() };
    for restarts in [false, true] {
        assert_eq!(hash(&paying, restarts), hash(&renumbered, restarts));
        assert_ne!(hash(&paying, restarts), hash(&inquired, restarts));
        assert_eq!(hash(&paying, restarts) == hash(&forgotten, restarts), !restarts);
    }
}

#[test]
fn news_of_an_older_send_waits_for_the_answer_to_the_newer_one() {
    let unknown = r#"{"result":{"resultStatus":"U","resultCode":"UNKNOWN_EXCEPTION"}}"#;
    let silent = Event::NoReply {
        send_id: 1,
        operation: Operation::Pay,
        certainty: Certainty::Unknown,
        unverified: None,
    };
    for news in [silent, reply(1, Operation::Pay, unknown)] {
        let mut payment = payment(Protocol::AlipayPlus);
        payment.begin(instant(0)).unwrap();
        payment.handle(Event::Tick, instant(5_000)).unwrap();
        payment.handle(Event::Tick, instant(8_000)).unwrap();
        assert_eq!(payment.handle(news, instant(8_500)).unwrap(), []);
        assert_eq!(
            payment.next_wakeup(),
            Some(instant(13_000)),
            "when the reply time of the second send ends"
        );
    }
}
