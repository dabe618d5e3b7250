//! What the host tells the machine.

use crate::gateway::Operation;
use crate::json::Object;
use crate::machine::evidence::{Timing, Unverified};
use crate::words::Certainty;

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
