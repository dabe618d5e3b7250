//! What the handler of the notify URL answers: the acknowledgement, or the refusal that makes the gateway send
//! the notification again.
//!
//! An acknowledgement ends the resending for good. So it is made only after the store has returned; everything
//! that went wrong before is answered with a refusal.

use std::fmt;

use super::notification::check_path;
use super::{CONTENT_TYPE, time};
use crate::error::{Category, Error, ErrorCode, Result};
use crate::gateway::Protocol;
use crate::merchant::Merchant;

/// An answer to a notification, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Acknowledgement {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body, byte for byte as signed.
    pub body: &'static [u8],
}

/// The body that "Alipay, Entry Code Payment, Accept payments" prints, on one line.
const SUCCESS: &[u8] = br#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}"#;

/// What Alipay's own SDK for Java answers when a notification does not verify.
const UNKNOWN: &[u8] =
    br#"{"result":{"resultCode":"UNKNOWN_EXCEPTION","resultStatus":"U","resultMessage":"unknown exception"}}"#;

impl Acknowledgement {
    /// Answers a notification that could not be verified or stored, so that the gateway sends it again.
    ///
    /// Both the body and the status say so, for a gateway that reads either: `U`, and 413 for a body too large,
    /// 400 for a message that can't be trusted or read, 500 for a fault on this side (store, settings, library),
    /// which a monitor of the host should see. The error's text is not told to a stranger, and nothing is
    /// signed for one.
    pub fn refuse(error: &Error) -> Self {
        let status = match (error.kind(), error.category()) {
            (ErrorCode::MessageTooLarge, _) => 413,
            (ErrorCode::ConfigUnknownClient, _) | (_, Category::Message | Category::Signature) => 400,
            _ => 500,
        };
        Acknowledgement { status, headers: vec![("Content-Type", CONTENT_TYPE.to_owned())], body: UNKNOWN }
    }

    /// Whether it ends the resending.
    pub fn is_success(&self) -> bool {
        self.status == 200
    }
}

impl fmt::Debug for Acknowledgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Acknowledgement").field("status", &self.status).finish_non_exhaustive()
    }
}

impl Merchant {
    /// Acknowledges a notification that was verified and **stored**, whatever payment result it brought.
    ///
    /// `path` is that of the notify URL, `now_ms` the time in milliseconds since the epoch. AMS wants no
    /// signature ("Alipay, Entry Code Payment, Accept payments") and takes one; Alipay+ demands it
    /// ("Alipay+, notifyPayment"), so there it is always signed.
    ///
    /// # Errors
    /// `gateway.path` for a path without a slash at its start, `payment.time`, `signature.content`,
    /// `signature.failed`.
    pub fn acknowledge(&self, path: &str, now_ms: u64, signed: bool) -> Result<Acknowledgement> {
        check_path(path)?;
        let response_time = time::rfc3339(now_ms)?;
        let mut headers =
            vec![("Content-Type", CONTENT_TYPE.to_owned()), ("Client-Id", self.client_id().to_owned())];
        if signed || self.protocol() == Protocol::AlipayPlus {
            headers.push(("Signature", self.sign(path, &response_time, SUCCESS)?));
        }
        headers.push(("Response-Time", response_time));
        Ok(Acknowledgement { status: 200, headers, body: SUCCESS })
    }

    /// What the handler of the notify URL answers, given how verifying and storing went: the acknowledgement,
    /// signed in both protocols, or the refusal.
    pub fn answer(&self, path: &str, now_ms: u64, stored: Result<(), &Error>) -> Acknowledgement {
        let answer = match stored {
            Ok(()) => self.acknowledge(path, now_ms, true),
            Err(error) => return Acknowledgement::refuse(error),
        };
        answer.unwrap_or_else(|error| Acknowledgement::refuse(&error))
    }
}
