//! Reading of raw JSON: strict about the text, lenient about scalars.
//!
//! The documents write every scalar as a string; some SDKs send numbers and booleans, which are taken for the
//! same. Names given twice are refused, since two readers of such a body could see two different payments.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::ledger::Money;
use crate::result::Code;

/// A parameter that is missing or wrong, by its path, or another reason to refuse a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Illegal {
    pub(crate) code: Code,
    pub(crate) path: Cow<'static, str>,
}

impl Illegal {
    pub(crate) fn at(path: impl Into<Cow<'static, str>>) -> Self {
        Illegal { code: Code::ParamIllegal, path: path.into() }
    }
}

/// What a body says at a dotted path; `null` counts as absent.
pub(crate) fn find<'a>(body: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(body, |value, name| value.get(name)).filter(|value| !value.is_null())
}

/// A scalar as text. An empty string counts as absent, since the documents forbid it where it means nothing.
pub(crate) fn text<'a>(
    body: &'a Value,
    path: &'static str,
    max: usize,
) -> Result<Option<Cow<'a, str>>, Illegal> {
    let text = match find(body, path) {
        None => return Ok(None),
        Some(Value::String(text)) => Cow::Borrowed(text.as_str()),
        Some(Value::Number(number)) => Cow::Owned(number.to_string()),
        Some(Value::Bool(truth)) => Cow::Owned(truth.to_string()),
        Some(_) => return Err(Illegal::at(path)),
    };
    if text.chars().count() > max {
        Err(Illegal::at(path))
    } else {
        Ok(Some(text).filter(|text| !text.is_empty()))
    }
}

/// A scalar that has to be there.
pub(crate) fn required<'a>(body: &'a Value, path: &'static str, max: usize) -> Result<Cow<'a, str>, Illegal> {
    text(body, path, max)?.ok_or(Illegal::at(path))
}

/// A scalar that goes by one of two names.
pub(crate) fn required_as(
    body: &Value,
    path: &'static str,
    other: &'static str,
    max: usize,
) -> Result<(), Illegal> {
    match text(body, path, max)? {
        Some(_) => Ok(()),
        None => text(body, other, max)?.map(drop).ok_or(Illegal::at(path)),
    }
}

/// An amount that has to be there: a positive integer of the currency's smallest unit.
pub(crate) fn amount(
    body: &Value,
    value_path: &'static str,
    currency_path: &'static str,
) -> Result<Money, Illegal> {
    let currency = required(body, currency_path, 3)?;
    let value = required(body, value_path, 16)?;
    let digits = value.as_bytes();
    if !digits.iter().all(u8::is_ascii_digit) || digits.first() == Some(&b'0') {
        return Err(Illegal::at(value_path));
    }
    let value: u128 = value.parse().map_err(|_| Illegal::at(value_path))?;
    if alipay_instore::currency::Currency::from_code(&currency).is_err() {
        return Err(Illegal { code: Code::CurrencyNotSupport, path: currency_path.into() });
    }
    // Alipay's rule for rupiah: written with two digits, which have to be zeros.
    if currency == "IDR" && !value.is_multiple_of(100) {
        return Err(Illegal::at(value_path));
    }
    Ok(Money { currency: currency.into_owned(), value })
}

/// One canonical text for a value, in which `true` and `"true"` are the same: for comparing repeated requests.
pub(crate) fn canonical(value: Option<&Value>) -> String {
    fn scalars_as_text(value: &Value) -> Value {
        match value {
            Value::Number(number) => Value::String(number.to_string()),
            Value::Bool(truth) => Value::String(truth.to_string()),
            Value::Array(items) => Value::Array(items.iter().map(scalars_as_text).collect()),
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), scalars_as_text(value))).collect()
            }
            other => other.clone(),
        }
    }
    value.map(|value| scalars_as_text(value).to_string()).unwrap_or_default()
}

/// Reads a body; `None` if it is not one JSON object, or names a member twice.
pub(crate) fn read_json(body: &[u8]) -> Option<Value> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = Strict.deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    value.is_object().then_some(value)
}

/// A JSON value without repeated names.
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value without repeated names")
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Strict)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(Strict)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a name is repeated"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_and_booleans_count_as_their_text() {
        let body = json!({"a": {"n": 100, "b": true, "s": "x", "e": "", "o": {}}});
        let read = |path: &'static str| text(&body, path, 3);
        assert_eq!(read("a.n"), Ok(Some("100".into())));
        assert_eq!(read("a.b"), Err(Illegal::at("a.b")), "longer than 3");
        assert_eq!(read("a.s"), Ok(Some("x".into())));
        assert_eq!(read("a.e"), Ok(None));
        assert_eq!(read("a.missing"), Ok(None));
        assert_eq!(read("a.o"), Err(Illegal::at("a.o")));
        assert_eq!(canonical(Some(&json!({"x": true}))), canonical(Some(&json!({"x": "true"}))));
    }

    #[test]
    fn an_amount_is_a_positive_integer_in_a_known_currency() {
        let read = |currency: &str, value: Value| {
            amount(&json!({"value": value, "currency": currency}), "value", "currency")
                .map(|money| money.value)
        };
        assert_eq!(read("USD", json!("1999")), Ok(1999));
        assert_eq!(read("USD", json!(1999)), Ok(1999));
        for wrong in [
            json!("0"),
            json!("01"),
            json!("-1"),
            json!("1.5"),
            json!(1.5),
            json!("12345678901234567"),
            json!(""),
        ] {
            assert_eq!(read("USD", wrong.clone()), Err(Illegal::at("value")), "{wrong}");
        }
        assert_eq!(read("IDR", json!("30050")), Err(Illegal::at("value")));
        assert_eq!(read("IDR", json!("30000")), Ok(30000));
        assert_eq!(read("XYZ", json!("1")).unwrap_err().code, Code::CurrencyNotSupport);
    }

    #[test]
    fn a_body_is_one_object_without_repeated_names() {
        assert!(read_json(br#"{"a":[1,{"b":null}]}"#).is_some());
        for bad in [
            &b"[]"[..],
            b"",
            b"{\"a\":1} x",
            b"{\"a\":1,\"a\":1}",
            b"{\"a\":{\"b\":1,\"b\":2}}",
            b"{//c\n}",
            b"\xff",
        ] {
            assert_eq!(read_json(bad), None, "{}", String::from_utf8_lossy(bad));
        }
    }
}
