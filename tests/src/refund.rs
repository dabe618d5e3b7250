//! A refund by the merchant driven by a list of events, as the `refund` cases describe it.

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::Scenario;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::gateway::Operation;
use alipay_instore::json::Object;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::payment::{Event, Payment, PaymentOrder, Policy, Secret, Timing};
use alipay_instore::refund::{NumberedRefund, Refund, RefundAction, RefundEvent, RefundOrder, RefundOutcome};
use serde_json::{Value, json};

use crate::flow;
use crate::vectors::text;

/// A `ticks` event stops here, so that a wrong machine can't hang the runner.
const MOST_TICKS: usize = 100_000;

/// The ledger of a payment that was just paid.
///
/// # Errors
/// What the payment machine refuses.
pub fn ledger_of(policy: Policy, paid: Amount) -> Result<RefundLedger> {
    let request = Object::new().with("paymentRequestId", "p");
    let order =
        PaymentOrder::new("p".to_owned(), paid, Scenario::PaymentCode, None, "/v1".to_owned(), &request);
    let mut payment = Payment::new(policy, order);
    payment.begin(Timestamp::UNIX_EPOCH)?;
    let result = Object::new().with("resultStatus", "S").with("resultCode", "SUCCESS");
    let amount =
        Object::new().with("currency", paid.currency().code()).with("value", paid.value().to_string());
    let body = Object::new()
        .with("result", result)
        .with("paymentId", "2026")
        .with("paymentAmount", amount)
        .with("paymentTime", "2026-11-22T00:00:00Z");
    let timing = Timing::default();
    let paid = Event::Reply { send_id: 1, operation: Operation::Pay, body, timing };
    payment.handle(paid, Timestamp::from_millis(1))?;
    RefundLedger::of(&payment)
}

/// A refund as a host would enter it.
pub fn order_of(refund_request_id: &str, amount: Amount) -> RefundOrder {
    let body = Object::new().with("refundRequestId", refund_request_id);
    RefundOrder {
        refund_request_id: refund_request_id.to_owned(),
        amount,
        api_prefix: "/v1".to_owned(),
        body: Secret::new(body.to_string()),
    }
}

/// What a host would keep of a refund.
struct Drive {
    ledger: RefundLedger,
    id: String,
    sends: Vec<(u32, Operation)>,
    /// Actions up to this number were carried out; after a restart they come again.
    carried_out: u64,
}

/// Answers a `refund` case.
///
/// # Errors
/// Whatever the ledger or the machine refuses.
pub fn run(case: &Value) -> Result<Value> {
    let described = case.get("refund").unwrap_or(&Value::Null);
    let amount = |key| {
        let amount = described.get(key).unwrap_or(&Value::Null);
        Amount::from_minor(text(amount, "value")?, text(amount, "currency")?)
    };
    let id = text(described, "refund_request_id")?.to_owned();
    let mut ledger = ledger_of(flow::policy(case)?, amount("paid")?)?;
    ledger.enter(order_of(&id, amount("amount")?))?;
    let mut drive = Drive { ledger, id, sends: Vec::new(), carried_out: 0 };
    for event in case.get("events").and_then(Value::as_array).into_iter().flatten() {
        let at =
            event.get("at").and_then(Value::as_i64).map(Timestamp::from_millis).ok_or_else(|| {
                Error::new(ErrorCode::ConfigMissing, "an event has no time").with_path("at")
            })?;
        drive.feed(event.get("event").unwrap_or(&Value::Null), at)?;
    }
    drive.result()
}

impl Drive {
    fn refund(&self) -> Result<&Refund> {
        self.ledger
            .refund(&self.id)
            .ok_or_else(|| Error::new(ErrorCode::RefundNotBegun, "the refund was not entered"))
    }

    fn feed(&mut self, event: &Value, at: Timestamp) -> Result<()> {
        match text(event, "type")? {
            "ticks" => return self.ticks(at),
            "resolve" => {
                let resolved = text(event, "resolved")?.parse()?;
                let (who, note) = (text(event, "who")?, text(event, "note")?);
                return self.ledger.resolve(&self.id, resolved, who, note, at);
            }
            "resumed" => self.ledger = RefundLedger::restore(&self.ledger.snapshot())?,
            _ => {}
        }
        let event = RefundEvent::from_json(flow::whole(event, |event| self.send_of(event))?)?;
        let actions = self.ledger.handle(&self.id, event, at)?;
        self.carry_out(&actions);
        Ok(())
    }

    fn send_of(&self, event: &Value) -> Result<(u32, Operation)> {
        if self.refund()?.state() == "ready" {
            // Nothing was sent yet: the machine says what is wrong.
            return Ok((1, Operation::Refund));
        }
        let unknown = || Error::new(ErrorCode::RefundUnknownSend, "nothing of this kind was sent");
        flow::send_of(&self.sends, Operation::Refund, event)?.ok_or_else(unknown)
    }

    fn ticks(&mut self, until: Timestamp) -> Result<()> {
        for _ in 0..MOST_TICKS {
            let Some(at) = self.refund()?.next_wakeup().filter(|at| *at <= until) else { return Ok(()) };
            let actions = self.ledger.handle(&self.id, RefundEvent::Tick, at)?;
            self.carry_out(&actions);
        }
        Err(Error::new(ErrorCode::PaymentNotFinal, "the ticks do not end"))
    }

    fn carry_out(&mut self, actions: &[NumberedRefund]) {
        for NumberedRefund { sequence, action } in actions {
            if *sequence > self.carried_out {
                self.carried_out = *sequence;
                if let RefundAction::Send { operation, send_id, .. } = action {
                    self.sends.push((*send_id, *operation));
                }
            }
        }
    }

    fn result(&self) -> Result<Value> {
        let refund = self.refund()?;
        let code = match refund.outcome() {
            Some(RefundOutcome::Failed { code }) => Some(code),
            _ => None,
        };
        Ok(json!({
            "state": refund.state(),
            "outcome": refund.outcome().map(RefundOutcome::as_str),
            "code": code,
            "sends": self.sends.iter().map(|(_, operation)| operation.as_str()).collect::<Vec<_>>(),
            "alerts": refund.alerts().iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
            "left": self.ledger.left().to_string(),
            "next_wakeup": refund.next_wakeup(),
        }))
    }
}
