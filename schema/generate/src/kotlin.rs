//! The Kotlin library's part: models, words, and the table of error codes. Nothing of it knows UniFFI.

mod dialect;

use std::fmt::Write as _;

use crate::Output;
use crate::names::{constant, pascal};
use crate::prose::{Language, Prose, wrapped};
use crate::schema::{Field, Kind, Message, MessageFile, Schema, Words};

const FOLDER: &str = "bindings-kotlin/library/src/main/generated/alipay/instore";

pub(crate) fn outputs(schema: &Schema) -> Vec<Output> {
    let prose = Prose::new(schema, Language::Kotlin);
    let mut outputs: Vec<Output> = schema.messages.iter().map(|file| models(schema, file, &prose)).collect();
    outputs.push(words(schema, &prose));
    outputs.push(errors(schema));
    outputs.extend(dialect::outputs(schema, &prose));
    outputs
}

fn file(name: &str, text: String) -> Output {
    Output { path: format!("{FOLDER}/{name}.kt"), text }
}

fn head(source: &str, package: &str) -> String {
    format!("// Generated from {source} by `make generate`; do not edit.\n\npackage {package}\n\n")
}

fn comment(text: &str, indent: &str) -> String {
    let lines = wrapped(text, &format!("{indent} * "), 124);
    match lines.as_slice() {
        [line] if line.len() < 118 => {
            format!("{indent}/** {} */\n", line.trim_start_matches(&format!("{indent} * ")))
        }
        _ => {
            let lines: String = lines.iter().map(|line| format!("{}\n", line.trim_end())).collect();
            format!("{indent}/**\n{lines}{indent} */\n")
        }
    }
}

fn words(schema: &Schema, prose: &Prose<'_>) -> Output {
    let mut out = head("schema/words", "alipay.instore");
    let mut listed = schema.library_words().filter(|words| words.is_in("kotlin")).peekable();
    while let Some(words) = listed.next() {
        closed(&mut out, words, prose);
        if listed.peek().is_some() {
            out.push('\n');
        }
    }
    file("Words", out)
}

fn closed(out: &mut String, words: &Words, prose: &Prose<'_>) {
    let name = &words.name;
    out.push_str(&comment(&prose.text(&words.doc), ""));
    let _ = writeln!(
        out,
        "public enum class {name}(\n    /** The word, the same in every language. */\n    public val word: String,\n) {{"
    );
    for value in &words.values {
        out.push_str(&comment(&prose.text(&value.doc), "    "));
        let _ = writeln!(out, "    {}(\"{}\"),\n", value.constant(), value.word);
    }
    let (code, says) = match &words.unknown {
        Some((code, says)) => (code.as_str(), says.clone()),
        None => ("config.invalid", format!("there is no {} of this word", spoken(name))),
    };
    let _ = writeln!(
        out,
        "    ;\n\n    public companion object {{\n        /** The value of this word; any other is `{code}`. */\n        @JvmStatic\n        \
         public fun of(word: String): {name} = values().find {{ it.word == word }}\n            \
         ?: throw AlipayException.of(\"{code}\", \"{says}\", null, null)\n    }}\n}}"
    );
}

/// `AlertKind` as `alert kind`.
fn spoken(name: &str) -> String {
    crate::names::snake(name).replace('_', " ")
}

fn open(out: &mut String, words: &Words, prose: &Prose<'_>) {
    let name = &words.name;
    let text = format!("{} Another word is kept as it came.", prose.text(&words.doc));
    out.push_str(&comment(&text, ""));
    let _ = writeln!(
        out,
        "public class {name} private constructor(word: String) : OpenWord(word) {{\n    public companion object {{"
    );
    for value in &words.values {
        out.push_str(&comment(&prose.text(&value.doc), "        "));
        let constant = constant(&value.name);
        let _ = writeln!(
            out,
            "        @JvmField\n        public val {constant}: {name} = {name}(\"{}\")\n",
            value.word
        );
    }
    let list: Vec<String> = words.values.iter().map(|value| constant(&value.name)).collect();
    let _ = writeln!(
        out,
        "        /** The words of the documents. */\n        @JvmField\n        public val documented: List<{name}> = listOf({})\n\n        \
         /** The word; those of the documents are compared without regard to case. */\n        @JvmStatic\n        \
         public fun of(word: String): {name} =\n            \
         documented.find {{ it.word.equals(word, ignoreCase = true) }} ?: {name}(word)\n    }}\n}}\n",
        list.join(", ")
    );
}

fn models(schema: &Schema, messages: &MessageFile, prose: &Prose<'_>) -> Output {
    let mut body = String::new();
    for words in &messages.words {
        open(&mut body, words, prose);
    }
    for message in &messages.messages {
        model(&mut body, schema, message, prose);
    }
    let mut out = head(&format!("schema/messages/{}.toml", messages.name), "alipay.instore.model");
    let imports = [
        (": Amount?", "alipay.instore.Amount"),
        (": Scenario?", "alipay.instore.Scenario"),
        (": JsonObject)", "kotlinx.serialization.json.JsonObject"),
    ];
    let used: Vec<&str> =
        imports.iter().filter(|(mark, _)| body.contains(mark)).map(|(_, path)| *path).collect();
    for path in &used {
        let _ = writeln!(out, "import {path}");
    }
    if !used.is_empty() {
        out.push('\n');
    }
    out.push_str(body.trim_end());
    out.push('\n');
    file(&format!("model/{}", pascal(&messages.name)), out)
}

fn model(out: &mut String, schema: &Schema, message: &Message, prose: &Prose<'_>) {
    out.push_str(&comment(&prose.text(&message.doc), ""));
    let name = message.kotlin_name();
    match &message.kotlin_base {
        Some(base) => {
            let _ = writeln!(out, "public abstract class {base} internal constructor() : Model() {{");
        }
        None => {
            let _ = writeln!(out, "public class {name} : Model() {{");
        }
    }
    let mut first = true;
    for field in &message.fields {
        if !first {
            out.push('\n');
        }
        first = false;
        let mut text = prose.field(field, message.used);
        if field.kind == Kind::Time {
            text.push_str(" In milliseconds since the epoch.");
        }
        if let Some(alias) = &field.alias
            && !field.doc.contains(alias.as_str())
        {
            let _ = write!(text, " `{alias}` is read as well.");
        }
        out.push_str(&comment(&text, "    "));
        let (kind, by) = property(schema, field);
        let _ = writeln!(out, "    public var {}: {kind}? by {by}", property_name(field));
    }
    if message.is_whole() && message.kotlin_base.is_none() {
        let _ = writeln!(
            out,
            "\n    public companion object {{\n        \
             /** Reads it leniently: a member that is not of its documented kind can still be read from [toJson]. */\n        \
             @JvmStatic\n        public fun fromJson(json: JsonObject): {name} = {name}().also {{ it.read(json) }}\n\n        \
             /** The same from JSON text. */\n        @JvmStatic\n        \
             public fun fromJson(text: String): {name} = fromJson(parse(text))\n    }}"
        );
    }
    out.push_str("}\n\n");
}

/// The type of a property, and what it is delegated to.
fn property(schema: &Schema, field: &Field) -> (String, String) {
    let alias = field.alias.as_ref().map(|alias| format!("alias = \"{alias}\"")).unwrap_or_default();
    let json = (property_name(field) != field.json).then(|| format!("\"{}\"", field.json));
    let inside = field.inside().and_then(|name| schema.message(name)).map(Message::kotlin_name);
    match (&field.kind, inside) {
        (_, Some(name)) if field.list => (format!("List<{name}>"), format!("models(::{name})")),
        (_, Some(name)) => (name.to_owned(), format!("model(::{name})")),
        (Kind::Text, _) if field.list => ("List<String>".to_owned(), "texts()".to_owned()),
        (Kind::Flag, _) => ("Boolean".to_owned(), "flag()".to_owned()),
        (Kind::Integer, _) => ("Long".to_owned(), "integer()".to_owned()),
        (Kind::Time, _) => ("Long".to_owned(), format!("time({alias})")),
        (Kind::Amount | Kind::StatedAmount, _) => ("Amount".to_owned(), "amount()".to_owned()),
        (Kind::Word(name), _) => {
            if schema.words_named(name).is_some_and(|words| words.open) {
                (name.clone(), format!("word({name}::of)"))
            } else {
                (name.clone(), format!("choice({name}.values()) {{ it.word }}"))
            }
        }
        _ => {
            let arguments: Vec<String> =
                json.into_iter().chain((!alias.is_empty()).then_some(alias)).collect();
            ("String".to_owned(), format!("text({})", arguments.join(", ")))
        }
    }
}

/// The field's name in Kotlin's manner: `merchantMCC` as `merchantMcc`.
fn property_name(field: &Field) -> String {
    crate::names::camel(&crate::names::snake(&field.json))
}

fn errors(schema: &Schema) -> Output {
    let mut out = head("schema/errors.toml", "alipay.instore");
    out.push_str("/** Every error code, in the order of the catalogue. */\ninternal val ERROR_CODES: List<ErrorCode> = listOf(\n");
    for error in &schema.errors {
        let _ = writeln!(
            out,
            "    ErrorCode(\n        \"{}\",\n        \"{}\",\n        {},\n        MayHaveCharged.{},\n        {:?},\n    ),",
            error.code,
            error.category,
            error.retryable,
            constant(&error.may_have_charged),
            error.hint
        );
    }
    out.push_str(")\n");
    file("ErrorCodes", out)
}
