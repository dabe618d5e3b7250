//! The PHP package's part: models, words, and the error codes. One file holds one class, as PSR-4 wants it.

mod dialect;
mod results;

use std::fmt::Write as _;

use crate::Output;
use crate::names::{camel, pascal, snake};
use crate::prose::{Language, Prose, wrapped};
use crate::schema::{Field, Kind, Message, Schema, Use, Words};

const FOLDER: &str = "bindings-php/php/src";
const WIDTH: usize = 118;

pub(crate) fn outputs(schema: &Schema) -> Vec<Output> {
    let prose = Prose::new(schema, Language::Php);
    let mut outputs: Vec<Output> =
        schema.all_messages().map(|message| model(schema, message, &prose)).collect();
    outputs.extend(schema.library_words().map(|list| words(list, "schema/words", &prose)));
    outputs.extend(schema.message_words().map(|list| words(list, "schema/messages", &prose)));
    outputs.push(errors(schema));
    outputs.extend(dialect::outputs(schema, &prose));
    outputs.extend(results::outputs(schema, &prose));
    outputs
}

/// A file of one class: where it comes from, its namespace and what it uses.
fn file(name: &str, source: &str, uses: &[String], text: &str) -> Output {
    let namespace = match name.rsplit_once('/') {
        Some((folder, _)) => format!("AlipayInstore\\{folder}"),
        None => "AlipayInstore".to_owned(),
    };
    let mut out = format!(
        "<?php\n\n// Generated from {source} by `make generate`; do not edit.\n\ndeclare(strict_types=1);\n\nnamespace {namespace};\n\n"
    );
    for used in uses {
        let _ = writeln!(out, "use {used};");
    }
    if !uses.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
    Output { path: format!("{FOLDER}/{name}.php"), text: out }
}

fn comment(text: &str, tags: &[String], indent: &str) -> String {
    let mut lines = wrapped(text, &format!("{indent} * "), WIDTH);
    if let ([line], []) = (lines.as_slice(), tags) {
        let one = format!("{indent}/** {} */\n", line.trim_start_matches(&format!("{indent} * ")));
        if one.len() <= WIDTH {
            return one;
        }
    }
    if !tags.is_empty() {
        lines.push(format!("{indent} *"));
        lines.extend(tags.iter().map(|tag| format!("{indent} * {tag}")));
    }
    let lines: String = lines.iter().map(|line| format!("{}\n", line.trim_end())).collect();
    format!("{indent}/**\n{lines}{indent} */\n")
}

/// `PaymentCode`, or a word as it stands, as the name of a case.
fn case_name(name: &str) -> String {
    let name = pascal(name);
    // A case can't be called as the keyword of a class's name is.
    if name == "Class" { format!("{name}_") } else { name }
}

fn words(words: &Words, source: &str, prose: &Prose<'_>) -> Output {
    let mut text = prose.text(&words.doc);
    if words.open {
        text.push_str(" A word that the documents do not list stays readable as a string.");
    }
    let mut out = comment(&text, &[], "");
    let _ = writeln!(out, "enum {}: string\n{{", words.name);
    for value in &words.values {
        out.push_str(&comment(&prose.text(&value.doc), &[], "    "));
        let _ = writeln!(out, "    case {} = '{}';", case_name(&value.name), value.word);
    }
    out.push_str("}\n");
    file(&format!("Enum/{}", words.name), source, &[], &out)
}

/// How a field is declared, documented, read and written.
struct Member {
    name: String,
    json: String,
    hint: String,
    /// The type of a list, for PHPDoc.
    listed: Option<String>,
    read: String,
    write: &'static str,
    doc: String,
}

fn member(schema: &Schema, message: &Message, field: &Field, prose: &Prose<'_>) -> Member {
    let json = &field.json;
    let alias = field.alias.as_ref().map(|alias| format!(", '{alias}'")).unwrap_or_default();
    let inside = field.inside().and_then(|name| schema.message(name)).map(|found| found.name.clone());
    let (one, read, write) = match (&field.kind, &inside) {
        (Kind::ExtendInfo, _) => {
            ("ExtendMembers|string".to_owned(), format!("extendInfo('{json}')"), "extendInfo")
        }
        (Kind::PaymentResult, _) => ("ApiResult".to_owned(), format!("result('{json}')"), "model"),
        (_, Some(name)) if field.list => {
            (name.clone(), format!("models('{json}', {name}::fromArray(...))"), "models")
        }
        (_, Some(name)) => (name.clone(), format!("model('{json}', {name}::fromArray(...))"), "model"),
        (Kind::Text, _) if field.list => ("string".to_owned(), format!("texts('{json}')"), "texts"),
        (Kind::Flag, _) => ("bool".to_owned(), format!("flag('{json}')"), "flag"),
        (Kind::Integer, _) => ("int".to_owned(), format!("integer('{json}')"), "integer"),
        (Kind::Amount | Kind::StatedAmount, _) => {
            ("Amount".to_owned(), format!("amount('{json}')"), "amount")
        }
        (Kind::PaymentCode, _) => ("PaymentCode|string".to_owned(), format!("code('{json}')"), "code"),
        (Kind::Word(name), _) if message.used == Use::Request => {
            (name.clone(), format!("choice('{json}', {name}::class)"), "word")
        }
        (Kind::Word(name), _) => (format!("{name}|string"), format!("word('{json}', {name}::class)"), "word"),
        (Kind::Time, _) if message.used == Use::Request => {
            ("\\DateTimeInterface|string".to_owned(), format!("text('{json}'{alias})"), "time")
        }
        _ => ("string".to_owned(), format!("text('{json}'{alias})"), "text"),
    };
    Member {
        name: camel(&snake(json)),
        json: json.clone(),
        hint: if field.list {
            "array".to_owned()
        } else if one.contains('|') {
            format!("{one}|null")
        } else {
            format!("?{one}")
        },
        listed: field.list.then(|| format!("list<{one}>")),
        read,
        write,
        doc: prose.field(field, message.used),
    }
}

/// What a model names of other namespaces.
fn uses(message: &Message) -> Vec<String> {
    let mut uses = Vec::new();
    for field in &message.fields {
        match &field.kind {
            Kind::Amount | Kind::StatedAmount => uses.push("AlipayInstore\\Amount".to_owned()),
            Kind::PaymentCode => uses.push("AlipayInstore\\PaymentCode".to_owned()),
            Kind::Word(name) => uses.push(format!("AlipayInstore\\Enum\\{name}")),
            _ => {}
        }
    }
    uses.sort_unstable();
    uses.dedup();
    uses
}

fn model(schema: &Schema, message: &Message, prose: &Prose<'_>) -> Output {
    let members: Vec<Member> =
        message.fields.iter().map(|field| member(schema, message, field, prose)).collect();
    let name = &message.name;
    let mut out = comment(&prose.text(&message.doc), &[], "");
    let _ = writeln!(out, "final class {name} extends Model\n{{");
    let mut tags: Vec<String> = members
        .iter()
        .filter_map(|member| member.listed.as_ref().map(|list| format!("@param {list} ${}", member.name)))
        .collect();
    tags.push("@param array<string, mixed> $extra".to_owned());
    out.push_str(&comment(
        "Every field can be left out here; what is required is checked when it is used.",
        &tags,
        "    ",
    ));
    out.push_str("    public function __construct(\n");
    for member in &members {
        out.push_str(&comment(&member.doc, &[], "        "));
        let default = if member.listed.is_some() { "[]" } else { "null" };
        let _ = writeln!(out, "        public readonly {} ${} = {default},", member.hint, member.name);
    }
    let extra =
        "Members that are not declared here, and declared ones of another kind; written back as they are.";
    out.push_str(&comment(extra, &[], "        "));
    out.push_str("        public readonly array $extra = [],\n    ) {\n    }\n\n");
    out.push_str(&comment(
        "Reads a JSON object leniently: scalars as text, number or boolean, null as absent.",
        &["@param array<array-key, mixed> $data".to_owned()],
        "    ",
    ));
    out.push_str("    public static function fromArray(array $data): self\n    {\n        $in = new Reader($data);\n\n        return new self(\n");
    for member in &members {
        let _ = writeln!(out, "            {}: $in->{},", member.name, member.read);
    }
    out.push_str("            extra: $in->rest(),\n        );\n    }\n\n");
    out.push_str("    public function toArray(): array\n    {\n        $out = new Writer();\n");
    for member in &members {
        let _ = writeln!(out, "        $out->{}('{}', $this->{});", member.write, member.json, member.name);
    }
    out.push_str(
        "\n        return $out->with($this->extra);\n    }\n\n    protected function shown(): array\n    {\n",
    );
    let shown: Vec<String> = message
        .fields
        .iter()
        .filter(|field| {
            field.shown
                || matches!(field.kind, Kind::Word(_) | Kind::Time | Kind::Currency | Kind::PaymentRequestId)
        })
        .map(|field| format!("'{}'", camel(&snake(&field.json))))
        .collect();
    let line = format!("        return [{}];\n", shown.join(", "));
    if line.len() <= WIDTH {
        out.push_str(&line);
    } else {
        let lines: String = shown.iter().map(|name| format!("            {name},\n")).collect();
        let _ = writeln!(out, "        return [\n{lines}        ];");
    }
    out.push_str("    }\n}\n");
    file(&format!("Model/{name}"), "schema/messages", &uses(message), &out)
}

/// A text as a PHP literal.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn errors(schema: &Schema) -> Output {
    let mut out = comment("Every error code. A code is stable: match on it, and not on a message.", &[], "");
    out.push_str("enum ErrorCode: string\n{\n");
    for error in &schema.errors {
        let _ = writeln!(out, "    case {} = '{}';", case_name(&error.code), error.code);
    }
    let match_of = |of: &dyn Fn(usize) -> String| -> String {
        schema
            .errors
            .iter()
            .enumerate()
            .map(|(place, error)| format!("            self::{} => {},\n", case_name(&error.code), of(place)))
            .collect()
    };
    let at = |place: usize| schema.errors.get(place);
    let category = |place: usize| {
        at(place).map(|error| format!("Category::{}", case_name(&error.category))).unwrap_or_default()
    };
    let charged = |place: usize| {
        at(place)
            .map(|error| format!("MayHaveCharged::{}", case_name(&error.may_have_charged)))
            .unwrap_or_default()
    };
    let hint = |place: usize| at(place).map(|error| literal(&error.hint)).unwrap_or_default();
    let retryable = |place: usize| at(place).is_some_and(|error| error.retryable).to_string();
    for (doc, name, kind, of) in [
        (
            "The family it belongs to, which decides the class of its exception.",
            "category",
            "Category",
            &category as &dyn Fn(usize) -> String,
        ),
        (
            "Whether the same call can succeed later, without a change by the caller.",
            "retryable",
            "bool",
            &retryable,
        ),
        (
            "Whether the customer may have been charged when it is seen, as far as the code alone decides it.",
            "mayHaveCharged",
            "MayHaveCharged",
            &charged,
        ),
        ("What to do about it.", "hint", "string", &hint),
    ] {
        let _ = write!(
            out,
            "\n{}    public function {name}(): {kind}\n    {{\n        return match ($this) {{\n{}        }};\n    }}\n",
            comment(doc, &[], "    "),
            match_of(of)
        );
    }
    out.push_str("}\n");
    let uses = ["AlipayInstore\\Enum\\Category".to_owned(), "AlipayInstore\\Enum\\MayHaveCharged".to_owned()];
    file("ErrorCode", "schema/errors.toml", &uses, &out)
}
