//! Error codes: the enum, and the catalogue that the languages check themselves against.

use std::fmt::Write as _;

use super::head;
use crate::Output;
use crate::names::pascal;
use crate::schema::Schema;

pub(super) fn output(schema: &Schema) -> Output {
    let mut out = head(
        "schema/errors.toml",
        "Every error code of the library, with what is the same wherever it is seen.",
    );
    out.push_str("use super::{Category, MayHaveCharged};\n\n/// Every error code of the library.\n");
    out.push_str("#[allow(rustdoc::bare_urls, reason = \"hints show URLs as they are typed\")]\n");
    out.push_str(
        "#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n#[non_exhaustive]\npub enum ErrorCode {\n",
    );
    for error in &schema.errors {
        let _ = writeln!(out, "    /// `{}`: {}\n    {},", error.code, error.hint, error.variant());
    }
    out.push_str("}\n\nimpl ErrorCode {\n    /// Every code, in the order of the catalogue.\n");
    out.push_str("    pub const ALL: &'static [ErrorCode] = &[\n");
    for error in &schema.errors {
        let _ = writeln!(out, "        ErrorCode::{},", error.variant());
    }
    out.push_str("    ];\n\n");
    member(
        &mut out,
        schema,
        "The stable text of the code, such as `key.encrypted`.",
        "as_str",
        "&'static str",
        |error| format!("\"{}\"", error.code),
    );
    member(&mut out, schema, "The family the code belongs to.", "category", "Category", |error| {
        format!("Category::{}", pascal(&error.category))
    });
    let _ = write!(
        out,
        "    /// Whether the same call can succeed later, without a change by the caller.\n    \
         pub const fn retryable(self) -> bool {{\n        matches!(self, {})\n    }}\n\n",
        schema
            .errors
            .iter()
            .filter(|error| error.retryable)
            .map(|error| format!("ErrorCode::{}", error.variant()))
            .collect::<Vec<_>>()
            .join(" | ")
    );
    member(
        &mut out,
        schema,
        "Whether the customer may have been charged when this code is seen, as far as the code alone decides it.",
        "may_have_charged",
        "MayHaveCharged",
        |error| format!("MayHaveCharged::{}", pascal(&error.may_have_charged)),
    );
    member(
        &mut out,
        schema,
        "What to do about it. An [`Error`](super::Error) may carry a more precise hint of its own.",
        "hint",
        "&'static str",
        |error| format!("{:?}", error.hint),
    );
    out.push_str("}\n");
    Output { path: "core/src/error/codes.rs".to_owned(), text: out }
}

/// A method whose answer is the same for many codes: those share an arm.
fn member(
    out: &mut String,
    schema: &Schema,
    doc: &str,
    name: &str,
    answer: &str,
    value: impl Fn(&crate::schema::ErrorCode) -> String,
) {
    let mut arms: Vec<(String, Vec<String>)> = Vec::new();
    for error in &schema.errors {
        let (pattern, value) = (format!("ErrorCode::{}", error.variant()), value(error));
        match arms.iter_mut().find(|(found, _)| *found == value) {
            Some((_, patterns)) => patterns.push(pattern),
            None => arms.push((value, vec![pattern])),
        }
    }
    let _ =
        writeln!(out, "    /// {doc}\n    pub const fn {name}(self) -> {answer} {{\n        match self {{");
    for (value, patterns) in arms {
        let _ = writeln!(out, "            {} => {value},", patterns.join(" | "));
    }
    out.push_str("        }\n    }\n\n");
}

/// One object a line, in the order of the codes.
pub(super) fn catalogue(schema: &Schema) -> Output {
    let rows: Vec<String> = schema
        .errors
        .iter()
        .map(|error| {
            format!(
                "  {{\"code\":\"{}\",\"category\":\"{}\",\"retryable\":{},\"hint\":\"{}\"}}",
                error.code,
                error.category,
                error.retryable,
                error.hint.replace('\\', "\\\\")
            )
        })
        .collect();
    Output { path: "tests/vectors/errors.json".to_owned(), text: format!("[\n{}\n]\n", rows.join(",\n")) }
}
