use super::*;
use crate::amount::Amount;
use crate::api::Scenario;

fn object(body: &str) -> Object {
    Object::parse(body.as_bytes()).unwrap()
}

fn amount(value: &str) -> Amount {
    Amount::from_minor(value, "USD").unwrap()
}

#[test]
fn only_the_exact_letter_counts() {
    for (letter, status) in [
        (r#""S""#, Status::Succeeded),
        (r#""F""#, Status::Failed),
        (r#""U""#, Status::Unknown),
        (r#""s""#, Status::Unknown),
        (r#"" S""#, Status::Unknown),
        (r#""S\u0000""#, Status::Unknown),
        (r#""SS""#, Status::Unknown),
        (r#"["S"]"#, Status::Unknown),
        ("null", Status::Unknown),
    ] {
        let body = object(&format!(r#"{{"result":{{"resultStatus":{letter}}}}}"#));
        let reading = Reading::new(Protocol::Ams, Operation::Pay, &body);
        assert_eq!(reading.status(), status, "{letter}");
        assert_eq!(
            reading.pay_answer(Scenario::PaymentCode) == PayAnswer::Paid,
            status == Status::Succeeded,
            "{letter}"
        );
    }
}

#[test]
fn an_amount_is_digits_and_a_currency() {
    let stated = |value: &str| {
        let body = object(&format!(r#"{{"refundAmount":{value},"paymentAmount":{value}}}"#));
        let reading = Reading::new(Protocol::Ams, Operation::Refund, &body);
        assert_eq!(reading.refund_amount(amount("1999")), reading.payment_amount(amount("1999")));
        reading.refund_amount(amount("1999"))
    };
    let usd = |value: &str| stated(&format!(r#"{{"currency":"USD","value":{value}}}"#));
    for ours in [r#""1999""#, "1999", r#""0001999""#] {
        assert_eq!(usd(ours), Stated::Ours, "{ours}");
    }
    for other in [
        r#""+1999""#,
        r#""1999.0""#,
        "1999.0",
        "1.999e3",
        r#"" 1999""#,
        r#""""#,
        "null",
        "[1999]",
        r#""2000""#,
    ] {
        assert_eq!(usd(other), Stated::Other, "{other}");
    }
    assert_eq!(stated("null"), Stated::Absent);
    for other in [
        r#""1999""#,
        "[]",
        "{}",
        r#"{"currency":"EUR","value":"1999"}"#,
        r#"{"currency":"usd","value":"1999"}"#,
    ] {
        assert_eq!(stated(other), Stated::Other, "{other}");
    }
}

#[test]
fn an_id_that_cannot_be_read_is_another_one() {
    let named = |id: &str| {
        let body = object(&format!(r#"{{"paymentRequestId":{id},"refundRequestId":{id}}}"#));
        let reading = Reading::new(Protocol::Ams, Operation::Notify, &body);
        assert_eq!(reading.names_payment("12"), reading.names_refund("12"));
        reading.names_payment("12")
    };
    assert_eq!([named(r#""12""#), named("12")], [Named::Ours; 2]);
    assert_eq!(named("null"), Named::Absent);
    for other in [r#""13""#, r#"["12"]"#, "{}", r#""""#, "12.0"] {
        assert_eq!(named(other), Named::Other, "{other}");
    }
}

#[test]
fn ids_keep_their_digits() {
    let digits = "1234567890123456789012345678901234567890";
    let body = object(&format!(r#"{{"paymentId":{digits},"refundId":"{digits}"}}"#));
    let reading = Reading::new(Protocol::Ams, Operation::Pay, &body);
    assert_eq!(reading.payment_id().as_deref(), Some(digits));
    assert_eq!(reading.refund_id().as_deref(), Some(digits));
    let long = object(&format!(r#"{{"paymentId":"{}"}}"#, "1".repeat(65)));
    assert_eq!(Reading::new(Protocol::Ams, Operation::Pay, &long).payment_id(), None);
}
