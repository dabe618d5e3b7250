//! What is known of an answer beside its text, and of one that is missing or can't be trusted.

use crate::error::{Error, ErrorCode};
use crate::message::unverified_result_code;
use crate::result_code::lookup;
use crate::time::Timestamp;

/// When the gateway signed an answer, as far as the host knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Timing {
    /// The `Response-Time` of the answer.
    pub signed_at: Option<Timestamp>,
    /// The answer was signed more than a minute before its request was sent: it can be a recording of an answer to
    /// another request.
    pub stale: bool,
}

/// What an answer that could not be verified suggests. It settles nothing about the payment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unverified {
    /// It was not signed, and its body names this result code.
    Unsigned {
        /// Such as `SIGNATURE_INVALID`.
        result_code: String,
    },
    /// It was signed, but by none of the configured keys.
    WrongKey,
}

impl Unverified {
    /// What the unverified body of an answer suggests, by the error that it met: a gateway that does not know the client
    /// or its key, or can't verify its signature, says so unsigned; and a wrong gateway key shows as signatures that
    /// never verify. Anybody can have written it, so it decides nothing about the payment.
    pub fn suggested(error: &Error, body: &[u8]) -> Option<Self> {
        match error.code() {
            ErrorCode::SignatureMismatch => Some(Unverified::WrongKey),
            ErrorCode::SignatureMissing => {
                let result_code = lookup(&unverified_result_code(body)?)?.code;
                matches!(result_code, "CLIENT_INVALID" | "KEY_NOT_FOUND" | "SIGNATURE_INVALID")
                    .then(|| Unverified::Unsigned { result_code: result_code.to_owned() })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_unverified_answer_suggests() {
        let said =
            |code: ErrorCode, body: &str| Unverified::suggested(&Error::new(code, "x"), body.as_bytes());
        let body = |code: &str| format!(r#"{{"result":{{"resultStatus":"F","resultCode":"{code}"}}}}"#);
        for (code, canonical) in [
            ("CLIENT_INVALID", "CLIENT_INVALID"),
            ("INVALID_CLIENT", "CLIENT_INVALID"),
            ("KEY_NOT_FOUND", "KEY_NOT_FOUND"),
            ("SIGNATURE_INVALID", "SIGNATURE_INVALID"),
            ("INVALID_SIGNATURE", "SIGNATURE_INVALID"),
        ] {
            let expected = Unverified::Unsigned { result_code: canonical.to_owned() };
            assert_eq!(said(ErrorCode::SignatureMissing, &body(code)), Some(expected), "{code}");
            // A signature that is there counts for itself, whatever the body says.
            assert_eq!(said(ErrorCode::SignatureMismatch, &body(code)), Some(Unverified::WrongKey));
            assert_eq!(said(ErrorCode::SignatureClientId, &body(code)), None);
            assert_eq!(said(ErrorCode::SignatureHeader, &body(code)), None);
        }
        for code in ["SUCCESS", "ORDER_NOT_EXIST", "ACCESS_DENIED", "client_invalid", "NEWS"] {
            assert_eq!(said(ErrorCode::SignatureMissing, &body(code)), None, "{code}");
        }
        assert_eq!(said(ErrorCode::SignatureMissing, "<html>502 Bad Gateway</html>"), None);
    }
}
