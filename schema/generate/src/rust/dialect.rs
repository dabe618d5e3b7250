//! The dialect as tables, with which the core's tests compare what is really read and written.

use std::fmt::Write as _;

use super::head;
use crate::Output;
use crate::names::constant;
use crate::schema::{Member, Record, Schema, Type, Union};

pub(super) fn output(schema: &Schema) -> Output {
    let mut out = head("schema/dialect", "Every kind of the dialect and its members, for the tests.");
    out.push_str(
        "/// A member of an object.\n#[derive(Clone, Copy)]\npub(super) struct Member {\n    pub(super) name: &'static str,\n    \
         pub(super) of: Of,\n    /// Null, or left out of an event.\n    pub(super) optional: bool,\n}\n\n\
         /// What a member is.\n#[derive(Clone, Copy)]\npub(super) enum Of {\n    Text,\n    Flag,\n    Number,\n    Message,\n    Object,\n    Texts,\n    \
         Words(&'static [&'static str]),\n    Word(&'static [&'static str]),\n    Record(&'static [Member]),\n    Union(Union),\n    Records(&'static [Member]),\n    /// With the name of the tag.\n    Unions(&'static str, Union),\n}\n\n\
         /// The kinds of a union by their tags.\npub(super) type Union = &'static [(&'static str, &'static [Member])];\n",
    );
    for union in schema.whole_unions() {
        let _ = writeln!(out, "\npub(super) const {}: Union = &[", constant(&union.name));
        for kind in &union.kinds {
            let members = union.common.iter().chain(&kind.members);
            let rows: String = members.map(|member| rows(schema, union, member)).collect();
            let _ = writeln!(out, "(\"{}\", &[{rows}]),", kind.tag);
        }
        out.push_str("];\n");
    }
    for record in schema.records() {
        let rows: String = record.members.iter().map(|member| of_record(schema, record, member)).collect();
        let _ = writeln!(out, "\npub(super) const {}: &[Member] = &[{rows}];", constant(&record.name));
    }
    Output { path: "core/src/dialect/described.rs".to_owned(), text: out }
}

/// A member of a record. Beside an outcome stands whether there is none yet.
fn of_record(schema: &Schema, record: &Record, member: &Member) -> String {
    let Type::Outcome(name) = &member.of else { return row(schema, &[], member, member.optional) };
    let mut out = outcome(schema, name, member);
    if record.well.is_some() {
        out.push_str("Member { name: \"in_progress\", of: Of::Flag, optional: false },");
    }
    out
}

/// A member, or those that stand in its place.
fn rows(schema: &Schema, union: &Union, member: &Member) -> String {
    let optional = member.optional || (union.read && member.can_be_left_out());
    let Type::Outcome(name) = &member.of else { return row(schema, &union.operations, member, optional) };
    outcome(schema, name, member)
}

fn outcome(schema: &Schema, name: &str, member: &Member) -> String {
    let Some(outcome) = schema.union(name) else { return String::new() };
    let mut out = format!(
        "Member {{ name: \"{}\", of: Of::Word(&[{}]), optional: {} }},",
        outcome.tag,
        quoted(outcome.kinds.iter().map(|kind| kind.tag.as_str())),
        member.optional
    );
    for (_, member) in outcome.beside() {
        out.push_str(&row(schema, &[], member, true));
    }
    out
}

fn row(schema: &Schema, operations: &[String], member: &Member, optional: bool) -> String {
    let of = match &member.of {
        Type::Text if member.list => "Of::Texts".to_owned(),
        Type::Text | Type::Amount => "Of::Text".to_owned(),
        Type::Flag => "Of::Flag".to_owned(),
        Type::Count | Type::Number | Type::Units | Type::Instant | Type::Duration => "Of::Number".to_owned(),
        Type::Message => "Of::Message".to_owned(),
        Type::Object => "Of::Object".to_owned(),
        Type::Word(_) if member.name == "operation" && !operations.is_empty() => {
            format!("Of::Word(&[{}])", quoted(operations.iter().map(String::as_str)))
        }
        Type::Word(name) => {
            let values = schema.words_named(name).into_iter().flat_map(|words| &words.values);
            let of = if member.list { "Words" } else { "Word" };
            format!("Of::{of}(&[{}])", quoted(values.map(|value| value.word.as_str())))
        }
        Type::Words(names) => {
            let values =
                names.iter().filter_map(|name| schema.words_named(name)).flat_map(|words| &words.values);
            format!("Of::Word(&[{}])", quoted(values.map(|value| value.word.as_str())))
        }
        Type::Named(name) | Type::Outcome(name) => {
            let table = constant(name);
            match (schema.union(name), member.list) {
                (Some(_), false) => format!("Of::Union({table})"),
                (Some(union), true) => format!("Of::Unions(\"{}\", {table})", union.tag),
                (None, false) => format!("Of::Record({table})"),
                (None, true) => format!("Of::Records({table})"),
            }
        }
    };
    format!("Member {{ name: \"{}\", of: {of}, optional: {optional} }},", member.name)
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}
