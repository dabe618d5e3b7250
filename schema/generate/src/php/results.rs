//! What calls tell: one class a record.

use std::fmt::Write as _;

use super::{comment, file};
use crate::Output;
use crate::names::{camel, pascal};
use crate::prose::{Prose, added, continued};
use crate::schema::{DialectFile, Member, Record, Schema, Type};

pub(super) fn outputs(schema: &Schema, prose: &Prose<'_>) -> Vec<Output> {
    let of_file = |described: &DialectFile| -> Vec<Output> {
        described.classes().iter().map(|record| one_class(schema, &described.name, record, prose)).collect()
    };
    schema.told().flat_map(|(_, described)| of_file(described)).collect()
}

/// A property: its type, that of its list for PHPDoc, and how it is read from `$data`.
struct Property {
    name: String,
    doc: String,
    hint: String,
    listed: Option<String>,
    read: String,
}

fn property(schema: &Schema, member: &Member) -> Property {
    let name = &member.name;
    let optional = member.optional;
    let pick = |required: &str, nullable: &str| {
        format!("Json::{}($data, '{name}')", if optional { nullable } else { required })
    };
    let word = |word: &str| {
        if optional {
            format!("{word}::tryFrom(Json::optionalText($data, '{name}') ?? '')")
        } else {
            format!("{word}::from(Json::text($data, '{name}'))")
        }
    };
    let plain_array = "array<array-key, mixed>";
    let (hint, listed, read) = match &member.of {
        Type::Text if member.list => (
            "array",
            Some("list<string>".to_owned()),
            format!("\\array_values(Json::texts($data, '{name}'))"),
        ),
        Type::Word(of) if member.list => (
            "array",
            Some(format!("list<{of}>")),
            format!("\\array_map({of}::from(...), \\array_values(Json::texts($data, '{name}')))"),
        ),
        Type::Text | Type::Words(_) => ("string", None, pick("text", "optionalText")),
        Type::Flag => ("bool", None, pick("flag", "flag")),
        Type::Count | Type::Number | Type::Units | Type::Instant | Type::Duration => {
            ("int", None, pick("integer", "optionalInteger"))
        }
        Type::Amount => ("Amount", None, format!("Amount::parse(Json::text($data, '{name}'))")),
        Type::Message | Type::Object => {
            let listed = if optional { format!("{plain_array}|null") } else { plain_array.to_owned() };
            ("array", Some(listed), format!("Json::optionalArray($data, '{name}')"))
        }
        Type::Word(of) | Type::Outcome(of) => (of.as_str(), None, word(of)),
        Type::Named(of) if schema.union(of).is_some() && member.list => (
            "array",
            Some(format!("list<{plain_array}>")),
            format!("Json::each($data, '{name}', static fn (array $one): array => $one)"),
        ),
        Type::Named(of) if member.list => (
            "array",
            Some(format!("list<{of}>")),
            format!("Json::each($data, '{name}', {of}::fromArray(...))"),
        ),
        Type::Named(of) => (of.as_str(), None, format!("Json::one($data, '{name}', {of}::fromArray(...))")),
    };
    let doc = match &member.of {
        Type::Instant => added(&member.doc, "in milliseconds since the epoch"),
        Type::Duration => added(&member.doc, "in milliseconds"),
        Type::Units => added(&member.doc, "in minor units"),
        Type::Named(of) if schema.union(of).is_some() => {
            added(&member.doc, "by `kind`: docs/dialect.md lists them")
        }
        _ => member.doc.clone(),
    };
    let mark = if optional { "?" } else { "" };
    Property { name: camel(name), doc, hint: format!("{mark}{hint}"), listed, read }
}

/// What stands beside an outcome.
fn beside(schema: &Schema, outcome: &str) -> Vec<Property> {
    let union = schema.union(outcome);
    let members = union.iter().flat_map(|union| union.beside());
    members
        .map(|(kind, member)| {
            let own = member.beside.as_ref().unwrap_or(&member.name);
            let of_json = property(schema, &Member { optional: true, ..member.clone() });
            let doc = format!("For `{}`: {}", kind.tag, continued(&member.doc));
            Property { name: camel(own), doc, ..of_json }
        })
        .collect()
}

fn one_class(schema: &Schema, described: &str, record: &Record, prose: &Prose<'_>) -> Output {
    let name = &record.name;
    let mut properties = Vec::new();
    let mut uses = Vec::new();
    for member in &record.members {
        properties.push(property(schema, member));
        match &member.of {
            Type::Word(of) => uses.push(format!("AlipayInstore\\Enum\\{of}")),
            Type::Outcome(of) => {
                uses.push(format!("AlipayInstore\\Enum\\{of}"));
                properties.extend(beside(schema, of));
                let words = schema.union(of).into_iter().flat_map(|union| union.beside());
                uses.extend(words.filter_map(|(_, member)| match &member.of {
                    Type::Word(of) => Some(format!("AlipayInstore\\Enum\\{of}")),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    uses.sort_unstable();
    uses.dedup();
    let mut out = comment(&prose.text(&record.doc), &[], "");
    let implements = if record.in_words.is_some() { " implements \\Stringable" } else { "" };
    let _ = writeln!(out, "final class {name}{implements}\n{{");
    let tags: Vec<String> = properties
        .iter()
        .filter_map(|one| one.listed.as_ref().map(|list| format!("@param {list} ${}", one.name)))
        .collect();
    match tags.as_slice() {
        [] => {}
        [tag] => {
            let _ = writeln!(out, "    /** {tag} */");
        }
        tags => {
            let lines: String = tags.iter().map(|tag| format!("     * {tag}\n")).collect();
            let _ = writeln!(out, "    /**\n{lines}     */");
        }
    }
    out.push_str("    private function __construct(\n");
    for one in &properties {
        out.push_str(&comment(&prose.text(&one.doc), &[], "        "));
        let _ = writeln!(out, "        public readonly {} ${},", one.hint, one.name);
    }
    out.push_str("    ) {\n    }\n\n");
    if let (Some(well), Some(outcome)) = (&record.well, record.outcome()) {
        ended(&mut out, schema, well, outcome);
    }
    if let Some(words) = &record.in_words {
        let _ = writeln!(
            out,
            "    public function __toString(): string\n    {{\n        return $this->{};\n    }}\n",
            camel(words)
        );
    }
    out.push_str("    /**\n     * @internal\n     *\n     * @param array<array-key, mixed> $data\n     */\n");
    out.push_str("    public static function fromArray(#[\\SensitiveParameter] array $data): self\n    {\n        return new self(\n");
    for one in &properties {
        let _ = writeln!(out, "            {},", one.read);
    }
    out.push_str("        );\n    }\n}\n");
    file(name, &format!("schema/dialect/{described}.toml"), &uses, &out)
}

fn ended(out: &mut String, schema: &Schema, well: &str, outcome: &str) {
    let kind = schema.union(outcome).and_then(|union| union.kinds.iter().find(|kind| kind.tag == well));
    let said = kind.map(|kind| continued(&kind.doc)).unwrap_or_default();
    for (doc, name, check) in [
        (format!("Whether it ended well: {said}"), well, format!("=== {outcome}::{}", pascal(well))),
        ("Whether it has no outcome yet.".to_owned(), "inProgress", "=== null".to_owned()),
    ] {
        let _ = writeln!(
            out,
            "{}    public function {name}(): bool\n    {{\n        return $this->outcome {check};\n    }}\n",
            comment(&doc, &[], "    ")
        );
    }
    out.push_str(
        "    /** @internal */\n    public static function fromJson(#[\\SensitiveParameter] string $json): self\n    {\n        \
         return self::fromArray(Json::object($json));\n    }\n\n",
    );
}
