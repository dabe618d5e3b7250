//! Events and actions as dataclasses, and the entries of a timeline.

use std::fmt::Write as _;

use super::{comment, docstring, file, head};
use crate::Output;
use crate::names::constant;
use crate::prose::{Prose, added, continued};
use crate::schema::{DialectKind, Member, Record, Schema, Type, Union};

pub(super) fn output(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut body = String::new();
    let unions: Vec<&Union> =
        schema.unions().filter(|union| !union.is_outcome() && union.words_name().is_none()).collect();
    for shared in unions.iter().filter(|union| union.shared) {
        for kind in &shared.kinds {
            // What only some take is a member of the one class.
            let more = unions
                .iter()
                .filter(|union| union.like.as_ref() == Some(&shared.name))
                .flat_map(|union| &union.kinds)
                .filter(|own| own.tag == kind.tag)
                .flat_map(|own| own.members.iter().filter(|member| !member.inherited));
            let members: Vec<&Member> = shared.common.iter().chain(&kind.members).chain(more).collect();
            one_class(&mut body, schema, kind, &members, prose);
        }
    }
    for union in unions.iter().filter(|union| !union.shared) {
        for kind in union.kinds.iter().filter(|kind| !kind.inherited) {
            let members: Vec<&Member> = union.common.iter().chain(&kind.members).collect();
            one_class(&mut body, schema, kind, &members, prose);
        }
    }
    body.push_str("\n\n");
    for union in unions.iter().filter(|union| !union.shared) {
        names(&mut body, union, prose);
    }
    let told: Vec<&str> =
        schema.told().flat_map(|(_, told)| &told.records).map(|record| record.name.as_str()).collect();
    for record in schema.records().filter(|record| !told.contains(&record.name.as_str())) {
        if let Some(member) = record.members.iter().find(|member| matches!(&member.of, Type::Named(_))) {
            entry(&mut body, schema, record, member, prose);
        }
    }
    // One that is alone inside a record is told apart there.
    let inside = |union: &Union| {
        schema
            .dialect_members()
            .any(|member| !member.list && matches!(&member.of, Type::Named(name) if *name == union.name))
    };
    let plain = |union: &&Union| union.words_name().is_some() && !union.flat && !inside(union);
    for union in schema.whole_unions().filter(plain) {
        dicts(&mut body, union, prose);
    }
    let mut out = head(
        "Events, actions and the entries of a timeline: one form as JSON, the same in every language.",
        "schema/dialect",
    );
    out.push_str(
        "from collections.abc import Mapping\nfrom dataclasses import dataclass, field\nfrom typing import Any, ClassVar, Literal, TypedDict\n\n\
         from ._value import Tagged, read_by, written_as\nfrom ._words import ",
    );
    out.push_str(&used_words(schema, &body));
    out.push_str(&body);
    file("_dialect.py", out)
}

/// The words that are named in a module, as the end of the import of them.
pub(super) fn used_words(schema: &Schema, body: &str) -> String {
    let named = |name: &str| {
        [": ", "(", "| ", "["].iter().any(|before| {
            body.match_indices(&format!("{before}{name}")).any(|(at, found)| {
                !body.get(at + found.len()..).unwrap_or_default().starts_with(char::is_alphanumeric)
            })
        })
    };
    let mut used: Vec<&str> =
        schema.library_words().map(|words| words.name.as_str()).filter(|name| named(name)).collect();
    used.sort_unstable();
    let line = used.join(", ");
    if line.len() < 90 {
        return format!("{line}\n");
    }
    let lines: String = used.iter().map(|name| format!("    {name},\n")).collect();
    format!("(\n{lines})\n")
}

fn one_class(out: &mut String, schema: &Schema, kind: &DialectKind, members: &[&Member], prose: &Prose<'_>) {
    let _ = writeln!(
        out,
        "\n\n@dataclass(frozen=True)\nclass {}(Tagged):\n{}\n    tag: ClassVar[str] = \"{}\"",
        kind.python_name(),
        docstring(&prose.text(&kind.doc), "    "),
        kind.tag
    );
    for member in members {
        out.push_str(&comment(&prose.text(&with_unit(member)), "    "));
        one_field(out, member);
        if let Type::Outcome(name) = &member.of
            && let Some(union) = schema.union(name)
        {
            beside(out, union, prose);
        }
    }
}

fn one_field(out: &mut String, member: &Member) {
    let name = &member.name;
    let hint = match &member.of {
        Type::Text | Type::Amount => "str",
        Type::Flag => "bool",
        Type::Count | Type::Number | Type::Units | Type::Instant | Type::Duration => "int",
        Type::Message => "Mapping[str, Any]",
        Type::Object => "dict[str, Any]",
        Type::Word(name) | Type::Outcome(name) | Type::Named(name) => name,
        // Only results have them.
        Type::Words(_) => "str",
    };
    let (hint, default) = match (&member.default, member.optional, &member.of) {
        (Some(word), ..) => (hint.to_owned(), Some(format!("\"{word}\""))),
        (None, true, _) => (format!("{hint} | None"), Some("None".to_owned())),
        (None, false, Type::Flag) => (hint.to_owned(), Some("False".to_owned())),
        _ => (hint.to_owned(), None),
    };
    let _ = match (&member.of, default) {
        (Type::Outcome(read), _) => {
            writeln!(out, "    {name}: {hint} = field(metadata=read_by({read}))")
        }
        (_, None) if member.hidden => writeln!(out, "    {name}: {hint} = field(repr=False)"),
        (_, None) => writeln!(out, "    {name}: {hint}"),
        (_, Some(default)) => writeln!(out, "    {name}: {hint} = {default}"),
    };
}

/// What stands beside an outcome.
pub(super) fn beside(out: &mut String, union: &Union, prose: &Prose<'_>) {
    for (kind, member) in union.beside() {
        out.push_str(&comment(
            &prose.text(&format!("For `{}`: {}", kind.tag, continued(&member.doc))),
            "    ",
        ));
        let hint = match &member.of {
            Type::Word(name) => name,
            _ => "str",
        };
        let name = member.beside.as_ref().unwrap_or(&member.name);
        let _ = writeln!(
            out,
            "    {name}: {hint} | None = field(default=None, metadata=written_as(\"{}\"))",
            member.name
        );
    }
}

/// Times are plain numbers here.
pub(super) fn with_unit(member: &Member) -> String {
    match member.of {
        Type::Instant => added(&member.doc, "in milliseconds since the epoch"),
        Type::Duration => added(&member.doc, "in milliseconds"),
        Type::Amount => added(&member.doc, "such as `19.99 USD`"),
        _ => member.doc.clone(),
    }
}

/// The type of a union, and its classes by their tags.
fn names(out: &mut String, union: &Union, prose: &Prose<'_>) {
    let classes: Vec<String> = union.kinds.iter().map(DialectKind::python_name).collect();
    let either = classes.join(" | ");
    out.push_str(&comment(&prose.text(&union.doc), ""));
    let _ = writeln!(out, "{} = {either}", union.name);
    let list = format!("{}S", constant(&union.name));
    if union.read {
        let _ = writeln!(out, "{list} = ({})\n", classes.join(", "));
    } else {
        let _ = writeln!(
            out,
            "{list}: dict[str, type[{either}]] = {{\n    kind.tag: kind for kind in ({})\n}}\n",
            classes.join(", ")
        );
    }
}

/// An entry: the tag of its event is a word, and its other members are a dict.
fn entry(out: &mut String, schema: &Schema, record: &Record, inside: &Member, prose: &Prose<'_>) {
    let Type::Named(name) = &inside.of else { return };
    let Some(union) = schema.union(name) else { return };
    let words = union.words_name().unwrap_or(name);
    let _ = writeln!(
        out,
        "\n@dataclass(frozen=True)\nclass {}:\n{}",
        record.name,
        docstring(&prose.text(&record.doc), "    ")
    );
    for member in record.members.iter().filter(|member| member.name != inside.name) {
        out.push_str(&comment(&prose.text(&with_unit(member)), "    "));
        one_field(out, member);
    }
    out.push_str(&comment(&prose.text(&inside.doc), "    "));
    let _ = writeln!(out, "    {}: {words}", inside.name);
    out.push_str(&comment(
        &format!("What it holds beside its name:\n\n{}", details(schema, union, "``")),
        "    ",
    ));
    out.push_str("    details: dict[str, Any] = field(default_factory=dict)\n");
    let mut written: Vec<String> = Vec::new();
    let mut read: Vec<String> = Vec::new();
    for member in record.members.iter() {
        let name = &member.name;
        if *name == inside.name {
            written.push(format!("\"{name}\": {{\"{}\": self.{name}, **self.details}}", union.tag));
            read.push(format!("{name}=details.pop(\"{}\")", union.tag));
        } else {
            written.push(format!("\"{name}\": self.{name}"));
            read.push(format!("{name}=data[\"{name}\"]"));
        }
    }
    let _ = writeln!(
        out,
        "\n    @property\n    def operation(self) -> str | None:\n        \"\"\"The operation it is about, where it is about one.\"\"\"\n        \
         return self.details.get(\"operation\")\n\n    \
         def to_dict(self) -> dict[str, Any]:\n        \"\"\"The same as a dict of plain values, which JSON can hold.\"\"\"\n        \
         return {{{}}}\n\n    @classmethod\n    def from_dict(cls, data: Mapping[str, Any]) -> {}:\n        \
         \"\"\"Reads what to_dict wrote.\"\"\"\n        details = dict(data[\"{}\"])\n        return cls({}, details=details)",
        written.join(", "),
        record.name,
        inside.name,
        read.join(", ")
    );
}

/// The kinds as typed dicts: what they hold is plain.
fn dicts(out: &mut String, union: &Union, prose: &Prose<'_>) {
    for kind in &union.kinds {
        let _ = writeln!(
            out,
            "\n\nclass {}(TypedDict):\n{}\n    {}: Literal[\"{}\"]",
            kind.python_name(),
            docstring(&prose.text(&kind.doc), "    "),
            union.tag,
            kind.tag
        );
        for member in union.common.iter().chain(&kind.members) {
            out.push_str(&comment(&prose.text(&with_unit(member)), "    "));
            one_field(out, member);
        }
    }
    let classes: Vec<String> = union.kinds.iter().map(DialectKind::python_name).collect();
    out.push_str("\n\n");
    out.push_str(&comment(&prose.text(&union.doc), ""));
    let _ = writeln!(out, "{} = {}", union.name, classes.join(" | "));
}

/// The members of each kind, as a list; `quote` stands around a name.
pub(crate) fn details(schema: &Schema, union: &Union, quote: &str) -> String {
    let mut out = String::new();
    for kind in union.kinds.iter().filter(|kind| !kind.members.is_empty()) {
        let mut names: Vec<&str> = Vec::new();
        for member in &kind.members {
            names.push(&member.name);
            if let Type::Outcome(name) = &member.of {
                let outcome = schema.union(name);
                names.extend(
                    outcome.iter().flat_map(|union| union.beside()).map(|(_, member)| member.name.as_str()),
                );
            }
        }
        let names: Vec<String> = names.iter().map(|name| format!("{quote}{name}{quote}")).collect();
        let _ = writeln!(out, "- {quote}{}{quote}: {}", kind.tag, names.join(", "));
    }
    out
}
