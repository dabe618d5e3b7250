//! Actions: what a machine asks of its host.

use super::{Ended, integer};
use crate::gateway::Operation;
use crate::json::{Json, Object};
use crate::payment::{Action, AlertKind, Numbered, Secret};
use crate::refund::{NumberedRefund, RefundAction};
use crate::reverse::{NumberedReverse, ReverseAction};

/// The actions of a machine as a list. It can hold a payment code: it is a secret.
pub fn actions<'a, A>(actions: &'a [A]) -> Json
where
    Object: From<&'a A>,
{
    Json::Array(actions.iter().map(|action| Object::from(action).into()).collect())
}

/// `sequence`, `type`, and what the action holds: `send` has `send_id`, `operation`, `path` and the `body` as text;
/// `present` a `form`; `conclude` the outcome; `alert` a `kind` and a `detail`.
impl From<&Numbered> for Object {
    fn from(numbered: &Numbered) -> Object {
        let action = |kind| numbered_as(numbered.sequence, kind);
        match &numbered.action {
            Action::Send { send_id, operation, path, body } => {
                send(action("send"), *send_id, *operation, path, body)
            }
            Action::Present { form } => action("present").with("form", form.clone()),
            Action::Conclude { outcome } => outcome.put_into(action("conclude")),
            Action::Alert { kind, detail } => alert(action("alert"), *kind, detail),
        }
    }
}

/// As those of a payment, without `present`.
impl From<&NumberedRefund> for Object {
    fn from(numbered: &NumberedRefund) -> Object {
        let action = |kind| numbered_as(numbered.sequence, kind);
        match &numbered.action {
            RefundAction::Send { send_id, operation, path, body } => {
                send(action("send"), *send_id, *operation, path, body)
            }
            RefundAction::Conclude { outcome } => outcome.put_into(action("conclude")),
            RefundAction::Alert { kind, detail } => alert(action("alert"), *kind, detail),
        }
    }
}

/// As those of a refund.
impl From<&NumberedReverse> for Object {
    fn from(numbered: &NumberedReverse) -> Object {
        let action = |kind| numbered_as(numbered.sequence, kind);
        match &numbered.action {
            ReverseAction::Send { send_id, operation, path, body } => {
                send(action("send"), *send_id, *operation, path, body)
            }
            ReverseAction::Conclude { outcome } => outcome.put_into(action("conclude")),
            ReverseAction::Alert { kind, detail } => alert(action("alert"), *kind, detail),
        }
    }
}

fn numbered_as(sequence: u64, kind: &str) -> Object {
    Object::new().with("sequence", Json::Number(sequence.to_string())).with("type", kind)
}

fn send(action: Object, send_id: u32, operation: Operation, path: &str, body: &Secret) -> Object {
    action
        .with("send_id", integer(i64::from(send_id)))
        .with("operation", operation.as_str())
        .with("path", path)
        .with("body", body.expose())
}

fn alert(action: Object, kind: AlertKind, detail: &str) -> Object {
    action.with("kind", kind.as_str()).with("detail", detail)
}
