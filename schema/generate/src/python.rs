//! The Python package's part: models, words, the numbers of the policy, and the error codes.

pub(crate) mod dialect;
mod results;

use std::fmt::Write as _;

use crate::Output;
use crate::prose::{Language, Prose, wrapped};
use crate::schema::{Field, Kind, Message, Preset, Schema, Use, Words};

const FOLDER: &str = "bindings-python/python/alipay_instore";
const WIDTH: usize = 118;

pub(crate) fn outputs(schema: &Schema) -> Vec<Output> {
    let prose = Prose::new(schema, Language::Python);
    let mut outputs = vec![
        models(schema, &prose),
        words(schema, &prose),
        policy(schema, &prose),
        errors(schema),
        dialect::output(schema, &prose),
    ];
    outputs.extend(results::outputs(schema, &prose));
    outputs
}

fn file(name: &str, text: String) -> Output {
    Output { path: format!("{FOLDER}/{name}"), text }
}

/// The head of a module: its documentation, and where it comes from.
fn head(what: &str, source: &str) -> String {
    format!(
        "\"\"\"{what}\n\nGenerated from {source} by `make generate`; do not edit.\n\"\"\"\n\nfrom __future__ import annotations\n\n"
    )
}

fn docstring(text: &str, indent: &str) -> String {
    let lines = wrapped(text, indent, WIDTH);
    let text = lines.join("\n");
    let text = text.trim_start();
    if lines.len() == 1 {
        format!("{indent}\"\"\"{text}\"\"\"\n")
    } else {
        format!("{indent}\"\"\"{text}\n{indent}\"\"\"\n")
    }
}

/// A comment that tools for documentation read.
fn comment(text: &str, indent: &str) -> String {
    wrapped(text, &format!("{indent}#: "), WIDTH)
        .iter()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

fn literal(name: &str, words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let line = format!("{name} = Literal[{}]\n", quoted.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let lines: String = quoted.iter().map(|word| format!("    {word},\n")).collect();
    format!("{name} = Literal[\n{lines}]\n")
}

fn words(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut out = head(
        "The words of messages, events, actions and results, as types.",
        "schema/words and schema/messages",
    );
    out.push_str("from enum import Enum\nfrom typing import Literal\n");
    for words in schema.library_words().chain(schema.message_words()).filter(|words| words.is_in("python")) {
        out.push('\n');
        if words.rust_by_hand && words.name.ends_with("Outcome") {
            outcome(&mut out, words, prose);
        } else {
            out.push_str(&comment(&prose.words(words), ""));
            let list: Vec<&str> = words.values.iter().map(|value| value.word.as_str()).collect();
            out.push_str(&literal(&words.name, &list));
        }
    }
    file("_words.py", out)
}

/// What is compared by name, too.
fn outcome(out: &mut String, words: &Words, prose: &Prose<'_>) {
    let text = format!("{} Compares equal to its word.", prose.text(&words.doc));
    let _ = writeln!(out, "\nclass {}(str, Enum):\n{}", words.name, docstring(&text, "    "));
    for value in &words.values {
        let _ = writeln!(out, "    {} = \"{}\"", crate::names::constant(&value.word), value.word);
        out.push_str(&docstring(&prose.text(&value.doc), "    "));
    }
    out.push_str("\n    __str__ = str.__str__\n\n");
}

fn models(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut out = head(
        "The requests and responses of the payment APIs, under the names of the documents.\n\n\
         What is required in which protocol, the lengths and the forms are checked when a request is used.",
        "schema/messages",
    );
    out.push_str(
        "from dataclasses import dataclass, field\nfrom datetime import datetime\nfrom decimal import Decimal\n\
         from typing import Any\n\nfrom ._amount import Amount\nfrom ._model import Model, meta\nfrom ._native import PaymentCode\n",
    );
    let mut used: Vec<&str> = schema
        .all_messages()
        .flat_map(|message| &message.fields)
        .filter_map(|field| match &field.kind {
            Kind::Word(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    used.sort_unstable();
    used.dedup();
    out.push_str("from ._words import (\n");
    used.iter().for_each(|name| out.push_str(&format!("    {name},\n")));
    out.push_str(")\n\n__all__ = [\n");
    let mut names: Vec<&str> = schema.all_messages().map(|message| message.name.as_str()).collect();
    names.extend(schema.message_words().map(|words| words.name.as_str()));
    names.push("Model");
    names.sort_unstable();
    names.iter().for_each(|name| out.push_str(&format!("    \"{name}\",\n")));
    out.push_str("]\n");
    for message in ordered(schema) {
        model(&mut out, message, prose);
    }
    file("models.py", out)
}

/// A class stands below those that it names.
fn ordered(schema: &Schema) -> Vec<&Message> {
    fn visit<'a>(schema: &'a Schema, message: &'a Message, done: &mut Vec<&'a Message>) {
        if done.iter().any(|found| found.name == message.name) {
            return;
        }
        for inside in message.fields.iter().filter_map(Field::inside).filter_map(|name| schema.message(name))
        {
            visit(schema, inside, done);
        }
        done.push(message);
    }
    let mut done = Vec::new();
    schema.all_messages().for_each(|message| visit(schema, message, &mut done));
    done
}

fn model(out: &mut String, message: &Message, prose: &Prose<'_>) {
    let _ = writeln!(
        out,
        "\n\n@dataclass(kw_only=True, repr=False)\nclass {}(Model):\n{}",
        message.name,
        docstring(&prose.text(&message.doc), "    ")
    );
    for field in &message.fields {
        let hint = hint(field, message.used);
        let default = if field.list { "default_factory=list" } else { "default=None" };
        let meta = meta(field);
        let line = format!("    {}: {hint} = field({default}, metadata=meta({meta}))\n", field.snake());
        if line.len() <= WIDTH {
            out.push_str(&line);
        } else {
            let _ = writeln!(
                out,
                "    {}: {hint} = field(\n        {default}, metadata=meta({meta})\n    )",
                field.snake()
            );
        }
        out.push_str(&docstring(&prose.field(field, message.used), "    "));
    }
    out.push_str("    extra: dict[str, Any] = field(default_factory=dict)\n");
    out.push_str(&docstring(
        "Members that are not declared here, and declared ones of another kind; written back as they are.",
        "    ",
    ));
}

fn hint(field: &Field, used: Use) -> String {
    let one = match &field.kind {
        Kind::Text | Kind::Currency | Kind::PaymentRequestId => "str".to_owned(),
        Kind::Flag => "bool".to_owned(),
        Kind::Integer => "int".to_owned(),
        Kind::Decimal => "Decimal".to_owned(),
        Kind::Time if used == Use::Request => "str | datetime".to_owned(),
        Kind::Time => "str".to_owned(),
        Kind::Amount | Kind::StatedAmount => "Amount".to_owned(),
        Kind::PaymentCode => "PaymentCode | str".to_owned(),
        Kind::PaymentResult => "ApiResult".to_owned(),
        Kind::ExtendInfo => "ExtendMembers | str".to_owned(),
        Kind::Word(name) if used == Use::Request => name.clone(),
        // A word that the documents do not list stays readable.
        Kind::Word(name) => format!("{name} | str"),
        Kind::Message(name) => name.clone(),
    };
    if field.list { format!("list[{one}]") } else { format!("{one} | None") }
}

fn meta(field: &Field) -> String {
    let mut parts = vec![format!("\"{}\"", field.json)];
    match &field.kind {
        Kind::Flag => parts.push("\"flag\"".to_owned()),
        Kind::Integer => parts.push("\"integer\"".to_owned()),
        Kind::Decimal => parts.push("\"decimal\"".to_owned()),
        Kind::Amount | Kind::StatedAmount => parts.push("\"amount\"".to_owned()),
        Kind::PaymentCode => parts.push("\"code\"".to_owned()),
        _ => parts.extend(field.inside().map(str::to_owned)),
    }
    if field.list {
        parts.push("many=True".to_owned());
    }
    let plain = matches!(field.kind, Kind::Word(_) | Kind::Time | Kind::Currency | Kind::PaymentRequestId);
    if field.shown || plain {
        parts.push("shown=True".to_owned());
    }
    if let Some(alias) = &field.alias {
        parts.push(format!("alias=\"{alias}\""));
    }
    parts.join(", ")
}

fn policy(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut out = head("The numbers of a policy, by their names.", "schema/policy.toml");
    out.push_str(
        "from typing import Literal, TypedDict\n\nfrom ._words import RefundAfterCancelWindow\n\n\n",
    );
    out.push_str("class PolicyNumbers(TypedDict, total=False):\n");
    out.push_str(&docstring("What can be changed in a preset. Times are milliseconds.", "    "));
    for number in &schema.policy {
        let hint = match number.kind.as_str() {
            "time" | "count" => "int",
            "flag" => "bool",
            "cancel_window" => "int | Literal[\"next_day\"]",
            other => other,
        };
        let _ = writeln!(out, "\n    {}: {hint}", number.name);
        out.push_str(&docstring(&format!("{} {}", prose.text(&number.doc), presets(number)), "    "));
    }
    file("_policy.py", out)
}

/// What both presets hold, as a sentence.
pub(crate) fn presets(number: &crate::schema::Number) -> String {
    let shown = |preset: &Preset| match preset {
        Preset::Count(count) => count.to_string(),
        other => other.shown().to_owned(),
    };
    let (ams, plus) = (shown(&number.ams), shown(&number.alipay_plus));
    if ams == plus { format!("Preset: {ams}.") } else { format!("Preset: {ams} in AMS, {plus} in Alipay+.") }
}

fn errors(schema: &Schema) -> Output {
    let mut out = head(
        "Every error code: category, whether it is retryable, whether the customer may have been charged, hint.",
        "schema/errors.toml",
    );
    out.push_str("from ._words import MayHaveCharged\n\n#: By code, in the order of the catalogue.\n");
    out.push_str("ROWS: dict[str, tuple[str, bool, MayHaveCharged, str]] = {\n");
    for error in &schema.errors {
        let retryable = if error.retryable { "True" } else { "False" };
        let _ = writeln!(
            out,
            "    \"{}\": (\n        \"{}\",\n        {retryable},\n        \"{}\",\n        {:?},\n    ),",
            error.code, error.category, error.may_have_charged, error.hint
        );
    }
    out.push_str("}\n");
    file("_error_codes.py", out)
}
