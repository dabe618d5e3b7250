//! Everything about one payment: its machine, its refunds, its reverse, its alerts, and what is still to be sent.
//!
//! The record is a value. How it moves on is the engine's part; how it is written is that of `encoding`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::alert::{Acknowledgement, Alert, Part, Resolution};
use super::{Columns, Entry, REFUND_WINDOW, Stated, encoding};
use crate::error::Result;
use crate::gateway::{Operation, Protocol};
use crate::json::Object;
use crate::ledger::RefundLedger;
use crate::payment::{AlertKind, Outcome, Payment, Policy, Secret, UnresolvedReason};
use crate::refund::{Refund, RefundOutcome};
use crate::reverse::{Reverse, ReverseOutcome};
use crate::time::Timestamp;

/// A request that is to be sent, or was sent and not answered yet. It stays in the record until it is reported done or
/// superseded, so that it survives the process and steps that others take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undone {
    /// Whose request it is.
    pub part: Part,
    /// The number that the machine gave it.
    pub send_id: u32,
    /// What it asks.
    pub operation: Operation,
    /// The path of the API.
    pub path: String,
    /// The body. That of pay holds the payment code.
    pub body: Secret,
}

/// One payment with everything that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRecord {
    pub(crate) payment: Payment,
    pub(crate) ledger: Option<RefundLedger>,
    pub(crate) extras: Extras,
}

/// What the record holds beside the machines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extras {
    pub(crate) merchant: Arc<str>,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// None in a record of an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stated: Option<Stated>,
    /// What each refund's caller stated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) refunds_stated: Vec<(String, Stated)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) gateway_time: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) alerts: Vec<Alert>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) undone: Vec<Undone>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) resolution: Option<Resolution>,
    /// What the customer is to see, as JSON; none once the payment has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) form: Option<String>,
    /// Ends that callers were told before the store had taken them. How the record ends is held against them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) told: Vec<(Part, String)>,
}

impl PaymentRecord {
    /// The record of a payment that is not begun.
    pub fn new(payment: Payment, merchant: &str, stated: Stated, now: Timestamp) -> Self {
        let extras = Extras {
            merchant: merchant.into(),
            created: now,
            updated: now,
            stated: Some(stated),
            ..Extras::default()
        };
        PaymentRecord { payment, ledger: None, extras }
    }

    /// The record of a payment, and of its refunds, that an earlier version stored as two texts.
    ///
    /// # Errors
    /// The codes of snapshots.
    pub fn of_earlier_version(payment: &str, refunds: Option<&str>) -> Result<Self> {
        let payment = Payment::restore(payment)?;
        let ledger = refunds.map(RefundLedger::restore).transpose()?;
        Ok(PaymentRecord::of_parts(payment, ledger))
    }

    /// Alerts that were raised before records kept them count as not acknowledged.
    pub(super) fn of_parts(payment: Payment, ledger: Option<RefundLedger>) -> Self {
        let created = payment.begun_at().unwrap_or_default();
        let extras = Extras { created, updated: created, ..Extras::default() };
        let mut record = PaymentRecord { payment, ledger, extras };
        let mut raised: Vec<(Part, AlertKind)> =
            record.payment.alerts().iter().map(|kind| (Part::Payment, *kind)).collect();
        if let Some(ledger) = &record.ledger {
            for refund in ledger.refunds() {
                let part = Part::Refund(refund.order().refund_request_id.clone());
                raised.extend(refund.alerts().iter().map(|kind| (part.clone(), *kind)));
            }
            let reverse = ledger.reverse().map(Reverse::alerts).unwrap_or_default();
            raised.extend(reverse.iter().map(|kind| (Part::Reverse, *kind)));
        }
        for (part, kind) in raised {
            record.raise(part, kind, "raised before alerts were kept with the payment", created);
        }
        record
    }

    /// Reads a record, also one of an earlier version.
    ///
    /// # Errors
    /// `snapshot.newer` for one of a newer version; `snapshot.malformed`, `snapshot.kind`, `snapshot.inconsistent`;
    /// what [`Policy::new`](crate::payment::Policy::new) says.
    pub fn decode(text: &str) -> Result<Self> {
        encoding::decode(text, true)
    }

    /// The same without the checks on the policy, for model checking.
    ///
    /// # Errors
    /// As [`PaymentRecord::decode`], except those of the policy.
    #[cfg(feature = "model-checking")]
    #[doc(hidden)]
    pub fn decode_unchecked(text: &str) -> Result<Self> {
        encoding::decode(text, false)
    }

    /// Has its machines share this policy, if they act by the same: a record that was read has one of its own.
    pub(crate) fn share_policy(&mut self, policy: &Arc<Policy>) {
        self.payment.share_policy(policy);
        if let Some(ledger) = &mut self.ledger {
            ledger.policy = self.payment.shared_policy();
        }
    }

    /// What is written of it.
    pub fn entry(&self) -> Entry {
        Entry { columns: self.columns(), text: Secret::new(encoding::encode(self)) }
    }

    /// The same, due at this time at the latest.
    pub fn entry_due(&self, at: Timestamp) -> Entry {
        let mut entry = self.entry();
        if !entry.columns.finished {
            entry.columns.due_at = Some(entry.columns.due_at.map_or(at, |due| due.min(at)));
        }
        entry
    }

    /// The columns.
    pub fn columns(&self) -> Columns {
        let finished = self.is_finished();
        Columns {
            id: self.id().into(),
            merchant: Arc::clone(&self.extras.merchant),
            state: self.payment.state().name().into(),
            outcome: self.payment.outcome().map(|outcome| outcome.as_str().into()),
            amount: self.payment.order().amount,
            due_at: if finished { None } else { Some(self.next_wakeup().unwrap_or(self.extras.updated)) },
            finished,
            open_alerts: self.open_alerts().next().is_some(),
            created: self.extras.created,
            updated: self.extras.updated,
            keep_until: finished.then(|| self.extras.created.saturating_add(REFUND_WINDOW)),
            gateway_time: self.extras.gateway_time,
            refund_ids: self.refund_ids(),
        }
    }

    /// The payment request id.
    pub fn id(&self) -> &str {
        &self.payment.order().payment_request_id
    }

    /// The client id of the merchant; empty in a record of an earlier version.
    pub fn merchant(&self) -> &str {
        &self.extras.merchant
    }

    /// Whether it is a payment of this merchant at this gateway: a merchant can have one client id at both. A record of an
    /// earlier version does not name its merchant, so that it may be anybody's.
    pub fn belongs_to(&self, client_id: &str, protocol: Protocol) -> bool {
        (self.merchant().is_empty() || self.merchant() == client_id) && self.payment.protocol() == protocol
    }

    /// The payment.
    pub fn payment(&self) -> &Payment {
        &self.payment
    }

    /// Its refunds and its reverse, once there are any.
    pub fn ledger(&self) -> Option<&RefundLedger> {
        self.ledger.as_ref()
    }

    /// What a person found out about the payment, if it ended as unresolved.
    pub fn resolution(&self) -> Option<&Resolution> {
        self.extras.resolution.as_ref()
    }

    /// What the customer is to see while the payment waits for them.
    pub fn form(&self) -> Option<Object> {
        self.extras.form.as_ref().and_then(|form| Object::parse(form.as_bytes()).ok())
    }

    /// Every alert, in the order in which they were raised.
    pub fn alerts(&self) -> &[Alert] {
        &self.extras.alerts
    }

    /// The alerts that nobody has acknowledged.
    pub fn open_alerts(&self) -> impl Iterator<Item = &Alert> {
        self.extras.alerts.iter().filter(|alert| alert.acknowledged.is_none())
    }

    /// What is still to be sent, or has no answer yet.
    pub fn undone(&self) -> &[Undone] {
        &self.extras.undone
    }

    /// Whether nothing is left to be done: the payment, its refunds and its reverse have ended.
    pub fn is_finished(&self) -> bool {
        let refunds_open = self.ledger.as_ref().is_some_and(|ledger| {
            ledger.refunds().iter().any(|refund| refund.outcome().is_none())
                || ledger.reverse().is_some_and(|reverse| reverse.outcome().is_none())
        });
        self.payment.outcome().is_some() && !refunds_open
    }

    /// When the next deadline of any part passes.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        let refunds = self.ledger.iter().flat_map(|ledger| ledger.refunds()).filter_map(Refund::next_wakeup);
        let reverse = self.ledger.iter().filter_map(|ledger| ledger.reverse()?.next_wakeup());
        self.payment.next_wakeup().into_iter().chain(refunds).chain(reverse).min()
    }

    /// Whether the payment took money, or may have: false only if nothing was sent and nothing will be, or the gateway
    /// verifiably refused. A payment that goes on may take money before anybody reads this.
    pub fn may_have_charged(&self) -> bool {
        if let Some(resolution) = &self.extras.resolution {
            return resolution.resolved == crate::refund::Resolved::Made;
        }
        match self.payment.outcome() {
            Some(Outcome::Succeeded | Outcome::Unresolved { .. }) => true,
            Some(_) => self.payment.taken().is_contradicted(self.payment.alerts()),
            None => true,
        }
    }

    /// Whether money was given back, or may have been.
    pub fn may_have_refunded(&self) -> bool {
        let by_payment = matches!(self.payment.outcome(), Some(Outcome::Refunded))
            || (self.payment.refund_was_sent()
                && self.payment.outcome()
                    != Some(&Outcome::Unresolved { reason: UnresolvedReason::RefundFailed }));
        let by_ledger = self.ledger.as_ref().is_some_and(|ledger| {
            let refunds = ledger.refunds().iter();
            let sent = |refund: &Refund| {
                refund.given_back()
                    || matches!(refund.outcome(), Some(RefundOutcome::Unresolved)) && refund.spent()
                    || refund.state() == "refunding"
            };
            let reversed = ledger.reverse().is_some_and(|reverse| {
                !matches!(reverse.outcome(), Some(ReverseOutcome::Refused { .. }))
                    && reverse.state() != "ready"
            });
            refunds.into_iter().any(sent) || reversed
        });
        by_payment || by_ledger
    }

    /// Raises an alert.
    pub(crate) fn raise(&mut self, part: Part, kind: AlertKind, detail: &str, at: Timestamp) {
        let number = u32::try_from(self.extras.alerts.len()).unwrap_or(u32::MAX).saturating_add(1);
        let detail = detail.to_owned();
        self.extras.alerts.push(Alert { number, part, kind, detail, at, acknowledged: None });
    }

    /// Somebody has taken care of the alert of this number. The same again changes nothing. Whether it is there.
    pub fn acknowledge(&mut self, number: u32, who: &str, at: Timestamp) -> bool {
        let Some(alert) = self.extras.alerts.iter_mut().find(|alert| alert.number == number) else {
            return false;
        };
        alert.acknowledged.get_or_insert_with(|| Acknowledgement { who: who.to_owned(), at });
        true
    }

    /// Ids by which a refund notification can name what was sent.
    fn refund_ids(&self) -> Vec<String> {
        let own = self.payment.refund_was_sent().then(|| self.payment.order().refund_request_id.clone());
        let ledger = self.ledger.as_ref();
        let refunds = ledger.into_iter().flat_map(RefundLedger::refunds);
        let refunds = refunds.filter(|refund| refund.state() != "ready");
        let refunds = refunds.map(|refund| refund.order().refund_request_id.clone());
        let reverse = ledger.and_then(|ledger| ledger.reverse()?.refund_request_id());
        own.into_iter().chain(refunds).chain(reverse.map(str::to_owned)).collect()
    }
}
