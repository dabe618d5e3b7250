//! Messages of an earlier day, about another payment: what somebody who recorded them could send again.

use super::{Books, Call};
use crate::Protocol;
use crate::ledger::{Course, Form, Money, Order, Payment, Refund, RefundOrder, RefundState, Scanned};
use crate::ledger::{Scenario, Wallet};
use crate::protocol::{self, Operation, Reply};
use crate::result::Code;

/// How old such a message is.
pub(super) const OLDER_BY_MS: i64 = 24 * 3_600_000;
const REQUEST_ID: &str = "a-payment-of-yesterday";
const PAYMENT_ID: &str = "2019112719401080010011000000000000000001";
const REFUND_REQUEST_ID: &str = "a-refund-of-yesterday";
const REFUND_ID: &str = "2019112719401080010012000000000000000001";

/// The successful answer to a call like this one, for the same amount.
pub(super) fn answer(books: &Books, call: &Call, now_ms: i64) -> Reply {
    let then_ms = now_ms.saturating_sub(OLDER_BY_MS);
    let amount = protocol::amount_asked(&call.body)
        .or_else(|| amount_of_subject(books, call))
        .unwrap_or(Money { currency: "USD".into(), value: 1 });
    let mut payment = payment(call.protocol, amount, then_ms);
    match call.operation {
        Operation::InquiryPayment => protocol::inquiry_reply(call.protocol, &payment, &[], 0),
        Operation::Cancel => {
            let code = payment.cancel(then_ms);
            protocol::cancel_reply(call.protocol, code, Some(&payment), then_ms)
        }
        Operation::Refund => {
            let refund = refund(&payment, then_ms);
            protocol::refund_reply(call.protocol, Code::Success, Some((&refund, &payment)))
        }
        Operation::InquiryRefund => protocol::inquiry_refund_reply(&refund(&payment, then_ms)),
        Operation::Pay | Operation::NotifyPayment | Operation::NotifyRefund => {
            protocol::pay_reply(call.protocol, Code::Success, Some(&payment), "")
        }
    }
}

/// The notification of a payment like this one that succeeded.
pub(super) fn payment_notification(protocol: Protocol, like: &Payment, now_ms: i64) -> Reply {
    let amount = like.order.amount.clone();
    protocol::notification(protocol, &payment(protocol, amount, now_ms.saturating_sub(OLDER_BY_MS)))
}

/// The notification of a refund like this one that succeeded.
pub(super) fn refund_notification(protocol: Protocol, like: &Refund, now_ms: i64) -> Reply {
    let then_ms = now_ms.saturating_sub(OLDER_BY_MS);
    protocol::refund_notification(&refund(&payment(protocol, like.order.amount.clone(), then_ms), then_ms))
}

fn amount_of_subject(books: &Books, call: &Call) -> Option<Money> {
    let subject = protocol::subject(&call.body).ok()?;
    let ledger = books.ledger(call.protocol);
    Some(ledger.at(ledger.find(subject.key())?)?.order.amount.clone())
}

fn payment(protocol: Protocol, amount: Money, then_ms: i64) -> Payment {
    let order = Order {
        request_id: REQUEST_ID.into(),
        amount,
        key_parameters: String::new(),
        scenario: Scenario::PaymentCode,
        course: Course::of(Wallet::PaysAtOnce),
        expiry_asked_ms: None,
        notify_url: None,
        redirect_url: None,
        form: Form::Get,
        scanned: Scanned::AtOnce,
        notes: Vec::new(),
    };
    let mut payment = Payment::place(protocol, PAYMENT_ID.into(), order, then_ms);
    payment.sent(then_ms);
    payment
}

fn refund(payment: &Payment, then_ms: i64) -> Refund {
    Refund {
        order: RefundOrder {
            request_id: REFUND_REQUEST_ID.into(),
            amount: payment.order.amount.clone(),
            notify_url: None,
        },
        refund_id: REFUND_ID.into(),
        payment: 0,
        placed_ms: then_ms,
        finished_ms: Some(then_ms),
        state: RefundState::Succeeded,
    }
}
