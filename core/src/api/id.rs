//! The id under which a payment is sent, and by which the gateway tells a repeated request from a new one.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use crate::error::{Error, ErrorCode, Result};
use crate::time::Timestamp;

/// The most characters an id has. Source: Alipay, pay (consumer-presented mode), paymentRequestId.
const MAX_CHARACTERS: usize = 64;

/// 64, without 15 digits of time, 32 of randomness, and the two separators.
const TERMINAL_CHARACTERS: usize = 15;

/// A `paymentRequestId`: one for each attempt to pay, never used twice.
///
/// It has 1 to 64 visible ASCII characters and no spaces, since it ends up in logs, file names and reports.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PaymentRequestId(String);

impl PaymentRequestId {
    /// Makes a new id: time, terminal and randomness, such as `1685599933871_TILL7_` and 32 hex digits.
    ///
    /// Two ids never follow each other, and two tills never make the same one, as long as the randomness comes
    /// from the operating system's generator; the library has none of its own. Letters and digits of the
    /// terminal are kept, at most 15 of them. Source: Alipay, Best practice (consumer-presented mode).
    pub fn new(now: Timestamp, terminal: &str, random: [u8; 16]) -> Self {
        // A clock that is further off must not make the id too long.
        let mut id = now.as_millis().clamp(0, Timestamp::MAX.as_millis()).to_string();
        let terminal: String =
            terminal.chars().filter(char::is_ascii_alphanumeric).take(TERMINAL_CHARACTERS).collect();
        if !terminal.is_empty() {
            id.push('_');
            id.push_str(&terminal);
        }
        id.push('_');
        for byte in random {
            // Writing to a String can't fail.
            let _ = write!(id, "{byte:02x}");
        }
        PaymentRequestId(id)
    }

    /// Takes an id that was made elsewhere.
    ///
    /// # Errors
    /// `request.missing` for an empty one, `request.too_long` above 64 characters, `request.invalid` for a
    /// character that is not visible ASCII. The path is `paymentRequestId`.
    pub fn parse(text: &str) -> Result<Self> {
        let length = text.chars().count();
        let refuse = |code, reason| Err(Error::new(code, reason).with_path("paymentRequestId"));
        if text.is_empty() {
            refuse(ErrorCode::RequestMissing, "the field is required".to_owned())
        } else if length > MAX_CHARACTERS {
            let reason = format!("the field has {length} characters, at most 64 are allowed");
            refuse(ErrorCode::RequestTooLong, reason)
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            refuse(
                ErrorCode::RequestInvalid,
                "the field holds a blank, or a character that is not ASCII".to_owned(),
            )
        } else {
            Ok(PaymentRequestId(text.to_owned()))
        }
    }

    /// The id as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PaymentRequestId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        PaymentRequestId::parse(text)
    }
}

impl fmt::Display for PaymentRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for PaymentRequestId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_one_has_time_terminal_and_randomness() {
        let id =
            PaymentRequestId::new(Timestamp::from_millis(1_685_599_933_871), "till #7", *b"0123456789abcdef");
        assert_eq!(id.as_str(), "1685599933871_till7_30313233343536373839616263646566");
        assert_ne!(
            id,
            PaymentRequestId::new(Timestamp::from_millis(1_685_599_933_871), "till #7", *b"0123456789abcdeg")
        );
        assert_eq!(
            PaymentRequestId::new(Timestamp::from_millis(0), "店", [0; 16]).as_str(),
            format!("0_{}", "0".repeat(32))
        );
    }

    #[test]
    fn a_new_one_is_always_a_valid_one() {
        for now in [i64::MIN, -1, 0, 1_685_599_933_871, i64::MAX] {
            let id = PaymentRequestId::new(Timestamp::from_millis(now), &"terminal-".repeat(20), [255; 16]);
            assert!(id.as_str().len() <= MAX_CHARACTERS);
            assert_eq!(PaymentRequestId::parse(id.as_str()).unwrap(), id);
        }
    }

    #[test]
    fn a_given_one_is_checked() {
        let code = |text: &str| PaymentRequestId::parse(text).unwrap_err().code();
        assert!(PaymentRequestId::parse(&"x".repeat(64)).is_ok());
        assert_eq!(code(""), "request.missing");
        assert_eq!(code(&"x".repeat(65)), "request.too_long");
        assert_eq!(code("a b"), "request.invalid");
        assert_eq!(code("a\n"), "request.invalid");
        assert_eq!(code("é"), "request.invalid");
        assert_eq!(PaymentRequestId::parse("").unwrap_err().path(), Some("paymentRequestId"));
    }
}
