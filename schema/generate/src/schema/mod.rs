//! The description as it is read from the files, checked so that a slip in one is named and not generated.

mod dialect;
mod error_code;
mod message;
mod policy;
mod table;
mod word;

pub(crate) use dialect::{DialectFile, Kind as DialectKind, Member, Record, Type, Union};
pub(crate) use error_code::ErrorCode;
pub(crate) use message::{Condition, Field, Kind, Message, MessageFile, Use};
pub(crate) use policy::{Number, Preset};
pub(crate) use word::{WordFile, Words};

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Result;

/// Everything that is described.
pub(crate) struct Schema {
    pub(crate) messages: Vec<MessageFile>,
    pub(crate) words: Vec<WordFile>,
    pub(crate) errors: Vec<ErrorCode>,
    pub(crate) policy: Vec<Number>,
    pub(crate) dialect: Vec<DialectFile>,
}

/// The files of messages, in the order in which a reader wants them.
const MESSAGES: [&str; 12] = [
    "result",
    "china",
    "env",
    "merchant",
    "order",
    "forms",
    "pay_request",
    "pay_response",
    "inquiry",
    "cancel",
    "refund",
    "notification",
];

/// The files of words.
const WORDS: [&str; 9] =
    ["protocol", "result", "reading", "machine", "money", "routing", "error", "diagnosis", "check"];

/// The files of the dialect.
const DIALECT: [&str; 7] = ["outcomes", "events", "actions", "timeline", "warnings", "results", "reports"];

/// The files of what calls tell, and what each is about.
const TOLD: [(&str, &str); 2] = [
    ("results", "results, alerts, and what a message says"),
    ("reports", "checks, diagnoses, advice and routes"),
];

impl Schema {
    pub(crate) fn read(folder: &Path) -> Result<Schema> {
        let mut schema = Schema {
            messages: each(&folder.join("messages"), &MESSAGES, MessageFile::read)?,
            words: each(&folder.join("words"), &WORDS, WordFile::read)?,
            errors: ErrorCode::read_all(&text(&folder.join("errors.toml"))?)?,
            policy: Number::read_all(&text(&folder.join("policy.toml"))?)?,
            dialect: each(&folder.join("dialect"), &DIALECT, DialectFile::read)?,
        };
        let tags = schema.unions().filter_map(Union::words).collect();
        schema.words.push(WordFile { words: tags });
        schema.check()?;
        Ok(schema)
    }

    /// Every message, over all files.
    pub(crate) fn all_messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().flat_map(|file| &file.messages)
    }

    /// The words that the library speaks.
    pub(crate) fn library_words(&self) -> impl Iterator<Item = &Words> {
        self.words.iter().flat_map(|file| &file.words)
    }

    /// The words that stand in messages.
    pub(crate) fn message_words(&self) -> impl Iterator<Item = &Words> {
        self.messages.iter().flat_map(|file| &file.words)
    }

    pub(crate) fn message(&self, name: &str) -> Option<&Message> {
        self.all_messages().find(|message| message.name == name)
    }

    pub(crate) fn words_named(&self, name: &str) -> Option<&Words> {
        self.message_words().chain(self.library_words()).find(|words| words.name == name)
    }

    /// The unions of the dialect.
    pub(crate) fn unions(&self) -> impl Iterator<Item = &Union> {
        self.dialect.iter().flat_map(|file| &file.unions)
    }

    /// The unions that are types, and not what others share.
    pub(crate) fn whole_unions(&self) -> impl Iterator<Item = &Union> {
        self.unions().filter(|union| !union.shared)
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.dialect.iter().flat_map(|file| &file.records)
    }

    /// What calls tell, which is a class in every language: what it is about, and its file.
    pub(crate) fn told(&self) -> impl Iterator<Item = (&'static str, &DialectFile)> {
        TOLD.iter().filter_map(|(name, about)| {
            self.dialect.iter().find(|file| file.name == *name).map(|file| (*about, file))
        })
    }

    pub(crate) fn union(&self, name: &str) -> Option<&Union> {
        self.unions().find(|union| union.name == name)
    }

    /// Every member of the dialect.
    pub(crate) fn dialect_members(&self) -> impl Iterator<Item = &Member> {
        let in_unions = self
            .unions()
            .flat_map(|union| union.common.iter().chain(union.kinds.iter().flat_map(|kind| &kind.members)));
        self.records().flat_map(|record| &record.members).chain(in_unions)
    }

    /// Every type has one meaning, and every type that is named exists.
    fn check(&self) -> Result<()> {
        let mut seen = BTreeMap::new();
        let unions = self.unions().filter(|union| !union.is_outcome()).map(|union| &union.name);
        let names = self.all_messages().map(|message| &message.name);
        let names = names.chain(unions).chain(self.records().map(|record| &record.name));
        for name in names.chain(self.message_words().chain(self.library_words()).map(|words| &words.name)) {
            if seen.insert(name, ()).is_some() {
                return Err(format!("{name} is described twice"));
            }
        }
        for message in self.all_messages() {
            for field in &message.fields {
                let known = match &field.kind {
                    Kind::Message(name) => self.message(name).is_some(),
                    Kind::Word(name) => self.words_named(name).is_some(),
                    _ => true,
                };
                if !known {
                    return Err(format!("{}.{} has a type that is not described", message.name, field.json));
                }
            }
        }
        for member in self.dialect_members() {
            let known = match &member.of {
                Type::Word(name) => self.words_named(name).is_some(),
                Type::Words(names) => names.iter().all(|name| self.words_named(name).is_some()),
                Type::Outcome(name) => self.union(name).is_some_and(Union::is_outcome),
                Type::Named(name) => {
                    self.union(name).is_some() || self.records().any(|record| record.name == *name)
                }
                _ => true,
            };
            if !known {
                return Err(format!("`{}` of the dialect has a type that is not described", member.name));
            }
        }
        Ok(())
    }
}

fn each<T>(folder: &Path, names: &[&str], read: fn(&str, &str) -> Result<T>) -> Result<Vec<T>> {
    let found = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in found.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !names.iter().any(|known| name == format!("{known}.toml")) {
            return Err(format!("{name} is not listed in schema/generate/src/schema/mod.rs"));
        }
    }
    names.iter().map(|name| read(name, &text(&folder.join(format!("{name}.toml")))?)).collect()
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
