//! Pages of the documentation: error codes, messages, and the public names of the four languages side by side.

mod dialect;

use std::fmt::Write as _;

use crate::Output;
use crate::names::pascal;
use crate::prose::{Language, Prose, required};
use crate::python::presets;
use crate::schema::{Field, Kind, Message, Schema, Use};

pub(crate) fn outputs(schema: &Schema) -> Vec<Output> {
    let prose = Prose::new(schema, Language::Markdown);
    vec![errors(schema), messages(schema, &prose), dialect::output(schema, &prose), names(schema, &prose)]
}

fn page(name: &str, text: String) -> Output {
    Output { path: format!("docs/{name}.md"), text }
}

fn head(title: &str, source: &str) -> String {
    format!("<!-- Generated from {source} by `make generate`; do not edit. -->\n\n# {title}\n\n")
}

/// A cell of a table: one line, whose bars do not end it.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn errors(schema: &Schema) -> Output {
    let mut out = head("Error codes", "schema/errors.toml");
    out.push_str(
        "Every error has a stable code, the same in every language. *Retry* says whether the same call can succeed later \
         without a change. *Charged* says whether the customer may have been charged when the code is seen, as far as the \
         code alone decides it: `never`, `maybe`, or `by_case`.\n",
    );
    let family = |code: &'_ str| code.split('.').next().unwrap_or_default().to_owned();
    let mut families: Vec<String> = Vec::new();
    for own in schema.errors.iter().map(|error| family(&error.code)) {
        if !families.contains(&own) {
            families.push(own);
        }
    }
    for own in families {
        let _ = write!(
            out,
            "\n## {own}\n\n| code | class | retry | charged | what to do |\n|---|---|---|---|---|\n"
        );
        for error in schema.errors.iter().filter(|error| family(&error.code) == own) {
            let _ = writeln!(
                out,
                "| `{}` | {} | {} | {} | {} |",
                error.code,
                error.category,
                if error.retryable { "yes" } else { "no" },
                error.may_have_charged,
                cell(&error.hint)
            );
        }
    }
    page("errors", out)
}

fn messages(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut out = head("Messages", "schema/messages");
    out.push_str(
        "The objects of requests and responses under the names of the documents. Every scalar is written as a JSON string. \
         Lengths are in characters; of a list they are elements. Members that are not listed stay readable in responses.\n",
    );
    for message in schema.all_messages() {
        let used = if message.used == Use::Request { "request" } else { "response" };
        let _ = write!(
            out,
            "\n## {}\n\n{} (Part of a {used}.)\n\n",
            message.name,
            cell(&prose.text(&message.doc))
        );
        out.push_str("| field | type | length | required | what it is |\n|---|---|---|---|---|\n");
        for field in &message.fields {
            let need = match (field.filled, field.need.is_empty()) {
                (_, true) => String::new(),
                (true, false) => format!("{} Filled in.", required(&field.need)),
                (false, false) => required(&field.need),
            };
            let need = need.trim_start_matches("Required.").trim_start_matches("Required ");
            let need =
                if need.is_empty() && !field.need.is_empty() { "always" } else { need.trim_end_matches('.') };
            let _ = writeln!(
                out,
                "| `{}` | {} | {} | {} | {} |",
                field.json,
                kind(field),
                field.max.map(|max| max.to_string()).unwrap_or_default(),
                need.trim(),
                cell(&prose.text(&field.doc))
            );
        }
    }
    out.push_str("\n## Words\n");
    for words in schema.message_words() {
        let _ = write!(out, "\n### {}\n\n{}\n\n", words.name, cell(&prose.text(&words.doc)));
        for value in &words.values {
            let _ = writeln!(out, "- `{}`: {}", value.word, cell(&prose.text(&value.doc)));
        }
    }
    page("messages", out)
}

fn kind(field: &Field) -> String {
    let one = match &field.kind {
        Kind::Text | Kind::PaymentRequestId => "text".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Integer => "whole number".to_owned(),
        Kind::Decimal => "decimal number".to_owned(),
        Kind::Time => "time".to_owned(),
        Kind::Amount | Kind::StatedAmount => "amount".to_owned(),
        Kind::Currency => "currency".to_owned(),
        Kind::PaymentCode => "payment code".to_owned(),
        Kind::PaymentResult => link("ApiResult"),
        Kind::ExtendInfo => format!("{} as JSON text", link("ExtendMembers")),
        // A closed word is described on the page of names.
        Kind::Word(name) if name == "Scenario" => "[Scenario](api.md#words)".to_owned(),
        Kind::Word(name) | Kind::Message(name) => link(name),
    };
    if field.list { format!("list of {one}") } else { one }
}

fn link(name: &str) -> String {
    format!("[{name}](#{})", name.to_ascii_lowercase())
}

fn names(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut out = head("The same names in four languages", "schema");
    out.push_str(
        "What the description in `schema/` knows: messages with their fields, events, actions and outcomes, words, the numbers of a policy, and the classes of \
         errors. Fields are in snake_case in Rust and Python, and as the documents write them in TypeScript and Kotlin.\n\n\
         ## Messages\n\n| Rust | Python | TypeScript | Kotlin |\n|---|---|---|---|\n",
    );
    for message in schema.all_messages() {
        let _ = writeln!(
            out,
            "| `{}` | `models.{}` | `{}` | `{}` |",
            rust_path(message),
            message.name,
            message.other_name(),
            message.kotlin_name()
        );
    }
    out.push_str(
        "\n## Fields whose names differ\n\n| Rust, Python | TypeScript, Kotlin, JSON |\n|---|---|\n",
    );
    let mut fields: Vec<&Field> = schema.all_messages().flat_map(|message| &message.fields).collect();
    fields.sort_by(|one, other| one.json.cmp(&other.json));
    fields.dedup_by(|one, other| one.json == other.json);
    for field in fields.into_iter().filter(|field| field.snake() != field.json) {
        let _ = writeln!(out, "| `{}` | `{}` |", field.snake(), field.json);
    }
    dialect::names(&mut out, schema);
    out.push_str("\n## Words\n\n| type | word | Rust | Kotlin | what it means |\n|---|---|---|---|---|\n");
    for words in schema.library_words() {
        for value in &words.values {
            let in_rust = if words.rust_by_hand { String::new() } else { format!("`{}`", value.name) };
            let in_kotlin =
                if words.is_in("kotlin") { format!("`{}`", value.constant()) } else { String::new() };
            let _ = writeln!(
                out,
                "| `{}` | `{}` | {in_rust} | {in_kotlin} | {} |",
                words.name,
                value.word,
                cell(&prose.text(&value.doc))
            );
        }
    }
    out.push_str("\nPython and TypeScript have the word itself, as a type.\n\n## Numbers of a policy\n\n");
    out.push_str("| Rust, Python, Kotlin | TypeScript | what it is |\n|---|---|---|\n");
    for number in &schema.policy {
        let _ = writeln!(
            out,
            "| `{}` | `{}` | {} {} |",
            number.name,
            crate::names::camel(&number.name),
            cell(&prose.text(&number.doc)),
            presets(number)
        );
    }
    out.push_str("\n## Classes of errors\n\n| family | Python | TypeScript | Kotlin |\n|---|---|---|---|\n");
    for value in schema.words_named("Category").map(|words| &words.values).into_iter().flatten() {
        let name = pascal(&value.word);
        // A KeyError is something else in Python.
        let python = if name == "Key" { "AlipayKeyError".to_owned() } else { format!("{name}Error") };
        let _ = writeln!(out, "| `{}` | `{python}` | `{name}Error` | `AlipayException.{name}` |", value.word);
    }
    page("api", out)
}

fn rust_path(message: &Message) -> String {
    if message.is_whole()
        || ["ApiResult", "PspCustomerInfo", "SettlementQuote", "Transaction"].contains(&message.name.as_str())
    {
        format!("api::{}", message.name)
    } else {
        format!("api::pay::{}", message.name)
    }
}
