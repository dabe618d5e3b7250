//! Words: the values of an enumeration, as they are written in messages, records and results.

use toml::Value as Toml;

use super::table::{Taken, tables};
use crate::Result;
use crate::names::{constant, pascal};

pub(crate) struct WordFile {
    pub(crate) words: Vec<Words>,
}

/// An enumeration.
pub(crate) struct Words {
    pub(crate) name: String,
    pub(crate) doc: String,
    /// Another word can arrive, and is kept as it came.
    pub(crate) open: bool,
    /// It is part of snapshots.
    pub(crate) stored: bool,
    /// More words can follow in a later version.
    pub(crate) can_grow: bool,
    pub(crate) first_is_default: bool,
    pub(crate) ordered: bool,
    /// The Rust type carries data and is written by hand.
    pub(crate) rust_by_hand: bool,
    /// The languages that have it; none: all.
    languages: Vec<String>,
    /// The error for a word that does not exist: its code, and what is said.
    pub(crate) unknown: Option<(String, String)>,
    pub(crate) values: Vec<Value>,
}

/// One word.
pub(crate) struct Value {
    pub(crate) word: String,
    /// The name in Rust, from which those of the other languages follow.
    pub(crate) name: String,
    pub(crate) doc: String,
}

impl WordFile {
    pub(super) fn read(file: &str, text: &str) -> Result<WordFile> {
        let words = tables(&format!("words/{file}.toml"), text)?
            .into_iter()
            .map(|(name, table)| Words::read(name, table, false))
            .collect::<Result<_>>()?;
        Ok(WordFile { words })
    }
}

impl Value {
    /// The name of a constant: that of the word, if it is more than a letter.
    pub(crate) fn constant(&self) -> String {
        constant(if self.word.len() == 1 { &self.name } else { &self.word })
    }
}

impl Words {
    pub(super) fn read(name: String, mut table: Taken, open: bool) -> Result<Words> {
        let rust_by_hand = match table.optional_text("rust")?.as_deref() {
            None => false,
            Some("by hand") => true,
            Some(_) => return Err(format!("{}: `rust` can only be \"by hand\"", table.at())),
        };
        let unknown = match (table.optional_text("unknown")?, table.optional_text("unknown_says")?) {
            (Some(code), Some(says)) => Some((code, says)),
            (None, None) => None,
            _ => return Err(format!("{}: `unknown` and `unknown_says` go together", table.at())),
        };
        let words = Words {
            doc: table.text("doc")?,
            open,
            stored: table.flag("stored")?,
            can_grow: table.flag("can_grow")?,
            first_is_default: table.flag("first_is_default")?,
            ordered: table.flag("ordered")?,
            rust_by_hand,
            languages: table.texts("languages")?,
            unknown,
            values: values(table.inner("values")?)?,
            name,
        };
        table.end()?;
        Ok(words)
    }

    /// The tags of what is described in the dialect. Rust and Kotlin have a type that carries data.
    pub(super) fn of_tags(name: String, doc: String, values: Vec<Value>) -> Words {
        Words {
            name,
            doc,
            open: false,
            stored: false,
            can_grow: false,
            first_is_default: false,
            ordered: false,
            rust_by_hand: true,
            languages: vec!["python".to_owned(), "typescript".to_owned()],
            unknown: None,
            values,
        }
    }

    /// Whether this language has it.
    pub(crate) fn is_in(&self, language: &str) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|one| one == language)
    }
}

fn values(table: Taken) -> Result<Vec<Value>> {
    let at = table.at().to_owned();
    table
        .into_values()
        .map(|(word, value)| match value {
            Toml::String(doc) => Ok(Value { name: pascal(&word), word, doc }),
            Toml::Table(inner) => {
                let text = |name: &str| inner.get(name).and_then(Toml::as_str).map(str::to_owned);
                match (text("name"), text("doc"), inner.len()) {
                    (Some(name), Some(doc), 2) => Ok(Value { name, word, doc }),
                    _ => Err(format!("{at}.{word} has a name and a doc, and nothing else")),
                }
            }
            _ => Err(format!("{at}.{word} is not a sentence")),
        })
        .collect()
}
