//! What a command prints: its result to standard output, for people or as one JSON object; everything else to
//! standard error.

use std::fmt::Display;
use std::io::Write as _;

use alipay_instore::Error;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::paint::{Paint, Tone};
use crate::ticker::undisturbed;

/// Where results go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Output { json }
    }

    /// The command's result, in the form that was asked for.
    pub(crate) fn result(self, human: impl Display, json: &Value) {
        if self.json { line(json) } else { line(human) }
    }

    /// Something on the way that only people want on standard output.
    pub(crate) fn human(self, text: impl Display) {
        if !self.json {
            line(text);
        }
    }

    /// The result as JSON, for a command that told people everything on the way.
    pub(crate) fn machine(self, json: &Value) {
        if self.json {
            line(json);
        }
    }

    /// Progress, whoever reads the result.
    pub(crate) fn progress(self, text: impl Display) {
        // A closed standard error must not end a payment.
        let _ = undisturbed(|| writeln!(std::io::stderr().lock(), "{text}"));
    }

    /// An error: `code: reason` and the hint on standard error, or the object on standard output.
    pub(crate) fn failure(self, failure: &Failure) {
        if self.json {
            line(json!({ "error": of(failure) }));
        } else {
            let code = Paint::for_stderr().text(Tone::Bad, failure.code);
            self.progress(format_args!("{code}: {}\nhint: {}", failure.reason, failure.hint));
        }
    }
}

/// The JSON form of an error; `scanned_as` is there where it is known.
pub(crate) fn of(failure: &Failure) -> Value {
    let mut error = json!({
        "code": failure.code, "reason": failure.reason, "hint": failure.hint,
        "may_have_charged": failure.may_have_charged, "may_have_refunded": failure.may_have_refunded,
    });
    if let (Some(what), Some(members)) = (failure.scanned_as, error.as_object_mut()) {
        members.insert("scanned_as".into(), what.as_str().into());
    }
    error
}

/// The same for an error of the library within a longer result.
pub(crate) fn of_error(error: &Error) -> Value {
    of(&Failure::from(error.clone()))
}

fn line(text: impl Display) {
    undisturbed(|| {
        let mut out = std::io::stdout().lock();
        // Nobody reads any more: there is nobody to tell.
        let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    });
}
