//! How the scalars of the messages are read, written and checked, one kind each.
//!
//! A text longer than its field is counted in characters (Unicode scalar values), as the documents' String(64)
//! says nothing finer.

use std::fmt::{self, Debug, Formatter};

use crate::amount::{Amount, stated};
use crate::currency::Currency;
use crate::error::{Error, Result};
use crate::json::{Json, Object};
use crate::payment_code::PaymentCode;

use super::id::PaymentRequestId;
use super::model::{Case, Form, Member, Path, Rule};
use super::time::Time;

/// An amount as the gateway stated it.
///
/// It is kept as it came, so that an amount that can't be read is told apart from one that is not there.
#[derive(Clone, PartialEq, Eq)]
pub struct StatedAmount {
    json: Json,
    amount: Option<Amount>,
}

impl StatedAmount {
    /// The amount; nothing if it can't be read, in which case it must count as one that differs.
    pub fn amount(&self) -> Option<Amount> {
        self.amount
    }

    /// What stood in the message.
    pub fn json(&self) -> &Json {
        &self.json
    }
}

impl From<Amount> for StatedAmount {
    fn from(amount: Amount) -> Self {
        StatedAmount { json: amount.write(), amount: Some(amount) }
    }
}

impl Debug for StatedAmount {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.amount {
            Some(amount) => amount.fmt(f),
            None => f.write_str("unreadable"),
        }
    }
}

/// A decimal number, kept as its text: it never passes through binary floating point.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DecimalText(String);

impl DecimalText {
    /// Takes `[0-9]+(\.[0-9]+)?` in ASCII, and nothing else.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
        (digits(whole) && digits(fraction)).then_some(DecimalText(text))
    }

    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Debug for DecimalText {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn scalar<T>(json: Json, read: impl FnOnce(&str) -> Option<T>) -> Result<T, Json> {
    let value = json.scalar().and_then(|text| read(&text));
    value.ok_or(json)
}

impl Member for String {
    fn read(json: Json) -> Result<Self, Json> {
        match json {
            Json::String(text) => Ok(text),
            other => scalar(other, |text| Some(text.to_owned())),
        }
    }

    fn is_empty(&self) -> bool {
        String::is_empty(self)
    }

    fn write(&self) -> Json {
        self.as_str().into()
    }

    fn check(&self, rule: &Rule, at: &Path<'_>, _case: Case) -> Result<()> {
        let length = self.chars().count();
        if length > rule.max {
            return Err(at.too_long(length, rule.max, "characters"));
        }
        match rule.form {
            Form::Mcc if self.len() != 4 || !self.bytes().all(|byte| byte.is_ascii_digit()) => {
                Err(at.invalid("must be a merchant category code of four digits (ISO 18245)"))
            }
            Form::Region if self.len() != 2 || !self.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                Err(at.invalid("must be a region of two capital letters (ISO 3166)"))
            }
            Form::Url if !is_url(self) => Err(at.invalid("must be a URL with its scheme")),
            Form::Any | Form::Mcc | Form::Region | Form::Url => Ok(()),
        }
    }

    fn show(&self, rule: &Rule, f: &mut Formatter<'_>) -> fmt::Result {
        if rule.shown { Debug::fmt(self, f) } else { write!(f, "<{} characters>", self.chars().count()) }
    }
}

fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && !rest.is_empty()
        && !rest.contains(|character: char| character.is_whitespace() || character.is_control())
}

/// The members that any value of their type satisfies, and whose texts `Debug` may show.
macro_rules! scalars {
    ($($type:ty, $read:expr, $write:expr, $misread:expr;)+) => {$(
        impl Member for $type {
            fn read(json: Json) -> Result<Self, Json> {
                scalar(json, $read)
            }

            fn write(&self) -> Json {
                let write: fn(&Self) -> Json = $write;
                write(self)
            }

            fn check(&self, _rule: &Rule, _at: &Path<'_>, _case: Case) -> Result<()> {
                Ok(())
            }

            fn misread(json: &Json, at: &Path<'_>) -> Error {
                let misread: fn(&Json, &Path<'_>) -> Error = $misread;
                misread(json, at)
            }

            fn show(&self, _rule: &Rule, f: &mut Formatter<'_>) -> fmt::Result {
                Debug::fmt(self, f)
            }
        }
    )+};
}

scalars! {
    bool, read_flag, |flag| if *flag { "true" } else { "false" }.into(),
        |_, at| at.invalid("must be true or false");
    u64, read_integer, |integer| integer.to_string().into(),
        |_, at| at.invalid("must be a whole number");
    DecimalText, |text| DecimalText::new(text), |decimal| decimal.as_str().into(),
        |_, at| at.invalid("must be a decimal number");
    Currency, |text| Currency::from_code(text).ok(), |currency| currency.code().into(),
        misread_currency;
}

fn misread_currency(json: &Json, at: &Path<'_>) -> Error {
    match json.scalar().map(|text| Currency::from_code(&text)) {
        Some(Err(error)) => error.with_path(at.to_string()),
        _ => at.invalid("must be a currency"),
    }
}

fn read_flag(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

fn read_integer(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl Member for Time {
    fn read(json: Json) -> Result<Self, Json> {
        scalar(json, |text| Some(Time::new(text)))
    }

    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    fn write(&self) -> Json {
        self.as_str().into()
    }

    fn check(&self, _rule: &Rule, at: &Path<'_>, _case: Case) -> Result<()> {
        match self.timestamp() {
            Some(_) => Ok(()),
            None => Err(at.invalid("must be a time such as 2019-11-27T12:01:01+08:00")),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self, f)
    }
}

/// An amount has two members and no more; with others it stays in `extra`, where nothing of it is lost.
fn read_amount(json: &Json) -> Option<Result<Amount>> {
    let object = json.as_object()?;
    let (currency, value) = (object.text("currency")?, object.text("value")?);
    (object.len() == 2).then(|| Amount::from_minor(&value, &currency))
}

impl Member for Amount {
    fn read(json: Json) -> Result<Self, Json> {
        match read_amount(&json) {
            Some(Ok(amount)) => Ok(amount),
            _ => Err(json),
        }
    }

    fn write(&self) -> Json {
        Object::new().with("currency", self.currency().code()).with("value", self.value().to_string()).into()
    }

    fn check(&self, _rule: &Rule, _at: &Path<'_>, _case: Case) -> Result<()> {
        Ok(())
    }

    fn misread(json: &Json, at: &Path<'_>) -> Error {
        let part = |name: &str| json.as_object().is_some_and(|amount| amount.get(name).is_none());
        match read_amount(json) {
            Some(Err(error)) => error.with_path(at.to_string()),
            _ if part("currency") => at.member("currency").missing(),
            _ if part("value") => at.member("value").missing(),
            _ => at.invalid("must hold currency and value, and nothing else"),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self, f)
    }
}

impl Member for StatedAmount {
    fn read(json: Json) -> Result<Self, Json> {
        let amount = json.as_object().and_then(stated);
        Ok(StatedAmount { json, amount })
    }

    fn write(&self) -> Json {
        self.json.clone()
    }

    fn check(&self, _rule: &Rule, _at: &Path<'_>, _case: Case) -> Result<()> {
        Ok(())
    }

    fn show(&self, _rule: &Rule, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self, f)
    }
}

impl Member for PaymentCode {
    fn read(json: Json) -> Result<Self, Json> {
        scalar(json, |text| PaymentCode::new(text).ok())
    }

    fn write(&self) -> Json {
        self.expose().into()
    }

    fn check(&self, _rule: &Rule, _at: &Path<'_>, _case: Case) -> Result<()> {
        Ok(())
    }

    fn misread(json: &Json, at: &Path<'_>) -> Error {
        match json.scalar().map(|text| PaymentCode::new(&text)) {
            Some(Err(error)) => error.with_path(at.to_string()),
            _ => at.invalid("must be a payment code"),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self, f)
    }
}

impl Member for PaymentRequestId {
    fn read(json: Json) -> Result<Self, Json> {
        scalar(json, |text| PaymentRequestId::parse(text).ok())
    }

    fn write(&self) -> Json {
        self.as_str().into()
    }

    fn check(&self, _rule: &Rule, _at: &Path<'_>, _case: Case) -> Result<()> {
        Ok(())
    }

    fn misread(json: &Json, at: &Path<'_>) -> Error {
        match json.scalar().map(|text| PaymentRequestId::parse(&text)) {
            Some(Err(error)) => error.with_path(at.to_string()),
            _ => at.invalid("must be a text"),
        }
    }

    fn show(&self, _rule: &Rule, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self, f)
    }
}
