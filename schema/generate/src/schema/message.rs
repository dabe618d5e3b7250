//! Messages: the objects of requests and responses, and their fields.

use super::table::{Taken, tables};
use super::word::Words;
use crate::Result;
use crate::names::snake;

/// One file of messages, with the words that stand in them.
pub(crate) struct MessageFile {
    pub(crate) name: String,
    pub(crate) messages: Vec<Message>,
    pub(crate) words: Vec<Words>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Request,
    Response,
}

pub(crate) struct Message {
    pub(crate) name: String,
    /// The name in TypeScript and Kotlin, where that of the schema is taken.
    pub(crate) other_name: Option<String>,
    /// The name in Kotlin, where it is another one still.
    own_kotlin_name: Option<String>,
    /// In Kotlin the generated class is the base, of this name, of one that is written by hand.
    pub(crate) kotlin_base: Option<String>,
    pub(crate) used: Use,
    pub(crate) doc: String,
    /// Rules beyond those of the fields, written by hand in the core.
    pub(crate) more_rules: bool,
    pub(crate) fields: Vec<Field>,
}

pub(crate) struct Field {
    pub(crate) json: String,
    pub(crate) kind: Kind,
    pub(crate) list: bool,
    pub(crate) max: Option<usize>,
    pub(crate) need: Vec<Condition>,
    /// The library fills it in where it is left out.
    pub(crate) filled: bool,
    pub(crate) form: Option<String>,
    pub(crate) alias: Option<String>,
    pub(crate) shown: bool,
    pub(crate) doc: String,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Flag,
    Integer,
    Decimal,
    Time,
    Amount,
    /// An amount as the gateway states it, which may be unreadable.
    StatedAmount,
    Currency,
    PaymentCode,
    PaymentRequestId,
    /// A result, or its status letter alone.
    PaymentResult,
    /// An object, sent as its JSON text in a string.
    ExtendInfo,
    Word(String),
    Message(String),
}

/// A case in which a request must carry a field: a protocol, a scenario, or both; neither: always.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) protocol: Option<&'static str>,
    pub(crate) scenario: Option<&'static str>,
}

impl MessageFile {
    pub(super) fn read(file: &str, text: &str) -> Result<MessageFile> {
        let mut read = MessageFile { name: file.to_owned(), messages: Vec::new(), words: Vec::new() };
        let mut waiting = Vec::new();
        for (name, mut table) in tables(&format!("messages/{file}.toml"), text)? {
            match table.optional_text("words")?.as_deref() {
                Some("open") => read.words.push(Words::read(name, table, true)?),
                Some(_) => return Err(format!("{}: the words of a message are \"open\"", table.at())),
                None => waiting.push((name, table)),
            }
        }
        for (name, table) in waiting {
            read.messages.push(Message::read(name, table)?);
        }
        Ok(read)
    }
}

impl Message {
    fn read(name: String, mut table: Taken) -> Result<Message> {
        let used = match table.text("use")?.as_str() {
            "request" => Use::Request,
            "response" => Use::Response,
            _ => return Err(format!("{}: `use` is \"request\" or \"response\"", table.at())),
        };
        let message = Message {
            other_name: table.optional_text("other_name")?,
            own_kotlin_name: table.optional_text("kotlin_name")?,
            kotlin_base: table.optional_text("kotlin_base")?,
            used,
            doc: table.text("doc")?,
            more_rules: table.flag("more_rules")?,
            fields: table
                .inner("fields")?
                .into_tables()?
                .into_iter()
                .map(|(json, field)| Field::read(json, field))
                .collect::<Result<_>>()?,
            name,
        };
        table.end()?;
        Ok(message)
    }

    /// The name in TypeScript and Kotlin.
    pub(crate) fn other_name(&self) -> &str {
        self.other_name.as_deref().unwrap_or(&self.name)
    }

    /// The name in Kotlin.
    pub(crate) fn kotlin_name(&self) -> &str {
        self.own_kotlin_name.as_deref().unwrap_or_else(|| self.other_name())
    }

    /// Whether it is a whole message, and not a part of one.
    pub(crate) fn is_whole(&self) -> bool {
        ["Request", "Response", "Notification"].iter().any(|ending| self.name.ends_with(ending))
    }
}

impl Field {
    fn read(json: String, mut table: Taken) -> Result<Field> {
        let at = table.at().to_owned();
        let field = Field {
            kind: kind(&table.text("type")?),
            list: table.flag("list")?,
            max: table.number("max")?,
            need: match table.optional_text("need")? {
                None => Vec::new(),
                Some(text) => text
                    .split('|')
                    .map(|case| condition(case.trim()).ok_or_else(|| format!("{at}: `{case}` is not a case")))
                    .collect::<Result<_>>()?,
            },
            filled: table.flag("filled")?,
            form: table.optional_text("form")?,
            alias: table.optional_text("alias")?,
            shown: table.flag("shown")?,
            doc: table.text("doc")?,
            json,
        };
        if !field.form.as_deref().is_none_or(|form| ["mcc", "region", "url"].contains(&form)) {
            return Err(format!("{at}: the forms are mcc, region and url"));
        }
        table.end()?;
        Ok(field)
    }

    /// The name in Rust and Python.
    pub(crate) fn snake(&self) -> String {
        snake(&self.json)
    }

    /// The message inside, whose fields are reached through this one.
    pub(crate) fn inside(&self) -> Option<&str> {
        match &self.kind {
            Kind::Message(name) => Some(name),
            Kind::PaymentResult => Some("ApiResult"),
            Kind::ExtendInfo => Some("ExtendMembers"),
            _ => None,
        }
    }
}

/// The built-in kinds by their names, `word X` for words, and otherwise a message.
fn kind(name: &str) -> Kind {
    match name {
        "text" => Kind::Text,
        "flag" => Kind::Flag,
        "integer" => Kind::Integer,
        "decimal" => Kind::Decimal,
        "time" => Kind::Time,
        "amount" => Kind::Amount,
        "stated_amount" => Kind::StatedAmount,
        "currency" => Kind::Currency,
        "payment_code" => Kind::PaymentCode,
        "payment_request_id" => Kind::PaymentRequestId,
        "payment_result" => Kind::PaymentResult,
        "extend_info" => Kind::ExtendInfo,
        _ => match name.strip_prefix("word ") {
            Some(word) => Kind::Word(word.to_owned()),
            None => Kind::Message(name.to_owned()),
        },
    }
}

fn condition(text: &str) -> Option<Condition> {
    let mut found = Condition { protocol: None, scenario: None };
    for part in text.split_whitespace() {
        match part {
            "always" => return (text == "always").then_some(found),
            "ams" => found.protocol = Some("ams"),
            "alipay_plus" => found.protocol = Some("alipay_plus"),
            "payment_code" => found.scenario = Some("payment_code"),
            "order_code" => found.scenario = Some("order_code"),
            "entry_code" => found.scenario = Some("entry_code"),
            _ => return None,
        }
    }
    (!text.is_empty()).then_some(found)
}
