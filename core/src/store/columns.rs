//! What a store knows of a record without reading it: the columns that queries and claims need.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::payment::Secret;
use crate::time::Timestamp;

/// The columns of a record. The library computes them; a store keeps them as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The payment request id: the key of the record. 1 to 64 visible ASCII characters.
    pub id: Arc<str>,
    /// The client id of the merchant; empty in a record of an earlier version, which did not have it.
    pub merchant: Arc<str>,
    /// The state of the payment, such as `confirming`.
    pub state: Cow<'static, str>,
    /// The outcome of the payment, such as `succeeded`; none while it has none.
    pub outcome: Option<Cow<'static, str>>,
    /// What is paid.
    pub amount: Amount,
    /// When something is to be done; none when nothing is.
    pub due_at: Option<Timestamp>,
    /// The payment, its refunds and its reverse have ended. A finished record has no owner.
    pub finished: bool,
    /// An alert is not acknowledged.
    pub open_alerts: bool,
    /// When the payment was made.
    pub created: Timestamp,
    /// When the record was last changed.
    pub updated: Timestamp,
    /// Before this time the record is never purged; none while it is not finished.
    pub keep_until: Option<Timestamp>,
    /// The newest time that the gateway signed in an answer about this payment.
    pub gateway_time: Option<Timestamp>,
    /// The ids of the refunds that were sent, by which a refund notification finds the record.
    pub refund_ids: Vec<String>,
}

/// What is written: the columns, and the record as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The columns.
    pub columns: Columns,
    /// The record. It may hold a payment code, so a store keeps it as a secret.
    pub text: Secret,
}

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The columns and the record, as they were written.
    pub entry: Entry,
    /// Counts up from 1 with every write of the record.
    pub revision: u64,
    /// Who drives it; none if nobody does, or if it is finished.
    pub owner: Option<Arc<str>>,
}
