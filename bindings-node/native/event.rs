//! Events and actions of the machines: an event is mirrored member by member, actions leave as the core's own JSON.

use alipay_instore::error::{Error, ErrorCode, Result};
use alipay_instore::message::json::Object;
use alipay_instore::payment::{Certainty, Event, Timing};
use alipay_instore::refund::RefundEvent;
use alipay_instore::result_code::Operation;
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
}

impl EventInput {
    pub(crate) fn into_event(self) -> Result<Event> {
        Ok(match self.kind.as_str() {
            "begin" => Event::Begin,
            "reply" => {
                let (send_id, operation) = self.sent()?;
                Event::Reply { send_id, operation, body: self.body()?, timing: Timing::default() }
            }
            "no_reply" => {
                let (send_id, operation) = self.sent()?;
                Event::NoReply { send_id, operation, certainty: self.certainty()?, unverified: None }
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
            Event::Reply { send_id, operation, body, .. } => RefundEvent::Reply { send_id, operation, body },
            // The clock repeats a refund, whatever became of the last request.
            Event::NoReply { send_id, operation, .. } => RefundEvent::NoReply { send_id, operation },
            Event::Resumed => RefundEvent::Resumed,
            Event::Tick => RefundEvent::Tick,
            Event::Notified { .. } | Event::CancelRequested => {
                return Err(wrong("type", "a refund has no such event"));
            }
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
