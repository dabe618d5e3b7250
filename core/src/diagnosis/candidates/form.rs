//! How the parts may have been joined: another method, or other signs between the parts.

use super::super::finding::FindingCode;
use super::{Change, Changes};

const MOST: usize = 16;

/// The method, and what stands between path and client id and between the dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Form {
    pub(in super::super) method: String,
    pub(in super::super) after_method: &'static str,
    pub(in super::super) after_path: &'static str,
    pub(in super::super) dot: &'static str,
}

impl Form {
    /// The documented form.
    pub(in super::super) fn documented(method: &str) -> Self {
        Form { method: method.to_owned(), after_method: " ", after_path: "\n", dot: "." }
    }
}

/// Forms that differ from the documented one.
pub(in super::super) fn edits(method: &str) -> Vec<Change<Form>> {
    let documented = Form::documented(method);
    let mut changes = Changes::new(documented.clone(), MOST);
    for other in ["POST", "GET", "PUT", "post"] {
        let form = Form { method: other.to_owned(), ..documented.clone() };
        changes.add(FindingCode::ContentMethod, format!("with the method {other}"), form);
    }
    for (after_path, how) in [
        ("\r\n", "with CR and LF after the path"),
        ("\n\n", "with an empty line after the path"),
        ("\\n", "with a backslash and an n after the path, in place of a line feed"),
        (" ", "with a space after the path, in place of a line feed"),
        ("", "without the line feed after the path"),
        (" \n", "with a space before the line feed"),
    ] {
        changes.add(FindingCode::ContentSeparator, how, Form { after_path, ..documented.clone() });
    }
    changes.add(
        FindingCode::ContentSeparator,
        "without the space after the method",
        Form { after_method: "", ..documented.clone() },
    );
    changes.add(FindingCode::ContentSeparator, "without the dots", Form { dot: "", ..documented });
    changes.list()
}
