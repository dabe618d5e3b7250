//! The checks before any business: method, client, API, content type, signature, JSON.

use alipay_instore::signature::{Content, SignatureHeader};

use super::journal::Subject;
use super::{Call, Chosen, Exchange, Gateway, Keys, Request, Signatures};
use crate::protocol::{Illegal, operation_of, protocol_of, read_json, refusal};
use crate::result::Code;

/// A request that got no further.
#[derive(Debug)]
pub(super) struct Refused {
    code: Code,
    parameter: &'static str,
}

impl Refused {
    fn because(code: Code) -> Self {
        Refused { code, parameter: "" }
    }

    fn parameter(parameter: &'static str) -> Self {
        Refused { code: Code::ParamIllegal, parameter }
    }

    /// Whether the answer is signed. To a client that is not known, or whose signature does not verify,
    /// the gateways answer without a signature.
    fn answered_signed(&self) -> bool {
        !matches!(self.code, Code::ClientInvalid | Code::SignatureInvalid | Code::KeyNotFound)
    }
}

impl Gateway {
    pub(super) fn admit(&self, request: &Request<'_>) -> Result<(Call, Chosen), Refused> {
        let protocol = protocol_of(request.path).ok_or(Refused::because(Code::ApiInvalid))?;
        if request.method != "POST" {
            return Err(Refused::because(Code::MethodNotSupported));
        }
        if request.header("client-id") != Some(&self.config.client_id) {
            return Err(Refused::because(Code::ClientInvalid));
        }
        let operation =
            operation_of(request.path, &self.config.client_id).ok_or(Refused::because(Code::ApiInvalid))?;
        if !request.header("content-type").is_some_and(is_json) {
            return Err(Refused::because(Code::MediaTypeNotAcceptable));
        }
        if request.header("encrypt").is_some() {
            return Err(Refused::parameter("Encrypt"));
        }
        if let Signatures::Rsa(keys) = &self.config.signatures {
            verify(keys, request, &self.config.client_id)?;
        }
        let body = read_json(request.body).ok_or(Refused::parameter("body"))?;
        let fault = match request.header("sandbox-fault") {
            Some(text) => Some(text.parse().map_err(|_| Refused::parameter("Sandbox-Fault"))?),
            None => None,
        };
        let customer = match request.header("sandbox-customer") {
            Some(text) => Some(text.parse().map_err(|_| Refused::parameter("Sandbox-Customer"))?),
            None => None,
        };
        let agent_token = request.header("agent-token").map(str::to_owned);
        Ok((Call { protocol, operation, path: request.path.to_owned(), body, agent_token, customer }, fault))
    }

    pub(super) fn refuse(&self, now_ms: i64, request: &Request<'_>, refused: Refused) -> Exchange {
        let what = format!("{} {}", request.method, request.path.split('?').next().unwrap_or_default());
        let what: String = what.chars().take(120).collect();
        self.books().note(now_ms, &Subject::default(), &what, Some(refused.code.name().to_owned()));
        let reply = refusal(&Illegal { code: refused.code, path: refused.parameter.into() });
        Exchange::Answered(self.plain_answer(now_ms, request.path, reply, refused.answered_signed()))
    }
}

/// `application/json`, in UTF-8 if a charset is named.
fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
        && parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
            !name.trim().eq_ignore_ascii_case("charset")
                || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
}

fn verify(keys: &Keys, request: &Request<'_>, client_id: &str) -> Result<(), Refused> {
    let header = request.header("signature").ok_or(Refused::because(Code::SignatureInvalid))?;
    let time = request.header("request-time").ok_or(Refused::parameter("Request-Time"))?;
    let parsed = SignatureHeader::parse(header).map_err(|_| Refused::because(Code::SignatureInvalid))?;
    // Version 0, or none, means the latest key.
    let mut versions = keys.merchant.iter().filter_map(|(version, _)| version).peekable();
    if let Some(asked) = parsed.key_version.filter(|asked| *asked != 0)
        && versions.peek().is_some()
        && !versions.any(|version| version == asked)
    {
        return Err(Refused::because(Code::KeyNotFound));
    }
    let content = Content { method: request.method, path: request.path, client_id, time, body: request.body };
    keys.merchant.verify(header, content).map(drop).map_err(|_| Refused::because(Code::SignatureInvalid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_type_is_json_in_utf_8() {
        for good in
            ["application/json", "application/json; charset=UTF-8", "Application/JSON;charset=\"utf-8\""]
        {
            assert!(is_json(good), "{good}");
        }
        for bad in ["", "text/plain", "application/json; charset=GBK", "application/jsonp"] {
            assert!(!is_json(bad), "{bad}");
        }
    }
}
