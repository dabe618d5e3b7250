//! What answers that could not be verified suggest about the configuration.
//!
//! Anybody can have written them, so they settle nothing about the payment. But a gateway that can't verify our requests
//! says so without a signature, and without this module a wrong key would look like silence for as long as the cancel
//! window lasts.

use super::{AlertKind, Fate, Machine, Outcome, UnresolvedReason};
use crate::machine::evidence::Unverified;
use crate::reply::Blamed;

/// So many unsigned answers that blame the configuration raise the alert.
const UNSIGNED: u8 = 2;
/// So many answers in a row that verify under no configured key raise it too.
const WRONG_KEYS: u8 = 3;

impl Machine<'_> {
    /// An answer came that could not be verified.
    pub(super) fn suspect(&mut self, send_id: u32, unverified: &Unverified) {
        if self.state.outcome().is_some() {
            return;
        }
        let facts = &mut self.state.facts;
        match unverified {
            Unverified::Unsigned { result_code } => {
                facts.wrong_keys = 0;
                let Some(blamed) = Blamed::by(result_code) else { return };
                facts.unsigned = facts.unsigned.saturating_add(1).min(UNSIGNED);
                let raise = facts.unsigned == UNSIGNED;
                // A copy that may have left before a restart may have been answered otherwise.
                let sends = &mut self.state.pay_sends;
                if let Some(send) = sends.iter_mut().find(|send| send.send_id == send_id && !send.resumed) {
                    send.blamed = Some(blamed);
                }
                if raise {
                    self.alert(AlertKind::ConfigurationSuspected, blamed.words());
                }
            }
            Unverified::WrongKey => {
                facts.wrong_keys = facts.wrong_keys.saturating_add(1).min(WRONG_KEYS);
                if facts.wrong_keys == WRONG_KEYS {
                    let detail = "answers are signed, but verify under none of the configured gateway keys: check \
                                  the gateway's public key";
                    self.alert(AlertKind::ConfigurationSuspected, detail);
                }
            }
        }
    }

    /// A message verified, so the gateway's key is right.
    pub(super) fn message_verified(&mut self) {
        self.state.facts.verified = true;
        self.state.facts.wrong_keys = 0;
    }

    /// What is blamed, where everything that is known says that the gateway took no request of pay.
    pub(super) fn configuration_blamed(&self) -> Option<Blamed> {
        let (facts, sends) = (&self.state.facts, &self.state.pay_sends);
        let accounted = sends.iter().all(|send| send.blamed.is_some() || send.fate == Fate::NotSent);
        let silent = !facts.verified && !facts.presented;
        sends.iter().rev().find_map(|send| send.blamed).filter(|_| accounted && silent)
    }

    /// A minute of cancels was answered no better than pay: going on for a day would change nothing.
    pub(super) fn give_up_for_configuration(&mut self, blamed: Blamed) {
        self.alert(AlertKind::ConfigurationSuspected, blamed.words());
        self.conclude(Outcome::Unresolved { reason: UnresolvedReason::Configuration });
    }
}
