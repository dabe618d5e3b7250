//! Why a request has no answer, and whether it can have reached the gateway.
//!
//! `NotSent` needs evidence: the connection that the request was to go by did not come about. Everything after that
//! is `Unknown`.

use std::error::Error as StdError;
use std::io;

use rustls::CertificateError;

use super::route::Route;
use crate::error::{Error, ErrorCode};
use crate::payment::Certainty;

/// A request without a usable answer.
pub(in crate::client) struct Failure {
    pub(in crate::client) certainty: Certainty,
    pub(in crate::client) error: Error,
}

impl Failure {
    pub(super) fn not_sent(error: Error) -> Self {
        Failure { certainty: Certainty::NotSent, error }
    }

    pub(super) fn unknown(code: ErrorCode, reason: impl Into<String>) -> Self {
        Failure { certainty: Certainty::Unknown, error: Error::new(code, reason) }
    }
}

/// What an error of the HTTP library says.
pub(super) fn of(error: reqwest::Error, route: Route) -> Failure {
    let Failure { error: said, certainty } = read(&error, route);
    Failure { error: said.caused_by(error.without_url()), certainty }
}

fn read(error: &reqwest::Error, route: Route) -> Failure {
    if error.is_builder() {
        return Failure::not_sent(Error::new(
            ErrorCode::TransportNotSent,
            "the request can't be put into HTTP",
        ));
    }
    if error.is_connect() {
        return Failure::not_sent(match route {
            Route::Direct => unconnected(error),
            Route::ByProxy => unconnected_by_proxy(error),
        });
    }
    if error.is_timeout() {
        return Failure::unknown(ErrorCode::TransportTimeout, "the gateway did not answer in time");
    }
    if find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
        return Failure::unknown(ErrorCode::TransportProtocol, "what came back is not HTTP");
    }
    Failure::unknown(ErrorCode::TransportBroken, "the connection broke before the answer was whole")
}

fn unconnected(error: &reqwest::Error) -> Error {
    if let Some(error) = find::<rustls::Error>(error) {
        return tls(error, "the gateway");
    }
    if error.is_dns() {
        let detail = find::<io::Error>(error).map(|error| format!(": {error}")).unwrap_or_default();
        return Error::new(
            ErrorCode::TransportNameNotFound,
            format!("the gateway's name has no address here{detail}"),
        );
    }
    if error.is_timeout() {
        let reason = "no connection to the gateway came about in time";
        return Error::new(ErrorCode::TransportConnectTimeout, reason);
    }
    match io_kind(error) {
        Some(io::ErrorKind::ConnectionRefused) => {
            Error::new(ErrorCode::TransportRefused, "the gateway's address refused the connection")
        }
        Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable) => {
            Error::new(ErrorCode::TransportNotSent, "there is no route to the gateway from this machine")
        }
        Some(io::ErrorKind::PermissionDenied) => {
            let reason = "this machine does not let the process connect to the gateway";
            Error::new(ErrorCode::TransportNotSent, reason)
        }
        Some(io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe) => {
            let hint = "this request was not sent; check the gateway's URL and port, and whether a firewall cuts TLS \
                        connections";
            Error::new(ErrorCode::TransportNotSent, "the connection was closed before TLS was agreed on")
                .with_hint(hint)
        }
        _ => Error::new(ErrorCode::TransportNotSent, "no connection to the gateway came about"),
    }
}

/// The libraries keep the types of these errors to themselves, so they are told by their texts; the tests meet each.
fn unconnected_by_proxy(error: &reqwest::Error) -> Error {
    let texts: Vec<String> = chain(error).map(ToString::to_string).collect();
    let says = |part: &str| texts.iter().any(|text| text.contains(part));
    if says("proxy authorization required")
        || says("user/pass authentication")
        || says("authentication incorrectly")
        || says("credentials not accepted")
    {
        let reason = "the proxy wants a user and a password, or does not accept those that it was given";
        return Error::new(ErrorCode::TransportProxyAuthentication, reason);
    }
    if says("error resolving for socks proxy") {
        return Error::new(
            ErrorCode::TransportNameNotFound,
            "the gateway's name has no address here",
        )
        .with_hint(
            "this request was not sent; check the gateway's URL, or let the proxy look names up with the scheme socks5h",
        );
    }
    let before_gateway = says("tunnel error") || says("error connecting to socks proxy");
    if let Some(error) = find::<rustls::Error>(error) {
        return match before_gateway {
            true => {
                let met = tls(error, "the proxy");
                Error::new(met.code(), met.reason()).with_hint(met.hint())
            }
            false => tls(error, "the gateway, reached through the proxy,"),
        };
    }
    if error.is_timeout() {
        let reason = "no connection to the gateway came about through the proxy in time";
        return Error::new(ErrorCode::TransportConnectTimeout, reason)
            .with_hint("this request was not sent; check the proxy, and its way to the gateway");
    }
    let reason = if error.is_dns() {
        "the proxy's name has no address here"
    } else if io_kind(error) == Some(io::ErrorKind::ConnectionRefused) {
        "the proxy's address refused the connection"
    } else if before_gateway {
        "the proxy did not connect to the gateway"
    } else {
        "no connection came about through the proxy"
    };
    Error::new(ErrorCode::TransportProxy, reason)
}

/// A failure of TLS before anything was sent. `who` is whose certificate or port it is.
fn tls(error: &rustls::Error, who: &str) -> Error {
    let protocol = |reason: String| {
        let hint = ErrorCode::TransportProtocol.hint();
        Error::new(ErrorCode::TransportProtocol, reason)
            .with_hint(format!("this request was not sent; {hint}"))
    };
    match error {
        rustls::Error::InvalidCertificate(why) => certificate(why, who),
        rustls::Error::NoCertificatesPresented => {
            Error::new(ErrorCode::TransportCertificate, format!("{who} presents no certificate"))
        }
        rustls::Error::InvalidMessage(_) => protocol(format!("{who} does not speak TLS at this port")),
        rustls::Error::AlertReceived(alert) => protocol(format!("{who} ended the TLS handshake: {alert:?}")),
        _ => protocol(format!("no TLS connection could be agreed on with {who}")),
    }
}

fn certificate(why: &CertificateError, who: &str) -> Error {
    use CertificateError as Why;
    let clock = "this request was not sent; check the clock of this machine; if it is right, whoever runs the other \
                 side has to renew the certificate";
    let (reason, hint) = match why {
        Why::UnknownIssuer => (
            format!("the certificate of {who} comes from an authority that is not trusted here"),
            Some(
                "this request was not sent; check the gateway's URL; if your network inspects TLS, or for the sandbox, \
                 add its authority to the extra root certificates",
            ),
        ),
        Why::NotValidForNameContext { expected, presented } => (
            format!("the certificate of {who} names {1} and not {0}", expected.to_str(), names(presented)),
            Some(
                "this request was not sent; check the host of the gateway's URL, and whether something on the way answers \
                 in its place",
            ),
        ),
        Why::ExpiredContext { not_after, .. } => {
            (format!("the certificate of {who} expired at {}", date(not_after.as_secs())), Some(clock))
        }
        Why::NotValidYetContext { not_before, .. } => {
            (format!("the certificate of {who} is valid from {} on", date(not_before.as_secs())), Some(clock))
        }
        Why::NotValidForName => (format!("the certificate of {who} is for another name"), None),
        Why::Expired => (format!("the certificate of {who} has expired"), Some(clock)),
        Why::NotValidYet => (format!("the certificate of {who} is not valid yet"), Some(clock)),
        Why::Revoked => (format!("the certificate of {who} was revoked"), None),
        other => (format!("the certificate of {who} is not accepted: {}", short(&other.to_string())), None),
    };
    let error = Error::new(ErrorCode::TransportCertificate, reason);
    match hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// Names out of a certificate, so that a mistaken host is seen; not more than a line.
fn names(presented: &[String]) -> String {
    match presented {
        [] => "no name".to_owned(),
        some => short(&some.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ")),
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(200).collect()
}

fn date(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    time.map_or_else(|| "an unreadable time".to_owned(), |time| time.to_string())
}

/// The error and what caused it. An `io::Error` names the cause of what it wraps, so what it wraps comes in between.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn StdError + 'static)| {
        let error: &'a (dyn StdError + 'static) = *error;
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        match wrapped {
            Some(wrapped) => Some(wrapped as &(dyn StdError + 'static)),
            None => error.source(),
        }
    })
}

/// What the system said; on the way up its error is wrapped into others that say nothing.
fn io_kind(error: &(dyn StdError + 'static)) -> Option<io::ErrorKind> {
    let kinds = chain(error).filter_map(|error| error.downcast_ref::<io::Error>()).map(io::Error::kind);
    kinds.filter(|kind| *kind != io::ErrorKind::Other).last()
}

fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    chain(error).find_map(|error| error.downcast_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_refused_for_a_reason_that_is_said() {
        let said = |why: &CertificateError| certificate(why, "the gateway").reason().to_owned();
        assert!(said(&CertificateError::Revoked).contains("revoked"));
        assert!(said(&CertificateError::NotValidYet).contains("not valid yet"));
        assert!(said(&CertificateError::Expired).contains("expired"));
        assert!(said(&CertificateError::NotValidForName).contains("another name"));
        assert!(said(&CertificateError::BadSignature).contains("not accepted"));
    }

    #[test]
    fn times_and_names_are_shown_in_one_line() {
        assert_eq!(date(0), "1970-01-01T00:00:00Z");
        assert_eq!(date(u64::MAX), "an unreadable time");
        assert_eq!(names(&[]), "no name");
        assert_eq!(names(&["a\n".into(), "b".into(), "c".into(), "d".into()]), "a, b, c");
        assert_eq!(names(&["x".repeat(300)]).len(), 200);
    }

    #[test]
    fn what_an_io_error_wraps_is_found() {
        let wrapped = io::Error::new(io::ErrorKind::InvalidData, rustls::Error::HandshakeNotComplete);
        let outer = io::Error::other(wrapped);
        assert_eq!(find::<rustls::Error>(&outer), Some(&rustls::Error::HandshakeNotComplete));
        let closed = io::Error::other(io::Error::from(io::ErrorKind::UnexpectedEof));
        assert_eq!(io_kind(&closed), Some(io::ErrorKind::UnexpectedEof));
        assert_eq!(io_kind(&io::Error::other("x")), None);
    }

    #[test]
    fn tls_that_is_not_agreed_on_is_a_matter_of_protocol() {
        for error in [
            rustls::Error::AlertReceived(rustls::AlertDescription::ProtocolVersion),
            rustls::Error::PeerIncompatible(rustls::PeerIncompatible::ServerDoesNotSupportTls12Or13),
        ] {
            let told = tls(&error, "the gateway");
            assert_eq!(told.code(), "transport.protocol");
            assert!(told.hint().starts_with("this request was not sent"));
        }
        assert_eq!(tls(&rustls::Error::NoCertificatesPresented, "x").code(), "transport.certificate");
    }
}
