//! A payment driven by a list of events, as the `flow` and `snapshot` cases describe it.

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::Scenario;
use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::{Json, Object};
use alipay_instore::payment::{Action, Event, Numbered, Payment, PaymentOrder, Policy};
use serde_json::{Value, json};

use crate::vectors::text;

/// A `ticks` event stops here, so that a wrong machine can't hang the runner.
pub(crate) const MOST_TICKS: usize = 100_000;

/// What a host would keep of a payment.
pub(crate) struct Drive {
    pub(crate) payment: Payment,
    /// The number and the operation of each send, in their order.
    pub(crate) sends: Vec<(u32, Operation)>,
    /// Actions up to this number were carried out; after a restart they come again.
    carried_out: u64,
}

/// Answers a `flow` case.
pub fn run(case: &Value) -> Result<Value> {
    Drive::new(case)?.run(case)
}

/// Answers a `snapshot` case: as a flow, from the stored text on.
pub fn run_snapshot(case: &Value) -> Result<Value> {
    let payment = Payment::restore(text(case, "snapshot")?)?;
    Drive { payment, sends: Vec::new(), carried_out: 0 }.run(case)
}

/// The payment of a case after the events of its member `before`.
pub(crate) fn payment_before(case: &Value) -> Result<Payment> {
    let mut drive = Drive::new(case)?;
    let events = case.get("before").cloned().unwrap_or_default();
    drive.feed_all(&json!({"events": events}), usize::MAX)?;
    Ok(drive.payment)
}

pub(crate) fn policy(case: &Value) -> Result<Policy> {
    let invalid =
        |_| Error::new(ErrorCode::ConfigInvalid, "the policy has an unknown field or a wrong value");
    let wanted = case.get("policy").cloned().unwrap_or_else(|| json!({"preset": "ams"}));
    let protocol: Protocol = text(&wanted, "preset")?.parse()?;
    let mut policy = serde_json::to_value(Policy::preset(protocol)).map_err(invalid)?;
    if let (Value::Object(policy), Value::Object(overrides)) = (&mut policy, wanted) {
        policy.extend(overrides.into_iter().filter(|(name, _)| name != "preset"));
    }
    Policy::new(serde_json::from_value(policy).map_err(invalid)?)
}

fn order(case: &Value) -> Result<PaymentOrder> {
    let payment = case.get("payment").unwrap_or(&Value::Null);
    let amount = payment.get("amount").unwrap_or(&Value::Null);
    let amount = Amount::from_minor(text(amount, "value")?, text(amount, "currency")?)?;
    let scenario: Scenario = text(payment, "scenario")?.parse()?;
    let expiry = match payment.get("payment_expiry_time") {
        None | Some(Value::Null) => None,
        Some(Value::Number(time)) => time.as_i64().map(Timestamp::from_millis),
        Some(time) => Timestamp::parse(time.as_str().unwrap_or_default()),
    };
    let request = Object::new()
        .with("paymentRequestId", text(payment, "payment_request_id")?)
        .with("paymentMethodId", payment.get("payment_code").and_then(Value::as_str).unwrap_or_default());
    let id = text(payment, "payment_request_id")?.to_owned();
    Ok(PaymentOrder::new(id, amount, scenario, expiry, "/ams/api/v1".to_owned(), &request))
}

/// A `flow` case cut in two: the snapshot after its first events, how many sends there were by then, and the other
/// events, each with the number of the send that it answers.
///
/// # Errors
/// As the flow.
pub fn cut(case: &Value, place: usize) -> Result<(String, usize, Vec<Value>)> {
    let mut drive = Drive::new(case)?;
    drive.feed_all(case, place)?;
    let (snapshot, sent) = (drive.payment.snapshot(), drive.sends.len());
    let mut rest = Vec::new();
    for event in case.get("events").and_then(Value::as_array).into_iter().flatten().skip(place) {
        let mut event = event.clone();
        if let Some(Value::Object(inner)) = event.get_mut("event")
            && matches!(inner.get("type").and_then(Value::as_str), Some("reply" | "no_reply"))
        {
            let (send_id, operation) = drive.send_of(&Value::Object(inner.clone()))?;
            inner.insert("send_id".to_owned(), json!(send_id));
            inner.insert("operation".to_owned(), json!(operation.as_str()));
        }
        drive.feed_all(&json!({"events": [event]}), 1)?;
        rest.push(event);
    }
    Ok((snapshot, sent, rest))
}

impl Drive {
    /// The payment that a case describes, before its events.
    pub(crate) fn new(case: &Value) -> Result<Self> {
        let payment = Payment::new(policy(case)?, order(case)?);
        Ok(Drive { payment, sends: Vec::new(), carried_out: 0 })
    }

    fn feed_all(&mut self, case: &Value, most: usize) -> Result<()> {
        for event in case.get("events").and_then(Value::as_array).into_iter().flatten().take(most) {
            let at =
                event.get("at").and_then(Value::as_i64).map(Timestamp::from_millis).ok_or_else(|| {
                    Error::new(ErrorCode::ConfigMissing, "an event has no time").with_path("at")
                })?;
            self.feed(event.get("event").unwrap_or(&Value::Null), at)?;
        }
        Ok(())
    }

    fn run(mut self, case: &Value) -> Result<Value> {
        self.feed_all(case, usize::MAX)?;
        let outcome = self.payment.outcome().map(alipay_instore::payment::Outcome::as_str);
        Ok(json!({
            "state": self.payment.state().name(),
            "outcome": outcome,
            "sends": self.sends.iter().map(|(_, operation)| operation.as_str()).collect::<Vec<_>>(),
            "alerts": self.payment.alerts().iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
            "next_wakeup": self.payment.next_wakeup(),
        }))
    }

    fn feed(&mut self, event: &Value, at: Timestamp) -> Result<()> {
        if event.get("type").and_then(Value::as_str) == Some("ticks") {
            return self.ticks(at);
        }
        let event = self.read(event)?;
        if event == Event::Resumed {
            self.payment = Payment::restore(&self.payment.snapshot())?;
        }
        let actions = self.payment.handle(event, at)?;
        self.carry_out(&actions);
        Ok(())
    }

    /// The event that is described, except `ticks`, which is many.
    pub(crate) fn read(&self, event: &Value) -> Result<Event> {
        Event::from_json(whole(event, |event| self.send_of(event))?)
    }

    fn ticks(&mut self, until: Timestamp) -> Result<()> {
        for _ in 0..MOST_TICKS {
            let Some(at) = self.payment.next_wakeup().filter(|at| *at <= until) else { return Ok(()) };
            let actions = self.payment.handle(Event::Tick, at)?;
            self.carry_out(&actions);
        }
        Err(Error::new(ErrorCode::PaymentNotFinal, "the ticks do not end"))
    }

    pub(crate) fn carry_out(&mut self, actions: &[Numbered]) {
        for Numbered { sequence, action } in actions {
            if *sequence > self.carried_out {
                self.carried_out = *sequence;
                if let Action::Send { operation, send_id, .. } = action {
                    self.sends.push((*send_id, *operation));
                }
            }
        }
    }

    fn send_of(&self, event: &Value) -> Result<(u32, Operation)> {
        let unknown = || Error::new(ErrorCode::PaymentUnknownSend, "nothing of this kind was sent");
        send_of(&self.sends, Operation::Pay, event)?.ok_or_else(unknown)
    }
}

/// The event as the library reads it: an answer names the send and the operation, which a case may leave out.
pub(crate) fn whole(
    event: &Value,
    send_of: impl FnOnce(&Value) -> Result<(u32, Operation)>,
) -> Result<Object> {
    let mut whole = object(event)?;
    if matches!(text(event, "type")?, "reply" | "no_reply") {
        let (send_id, operation) = send_of(event)?;
        whole.set("send_id", Json::Number(send_id.to_string()));
        whole.set("operation", operation.as_str());
    }
    Ok(whole)
}

fn object(value: &Value) -> Result<Object> {
    Object::parse(value.to_string().as_bytes())
}

/// The send that an answer belongs to: the one that is named, else the latest of the operation, else the latest. A
/// number that was never given out comes with the operation `otherwise`.
pub(crate) fn send_of(
    sends: &[(u32, Operation)],
    otherwise: Operation,
    event: &Value,
) -> Result<Option<(u32, Operation)>> {
    let operation =
        event.get("operation").and_then(Value::as_str).map(str::parse::<Operation>).transpose()?;
    if let Some(send_id) = event.get("send_id").and_then(Value::as_u64) {
        let send_id = u32::try_from(send_id).unwrap_or(u32::MAX);
        let sent = sends.iter().find(|(id, _)| *id == send_id).map(|(_, sent)| *sent);
        return Ok(Some((send_id, operation.or(sent).unwrap_or(otherwise))));
    }
    let latest = sends.iter().rev().find(|(_, sent)| operation.is_none_or(|wanted| wanted == *sent));
    Ok(latest.copied())
}

pub(crate) fn body(event: &Value) -> Result<Object> {
    object(event.get("body").unwrap_or(&Value::Null))
}
