//! A reverse driven by a list of events, as the `reverse` cases describe it: a payment that has ended, the refunds that
//! were made of it, and then the reverse in the same ledger.

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::gateway::Operation;
use alipay_instore::json::Object;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::payment::{Payment, Secret, Timing};
use alipay_instore::refund::{RefundAction, RefundEvent, RefundOrder};
use alipay_instore::reverse::{NumberedReverse, Reverse, ReverseAction, ReverseEvent, ReverseOutcome};
use serde_json::{Value, json};

use crate::flow::{self, MOST_TICKS};
use crate::vectors::text;

/// What a host would keep of a payment that is to be reversed.
struct Drive {
    payment: Payment,
    /// Absent while there is neither a refund nor a reverse.
    ledger: Option<RefundLedger>,
    /// The number and the operation of each send of the reverse, in their order.
    sends: Vec<(u32, Operation)>,
    /// Actions up to this number were carried out; after a restart they come again.
    carried_out: u64,
}

/// Answers a `reverse` case.
pub fn run(case: &Value) -> Result<Value> {
    let payment = flow::payment_before(case)?;
    let mut drive = Drive { payment, ledger: None, sends: Vec::new(), carried_out: 0 };
    for refund in case.get("refunds").and_then(Value::as_array).into_iter().flatten() {
        drive.earlier_refund(refund)?;
    }
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
    fn ledger(&mut self) -> Result<&mut RefundLedger> {
        let payment = &self.payment;
        match &mut self.ledger {
            Some(ledger) => Ok(ledger),
            none => Ok(none.insert(RefundLedger::of(payment)?)),
        }
    }

    /// Brings a refund to the state that the case names.
    fn earlier_refund(&mut self, refund: &Value) -> Result<()> {
        let id = text(refund, "refund_request_id")?.to_owned();
        let answer = match text(refund, "state")? {
            "made" => r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}"#,
            "refused" => r#"{"result":{"resultStatus":"F","resultCode":"REFUND_WINDOW_EXCEED"}}"#,
            _ => "",
        };
        self.enter_refund(refund, Timestamp::UNIX_EPOCH)?;
        if !answer.is_empty() {
            let body = Object::parse(answer.as_bytes())?;
            let event = RefundEvent::Reply {
                send_id: 1,
                operation: Operation::Refund,
                body,
                timing: Timing::default(),
            };
            self.ledger()?.handle(&id, event, Timestamp::from_millis(1))?;
        } else if text(refund, "state")? == "unresolved" {
            for _ in 0..MOST_TICKS {
                let ledger = self.ledger()?;
                let Some(at) = ledger.refund(&id).and_then(|refund| refund.next_wakeup()) else { break };
                ledger.handle(&id, RefundEvent::Tick, at)?;
            }
        }
        Ok(())
    }

    fn enter_refund(&mut self, refund: &Value, at: Timestamp) -> Result<()> {
        let id = text(refund, "refund_request_id")?.to_owned();
        let currency = self.payment.order().amount.currency();
        let amount = Amount::from_minor(text(refund, "amount")?, currency.code())?;
        let ledger = self.ledger()?;
        ledger.enter(RefundOrder {
            refund_request_id: id.clone(),
            amount,
            api_prefix: "/ams/api/v1".to_owned(),
            body: Secret::new("{}".to_owned()),
        })?;
        ledger.handle(&id, RefundEvent::Begin, at)?;
        Ok(())
    }

    fn feed(&mut self, event: &Value, at: Timestamp) -> Result<()> {
        match text(event, "type")? {
            "begin" => {
                if self.ledger.is_none() {
                    self.ledger = Some(RefundLedger::for_reverse(&self.payment)?);
                }
                let payment = self.payment.clone();
                self.ledger()?.enter_reverse(&payment)?;
                self.handle(ReverseEvent::Begin, at)
            }
            "refund" => self.enter_refund(event, at),
            "refund_reply" => {
                let id = text(event, "refund_request_id")?.to_owned();
                let body = flow::body(event)?;
                let ledger = self.ledger()?;
                let again = ledger.handle(&id, RefundEvent::Resumed, at)?;
                let sent = again.iter().rev().find_map(|numbered| match numbered.action {
                    RefundAction::Send { send_id, operation, .. } => Some((send_id, operation)),
                    _ => None,
                });
                let (send_id, operation) = sent.unwrap_or((1, Operation::Refund));
                ledger.handle(
                    &id,
                    RefundEvent::Reply { send_id, operation, body, timing: Timing::default() },
                    at,
                )?;
                Ok(())
            }
            "ticks" => self.ticks(at),
            "resumed" => {
                let text = self.ledger()?.snapshot();
                self.ledger = Some(RefundLedger::restore(&text)?);
                self.read(event, at)
            }
            _ => self.read(event, at),
        }
    }

    fn read(&mut self, event: &Value, at: Timestamp) -> Result<()> {
        let event = ReverseEvent::from_json(flow::whole(event, |event| self.send_of(event))?)?;
        self.handle(event, at)
    }

    fn handle(&mut self, event: ReverseEvent, at: Timestamp) -> Result<()> {
        let actions = self.ledger()?.handle_reverse(event, at)?;
        for NumberedReverse { sequence, action } in actions {
            if sequence > self.carried_out {
                self.carried_out = sequence;
                if let ReverseAction::Send { send_id, operation, .. } = action {
                    self.sends.push((send_id, operation));
                }
            }
        }
        Ok(())
    }

    fn ticks(&mut self, until: Timestamp) -> Result<()> {
        for _ in 0..MOST_TICKS {
            let next = self.ledger()?.reverse().and_then(Reverse::next_wakeup);
            let Some(at) = next.filter(|at| *at <= until) else { return Ok(()) };
            self.handle(ReverseEvent::Tick, at)?;
        }
        Err(Error::new(ErrorCode::PaymentNotFinal, "the ticks do not end"))
    }

    /// The send that an answer belongs to, as in a flow.
    fn send_of(&self, event: &Value) -> Result<(u32, Operation)> {
        let operation =
            event.get("operation").and_then(Value::as_str).map(str::parse::<Operation>).transpose()?;
        if let Some(send_id) = event.get("send_id").and_then(Value::as_u64) {
            let send_id = u32::try_from(send_id).unwrap_or(u32::MAX);
            let sent = self.sends.iter().find(|(id, _)| *id == send_id).map(|(_, sent)| *sent);
            return Ok((send_id, operation.or(sent).unwrap_or(Operation::Cancel)));
        }
        let latest = self.sends.iter().rev().find(|(_, sent)| operation.is_none_or(|wanted| wanted == *sent));
        latest
            .copied()
            .ok_or_else(|| Error::new(ErrorCode::ReverseUnknownSend, "nothing of this kind was sent"))
    }

    fn result(mut self) -> Result<Value> {
        let sends: Vec<_> = self.sends.iter().map(|(_, operation)| operation.as_str()).collect();
        let ledger = self.ledger()?;
        let left = ledger.left().to_string();
        let Some(reverse) = ledger.reverse() else {
            return Ok(json!({"state": "ready", "outcome": null, "code": null, "sends": [], "alerts": [],
                "left": left, "next_wakeup": null}));
        };
        let code = match reverse.outcome() {
            Some(ReverseOutcome::Refused { code }) => Some(code.as_str()),
            _ => None,
        };
        Ok(json!({
            "state": reverse.state(),
            "outcome": reverse.outcome().map(ReverseOutcome::as_str),
            "code": code,
            "sends": sends,
            "alerts": reverse.alerts().iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
            "left": left,
            "next_wakeup": reverse.next_wakeup(),
        }))
    }
}
