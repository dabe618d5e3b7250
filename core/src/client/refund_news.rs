//! What is learnt about a refund beside its own driver: the gateway's notification, and what a person found out.

use super::refunds::is_refund_record;
use super::{Client, Notified, refund_record};
use crate::error::{Error, ErrorCode, Result};
use crate::json::Object;
use crate::ledger::RefundLedger;
use crate::payment::Payment;
use crate::refund::{Refund, RefundAction, RefundEvent, RefundOutcome, Resolved};
use crate::reverse::{Reverse, ReverseAction, ReverseEvent, ReverseOutcome};
use crate::timeline::TimelineEvent;

/// The record that holds a refund.
enum Holder {
    /// The refunds of this payment.
    Ledger { payment_request_id: String },
    /// The refunds of this payment: the refund is that of its reverse.
    Reverse { payment_request_id: String },
    /// The payment itself: the refund is the payment machine's own.
    Payment { payment_request_id: String },
}

impl Client {
    /// Feeds the body of a verified notification to the refund of this id and stores it; whoever drives the refund at
    /// this moment goes on from there.
    ///
    /// A refund notification names the refund and not the payment, so the records are searched for it.
    pub(super) async fn refund_notified(&self, refund_request_id: &str, body: &Object) -> Result<Notified> {
        let unknown = Ok(Notified::Unknown { payment_request_id: None });
        match self.holder(refund_request_id).await? {
            None => unknown,
            Some(Holder::Payment { payment_request_id }) => {
                self.payment_notified(&payment_request_id, body).await
            }
            Some(Holder::Reverse { payment_request_id }) => {
                self.reverse_notified(&payment_request_id, refund_request_id, body).await
            }
            Some(Holder::Ledger { payment_request_id }) => {
                let now = self.0.clock.now();
                let event = RefundEvent::Notified { body: body.clone() };
                let record = refund_record(&payment_request_id);
                let taken = self
                    .change(&record, &payment_request_id, |ledger| {
                        let actions = ledger.handle(refund_request_id, event.clone(), now)?;
                        Ok((actions, ledger.refund(refund_request_id).and_then(Refund::outcome).cloned()))
                    })
                    .await;
                let (actions, outcome) = match taken {
                    // It was entered and never sent, so this is about somebody else's refund.
                    Err(error) if error.code() == ErrorCode::RefundNotBegun => return unknown,
                    taken => taken?,
                };
                self.0.note(&payment_request_id, TimelineEvent::Notified);
                for numbered in actions {
                    match numbered.action {
                        // The clock repeats what is left out here.
                        RefundAction::Send { .. } => {}
                        RefundAction::Alert { kind, detail } => {
                            self.0.note(&payment_request_id, TimelineEvent::Alerted { kind, detail });
                        }
                        RefundAction::Conclude { outcome } => {
                            let refund_request_id = refund_request_id.to_owned();
                            let event = TimelineEvent::RefundConcluded { refund_request_id, outcome };
                            self.0.note(&payment_request_id, event);
                        }
                    }
                }
                self.0.refund_news.notify_waiters();
                Ok(Notified::RefundTaken { refund_request_id: refund_request_id.to_owned(), outcome })
            }
        }
    }

    /// Whoever drives the reverse at this moment sees at its next step that it has ended.
    async fn reverse_notified(
        &self,
        payment_request_id: &str,
        refund_request_id: &str,
        body: &Object,
    ) -> Result<Notified> {
        let (now, record) = (self.0.clock.now(), refund_record(payment_request_id));
        let event = ReverseEvent::Notified { body: body.clone() };
        let taken = self
            .change(&record, payment_request_id, |ledger| {
                let actions = ledger.handle_reverse(event.clone(), now)?;
                Ok((actions, ledger.reverse().and_then(Reverse::outcome).cloned()))
            })
            .await;
        let (actions, ended) = match taken {
            // It was entered and never sent, so this is about somebody else's refund.
            Err(error) if error.code() == ErrorCode::ReverseNotBegun => {
                return Ok(Notified::Unknown { payment_request_id: None });
            }
            taken => taken?,
        };
        self.0.note(payment_request_id, TimelineEvent::Notified);
        for numbered in actions {
            match numbered.action {
                // The clock repeats what is left out here.
                ReverseAction::Send { .. } => {}
                ReverseAction::Alert { kind, detail } => {
                    self.0.note(payment_request_id, TimelineEvent::Alerted { kind, detail });
                }
                ReverseAction::Conclude { outcome } => {
                    self.0.note(payment_request_id, TimelineEvent::ReverseConcluded { outcome });
                }
            }
        }
        let outcome = ended.map(|ended| match ended {
            ReverseOutcome::Reversed => RefundOutcome::Refunded,
            ReverseOutcome::Refused { code } => RefundOutcome::Failed { code },
            ReverseOutcome::Unresolved => RefundOutcome::Unresolved,
        });
        Ok(Notified::RefundTaken { refund_request_id: refund_request_id.to_owned(), outcome })
    }

    /// Records the outcome of a refund that ended as unresolved, once a person has found out. See [`RefundLedger::resolve`].
    ///
    /// # Errors
    /// As [`RefundLedger::resolve`]; `request.unknown_payment`; errors of the store.
    pub async fn resolve_refund(
        &self,
        payment_request_id: &str,
        refund_request_id: &str,
        resolved: Resolved,
        who: &str,
        note: &str,
    ) -> Result<()> {
        let now = self.0.clock.now();
        self.change(&refund_record(payment_request_id), payment_request_id, |ledger| {
            ledger.resolve(refund_request_id, resolved, who, note, now)
        })
        .await
    }

    /// A record that can't be read is not what is looked for; the others are searched all the same.
    async fn holder(&self, refund_request_id: &str) -> Result<Option<Holder>> {
        let named = serde_json::to_string(refund_request_id).map_err(|_| {
            Error::new(ErrorCode::RequestInvalid, "the id is not text").with_path("refundRequestId")
        })?;
        for id in self.0.store.ids().await? {
            let Some(stored) = self.0.store.get(&id).await? else { continue };
            if !stored.snapshot.contains(&named) {
                continue;
            }
            if is_refund_record(&id) {
                let ledger = RefundLedger::restore(&stored.snapshot).ok();
                let reverses = |ledger: &RefundLedger| {
                    let reverse = ledger.reverse().and_then(Reverse::refund_request_id);
                    reverse == Some(refund_request_id)
                };
                if let Some(ledger) = ledger.as_ref().filter(|ledger| reverses(ledger)) {
                    let payment_request_id = ledger.payment_request_id().to_owned();
                    return Ok(Some(Holder::Reverse { payment_request_id }));
                }
                let holds = |ledger: &RefundLedger| ledger.refund(refund_request_id).is_some();
                if let Some(ledger) = ledger.filter(holds) {
                    let payment_request_id = ledger.payment_request_id().to_owned();
                    return Ok(Some(Holder::Ledger { payment_request_id }));
                }
            } else if Payment::restore(&stored.snapshot)
                .is_ok_and(|payment| payment.order().refund_request_id == refund_request_id)
            {
                return Ok(Some(Holder::Payment { payment_request_id: id }));
            }
        }
        Ok(None)
    }
}
