//! Notifications: one for each payment and each refund that came to a result, sent again until it is acknowledged.
//!
//! "Notify payment" (AMS): up to eight times, after 0 s, 2 min, 10 min, 10 min, 1 h, 2 h, 6 h, 15 h. Alipay+
//! does not publish its intervals; the same are used. This module keeps the book; the host does the sending.

use crate::Protocol;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// The wait before each attempt, in milliseconds, counted from the one before.
pub const RESEND_INTERVALS_MS: [i64; 8] =
    [0, 2 * MINUTE_MS, 10 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 6 * HOUR_MS, 15 * HOUR_MS];

/// What a notification tells of, by its place in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Topic {
    Payment(usize),
    Refund(usize),
}

/// A notification and how it was answered.
#[derive(Debug)]
pub(crate) struct Notification {
    pub(crate) protocol: Protocol,
    pub(crate) topic: Topic,
    pub(crate) url: String,
    destination: Destination,
    /// Why it is never sent, if so.
    pub(crate) refused: Option<&'static str>,
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) acknowledged_ms: Option<i64>,
}

/// One sending of a notification.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) at_ms: i64,
    /// The path that was signed, over which the acknowledgement is to be signed too.
    pub(crate) path: String,
    pub(crate) answer: Option<Receipt>,
    /// Whether the host has reported on it.
    pub(crate) reported: bool,
}

/// What came back from the merchant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Receipt {
    pub(crate) at_ms: i64,
    pub(crate) http_status: u16,
    pub(crate) says_success: bool,
    pub(crate) signature: ReceiptSignature,
    /// Whether it counts: the body says `S`, and in Alipay+ the signature verifies too.
    pub(crate) accepted: bool,
}

/// What the signature of an acknowledgement is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReceiptSignature {
    Absent,
    Valid,
    Wrong,
}

impl ReceiptSignature {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ReceiptSignature::Absent => "absent",
            ReceiptSignature::Valid => "valid",
            ReceiptSignature::Wrong => "wrong",
        }
    }
}

impl Notification {
    pub(crate) fn new(protocol: Protocol, topic: Topic, url: &str) -> Self {
        let (destination, refused) = match destination(url) {
            Ok(destination) => (destination, None),
            Err(reason) => (Destination::default(), Some(reason)),
        };
        Notification {
            protocol,
            topic,
            url: url.to_owned(),
            destination,
            refused,
            attempts: Vec::new(),
            acknowledged_ms: None,
        }
    }

    /// The path that is signed: that of the URL, with its query only where that was asked for.
    pub(crate) fn signed_path(&self, sign_query: bool) -> String {
        match &self.destination.query {
            Some(query) if sign_query => format!("{}?{query}", self.destination.path),
            _ => self.destination.path.clone(),
        }
    }

    /// When to send it again after the last attempt went unacknowledged; not before `now_ms`, and not at all
    /// after the eighth.
    pub(crate) fn next_attempt_ms(&self, now_ms: i64) -> Option<i64> {
        if self.acknowledged_ms.is_some() || self.refused.is_some() {
            return None;
        }
        let interval = *RESEND_INTERVALS_MS.get(self.attempts.len())?;
        let last = self.attempts.last().map_or(now_ms, |attempt| attempt.at_ms);
        Some(last.saturating_add(interval).max(now_ms))
    }
}

/// Where on its host a notification goes.
#[derive(Debug, Default, PartialEq, Eq)]
struct Destination {
    path: String,
    query: Option<String>,
}

/// The path and query of a URL that may be notified: `https`, or `http`, only on this machine.
fn destination(url: &str) -> Result<Destination, &'static str> {
    let url = reqwest::Url::parse(url).map_err(|_| "not a URL")?;
    let host = url.host_str().unwrap_or_default();
    let loopback = host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        "http" => return Err("plain http is for this machine only"),
        _ => return Err("neither https nor http"),
    }
    Ok(Destination { path: url.path().to_owned(), query: url.query().map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_or_this_machine_is_notified() {
        for (good, path) in [
            ("https://shop.example/notify?a=1#x", "/notify"),
            ("http://127.0.0.1:8080/n", "/n"),
            ("http://[::1]:8080/n", "/n"),
            ("http://localhost", "/"),
        ] {
            assert_eq!(destination(good).map(|destination| destination.path), Ok(path.into()), "{good}");
        }
        for bad in ["http://shop.example/n", "ftp://127.0.0.1/n", "/n", ""] {
            assert!(destination(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_query_is_signed_where_that_is_asked_for() {
        let to = |url: &str| Notification::new(Protocol::Ams, Topic::Payment(0), url);
        let with_query = to("https://shop.example/notify?a=1&b=%2F");
        assert_eq!(with_query.signed_path(false), "/notify");
        assert_eq!(with_query.signed_path(true), "/notify?a=1&b=%2F");
        assert_eq!(to("https://shop.example/notify").signed_path(true), "/notify");
    }

    #[test]
    fn the_schedule_is_the_documented_one() {
        let mut notification = Notification::new(Protocol::Ams, Topic::Payment(0), "https://shop.example/n");
        let mut now = 1_000;
        let mut sent = Vec::new();
        while let Some(at) = notification.next_attempt_ms(now) {
            sent.push(at - 1_000);
            now = at;
            notification.attempts.push(Attempt {
                at_ms: at,
                path: String::new(),
                answer: None,
                reported: true,
            });
        }
        let minutes: Vec<i64> = sent.iter().map(|ms| ms / MINUTE_MS).collect();
        assert_eq!(minutes, [0, 2, 12, 22, 82, 202, 562, 1462]);
    }
}
