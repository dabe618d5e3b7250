//! What can go wrong between a till and the gateway, to be injected on purpose.
//!
//! A fault is chosen by the request header `Sandbox-Fault`, by a payment code, or ahead of time at
//! `POST /sandbox/faults`. The header is not part of the protocol: no signature covers it, and the real
//! gateways know nothing of it.

use std::str::FromStr;

use crate::protocol::Operation;

/// One thing that goes wrong with one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The request never arrives.
    RequestLost,
    /// The request arrives later, by this many milliseconds of sandbox time.
    RequestDelayed(u64),
    /// The request is carried out; nobody hears of it.
    ReplyLost,
    /// The reply is sent later, by this many milliseconds of sandbox time.
    ReplyDelayed(u64),
    /// The request arrives twice.
    Doubled,
    /// Carried out, and answered with HTTP 502 by something in between.
    Http5xx,
    /// Carried out; the connection breaks in the middle of the reply's body.
    Cut,
    /// Carried out; the body is not JSON, though it is signed.
    NotJson,
    /// Carried out; the reply has no signature.
    Unsigned,
    /// Carried out; the reply is signed with a key that is not the gateway's.
    Stranger,
    /// Carried out; the reply, properly signed, states an amount that is one unit too high.
    WrongAmount,
    /// Carried out; the reply, properly signed, is about another `paymentRequestId`.
    WrongId,
    /// Not carried out: something in front of the gateway answers with this HTTP status and an HTML page.
    Page(u16),
    /// Not carried out: `CLIENT_INVALID`, without a signature.
    ClientInvalid,
    /// Not carried out: `KEY_NOT_FOUND`, without a signature.
    KeyNotFound,
    /// Not carried out: `SIGNATURE_INVALID`, without a signature.
    SignatureInvalid,
    /// Carried out, but `SIGNATURE_INVALID` without a signature stands in the reply's place.
    ForgedRefusal,
    /// Not carried out: a success that was signed a day ago, for another payment, stands in the reply's place.
    Replayed,
    /// Carried out; the reply, properly signed, holds a message text in GBK.
    Gbk,
    /// Carried out; the reply begins with a byte order mark, which is signed too.
    ByteOrderMark,
    /// Carried out; the reply, properly signed, states its status in a small letter.
    SmallStatus,
    /// Carried out; the ids in the reply, properly signed, are lists.
    ListForId,
    /// Carried out; the reply, properly signed, has JSON numbers wherever a text is a whole number.
    Numbers,
    /// Carried out; the amount in the reply, properly signed, has a plus sign.
    PlusAmount,
    /// Carried out; the clock that stamps the reply is this many milliseconds ahead, or behind if negative.
    ClockOff(i64),
}

/// How long something is delayed when the fault's text does not say.
const DEFAULT_DELAY_MS: u64 = 8_000;
/// How far off a clock is when the fault's text does not say.
const DEFAULT_OFF_MS: i64 = 600_000;

impl Fault {
    /// Every fault with its name and what it does, delays at their default.
    pub const ALL: &'static [(Fault, &'static str, &'static str)] = &[
        (Fault::RequestLost, "request_lost", "the request never arrives"),
        (
            Fault::RequestDelayed(DEFAULT_DELAY_MS),
            "request_delayed",
            "the request arrives later (`=MS`, default 8000)",
        ),
        (Fault::ReplyLost, "reply_lost", "carried out, but the reply never comes"),
        (
            Fault::ReplyDelayed(DEFAULT_DELAY_MS),
            "reply_delayed",
            "carried out; the reply comes later (`=MS`, default 8000)",
        ),
        (Fault::Doubled, "doubled", "the network delivers the request twice"),
        (Fault::Http5xx, "http_5xx", "carried out, then answered with HTTP 502 and an HTML page"),
        (Fault::Cut, "cut", "carried out; the connection breaks in the middle of the body"),
        (Fault::NotJson, "not_json", "carried out; a signed body that is not JSON"),
        (Fault::Unsigned, "unsigned", "carried out; the reply has no signature"),
        (Fault::Stranger, "stranger", "carried out; the reply is signed with somebody else's key"),
        (Fault::WrongAmount, "wrong_amount", "carried out; the signed reply states another amount"),
        (Fault::WrongId, "wrong_id", "carried out; the signed reply is about another payment"),
        (Fault::Page(403), "http_403", "not carried out; HTTP 403 and an HTML page, as from a firewall"),
        (Fault::Page(407), "http_407", "not carried out; HTTP 407 and an HTML page, as from a proxy"),
        (Fault::Page(429), "http_429", "not carried out; HTTP 429 and an HTML page, as from a rate limit"),
        (Fault::Page(502), "http_502", "not carried out; HTTP 502 and an HTML page, as from a proxy"),
        (Fault::ClientInvalid, "client_invalid", "not carried out; an unsigned CLIENT_INVALID"),
        (Fault::KeyNotFound, "key_not_found", "not carried out; an unsigned KEY_NOT_FOUND"),
        (Fault::SignatureInvalid, "signature_invalid", "not carried out; an unsigned SIGNATURE_INVALID"),
        (Fault::ForgedRefusal, "forged_refusal", "carried out; an unsigned SIGNATURE_INVALID all the same"),
        (Fault::Replayed, "replayed", "not carried out; a success signed a day ago, for another payment"),
        (Fault::Gbk, "gbk", "carried out; the signed reply holds a message text in GBK"),
        (Fault::ByteOrderMark, "byte_order_mark", "carried out; the signed reply begins with one"),
        (
            Fault::SmallStatus,
            "small_status",
            "carried out; the signed reply states its status as a small letter",
        ),
        (Fault::ListForId, "list_for_id", "carried out; the ids in the signed reply are lists"),
        (Fault::Numbers, "numbers", "carried out; the signed reply has JSON numbers in place of text"),
        (Fault::PlusAmount, "plus_amount", "carried out; the amount in the signed reply has a plus sign"),
        (
            Fault::ClockOff(DEFAULT_OFF_MS),
            "clock_off",
            "carried out; the clock that stamps the reply is off (`=MS`, default 600000, behind if negative)",
        ),
    ];

    /// Its name, without a delay.
    pub fn name(self) -> &'static str {
        let same = |other: &Fault| match (other, self) {
            (Fault::Page(known), Fault::Page(status)) => *known == status,
            _ => std::mem::discriminant(other) == std::mem::discriminant(&self),
        };
        Fault::ALL.iter().find(|(fault, ..)| same(fault)).map_or("", |(_, name, _)| name)
    }
}

/// The text names no fault.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownFault;

impl FromStr for Fault {
    type Err = UnknownFault;

    /// Reads `reply_lost`, or `reply_delayed=3000` and `clock_off=-3000` with milliseconds.
    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let (name, value) = text.trim().split_once('=').unwrap_or((text.trim(), ""));
        let (fault, ..) =
            Fault::ALL.iter().find(|(_, known, _)| *known == name.trim()).ok_or(UnknownFault)?;
        if value.is_empty() {
            return Ok(*fault);
        }
        let value = value.trim();
        match fault {
            Fault::RequestDelayed(_) => value.parse().map(Fault::RequestDelayed).map_err(|_| UnknownFault),
            Fault::ReplyDelayed(_) => value.parse().map(Fault::ReplyDelayed).map_err(|_| UnknownFault),
            Fault::ClockOff(_) => value.parse().map(Fault::ClockOff).map_err(|_| UnknownFault),
            _ => Err(UnknownFault),
        }
    }
}

/// A fault that waits for the requests it is meant for.
#[derive(Clone, Debug)]
pub struct Injection {
    /// The operation it waits for; any, if none.
    pub operation: Option<Operation>,
    /// The payment it waits for; any, if none.
    pub payment_request_id: Option<String>,
    /// What goes wrong.
    pub fault: Fault,
    /// How many requests it still strikes.
    pub times: u32,
}

/// The injections that were asked for, in the order in which they strike.
#[derive(Debug, Default)]
pub(crate) struct Injections(Vec<Injection>);

impl Injections {
    pub(crate) fn add(&mut self, injection: Injection) {
        if injection.times > 0 {
            self.0.push(injection);
        }
    }

    pub(crate) fn waiting(&self) -> Vec<Injection> {
        self.0.clone()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault for this request, if one was waiting for it; it is used up by that.
    pub(crate) fn take(&mut self, operation: Operation, payment_request_id: Option<&str>) -> Option<Fault> {
        let at = self.0.iter().position(|waiting| {
            waiting.operation.is_none_or(|wanted| wanted == operation)
                && waiting
                    .payment_request_id
                    .as_deref()
                    .is_none_or(|wanted| Some(wanted) == payment_request_id)
        })?;
        let found = self.0.get_mut(at)?;
        let fault = found.fault;
        found.times = found.times.saturating_sub(1);
        if found.times == 0 {
            self.0.remove(at);
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_read_by_its_name() {
        for (fault, name, _) in Fault::ALL {
            assert_eq!(name.parse(), Ok(*fault));
            assert_eq!(fault.name(), *name);
        }
        assert_eq!(" reply_delayed = 250 ".parse(), Ok(Fault::ReplyDelayed(250)));
        assert_eq!("clock_off=-250".parse(), Ok(Fault::ClockOff(-250)));
        assert_eq!("reply_delayed=-250".parse::<Fault>(), Err(UnknownFault));
        assert_eq!("reply_lost=3".parse::<Fault>(), Err(UnknownFault));
        assert_eq!("reply_delayed=soon".parse::<Fault>(), Err(UnknownFault));
        assert_eq!("".parse::<Fault>(), Err(UnknownFault));
    }

    #[test]
    fn an_injection_strikes_as_often_as_asked() {
        let mut injections = Injections::default();
        injections.add(Injection {
            operation: Some(Operation::Cancel),
            payment_request_id: Some("p1".into()),
            fault: Fault::ReplyLost,
            times: 2,
        });
        assert_eq!(injections.take(Operation::Pay, Some("p1")), None);
        assert_eq!(injections.take(Operation::Cancel, Some("p2")), None);
        assert_eq!(injections.take(Operation::Cancel, Some("p1")), Some(Fault::ReplyLost));
        assert_eq!(injections.waiting().first().map(|waiting| waiting.times), Some(1));
        assert_eq!(injections.take(Operation::Cancel, Some("p1")), Some(Fault::ReplyLost));
        assert_eq!(injections.take(Operation::Cancel, Some("p1")), None);
        assert!(injections.waiting().is_empty());
    }
}
