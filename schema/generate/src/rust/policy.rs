//! The policy: its numbers, and the presets of both protocols.

use std::fmt::Write as _;

use super::{doc, head};
use crate::Output;
use crate::names::pascal;
use crate::prose::{Language, Prose};
use crate::schema::{Number, Preset, Schema};

pub(super) fn output(schema: &Schema) -> Output {
    let prose = Prose::new(schema, Language::Rust);
    let mut out =
        head("schema/policy.toml", "The numbers that the machines act by, and the documented presets.");
    out.push_str("use std::time::Duration;\n\nuse serde::{Deserialize, Serialize};\n\nuse super::policy::CancelWindow;\n");
    out.push_str("use crate::gateway::Protocol;\nuse crate::words::RefundAfterCancelWindow;\n\n");
    out.push_str(
        "/// The machine's numbers. Times count in whole milliseconds, and are integers of them in JSON.\n",
    );
    out.push_str("#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]\n#[serde(deny_unknown_fields)]\n");
    out.push_str("pub struct Policy {\n    /// Which protocol the gateway speaks: it decides the names of APIs and fields.\n");
    out.push_str("    pub protocol: Protocol,\n");
    for number in &schema.policy {
        out.push_str(&doc(&prose.text(&number.doc), "    "));
        if number.kind == "time" {
            out.push_str("    #[serde(with = \"crate::time::as_millis\")]\n");
        }
        let _ = writeln!(out, "    pub {}: {},", number.name, rust_type(&number.kind));
    }
    out.push_str("}\n\nimpl Policy {\n    /// The documented numbers of a protocol.\n");
    out.push_str("    pub fn preset(protocol: Protocol) -> Self {\n        match protocol {\n");
    for (variant, alipay_plus) in [("Ams", false), ("AlipayPlus", true)] {
        let _ = writeln!(out, "            Protocol::{variant} => Policy {{\n                protocol,");
        for number in &schema.policy {
            let preset = if alipay_plus { &number.alipay_plus } else { &number.ams };
            let _ = writeln!(out, "                {}: {},", number.name, value(preset, &number.kind));
        }
        out.push_str("            },\n");
    }
    out.push_str(
        "        }\n    }\n\n    /// The times that are positive and at most a year long, by their names.\n",
    );
    let times: Vec<&Number> = schema
        .policy
        .iter()
        .filter(|number| number.least.is_none() && (number.kind == "time" || number.kind == "cancel_window"))
        .collect();
    let _ = writeln!(
        out,
        "    pub(super) fn times(&self) -> [(&'static str, Duration); {}] {{\n        [",
        times.len()
    );
    for number in times {
        let length = if number.kind == "cancel_window" { ".length()" } else { "" };
        let _ = writeln!(out, "            (\"{0}\", self.{0}{length}),", number.name);
    }
    let counts: Vec<&Number> =
        schema.policy.iter().filter(|number| number.kind == "count" && number.most.is_none()).collect();
    let _ = writeln!(
        out,
        "        ]\n    }}\n\n    /// The counts that are at most 100, by their names.\n    \
         pub(super) fn counts(&self) -> [(&'static str, u32); {}] {{\n        [",
        counts.len()
    );
    for number in counts {
        let _ = writeln!(out, "            (\"{0}\", self.{0}),", number.name);
    }
    out.push_str("        ]\n    }\n}\n");
    Output { path: "core/src/machine/numbers.rs".to_owned(), text: out }
}

fn rust_type(kind: &str) -> String {
    match kind {
        "time" => "Duration".to_owned(),
        "count" => "u32".to_owned(),
        "flag" => "bool".to_owned(),
        other => pascal(other),
    }
}

fn value(preset: &Preset, kind: &str) -> String {
    match preset {
        Preset::Time(time, _) if kind == "cancel_window" => {
            format!("CancelWindow::Period({})", duration(*time))
        }
        Preset::Time(time, _) => duration(*time),
        Preset::Count(count) => digits(*count),
        Preset::Flag(flag) => flag.to_string(),
        Preset::Word(word) => format!("{}::{}", pascal(kind), pascal(word)),
    }
}

/// `Duration::from_secs(120)`.
fn duration(milliseconds: i64) -> String {
    match milliseconds % 1_000 {
        0 => format!("Duration::from_secs({})", digits(milliseconds / 1_000)),
        _ => format!("Duration::from_millis({})", digits(milliseconds)),
    }
}

/// `120_000`.
fn digits(number: i64) -> String {
    let text = number.to_string();
    let mut out = String::new();
    for (index, digit) in text.chars().enumerate() {
        if index > 0 && (text.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}
