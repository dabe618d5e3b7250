//! Replies and notifications: what this gateway says, field by field.

use serde_json::{Map, Value, json};

use super::fields::Illegal;
use super::time::format_time;
use crate::Protocol;
use crate::ledger::{Form, Money, Payment, Refund, RefundState, Scenario, State};
use crate::result::Code;

const ACQUIRER_ID: &str = "2021228100000000";
const PSP_ID: &str = "1022172000000000001";
const CUSTOMER_ID: &str = "2088000000000000";
const WALLET: &str = "SANDBOX_WALLET";

/// The members of a reply's body.
pub(crate) type Reply = Map<String, Value>;

fn result(code: Code) -> Value {
    json!({"resultCode": code.name(), "resultStatus": code.status(), "resultMessage": code.message()})
}

fn with_result(code: Code) -> Reply {
    let mut reply = Map::new();
    reply.insert("result".into(), result(code));
    reply
}

pub(super) fn put(reply: &mut Reply, name: &str, value: impl Into<Value>) {
    reply.insert(name.into(), value.into());
}

fn money(amount: &Money) -> Value {
    json!({"currency": amount.currency, "value": amount.value.to_string()})
}

/// A request that was not understood; the message names the parameter.
pub(crate) fn refusal(illegal: &Illegal) -> Reply {
    let mut reply = Map::new();
    let text = match &*illegal.path {
        "" => illegal.code.message().to_owned(),
        path => format!("{} ({path})", illegal.code.message()),
    };
    put(
        &mut reply,
        "result",
        json!({"resultCode": illegal.code.name(), "resultStatus": illegal.code.status(), "resultMessage": text}),
    );
    reply
}

/// The answer of a gateway that can't tell who asks: the documents have it unsigned.
pub(crate) fn unsigned_refusal(code: Code) -> Reply {
    with_result(code)
}

/// The reply to pay.
///
/// For an order code or an entry code the customer has yet to pay: AMS calls that `S`, Alipay+
/// `PAYMENT_IN_PROCESS`; either carries the form and no `paymentTime`. A payment code whose customer has to confirm
/// is `PAYMENT_IN_PROCESS` in both.
pub(crate) fn pay_reply(protocol: Protocol, code: Code, payment: Option<&Payment>, base_url: &str) -> Reply {
    let Some(payment) = payment else { return with_result(code) };
    let by_customer = payment.order.scenario != Scenario::PaymentCode;
    let confirms = by_customer || payment.order.course.form.is_some();
    let waits = confirms && payment.state == State::Processing;
    let shown = if waits && by_customer && protocol == Protocol::Ams && code == Code::PaymentInProcess {
        Code::Success
    } else {
        code
    };
    let mut reply = with_result(shown);
    if shown.status() == "F" {
        return reply;
    }
    put(&mut reply, "paymentId", payment.payment_id.clone());
    put(&mut reply, "paymentAmount", money(&payment.order.amount));
    if protocol == Protocol::Ams {
        put(&mut reply, "paymentRequestId", payment.order.request_id.clone());
        put(&mut reply, "paymentCreateTime", format_time(payment.placed_ms));
    }
    if waits {
        put_form(&mut reply, protocol, payment, base_url);
    } else if code == Code::Success {
        put_paid(&mut reply, protocol, payment);
    }
    reply
}

/// What only a payment that succeeded has.
fn put_paid(reply: &mut Reply, protocol: Protocol, payment: &Payment) {
    put(reply, "paymentTime", format_time(payment.finished_ms.unwrap_or(payment.placed_ms)));
    match protocol {
        Protocol::Ams => {
            put(reply, "pspCustomerInfo", json!({"pspName": WALLET, "pspCustomerId": CUSTOMER_ID}))
        }
        Protocol::AlipayPlus => {
            put(reply, "acquirerId", ACQUIRER_ID);
            put(reply, "pspId", PSP_ID);
            put(reply, "customerId", CUSTOMER_ID);
            put(reply, "walletBrandName", WALLET);
        }
    }
}

fn put_form(reply: &mut Reply, protocol: Protocol, payment: &Payment, base_url: &str) {
    let token = &payment.payment_id;
    let page = format!("{base_url}/wallet/pay/{token}");
    if payment.order.scenario == Scenario::OrderCode {
        let form = json!({
            "paymentMethodType": "CONNECT_WALLET",
            "expireTime": format_time(payment.expires_ms),
            "codeDetails": [
                {"codeValueType": "QRCODE", "codeValue": page, "displayType": "BIGIMAGE"},
                {"codeValueType": "BARCODE", "codeValue": token, "displayType": "TEXT"},
            ],
        });
        put(reply, "orderCodeForm", form);
        return;
    }
    let redirect = |method: &str, url: String| json!({"method": method, "redirectUrl": url});
    match (protocol, payment.order.form) {
        (_, Form::Challenge) => {
            let form = json!({
                "challengeType": "SMS_OTP",
                "challengeRenderValue": "+86*******0000",
                "triggerSource": "AMS",
            });
            put(reply, "challengeActionForm", form);
        }
        (Protocol::AlipayPlus, _) => put(reply, "paymentUrl", page),
        (Protocol::Ams, Form::Get) => put(reply, "redirectActionForm", redirect("GET", page)),
        (Protocol::Ams, Form::Scan) => put(reply, "redirectActionForm", redirect("SCAN", page)),
        (Protocol::Ams, Form::Post) => {
            let mut form = redirect("POST", format!("{base_url}/wallet/open"));
            let parameters = json!({ "token": token }).to_string();
            if let Some(members) = form.as_object_mut() {
                put(members, "parameters", parameters);
            }
            put(reply, "redirectActionForm", form);
        }
    }
}

/// What the gateway says of a payment's money: AMS has a word for it, Alipay+ a result of its own.
fn payment_result(payment: &Payment) -> (&'static str, Code) {
    if payment.looks_in_process() {
        return ("PROCESSING", Code::PaymentInProcess);
    }
    match payment.state {
        State::Processing => ("PROCESSING", Code::PaymentInProcess),
        State::Succeeded => ("SUCCESS", Code::Success),
        State::Failed(code) => ("FAIL", code),
        State::Cancelled => ("CANCELLED", Code::OrderIsCanceled),
        State::Closed => ("FAIL", Code::OrderIsClosed),
    }
}

/// The reply to inquiryPayment for a payment that exists.
pub(crate) fn inquiry_reply(protocol: Protocol, payment: &Payment, refunds: &[Refund], at: usize) -> Reply {
    let mut reply = with_result(Code::Success);
    let (word, code) = payment_result(payment);
    put(&mut reply, "paymentRequestId", payment.order.request_id.clone());
    put(&mut reply, "paymentId", payment.payment_id.clone());
    put(&mut reply, "paymentAmount", money(&payment.order.amount));
    match protocol {
        Protocol::Ams => {
            put(&mut reply, "paymentStatus", word);
            put(&mut reply, "paymentResultCode", code.name());
            put(&mut reply, "paymentResultMessage", code.message());
            put(&mut reply, "paymentCreateTime", format_time(payment.placed_ms));
        }
        Protocol::AlipayPlus => {
            // There a cancelled payment and one that expired are both called closed.
            let code = if code == Code::OrderIsCanceled { Code::OrderIsClosed } else { code };
            put(&mut reply, "paymentResult", result(code));
            put(&mut reply, "acquirerId", ACQUIRER_ID);
        }
    }
    if code == Code::Success {
        put_paid(&mut reply, protocol, payment);
    }
    if payment.refunded > 0 || payment.refunding > 0 {
        let list: Vec<Value> = refunds
            .iter()
            .filter(|refund| refund.payment == at)
            .map(|refund| {
                json!({
                    "transactionType": "REFUND",
                    "transactionId": refund.refund_id,
                    "transactionRequestId": refund.order.request_id,
                    "transactionStatus": refund_word(refund),
                    "transactionAmount": money(&refund.order.amount),
                    "transactionTime": format_time(refund.finished_ms.unwrap_or(refund.placed_ms)),
                    "transactionResult": result(refund.answer()),
                })
            })
            .collect();
        put(&mut reply, "transactions", list);
    }
    reply
}

/// The reply to cancel.
pub(crate) fn cancel_reply(protocol: Protocol, code: Code, payment: Option<&Payment>, now_ms: i64) -> Reply {
    let mut reply = with_result(code);
    let Some(payment) = payment else { return reply };
    match protocol {
        Protocol::Ams => {
            put(&mut reply, "paymentRequestId", payment.order.request_id.clone());
            put(&mut reply, "paymentId", payment.payment_id.clone());
            if code == Code::Success {
                put(&mut reply, "cancelTime", format_time(payment.finished_ms.unwrap_or(now_ms)));
            }
        }
        Protocol::AlipayPlus => {
            put(&mut reply, "acquirerId", ACQUIRER_ID);
            put(&mut reply, "pspId", PSP_ID);
        }
    }
    reply
}

/// The reply to refund.
pub(crate) fn refund_reply(protocol: Protocol, code: Code, refund: Option<(&Refund, &Payment)>) -> Reply {
    let mut reply = with_result(code);
    let Some((refund, payment)) = refund.filter(|_| code.status() != "F") else { return reply };
    put(&mut reply, "refundId", refund.refund_id.clone());
    put(&mut reply, "refundRequestId", refund.order.request_id.clone());
    put(&mut reply, "refundAmount", money(&refund.order.amount));
    if let Some(time) = refund.finished_ms {
        put(&mut reply, "refundTime", format_time(time));
    }
    match protocol {
        Protocol::Ams => put(&mut reply, "paymentId", payment.payment_id.clone()),
        Protocol::AlipayPlus => {
            put(&mut reply, "acquirerId", ACQUIRER_ID);
            put(&mut reply, "pspId", PSP_ID);
        }
    }
    reply
}

fn refund_word(refund: &Refund) -> &'static str {
    match refund.state {
        RefundState::Processing(_) => "PROCESSING",
        RefundState::Succeeded => "SUCCESS",
        RefundState::Failed(_) => "FAIL",
    }
}

/// The reply to inquiryRefund for a refund that exists.
pub(crate) fn inquiry_refund_reply(refund: &Refund) -> Reply {
    let mut reply = with_result(Code::Success);
    put(&mut reply, "refundId", refund.refund_id.clone());
    put(&mut reply, "refundRequestId", refund.order.request_id.clone());
    put(&mut reply, "refundAmount", money(&refund.order.amount));
    put(&mut reply, "refundStatus", refund_word(refund));
    if let Some(time) = refund.finished_ms {
        put(&mut reply, "refundTime", format_time(time));
    }
    reply
}

/// notifyRefund: the refund's final result. It is documented only for AMS.
pub(crate) fn refund_notification(refund: &Refund) -> Reply {
    let mut body = with_result(refund.answer());
    put(&mut body, "notifyType", "REFUND_RESULT");
    put(&mut body, "refundStatus", refund_word(refund));
    put(&mut body, "refundRequestId", refund.order.request_id.clone());
    put(&mut body, "refundId", refund.refund_id.clone());
    put(&mut body, "refundAmount", money(&refund.order.amount));
    if let Some(time) = refund.finished_ms {
        put(&mut body, "refundTime", format_time(time));
    }
    body
}

/// notifyPayment: the payment's final result, which AMS calls `result` and Alipay+ `paymentResult`.
pub(crate) fn notification(protocol: Protocol, payment: &Payment) -> Reply {
    let (_, code) = payment_result(payment);
    let mut body = Map::new();
    put(&mut body, "paymentRequestId", payment.order.request_id.clone());
    put(&mut body, "paymentId", payment.payment_id.clone());
    match protocol {
        Protocol::Ams => {
            put(&mut body, "notifyType", "PAYMENT_RESULT");
            put(&mut body, "result", result(code));
            put(&mut body, "paymentAmount", money(&payment.order.amount));
            put(&mut body, "paymentCreateTime", format_time(payment.placed_ms));
        }
        Protocol::AlipayPlus => {
            put(&mut body, "paymentResult", result(code));
            put(&mut body, "acquirerId", ACQUIRER_ID);
        }
    }
    if code == Code::Success {
        put(&mut body, "paymentAmount", money(&payment.order.amount));
        put_paid(&mut body, protocol, payment);
    }
    body
}
