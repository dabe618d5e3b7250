//! The page that tells a host in any language what events, actions, outcomes and entries are as JSON.

use std::fmt::Write as _;

use super::{cell, head, link, page};
use crate::Output;
use crate::prose::Prose;
use crate::schema::{DialectKind, Member, Schema, Type, Union};

pub(super) fn output(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut out = head("Events, actions, timeline, results", "schema/dialect");
    out.push_str(
        "What goes into the machines and comes out of them, and what calls tell, as JSON. Every language reads and writes this form: PHP as an array, \
         Python by `to_dict` and `from_dict`; TypeScript has the same members in camelCase. Instants are whole milliseconds since \
         the epoch, durations whole milliseconds.\n",
    );
    for described in &schema.dialect {
        for union in &described.unions {
            let _ = write!(out, "\n## {}\n\n{}\n", union.name, cell(&prose.text(&union.doc)));
            if union.is_outcome() {
                outcome(&mut out, union, prose);
            } else {
                one_union(&mut out, union, prose);
            }
        }
        for record in &described.records {
            let _ = write!(out, "\n## {}\n\n{}\n\n", record.name, cell(&prose.text(&record.doc)));
            table(&mut out, &record.members.iter().collect::<Vec<_>>(), false, prose);
        }
    }
    page("dialect", out)
}

/// Words by what they say.
fn tags<'a>(out: &mut String, tag: &str, kinds: impl Iterator<Item = &'a DialectKind>, prose: &Prose<'_>) {
    let mut kinds = kinds.peekable();
    if kinds.peek().is_some() {
        let _ = write!(out, "\n| `{tag}` | what it says |\n|---|---|\n");
    }
    for kind in kinds {
        let _ = writeln!(out, "| `{}` | {} |", kind.tag, cell(&prose.text(&kind.doc)));
    }
}

fn outcome(out: &mut String, union: &Union, prose: &Prose<'_>) {
    tags(out, &union.tag, union.kinds.iter(), prose);
    out.push_str(
        "\nBeside the word, and `null` where they say nothing:\n\n| member | with | type | what it is |\n|---|---|---|---|\n",
    );
    for (kind, member) in union.beside() {
        let _ = writeln!(
            out,
            "| `{}` | `{}` | {} | {} |",
            member.name,
            kind.tag,
            type_of(member),
            cell(&prose.text(&member.doc))
        );
    }
}

/// The kinds of a union; of those that it has in common with others only what it adds.
fn one_union(out: &mut String, union: &Union, prose: &Prose<'_>) {
    if let Some(like) = &union.like {
        let _ = write!(out, "\nIt has the kinds of {}", link(like));
        let more = union.kinds.iter().any(|kind| kind.members.iter().any(|member| !member.inherited));
        let more = more || union.kinds.iter().any(|kind| !kind.inherited);
        out.push_str(if more { ", and what follows.\n" } else { ".\n" });
        if !union.operations.is_empty() {
            let list: Vec<String> = union.operations.iter().map(|word| format!("`{word}`")).collect();
            let _ = writeln!(out, "The operations it sends are {}.", list.join(", "));
        }
    }
    let plain = |kind: &DialectKind| union.common.len() + kind.members.len() == 0;
    let own = union.kinds.iter().filter(|kind| !kind.inherited);
    tags(out, &union.tag, own.filter(|kind| plain(kind)), prose);
    for kind in union.kinds.iter().filter(|kind| !plain(kind)) {
        if kind.inherited {
            let more: Vec<&Member> = kind.members.iter().filter(|member| !member.inherited).collect();
            if !more.is_empty() {
                let _ = write!(out, "\n**`{}`** has more members:\n\n", kind.tag);
                table(out, &more, union.read, prose);
            }
            continue;
        }
        let _ = write!(out, "\n**`{}`**: {}\n\n", kind.tag, cell(&prose.text(&kind.doc)));
        let members: Vec<&Member> = union.common.iter().chain(&kind.members).collect();
        table(out, &members, union.read, prose);
    }
}

fn table(out: &mut String, members: &[&Member], read: bool, prose: &Prose<'_>) {
    out.push_str("| member | type | without it | what it is |\n|---|---|---|---|\n");
    for member in members {
        let without = match (&member.default, &member.of) {
            (Some(word), _) => format!("`{word}`"),
            (None, Type::Flag) if read => "`false`".to_owned(),
            _ if member.optional => "`null`".to_owned(),
            _ => String::new(),
        };
        let log = if member.hidden { " Keep it out of logs." } else { "" };
        let _ = writeln!(
            out,
            "| `{}` | {} | {without} | {}{log} |",
            member.name,
            type_of(member),
            cell(&prose.text(&member.doc))
        );
    }
}

fn type_of(member: &Member) -> String {
    if member.list {
        return format!("list of {}", one_type(member));
    }
    one_type(member)
}

fn one_type(member: &Member) -> String {
    match &member.of {
        Type::Text => "text".to_owned(),
        Type::Amount => "amount, such as `19.99 USD`".to_owned(),
        Type::Flag => "true or false".to_owned(),
        Type::Count | Type::Number => "whole number".to_owned(),
        Type::Units => "whole number of minor units".to_owned(),
        Type::Instant => "instant".to_owned(),
        Type::Duration => "duration".to_owned(),
        Type::Message => "JSON object, or its text".to_owned(),
        Type::Object => "JSON object".to_owned(),
        Type::Word(name) => format!("[{name}](api.md#words)"),
        Type::Words(names) => {
            let links: Vec<String> = names.iter().map(|name| format!("[{name}](api.md#words)")).collect();
            links.join(" or ")
        }
        Type::Outcome(name) => format!("{}, and what stands beside it", link(name)),
        Type::Named(name) => link(name),
    }
}

/// The names of every kind in each language.
pub(super) fn names(out: &mut String, schema: &Schema) {
    out.push_str("\n## Events, actions, outcomes, warnings\n\n");
    out.push_str(
        "PHP has the outcomes, the types of timeline events and the kinds of warnings as enums, and the rest as arrays. [Events, actions, timeline, results](dialect.md) \
         lists their members.\n\n| JSON | Rust | Python | TypeScript | Kotlin |\n|---|---|---|---|---|\n",
    );
    for union in schema.whole_unions() {
        let name = &union.name;
        for kind in &union.kinds {
            let (tag, variant) = (&kind.tag, kind.variant());
            let rust = union.rust.as_deref().unwrap_or(name);
            let python = if union.is_outcome() {
                format!("`{name}.{}`", crate::names::constant(tag))
            } else if union.words_name().is_some() {
                format!("`\"{tag}\"`")
            } else {
                format!("`{}`", kind.python_name())
            };
            let _ = writeln!(
                out,
                "| `{}: {tag}` | `{rust}::{variant}` | {python} | `'{tag}'` of `{name}` | `{name}.{variant}` |",
                union.tag
            );
        }
    }
}
