//! One test a row of the documents: letter and meaning are written here by hand, from the pages.

use std::collections::HashSet;

use super::*;
use crate::gateway::{Operation, Protocol};

fn means(operation: Operation, status: &str, code: &str) -> &'static str {
    let [ams, plus] =
        [Protocol::Ams, Protocol::AlipayPlus].map(|protocol| meaning(protocol, operation, status, code));
    assert_eq!(ams, plus, "{operation:?} {status} {code}");
    ams.as_str()
}

macro_rules! rows {
    ($operation:ident: $($name:ident $code:literal $letter:literal $meaning:literal)+) => {$(
        #[test]
        fn $name() {
            assert_eq!(lookup($code).unwrap().status.as_str(), $letter);
            assert_eq!(means(Operation::$operation, $letter, $code), $meaning);
        }
    )+};
}

// Alipay, pay (consumer-presented mode), Result/Error codes, in the order of its table.
rows! { Pay:
    pay_success "SUCCESS" "S" "succeeded"
    pay_invalid_contract "INVALID_CONTRACT" "F" "payment_refused"
    pay_invalid_code "INVALID_CODE" "F" "payment_refused"
    pay_invalid_access_token "INVALID_ACCESS_TOKEN" "F" "payment_refused"
    pay_user_not_exist "USER_NOT_EXIST" "F" "payment_refused"
    pay_currency_not_support "CURRENCY_NOT_SUPPORT" "F" "payment_refused"
    pay_user_balance_not_enough "USER_BALANCE_NOT_ENOUGH" "F" "payment_refused"
    pay_user_status_abnormal "USER_STATUS_ABNORMAL" "F" "payment_refused"
    pay_no_pay_option "NO_PAY_OPTION" "F" "payment_refused"
    pay_order_is_canceled "ORDER_IS_CANCELED" "F" "closed"
    pay_expired_code "EXPIRED_CODE" "F" "payment_refused"
    pay_payment_amount_exceed_limit "PAYMENT_AMOUNT_EXCEED_LIMIT" "F" "payment_refused"
    pay_payment_count_exceed_limit "PAYMENT_COUNT_EXCEED_LIMIT" "F" "payment_refused"
    pay_repeat_req_inconsistent "REPEAT_REQ_INCONSISTENT" "F" "id_taken"
    pay_param_illegal "PARAM_ILLEGAL" "F" "request_refused"
    pay_user_amount_exceed_limit "USER_AMOUNT_EXCEED_LIMIT" "F" "payment_refused"
    pay_risk_reject "RISK_REJECT" "F" "payment_refused"
    pay_process_fail "PROCESS_FAIL" "F" "payment_refused"
    pay_key_not_found "KEY_NOT_FOUND" "F" "request_refused"
    pay_access_denied "ACCESS_DENIED" "F" "request_refused"
    pay_request_traffic_exceed_limit "REQUEST_TRAFFIC_EXCEED_LIMIT" "U" "unknown"
    pay_api_invalid "API_INVALID" "F" "request_refused"
    pay_client_invalid "CLIENT_INVALID" "F" "request_refused"
    pay_signature_invalid "SIGNATURE_INVALID" "F" "request_refused"
    pay_method_not_supported "METHOD_NOT_SUPPORTED" "F" "request_refused"
    pay_media_type_not_acceptable "MEDIA_TYPE_NOT_ACCEPTABLE" "F" "request_refused"
    pay_payment_in_process "PAYMENT_IN_PROCESS" "U" "in_process"
    pay_unknown_exception "UNKNOWN_EXCEPTION" "U" "unknown"
    pay_payment_not_qualified "PAYMENT_NOT_QUALIFIED" "F" "payment_refused"
    pay_order_not_exist "ORDER_NOT_EXIST" "F" "request_refused"
    pay_order_is_closed "ORDER_IS_CLOSED" "F" "closed"
}

// The codes of pay that only later editions of the page name.
rows! { Pay:
    pay_invalid_merchant_status "INVALID_MERCHANT_STATUS" "F" "payment_refused"
    pay_merchant_kyb_not_qualified "MERCHANT_KYB_NOT_QUALIFIED" "F" "payment_refused"
    pay_merchant_not_registered "MERCHANT_NOT_REGISTERED" "F" "payment_refused"
    pay_no_interface_def "NO_INTERFACE_DEF" "F" "request_refused"
    pay_system_error "SYSTEM_ERROR" "F" "unknown"
    pay_user_kyc_not_qualified "USER_KYC_NOT_QUALIFIED" "F" "payment_refused"
    pay_user_payment_verification_failed "USER_PAYMENT_VERIFICATION_FAILED" "F" "payment_refused"
    pay_invalid_payment_code "INVALID_PAYMENT_CODE" "F" "payment_refused"
    pay_no_pay_options "NO_PAY_OPTIONS" "F" "payment_refused"
    pay_invalid_api "INVALID_API" "F" "request_refused"
    pay_invalid_signature "INVALID_SIGNATURE" "F" "request_refused"
    pay_invalid_client "INVALID_CLIENT" "F" "request_refused"
    pay_currency_not_supported "CURRENCY_NOT_SUPPORTED" "F" "payment_refused"
}

// Alipay, cancel, Result/Error codes.
rows! { Cancel:
    cancel_success "SUCCESS" "S" "succeeded"
    cancel_cancel_window_exceed "CANCEL_WINDOW_EXCEED" "F" "window_exceeded"
    cancel_client_invalid "CLIENT_INVALID" "F" "request_refused"
    cancel_order_not_exist "ORDER_NOT_EXIST" "F" "not_found"
    cancel_order_status_invalid "ORDER_STATUS_INVALID" "F" "status_conflict"
    cancel_media_type_not_acceptable "MEDIA_TYPE_NOT_ACCEPTABLE" "F" "request_refused"
    cancel_method_not_supported "METHOD_NOT_SUPPORTED" "F" "request_refused"
    cancel_merchant_balance_not_enough "MERCHANT_BALANCE_NOT_ENOUGH" "F" "merchant_balance_not_enough"
    cancel_order_is_canceled "ORDER_IS_CANCELED" "F" "closed"
    cancel_order_is_closed "ORDER_IS_CLOSED" "F" "closed"
    cancel_system_error "SYSTEM_ERROR" "F" "request_refused"
    cancel_unknown_exception "UNKNOWN_EXCEPTION" "U" "unknown"
}

// Alipay, refund, Result/Error codes.
rows! { Refund:
    refund_success "SUCCESS" "S" "succeeded"
    refund_access_denied "ACCESS_DENIED" "F" "request_refused"
    refund_system_error "SYSTEM_ERROR" "F" "unknown"
    refund_multiple_refunds_not_supported "MULTIPLE_REFUNDS_NOT_SUPPORTED" "F" "refund_refused"
    refund_merchant_balance_not_enough "MERCHANT_BALANCE_NOT_ENOUGH" "F" "merchant_balance_not_enough"
    refund_order_is_canceled "ORDER_IS_CANCELED" "F" "closed"
    refund_order_is_closed "ORDER_IS_CLOSED" "F" "refund_refused"
    refund_order_not_exist "ORDER_NOT_EXIST" "F" "refund_refused"
    refund_order_status_invalid "ORDER_STATUS_INVALID" "F" "refund_refused"
    refund_refund_amount_exceed "REFUND_AMOUNT_EXCEED" "F" "refund_refused"
    refund_refund_window_exceed "REFUND_WINDOW_EXCEED" "F" "refund_refused"
    refund_repeat_req_inconsistent "REPEAT_REQ_INCONSISTENT" "F" "refund_refused"
    refund_refund_in_process "REFUND_IN_PROCESS" "U" "in_process"
    refund_refund_not_supported "REFUND_NOT_SUPPORTED" "F" "refund_refused"
    refund_partial_refund_not_supported "PARTIAL_REFUND_NOT_SUPPORTED" "F" "refund_refused"
    refund_payment_method_not_supported "PAYMENT_METHOD_NOT_SUPPORTED" "F" "refund_refused"
    refund_request_traffic_exceed_limit "REQUEST_TRAFFIC_EXCEED_LIMIT" "U" "unknown"
}

// Alipay, inquiryPayment and notifyPayment, Result/Error codes.
rows! { Inquiry:
    inquiry_success "SUCCESS" "S" "succeeded"
    inquiry_order_not_exist "ORDER_NOT_EXIST" "F" "not_found"
    inquiry_client_invalid "CLIENT_INVALID" "F" "request_refused"
    inquiry_user_kyc_not_qualified "USER_KYC_NOT_QUALIFIED" "F" "request_refused"
    inquiry_system_error "SYSTEM_ERROR" "F" "request_refused"
    inquiry_payment_in_process "PAYMENT_IN_PROCESS" "U" "in_process"
}

rows! { RefundInquiry:
    refund_inquiry_order_not_exist "ORDER_NOT_EXIST" "F" "not_found"
    refund_inquiry_process_fail "PROCESS_FAIL" "F" "request_refused"
}

rows! { Notify:
    notify_success "SUCCESS" "S" "succeeded"
    notify_order_is_closed "ORDER_IS_CLOSED" "F" "closed"
    notify_risk_reject "RISK_REJECT" "F" "payment_refused"
    notify_system_error "SYSTEM_ERROR" "F" "payment_refused"
    notify_unknown_exception "UNKNOWN_EXCEPTION" "U" "unknown"
    notify_unavailable_payment_method "UNAVAILABLE_PAYMENT_METHOD" "F" "payment_refused"
    notify_do_not_honor "DO_NOT_HONOR" "F" "payment_refused"
}

/// Alipay+, Accept a payment, step 2, the table of results: what each of its rows asks to do.
mod accept_a_payment_step_2 {
    use super::*;

    fn pay(status: &str, code: &str) -> (&'static str, Retry) {
        let advice = advice(Protocol::AlipayPlus, Operation::Pay, status, code);
        (advice.meaning.as_str(), advice.retry)
    }

    #[test]
    fn s_success_is_paid() {
        assert_eq!(pay("S", "SUCCESS"), ("succeeded", Retry::No));
    }

    #[test]
    fn f_access_denied_is_final() {
        assert_eq!(pay("F", "ACCESS_DENIED"), ("request_refused", Retry::NewId));
    }

    #[test]
    fn f_currency_not_supported_is_final() {
        assert_eq!(pay("F", "CURRENCY_NOT_SUPPORTED"), ("payment_refused", Retry::NewId));
    }

    #[test]
    fn f_process_fail_is_final() {
        assert_eq!(pay("F", "PROCESS_FAIL"), ("payment_refused", Retry::NewId));
    }

    #[test]
    fn u_payment_in_process_is_inquired() {
        assert_eq!(pay("U", "PAYMENT_IN_PROCESS"), ("in_process", Retry::Inquire));
    }

    #[test]
    fn u_other_is_sent_again_under_the_same_id() {
        assert_eq!(pay("U", "UNKNOWN_EXCEPTION"), ("unknown", Retry::SameRequest));
    }
}

#[test]
fn ams_inquires_where_alipay_plus_sends_again() {
    let advice = advice(Protocol::Ams, Operation::Pay, "U", "UNKNOWN_EXCEPTION");
    assert_eq!(advice.retry, Retry::Inquire);
}

#[test]
fn the_letter_is_read_before_the_code() {
    assert_eq!(means(Operation::Pay, "S", "RISK_REJECT"), "succeeded");
    assert_eq!(means(Operation::Pay, "U", "RISK_REJECT"), "unknown");
    assert_eq!(means(Operation::Pay, "U", "ORDER_IS_CLOSED"), "unknown");
    assert_eq!(means(Operation::Pay, "F", "PAYMENT_IN_PROCESS"), "request_refused");
    assert_eq!(means(Operation::Cancel, "U", "ORDER_IS_CANCELED"), "unknown");
}

#[test]
fn anything_but_a_clear_letter_is_unknown() {
    for letter in ["", "s", "f", " S", "SUCCESS", "P", "Ｓ", "A"] {
        assert_eq!(means(Operation::Pay, letter, "SUCCESS"), "unknown", "{letter:?}");
        assert_eq!(means(Operation::Pay, letter, "RISK_REJECT"), "unknown", "{letter:?}");
    }
}

#[test]
fn a_code_that_no_page_names_counts_as_a_refused_request() {
    for code in ["", "NEW_CODE", "risk_reject", " RISK_REJECT", "RISK_REJECT ", "付款"] {
        assert!(lookup(code).is_none(), "{code:?}");
        assert_eq!(means(Operation::Pay, "F", code), "request_refused", "{code:?}");
        assert_eq!(means(Operation::Cancel, "F", code), "request_refused", "{code:?}");
        assert_eq!(means(Operation::Refund, "F", code), "unknown", "{code:?}");
        assert_eq!(means(Operation::Notify, "F", code), "payment_refused", "{code:?}");
    }
}

#[test]
fn a_refund_that_was_turned_away_is_told_from_one_that_was_refused() {
    let away = ["SIGNATURE_INVALID", "INVALID_SIGNATURE", "PARAM_ILLEGAL", "REQUEST_TRAFFIC_EXCEED_LIMIT"];
    for code in away {
        assert!(lookup(code).unwrap().gate_keeping(), "{code}");
        assert_eq!(means(Operation::Refund, "F", code), "request_refused", "{code}");
    }
    for code in ["ORDER_NOT_EXIST", "REFUND_AMOUNT_EXCEED", "PROCESS_FAIL", "SYSTEM_ERROR"] {
        assert!(!lookup(code).unwrap().gate_keeping(), "{code}");
    }
}

#[test]
fn aliases_lead_to_the_canonical_row() {
    for (alias, code) in [
        ("INVALID_API", "API_INVALID"),
        ("INVALID_SIGNATURE", "SIGNATURE_INVALID"),
        ("INVALID_CLIENT", "CLIENT_INVALID"),
        ("NO_PAY_OPTIONS", "NO_PAY_OPTION"),
        ("CURRENCY_NOT_SUPPORTED", "CURRENCY_NOT_SUPPORT"),
        ("INVALID_PAYMENT_CODE", "INVALID_CODE"),
    ] {
        assert_eq!(lookup(alias).unwrap().code, code);
    }
}

#[test]
fn names_are_unique_and_every_sentence_is_one() {
    let mut seen = HashSet::new();
    for row in all() {
        for name in row.aliases.iter().chain([&row.code]) {
            assert!(seen.insert(*name), "{name} appears twice");
            assert!(name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'));
        }
        for text in [row.cashier, row.developer] {
            is_sentence(text);
        }
    }
    assert_eq!(seen.len(), 70);
}

fn is_sentence(text: Text) {
    assert!(text.en.is_ascii() && text.en.ends_with('.') && !text.en.contains(". "), "{}", text.en);
    assert!(text.zh.ends_with('。') && text.zh.matches('。').count() == 1, "{}", text.zh);
}

#[test]
fn every_advice_has_its_sentences_and_never_charges_twice() {
    let operations = [
        Operation::Pay,
        Operation::Inquiry,
        Operation::Cancel,
        Operation::Refund,
        Operation::RefundInquiry,
        Operation::Notify,
    ];
    let codes: Vec<&str> = all().map(|row| row.code).chain(["NEW_CODE"]).collect();
    for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
        for operation in operations {
            for status in ["S", "F", "U"] {
                for code in &codes {
                    let advice = advice(protocol, operation, status, code);
                    is_sentence(Text { en: advice.cashier_en, zh: advice.cashier_zh });
                    is_sentence(Text { en: advice.developer_en, zh: advice.developer_zh });
                    let open = matches!(advice.meaning, Meaning::Unknown | Meaning::InProcess);
                    if open {
                        assert!(advice.cashier_en.starts_with("Wait"), "{operation:?} {status} {code}");
                        assert!(advice.cashier_zh.contains("请勿重复"), "{operation:?} {status} {code}");
                        assert_ne!(advice.retry, Retry::NewId);
                    }
                    if advice.retry != Retry::No && operation == Operation::Inquiry {
                        assert_eq!(advice.retry, Retry::SameRequest);
                        assert!(advice.cashier_en.starts_with("Wait"), "{status} {code}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_row_of_a_refusal_speaks_to_the_cashier() {
    let advice = advice(Protocol::Ams, Operation::Pay, "F", "EXPIRED_CODE");
    assert_eq!(advice.cashier_en, "Ask the customer to refresh the payment code and scan the new one.");
    assert_eq!(advice.cashier_zh, "付款码已过期，请顾客刷新付款码后重新扫码。");
    assert!(advice.new_id_needed);
}
