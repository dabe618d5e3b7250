//! Documentation in the manner of a language: names as that language writes them, sentences about length and need, and
//! lines of the right width.

use std::collections::BTreeMap;

use crate::names::{camel, snake};
use crate::schema::{Condition, Field, Schema, Use, Words};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Rust,
    Python,
    TypeScript,
    Kotlin,
    Php,
    Markdown,
}

/// What stands between backticks, and how each language writes it.
pub(crate) struct Prose<'a> {
    language: Language,
    fields: BTreeMap<&'a str, ()>,
    /// Members of the dialect, in snake_case.
    members: BTreeMap<&'a str, ()>,
    /// Types by their name in the schema, with the one they have here.
    types: BTreeMap<&'a str, &'a str>,
}

impl<'a> Prose<'a> {
    pub(crate) fn new(schema: &'a Schema, language: Language) -> Self {
        let fields = schema.all_messages().flat_map(|message| &message.fields);
        let messages = schema.all_messages().map(|message| {
            let name = match language {
                Language::TypeScript => message.other_name(),
                Language::Kotlin => message.kotlin_name(),
                Language::Rust | Language::Python | Language::Php | Language::Markdown => {
                    message.name.as_str()
                }
            };
            (message.name.as_str(), name)
        });
        let words = schema.library_words().chain(schema.message_words());
        Prose {
            language,
            members: schema.dialect_members().map(|member| (member.name.as_str(), ())).collect(),
            fields: fields.map(|field| (field.json.as_str(), ())).collect(),
            types: messages.chain(words.map(|words| (words.name.as_str(), words.name.as_str()))).collect(),
        }
    }

    /// The text with its names in the manner of the language.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut out = String::new();
        for (index, part) in text.split('`').enumerate() {
            if index % 2 == 0 {
                out.push_str(part);
            } else {
                out.push_str(&self.name(part));
            }
        }
        out
    }

    fn name(&self, name: &str) -> String {
        let own = self.types.get(name).copied().unwrap_or(name);
        let is_type = self.types.contains_key(name);
        let is_field = self.fields.contains_key(name);
        let is_member = self.members.contains_key(name);
        match self.language {
            Language::Rust if name == "none" => "`None`".to_owned(),
            Language::Python if name == "none" => "None".to_owned(),
            _ if name == "none" => "`null`".to_owned(),
            Language::TypeScript | Language::Kotlin if is_member => format!("`{}`", camel(name)),
            Language::Rust if is_field => format!("`{}`", snake(name)),
            Language::Python if is_field => format!("``{}``", snake(name)),
            Language::Python => format!("``{own}``"),
            Language::Php if is_field => format!("`{}`", camel(&snake(name))),
            Language::TypeScript if is_type => format!("{{@link {own}}}"),
            Language::Kotlin if is_type => format!("[{own}]"),
            _ => format!("`{own}`"),
        }
    }

    /// A field's documentation, with what its declaration says of length and need.
    pub(crate) fn field(&self, field: &Field, used: Use) -> String {
        let mut text = self.text(&field.doc);
        if let Some(max) = field.max {
            let unit = if field.list { "elements" } else { "characters" };
            text.push_str(&format!(" At most {max} {unit}."));
        }
        if used == Use::Request
            && !field.filled
            && !field.need.is_empty()
            && !field.doc.to_lowercase().contains("require")
        {
            text.push_str(&format!(" {}", required(&field.need)));
        }
        text
    }

    /// Words with the meaning of each, as a list below the sentence.
    pub(crate) fn words(&self, words: &Words) -> String {
        let mut text = format!("{}\n", self.text(&words.doc));
        for value in &words.values {
            let word = if self.language == Language::Python {
                format!("``{}``", value.word)
            } else {
                format!("`{}`", value.word)
            };
            text.push_str(&format!("\n- {word}: {}", self.text(&value.doc)));
        }
        text
    }
}

/// `How long it took, in milliseconds.`
pub(crate) fn added(sentence: &str, more: &str) -> String {
    format!("{}, {more}.", sentence.trim_end_matches('.'))
}

/// The sentence as the rest of one.
pub(crate) fn continued(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// `Required by AMS with a payment code.`
pub(crate) fn required(need: &[Condition]) -> String {
    let cases: Vec<String> = need.iter().map(case).collect();
    let cases = cases.join(", and ");
    if cases.is_empty() { "Required.".to_owned() } else { format!("Required {cases}.") }
}

fn case(condition: &Condition) -> String {
    let protocol = condition.protocol.map(|protocol| match protocol {
        "ams" => "by AMS",
        _ => "by Alipay+",
    });
    let scenario = condition.scenario.map(|scenario| match scenario {
        "payment_code" => "with a payment code",
        "order_code" => "with an order code",
        _ => "with an entry code",
    });
    [protocol, scenario].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The text in lines of at most `width` characters; each begins with `indent`. Paragraphs and lists stay apart.
pub(crate) fn wrapped(text: &str, indent: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.trim().split("\n\n") {
        if !lines.is_empty() {
            lines.push(indent.trim_end().to_owned());
        }
        for item in items(paragraph) {
            wrap(&item, indent, width, &mut lines);
        }
    }
    lines
}

/// The items of a list, or the one text that a paragraph is.
fn items(paragraph: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in paragraph.lines() {
        match items.last_mut() {
            Some(last) if !line.starts_with("- ") => {
                last.push(' ');
                last.push_str(line);
            }
            _ => items.push(line.to_owned()),
        }
    }
    items
}

fn wrap(text: &str, indent: &str, width: usize, lines: &mut Vec<String>) {
    let hanging = if text.starts_with("- ") { "  " } else { "" };
    let mut line = indent.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(line);
            line = format!("{indent}{hanging}");
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn need_is_a_sentence() {
        let case = |protocol, scenario| Condition { protocol, scenario };
        assert_eq!(required(&[case(None, None)]), "Required.");
        let two = [case(Some("ams"), None), case(None, Some("entry_code"))];
        assert_eq!(required(&two), "Required by AMS, and with an entry code.");
        assert_eq!(required(&[case(Some("ams"), Some("order_code"))]), "Required by AMS with an order code.");
    }

    #[test]
    fn sentences_are_joined() {
        assert_eq!(added("How long it took.", "in milliseconds"), "How long it took, in milliseconds.");
        assert_eq!(continued("The code."), "the code.");
    }

    #[test]
    fn lines_are_of_the_right_width_and_lists_hang() {
        let text = "one two three four\nfive\n\n- six seven eight\n- nine";
        let lines =
            ["# one two", "# three", "# four five", "#", "# - six", "#   seven", "#   eight", "# - nine"];
        assert_eq!(wrapped(text, "# ", 11), lines);
    }

    #[test]
    fn names_are_those_of_the_language() -> crate::Result<()> {
        let schema = Schema::read(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")))?;
        let said =
            |language| Prose::new(&schema, language).text("`refundStatus` of a `Notification`, not `pay`");
        assert_eq!(said(Language::Rust), "`refund_status` of a `Notification`, not `pay`");
        assert_eq!(said(Language::Python), "``refund_status`` of a ``Notification``, not ``pay``");
        assert_eq!(said(Language::TypeScript), "`refundStatus` of a {@link NotificationBody}, not `pay`");
        assert_eq!(said(Language::Php), "`refundStatus` of a `Notification`, not `pay`");
        assert_eq!(said(Language::Kotlin), "`refundStatus` of a [NotificationBody], not `pay`");
        Ok(())
    }
}
