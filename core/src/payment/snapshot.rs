//! A payment as text.
//!
//! The fields have a stable order, amounts and times are text or integers, and no key is in it. While pay may have
//! to be sent again the text holds the customer's payment code, so the host stores it as a secret.

use std::sync::Arc;

use super::state::{Phase, State};
use super::{Action, Payment, PaymentOrder, Policy};
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Operation;
use crate::machine::document::{Reader, Writer};
use crate::machine::policy_text::{self, POLICY};
use crate::machine::snapshot::PAYMENT;

/// The member beside the state.
pub(crate) const PAY_BODY: &str = "pay_body";

pub(super) fn write(policy: &Arc<Policy>, state: &State) -> String {
    let mut writer = Writer::new(&PAYMENT);
    writer.known_part(POLICY, &policy_text::written(policy));
    writer.part("state", state);
    writer.text(PAY_BODY, state.pay_body());
    writer.check("");
    writer.finish()
}

pub(super) fn restore(text: &str) -> Result<Payment> {
    let payment = restore_any_policy(text)?;
    payment.policy.check()?;
    Ok(payment)
}

pub(super) fn restore_any_policy(text: &str) -> Result<Payment> {
    let mut reader = Reader::new(&PAYMENT, text)?;
    let policy = policy_text::read(&mut reader)?;
    let mut state: State = reader.part("state")?;
    if reader.version() >= 3 {
        state.set_pay_body(reader.text(PAY_BODY)?);
    }
    reader.check()?;
    reader.finish()?;
    of_parts(policy, state)
}

/// The payment of a policy and a state that belong together.
pub(super) fn of_parts(policy: Arc<Policy>, state: State) -> Result<Payment> {
    if consistent(&state) {
        Ok(Payment { policy, state })
    } else {
        Err(Error::new(ErrorCode::SnapshotInconsistent, "the fields of the snapshot do not fit together"))
    }
}

/// What holds of every state that the machine can reach.
fn consistent(state: &State) -> bool {
    let begun = state.begun_at.is_some();
    let waiting = matches!(state.phase, Phase::Ready) == (!begun && state.outcome().is_none());
    let pays = state.pay_sends.iter().all(|send| state.operation_of(send.send_id) == Some(Operation::Pay));
    let numbered = state.issued.iter().all(|issued| issued.sequence < state.next_sequence);
    let body = state.phase != Phase::Paying || state.pay_body.is_some();
    let bodies = state.issued.iter().all(|issued| has_body(&issued.action, state));
    let request = state.phase != Phase::Ready || state.order.request.is_some();
    let quiet = state.outcome().is_none() || state.timers.next().is_none();
    waiting
        && begun == state.expiry.is_some()
        && begun != state.pay_sends.is_empty()
        && pays
        && numbered
        && body
        && bodies
        && request
        && quiet
        && state.timers.is_well_formed()
        && well_formed(&state.order)
}

/// Only the body of pay may be elsewhere.
fn has_body(action: &Action, state: &State) -> bool {
    match action {
        Action::Send { operation, body, .. } if body.is_elsewhere() => {
            *operation == Operation::Pay && state.pay_body.is_some()
        }
        _ => true,
    }
}

fn well_formed(order: &PaymentOrder) -> bool {
    !order.payment_request_id.is_empty()
        && !order.refund_request_id.is_empty()
        && order.api_prefix.starts_with('/')
}

/// A form is kept as the JSON text that arrived.
pub(super) mod object_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    use crate::json::Object;

    pub(in crate::payment) fn serialize<S: Serializer>(
        object: &Object,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&object.to_string())
    }

    pub(in crate::payment) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Object, D::Error> {
        let text = String::deserialize(deserializer)?;
        Object::parse(text.as_bytes()).map_err(|error| D::Error::custom(error.code()))
    }
}
