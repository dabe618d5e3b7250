//! What the host tells the machine.

use crate::message::json::Object;
use crate::result_code::Operation;

/// Something that happened. Replies and notifications are **verified** ones: the signature, the client id and
/// the path were checked. Anything else that arrived is [`Event::NoReply`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// Send the payment.
    Begin,
    /// The gateway answered.
    Reply {
        /// The number that came with the send.
        send_id: u32,
        /// The operation that came with the send.
        operation: Operation,
        /// The body of the reply.
        body: Object,
        /// When the gateway signed it.
        timing: Timing,
    },
    /// No usable answer arrived.
    NoReply {
        /// The number that came with the send.
        send_id: u32,
        /// The operation that came with the send.
        operation: Operation,
        /// How much is known about the request.
        certainty: Certainty,
        /// What an answer that could not be verified suggests about the configuration.
        unverified: Option<Unverified>,
    },
    /// The gateway's notification arrived.
    Notified {
        /// The body of the notification.
        body: Object,
    },
    /// The cashier or the merchant wants out.
    CancelRequested,
    /// The machine was restored from a snapshot.
    Resumed,
    /// Time passed: due at `next_wakeup`, harmless at any other time.
    Tick,
}

/// When the gateway signed an answer, as far as the host knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Timing {
    /// The `Response-Time` of the answer, in milliseconds since the epoch.
    pub signed_at: Option<i64>,
    /// The answer was signed more than a minute before its request was sent: it can be a recording of an answer to
    /// another request.
    pub stale: bool,
}

/// What an answer that could not be verified suggests. It settles nothing about the payment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unverified {
    /// It was not signed, and its body names this result code.
    Unsigned {
        /// Such as `SIGNATURE_INVALID`.
        result_code: String,
    },
    /// It was signed, but by none of the configured keys.
    WrongKey,
}

/// What is known of a request that got no usable answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Not one byte of the request left this machine: the name was not found, or the connection, the proxy or
    /// the TLS handshake was refused.
    NotSent,
    /// Anything else: a timeout, a reset, no usable body, a missing or wrong signature.
    Unknown,
}

impl Certainty {
    /// `not_sent` or `unknown`.
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::NotSent => "not_sent",
            Certainty::Unknown => "unknown",
        }
    }
}
