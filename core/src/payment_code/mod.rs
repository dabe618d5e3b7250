//! A scanned payment code: checked once, then carried in place and masked wherever it is printed.
//!
//! A code is a secret until it has been used, so it is wiped from memory when it is dropped and only
//! [`PaymentCode::expose`] gives its digits. [`PaymentCode::new`] takes a code as software stores it,
//! [`PaymentCode::from_scan`] what a scanner or a cashier delivers, and [`ScannedLines`] a stream of scans. Which
//! wallet a code belongs to is left to [`crate::routing`].

mod kind;
mod lines;
mod scan;

use std::fmt;
use std::str::FromStr;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::{Error, ErrorCode, Result};

pub use crate::scanned_as::ScannedAs;
pub use crate::words::CodeKind;
pub use lines::{MAX_LINE_BYTES, ScannedLines};

/// The fewest digits a payment code has. Source: Alipay+, Accept a payment, step 1.
pub const MIN_DIGITS: usize = 16;
/// The most digits a payment code has. Source: Alipay+, Accept a payment, step 1.
pub const MAX_DIGITS: usize = 24;
/// Scanners keep codes up to this length; 25 to 32 digits are reserved and not yet in use.
/// Source: Alipay+, Accept a payment, step 1.
pub const RESERVED_DIGITS: usize = 32;

/// A payment code of 16 to 24 digits that starts with 25 to 30.
///
/// Source: Alipay+, Accept a payment, step 1; Alipay, pay (consumer-presented mode), Payment code
/// specifications. The digits live in the value itself: making one allocates nothing.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct PaymentCode {
    digits: [u8; MAX_DIGITS],
    length: u8,
}

impl PaymentCode {
    /// Checks a code. Spaces, tabs, carriage returns and line feeds around it are dropped; inside they are an
    /// error. For what a scanner delivers, see [`from_scan`](Self::from_scan).
    ///
    /// # Errors
    ///
    /// In this order: `code.length` for an empty text, `code.not_digits` for anything but ASCII digits,
    /// `code.length` outside 16 to 24 digits, `code.prefix` for a code that does not start with 25 to 30. Where
    /// the form of the text tells what it is, [`Error::scanned_as`] says so.
    pub fn new(text: &str) -> Result<Self> {
        PaymentCode::check(trim(text.as_bytes()))
    }

    /// The digits of a code that [`new`](Self::new) would take, without a copy that has to be wiped.
    pub(crate) fn digits_of(text: &str) -> Result<&[u8]> {
        let text = trim(text.as_bytes());
        checked(text).map(|()| text)
    }

    fn check(text: &[u8]) -> Result<Self> {
        checked(text)?;
        let mut digits = [0; MAX_DIGITS];
        let (place, length) = (digits.get_mut(..text.len()), u8::try_from(text.len()));
        let (Some(place), Ok(length)) = (place, length) else { return Err(wrong_length(text)) };
        place.copy_from_slice(text);
        Ok(PaymentCode { digits, length })
    }

    /// The digits themselves, for the request body and nothing else.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The first two and the last two digits, with an asterisk for each digit between them. The first two say
    /// no more than that it is a payment code; the last two help a person to find it again.
    pub fn masked(&self) -> String {
        self.to_string()
    }

    /// How many digits the code has: 16 to 24.
    pub fn digits(&self) -> usize {
        usize::from(self.length)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.digits.get(..usize::from(self.length)).unwrap_or_default()
    }
}

/// Whether a text without its surroundings is a code. What is right costs nothing but the look at its bytes.
fn checked(text: &[u8]) -> Result<()> {
    let permitted = (MIN_DIGITS..=MAX_DIGITS).contains(&text.len());
    // Every byte is looked at, so that several are in one instruction.
    let digits = text.iter().fold(true, |digits, byte| digits & byte.is_ascii_digit());
    if permitted && digits && starts_as_payment_code(text) {
        Ok(())
    } else {
        Err(refusal(text, permitted, digits))
    }
}

#[cold]
fn refusal(text: &[u8], permitted: bool, digits: bool) -> Error {
    let error = if text.is_empty() {
        Error::new(ErrorCode::CodeLength, "the code is empty")
    } else if !digits {
        Error::new(ErrorCode::CodeNotDigits, "the code holds something other than digits")
    } else if permitted {
        Error::new(ErrorCode::CodePrefix, "the code does not start with 25 to 30")
    } else {
        wrong_length(text)
    };
    match scan::guess(text) {
        Some(what) => error.with_scanned_as(what),
        None => error,
    }
}

fn wrong_length(text: &[u8]) -> Error {
    Error::new(ErrorCode::CodeLength, format!("the code has {} digits", text.len()))
}

fn trim(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\r' | b'\n', rest @ ..] = text {
        text = rest;
    }
    while let [rest @ .., b' ' | b'\t' | b'\r' | b'\n'] = text {
        text = rest;
    }
    text
}

fn starts_as_payment_code(text: &[u8]) -> bool {
    matches!(text, [b'2', b'5'..=b'9', ..] | [b'3', b'0', ..])
}

impl FromStr for PaymentCode {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        PaymentCode::new(text)
    }
}

impl fmt::Display for PaymentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.as_bytes();
        for (place, digit) in digits.iter().enumerate() {
            let visible = place < 2 || place + 2 >= digits.len();
            write!(f, "{}", if visible { char::from(*digit) } else { '*' })?;
        }
        Ok(())
    }
}

impl fmt::Debug for PaymentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PaymentCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAMPLE: &str = "281006020000000000125733";

    fn code_of(text: &str) -> &'static str {
        PaymentCode::new(text).unwrap_err().code().as_str()
    }

    #[test]
    fn keeps_every_length_from_16_to_24() {
        for length in MIN_DIGITS..=MAX_DIGITS {
            let text = &SAMPLE[..length];
            let code = PaymentCode::new(text).unwrap();
            assert_eq!((code.expose(), code.digits()), (text, length));
        }
    }

    #[test]
    fn takes_the_six_prefixes_and_no_other() {
        for prefix in 0..100 {
            let text = format!("{prefix:02}00000000000000");
            assert_eq!(PaymentCode::new(&text).is_ok(), (25..=30).contains(&prefix), "{text}");
        }
    }

    #[test]
    fn drops_what_a_scanner_adds_around_the_digits() {
        let code = PaymentCode::new(&format!(" \t\r\n{SAMPLE}\r\n\t ")).unwrap();
        assert_eq!(code.expose(), SAMPLE);
        assert_eq!(code_of(&format!("{SAMPLE}\u{a0}")), "code.not_digits");
        assert_eq!(code_of(&format!("{SAMPLE}\0")), "code.not_digits");
        assert_eq!(code_of("2810 0602 0000 0000"), "code.not_digits");
    }

    #[test]
    fn checks_come_in_their_order() {
        assert_eq!(code_of(""), "code.length");
        assert_eq!(code_of(" \r\n"), "code.length");
        assert_eq!(code_of("x"), "code.not_digits");
        assert_eq!(code_of("１２３４５６７８９０１２３４５６"), "code.not_digits");
        assert_eq!(code_of("130000000000000"), "code.length");
        assert_eq!(code_of("1300000000000000"), "code.prefix");
        assert_eq!(code_of(&"1".repeat(25)), "code.length");
    }

    #[test]
    fn a_refused_code_says_what_it_probably_is() {
        let scanned_as = |text: &str| PaymentCode::new(text).unwrap_err().scanned_as();
        assert_eq!(scanned_as("1312345678901234"), Some(ScannedAs::WechatPay));
        assert_eq!(scanned_as("6212345678901234567"), Some(ScannedAs::UnionPay));
        assert_eq!(scanned_as("HTTPS://qr.example/1"), Some(ScannedAs::ShopCode));
        assert_eq!(scanned_as(&SAMPLE.repeat(2)), Some(ScannedAs::RepeatedCode));
        assert_eq!(scanned_as("2812345678901234567890123"), Some(ScannedAs::ReservedLength));
        assert_eq!(scanned_as("]C1281006020000000000125733"), None);
        let error = PaymentCode::new("9912345678901234").unwrap_err();
        assert_eq!((error.scanned_as(), error.hint()), (None, ErrorCode::CodePrefix.hint()));
    }

    #[test]
    fn printing_masks_and_errors_hold_no_digits() {
        let code = PaymentCode::new(SAMPLE).unwrap();
        assert_eq!(code.masked(), "28********************33");
        assert_eq!(format!("{code:?}"), "PaymentCode(28********************33)");
        let error = PaymentCode::new("281006020000000000125733x").unwrap_err();
        assert!(!format!("{error:?}").contains("28100602"));
    }

    #[test]
    fn wiping_leaves_no_digit() {
        fn is_wiped_on_drop<T: ZeroizeOnDrop>(_: &T) {}
        let mut code = PaymentCode::new(SAMPLE).unwrap();
        is_wiped_on_drop(&code);
        code.zeroize();
        assert_eq!((code.digits, code.length), ([0; MAX_DIGITS], 0));
    }

    proptest! {
        #[test]
        fn parsing_is_total_and_printing_gives_it_back(text in "\\PC*|[ \\t0-9\\r\\n]{0,40}|(2[5-9]|30)[0-9]{14,22}") {
            if let Ok(code) = PaymentCode::new(&text) {
                prop_assert_eq!(code.expose(), text.trim_matches([' ', '\t', '\r', '\n']));
                prop_assert!(PaymentCode::new(code.expose()).is_ok_and(|again| again == code));
            }
        }
    }
}
