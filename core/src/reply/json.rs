//! A reading as JSON: for hosts that bring their own HTTP, and for the vectors that hold each reading.

use super::{Reading, RefundStatus};
use crate::amount::Amount;
use crate::api::Scenario;
use crate::error::Result;
use crate::gateway::Operation;
use crate::gateway::Protocol;
use crate::json::{Json, Object};
use crate::time::Timestamp;

/// What we know of the payment or the refund that a message was taken for; what is left out is not compared.
#[derive(Clone, Debug, Default)]
pub struct Ours {
    /// The scenario of the payment; a payment code unless it is said.
    pub scenario: Option<Scenario>,
    /// Our id of the payment.
    pub payment_request_id: Option<String>,
    /// What the customer pays.
    pub payment_amount: Option<Amount>,
    /// Our id of the refund.
    pub refund_request_id: Option<String>,
    /// What is given back.
    pub refund_amount: Option<Amount>,
}

impl Ours {
    /// Reads it from JSON: the members are the fields of this type, amounts as `{"currency": "USD", "value": "1999"}`.
    ///
    /// # Errors
    /// `message.not_json`, `message.not_object`; `config.invalid` for an unknown scenario; what [`Amount::from_minor`]
    /// says of an amount.
    pub fn from_json(text: &str) -> Result<Self> {
        let object = Object::parse(text.as_bytes())?;
        let owned = |name: &str| object.text(name).map(|text| text.into_owned());
        let amount = |name: &str| {
            let Some(amount) = object.object(name) else { return Ok(None) };
            let part = |name: &str| amount.text(name).unwrap_or_default();
            Amount::from_minor(&part("value"), &part("currency")).map(Some)
        };
        Ok(Ours {
            scenario: object.text("scenario").map(|name| name.parse()).transpose()?,
            payment_request_id: owned("payment_request_id"),
            payment_amount: amount("payment_amount")?,
            refund_request_id: owned("refund_request_id"),
            refund_amount: amount("refund_amount")?,
        })
    }
}

/// Reads the body of a message whose signature was verified, and says as JSON what it means.
///
/// The members are `status` (`S`, `F`, `U`), `code`, `meaning`; `says`, which is what the message says about the money:
/// for `pay` one of `paid created payment_refused request_refused closed id_taken in_process open unknown`, for an
/// inquiry or a notification `paid failed cancelled in_process nothing`, for an inquiry of a refund `refunded failed
/// in_process unknown_word nothing`, else `null`; `failure_code`; `unknown_word`; the ids `payment_request_id`,
/// `payment_id`, `refund_request_id`, `refund_id`; `names_payment`, `payment_amount`, `names_refund` and
/// `refund_amount`, each `absent`, `ours`, `other`, or `null` where there is nothing to compare with; `form`, the names
/// of the members to be shown; `form_expiry` and `payment_time` in milliseconds since the epoch; `text_replaced`.
///
/// # Errors
/// `message.too_large`, `message.not_json`, `message.not_object`, `message.duplicate_key`.
pub fn read_verified(protocol: Protocol, operation: Operation, body: &[u8], ours: &Ours) -> Result<Object> {
    let (body, text_replaced) = Object::parse_signed(body)?;
    let reading = Reading::new(protocol, operation, &body);
    Ok(reading.to_json(ours).with("text_replaced", Json::Bool(text_replaced)))
}

impl Reading<'_> {
    fn to_json(self, ours: &Ours) -> Object {
        let says = self.says(ours.scenario.unwrap_or(Scenario::PaymentCode));
        let failed = says == Some("failed");
        let form = self.form().unwrap_or_default();
        Object::new()
            .with("status", self.status().as_str())
            .with("code", self.code())
            .with("meaning", self.meaning().as_str())
            .with("says", optional(says))
            .with("failure_code", optional(failed.then(|| self.reason_of_failure())))
            .with("unknown_word", Json::Bool(self.unknown_word()))
            .with("payment_request_id", optional(self.payment_request_id()))
            .with("payment_id", optional(self.payment_id()))
            .with("refund_request_id", optional(self.refund_request_id()))
            .with("refund_id", optional(self.refund_id()))
            .with(
                "names_payment",
                optional(ours.payment_request_id.as_deref().map(|id| self.names_payment(id).as_str())),
            )
            .with(
                "payment_amount",
                optional(ours.payment_amount.map(|ours| self.payment_amount(ours).as_str())),
            )
            .with(
                "names_refund",
                optional(ours.refund_request_id.as_deref().map(|id| self.names_refund(id).as_str())),
            )
            .with("refund_amount", optional(ours.refund_amount.map(|ours| self.refund_amount(ours).as_str())))
            .with("form", Json::Array(form.iter().map(|(name, _)| name.into()).collect()))
            .with("form_expiry", time(self.form_expiry()))
            .with("payment_time", time(self.payment_time()))
    }

    fn says(&self, scenario: Scenario) -> Option<&'static str> {
        match self.operation {
            Operation::Pay => Some(self.pay_answer(scenario).as_str()),
            Operation::Inquiry | Operation::Notify => Some(self.money().as_str()),
            Operation::RefundInquiry => Some(self.refund_status().as_str()),
            Operation::Cancel | Operation::Refund => None,
        }
    }

    fn reason_of_failure(&self) -> String {
        match (self.operation, self.refund_status()) {
            (Operation::RefundInquiry, RefundStatus::Failed { code }) => code,
            _ => self.failure_code(),
        }
    }
}

fn optional(text: Option<impl Into<Json>>) -> Json {
    text.map_or(Json::Null, Into::into)
}

fn time(at: Option<Timestamp>) -> Json {
    at.map_or(Json::Null, |at| Json::Number(at.as_millis().to_string()))
}
