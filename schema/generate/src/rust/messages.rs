//! The messages: structs with setters, tables of their fields, and how they are read, written, checked and shown.

use std::fmt::Write as _;

use super::{doc, head};
use crate::Output;
use crate::prose::{Language, Prose};
use crate::schema::{Condition, Field, Kind, Message, MessageFile, Schema, Use, Words};

const FOLDER: &str = "core/src/api/generated";

/// What a file may have to import, by the name that says whether it does.
const IMPORTS: [(&str, &str); 25] = [
    ("Amount", "crate::amount::Amount"),
    ("PaymentRequestId", "crate::api::id::PaymentRequestId"),
    ("DecimalText", "crate::api::members::DecimalText"),
    ("StatedAmount", "crate::api::members::StatedAmount"),
    ("Case", "crate::api::model::Case"),
    ("Field", "crate::api::model::Field"),
    ("Form", "crate::api::model::Form"),
    ("Found", "crate::api::model::Found"),
    ("Kind", "crate::api::model::Kind"),
    ("Member", "crate::api::model::Member"),
    ("Names", "crate::api::model::Names"),
    ("Need", "crate::api::model::Need"),
    ("Path", "crate::api::model::Path"),
    ("Rule", "crate::api::model::Rule"),
    ("Shown", "crate::api::model::Shown"),
    ("Slot", "crate::api::model::Slot"),
    ("misplaced", "crate::api::model::misplaced"),
    ("misspelt", "crate::api::misspelt"),
    ("ExtendInfo", "crate::api::pay::ExtendInfo"),
    ("Scenario", "crate::api::pay::Scenario"),
    ("StatedResult", "crate::api::result::StatedResult"),
    ("Time", "crate::api::time::Time"),
    ("Currency", "crate::currency::Currency"),
    ("PaymentCode", "crate::payment_code::PaymentCode"),
    ("Error", "crate::error::Error"),
];

pub(super) fn outputs(schema: &Schema) -> Vec<Output> {
    let prose = Prose::new(schema, Language::Rust);
    let mut outputs: Vec<Output> =
        schema.messages.iter().map(|file| one_file(schema, file, &prose)).collect();
    let mut module =
        head("schema/messages", "The messages and their parts, one module for each file of the schema.");
    for file in &schema.messages {
        let _ = writeln!(module, "mod {};", file.name);
    }
    module.push('\n');
    for file in &schema.messages {
        let _ = writeln!(module, "pub use {}::{{{}}};", file.name, names(file).join(", "));
    }
    outputs.push(Output { path: format!("{FOLDER}/mod.rs"), text: module });
    outputs
}

fn names(file: &MessageFile) -> Vec<&str> {
    let words = file.words.iter().map(|words| words.name.as_str());
    words.chain(file.messages.iter().map(|message| message.name.as_str())).collect()
}

fn one_file(schema: &Schema, file: &MessageFile, prose: &Prose<'_>) -> Output {
    let mut body = String::new();
    for words in &file.words {
        open_words(&mut body, words, prose);
    }
    for message in &file.messages {
        one_message(&mut body, message, prose);
    }
    let mut out =
        head(&format!("schema/messages/{}.toml", file.name), "Messages and their parts, as plain structs.");
    let code: Vec<&str> = body.lines().filter(|line| !line.trim_start().starts_with("///")).collect();
    let code = code.join("\n");
    // A name after `::` is a variant or a constant of something else.
    let used = |name: &str| {
        code.match_indices(name).any(|(at, _)| {
            let part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '"';
            let before = code.get(..at).unwrap_or_default();
            let after = code.get(at + name.len()..).unwrap_or_default();
            !before.ends_with(part) && !before.ends_with("::") && !after.starts_with(part)
        })
    };
    out.push_str("use std::fmt;\n\n");
    for (name, path) in IMPORTS {
        if used(name) {
            let _ = writeln!(out, "use {path};");
        }
    }
    out.push_str("use crate::error::Result;\nuse crate::json::{Json, Object};\n");
    let own = names(file);
    for other in schema.messages.iter().flat_map(names) {
        if used(other) && !own.contains(&other) {
            let _ = writeln!(out, "use super::{other};");
        }
    }
    out.push('\n');
    out.push_str(&body);
    Output { path: format!("{FOLDER}/{}.rs", file.name), text: out }
}

fn open_words(out: &mut String, words: &Words, prose: &Prose<'_>) {
    let name = &words.name;
    let text = format!(
        "{}\n\nAnother word is kept as text, never mistaken for one of these. Words are compared without regard to case.",
        prose.text(&words.doc)
    );
    out.push_str(&doc(&text, ""));
    let _ =
        writeln!(out, "#[derive(Clone, Debug, PartialEq, Eq, Hash)]\n#[non_exhaustive]\npub enum {name} {{");
    for value in &words.values {
        out.push_str(&doc(&format!("{}\n\n`{}`", prose.text(&value.doc), value.word), "    "));
        let _ = writeln!(out, "    {},", value.name);
    }
    out.push_str("    /// A word that the documents do not list, as it came.\n    Other(String),\n}\n\n");
    let _ = writeln!(
        out,
        "impl {name} {{\n    /// The word as it is sent.\n    pub fn as_str(&self) -> &str {{\n        match self {{"
    );
    for value in &words.values {
        let _ = writeln!(out, "            {name}::{} => \"{}\",", value.name, value.word);
    }
    let _ = writeln!(
        out,
        "            {name}::Other(word) => word,\n        }}\n    }}\n}}\n\nimpl From<&str> for {name} {{\n    \
         fn from(word: &str) -> Self {{"
    );
    for value in &words.values {
        let _ = writeln!(
            out,
            "        if word.eq_ignore_ascii_case(\"{}\") {{\n            return {name}::{};\n        }}",
            value.word, value.name
        );
    }
    let listed: Vec<&str> = words.values.iter().map(|value| value.word.as_str()).collect();
    let _ = writeln!(
        out,
        "        {name}::Other(word.to_owned())\n    }}\n}}\n\nimpl Member for {name} {{\n    \
         fn read(json: Json) -> Result<Self, Json> {{\n        match json.scalar() {{\n            \
         Some(word) if !word.is_empty() => Ok(Self::from(word.as_ref())),\n            _ => Err(json),\n        }}\n    }}\n\n    \
         fn is_empty(&self) -> bool {{\n        self.as_str().is_empty()\n    }}\n\n    \
         fn write(&self) -> Json {{\n        self.as_str().into()\n    }}\n\n    \
         fn check(&self, _rule: &Rule, at: &Path<'_>, _case: Case) -> Result<()> {{\n        match self {{\n            \
         {name}::Other(_) => Err(at.invalid(\"must be one of: {}\")),\n            _ => Ok(()),\n        }}\n    }}\n\n    \
         fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {{\n        fmt::Debug::fmt(self, f)\n    }}\n}}\n",
        listed.join(" ")
    );
}

fn one_message(out: &mut String, message: &Message, prose: &Prose<'_>) {
    let name = &message.name;
    out.push_str(&doc(&prose.text(&message.doc), ""));
    out.push_str("#[derive(Clone, Default, PartialEq, Eq)]\n");
    // A request stays open to `..Default::default()`; a response is read.
    if message.used == Use::Response {
        out.push_str("#[non_exhaustive]\n");
    }
    let _ = writeln!(out, "pub struct {name} {{");
    for field in &message.fields {
        let text = format!("{}\n\nIn JSON `{}`.", prose.field(field, message.used), field.json);
        out.push_str(&doc(&text, "    "));
        let _ = writeln!(out, "    pub {}: {},", field.snake(), slot_type(field));
    }
    out.push_str(
        "    /// Members that are not declared here, and declared ones that were not of their documented kind.\n    \
         /// They are written back as they came.\n    pub extra: Object,\n}\n\n",
    );
    let _ = writeln!(
        out,
        "impl {name} {{\n    /// The declared fields.\n    pub const FIELDS: &'static [Field] = &["
    );
    for field in &message.fields {
        let _ = writeln!(out, "        {},", table_row(field));
    }
    out.push_str("    ];\n\n");
    for field in &message.fields {
        let _ = writeln!(out, "    const {}: Rule = {};", rule_name(field), rule(field));
    }
    out.push_str("\n    /// One without any field set.\n    pub fn new() -> Self {\n        Self::default()\n    }\n\n");
    for field in &message.fields {
        setter(out, field, &prose.field(field, message.used));
    }
    read_and_write(out, message);
    check(out, message);
    member(out, message);
    debug(out, message);
}

fn slot_type(field: &Field) -> String {
    let member = member_type(&field.kind);
    if field.list { format!("Vec<{member}>") } else { format!("Option<{member}>") }
}

fn member_type(kind: &Kind) -> &str {
    match kind {
        Kind::Text => "String",
        Kind::Flag => "bool",
        Kind::Integer => "u64",
        Kind::Decimal => "DecimalText",
        Kind::Time => "Time",
        Kind::Amount => "Amount",
        Kind::StatedAmount => "StatedAmount",
        Kind::Currency => "Currency",
        Kind::PaymentCode => "PaymentCode",
        Kind::PaymentRequestId => "PaymentRequestId",
        Kind::PaymentResult => "StatedResult",
        Kind::ExtendInfo => "ExtendInfo",
        Kind::Word(name) | Kind::Message(name) => name,
    }
}

fn kind_name(kind: &Kind) -> &str {
    match kind {
        Kind::Text | Kind::PaymentRequestId => "Text",
        Kind::Flag => "Flag",
        Kind::Integer => "Integer",
        Kind::Decimal => "Decimal",
        Kind::Time => "Time",
        Kind::Amount | Kind::StatedAmount => "Amount",
        Kind::Currency => "Currency",
        Kind::PaymentCode => "PaymentCode",
        Kind::PaymentResult | Kind::Message(_) => "Object",
        Kind::ExtendInfo => "JsonText",
        Kind::Word(_) => "Word",
    }
}

fn table_row(field: &Field) -> String {
    let max = field.max.map_or("None".to_owned(), |max| format!("Some({max})"));
    let fields = field.inside().map_or("&[]".to_owned(), |inside| format!("{inside}::FIELDS"));
    format!(
        "Field {{ name: \"{}\", kind: Kind::{}, list: {}, max: {max}, need: {}, fields: {fields} }}",
        field.json,
        kind_name(&field.kind),
        field.list,
        need(&field.need),
    )
}

fn rule_name(field: &Field) -> String {
    field.snake().to_ascii_uppercase()
}

fn rule(field: &Field) -> String {
    let mut parts = Vec::new();
    if let Some(max) = field.max {
        parts.push(format!("max: {max}"));
    }
    if !field.need.is_empty() {
        parts.push(format!("need: {}", need(&field.need)));
    }
    if let Some(form) = &field.form {
        parts.push(format!("form: Form::{}", crate::names::pascal(form)));
    }
    if let Some(alias) = &field.alias {
        parts.push(format!("alias: \"{alias}\""));
    }
    if field.shown {
        parts.push("shown: true".to_owned());
    }
    /// As many as `Rule` has fields: then there is nothing to fill up.
    const ALL: usize = 5;
    match parts.len() {
        0 => "Rule::PLAIN".to_owned(),
        ALL => format!("Rule {{ {} }}", parts.join(", ")),
        _ => format!("Rule {{ {}, ..Rule::PLAIN }}", parts.join(", ")),
    }
}

fn need(conditions: &[Condition]) -> String {
    let one = |condition: &Condition| {
        let name = |part: &str| format!("Need::{}", part.to_ascii_uppercase());
        match (condition.protocol, condition.scenario) {
            (None, None) => "Need::ALWAYS".to_owned(),
            (Some(part), None) | (None, Some(part)) => name(part),
            (Some(protocol), Some(scenario)) => format!("{}.and({})", name(protocol), name(scenario)),
        }
    };
    let mut cases = conditions.iter().map(one);
    match cases.next() {
        None => "Need::NEVER".to_owned(),
        Some(first) => cases.fold(first, |sum, next| format!("{sum}.or({next})")),
    }
}

fn setter(out: &mut String, field: &Field, text: &str) {
    let (name, member) = (field.snake(), member_type(&field.kind));
    out.push_str(&doc(text, "    "));
    if field.list {
        let _ = writeln!(
            out,
            "    #[must_use]\n    pub fn {name}(mut self, values: impl IntoIterator<Item = {member}>) -> Self {{\n        \
             self.{name} = values.into_iter().collect();\n        self\n    }}\n"
        );
    } else {
        let _ = writeln!(
            out,
            "    #[must_use]\n    pub fn {name}(mut self, value: impl Into<{member}>) -> Self {{\n        \
             self.{name} = Some(value.into());\n        self\n    }}\n"
        );
    }
}

fn read_and_write(out: &mut String, message: &Message) {
    out.push_str(
        "    /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not of its\n    \
         /// documented kind stays in [`extra`](Self::extra), so reading never fails.\n    \
         pub fn from_json(mut object: Object) -> Self {\n        Self {\n",
    );
    for field in &message.fields {
        let _ = writeln!(
            out,
            "            {}: Slot::take(\"{}\", &Self::{}, &mut object),",
            field.snake(),
            field.json,
            rule_name(field)
        );
    }
    out.push_str(
        "            extra: object,\n        }\n    }\n\n    \
         /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.\n    \
         pub fn to_json(&self) -> Object {\n        let mut object = Object::new();\n",
    );
    for field in &message.fields {
        let _ = writeln!(out, "        self.{}.put(\"{}\", &mut object);", field.snake(), field.json);
    }
    out.push_str(
        "        for (name, json) in self.extra.iter() {\n            if object.get(name).is_none() {\n                \
         object.set(name.to_owned(), json.clone());\n            }\n        }\n        object\n    }\n\n",
    );
}

fn check(out: &mut String, message: &Message) {
    out.push_str(
        "    pub(crate) fn check_at(&self, at: &Path<'_>, case: Case) -> Result<()> {\n        \
         for (name, json) in self.extra.iter() {\n            let at = at.member(name);\n            match name {\n",
    );
    for field in &message.fields {
        let alias = field.alias.as_ref().map(|alias| format!(" | \"{alias}\"")).unwrap_or_default();
        let _ = writeln!(
            out,
            "                \"{}\"{alias} => return Err(misplaced(&self.{}, json, &at)),",
            field.json,
            field.snake()
        );
    }
    out.push_str(
        "                _ => misspelt::refuse(name, Self::FIELDS, &at)?,\n            }\n        }\n",
    );
    out.push_str("        let mut found = Found::default();\n");
    for field in &message.fields {
        let _ = writeln!(
            out,
            "        found.add(self.{}.check(&Self::{}, &at.member(\"{}\"), case));",
            field.snake(),
            rule_name(field),
            field.json
        );
    }
    if message.more_rules {
        out.push_str("        found.add(self.check_more(at, case));\n");
    }
    out.push_str("        found.into_result()\n");
    out.push_str("    }\n}\n\n");
}

fn member(out: &mut String, message: &Message) {
    let name = &message.name;
    let set: Vec<String> =
        message.fields.iter().map(|field| format!("&& !self.{}.is_set()", field.snake())).collect();
    let _ = writeln!(
        out,
        "impl Member for {name} {{\n    \
         fn read(json: Json) -> Result<Self, Json> {{\n        match json {{\n            \
         Json::Object(object) => Ok({name}::from_json(object)),\n            other => Err(other),\n        }}\n    }}\n\n    \
         fn is_empty(&self) -> bool {{\n        self.extra.is_empty() {}\n    }}\n\n    \
         fn write(&self) -> Json {{\n        self.to_json().into()\n    }}\n\n    \
         fn check(&self, _rule: &Rule, at: &Path<'_>, case: Case) -> Result<()> {{\n        self.check_at(at, case)\n    }}\n\n    \
         /// Names the first required field inside, which says more than the object's own name.\n    \
         fn missing(at: &Path<'_>, case: Case) -> Error {{\n        \
         {name}::default().check_at(at, case).err().unwrap_or_else(|| at.missing())\n    }}\n\n    \
         fn show(&self, _rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {{\n        fmt::Debug::fmt(self, f)\n    }}\n}}\n",
        set.join(" ")
    );
}

fn debug(out: &mut String, message: &Message) {
    let name = &message.name;
    let _ = writeln!(
        out,
        "/// Shows which fields are set; texts other than ids only by their length, unknown members by name.\n\
         impl fmt::Debug for {name} {{\n    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{\n        \
         let mut shown = f.debug_struct(\"{name}\");"
    );
    for field in &message.fields {
        let _ = writeln!(
            out,
            "        if self.{0}.is_set() {{\n            shown.field(\"{0}\", &Shown(&self.{0}, &Self::{1}));\n        }}",
            field.snake(),
            rule_name(field)
        );
    }
    out.push_str(
        "        if !self.extra.is_empty() {\n            shown.field(\"extra\", &Names(&self.extra));\n        }\n        \
         shown.finish()\n    }\n}\n\n",
    );
}
