//! Outcomes, events, actions and the timeline: sealed classes, read from JSON or written as it.

use std::fmt::Write as _;

use super::{comment, file, head};
use crate::Output;
use crate::names::{camel, constant, pascal};
use crate::prose::{Prose, added};
use crate::schema::{DialectFile, DialectKind, Member, Record, Schema, Type, Union};

/// An exception carries it.
const BY_HAND: &str = "ErrorDetails";

pub(super) fn outputs(schema: &Schema, prose: &Prose<'_>) -> Vec<Output> {
    schema.dialect.iter().map(|described| one_file(described, prose)).collect()
}

fn one_file(described: &DialectFile, prose: &Prose<'_>) -> Output {
    let mut body = String::new();
    for record in described.records.iter().filter(|record| record.name != BY_HAND) {
        one_record(&mut body, record, prose);
    }
    for union in described.unions.iter().filter(|union| !union.shared) {
        if union.is_outcome() {
            outcome(&mut body, union, prose);
        } else if union.read {
            event(&mut body, union, prose);
        } else {
            written(&mut body, union, prose);
        }
    }
    let mut out = head(&format!("schema/dialect/{}.toml", described.name), "alipay.instore");
    let imports = [
        (" as? JsonArray", "JsonArray"),
        (": JsonElement", "JsonElement"),
        (": JsonObject", "JsonObject"),
        (".jsonObject", "jsonObject"),
    ];
    let used: Vec<&str> =
        imports.iter().filter(|(mark, _)| body.contains(mark)).map(|(_, name)| *name).collect();
    for name in &used {
        let _ = writeln!(out, "import kotlinx.serialization.json.{name}");
    }
    if !used.is_empty() {
        out.push('\n');
    }
    out.push_str(body.trim_end());
    out.push('\n');
    file(&pascal(&described.name), out)
}

fn type_of(member: &Member) -> String {
    let name = match &member.of {
        Type::Text | Type::Message | Type::Object | Type::Words(_) => "String",
        Type::Flag => "Boolean",
        Type::Count => "Int",
        Type::Number | Type::Units | Type::Instant | Type::Duration => "Long",
        Type::Amount => "Amount",
        Type::Named(name) if name == BY_HAND => "AlipayException",
        Type::Word(name) | Type::Outcome(name) | Type::Named(name) => name,
    };
    match (member.list, member.optional) {
        (true, _) => format!("List<{name}>"),
        (false, true) => format!("{name}?"),
        (false, false) => name.to_owned(),
    }
}

/// How a member is read from `json`.
fn read(member: &Member) -> String {
    let name = &member.name;
    match (&member.of, member.optional) {
        (Type::Named(inside), _) if member.list => {
            format!("json.objects(\"{name}\").map {{ {inside}.of(it) }}")
        }
        (Type::Word(word), _) if member.list => format!("json.texts(\"{name}\").map {{ {word}.of(it) }}"),
        (_, _) if member.list => format!("json.texts(\"{name}\")"),
        (Type::Named(inside), true) => {
            format!("(json[\"{name}\"] as? JsonObject)?.let {{ {inside}.of(it) }}")
        }
        (Type::Outcome(outcome), true) => format!("ended(json) {{ {outcome}.of(it) }}"),
        (Type::Outcome(outcome), false) => format!("{outcome}.of(json)"),
        (Type::Flag, _) => format!("json.flag(\"{name}\")"),
        (Type::Text | Type::Words(_), false) => format!("json.text(\"{name}\")"),
        (Type::Text | Type::Words(_), true) => format!("json[\"{name}\"].text()"),
        (Type::Count, false) => format!("json.number(\"{name}\").toInt()"),
        (Type::Count, true) => format!("json[\"{name}\"].text()?.toInt()"),
        (Type::Number | Type::Units | Type::Instant | Type::Duration, false) => {
            format!("json.number(\"{name}\")")
        }
        (Type::Number | Type::Units | Type::Instant | Type::Duration, true) => {
            format!("json[\"{name}\"].text()?.toLong()")
        }
        (Type::Word(word), false) => format!("{word}.of(json.text(\"{name}\"))"),
        (Type::Word(word), true) => format!("json[\"{name}\"].text()?.let {{ {word}.of(it) }}"),
        (Type::Amount, _) => format!("Amount.parse(json.text(\"{name}\"))"),
        (Type::Message | Type::Object, true) => format!("(json[\"{name}\"] as? JsonObject)?.toString()"),
        (Type::Message | Type::Object, false) => format!("json.getValue(\"{name}\").toString()"),
        (Type::Named(_), _) => {
            format!("{}.of(json.getValue(\"{name}\").jsonObject)", type_of(member).trim_end_matches('?'))
        }
    }
}

/// What stands for a member where it is written or shown.
fn plain(member: &Member) -> String {
    let name = camel(&member.name);
    match &member.of {
        Type::Word(_) if member.list => format!("{name}.map {{ it.word }}"),
        Type::Word(_) if member.optional => format!("{name}?.word"),
        Type::Word(_) => format!("{name}.word"),
        Type::Named(inside) if inside == BY_HAND => format!("{name}.code"),
        _ => name,
    }
}

/// An expression in a text.
fn in_template(expression: &str) -> String {
    if expression.contains('.') { format!("${{{expression}}}") } else { format!("${expression}") }
}

fn doc(member: &Member, prose: &Prose<'_>) -> String {
    let text = prose.text(&member.doc);
    match &member.of {
        Type::Instant => added(&text, "in milliseconds since the epoch"),
        Type::Duration => added(&text, "in milliseconds"),
        Type::Units => added(&text, "in minor units"),
        Type::Message => added(&text, "as JSON text"),
        Type::Object => added(&text, "as JSON text: `PayResponse.fromJson` reads it"),
        _ => text,
    }
}

/// The parameters of a constructor that are properties too. A host leaves out what it does not have.
fn properties(out: &mut String, members: &[Member], by_host: bool, prose: &Prose<'_>) {
    for member in members {
        out.push_str(&comment(&doc(member, prose), "        "));
        let default = match (&member.default, &member.of) {
            _ if !by_host => String::new(),
            (Some(word), Type::Word(name)) => format!(" = {name}.{}", constant(word)),
            (_, Type::Flag) => " = false".to_owned(),
            _ if member.optional => " = null".to_owned(),
            _ => String::new(),
        };
        let _ = writeln!(out, "        public val {}: {}{default},", camel(&member.name), type_of(member));
    }
}

/// `shown("sent", "sendId" to sendId)`, on several lines where it is long.
fn call(name: &str, first: &str, pairs: &[String], indent: &str) -> String {
    let mut all = vec![first.to_owned()];
    all.extend_from_slice(pairs);
    let line = format!("{name}({})", all.join(", "));
    if indent.len() + line.len() <= 110 {
        return line;
    }
    let lines: String = all.iter().map(|one| format!("{indent}    {one},\n")).collect();
    format!("{name}(\n{lines}{indent})")
}

/// What is printed of it: nothing that is hidden.
fn to_string(out: &mut String, name: &str, members: &[Member], indent: &str) {
    let pairs: Vec<String> = members
        .iter()
        .filter(|member| !member.hidden)
        .map(|member| format!("\"{}\" to {}", camel(&member.name), plain(member)))
        .collect();
    let _ = writeln!(
        out,
        "{indent}override fun toString(): String = {}",
        call("shown", &format!("\"{name}\""), &pairs, indent)
    );
}

fn outcome(out: &mut String, union: &Union, prose: &Prose<'_>) {
    let name = &union.name;
    out.push_str(&comment(&prose.text(&union.doc), ""));
    let _ = writeln!(
        out,
        "public sealed class {name}(\n    /** The word for it, the same in every language. */\n    public val word: String,\n) {{"
    );
    for kind in &union.kinds {
        out.push_str(&comment(&prose.text(&kind.doc), "    "));
        let variant = kind.variant();
        if kind.members.is_empty() {
            let _ = writeln!(out, "    public object {variant} : {name}(\"{}\")\n", kind.tag);
        } else {
            let _ = writeln!(out, "    public class {variant}(");
            properties(out, &kind.members, false, prose);
            let _ = writeln!(out, "    ) : {name}(\"{}\")\n", kind.tag);
        }
    }
    equals(out, name);
    out.push_str("    override fun toString(): String = when (this) {\n");
    for kind in union.kinds.iter().filter(|kind| !kind.members.is_empty()) {
        let members: Vec<String> = kind.members.iter().map(|member| in_template(&plain(member))).collect();
        let _ = writeln!(out, "        is {} -> \"$word({})\"", kind.variant(), members.join(", "));
    }
    let _ = writeln!(out, "        else -> word\n    }}\n");
    companion(out, union, "outcome");
    out.push_str("}\n\n");
}

fn equals(out: &mut String, name: &str) {
    let _ = writeln!(
        out,
        "    override fun equals(other: Any?): Boolean = other is {name} && other.toString() == toString()\n\n    \
         override fun hashCode(): Int = toString().hashCode()\n"
    );
}

fn event(out: &mut String, union: &Union, prose: &Prose<'_>) {
    let name = &union.name;
    out.push_str(&comment(&prose.text(&union.doc), ""));
    let _ =
        writeln!(out, "public sealed class {name}(private val type: String, internal val json: String) {{");
    for kind in &union.kinds {
        out.push_str(&comment(&prose.text(&kind.doc), "    "));
        let variant = kind.variant();
        let tag = format!("\"{}\"", kind.tag);
        if kind.members.is_empty() {
            let _ = writeln!(out, "    public object {variant} : {name}({tag}, event({tag}))\n");
            continue;
        }
        let overloads = kind.members.iter().any(Member::can_be_left_out);
        let overloads = if overloads { " @JvmOverloads constructor" } else { "" };
        let _ = writeln!(out, "    public class {variant}{overloads}(");
        properties(out, &kind.members, true, prose);
        let pairs: Vec<String> =
            kind.members.iter().map(|member| format!("\"{}\" to {}", member.name, plain(member))).collect();
        let _ = writeln!(
            out,
            "    ) : {name}(\n        {tag},\n        {},\n    ) {{",
            call("event", &tag, &pairs, "        ")
        );
        to_string(out, &kind.tag, &kind.members, "        ");
        out.push_str("    }\n\n");
    }
    out.push_str("    override fun toString(): String = type\n}\n\n");
}

fn written(out: &mut String, union: &Union, prose: &Prose<'_>) {
    let name = &union.name;
    out.push_str(&comment(&prose.text(&union.doc), ""));
    let _ = writeln!(out, "public sealed class {name}(");
    // What is called a type in JSON would be taken for the class.
    let tag = if union.tag == "type" { "name" } else { &union.tag };
    if union.common.is_empty() {
        let _ = writeln!(
            out,
            "    /** The name of the kind, the same in every language. */\n    public val {tag}: String,"
        );
    }
    for member in &union.common {
        out.push_str(&comment(&doc(member, prose), "    "));
        let _ = writeln!(out, "    public val {}: {},", camel(&member.name), type_of(member));
    }
    out.push_str(") {\n");
    for kind in &union.kinds {
        out.push_str(&comment(&prose.text(&kind.doc), "    "));
        kind_of_written(out, union, kind, prose);
    }
    if union.common.is_empty() {
        let _ = writeln!(out, "    override fun toString(): String = {tag}\n");
    }
    // What is shown whole is equal by what is shown.
    if union.common.is_empty() && union.kinds.iter().all(|kind| kind.members.iter().all(|one| !one.hidden)) {
        equals(out, name);
    }
    companion(out, union, "found");
    out.push_str("}\n\n");
}

fn kind_of_written(out: &mut String, union: &Union, kind: &DialectKind, prose: &Prose<'_>) {
    let (name, variant) = (&union.name, kind.variant());
    if kind.members.is_empty() && union.common.is_empty() {
        let _ = writeln!(out, "    public object {variant} : {name}(\"{}\")\n", kind.tag);
        return;
    }
    let _ = writeln!(out, "    public class {variant} internal constructor(");
    for member in &union.common {
        let _ = writeln!(out, "        {}: {},", camel(&member.name), type_of(member));
    }
    properties(out, &kind.members, false, prose);
    let passed: Vec<String> = union.common.iter().map(|member| camel(&member.name)).collect();
    let passed = if passed.is_empty() { format!("\"{}\"", kind.tag) } else { passed.join(", ") };
    let _ = writeln!(out, "    ) : {name}({passed}) {{");
    let all = [union.common.as_slice(), &kind.members].concat();
    to_string(out, &kind.tag, &all, "        ");
    out.push_str("    }\n\n");
}

/// How it is read from JSON.
fn companion(out: &mut String, union: &Union, what: &str) {
    let _ = writeln!(
        out,
        "    internal companion object {{\n        fun of(json: JsonObject): {} = when (val {what} = json.text(\"{}\")) {{",
        union.name, union.tag
    );
    for kind in &union.kinds {
        let members = union.common.iter().chain(&kind.members).map(read).collect::<Vec<_>>();
        let made = if members.is_empty() {
            kind.variant()
        } else {
            let line = format!("{}({})", kind.variant(), members.join(", "));
            if line.len() <= 100 {
                line
            } else {
                let lines: String = members.iter().map(|one| format!("                {one},\n")).collect();
                format!("{}(\n{lines}            )", kind.variant())
            }
        };
        let _ = writeln!(out, "            \"{}\" -> {made}", kind.tag);
    }
    let _ = writeln!(
        out,
        "            else -> error(\"there is no {} ${what}\")\n        }}\n    }}",
        union.name
    );
}

fn one_record(out: &mut String, record: &Record, prose: &Prose<'_>) {
    let name = &record.name;
    out.push_str(&comment(&prose.text(&record.doc), ""));
    let _ = writeln!(out, "public class {name} internal constructor(");
    for member in &record.members {
        out.push_str(&comment(&doc(member, prose), "    "));
        let _ = writeln!(out, "    public val {}: {},", camel(&member.name), type_of(member));
    }
    out.push_str(") {\n");
    if let (Some(well), Some(outcome)) = (&record.well, record.outcome()) {
        let _ = writeln!(
            out,
            "    /** Whether it ended well: the outcome is [{outcome}.{0}]. */\n    \
             public val is{0}: Boolean get() = outcome == {outcome}.{0}\n\n    \
             /** Whether it has no outcome yet. */\n    public val isInProgress: Boolean get() = outcome == null\n",
            pascal(well)
        );
    }
    match &record.in_words {
        Some(words) => {
            let _ = writeln!(out, "    override fun toString(): String = {}", camel(words));
        }
        None => to_string(out, name, &record.printed(), "    "),
    }
    let members: Vec<String> =
        record.members.iter().map(|member| format!("            {},\n", read(member))).collect();
    let _ = writeln!(
        out,
        "\n    internal companion object {{\n        fun of(json: JsonObject): {name} = {name}(\n{}        )\n    }}\n}}\n",
        members.concat()
    );
}
