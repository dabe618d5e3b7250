//! JSON printed again as the usual libraries print it.

use std::fmt::Write as _;

use crate::json::{Json, Object};

/// How a library prints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    layout: Layout,
    escapes: Escapes,
    /// Members in the order of their names.
    sorted: bool,
}

#[derive(Clone, Copy, Debug)]
enum Layout {
    Compact,
    /// `{"a": 1, "b": 2}`, as Python's `json.dumps`.
    Spaced,
    /// `{"a": 1,"b": 2}`
    SpacedColons,
    /// `{"a":1, "b":2}`
    SpacedCommas,
    /// A member a line.
    Lines {
        indent: &'static str,
    },
    /// The same as Jackson's printer does it: spaces around colons, arrays in one line.
    Jackson,
    /// The same with CRLF.
    CrLf,
}

#[derive(Clone, Copy, Debug)]
enum Escapes {
    /// What must be escaped and nothing else.
    Fewest,
    /// Everything beyond ASCII as `\u00e9`.
    Ascii,
    /// The same with `\u00E9`.
    AsciiCapitals,
    /// `\/`.
    Slash,
    /// `\/` and `\u00e9`, as PHP's `json_encode`.
    SlashAscii,
    /// `<`, `>`, `&` and the line separators as `\u003c`, as Go.
    Html,
    /// Those, `=` and `'`, as Gson.
    HtmlMore,
    /// Everything beyond ASCII, quotes and signs of HTML in capitals, as .NET's `System.Text.Json`.
    DotNet,
}

impl Style {
    /// Every style, the likely first.
    pub(super) fn all() -> impl Iterator<Item = Style> {
        let layouts = [
            Layout::Compact,
            Layout::Spaced,
            Layout::Lines { indent: "  " },
            Layout::Lines { indent: "    " },
            Layout::Lines { indent: "\t" },
            Layout::Jackson,
            Layout::CrLf,
            Layout::SpacedColons,
            Layout::SpacedCommas,
        ];
        let escapes = [
            Escapes::Fewest,
            Escapes::Ascii,
            Escapes::Slash,
            Escapes::SlashAscii,
            Escapes::Html,
            Escapes::HtmlMore,
            Escapes::AsciiCapitals,
            Escapes::DotNet,
        ];
        let mut pairs: Vec<_> = (0..)
            .zip(layouts)
            .flat_map(|(first, layout)| {
                (0..).zip(escapes).map(move |(second, escapes): (usize, _)| (first + second, layout, escapes))
            })
            .collect();
        // What is usual in both comes first.
        pairs.sort_by_key(|(rank, _, _)| *rank);
        let styled = move |sorted| {
            let pairs = pairs.clone().into_iter();
            pairs.map(move |(_, layout, escapes)| Style { layout, escapes, sorted })
        };
        [false, true].into_iter().flat_map(styled)
    }

    /// The style in words.
    pub(super) fn words(self) -> String {
        let mut words = match self.layout {
            Layout::Compact => "compact".to_owned(),
            Layout::Spaced => "with a space after each comma and colon".to_owned(),
            Layout::SpacedColons => "with a space after each colon".to_owned(),
            Layout::SpacedCommas => "with a space after each comma".to_owned(),
            Layout::Lines { indent: "\t" } => "a member a line, indented by tabs".to_owned(),
            Layout::Lines { indent } => format!("a member a line, indented by {} spaces", indent.len()),
            Layout::Jackson => "a member a line, with spaces around colons, as Jackson prints".to_owned(),
            Layout::CrLf => "a member a line, indented by 2 spaces, with CRLF".to_owned(),
        };
        words.push_str(match self.escapes {
            Escapes::Fewest => "",
            Escapes::Ascii => ", what is not ASCII as \\u escapes",
            Escapes::AsciiCapitals => ", what is not ASCII as \\u escapes in capitals",
            Escapes::Slash => ", each slash as \\/",
            Escapes::SlashAscii => ", each slash as \\/ and what is not ASCII as \\u escapes",
            Escapes::Html => ", <, > and & as \\u escapes",
            Escapes::HtmlMore => ", <, >, &, = and ' as \\u escapes",
            Escapes::DotNet => ", quotes, <, >, &, + and what is not ASCII as \\u escapes in capitals",
        });
        if self.sorted {
            words.push_str(", members sorted by name");
        }
        words
    }

    /// The value in this style.
    pub(super) fn print(self, value: &Json) -> String {
        let mut out = String::new();
        self.value(value, 0, &mut out);
        out
    }

    fn value(self, value: &Json, depth: usize, out: &mut String) {
        match value {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(text) => out.push_str(text),
            Json::String(text) => self.text(text, out),
            Json::Array(elements) => {
                if matches!(self.layout, Layout::Jackson) {
                    return self.in_one_line(elements, depth, out);
                }
                let items = elements.iter().map(|element| (None, element));
                self.items(['[', ']'], elements.is_empty(), items, depth, out);
            }
            Json::Object(object) => self.object(object, depth, out),
        }
    }

    fn object(self, object: &Object, depth: usize, out: &mut String) {
        let mut members: Vec<_> = object.iter().map(|(name, value)| (Some(name), value)).collect();
        if self.sorted {
            members.sort_by_key(|(name, _)| *name);
        }
        self.items(['{', '}'], members.is_empty(), members.into_iter(), depth, out);
    }

    /// An array of Jackson: what is inside is indented no deeper.
    fn in_one_line(self, elements: &[Json], depth: usize, out: &mut String) {
        out.push_str("[ ");
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            self.value(element, depth, out);
        }
        out.push_str(if elements.is_empty() { "]" } else { " ]" });
    }

    fn items<'a>(
        self,
        [open, close]: [char; 2],
        empty: bool,
        items: impl Iterator<Item = (Option<&'a str>, &'a Json)>,
        depth: usize,
        out: &mut String,
    ) {
        out.push(open);
        let inside = depth.saturating_add(1);
        for (index, (name, value)) in items.enumerate() {
            if index > 0 {
                out.push(',');
                if matches!(self.layout, Layout::Spaced | Layout::SpacedCommas) {
                    out.push(' ');
                }
            }
            self.line(inside, out);
            if let Some(name) = name {
                self.text(name, out);
                out.push_str(match self.layout {
                    Layout::Compact | Layout::SpacedCommas => ":",
                    Layout::Spaced | Layout::SpacedColons | Layout::Lines { .. } | Layout::CrLf => ": ",
                    Layout::Jackson => " : ",
                });
            }
            self.value(value, inside, out);
        }
        if !empty {
            self.line(depth, out);
        } else if matches!(self.layout, Layout::Jackson) {
            out.push(' ');
        }
        out.push(close);
    }

    /// A new line, where this style has lines.
    fn line(self, depth: usize, out: &mut String) {
        let (end, indent) = match self.layout {
            Layout::Compact | Layout::Spaced | Layout::SpacedColons | Layout::SpacedCommas => return,
            Layout::Lines { indent } => ("\n", indent),
            Layout::Jackson => ("\n", "  "),
            Layout::CrLf => ("\r\n", "  "),
        };
        out.push_str(end);
        for _ in 0..depth {
            out.push_str(indent);
        }
    }

    fn text(self, text: &str, out: &mut String) {
        out.push('"');
        for character in text.chars() {
            match character {
                '"' if matches!(self.escapes, Escapes::DotNet) => self.escape(character, out),
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\u{8}' => out.push_str("\\b"),
                '\u{c}' => out.push_str("\\f"),
                '/' if matches!(self.escapes, Escapes::Slash | Escapes::SlashAscii) => out.push_str("\\/"),
                other if other < ' ' || self.is_escaped(other) => self.escape(other, out),
                other => out.push(other),
            }
        }
        out.push('"');
    }

    fn is_escaped(self, character: char) -> bool {
        match self.escapes {
            Escapes::Fewest | Escapes::Slash => false,
            Escapes::Ascii | Escapes::AsciiCapitals | Escapes::SlashAscii => !character.is_ascii(),
            Escapes::DotNet => {
                !character.is_ascii() || matches!(character, '<' | '>' | '&' | '+' | '\'' | '`' | '\u{7f}')
            }
            Escapes::Html => matches!(character, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'),
            Escapes::HtmlMore => {
                matches!(character, '<' | '>' | '&' | '=' | '\'' | '\u{2028}' | '\u{2029}')
            }
        }
    }

    fn escape(self, character: char, out: &mut String) {
        for &mut unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a String can't fail.
            let _ = match self.escapes {
                Escapes::AsciiCapitals | Escapes::DotNet => write!(out, "\\u{unit:04X}"),
                _ => write!(out, "\\u{unit:04x}"),
            };
        }
    }
}
