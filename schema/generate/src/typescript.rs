//! The Node.js package's part: declarations of messages, words and the policy, and the table of error codes.

mod dialect;

use std::fmt::Write as _;

use crate::Output;
use crate::names::camel;
use crate::prose::{Language, Prose, wrapped};
use crate::python::presets;
use crate::schema::{Field, Kind, Message, Schema, Use, Words};

const FOLDER: &str = "bindings-node";

pub(crate) fn outputs(schema: &Schema) -> Vec<Output> {
    let prose = Prose::new(schema, Language::TypeScript);
    let mut outputs = vec![models(schema, &prose), words(schema, &prose), errors(schema)];
    outputs.extend(dialect::outputs(schema, &prose));
    outputs
}

fn file(name: &str, text: String) -> Output {
    Output { path: format!("{FOLDER}/{name}"), text }
}

fn head(source: &str) -> String {
    format!("// Generated from {source} by `make generate`; do not edit.\n")
}

fn comment(text: &str, indent: &str) -> String {
    let lines = wrapped(text, &format!("{indent} * "), 118);
    match lines.as_slice() {
        [line] if line.len() < 112 => {
            format!("{indent}/** {} */\n", line.trim_start_matches(&format!("{indent} * ")))
        }
        _ => {
            let lines: String = lines.iter().map(|line| format!("{}\n", line.trim_end())).collect();
            format!("{indent}/**\n{lines}{indent} */\n")
        }
    }
}

/// A union of texts, over several lines where it is long.
fn union(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let line = quoted.join(" | ");
    if line.len() <= 90 {
        return line;
    }
    quoted.iter().map(|word| format!("\n  | {word}")).collect()
}

fn words(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut out = head("schema/words, schema/policy.toml and schema/errors.toml");
    for words in schema.library_words().filter(|words| words.is_in("typescript")) {
        one_union(&mut out, words, prose);
    }
    out.push('\n');
    out.push_str(&comment(
        "The machine's numbers: a preset, and what replaces its members. Times are milliseconds.",
        "",
    ));
    out.push_str(
        "export interface Policy {\n  /** The merchant's protocol unless given. */\n  preset?: Protocol\n",
    );
    for number in &schema.policy {
        out.push_str(&comment(&format!("{} {}", prose.text(&number.doc), presets(number)), "  "));
        let kind = match number.kind.as_str() {
            "time" | "count" => "number",
            "flag" => "boolean",
            "cancel_window" => "number | 'next_day'",
            other => other,
        };
        let _ = writeln!(out, "  {}?: {kind}", camel(&number.name));
    }
    out.push_str("}\n\n/** The codes of errors. */\nexport type ErrorCode =");
    for error in &schema.errors {
        let _ = write!(out, "\n  | '{}'", error.code);
    }
    out.push('\n');
    file("words.d.cts", out)
}

fn one_union(out: &mut String, words: &Words, prose: &Prose<'_>) {
    let list: Vec<&str> = words.values.iter().map(|value| value.word.as_str()).collect();
    let _ = write!(out, "\n{}", comment(&prose.words(words), ""));
    let union = union(&list);
    let space = if union.starts_with('\n') { "" } else { " " };
    let _ = writeln!(out, "export type {} ={space}{union}", words.name);
}

fn models(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut out = head("schema/messages");
    out.push_str(
        "//\n// The requests and responses of the payment APIs under the names of the documents. What is required in which\n\
         // protocol, the lengths and the forms are checked when a request is used; an error names the member.\n\
         import type { Amount, PaymentCode } from './index.cjs'\nimport type { Scenario } from './words.cjs'\n\n\
         /** An amount to be sent: minor units as text or bigint. A `number` is refused. */\n\
         export type AmountInput = Amount | { currency: string; value: string | bigint }\n\n\
         /** An amount as a message states it: minor units as text. */\nexport interface StatedAmount {\n  \
         currency?: string\n  value?: string\n}\n",
    );
    for words in schema.message_words() {
        one_union(&mut out, words, prose);
    }
    for message in schema.all_messages() {
        interface(&mut out, schema, message, prose);
    }
    file("models.d.cts", out)
}

fn interface(out: &mut String, schema: &Schema, message: &Message, prose: &Prose<'_>) {
    let _ = write!(out, "\n{}", comment(&prose.text(&message.doc), ""));
    let _ = writeln!(out, "export interface {} {{", message.other_name());
    for field in &message.fields {
        out.push_str(&comment(&prose.field(field, message.used), "  "));
        let _ = writeln!(out, "  {}?: {}", field.json, kind(schema, field, message.used));
    }
    out.push_str(match message.used {
        Use::Request => {
            "  /** Members that are not declared here; they are sent beside the others, as they are. */\n  \
             extra?: Readonly<Record<string, unknown>>\n}\n"
        }
        Use::Response => {
            "  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */\n  \
             extra?: Readonly<Record<string, unknown>>\n}\n"
        }
    });
}

/// What a caller may write into a request; whatever is read back from a response is text.
fn kind(schema: &Schema, field: &Field, used: Use) -> String {
    let request = used == Use::Request;
    let one = match &field.kind {
        Kind::Text | Kind::Currency | Kind::PaymentRequestId | Kind::Decimal => "string".to_owned(),
        Kind::Flag if request => "boolean | 'true' | 'false'".to_owned(),
        Kind::Integer if request => "number | bigint | string".to_owned(),
        Kind::Time if request => "string | Date".to_owned(),
        Kind::Amount if request => "AmountInput".to_owned(),
        Kind::PaymentCode if request => "PaymentCode | string".to_owned(),
        Kind::Amount | Kind::StatedAmount => "StatedAmount".to_owned(),
        Kind::Flag | Kind::Integer | Kind::Time | Kind::PaymentCode => "string".to_owned(),
        Kind::PaymentResult => "ApiResult".to_owned(),
        Kind::ExtendInfo => "ExtendMembers | string".to_owned(),
        Kind::Word(name) if request => name.clone(),
        Kind::Word(name) => format!("{name} | (string & {{}})"),
        Kind::Message(name) => schema.message(name).map_or(name.as_str(), Message::other_name).to_owned(),
    };
    if field.list { format!("Array<{one}>") } else { one }
}

fn errors(schema: &Schema) -> Output {
    let mut out = format!("'use strict'\n{}\n", head("schema/errors.toml"));
    out.push_str("/** Every error code, in the order of the catalogue. */\nmodule.exports = [\n");
    for error in &schema.errors {
        let _ = writeln!(
            out,
            "  {{\n    code: '{}',\n    category: '{}',\n    retryable: {},\n    mayHaveCharged: '{}',\n    hint: {:?},\n  }},",
            error.code, error.category, error.retryable, error.may_have_charged, error.hint
        );
    }
    out.push_str("]\n");
    file("lib/error-codes.cjs", out)
}
