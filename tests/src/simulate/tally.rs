//! What a run has seen, counted; and a digest by which two runs of one seed can be compared.

use std::collections::BTreeMap;

use super::pairs::Pairs;

/// Counts by name.
pub type Counts = BTreeMap<&'static str, u64>;

/// The counts of a run, or of a part of one.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Payments.
    pub payments: u64,
    /// Those whose every message was signed and verified with RSA.
    pub signed: u64,
    /// Events that the machine took in.
    pub events: u64,
    /// Outcomes by name.
    pub outcomes: Counts,
    /// Alerts by kind.
    pub alerts: Counts,
    /// Troubles by name: requests, notifications, hosts, clocks.
    pub troubles: Counts,
    /// What the wallets did, by the sandbox's name.
    pub behaviours: Counts,
    /// Pairs of state and event.
    pub pairs: Pairs,
    /// How often something was checked, besides what is checked at every step.
    pub checks: Counts,
    /// A digest of every payment's course, whatever the order in which they were run.
    pub digest: u64,
}

/// Counts one.
pub fn count(counts: &mut Counts, name: &'static str) {
    add(counts, name, 1);
}

fn add(counts: &mut Counts, name: &'static str, more: u64) {
    let place = counts.entry(name).or_insert(0);
    *place = place.saturating_add(more);
}

impl Tally {
    /// Adds another part of the run.
    pub fn add(&mut self, other: &Tally) {
        self.payments = self.payments.saturating_add(other.payments);
        self.signed = self.signed.saturating_add(other.signed);
        self.events = self.events.saturating_add(other.events);
        let tables = [
            (&mut self.outcomes, &other.outcomes),
            (&mut self.alerts, &other.alerts),
            (&mut self.troubles, &other.troubles),
            (&mut self.behaviours, &other.behaviours),
            (&mut self.checks, &other.checks),
        ];
        for (ours, theirs) in tables {
            for (name, more) in theirs {
                add(ours, name, *more);
            }
        }
        self.pairs.add(&other.pairs);
        self.digest = self.digest.wrapping_add(other.digest);
    }
}

/// FNV-1a over what is worth comparing.
pub fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
