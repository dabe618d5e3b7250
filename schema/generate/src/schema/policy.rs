//! The numbers of the policy, with the presets of both protocols.

use toml::Value;

use super::table::{Taken, tables};
use crate::Result;

pub(crate) struct Number {
    pub(crate) name: String,
    /// `time`, `count`, `flag`, `cancel_window`, or the name of words.
    pub(crate) kind: String,
    /// The bounds, where they are not those of its kind.
    pub(crate) least: Option<Preset>,
    pub(crate) most: Option<Preset>,
    pub(crate) ams: Preset,
    pub(crate) alipay_plus: Preset,
    pub(crate) doc: String,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Preset {
    /// Milliseconds, and how the schema writes them.
    Time(i64, String),
    Count(i64),
    Flag(bool),
    Word(String),
}

impl Number {
    pub(super) fn read_all(text: &str) -> Result<Vec<Number>> {
        tables("policy.toml", text)?.into_iter().map(|(name, table)| Number::read(name, table)).collect()
    }

    fn read(name: String, mut table: Taken) -> Result<Number> {
        let at = table.at().to_owned();
        let mut take = |name: &str| table.value(name).map(|value| preset(&value, &at)).transpose();
        let (both, ams, alipay_plus) = (take("preset")?, take("ams")?, take("alipay_plus")?);
        let (least, most) = (take("least")?, take("most")?);
        let (ams, alipay_plus) = match (both, ams, alipay_plus) {
            (Some(both), None, None) => (both.clone(), both),
            (None, Some(ams), Some(alipay_plus)) => (ams, alipay_plus),
            _ => return Err(format!("{at}: either `preset`, or `ams` and `alipay_plus`")),
        };
        let kind = table.text("type")?;
        let doc = table.text("doc")?;
        table.end()?;
        Ok(Number { name, kind, least, most, ams, alipay_plus, doc })
    }
}

fn preset(value: &Value, at: &str) -> Result<Preset> {
    match value {
        Value::Integer(count) => Ok(Preset::Count(*count)),
        Value::Boolean(flag) => Ok(Preset::Flag(*flag)),
        Value::String(text) => Ok(match milliseconds(text) {
            Some(time) => Preset::Time(time, text.clone()),
            None => Preset::Word(text.clone()),
        }),
        _ => Err(format!("{at}: a preset is a time with its unit, a count, true or false, or a word")),
    }
}

fn milliseconds(text: &str) -> Option<i64> {
    let (number, unit) = text.split_once(' ')?;
    let unit = match unit {
        "ms" => 1,
        "s" => 1_000,
        "min" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.parse::<i64>().ok()?.checked_mul(unit)
}

impl Preset {
    /// As a person reads it.
    pub(crate) fn shown(&self) -> &str {
        match self {
            Preset::Time(_, text) | Preset::Word(text) => text,
            Preset::Count(_) => "",
            Preset::Flag(true) => "yes",
            Preset::Flag(false) => "no",
        }
    }
}
