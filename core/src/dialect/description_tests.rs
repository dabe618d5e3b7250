//! What is read and written here is what `schema/dialect` describes: every kind, and every member of it.

use super::described::{self, Member, Of, Union};
use super::*;
use crate::CheckName;
use crate::amount::Amount;
use crate::api::pay::Warning;
use crate::check::CheckReport;
use crate::diagnosis::{Alternatives, Message, explain};
use crate::engine::{Notified, PaymentResult, RefundResult, ReverseResult};
use crate::error::{ErrorCode, HttpAnswer, Result};
use crate::gateway::{Operation, Protocol};
use crate::keys::{SigningKey, VerifyingKey, generate};
use crate::payment::{Action, Certainty, Event, Numbered, Secret, Timing, UnresolvedReason, Unverified};
use crate::refund::{NumberedRefund, RefundAction, RefundEvent};
use crate::reply::{Ours, read_verified};
use crate::result_code::advice;
use crate::reverse::{NumberedReverse, ReverseAction, ReverseEvent};
use crate::routing::{DirectWallet, Router, RouterConfig};
use crate::signature::Content;
use crate::store::{Acknowledgement, Alert, Part};
use crate::time::Timestamp;
use crate::timeline::{TimelineEntry, TimelineEvent};
use std::time::Duration;

/// An event as JSON, with every member. A field that is added to an event does not compile here until it is written, and
/// is not equal to the description until it is described.
trait Told: Sized {
    fn read(event: Object) -> Result<Self>;
    fn tell(self) -> Object;
}

fn plain(tag: &str) -> Object {
    Object::new().with("type", tag)
}

fn about(tag: &str, send_id: u32, operation: Operation) -> Object {
    plain(tag).with("send_id", integer(i64::from(send_id))).with("operation", operation.as_str())
}

fn reply(send_id: u32, operation: Operation, body: Object, timing: Timing) -> Object {
    let Timing { signed_at, stale } = timing;
    about("reply", send_id, operation)
        .with("body", body)
        .with("signed_at", signed_at.map_or(Json::Null, |at| integer(at.as_millis())))
        .with("stale", Json::Bool(stale))
}

fn no_reply(send_id: u32, operation: Operation, certainty: Certainty) -> Object {
    about("no_reply", send_id, operation).with("certainty", certainty.as_str())
}

impl Told for Event {
    fn read(event: Object) -> Result<Self> {
        Event::from_json(event)
    }

    fn tell(self) -> Object {
        match self {
            Event::Begin => plain("begin"),
            Event::Reply { send_id, operation, body, timing } => reply(send_id, operation, body, timing),
            Event::NoReply { send_id, operation, certainty, unverified } => {
                let (unsigned_code, wrong_key) = match unverified {
                    None => (None, false),
                    Some(Unverified::Unsigned { result_code }) => (Some(result_code), false),
                    Some(Unverified::WrongKey) => (None, true),
                };
                no_reply(send_id, operation, certainty)
                    .with("unsigned_code", optional(unsigned_code.as_deref()))
                    .with("wrong_key", Json::Bool(wrong_key))
            }
            Event::Notified { body } => plain("notified").with("body", body),
            Event::CancelRequested => plain("cancel_requested"),
            Event::Resumed => plain("resumed"),
            Event::Tick => plain("tick"),
        }
    }
}

impl Told for RefundEvent {
    fn read(event: Object) -> Result<Self> {
        RefundEvent::from_json(event)
    }

    fn tell(self) -> Object {
        match self {
            RefundEvent::Begin => plain("begin"),
            RefundEvent::Reply { send_id, operation, body, timing } => {
                reply(send_id, operation, body, timing)
            }
            RefundEvent::NoReply { send_id, operation, certainty } => no_reply(send_id, operation, certainty),
            RefundEvent::Notified { body } => plain("notified").with("body", body),
            RefundEvent::Resumed => plain("resumed"),
            RefundEvent::Tick => plain("tick"),
        }
    }
}

impl Told for ReverseEvent {
    fn read(event: Object) -> Result<Self> {
        ReverseEvent::from_json(event)
    }

    fn tell(self) -> Object {
        match self {
            ReverseEvent::Begin => plain("begin"),
            ReverseEvent::Reply { send_id, operation, body, timing } => {
                reply(send_id, operation, body, timing)
            }
            ReverseEvent::NoReply { send_id, operation, certainty } => {
                no_reply(send_id, operation, certainty)
            }
            ReverseEvent::Notified { body } => plain("notified").with("body", body),
            ReverseEvent::Resumed => plain("resumed"),
            ReverseEvent::Tick => plain("tick"),
        }
    }
}

/// A value that fits, and is not the one that stands for a member that is left out.
fn fitting(of: Of) -> Json {
    match of {
        Of::Text => "x".into(),
        Of::Flag => Json::Bool(true),
        Of::Number => integer(5),
        Of::Word(words) => words[0].into(),
        Of::Message | Of::Object => Object::new().with("a", "b").into(),
        Of::Record(_) | Of::Union(_) | Of::Texts | Of::Words(_) | Of::Records(_) | Of::Unions(..) => {
            panic!("an event has nothing inside")
        }
    }
}

/// One of another kind.
fn unfitting(of: Of) -> Json {
    match of {
        Of::Text | Of::Message => integer(5),
        _ => "no such word".into(),
    }
}

/// The names of the members, without the tag of a union.
fn names<'a>(object: &'a Object, tag: &str) -> Vec<&'a str> {
    object.iter().map(|(name, _)| name).filter(|name| *name != tag).collect()
}

fn listed(members: &[Member]) -> Vec<&'static str> {
    members.iter().map(|member| member.name).collect()
}

fn refused<E: Told>(event: Object, code: &str, path: &str) {
    let text = event.to_string();
    let error = E::read(event).err().unwrap_or_else(|| panic!("{text} is taken"));
    assert_eq!((error.code().as_str(), error.path()), (code, Some(path)), "{text}");
}

/// Every member that an event of any machine has.
fn anything() -> impl Iterator<Item = &'static Member> {
    described::PAYMENT_EVENT.iter().flat_map(|(_, members)| members.iter())
}

fn reads<E: Told>(described: Union) {
    for (tag, members) in described {
        let required = members.iter().filter(|member| !member.optional);
        let least =
            required.clone().fold(plain(tag), |event, member| event.with(member.name, fitting(member.of)));
        assert_eq!(names(&E::read(least.clone()).unwrap().tell(), "type"), listed(members), "{tag}");
        for member in *members {
            let whole = least.clone().with(member.name, fitting(member.of));
            let told = E::read(whole).unwrap().tell();
            assert_eq!(told.get(member.name), Some(&fitting(member.of)), "{tag}: {}", member.name);
            let mut without = least.clone();
            without.take(member.name);
            if member.optional {
                assert!(E::read(without.with(member.name, Json::Null)).is_ok(), "{tag}: {}", member.name);
            } else {
                refused::<E>(without, "config.missing", member.name);
            }
            refused::<E>(
                least.clone().with(member.name, unfitting(member.of)),
                "config.invalid",
                member.name,
            );
        }
        for other in anything().filter(|other| !listed(members).contains(&other.name)) {
            refused::<E>(least.clone().with(other.name, fitting(other.of)), "config.invalid", other.name);
        }
    }
    for (tag, _) in described::PAYMENT_EVENT {
        if described.iter().all(|(known, _)| known != tag) {
            refused::<E>(plain(tag), "config.invalid", "type");
        }
    }
}

#[test]
fn events_are_read_as_they_are_described() {
    reads::<Event>(described::PAYMENT_EVENT);
    reads::<RefundEvent>(described::REFUND_EVENT);
    reads::<ReverseEvent>(described::REVERSE_EVENT);
}

/// Whether the object has these members beside its type, in this order, each as it is described.
fn fits(object: &Object, tag: &str, members: &[Member]) {
    assert_eq!(names(object, tag), listed(members), "{object}");
    for member in members {
        let value = object.get(member.name).unwrap();
        let good = match (member.of, value) {
            (_, Json::Null) => member.optional,
            (Of::Text, Json::String(_)) | (Of::Flag, Json::Bool(_)) | (Of::Number, Json::Number(_)) => true,
            (Of::Object, Json::Object(_)) => true,
            (Of::Word(words), Json::String(word)) => words.contains(&word.as_str()),
            (Of::Record(inside), Json::Object(object)) => {
                fits(object, "", inside);
                true
            }
            (Of::Union(inside), Json::Object(object)) => {
                fits(object, "type", kind(object, "type", inside).1);
                true
            }
            (Of::Words(words), Json::Array(items)) => {
                items.iter().all(|item| matches!(item, Json::String(word) if words.contains(&word.as_str())))
            }
            (Of::Texts, Json::Array(items)) => items.iter().all(|item| matches!(item, Json::String(_))),
            (Of::Records(inside), Json::Array(items)) => {
                items.iter().for_each(|item| fits(item.as_object().unwrap(), "", inside));
                true
            }
            (Of::Unions(tag, inside), Json::Array(items)) => {
                for object in items.iter().filter_map(Json::as_object) {
                    fits(object, tag, kind(object, tag, inside).1);
                }
                true
            }
            _ => false,
        };
        assert!(good, "{} of {object}", member.name);
    }
}

fn kind(object: &Object, tag: &str, described: Union) -> (&'static str, &'static [Member]) {
    let tag = object.text(tag).unwrap();
    *described.iter().find(|(known, _)| *known == tag).unwrap_or_else(|| panic!("{tag} is not described"))
}

/// All that a chain leads to, from its beginning.
fn chain<T: Clone>(next: fn(Option<T>) -> Option<T>) -> Vec<T> {
    std::iter::successors(next(None), |one| next(Some(one.clone()))).collect()
}

/// What is written are the kinds that are described, each as it is described.
fn writes(written: Vec<Object>, tag: &str, described: Union) {
    let found: Vec<&str> = written
        .iter()
        .map(|object| {
            let (found, members) = kind(object, tag, described);
            fits(object, tag, members);
            found
        })
        .collect();
    let mut expected: Vec<&str> = described.iter().map(|(tag, _)| *tag).collect();
    expected.sort_by_key(|tag| found.iter().position(|one| one == tag));
    assert_eq!(found, expected);
}

fn secret() -> Secret {
    Secret::new("{}".into())
}

fn form() -> Object {
    Object::new().with("orderCodeForm", "x")
}

const KIND: AlertKind = AlertKind::IdMismatch;

// Each of these leads from one kind to the next. One that is added does not compile until it has a place here.

fn next_outcome(outcome: Option<Outcome>) -> Option<Outcome> {
    Some(match outcome {
        None => Outcome::Succeeded,
        Some(Outcome::Succeeded) => Outcome::Failed { code: "X".into() },
        Some(Outcome::Failed { code: _ }) => Outcome::Cancelled,
        Some(Outcome::Cancelled) => Outcome::Refunded,
        Some(Outcome::Refunded) => Outcome::Unresolved { reason: UnresolvedReason::Refund },
        Some(Outcome::Unresolved { reason: _ }) => return None,
    })
}

fn next_refund_outcome(outcome: Option<RefundOutcome>) -> Option<RefundOutcome> {
    Some(match outcome {
        None => RefundOutcome::Refunded,
        Some(RefundOutcome::Refunded) => RefundOutcome::OrderCancelled,
        Some(RefundOutcome::OrderCancelled) => RefundOutcome::Failed { code: "X".into() },
        Some(RefundOutcome::Failed { code: _ }) => RefundOutcome::Unresolved,
        Some(RefundOutcome::Unresolved) => return None,
    })
}

fn next_reverse_outcome(outcome: Option<ReverseOutcome>) -> Option<ReverseOutcome> {
    Some(match outcome {
        None => ReverseOutcome::Reversed,
        Some(ReverseOutcome::Reversed) => ReverseOutcome::Refused { code: "X".into() },
        Some(ReverseOutcome::Refused { code: _ }) => ReverseOutcome::Unresolved,
        Some(ReverseOutcome::Unresolved) => return None,
    })
}

fn next_action(action: Option<Action>) -> Option<Action> {
    Some(match action {
        None => Action::Send { send_id: 1, operation: Operation::Pay, path: "/p".into(), body: secret() },
        Some(Action::Send { send_id: _, operation: _, path: _, body: _ }) => Action::Present { form: form() },
        Some(Action::Present { form: _ }) => Action::Conclude { outcome: Outcome::Succeeded },
        Some(Action::Conclude { outcome: _ }) => Action::Alert { kind: KIND, detail: "x".into() },
        Some(Action::Alert { kind: _, detail: _ }) => return None,
    })
}

fn next_refund_action(action: Option<RefundAction>) -> Option<RefundAction> {
    let operation = Operation::Refund;
    Some(match action {
        None => RefundAction::Send { send_id: 1, operation, path: "/p".into(), body: secret() },
        Some(RefundAction::Send { send_id: _, operation: _, path: _, body: _ }) => {
            RefundAction::Conclude { outcome: RefundOutcome::Refunded }
        }
        Some(RefundAction::Conclude { outcome: _ }) => RefundAction::Alert { kind: KIND, detail: "x".into() },
        Some(RefundAction::Alert { kind: _, detail: _ }) => return None,
    })
}

fn next_reverse_action(action: Option<ReverseAction>) -> Option<ReverseAction> {
    let operation = Operation::Cancel;
    Some(match action {
        None => ReverseAction::Send { send_id: 1, operation, path: "/p".into(), body: secret() },
        Some(ReverseAction::Send { send_id: _, operation: _, path: _, body: _ }) => {
            ReverseAction::Conclude { outcome: ReverseOutcome::Reversed }
        }
        Some(ReverseAction::Conclude { outcome: _ }) => {
            ReverseAction::Alert { kind: KIND, detail: "x".into() }
        }
        Some(ReverseAction::Alert { kind: _, detail: _ }) => return None,
    })
}

fn next_event(event: Option<TimelineEvent>) -> Option<TimelineEvent> {
    let (operation, send_id, took) = (Operation::Pay, 1, Duration::from_millis(7));
    Some(match event {
        None => TimelineEvent::Sent { operation, send_id, attempt: 1 },
        Some(TimelineEvent::Sent { operation: _, send_id: _, attempt: _ }) => TimelineEvent::Answered {
            operation,
            send_id,
            took,
            result_status: "S".into(),
            result_code: "SUCCESS".into(),
            payment_status: None,
            tracer_id: Some("t".into()),
            text_replaced: false,
        },
        Some(TimelineEvent::Answered {
            operation: _,
            send_id: _,
            took: _,
            result_status: _,
            result_code: _,
            payment_status: _,
            tracer_id: _,
            text_replaced: _,
        }) => {
            let answer = HttpAnswer { status: 502, content_type: Some("text/html".into()) };
            let error = Error::new(ErrorCode::TransportHttpStatus, "late").with_http(answer);
            TimelineEvent::Unanswered { operation, send_id, took, certainty: Certainty::Unknown, error }
        }
        Some(TimelineEvent::Unanswered { operation: _, send_id: _, took: _, certainty: _, error: _ }) => {
            TimelineEvent::Notified
        }
        Some(TimelineEvent::Notified) => TimelineEvent::CancelRequested,
        Some(TimelineEvent::CancelRequested) => TimelineEvent::Resumed,
        Some(TimelineEvent::Resumed) => TimelineEvent::Presented { form: form() },
        Some(TimelineEvent::Presented { form: _ }) => {
            TimelineEvent::Alerted { kind: KIND, detail: "x".into() }
        }
        Some(TimelineEvent::Alerted { kind: _, detail: _ }) => {
            TimelineEvent::Concluded { outcome: Outcome::Succeeded }
        }
        Some(TimelineEvent::Concluded { outcome: _ }) => {
            TimelineEvent::RefundConcluded { refund_request_id: "r".into(), outcome: RefundOutcome::Refunded }
        }
        Some(TimelineEvent::RefundConcluded { refund_request_id: _, outcome: _ }) => {
            TimelineEvent::ReverseConcluded { outcome: ReverseOutcome::Reversed }
        }
        Some(TimelineEvent::ReverseConcluded { outcome: _ }) => return None,
    })
}

#[test]
fn actions_are_written_as_they_are_described() {
    let numbered = |action| Object::from(&Numbered { sequence: 1, action });
    writes(chain(next_action).into_iter().map(numbered).collect(), "type", described::PAYMENT_ACTION);
    let numbered = |action| Object::from(&NumberedRefund { sequence: 1, action });
    writes(chain(next_refund_action).into_iter().map(numbered).collect(), "type", described::REFUND_ACTION);
    let numbered = |action| Object::from(&NumberedReverse { sequence: 1, action });
    writes(chain(next_reverse_action).into_iter().map(numbered).collect(), "type", described::REVERSE_ACTION);
}

#[test]
fn a_timeline_is_written_as_it_is_described() {
    let entries: Vec<TimelineEntry> = chain(next_event)
        .into_iter()
        .map(|event| TimelineEntry {
            at: Timestamp::from_millis(12),
            elapsed: Duration::from_millis(2),
            event,
        })
        .collect();
    let written: Vec<Object> = entries.iter().map(TimelineEntry::to_json).collect();
    written.iter().for_each(|entry| fits(entry, "", described::TIMELINE_ENTRY));
    writes(
        written.iter().map(|entry| entry.object("event").unwrap().clone()).collect(),
        "type",
        described::TIMELINE_EVENT,
    );
    fits(&Error::new(ErrorCode::TransportTimeout, "late").to_json(), "", described::ERROR_DETAILS);
}

fn next_warning(warning: Option<Warning>) -> Option<Warning> {
    let payment = Amount::parse("19.99 USD").unwrap();
    let (wallet, expiry) = ("GCASH".to_owned(), Timestamp::from_millis(12));
    Some(match warning {
        None => Warning::OrderAmountDiffers { order: payment, payment },
        Some(Warning::OrderAmountDiffers { order: _, payment: _ }) => {
            Warning::BelowMinimum { wallet, payment, minimum: payment }
        }
        Some(Warning::BelowMinimum { wallet: _, payment: _, minimum: _ }) => {
            Warning::OffStep { wallet, payment, step: payment }
        }
        Some(Warning::OffStep { wallet: _, payment: _, step: _ }) => Warning::FieldMissing { path: "order" },
        Some(Warning::FieldMissing { path: _ }) => Warning::DefaultExpiry { expiry },
        Some(Warning::DefaultExpiry { expiry: _ }) => Warning::ExpiryCapped { asked: expiry, expiry },
        Some(Warning::ExpiryCapped { asked: _, expiry: _ }) => return None,
    })
}

#[test]
fn warnings_are_written_as_they_are_described() {
    writes(chain(next_warning).iter().map(Warning::to_json).collect(), "kind", described::PAYMENT_WARNING);
}

fn alert(part: Part, acknowledged: Option<Acknowledgement>) -> Alert {
    let at = Timestamp::from_millis(5);
    Alert { number: 1, part, kind: KIND, detail: "no".into(), at, acknowledged }
}

/// Whether each of these fits, once with all that it can have, and once with the least.
fn both(made: impl Fn(bool) -> Object, described: &[Member]) {
    [true, false].into_iter().for_each(|whole| fits(&made(whole), "", described));
}

#[test]
fn results_are_written_as_they_are_described() {
    let now = Timestamp::from_millis(7);
    let acknowledged = || Acknowledgement { who: "Ann".into(), at: now };
    for part in [Part::Payment, Part::Refund("r".into()), Part::Reverse] {
        both(|whole| alert(part.clone(), whole.then(acknowledged)).to_json(), described::ALERT);
    }
    let text = |whole: bool| whole.then(|| "x".to_owned());
    let alerts = |whole: bool| if whole { vec![alert(Part::Payment, None)] } else { Vec::new() };
    let timeline = |whole: bool| {
        let entry = |event| TimelineEntry { at: now, elapsed: Duration::from_millis(2), event };
        if whole { chain(next_event).into_iter().map(entry).collect() } else { Vec::new() }
    };
    both(
        |whole| {
            PaymentResult {
                payment_request_id: "p".into(),
                outcome: whole.then_some(Outcome::Succeeded),
                phase: "succeeded",
                amount: Amount::parse("19.99 USD").unwrap(),
                payment_id: text(whole),
                payment_time: whole.then_some(now),
                alerts: alerts(whole),
                code_ignored: whole,
                stored: whole,
                may_have_charged: whole,
                may_have_refunded: whole,
                form: whole.then(form),
                timeline: timeline(whole),
                warnings: if whole { chain(next_warning) } else { Vec::new() },
            }
            .to_json()
        },
        described::PAYMENT_RESULT,
    );
    both(
        |whole| {
            RefundResult {
                payment_request_id: "p".into(),
                refund_request_id: "r".into(),
                outcome: whole.then_some(RefundOutcome::Refunded),
                refund_id: text(whole),
                alerts: alerts(whole),
                left: 5,
                stored: whole,
                may_have_refunded: whole,
                timeline: timeline(whole),
            }
            .to_json()
        },
        described::REFUND_RESULT,
    );
    both(
        |whole| {
            ReverseResult {
                payment_request_id: "p".into(),
                outcome: whole.then_some(ReverseOutcome::Reversed),
                refund_request_id: text(whole),
                refund_id: text(whole),
                alerts: alerts(whole),
                left: 5,
                stored: whole,
                may_have_refunded: whole,
                timeline: timeline(whole),
            }
            .to_json()
        },
        described::REVERSE_RESULT,
    );
}

fn next_notified(notified: Option<Notified>) -> Option<Notified> {
    Some(match notified {
        None => Notified::Taken {
            payment_request_id: "p".into(),
            refund_request_id: Some("r".into()),
            outcome: Some(Outcome::Succeeded),
            alerts: vec![alert(Part::Payment, None)],
        },
        Some(Notified::Taken { payment_request_id: _, refund_request_id: _, outcome: _, alerts: _ }) => {
            Notified::Unknown
        }
        Some(Notified::Unknown) => Notified::Other,
        Some(Notified::Other) => return None,
    })
}

#[test]
fn what_a_notification_changed_is_written_as_it_is_described() {
    writes(chain(next_notified).iter().map(Notified::to_json).collect(), "kind", described::NOTIFIED);
    let least = Notified::Taken {
        payment_request_id: "p".into(),
        refund_request_id: None,
        outcome: None,
        alerts: Vec::new(),
    };
    fits(&least.to_json(), "kind", kind(&least.to_json(), "kind", described::NOTIFIED).1);
}

#[test]
fn a_reading_is_written_as_it_is_described() {
    let body =
        r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentStatus":"FAIL","orderCodeForm":{}}"#;
    let ours = r#"{"payment_request_id":"p","payment_amount":{"currency":"USD","value":"1"},"refund_request_id":"r",
        "refund_amount":{"currency":"USD","value":"1"}}"#;
    for (body, ours) in [(body, ours), ("{}", "{}")] {
        let ours = Ours::from_json(ours).unwrap();
        for operation in Operation::ALL {
            for protocol in Protocol::ALL {
                let read = read_verified(*protocol, *operation, body.as_bytes(), &ours).unwrap();
                fits(&read, "", described::READING);
            }
        }
    }
}

#[test]
fn reports_are_written_as_they_are_described() {
    for name in CheckName::ALL {
        let report = CheckReport::failed_at(*name, &Error::new(ErrorCode::TransportTimeout, "late"));
        fits(&report.to_json(), "", described::CHECK_REPORT);
    }
    for operation in Operation::ALL {
        for code in ["SUCCESS", "NEVER_HEARD"] {
            fits(&advice(Protocol::Ams, *operation, "F", code).to_json(), "", described::ADVICE);
        }
    }
    let wallets = ["ALIPAY_HK", "ALIPAY_CN"].map(|wallet| DirectWallet {
        wallet: wallet.to_owned(),
        routing_number: None,
        min_length: None,
    });
    let router = Router::new(RouterConfig { direct: wallets.into(), ..RouterConfig::default() }).unwrap();
    for code in ["281666040000000000", "281003020000000000125733"] {
        fits(&router.route(code).unwrap().to_json(), "", described::ROUTE);
    }
}

/// A key that opens the signature, one that does not, a cause that holds only with another, and no signature at all.
#[test]
fn a_diagnosis_is_written_as_it_is_described() {
    let [own, other] = [generate(2048), generate(2048)].map(Result::unwrap);
    let content = Content { method: "POST", path: "/seen/n", client_id: "C", time: "T", body: b"{}" };
    let signature = SigningKey::load(&own.private_pem).unwrap().sign(content, 1).unwrap();
    let keys = VerifyingKey::load(&own.public_pem).unwrap().into();
    let stranger = VerifyingKey::load(&other.public_pem).unwrap();
    for (signature, paths) in [(signature.as_str(), &["/seen/n"][..]), ("", &[])] {
        let message = Message { method: "POST", path: "/n", client_id: "C", body: b"{}\n" };
        let headers = [("Signature", signature), ("Client-Id", "C"), ("Request-Time", "T")];
        let seen = Alternatives { paths, keys: &[("other", &stranger)], ..Alternatives::default() };
        let found = explain(&keys, message, headers, seen);
        fits(&found.to_json(), "", described::DIAGNOSIS);
        assert_eq!(found.to_json().text("text").as_deref(), Some(found.to_string().as_str()));
        let with_others = found.findings.iter().any(|finding| !finding.also.is_empty());
        assert_eq!((found.signed.is_some(), with_others), (!signature.is_empty(), !signature.is_empty()));
    }
}

/// Each outcome has its own members, and null for those of the others.
fn outcomes<O: Ended + Clone>(next: fn(Option<O>) -> Option<O>, described: Union) {
    let written: Vec<Object> = chain(next).iter().map(|ended| outcome(Some(ended))).collect();
    assert_eq!(written.len(), described.len());
    for (object, (tag, own)) in written.iter().zip(described) {
        assert_eq!(object.text("outcome").as_deref(), Some(*tag));
        let beside = described.iter().flat_map(|(_, members)| members.iter());
        for member in beside.clone() {
            let null = object.get(member.name) == Some(&Json::Null);
            assert_eq!(null, !listed(own).contains(&member.name), "{} of {object}", member.name);
        }
        assert_eq!(object.len(), 1 + beside.count(), "{object}");
    }
}

#[test]
fn outcomes_are_written_as_they_are_described() {
    outcomes(next_outcome, described::OUTCOME);
    outcomes(next_refund_outcome, described::REFUND_OUTCOME);
    outcomes(next_reverse_outcome, described::REVERSE_OUTCOME);
}
