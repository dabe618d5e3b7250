//! From what the books say to what goes over the wire: signing, and the faults that strike a reply.

use alipay_instore::signature::Content;

use super::older::OLDER_BY_MS;
use super::work::Stopped;
use super::{Call, Exchange, Gateway, Signatures};
use crate::fault::Fault;
use crate::notice::{Notice, Posted, Wrong};
use crate::protocol::{Encoded, Operation, Reply, encode, format_time, unsigned_refusal};
use crate::result::Code;

/// Whose signature a message carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedBy {
    /// The gateway's.
    Gateway,
    /// Somebody else's.
    Stranger,
    /// Nobody's.
    Nobody,
}

/// A response on its way to the till.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status. 200 for every answer of the gateway itself, whatever its result.
    pub status: u16,
    /// Header names, in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The connection breaks after so many bytes of the body.
    pub cut_at: Option<usize>,
    /// It is sent this number of milliseconds of sandbox time later.
    pub delay_ms: u64,
    /// Whose signature it carries.
    pub signed_by: SignedBy,
}

impl Gateway {
    /// The answer to a call that was carried out, or what a fault leaves of it.
    pub(super) fn sign_reply(
        &self,
        now_ms: i64,
        call: &Call,
        reply: Reply,
        fault: Option<Fault>,
    ) -> Exchange {
        let mut stamp_ms = self.stamp(now_ms);
        let mut delay_ms = 0;
        let mut signed_by = SignedBy::Gateway;
        match fault {
            Some(Fault::ReplyLost | Fault::RequestLost) => return Exchange::Lost,
            Some(Fault::Http5xx) => return Exchange::Answered(page(502)),
            Some(Fault::ForgedRefusal) => {
                let refusal = unsigned_refusal(Code::SignatureInvalid);
                return Exchange::Answered(self.plain_answer(now_ms, &call.path, refusal, false));
            }
            Some(Fault::ReplyDelayed(ms)) => delay_ms = ms,
            Some(Fault::ClockOff(ms)) => stamp_ms = stamp_ms.saturating_add(ms),
            Some(Fault::Unsigned) => signed_by = SignedBy::Nobody,
            Some(Fault::Stranger) => signed_by = SignedBy::Stranger,
            _ => {}
        }
        let Encoded { body, content_type } = encode(reply, call.operation, fault);
        let cut_at = (fault == Some(Fault::Cut)).then_some(body.len() / 2);
        let mut headers = self.response_headers(stamp_ms, &call.path, &body, content_type, signed_by);
        if let Some(token) = &call.agent_token {
            headers.push(("agent-token", token.clone()));
        }
        Exchange::Answered(Answer { status: 200, headers, body, cut_at, delay_ms, signed_by })
    }

    /// The answer to a call that did not reach the books.
    pub(super) fn stop(&self, now_ms: i64, call: &Call, stopped: Stopped, older: Reply) -> Exchange {
        match stopped {
            Stopped::ByPage(status) => Exchange::Answered(page(status)),
            Stopped::Refused(code) => {
                Exchange::Answered(self.plain_answer(now_ms, &call.path, unsigned_refusal(code), false))
            }
            Stopped::Replayed => self.sign_reply(now_ms.saturating_sub(OLDER_BY_MS), call, older, None),
        }
    }

    /// An answer that no fault strikes.
    pub(super) fn plain_answer(&self, now_ms: i64, path: &str, reply: Reply, signed: bool) -> Answer {
        let Encoded { body, content_type } = encode(reply, Operation::Pay, None);
        let signed_by = if signed { SignedBy::Gateway } else { SignedBy::Nobody };
        let headers = self.response_headers(self.stamp(now_ms), path, &body, content_type, signed_by);
        Answer { status: 200, headers, body, cut_at: None, delay_ms: 0, signed_by }
    }

    fn response_headers(
        &self,
        stamp_ms: i64,
        path: &str,
        body: &[u8],
        content_type: &str,
        signed_by: SignedBy,
    ) -> Vec<(&'static str, String)> {
        let time = format_time(stamp_ms);
        let mut headers = Vec::with_capacity(6);
        if let Some(signature) = self.sign(signed_by, path, &time, body) {
            headers.push(("signature", signature));
        }
        headers.push(("content-type", content_type.into()));
        headers.push(("client-id", self.config.client_id.clone()));
        headers.push(("response-time", time));
        headers.push(("tracer-id", self.trace(stamp_ms)));
        headers
    }

    /// A notification made by hand; `None` where this gateway signs nothing.
    pub(crate) fn notice(&self, notice: &Notice<'_>, wrong: Option<Wrong>) -> Option<Posted> {
        let Signatures::Rsa(keys) = &self.config.signatures else { return None };
        let notice = Notice { client_id: &self.config.client_id, ..notice.clone() };
        notice.post(keys.gateway.current()?, &keys.stranger, wrong).ok()
    }

    /// The value of the `Signature` header, if there is to be one.
    pub(super) fn sign(&self, signed_by: SignedBy, path: &str, time: &str, body: &[u8]) -> Option<String> {
        let Signatures::Rsa(keys) = &self.config.signatures else { return None };
        let content = Content { method: "POST", path, client_id: &self.config.client_id, time, body };
        match signed_by {
            SignedBy::Nobody => None,
            SignedBy::Gateway => keys.gateway.sign(content).ok(),
            SignedBy::Stranger => keys.stranger.sign(content, keys.gateway.current_version()).ok(),
        }
    }
}

/// An HTML page of something in front of the gateway. It is not signed.
fn page(status: u16) -> Answer {
    let (reason, more) = match status {
        403 => ("Forbidden", None),
        407 => ("Proxy Authentication Required", Some(("proxy-authenticate", "Basic realm=\"shop\""))),
        429 => ("Too Many Requests", Some(("retry-after", "5"))),
        _ => ("Bad Gateway", None),
    };
    let mut headers = vec![("content-type", "text/html".to_owned())];
    headers.extend(more.map(|(name, value)| (name, value.to_owned())));
    Answer {
        status,
        headers,
        body: format!("<html><body><h1>{status} {reason}</h1></body></html>\n").into_bytes(),
        cut_at: None,
        delay_ms: 0,
        signed_by: SignedBy::Nobody,
    }
}
