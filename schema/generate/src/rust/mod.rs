//! The core's part: messages, words, error codes and the policy, formatted by rustfmt.

mod dialect;
mod errors;
mod messages;
mod policy;
mod words;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::prose::wrapped;
use crate::schema::Schema;
use crate::{Output, Result};

pub(crate) fn outputs(schema: &Schema, root: &Path) -> Result<Vec<Output>> {
    let mut outputs = messages::outputs(schema);
    outputs.push(words::output(schema));
    outputs.push(errors::output(schema));
    outputs.push(policy::output(schema));
    outputs.push(dialect::output(schema));
    for output in &mut outputs {
        output.text = formatted(&output.text, root).map_err(|error| format!("{}: {error}", output.path))?;
    }
    outputs.push(errors::catalogue(schema));
    Ok(outputs)
}

fn formatted(text: &str, root: &Path) -> Result<String> {
    let failed = |error: std::io::Error| format!("rustfmt: {error}");
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--quiet", "--config-path"])
        .arg(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // Dropped at the end of the statement, so that rustfmt sees the end of its input.
    rustfmt
        .stdin
        .take()
        .ok_or_else(|| "rustfmt takes no input".to_owned())?
        .write_all(text.as_bytes())
        .map_err(failed)?;
    let done = rustfmt.wait_with_output().map_err(failed)?;
    if !done.status.success() {
        return Err("rustfmt does not take the text".to_owned());
    }
    String::from_utf8(done.stdout).map_err(|error| error.to_string())
}

/// The head of a generated file.
fn head(source: &str, what: &str) -> String {
    format!("//! {what}\n//!\n//! Generated from {source} by `make generate`; do not edit.\n\n")
}

/// A documentation comment.
fn doc(text: &str, indent: &str) -> String {
    let lines = wrapped(text, &format!("{indent}/// "), 108);
    let mut out = String::new();
    for line in lines {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
