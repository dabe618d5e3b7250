//! The words that the library speaks, as enums.

use std::fmt::Write as _;

use super::{doc, head};
use crate::Output;
use crate::prose::{Language, Prose};
use crate::schema::{Schema, Words};

pub(super) fn output(schema: &Schema) -> Output {
    let prose = Prose::new(schema, Language::Rust);
    let mut out =
        head("schema/words", "The words of the library: one enum each, the same words in every language.");
    for words in schema.library_words().filter(|words| !words.rust_by_hand) {
        one(&mut out, words, &prose);
    }
    Output { path: "core/src/words.rs".to_owned(), text: out }
}

fn one(out: &mut String, words: &Words, prose: &Prose<'_>) {
    let name = &words.name;
    out.push_str(&doc(&prose.text(&words.doc), ""));
    let mut derives = vec!["Clone", "Copy", "Debug", "PartialEq", "Eq"];
    if words.ordered {
        derives.extend(["PartialOrd", "Ord"]);
    }
    derives.push("Hash");
    if words.first_is_default {
        derives.push("Default");
    }
    if words.stored {
        derives.extend(["serde::Serialize", "serde::Deserialize"]);
    }
    let _ = writeln!(out, "#[derive({})]", derives.join(", "));
    if words.can_grow {
        out.push_str("#[non_exhaustive]\n");
    }
    let _ = writeln!(out, "pub enum {name} {{");
    for (index, value) in words.values.iter().enumerate() {
        out.push_str(&doc(&format!("{}\n\n`{}`", prose.text(&value.doc), value.word), "    "));
        if words.stored {
            let _ = writeln!(out, "    #[serde(rename = \"{}\")]", value.word);
        }
        if words.first_is_default && index == 0 {
            out.push_str("    #[default]\n");
        }
        let _ = writeln!(out, "    {},", value.name);
    }
    let variants: Vec<String> = words.values.iter().map(|value| format!("{name}::{}", value.name)).collect();
    let _ = writeln!(
        out,
        "}}\n\nimpl {name} {{\n    /// Every value.\n    pub const ALL: &'static [{name}] = &[{}];\n\n    \
         /// The word for it, the same in every language.\n    pub const fn as_str(self) -> &'static str {{\n        \
         match self {{",
        variants.join(", ")
    );
    for value in &words.values {
        let _ = writeln!(out, "            {name}::{} => \"{}\",", value.name, value.word);
    }
    out.push_str("        }\n    }\n\n    /// The value of this word, if there is one.\n");
    out.push_str("    pub fn from_word(word: &str) -> Option<Self> {\n        Some(match word {\n");
    for value in &words.values {
        let _ = writeln!(out, "            \"{}\" => {name}::{},", value.word, value.name);
    }
    out.push_str("            _ => return None,\n        })\n    }\n}\n\n");
}
