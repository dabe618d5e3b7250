//! The places where a message can be presented, each ready to take one, and what it makes of it.

use std::time::Duration;

use alipay_instore::amount::Amount;
use alipay_instore::api::{RefundRequest, Scenario};
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::{Gateway, Protocol, Region};
use alipay_instore::gateway_time::GatewayTime;
use alipay_instore::json::Object;
use alipay_instore::ledger::RefundLedger;
use alipay_instore::merchant::Merchant;
use alipay_instore::payment::{Action, Event, Numbered, Payment, PaymentOrder, Policy, Timing};
use alipay_instore::refund::{NumberedRefund, RefundAction, RefundEvent};
use alipay_instore::reply::NotificationKind;
use alipay_instore::{Error, Result};

use super::messages::{self, CLIENT_ID, Kind, Message, NOTIFY_URL, NOW, PAYMENT, PRICE, REFUND, lacking};

/// Where a message is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the place of the gateway's answer.
    AnswerTo(Operation),
    /// To the receiver of notifications, and from there to the payment.
    PaymentNotification,
    /// To the receiver of notifications, and from there to the refund.
    RefundNotification,
}

impl Place {
    /// The places that a till of this protocol has.
    pub(super) fn all(protocol: Protocol) -> Vec<Place> {
        let mut places: Vec<_> = messages::operations(protocol).map(Place::AnswerTo).collect();
        places.extend([Place::PaymentNotification, Place::RefundNotification]);
        places
    }

    pub(super) fn name(self) -> String {
        match self {
            Place::AnswerTo(operation) => format!("as answer to {}", operation.as_str()),
            Place::PaymentNotification => "as payment notification".to_owned(),
            Place::RefundNotification => "as refund notification".to_owned(),
        }
    }

    /// The kind of message that belongs here.
    pub(super) fn takes(self) -> Kind {
        match self {
            Place::AnswerTo(operation) => Kind::Answer(operation),
            Place::PaymentNotification => Kind::NotifyPayment,
            Place::RefundNotification => Kind::NotifyRefund,
        }
    }
}

/// What a place made of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It counted: the payment or the refund ended by it.
    Accepted,
    /// It was not verified, for this reason.
    Refused(&'static str),
    /// It was verified, and settles nothing, because it is about something else.
    NotThis,
}

impl Verdict {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Verdict::Accepted => "**accepted**",
            Verdict::Refused(code) => code,
            Verdict::NotThis => "about something else",
        }
    }
}

/// A till of one protocol.
pub(super) struct Till {
    merchant: Merchant,
    protocol: Protocol,
}

impl Till {
    pub(super) fn new(protocol: Protocol) -> Result<Self> {
        let (gateway, own) = messages::keys()?;
        let merchant = Merchant::builder(Gateway::of_region(protocol, Region::Sea)?, CLIENT_ID)
            .signing_key(own)
            .gateway_keys(gateway.verifying_key())
            .notify_url(NOTIFY_URL)
            .build()?;
        Ok(Till { merchant, protocol })
    }

    /// Presents a message here: under the header names of this place, without a Client-Id header that would give it
    /// away, and over every path that may be tried. The worst of what happened counts.
    pub(super) fn present(&self, place: Place, message: &Message) -> Result<Verdict> {
        match place {
            Place::AnswerTo(operation) => self.as_answer(operation, message),
            Place::PaymentNotification | Place::RefundNotification => {
                let pinned = self.as_notification(place, message, None)?;
                // A receiver that takes the path from the message: here the one that it was signed over.
                let by_its_path = self.as_notification(place, message, Some(&message.path))?;
                Ok(match by_its_path {
                    Verdict::Refused(_) => pinned,
                    other => other,
                })
            }
        }
    }

    fn as_answer(&self, operation: Operation, message: &Message) -> Result<Verdict> {
        let headers = [("Signature", message.signature.as_str()), ("Response-Time", message.time.as_str())];
        let over_notify_path = self.merchant.verify_response("/alipay/notify", headers, &message.body);
        if over_notify_path.is_ok() {
            return Ok(Verdict::Accepted);
        }
        let path = self.merchant.path(operation)?;
        let response = match self.merchant.verify_response(&path, headers, &message.body) {
            Ok(response) => response,
            Err(error) => return Ok(Verdict::Refused(error.code().as_str())),
        };
        let signed_at = response.signed_at;
        let stale = signed_at.is_some_and(|at| GatewayTime::new().is_stale(at, Duration::ZERO, NOW));
        let timing = Timing { signed_at, stale };
        let ended = match operation {
            Operation::Refund | Operation::RefundInquiry => {
                self.refund_ends(operation, response.body, timing)?
            }
            _ => self.payment_ends(operation, response.body, timing)?,
        };
        Ok(if ended { Verdict::Accepted } else { Verdict::NotThis })
    }

    fn as_notification(&self, place: Place, message: &Message, path: Option<&str>) -> Result<Verdict> {
        let headers = [("Signature", message.signature.as_str()), ("Request-Time", message.time.as_str())];
        let notification = match self.merchant.verify_notification(path, headers, &message.body, NOW) {
            Ok(notification) => notification,
            Err(error) => return Ok(Verdict::Refused(error.code().as_str())),
        };
        let counts = match (place, notification.kind) {
            (Place::PaymentNotification, NotificationKind::PaymentResult) => {
                let mut payment = self.waiting_payment()?.0;
                payment.handle(Event::Notified { body: notification.body }, NOW)?;
                payment.outcome().is_some()
            }
            (Place::RefundNotification, NotificationKind::RefundResult) => {
                notification.refund_request_id.as_deref() == Some(REFUND)
            }
            _ => false,
        };
        Ok(if counts { Verdict::Accepted } else { Verdict::NotThis })
    }

    /// A payment that was just sent, and the number of that send.
    fn waiting_payment(&self) -> Result<(Payment, u32)> {
        let amount = Amount::from_minor(PRICE, "USD")?;
        let request = Object::new().with("paymentRequestId", PAYMENT);
        let prefix = self.merchant.gateway().api_prefix(CLIENT_ID);
        let order =
            PaymentOrder::new(PAYMENT.to_owned(), amount, Scenario::PaymentCode, None, prefix, &request);
        let mut payment = Payment::new(Policy::preset(self.protocol), order);
        let actions = payment.begin(NOW)?;
        let send_id = sent(&actions, Operation::Pay)?;
        Ok((payment, send_id))
    }

    /// Whether a payment that waits for the answer to this operation ends by it.
    fn payment_ends(&self, operation: Operation, body: Object, timing: Timing) -> Result<bool> {
        let (mut payment, pay) = self.waiting_payment()?;
        let send_id = match operation {
            Operation::Inquiry => {
                let in_process =
                    Object::parse(br#"{"result":{"resultStatus":"U","resultCode":"PAYMENT_IN_PROCESS"}}"#)?;
                let (operation, timing) = (Operation::Pay, Timing::default());
                payment.handle(Event::Reply { send_id: pay, operation, body: in_process, timing }, NOW)?;
                let due = payment.next_wakeup().ok_or_else(|| lacking("an inquiry"))?;
                sent(&payment.handle(Event::Tick, due)?, Operation::Inquiry)?
            }
            Operation::Cancel => sent(&payment.handle(Event::CancelRequested, NOW)?, Operation::Cancel)?,
            _ => pay,
        };
        payment.handle(Event::Reply { send_id, operation, body, timing }, NOW)?;
        Ok(payment.outcome().is_some())
    }

    /// Whether a refund that waits for the answer to this operation ends by it.
    fn refund_ends(&self, operation: Operation, body: Object, timing: Timing) -> Result<bool> {
        let (mut payment, pay) = self.waiting_payment()?;
        let paid =
            Object::parse(br#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentId":"P1"}"#)?;
        let fresh = Timing::default();
        payment.handle(
            Event::Reply { send_id: pay, operation: Operation::Pay, body: paid, timing: fresh },
            NOW,
        )?;
        let mut ledger = RefundLedger::of(&payment)?;
        let amount = Amount::from_minor(PRICE, "USD")?;
        let request = RefundRequest::new().refund_request_id(REFUND).refund_amount(amount);
        ledger.enter_request(&request, self.merchant.gateway().api_prefix(CLIENT_ID))?;
        let actions = ledger.handle(REFUND, RefundEvent::Begin, NOW)?;
        let mut send_id = refund_sent(&actions, Operation::Refund)?;
        if operation == Operation::RefundInquiry {
            let body = Object::parse(br#"{"result":{"resultStatus":"U","resultCode":"REFUND_IN_PROCESS"}}"#)?;
            ledger.handle(REFUND, refund_reply(send_id, Operation::Refund, body, fresh), NOW)?;
            let refund = ledger.refund(REFUND).and_then(alipay_instore::refund::Refund::next_wakeup);
            let due = refund.ok_or_else(|| lacking("a refund inquiry"))?;
            send_id = refund_sent(&ledger.handle(REFUND, RefundEvent::Tick, due)?, Operation::RefundInquiry)?;
        }
        ledger.handle(REFUND, refund_reply(send_id, operation, body, timing), NOW)?;
        Ok(ledger.refund(REFUND).is_some_and(|refund| refund.outcome().is_some()))
    }
}

fn refund_reply(send_id: u32, operation: Operation, body: Object, timing: Timing) -> RefundEvent {
    RefundEvent::Reply { send_id, operation, body, timing }
}

fn sent(actions: &[Numbered], wanted: Operation) -> Result<u32> {
    let found = actions.iter().find_map(|numbered| match &numbered.action {
        Action::Send { send_id, operation, .. } if *operation == wanted => Some(*send_id),
        _ => None,
    });
    found.ok_or_else(|| not_sent(wanted))
}

fn refund_sent(actions: &[NumberedRefund], wanted: Operation) -> Result<u32> {
    let found = actions.iter().find_map(|numbered| match &numbered.action {
        RefundAction::Send { send_id, operation, .. } if *operation == wanted => Some(*send_id),
        _ => None,
    });
    found.ok_or_else(|| not_sent(wanted))
}

fn not_sent(operation: Operation) -> Error {
    lacking(&format!("a send of {}", operation.as_str()))
}
