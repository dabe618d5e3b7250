//! Paths that may have been signed.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::super::finding::FindingCode;
use super::super::received::Received;
use super::{Change, Changes};
use crate::gateway::{Gateway, Operation, Protocol, Region};
use crate::json::Object;
use crate::message::NotifyUrl;

const MOST: usize = 160;
/// A path of more parts than this loses the first ones only.
const MOST_PARTS: usize = 8;
const SANDBOX_CLIENT: &str = "SANDBOX_1";
/// What a client writes as escapes.
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}');
/// First parts that proxies, application servers and API gateways are often told to add or take away.
const PREFIXES: [&str; 36] = [
    "/api",
    "/public",
    "/app",
    "/v1",
    "/v2",
    "/prod",
    "/dev",
    "/test",
    "/stage",
    "/staging",
    "/default",
    "/web",
    "/www",
    "/shop",
    "/store",
    "/pay",
    "/payment",
    "/payments",
    "/alipay",
    "/merchant",
    "/gateway",
    "/notify",
    "/callback",
    "/webhook",
    "/webhooks",
    "/internal",
    "/backend",
    "/service",
    "/services",
    "/proxy",
    "/open",
    "/api/v1",
    "/api/v2",
    "/index.php",
    "/pos",
    "/till",
];

/// What is known beside the path itself.
#[derive(Clone, Default)]
pub(in super::super) struct Surroundings {
    /// Whole paths: of the caller, of the proxy's headers, and of a notify URL that the body states.
    paths: Vec<String>,
    /// Queries with their question mark.
    queries: Vec<String>,
    prefixes: Vec<String>,
    hosts: Vec<String>,
}

impl Surroundings {
    pub(in super::super) fn new(given: &str, body: &[u8], received: &Received, others: &[&str]) -> Self {
        let mut found = Surroundings::default();
        for other in others.iter().copied().chain(received.paths.iter().map(String::as_str)) {
            found.add(other);
        }
        if let Ok(body) = Object::parse(body) {
            for name in ["notifyUrl", "paymentNotifyUrl", "refundNotifyUrl"] {
                if let Some(stated) = body.text(name) {
                    found.add(&stated);
                }
            }
        }
        found.prefixes =
            received.prefixes.iter().map(|prefix| prefix.trim().trim_end_matches('/').to_owned()).collect();
        found.hosts.extend(received.hosts.iter().map(|host| host.trim().to_owned()));
        if let (Some(host), _) = without_origin(given) {
            found.hosts.push(host.to_owned());
        }
        found.hosts.dedup();
        found.hosts.truncate(4);
        found.paths.truncate(16);
        found.queries.truncate(4);
        found
    }

    /// A path, or a URL whose path and host count.
    fn add(&mut self, text: &str) {
        let (host, path) = without_origin(text);
        let usable = NotifyUrl::parse(text).is_ok() || path.starts_with('/');
        if !usable || path.contains(['\r', '\n', '\0']) || path.len() > 4096 {
            return;
        }
        let (_, query) = split(path);
        if query.len() > 1 && !self.queries.iter().any(|known| known == query) {
            self.queries.push(query.to_owned());
        }
        if !self.paths.iter().any(|known| known == path) {
            self.paths.push(path.to_owned());
        }
        self.hosts.extend(host.map(str::to_owned));
    }
}

/// Whole paths that others know of, and those of the gateways' APIs.
pub(in super::super) fn replacements(given: &str, around: &Surroundings) -> Vec<Change<String>> {
    let mut changes = Changes::new(given.to_owned(), MOST);
    for path in &around.paths {
        let (bare, _) = split(path);
        for path in [path.as_str(), bare] {
            changes.add(classified(given, path), "another path that is known here", path.to_owned());
        }
    }
    for (protocol, client) in
        [(Protocol::Ams, ""), (Protocol::Ams, SANDBOX_CLIENT), (Protocol::AlipayPlus, "")]
    {
        let Ok(gateway) = Gateway::of_region(protocol, Region::Sea) else { continue };
        for &operation in Operation::ALL {
            if let Ok(path) = gateway.path(client, operation) {
                let how = format!("that of the API {}", protocol.api_name(operation).unwrap_or_default());
                changes.add(FindingCode::PathApi, how, path);
            }
        }
    }
    changes.list()
}

/// What servers, proxies and frameworks do to a path.
pub(in super::super) fn edits(given: &str, around: &Surroundings) -> Vec<Change<String>> {
    let mut changes = Changes::new(given.to_owned(), MOST);
    if let (Some(_), path) = without_origin(given) {
        let how = "without scheme and host";
        changes.add(
            FindingCode::PathFullUrl,
            how,
            if path.is_empty() { "/".to_owned() } else { path.to_owned() },
        );
    }
    let (bare, query) = split(given);
    if !query.is_empty() {
        changes.add(FindingCode::PathQuery, "without its query", bare.to_owned());
    }
    for other in &around.queries {
        changes.add(FindingCode::PathQuery, "with the query", format!("{bare}{other}"));
    }
    changes.add(FindingCode::PathQuery, "with a bare question mark", format!("{bare}?"));
    let toggled = match bare.strip_suffix('/') {
        Some(shorter) => changes_of_slash("without the slash at its end", format!("{shorter}{query}")),
        None => changes_of_slash("with a slash at its end", format!("{bare}/{query}")),
    };
    changes.add(FindingCode::PathTrailingSlash, toggled.0, toggled.1);
    sandbox_forms(given, &mut changes);
    match given.strip_prefix('/') {
        Some(rest) => {
            changes.add(FindingCode::PathFirstSlash, "without the slash at its start", rest.to_owned());
        }
        None => changes.add(FindingCode::PathFirstSlash, "with a slash at its start", format!("/{given}")),
    }
    for host in &around.hosts {
        for scheme in ["https://", "http://", ""] {
            changes.add(
                FindingCode::PathFullUrl,
                "with its scheme or host",
                format!("{scheme}{host}{given}"),
            );
        }
    }
    // `/b/c` and `/c` of `/a/b/c`: what a proxy added is missing.
    for (at, _) in bare.match_indices('/').skip(1).take(MOST_PARTS) {
        if let Some(shorter) = bare.get(at..) {
            changes.add(FindingCode::PathPrefix, "without its first parts", format!("{shorter}{query}"));
        }
    }
    for prefix in &around.prefixes {
        changes.add(
            FindingCode::PathPrefix,
            "with the prefix that a proxy states",
            format!("{prefix}{given}"),
        );
    }
    if given.contains('%') {
        let decoded = percent_decode_str(given).decode_utf8_lossy().into_owned();
        changes.add(FindingCode::PathEncoding, "with its percent-escapes decoded", decoded);
        changes.add(FindingCode::PathEncoding, "with its percent-escapes in capitals", escapes(given, true));
        changes.add(
            FindingCode::PathEncoding,
            "with its percent-escapes in small letters",
            escapes(given, false),
        );
    }
    let encoded = utf8_percent_encode(given, ESCAPED).to_string();
    changes.add(FindingCode::PathEncoding, "with percent-escapes", encoded);
    changes.add(FindingCode::PathEncoding, "in small letters", given.to_ascii_lowercase());
    changes.add(FindingCode::PathEncoding, "with single slashes", single_slashes(given));
    changes.list()
}

/// Prefixes that a proxy may have taken away without saying so.
pub(in super::super) fn guessed_prefixes(given: &str) -> Vec<Change<String>> {
    let mut changes = Changes::new(given.to_owned(), MOST);
    if given.starts_with('/') {
        for prefix in PREFIXES {
            changes.add(
                FindingCode::PathPrefix,
                format!("with {prefix} before it"),
                format!("{prefix}{given}"),
            );
        }
    }
    changes.list()
}

fn changes_of_slash(how: &'static str, path: String) -> (&'static str, String) {
    // The root is one slash in any case.
    if path.is_empty() || path.starts_with('?') { (how, format!("/{path}")) } else { (how, path) }
}

/// `/ams/sandbox/api/…` and `/ams/api/…`, also below the path of a proxy.
fn sandbox_forms(given: &str, changes: &mut Changes<String>) {
    for root in ["ams", "aps"] {
        let (production, sandbox) = (format!("/{root}/api/"), format!("/{root}/sandbox/api/"));
        let code = FindingCode::PathSandbox;
        changes.add(code, "in its sandbox form", given.replacen(&production, &sandbox, 1));
        changes.add(code, "in its production form", given.replacen(&sandbox, &production, 1));
    }
    for (one, other) in [("/ams/", "/aps/"), ("/aps/", "/ams/")] {
        changes.add(FindingCode::PathApi, "of the other protocol", given.replacen(one, other, 1));
    }
}

/// In which way a whole path differs from the given one.
fn classified(given: &str, found: &str) -> FindingCode {
    let ((given, _), (bare, _)) = (split(given), split(found));
    let ends_with =
        |long: &str, end: &str| long.len() > end.len() && end.starts_with('/') && long.ends_with(end);
    if given == bare {
        FindingCode::PathQuery
    } else if given.trim_end_matches('/') == bare.trim_end_matches('/') {
        FindingCode::PathTrailingSlash
    } else if ends_with(given, bare) || ends_with(bare, given) {
        FindingCode::PathPrefix
    } else {
        FindingCode::PathOther
    }
}

/// The host of a URL, and what follows it; a path has no host.
fn without_origin(text: &str) -> (Option<&str>, &str) {
    match text.split_once("://") {
        Some((scheme, rest))
            if scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") =>
        {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            let (host, path) = rest.split_at(end);
            (Some(host), path)
        }
        _ => (None, text),
    }
}

/// The path, and the query with its question mark.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.find('?').unwrap_or(path.len()))
}

fn escapes(path: &str, capitals: bool) -> String {
    let mut out = String::with_capacity(path.len());
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        out.push(letter);
        if letter == '%' {
            for digit in letters.by_ref().take(2) {
                out.push(if capitals { digit.to_ascii_uppercase() } else { digit.to_ascii_lowercase() });
            }
        }
    }
    out
}

fn single_slashes(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for letter in path.chars() {
        if letter != '/' || !out.ends_with('/') {
            out.push(letter);
        }
    }
    out
}
