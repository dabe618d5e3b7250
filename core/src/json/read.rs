//! From text to [`Json`].
//!
//! serde_json hands numbers over as binary numbers, in which an integer of 64 bits keeps its text and no other number
//! does. So a text is read in one go if its numbers are such integers, as in nearly every message. Any other text, also
//! one that is refused, is taken apart level by level, where each number is still text.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Json, Object, not_json};
use crate::error::{Error, ErrorCode, Result};

/// Real messages nest five deep; the bound keeps a hostile one from exhausting the stack.
const MAX_DEPTH: usize = 64;

pub(super) fn value(bytes: &[u8]) -> Result<Json> {
    if let Some(value) = in_one_go(bytes) {
        return Ok(value);
    }
    let raw: &RawValue = serde_json::from_slice(bytes).map_err(|error| not_json(&error))?;
    from_raw(raw, 0)
}

fn in_one_go(bytes: &[u8]) -> Option<Json> {
    let mut deserializer = serde_json::Deserializer::from_str(std::str::from_utf8(bytes).ok()?);
    let value = Value { depth: 0 }.deserialize(&mut deserializer).ok()?;
    deserializer.end().ok().map(|()| value)
}

fn has_a_key_twice(members: &[(Cow<'static, str>, Json)]) -> bool {
    const FEW: usize = 16;
    if members.len() <= FEW {
        return members
            .iter()
            .enumerate()
            .any(|(place, (name, _))| members.iter().take(place).any(|(earlier, _)| earlier == name));
    }
    let mut seen = HashSet::with_capacity(members.len());
    !members.iter().all(|(name, _)| seen.insert(&**name))
}

/// Reads a value; what it refuses is read again by the way that says why.
#[derive(Clone, Copy)]
struct Value {
    depth: usize,
}

impl Value {
    fn below<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth < MAX_DEPTH { Ok(Value { depth: self.depth + 1 }) } else { Err(E::custom("too deep")) }
    }
}

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = access.next_element_seed(self.below()?)? {
            elements.push(element);
        }
        Ok(Json::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = access.next_key::<String>()? {
            members.push((Cow::Owned(name), access.next_value_seed(self.below()?)?));
        }
        if has_a_key_twice(&members) {
            return Err(A::Error::custom("a key twice"));
        }
        Ok(Json::Object(Object(members)))
    }
}

/// `RawValue` has checked the shape of the whole text; each level is then taken apart by its first byte.
fn from_raw(raw: &RawValue, depth: usize) -> Result<Json> {
    if depth > MAX_DEPTH {
        return Err(Error::new(ErrorCode::MessageNotJson, format!("the JSON nests deeper than {MAX_DEPTH}")));
    }
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'n') => Ok(Json::Null),
        Some(b't') => Ok(Json::Bool(true)),
        Some(b'f') => Ok(Json::Bool(false)),
        Some(b'"') => serde_json::from_str(text).map(Json::String).map_err(|error| not_json(&error)),
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| not_json(&error))?;
            let read = elements.into_iter().map(|element| from_raw(element, depth + 1));
            read.collect::<Result<_>>().map(Json::Array)
        }
        Some(b'{') => {
            let members = members(text).map_err(|error| not_json(&error))?;
            let read =
                members.into_iter().map(|(name, value)| Ok((Cow::Owned(name), from_raw(value, depth + 1)?)));
            let members: Vec<_> = read.collect::<Result<_>>()?;
            if has_a_key_twice(&members) {
                let reason = "an object of the body has a key twice";
                return Err(Error::new(ErrorCode::MessageDuplicateKey, reason));
            }
            Ok(Json::Object(Object(members)))
        }
        _ => Ok(Json::Number(text.to_owned())),
    }
}

fn members(text: &str) -> serde_json::Result<Vec<(String, &RawValue)>> {
    struct Members;
    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(String, &'de RawValue)>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some(member) = access.next_entry()? {
                members.push(member);
            }
            Ok(members)
        }
    }
    serde_json::Deserializer::from_str(text).deserialize_map(Members)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn level_by_level(text: &str) -> Result<Json> {
        from_raw(serde_json::from_str(text).map_err(|error| not_json(&error))?, 0)
    }

    #[test]
    fn integers_are_read_in_one_go_and_other_numbers_keep_their_text() {
        for text in ["0", "7", "-1", "18446744073709551615", "-9223372036854775808"] {
            assert_eq!(in_one_go(text.as_bytes()), Some(Json::Number(text.to_owned())));
        }
        for text in
            ["-0", "1.0", "0.88156063", "1e3", "1E400", "18446744073709551616", "-9223372036854775809"]
        {
            assert_eq!(in_one_go(text.as_bytes()), None);
            assert_eq!(value(text.as_bytes()), Ok(Json::Number(text.to_owned())));
        }
    }

    #[test]
    fn both_ways_end_at_the_same_depth() {
        for depth in [1, MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, MAX_DEPTH + 2] {
            for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
                let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
                assert_eq!(in_one_go(text.as_bytes()), level_by_level(&text).ok(), "{depth}");
                assert_eq!(in_one_go(text.as_bytes()).is_some(), depth <= MAX_DEPTH, "{depth}");
            }
        }
    }

    #[test]
    fn a_key_twice_is_found_in_small_and_in_large_objects() {
        for others in [0, 1, 15, 16, 17, 40] {
            let names: String = (0..others).map(|place| format!("\"k{place}\":1,")).collect();
            let good = format!("{{{names}\"a\":1}}");
            assert!(in_one_go(good.as_bytes()).is_some());
            let twice = format!("{{\"a\":1,{names}\"a\":1}}");
            assert_eq!(in_one_go(twice.as_bytes()), None);
            assert_eq!(value(twice.as_bytes()).unwrap_err().code(), "message.duplicate_key");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_in_one_go_is_what_the_other_way_reads(
            text in "([\\[\\]{}:,\"a0-9.eE+\\\\ u-]|null|true|\"a\":|\"\\\\ud800\"){0,24}"
        ) {
            if let Some(read) = in_one_go(text.as_bytes()) {
                prop_assert_eq!(Ok(read), level_by_level(&text));
            }
        }
    }
}
