//! Texts as the memory store keeps them: compressed, since a record is mostly the names of its members.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::OnceLock;

use lz4_flex::block::{compress_into_with_dict, decompress_into_with_dict, get_maximum_output_size};
use zeroize::{Zeroize, Zeroizing};

use super::PaymentRecord;
use crate::amount::Amount;
use crate::api::Scenario;
use crate::gateway::Protocol;
use crate::json::Object;
use crate::payment::{Payment, PaymentOrder, Policy, Secret};
use crate::time::Timestamp;

/// A text that `Debug` does not show, and that is wiped when it is dropped.
pub(super) struct Packed {
    bytes: Zeroizing<Box<[u8]>>,
    /// The length of the text; none if it is not compressed.
    length: Option<NonZeroU32>,
}

impl Packed {
    /// `room` is where it is written first. It is kept from one text to the next, and wiped.
    pub(super) fn new(text: &str, room: &mut Vec<u8>) -> Self {
        Packed::compressed(text, room).unwrap_or_else(|| Packed::plain(text))
    }

    /// Not compressed.
    pub(super) fn plain(text: &str) -> Self {
        Packed { bytes: Zeroizing::new(text.as_bytes().into()), length: None }
    }

    fn compressed(text: &str, room: &mut Vec<u8>) -> Option<Self> {
        let length = NonZeroU32::new(text.len().try_into().ok()?)?;
        let needed = get_maximum_output_size(text.len());
        if room.len() < needed {
            room.resize(needed, 0);
        }
        let Ok(used) = compress_into_with_dict(text.as_bytes(), room, typical()) else {
            room.zeroize();
            return None;
        };
        // What follows was never written; to wipe it takes as long as the rest.
        let written = room.get_mut(..used)?;
        let bytes = Zeroizing::new((&*written).into());
        written.zeroize();
        Some(Packed { bytes, length: Some(length) })
    }

    /// The text, followed by `end`.
    pub(super) fn text(&self, end: &str) -> Secret {
        let length = self.length.and_then(|length| usize::try_from(length.get()).ok());
        let mut text = Vec::with_capacity(length.unwrap_or(self.bytes.len()).saturating_add(end.len()));
        match length {
            None => text.extend_from_slice(&self.bytes),
            Some(length) => {
                text.resize(length, 0);
                // What was packed here is unpacked by the same rules.
                let _ = decompress_into_with_dict(&self.bytes, &mut text, typical());
            }
        }
        text.extend_from_slice(end.as_bytes());
        Secret::new(String::from_utf8(text).unwrap_or_default())
    }
}

impl fmt::Debug for Packed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Packed({} bytes)", self.bytes.len())
    }
}

/// What records have in common: one that has just begun, by which others are compressed.
fn typical() -> &'static [u8] {
    static TYPICAL: OnceLock<Vec<u8>> = OnceLock::new();
    TYPICAL.get_or_init(|| {
        let record = Amount::from_minor("100", "USD").and_then(|amount| {
            let order = PaymentOrder::new(
                "1".into(),
                amount,
                Scenario::PaymentCode,
                None,
                "/ams/api/v1".into(),
                &Object::default(),
            );
            let mut payment = Payment::new(Policy::preset(Protocol::Ams), order);
            payment.begin(Timestamp::UNIX_EPOCH)?;
            Ok(PaymentRecord::of_parts(payment, None))
        });
        record.map(|record| record.entry().text.expose().as_bytes().to_vec()).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_comes_back() {
        let mut room = Vec::new();
        let long = "a customer's payment code ".repeat(1_000);
        for text in ["", "a", "not JSON \u{20ac}", r#"{"kind":"payment_record","version":1}"#, &long] {
            let packed = Packed::new(text, &mut room);
            assert_eq!(packed.text("").expose(), text);
            assert_eq!(packed.text(" and its end").expose(), format!("{text} and its end"));
            assert!(!format!("{packed:?}").contains("code"));
        }
    }

    #[test]
    fn a_record_takes_little_room() {
        let text = String::from_utf8(typical().to_vec()).expect("text");
        let other = text.replace("\"1\"", "\"1795761137358_TEST_d3a1251ea01cdc38309683b75e8d42d7\"");
        assert!(Packed::new(&other, &mut Vec::new()).bytes.len() < other.len() / 4);
    }
}
