//! Currencies of ISO 4217 and the digits of their minor units.
//!
//! The table comes from the `iso_currency` crate and is held against the published list of 2026-01-01 by a
//! test; codes that ISO has withdrawn are unknown here. How an amount is written is [`crate::amount`]'s part.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::{Error, ErrorCode, Result};

/// Codes that the crate still carries and that list one of 2026-01-01 does not.
const WITHDRAWN: [iso_currency::Currency; 5] = [
    iso_currency::Currency::BGN,
    iso_currency::Currency::CUC,
    iso_currency::Currency::HRK,
    iso_currency::Currency::SLL,
    iso_currency::Currency::ZWL,
];

/// More than there are; what did not fit would be found by the crate.
const ROOM: usize = 256;
/// Behind every code.
const NONE: [u8; 3] = [u8::MAX; 3];

type Entry = ([u8; 3], Option<Currency>);

/// What can be paid with, ordered by code: the crate compares a code with each of its own, one after the other. An array,
/// since converting a price allocates nothing.
static BY_CODE: LazyLock<[Entry; ROOM]> = LazyLock::new(|| {
    let mut by_code = [(NONE, None); ROOM];
    let known = (0..1_000).filter_map(iso_currency::Currency::from_numeric).filter_map(|iso| {
        let code: [u8; 3] = iso.code().as_bytes().try_into().ok()?;
        Some((code, Some(Currency { iso, minor_digits: minor_digits(iso)? })))
    });
    for (place, entry) in by_code.iter_mut().zip(known) {
        *place = entry;
    }
    by_code.sort_unstable_by_key(|(code, _)| *code);
    by_code
});

/// None for what can't be paid with.
fn minor_digits(iso: iso_currency::Currency) -> Option<u8> {
    let current = !WITHDRAWN.contains(&iso);
    iso.exponent().filter(|_| current).and_then(|digits| u8::try_from(digits).ok())
}

/// A currency of ISO 4217 that has a minor unit, so that it can be paid with.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency {
    iso: iso_currency::Currency,
    minor_digits: u8,
}

impl Currency {
    /// Looks a three-letter code up.
    ///
    /// # Errors
    ///
    /// `currency.format` for anything but three ASCII capitals, `currency.unknown` for a code that the ISO list
    /// does not hold, `currency.no_minor_unit` for an entry without one, such as gold (XAU).
    pub fn from_code(code: &str) -> Result<Self> {
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(Error::new(ErrorCode::CurrencyFormat, "the currency is not three capital letters"));
        }
        let place = BY_CODE.binary_search_by(|(known, _)| known.as_slice().cmp(code.as_bytes()));
        if let Some((_, Some(currency))) = place.ok().and_then(|place| BY_CODE.get(place)) {
            return Ok(*currency);
        }
        let iso = iso_currency::Currency::from_code(code)
            .filter(|iso| !WITHDRAWN.contains(iso))
            .ok_or_else(|| Error::new(ErrorCode::CurrencyUnknown, format!("{code} is not a currency")))?;
        let minor_digits = minor_digits(iso)
            .ok_or_else(|| Error::new(ErrorCode::CurrencyNoMinorUnit, format!("{code} has no minor unit")))?;
        Ok(Currency { iso, minor_digits })
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.iso.code()
    }

    /// The three-digit number of the ISO list, such as 840 for USD.
    pub fn numeric(self) -> u16 {
        self.iso.numeric()
    }

    /// How many decimal digits the currency has: 2 for USD, 0 for JPY, 3 for KWD.
    pub fn minor_digits(self) -> u8 {
        self.minor_digits
    }
}

impl FromStr for Currency {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self> {
        Currency::from_code(code)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Currency::from_code(&code).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Deserialize)]
    struct IsoList {
        minor_units: BTreeMap<String, IsoEntry>,
    }

    #[derive(Deserialize)]
    struct IsoEntry {
        digits: Option<u8>,
        numeric: String,
    }

    fn iso_list() -> BTreeMap<String, IsoEntry> {
        let list =
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/iso4217-2026-01-01.json"));
        serde_json::from_str::<IsoList>(list).unwrap().minor_units
    }

    #[test]
    fn every_three_letters_agree_with_the_iso_list() {
        let list = iso_list();
        assert_eq!(list.len(), 178);
        for (first, second, third) in letters() {
            let code: String = [first, second, third].iter().collect();
            match (list.get(&code), Currency::from_code(&code)) {
                (Some(IsoEntry { digits: Some(digits), numeric }), Ok(currency)) => {
                    assert_eq!(currency.minor_digits(), *digits, "{code}");
                    assert_eq!(format!("{:03}", currency.numeric()), *numeric, "{code}");
                    assert_eq!(currency.code(), code);
                }
                (Some(IsoEntry { digits: None, .. }), Err(error)) => {
                    assert_eq!(error.code(), "currency.no_minor_unit", "{code}");
                }
                (None, Err(error)) => assert_eq!(error.code(), "currency.unknown", "{code}"),
                (_, found) => panic!("{code}: {found:?}"),
            }
        }
    }

    fn letters() -> impl Iterator<Item = (char, char, char)> {
        ('A'..='Z').flat_map(|a| ('A'..='Z').flat_map(move |b| ('A'..='Z').map(move |c| (a, b, c))))
    }

    #[test]
    fn the_form_is_three_capitals() {
        for text in ["", "US", "USDX", "usd", "UsD", "U D", " USD", "USD\n", "840", "ＵＳＤ", "€", "é€"]
        {
            assert_eq!(Currency::from_code(text).unwrap_err().code(), "currency.format", "{text:?}");
        }
    }

    #[test]
    fn reads_and_writes_its_code_as_json() {
        let currency: Currency = serde_json::from_str("\"KWD\"").unwrap();
        assert_eq!(serde_json::to_string(&currency).unwrap(), "\"KWD\"");
        assert!(serde_json::from_str::<Currency>("\"HRK\"").is_err());
    }
}
