//! The bytes that a signature is made over.

use std::fmt;

use crate::error::{Error, ErrorCode, Result};

/// What is signed: `METHOD PATH`, a line feed, then client id, time and body joined by dots
/// (Alipay, Digital signature, "Construct the content to be signed").
///
/// Nothing is parsed, decoded or written again. The body is the bytes that travel, not a copy of their meaning.
#[derive(Clone, Copy)]
pub struct Content<'a> {
    /// The HTTP method; the gateways use `POST` in every direction.
    pub method: &'a str,
    /// The path without host, with its query if it has one: of the API for requests and responses, of the
    /// notify URL for notifications and their acknowledgements.
    pub path: &'a str,
    /// The client id that is configured.
    pub client_id: &'a str,
    /// The text of the Request-Time or Response-Time header as it stands.
    pub time: &'a str,
    /// The body, byte for byte.
    pub body: &'a [u8],
}

impl<'a> Content<'a> {
    /// Refuses what would let one text stand for two contents: a CR, LF or NUL in any field but the body.
    ///
    /// # Errors
    /// `signature.content`.
    pub fn check(&self) -> Result<()> {
        let fields = [
            ("method", self.method),
            ("path", self.path),
            ("client id", self.client_id),
            ("time", self.time),
        ];
        for (name, value) in fields {
            if let Some(byte) = value.bytes().find(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
                let what = match byte {
                    b'\r' => "a carriage return",
                    b'\n' => "a line feed",
                    _ => "a NUL",
                };
                return Err(Error::new(ErrorCode::SignatureContent, format!("the {name} holds {what}")));
            }
        }
        Ok(())
    }

    /// The parts whose concatenation is signed.
    pub(crate) fn parts(&self) -> [&'a [u8]; 9] {
        [
            self.method.as_bytes(),
            b" ",
            self.path.as_bytes(),
            b"\n",
            self.client_id.as_bytes(),
            b".",
            self.time.as_bytes(),
            b".",
            self.body,
        ]
    }
}

impl fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Content { method, path, client_id, time, body } = self;
        write!(f, "Content({method} {path}, client id {client_id}, time {time}, {} bytes)", body.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTENT: Content<'_> =
        Content { method: "POST", path: "/p", client_id: "C", time: "T", body: b"{\r\n}" };

    #[test]
    fn joins_the_parts() {
        assert_eq!(CONTENT.parts().concat(), b"POST /p\nC.T.{\r\n}");
        assert!(CONTENT.check().is_ok());
    }

    #[test]
    fn what_a_field_must_not_hold_is_named() {
        for (path, reason) in [
            ("/p\r", "the path holds a carriage return"),
            ("/p\n", "the path holds a line feed"),
            ("/p\0", "the path holds a NUL"),
        ] {
            assert_eq!(Content { path, ..CONTENT }.check().unwrap_err().reason(), reason);
        }
    }

    #[test]
    fn debug_does_not_show_the_body() {
        assert_eq!(format!("{CONTENT:?}"), "Content(POST /p, client id C, time T, 4 bytes)");
    }

    #[test]
    fn refuses_line_breaks_and_nul_in_every_field_but_the_body() {
        for bad in ["a\rb", "\n", "a\0"] {
            for content in [
                Content { method: bad, ..CONTENT },
                Content { path: bad, ..CONTENT },
                Content { client_id: bad, ..CONTENT },
                Content { time: bad, ..CONTENT },
            ] {
                assert_eq!(content.check().unwrap_err().code(), "signature.content", "{bad:?}");
            }
        }
    }
}
