//! Events, as a host or a vector writes them.

use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Operation;
use crate::json::{Json, Object};
use crate::payment::{Certainty, Event, Timing, Unverified};
use crate::refund::RefundEvent;
use crate::reverse::ReverseEvent;
use crate::time::Timestamp;

impl Event {
    /// Reads an event: `type` is `begin`, `reply`, `no_reply`, `notified`, `cancel_requested`, `resumed` or `tick`.
    ///
    /// A `reply` has `send_id`, `operation`, `body`, and may have `signed_at` and `stale`. A `no_reply` has `send_id` and
    /// `operation`, and may have `certainty` (`unknown` unless stated), `unsigned_code` and `wrong_key`. `notified` has
    /// a `body`. A body is an object, or its JSON text in a string.
    ///
    /// # Errors
    /// `config.missing` for a member that is not there, `config.invalid` for one that is wrong or means nothing; the path
    /// names it. A body that can't be read is a `message.…`.
    pub fn from_json(event: Object) -> Result<Event> {
        let mut members = Members(event);
        let kind = members.text("type")?.ok_or_else(|| missing("type"))?;
        let read = match kind.as_str() {
            "begin" => Event::Begin,
            "reply" => {
                let (send_id, operation) = members.sent()?;
                let timing = Timing { signed_at: members.time("signed_at")?, stale: members.flag("stale")? };
                Event::Reply { send_id, operation, body: members.body()?, timing }
            }
            "no_reply" => {
                let (send_id, operation) = members.sent()?;
                let (certainty, unverified) = (members.certainty()?, members.unverified()?);
                Event::NoReply { send_id, operation, certainty, unverified }
            }
            "notified" => Event::Notified { body: members.body()? },
            "cancel_requested" => Event::CancelRequested,
            "resumed" => Event::Resumed,
            "tick" => Event::Tick,
            _ => return Err(wrong("type", "there is no such event")),
        };
        members.end()?;
        Ok(read)
    }
}

impl RefundEvent {
    /// Reads an event: those of a payment, except `cancel_requested`; a `no_reply` has neither `unsigned_code` nor
    /// `wrong_key`.
    ///
    /// # Errors
    /// Those of [`Event::from_json`].
    pub fn from_json(event: Object) -> Result<RefundEvent> {
        Ok(match Event::from_json(event)? {
            Event::Begin => RefundEvent::Begin,
            Event::Reply { send_id, operation, body, timing } => {
                RefundEvent::Reply { send_id, operation, body, timing }
            }
            Event::NoReply { send_id, operation, certainty, unverified: None } => {
                RefundEvent::NoReply { send_id, operation, certainty }
            }
            Event::NoReply { unverified: Some(unverified), .. } => return Err(of_payments(&unverified)),
            Event::Notified { body } => RefundEvent::Notified { body },
            Event::Resumed => RefundEvent::Resumed,
            Event::Tick => RefundEvent::Tick,
            Event::CancelRequested => return Err(wrong("type", "a refund has no such event")),
        })
    }
}

impl ReverseEvent {
    /// Reads an event: those of a refund.
    ///
    /// # Errors
    /// Those of [`Event::from_json`].
    pub fn from_json(event: Object) -> Result<ReverseEvent> {
        Ok(match RefundEvent::from_json(event)? {
            RefundEvent::Begin => ReverseEvent::Begin,
            RefundEvent::Reply { send_id, operation, body, timing } => {
                ReverseEvent::Reply { send_id, operation, body, timing }
            }
            RefundEvent::NoReply { send_id, operation, certainty } => {
                ReverseEvent::NoReply { send_id, operation, certainty }
            }
            RefundEvent::Notified { body } => ReverseEvent::Notified { body },
            RefundEvent::Resumed => ReverseEvent::Resumed,
            RefundEvent::Tick => ReverseEvent::Tick,
        })
    }
}

/// The members of an event, taken one by one: what is left over is a slip, and named.
struct Members(Object);

impl Members {
    fn take(&mut self, name: &str) -> Option<Json> {
        self.0.take(name).filter(|json| !matches!(json, Json::Null))
    }

    fn text(&mut self, name: &str) -> Result<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong(name, "the value is not text")),
        }
    }

    fn number(&mut self, name: &str) -> Result<Option<i64>> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::Number(digits)) => {
                digits.parse().map(Some).map_err(|_| wrong(name, "the value is not a whole number"))
            }
            Some(_) => Err(wrong(name, "the value is not a whole number")),
        }
    }

    fn time(&mut self, name: &str) -> Result<Option<Timestamp>> {
        Ok(self.number(name)?.map(Timestamp::from_millis))
    }

    fn flag(&mut self, name: &str) -> Result<bool> {
        match self.take(name) {
            None => Ok(false),
            Some(Json::Bool(flag)) => Ok(flag),
            Some(_) => Err(wrong(name, "the value is not true or false")),
        }
    }

    fn sent(&mut self) -> Result<(u32, Operation)> {
        let operation = self.text("operation")?.ok_or_else(|| missing("operation"))?;
        let send_id = self.number("send_id")?.ok_or_else(|| missing("send_id"))?;
        let send_id = u32::try_from(send_id).map_err(|_| wrong("send_id", "no send has such a number"))?;
        Ok((send_id, operation.parse().map_err(|error: Error| error.with_path("operation"))?))
    }

    fn body(&mut self) -> Result<Object> {
        match self.take("body").ok_or_else(|| missing("body"))? {
            Json::Object(body) => Ok(body),
            Json::String(text) => Object::parse(text.as_bytes()),
            _ => Err(wrong("body", "the body is not an object")),
        }
    }

    fn certainty(&mut self) -> Result<Certainty> {
        match self.text("certainty")? {
            None => Ok(Certainty::Unknown),
            Some(word) => Certainty::from_word(&word)
                .ok_or_else(|| wrong("certainty", "the certainty is none of not_sent and unknown")),
        }
    }

    fn unverified(&mut self) -> Result<Option<Unverified>> {
        match (self.text("unsigned_code")?, self.flag("wrong_key")?) {
            (None, false) => Ok(None),
            (Some(result_code), false) => Ok(Some(Unverified::Unsigned { result_code })),
            (None, true) => Ok(Some(Unverified::WrongKey)),
            (Some(_), true) => {
                Err(wrong("wrong_key", "an answer is unsigned or signed with a wrong key, not both"))
            }
        }
    }

    fn end(&self) -> Result<()> {
        match self.0.iter().next() {
            None => Ok(()),
            Some((name, _)) => Err(wrong(name, "the event has no such member")),
        }
    }
}

fn of_payments(unverified: &Unverified) -> Error {
    let member = match unverified {
        Unverified::Unsigned { .. } => "unsigned_code",
        Unverified::WrongKey => "wrong_key",
    };
    wrong(member, "only an event of a payment has this member")
}

fn missing(path: &str) -> Error {
    Error::new(ErrorCode::ConfigMissing, "the event lacks a member").with_path(path)
}

fn wrong(path: &str, reason: &str) -> Error {
    Error::new(ErrorCode::ConfigInvalid, reason).with_path(path)
}
