use super::*;
use crate::amount::Amount;
use crate::engine::{Notified, PaymentResult, RefundResult};
use crate::error::{ErrorCode, HttpAnswer};
use crate::gateway::Operation;
use crate::payment::{Action, Certainty, Event, Numbered, Secret, Timing, UnresolvedReason, Unverified};
use crate::refund::{NumberedRefund, RefundAction, RefundEvent};
use crate::reverse::ReverseEvent;
use crate::store::{Acknowledgement, Alert, Part};
use crate::time::Timestamp;
use crate::timeline::{TimelineEntry, TimelineEvent};
use std::time::Duration;

fn event(text: &str) -> crate::error::Result<Event> {
    Event::from_json(Object::parse(text.as_bytes()).unwrap())
}

#[test]
fn every_event_is_read() {
    let body = Object::new().with("a", "b");
    let reply = |timing| Event::Reply { send_id: 1, operation: Operation::Pay, body: body.clone(), timing };
    let no_reply = |certainty, unverified| Event::NoReply {
        send_id: 2,
        operation: Operation::Inquiry,
        certainty,
        unverified,
    };
    let unsigned = Unverified::Unsigned { result_code: "KEY_NOT_FOUND".into() };
    for (text, expected) in [
        (r#"{"type":"begin"}"#, Event::Begin),
        (r#"{"type":"tick"}"#, Event::Tick),
        (r#"{"type":"resumed"}"#, Event::Resumed),
        (r#"{"type":"cancel_requested"}"#, Event::CancelRequested),
        (r#"{"type":"notified","body":{"a":"b"}}"#, Event::Notified { body: body.clone() }),
        (
            r#"{"type":"reply","send_id":1,"operation":"pay","body":{"a":"b"},"signed_at":null}"#,
            reply(Timing::default()),
        ),
        (
            r#"{"type":"reply","send_id":1,"operation":"pay","body":"{\"a\":\"b\"}","signed_at":5,"stale":true}"#,
            reply(Timing { signed_at: Some(Timestamp::from_millis(5)), stale: true }),
        ),
        (r#"{"type":"no_reply","send_id":2,"operation":"inquiry"}"#, no_reply(Certainty::Unknown, None)),
        (
            r#"{"type":"no_reply","send_id":2,"operation":"inquiry","certainty":"not_sent","wrong_key":true}"#,
            no_reply(Certainty::NotSent, Some(Unverified::WrongKey)),
        ),
        (
            r#"{"type":"no_reply","send_id":2,"operation":"inquiry","unsigned_code":"KEY_NOT_FOUND"}"#,
            no_reply(Certainty::Unknown, Some(unsigned)),
        ),
    ] {
        assert_eq!(event(text).unwrap(), expected, "{text}");
    }
}

#[test]
fn a_slip_in_an_event_is_named() {
    for (text, code, path) in [
        ("{}", "config.missing", Some("type")),
        (r#"{"type":1}"#, "config.invalid", Some("type")),
        (r#"{"type":"began"}"#, "config.invalid", Some("type")),
        (r#"{"type":"tick","at":5}"#, "config.invalid", Some("at")),
        (r#"{"type":"reply","send_id":1,"body":{}}"#, "config.missing", Some("operation")),
        (r#"{"type":"reply","operation":"pay","body":{}}"#, "config.missing", Some("send_id")),
        (r#"{"type":"reply","send_id":-1,"operation":"pay","body":{}}"#, "config.invalid", Some("send_id")),
        (r#"{"type":"reply","send_id":1,"operation":"buy","body":{}}"#, "config.invalid", Some("operation")),
        (r#"{"type":"reply","send_id":1,"operation":"pay"}"#, "config.missing", Some("body")),
        (r#"{"type":"notified","body":[]}"#, "config.invalid", Some("body")),
        (r#"{"type":"notified","body":"{"}"#, "message.not_json", None),
        (
            r#"{"type":"reply","send_id":1,"operation":"pay","body":{},"signed":5}"#,
            "config.invalid",
            Some("signed"),
        ),
        (
            r#"{"type":"no_reply","send_id":1,"operation":"pay","certainty":"perhaps"}"#,
            "config.invalid",
            Some("certainty"),
        ),
        (
            r#"{"type":"no_reply","send_id":1,"operation":"pay","unsigned_code":"X","wrong_key":true}"#,
            "config.invalid",
            Some("wrong_key"),
        ),
    ] {
        let error = event(text).unwrap_err();
        assert_eq!((error.code().as_str(), error.path()), (code, path), "{text}");
    }
}

#[test]
fn refunds_and_reverses_have_the_events_of_a_payment_but_its_own() {
    let read = |text: &str| RefundEvent::from_json(Object::parse(text.as_bytes()).unwrap());
    assert_eq!(read(r#"{"type":"begin"}"#).unwrap(), RefundEvent::Begin);
    let tick = Object::new().with("type", "tick");
    assert_eq!(ReverseEvent::from_json(tick).unwrap(), ReverseEvent::Tick);
    assert_eq!(read(r#"{"type":"cancel_requested"}"#).unwrap_err().path(), Some("type"));
    let blamed = r#"{"type":"no_reply","send_id":1,"operation":"refund","wrong_key":true}"#;
    assert_eq!(read(blamed).unwrap_err().path(), Some("wrong_key"));
}

#[test]
fn actions_are_written_with_their_type() {
    let send = Action::Send {
        send_id: 1,
        operation: Operation::Pay,
        path: "/p".into(),
        body: Secret::new("{}".into()),
    };
    let reason = UnresolvedReason::CancelWindow;
    let given = [
        Numbered { sequence: 1, action: send },
        Numbered { sequence: 2, action: Action::Present { form: Object::new().with("orderCodeForm", "x") } },
        Numbered { sequence: 3, action: Action::Conclude { outcome: Outcome::Unresolved { reason } } },
        Numbered { sequence: 4, action: Action::Alert { kind: AlertKind::IdMismatch, detail: "why".into() } },
    ];
    assert_eq!(
        actions(&given).to_string(),
        concat!(
            r#"[{"sequence":1,"type":"send","send_id":1,"operation":"pay","path":"/p","body":"{}"},"#,
            r#"{"sequence":2,"type":"present","form":{"orderCodeForm":"x"}},"#,
            r#"{"sequence":3,"type":"conclude","outcome":"unresolved","code":null,"reason":"cancel_window"},"#,
            r#"{"sequence":4,"type":"alert","kind":"id_mismatch","detail":"why"}]"#
        )
    );
    let refused = RefundAction::Conclude { outcome: RefundOutcome::Failed { code: "X".into() } };
    assert_eq!(
        actions(&[NumberedRefund { sequence: 1, action: refused }]).to_string(),
        r#"[{"sequence":1,"type":"conclude","outcome":"failed","code":"X"}]"#
    );
}

#[test]
fn an_entry_has_its_event_inside() {
    let answer = HttpAnswer { status: 502, content_type: Some("text/html".into()) };
    let error = Error::new(ErrorCode::TransportHttpStatus, "late").with_hint("wait").with_http(answer);
    let unanswered = TimelineEvent::Unanswered {
        operation: Operation::Pay,
        send_id: 1,
        took: Duration::from_millis(7),
        certainty: Certainty::Unknown,
        error,
    };
    let concluded = TimelineEvent::ReverseConcluded { outcome: ReverseOutcome::Reversed };
    let steps = [
        TimelineEntry {
            at: Timestamp::from_millis(12),
            elapsed: Duration::from_millis(2),
            event: unanswered,
        },
        TimelineEntry { at: Timestamp::from_millis(13), elapsed: Duration::from_millis(3), event: concluded },
    ];
    assert_eq!(
        timeline(&steps).to_string(),
        concat!(
            r#"[{"at":12,"elapsed":2,"event":{"type":"unanswered","operation":"pay","send_id":1,"took":7,"#,
            r#""certainty":"unknown","error":{"code":"transport.http_status","reason":"late","hint":"wait","#,
            r#""retryable":true,"path":null,"payment_request_id":null,"may_have_charged":false,"#,
            r#""may_have_refunded":false,"scanned_as":null,"http_status":502,"content_type":"text/html"}}},"#,
            r#"{"at":13,"elapsed":3,"event":{"type":"reverse_concluded","outcome":"reversed","code":null}}]"#
        )
    );
}

#[test]
fn what_has_not_ended_has_no_outcome() {
    assert_eq!(outcome(None::<&Outcome>).to_string(), r#"{"outcome":null}"#);
    assert_eq!(outcome(Some(&ReverseOutcome::Reversed)).to_string(), r#"{"outcome":"reversed","code":null}"#);
}

#[test]
fn a_result_has_one_form_in_every_language() {
    let alert = Alert {
        number: 1,
        part: Part::Refund("r".into()),
        kind: AlertKind::RefundFailed,
        detail: "no".into(),
        at: Timestamp::from_millis(5),
        acknowledged: Some(Acknowledgement { who: "Ann".into(), at: Timestamp::from_millis(6) }),
    };
    let result = PaymentResult {
        payment_request_id: "p".into(),
        outcome: Some(Outcome::Failed { code: "USER_BALANCE_NOT_ENOUGH".into() }),
        phase: "failed",
        amount: Amount::parse("19.99 USD").unwrap(),
        payment_id: None,
        payment_time: Some(Timestamp::from_millis(7)),
        alerts: vec![alert],
        code_ignored: false,
        stored: true,
        may_have_charged: false,
        may_have_refunded: false,
        form: None,
        timeline: Vec::new(),
        warnings: Vec::new(),
    };
    assert_eq!(
        result.to_json().to_string(),
        concat!(
            r#"{"payment_request_id":"p","outcome":"failed","code":"USER_BALANCE_NOT_ENOUGH","reason":null,"#,
            r#""in_progress":false,"phase":"failed","#,
            r#""amount":"19.99 USD","payment_id":null,"payment_time":7,"#,
            r#""alerts":[{"number":1,"part":"refund","refund_request_id":"r","kind":"refund_failed","detail":"no","#,
            r#""at":5,"acknowledged":{"who":"Ann","at":6}}],"code_ignored":false,"stored":true,"#,
            r#""may_have_charged":false,"may_have_refunded":false,"form":null,"timeline":[],"warnings":[]}"#
        )
    );
    let refund = RefundResult {
        payment_request_id: "p".into(),
        refund_request_id: "r".into(),
        outcome: None,
        refund_id: Some("g".into()),
        alerts: Vec::new(),
        left: 5,
        stored: true,
        may_have_refunded: true,
        timeline: Vec::new(),
    };
    assert_eq!(
        refund.to_json().to_string(),
        concat!(
            r#"{"payment_request_id":"p","refund_request_id":"r","outcome":null,"code":null,"in_progress":true,"#,
            r#""refund_id":"g","alerts":[],"left":5,"stored":true,"may_have_refunded":true,"timeline":[]}"#
        )
    );
    let taken = Notified::Taken {
        payment_request_id: "p".into(),
        refund_request_id: None,
        outcome: Some(Outcome::Succeeded),
        alerts: Vec::new(),
    };
    assert_eq!(
        taken.to_json().to_string(),
        concat!(
            r#"{"kind":"taken","payment_request_id":"p","refund_request_id":null,"outcome":"succeeded","code":null,"#,
            r#""reason":null,"alerts":[]}"#
        )
    );
}
