//! Why a signature does not verify.
//!
//! Called by a person or a log after a failure, never to decide anything: it tries the configured keys against
//! what could have gone wrong on the way, and says what would have verified. A message that only verifies here,
//! under another path or after a repair of its body, is still not to be trusted.

use std::borrow::Cow;
use std::fmt;

use crate::error::{Error, Result};
use crate::json::Object;
use crate::merchant::Merchant;
use crate::message::NotifyUrl;
use crate::message::headers::Headers;
use crate::signature::{Content, SignatureHeader, VerifyingKeys};

/// Other values that the caller holds possible, such as the path behind a proxy or the other client ids.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alternatives<'a> {
    /// Paths.
    pub paths: &'a [&'a str],
    /// Client ids.
    pub client_ids: &'a [&'a str],
    /// Texts of the time header.
    pub times: &'a [&'a str],
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// Nothing is wrong: the signature verifies.
    Verifies,
    /// Header or content can't be used at all.
    Unreadable(Error),
    /// The signature was made with a key of another length than any configured one: another key, for sure.
    OtherKeyLength {
        /// What the signature's length says about its key, in bits.
        bits: usize,
    },
    /// It verifies under another listed key version: the header or the configuration names the wrong one.
    OtherKeyVersion(u32),
    /// It verifies with this path, which differs from the given one by its query alone.
    OtherQuery(String),
    /// It verifies with this path, which is the given one with more or less at its front: a proxy in front of the
    /// application added or took away a prefix.
    OtherPrefix(String),
    /// It verifies with this path.
    OtherPath(String),
    /// It verifies with this client id.
    OtherClientId(String),
    /// It verifies with this time.
    OtherTime(String),
    /// It verifies once the body is changed in this way: something on the way rewrote the body.
    BodyRewritten(BodyChange),
    /// Nothing that was tried verifies: most likely the key is not the signer's.
    Unexplained,
}

/// What was done to the body to make it verify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyChange {
    /// Spaces and line breaks at its end were taken away.
    TrimmedEnd,
    /// A byte order mark at its front was taken away.
    WithoutByteOrderMark,
    /// Spaces between the JSON tokens were removed: the body had been reformatted.
    Compacted,
    /// CRLF was made LF.
    LineFeeds,
}

/// What [`explain`] found. `Display` writes a sentence a line.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Diagnosis {
    /// Everything found, the most telling first; never empty.
    pub findings: Vec<Finding>,
    /// Version, length in bits and fingerprint of every configured key.
    pub keys: Vec<(Option<u32>, u32, String)>,
}

impl Merchant {
    /// Looks for the reason why a notification does not verify: the arguments are those of
    /// [`Merchant::verify_notification`], and the other values that the caller holds possible. A path as the web
    /// framework saw it belongs there: it shows what a proxy did to it.
    pub fn explain_notification<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        notify_url: Option<&str>,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        alternatives: Alternatives<'_>,
    ) -> Diagnosis {
        let read = || -> Result<_> {
            let (notify_url, headers) = (self.notify_url_or(notify_url)?, Headers::read(headers)?);
            let (signature, time) = (headers.signature()?.to_owned(), headers.request_time()?.to_owned());
            Ok((notify_url, signature, time))
        };
        let (notify_url, signature, time) = match read() {
            Ok(read) => read,
            Err(error) => {
                return Diagnosis {
                    findings: vec![Finding::Unreadable(error)],
                    keys: listed(self.gateway_keys()),
                };
            }
        };
        let with_query = notify_url.path_with_query();
        let paths: Vec<_> =
            with_query.iter().map(String::as_str).chain(alternatives.paths.iter().copied()).collect();
        let content = Content {
            method: "POST",
            path: notify_url.path(),
            client_id: self.client_id(),
            time: &time,
            body,
        };
        explain(self.gateway_keys(), &signature, content, Alternatives { paths: &paths, ..alternatives })
    }
}

/// Looks for the reason why `header` does not verify over `content`.
///
/// Of paths it also tries those that follow from the given ones: without the query, without their first parts, and
/// those of a `notifyUrl` that the body states.
pub fn explain(
    keys: &VerifyingKeys,
    header: &str,
    content: Content<'_>,
    alternatives: Alternatives<'_>,
) -> Diagnosis {
    let findings = match content.check().and_then(|()| SignatureHeader::parse(header)) {
        Ok(header) => search(keys, &header, content, alternatives),
        Err(error) => vec![Finding::Unreadable(error)],
    };
    Diagnosis { findings, keys: listed(keys) }
}

fn listed(keys: &VerifyingKeys) -> Vec<(Option<u32>, u32, String)> {
    keys.iter().map(|(version, key)| (version, key.bits(), key.fingerprint().to_owned())).collect()
}

fn search(
    keys: &VerifyingKeys,
    header: &SignatureHeader,
    content: Content<'_>,
    alternatives: Alternatives<'_>,
) -> Vec<Finding> {
    if keys.verify_parsed(header, content).is_ok() {
        return vec![Finding::Verifies];
    }
    let bits = header.signature.len().saturating_mul(8);
    if keys.iter().all(|(_, key)| usize::try_from(key.bits().next_multiple_of(8)) != Ok(bits)) {
        return vec![Finding::OtherKeyLength { bits }];
    }
    // Whichever version the header names, every key is worth a try here.
    let made_by =
        |content: Content<'_>| keys.iter().find(|(_, key)| key.verify_parsed(header, content).is_ok());
    let mut findings = Vec::new();
    if let Some((Some(version), _)) = made_by(content) {
        findings.push(Finding::OtherKeyVersion(version));
    }
    let owned = |text: &&str| (*text).to_owned();
    findings.extend(
        possible_paths(content, alternatives.paths)
            .into_iter()
            .filter(|path| made_by(Content { path, ..content }).is_some())
            .map(|path| classified(content.path, path)),
    );
    findings.extend(
        alternatives
            .client_ids
            .iter()
            .filter(|client_id| made_by(Content { client_id, ..content }).is_some())
            .map(|client_id| Finding::OtherClientId(owned(client_id))),
    );
    findings.extend(
        alternatives
            .times
            .iter()
            .filter(|time| made_by(Content { time, ..content }).is_some())
            .map(|time| Finding::OtherTime(owned(time))),
    );
    findings.extend(
        repaired(content.body)
            .into_iter()
            .filter(|(_, body)| **body != *content.body && made_by(Content { body, ..content }).is_some())
            .map(|(change, _)| Finding::BodyRewritten(change)),
    );
    if findings.is_empty() {
        findings.push(Finding::Unexplained);
    }
    findings
}

/// Every path that is worth a try, each once, without the one that was tried already.
fn possible_paths(content: Content<'_>, given: &[&str]) -> Vec<String> {
    let stated =
        Object::parse(content.body).ok().and_then(|body| body.text("notifyUrl").map(Cow::into_owned));
    let stated = stated.and_then(|url| NotifyUrl::parse(&url).ok());
    let stated = stated.map(|url| url.path_with_query().unwrap_or_else(|| url.path().to_owned()));
    let mut paths: Vec<String> = given.iter().map(|path| (*path).to_owned()).chain(stated).collect();
    paths.push(content.path.to_owned());
    let mut possible: Vec<String> = Vec::new();
    for path in &paths {
        let (bare, query) = split(path);
        // `/a/b/c`, `/b/c`, `/c`: a prefix that the proxy added is missing in one of them.
        let shorter = bare.match_indices('/').filter_map(|(at, _)| bare.get(at..));
        for bare in shorter.take(MOST_PARTS) {
            for path in [format!("{bare}{query}"), bare.to_owned()] {
                if path != content.path && !possible.contains(&path) {
                    possible.push(path);
                }
            }
        }
    }
    possible
}

/// More parts than this are not taken away: each costs a verification, and a stranger can write the path.
const MOST_PARTS: usize = 8;

/// The path, and the query with its question mark.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.find('?').unwrap_or(path.len()))
}

/// In which way the path that verifies differs from the given one.
fn classified(given: &str, found: String) -> Finding {
    let ((given, _), (bare, _)) = (split(given), split(&found));
    let ends_with =
        |long: &str, end: &str| long.len() > end.len() && end.starts_with('/') && long.ends_with(end);
    if given == bare {
        Finding::OtherQuery(found)
    } else if ends_with(given, bare) || ends_with(bare, given) {
        Finding::OtherPrefix(found)
    } else {
        Finding::OtherPath(found)
    }
}

fn repaired(body: &[u8]) -> [(BodyChange, Cow<'_, [u8]>); 4] {
    let line_feeds = body.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    [
        (BodyChange::TrimmedEnd, Cow::Borrowed(body.trim_ascii_end())),
        (BodyChange::WithoutByteOrderMark, Cow::Borrowed(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body))),
        (BodyChange::Compacted, Cow::Owned(compacted(body))),
        (BodyChange::LineFeeds, Cow::Owned(line_feeds.collect::<Vec<_>>().join(&b'\n'))),
    ]
}

/// The body without the spaces outside JSON strings.
fn compacted(body: &[u8]) -> Vec<u8> {
    let (mut in_string, mut escaped) = (false, false);
    let mut out = Vec::with_capacity(body.len());
    for &byte in body {
        if !in_string && byte.is_ascii_whitespace() {
            continue;
        }
        out.push(byte);
        if byte == b'"' && !escaped {
            in_string = !in_string;
        }
        escaped = in_string && byte == b'\\' && !escaped;
    }
    out
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        for (version, bits, fingerprint) in &self.keys {
            match version {
                Some(version) => {
                    writeln!(f, "configured key, version {version}: {bits} bits, {fingerprint}")?
                }
                None => writeln!(f, "configured key: {bits} bits, {fingerprint}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Verifies => write!(f, "the signature verifies"),
            Finding::Unreadable(error) => write!(f, "{error}"),
            Finding::OtherKeyLength { bits } => {
                write!(f, "a key of about {bits} bits made the signature: no configured key has that length")
            }
            Finding::OtherKeyVersion(version) => {
                write!(f, "the key configured as version {version} made the signature")
            }
            Finding::OtherQuery(path) => match path.contains('?') {
                true => write!(f, "the signature verifies with the query, over the path {path}"),
                false => write!(f, "the signature verifies without the query, over the path {path}"),
            },
            Finding::OtherPrefix(path) => write!(
                f,
                "the signature verifies with the path {path}: a proxy changes the start of the path; \
                 configure the notify URL as the gateway knows it"
            ),
            Finding::OtherPath(path) => write!(f, "the signature verifies with the path {path}"),
            Finding::OtherClientId(id) => write!(f, "the signature verifies with the client id {id}"),
            Finding::OtherTime(time) => write!(f, "the signature verifies with the time {time}"),
            Finding::BodyRewritten(change) => {
                let change = match change {
                    BodyChange::TrimmedEnd => "without the spaces at its end",
                    BodyChange::WithoutByteOrderMark => "without its byte order mark",
                    BodyChange::Compacted => "without the spaces between its JSON tokens",
                    BodyChange::LineFeeds => "with LF in place of CRLF",
                };
                write!(
                    f,
                    "the signature verifies over the body {change}: pass the bytes as they were received"
                )
            }
            Finding::Unexplained => {
                write!(f, "nothing that was tried verifies: most likely the key is not the signer's")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::OnceLock;

    use super::*;
    use crate::keys::{SigningKey, generate};

    const BODY: &[u8] = br#"{"a": "x \" y",
 "b":1}"#;
    const SENT: Content<'_> = Content { method: "POST", path: "/p", client_id: "C", time: "T", body: BODY };

    fn key() -> &'static SigningKey {
        static KEY: OnceLock<SigningKey> = OnceLock::new();
        KEY.get_or_init(|| SigningKey::load(&*generate(2048).unwrap().private_pem).unwrap())
    }

    fn findings(sent: Content<'_>, received: Content<'_>) -> Vec<Finding> {
        let header = key().sign(sent, 1).unwrap();
        let alternatives = Alternatives { paths: &["/x", "/p"], client_ids: &["D", "C"], times: &["U", "T"] };
        explain(&key().verifying_key().into(), &header, received, alternatives).findings
    }

    #[test]
    fn names_what_would_have_verified() {
        assert_eq!(findings(SENT, SENT), [Finding::Verifies]);
        assert_eq!(findings(SENT, Content { path: "/q", ..SENT }), [Finding::OtherPath("/p".into())]);
        assert_eq!(findings(SENT, Content { client_id: "E", ..SENT }), [Finding::OtherClientId("C".into())]);
        assert_eq!(findings(SENT, Content { time: "V", ..SENT }), [Finding::OtherTime("T".into())]);
        assert_eq!(findings(SENT, Content { method: "GET", ..SENT }), [Finding::Unexplained]);
    }

    #[test]
    fn names_query_and_prefix() {
        let found = |signed: &str, received: &str| {
            findings(Content { path: signed, ..SENT }, Content { path: received, ..SENT })
        };
        assert_eq!(found("/n", "/n?a=1"), [Finding::OtherQuery("/n".into())]);
        assert_eq!(found("/shop/n", "/public/shop/n"), [Finding::OtherPrefix("/shop/n".into())]);
        assert_eq!(found("/n", "/public/shop/n?a=1"), [Finding::OtherPrefix("/n".into())]);
        // What the proxy took away has to be told.
        assert_eq!(found("/public/n", "/n"), [Finding::Unexplained]);
        let sentence = Finding::OtherPrefix("/n".into()).to_string();
        assert!(sentence.contains("proxy") && sentence.contains("notify URL"), "{sentence}");
        assert!(Finding::OtherQuery("/n".into()).to_string().contains("without the query"));
        assert!(Finding::OtherQuery("/n?a".into()).to_string().contains("with the query"));
    }

    #[test]
    fn a_notify_url_that_the_message_states_is_tried() {
        let body = br#"{"notifyUrl":"https://shop.example/public/n?a=1","notifyType":"PAYMENT_RESULT"}"#;
        for (signed, received, expected) in [
            ("/public/n", "/n", Finding::OtherPrefix("/public/n".into())),
            ("/public/n?a=1", "/public/n", Finding::OtherQuery("/public/n?a=1".into())),
            ("/public/n", "/other", Finding::OtherPath("/public/n".into())),
        ] {
            let sent = Content { body, path: signed, ..SENT };
            assert_eq!(findings(sent, Content { path: received, ..sent }), [expected]);
        }
    }

    #[test]
    fn a_long_path_is_not_tried_in_full() {
        let path = "/a".repeat(500);
        let content = Content { path: &path, ..SENT };
        assert!(possible_paths(content, &[]).len() <= 2 * MOST_PARTS);
    }

    #[test]
    fn explains_a_notification_by_the_path_that_was_seen() {
        use crate::gateway::Protocol;
        use crate::merchant::fixture::{CLIENT_ID, merchant, signed_by_gateway};
        let merchant = merchant(Protocol::Ams);
        let (time, body) = ("1685599933871", b"{}");
        let signature = signed_by_gateway("/public/n?a=1", CLIENT_ID, time, body);
        let headers = [("Signature", signature.as_str()), ("Request-Time", time)];
        let explain = |notify_url, headers: &[(&str, &str)], seen: &[&str]| {
            let alternatives = Alternatives { paths: seen, ..Alternatives::default() };
            merchant.explain_notification(notify_url, headers.iter().copied(), body, alternatives).findings
        };
        assert_eq!(explain(Some("/n"), &headers, &[]), [Finding::Unexplained]);
        let prefix = Finding::OtherPrefix("/public/n?a=1".into());
        assert_eq!(explain(Some("/n"), &headers, &["/public/n?a=1"]), [prefix]);
        assert_eq!(
            explain(Some("https://shop.example/public/n?a=1"), &headers, &[]),
            [Finding::OtherQuery("/public/n?a=1".into())]
        );
        for (notify_url, headers, code) in [
            (None, &headers[..], "config.missing"),
            (Some("n"), &headers[..], "config.notify_url"),
            (Some("/n"), &headers[1..], "signature.missing"),
        ] {
            let found = explain(notify_url, headers, &[]);
            assert!(matches!(&found[..], [Finding::Unreadable(error)] if error.code() == code), "{found:?}");
        }
    }

    #[test]
    fn names_how_the_body_was_rewritten() {
        let compact = br#"{"a":"x \" y","b":1}"#;
        for (sent, received, change) in [
            (&compact[..], BODY, BodyChange::Compacted),
            (b"{}", b"{}\r\n", BodyChange::TrimmedEnd),
            (b"{}", b"\xef\xbb\xbf{}", BodyChange::WithoutByteOrderMark),
            (b"{\n}", b"{\r\n}", BodyChange::LineFeeds),
        ] {
            let found = findings(Content { body: sent, ..SENT }, Content { body: received, ..SENT });
            assert!(found.contains(&Finding::BodyRewritten(change)), "{change:?}: {found:?}");
        }
    }

    #[test]
    fn names_key_length_key_version_and_unreadable_headers() {
        let public = key().verifying_key();
        let keys = BTreeMap::from([(1, other().verifying_key()), (2, public.clone())]);
        let keys = VerifyingKeys::by_version(keys).unwrap();
        let explain = |header: &str| explain(&keys, header, SENT, Alternatives::default());

        let diagnosis = explain(&key().sign(SENT, 1).unwrap());
        assert_eq!(diagnosis.findings, [Finding::OtherKeyVersion(2)]);
        assert!(diagnosis.to_string().contains(public.fingerprint()));
        assert_eq!(
            explain("algorithm=RSA256,signature=AAAA").findings,
            [Finding::OtherKeyLength { bits: 24 }]
        );
        let [Finding::Unreadable(error)] = &explain("").findings[..] else { panic!() };
        assert_eq!(error.code(), "signature.missing");
    }

    fn other() -> SigningKey {
        SigningKey::load(&*generate(2048).unwrap().private_pem).unwrap()
    }
}
