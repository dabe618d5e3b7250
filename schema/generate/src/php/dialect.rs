//! The entries of a timeline. Events and actions are arrays in PHP, under the names of JSON.

use std::fmt::Write as _;

use super::{comment, file};
use crate::Output;
use crate::names::camel;
use crate::prose::{Prose, added};
use crate::python::dialect::details;
use crate::schema::{Member, Record, Schema, Type};

pub(super) fn outputs(schema: &Schema, prose: &Prose<'_>) -> Vec<Output> {
    schema.records().filter_map(|record| entry(schema, record, prose)).collect()
}

/// A record whose event has a word for its type, and the rest as an array.
fn entry(schema: &Schema, record: &Record, prose: &Prose<'_>) -> Option<Output> {
    let name = &record.name;
    let (inside, union) = record.members.iter().find_map(|member| match &member.of {
        Type::Named(inside) if !member.list => schema.union(inside).map(|union| (member, union)),
        _ => None,
    })?;
    let words = union.words_name()?;
    let mut out = comment(&prose.text(&record.doc), &[], "");
    let _ = writeln!(out, "final class {name}\n{{\n    /** @param array<array-key, mixed> $details */");
    out.push_str("    private function __construct(\n");
    for member in record.members.iter().filter(|member| member.name != inside.name) {
        out.push_str(&comment(&prose.text(&doc(member)), &[], "        "));
        let _ = writeln!(out, "        public readonly int ${},", camel(&member.name));
    }
    out.push_str(&comment(&prose.text(&inside.doc), &[], "        "));
    let _ = writeln!(out, "        public readonly {words} ${},", camel(&inside.name));
    out.push_str(&comment(
        &format!("What it holds beside its type:\n\n{}", details(schema, union, "`")),
        &[],
        "        ",
    ));
    out.push_str("        public readonly array $details,\n    ) {\n    }\n\n");
    out.push_str("    /**\n     * @internal\n     *\n     * @param array<array-key, mixed> $data\n     */\n");
    let _ = writeln!(
        out,
        "    public static function fromArray(array $data): self\n    {{\n        $inside = Json::optionalArray($data, '{}') ?? [];\n        \
         $type = {words}::from(Json::text($inside, '{tag}'));\n        unset($inside['{tag}']);\n\n        return new self(",
        inside.name,
        tag = union.tag
    );
    for member in record.members.iter().filter(|member| member.name != inside.name) {
        let _ = writeln!(out, "            Json::integer($data, '{}'),", member.name);
    }
    out.push_str("            $type,\n            $inside,\n        );\n    }\n}\n");
    let uses = [format!("AlipayInstore\\Enum\\{words}")];
    Some(file(name, "schema/dialect", &uses, &out))
}

fn doc(member: &Member) -> String {
    match member.of {
        Type::Instant => added(&member.doc, "in milliseconds since the epoch"),
        Type::Duration => added(&member.doc, "in milliseconds"),
        _ => member.doc.clone(),
    }
}
