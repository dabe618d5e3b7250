//! The part of a check that asks the gateway: one signed inquiry, and what its end says about everything on its way.

use std::time::Duration;

use super::{CheckName, CheckReport, Met, Way};
use crate::api::{InquiryRequest, PaymentRequestId};
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Operation;
use crate::merchant::{Merchant, VerifiedResponse};
use crate::payment::{Certainty, Unverified};
use crate::reply::{Blamed, Reading};
use crate::result_code::{Meaning, advice};
use crate::time::Timestamp;

/// How far this machine's clock may be off. An answer that was signed so long before its request was sent counts as a
/// recording.
const CLOCK_LIMIT: Duration = Duration::from_secs(60);

/// What an inquiry passes on its way, in this order.
const ON_THE_WAY: [CheckName; 8] = [
    CheckName::Proxy,
    CheckName::Name,
    CheckName::Connection,
    CheckName::Tls,
    CheckName::Answer,
    CheckName::ClientId,
    CheckName::SigningKey,
    CheckName::GatewayKey,
];

/// The inquiry of a check: its path and its body. Nobody may have used the id.
///
/// # Errors
/// `gateway.path` if there is no such API.
pub fn inquiry(merchant: &Merchant, unused_id: PaymentRequestId) -> Result<(String, String)> {
    let body = InquiryRequest::for_request(unused_id).to_body(merchant.protocol())?;
    Ok((merchant.path(Operation::Inquiry)?, body.to_string()))
}

impl CheckReport {
    /// The inquiry was answered, by somebody whose signature verifies. The times are those of this machine, when it
    /// was sent and when the answer was there.
    pub fn answered(
        &mut self,
        merchant: &Merchant,
        way: Way,
        response: &VerifiedResponse,
        sent: Timestamp,
        received: Timestamp,
    ) {
        self.passed_until(merchant, None, way);
        clock(self, response, sent, received);
        self.read(merchant, response);
    }

    /// The inquiry has no answer that can be trusted.
    pub fn unanswered(&mut self, merchant: &Merchant, way: Way, met: Met) {
        let (name, error) = blamed(met);
        self.passed_until(merchant, Some(name), way);
        self.met(name, &error);
    }

    /// Everything before the check that failed has passed.
    fn passed_until(&mut self, merchant: &Merchant, failed: Option<CheckName>, way: Way) {
        for name in ON_THE_WAY.into_iter().take_while(|name| Some(*name) != failed) {
            let detail = match (name, way) {
                (CheckName::Proxy, Way::Unknown) => {
                    "what the host's transport uses lets requests through".to_owned()
                }
                (CheckName::Proxy, Way::Direct) => "none is used".to_owned(),
                (CheckName::Proxy, Way::ByProxy) => {
                    "the proxy lets requests to the gateway through".to_owned()
                }
                (CheckName::Name, Way::Direct | Way::Unknown) => {
                    "the gateway's host has an address".to_owned()
                }
                (CheckName::Name, Way::ByProxy) => "looked up on the way through the proxy".to_owned(),
                (CheckName::Connection, _) => "the gateway can be reached".to_owned(),
                (CheckName::Tls, _) if !merchant.gateway().base_url().starts_with("https://") => {
                    if merchant.gateway().is_loopback() {
                        "not used: the gateway is on this machine".to_owned()
                    } else {
                        let hint = "use https: on the way everybody can read what is paid";
                        self.warn(name, "not used", hint);
                        continue;
                    }
                }
                (CheckName::Tls, _) => "the gateway's certificate is trusted".to_owned(),
                (CheckName::Answer, _) => "a gateway answers".to_owned(),
                (CheckName::ClientId, _) => format!("{} is not refused", merchant.client_id()),
                (CheckName::SigningKey, _) => {
                    format!("the gateway accepts the signature, version {}", merchant.key_version())
                }
                _ => "the answer's signature verifies".to_owned(),
            };
            self.pass(name, detail);
        }
    }

    /// Nobody used the id, so the documents know one answer: there is no such order.
    fn read(&mut self, merchant: &Merchant, response: &VerifiedResponse) {
        let protocol = merchant.protocol();
        let reading = Reading::new(protocol, Operation::Inquiry, &response.body);
        let (letter, code) = (reading.letter(), shown(&reading.code()));
        match reading.meaning() {
            Meaning::NotFound => {
                self.pass(CheckName::Inquiry, format!("answered {code}, as for every unknown payment"));
            }
            Meaning::Unknown | Meaning::InProcess => self.warn(
                CheckName::Inquiry,
                format!("answered {letter} {code}: the gateway does not work at the moment"),
                "run it again in a minute",
            ),
            _ => self.fail(
                CheckName::Inquiry,
                format!("answered {letter} {code} for an unknown payment"),
                advice(protocol, Operation::Inquiry, &letter, &code).developer_en,
            ),
        }
    }
}

/// A code is written by the gateway, so it is cut to what one line holds.
fn shown(code: &str) -> String {
    code.chars().filter(|character| character.is_ascii_graphic()).take(64).collect()
}

fn clock(report: &mut CheckReport, response: &VerifiedResponse, sent: Timestamp, received: Timestamp) {
    let Some(signed_at) = response.signed_at else {
        let hint = "compare this machine's clock with another one";
        return report.warn(CheckName::Clock, "the answer states no time in a documented form", hint);
    };
    let half = received.saturating_since(sent) / 2;
    let middle = sent.saturating_add(half);
    let (ahead, behind) = (middle.saturating_since(signed_at), signed_at.saturating_since(middle));
    let off = ahead.max(behind);
    if off <= CLOCK_LIMIT.saturating_add(half) {
        return report.pass(CheckName::Clock, "agrees with the gateway's to a minute");
    }
    let way = if behind.is_zero() { "ahead of" } else { "behind" };
    report.fail(
        CheckName::Clock,
        format!("this machine's clock is {} s {way} the gateway's", off.as_secs()),
        "set the clock of this machine by NTP; if it is right, tell whoever runs the gateway",
    );
}

/// Which of the things on the way is wrong, by how the inquiry ended. What is not signed is told as what it is: a hint.
fn blamed(met: Met) -> (CheckName, Error) {
    let Met { error, certainty, unverified } = met;
    let name = match (error.code(), &unverified) {
        (_, Some(Unverified::Unsigned { result_code })) => {
            let (name, what) = match result_code.as_str() {
                "CLIENT_INVALID" => (CheckName::ClientId, "the gateway does not know the client id"),
                "KEY_NOT_FOUND" => (CheckName::SigningKey, "the gateway has no key of ours in this version"),
                _ => (CheckName::SigningKey, "the gateway can't verify our signature"),
            };
            let reason = format!("{what}: an unsigned answer says {result_code}");
            return (name, Error::new(error.code(), reason).with_hint(by_code(result_code)));
        }
        (
            ErrorCode::TransportConfiguration
            | ErrorCode::TransportProxy
            | ErrorCode::TransportProxyAuthentication,
            _,
        ) => CheckName::Proxy,
        (ErrorCode::TransportNameNotFound, _) => CheckName::Name,
        (
            ErrorCode::TransportRefused | ErrorCode::TransportConnectTimeout | ErrorCode::TransportNotSent,
            _,
        ) => CheckName::Connection,
        (ErrorCode::TransportCertificate, _) => CheckName::Tls,
        (ErrorCode::TransportProtocol, _) if certainty == Certainty::NotSent => CheckName::Tls,
        (ErrorCode::SignatureClientId, _) => CheckName::ClientId,
        (ErrorCode::SignatureFailed, _) => CheckName::SigningKey,
        (
            ErrorCode::SignatureMismatch
            | ErrorCode::SignatureKeyVersion
            | ErrorCode::SignatureAlgorithm
            | ErrorCode::SignatureEncoding
            | ErrorCode::SignatureHeader
            | ErrorCode::SignatureDuplicateField,
            _,
        ) => CheckName::GatewayKey,
        _ => CheckName::Answer,
    };
    (name, error)
}

fn by_code(result_code: &str) -> &'static str {
    Blamed::by(result_code).map_or("check the client id and the keys", |blamed| {
        // The words start with what was seen, which the line has said already.
        blamed.words().split_once(": ").map_or(blamed.words(), |(_, what_to_do)| what_to_do)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_end_of_the_inquiry_blames_one_thing() {
        let at = |code: ErrorCode, certainty, unverified| {
            blamed(Met { error: Error::new(code, "x"), certainty, unverified })
        };
        for (code, certainty, name) in [
            (ErrorCode::TransportConfiguration, Certainty::NotSent, CheckName::Proxy),
            (ErrorCode::TransportProxyAuthentication, Certainty::NotSent, CheckName::Proxy),
            (ErrorCode::TransportNameNotFound, Certainty::NotSent, CheckName::Name),
            (ErrorCode::TransportConnectTimeout, Certainty::NotSent, CheckName::Connection),
            (ErrorCode::TransportProtocol, Certainty::NotSent, CheckName::Tls),
            (ErrorCode::TransportProtocol, Certainty::Unknown, CheckName::Answer),
            (ErrorCode::TransportHttpStatus, Certainty::Unknown, CheckName::Answer),
            (ErrorCode::SignatureMissing, Certainty::Unknown, CheckName::Answer),
            (ErrorCode::SignatureClientId, Certainty::Unknown, CheckName::ClientId),
            (ErrorCode::SignatureFailed, Certainty::NotSent, CheckName::SigningKey),
            (ErrorCode::SignatureMismatch, Certainty::Unknown, CheckName::GatewayKey),
        ] {
            assert_eq!(at(code, certainty, None).0, name, "{code}");
        }
        for (result_code, name, word) in [
            ("CLIENT_INVALID", CheckName::ClientId, "region"),
            ("KEY_NOT_FOUND", CheckName::SigningKey, "key version"),
            ("SIGNATURE_INVALID", CheckName::SigningKey, "registered"),
        ] {
            let unsigned = Unverified::Unsigned { result_code: result_code.to_owned() };
            let (found, error) = at(ErrorCode::SignatureMissing, Certainty::Unknown, Some(unsigned));
            assert_eq!(found, name, "{result_code}");
            assert!(error.reason().contains("unsigned answer says"), "{error}");
            assert!(error.hint().starts_with("check ") && error.hint().contains(word), "{error}");
        }
    }

    #[test]
    fn a_code_of_the_gateway_is_shown_in_one_line() {
        assert_eq!(shown("ORDER_NOT_EXIST"), "ORDER_NOT_EXIST");
        assert_eq!(shown("A\nB\u{1b}[31m"), "AB[31m");
        assert_eq!(shown(&"X".repeat(100)).len(), 64);
    }
}
