//! The headers of a message that arrived, whatever HTTP library brought them.
//!
//! Only the headers that the protocols name are kept. What makes a message ambiguous or unreadable is an error
//! here; whether the message is genuine is decided by `response` and `notification`.

use crate::error::{Error, ErrorCode, Result};

/// Longer identifiers of a trace are not worth a log line.
const MAX_TRACER_ID: usize = 128;

/// The headers of one message, by name.
#[derive(Clone, Default)]
pub(crate) struct Headers {
    signature: Option<String>,
    client_id: Option<String>,
    request_time: Option<String>,
    response_time: Option<String>,
    encrypted: bool,
    tracer_id: Option<String>,
}

impl Headers {
    /// Reads names in any case, and values as bytes: those of other headers may hold anything.
    pub(crate) fn read<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self> {
        let mut read = Headers::default();
        for (name, value) in headers {
            let (name, value) = (name.as_ref(), value.as_ref());
            let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
            if is("Signature") {
                once(&mut read.signature, "Signature", value)?;
            } else if is("Client-Id") {
                once(&mut read.client_id, "Client-Id", value)?;
            } else if is("Request-Time") {
                once(&mut read.request_time, "Request-Time", value)?;
            } else if is("Response-Time") {
                once(&mut read.response_time, "Response-Time", value)?;
            } else if is("Encrypt") {
                read.encrypted = true;
            } else if is("Tracer-Id") || is("tracerid") {
                read.tracer_id = printable(value, MAX_TRACER_ID);
            }
        }
        Ok(read)
    }

    /// Refuses an encrypted message: its body could be read by nobody here.
    pub(crate) fn refuse_encrypted(&self) -> Result<()> {
        match self.encrypted {
            true => Err(Error::new(ErrorCode::MessageEncrypted, "the message carries an Encrypt header")),
            false => Ok(()),
        }
    }

    /// The `Signature` header; a blank one is as good as none.
    pub(crate) fn signature(&self) -> Result<&str> {
        match self.signature.as_deref() {
            Some(signature) if !signature.is_empty() => Ok(signature),
            _ => Err(Error::new(ErrorCode::SignatureMissing, "the message has no Signature header")),
        }
    }

    pub(crate) fn client_id(&self) -> Option<&str> {
        self.client_id.as_deref()
    }

    /// Refuses a message that names another client id than ours. One that names none is left to the signature,
    /// which binds our id anyway.
    pub(crate) fn check_client_id(&self, ours: &str) -> Result<()> {
        match self.client_id() {
            Some(theirs) if theirs != ours => {
                Err(Error::new(ErrorCode::SignatureClientId, "the Client-Id header names another client id"))
            }
            _ => Ok(()),
        }
    }

    /// The `Request-Time` header, verbatim.
    pub(crate) fn request_time(&self) -> Result<&str> {
        required(&self.request_time, "Request-Time")
    }

    /// The `Response-Time` header, verbatim.
    pub(crate) fn response_time(&self) -> Result<&str> {
        required(&self.response_time, "Response-Time")
    }

    pub(crate) fn tracer_id(&self) -> Option<&str> {
        self.tracer_id.as_deref()
    }
}

/// Text of visible ASCII and at most this long, as it may be shown or logged.
pub(crate) fn printable(bytes: &[u8], max: usize) -> Option<String> {
    let visible = !bytes.is_empty() && bytes.len() <= max && bytes.iter().all(u8::is_ascii_graphic);
    visible.then(|| bytes.iter().copied().map(char::from).collect())
}

fn required<'a>(value: &'a Option<String>, name: &str) -> Result<&'a str> {
    match value.as_deref() {
        Some(value) if !value.is_empty() => Ok(value),
        _ => Err(Error::new(ErrorCode::MessageHeader, format!("the message has no {name} header"))),
    }
}

/// Two values of a header that decides about trust leave open which one counts.
fn once(place: &mut Option<String>, name: &str, value: &[u8]) -> Result<()> {
    if place.is_some() {
        return Err(Error::new(ErrorCode::MessageHeader, format!("the {name} header appears twice")));
    }
    let text = std::str::from_utf8(value)
        .map_err(|_| Error::new(ErrorCode::MessageHeader, format!("the {name} header is not UTF-8")))?;
    // Spaces around a value are no part of it (RFC 9110, 5.5); not every library removes them.
    *place = Some(text.trim_matches([' ', '\t']).to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(headers: &[(&str, &[u8])]) -> &'static str {
        Headers::read(headers.iter().copied()).err().unwrap().code().as_str()
    }

    #[test]
    fn names_in_any_case_and_any_library_type() {
        let headers = Headers::read([
            ("SIGNATURE".to_owned(), b"algorithm=RSA256".to_vec()),
            ("client-ID".to_owned(), b" T_1\t".to_vec()),
            ("response-time".to_owned(), b"2019-07-12T12:08:56+05:30".to_vec()),
            ("tracerId".to_owned(), b"abc-1".to_vec()),
            ("X-Other".to_owned(), vec![0xff, 0x00]),
            ("X-Other".to_owned(), vec![]),
        ])
        .unwrap();
        assert_eq!(headers.signature().unwrap(), "algorithm=RSA256");
        assert_eq!(headers.client_id(), Some("T_1"));
        assert_eq!(headers.response_time().unwrap(), "2019-07-12T12:08:56+05:30");
        assert_eq!(headers.request_time().unwrap_err().code(), "message.header");
        assert_eq!(headers.tracer_id(), Some("abc-1"));
    }

    #[test]
    fn ambiguous_or_unreadable_headers_are_refused() {
        for name in ["Signature", "Client-Id", "Request-Time", "Response-Time"] {
            let lower = name.to_lowercase();
            assert_eq!(code(&[(name, b"a"), (lower.as_str(), b"a")]), "message.header");
            assert_eq!(code(&[(name, b"\xff")]), "message.header");
        }
    }

    #[test]
    fn blank_is_missing() {
        let headers = Headers::read([("Signature", "  "), ("Request-Time", "")]).unwrap();
        assert_eq!(headers.signature().unwrap_err().code(), "signature.missing");
        assert_eq!(headers.request_time().unwrap_err().code(), "message.header");
        let none: [(&str, &str); 0] = [];
        assert_eq!(Headers::read(none).unwrap().signature().unwrap_err().code(), "signature.missing");
    }

    #[test]
    fn encryption_is_refused_even_if_blank() {
        let headers = Headers::read([("encrypt", "")]).unwrap();
        assert_eq!(headers.refuse_encrypted().unwrap_err().code(), "message.encrypted");
    }

    #[test]
    fn a_tracer_id_that_could_break_a_log_is_dropped() {
        for value in [&b"a b"[..], b"a\nb", b"\x1b[31m", b"", "ü".as_bytes(), &[b'a'; 129]] {
            assert_eq!(Headers::read([("Tracer-Id", value)]).unwrap().tracer_id(), None);
        }
    }
}
