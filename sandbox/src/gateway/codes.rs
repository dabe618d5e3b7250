//! Payment codes that were used. A wallet's code is good for one payment.

use std::collections::HashMap;
use std::fmt;

use crate::Protocol;
use crate::behaviour::is_fixed;

/// Which payment each code was used for. One wallet shows its codes to both protocols.
#[derive(Default)]
pub(super) struct UsedCodes(HashMap<String, (Protocol, String)>);

impl UsedCodes {
    /// Whether another payment has used the code. The fixed test codes can be used again, unless every code is
    /// good once.
    pub(super) fn refuse(&self, code: &str, protocol: Protocol, id: &str, every_code_once: bool) -> bool {
        (every_code_once || !is_fixed(code))
            && self.0.get(code).is_some_and(|(by, used_for)| *by != protocol || used_for != id)
    }

    /// The wallet has judged a payment with this code, for good or bad.
    pub(super) fn used(&mut self, code: &str, protocol: Protocol, id: &str) {
        self.0.entry(code.to_owned()).or_insert_with(|| (protocol, id.to_owned()));
    }
}

impl fmt::Debug for UsedCodes {
    /// Codes are secrets, also where they are only for tests.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UsedCodes({})", self.0.len())
    }
}
