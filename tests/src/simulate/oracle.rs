//! Follows one payment from outside and holds the promises of the machine against what it did.
//!
//! Verified messages are read here a second time, from raw JSON and without the library, so that a wrong reading
//! does not agree with itself.

use alipay_instore::Timestamp;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::{Action, Numbered, Outcome, Payment, PaymentOrder, Secret, UnresolvedReason};
use alipay_instore_sandbox::Standing;
use serde_json::Value;

use super::plan::{Misconfigured, Plan};

/// What a verified message proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Nothing about the money.
    Nothing,
    /// Money moved, and the amount is ours.
    Paid,
    /// Money moved, and nothing is said of the amount.
    PaidUnstated,
    /// Money moved, and the amount is another one.
    PaidOtherwise,
    /// The gateway will not take the money, or has given it back.
    NothingTaken,
    /// The gateway has no such order.
    NotFound,
    /// Another request owns the id.
    IdTaken,
}

/// Reads a verified body.
pub fn read(order: &PaymentOrder, protocol: Protocol, operation: Operation, body: &[u8]) -> Fact {
    let id = order.payment_request_id.as_str();
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Fact::Nothing };
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    if body.get("paymentRequestId").is_some_and(|named| named != id) {
        return Fact::Nothing;
    }
    let refund = format!("refund-{id}");
    if body.get("refundRequestId").is_some_and(|named| *named != refund.as_str()) {
        return Fact::Nothing;
    }
    let paid = match body.get("paymentAmount") {
        None => Fact::PaidUnstated,
        Some(_) => {
            let ours = text("/paymentAmount/currency") == order.amount.currency().code()
                && text("/paymentAmount/value") == order.amount.value().to_string();
            if ours { Fact::Paid } else { Fact::PaidOtherwise }
        }
    };
    // Letters are exact.
    let (status, code) = (text("/result/resultStatus"), text("/result/resultCode"));
    let plus = protocol == Protocol::AlipayPlus;
    match (operation, status) {
        (Operation::Pay, "S") => {
            let forms = ["redirectActionForm", "orderCodeForm", "challengeActionForm", "paymentUrl"];
            let by_code = order.scenario == alipay_instore::api::Scenario::PaymentCode;
            let created =
                forms.iter().any(|form| body.get(form).is_some()) || body.get("paymentTime").is_none();
            if by_code || !created { paid } else { Fact::Nothing }
        }
        (Operation::Pay, "F") => match code {
            "REPEAT_REQ_INCONSISTENT" => Fact::IdTaken,
            "SYSTEM_ERROR" => Fact::Nothing,
            _ => Fact::NothingTaken,
        },
        (Operation::Inquiry, "S") if plus => by_result(text("/paymentResult/resultStatus"), paid),
        (Operation::Inquiry, "S") => match text("/paymentStatus") {
            "SUCCESS" => paid,
            "FAIL" | "CANCELLED" => Fact::NothingTaken,
            _ => Fact::Nothing,
        },
        (Operation::Notify, _) if plus => by_result(text("/paymentResult/resultStatus"), paid),
        (Operation::Notify, status) => by_result(status, paid),
        (Operation::Cancel | Operation::Refund, "S") => {
            let amount = text("/refundAmount/value");
            let ours = amount.is_empty() || amount == order.amount.value().to_string();
            if ours { Fact::NothingTaken } else { Fact::Nothing }
        }
        (Operation::Cancel, "F") => match code {
            "ORDER_IS_CANCELED" | "ORDER_IS_CLOSED" => Fact::NothingTaken,
            "ORDER_NOT_EXIST" => Fact::NotFound,
            _ => Fact::Nothing,
        },
        (Operation::Refund, "F") if code == "ORDER_IS_CANCELED" => Fact::NothingTaken,
        (Operation::RefundInquiry, "S") if text("/refundStatus") == "SUCCESS" => Fact::NothingTaken,
        _ => Fact::Nothing,
    }
}

/// Whether an answer that was signed long before its request names nothing that is known to be of this payment: then it
/// can be a recording, and proves nothing.
pub fn names_nothing(payment: &Payment, body: &[u8]) -> bool {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return true };
    let named = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let id = &payment.order().payment_request_id;
    let known = payment.payment_id().map(str::to_owned);
    named("paymentRequestId").as_ref() != Some(id)
        && named("refundRequestId").as_ref() != Some(&payment.order().refund_request_id)
        && (known.is_none() || named("paymentId") != known)
}

fn by_result(status: &str, paid: Fact) -> Fact {
    match status {
        "S" => paid,
        "F" => Fact::NothingTaken,
        _ => Fact::Nothing,
    }
}

/// The name of a broken promise.
pub type Broken = &'static str;

/// What is known of one payment's past.
#[derive(Clone, Debug, Default)]
pub struct Oracle {
    /// Uncontradicted evidence that our money moved.
    success: bool,
    /// A notification without an amount says so: enough for `Succeeded` where nothing contradicts.
    unstated: bool,
    disputed: bool,
    /// A verified message arrived, whatever it says.
    verified: bool,
    nothing_taken: bool,
    id_taken: bool,
    pay_body: Option<Secret>,
    first_cancel: Option<u32>,
    /// The first cancel that was sent after the expiry and the margin.
    late_cancel: Option<u32>,
    concluded: Option<(u64, Outcome)>,
    last_sequence: u64,
    /// Whether a byte of pay ever left the host.
    pub pay_left: bool,
    /// Whether the cashier wanted out.
    pub asked: bool,
    /// How many requests of each kind were sent: pay, inquiry, cancel, refund, refund inquiry.
    pub sends: [u32; 5],
}

impl Oracle {
    /// A verified message was fed, and what came of it was stored.
    pub fn learns(&mut self, operation: Operation, send_id: u32, fact: Fact) {
        self.verified = true;
        match fact {
            Fact::Paid => self.success = true,
            Fact::PaidUnstated if self.disputed => {}
            // Such a notification starts an inquiry instead of deciding, where one can be started.
            Fact::PaidUnstated if operation == Operation::Notify => self.unstated = true,
            Fact::PaidUnstated => self.success = true,
            Fact::PaidOtherwise => self.disputed = true,
            Fact::NothingTaken => self.nothing_taken = true,
            Fact::NotFound if self.late_cancel.is_some_and(|late| send_id >= late) => {
                self.nothing_taken = true
            }
            Fact::IdTaken => self.id_taken = true,
            Fact::NotFound | Fact::Nothing => {}
        }
    }

    /// A step was taken and stored.
    ///
    /// # Errors
    /// The promise that it breaks.
    pub fn after_step(
        &mut self,
        payment: &Payment,
        before: Option<&Outcome>,
        actions: &[Numbered],
        now: Timestamp,
    ) -> Result<(), Broken> {
        if before.is_some() && before != payment.outcome() {
            return Err("5: a final state changed");
        }
        let id = &payment.order().payment_request_id;
        for Numbered { sequence, action } in actions {
            let again = *sequence <= self.last_sequence;
            self.last_sequence = self.last_sequence.max(*sequence);
            match action {
                Action::Send { send_id, operation, body, .. } => {
                    self.sends(payment, *operation, *send_id, body, again, now)?;
                    if *operation != Operation::RefundInquiry && !names(body, id, payment.payment_id()) {
                        return Err("3: a request names another payment");
                    }
                }
                Action::Present { .. } if self.first_cancel.is_some() && !again => {
                    return Err("4: a form was presented after a cancel");
                }
                Action::Conclude { outcome } => self.concludes(*sequence, outcome)?,
                Action::Present { .. } | Action::Alert { .. } => {}
            }
        }
        Ok(())
    }

    fn sends(
        &mut self,
        payment: &Payment,
        operation: Operation,
        send_id: u32,
        body: &Secret,
        again: bool,
        now: Timestamp,
    ) -> Result<(), Broken> {
        let kinds = [
            Operation::Pay,
            Operation::Inquiry,
            Operation::Cancel,
            Operation::Refund,
            Operation::RefundInquiry,
        ];
        let kind = kinds.iter().position(|kind| *kind == operation);
        if let Some(count) = kind.and_then(|kind| self.sends.get_mut(kind)) {
            *count = count.saturating_add(1);
        }
        if operation == Operation::Pay {
            if self.pay_body.get_or_insert_with(|| body.clone()) != body {
                return Err("3: pay was sent with another body");
            }
            if self.first_cancel.is_some() && !again {
                return Err("4: pay was sent after a cancel");
            }
            if payment.expiry().is_some_and(|expiry| now >= expiry) {
                return Err("4: pay was sent at or after its expiry");
            }
        }
        if matches!(operation, Operation::Cancel | Operation::Refund) && self.id_taken && !again {
            return Err("7: another owner's payment was reversed");
        }
        if operation == Operation::Cancel {
            if self.first_cancel.is_none() {
                self.first_cancel = Some(send_id);
                if self.success {
                    return Err("4: a payment that succeeded was cancelled");
                }
                if self.disputed && !self.asked {
                    return Err("4: a disputed payment was cancelled by itself");
                }
            }
            let certain = payment.expiry().map(|expiry| expiry.saturating_add(payment.policy().clock_margin));
            if self.late_cancel.is_none() && certain.is_some_and(|certain| now > certain) {
                self.late_cancel = Some(send_id);
            }
        }
        if operation == Operation::Refund && self.disputed && !again {
            return Err("7: a disputed payment was refunded automatically");
        }
        Ok(())
    }

    fn concludes(&mut self, sequence: u64, outcome: &Outcome) -> Result<(), Broken> {
        match &self.concluded {
            Some(known) if *known == (sequence, outcome.clone()) => return Ok(()),
            Some(_) => return Err("5: a payment concluded twice"),
            None => self.concluded = Some((sequence, outcome.clone())),
        }
        match outcome {
            Outcome::Succeeded if !self.success && (self.disputed || !self.unstated) => {
                Err("1: success without evidence")
            }
            Outcome::Failed { .. } | Outcome::Cancelled if !self.nothing_taken && self.pay_left => {
                Err("2: given up without evidence")
            }
            Outcome::Refunded if !self.nothing_taken => Err("2: refunded without evidence"),
            Outcome::Unresolved { reason: UnresolvedReason::Configuration } if self.verified => {
                Err("2: the configuration is blamed, though the gateway was heard of")
            }
            _ => Ok(()),
        }
    }

    /// Everything has landed: the payment and the ledger have to agree.
    ///
    /// # Errors
    /// The promise that is broken.
    pub fn at_the_end(
        &self,
        plan: &Plan,
        payment: &Payment,
        standing: Option<&Standing>,
    ) -> Result<(), Broken> {
        let Some(outcome) = payment.outcome() else {
            return match payment.begun_at() {
                None if standing.is_none() || plan.id_taken => Ok(()),
                None => Err("3: a payment that never began is in the ledger"),
                Some(_) => Err("6: a payment never ended"),
            };
        };
        let configuration = Outcome::Unresolved { reason: UnresolvedReason::Configuration };
        if *outcome == configuration && !matches!(plan.misconfigured, Some(Misconfigured::Rejected(_))) {
            return Err("2: the configuration is blamed, though requests were taken");
        }
        let ours = u128::from(plan.amount.value());
        let (captured, net, back) = standing.map_or((0, 0, 0), |standing| {
            (standing.captured, standing.net, standing.reversed.saturating_add(standing.refunded))
        });
        if back > captured {
            return Err("7: more was given back than was taken");
        }
        if plan.id_taken {
            let wrong = matches!(outcome, Outcome::Succeeded | Outcome::Refunded);
            let learned_first = self.id_taken && self.first_cancel.is_none() && back > 0;
            return match () {
                () if wrong => Err("1: another owner's payment counts as ours"),
                () if learned_first => Err("7: another owner's payment was reversed"),
                () => Ok(()),
            };
        }
        if captured != 0 && captured != ours {
            return Err("7: another amount was taken");
        }
        match outcome {
            Outcome::Succeeded if captured != ours || net != ours => {
                Err("7: success, but the ledger disagrees")
            }
            Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded if net != 0 => {
                Err("7: given up, but the money was kept")
            }
            Outcome::Refunded if captured == 0 => Err("7: refunded, but nothing was taken"),
            _ => Ok(()),
        }
    }
}

/// Whether a body is about this payment; AMS names it by the gateway's id in a refund.
fn names(body: &Secret, id: &str, payment_id: Option<&str>) -> bool {
    let Ok(body) = serde_json::from_str::<Value>(body.expose()) else { return false };
    let named = |name: &str| body.get(name).and_then(Value::as_str);
    named("paymentRequestId") == Some(id)
        || (named("paymentId").is_some() && named("paymentId") == payment_id)
}
