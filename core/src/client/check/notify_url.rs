//! The part of a check that calls the notify URL as a stranger would: without a signature. A correct handler refuses it,
//! one that acknowledges it would believe anybody.

use super::super::transport::{Failure, RawReply};
use super::{CheckName, CheckReport, Client};
use crate::json::Object;
use crate::merchant::SignedRequest;
use crate::message::{CONTENT_TYPE, NotifyUrl};

const NAME: CheckName = CheckName::NotifyUrl;

impl Client {
    pub(super) async fn check_notify_url(&self, report: &mut CheckReport) {
        let merchant = self.merchant();
        let Some(url) = merchant.notify_url() else {
            let hint = "set the public URL as `notify_url`, or in ALIPAY_INSTORE_NOTIFY_URL; without it results come by \
                        inquiry alone";
            return report.warn(NAME, "none is configured", hint);
        };
        if url.as_str().starts_with('/') {
            let detail = format!("only its path is configured, {}: it can't be tried from here", url.path());
            return report.warn(NAME, detail, "configure the whole URL as the gateway knows it");
        }
        if url.is_plain_http() && !merchant.allows_http_notify() {
            let hint = "the gateways call https alone";
            return report.fail(NAME, "it is plain http", hint);
        }
        let (detail, hint) = match self.post_unsigned(url).await {
            None => ("it does not answer in time".to_owned(), UNREACHABLE),
            Some(Err(failure)) => {
                (format!("it can't be reached from here ({})", failure.error.code()), UNREACHABLE)
            }
            Some(Ok(reply)) => match judge(&reply) {
                Judged::Good => {
                    let detail = format!(
                        "refuses what is not signed, with HTTP {}; notifications are verified over {}",
                        reply.status,
                        url.path()
                    );
                    return report.pass(NAME, detail);
                }
                Judged::Odd(detail, hint) => return report.warn(NAME, detail, hint),
                Judged::Bad(detail, hint) => (detail, hint),
            },
        };
        report.fail(NAME, detail, hint);
    }

    /// None if it took longer than a request may.
    async fn post_unsigned(&self, url: &NotifyUrl) -> Option<Result<RawReply, Failure>> {
        let inner = self.inner();
        let request = SignedRequest {
            url: url.as_str().to_owned(),
            path: url.path().to_owned(),
            headers: vec![
                ("Content-Type", CONTENT_TYPE.to_owned()),
                ("Client-Id", inner.merchant.client_id().to_owned()),
                ("User-Agent", inner.merchant.user_agent().to_string()),
            ],
            body: b"{}".to_vec(),
        };
        // In real time: the handler need not run on a fast clock.
        let patience = inner.request_timeout.saturating_mul(i64::from(inner.clock.pace()));
        tokio::select! {
            reply = inner.transport.post(request, std::future::pending()) => Some(reply),
            () = inner.clock.sleep(patience) => None,
        }
    }
}

const UNREACHABLE: &str = "start the handler, and check the name, the port and the certificate; if the gateway can reach it \
                           and only this machine can't, look whether the network lets it call its own public address";

enum Judged {
    Good,
    Odd(String, &'static str),
    Bad(String, &'static str),
}

fn judge(reply: &RawReply) -> Judged {
    let status = reply.status;
    let result = Object::parse(&reply.body).ok().and_then(|body| body.object("result").cloned());
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
        match judge(&RawReply { status, headers: Vec::new(), body: body.into() }) {
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
