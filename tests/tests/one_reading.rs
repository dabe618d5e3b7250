//! The typed models say of a body what the one reader says of it, for every case of the shared vectors.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

use alipay_instore::api::{
    InquiryRefundResponse, InquiryResponse, Notification, PayResponse, RefundResponse,
};
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::reply::{Money, Reading};
use alipay_instore::result_code::Status;
use base64::Engine as _;
use serde_json::Value;

/// The protocol, the operation and the body of each case whose body can be read.
fn bodies() -> Vec<(Protocol, Operation, Object)> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/reading.json");
    let file: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert!(cases.len() > 400, "{} cases", cases.len());
    let read = |case: &Value| {
        let text = |name: &str| case[name].as_str();
        let body = match (text("body"), text("body_base64")) {
            (Some(body), _) => body.as_bytes().to_vec(),
            (None, body) => base64::engine::general_purpose::STANDARD.decode(body.unwrap()).unwrap(),
        };
        let (body, _) = Object::parse_signed(&body).ok()?;
        Some((text("protocol").unwrap().parse().unwrap(), text("operation").unwrap().parse().unwrap(), body))
    };
    cases.iter().filter_map(read).collect()
}

#[test]
fn the_typed_models_agree_with_the_reader() {
    let mut compared = 0;
    for (protocol, operation, body) in bodies() {
        let reading = Reading::new(protocol, operation, &body);
        let (result, amount) = match operation {
            Operation::Pay => {
                let model = PayResponse::from_json(body.clone());
                (model.result, model.payment_amount)
            }
            Operation::Inquiry => {
                let model = InquiryResponse::from_json(body.clone());
                (model.result, model.payment_amount)
            }
            Operation::Notify => {
                let model = Notification::from_json(body.clone());
                (model.result, model.payment_amount)
            }
            Operation::Refund => (RefundResponse::from_json(body.clone()).result, None),
            Operation::RefundInquiry => (InquiryRefundResponse::from_json(body.clone()).result, None),
            Operation::Cancel => continue,
        };
        let status = result.map_or(Status::Unknown, |result| result.status());
        assert_eq!(status, reading.status(), "{operation:?} {body}");
        if matches!(operation, Operation::Pay | Operation::Inquiry | Operation::Notify) {
            let amount = amount.and_then(|stated| stated.amount());
            assert_eq!(amount, reading.stated_payment_amount(), "{operation:?} {body}");
        }
        compared += 1;
    }
    assert!(compared > 300, "{compared} compared");
}

#[test]
fn a_payment_s_own_result_is_the_one_that_the_machine_goes_by() {
    for (protocol, operation, body) in bodies() {
        if protocol != Protocol::AlipayPlus || operation != Operation::Notify {
            continue;
        }
        let model = Notification::from_json(body.clone());
        let status = model.payment_result.map(|result| result.0.status());
        let expected = match Reading::new(protocol, operation, &body).money() {
            Money::Paid => Some(Status::Succeeded),
            Money::Failed | Money::Cancelled => Some(Status::Failed),
            _ => None,
        };
        assert_eq!(status.filter(|status| *status != Status::Unknown), expected, "{body}");
    }
}
