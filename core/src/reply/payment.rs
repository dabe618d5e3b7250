//! What a message says about the payment.

use std::borrow::Cow;

use super::{Money, PayAnswer, Reading, bounded, present, raw, word};
use crate::api::Scenario;
use crate::gateway::Operation;
use crate::gateway::Protocol;
use crate::json::Object;
use crate::result_code::{Meaning, Status, meaning};

impl<'a> Reading<'a> {
    /// What the answer to pay says.
    ///
    /// For order and entry codes an `S` with a form, or without `paymentTime`, means that the code was created
    /// ("Alipay, Entry code payment, Accept payments"). An open answer with a form asks the customer to act in every
    /// scenario ("Alipay, pay, challengeActionForm and redirectActionForm").
    pub fn pay_answer(&self, scenario: Scenario) -> PayAnswer {
        let customer = scenario != Scenario::PaymentCode;
        let form = self.form().is_some();
        let created = customer && (form || present(self.body, "paymentTime").is_none());
        let refused = self.status() == Status::Failed;
        match self.meaning() {
            Meaning::Succeeded if created => PayAnswer::Created,
            Meaning::Succeeded => PayAnswer::Paid,
            Meaning::InProcess | Meaning::Unknown if form && !refused => PayAnswer::Created,
            Meaning::InProcess => PayAnswer::InProcess,
            Meaning::PaymentRefused => PayAnswer::PaymentRefused,
            Meaning::Closed => PayAnswer::Closed,
            Meaning::IdTaken => PayAnswer::IdTaken,
            Meaning::Unknown if refused => PayAnswer::Open,
            Meaning::Unknown => PayAnswer::Unknown,
            Meaning::RequestRefused
            | Meaning::NotFound
            | Meaning::WindowExceeded
            | Meaning::StatusConflict
            | Meaning::MerchantBalanceNotEnough
            | Meaning::RefundRefused => PayAnswer::RequestRefused,
        }
    }

    /// What an inquiry or a notification says about the money.
    ///
    /// The `result` of an inquiry says whether the inquiry worked; that of an AMS notification is the payment's own.
    pub fn money(&self) -> Money {
        match (self.operation, self.protocol) {
            (Operation::Inquiry, _) if self.status() != Status::Succeeded => Money::Nothing,
            (Operation::Inquiry, Protocol::Ams) => match self.payment_status().as_str() {
                "SUCCESS" => Money::Paid,
                "FAIL" => self.failed(&raw(self.body, "paymentResultCode")),
                "CANCELLED" => Money::Cancelled,
                "" => Money::Nothing,
                _ => Money::InProcess,
            },
            (Operation::Notify, Protocol::Ams) => self
                .result()
                .map_or(Money::Nothing, |result| self.judged(self.status(), &raw(result, "resultCode"))),
            (Operation::Inquiry | Operation::Notify, Protocol::AlipayPlus) => {
                if present(self.body, "paymentResult").is_none() {
                    return Money::Nothing;
                }
                let code =
                    self.payment_result().map_or(Cow::Borrowed(""), |result| raw(result, "resultCode"));
                self.judged(Status::from_letter(&self.payment_letter()), &code)
            }
            _ => Money::Nothing,
        }
    }

    /// Whether the status of the payment is a word that is not documented.
    pub fn unknown_word(&self) -> bool {
        const DOCUMENTED: [&str; 6] = ["", "SUCCESS", "FAIL", "CANCELLED", "PROCESSING", "PENDING"];
        self.operation == Operation::Inquiry
            && self.protocol == Protocol::Ams
            && self.status() == Status::Succeeded
            && !DOCUMENTED.contains(&self.payment_status().as_str())
    }

    /// What an inquiry or a notification says about the money, as it came: the word of `paymentStatus`, or the letter
    /// of `paymentResult`.
    pub fn payment_word(&self) -> Option<String> {
        let text = match self.protocol {
            Protocol::Ams => word(self.body, "paymentStatus"),
            Protocol::AlipayPlus => bounded(&self.payment_letter()),
        };
        (!text.is_empty()).then_some(text)
    }

    /// The code that says why the payment failed.
    pub fn failure_code(&self) -> String {
        let code = match self.protocol {
            Protocol::AlipayPlus if present(self.body, "paymentResult").is_some() => {
                self.payment_result().map_or_else(String::new, |result| word(result, "resultCode"))
            }
            _ => word(self.body, "paymentResultCode"),
        };
        let code = if code.is_empty() { self.code() } else { code };
        // An inquiry that worked says SUCCESS of itself: that is not why the payment failed.
        if code.is_empty() || code == "SUCCESS" { "PROCESS_FAIL".to_owned() } else { code }
    }

    fn payment_status(&self) -> String {
        raw(self.body, "paymentStatus").to_ascii_uppercase()
    }

    fn payment_result(&self) -> Option<&'a Object> {
        self.body.object("paymentResult")
    }

    /// The letter of `paymentResult`, which is an object, or the letter alone ("Alipay+, inquiryPayment").
    fn payment_letter(&self) -> Cow<'a, str> {
        match self.payment_result() {
            Some(result) => raw(result, "resultStatus"),
            None => raw(self.body, "paymentResult"),
        }
    }

    fn judged(&self, status: Status, code: &str) -> Money {
        match status {
            Status::Succeeded => Money::Paid,
            Status::Failed => self.failed(code),
            Status::Unknown => Money::InProcess,
        }
    }

    fn failed(&self, code: &str) -> Money {
        match meaning(self.protocol, Operation::Notify, "F", code) {
            Meaning::Closed => Money::Cancelled,
            _ => Money::Failed,
        }
    }
}
