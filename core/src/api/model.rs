//! What a field of a message is: its JSON name, kind, greatest length, and when it is required.
//!
//! The messages are described once, in `schema/messages`, and generated from it: reading, writing, checking, and
//! the table that the tests hold against the documents.
//! Reading never fails: a member that is not of its documented kind stays in `extra`, as every unknown one
//! does. Checking is only for requests, and refuses exactly such members, so what is sent is always typed.

use crate::gateway::Protocol;

use super::pay::Scenario;

pub(crate) use super::path::Path;
pub(crate) use super::slot::{Found, Member, Names, Shown, Slot, misplaced};

/// What a field holds. Every scalar is written as a JSON string, whatever its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
#[non_exhaustive]
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

/// What the description says about a field.
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
    /// What holds where the description says nothing.
    pub(crate) const PLAIN: Rule =
        Rule { max: usize::MAX, need: Need::NEVER, form: Form::Any, alias: "", shown: false };
}
