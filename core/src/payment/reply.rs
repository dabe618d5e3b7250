//! What a verified body says, in the machine's own terms. Nothing here decides; see `step`.

use std::borrow::Cow;

use super::order::Order;
use crate::amount::Amount;
use crate::api::Scenario;
use crate::gateway::Protocol;
use crate::message::json::{Json, Object};
use crate::result_code::{Meaning, Operation, meaning};
use crate::time::parse_rfc3339;

/// What a body says about the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    /// Nothing.
    Absent,
    /// Our amount and currency.
    Ours,
    /// Another one, or one that can't be read.
    Other,
}

/// What the answer to pay says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PayAnswer {
    Paid,
    /// The code or the redirect was created; the customer acts next.
    Created,
    PaymentRefused,
    RequestRefused,
    /// The order is closed or cancelled.
    Closed,
    IdTaken,
    InProcess,
    /// A refusal that leaves the outcome open.
    Open,
    Unknown,
}

/// What an inquiry or a notification says about the money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Money {
    Paid,
    Failed,
    Cancelled,
    InProcess,
    /// The inquiry itself did not work.
    Nothing,
}

/// A message read in the light of one payment.
pub(super) struct Reading<'a> {
    protocol: Protocol,
    order: &'a Order,
    body: &'a Object,
}

/// The names under which the documents put what the customer is to see.
const FORMS: [&str; 4] = ["redirectActionForm", "orderCodeForm", "challengeActionForm", "paymentUrl"];

impl<'a> Reading<'a> {
    pub(super) fn new(protocol: Protocol, order: &'a Order, body: &'a Object) -> Self {
        Reading { protocol, order, body }
    }

    /// Whether the message names another payment.
    pub(super) fn names_another(&self) -> bool {
        present(self.body, "paymentRequestId")
            .is_some_and(|id| id.scalar().as_deref() != Some(self.order.payment_request_id.as_str()))
    }

    /// The gateway's id of the payment.
    pub(super) fn payment_id(&self) -> Option<String> {
        let id = self.body.text("paymentId")?;
        (!id.is_empty() && id.chars().count() <= 64).then(|| id.into_owned())
    }

    /// What the message says about the amount.
    pub(super) fn amount(&self) -> Stated {
        let Some(amount) = present(self.body, "paymentAmount") else { return Stated::Absent };
        let Some(amount) = amount.as_object() else { return Stated::Other };
        let ours = &self.order.amount;
        let same_currency =
            amount.text("currency").is_some_and(|currency| currency == ours.currency().code());
        let same_value = amount.text("value").is_some_and(|value| same_number(&value, *ours));
        if same_currency && same_value { Stated::Ours } else { Stated::Other }
    }

    /// The members that say what the customer is to see.
    pub(super) fn form(&self) -> Option<Object> {
        if self.order.scenario == Scenario::PaymentCode {
            return None;
        }
        let mut form = Object::new();
        for name in FORMS {
            if let Some(value) = present(self.body, name) {
                form.set(name, value.clone());
            }
        }
        (!form.is_empty()).then_some(form)
    }

    /// When the order code ceases to be valid.
    pub(super) fn form_expiry(&self) -> Option<i64> {
        parse_rfc3339(&self.body.object("orderCodeForm")?.text("expireTime")?)
    }

    /// The code of the result.
    pub(super) fn code(&self) -> String {
        self.result().map_or_else(String::new, |result| word(result, "resultCode"))
    }

    /// Whether the gateway asks to be called less often.
    pub(super) fn traffic_limit(&self) -> bool {
        self.code() == "REQUEST_TRAFFIC_EXCEED_LIMIT"
    }

    /// What the result means as an answer to this operation.
    pub(super) fn meaning(&self, operation: Operation) -> Meaning {
        self.result().map_or(Meaning::Unknown, |result| self.meaning_of(operation, result))
    }

    /// What the answer to pay says.
    pub(super) fn pay_answer(&self) -> PayAnswer {
        let created = self.order.scenario != Scenario::PaymentCode
            && (self.form().is_some() || present(self.body, "paymentTime").is_none());
        match self.meaning(Operation::Pay) {
            Meaning::Succeeded if created => PayAnswer::Created,
            Meaning::Succeeded => PayAnswer::Paid,
            Meaning::InProcess | Meaning::Unknown if self.form().is_some() && self.letter() != 'F' => {
                PayAnswer::Created
            }
            Meaning::InProcess => PayAnswer::InProcess,
            Meaning::PaymentRefused => PayAnswer::PaymentRefused,
            Meaning::Closed => PayAnswer::Closed,
            Meaning::IdTaken => PayAnswer::IdTaken,
            Meaning::Unknown if self.letter() == 'F' => PayAnswer::Open,
            Meaning::Unknown => PayAnswer::Unknown,
            Meaning::RequestRefused
            | Meaning::NotFound
            | Meaning::WindowExceeded
            | Meaning::StatusConflict
            | Meaning::MerchantBalanceNotEnough
            | Meaning::RefundRefused => PayAnswer::RequestRefused,
        }
    }

    /// What an inquiry says about the money, and whether it used a word that is not documented. The inquiry's
    /// own result only says whether the inquiry worked.
    pub(super) fn inquiry(&self) -> (Money, bool) {
        if self.letter() != 'S' {
            return (Money::Nothing, false);
        }
        match self.protocol {
            Protocol::Ams => {
                let status = word(self.body, "paymentStatus").to_ascii_uppercase();
                match status.as_str() {
                    "SUCCESS" => (Money::Paid, false),
                    "FAIL" => (self.failed(&word(self.body, "paymentResultCode")), false),
                    "CANCELLED" => (Money::Cancelled, false),
                    "PROCESSING" | "PENDING" => (Money::InProcess, false),
                    "" => (Money::Nothing, false),
                    _ => (Money::InProcess, true),
                }
            }
            Protocol::AlipayPlus => {
                let Some(result) = self.body.object("paymentResult") else { return (Money::Nothing, false) };
                (self.money(result), false)
            }
        }
    }

    /// What a notification says about the money. An AMS notification carries the payment's own result.
    pub(super) fn notification(&self) -> Money {
        let name = match self.protocol {
            Protocol::Ams => "result",
            Protocol::AlipayPlus => "paymentResult",
        };
        self.body.object(name).map_or(Money::Nothing, |result| self.money(result))
    }

    /// The code that says why the payment failed, for a human.
    pub(super) fn failure_code(&self) -> String {
        let code = match (self.protocol, self.body.object("paymentResult")) {
            (Protocol::AlipayPlus, Some(result)) => word(result, "resultCode"),
            _ => word(self.body, "paymentResultCode"),
        };
        let code = if code.is_empty() { self.code() } else { code };
        // An inquiry that worked says SUCCESS of itself: that is not why the payment failed.
        if code.is_empty() || code == "SUCCESS" { "PROCESS_FAIL".to_owned() } else { code }
    }

    fn result(&self) -> Option<&'a Object> {
        self.body.object("result")
    }

    fn letter(&self) -> char {
        self.result().map_or(' ', letter)
    }

    fn meaning_of(&self, operation: Operation, result: &Object) -> Meaning {
        let letter = letter(result);
        meaning(self.protocol, operation, letter.encode_utf8(&mut [0; 4]), &word(result, "resultCode"))
    }

    fn money(&self, result: &Object) -> Money {
        match letter(result) {
            'S' => Money::Paid,
            'F' => self.failed(&word(result, "resultCode")),
            _ => Money::InProcess,
        }
    }

    fn failed(&self, code: &str) -> Money {
        if meaning(self.protocol, Operation::Notify, "F", code) == Meaning::Closed {
            Money::Cancelled
        } else {
            Money::Failed
        }
    }
}

/// `null` says as much as an absent member.
fn present<'b>(object: &'b Object, name: &str) -> Option<&'b Json> {
    object.get(name).filter(|value| **value != Json::Null)
}

/// The status letter, in upper case; a blank where there is none, and for anything longer than a letter.
fn letter(result: &Object) -> char {
    let text = result.text("resultStatus").unwrap_or(Cow::Borrowed(""));
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(letter), None) => letter.to_ascii_uppercase(),
        (None, _) => ' ',
        // Not a letter, and not absent: an unknown word.
        (Some(_), Some(_)) => '?',
    }
}

/// A word from outside, bounded, since it is kept and shown.
fn word(object: &Object, name: &str) -> String {
    object
        .text(name)
        .map_or_else(String::new, |text| text.chars().filter(|c| !c.is_control()).take(64).collect())
}

/// Amounts are compared as numbers, since some messages carry them as JSON numbers or with leading zeros.
fn same_number(value: &str, ours: Amount) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit())
        && value.parse::<u64>().is_ok_and(|value| value == ours.value())
}
