//! What calls tell, as dataclasses: results, alerts, and what a message says.

use std::fmt::Write as _;

use super::dialect::{used_words, with_unit};
use super::{comment, docstring, file, head};
use crate::Output;
use crate::names::constant;
use crate::prose::{Prose, continued};
use crate::schema::{DialectFile, Member, Record, Schema, Type};

pub(super) fn outputs(schema: &Schema, prose: &Prose<'_>) -> Vec<Output> {
    schema.told().map(|(about, described)| one_file(schema, about, described, prose)).collect()
}

fn one_file(schema: &Schema, about: &str, described: &DialectFile, prose: &Prose<'_>) -> Output {
    let mut body = String::new();
    for record in described.classes() {
        one_class(&mut body, schema, &record, prose);
    }
    let source = format!("schema/dialect/{}.toml", described.name);
    let mut out = head(&format!("What calls tell: {about}."), &source);
    out.push_str("from dataclasses import dataclass, field\n");
    let any = imports("typing", &["Any"], &body);
    let _ = write!(out, "{any}\n{}", imports("._amount", &["Amount"], &body));
    out.push_str(&imports("._dialect", &["PaymentWarning", "TimelineEntry"], &body));
    out.push_str(&imports("._value", &["Result", "Value", "each", "read_by", "written_as"], &body));
    let _ = write!(out, "from ._words import {}", used_words(schema, &body));
    out.push_str(&body);
    file(&format!("_{}.py", described.name), out)
}

/// The import of those names that stand in the body.
fn imports(module: &str, names: &[&str], body: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let used: Vec<&str> =
        names.iter().copied().filter(|name| body.split(|c| !is_name(c)).any(|word| word == *name)).collect();
    if used.is_empty() { String::new() } else { format!("from {module} import {}\n", used.join(", ")) }
}

fn one_class(out: &mut String, schema: &Schema, record: &Record, prose: &Prose<'_>) {
    let base = if record.well.is_some() { "Result" } else { "Value" };
    let mut text = prose.text(&record.doc);
    if let Some(union) = schema.union(&record.name) {
        text.push('\n');
        for kind in &union.kinds {
            let _ = write!(text, "\n- ``{}``: {}", kind.tag, prose.text(&kind.doc));
        }
    }
    let _ = writeln!(
        out,
        "\n\n@dataclass(frozen=True, kw_only=True)\nclass {}({base}):\n{}",
        record.name,
        docstring(&text, "    ")
    );
    for member in &record.members {
        let text = match member.of {
            Type::Amount => member.doc.clone(),
            Type::Units => crate::prose::added(&member.doc, "in minor units"),
            _ => with_unit(member),
        };
        out.push_str(&comment(&prose.text(&text), "    "));
        one_field(out, schema, member);
        if let Type::Outcome(name) = &member.of
            && let Some(union) = schema.union(name)
        {
            super::dialect::beside(out, union, prose);
        }
    }
    if let Some(words) = &record.in_words {
        let _ = writeln!(out, "\n    def __str__(self) -> str:\n        return self.{words}");
    }
    let (Some(well), Some(outcome)) = (&record.well, record.outcome()) else { return };
    let said = schema
        .union(outcome)
        .and_then(|union| union.kinds.iter().find(|kind| kind.tag == *well))
        .map(|kind| continued(&kind.doc))
        .unwrap_or_default();
    let _ = writeln!(
        out,
        "\n    @property\n    def {well}(self) -> bool:\n{}        return self.outcome is {outcome}.{}",
        docstring(&format!("Whether it ended well: {said}"), "        "),
        constant(well)
    );
}

fn one_field(out: &mut String, schema: &Schema, member: &Member) {
    let name = &member.name;
    let hint = match &member.of {
        Type::Text => "str".to_owned(),
        Type::Amount => "Amount".to_owned(),
        Type::Flag => "bool".to_owned(),
        Type::Count | Type::Number | Type::Units | Type::Instant | Type::Duration => "int".to_owned(),
        Type::Message | Type::Object => "dict[str, Any]".to_owned(),
        Type::Word(name) | Type::Outcome(name) | Type::Named(name) => name.clone(),
        Type::Words(names) => names.join(" | "),
    };
    let (hint, default) = match (member.list, member.optional) {
        (true, _) => (format!("tuple[{hint}, ...]"), Some("()")),
        (false, true) => (format!("{hint} | None"), Some("None")),
        (false, false) => (hint, None),
    };
    let metadata = match &member.of {
        Type::Amount => Some("read_by(Amount.parse, str)".to_owned()),
        Type::Outcome(name) => Some(format!("read_by({name})")),
        // The kinds of a union are plain: they are typed dicts.
        Type::Named(name) if schema.union(name).is_none() => {
            let read = format!("{name}.from_dict");
            Some(if member.list { format!("each({read})") } else { format!("read_by({read})") })
        }
        _ if member.list => Some("read_by(tuple)".to_owned()),
        _ => None,
    };
    let mut parts: Vec<String> = default.iter().map(|default| format!("default={default}")).collect();
    if member.hidden {
        parts.push("repr=False".to_owned());
    }
    parts.extend(metadata.map(|metadata| format!("metadata={metadata}")));
    let _ = match parts.as_slice() {
        [] => writeln!(out, "    {name}: {hint}"),
        [one] if default.is_some() => {
            writeln!(out, "    {name}: {hint} = {}", one.trim_start_matches("default="))
        }
        _ => writeln!(out, "    {name}: {hint} = field({})", parts.join(", ")),
    };
}
