//! Colours, only for people at a terminal. A script, a file and whoever set `NO_COLOR` get none.

use std::fmt;
use std::io::IsTerminal as _;

/// What a text says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Doubtful,
    Bad,
    Quiet,
    Plain,
}

impl Tone {
    /// The number of ANSI's "select graphic rendition".
    fn number(self) -> u8 {
        match self {
            Tone::Good => 32,
            Tone::Doubtful => 33,
            Tone::Bad => 31,
            Tone::Quiet => 2,
            Tone::Plain => 0,
        }
    }
}

/// Whether texts are coloured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    /// For standard output.
    pub(crate) fn for_stdout() -> Self {
        Paint { on: wanted(|name| std::env::var(name).ok(), std::io::stdout().is_terminal()) }
    }

    /// None, wherever it goes.
    #[cfg(test)]
    pub(crate) fn off() -> Self {
        Paint { on: false }
    }

    /// For standard error.
    pub(crate) fn for_stderr() -> Self {
        Paint { on: wanted(|name| std::env::var(name).ok(), std::io::stderr().is_terminal()) }
    }

    /// Whether there are any.
    pub(crate) fn is_on(self) -> bool {
        self.on
    }

    /// A text in a tone.
    pub(crate) fn text<T: fmt::Display>(self, tone: Tone, text: T) -> Painted<T> {
        Painted { tone: Some(tone).filter(|tone| self.on && *tone != Tone::Plain), text }
    }
}

/// By no-color.org any value that is not empty counts; a dumb terminal shows no colours.
fn wanted(variable: impl Fn(&str) -> Option<String>, terminal: bool) -> bool {
    let unwanted = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    terminal && !unwanted && variable("TERM").as_deref() != Some("dumb")
}

/// A text that may have a colour.
pub(crate) struct Painted<T> {
    tone: Option<Tone>,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.tone {
            Some(tone) => write!(f, "\x1b[{}m{}\x1b[0m", tone.number(), self.text),
            None => write!(f, "{}", self.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_terminal_that_was_not_told_otherwise_has_colours() {
        let set = |set: &'static [(&str, &str)]| {
            move |wanted: &str| {
                set.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
            }
        };
        assert!(wanted(set(&[]), true));
        assert!(wanted(set(&[("NO_COLOR", ""), ("TERM", "xterm")]), true));
        assert!(!wanted(set(&[]), false));
        assert!(!wanted(set(&[("NO_COLOR", "1")]), true));
        assert!(!wanted(set(&[("TERM", "dumb")]), true));
        assert_eq!(Paint::off().text(Tone::Bad, "x").to_string(), "x");
        assert_eq!(Paint { on: true }.text(Tone::Bad, "x").to_string(), "\x1b[31mx\x1b[0m");
    }
}
