//! Refunds by the merchant against everything that can happen to them, exhaustively.
//!
//! The real ledger and the real machine drive a refund at a model gateway that keeps books, over a network that loses,
//! delays, doubles and reorders every message, with notifications, and a host that crashes after storing and before
//! acting, or sleeps past every deadline. What must hold is in `invariants`.

pub mod gateway;
pub mod invariants;
mod subject;
pub mod system;

use alipay_instore::gateway::Protocol;
use alipay_instore::payment::Policy;

pub use subject::{Real, Subject};
pub use system::{System, SystemState};

use super::{count, steps};

/// One world to explore.
#[derive(Clone, Debug)]
pub struct Setting {
    /// A name for the table of results.
    pub name: &'static str,
    /// The protocol, and with it the preset that the small numbers are put into.
    pub protocol: Protocol,
    /// A refund may be in process for a while.
    pub in_process: bool,
    /// The gateway also gives the answers that leave things open.
    pub inconclusive: bool,
    /// The gateway checks what is left before it looks for the id: a copy of a refund that it has already may be
    /// refused.
    pub forgetful: bool,
    /// The gateway turns copies away: signature, access, too many requests.
    pub turns_away: bool,
    /// The order may turn out to be cancelled.
    pub cancelled: bool,
    /// Notifications arrive.
    pub notifies: bool,
    /// A copy may fail before a byte has left.
    pub not_sent: bool,
    /// How often the host may crash.
    pub crashes: u8,
    /// The host may sleep past every deadline.
    pub oversleeps: bool,
    /// After a refund that was not made, the merchant makes another one of the whole amount.
    pub again: bool,
}

impl Setting {
    /// A world in which messages are lost, late, doubled and reordered, and nothing else goes wrong.
    pub fn new(name: &'static str, protocol: Protocol) -> Self {
        Setting {
            name,
            protocol,
            in_process: false,
            inconclusive: false,
            forgetful: false,
            turns_away: false,
            cancelled: false,
            notifies: false,
            not_sent: false,
            crashes: 0,
            oversleeps: false,
            again: false,
        }
    }

    /// The policy's numbers, small.
    pub fn policy(&self) -> Policy {
        Policy::unchecked(Policy {
            reply_time: steps(2),
            not_sent_delay: steps(1),
            not_sent_limit: 1,
            refund_interval: steps(2),
            refund_fast_period: steps(4),
            refund_slow_interval: steps(3),
            refund_slow_period: steps(4),
            refund_missing_delay: steps(1),
            refund_missing_limit: 1,
            ..Policy::preset(self.protocol)
        })
    }

    /// The longest that a refund may take with ticks alone.
    pub fn bound(&self) -> i64 {
        let policy = self.policy();
        count(policy.refund_fast_period + policy.refund_slow_period + policy.reply_time)
    }

    /// Both protocols, and every kind of trouble; each world small enough to be exhausted.
    pub fn all() -> Vec<Setting> {
        let mut settings = Vec::new();
        for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
            let refund = |name| Setting::new(name, protocol);
            let kept = |name| Setting { in_process: true, forgetful: true, ..refund(name) };
            settings.extend([
                Setting { notifies: true, ..kept("refund") },
                Setting { inconclusive: true, ..kept("refund, inconclusive") },
                Setting { turns_away: true, ..kept("refund, turned away") },
                Setting { cancelled: true, inconclusive: true, ..refund("refund, order cancelled") },
                Setting { not_sent: true, turns_away: true, ..kept("refund, not sent") },
                Setting { crashes: 1, not_sent: true, oversleeps: true, ..refund("refund, crash") },
                Setting { crashes: 2, ..kept("refund, two crashes") },
                Setting { oversleeps: true, notifies: true, ..kept("refund, overslept") },
                Setting { again: true, notifies: true, ..refund("refund, and again") },
            ]);
        }
        settings
    }
}
