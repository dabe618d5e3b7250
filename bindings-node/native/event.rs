//! Events and actions of the machines: an event is mirrored member by member, actions leave as the core's own JSON.

use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::gateway::Operation;
use alipay_instore::json::Object;
use alipay_instore::payment::{Certainty, Event, Timing, Unverified};
use alipay_instore::refund::RefundEvent;
use alipay_instore::reverse::ReverseEvent;
use napi_derive::napi;
use serde::Serialize;

/// What the host tells a machine; `kind` says which of the other members are read.
#[napi(object, object_to_js = false)]
pub struct EventInput {
    pub kind: String,
    pub send_id: Option<u32>,
    pub operation: Option<String>,
    pub certainty: Option<String>,
    pub body: Option<String>,
    pub signed_at: Option<i64>,
    pub stale: Option<bool>,
    pub unsigned_code: Option<String>,
    pub wrong_key: Option<bool>,
}

impl EventInput {
    pub(crate) fn into_event(self) -> Result<Event> {
        Ok(match self.kind.as_str() {
            "begin" => Event::Begin,
            "reply" => {
                let (send_id, operation) = self.sent()?;
                let timing = Timing { signed_at: self.signed_at, stale: self.stale.unwrap_or(false) };
                Event::Reply { send_id, operation, body: self.body()?, timing }
            }
            "no_reply" => {
                let (send_id, operation) = self.sent()?;
                let (certainty, unverified) = (self.certainty()?, self.unverified()?);
                Event::NoReply { send_id, operation, certainty, unverified }
            }
            "notified" => Event::Notified { body: self.body()? },
            "cancel_requested" => Event::CancelRequested,
            "resumed" => Event::Resumed,
            "tick" => Event::Tick,
            _ => return Err(wrong("type", "there is no such event")),
        })
    }

    pub(crate) fn into_refund_event(self) -> Result<RefundEvent> {
        Ok(match self.into_event()? {
            Event::Begin => RefundEvent::Begin,
            Event::Reply { send_id, operation, body, timing } => {
                RefundEvent::Reply { send_id, operation, body, timing }
            }
            Event::NoReply { send_id, operation, certainty, .. } => {
                RefundEvent::NoReply { send_id, operation, certainty }
            }
            Event::Notified { body } => RefundEvent::Notified { body },
            Event::Resumed => RefundEvent::Resumed,
            Event::Tick => RefundEvent::Tick,
            Event::CancelRequested => return Err(wrong("type", "a refund has no such event")),
        })
    }

    pub(crate) fn into_reverse_event(self) -> Result<ReverseEvent> {
        Ok(match self.into_event()? {
            Event::Begin => ReverseEvent::Begin,
            Event::Reply { send_id, operation, body, timing } => {
                ReverseEvent::Reply { send_id, operation, body, timing }
            }
            Event::NoReply { send_id, operation, certainty, .. } => {
                ReverseEvent::NoReply { send_id, operation, certainty }
            }
            Event::Notified { body } => ReverseEvent::Notified { body },
            Event::Resumed => ReverseEvent::Resumed,
            Event::Tick => ReverseEvent::Tick,
            Event::CancelRequested => return Err(wrong("type", "a reverse has no such event")),
        })
    }

    fn sent(&self) -> Result<(u32, Operation)> {
        let operation = self.operation.as_deref().ok_or_else(|| missing("operation"))?;
        Ok((self.send_id.ok_or_else(|| missing("sendId"))?, operation.parse()?))
    }

    fn body(&self) -> Result<Object> {
        Object::parse(self.body.as_deref().ok_or_else(|| missing("body"))?.as_bytes())
    }

    fn certainty(&self) -> Result<Certainty> {
        match self.certainty.as_deref() {
            None | Some("unknown") => Ok(Certainty::Unknown),
            Some("not_sent") => Ok(Certainty::NotSent),
            Some(_) => Err(wrong("certainty", "the certainty is none of not_sent and unknown")),
        }
    }

    fn unverified(&self) -> Result<Option<Unverified>> {
        match (&self.unsigned_code, self.wrong_key.unwrap_or(false)) {
            (None, false) => Ok(None),
            (Some(code), false) => Ok(Some(Unverified::Unsigned { result_code: code.clone() })),
            (None, true) => Ok(Some(Unverified::WrongKey)),
            (Some(_), true) => {
                Err(wrong("wrongKey", "an answer is unsigned or signed with a wrong key, not both"))
            }
        }
    }
}

/// What the core serialises, as text.
pub(crate) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|_| Error::new(ErrorCode::InternalPanic, "a value of the core has no JSON"))
}

fn missing(path: &str) -> Error {
    Error::new(ErrorCode::ConfigMissing, "the event lacks a member").with_path(path)
}

fn wrong(path: &str, reason: &str) -> Error {
    Error::new(ErrorCode::ConfigInvalid, reason).with_path(path)
}
