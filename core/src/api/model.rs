//! What a field of a message is: its JSON name, kind, greatest length, and when it is required.
//!
//! The structs of this module's siblings are declared once, by the `model!` macro, and everything else follows
//! from that declaration: reading, writing, checking, and the table that the tests hold against the documents.
//! Reading never fails: a member that is not of its documented kind stays in `extra`, as every unknown one
//! does. Checking is for requests alone, and refuses exactly such members, so what is sent is always typed.

use std::fmt;

use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Protocol;
use crate::message::json::{Json, Object};

use super::pay::Scenario;

/// What a field holds. Every scalar is written as a JSON string, whatever its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Free text.
    Text,
    /// One of the documented words.
    Word,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Integer,
    /// A decimal number, kept as its text.
    Decimal,
    /// An ISO 8601 time with offset.
    Time,
    /// An amount: currency and minor units.
    Amount,
    /// A currency of ISO 4217.
    Currency,
    /// A payment code, which is a secret.
    PaymentCode,
    /// An object with fields of its own.
    Object,
    /// An object, sent as its JSON text in a string.
    JsonText,
}

/// One declared field, for tables and documentation.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name in JSON.
    pub name: &'static str,
    /// What it holds; of a list, what each element holds.
    pub kind: Kind,
    /// Whether it is a list.
    pub list: bool,
    /// The greatest length: characters (Unicode scalar values) of a text, elements of a list.
    pub max: Option<usize>,
    /// When a request must carry it.
    pub need: Need,
    /// The fields inside, of an object.
    pub fields: &'static [Field],
}

impl Field {
    /// The JSON paths of these fields and of all fields inside them, such as `order.goods[].goodsName`.
    pub fn paths(fields: &[Field]) -> Vec<String> {
        fn walk(prefix: &str, fields: &[Field], out: &mut Vec<String>) {
            for field in fields {
                let path = format!("{prefix}{}{}", field.name, if field.list { "[]" } else { "" });
                walk(&format!("{path}."), field.fields, out);
                out.push(path);
            }
        }
        let mut out = Vec::new();
        walk("", fields, &mut out);
        out
    }
}

/// In which cases a request must carry a field: a set over protocol and scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need(u8);

impl Need {
    /// In none.
    pub const NEVER: Need = Need(0);
    /// In all.
    pub const ALWAYS: Need = Need(0b111_111);
    /// AMS, every scenario.
    pub const AMS: Need = Need(0b000_111);
    /// Alipay+, every scenario.
    pub const ALIPAY_PLUS: Need = Need(0b111_000);
    /// Both protocols, payment code.
    pub const PAYMENT_CODE: Need = Need(0b001_001);
    /// Both protocols, order code.
    pub const ORDER_CODE: Need = Need(0b010_010);
    /// Both protocols, entry code.
    pub const ENTRY_CODE: Need = Need(0b100_100);

    /// In the cases of either.
    #[must_use]
    pub const fn or(self, other: Need) -> Need {
        Need(self.0 | other.0)
    }

    /// In the cases of both.
    #[must_use]
    pub const fn and(self, other: Need) -> Need {
        Need(self.0 & other.0)
    }

    /// Whether this case is among them.
    pub const fn holds(self, case: Case) -> bool {
        let protocol = match case.protocol {
            Protocol::Ams => Need::AMS,
            Protocol::AlipayPlus => Need::ALIPAY_PLUS,
        };
        let scenario = match case.scenario {
            Scenario::PaymentCode => Need::PAYMENT_CODE,
            Scenario::OrderCode => Need::ORDER_CODE,
            Scenario::EntryCode => Need::ENTRY_CODE,
        };
        self.and(protocol).and(scenario).0 != 0
    }
}

/// The case a request is checked for. Requests without a scenario are checked as payment code ones; none of
/// their fields depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// The gateway's protocol.
    pub protocol: Protocol,
    /// The scenario of the payment.
    pub scenario: Scenario,
}

/// The form of a text beyond its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Anything.
    Any,
    /// Four digits, ISO 18245.
    Mcc,
    /// Two capital letters, ISO 3166.
    Region,
    /// A URL of any scheme.
    Url,
}

/// What the declaration says about a field.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) max: usize,
    pub(crate) need: Need,
    pub(crate) form: Form,
    /// Another spelling that is read, and never written.
    pub(crate) alias: &'static str,
    /// Whether `Debug` shows the text; it always shows numbers, times, words and amounts.
    pub(crate) shown: bool,
}

impl Rule {
    /// What holds where the declaration says nothing.
    pub(crate) const PLAIN: Rule =
        Rule { max: usize::MAX, need: Need::NEVER, form: Form::Any, alias: "", shown: false };

    pub(crate) const fn limit(&self) -> Option<usize> {
        if self.max == usize::MAX { None } else { Some(self.max) }
    }
}

/// Where in a body a value stands. Written out only when there is an error to name it.
#[derive(Clone, Copy)]
pub(crate) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    name: &'a str,
    index: Option<usize>,
}

impl<'a> Path<'a> {
    pub(crate) const ROOT: Path<'static> = Path { parent: None, name: "", index: None };

    pub(crate) fn member(&'a self, name: &'a str) -> Path<'a> {
        Path { parent: Some(self), name, index: None }
    }

    pub(crate) fn element(&self, index: usize) -> Path<'a> {
        Path { index: Some(index), ..*self }
    }

    pub(crate) fn missing(&self) -> Error {
        Error::new(ErrorCode::RequestMissing, "the field is required").with_path(self.to_string())
    }

    pub(crate) fn invalid(&self, what: &str) -> Error {
        Error::new(ErrorCode::RequestInvalid, format!("the field {what}")).with_path(self.to_string())
    }

    pub(crate) fn forbidden(&self, why: &str) -> Error {
        Error::new(ErrorCode::RequestForbidden, format!("the field {why}")).with_path(self.to_string())
    }

    pub(crate) fn too_long(&self, found: usize, max: usize, unit: &str) -> Error {
        Error::new(
            ErrorCode::RequestTooLong,
            format!("the field has {found} {unit}, at most {max} are allowed"),
        )
        .with_path(self.to_string())
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
            if parent.parent.is_some() {
                f.write_str(".")?;
            }
        }
        f.write_str(self.name)?;
        self.index.map_or(Ok(()), |index| write!(f, "[{index}]"))
    }
}

/// A value that can stand in a field.
pub(crate) trait Member: Sized {
    const KIND: Kind;
    const FIELDS: &'static [Field] = &[];

    /// Reads the value leniently, or gives the JSON back where it is none.
    fn read(json: Json) -> Result<Self, Json>;

    /// Whether it says nothing: an empty optional field is left out and never sent as `""`.
    fn is_empty(&self) -> bool {
        false
    }

    fn write(&self) -> Json;

    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Result<()>;

    /// The error for a required value that is not there.
    fn missing(at: &Path<'_>, _case: Case) -> Error {
        at.missing()
    }

    /// The error for JSON that could not be read as this.
    fn misread(_json: &Json, at: &Path<'_>) -> Error {
        at.invalid("is not of its documented kind")
    }

    fn show(&self, rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// The place of a field in a struct: an `Option` or, for a list, a `Vec`.
pub(crate) trait Slot {
    const KIND: Kind;
    const FIELDS: &'static [Field];
    const LIST: bool;

    fn take(name: &str, rule: &Rule, object: &mut Object) -> Self;
    fn put(&self, name: &str, object: &mut Object);
    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Result<()>;
    fn is_set(&self) -> bool;
    fn misread(json: &Json, at: &Path<'_>) -> Error;
    fn show(&self, rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// Takes a member by its name, else by its other spelling; `null` and `""` are the same as absent.
fn take_json(name: &str, rule: &Rule, object: &mut Object) -> Option<(Json, bool)> {
    let says =
        |json: &Json| !matches!(json, Json::Null) && !matches!(json, Json::String(text) if text.is_empty());
    let alias = Some(rule.alias).filter(|alias| !alias.is_empty());
    match object.take(name).filter(says) {
        Some(json) => Some((json, false)),
        None => object.take(alias?).filter(says).map(|json| (json, true)),
    }
}

impl<T: Member> Slot for Option<T> {
    const KIND: Kind = T::KIND;
    const FIELDS: &'static [Field] = T::FIELDS;
    const LIST: bool = false;

    fn take(name: &str, rule: &Rule, object: &mut Object) -> Self {
        let (json, aliased) = take_json(name, rule, object)?;
        match T::read(json) {
            Ok(value) => Some(value),
            Err(json) => {
                object.set(if aliased { rule.alias } else { name }, json);
                None
            }
        }
    }

    fn put(&self, name: &str, object: &mut Object) {
        if let Some(value) = self.as_ref().filter(|value| !value.is_empty()) {
            object.set(name, value.write());
        }
    }

    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        match self {
            Some(value) if !value.is_empty() => value.check(rule, at, case),
            _ if rule.need.holds(case) => Err(T::missing(at, case)),
            _ => Ok(()),
        }
    }

    fn is_set(&self) -> bool {
        self.as_ref().is_some_and(|value| !value.is_empty())
    }

    fn misread(json: &Json, at: &Path<'_>) -> Error {
        T::misread(json, at)
    }

    fn show(&self, rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().map_or(Ok(()), |value| value.show(rule, f))
    }
}

impl<T: Member> Slot for Vec<T> {
    const KIND: Kind = T::KIND;
    const FIELDS: &'static [Field] = T::FIELDS;
    const LIST: bool = true;

    fn take(name: &str, rule: &Rule, object: &mut Object) -> Self {
        let Some((json, _)) = take_json(name, rule, object) else { return Vec::new() };
        let read: Option<Vec<T>> = json
            .as_array()
            .and_then(|elements| elements.iter().map(|element| T::read(element.clone()).ok()).collect());
        read.unwrap_or_else(|| {
            object.set(name, json);
            Vec::new()
        })
    }

    fn put(&self, name: &str, object: &mut Object) {
        if !self.is_empty() {
            object.set(name, Json::Array(self.iter().map(Member::write).collect()));
        }
    }

    fn check(&self, rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {
        if self.len() > rule.max {
            return Err(at.too_long(self.len(), rule.max, "elements"));
        }
        if self.is_empty() && rule.need.holds(case) {
            return Err(at.missing());
        }
        // The limit of a list counts its elements, so their texts have none from here.
        let each = Rule { max: usize::MAX, ..*rule };
        self.iter()
            .enumerate()
            .try_for_each(|(index, element)| element.check(&each, &at.element(index), case))
    }

    fn is_set(&self) -> bool {
        !self.is_empty()
    }

    fn misread(json: &Json, at: &Path<'_>) -> Error {
        match json.as_array() {
            Some(elements) => elements
                .iter()
                .enumerate()
                .find(|(_, element)| T::read((*element).clone()).is_err())
                .map_or_else(
                    || at.invalid("is not of its documented kind"),
                    |(index, element)| T::misread(element, &at.element(index)),
                ),
            None => at.invalid("must be a list"),
        }
    }

    fn show(&self, rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (index, element) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            element.show(rule, f)?;
        }
        f.write_str("]")
    }
}

/// Shows a field in `Debug`, by the rule of its declaration.
pub(crate) struct Shown<'a, S: Slot>(pub(crate) &'a S, pub(crate) &'a Rule);

impl<S: Slot> fmt::Debug for Shown<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(self.1, f)
    }
}

/// Shows the names alone of members whose meaning, and so whose secrecy, is not known.
pub(crate) struct Names<'a>(pub(crate) &'a Object);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
