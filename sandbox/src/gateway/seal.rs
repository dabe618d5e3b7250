//! From what the books say to what goes over the wire: signing, and the faults that strike a reply.

use alipay_instore::signature::Content;

use super::{Call, Exchange, Gateway, Signatures};
use crate::fault::Fault;
use crate::protocol::{Reply, falsify_amount, falsify_id, format_time};

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
    /// It sets out so many milliseconds of sandbox time later.
    pub delay_ms: u64,
    /// Whose signature it carries.
    pub signed_by: SignedBy,
}

const JSON: &str = "application/json; charset=UTF-8";
const BAD_GATEWAY: &[u8] = b"<html><body><h1>502 Bad Gateway</h1></body></html>\n";
const NOT_JSON: &[u8] = b"{\"result\": {\"resultStatus\": \"S\", \n";

impl Gateway {
    /// The answer to a call that was carried out, or what a fault leaves of it.
    pub(super) fn seal(&self, now_ms: i64, call: &Call, mut reply: Reply, fault: Option<Fault>) -> Exchange {
        let mut delay_ms = 0;
        let mut signed_by = SignedBy::Gateway;
        match fault {
            Some(Fault::ReplyLost | Fault::RequestLost) => return Exchange::Lost,
            Some(Fault::Http5xx) => {
                return Exchange::Answered(Answer {
                    status: 502,
                    headers: vec![("content-type", "text/html".into())],
                    body: BAD_GATEWAY.to_vec(),
                    cut_at: None,
                    delay_ms: 0,
                    signed_by: SignedBy::Nobody,
                });
            }
            Some(Fault::ReplyDelayed(ms)) => delay_ms = ms,
            Some(Fault::Unsigned) => signed_by = SignedBy::Nobody,
            Some(Fault::Stranger) => signed_by = SignedBy::Stranger,
            Some(Fault::WrongAmount) => falsify_amount(&mut reply),
            Some(Fault::WrongId) => falsify_id(&mut reply, call.operation),
            Some(Fault::Cut | Fault::NotJson | Fault::RequestDelayed(_) | Fault::Doubled) | None => {}
        }
        let body = if fault == Some(Fault::NotJson) { NOT_JSON.to_vec() } else { to_bytes(reply) };
        let cut_at = (fault == Some(Fault::Cut)).then_some(body.len() / 2);
        let mut headers = self.response_headers(now_ms, &call.path, &body, signed_by);
        if let Some(token) = &call.agent_token {
            headers.push(("agent-token", token.clone()));
        }
        Exchange::Answered(Answer { status: 200, headers, body, cut_at, delay_ms, signed_by })
    }

    /// An answer that no fault strikes.
    pub(super) fn plain_answer(&self, now_ms: i64, path: &str, reply: Reply, signed: bool) -> Answer {
        let body = to_bytes(reply);
        let signed_by = if signed { SignedBy::Gateway } else { SignedBy::Nobody };
        let headers = self.response_headers(now_ms, path, &body, signed_by);
        Answer { status: 200, headers, body, cut_at: None, delay_ms: 0, signed_by }
    }

    fn response_headers(
        &self,
        now_ms: i64,
        path: &str,
        body: &[u8],
        signed_by: SignedBy,
    ) -> Vec<(&'static str, String)> {
        let time = format_time(now_ms);
        let mut headers = Vec::with_capacity(6);
        if let Some(signature) = self.sign(signed_by, path, &time, body) {
            headers.push(("signature", signature));
        }
        headers.push(("content-type", JSON.into()));
        headers.push(("client-id", self.config.client_id.clone()));
        headers.push(("response-time", time));
        headers.push(("tracer-id", self.trace(now_ms)));
        headers
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

pub(super) fn to_bytes(reply: Reply) -> Vec<u8> {
    serde_json::Value::Object(reply).to_string().into_bytes()
}
