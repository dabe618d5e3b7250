//! Wrong command lines. clap's own messages repeat what was typed, and that may be a payment code or a key in
//! the wrong place, so they are rewritten from the parts that are ours.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// Answers a command line that is not a command: help and version go to standard output, all else is refused.
pub(crate) fn answer(error: &clap::Error) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // Nobody reads any more: there is nobody to tell.
        let _ = error.print();
        return Exit::Done;
    }
    let json = std::env::args_os().skip(1).any(|argument| argument == "--json");
    Output::new(json).failure(&refusal(error));
    Exit::Usage
}

fn refusal(error: &clap::Error) -> Failure {
    let reason = match error.kind() {
        ErrorKind::UnknownArgument => "there is an argument that this command does not take".into(),
        ErrorKind::InvalidSubcommand => "there is no such command".into(),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "a command is missing".into()
        }
        ErrorKind::MissingRequiredArgument => format!("missing: {}", ours(error, ContextKind::InvalidArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("the value can't be read: {}", ours(error, ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => format!(
            "{} does not go together with {}",
            ours(error, ContextKind::InvalidArg),
            ours(error, ContextKind::PriorArg)
        ),
        ErrorKind::InvalidUtf8 => "an argument is not UTF-8".into(),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("wrong number of values: {}", ours(error, ContextKind::InvalidArg))
        }
        _ => "the command line can't be read".into(),
    };
    Failure::usage(reason, hint(error))
}

fn hint(error: &clap::Error) -> String {
    let valid = ours(error, ContextKind::ValidValue);
    if !valid.is_empty() {
        return format!("one of: {valid}");
    }
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand]
        .into_iter()
        .map(|kind| ours(error, kind))
        .find(|text| !text.is_empty());
    match suggested {
        Some(suggested) => format!("perhaps you mean {suggested}; see --help"),
        None => "see --help, which each command has too".into(),
    }
}

/// The parts of clap's message that come from our own definitions.
fn ours(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::commands::Cli;

    #[test]
    fn what_was_typed_is_never_repeated() {
        let marked = "281006020000000000125733";
        for line in [
            vec!["pay", marked],
            vec![marked],
            vec!["pay", "--protocol", marked],
            vec!["pay", "--281006020000000000125733"],
            vec!["pay", "--cod=281006020000000000125733"],
            vec!["--json=281006020000000000125733", "route"],
            vec!["sandbox", "--data-dir", "d", "--listen", marked],
            vec!["sandbox", "--data-dir", "d", "--speed", marked],
            vec!["keys", marked],
            vec!["resume", marked],
        ] {
            let error = Cli::try_parse_from([&["alipay-instore"], &line[..]].concat()).unwrap_err();
            let failure = refusal(&error);
            let text = format!("{}{}", failure.reason, failure.hint);
            assert!(!text.contains("2810060200"), "{line:?}: {text}");
            assert_eq!(failure.exit, Exit::Usage);
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = Cli::try_parse_from(["alipay-instore", "sign"]).unwrap_err();
        assert!(refusal(&error).reason.contains("--key"), "{:?}", refusal(&error));
        let error = Cli::try_parse_from(["alipay-instore", "code", "X", "--lang", "de"]).unwrap_err();
        assert!(refusal(&error).hint.contains("zh"), "{:?}", refusal(&error));
    }
}
