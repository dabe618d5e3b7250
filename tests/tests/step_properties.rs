//! No event, in any state, in any order, panics or breaks what can be seen of the machine from outside.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::Scenario;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::payment::{
    Action, AlertKind, Certainty, Event, Payment, PaymentOrder, Policy, RefundAfterCancelWindow, Timing,
    Unverified,
};
use proptest::prelude::*;
use proptest::sample::select;

const OPERATIONS: &[Operation] =
    &[Operation::Pay, Operation::Inquiry, Operation::Cancel, Operation::Refund, Operation::RefundInquiry];
const STATUSES: &[&str] = &["S", "F", "U", "s", "", "X", "SUCCESS"];
const CODES: &[&str] = &[
    "SUCCESS",
    "PAYMENT_IN_PROCESS",
    "REFUND_IN_PROCESS",
    "UNKNOWN_EXCEPTION",
    "REQUEST_TRAFFIC_EXCEED_LIMIT",
    "SYSTEM_ERROR",
    "REPEAT_REQ_INCONSISTENT",
    "RISK_REJECT",
    "PARAM_ILLEGAL",
    "ORDER_IS_CLOSED",
    "ORDER_IS_CANCELED",
    "ORDER_NOT_EXIST",
    "ORDER_STATUS_INVALID",
    "CANCEL_WINDOW_EXCEED",
    "MERCHANT_BALANCE_NOT_ENOUGH",
    "REFUND_WINDOW_EXCEED",
    "NO_SUCH_CODE",
    "",
];
/// Members that may stand beside the result, as JSON.
const MEMBERS: &[(&str, &str)] = &[
    ("paymentRequestId", r#""p""#),
    ("paymentRequestId", r#""another""#),
    ("paymentId", r#""2026""#),
    ("paymentAmount", r#"{"currency":"USD","value":"100"}"#),
    ("paymentAmount", r#"{"currency":"USD","value":"101"}"#),
    ("paymentAmount", r#""unreadable""#),
    ("paymentTime", r#""2026-11-22T00:00:00Z""#),
    ("paymentStatus", r#""SUCCESS""#),
    ("paymentStatus", r#""FAIL""#),
    ("paymentStatus", r#""CANCELLED""#),
    ("paymentStatus", r#""PROCESSING""#),
    ("paymentStatus", r#""SOMETHING_NEW""#),
    ("paymentResult", r#"{"resultStatus":"S","resultCode":"SUCCESS"}"#),
    ("paymentResult", r#"{"resultStatus":"F","resultCode":"ORDER_IS_CLOSED"}"#),
    ("paymentResult", "7"),
    ("refundRequestId", r#""refund-p""#),
    ("refundRequestId", r#""another""#),
    ("refundStatus", r#""SUCCESS""#),
    ("refundStatus", r#""FAIL""#),
    ("refundAmount", r#"{"currency":"USD","value":"101"}"#),
    ("orderCodeForm", r#"{"expireTime":"1970-01-01T00:00:40Z"}"#),
    ("redirectActionForm", r#"{"redirectUrl":"u"}"#),
    ("paymentUrl", "null"),
];

fn body() -> impl Strategy<Value = Object> {
    let members = prop::collection::vec(select(MEMBERS), 0..5);
    (select(STATUSES), select(CODES), members, 0..20u8).prop_map(|(status, code, members, without)| {
        let mut object = Object::new();
        if without > 0 {
            object.set("result", Object::new().with("resultStatus", status).with("resultCode", code));
        }
        for (name, value) in members {
            let member = Object::parse(format!(r#"{{"v":{value}}}"#).as_bytes()).unwrap().take("v").unwrap();
            object.set(name, member);
        }
        object
    })
}

fn timing() -> impl Strategy<Value = Timing> {
    (prop::option::weighted(0.3, prop_oneof![0..400_000i64, any::<i64>()]), prop::bool::weighted(0.1))
        .prop_map(|(signed_at, stale)| Timing { signed_at: signed_at.map(Timestamp::from_millis), stale })
}

fn unverified() -> impl Strategy<Value = Option<Unverified>> {
    let codes = &["CLIENT_INVALID", "INVALID_SIGNATURE", "KEY_NOT_FOUND", "PROCESS_FAIL", ""][..];
    let unsigned = select(codes).prop_map(|code| Unverified::Unsigned { result_code: code.to_owned() });
    prop::option::of(prop_oneof![2 => unsigned, 1 => Just(Unverified::WrongKey)])
}

/// An event, and whether its send is named by its place among the sends so far.
fn event() -> impl Strategy<Value = (Event, bool)> {
    let certainty = select(&[Certainty::Unknown, Certainty::NotSent][..]);
    let event = prop_oneof![
        1 => Just(Event::Begin),
        8 => (0..9u32, select(OPERATIONS), body(), timing()).prop_map(|(send_id, operation, body, timing)| {
            Event::Reply { send_id, operation, body, timing }
        }),
        3 => (0..9u32, select(OPERATIONS), certainty, unverified())
            .prop_map(|(send_id, operation, certainty, unverified)| {
                Event::NoReply { send_id, operation, certainty, unverified }
            }),
        2 => body().prop_map(|body| Event::Notified { body }),
        1 => Just(Event::CancelRequested),
        1 => Just(Event::Resumed),
        6 => Just(Event::Tick),
    ];
    (event, prop::bool::weighted(0.9))
}

fn payment() -> impl Strategy<Value = Payment> {
    let protocol = select(&[Protocol::Ams, Protocol::AlipayPlus][..]);
    let scenario = select(&[Scenario::PaymentCode, Scenario::OrderCode, Scenario::EntryCode][..]);
    let refund = select(&[RefundAfterCancelWindow::Automatic, RefundAfterCancelWindow::Ask][..]);
    let expiry = prop::option::of(-1_000..200_000i64);
    (protocol, scenario, refund, expiry).prop_map(|(protocol, scenario, refund, expiry)| {
        let policy = Policy { refund_after_cancel_window: refund, ..Policy::preset(protocol) };
        let amount = Amount::from_minor("100", "USD").unwrap();
        let request = Object::new().with("paymentRequestId", "p");
        Payment::new(
            policy,
            PaymentOrder::new(
                "p".into(),
                amount,
                scenario,
                expiry.map(Timestamp::from_millis),
                "/ams/api/v1".into(),
                &request,
            ),
        )
    })
}

/// A time for the next event, in milliseconds: at the wake-up, somewhere near, far ahead, back, or beyond all calendars.
fn time(choice: u8, by: i64, last: i64, wakeup: Option<i64>) -> i64 {
    match choice {
        0..=4 => wakeup.unwrap_or(last).max(last),
        5..=7 => last + by,
        8 => last + by * 20_000,
        9 => last - by,
        _ => *[i64::MIN, -1, i64::MAX].get(usize::from(choice) % 3).unwrap_or(&-1),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn any_events_in_any_order(
        mut payment in payment(),
        begins in prop::bool::weighted(0.95),
        events in prop::collection::vec((event(), 0..11u8, 0..9_000i64), 1..40),
    ) {
        let (mut last, mut sequence, mut concluded, mut cancelled) = (0, 0, None, false);
        let (mut asked, mut disputed) = (false, false);
        let mut sends: Vec<(u32, Operation)> = Vec::new();
        let mut pay = None;
        let begin = begins.then_some(((Event::Begin, false), 5, 0));
        for ((mut event, known), choice, by) in begin.into_iter().chain(events) {
            if let Event::Reply { send_id, operation, .. } | Event::NoReply { send_id, operation, .. } = &mut event
                && known
                && !sends.is_empty()
            {
                (*send_id, *operation) = sends[usize::try_from(*send_id).unwrap() % sends.len()];
            }
            let now = time(choice, by, last, payment.next_wakeup().map(Timestamp::as_millis));
            let (before, resumed) = (payment.clone(), event == Event::Resumed);
            let cancels = event == Event::CancelRequested;
            // Another amount of a refund disputes nothing about the payment.
            let of_refund = match &event {
                Event::Reply { body, .. } | Event::Notified { body } => body.get("refundAmount").is_some(),
                _ => false,
            };
            let Ok(actions) = payment.handle(event, Timestamp::from_millis(now)) else {
                prop_assert_eq!(&payment, &before, "an error leaves a trace");
                continue;
            };
            last = now;
            asked |= cancels;
            let raised = |payment: &Payment| payment.alerts().contains(&AlertKind::AmountMismatch);
            disputed |= !of_refund && raised(&payment) && !raised(&before);
            let expired = payment.expiry().is_some_and(|expiry| now >= expiry.as_millis());
            for numbered in actions {
                let again = numbered.sequence <= sequence;
                prop_assert!(!again || resumed, "a sequence number comes again");
                sequence = sequence.max(numbered.sequence);
                match numbered.action {
                    Action::Send { send_id, operation, body, .. } => {
                        if !again {
                            prop_assert_eq!(usize::try_from(send_id).unwrap(), sends.len() + 1);
                            sends.push((send_id, operation));
                            prop_assert!(!(operation == Operation::Pay && cancelled), "pay after a cancel");
                        }
                        if operation == Operation::Cancel && !cancelled {
                            prop_assert!(asked || !disputed, "a disputed payment is cancelled by itself");
                        }
                        cancelled |= operation == Operation::Cancel;
                        if operation == Operation::Pay {
                            prop_assert!(!expired, "pay at or after its expiry");
                            prop_assert_eq!(pay.get_or_insert_with(|| body.clone()), &body);
                        }
                    }
                    Action::Present { .. } => prop_assert!(again || !cancelled, "a form after a cancel"),
                    Action::Conclude { outcome } => {
                        let known = concluded.get_or_insert_with(|| (numbered.sequence, outcome.clone()));
                        prop_assert_eq!(known, &mut (numbered.sequence, outcome));
                    }
                    Action::Alert { .. } => {}
                }
            }
            prop_assert_eq!(payment.outcome(), concluded.as_ref().map(|(_, outcome)| outcome));
            prop_assert!(payment.outcome().is_none() || payment.next_wakeup().is_none());
            prop_assert!(payment.outcome().is_some() || payment.begun_at().is_none() || payment.next_wakeup().is_some());
            prop_assert_eq!(&Payment::restore(&payment.snapshot()).unwrap(), &payment);
        }
    }
}
