//! The model gateway: what it keeps of a refund, and every answer that the documents allow it to give.

use std::collections::BTreeSet;

use alipay_instore::gateway::Operation;
use alipay_instore::json::Object;

use super::Setting;

/// What the gateway knows of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entry {
    /// No copy has arrived.
    Unknown,
    /// Taken, and not decided.
    InProcess,
    /// The money was given back.
    Made,
    /// Refused for good.
    Refused,
    /// The order was cancelled: there is nothing to give back.
    OrderCancelled,
}

/// The books of one refund.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Books {
    /// The entry.
    pub entry: Entry,
    /// The copy that was taken.
    pub taken: Option<u32>,
    /// Copies that were turned away: network copies of one send are judged alike.
    pub away: BTreeSet<u32>,
}

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the documents")]
pub enum Say {
    Made,
    InProcess,
    Unknown,
    SystemError,
    Undocumented,
    Refused,
    Exceeded,
    Away,
    TooMany,
    OrderCancelled,
    NotFound,
}

/// One thing the gateway may do with a request: what its books then hold, and what it answers.
pub type Answer = (Books, Say);

impl Books {
    /// Books without an entry.
    pub fn new() -> Self {
        Books { entry: Entry::Unknown, taken: None, away: BTreeSet::new() }
    }

    /// How often money was given back.
    pub fn given(&self) -> u64 {
        u64::from(self.entry == Entry::Made)
    }

    /// The books after the refund was decided.
    #[must_use]
    pub fn decided(&self, entry: Entry) -> Books {
        Books { entry, ..self.clone() }
    }

    /// Everything the gateway may do with a request that arrives now.
    pub fn answers(&self, setting: &Setting, operation: Operation, send_id: u32) -> Vec<Answer> {
        match operation {
            Operation::Refund => self.refund(setting, send_id),
            Operation::RefundInquiry => self.inquiry(),
            _ => Vec::new(),
        }
    }

    fn refund(&self, setting: &Setting, send_id: u32) -> Vec<Answer> {
        if self.away.contains(&send_id) {
            return vec![(self.clone(), Say::Away)];
        }
        let takes = |entry| Books { entry, taken: Some(send_id), ..self.clone() };
        let mut answers = match self.entry {
            Entry::Unknown => {
                let mut answers =
                    vec![(takes(Entry::Made), Say::Made), (takes(Entry::Refused), Say::Refused)];
                if setting.in_process {
                    answers.push((takes(Entry::InProcess), Say::InProcess));
                }
                if setting.inconclusive {
                    answers.push((takes(Entry::Made), Say::Unknown));
                    answers.push((takes(Entry::Made), Say::SystemError));
                    answers.push((takes(Entry::Made), Say::Undocumented));
                    answers.push((self.clone(), Say::Unknown));
                    answers.push((self.clone(), Say::SystemError));
                }
                answers
            }
            Entry::InProcess => vec![(self.clone(), Say::InProcess)],
            Entry::Made => vec![(self.clone(), Say::Made)],
            Entry::Refused => vec![(self.clone(), Say::Refused)],
            Entry::OrderCancelled => vec![(self.clone(), Say::OrderCancelled)],
        };
        let another = self.taken != Some(send_id);
        if setting.forgetful && another && matches!(self.entry, Entry::InProcess | Entry::Made) {
            answers.push((self.clone(), Say::Exceeded));
        }
        if setting.turns_away && another {
            let mut away = self.clone();
            away.away.insert(send_id);
            answers.push((away.clone(), Say::Away));
            answers.push((away, Say::TooMany));
        }
        answers
    }

    fn inquiry(&self) -> Vec<Answer> {
        let says: &[Say] = match self.entry {
            Entry::Unknown | Entry::OrderCancelled => &[Say::NotFound],
            Entry::InProcess => &[Say::InProcess],
            Entry::Made => &[Say::Made],
            // Whether a refund that was refused is kept as one that failed is not documented.
            Entry::Refused => &[Say::Refused, Say::NotFound],
        };
        says.iter().map(|say| (self.clone(), *say)).collect()
    }
}

impl Default for Books {
    fn default() -> Self {
        Books::new()
    }
}

/// The body of a message, as the documents write it.
pub fn body(refund: &str, operation: Operation, say: Say) -> Object {
    let result = |status: &str, code: &str| {
        Object::new().with("result", Object::new().with("resultStatus", status).with("resultCode", code))
    };
    if operation != Operation::Refund {
        let word = match say {
            Say::Made => "SUCCESS",
            Say::InProcess => "PROCESSING",
            Say::NotFound => return result("F", "ORDER_NOT_EXIST"),
            _ => "FAIL",
        };
        return result("S", "SUCCESS").with("refundStatus", word).with("refundRequestId", refund);
    }
    match say {
        Say::Made => result("S", "SUCCESS").with("refundRequestId", refund),
        Say::InProcess => result("U", "REFUND_IN_PROCESS"),
        Say::Unknown => result("U", "UNKNOWN_EXCEPTION"),
        Say::SystemError => result("F", "SYSTEM_ERROR"),
        Say::Undocumented => result("F", "A_CODE_OF_TOMORROW"),
        Say::Refused => result("F", "REFUND_WINDOW_EXCEED"),
        Say::Exceeded => result("F", "REFUND_AMOUNT_EXCEED"),
        Say::Away => result("F", "SIGNATURE_INVALID"),
        Say::TooMany => result("F", "REQUEST_TRAFFIC_EXCEED_LIMIT"),
        Say::OrderCancelled => result("F", "ORDER_IS_CANCELED"),
        Say::NotFound => result("F", "ORDER_NOT_EXIST"),
    }
}
