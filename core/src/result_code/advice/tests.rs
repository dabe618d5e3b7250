//! What is said and what may be sent next, a line for each kind of result.

use super::*;

fn operation(name: &str) -> Operation {
    name.parse().unwrap()
}

/// Operation, letter and code, and what may be sent next in AMS and in Alipay+.
const NEXT: [(&str, &str, &str, &str, &str); 27] = [
    ("pay", "S", "SUCCESS", "no", "no"),
    ("pay", "U", "PAYMENT_IN_PROCESS", "inquire", "inquire"),
    ("pay", "U", "UNKNOWN_EXCEPTION", "inquire", "same_request"),
    ("pay", "F", "SYSTEM_ERROR", "inquire", "same_request"),
    ("pay", "F", "RISK_REJECT", "new_id", "new_id"),
    ("pay", "F", "PARAM_ILLEGAL", "new_id", "new_id"),
    ("pay", "F", "ORDER_IS_CLOSED", "new_id", "new_id"),
    ("notify", "S", "SUCCESS", "no", "no"),
    ("notify", "U", "UNKNOWN_EXCEPTION", "inquire", "inquire"),
    ("notify", "F", "RISK_REJECT", "new_id", "new_id"),
    ("inquiry", "S", "SUCCESS", "no", "no"),
    ("inquiry", "U", "UNKNOWN_EXCEPTION", "same_request", "same_request"),
    ("inquiry", "F", "ORDER_NOT_EXIST", "same_request", "same_request"),
    ("cancel", "S", "SUCCESS", "no", "no"),
    ("cancel", "F", "ORDER_IS_CANCELED", "no", "no"),
    ("cancel", "F", "ORDER_STATUS_INVALID", "inquire", "inquire"),
    ("cancel", "F", "CANCEL_WINDOW_EXCEED", "inquire", "inquire"),
    ("cancel", "U", "UNKNOWN_EXCEPTION", "same_request", "same_request"),
    ("cancel", "F", "PARAM_ILLEGAL", "same_request", "same_request"),
    ("refund", "S", "SUCCESS", "no", "no"),
    ("refund", "U", "REFUND_IN_PROCESS", "inquire", "same_request"),
    ("refund", "U", "UNKNOWN_EXCEPTION", "same_request", "same_request"),
    ("refund", "F", "MERCHANT_BALANCE_NOT_ENOUGH", "new_id", "new_id"),
    ("refund", "F", "ORDER_IS_CANCELED", "no", "no"),
    ("refund", "F", "PARAM_ILLEGAL", "no", "no"),
    ("refund_inquiry", "S", "SUCCESS", "no", "no"),
    ("refund_inquiry", "F", "ORDER_NOT_EXIST", "same_request", "same_request"),
];

#[test]
fn what_may_be_sent_next() {
    for (name, status, code, ams, plus) in NEXT {
        for (protocol, next) in [(Protocol::Ams, ams), (Protocol::AlipayPlus, plus)] {
            let advice = advice(protocol, operation(name), status, code);
            assert_eq!(advice.retry.as_str(), next, "{protocol:?} {name} {status} {code}");
            let closed = matches!(code, "ORDER_IS_CLOSED" | "ORDER_IS_CANCELED");
            assert_eq!(advice.new_id_needed, next == "new_id" || closed, "{name} {status} {code}");
        }
    }
}

/// How the sentences begin where no row of a code speaks.
#[test]
fn each_result_of_an_operation_has_its_sentences() {
    for (name, status, code, cashier, developer) in [
        ("pay", "S", "SUCCESS", "The scanned code is paid", "Paid; for entry"),
        ("pay", "U", "NEW_CODE", "Wait: the result", "The letter is read"),
        ("pay", "F", "NEW_CODE", "The payment failed", "The gateway refused"),
        ("notify", "S", "SUCCESS", "The payment is done", "Paid; compare"),
        ("notify", "U", "NEW_CODE", "Wait: the result", "The letter is read"),
        ("notify", "F", "NEW_CODE", "The payment failed", "The gateway refused"),
        ("inquiry", "S", "SUCCESS", "The result was found", "The inquiry worked"),
        ("inquiry", "F", "NEW_CODE", "Wait: the result", "The inquiry did not work"),
        ("cancel", "S", "SUCCESS", "The payment is cancelled", "The cancel is final"),
        ("cancel", "F", "NEW_CODE", "Wait: the cancel", "The cancel is not confirmed"),
        ("refund", "S", "SUCCESS", "The refund is done", "The refund succeeded"),
        ("refund", "U", "NEW_CODE", "Wait: the refund", "The refund's outcome is open"),
        ("refund", "F", "ORDER_IS_CANCELED", "This payment was cancelled", "The payment was cancelled"),
        ("refund", "F", "NEW_CODE", "Wait: the refund", "The refund's outcome is open"),
        ("refund", "F", "REFUND_NEVER", "Wait: the refund", "The refund's outcome is open"),
        ("refund", "F", "RISK_REJECT", "The refund was refused", "The refund was refused; read"),
        ("refund_inquiry", "S", "SUCCESS", "The refund was found", "The inquiry worked; only refundStatus"),
        ("refund_inquiry", "F", "NEW_CODE", "Wait: the refund's", "The inquiry did not work, or"),
    ] {
        let advice = advice(Protocol::Ams, operation(name), status, code);
        assert!(advice.cashier_en.starts_with(cashier), "{name} {status}: {}", advice.cashier_en);
        assert!(advice.developer_en.starts_with(developer), "{name} {status}: {}", advice.developer_en);
    }
}

/// The operations on whose page a code's own sentences are written.
#[test]
fn the_sentences_of_a_code_are_given_where_they_were_written_for() {
    let every = ["pay", "notify", "inquiry", "cancel", "refund", "refund_inquiry"];
    for (code, operations) in [
        ("RISK_REJECT", &["pay", "notify"][..]),
        ("UNKNOWN_EXCEPTION", &["pay", "notify"]),
        ("SYSTEM_ERROR", &["pay"]),
        ("REPEAT_REQ_INCONSISTENT", &["pay"]),
        ("ORDER_IS_CLOSED", &["pay", "notify", "cancel"]),
        ("PAYMENT_IN_PROCESS", &["pay", "notify"]),
        ("REFUND_IN_PROCESS", &["refund"]),
        ("ORDER_NOT_EXIST", &["inquiry"]),
        ("CANCEL_WINDOW_EXCEED", &["cancel"]),
        ("ORDER_STATUS_INVALID", &["cancel", "refund"]),
        ("MERCHANT_BALANCE_NOT_ENOUGH", &["cancel", "refund"]),
        ("REFUND_WINDOW_EXCEED", &["refund"]),
        ("PARAM_ILLEGAL", &every),
    ] {
        let row = lookup(code).unwrap();
        for name in every {
            for status in ["S", "F", "U"] {
                let advice = advice(Protocol::Ams, operation(name), status, code);
                let written = operations.contains(&name) && status == row.status.as_str();
                assert_eq!(advice.developer_en == row.developer.en, written, "{name} {status} {code}");
                // A refused request speaks to the cashier only where it was one to pay.
                let speaks = written && (code != "PARAM_ILLEGAL" || name == "pay");
                if speaks || code == "PARAM_ILLEGAL" {
                    assert_eq!(advice.cashier_en == row.cashier.en, speaks, "{name} {status} {code}");
                    assert_eq!(advice.cashier_zh == row.cashier.zh, speaks, "{name} {status} {code}");
                }
            }
        }
    }
}
