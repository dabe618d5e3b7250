//! Events, actions and the timeline as types, and the tables by which the package checks and renames their members.

use std::fmt::Write as _;

use super::{comment, file, head};
use crate::Output;
use crate::names::{camel, pascal};
use crate::prose::{Prose, added, continued};
use crate::schema::{DialectKind, Member, Schema, Type, Union};

pub(super) fn outputs(schema: &Schema, prose: &Prose<'_>) -> Vec<Output> {
    vec![types(schema, prose), tables(schema)]
}

fn types(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut body = String::new();
    ended(&mut body, schema, prose);
    for union in schema.unions().filter(|union| !union.is_outcome()) {
        if union.shared {
            shared(&mut body, union, prose);
        } else {
            one_union(&mut body, schema, union, prose);
        }
    }
    for record in schema.records() {
        body.push('\n');
        body.push_str(&comment(&prose.text(&record.doc), ""));
        let (open, close) = match record.outcome() {
            Some(outcome) => (format!("type {} = EndedOrNot<{outcome}> & {{", record.name), "}"),
            None => (format!("interface {} {{", record.name), "}"),
        };
        let _ = writeln!(body, "export {open}");
        members(&mut body, &record.members, false, "  ", prose);
        if let Some(well) = &record.well {
            let _ = writeln!(body, "  /** Whether `outcome` is `{well}`. */\n  {well}: boolean");
        }
        let _ = writeln!(body, "{close}");
    }
    let mut out = head("schema/dialect");
    out.push_str("import type { MessageBody, Time } from './index.cjs'\nimport type {\n");
    let mut used: Vec<&str> = schema
        .library_words()
        .map(|words| words.name.as_str())
        .filter(|name| {
            [": ", "<", " = ", "| "].iter().any(|before| {
                body.match_indices(&format!("{before}{name}")).any(|(at, found)| {
                    !body.get(at + found.len()..).unwrap_or_default().starts_with(char::is_alphanumeric)
                })
            })
        })
        .collect();
    used.sort_unstable();
    for line in crate::prose::wrapped(&used.join(", "), "  ", 100) {
        let _ = writeln!(out, "{},", line.trim_end_matches(','));
    }
    out.push_str("} from './words.cjs'\n");
    out.push_str(&body);
    file("dialect.d.cts", out)
}

/// How something ended: what belongs to the word stands beside it.
fn ended(out: &mut String, schema: &Schema, prose: &Prose<'_>) {
    let outcomes: Vec<&Union> = schema.unions().filter(|union| union.is_outcome()).collect();
    let Some(first) = outcomes.first() else { return };
    let _ = write!(
        out,
        "\n/** How something ended. */\nexport interface Ended<O extends string = {}> {{\n  outcome: O\n",
        first.name
    );
    for member in beside(schema) {
        let cases: Vec<String> = outcomes
            .iter()
            .flat_map(|union| union.beside().map(move |found| (union, found)))
            .filter(|(_, (_, found))| found.name == member.name)
            .map(|(union, (kind, found))| {
                format!("- `{}` of `{}`: {}", kind.tag, union.name, continued(&found.doc))
            })
            .collect();
        let text =
            format!("What belongs to some of the words; `null` with the others.\n\n{}", cases.join("\n"));
        out.push_str(&comment(&prose.text(&text), "  "));
        let _ = writeln!(
            out,
            "  {}: {} | null",
            camel(member.beside.as_ref().unwrap_or(&member.name)),
            type_of(member, false)
        );
    }
    out.push_str("}\n");
    let nulls: String = beside(schema)
        .iter()
        .map(|member| format!("; {}: null", camel(member.beside.as_ref().unwrap_or(&member.name))))
        .collect();
    let _ = writeln!(
        out,
        "\n/** It is in progress. */\nexport interface NotEnded {{ outcome: null{nulls} }}\n\n\
         /** How something ended, or that it is in progress. */\nexport type EndedOrNot<O extends string = {}> =\n  \
         | ({{ inProgress: false }} & Ended<O>)\n  | ({{ inProgress: true }} & NotEnded)",
        first.name
    );
}

/// What can stand beside an outcome, each once.
fn beside(schema: &Schema) -> Vec<&Member> {
    let mut found: Vec<&Member> = Vec::new();
    for (_, member) in schema.unions().filter(|union| union.is_outcome()).flat_map(Union::beside) {
        if found.iter().all(|known| known.name != member.name) {
            found.push(member);
        }
    }
    found
}

fn type_of(member: &Member, read: bool) -> String {
    let one = match &member.of {
        // A number can't hold them all, and JSON has no bigint.
        Type::Text | Type::Amount | Type::Units => "string",
        Type::Flag => "boolean",
        Type::Instant if read => "Time",
        Type::Count | Type::Number | Type::Instant | Type::Duration => "number",
        Type::Message => "MessageBody",
        Type::Object => "Record<string, unknown>",
        Type::Word(name) | Type::Outcome(name) | Type::Named(name) => name,
        Type::Words(names) => &names.join(" | "),
    };
    if member.list { format!("{one}[]") } else { one.to_owned() }
}

fn members(out: &mut String, members: &[Member], read: bool, indent: &str, prose: &Prose<'_>) {
    for member in members.iter().filter(|member| !matches!(member.of, Type::Outcome(_))) {
        let mut text = prose.text(&member.doc);
        match &member.of {
            Type::Instant if !read => text = added(&text, "in milliseconds since the epoch"),
            Type::Amount => text = added(&text, "as text such as `19.99 USD`"),
            Type::Duration => text = added(&text, "in milliseconds"),
            Type::Units => text = added(&text, "in minor units, as text: pass it to `BigInt` to calculate"),
            _ => {}
        }
        if let Some(word) = &member.default {
            let _ = write!(text, " `{word}` unless given.");
        }
        out.push_str(&comment(&text, indent));
        let mark = if read && member.can_be_left_out() { "?" } else { "" };
        let null = if !read && member.optional { " | null" } else { "" };
        let _ = writeln!(out, "{indent}{}{mark}: {}{null}", camel(&member.name), type_of(member, read));
    }
}

/// `ReplyEvent`, of `Event`.
fn shared_name(union: &str, kind: &DialectKind) -> String {
    format!("{}{union}", pascal(&kind.tag))
}

/// The kinds that several unions have, each as an interface.
fn shared(out: &mut String, union: &Union, prose: &Prose<'_>) {
    for kind in union.kinds.iter().filter(|kind| is_interface(union, kind)) {
        let _ = write!(
            out,
            "\n{}export interface {} {{\n  {}: '{}'\n",
            comment(&prose.text(&kind.doc), ""),
            shared_name(&union.name, kind),
            union.tag,
            kind.tag
        );
        members(out, &union.common, union.read, "  ", prose);
        members(out, &kind.members, union.read, "  ", prose);
        out.push_str("}\n");
    }
}

fn is_interface(union: &Union, kind: &DialectKind) -> bool {
    union.common.len() + kind.members.len() > 0
}

fn one_union(out: &mut String, schema: &Schema, union: &Union, prose: &Prose<'_>) {
    let _ = writeln!(out, "\n{}export type {} =", comment(&prose.text(&union.doc), ""), union.name);
    for kind in &union.kinds {
        let like = union.like.as_deref().and_then(|name| schema.union(name)).filter(|_| kind.inherited);
        match like.filter(|like| is_interface(like, kind)) {
            Some(like) => {
                let name = shared_name(&like.name, kind);
                let more: Vec<Member> =
                    kind.members.iter().filter(|member| !member.inherited).cloned().collect();
                let operations = !union.operations.is_empty()
                    && kind.members.iter().any(|member| member.name == "operation");
                if more.is_empty() && !operations {
                    let _ = writeln!(out, "  | {name}");
                    continue;
                }
                let _ = writeln!(out, "  | ({name} & {{");
                if operations {
                    let words: Vec<String> =
                        union.operations.iter().map(|word| format!("'{word}'")).collect();
                    let _ = writeln!(out, "      operation: {}", words.join(" | "));
                }
                members(out, &more, union.read, "      ", prose);
                out.push_str("    })\n");
            }
            None => inline(out, union, kind, prose),
        }
    }
}

fn inline(out: &mut String, union: &Union, kind: &DialectKind, prose: &Prose<'_>) {
    out.push_str(&comment(&prose.text(&kind.doc), "  "));
    let outcome = kind.members.iter().find_map(|member| match &member.of {
        Type::Outcome(name) => Some((name, member.optional)),
        _ => None,
    });
    let (open, close) = match outcome {
        Some((name, false)) => ("({", format!("}} & Ended<{name}>)")),
        Some((name, true)) => ("({", format!("}} & (Ended<{name}> | NotEnded))")),
        None => ("{", "}".to_owned()),
    };
    let all = [union.common.as_slice(), &kind.members].concat();
    if all.iter().all(|member| matches!(member.of, Type::Outcome(_))) {
        let _ = writeln!(out, "  | {open} {}: '{}' {close}", union.tag, kind.tag);
        return;
    }
    let _ = writeln!(out, "  | {open}\n      {}: '{}'", union.tag, kind.tag);
    members(out, &all, union.read, "      ", prose);
    let _ = writeln!(out, "    {close}");
}

fn tables(schema: &Schema) -> Output {
    let mut out = format!("'use strict'\n{}\n", head("schema/dialect"));
    out.push_str("/** The members of events beside their type, and what each is. */\nexports.EVENT = {\n");
    let mut seen: Vec<&str> = Vec::new();
    let read = schema.whole_unions().filter(|union| union.read);
    for member in read.flat_map(|union| union.kinds.iter().flat_map(|kind| &kind.members)) {
        if seen.contains(&member.name.as_str()) {
            continue;
        }
        seen.push(&member.name);
        let what = match &member.of {
            Type::Flag => "flag",
            Type::Count => "count",
            Type::Instant => "instant",
            Type::Message => "message",
            _ => "text",
        };
        let _ = writeln!(out, "  {}: '{what}',", camel(&member.name));
    }
    out.push_str("}\n\n/** What stands beside an outcome, and its name here. */\nexports.BESIDE = {\n");
    for member in beside(schema) {
        let own = member.beside.as_ref().unwrap_or(&member.name);
        let _ = writeln!(out, "  {}: '{}',", member.name, camel(own));
    }
    out.push_str("}\n");
    file("lib/dialect.cjs", out)
}
