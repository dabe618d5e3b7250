//! The dialect: what goes into the machines and comes out of them, as JSON that every language reads and writes.

use super::table::{Taken, tables};
use super::word::{Value, Words};
use crate::Result;
use crate::names::pascal;

pub(crate) struct DialectFile {
    pub(crate) name: String,
    pub(crate) records: Vec<Record>,
    pub(crate) unions: Vec<Union>,
}

/// An object that always has the same members.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) name: String,
    pub(crate) doc: String,
    /// The outcome that was hoped for.
    pub(crate) well: Option<String>,
    /// The members that are printed; none: all that are not hidden.
    pub(crate) shown: Vec<String>,
    /// The member that says it all in words, which is printed by itself.
    pub(crate) in_words: Option<String>,
    pub(crate) members: Vec<Member>,
}

/// One of several kinds of objects; the member `tag` says which.
pub(crate) struct Union {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) tag: String,
    /// The type in the crate.
    pub(crate) rust: Option<String>,
    /// The core reads it, and takes null and false for a member that is left out.
    pub(crate) read: bool,
    /// Python and PHP have one class for all kinds.
    pub(crate) flat: bool,
    /// It holds what others have in common, and is none itself.
    pub(crate) shared: bool,
    /// What it has in common with others.
    pub(crate) like: Option<String>,
    /// The name of its tags as words, where it is not that of the union.
    words: Option<String>,
    /// The operations that it speaks of; none: all.
    pub(crate) operations: Vec<String>,
    /// The members that every kind has.
    pub(crate) common: Vec<Member>,
    pub(crate) kinds: Vec<Kind>,
}

#[derive(Clone)]
pub(crate) struct Kind {
    pub(crate) tag: String,
    pub(crate) doc: String,
    /// The name of the class in Python, where the tag's is taken.
    python_name: Option<String>,
    pub(crate) members: Vec<Member>,
    /// It is one of the shared kinds, perhaps with more members.
    pub(crate) inherited: bool,
}

#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) of: Type,
    pub(crate) optional: bool,
    /// There are any number of it.
    pub(crate) list: bool,
    /// The word that stands for a member that is left out.
    pub(crate) default: Option<String>,
    /// Not shown where the object is printed.
    pub(crate) hidden: bool,
    /// The name where it stands beside the outcome that it belongs to, which is not that of JSON.
    pub(crate) beside: Option<String>,
    pub(crate) doc: String,
    /// It is one of the shared kind's.
    pub(crate) inherited: bool,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Flag,
    /// A number of 32 bits.
    Count,
    /// A number of 64 bits.
    Number,
    /// Minor units of a currency.
    Units,
    /// Milliseconds since the epoch.
    Instant,
    /// Milliseconds.
    Duration,
    /// An amount as text.
    Amount,
    /// The body of a verified message: an object, or its text.
    Message,
    Object,
    Word(String),
    /// One of the words of several kinds.
    Words(Vec<String>),
    /// A union whose members stand beside those of the object.
    Outcome(String),
    /// A record or a union inside.
    Named(String),
}

impl DialectFile {
    pub(super) fn read(file: &str, text: &str) -> Result<DialectFile> {
        let mut read = DialectFile { name: file.to_owned(), records: Vec::new(), unions: Vec::new() };
        for (name, mut table) in tables(&format!("dialect/{file}.toml"), text)? {
            let at = table.at().to_owned();
            let kinds = table.inner("kinds")?.into_tables()?;
            let like = match table.optional_text("like")? {
                None => None,
                Some(like) => Some(
                    read.unions
                        .iter()
                        .find(|union| union.name == like && union.shared)
                        .ok_or_else(|| format!("{at}: nothing shared above is {like}"))?,
                ),
            };
            if kinds.is_empty() && like.is_none() {
                read.records.push(Record::read(name, table)?);
            } else {
                let union = Union::read(name, table, like, kinds)?;
                read.unions.push(union);
            }
        }
        Ok(read)
    }
}

impl DialectFile {
    /// Its records, and one for each union that is one class.
    pub(crate) fn classes(&self) -> Vec<Record> {
        self.records
            .iter()
            .cloned()
            .chain(self.unions.iter().filter(|union| union.flat).map(Union::as_record))
            .collect()
    }
}

impl Record {
    fn read(name: String, mut table: Taken) -> Result<Record> {
        let record = Record {
            doc: table.text("doc")?,
            well: table.optional_text("well")?,
            shown: table.texts("shown")?,
            in_words: table.optional_text("in_words")?,
            members: members(table.inner("fields")?)?,
            name,
        };
        table.end()?;
        Ok(record)
    }

    /// How what it tells of ended.
    pub(crate) fn outcome(&self) -> Option<&str> {
        self.members.iter().find_map(|member| match &member.of {
            Type::Outcome(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The members that are printed.
    pub(crate) fn printed(&self) -> Vec<Member> {
        let is_shown = |member: &&Member| match self.shown.as_slice() {
            [] => !member.hidden,
            shown => shown.contains(&member.name),
        };
        self.members.iter().filter(is_shown).cloned().collect()
    }
}

impl Union {
    fn read(
        name: String,
        mut table: Taken,
        like: Option<&Union>,
        kinds: Vec<(String, Taken)>,
    ) -> Result<Union> {
        let mut union = Union {
            doc: table.text("doc")?,
            tag: match like {
                Some(like) => like.tag.clone(),
                None => table.text("tag")?,
            },
            rust: table.optional_text("rust")?,
            read: like.map_or(table.flag("read")?, |like| like.read),
            flat: table.flag("flat")?,
            shared: table.flag("shared")?,
            like: like.map(|like| like.name.clone()),
            words: table.optional_text("words")?,
            operations: table.texts("operations")?,
            common: like.map(|like| like.common.clone()).unwrap_or_default(),
            kinds: like.map(|like| like.kinds.clone()).unwrap_or_default(),
            name,
        };
        if union.shared == union.rust.is_some() {
            return Err(format!("{}: either `shared`, or `rust`", table.at()));
        }
        union.common.extend(members(table.inner("fields")?)?);
        let inherited = union.kinds.iter_mut().flat_map(|kind| {
            kind.inherited = true;
            &mut kind.members
        });
        inherited.for_each(|member| member.inherited = true);
        for (tag, mut table) in kinds {
            let more = members(table.inner("fields")?)?;
            match union.kinds.iter_mut().find(|kind| kind.tag == tag) {
                Some(kind) => kind.members.extend(more),
                None => union.kinds.push(Kind {
                    doc: table.text("doc")?,
                    python_name: table.optional_text("python_name")?,
                    members: more,
                    inherited: false,
                    tag,
                }),
            }
            table.end()?;
        }
        table.end()?;
        Ok(union)
    }

    /// Whether it says how something ended: its members stand beside each other, null where they say nothing.
    pub(crate) fn is_outcome(&self) -> bool {
        self.tag == "outcome"
    }

    /// The members of an outcome, each with the kind that has it.
    pub(crate) fn beside(&self) -> impl Iterator<Item = (&Kind, &Member)> {
        self.kinds.iter().flat_map(|kind| kind.members.iter().map(move |member| (kind, member)))
    }

    /// The name of its tags as words, where that is not the union's own.
    pub(crate) fn words_name(&self) -> Option<&String> {
        self.words.as_ref()
    }

    /// One object for all kinds: what only some have is optional.
    pub(crate) fn as_record(&self) -> Record {
        let words = self.words.clone().unwrap_or_default();
        let tag = Member {
            name: self.tag.clone(),
            of: Type::Word(words),
            optional: false,
            list: false,
            default: None,
            hidden: false,
            beside: None,
            doc: "What it is.".to_owned(),
            inherited: false,
        };
        let optional = |member: &Member| Member { optional: !member.list, ..member.clone() };
        let members = self.kinds.iter().flat_map(|kind| kind.members.iter().map(optional));
        Record {
            name: self.name.clone(),
            doc: self.doc.clone(),
            well: None,
            shown: Vec::new(),
            in_words: None,
            members: std::iter::once(tag).chain(members).collect(),
        }
    }

    /// Its tags as words, where a language has them as a type of their own.
    pub(super) fn words(&self) -> Option<Words> {
        let name = match &self.words {
            Some(name) => name.clone(),
            None if self.is_outcome() => self.name.clone(),
            None => return None,
        };
        let values = self.kinds.iter().map(|kind| Value {
            word: kind.tag.clone(),
            name: kind.variant(),
            doc: kind.doc.clone(),
        });
        Some(Words::of_tags(name, self.doc.clone(), values.collect()))
    }
}

impl Kind {
    /// The name in Rust and Kotlin.
    pub(crate) fn variant(&self) -> String {
        pascal(&self.tag)
    }

    pub(crate) fn python_name(&self) -> String {
        self.python_name.clone().unwrap_or_else(|| self.variant())
    }
}

impl Member {
    fn read(name: String, mut table: Taken) -> Result<Member> {
        let at = table.at().to_owned();
        let member = Member {
            of: of(&table.text("type")?).ok_or_else(|| format!("{at}: there is no such type"))?,
            optional: table.flag("optional")?,
            list: table.flag("list")?,
            default: table.optional_text("default")?,
            hidden: table.flag("hidden")?,
            beside: table.optional_text("beside")?,
            doc: table.text("doc")?,
            inherited: false,
            name,
        };
        table.end()?;
        Ok(member)
    }

    /// Whether the core takes the event without it.
    pub(crate) fn can_be_left_out(&self) -> bool {
        self.optional || self.default.is_some() || self.of == Type::Flag
    }
}

fn members(table: Taken) -> Result<Vec<Member>> {
    table.into_tables()?.into_iter().map(|(name, table)| Member::read(name, table)).collect()
}

fn of(name: &str) -> Option<Type> {
    Some(match name {
        "text" => Type::Text,
        "flag" => Type::Flag,
        "count" => Type::Count,
        "number" => Type::Number,
        "units" => Type::Units,
        "instant" => Type::Instant,
        "duration" => Type::Duration,
        "amount" => Type::Amount,
        "message" => Type::Message,
        "object" => Type::Object,
        _ => match name.split_once(' ') {
            Some(("word", word)) => Type::Word(word.to_owned()),
            Some(("words", words)) => Type::Words(words.split(' ').map(str::to_owned).collect()),
            Some(("outcome", outcome)) => Type::Outcome(outcome.to_owned()),
            Some(_) => return None,
            None => Type::Named(name.to_owned()),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARED: &str = "
        [Event]
        tag = 'type'
        read = true
        shared = true
        doc = 'x'
        [Event.kinds.begin]
        doc = 'x'
        [Event.kinds.reply]
        doc = 'x'
        [Event.kinds.reply.fields.send_id]
        type = 'count'
        doc = 'x'
    ";

    #[test]
    fn what_is_shared_is_inherited_and_added_to() -> Result<()> {
        let own = "
            [Own]
            like = 'Event'
            rust = 'Own'
            doc = 'x'
            [Own.kinds.reply.fields.stale]
            type = 'flag'
            doc = 'x'
            [Own.kinds.tick]
            doc = 'x'
        ";
        let read = DialectFile::read("x", &format!("{SHARED}{own}"))?;
        let union = read.unions.iter().find(|union| union.name == "Own").ok_or("no union")?;
        assert!(union.read && !union.shared && union.tag == "type");
        let kinds: Vec<_> = union.kinds.iter().map(|kind| (kind.tag.as_str(), kind.inherited)).collect();
        assert_eq!(kinds, [("begin", true), ("reply", true), ("tick", false)]);
        let members = union.kinds.iter().flat_map(|kind| &kind.members);
        let members: Vec<_> = members.map(|member| (member.name.as_str(), member.inherited)).collect();
        assert_eq!(members, [("send_id", true), ("stale", false)]);
        Ok(())
    }

    #[test]
    fn a_slip_is_named() {
        let slip = |text: &str| DialectFile::read("x", &format!("{SHARED}{text}")).err().unwrap_or_default();
        let own = "[Own]\nlike = 'Event'\nrust = 'Own'\ndoc = 'x'\n";
        assert_eq!(slip(own), "");
        assert_eq!(
            slip(&own.replace("'Event'", "'Events'")),
            "dialect/x.toml: Own: nothing shared above is Events"
        );
        assert_eq!(
            slip(&own.replace("rust = 'Own'\n", "")),
            "dialect/x.toml: Own: either `shared`, or `rust`"
        );
        let kind = "[Own.kinds.reply.fields.at]\ntype = 'a time'\ndoc = 'x'\n";
        assert!(slip(&format!("{own}{kind}")).ends_with("at: there is no such type"));
        let changed = "[Own.kinds.reply]\ndoc = 'y'\n";
        assert!(slip(&format!("{own}{changed}")).ends_with("`doc` means nothing here"));
    }
}
