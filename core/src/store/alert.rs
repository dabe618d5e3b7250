//! What needs manual review, kept with the payment until somebody acknowledges it.

use serde::{Deserialize, Serialize};

use crate::payment::AlertKind;
use crate::refund::Resolved;
use crate::time::Timestamp;

/// The part of a record that something is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The payment itself.
    Payment,
    /// The refund of this id.
    Refund(String),
    /// The reverse.
    Reverse,
}

/// An alert of a payment, of one of its refunds or of its reverse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alert {
    /// Counts up from 1 within the record; an acknowledgement names it.
    pub number: u32,
    /// What it is about.
    pub part: Part,
    /// Why.
    pub kind: AlertKind,
    /// What was found, without secrets.
    pub detail: String,
    /// When.
    pub at: Timestamp,
    /// Who has taken care of it; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Acknowledgement>,
}

/// Somebody has taken care of an alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// Who.
    pub who: String,
    /// When.
    pub at: Timestamp,
}

/// What a person found out about a payment that ended as unresolved. The outcome itself never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// Whether the customer paid.
    pub resolved: Resolved,
    /// Who found it out.
    pub who: String,
    /// How, in that person's words.
    pub note: String,
    /// When it was entered.
    pub at: Timestamp,
}
