//! The part of a check that calls the notify URL as a stranger would: without a signature. A correct handler refuses it,
//! one that acknowledges it would believe anybody.

use super::{CheckName, CheckReport};
use crate::error::Error;
use crate::json::Object;
use crate::merchant::{Merchant, SignedRequest};
use crate::message::CONTENT_TYPE;

const NAME: CheckName = CheckName::NotifyUrl;

impl CheckReport {
    /// What is posted to the notify URL; none where the settings decide already.
    pub fn notification(&mut self, merchant: &Merchant) -> Option<SignedRequest> {
        let Some(url) = merchant.notify_url() else {
            let hint = "set the public URL as `notify_url`, or in ALIPAY_INSTORE_NOTIFY_URL; without it results come by \
                        inquiry alone";
            self.warn(NAME, "none is configured", hint);
            return None;
        };
        if url.as_str().starts_with('/') {
            let detail = format!("only its path is configured, {}: it can't be tried from here", url.path());
            self.warn(NAME, detail, "configure the whole URL as the gateway knows it");
            return None;
        }
        if url.is_plain_http() && !merchant.allows_http_notify() {
            self.fail(NAME, "it is plain http", "the gateways call https alone");
            return None;
        }
        Some(SignedRequest {
            url: url.as_str().to_owned(),
            path: url.path().to_owned(),
            headers: vec![
                ("Content-Type", CONTENT_TYPE.to_owned()),
                ("Client-Id", merchant.client_id().to_owned()),
                ("User-Agent", merchant.user_agent().to_string()),
            ],
            body: b"{}".to_vec(),
        })
    }

    /// What was posted has this answer.
    pub fn notification_answered(&mut self, merchant: &Merchant, status: u16, body: &[u8]) {
        let path = merchant.notify_url().map_or("", |url| url.path());
        match judge(status, body) {
            Judged::Good => self.pass(
                NAME,
                format!(
                    "refuses what is not signed, with HTTP {status}; notifications are verified over {path}"
                ),
            ),
            Judged::Odd(detail, hint) => self.warn(NAME, detail, hint),
            Judged::Bad(detail, hint) => self.fail(NAME, detail, hint),
        }
    }

    /// What was posted has no answer, by an error or because it took too long.
    pub fn notification_unanswered(&mut self, met: Option<&Error>) {
        let detail = met.map_or_else(
            || "it does not answer in time".to_owned(),
            |error| format!("it can't be reached from here ({})", error.code()),
        );
        self.fail(NAME, detail, UNREACHABLE);
    }
}

const UNREACHABLE: &str = "start the handler, and check the name, the port and the certificate; if the gateway can reach it \
                           and only this machine can't, look whether the network lets it call its own public address";

enum Judged {
    Good,
    Odd(String, &'static str),
    Bad(String, &'static str),
}

fn judge(status: u16, body: &[u8]) -> Judged {
    let result = Object::parse(body).ok().and_then(|body| body.object("result").cloned());
    let success =
        result.as_ref().and_then(|result| result.text("resultStatus")).is_some_and(|text| text == "S");
    match (status, result.is_some()) {
        (200..=299, _) if success => Judged::Bad(
            "its handler acknowledges a notification that is not signed".to_owned(),
            "verify every notification before it is acknowledged: anybody could report a payment as paid",
        ),
        (300..=399, _) => Judged::Bad(
            format!("it redirects with HTTP {status}"),
            "configure the URL at the end of the redirect, at the gateway too: notifications do not follow it",
        ),
        (_, true) => Judged::Good,
        (200..=299, false) => Judged::Bad(
            format!("what answers is not a handler of notifications: HTTP {status} without a `result`"),
            "check the path, and whether another page answers in the handler's place",
        ),
        (404 | 405 | 410 | 421, false) => Judged::Bad(
            format!("there is no handler for POST at this path: HTTP {status}"),
            "check the path of the notify URL, and what a proxy in front of the handler makes of it",
        ),
        (502..=504, false) => Judged::Bad(
            format!("something in front of the handler can't reach it: HTTP {status}"),
            "start the handler, and check the proxy in front of it",
        ),
        (400, false) => Judged::Good,
        _ => Judged::Odd(
            format!("it refuses what is not signed with HTTP {status}, and without a `result`"),
            "look whether that came from the handler, or from something in front of it that would refuse the gateway too",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(status: u16, body: &str) -> &'static str {
        match judge(status, body.as_bytes()) {
            Judged::Good => "good",
            Judged::Odd(..) => "odd",
            Judged::Bad(..) => "bad",
        }
    }

    #[test]
    fn only_a_refusal_is_good() {
        let refusal = r#"{"result":{"resultCode":"UNKNOWN_EXCEPTION","resultStatus":"U"}}"#;
        let success = r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S"}}"#;
        for (status, body, expected) in [
            (400, refusal, "good"),
            (500, refusal, "good"),
            (200, refusal, "good"),
            (400, "no", "good"),
            (200, success, "bad"),
            (200, "<html>", "bad"),
            (301, "", "bad"),
            (404, "", "bad"),
            (405, "", "bad"),
            (502, "", "bad"),
            (401, "", "odd"),
            (403, "<html>", "odd"),
            (500, "", "odd"),
        ] {
            assert_eq!(word(status, body), expected, "{status} {body}");
        }
    }
}
