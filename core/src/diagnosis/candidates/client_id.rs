//! Client ids that may have been signed.

use super::super::finding::FindingCode;
use super::{Change, Changes};

const MOST: usize = 24;
const SANDBOX: &str = "SANDBOX_";

/// Ids that others know of: the header of the message, and what the caller holds possible.
pub(in super::super) fn replacements(given: &str, header: &[String], others: &[&str]) -> Vec<Change<String>> {
    let mut changes = Changes::new(given.to_owned(), MOST);
    for value in header {
        let code =
            if value.trim() == given { FindingCode::ClientIdSpaces } else { FindingCode::ClientIdOther };
        changes.add(code, "as the Client-Id header has it", value.trim().to_owned());
        changes.add(code, "as the Client-Id header has it, with its spaces", value.clone());
        for part in value.split(',') {
            changes.add(
                FindingCode::HeaderJoined,
                "one part of the Client-Id header",
                part.trim().to_owned(),
            );
        }
    }
    for other in others {
        changes.add(FindingCode::ClientIdOther, "one of the other ids", (*other).to_owned());
    }
    changes.list()
}

/// What transport and configuration do to an id.
pub(in super::super) fn edits(id: &str) -> Vec<Change<String>> {
    let mut changes = Changes::new(id.to_owned(), MOST);
    changes.add(FindingCode::ClientIdSpaces, "without the spaces around it", id.trim().to_owned());
    for (text, how) in [
        (format!("{id} "), "with a space after it"),
        (format!(" {id}"), "with a space before it"),
        (format!("{id}\r\n"), "with CR and LF after it"),
        (format!("{id}\n"), "with a line feed after it"),
        (format!("{id}\t"), "with a tab after it"),
    ] {
        changes.add(FindingCode::ClientIdSpaces, how, text);
    }
    match id.strip_prefix(SANDBOX) {
        Some(rest) => {
            changes.add(FindingCode::ClientIdSandbox, "without the prefix SANDBOX_", rest.to_owned())
        }
        None => {
            changes.add(FindingCode::ClientIdSandbox, "with the prefix SANDBOX_", format!("{SANDBOX}{id}"))
        }
    }
    changes.add(FindingCode::ClientIdOther, "empty", String::new());
    changes.add(FindingCode::ClientIdOther, "in capitals", id.to_ascii_uppercase());
    changes.list()
}
